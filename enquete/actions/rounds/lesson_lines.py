"""Training on the terminal: who is in training, and a newcomer's codings beside the reference's. No key is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from enquete.actions.places import turn_at
from enquete.actions.results import aligned
from enquete.actions.rounds.lessons import ARBITRATION, Codes, Lesson, lesson, study_codes
from enquete.actions.study import Study
from enquete.coding.training import CodeKey, Comparison, Outcome, Tally, tallies
from enquete.coding.training_words import TITLES, advice, explanation, summary
from enquete.errors import EnqueteError, Problem
from enquete.store import rounds as stored
from enquete.store.interviews import interviews
from enquete.wording import n, number

_LONGEST = 160  # code points of a passage that are shown


def training_table(study: Study) -> Iterator[str]:
    """Lines to print: each training round, and how far its newcomers are."""
    with study.database() as db:
        made = [one for one in stored.rounds(db) if one.kind == stored.TRAINING]
        given, progress = stored.assignments(db), {(p.interview, p.coder): p for p in stored.progress(db)}
    for one in made:
        reference = ARBITRATION if one.settled else one.reference
        for coder in sorted({a.coder for a in given if a.round == one.name}):
            mine = [a.interview for a in given if (a.round, a.coder) == (one.name, coder)]
            coded = [code for code in mine if (code, coder) in progress and progress[code, coder].coded]
            done = f"{len(coded)} sur {n('entretien', len(mine))} {'finis' if len(coded) > 1 else 'fini'}"
            yield f"« {one.name} », d'après {reference} : {coder}, {done} ({', '.join(mine)})."
    if not made:
        yield "Personne n'est en formation. Pour commencer : « enquete formation NOUVEAU --reference CODE »."


def training_report(study: Study, newcomer: str) -> Iterator[str]:
    """Lines to print: every passage of the interviews finished, figures by code and theme, and what to read again.

    Raises EnqueteError: TRAINING_NONE, those of `load_codebooks`.
    """
    codes = study_codes(study)
    with study.database() as db:
        mine = {a.interview for a in stored.assignments(db) if a.coder == newcomer and a.kind == stored.TRAINING}
        if not mine:
            raise EnqueteError(Problem.TRAINING_NONE, name=newcomer, exit_code=2)
        lessons = {text.code: lesson(db, codes, newcomer, text) for text in interviews(db) if text.code in mine}
    finished = [one for one in lessons.values() if one is not None]
    left = sorted(code for code, one in lessons.items() if one is None)
    if left:
        yield f"Pas encore comparable ({newcomer} ou la référence ne l'a pas fini) : {', '.join(left)}."
    if not finished:
        return
    described: set[CodeKey] = set()
    for one in finished:
        yield from (*_interview(one, described), "")
    yield from _figures(finished, codes)


def _interview(one: Lesson, described: set[CodeKey]) -> Iterator[str]:
    reference = ARBITRATION if one.settled else one.reference
    yield f"{one.interview.code} : {one.newcomer}, d'après {reference}"
    if not one.comparisons:
        yield "  Rien n'y est codé, ni d'un côté ni de l'autre."
    for comparison in one.comparisons:
        yield from _place(one, comparison, described)
    if one.aside:
        yield f"  {n('codage', one.aside)} sous un code proposé par son codeur : laissé de côté, faute d'être partagé."


def _place(one: Lesson, comparison: Comparison, described: set[CodeKey]) -> Iterator[str]:
    text, labels = one.interview.text, one.codes.labels
    span = comparison.span
    yield f"  tour {turn_at(one.interview, span.start)} : « {_short(span.of(text))} »"
    named = [_named(key, labels) for key in (comparison.expected, comparison.given) if key]
    title = TITLES[comparison.outcome]
    if comparison.outcome is Outcome.AGREED:
        yield f"    {title} : {named[0]}"
        return
    if comparison.outcome is Outcome.OTHER:
        yield f"    {title} : {named[1]} ; référence : {named[0]}. {explanation(comparison, one.codes.paths)}"
        yield from _descriptions(one.codes, (comparison.expected, comparison.given), described)
    else:
        yield f"    {title} : {named[0]}. {explanation(comparison, one.codes.paths)}"
    if comparison.outcome is Outcome.BOUNDS:
        yield from _sides(text, comparison)
    if comparison.outcome in (Outcome.MISSED, Outcome.ADDED):
        yield from _descriptions(one.codes, (comparison.expected, comparison.given), described)
    for memo in [passage.memo for passage in comparison.reference if passage.memo]:
        yield f"      mémo de la référence : {' '.join(memo.split())}"


def _sides(text: str, comparison: Comparison) -> Iterator[str]:
    for who, passages in (("référence", comparison.reference), ("ici", comparison.newcomer)):
        for passage in passages:
            yield f"      {who} : « {_short(text[passage.start : passage.end])} »"


def _descriptions(codes: Codes, keys: Sequence[CodeKey | None], described: set[CodeKey]) -> Iterator[str]:
    """What the codebook says of codes, the first time that they come."""
    for key in keys:
        code = codes.by_key.get(key) if key else None
        if key is None or code is None or key in described:
            continue
        described.add(key)
        yield f"      {_named(key, codes.labels)} : {code.definition or 'sans définition'}"
        if code.include:
            yield f"        inclut : {code.include}"
        if code.exclude:
            yield f"        exclut : {code.exclude}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]} […] {words[-_LONGEST // 2 :]}"


def _named(key: CodeKey, labels: Mapping[CodeKey, str]) -> str:
    return f"{labels[key]} ({key[1]})" if key in labels else key[1]


_COLUMNS = ("référence", "retrouvés", "autrement découpés", "sous un autre code", "oubliés", "à la place", "ajoutés")


def _figures(lessons: Sequence[Lesson], codes: Codes) -> Iterator[str]:
    comparisons = [one for each in lessons for one in each.comparisons]
    themes = [one for each in lessons for one in each.themes]
    for title, found in (("code", tallies(comparisons)), ("thème", tallies(themes))):
        rows = [[title, *_COLUMNS], *(_row(key, found[key], codes) for key in sorted(found))]
        yield from (*aligned(rows, numbers=range(1, len(_COLUMNS) + 1)), "")
    yield f"Ensemble : {summary(tallies(comparisons))}"
    yield from advice(comparisons, codes.labels, codes.paths)


def _row(key: CodeKey, tally: Tally, codes: Codes) -> list[str]:
    counts = (tally.expected, tally.found, tally.cut, tally.other, tally.missed, tally.instead, tally.added)
    return [_named(key, codes.labels), *map(number, counts)]
