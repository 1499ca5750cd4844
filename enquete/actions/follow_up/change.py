"""What changes from a wave to another: themes of interviews, answers to closed questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.change import answer_sheets, answer_words, answers, themes, verdicts
from enquete.findings.counting import Base, takes_part
from enquete.findings.material import Person
from enquete.findings.readme import SILENCE
from enquete.findings.tables import Page, Section, Table
from enquete.model import Audience, InterviewKind, RespondentType
from enquete.reports.excel import render_sheets
from enquete.store.codings import readings
from enquete.store.interviews import interviews
from enquete.store.people import participants
from enquete.store.responses import Dataset, datasets
from enquete.survey.matching.types import Cell, Variable
from enquete.survey.questionnaire.types import QuestionKind
from enquete.wording import capital, label, readers

Found = answers.Transitions | answers.Differences | list[answers.Transitions]
_NOTHING_NAMED = "Aucun code de personne dans ce classeur."


@dataclass(frozen=True, slots=True)
class Asking:
    """What is wanted. first, second: codes of waves, None for the first and the last that there is something of.

    output: a workbook to write for an audience. questionnaires: those to look at, where several ask the question.
    sampling: how people were chosen, for tests; None: no test.
    """

    first: str | None = None
    second: str | None = None
    output: Path | None = None
    audience: Audience = Audience.TEAM
    questionnaires: tuple[str, ...] = ()
    sampling: str | None = None


def waves_asked(study: Study, asking: Asking, known: Collection[str]) -> tuple[str, str]:
    """Two waves of the study. known: those that there is something of.

    Raises EnqueteError: UNKNOWN_WAVE, WAVES_TO_COMPARE.
    """
    every = list(study.config.waves_by_code)
    for wave in (asking.first, asking.second):
        if wave and wave not in every:
            raise EnqueteError(Problem.UNKNOWN_WAVE, wave=wave, known=", ".join(every), exit_code=2)
    there = [wave for wave in every if wave in known]
    first = asking.first or next((wave for wave in there if wave != asking.second), None)
    second = asking.second or next((wave for wave in reversed(there) if wave != first), None)
    if first is None or second is None or first == second:
        found = f"vagues où il y a quelque chose : {', '.join(there) or 'aucune'}"
        raise EnqueteError(Problem.WAVES_TO_COMPARE, found=found, exit_code=2)
    return first, second


def titles(study: Study, waves: Sequence[str]) -> str:
    """« de v1 (Premier entretien) à v2 (Entretien de suivi) »."""
    first, second = (f"{wave} ({study.config.waves_by_code[wave]})" for wave in waves)
    return f"de {first} à {second}"


# --- themes


def change_of_themes(study: Study, asking: Asking) -> Result:
    """Who gained, kept, lost each theme. The key is needed for a workbook only."""
    if asking.output and asking.audience is Audience.PUBLIC:
        raise EnqueteError(Problem.THEMES_NOT_PUBLIC, exit_code=2)
    vault = study.vault() if asking.output else None
    material = gather(study, b"")
    base = Base(material)
    met = {one.wave for one in base.interviews.values() if one.kind is not InterviewKind.ANSWER}
    waves = waves_asked(study, asking, met)
    with study.database() as db:
        read = {interview for interview, _ in readings(db)}
        whole = frozenset(text.code for text in interviews(db) if text.id in read)
    found = themes.compare(base, *waves, whole)
    result = Result(lines=[f"Thèmes, {titles(study, waves)}.", "", *themes.lines(found, *waves)])
    if asking.output and vault:
        team = asking.audience is Audience.TEAM
        threshold = 1 if team else study.config.synthesis.threshold
        sheets: list[Page | Table] = [
            _readme(study, waves, asking.audience, _THEMES_READ),
            themes.table(found, threshold, named=team),
            themes.apart_table(found, *waves, threshold, named=team),
        ]
        codes = tuple(text for text in base.interviews if base.interviews[text].wave in waves)
        data = render_sheets(f"Thèmes, {titles(study, waves)}", sheets)
        write_checked(study, vault, Output(asking.output, data, asking.audience, codes))
        result.lines.append(f"Classeur écrit, pour {readers(asking.audience)} : {asking.output}")
    return result


_THEMES_READ = (
    "Ne sont comparées que les personnes vues aux deux vagues et dont tous les entretiens de ces vagues sont codés. "
    "Celles qu'on n'a pas revues, et celles dont un entretien n'est pas encore codé, sont à part : feuille « Qui est "
    "comparé ».",
    SILENCE,
)


def _readme(study: Study, waves: Sequence[str], audience: Audience, read: Sequence[str]) -> Page:
    lines = [*read]
    if audience is not Audience.TEAM:
        lines.append(answer_sheets.NOTES[audience].format(threshold=study.config.synthesis.threshold))
        lines.append(_NOTHING_NAMED)
    who = f"Étude « {study.config.name} », {titles(study, waves)}. Destinataires : {audience.value}."
    return Page("Lisez-moi", study.config.name, (Section("Ce fichier", (who,)), Section("À savoir", tuple(lines))))


# --- answers


def change_of_answers(study: Study, questions: Sequence[str], asking: Asking) -> Result:
    """What the same people answered to closed questions in two waves; tests where the sampling is told.

    Raises EnqueteError: QUESTION_UNKNOWN, QUESTION_TWICE, QUESTION_CHANGED, QUESTION_OPEN, QUESTION_NOT_COMPARED,
    NO_ANSWERS, NO_KEY_TO_COMPARE and what `waves_asked` does.
    """
    vault = study.vault() if asking.output else None
    with study.database() as db:
        stored = [one for one in datasets(db) if not one.part]
        people = {
            one.code: Person(one.code, one.type, consent={w: dict(p.consents) for w, p in one.waves.items()})
            for one in participants(db)
        }
    if not stored:
        raise EnqueteError(Problem.NO_ANSWERS, wave=asking.first or study.config.waves[0].code)
    waves = waves_asked(study, asking, {one.wave for one in stored})
    for wave in waves:
        _refuse_unkeyed(stored, wave)
    found: dict[str, dict[RespondentType, Found]] = {}
    for name in questions:
        first, second = (_answers(stored, wave, name, asking.questionnaires, people) for wave in waves)
        found[name] = _compared(answers.asked(first[0], second[0]), first[1], second[1], people)
    result = Result(lines=[f"Réponses, {titles(study, waves)}.", *_answer_lines(found, waves)])
    tests: list[str] = []
    if asking.sampling is not None:
        tests = list(verdicts.sentences(_verdicts(found), asking.sampling))
        result.lines += ["", "Tests", *(f"  {line}" for line in tests)]
    if asking.output and vault:
        data = _answer_book(study, waves, found, asking.audience, tests)
        held = tuple(sorted({r.participant for one in stored if one.wave in waves for r in one.responses}))
        write_checked(study, vault, Output(asking.output, data, asking.audience, (), held))
        result.lines.append(f"Classeur écrit, pour {readers(asking.audience)} : {asking.output}")
    return result


def _refuse_unkeyed(stored: Sequence[Dataset], wave: str) -> None:
    mine = [one for one in stored if one.wave == wave]
    if not mine:
        raise EnqueteError(Problem.NO_ANSWERS, wave=wave)
    if not any(one.keyed for one in mine):
        raise EnqueteError(Problem.NO_KEY_TO_COMPARE, wave=wave)


def _answers(
    stored: Sequence[Dataset], wave: str, name: str, questionnaires: Collection[str], people: Mapping[str, Person]
) -> tuple[Variable, dict[str, Cell | None]]:
    """The question as the last import tells it, and answers by person: of those who take part in the wave."""
    mine = [one for one in stored if one.wave == wave and one.keyed]
    asking = [one for one in mine if any(variable.question == name for variable in one.variables)]
    forms = sorted({one.questionnaire for one in asking})
    meant = [form for form in forms if form in questionnaires] or forms
    asking = [one for one in asking if one.questionnaire in meant]
    if len(meant) > 1:
        raise EnqueteError(Problem.QUESTION_TWICE, name=name, wave=wave, found=", ".join(forms), exit_code=2)
    if not asking:
        known = dict.fromkeys(v.question for one in mine for v in one.variables if v.kind in answers.COMPARABLE)
        raise EnqueteError(Problem.QUESTION_UNKNOWN, name=name, wave=wave, known=", ".join(known), exit_code=2)
    variable = next(v for v in asking[-1].variables if v.question == name)
    given: dict[str, Cell | None] = {}
    for one in asking:
        for response in one.responses:
            if takes_part(people[response.participant], wave):
                cell = response.cells.get(name)
                given[response.participant] = None if isinstance(cell, bool) else cell
    return variable, given


def _compared(
    question: answers.Asked, before: answers.Given, after: answers.Given, people: Mapping[str, Person]
) -> dict[RespondentType, Found]:
    """By type of respondents, never mixed."""
    found: dict[RespondentType, Found] = {}
    for kind in RespondentType:
        halves = [{c: cell for c, cell in given.items() if people[c].type is kind} for given in (before, after)]
        if not any(halves):
            continue
        if question.kind is QuestionKind.ONE:
            found[kind] = answers.transitions(question, halves[0], halves[1])
        elif question.kind is QuestionKind.MANY:
            found[kind] = answers.options(question, halves[0], halves[1])
        else:
            found[kind] = answers.differences(question, halves[0], halves[1])
    return found


def _answer_lines(found: Mapping[str, Mapping[RespondentType, Found]], waves: tuple[str, str]) -> Iterator[str]:
    several = len({kind for by_kind in found.values() for kind in by_kind}) > 1
    for name, by_kind in found.items():
        for kind, one in by_kind.items():
            asked = _asked(one)
            yield ""
            who = f" ({label(kind, 2)})" if several else ""
            yield f"« {name} »{f' : {asked}' if asked and asked != name else ''}{who}"
            if isinstance(one, list):
                yield from answer_words.option_lines(one)
            elif isinstance(one, answers.Transitions):
                yield from answer_words.transition_lines(one, *waves)
            else:
                yield from answer_words.difference_lines(one)


def _asked(one: Found) -> str:
    """The question's words."""
    if isinstance(one, list):
        return one[0].asked.about if one else ""
    return one.asked.label


