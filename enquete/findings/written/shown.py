"""Pieces of writing as one audience reads them: no code of a person for who may not read codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation. words: the person's own, or what stands for them (paraphrased). who: what may stand beside it,
    « Personne 12, personne concernée, 30-39 ans », or nothing. row: where it stands in the table of quotations, from 0.

    changed: its words or its code changed since somebody chose it.
    """

    words: str
    who: str = ""
    paraphrased: bool = False
    row: int | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a finding in words, « 7 personnes concernées sur 24 parlent de « Attente » », and where it stands."""

    words: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """title: what it says in a line; fields: (label, words) of what else is filled in, in order, texts in paragraphs.

    remarks: what its readers are to know, « 2 citations ont changé depuis ».
    """

    code: str
    title: str
    state: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """(place, text) of every string."""
        yield self.code, self.title
        for label, words in self.fields:
            yield f"{self.code}, {label}", words
        for remark in self.remarks:
            yield f"{self.code}, remarque", remark


@dataclass(frozen=True, slots=True)
class ShownFinding(ShownPiece):
    """text, limits: paragraphs. cases: labels of people, as this audience names them; empty where it may not read them.

    agreement: how well coders agreed on the codes that it uses, in words.
    """

    text: str = ""
    limits: str = ""
    author: str = ""
    themes: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    supporting: tuple[Quoted, ...] = ()
    contradicting: tuple[Quoted, ...] = ()
    figures: tuple[Counted, ...] = ()
    agreement: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from ShownPiece.texts(self)
        for text in (self.text, self.limits, self.author, *self.themes, *self.cases, self.agreement):
            yield self.code, text
        for quoted in (*self.supporting, *self.contradicting):
            yield f"{self.code}, citation", f"{quoted.words} {quoted.who}"
        for figure in self.figures:
            yield f"{self.code}, nombre", figure.words


@dataclass(frozen=True, slots=True)
class ShownRecommendation(ShownPiece):
    """addressees: of whom it is asked. findings: (code, title) of those that it rests on and that this audience reads.

    text: why and how. answer: what the institution said, paragraphs. discussed, sent, answered, when: « 20/01/2026 ».
    """

    text: str = ""
    priority: str = ""
    trend: str = ""
    addressees: tuple[str, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    territories: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    discussed: str = ""
    sent: str = ""
    answered: str = ""
    answer: str = ""
    next_step: str = ""
    who: str = ""
    when: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from ShownPiece.texts(self)
        parts = (self.text, self.answer, self.next_step, self.who, *self.addressees, *self.territories, *self.waves)
        for text in (*parts, *(title for _, title in self.findings)):
            yield self.code, text
