"""A dated line of life per person, from answers, attributes, coders' sheets, meetings, attempts and losses."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enquete.actions.answers.questionnaires import find_questionnaire
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather
from enquete.actions.places import turn_at
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.coding.entries import Entry, Kind, holding
from enquete.errors import EnqueteError, Problem
from enquete.findings.change.moments import UNDATED, Moment, moment, of_day
from enquete.findings.change.trajectories import Step, Told, What, line_of_life, lines, table
from enquete.findings.counting import Base, takes_part
from enquete.findings.tables import Page, Section
from enquete.model import Audience, MissingKind
from enquete.reports.excel import render_sheets
from enquete.store.codings import coders
from enquete.store.entries import all_entries
from enquete.store.follow_up import Attempt, Loss, Meeting, attempts, losses, meetings
from enquete.store.interviews import Interview, interviews
from enquete.store.people import known_codes
from enquete.store.responses import Dataset, Response, datasets
from enquete.survey.matching.types import Cell, Missing, Variable
from enquete.survey.questionnaire.types import Question
from enquete.wording import label, readers


def tell_trajectories(study: Study, codes: Sequence[str], output: Path | None, audience: Audience) -> Result:
    """The line of life of these people, or of everybody who takes part. The key is needed for a workbook only.

    Raises EnqueteError: NOBODY_FOLLOWED, TRAJECTORIES_NOT_PUBLIC.
    """
    if output and audience is Audience.PUBLIC:
        raise EnqueteError(Problem.TRAJECTORIES_NOT_PUBLIC, exit_code=2)
    vault = study.vault() if output else None
    base = Base(gather(study, vault.identities().secret if vault else b""))
    with study.database() as db:
        known = _Known.of(db)
        bearers = known_codes(db)
    wanted = [_person(bearers, code) for code in codes] or list(base.people)
    told = _Telling(study, base, known)
    lives = {code: line_of_life(told.of(code), study.config.waves_by_code) for code in dict.fromkeys(wanted)}
    lives = {code: steps for code, steps in lives.items() if steps or codes}
    result = Result(lines=[*told.remarks, *lines(lives)])
    if not lives:
        result.lines.append("Rien n'est encore dit de personne : importez des entretiens ou des réponses.")
    if output and vault:
        write_checked(study, vault, _output(study, base, lives, output, audience))
        result.lines.append(f"Classeur écrit, pour {readers(audience)} : {output}")
    return result


def life_of(study: Study, code: str) -> list[Step]:
    """The line of life of one person (their code in the study)."""
    return lives_of(study, Base(gather(study, b"")), (code,))[code]


def lives_of(study: Study, base: Base, codes: Iterable[str]) -> dict[str, list[Step]]:
    """The lines of life of people (their codes in the study)."""
    with study.database() as db:
        telling = _Telling(study, base, _Known.of(db))
    return {code: line_of_life(telling.of(code), study.config.waves_by_code) for code in codes}


def _person(bearers: Mapping[str, str], code: str) -> str:
    found = bearers.get(code) or bearers.get(code.upper())
    if found is None:
        raise EnqueteError(Problem.NOBODY_FOLLOWED, code=code, exit_code=2)
    return found


def _output(study: Study, base: Base, lives: Mapping[str, list[Step]], path: Path, audience: Audience) -> Output:
    """The team reads codes; others a label for each person, and nothing of those that no label was made for."""
    team = audience is Audience.TEAM
    names = {code: code if team else base.labels.get(code, "") for code in lives}
    shown = {code: steps for code, steps in lives.items() if names[code]}
    about = f"Étude « {study.config.name} ». Une ligne par chose dite ou notée, personne par personne."
    first = Page("Lisez-moi", "Parcours", (Section("Ce fichier", (about, f"Destinataires : {audience.value}.")),))
    data = render_sheets(f"Parcours – {study.config.name}", [first, table(shown, names, team=team)])
    texts = tuple(text for text, people in base.present.items() if shown.keys() & set(people))
    return Output(path, data, audience, texts, tuple(shown))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database holds of everybody, by code of person."""

    meetings: Mapping[str, list[Meeting]]
    attempts: Mapping[str, list[Attempt]]
    losses: Mapping[str, list[Loss]]
    events: Mapping[str, list[tuple[str, Entry]]]
    answers: Mapping[str, list[tuple[Dataset, Response]]]

    @classmethod
    def of(cls, db: sqlite3.Connection) -> _Known:
        found = cls(*(defaultdict(list) for _ in range(5)))
        for meeting in meetings(db):
            found.meetings[meeting.participant].append(meeting)
        for attempt in attempts(db):
            found.attempts[attempt.participant].append(attempt)
        for loss in losses(db):
            found.losses[loss.participant].append(loss)
        texts = {text.code: text for text in interviews(db)}
        for coder in coders(db):
            for entry in holding(one.entry for one in all_entries(db, coder)):
                text = texts.get(entry.interview or "")
                if entry.kind is Kind.EVENT and text is not None:
                    for code in _whose(entry, text):
                        found.events[code].append((text.wave, entry))
        for dataset in datasets(db):
            for response in dataset.responses if not dataset.part else ():
                found.answers[response.participant].append((dataset, response))
        return found


