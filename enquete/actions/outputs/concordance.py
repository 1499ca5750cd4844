"""Words in context, on screen, for the team: no key, since the texts are pseudonymised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enquete.actions.outputs.gathering import gather, speech_of
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.analysis import Crossing
from enquete.findings.counting import Base, Node, merge
from enquete.findings.crossings import wanted
from enquete.findings.material import Grid, Material
from enquete.findings.words.concordance import Occurrence, occurrences, sought
from enquete.findings.words.specific import turns
from enquete.store.interviews import interviews
from enquete.wording import n


@dataclass(frozen=True, slots=True)
class Line:
    """turn: from 0."""

    interview: str
    wave: str
    participant: str
    turn: int
    before: str
    word: str
    after: str

    def as_row(self) -> dict[str, object]:
        """For a program; turns count from 0 there."""
        return {
            "entretien": self.interview,
            "vague": self.wave,
            "participant": self.participant or None,
            "tour": self.turn,
            "avant": self.before,
            "mot": self.word,
            "apres": self.after,
        }


def concordance(study: Study, words: Sequence[str], theme: str | None, wave: str | None) -> list[Line]:
    """Every place where people interviewed say these words. theme: a code, « rsa:R07 » or « R07 », under whose
    passages alone they are looked for; wave: its code.

    Raises EnqueteError: NO_WORD_SOUGHT, UNKNOWN_WAVE, THEME_UNKNOWN.
    """
    searches = [sought(one) for one in words]
    empty = [one for one, search in zip(words, searches, strict=True) if not search.forms]
    if empty:
        raise EnqueteError(Problem.NO_WORD_SOUGHT, word=empty[0], exit_code=2)
    known = study.config.waves_by_code
    if wave is not None and wave not in known:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=wave, known=", ".join(known), exit_code=2)
    base = Base(_material(study))
    found = occurrences([turn for turn in turns(base) if wave in (None, turn.speech.wave)], searches)
    if theme is not None:
        spans = _under(base, theme)
        found = (one for one in found if any(a <= one.start < b for a, b in spans.get(one.turn.speech.interview, ())))
    return [_line(one) for one in found]


def _material(study: Study) -> Material:
    """With what was said; no label is made here, hence no secret."""
    from dataclasses import replace

    with study.database() as db:
        speech = tuple(said for text in interviews(db) for said in speech_of(text))
    return replace(gather(study, b""), speech=speech)


def _under(base: Base, theme: str) -> dict[str, list[tuple[int, int]]]:
    """interview -> (start, end) of what is coded under a code or its sub-codes, in any codebook that has it."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for grid, node in nodes_named(base.material, theme):
        for extract in merge(base.under(grid, node.family)):
            spans.setdefault(extract.interview, []).append((extract.start, extract.end))
    return spans


def nodes_named(material: Material, theme: str) -> list[tuple[Grid, Node]]:
    """A code, « rsa:R07 » or « R07 », in each codebook that has it. Raises EnqueteError(THEME_UNKNOWN)."""
    found = [
        (grid, node)
        for grid in material.codebooks
        if ":" not in theme or theme.startswith(f"{grid.id}:")
        for depth, node in wanted(grid, Crossing("", (theme,)))
        if depth == 0
    ]
    if not found:
        themes = (f"{grid.id}:{code.id}" for grid in material.codebooks for code in grid.codes if not code.parent)
        raise EnqueteError(Problem.THEME_UNKNOWN, name=theme, known=", ".join(themes), exit_code=2)
    return found


def _line(one: Occurrence) -> Line:
    said = one.turn.speech
    return Line(said.interview, said.wave, said.participant or "", said.turn, *one.context)


def concordance_lines(found: Sequence[Line]) -> Iterator[str]:
    """« E003, tour 12 : … la CAF m'a dit … », and how many in all."""
    for one in found:
        space = "" if one.before.endswith(("'", "’")) or not one.before else " "
        after = one.after if one.after[:1] in ",." else f" {one.after}" if one.after else ""
        yield f"{one.interview}, tour {one.turn + 1} : {one.before}{space}« {one.word} »{after}"
    people = {one.participant for one in found if one.participant}
    texts = {one.interview for one in found}
    if found:
        where = f"dans {n('entretien', len(texts))}, de {n('personne', len(people))}"
        yield f"{n('fois', len(found), 'fois')}, {where}."
    else:
        yield "Aucune parole de répondant, dans les entretiens enregistrés, n'a ces mots."
