"""A dated line of life: what each wave tells of a person's situation, what happened, when they were met or tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from enquete.findings.change.moments import UNDATED, Moment
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.wording import day, month


class What(StrEnum):
    """The values are the words of screens and sheets."""

    MEETING = "rencontre"
    SITUATION = "situation"
    ATTRIBUTE = "caractéristique"
    EVENT = "événement"
    SAME = "inchangé"
    ATTEMPT = "essai de contact"
    LOSS = "perdue de vue"


# On one day: what happened, how the person was reached and met, then what they said.
_ORDER = (What.EVENT, What.ATTEMPT, What.LOSS, What.MEETING, What.ATTRIBUTE, What.SITUATION, What.SAME)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of somebody's life. written: when, as somebody wrote it, where `when` can't tell it.

    theme: of a situation (« logement »), name of an attribute. about: name of the question, which tells situations of
    one theme apart, or code of a meeting; asked: its words.
    """

    when: Moment
    what: What
    wave: str
    text: str
    theme: str = ""
    about: str = ""
    asked: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of life's line. before: what the same thing was the last time that it was told; "" where it is new."""

    told: Told
    before: str = ""


def line_of_life(told: Iterable[Told], waves: Mapping[str, str]) -> list[Step]:
    """In the order of dates; what has none comes last, in the order of the waves. What a wave tells as the one before
    did is gathered in one step.
    """
    order = {wave: place for place, wave in enumerate(waves)}

    def place(one: Told) -> tuple[Moment, int, int, str, str]:
        return one.when, order.get(one.wave, len(order)), _ORDER.index(one.what), one.theme, one.text

    known: dict[tuple[What, str, str], str] = {}
    steps, same = [], []
    for one in sorted(told, key=place):
        if one.what not in (What.SITUATION, What.ATTRIBUTE):
            steps.append(Step(one))
            continue
        key = (one.what, one.theme, one.about)
        before = known.get(key, "")
        known[key] = one.text
        if before != one.text:
            steps.append(Step(one, before))
        elif one.what is What.SITUATION:
            same.append(one)
    return sorted([*steps, *_unchanged(same, steps)], key=lambda step: place(step.told))


def _unchanged(told: Iterable[Told], steps: Iterable[Step]) -> Iterator[Step]:
    """A step for each day and wave: the themes that it tells as before, and those of which it tells a part so."""
    moved = {(s.told.when, s.told.wave, s.told.theme) for s in steps if s.told.what is What.SITUATION}
    themes: dict[tuple[Moment, str], dict[str, None]] = {}
    for one in told:
        themes.setdefault((one.when, one.wave), {})[one.theme] = None
    for (when, wave), names in themes.items():
        whole = ", ".join(name for name in names if (when, wave, name) not in moved)
        part = ", ".join(name for name in names if (when, wave, name) in moved)
        yield Step(Told(when, What.SAME, wave, " ; ".join(filter(None, (whole, part and f"pour le reste, {part}")))))


def when_words(one: Told, *, vague: bool = False) -> str:
    """« 12 mars 2026 », « mars 2026 », « 2026 ». vague: no day, since it would single people out."""
    if one.when == UNDATED:
        return (not vague and one.written) or "sans date"
    year, month_, day_ = one.when
    if not month_:
        return str(year)
    return day(date(year, month_, day_)) if day_ and not vague else month(date(year, month_, 1))


def step_words(step: Step) -> str:
    """« logement, Où dormez-vous ? Dehors (avant : Chez un tiers) »."""
    asked = step.told.asked
    theme = f"{step.told.theme}{f', {asked}' if asked else ''} : " if step.told.theme else ""
    theme = theme.replace("? : ", "? ")
    before = f" (avant : {step.before})" if step.before else ""
    kind = f"{step.told.what.value} : " if step.told.what in (What.EVENT, What.ATTEMPT, What.LOSS, What.SAME) else ""
    code = f" {step.told.about}" if step.told.what is What.MEETING and step.told.about else ""
    return f"{kind}{theme}{step.told.text}{code}{before}"


def _line(step: Step) -> tuple[str, str, object]:
    """What attributes told at one moment share, and nothing else: they stand on one line."""
    apart = None if step.told.what is What.ATTRIBUTE else step
    return when_words(step.told), step.told.wave, apart


def lines(lives: Mapping[str, list[Step]]) -> Iterator[str]:
    """By code of person."""
    for code, steps in lives.items():
        yield code
        for (when, wave, _), together in groupby(steps, key=_line):
            yield f"  {when:<18} {f'[{wave}] ' if wave else ''}{' ; '.join(map(step_words, together))}"
        if not steps:
            yield "  rien n'est encore daté ni dit de cette personne."


def table(lives: Mapping[str, list[Step]], names: Mapping[str, str], *, team: bool) -> Table:
    """A row a step. names: what stands for each code. team: with attributes, attempts and days; else without."""
    left_out = () if team else (What.ATTRIBUTE, What.ATTEMPT)
    rows: list[tuple[Cell, ...]] = [
        (
            names[code], when_words(step.told, vague=not team), step.told.wave, step.told.what.value, step.told.theme,
            step.told.asked, step.told.text, step.before,
        )
        for code in sorted(lives, key=lambda code: (len(names[code]), names[code]))
        for step in lives[code]
        if step.told.what not in left_out
    ]  # fmt: skip
    titles = ("Personne", "Quand", "Vague", "Sorte", "Sujet", "Question", "Ce qui est dit", "Avant")
    kinds = (Kind.PHRASE, Kind.PHRASE, Kind.SHORT, Kind.PHRASE, Kind.PHRASE, Kind.PHRASE, Kind.LONG, Kind.PHRASE)
    notes = () if team else ("Sans les caractéristiques des personnes, sans les jours : le mois et l'année seulement.",)
    return Table("Parcours", tuple(map(Column, titles, kinds)), tuple(rows), notes=notes)
