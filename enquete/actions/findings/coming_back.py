"""A workbook of the synthesis that people changed: its cells against what they said, and what the study says now."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from enquete.actions.findings.desk import TYPED, checked, known
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.sheets import QUOTATIONS
from enquete.findings.tables import TO_FILL
from enquete.findings.written.checking import FieldError, Known, normalised
from enquete.findings.written.departure import Departure
from enquete.findings.written.fields import FIELDS
from enquete.findings.written.tables import AGAINST, COMMENT, FOR, NUMBER, SHEETS
from enquete.findings.written.types import Evidence, Field, Form, PieceKind, Remark, RemarkKind, Side
from enquete.model import Span
from enquete.store.entries import Current
from enquete.store.pieces import pieces
from enquete.store.remarks import remarks
from enquete.tables.sheets import sheet_rows

SIDES = {FOR: Side.SUPPORTS, AGAINST: Side.CONTRADICTS}
_SHOWN = 70  # characters of a value told
_OF_QUOTATIONS = {
    FOR: Field(FOR, FOR, Form.PIECES),
    AGAINST: Field(AGAINST, AGAINST, Form.PIECES),
    COMMENT: Field(COMMENT, COMMENT, Form.TEXT),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that comes back changed. row: of the sheet, from 1. left, now, back: as the study writes them."""

    sheet: str
    key: str
    title: str
    row: int
    left: str
    now: str
    back: str

    def __str__(self) -> str:
        before, after = changed_part(self.left, self.back)
        return f"{self.sheet}, {self.key}, {self.title} : « {short(before)} » devient « {short(after)} »"


def changed_part(left: str, back: str) -> tuple[str, str]:
    """The words that differ, where two long texts begin and end alike."""
    if max(len(left), len(back)) <= _SHOWN:
        return left, back
    one, other = left.split(), back.split()
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = list(zip(reversed(one[first:]), reversed(other[first:]), strict=False))
    last = next((i for i, (a, b) in enumerate(rest) if a != b), len(rest))

    def part(words: list[str]) -> str:
        middle = " ".join(words[first : len(words) - last])
        return f"{'… ' if first else ''}{middle}{' …' if last else ''}"

    return part(one), part(other)


