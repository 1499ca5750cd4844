"""What goes back to the people interviewed, in plain French: readability, acronyms, sheets."""
