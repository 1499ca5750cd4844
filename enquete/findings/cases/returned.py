"""A grid of cases that comes back from a spreadsheet, whose rows were sorted, whose columns were moved or hidden.

What each cell is of is told by the code in its row and the theme in its column's title, never by its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from enquete.findings.cases.framework import Place
from enquete.tables import folded

PERSON = "Personne"
MARK = re.compile(r"Repère\s*:\s*([0-9a-f]{16})\b")
_FIELD = re.compile(r"\s*([\w.-]+:[\w.-]+)(?:\s|$)")

RawRow = tuple[int, Sequence[str]]


@dataclass(slots=True)
class Returned:
    """texts: what the cells say. places: « ligne 4, colonne C ». faults: French sentences, with their place."""

    texts: dict[Place, str] = field(default_factory=dict)
    places: dict[Place, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def mark_in(rows: Sequence[RawRow]) -> str:
    """The mark that a sheet bears, or nothing."""
    found = (MARK.search(cell) for _, cells in rows for cell in cells)
    return next((one[1] for one in found if one), "")


def read_back(rows: Sequence[RawRow], fields: Sequence[str], person: Callable[[str], str | None]) -> Returned | None:
    """What the sheet says; None when it has no header « Personne » with a theme beside.

    fields: those that the workbook left with. person: the code of whom a cell names, None for nobody of the study.
    """
    head = next((place for place, (_, cells) in enumerate(rows) if _header(cells, fields)), None)
    if head is None:
        return None
    cells = rows[head][1]
    who = next(place for place, cell in enumerate(cells) if folded(cell) == folded(PERSON))
    columns = {place: name for place, cell in enumerate(cells) if (name := _field(cell, fields))}
    back = Returned()
    twice: set[Place] = set()
    for number, row in rows[head + 1 :]:
        filled = {name: (place, row[place]) for place, name in columns.items() if place < len(row) and row[place]}
        code = person(row[who]) if who < len(row) and row[who] else None
        if code is None:
            named = row[who] if who < len(row) else ""
            back.faults += [f"{_at(number, place)} : {_nobody(named)}" for place, _ in filled.values()]
            continue
        for place, name in columns.items():
            text = normalised(row[place]) if place < len(row) else ""
            _keep(back, twice, (code, name), text, _at(number, place))
    for one in twice:
        del back.texts[one]
    return back


def _keep(back: Returned, twice: set[Place], place: Place, text: str, at: str) -> None:
    """A person who stands on two rows has to say the same on both."""
    if place not in back.texts:
        back.texts[place], back.places[place] = text, at
    elif back.texts[place] != text:
        back.faults.append(
            f"{at} : {place[0]} a un autre résumé sous {place[1]}, {back.places[place]} ; gardez-en un seul"
        )
        twice.add(place)


def normalised(text: str) -> str:
    """As it is kept and compared: what a spreadsheet adds or loses at the ends of lines is nothing that was written."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _header(cells: Sequence[str], fields: Sequence[str]) -> bool:
    titles = {folded(cell) for cell in cells}
    return folded(PERSON) in titles and any(_field(cell, fields) for cell in cells)


def _field(title: str, fields: Sequence[str]) -> str | None:
    """The theme that a column's title begins with, whatever follows."""
    found = _FIELD.match(title)
    known: Mapping[str, str] = {one.casefold(): one for one in fields}
    return known.get(found[1].casefold()) if found else None


def _nobody(named: str) -> str:
    if not named:
        return "un résumé sans personne ; écrivez son code dans la colonne « Personne »"
    return f"« {named[:20]} » n'est pas une personne de l'étude"


def _at(number: int, place: int) -> str:
    return f"ligne {number}, colonne {letters(place)}"


def letters(place: int) -> str:
    """A column as spreadsheets name it. place: from 0."""
    name, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
