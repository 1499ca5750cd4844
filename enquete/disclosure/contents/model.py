"""What the formats hand to the gate."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Nature(StrEnum):
    """What a string is, which decides what is looked for in it."""

    TEXT = "text"  # for a reader
    MARKUP = "markup"  # for a program: a setting, a style, a script
    AUTHOR = "author"  # who made the file, by the program that wrote it
    NUMBER = "number"  # a cell that holds a number
    UNSEEN = "unseen"  # a picture: what is drawn or photographed there is not read


class Sheet(NamedTuple):
    """A sheet of a workbook: its name may be the secret itself, its number never is."""

    number: int  # from 1
    name: str


class Text(NamedTuple):
    """place: in French, without anything of the text. line: of its first line within the file, 0 where lines mean
    nothing. sheet: where it stands in a workbook."""

    place: str
    text: str
    nature: Nature = Nature.TEXT
    line: int = 0
    sheet: Sheet | None = None
