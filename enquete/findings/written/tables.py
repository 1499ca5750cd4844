"""Sheets « Constats », « Recommandations » and « Bilan »; and in « Verbatims » the columns that people choose in.

The title of an edited column is the label of its field: what comes back is known by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from enquete.findings.counting import Extract
from enquete.findings.leads import Leads
from enquete.findings.material import Material
from enquete.findings.sheets import ASSESSMENT, FINDINGS, QUOTATIONS, RECOMMENDATIONS
from enquete.findings.tables import Cell, Column, Kind, Links, Table
from enquete.findings.written.fields import FIELDS
from enquete.findings.written.pieces import Piece
from enquete.findings.written.showing import REPLY, Showing, told_date
from enquete.findings.written.shown import Quoted, ShownFinding
from enquete.findings.written.types import Field, Form, PieceKind, RemarkKind, Side
from enquete.model import Audience

NUMBER = "N°"
FOR, AGAINST, COMMENT = "Appuie", "Contredit", "Commentaire"  # constats, in « Verbatims »
SHEETS = {
    FINDINGS: PieceKind.FINDING,
    RECOMMENDATIONS: PieceKind.RECOMMENDATION,
    ASSESSMENT: PieceKind.ASSESSMENT,
}
_KINDS = {Form.TEXT: Kind.LONG, Form.LINE: Kind.PHRASE, Form.LIST: Kind.PHRASE}
_SEPARATOR = "\n\n"

# What each sheet shows of its fields, in reading order; the rest of « Constats » is gathered by the program.
_ORDER = {
    PieceKind.FINDING: ("title", "state", "trend", "text", "limits", "plain", "comments"),
    PieceKind.RECOMMENDATION: (
        "title", "addressees", "state", "priority", "findings", "text", "territories", "waves", "trend", "discussed",
        "sent", "answered", "answer", "next", "who", "when", "plain", "comments",
    ),
    PieceKind.ASSESSMENT: ("side", "title", "text", "findings", "state", "who", "when", "comments"),
}  # fmt: skip


def findings_table(showing: Showing) -> Table | None:
    """A row a finding: what people edit, then what the program gathers for it."""
    shown = {one.code: one for one in showing.findings}
    pieces = [one for one in showing.pieces(PieceKind.FINDING) if one.code in shown]
    gathered = [one for one in _GATHERED if one[0] not in _NOT_GATHERED.get(showing.audience, ())]
    fields = _fields(showing, PieceKind.FINDING)
    columns = (
        Column(NUMBER, Kind.SHORT),
        *(_column(showing, one) for one in fields),
        *(Column(title, Kind.LONG if place < 2 else Kind.PHRASE) for place, (title, _) in enumerate(gathered)),
    )
    rows = [
        (one.code, *_cells(showing, one, fields), *(told(shown[one.code]) for _, told in gathered)) for one in pieces
    ]
    first = 1 + len(fields)
    return _table(showing, FINDINGS, columns, rows, _to_quotations(list(shown.values()), first))


def _quotations(quoted: Sequence[Quoted]) -> str:
    """Numbered: two that follow each other in a text must not read as one that nobody signed."""
    told = [f"« {one.words} »" + (f" ({one.who})" if one.who else "") for one in quoted]
    return _SEPARATOR.join(f"{number}. {one}" for number, one in enumerate(told, 1)) if len(told) > 1 else "".join(told)


def _to_know(one: ShownFinding) -> str:
    """Remarks, and what people answered when they were told."""
    replies = (f"{name} : {words}" for name, words in one.fields if name.startswith(REPLY))
    return "\n".join((*one.remarks, *replies))


_GATHERED: Sequence[tuple[str, Callable[[ShownFinding], str]]] = (
    ("Appuis", lambda one: _quotations(one.supporting)),
    ("Contre-exemples", lambda one: _quotations(one.contradicting)),
    ("Nombres", lambda one: "\n".join(figure.words for figure in one.figures)),
    ("Cas", lambda one: ", ".join(one.cases)),
    ("Thèmes", lambda one: "\n".join(one.themes)),
    ("Accord entre codeurs", lambda one: one.agreement),
    ("À savoir", _to_know),
)
_NOT_GATHERED = {Audience.PUBLIC: ("Cas", "À savoir")}


def _to_quotations(shown: Sequence[ShownFinding], first: int) -> Links:
    """Each list of quotations leads to the first of them, each figure to its row."""
    links = {}
    for row, one in enumerate(shown):
        for place, quoted in ((first, one.supporting), (first + 1, one.contradicting)):
            known = [found.row for found in quoted if found.row is not None]
            if known:
                links[row, place] = QUOTATIONS, known[0]
        if one.figures:
            links[row, first + 2] = one.figures[0].sheet, one.figures[0].row
    return links


def recommendations_table(showing: Showing) -> Table | None:
    """A row a recommendation; each leads to the first finding that it rests on."""
    return _plain_table(showing, RECOMMENDATIONS)


def assessment_table(showing: Showing) -> Table | None:
    """A row a point of the assessment, rubric by rubric."""
    return _plain_table(showing, ASSESSMENT)


def _plain_table(showing: Showing, name: str) -> Table | None:
    kind = SHEETS[name]
    pieces = showing.pieces(kind)
    if kind is PieceKind.ASSESSMENT:
        rubrics = next(one.choices for one in FIELDS[kind] if one.name == "side")
        pieces = sorted(pieces, key=lambda one: rubrics.index(one.get("side")))
    fields = _fields(showing, kind)
    rows = [(one.code, *_cells(showing, one, fields)) for one in pieces]
    places = {one.code: row for row, one in enumerate(showing.pieces(PieceKind.FINDING))}
    column = 1 + next(place for place, one in enumerate(fields) if one.name == "findings")
    links = {
        (row, column): (FINDINGS, places[codes[0]])
        for row, one in enumerate(pieces)
        if (codes := [code for code in one.listed("findings") if code in places])
    }
    return _table(showing, name, (Column(NUMBER, Kind.SHORT), *(_column(showing, one) for one in fields)), rows, links)


def _table(
    showing: Showing, name: str, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], links: Links
) -> Table | None:
    """Without a row too, for those who may write some."""
    if not rows and showing.audience is Audience.PUBLIC:
        return None
    return Table(name, tuple(columns), tuple(rows), links=links, keys=tuple(str(row[0]) for row in rows))


def _fields(showing: Showing, kind: PieceKind) -> list[Field]:
    """In reading order; the public reads neither comments nor who does what."""
    hidden = _NOT_PUBLIC if showing.audience is Audience.PUBLIC else ()
    by_name = {one.name: one for one in FIELDS[kind]}
    return [by_name[name] for name in _ORDER[kind] if name not in hidden]


_NOT_PUBLIC = ("comments", "plain", "who", "when", "next")


def _column(showing: Showing, one: Field) -> Column:
    kind = _KINDS.get(one.form, Kind.SHORT)
    if showing.audience is Audience.PUBLIC:
        return Column(one.label, kind)
    return Column(one.label, kind, edited=True, choices=one.choices)


def _cells(showing: Showing, piece: Piece, fields: Sequence[Field]) -> tuple[str, ...]:
    return tuple(shown_value(showing, one, piece.get(one.name)) for one in fields)


def shown_value(showing: Showing, one: Field, value: str) -> str:
    """What a cell says of a field."""
    return told_date(value) if one.form is Form.DATE else showing.named(value)


# --- quotations that people choose


def quotations_to_choose(table: Table, material: Material, leads: Leads) -> Table:
    """« Verbatims » with a number for each row, and the columns in which people say what a quotation is for."""
    keys = tuple(f"V{number}" for number in range(1, len(table.rows) + 1))
    columns = (
        Column(NUMBER, Kind.SHORT),
        *table.columns,
        *(Column(title, Kind.SHORT, edited=True) for title in (FOR, AGAINST)),
        Column(COMMENT, Kind.PHRASE, edited=True),
    )
    chosen = _Chosen(material)
    rows = tuple(
        (key, *row, *chosen.beside(quoted.extract))
        for key, row, quoted in zip(keys, table.rows, leads.quoted, strict=True)
    )
    links = {(row, column + 1): target for (row, column), target in table.links.items()}
    return replace(table, columns=columns, rows=rows, links=links, keys=keys)


class _Chosen:
    """What was chosen for findings and said of passages, by interview."""

    def __init__(self, material: Material) -> None:
        self._evidence: dict[tuple[str, Side], list[tuple[int, int, str]]] = defaultdict(list)
        self._said: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for piece in material.pieces:
            for one in piece.evidence if piece.kind is PieceKind.FINDING else ():
                self._evidence[one.interview, one.side].append((one.start, one.end, piece.code))
        for remark in material.remarks:
            if remark.kind is RemarkKind.COMMENT:
                self._said[remark.interview].append((remark.start, remark.end, remark.body))

    def beside(self, extract: Extract) -> tuple[str, str, str]:
        """Findings that a quotation supports, that it contradicts, and what was said of it."""
        supports, contradicts = (
            ", ".join(dict.fromkeys(_within(self._evidence.get((extract.interview, side), ()), extract)))
            for side in Side
        )
        return supports, contradicts, "\n".join(_within(self._said.get(extract.interview, ()), extract))


def _within(places: Iterable[tuple[int, int, str]], extract: Extract) -> Iterator[str]:
    """What stands at the places that lie in the extract."""
    return (what for start, end, what in places if extract.start <= start and end <= extract.end)
