"""Answers out of the study, for SPSS, Stata, R or a spreadsheet: for the team alone, through the gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.synthesis import FOLDERS
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.exchange.csv_files import csv_dictionary, csv_table
from enquete.exchange.dta import dta
from enquete.exchange.sav import sav
from enquete.findings.counting import takes_part
from enquete.findings.material import Person
from enquete.model import Audience, RespondentType
from enquete.reports import answers as workbook
from enquete.store.interviews import interviews
from enquete.store.people import participants
from enquete.store.responses import Dataset, Response, datasets, open_answers_of
from enquete.survey.exporting.limits import SPSS_LIMITS, STATA_LIMITS, remarks
from enquete.survey.exporting.tabulating import Layout, tabulate
from enquete.survey.exporting.types import Row, Source, Table
from enquete.survey.questionnaire.types import QuestionKind
from enquete.wording import label, n

FORMATS = ("sav", "dta", "csv", "xlsx")
LAYOUTS = ("longue", "large")
_DICTIONARY = "_dictionnaire"
_LIMITS = {"sav": SPSS_LIMITS, "dta": STATA_LIMITS}


@dataclass(frozen=True, slots=True)
class Wanted:
    """questionnaire: None for all; waves: none for all. texts: with open answers, pseudonymised as they are stored."""

    format: str = "xlsx"
    questionnaire: str | None = None
    waves: tuple[str, ...] = ()
    layout: str = "longue"
    output: Path | None = None
    texts: bool = False
    audience: Audience = Audience.TEAM


def export_answers(study: Study, wanted: Wanted) -> Iterator[str]:
    """Writes the files and gives lines to print. The key is needed: every output passes the gate.

    Raises EnqueteError: EXPORT_FORMAT, EXPORT_LAYOUT, EXPORT_EXTENSION, EXPORT_TEAM_ONLY, EXPORT_NOTHING, UNKNOWN_WAVE,
    EXPORT_QUESTION_TWICE and what `write_checked` does.
    """
    path = _path(study, wanted)
    vault = study.vault()
    gathered = _gather(study, wanted)
    waves = {wave: words for wave, words in study.config.waves_by_code.items() if wave in gathered.waves}
    respondents = {kind.value: label(kind) for kind in RespondentType if kind is not RespondentType.EVERYONE}
    layout = Layout(waves, respondents, wide=wanted.layout == "large", texts=wanted.texts)
    done = tabulate(gathered.sources, layout)
    files = _files(done.tables, wanted.format, path, f"Réponses – {study.config.name}")
    outputs = [Output(file, data, Audience.TEAM, gathered.texts, gathered.people) for file, data in files]
    write_checked(study, vault, *outputs)
    for output in outputs:
        what = "Leur dictionnaire" if output.path.stem.endswith(_DICTIONARY) else "Réponses écrites, pour l'équipe"
        yield f"{what} : {output.path}"
    yield from _told(done.tables, gathered, wanted)
    if done.recoded:
        yield (
            f"  {n('question', len(done.recoded))} dont les codes manquants ont changé de nombre, faute d'être admis "
            f"tels quels : {', '.join(done.recoded[:8])}."
        )
    if wanted.format in _LIMITS:
        yield from (f"  {line}" for line in remarks(done.tables, _LIMITS[wanted.format]))


def _path(study: Study, wanted: Wanted) -> Path:
    """Where the main file goes; what is asked for is checked first."""
    if wanted.format not in FORMATS:
        raise EnqueteError(Problem.EXPORT_FORMAT, name=wanted.format, known=", ".join(FORMATS), exit_code=2)
    if wanted.layout not in LAYOUTS:
        raise EnqueteError(Problem.EXPORT_LAYOUT, name=wanted.layout, exit_code=2)
    if wanted.audience is not Audience.TEAM:
        raise EnqueteError(Problem.EXPORT_TEAM_ONLY, exit_code=2)
    path = wanted.output or study.folder / "exports" / FOLDERS[Audience.TEAM] / f"reponses.{wanted.format}"
    if path.suffix.lower() != f".{wanted.format}" and not path.is_dir():
        raise EnqueteError(
            Problem.EXPORT_EXTENSION, where=path.name, found=path.suffix, wanted=wanted.format, exit_code=2
        )
    return path


@dataclass(frozen=True, slots=True)
class _Gathered:
    """texts: codes of the open answers that go out. left_out: people who do not take part; open: open questions that
    stay; unkeyed: waves whose answers are linked to nobody; strange: those that enquete.toml has not.
    """

    sources: tuple[Source, ...]
    waves: frozenset[str]
    texts: tuple[str, ...]
    people: tuple[str, ...]
    left_out: int
    open: int
    unkeyed: tuple[str, ...]
    strange: tuple[str, ...]


def _gather(study: Study, wanted: Wanted) -> _Gathered:
    for wave in wanted.waves:
        if wave not in study.config.waves_by_code:
            known = ", ".join(study.config.waves_by_code)
            raise EnqueteError(Problem.UNKNOWN_WAVE, wave=wave, known=known, exit_code=2)
    with study.database() as db:
        names = sorted({one.questionnaire for one in datasets(db, filled=False)})
        stored = datasets(db, wanted.questionnaire)
        people = {
            one.code: Person(one.code, one.type, consent={w: dict(p.consents) for w, p in one.waves.items()})
            for one in participants(db)
        }
        places = open_answers_of(db) if wanted.texts else {}
        words = {text.code: text.text for text in interviews(db)} if wanted.texts else {}
    known_waves = set(study.config.waves_by_code)
    strange = sorted({one.wave for one in stored} - known_waves)
    stored = [one for one in stored if one.wave in (set(wanted.waves) or known_waves)]
    kept = [
        replace(one, responses=tuple(r for r in one.responses if takes_part(people[r.participant], one.wave)))
        for one in stored
    ]
    told = {r.participant for one in kept for r in one.responses}
    if not told:
        what = f" du questionnaire « {wanted.questionnaire} »" if wanted.questionnaire else ""
        raise EnqueteError(Problem.EXPORT_NOTHING, what=what, known=", ".join(names) or "aucune réponse")
    ids = {r.id for one in kept for r in one.responses}
    asked = {(o.questionnaire, v.question) for o in kept for v in o.variables if v.kind is QuestionKind.TEXT}
    return _Gathered(
        tuple(_source(one, people, places, words) for one in kept),
        frozenset(one.wave for one in kept),
        tuple(sorted(code for (response, _), code in places.items() if response in ids)),
        tuple(sorted(told)),
        len({r.participant for one in stored for r in one.responses} - told),
        0 if wanted.texts else len(asked),
        tuple(dict.fromkeys(one.wave for one in kept if not one.keyed)),
        tuple(strange),
    )


def _source(
    dataset: Dataset,
    people: Mapping[str, Person],
    places: Mapping[tuple[int, str], str],
    words: Mapping[str, str],
) -> Source:
    questions = [variable.question for variable in dataset.variables if variable.kind is QuestionKind.TEXT]

    def row(response: Response) -> Row:
        texts = {q: words[code] for q in questions if (code := places.get((response.id, q))) and code in words}
        day = date.fromisoformat(response.answered_on[:10]) if response.answered_on else None
        cells = {name: cell for name, cell in response.cells.items() if not isinstance(cell, bool)}
        kind = people[response.participant].type.value
        return Row(response.id, response.parent, response.participant, kind, dataset.wave, day, cells, texts)

    rows = tuple(row(response) for response in dataset.responses)
    return Source(dataset.questionnaire, dataset.wave, dataset.part, dataset.variables, rows)


def _files(tables: Sequence[Table], format_: str, path: Path, title: str) -> list[tuple[Path, bytes]]:
    """A file a table, and the dictionary of those that can't hold theirs; a workbook holds everything."""
    if format_ == "xlsx":
        return [(path, workbook.render(tables, title))]
    made = []
    for table in tables:
        part = f"_{table.name.replace('/', '_')}" if table.name else ""
        file = path.with_name(f"{path.stem}{part}{path.suffix}")
        if format_ == "csv":
            made.append((file, csv_table(table)))
        else:
            made.append((file, sav(table, title) if format_ == "sav" else dta(table, title)))
    if format_ == "csv":
        made.append((path.with_name(f"{path.stem}{_DICTIONARY}{path.suffix}"), csv_dictionary(tables)))
    return made


