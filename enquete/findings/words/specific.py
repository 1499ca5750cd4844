"""The words that people say more, or less, in a part of what they said: under a theme, in a wave, in a group."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from enquete.findings.analysis import THEME
from enquete.findings.counting import Base, merge, tree
from enquete.findings.groups import groups
from enquete.findings.material import Grid, Speech
from enquete.findings.profile import UNKNOWN
from enquete.findings.specificities import specificity
from enquete.findings.words.forms import Form, forms
from enquete.findings.words.function_words import says_something
from enquete.model import RespondentType

LEAST_SAID = 3  # times in the part, for an over-used word
LEAST_LACKING = 10  # times in all, for one to be under-used
LEAST_PEOPLE = 2  # who say it in the part: the way that one person talks is nobody's vocabulary
LEAST_SCORE = 2.0  # less than one chance in a hundred
MOST, MOST_LACKING = 15, 5  # words a part


@dataclass(frozen=True, eq=False)
class Turn:
    """What somebody said at a stretch, word by word. Each is itself alone: hashing its words would take long."""

    speech: Speech
    words: tuple[Form, ...]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return tuple(word.form for word in self.words)

    @cached_property
    def different(self) -> frozenset[str]:
        return frozenset(self.forms)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """In the interview's text."""
        return tuple(self.speech.start + word.start for word in self.words)

    @property
    def end(self) -> int:
        """In the interview's text."""
        return self.speech.start + len(self.speech.text)

    def between(self, start: int, end: int) -> range:
        """Places of the words that start there, in the interview's text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


Stretch = tuple[Turn, range]  # some words of a turn


@dataclass(frozen=True, slots=True)
class Specific:
    """A word of a part. by, part: « Thème », « Logement ». kind: who speaks. found: times in the part, out of total.

    people: who say it in the part. score: see `specificity`. places: (turn, place) in the part, in reading order.
    """

    by: str
    part: str
    kind: RespondentType
    form: str
    found: int
    total: int
    people: int
    score: float
    places: tuple[tuple[Turn, int], ...]


def turns(base: Base) -> list[Turn]:
    """What people who take part said. A voice linked to nobody counts only where everyone present takes part."""
    kept = []
    for speech in base.material.speech:
        present = base.present.get(speech.interview, ())
        known = base.interviews.get(speech.interview)
        alone = known is not None and present == known.participants
        if speech.participant in present or (speech.participant is None and alone):
            kept.append(Turn(speech, tuple(forms(speech.text, speech.masked))))
    return kept


def specific_words(base: Base, said: Sequence[Turn]) -> list[Specific]:
    """By what the analysis asks for; types of respondents apart. said: see `turns`.

    Raises nothing for an attribute that nobody has: it has no part.
    """
    names = _names(said)
    return [
        word
        for by in base.material.analysis.vocabulary
        for kind in base.types
        for whole, title, parts in _partitions(base, said, by, kind)
        for word in _of_partition(base, whole, title, parts, kind, names)
    ]


def _names(said: Iterable[Turn]) -> frozenset[str]:
    """Forms that begin with a capital as readily as not inside sentences: people, places, organisations."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for turn in said:
        for word in turn.words:
            if word.capital:
                capital[word.form] += 1
        small.update(turn.forms)
    return frozenset(form for form, count in capital.items() if 2 * count >= small[form])


def _kind_of(base: Base, speech: Speech) -> RespondentType | None:
    if speech.participant is not None:
        return base.type_of_person(speech.participant)
    types = {base.type_of_person(code) for code in base.present[speech.interview]}
    return types.pop() if len(types) == 1 else None


_Partition = tuple[list[Turn], str, Mapping[str, list[Stretch]]]  # the corpus, what tells its parts apart, the parts