@dataclass(slots=True)
class Returned:
    """What a workbook brings. changed: every cell that does not say what it said. new: rows that people added: (sheet,
    row, values by field). told: what is not taken in, and why.
    """

    audience: str = ""
    mark: str = ""
    changed: list[Cell] = field(default_factory=list)
    taken: list[Cell] = field(default_factory=list)
    conflicts: list[Cell] = field(default_factory=list)
    new: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def short(text: str) -> str:
    """On one line, the end left out when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"


class Reader:
    """Compares the cells of a workbook with what they said, and with what the study says now."""

    def __init__(self, study: Study, db: sqlite3.Connection, left: Departure, revisions: Mapping[str, int]) -> None:
        self._left, self._db = left, db
        self._known: Known = known(study, db)
        self._pieces = {piece.code: piece for piece in pieces(db)}
        self._places = Places(db, left, revisions)
        self._found = Returned(left.audience)
        self._labels = sorted(left.labels, key=len, reverse=True)

    def read(self, data: bytes, name: str) -> Returned:
        for sheet in (*SHEETS, QUOTATIONS):
            if self._left.columns.get(sheet):
                self._sheet(data, name, sheet)
        return self._found

    def _sheet(self, data: bytes, name: str, sheet: str) -> None:
        try:
            rows = sheet_rows(data, name, sheet)
        except EnqueteError as error:
            if error.problem is not Problem.TABLE_NO_SHEET:
                raise
            if self._left.shown.get(sheet):
                self._found.told.append(f"La feuille « {sheet} » n'est plus dans le classeur : rien n'en est repris.")
            return
        head = next((place for place, (_, cells) in enumerate(rows) if NUMBER in map(str.strip, cells)), None)
        if head is None:
            self._found.faults.append(f"{sheet} : la ligne de titres, avec « {NUMBER} », a disparu.")
            return
        titles = [" ".join(cell.split()).removesuffix(TO_FILL) for cell in rows[head][1]]
        fields = self._fields(sheet)
        places = {title: titles.index(title) for title in fields if title in titles}
        missing = [title for title in fields if title not in titles and self._left.shown.get(sheet)]
        if missing:
            self._found.told.append(f"{sheet} : sans colonne {', '.join(f'« {m} »' for m in missing)}, laissée telle.")
        key_place, seen = titles.index(NUMBER), dict[str, int]()
        for row, cells in rows[head + 1 :]:
            values = {title: _cell(cells, place) for title, place in places.items()}
            self._row(sheet, row, _cell(cells, key_place), values, seen)
        gone = [key for key in self._left.shown.get(sheet, {}) if key not in seen]
        if gone and sheet != QUOTATIONS:
            self._found.told.append(f"{sheet} : {', '.join(gone)} n'y est plus ; rien n'est effacé dans l'étude.")

    def _fields(self, sheet: str) -> dict[str, Field]:
        every = _OF_QUOTATIONS if sheet == QUOTATIONS else {one.label: one for one in FIELDS[SHEETS[sheet]]}
        return {title: one for title, one in every.items() if title in self._left.columns.get(sheet, ())}

    def _row(self, sheet: str, row: int, key: str, values: dict[str, str], seen: dict[str, int]) -> None:
        where = f"{sheet}, ligne {row}"
        if not key:
            if any(values.values()):
                self._new(sheet, row, values)
            return
        rows = self._left.quotations if sheet == QUOTATIONS else self._left.shown.get(sheet, {})
        if key not in rows:
            self._found.faults.append(f"{where} : « {key[:20]} » n'était pas dans ce classeur quand il est parti.")
        elif key in seen:
            self._found.faults.append(f"{where} : « {key} » est déjà ligne {seen[key]} ; une seule compte.")
        else:
            seen[key] = row
            for title, text in values.items():
                self._compare(sheet, row, key, title, text)

    def _compare(self, sheet: str, row: int, key: str, title: str, text: str) -> None:
        shown = self._left.shown.get(sheet, {}).get(key, {}).get(title, "")
        if _plain(text) == _plain(shown):
            return
        one = self._fields(sheet)[title]
        value = self._value(sheet, row, one, text)
        if value is None:
            return
        raw = self._left.raw.get(sheet, {}).get(key, {}).get(title, "")
        now = self._now(sheet, key, one)
        if value in (raw, now):
            return
        if now is None:
            self._found.told.append(f"{sheet}, {key} : n'est plus dans l'étude ; rien n'en est repris.")
            return
        self._found.changed.append(Cell(sheet, key, title, row, raw, now, value))

    def _now(self, sheet: str, key: str, one: Field) -> str | None:
        """What the study says of it today; None when it holds it no longer."""
        if sheet == QUOTATIONS:
            return self._places.now(key, one.name)
        piece = self._pieces.get(key)
        return None if piece is None else piece.get(one.name)

    def _value(self, sheet: str, row: int, one: Field, text: str) -> str | None:
        """As the study would keep it; None when it may not be."""
        written = self._codes(text) if one.form in (*TYPED, Form.PEOPLE) else text
        kind = SHEETS.get(sheet, PieceKind.FINDING)
        if sheet == QUOTATIONS:
            try:
                return normalised(one, written, self._known)
            except FieldError as error:
                self._found.faults.append(f"{sheet}, ligne {row}, « {one.label} » : {error}")
                return None
        values, faults = checked(kind, {one.name: written}, self._known, {})
        self._found.faults += [f"{sheet}, ligne {row}, {fault}" for fault in faults]
        return values.get(one.name)

    def _titled(self, sheet: str, title: str) -> str:
        """The piece that bore this title when the workbook left; empty for none."""
        shown = self._left.shown.get(sheet, {})
        return next((key for key, cells in shown.items() if same(cells.get(_title_of(sheet), ""), title)), "")

    def _codes(self, text: str) -> str:
        """Labels of people as codes again."""
        for label in self._labels:
            text = re.sub(rf"\b{re.escape(label)}\b", self._left.labels[label], text)
        return text

    def _new(self, sheet: str, row: int, values: Mapping[str, str]) -> None:
        if sheet == QUOTATIONS:
            self._found.faults.append(f"{sheet}, ligne {row} : sans numéro, on ne sait quelle citation elle commente.")
            return
        fields = self._fields(sheet)
        filled = {fields[title].name: text for title, text in values.items() if text}
        if not filled.get("title"):
            self._found.faults.append(f"{sheet}, ligne {row} : sans « {_title_of(sheet)} », rien n'est ajouté.")
            return
        twin = self._titled(sheet, filled["title"])
        if twin:  # its number was deleted, or lost as cells were merged
            told = f"a perdu son numéro, ou redit {twin} ; rien n'est ajouté."
            self._found.faults.append(f"{sheet}, ligne {row} : {told}")
            return
        kept = {name: self._codes(text) for name, text in filled.items()}
        checked_, faults = checked(SHEETS[sheet], kept, self._known, {})
        self._found.faults += [f"{sheet}, ligne {row}, {fault}" for fault in faults]
        if checked_.get("title"):
            self._found.new.append((sheet, row, checked_))


def _title_of(sheet: str) -> str:
    """What the title of a piece is called in its sheet."""
    return FIELDS[SHEETS[sheet]][0].label


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _plain(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their spaces."""
    return _plain(one) == _plain(other)


class Places:
    """Where quotations of the workbook stand in today's texts, and what pieces and remarks say of them."""

    def __init__(self, db: sqlite3.Connection, left: Departure, revisions: Mapping[str, int]) -> None:
        self._left, self._revisions = left, revisions
        self._current = Current(db)
        self._findings = pieces(db, PieceKind.FINDING)
        self._remarks = [one for one in remarks(db) if one.kind is RemarkKind.COMMENT]

    def place(self, key: str) -> tuple[str, Span] | None:
        """(interview, span) of « V12 » now; None when its words were taken back."""
        interview, start, end, *_ = self._left.quotations[key]
        revision = self._revisions.get(str(interview))
        moved = self._current.place(revision, Span(int(start), int(end))) if revision is not None else None
        return None if moved is None else (str(interview), moved.span)

    def evidence(self, key: str, side: Side) -> dict[str, list[Evidence]]:
        """Code of a finding -> the quotations of it that lie there, on this side."""
        where = self.place(key)
        found: dict[str, list[Evidence]] = {}
        for piece in self._findings if where else ():
            mine = [one for one in piece.evidence if one.side is side and _lies(one, where)]
            if mine:
                found[piece.code] = mine
        return found

    def comments(self, key: str) -> list[int]:
        """Numbers of the comments there."""
        where = self.place(key)
        return [one.id for one in self._remarks if _lies(one, where)]

    def now(self, key: str, title: str) -> str | None:
        where = self.place(key)
        if where is None:
            return None
        if title == COMMENT:
            return "\n".join(one.body for one in self._remarks if _lies(one, where))
        return ", ".join(self.evidence(key, SIDES[title]))


def _lies(one: Evidence | Remark, where: tuple[str, Span] | None) -> bool:
    if where is None:
        return False
    interview, span = where
    return one.interview == interview and span.start <= one.start and one.end <= span.end