def _verdicts(found: Mapping[str, Mapping[RespondentType, Found]]) -> list[verdicts.Tested]:
    several = len({kind for by_kind in found.values() for kind in by_kind}) > 1
    tests = []
    for by_kind in found.values():
        for kind, one in by_kind.items():
            for part in one if isinstance(one, list) else [one]:
                test = verdicts.verdict(part)
                tests.append(replace(test, name=f"{test.name}, {label(kind, 2)}") if several else test)
    return tests


def _answer_book(
    study: Study,
    waves: tuple[str, str],
    found: Mapping[str, Mapping[RespondentType, Found]],
    audience: Audience,
    tests: Sequence[str],
) -> bytes:
    """Sentences of tests tell small counts: they are for the team."""
    threshold = study.config.synthesis.threshold
    several = len({kind for by_kind in found.values() for kind in by_kind}) > 1
    sheets: list[Page | Table] = [_readme(study, waves, audience, _ANSWERS_READ)]
    for name, by_kind in found.items():
        for kind, one in by_kind.items():
            if isinstance(one, list):
                table = answer_sheets.option_sheet(name, one, waves, audience, threshold)
            elif isinstance(one, answers.Transitions):
                table = answer_sheets.transition_sheet(one, waves, audience, threshold)
            else:
                table = answer_sheets.difference_sheet(one, waves, audience, threshold)
            title = f"{capital(label(kind, 2))}. " if several else ""
            asked = f"{title}{_asked(one)}".strip()
            table = replace(table, notes=((asked, *table.notes) if asked else table.notes))
            sheets.append(replace(table, name=f"{name}, {label(kind, 2)}") if several else table)
    if tests and audience is Audience.TEAM:
        sheets.append(Page("Tests", "Tests", (Section("Tests", tuple(tests)),)))
    return render_sheets(f"Réponses, {titles(study, waves)}", sheets)


_ANSWERS_READ = (
    "Chaque nombre compte des personnes. « Sans réponse » (case vide), « ne sait pas », « refus », « sans objet » sont "
    "à part, jamais mêlés entre eux ni à zéro.",
    "« Pas revues » : personnes qui ont répondu à la première vague et pas à la seconde ; qui part n'est pas n'importe "
    "qui. Les poids n'entrent pas dans ces comptes.",
)
