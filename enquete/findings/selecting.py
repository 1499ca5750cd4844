"""What an analysis keeps of a study: whose words, of which waves, read with which codebooks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from enquete.findings.analysis import Analysis
from enquete.findings.counting import Base
from enquete.findings.material import InterviewFacts, Material, Passage, Person
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind
from enquete.wording import n


def labelled(material: Material) -> Material:
    """The same with a label for everybody: an analysis names people as the synthesis of the whole study does."""
    return material if material.labels else replace(material, labels=Base(material.everything()).labels)


def select(material: Material, analysis: Analysis) -> Material:
    """The part of a study that an analysis asks for; its layer apart, which the material is gathered with.

    A piece of writing keeps the quotations that stand in what is kept, and is left out when it had some and keeps none:
    `left_out` tells. The threshold is never under the study's.
    """
    kept = _Kept(labelled(material), analysis)
    pieces = tuple(kept.pieces())
    return replace(
        kept.material,
        analysis=analysis,
        waves=kept.waves,
        people=tuple(kept.people.values()),
        interviews=tuple(kept.texts(material.interviews, material.passages)),
        passages=tuple(kept.passages(material.passages)),
        answers=tuple(kept.texts(material.answers, material.answer_passages)),
        answer_passages=tuple(kept.passages(material.answer_passages)),
        codebooks=tuple(grid for grid in material.codebooks if grid.id in kept.books),
        responded=frozenset(key for key in material.responded if kept.meets(*key)),
        threshold=max(material.threshold, analysis.threshold or 0),
        pieces=pieces,
        remarks=tuple(one for one in material.remarks if one.interview in kept.codes),
        agreed=tuple(one for one in material.agreed if one.codebook in kept.books),
        lost={key: reason for key, reason in material.lost.items() if kept.meets(*key)},
        speech=tuple(one for one in material.speech if kept.hears(one.interview, one.participant)),
        left_out=tuple(_left_out(material.pieces, pieces)),
    )


@dataclass(frozen=True)
class _Kept:
    """What an analysis keeps of a material."""

    material: Material
    analysis: Analysis

    @cached_property
    def waves(self) -> Mapping[str, str]:
        asked = self.analysis.waves
        return {code: label for code, label in self.material.waves.items() if not asked or code in asked}

    @cached_property
    def books(self) -> frozenset[str]:
        return frozenset(self.analysis.codebooks or (grid.id for grid in self.material.codebooks))

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Attributes and relays of the waves kept; consents of all, since a withdrawal holds for every wave."""
        return {
            person.code: replace(
                person,
                attributes={wave: values for wave, values in person.attributes.items() if self._in(wave)},
                recruited_by={wave: relay for wave, relay in person.recruited_by.items() if self._in(wave)},
            )
            for person in self.material.people
            if self._wanted(person)
        }

    def _in(self, wave: str) -> bool:
        return not self.analysis.waves or wave in self.analysis.waves

    def _wanted(self, person: Person) -> bool:
        """Of the types asked for; with one of the values asked for of each attribute, in a wave that is kept."""
        if self.analysis.types and person.type not in self.analysis.types:
            return False
        borne: dict[str, set[str]] = defaultdict(set)
        for wave, values in person.attributes.items():
            if self._in(wave):
                for name, value in values.items():
                    borne[name].add(value.strip())
        return all(borne[name] & set(values) for name, values in self.analysis.where.items())

    def meets(self, person: str, wave: str) -> bool:
        return person in self.people and self._in(wave)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Of the interviews and answers where somebody who is kept was heard."""
        everything = self.material.everything().interviews
        return frozenset(
            one.code
            for one in everything
            if self._in(one.wave) and any(code in self.people for code in one.participants)
        )

    def hears(self, interview: str, participant: str | None) -> bool:
        """An unknown voice is kept where everybody who was there is."""
        if participant is None:
            return interview in self._whole
        return interview in self.codes and participant in self.people

    @cached_property
    def _whole(self) -> frozenset[str]:
        everything = self.material.everything().interviews
        return frozenset(
            one.code for one in everything if one.code in self.codes and self.people.keys() >= set(one.participants)
        )

    def texts(self, texts: Sequence[InterviewFacts], passages: Sequence[Passage]) -> Iterator[InterviewFacts]:
        """What was read with none of the codebooks kept was not read."""
        used: dict[str, set[str]] = defaultdict(set)
        for passage in passages:
            used[passage.interview].add(passage.codebook)
        for one in texts:
            if one.code not in self.codes:
                continue
            read = used[one.code] | set(one.grids or ())
            if not self.analysis.codebooks or (not read and one.grids is None):  # with all, if anybody coded it
                yield one
            else:
                grids = tuple(sorted(read & self.books))
                yield replace(one, grids=grids, coders=one.coders if grids else ())

    def passages(self, passages: Sequence[Passage]) -> Iterator[Passage]:
        for passage in passages:
            if passage.codebook in self.books and self.hears(passage.interview, passage.participant):
                yield passage

    def pieces(self) -> Iterator[Piece]:
        for piece in self.material.pieces:
            if piece.kind is PieceKind.CASE and piece.code not in self.people:
                continue
            evidence = tuple(one for one in piece.evidence if self.hears(one.interview, self._voice(one)))
            if evidence or not piece.evidence:
                yield replace(piece, evidence=evidence, left_out=len(piece.evidence) - len(evidence))

    def _voice(self, evidence: Evidence) -> str | None:
        return self._voices.get((evidence.interview, evidence.turn))

    @cached_property
    def _voices(self) -> Mapping[tuple[str, int], str | None]:
        """(interview, turn) -> who speaks, as far as it is known."""
        everything = self.material.everything()
        coded = {(one.interview, one.turn): one.participant for one in everything.passages}
        return coded | {(one.interview, one.turn): one.participant for one in self.material.speech}


def _left_out(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[str]:
    """« 2 constats ne reposent que sur des paroles hors de cette analyse : C03, C05. »"""
    here = {piece.code for piece in after}
    gone = [one.code for one in before if one.kind is PieceKind.FINDING and one.code not in here]
    if gone:
        verb = "ne repose" if len(gone) < 2 else "ne reposent"
        told = "il n'y est pas" if len(gone) < 2 else "ils n'y sont pas"
        yield (
            f"{n('constat', len(gone))} {verb} que sur des paroles que cette analyse ne retient pas, et {told} : "
            f"{', '.join(gone)}."
        )
    fewer = sum(piece.left_out for piece in after)
    if fewer:
        aside = "citation choisie pour eux n'y est pas" if fewer < 2 else "citations choisies pour eux n'y sont pas"
        yield f"Constats et recommandations : {fewer}\u00a0{aside}, faute d'être des paroles que l'analyse retient."
