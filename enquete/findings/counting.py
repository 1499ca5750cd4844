"""Who counts and what counts: people who take part, interviews coded, passages merged across coders, trees of codes."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from enquete.findings.material import Code, Flag, Grid, InterviewFacts, Material, Passage, Person
from enquete.findings.written.types import Remark, RemarkKind
from enquete.model import ConsentKind, ConsentState, RespondentType

_STRICTNESS = (None, Flag.CITE, Flag.PARAPHRASE, Flag.NEVER)


def strictest(flags: Iterable[Flag | None]) -> Flag | None:
    """The flag that protects most."""
    return max(flags, key=_STRICTNESS.index, default=None)


def consents(person: Person, kind: ConsentKind, wave: str) -> ConsentState | None:
    """What is known for a wave. A withdrawal, whenever it came, holds for every wave; a refusal for its own."""
    if any(states.get(kind) is ConsentState.WITHDRAWN for states in person.consent.values()):
        return ConsentState.WITHDRAWN
    return person.consent.get(wave, {}).get(kind)


def takes_part(person: Person, wave: str) -> bool:
    """Whether this person's words of this wave may be used at all; silence is no refusal."""
    return consents(person, ConsentKind.PARTICIPATION, wave) in (None, ConsentState.GIVEN)


@dataclass(frozen=True, slots=True)
class Extract:
    """Overlapping passages of one voice under the same code (or theme), merged. coders: everyone who coded a part.

    upheld: coders disagree for good on a part.
    """

    interview: str
    wave: str
    participant: str | None
    start: int
    end: int
    text: str
    coders: frozenset[str]
    flag: Flag | None
    upheld: bool = False

    @property
    def words(self) -> int:
        return sum(any(c.isalnum() for c in word) for word in self.text.split())


def merge(passages: Iterable[Passage]) -> list[Extract]:
    """Passages that overlap in the same interview and voice become one, their words joined."""
    extracts: list[Extract] = []
    for p in sorted(passages, key=lambda p: (p.interview, p.participant or "", p.start, p.end)):
        last = extracts[-1] if extracts else None
        if last and (last.interview, last.participant) == (p.interview, p.participant) and p.start < last.end:
            text = last.text + p.text[last.end - p.start :] if p.end > last.end else last.text
            extracts[-1] = Extract(
                last.interview, last.wave, last.participant, last.start, max(last.end, p.end), text,
                last.coders | set(p.coders), strictest((last.flag, p.flag)), last.upheld or p.upheld,
            )  # fmt: skip
        else:
            coders = frozenset(p.coders)
            place = (p.interview, p.wave, p.participant, p.start, p.end)
            extracts.append(Extract(*place, p.text, coders, p.flag, p.upheld))
    return extracts


@dataclass(frozen=True, slots=True)
class Node:
    """A code in its tree. depth: 0 for a theme. family: its id and those of its descendants."""

    code: Code
    depth: int
    path: tuple[Code, ...]
    family: frozenset[str]


def tree(codes: Sequence[Code]) -> list[Node]:
    """Depth first, in the codebook's order; a code whose parent is unknown is a theme."""
    ids = {code.id for code in codes}
    children: dict[str | None, list[Code]] = defaultdict(list)
    for code in codes:
        children[code.parent if code.parent in ids else None].append(code)

    def walk(code: Code, path: tuple[Code, ...]) -> list[Node]:
        path = (*path, code)
        below = [node for child in children[code.id] if child not in path for node in walk(child, path)]
        family = frozenset({code.id}.union(*(node.family for node in below)))
        return [Node(code, len(path) - 1, path, family), *below]

    return [node for root in children[None] for node in walk(root, ())]