def _partitions(base: Base, said: Sequence[Turn], by: str, kind: RespondentType) -> Iterator[_Partition]:
    """One a codebook for themes, among interviews coded with it: elsewhere nobody has looked for them."""
    mine = [turn for turn in said if _kind_of(base, turn.speech) is kind]
    if by == THEME:
        for grid in base.material.codebooks:
            read = {interview.code for interview in base.coded(grid)}
            corpus = [turn for turn in mine if turn.speech.interview in read]
            title = "Thème" if len(base.material.codebooks) == 1 else f"Thème ({grid.title})"
            yield corpus, title, _by_theme(base, grid, corpus)
        return
    voices = {(turn.speech.participant, turn.speech.wave) for turn in mine}
    told = groups(base, by, {(person, wave) for person, wave in voices if person})
    parts: dict[str, list[Stretch]] = {value: [] for value in told.values if value != UNKNOWN}
    for turn in mine:
        value = told.of.get((turn.speech.participant or "", turn.speech.wave), UNKNOWN)
        if value in parts:
            parts[value].append((turn, range(len(turn.words))))
    if sum(bool(part) for part in parts.values()) > 1:
        yield mine, told.title, parts


def _by_theme(base: Base, grid: Grid, corpus: Sequence[Turn]) -> Mapping[str, list[Stretch]]:
    """What is said in the passages of each theme and of its sub-codes."""
    by_interview: dict[str, list[Turn]] = defaultdict(list)
    for turn in corpus:
        by_interview[turn.speech.interview].append(turn)
    parts: dict[str, list[Stretch]] = {}
    for node in tree(grid.codes):
        if node.depth == 0:
            covered: dict[Turn, set[int]] = defaultdict(set)
            for extract in merge(base.under(grid, node.family)):
                for turn in by_interview.get(extract.interview, ()):
                    if turn.speech.start < extract.end and extract.start < turn.end:
                        covered[turn].update(turn.between(extract.start, extract.end))
            parts[node.code.label] = [
                (turn, run) for turn in corpus if turn in covered for run in _runs(sorted(covered[turn]))
            ]
    return parts


def _runs(places: Sequence[int]) -> Iterator[range]:
    """Places that follow one another, together."""
    start = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1:
            yield range(places[start], places[index - 1] + 1)
            start = index


def _of_partition(
    base: Base,
    corpus: Sequence[Turn],
    by: str,
    parts: Mapping[str, list[Stretch]],
    kind: RespondentType,
    names: Collection[str],
) -> Iterator[Specific]:
    """Over-used words, then under-used ones for the team alone: a word that hardly anybody says may point at them."""
    totals, everybody = _counted((turn, range(len(turn.words))) for turn in corpus)
    size = totals.total()
    least = max(LEAST_PEOPLE, base.material.threshold)
    usable = [form for form in totals if everybody[form] >= least and form not in names and says_something(form)]
    for part, stretches in parts.items():
        counts, people = _counted(stretches)
        length = counts.total()
        scored = {
            form: specificity(counts[form], length, totals[form], size)
            for form in usable
            if (counts[form] >= LEAST_SAID and people[form] >= least) or totals[form] >= LEAST_LACKING
        }
        more = sorted(
            (-score, form) for form, score in scored.items() if score >= LEAST_SCORE and people[form] >= least
        )
        less = sorted((score, form) for form, score in scored.items() if score <= -LEAST_SCORE and not base.masked)
        for form in [form for _, form in (*more[:MOST], *less[:MOST_LACKING])]:
            score = scored[form]
            places = tuple(_places(stretches, form)) if score > 0 else ()
            yield Specific(by, part, kind, form, counts[form], totals[form], people[form], score, places)


def _counted(stretches: Iterable[Stretch]) -> tuple[Counter[str], Counter[str]]:
    """How many times each form is said, and by how many people."""
    by_person: dict[str | None, Counter[str]] = defaultdict(Counter)
    for turn, places in stretches:
        by_person[turn.speech.participant].update(turn.forms[places.start : places.stop])
    counts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for person, said in by_person.items():
        counts.update(said)
        if person is not None:
            people.update(said.keys())
    return counts, people


def _places(stretches: Iterable[Stretch], form: str) -> Iterator[tuple[Turn, int]]:
    for turn, places in stretches:
        if form in turn.different:
            yield from ((turn, place) for place in places if turn.forms[place] == form)
