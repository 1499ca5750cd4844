"""Tables and quotations of a page, each row a place that links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.reports import narrow
from enquete.reports.page_style import said
from enquete.wording import number

MOST = 3_000  # quotations: beyond, phones no longer open the page
TOO_MANY = "Trop de citations pour une page : celles que citent les constats y sont, les autres sont dans le classeur."
_WORDS = "Citation"
_GROUP = "Thème"

Places = Mapping[tuple[str, int], str]


def html_table(table: Table, name: str, caption: str, places: Places) -> Iterator[str]:
    """Lines of a table that scrolls alone. name: of its ids; caption: HTML; places: where links may lead."""
    bands, shown = narrow.bands(table), narrow.shown(table)
    yield f'<div class="scroll" role="region" aria-labelledby="{name}-titre" tabindex="0"><table>'
    yield f'<caption id="{name}-titre"><span>{caption}</span></caption><thead><tr>'
    columns = [table.columns[rank] for rank in shown]
    yield "".join(f'<th scope="col"{_class(column)}>{said(column.title)}</th>' for column in columns)
    yield "</tr></thead><tbody>"
    former = ""
    for line, row in enumerate(table.rows):
        band = " – ".join(str(row[rank]) for rank in bands if row[rank] != "")
        alone = bool(band) and row[shown[0]] == ""  # « Ensemble »
        if band and band != former and not alone:
            yield f'<tr><th class="band" colspan="{len(shown)}" scope="colgroup">{said(band)}</th></tr>'
        former = "" if alone else band
        depth = f' class="d{min(table.depths[line], 3)}"' if table.depths else ""
        first, *others = shown
        head = _cell(table, line, first, places, band if alone else None)
        cells = "".join(f"<td{_class(table.columns[rank])}>{_cell(table, line, rank, places)}</td>" for rank in others)
        yield f'<tr id="{name}-{line}"{depth}><th scope="row">{head}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _class(column: Column) -> str:
    return ' class="count"' if column.kind is Kind.COUNT else ""


def _cell(table: Table, line: int, rank: int, places: Places, instead: str | None = None) -> str:
    words = written(table.rows[line][rank]) if instead is None else said(instead)
    target = places.get(table.links.get((line, rank), ("", 0)))
    return f'<a href="#{target}">{words}</a>' if target and words else words


def written(cell: Cell) -> str:
    """A cell as HTML."""
    return said(cell) if isinstance(cell, str) else number(cell)


def html_quotations(
    table: Table, rows: Sequence[int], places: Places, cited: Mapping[int, Sequence[tuple[str, str]]]
) -> Iterator[str]:
    """By theme, each to unfold. rows: those shown; cited: row -> (anchor, code) of the findings that quote it."""
    titles = [column.title for column in table.columns]
    words = titles.index(_WORDS) if _WORDS in titles else _longest(table)
    group = titles.index(_GROUP) if _GROUP in titles else 0
    former = None
    for line in rows:
        row = table.rows[line]
        if row[group] != former:
            yield "</ol></details>" if former is not None else ""
            former = row[group]
            yield f"<details><summary>{written(former) or 'Sans thème'}</summary><ol>"
        yield from _quotation(table, line, words, group, places, cited.get(line, ()))
    yield "</ol></details>" if former is not None else ""


def _longest(table: Table) -> int:
    return next((rank for rank, column in enumerate(table.columns) if column.kind is Kind.LONG), len(table.columns) - 1)


def _quotation(
    table: Table, line: int, words: int, group: int, places: Places, cited: Sequence[tuple[str, str]]
) -> Iterator[str]:
    facts = []
    for rank, column in enumerate(table.columns):
        value = table.rows[line][rank]
        if rank not in (words, group) and value != "":
            told = _cell(table, line, rank, places)
            facts.append(f"{said(column.title)}\u00a0: {told}" if column.kind is Kind.COUNT else told)
    links = [f'<a href="#{anchor}">cité dans {said(code)}</a>' for anchor, code in cited]
    yield f'<li id="{places[table.name, line]}"><p>{written(table.rows[line][words])}</p>'
    yield f'<p class="who">{" · ".join([*facts, *links])}</p></li>'
