"""Pieces of writing: each is a code, fields of plain text, and the quotations that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PieceKind(StrEnum):
    """What somebody wrote. The values are what the database holds."""

    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    TYPE = "type"  # cases that somebody put together, and why
    ASSESSMENT = "assessment"  # a line of the bilan
    CASE = "case"  # summaries of one person's interviews, theme by theme; its code is the person's
    REPLY = "reply"  # what people said when they were told what became of their words


PREFIXES: Mapping[PieceKind, str] = {
    PieceKind.FINDING: "C",  # C01
    PieceKind.RECOMMENDATION: "REC",
    PieceKind.TYPE: "T",
    PieceKind.ASSESSMENT: "B",
    PieceKind.REPLY: "RET",
}


class Side(StrEnum):
    """What a quotation does for a piece."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Form(StrEnum):
    """How a field is written, and therefore checked and compared."""

    LINE = "line"
    TEXT = "text"  # paragraphs, a blank line between
    CHOICE = "choice"
    DATE = "date"  # AAAA-MM-JJ
    LIST = "list"  # « a, b », kept in that form
    WRITERS = "writers"  # a list of short codes of those who write
    PEOPLE = "people"  # a list of codes of participants
    PIECES = "pieces"  # a list of codes of other pieces (findings)
    THEMES = "themes"  # a list of « grille:code »


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a piece. name: in the database; label: on screen, in Markdown and in workbooks.

    choices: the values that it may have, in French, the first where nothing is said.
    """

    name: str
    label: str
    form: Form = Form.LINE
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation chosen for a piece: text[start:end] (code points) of an interview's current revision.

    id: row of the database. codebook, code: under which it was chosen, empty when under none. touched: its words, or
    the meaning of its code, changed since somebody chose it. text: these words, pseudonymised; never stored with it.
    """

    id: int
    side: Side
    interview: str
    start: int
    end: int
    codebook: str = ""
    code: str = ""
    touched: bool = False
    text: str = ""
    turn: int = 0


class RemarkKind(StrEnum):
    """What somebody says of a passage that they do not code."""

    COMMENT = "comment"
    PARAPHRASE = "paraphrase"  # the words that stand for its own


@dataclass(frozen=True, slots=True)
class Remark:
    """About text[start:end] of an interview. signer: who let a paraphrase out for diffusion, empty: nobody."""

    id: int
    kind: RemarkKind
    interview: str
    start: int
    end: int
    body: str
    author: str
    touched: bool = False
    signer: str = ""
