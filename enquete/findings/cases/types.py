"""Sheet « Types »: types that people made by hand, and the attributes and themes that go with each, counted after.

No case is called typical, nothing is tested: numbers stand beside what people decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.disclosure.small_cells import mask
from enquete.findings.cases.grid import in_order
from enquete.findings.counting import Base, tree
from enquete.findings.groups import groups, value_of
from enquete.findings.profile import UNKNOWN, attribute_title
from enquete.findings.sheets import TYPES
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.written.pieces import Piece
from enquete.findings.written.showing import Showing
from enquete.findings.written.types import PieceKind
from enquete.model import Audience, RespondentType
from enquete.wording import capital, label

REASONS, CASES, THEME = "Raisons", "Cas", "Thème"
_READ = (
    "Les types sont faits à la main ; les nombres sont comptés ensuite. « Les autres » : les personnes de la même "
    "sorte qui ne sont pas dans ce type."
)
_APART = (
    "Nombres : seulement pour un type assez nombreux, sinon tout y serait caché ; caractéristiques : si les cas n'ont "
    "pas tous la même, car leurs noms d'emprunt sont écrits ici."
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many have something, in the type and among the others of the same kind. kind: of respondents."""

    kind: RespondentType
    what: str
    value: str
    inside: int
    inside_of: int
    others: int
    others_of: int


def types(showing: Showing, base: Base) -> Table | None:
    """For each type its reasons, its cases, then a row a value of an attribute, a row a theme. Small cells masked."""
    made = [piece for piece in base.material.pieces if piece.kind is PieceKind.TYPE]
    if not made:
        return None
    least = base.material.threshold
    rows: list[tuple[Cell, ...]] = []
    depths = []
    for piece in made:
        name = showing.named(piece.get("title"))
        who = [person for person in in_order(base, showing) if person in piece.listed("cases")]
        told = ((REASONS, showing.named(piece.get("text"))), (CASES, ", ".join(map(showing.named, who))))
        for place, (what, words) in enumerate(told):
            rows.append((piece.code, name, "", what, words, *(("",) * 4)))
            depths.append(min(place, 1))
        for one in counts(showing, base, piece):
            cells = (one.inside, one.inside_of, one.others, one.others_of)
            masked = (mask(cell, least) for cell in cells)
            rows.append((piece.code, name, capital(label(one.kind, 2)), one.what, one.value, *masked))
            depths.append(1)
    columns = (
        Column("N°", Kind.SHORT),
        Column("Type", Kind.PHRASE),
        Column("Répondants", Kind.SHORT),
        Column("Quoi", Kind.PHRASE),
        Column("Valeur", Kind.LONG),
        Column("Dans ce type", Kind.COUNT),
        Column("Sur", Kind.COUNT),
        Column("Chez les autres", Kind.COUNT),
        Column("Sur (autres)", Kind.COUNT),
    )
    apart = () if showing.audience is Audience.TEAM else (_APART,)
    notes = (_READ, *apart, *placed(showing, base, made))
    return Table(TYPES, columns, tuple(rows), tuple(depths), 1, notes=notes)


def placed(showing: Showing, base: Base, made: Sequence[Piece]) -> Iterator[str]:
    """Which cases are in no type, which are in several."""
    of = {
        person: [piece.code for piece in made if person in piece.listed("cases")] for person in in_order(base, showing)
    }
    alone = [showing.named(person) for person, codes in of.items() if not codes]
    several = [f"{showing.named(person)} ({', '.join(codes)})" for person, codes in of.items() if len(codes) > 1]
    yield f"Dans aucun type : {', '.join(alone) or 'personne'}."
    yield f"Dans plusieurs types : {', '.join(several) or 'personne'}."


def counts(showing: Showing, base: Base, piece: Piece) -> Iterator[Counts]:
    """What goes with a type, by kind of respondents: values of attributes, then themes, that somebody of it has."""
    every = frozenset().union(*base.met.values()) if base.met else frozenset[str]()
    for kind in base.types:
        people = base.of_type(every, kind)
        inside = people & set(piece.listed("cases"))
        few = showing.audience is not Audience.TEAM and len(inside) < base.material.threshold
        if inside and not few:  # else every number would be masked
            yield from _attributes(showing, base, kind, people, inside)
            yield from _themes(base, kind, inside)


def _attributes(
    showing: Showing, base: Base, kind: RespondentType, people: frozenset[str], inside: frozenset[str]
) -> Iterator[Counts]:
    """At the first meeting. Where cases are named by labels, none that would tell something of all of them."""
    team = showing.audience is Audience.TEAM
    first = {person: next(wave for wave in base.waves if person in base.met[wave]) for person in people}
    for name in base.attributes if team else base.material.attributes_shown:
        title, held = _held(base, name, first, team=team)
        if not team and any(inside <= those for those in held.values()):
            continue
        for value, those in held.items():
            if inside & those:
                yield _counted(kind, title, value, those, inside, people)


def _held(base: Base, name: str, first: Mapping[str, str], *, team: bool) -> tuple[str, Mapping[str, frozenset[str]]]:
    """Who has each value. Rare ones are told to the team alone: the others read them gathered."""
    if not team:
        told = groups(base, name, set(first.items()))
        return told.title, {v: frozenset(person for person, _ in told.meetings(v)) for v in told.values}
    held: dict[str, set[str]] = {}
    for person, wave in first.items():
        held.setdefault(value_of(base, person, wave, name) or UNKNOWN, set()).add(person)
    order = sorted(held, key=lambda value: (value == UNKNOWN, value))
    return attribute_title(base, name), {value: frozenset(held[value]) for value in order}


def _themes(base: Base, kind: RespondentType, inside: frozenset[str]) -> Iterator[Counts]:
    """Out of those who have an interview coded with the codebook."""
    for grid in base.material.codebooks:
        coded = base.coded_people(grid, kind)
        for node in tree(grid.codes):
            speak = frozenset(p.participant for p in base.under(grid, node.family) if p.participant)
            if node.depth == 0 and inside & coded & speak:
                yield _counted(kind, THEME, f"{node.code.id} {node.code.label}", speak, inside & coded, coded)


def _counted(
    kind: RespondentType, what: str, value: str, those: frozenset[str], inside: frozenset[str], people: frozenset[str]
) -> Counts:
    others = people - inside
    return Counts(kind, what, value, len(inside & those), len(inside), len(others & those), len(others))
