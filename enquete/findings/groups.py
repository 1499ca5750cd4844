"""What people are told apart by in a crossing: an attribute, the wave, the type of respondent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from enquete.findings.analysis import RESPONDENT, WAVE
from enquete.findings.counting import Base
from enquete.findings.profile import UNKNOWN, attribute_title, gathered, told_apart
from enquete.model import RespondentType
from enquete.wording import capital, label

Meeting = tuple[str, str]  # person, wave

CHANGED = (
    "Une personne dont la situation a changé d'une vague à l'autre compte dans chacune de ses situations, pour ce "
    "qu'elle y a dit : les colonnes ne s'additionnent donc pas. Une vague où la réponse manque prend celle des autres "
    "vagues quand elles disent toutes la même chose."
)


@dataclass(frozen=True, slots=True)
class Groups:
    """title: of what tells them apart. values: as shown, in order. of: the value of each meeting."""

    title: str
    values: tuple[str, ...]
    of: Mapping[Meeting, str]

    def meetings(self, value: str) -> frozenset[Meeting]:
        return frozenset(meeting for meeting, shown in self.of.items() if shown == value)


def groups(base: Base, by: str, meetings: Collection[Meeting]) -> Groups:
    """by: WAVE, RESPONDENT or the name of an attribute, whose rare values are gathered."""
    if by == WAVE:
        waves = {wave for _, wave in meetings}
        shown = tuple(base.wave_label(wave) for wave in base.waves if wave in waves)
        return Groups("Vague", tuple(dict.fromkeys(shown)), {m: base.wave_label(m[1]) for m in meetings})
    if by == RESPONDENT:
        types = {m: base.people[m[0]].type for m in meetings}
        found = [kind for kind in RespondentType if kind in types.values()]
        return Groups("Répondants", tuple(map(_types, found)), {m: _types(kind) for m, kind in types.items()})
    return _by_attribute(base, by, meetings)


def _types(kind: RespondentType) -> str:
    return capital(label(kind, 2))


def _by_attribute(base: Base, name: str, meetings: Collection[Meeting]) -> Groups:
    values = {meeting: value_of(base, *meeting, name) for meeting in sorted(meetings)}
    people: dict[str, set[str]] = defaultdict(set)
    for (person, _), value in values.items():
        people[value].add(person)
    kept, rare = told_apart(base, name, people)
    shown = {value: value for value in kept} | dict.fromkeys(rare, gathered(kept, rare)) | {"": UNKNOWN}
    order = [*kept, *rare[:1], *([""] if "" in people else [])]
    return Groups(
        attribute_title(base, name), tuple(shown[value] for value in order), {m: shown[v] for m, v in values.items()}
    )


def value_of(base: Base, person: str, wave: str, name: str) -> str:
    """Somebody's value in a wave; when it was not asked again, the one that all the other waves give."""
    by_wave = {when: values.get(name, "").strip() for when, values in base.people[person].attributes.items()}
    known = {value for value in by_wave.values() if value}
    return by_wave.get(wave, "") or (known.pop() if len(known) == 1 else "")
