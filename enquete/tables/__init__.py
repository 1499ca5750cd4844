"""Tables as people write them, in any of their formats, as rows of text."""

from __future__ import annotations

from enquete.tables.model import Remark, Row, Severity, Table, column_key, find_column, folded
from enquete.tables.read import read_table
from enquete.tables.sheets import escaped

__all__ = ["Remark", "Row", "Severity", "Table", "column_key", "escaped", "find_column", "folded", "read_table"]
