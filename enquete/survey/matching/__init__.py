"""Which column of a file answers which question, and what its values mean: nothing is guessed silently."""
