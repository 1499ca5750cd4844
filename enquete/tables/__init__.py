"""Tables as people write them, in any of their formats, as rows of text."""

from __future__ import annotations

from enquete.tables.model import Remark, Row, Severity, Table, column_key, find_column, folded
from enquete.tables.read import read_table

__all__ = ["Remark", "Row", "Severity", "Table", "column_key", "find_column", "folded", "read_table"]