@dataclass(frozen=True)
class Base:
    """The material, with those who withdrew or refused left out."""

    material: Material

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return {p.code: p for p in self.material.people}

    @cached_property
    def present(self) -> Mapping[str, tuple[str, ...]]:
        """interview -> its participants who take part; interviews with nobody left are left out."""
        present = {}
        for interview in self.material.interviews:
            codes = tuple(
                c for c in interview.participants if c in self.people and takes_part(self.people[c], interview.wave)
            )
            if codes:
                present[interview.code] = codes
        return present

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Question answered (none for an interview) -> its place."""
        return {key: place for place, key in enumerate(["", *(q.key for q in self.material.questions)])}

    @cached_property
    def question_labels(self) -> Mapping[str, str]:
        return {question.key: question.label for question in self.material.questions}

    @cached_property
    def interviews(self) -> Mapping[str, InterviewFacts]:
        return {i.code: i for i in self.material.interviews if i.code in self.present}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Those of people who take part. A voice linked to nobody is kept only where everyone present takes part."""
        kept = []
        for passage in self.material.passages:
            interview = self.interviews.get(passage.interview)
            if interview is None:
                continue
            present = self.present[interview.code]
            if passage.participant in present or (passage.participant is None and present == interview.participants):
                kept.append(self._linked(passage, present))
        return tuple(kept)

    @staticmethod
    def _linked(passage: Passage, present: tuple[str, ...]) -> Passage:
        """In an interview with one participant there is no doubt who speaks."""
        if passage.participant is not None or len(present) > 1:
            return passage
        return replace(passage, participant=present[0])

    @property
    def masked(self) -> bool:
        """Whether small counts are hidden from the readers: what would give them back must not stand beside them."""
        return self.material.threshold > 1

    @property
    def leading(self) -> RespondentType:
        """Whom the synthesis is first about, and tells everything of: concerned people, or all together."""
        return RespondentType.EVERYONE if self.material.analysis.together else RespondentType.CONCERNED

    def type_of_person(self, code: str) -> RespondentType:
        """What somebody is counted as."""
        return RespondentType.EVERYONE if self.material.analysis.together else self.people[code].type

    @cached_property
    def types(self) -> tuple[RespondentType, ...]:
        """What the people met are counted as, the leading type first, always."""
        met = {self.type_of_person(code) for codes in self.present.values() for code in codes}
        return tuple(t for t in RespondentType if t in met or t is self.leading)

    @cached_property
    def met(self) -> Mapping[str, frozenset[str]]:
        """wave -> people met in it."""
        return {wave: self._people_of(i for i in self.interviews.values() if i.wave == wave) for wave in self.waves}

    @cached_property
    def waves(self) -> tuple[str, ...]:
        """The study's waves, then any other that an interview names."""
        return tuple(dict.fromkeys([*self.material.waves, *(i.wave for i in self.interviews.values())]))

    def wave_label(self, wave: str) -> str:
        return self.material.waves.get(wave, wave)

    def _people_of(self, interviews: Iterable[InterviewFacts]) -> frozenset[str]:
        return frozenset(code for interview in interviews for code in self.present[interview.code])

    def of_type(self, people: Iterable[str], kind: RespondentType) -> frozenset[str]:
        return frozenset(code for code in people if self.type_of_person(code) is kind)

    def coded(self, grid: Grid) -> tuple[InterviewFacts, ...]:
        """Interviews coded with this codebook; coded by somebody but under no code: read with every codebook."""
        return tuple(i for i in self.interviews.values() if grid.id in self.read_with(i.code))

    def read_with(self, interview: str) -> frozenset[str]:
        """The codebooks that an interview was coded with, by id."""
        return self._grids_of[interview]

    @cached_property
    def _grids_of(self) -> Mapping[str, frozenset[str]]:
        """interview -> codebooks it was read with."""
        read = {code: set(interview.grids or ()) for code, interview in self.interviews.items()}
        for passage in self.passages:
            read[passage.interview].add(passage.codebook)
        every = {grid.id for grid in self.material.codebooks}
        return {
            code: frozenset(read[code] or (every if interview.coders and interview.grids is None else ()))
            for code, interview in self.interviews.items()
        }

    def under(self, grid: Grid, codes: Iterable[str]) -> list[Passage]:
        """Passages of one codebook under any of these codes."""
        return [passage for code in sorted(codes) for passage in self._by_code.get((grid.id, code), ())]

    @cached_property
    def paraphrases(self) -> Mapping[str, Sequence[Remark]]:
        """interview -> words that stand for its own, in the order of the text."""
        found: dict[str, list[Remark]] = defaultdict(list)
        for remark in self.material.remarks:
            if remark.kind is RemarkKind.PARAPHRASE:
                found[remark.interview].append(remark)
        return {interview: sorted(those, key=lambda one: (one.start, one.id)) for interview, those in found.items()}

    @cached_property
    def _by_code(self) -> Mapping[tuple[str, str], list[Passage]]:
        by_code: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in self.passages:
            by_code[passage.codebook, passage.code].append(passage)
        return by_code

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Names of all that is known of people: the broad ones first, then the others as they come."""
        found = (name for p in self.material.people for values in p.attributes.values() for name in values)
        known = dict.fromkeys(found)
        shown = [name for name in self.material.attributes_shown if name in known]
        return (*shown, *(name for name in known if name not in shown))

    @cached_property
    def some_upheld(self) -> bool:
        """Whether coders disagree for good on some passage."""
        return any(passage.upheld for passage in self.material.passages)

    @cached_property
    def strays(self) -> int:
        """How many passages bear a code that no codebook has."""
        known = {(grid.id, code.id) for grid in self.material.codebooks for code in grid.codes}
        return sum((p.codebook, p.code) not in known for p in self.passages)

    def coded_people(self, grid: Grid, kind: RespondentType, wave: str | None = None) -> frozenset[str]:
        """People of a type met in an interview coded with this codebook."""
        interviews = (i for i in self.coded(grid) if wave in (None, i.wave))
        return self.of_type(self._people_of(interviews), kind)

    def type_of(self, extract: Extract) -> RespondentType | None:
        """What its voice is counted as; None when it is linked to nobody and people of several types were there."""
        if extract.participant is not None:
            return self.type_of_person(extract.participant)
        types = {self.type_of_person(code) for code in self.present[extract.interview]}
        return types.pop() if len(types) == 1 else None

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """participant -> « Personne 12 », for this state of what was said: the order tells nothing of the codes."""
        if self.material.labels:
            return self.material.labels
        salt = f"{self.material.said_hash or self.material.database_hash}|{self.material.made_on}"

        def rank(code: str) -> bytes:
            return hmac.new(self.material.secret, f"{salt}|{code}".encode(), hashlib.sha256).digest()

        people = sorted({code for codes in self.present.values() for code in codes}, key=rank)
        return {code: f"Personne {number}" for number, code in enumerate(people, start=1)}
