"""Small invented studies, a line a person or a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from enquete.findings.material import Flag, Grid, InterviewFacts, Material, Passage, Person
from enquete.findings.tables import Cell, Table
from enquete.model import ConsentKind, ConsentState, InterviewKind, RespondentType


@dataclass(frozen=True)
class Code:
    id: str
    label: str
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""


GRID = Grid(
    "G",
    "Grille",
    "1",
    "0" * 64,
    (
        Code("T1", "Argent"),
        Code("T1.1", "Dettes", "T1"),
        Code("T1.2", "Fins de mois", "T1"),
        Code("T2", "Santé"),
    ),
)

Consent = Mapping[str, Mapping[ConsentKind, ConsentState]]


def person(
    code: str,
    kind: RespondentType = RespondentType.CONCERNED,
    consent: Consent | None = None,
    **attributes: str,
) -> Person:
    """attributes: the same in both waves."""
    values = {"v1": attributes, "v2": attributes} if attributes else {}
    return Person(code, kind, values, consent or {})


def interview(
    code: str, *participants: str, wave: str = "v1", coders: tuple[str, ...] = ("anne",), notes: bool = False
) -> InterviewFacts:
    kind = InterviewKind.NOTES if notes else InterviewKind.RECORDED
    return InterviewFacts(code, wave, kind, date(2025, 3, 4), participants, 10, 500, coders)


def passage(
    where: str,
    who: str | None,
    code: str,
    text: str = "dix mots",
    start: int = 0,
    wave: str = "v1",
    coder: str = "anne",
    flag: Flag | None = None,
    memo: str = "",
    signed: bool = False,
) -> Passage:
    return Passage(where, wave, who, start, start + len(text), code, "G", (coder,), text, 0, memo, flag, signed)


def material(
    people: list[Person],
    interviews: list[InterviewFacts],
    passages: list[Passage],
    *,
    grids: tuple[Grid, ...] = (GRID,),
    attributes: tuple[str, ...] = (),
    threshold: int = 5,
    secret: bytes = b"secret",
    shared_by: int = 5,
    unmarked: bool = True,
) -> Material:
    return Material(
        title="Essai",
        waves={"v1": "Vague 1", "v2": "Vague 2"},
        people=tuple(people),
        interviews=tuple(interviews),
        passages=tuple(passages),
        codebooks=grids,
        made_on=date(2026, 1, 2),
        version="0",
        database_hash="f" * 64,
        secret=secret,
        threshold=threshold,
        attributes_shown=attributes,
        shared_by=shared_by,
        unmarked_shown=unmarked,
    )


def one_each(count: int) -> tuple[list[Person], list[InterviewFacts]]:
    """That many people, each with one coded interview."""
    numbers = range(1, count + 1)
    return [person(f"P{i:03}") for i in numbers], [interview(f"E{i:03}", f"P{i:03}") for i in numbers]


def row(table: Table, **wanted: str) -> dict[str, Cell]:
    """The only row whose columns hold these values, by column title."""
    titles = [column.title for column in table.columns]
    rows = [dict(zip(titles, cells, strict=True)) for cells in table.rows]
    (found,) = [r for r in rows if all(r[title] == value for title, value in wanted.items())]
    return found
