"""What changed for the same people from one wave to another: pure."""
