"""Help to choose quotations: passages that may be quoted, spread over people. Which one is good, a person says.

They come in this order, the same each time: those flagged « à citer », then those that nobody flagged, then those to
paraphrase; among each, whoever was taken the least so far, then the type of respondent, then the wave, then the number.
What was chosen for the finding before counts as taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.findings.counting import Base, Extract, merge
from enquete.findings.material import Flag, Passage
from enquete.findings.quotations import NOTED, flag_of, flagged, may_be_quoted, paraphrases_of
from enquete.findings.written.types import Evidence, PieceKind, Side
from enquete.model import InterviewKind
from enquete.wording import label, n

Place = tuple[str, int, int]  # interview, start, end
_RANKS = (Flag.CITE, None, Flag.PARAPHRASE)
_FLAGS = {Flag.CITE: "marquée « à citer »", None: "sans marque", Flag.PARAPHRASE: "« à paraphraser »"}


@dataclass(frozen=True, slots=True)
class Asked:
    """codes: (codebook, code) of what is sought, sub-codes included. shortest, longest: words. finding, wave: or ""."""

    codes: Collection[tuple[str, str]]
    finding: str = ""
    count: int = 12
    shortest: int = 15
    longest: int = 60
    wave: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words under one of the codes. codes: all those sought that bear these very words. chosen: codes of the findings
    that quote a part of them. paraphrase: what somebody wrote to stand for them. why: reasons to list it, in French.
    """

    number: int
    extract: Extract
    turn: int
    flag: Flag | None
    codes: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...] = ()
    paraphrase: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """chosen: those of the finding, with their side. proposed: in order. left_out: why -> how many are not listed.

    quoted: people and waves that the chosen are of, by side. unquoted: who speaks of it, agrees, and is in none.
    """

    chosen: tuple[tuple[Evidence, Side], ...]
    proposed: tuple[Candidate, ...]
    left_out: Mapping[str, int]
    quoted: Mapping[Side, tuple[int, int]]
    unquoted: tuple[str, ...]


NEVER, CONSENT = "« ne jamais citer »", "de personnes qui n'acceptent pas d'être citées"
LENGTH = "trop courtes ou trop longues (« --longueur 1-200 » les montre)"
SAME, MORE = "dont une autre a déjà des mots", "au-delà du nombre demandé"


def choice(base: Base, asked: Asked, numbers: Mapping[Place, int]) -> Choice:
    """base: interviews and answers alike. numbers: by which a person names each passage."""
    mine = [
        (evidence, evidence.side)
        for piece in base.material.pieces
        if piece.kind is PieceKind.FINDING and piece.code == asked.finding
        for evidence in piece.evidence
    ]
    left_out: Counter[str] = Counter()
    found = []
    every = candidates(base, asked, numbers)
    for one in every:
        reason = _kept_back(base, one, asked)
        if reason:
            left_out[reason] += 1
        elif asked.finding not in one.chosen or not asked.finding:
            found.append(one)
    proposed = tuple(_spread(base, found, asked.count, [evidence for evidence, _ in mine]))
    listed = {one.number for one in proposed}
    for one in found:
        if one.number not in listed:
            left_out[SAME if any(overlap(one.extract, other.extract) for other in proposed) else MORE] += 1
    quoted, unquoted = _heard(base, [evidence for evidence, _ in mine], every)
    return Choice(tuple(mine), proposed, left_out, quoted, unquoted)


def _heard(
    base: Base, before: Sequence[Evidence], every: Sequence[Candidate]
) -> tuple[dict[Side, tuple[int, int]], tuple[str, ...]]:
    """`Choice.quoted` and `Choice.unquoted`. A voice that nobody recognised is nobody's."""
    who: dict[Side, set[str]] = {}
    waves: dict[Side, set[str]] = {}
    for evidence in before:
        if evidence.interview in base.interviews:
            extract = _whose(base, evidence)
            waves.setdefault(evidence.side, set()).add(extract.wave)
            who.setdefault(evidence.side, set()).update([extract.participant] if extract.participant else [])
    speaking = {
        one.extract.participant
        for one in every
        if one.extract.participant and one.flag is not Flag.NEVER and may_be_quoted(base, one.extract)
    }
    counts = {side: (len(who[side]), len(waves[side])) for side in Side if side in waves}
    return counts, tuple(sorted(speaking.difference(*who.values())))