def _told(tables: Sequence[Table], gathered: _Gathered, wanted: Wanted) -> Iterator[str]:
    rows = "une ligne par personne" if wanted.layout == "large" else "une ligne par personne et par vague"
    main = tables[0]
    yield f"  {n('ligne', main.rows)} ({rows}), {n('colonne', len(main.fields))}, vagues : {_waves(gathered)}."
    for table in tables[1:]:
        yield f"  {n('ligne', table.rows)} de « {table.name} », reliées par « ligne_parente »."
    if gathered.open:
        left = "laissée" if gathered.open < 2 else "laissées"
        yield f"  {n('question ouverte', gathered.open)} {left} de côté : « --textes » ajoute les mots, pseudonymisés."
    if gathered.left_out:
        refuse = "qui refuse ou a retiré sa" if gathered.left_out < 2 else "qui refusent ou ont retiré leur"
        yield f"  Sans {n('personne', gathered.left_out)} {refuse} participation."
    if gathered.unkeyed:
        yield f"  Sans clé, reliées à aucune autre vague : {', '.join(gathered.unkeyed)}."
    if gathered.strange:
        yield f"  Laissées de côté, vagues absentes de « enquete.toml » : {', '.join(gathered.strange)}."
    if main.sets and wanted.format in ("dta", "csv", "xlsx"):
        yield f"  Questions à plusieurs réponses : une colonne par choix, nommée « {main.sets[0].name}_… »."
    if any(field.weight for table in tables for field in table.fields) and wanted.layout == "large":
        yield "  Poids : une colonne par vague ; déclarez vous-même celle qui sert."


def _waves(gathered: _Gathered) -> str:
    return ", ".join(sorted(gathered.waves))
