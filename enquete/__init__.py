"""enquete: a toolkit for qualitative surveys (see ARCHITECTURE.md)."""

__version__ = "0.1.0"
