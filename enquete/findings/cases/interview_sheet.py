"""An interview sheet (fiche): one interview read whole, before any comparison, for the team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from enquete.findings.cases.framework import NOT_QUOTED, Framework
from enquete.findings.change.trajectories import Step, What, step_words, when_words
from enquete.findings.counting import Base, Extract, consents, merge, tree
from enquete.findings.groups import value_of
from enquete.findings.material import Flag, InterviewFacts, Passage
from enquete.findings.profile import attribute_title
from enquete.findings.quotations import MARKS, may_be_quoted
from enquete.model import ConsentKind, ConsentState, InterviewKind
from enquete.wording import capital, label, month, n

_NOTED = "Notes sans enregistrement : ce ne sont pas les mots de la personne."


@dataclass(frozen=True, slots=True)
class Written:
    """What a coder wrote. label: « Contexte », « tour 4, « mots… » »."""

    coder: str
    label: str
    body: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What coders wrote of one interview: the fields of their sheets, events, memos."""

    fields: Sequence[Written] = ()
    events: Sequence[Written] = ()
    memos: Sequence[Written] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """words: of a passage; where: « tour 12 ; R02.1 Dettes ; codé par lea »; mark: « ne jamais citer ».

    strict: its words must not leave the team as they are.
    """

    words: str
    where: str
    mark: str = ""
    memos: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it. depth: 1 or 2. pairs: (who or when, words); lines: paragraphs."""

    title: str
    depth: int = 1
    pairs: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewSheet:
    """title: « Fiche d'entretien E003 »; facts: who, when, how; parts: in reading order."""

    code: str
    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Reading:
    """What sheets are made from. lives: lines of life by person; notes: by interview."""

    base: Base
    matrix: Framework
    lives: Mapping[str, Sequence[Step]]
    notes: Mapping[str, Notes]

    def sheet(self, code: str) -> InterviewSheet:
        """Of one interview. Raises KeyError for one that nobody who takes part was at."""
        facts = self.base.interviews[code]
        people = self.base.present[code]
        notes = self.notes.get(code, Notes())
        coded = list(self._coded(facts))
        beside = {memo for part in coded for one in part.quotations for memo in one.memos}
        memos = [one for one in notes.memos if one.body.strip() not in beside]
        parts = [
            *_fields(notes.fields),
            Part("Événements", pairs=_by_label(notes.events)),
            *coded,
            Part("Mémos", pairs=_by_label(memos)),
            *(part for person in people for part in self._person(person, code, alone=len(people) == 1)),
        ]
        return InterviewSheet(
            code,
            f"Fiche d'entretien {code}",
            tuple(self._facts(facts, people)),
            tuple(part for part in _whole(parts) if part.depth == 1 or part.pairs or part.lines or part.quotations),
        )

    def _facts(self, facts: InterviewFacts, people: Sequence[str]) -> Iterator[tuple[str, str]]:
        yield "Vague", self.base.wave_label(facts.wave)
        if facts.date:
            yield "Mois", month(facts.date)
        yield "Sorte", f"{label(facts.kind)}, {n('tour de parole', facts.turns)}, {n('mot', facts.words)}"
        if facts.kind is InterviewKind.NOTES:
            yield "À savoir", _NOTED
        yield "Codé par", ", ".join(facts.coders) or "personne encore"
        for person in people:
            yield f"Personne {person}", self._who(person, facts.wave)

    def _who(self, person: str, wave: str) -> str:
        known = [
            f"{attribute_title(self.base, name)} : {value}"
            for name in self.base.attributes
            if (value := value_of(self.base, person, wave, name))
        ]
        state = consents(self.base.people[person], ConsentKind.QUOTATION, wave)
        quoted = [] if state in (None, ConsentState.GIVEN) else [f"citation : {label(state)}"]
        return " ; ".join([label(self.base.people[person].type), *known, *quoted])

    # --- what is coded

    def _coded(self, facts: InterviewFacts) -> Iterator[Part]:
        """Theme by theme, each in the order of the text."""
        yield Part("Ce qui est codé, thème par thème")
        several = len(self.base.present[facts.code]) > 1
        for grid in self.base.material.codebooks:
            mine = [p for p in self.base.passages if p.interview == facts.code and p.codebook == grid.id]
            titles = {node.code.id: f"{node.code.id} {node.code.label}" for node in tree(grid.codes)}
            for node in tree(grid.codes):
                under = [passage for passage in mine if passage.code in node.family]
                if node.depth == 0 and under:
                    quoted = tuple(self._quotation(one, under, titles, several) for one in _in_order(under))
                    yield Part(f"{titles[node.code.id]} ({n('passage', len(quoted))})", 2, quotations=quoted)
            strays = [passage for passage in mine if passage.code not in titles]
            if strays:
                quoted = tuple(self._quotation(one, strays, titles, several) for one in _in_order(strays))
                yield Part(f"Codes hors de la grille « {grid.title} »", 2, quotations=quoted)

    def _quotation(
        self, extract: Extract, passages: Sequence[Passage], titles: Mapping[str, str], several: bool
    ) -> Quotation:
        inside = [
            p
            for p in passages
            if p.participant == extract.participant and p.start < extract.end and extract.start < p.end
        ]
        turns = sorted({p.turn + 1 for p in inside})
        place = f"tour {turns[0]}" if len(turns) < 2 else f"tours {turns[0]} à {turns[-1]}"
        who = [extract.participant or "voix non identifiée"] if several else []
        codes = list(dict.fromkeys(titles.get(p.code, p.code) for p in inside))
        coders = sorted(extract.coders)
        parts = [place, *who, ", ".join(codes), *([f"codé par {', '.join(coders)}"] if coders else [])]
        return Quotation(
            extract.text.strip() if may_be_quoted(self.base, extract) else NOT_QUOTED,
            " ; ".join(parts),
            MARKS[extract.flag],
            tuple(dict.fromkeys(p.memo.strip() for p in inside if p.memo.strip())),
            extract.flag in (Flag.PARAPHRASE, Flag.NEVER),
        )

    # --- the person, over all their interviews

    def _person(self, person: str, code: str, *, alone: bool) -> Iterator[Part]:
        of = "" if alone else f" – {person}"
        summaries = tuple(
            (theme.title, self.matrix.written[person, theme.field])
            for theme in self.matrix.themes
            if self.matrix.written.get((person, theme.field))
        )
        yield Part(f"Résumés de la personne{of}", pairs=summaries)
        yield Part(f"Ligne de vie{of}", pairs=tuple(_life(self.lives.get(person, ()))))
        others = tuple(
            (
                one.code,
                ", ".join(filter(None, [self.base.wave_label(one.wave), month(one.date) if one.date else ""])),
            )
            for one in self.base.interviews.values()
            if person in self.base.present[one.code] and one.code != code
        )
        yield Part(f"Autres entretiens{of}", pairs=others)


