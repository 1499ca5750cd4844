"""Interviews coded at home, in one sealed file."""
