"""Questionnaires that leave the study: for Kobo and ODK, on paper; guides on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enquete.actions.answers.questionnaires import find_files, guide_waves, is_guide_file
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience
from enquete.survey.questionnaire.checking import check
from enquete.survey.questionnaire.forms import entries
from enquete.survey.questionnaire.guide import read_guide
from enquete.survey.questionnaire.reading import questionnaire, refusal
from enquete.survey.questionnaire.sheets import Book, read_book
from enquete.wording import n


def export_questionnaire(
    study: Study, name: str, form: str, output: Path | None, wave: str | None = None
) -> Iterator[str]:
    """Writes a questionnaire as « xlsx » or « docx », a guide as « docx »; gives lines to print.

    wave: of a guide, only this one. Raises EnqueteError: QUESTIONNAIRE_FAULTS, GUIDE_IS_NO_FORM, GUIDE_WAVE,
    QUESTIONNAIRE_OUTPUT, and what `find_files` and `write_checked` do.
    """
    path = find_files([name], study)[0]
    stem = f"{path.stem}-{wave}" if wave and is_guide_file(path) else path.stem
    target = output or study.folder / "exports" / "questionnaires" / f"{stem}.{form}"
    if target.suffix.lower() != f".{form}":
        raise EnqueteError(Problem.QUESTIONNAIRE_OUTPUT, where=target.name, format=form, exit_code=2)
    remarks = 0
    if is_guide_file(path):
        data = _guide(study, path, form, wave)
    else:
        book = read_book(path)
        faults = check(book)
        wrong = [fault for fault in faults if fault.is_error]
        if wrong:
            raise refusal(book.source, wrong)
        remarks = len(faults)
        data = _workbook(book) if form == "xlsx" else _paper(study, book)
    write_checked(study, study.vault(), Output(target, data, Audience.TEAM, ()))
    yield f"Écrit : {target}"
    if remarks:
        yield f"  {n('remarque', remarks)} : « enquete questionnaire verifier {name} »."


def _guide(study: Study, path: Path, form: str, wave: str | None) -> bytes:
    if form != "docx":
        raise EnqueteError(Problem.GUIDE_IS_NO_FORM, where=path.name, exit_code=2)
    from enquete.reports.guide_form import write_guide

    guide = read_guide(path)
    return write_guide(guide, guide_waves(guide, wave), study.config.name)


def _workbook(book: Book) -> bytes:
    from enquete.reports.xlsform import write_xlsform

    return write_xlsform(book, questionnaire(book).title)


def _paper(study: Study, book: Book) -> bytes:
    from enquete.reports.questionnaire_form import write_form

    asked = questionnaire(book)
    labels = [study.config.waves_by_code[code] for code in asked.waves if code in study.config.waves_by_code]
    return write_form(asked.title, study.config.name, ", ".join(labels), entries(book, identity_last=True))
