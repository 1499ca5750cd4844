"""A piece as a Markdown file that people edit: fields in a list, texts under headings, quotations by their place.

# C01 Attendre sans savoir

- État : brouillon
- Cas : P003, P007

## Interprétation

Des paragraphes.

## Appuis

- E003, tour 12 : « je savais plus qui appeler »
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from enquete.findings.written.fields import FIELDS
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PREFIXES, Evidence, Field, Form, PieceKind, Side
from enquete.tables import folded

SIDES = {"Appuis": Side.SUPPORTS, "Contre-exemples": Side.CONTRADICTS}
_TITLED = {Form.TEXT}  # the forms that stand under a heading of their own
_QUOTED = {PieceKind.FINDING, PieceKind.RECOMMENDATION}  # kinds that rest on quotations
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*$")
_WRITTEN_OFF = re.compile(r"^( {0,3}\\*)\\(?=#)")  # « \\# » is no heading
_LIKE_HEADING = re.compile(r"^( {0,3}\\*)(?=#)")
_ITEM = re.compile(r"[-*+][ \t]+(.*)")
_FIELD = re.compile(r"(?P<label>[^:]+?)[ \t\u00a0\u202f]*:[ \t\u00a0]*(?P<value>.*)")
_PLACE = re.compile(r"(?P<interview>[A-Za-z]\d+)\s*,\s*tour\s+(?P<turn>\d+)(?:\s*:\s*(?P<words>.*))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A quotation as a person names it. turn: from 1; words: in that turn, empty for all of it; line: of the file."""

    side: Side
    interview: str
    turn: int
    words: str
    line: int = 0


@dataclass(slots=True)
class Written:
    """What a file says. code: empty for a new piece. values: by name of field, as written; lines: where they stand.

    faults: (line, French sentence); a file that has one is not to be taken in.
    """

    code: str = ""
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def read(text: str, kind: PieceKind) -> Written:
    """What the file says of a piece of this kind; every fault at once."""
    return _Reader(kind).read(text)


def code_in(kind: PieceKind, name: str) -> str:
    """« C01 » for « C1 », as codes are given; empty for what is no code of this kind."""
    found = re.fullmatch(rf"{PREFIXES[kind]}0*([1-9]\d*)", name)
    return f"{PREFIXES[kind]}{int(found[1]):02}" if found else ""


