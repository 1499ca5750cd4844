"""Sheet « Perdues de vue »: who, of those met in the first wave, was met again, and who was not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from enquete.disclosure.small_cells import mask
from enquete.findings.counting import Base
from enquete.findings.groups import groups
from enquete.findings.profile import EVERYONE
from enquete.findings.sheets import LOST
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import Audience, LossReason
from enquete.wording import capital, label

NOT_TOLD = "sans raison notée"
_READ = (
    "Si celles qu'on n'a pas revues ne ressemblent pas aux autres, ce qui change d'une vague à l'autre peut venir de "
    "là : il manque des voix, et pas n'importe lesquelles."
)
_PENDING = "Pas revues : à ce jour. Sans raison notée, certaines sont peut-être encore à revoir."
_REASONS_APART = "Raisons : pour l'ensemble seulement."


def lost(base: Base, audience: Audience) -> Table | None:
    """A row a value of a broad attribute and type of respondents: met first, met again, not again, and why.

    Small cells masked. Reasons are crossed with attributes for the team alone: with one of them, « décès » tells of
    whom. Every attribute for the team when none is broad. None before anybody was met again.
    """
    if len(base.waves) < 2:
        return None
    first, *others = base.waves
    again = frozenset().union(*(base.met[wave] for wave in others))
    answered = frozenset(person for person, wave in base.material.responded if wave in others) - again
    if not again | answered:
        return None
    team, least = audience is Audience.TEAM, base.material.threshold
    reasons = _reasons(base, base.met[first] - again - answered)
    rows: list[tuple[Cell, ...]] = []
    depths = []
    for kind in base.types:
        people = base.of_type(base.met[first], kind)
        if not people or (kind is not base.leading and len(people) < least):
            continue
        for place, (title, value, those) in enumerate(_parts(base, people, first, team=team)):
            gone = those - again - answered
            why = [mask(len(gone & _because(base, reason)), least) if team or not place else "" for reason in reasons]
            counts = [mask(len(part), least) for part in (those & again, those & answered, gone)]
            met = mask(len(those), least) if place else len(those)
            rows.append((capital(label(kind, 2)), title, value, met, *counts, *why))
            depths.append(min(place, 1))
    titles = (f"Vues en {first}", "Revues en entretien", "Revues par questionnaire seul", "Pas revues")
    columns = (
        Column("Répondants", Kind.PHRASE),
        Column("Caractéristique", Kind.PHRASE),
        Column("Valeur", Kind.PHRASE),
        *(Column(title, Kind.COUNT) for title in (*titles, *map(_reason, reasons))),
    )
    notes = (_READ, _PENDING, *(() if team or not reasons else (_REASONS_APART,)))
    return Table(LOST, columns, tuple(rows), tuple(depths), 1, notes=notes) if rows else None


def _reason(reason: LossReason | None) -> str:
    return capital(label(reason) if reason else NOT_TOLD)


def _reasons(base: Base, people: Collection[str]) -> list[LossReason | None]:
    """Those given for somebody, in order; None: no reason was noted."""
    found = {_why(base, person) for person in people}
    return [reason for reason in (*LossReason, None) if reason in found]


def _why(base: Base, person: str) -> LossReason | None:
    """The last reason noted."""
    given = [base.material.lost[person, wave] for wave in base.waves if (person, wave) in base.material.lost]
    return given[-1] if given else None


def _because(base: Base, reason: LossReason | None) -> frozenset[str]:
    return frozenset(person for person in base.people if _why(base, person) is reason)


def _parts(base: Base, people: frozenset[str], first: str, *, team: bool) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Everybody, then the people of each value of each attribute."""
    yield EVERYONE, "", people
    for name in _attributes(base, team=team):
        told = groups(base, name, {(person, first) for person in people})
        for value in told.values:
            yield told.title, value, frozenset(person for person, _ in told.meetings(value))


def _attributes(base: Base, *, team: bool) -> Sequence[str]:
    return base.material.attributes_shown or (base.attributes if team else ())