def candidates(base: Base, asked: Asked, numbers: Mapping[Place, int]) -> list[Candidate]:
    """Every passage under the codes, once whatever its codes, by number; those of the wave alone."""
    flags = flagged(base)
    at: dict[Place, list[Passage]] = {}
    for passage in base.passages:
        if (passage.codebook, passage.code) in asked.codes and asked.wave in ("", passage.wave):
            at.setdefault((passage.interview, passage.start, passage.end), []).append(passage)
    found = [_candidate(base, group, flags, numbers[place]) for place, group in at.items() if place in numbers]
    return sorted(found, key=lambda one: one.number)


def _candidate(base: Base, group: Sequence[Passage], flags: Mapping[str, Sequence[Passage]], number: int) -> Candidate:
    extract = merge(group[:1])[0]
    flag = flag_of(replace(extract, flag=_flag(group)), flags)
    quoting = (
        piece.code
        for piece in base.material.pieces
        if piece.kind is PieceKind.FINDING and any(overlap(extract, one) for one in piece.evidence)
    )
    stand_in = paraphrases_of(base, extract.interview, extract.start, extract.end)
    return Candidate(
        number,
        extract,
        group[0].turn,
        flag,
        tuple((one.codebook, one.code) for one in group),
        tuple(quoting),
        stand_in[0].body if stand_in else "",
    )


def _flag(group: Sequence[Passage]) -> Flag | None:
    """« À citer » under one code is enough: restrictions reach every overlap anyway."""
    return next((one.flag for one in group if one.flag is not None), None)


def overlap(extract: Extract, one: Evidence | Extract) -> bool:
    """Whether they share a word."""
    return extract.interview == one.interview and extract.start < one.end and one.start < extract.end


def _kept_back(base: Base, one: Candidate, asked: Asked) -> str:
    """Why it is not listed; empty for one that is."""
    if one.flag is Flag.NEVER:
        return NEVER
    if not may_be_quoted(base, one.extract):
        return CONSENT
    return "" if asked.shortest <= one.extract.words <= asked.longest else LENGTH


def _spread(base: Base, found: Sequence[Candidate], count: int, before: Sequence[Evidence]) -> Iterator[Candidate]:
    """One at a time, each time whose turn it is; words listed once are not listed again in a longer passage."""
    taken: Counter[tuple[str, str]] = Counter()
    for evidence in before:
        if evidence.interview in base.interviews:
            taken.update(_shares(base, _whose(base, evidence)))
    left = list(found)
    for _ in range(count):
        if not left:
            return
        best = min(left, key=lambda one: (_RANKS.index(one.flag), *(taken[s] for s in _shares(base, one.extract)),
                                          one.number))  # fmt: skip
        yield replace(best, why=tuple(_reasons(base, best, taken)))
        taken.update(_shares(base, best.extract))
        left = [one for one in left if not overlap(one.extract, best.extract)]


def _whose(base: Base, one: Evidence) -> Extract:
    """A quotation chosen before, with its voice where a passage tells it."""
    present = base.present[one.interview]
    voices = {p.participant for p in base.passages if p.interview == one.interview and p.turn == one.turn}
    voice = voices.pop() if len(voices) == 1 else present[0] if len(present) == 1 else None
    wave = base.interviews[one.interview].wave
    return Extract(one.interview, wave, voice, one.start, one.end, one.text, frozenset(), None)


def _shares(base: Base, extract: Extract) -> list[tuple[str, str]]:
    """What it is spread over: who, type of respondent, wave."""
    who = extract.participant or extract.interview
    kind = base.people[extract.participant].type if extract.participant else ""
    return [("who", who), ("type", str(kind)), ("wave", extract.wave)]


def _reasons(base: Base, one: Candidate, taken: Mapping[tuple[str, str], int]) -> Iterator[str]:
    yield _FLAGS[one.flag] + (", paraphrase écrite" if one.flag is Flag.PARAPHRASE and one.paraphrase else "")
    extract = one.extract
    who, kind, wave = _shares(base, extract)
    person = base.people.get(extract.participant or "")
    whose = extract.participant or f"une voix de {extract.interview}"
    kind_name = f"du type « {label(person.type)} »" if person else ""
    names = (f"de {whose}", kind_name, f"de la vague « {base.wave_label(extract.wave)} »")
    for share, name in zip((who, kind, wave), names, strict=True):
        if name and not taken[share]:
            yield f"première {name}"
    if taken[who]:
        yield f"déjà {n('citation', taken[who])} de {whose}"
    if base.interviews[extract.interview].kind is InterviewKind.NOTES:
        yield NOTED
    if not may_be_quoted(base, extract, silence=False):
        yield "accord pour être citée non noté"
    if one.flag is None and not base.material.unmarked_shown:
        yield "ne paraîtra pas au groupe-projet sans la marque « à citer »"
