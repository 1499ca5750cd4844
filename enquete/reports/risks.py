"""What singles people out, as a workbook for the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enquete.reports.workbook import Look, add_sheet, add_table, add_text, new_book, to_bytes


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One combination of one person. people: who has it in the study; places and words: of the facts told."""

    participant: str
    score: float
    items: tuple[str, ...]
    people: int
    places: tuple[str, ...]
    words: tuple[str, ...]
    remedies: tuple[str, ...]


_LOOKS = (
    Look("Participant", 13),
    Look("Risque", 9, number=True),
    Look("Ce qui distingue", 36, wrap=True),
    Look("Personnes", 11, number=True),
    Look("Où", 18, wrap=True),
    Look("Mots", 56, wrap=True),
    Look("À faire", 40, wrap=True),
    Look("Décision", 24, wrap=True),
)


def render(rows: Sequence[RiskRow], k: int) -> bytes:
    """An .xlsx of two sheets: Risques, Mode d'emploi. Equal rows give equal bytes."""
    book = new_book("Risques de réidentification")
    values = [
        (
            row.participant, row.score, "\n".join(row.items), row.people, "\n".join(row.places), "\n".join(row.words),
            "\n".join(row.remedies), "",
        )
        for row in rows
    ]  # fmt: skip
    add_table(add_sheet(book, "Risques"), _LOOKS, values, frozen=1)
    add_text(add_sheet(book, "Mode d'emploi"), "Risques de réidentification", _instructions(k))
    return to_bytes(book)


def _instructions(k: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (
            "Ce que c'est",
            (
                f"Une ligne par combinaison d'un, deux ou trois traits d'une personne que moins de {k} personnes de "
                "l'étude ont ensemble, et dont aucune partie n'est déjà aussi rare. Traits : caractéristiques, type de "
                "répondant, faits racontés (origine, enfants, prison, maladie, métier, langue, religion, dates…).",
                "Risque : 6, 2 ou 1 pour un, deux ou trois traits, divisé par le nombre de personnes qui les ont.",
            ),
        ),
        (
            "Ce que ce n'est pas",
            (
                "Les faits sont repérés par des listes de mots : un fait dit autrement n'y est pas, un fait nié ou dit "
                "de quelqu'un d'autre y est. Une personne rare dans l'étude peut ne pas l'être en ville, et l'inverse.",
            ),
        ),
        (
            "Que faire",
            (
                "Masquer le passage (enquete relire), le marquer « ne jamais citer » ou « à paraphraser », élargir une "
                "caractéristique, ou décider que ce trait ne permet de reconnaître personne.",
            ),
        ),
    )
