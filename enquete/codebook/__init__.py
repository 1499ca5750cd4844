"""Codebooks: a tree of codes with definitions and cues; read from YAML or Excel, checked, written back."""

from enquete.codebook.types import Code, Codebook, Cues, Pattern
from enquete.codebook.yaml_file import dump, load, loads

__all__ = ["Code", "Codebook", "Cues", "Pattern", "dump", "load", "loads"]
