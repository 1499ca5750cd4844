"""What the user says of speakers with « --locuteur »: their role, or the participant whose voice it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from enquete.errors import EnqueteError, Problem
from enquete.model import Role, Speaker, Transcript
from enquete.readers import read_bytes
from enquete.readers.words import fold, key

_ROLES = {
    "enqueteur": Role.INTERVIEWER,
    "enqueteuse": Role.INTERVIEWER,
    "enquetrice": Role.INTERVIEWER,
    "participant": Role.PARTICIPANT,
    "participante": Role.PARTICIPANT,
    "enquete": Role.PARTICIPANT,
    "enquetee": Role.PARTICIPANT,
    "autre": Role.OTHER,
    "interprete": Role.OTHER,
}
_NUMBER = re.compile(r"(?:locuteur |locutrice )?0*([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class SpeakerRule:
    """written: as typed. label: of a speaker, or the number that a trial shows. person: a code as typed, or empty."""

    written: str
    label: str
    role: Role
    person: str = ""

    @property
    def number(self) -> int | None:
        """From 1, where the label may be a speaker's number: « 2 », « locuteur 2 »."""
        found = _NUMBER.fullmatch(fold(self.label))
        return int(found[1]) if found else None


def speaker_rules(written: Iterable[str]) -> tuple[SpeakerRule, ...]:
    """« AM=enqueteur », « 2=P07b ». Raises EnqueteError(SPEAKER_RULE)."""
    rules = []
    for rule in written:
        label, equals, value = (part.strip() for part in rule.rpartition("="))
        role = _ROLES.get(fold(value))
        if not equals or not label or not value or (role is None and not re.search(r"\d", value)):
            raise EnqueteError(Problem.SPEAKER_RULE, rule=rule, exit_code=2)
        rules.append(SpeakerRule(rule, label, role or Role.PARTICIPANT, "" if role else value))
    return tuple(rules)


def rules_by_speaker(
    rules: Sequence[SpeakerRule], speakers: Sequence[Collection[str]]
) -> tuple[tuple[SpeakerRule, ...], ...]:
    """The rules that name each speaker of a file. speakers: the labels of each.

    A number names a speaker by rank only in a file where no label is or ends with it: « 2 » is not the second
    speaker where « Speaker 2 » is the first.
    """
    keys = [{key(label) for label in labels} for labels in speakers]
    numbers = [{int(found[0]) for k in theirs if (found := re.search(r"\d+$", k))} for theirs in keys]
    told: list[list[SpeakerRule]] = [[] for _ in speakers]
    for rule in rules:
        named = [rank for rank, theirs in enumerate(keys) if key(rule.label) in theirs]
        rank = (rule.number or 0) - 1
        if not named and 0 <= rank < len(speakers):
            elsewhere = any(rule.number in theirs for other, theirs in enumerate(numbers) if other != rank)
            named = [] if elsewhere else [rank]
        for speaker in named:
            told[speaker].append(rule)
    return tuple(map(tuple, told))


def read_told(name: str, data: bytes, rules: Sequence[SpeakerRule]) -> tuple[Transcript, tuple[SpeakerRule, ...]]:
    """A transcript with the roles told, and the rules as they hold in it: a number gives way to the label of its
    speaker. Raises as `read_bytes`.
    """
    # A number isn't asked for as a label: « 2. » would make speakers of numbered questions.
    found = read_bytes(name, data, {rule.label: rule.role for rule in rules if rule.number is None})
    ranks = {
        rule: speaker for speaker, theirs in zip(found.speakers, _told(rules, found), strict=True) for rule in theirs
    }
    own = tuple(replace(rule, label=_label(ranks.get(rule), rule)) for rule in rules)
    if any(rule.number is not None for rule in rules):
        labels = {key(label) for speaker in found.speakers for label in speaker.labels}
        roles = {rule.label: rule.role for rule in own if rule.number is None or key(rule.label) in labels}
        found = read_bytes(name, data, roles)
    speakers = [
        replace(speaker, role=theirs[-1].role) if theirs else speaker
        for speaker, theirs in zip(found.speakers, _told(own, found), strict=True)
    ]
    return replace(found, speakers=tuple(speakers)), own


def _told(rules: Sequence[SpeakerRule], transcript: Transcript) -> tuple[tuple[SpeakerRule, ...], ...]:
    return rules_by_speaker(rules, [speaker.labels for speaker in transcript.speakers])


def _label(speaker: Speaker | None, rule: SpeakerRule) -> str:
    return speaker.labels[0] if speaker and speaker.labels and rule.number is not None else rule.label