_NOTHING = {
    "Fiche des codeurs": "Aucun codeur n'a encore rempli la fiche de cet entretien.",
    "Événements": "Aucun événement noté.",
    "Ce qui est codé, thème par thème": "Rien n'est encore codé.",
    "Mémos": "Aucun mémo, hors de ceux qui suivent les passages.",
    "Résumés de la personne": "Aucun résumé n'est encore écrit.",
    "Ligne de vie": "Rien n'est encore daté ni dit de cette personne.",
    "Autres entretiens": "Aucun autre entretien avec cette personne.",
}


def _whole(parts: Sequence[Part]) -> Iterator[Part]:
    """A heading with nothing under it says so."""
    for place, part in enumerate(parts):
        followed = place + 1 < len(parts) and parts[place + 1].depth > part.depth
        if part.depth == 1 and not (part.pairs or part.lines or part.quotations or followed):
            yield Part(part.title, lines=(_NOTHING[part.title.partition(" – ")[0]],))
        else:
            yield part


def _fields(fields: Sequence[Written]) -> Iterator[Part]:
    """Field by field, so that what several coders wrote stands side by side."""
    yield Part("Fiche des codeurs")
    for name, together in groupby(fields, key=lambda one: one.label):
        yield Part(name, 2, pairs=tuple((one.coder, one.body) for one in together))


def _by_label(notes: Sequence[Written]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{one.label} ({one.coder})", one.body) for one in notes)


def _in_order(passages: Sequence[Passage]) -> list[Extract]:
    return sorted(merge(passages), key=lambda one: (one.start, one.end))


def _life(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """By moment, a line a thing told; attributes told at once share theirs."""
    for (when, wave), told in groupby(steps, key=lambda step: (when_words(step.told), step.told.wave)):
        together = list(told)
        known = [step_words(step) for step in together if step.told.what is What.ATTRIBUTE]
        others = [step_words(step) for step in together if step.told.what is not What.ATTRIBUTE]
        lines = [*others, *([f"caractéristiques : {' ; '.join(known)}"] if known else [])]
        yield (f"{when} [{wave}]" if wave else when), "\n".join(map(capital, lines))
