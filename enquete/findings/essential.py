"""Sheet « Essentiel »: what a meeting needs in hand, on one printed page. Every number is that of another sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil

from enquete.findings.sheets import ESSENTIAL, FINDINGS, RECOMMENDATIONS, THEMES
from enquete.findings.tables import Cell, Figure, Kind, Page, Section, Synthesis, Table
from enquete.findings.written.fields import RECOMMENDATION_STATES, VALID
from enquete.findings.written.shown import ShownFinding, ShownRecommendation
from enquete.wording import n

_LINE = 70  # characters of a printed line
_LONGEST = 150  # characters of an item
_SHORTENED = 50  # characters of the name of a codebook or of a question
_MOST = 5  # figures
_ROOM = 10  # printed lines for the findings, and as many for the recommendations
_BARS, _CAUTIONS = 8, 3
_READ = (VALID, "proposé", "")  # states of findings, the surest first; none is told for diffusion
_SPEAK = " qui en parlent"

Target = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    target: Target | None = None


def essential(made: Synthesis) -> Page:
    """From the other parts, for their audience: it shows nothing that they do not."""
    parts = (
        ("Qui a été rencontré", [_Line(_met(made))]),
        ("Thèmes", _figures(made)),
        ("Constats", _findings(made)),
        ("Recommandations", _recommendations(made)),
        ("À garder en tête", [_Line(words) for words in _told(made, "Précautions")[:_CAUTIONS]]),
    )
    kept = [(title, lines) for title, lines in parts if lines]
    links = {
        (section, rank): line.target
        for section, (_, lines) in enumerate(kept)
        for rank, line in enumerate(lines)
        if line.target
    }
    sections = tuple(Section(title, tuple(line.words for line in lines)) for title, lines in kept)
    return Page(ESSENTIAL, made.title, sections, _chart(made), links)


def _told(made: Synthesis, title: str) -> tuple[str, ...]:
    return next((section.lines for section in made.readme.sections if section.title == title), ())


def _met(made: Synthesis) -> str:
    """As much of « Lisez-moi » as two lines hold."""
    kept = ""
    for sentence in _told(made, "Qui a été rencontré"):
        if kept and len(kept) + len(sentence) >= 2 * _LINE:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def _figures(made: Synthesis) -> list[_Line]:
    """The themes most people speak of; without interviews, those of answers to open questions."""
    table = made.themes or made.questions
    if table is None:
        return []
    lines = []
    for row in _first(made):
        cells = table.rows[row]
        count, out_of = _counts(table)
        title = table.columns[count].title
        people = f" {title.removesuffix(_SPEAK).lower()}" if title.endswith(_SPEAK) else ""
        group = f"{_cut(str(cells[0]), _SHORTENED)} – " if len({one[0] for one in table.rows}) > 1 else ""
        lines.append(
            _Line(f"{group}{cells[table.tree]} : {cells[count]} sur {cells[out_of]}{people}", (table.name, row))
        )
    return lines


def _first(made: Synthesis) -> list[int]:
    """Rows of the themes that most people speak of: by turns, codebook by codebook or question by question."""
    table = made.themes or made.questions
    if table is None or len(_counts(table)) < 2:
        return []
    groups: dict[Cell, list[tuple[int, int]]] = {}
    for people, row in _themes(table, *_counts(table)):
        groups.setdefault(table.rows[row][0], []).append((people, row))
    ranked = [sorted(group, key=lambda one: -one[0]) for group in groups.values()]
    ranked.sort(key=lambda group: -group[0][0])
    by_turns = [one for turn in zip_longest(*ranked) for one in turn if one is not None][:_MOST]
    return [row for _, row in sorted(by_turns, key=lambda one: -one[0])]


def _counts(table: Table) -> list[int]:
    """The first two columns of counts: how many, and out of how many."""
    return [place for place, column in enumerate(table.columns) if column.kind is Kind.COUNT][:2]


def _themes(table: Table, count: int, out_of: int) -> Iterable[tuple[int, int]]:
    """(people, row) of the themes whose number is shown: the whole of a question is no theme, nor is a sub-code."""
    first = 1 if table.name != THEMES else 0
    for row, cells in enumerate(table.rows):
        number = cells[count]
        depth = table.depths[row] if table.depths else first
        if depth == first and isinstance(number, int) and number and isinstance(cells[out_of], int):
            yield number, row


def _findings(made: Synthesis) -> list[_Line]:
    rows = _rows(made.findings_table)
    read = sorted((one for one in made.findings if one.state in _READ), key=lambda one: _READ.index(one.state))
    lines = [_Line(_finding(one), _target(FINDINGS, rows, one.code)) for one in read]
    return _fitted(lines, len(made.findings), FINDINGS, made.findings_table)


def _finding(one: ShownFinding) -> str:
    return _item(one.code, one.title, one.state)


def _recommendations(made: Synthesis) -> list[_Line]:
    """Addressee by addressee, the furthest on first; those that were given up are left to their own sheet."""
    rows = _rows(made.recommendations_table)
    order = {state: -rank for rank, state in enumerate(RECOMMENDATION_STATES)}
    read = [one for one in made.recommendations if one.state != RECOMMENDATION_STATES[-1]]
    read.sort(key=lambda one: (one.addressees, order.get(one.state, 0)))
    lines = [_Line(_recommendation(one), _target(RECOMMENDATIONS, rows, one.code)) for one in read]
    return _fitted(lines, len(made.recommendations), RECOMMENDATIONS, made.recommendations_table)


def _recommendation(one: ShownRecommendation) -> str:
    return _item(", ".join(one.addressees) or one.code, one.title, one.state)


def _item(head: str, title: str, state: str) -> str:
    return f"{head} : {_cut(title, _LONGEST)}" + (f" ({state})" if state else "")


def _rows(table: Table | None) -> dict[str, int]:
    return {key: row for row, key in enumerate(table.keys)} if table else {}


def _target(sheet: str, rows: dict[str, int], code: str) -> Target | None:
    return (sheet, rows[code]) if code in rows else None


def _fitted(lines: Sequence[_Line], everything: int, sheet: str, table: Table | None) -> list[_Line]:
    """As many as the page has room for, and where the others are."""
    kept: list[_Line] = []
    used = 0
    for line in lines:
        used += ceil(len(line.words) / _LINE)
        if used >= _ROOM:
            break
        kept.append(line)
    others = everything - len(kept)
    if others and table is not None:
        told = (
            f"et {n('autre', others)} : feuille {sheet}"
            if kept
            else f"{n('en cours', others, 'en cours')} : feuille {sheet}"
        )
        kept.append(_Line(told, (sheet, 0)))
    return kept


def _cut(text: str, most: int) -> str:
    """At a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"


def _chart(made: Synthesis) -> tuple[Figure, ...]:
    """Of the codebook of the theme most spoken of: its longest bars."""
    first = _first(made)
    if made.themes is None or not first:
        return ()
    grid = str(made.themes.rows[first[0]][0])
    figures = sorted(made.themes.figures, key=lambda figure: not figure.title.startswith(grid))
    return tuple(_short(figure) for figure in figures[:1])


def _short(figure: Figure) -> Figure:
    series = tuple(replace(one, values=one.values[:_BARS]) for one in figure.series)
    return replace(figure, categories=figure.categories[:_BARS], series=series)
