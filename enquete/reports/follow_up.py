"""Who was met, who is due, who is lost from sight: a workbook for the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from enquete.reports.workbook import Look, add_sheet, add_table, add_text, new_book, to_bytes


class TriedRow(NamedTuple):
    """An attempt, in words."""

    participant: str
    wave: str
    day: str
    channel: str
    outcome: str


@dataclass(frozen=True, slots=True)
class FollowUpSheets:
    """waves: titles. people: code, type, a cell a wave, attempts, agreement, what is known. totals: sentences."""

    waves: Sequence[str]
    people: Sequence[tuple[str, ...]]
    tried: Sequence[TriedRow]
    totals: Sequence[str]


_TRIED = (
    Look("Personne", 12),
    Look("Vague", 10),
    Look("Jour", 14),
    Look("Moyen", 14),
    Look("Ce qui s'est passé", 24),
)


def render(sheets: FollowUpSheets) -> bytes:
    """An .xlsx of three sheets: Suivi, Tentatives, Lisez-moi. Equal rows give equal bytes."""
    looks = [
        Look("Personne", 12),
        Look("Type", 20),
        *(Look(title, 42, wrap=True) for title in sheets.waves),
        Look("Tentatives", 13),
        Look("Accord pour être revue", 14, wrap=True),
        Look("Ce qu'on sait de son absence", 52, wrap=True),
    ]
    book = new_book("Suivi des personnes")
    add_table(add_sheet(book, "Suivi"), looks, sheets.people, frozen=1)
    add_table(add_sheet(book, "Tentatives"), _TRIED, sheets.tried, frozen=1)
    add_text(add_sheet(book, "Lisez-moi"), "Suivi des personnes", (("En bref", sheets.totals), *_READ_ME))
    return to_bytes(book)


_READ_ME = (
    (
        "Ce que disent les mots",
        (
            "À revoir : rencontrée dans une vague d'avant, et le délai réglé dans « enquete.toml » ([suivi], mois) est "
            "passé. Perdue de vue : pas rencontrée, et l'on sait pourquoi (déménagement, refus, retrait, décès), ou "
            "l'on a essayé autant de fois que permis (pas jointe), ou personne ne sait.",
            "L'absence veut dire quelque chose : une sanction, un déménagement, une peur. La dernière colonne dit ce "
            "qu'on en sait.",
        ),
    ),
    (
        "Accord",
        (
            "Ce que la personne a répondu à « acceptez-vous d'être recontactée ? », au plus récent. « Non noté » : "
            "personne ne l'a écrit ; on ne la recontacte pas sans l'avoir vérifié.",
        ),
    ),
)