def _whose(entry: Entry, text: Interview) -> tuple[str, ...]:
    """Whose life an event is of: whoever says it, where that is known, else everybody who was there."""
    if entry.start is not None and text.turns:
        voice = text.voices[text.turns[turn_at(text, entry.start) - 1].speaker].participant
        if voice is not None:
            return (voice,)
    return text.participants


class _Telling:
    """Turns what is known of people into what their lines tell. remarks: of what could not be told."""

    def __init__(self, study: Study, base: Base, known: _Known) -> None:
        self._study, self._base, self._known = study, base, known
        self._situations: dict[str, Mapping[str, Question]] = {}
        self.remarks: list[str] = []

    def of(self, code: str) -> list[Told]:
        """What is told of a person, wave by wave as far as they take part; attempts and losses whatever they said."""
        told = [
            one
            for one in (*self._answers(code), *self._met(code), *self._events(code))
            if takes_part(self._base.people[code], one.wave)
        ]
        asked = {(one.wave, one.about.casefold()) for one in told if one.what is What.SITUATION}
        told += [one for one in self._attributes(code) if (one.wave, one.theme.casefold()) not in asked]
        return [*told, *self._tried(code)]

    def _met(self, code: str) -> Iterator[Told]:
        for one in self._known.meetings[code]:
            what = "entretien" if one.interview else "questionnaire"
            yield Told(of_day(one.on), What.MEETING, one.wave, what, about=one.interview or one.questionnaire)

    def _day(self, code: str, wave: str) -> Moment:
        """Of the first meeting with a person in a wave."""
        return min((of_day(one.on) for one in self._known.meetings[code] if one.wave == wave), default=UNDATED)

    def _answers(self, code: str) -> Iterator[Told]:
        for dataset, response in self._known.answers[code]:
            when = of_day(date.fromisoformat(response.answered_on[:10])) if response.answered_on else UNDATED
            situations = self._asked(dataset.questionnaire)
            for variable in dataset.variables:
                question = situations.get(variable.question)
                words = _words(variable, response.cells.get(variable.question)) if question else ""
                if question and words:
                    yield Told(
                        when if when != UNDATED else self._day(code, dataset.wave),
                        What.SITUATION,
                        dataset.wave,
                        words,
                        question.situation,
                        question.name,
                        " ".join(question.label.split()),
                    )

    def _asked(self, questionnaire: str) -> Mapping[str, Question]:
        """Questions of a questionnaire that tell of a situation, by name."""
        if questionnaire not in self._situations:
            try:
                found = find_questionnaire(self._study, questionnaire, None)
            except EnqueteError as error:
                self.remarks.append(f"Les situations dites à « {questionnaire} » ne sont pas montrées : {error}")
                self._situations[questionnaire] = {}
            else:
                self._situations[questionnaire] = {q.name: q for q in found.questions if q.situation}
        return self._situations[questionnaire]

    def _attributes(self, code: str) -> Iterator[Told]:
        person = self._base.people[code]
        for wave, values in person.attributes.items():
            if takes_part(person, wave):
                for name, value in values.items():
                    yield Told(self._day(code, wave), What.ATTRIBUTE, wave, value, name)

    def _events(self, code: str) -> Iterator[Told]:
        said = dict.fromkeys((wave, entry.title, entry.body) for wave, entry in self._known.events[code])
        for wave, title, body in said:  # two coders may have noted the same
            yield Told(moment(title), What.EVENT, wave, " ".join(body.split()), written=title.strip())

    def _tried(self, code: str) -> Iterator[Told]:
        for one in self._known.attempts[code]:
            yield Told(of_day(one.on), What.ATTEMPT, one.wave, f"{label(one.channel)}, {label(one.outcome)}")
        for loss in self._known.losses[code]:
            known = f" ; {' '.join(loss.known.split())}" if loss.known else ""
            found = " (retrouvée depuis)" if loss.found_on else ""
            yield Told(of_day(loss.on), What.LOSS, loss.wave, f"{label(loss.reason)}{known}{found}")


def _words(variable: Variable, cell: Cell | bool | None) -> str:
    """An answer as people read it; "" for none, or for a question that was not asked."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, Missing):
        return "" if cell.kind is MissingKind.NOT_ASKED else label(cell.kind)
    labels = {choice.name: choice.label or choice.name for choice in variable.choices}
    if isinstance(cell, tuple):
        return ", ".join(labels.get(name, name) for name in cell) or "rien de la liste"
    if isinstance(cell, str):
        return labels.get(cell, cell)
    return f"{cell:g}".replace(".", ",")
