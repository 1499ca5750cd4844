"""Case by case: summaries theme by theme, and the types that people make of them."""
