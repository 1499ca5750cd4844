"""Groups that only KoboToolbox's form builder writes, as the ordinary groups that it makes of them when it publishes.

    | type             | name | label       | kobo--score-choices | kobo--rank-items | kobo--matrix_list |
    | begin_score      | avis | D'accord ?  | accord              |                  |                   |
    | score__row       | ecou | On m'écoute |                     |                  |                   |
    | end_score        |      |             |                     |                  |                   |

A score is a question for each of its rows; a ranking, a question for each place; a matrix, a group for each choice of
its list, and in it its questions: « foyer_tel_nb » is the « nb » of the row « tel » in the matrix « foyer ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.survey.questionnaire.sheets import Book, Fault, Line, Sheet

_EDGE = re.compile(r"(begin|end)[ _](score|rank|kobomatrix)", re.IGNORECASE)
_LISTS = {"score": "kobo--score-choices", "rank": "kobo--rank-items", "kobomatrix": "kobo--matrix_list"}
_CONDITIONS = ("relevant", "constraint", "required", "calculation", "choice_filter")


def with_plain_groups(book: Book) -> Book:
    """The book itself where it has no such group. A group that is not closed, or not begun, is left for pyxform."""
    survey = book.sheets.get("survey")
    if survey is None or not any(_edge(line) for line in survey.lines):
        return book
    lines, faults, at = [], list(book.faults), 0
    while at < len(survey.lines):
        line, group = survey.lines[at], _group(survey.lines, at)
        at += 1
        if group is None:
            lines.append(line)
            continue
        at += len(group.rows) + 1
        if group.list_name:
            lines += _WRITERS[group.kind](group, book.sheets.get("choices", Sheet((), ())))
        else:
            message = f"la colonne « {_LISTS[group.kind]} » est vide. Nommez-y la liste des choix de ce groupe."
            faults.append(Fault(message, "survey", line.number))
    header = dict.fromkeys((*survey.header, "name", "appearance", "constraint"))
    sheets = {**book.sheets, "survey": replace(survey, header=tuple(header), lines=tuple(lines))}
    return replace(book, sheets=sheets, faults=tuple(faults))


@dataclass(frozen=True, slots=True)
class _Group:
    """begin: its first line. rows: those between its first and its last, whose number is `end`."""

    kind: str
    begin: Line
    rows: tuple[Line, ...]
    end: int

    @property
    def name(self) -> str:
        return _name(self.begin)

    @property
    def list_name(self) -> str:
        return self.begin.cells.get(_LISTS[self.kind], "")

    def opened(self, appearance: str) -> Line:
        cells = {"type": "begin_group", "name": self.name, "appearance": appearance}
        return _line(self.begin, {**self.begin.cells, **cells})

    def closed(self) -> Line:
        return Line(self.end, {"type": "end_group"})


def _edge(line: Line) -> re.Match[str] | None:
    return _EDGE.fullmatch(line.cells.get("type", "").strip())


def _group(lines: Sequence[Line], at: int) -> _Group | None:
    """The group that begins here."""
    begins = _edge(lines[at])
    if not begins or begins[1].casefold() != "begin":
        return None
    for end in range(at + 1, len(lines)):
        if ends := _edge(lines[end]):
            same = ends[1].casefold() == "end" and ends[2].casefold() == begins[2].casefold()
            return (
                _Group(begins[2].casefold(), lines[at], tuple(lines[at + 1 : end]), lines[end].number) if same else None
            )
    return None


def _name(line: Line) -> str:
    return line.cells.get("name") or line.cells.get("$autoname", "")


def _line(like: Line, cells: Mapping[str, str]) -> Line:
    return Line(like.number, {header: text for header, text in cells.items() if text})


def _score(group: _Group, _: Sheet) -> Iterator[Line]:
    yield group.opened("field-list")
    for row in group.rows:
        yield _line(row, {**row.cells, "type": f"select_one {group.list_name}", "name": _name(row)})
    yield group.closed()


def _rank(group: _Group, _: Sheet) -> Iterator[Line]:
    """No thing may have two places."""
    yield group.opened("field-list")
    for place, row in enumerate(group.rows):
        others = [f"${{{_name(other)}}} != ${{{_name(row)}}}" for other in group.rows[:place]]
        cells = {"type": f"select_one {group.list_name}", "name": _name(row), "constraint": " and ".join(others)}
        yield _line(row, {**row.cells, "appearance": "minimal", **cells})
    yield group.closed()


def _matrix(group: _Group, choices: Sheet) -> Iterator[Line]:
    for item in choices.lines:
        if _of_list(item) != group.list_name:
            continue
        base = f"{group.name}_{item.cells.get('name') or item.cells.get('$autovalue', '')}"
        names = {_name(row): f"{base}_{_name(row)}" for row in group.rows}
        opened = group.opened("")
        yield _line(opened, {**opened.cells, **_labels(group.begin, item), "name": base})
        for row in group.rows:
            conditions = {title: _moved(row.cells[title], names) for title in _CONDITIONS if title in row.cells}
            yield _line(row, {**row.cells, **_labels(item, row), **conditions, "name": names[_name(row)]})
        yield group.closed()


def _of_list(choice: Line) -> str:
    return next((text for header, text in choice.cells.items() if header.replace("_", " ") == "list name"), "")


def _labels(above: Line, own: Line) -> dict[str, str]:
    """« Équipement : Téléphone », in each language."""
    titles = [title for title in own.cells if re.match(r"label\b", title, re.IGNORECASE)]
    return {title: " : ".join(filter(None, (above.cells.get(title), own.cells[title]))) for title in titles}


def _moved(condition: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\$\{([^}]+)\}", lambda found: f"${{{names.get(found[1], found[1])}}}", condition)


_WRITERS = {"score": _score, "rank": _rank, "kobomatrix": _matrix}
