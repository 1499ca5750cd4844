"""Sheets « Vocabulaire » and, for the team, « Mots en contexte »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor

from enquete.findings.counting import Base, consents
from enquete.findings.leads import Target
from enquete.findings.material import Speech
from enquete.findings.sheets import CONTEXTS, VOCABULARY
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.words.contexts import context
from enquete.findings.words.specific import LEAST_SAID, Specific, Turn
from enquete.model import ConsentKind, ConsentState
from enquete.wording import capital, label

SHOWN = 3  # contexts a word
WORD = 3  # column « Mot »

_READ = (
    "Un mot est spécifique d'une partie quand il y revient plus souvent que si les mots étaient répartis au hasard "
    "(P. Lafon, 1980). Spécificité 3 : moins d'une chance sur 1 000 d'en trouver autant par hasard ; 6 : moins d'une "
    "sur un million. Elle classe des mots à aller relire ; ce n'est pas un test, les mots d'une même personne n'étant "
    "pas indépendants."
)
_LACKING = "Spécificité négative : un mot plus rare dans cette partie qu'ailleurs (au moins 10 fois en tout)."


def vocabulary(base: Base, words: Sequence[Specific], around: Table | None = None) -> Table | None:
    """A row a word, the most specific first in each part. None when there is none. around: see `contexts`."""
    if not words:
        return None
    columns = (
        Column("Selon", Kind.PHRASE),
        Column("Partie", Kind.PHRASE),
        Column("Répondants", Kind.PHRASE),
        Column("Mot", Kind.PHRASE),
        Column("Fois", Kind.COUNT),
        Column("Sur (fois en tout)", Kind.COUNT),
        Column("Personnes", Kind.COUNT),
        Column("Spécificité", Kind.COUNT),
    )
    rows = tuple(
        (*_part(one), one.form, one.found, one.total, one.people, floor(abs(one.score)) * (1 if one.score > 0 else -1))
        for one in words
    )
    least = max(2, base.material.threshold)
    kept = (
        f"Paroles des répondants seules, mot pour mot ; dit {LEAST_SAID} fois au moins dans la partie, par {least} "
        "personnes au moins. Sans les mots-outils, les nombres, ni ce qui remplace un nom ; un mot qui porte plutôt "
        "une majuscule dans la phrase est pris pour un nom et n'y est pas."
    )
    lacking = (_LACKING,) if any(one.score < 0 for one in words) else ()
    first: dict[tuple[Cell, ...], int] = {}
    for place, cells in enumerate(around.rows if around else ()):
        first.setdefault(cells[: WORD + 1], place)
    keys = ((place, cells[: WORD + 1]) for place, cells in enumerate(rows))
    links: dict[tuple[int, int], Target] = {
        (place, WORD): (CONTEXTS, first[key]) for place, key in keys if key in first
    }
    return Table(VOCABULARY, columns, rows, notes=(_READ, *lacking, kept), links=links)


def _part(one: Specific) -> tuple[str, str, str]:
    return one.by, one.part, capital(label(one.kind, 2))


def contexts(base: Base, words: Sequence[Specific]) -> Table | None:
    """A few contexts of each over-used word, of unlike people first, none of who did not agree to be quoted."""
    rows: list[tuple[Cell, ...]] = []
    for one in words:
        for turn, place in _spread(base, one.places):
            said, word = turn.speech, turn.words[place]
            who = said.participant or " ou ".join(base.present[said.interview])
            shown = context(said.text, word.start, word.end)
            rows.append((*_part(one), one.form, who, said.interview, said.turn + 1, *shown))
    if not rows:
        return None
    columns = (
        Column("Selon", Kind.PHRASE),
        Column("Partie", Kind.PHRASE),
        Column("Répondants", Kind.PHRASE),
        Column("Mot", Kind.PHRASE),
        Column("Participant", Kind.SHORT),
        Column("Entretien", Kind.SHORT),
        Column("Tour", Kind.COUNT),
        Column("Avant", Kind.LONG),
        Column("Dit", Kind.SHORT),
        Column("Après", Kind.LONG),
    )
    return Table(CONTEXTS, columns, tuple(rows))


def _spread(base: Base, places: Iterable[tuple[Turn, int]]) -> Iterator[tuple[Turn, int]]:
    """Unlike people first, in reading order."""
    allowed = [(turn, place) for turn, place in places if _may_be_quoted(base, turn.speech)]
    seen: set[str | None] = set()
    firsts = []
    for turn, place in allowed:
        if turn.speech.participant not in seen:
            seen.add(turn.speech.participant)
            firsts.append((turn, place))
    yield from [*firsts, *(one for one in allowed if one not in firsts)][:SHOWN]


def _may_be_quoted(base: Base, speech: Speech) -> bool:
    """Everyone who may be speaking agrees, or has said nothing against it."""
    voices = base.present[speech.interview] if speech.participant is None else (speech.participant,)
    states = (consents(base.people[code], ConsentKind.QUOTATION, speech.wave) for code in voices)
    return all(state in (ConsentState.GIVEN, None) for state in states)
