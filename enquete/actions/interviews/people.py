"""Whose codes people bear in the study, and whose voice each speaker is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enquete.actions.interviews.reading import Source
from enquete.actions.interviews.speaker_rules import SpeakerRule
from enquete.model import Role, Speaker
from enquete.readers.words import fold
from enquete.store.interviews import Voice
from enquete.survey.participants import participant_key


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an interview and its voices, with French warnings that name nobody."""

    people: tuple[str, ...]
    voices: tuple[Voice, ...]
    warnings: tuple[str, ...] = ()


class Register:
    """Gives people their codes: the study's own spelling first, then as written, then the next free one."""

    def __init__(self, existing: Iterable[str] | Mapping[str, str]) -> None:
        """existing: codes of the study, or whose each is (`known_codes`): a person may bear several."""
        borne = existing if isinstance(existing, Mapping) else {code: code for code in existing}
        self._codes = {participant_key(code): own for code, own in borne.items()}

    def code(self, written: str) -> str:
        """The study's code of a person, from how a file writes it."""
        return self._codes.setdefault(participant_key(written), written.replace(" ", ""))

    @property
    def codes(self) -> tuple[str, ...]:
        """In the order they were met."""
        return tuple(dict.fromkeys(self._codes.values()))

    def knows(self, written: str) -> bool:
        """Whether somebody bears this code, however written."""
        return participant_key(written) in self._codes

    def reserve(self, codes: Iterable[str]) -> None:
        """Codes that a file gives to somebody, even in a row that can't be read: never anybody else's."""
        for written in codes:
            self._codes.setdefault(participant_key(written), written.replace(" ", ""))

    def new(self) -> str:
        """The code of somebody who is in no file."""
        borne = (*self._codes.values(), *self._codes)  # a code that somebody bears beside their own is taken too
        numbers = [int(m[1] or m[2]) for code in borne if (m := re.fullmatch(r"P(\d+)[A-Za-z]?|p-(\d+)", code))]
        return self.code(f"P{max(numbers, default=0) + 1:03d}")


def cast(source: Source, register: Register, identities: Mapping[str, Mapping[str, str]]) -> Cast:
    """Who took part, and whose voice each speaker is, where that can be told. identities: names by code."""
    speakers = source.transcript.speakers
    people = [register.code(written) for written in source.people]
    linked: dict[int, str] = {}
    for number, (speaker, told) in enumerate(zip(speakers, source.told, strict=True)):
        person = _by_rule(told, register) or _by_name(speaker, people, identities)
        if person:
            linked[number] = person
    people += [person for person in linked.values() if person not in people]
    if not people and source.replaces:
        people = list(source.replaces.participants)
    warnings = []
    open_voices = [n for n, s in enumerate(speakers) if n not in linked and _may_be_participant(s, speakers)]
    if not people:
        people = [register.new() for _ in open_voices or (0,)]
        warnings.append(
            f"nouveau participant : {', '.join(people)}. Pour rattacher l'entretien à une personne déjà rencontrée, "
            "nommez ce fichier dans le fichier des participants."
        )
    open_people = [person for person in people if person not in linked.values()]
    if len(open_people) == len(open_voices) == 1 or (open_voices and not source.people and not source.replaces):
        linked |= dict(zip(open_voices, open_people, strict=False))
    elif open_voices:
        numbers = ", ".join(str(number + 1) for number in open_voices)
        whose = "ses" if len(open_voices) < 2 else "leurs"
        warnings.append(
            f"locuteur{'s' if len(open_voices) > 1 else ''} {numbers} : on ne sait pas qui parle, {whose} codages "
            "compteront pour l'entretien et pour aucune personne. "
            f"Précisez avec « --locuteur NOM={people[0]} » ou « --locuteur NOM=enqueteur », NOM comme dans le fichier."
        )
    voices = tuple(Voice(speaker.role, linked.get(number)) for number, speaker in enumerate(speakers))
    return Cast(tuple(people), voices, tuple(warnings))


def _may_be_participant(speaker: Speaker, speakers: Sequence[Speaker]) -> bool:
    return speaker.role is Role.PARTICIPANT or (speaker.role is Role.UNKNOWN and len(speakers) == 1)


def _by_rule(told: Sequence[SpeakerRule], register: Register) -> str | None:
    return next((register.code(rule.person) for rule in reversed(told) if rule.person), None)


def _by_name(speaker: Speaker, people: Sequence[str], identities: Mapping[str, Mapping[str, str]]) -> str | None:
    """The only person one of whose names stands in the speaker's label."""
    words = {fold(word) for label in speaker.labels for word in re.findall(r"\w{3,}", label)}
    found = [
        person
        for person in people
        if any(fold(w) in words for name in identities.get(person, {}).values() for w in re.findall(r"\w{3,}", name))
    ]
    return found[0] if len(found) == 1 and speaker.role is not Role.INTERVIEWER else None