class _Reader:
    def __init__(self, kind: PieceKind) -> None:
        self._kind = kind
        self._fields = {folded(one.label): one for one in FIELDS[kind]}
        self._found = Written()
        self._section: Field | Side | None = None
        self._body: list[str] = []
        self._titled = False

    def read(self, text: str) -> Written:
        for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1):
            heading = _HEADING.fullmatch(line)
            if heading and len(heading[1]) <= 2:
                self._end_section()
                self._heading(len(heading[1]), heading[2], number)
            elif isinstance(self._section, Field):
                self._body.append(_WRITTEN_OFF.sub(r"\1", line))
            elif line.strip():
                self._line(line.strip(), number)
        self._end_section()
        if not self._titled:
            self._fault(1, "le titre manque : une ligne « # Titre » d'abord")
        return self._found

    def _heading(self, level: int, words: str, number: int) -> None:
        if level == 1:
            if self._titled:
                self._fault(number, "un second titre « # » : une seule pièce par fichier")
                return
            self._titled = True
            prefix = PREFIXES[self._kind]
            found = re.match(rf"({prefix}\d+)(?:[ \t\u00a0]*[:–—][ \t\u00a0]+|[ \t]+|$)", words)
            self._found.code = code_in(self._kind, found[1]) if found else ""
            self._put("title", words[found.end() :] if found and self._found.code else words, number)
            return
        side = next((side for name, side in SIDES.items() if folded(name) == folded(words)), None)
        one = self._fields.get(folded(words))
        if side is not None and self._kind in _QUOTED:
            self._section = side
        elif one is not None and one.form in _TITLED:
            self._section = one
            self._found.lines.setdefault(one.name, number)
            if one.name in self._found.values:
                self._fault(number, f"« {one.label} » est écrit deux fois")
        else:
            known = [f.label for f in FIELDS[self._kind] if f.form in _TITLED]
            known += list(SIDES) if self._kind in _QUOTED else []
            self._fault(number, f"titre inconnu : « {words[:40]} ».{_near(words, known)}")
            self._section = _UNKNOWN

    def _end_section(self) -> None:
        if isinstance(self._section, Field) and self._section is not _UNKNOWN:
            self._put(self._section.name, "\n".join(self._body).strip("\n"), self._found.lines[self._section.name])
        self._section, self._body = None, []

    def _line(self, line: str, number: int) -> None:
        item = _ITEM.fullmatch(line)
        if isinstance(self._section, Side):
            self._citation(item[1] if item else line, number)
            return
        named = _FIELD.fullmatch(item[1]) if item else None
        if named is None:
            self._fault(number, "texte hors d'une section : écrivez-le sous un titre « ## », ou « - Champ : valeur »")
            return
        one = self._fields.get(folded(named["label"]))
        if one is None or one.form in _TITLED or one.name == "title":
            known = [f.label for f in FIELDS[self._kind] if f.form not in _TITLED and f.name != "title"]
            self._fault(number, f"champ inconnu : « {named['label'][:40]} ».{_near(named['label'], known)}")
        elif one.name in self._found.values:
            self._fault(number, f"« {one.label} » est écrit deux fois")
        else:
            self._put(one.name, named["value"], number)

    def _citation(self, line: str, number: int) -> None:
        place = _PLACE.fullmatch(line)
        if place is None or not isinstance(self._section, Side):
            self._fault(number, "citation non comprise : écrivez « - E003, tour 12 : « mots » »")
            return
        words = (place["words"] or "").strip()
        words = re.sub(r"^[«\"“][\s\u00a0\u202f]*|[\s\u00a0\u202f]*[»\"”]$", "", words)
        self._found.cited.append(
            Cited(self._section, place["interview"].upper(), int(place["turn"]), words.strip(), number)
        )

    def _put(self, name: str, value: str, number: int) -> None:
        self._found.values[name] = value.strip()
        self._found.lines[name] = number

    def _fault(self, number: int, message: str) -> None:
        self._found.faults.append((number, message))


_UNKNOWN = Field("", "", Form.TEXT)  # swallows what stands under an unknown heading: told once


def _near(words: str, known: Sequence[str]) -> str:
    by_key = {folded(one): one for one in known}
    near = difflib.get_close_matches(folded(words), by_key, n=1)
    return f" Vouliez-vous dire « {by_key[near[0]]} » ?" if near else f" Possibles : {', '.join(known)}"


def write(piece: Piece) -> str:
    """The file of a piece: every field that may be filled in, those that are empty too."""
    return "\n".join(_lines(piece)).rstrip("\n") + "\n"


def _lines(piece: Piece) -> Iterator[str]:
    yield f"# {piece.code} {piece.get('title')}".rstrip()
    yield ""
    fields = FIELDS[piece.kind]
    for one in fields:
        if one.form not in _TITLED and one.name != "title":
            yield f"- {one.label} : {piece.get(one.name)}".rstrip()
    for one in fields:
        if one.form in _TITLED:
            yield from ("", f"## {one.label}", "")
            text = piece.get(one.name)
            yield from (_LIKE_HEADING.sub(r"\1\\", line) for line in text.split("\n") if text)
    if piece.kind in _QUOTED:
        for name, side in SIDES.items():
            yield from ("", f"## {name}", "")
            yield from (cited_words(one) for one in piece.evidence if one.side is side)


def cited_words(one: Evidence) -> str:
    """« - E003, tour 12 : « mots » », on one line."""
    return f"- {one.interview}, tour {one.turn + 1} : « {' '.join(one.text.split())} »"
