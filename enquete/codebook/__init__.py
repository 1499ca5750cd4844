"""Codebooks: a tree of codes with definitions and cues; read from YAML or Excel, checked, shown, written back."""

from enquete.codebook.checking import Remark, Severity, check
from enquete.codebook.outline import tree
from enquete.codebook.types import Code, Codebook, Cues, Pattern
from enquete.codebook.yaml_file import dump, load, loads

__all__ = [
    "Code",
    "Codebook",
    "Cues",
    "Pattern",
    "Remark",
    "Severity",
    "check",
    "dump",
    "load",
    "loads",
    "tree",
]
