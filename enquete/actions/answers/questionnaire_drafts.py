"""Questionnaires proposed from what partners have: a LimeSurvey structure, a file of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from enquete.actions.answers.draft_names import lists_of_names_to_the_vault, may_name, names_somebody
from enquete.actions.answers.questionnaires import FOLDER
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.model import QUASI_IDENTIFIERS
from enquete.pseudonyms import Document, Passage, detect
from enquete.survey.answers.fields import first_lines
from enquete.survey.questionnaire.checking import check
from enquete.survey.questionnaire.drafts import Draft, cell, markdown, plain_name
from enquete.survey.questionnaire.sheets import markdown_book
from enquete.wording import n

_NAME = re.compile(r"\w[\w.-]*")


def propose_questionnaire(
    study: Study, file: Path, name: str | None, wave: str | None, *, repair: bool = False
) -> Iterator[str]:
    """Writes `questionnaires/NAME.md` from a .lss or a file of answers; gives lines to print. repair: its accents.

    Raises EnqueteError: UNKNOWN_WAVE, DRAFT_NAME, DRAFT_NAMED, DRAFT_EXISTS, DRAFT_FROM_QUESTIONNAIRE, DRAFT_FAULTS,
    LSS_EMPTY, LSS_UNREADABLE, and what `read_data` does.
    """
    known = [each.code for each in study.config.waves]
    if wave is not None and wave not in known:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=wave, known=", ".join(known), exit_code=2)
    if name is not None and not _NAME.fullmatch(name.removesuffix(".md")):
        raise EnqueteError(Problem.DRAFT_NAME, name=name, exit_code=2)
    if name is None and names_somebody(file.stem):
        raise EnqueteError(Problem.DRAFT_NAMED)
    stem = name.removesuffix(".md") if name else plain_name(file.stem).strip("_").lower().replace("_", "-")
    folder = study.folder / FOLDER
    target = folder / f"{stem}.md"
    if any(path.stem == stem for path in folder.glob("*")):
        raise EnqueteError(Problem.DRAFT_EXISTS, where=f"{FOLDER}/{target.name}")
    draft = _drafted(file, name or stem, repair=repair)
    lists_of_names_to_the_vault(draft)
    named = _without_names(draft)
    draft.settings = {"form_title": draft.title, "form_id": plain_name(stem), "vague": wave or ""}
    text = markdown(draft)
    faults = check(markdown_book(target.name, text))
    wrong = [fault for fault in faults if fault.is_error]
    if wrong:
        told = "".join(f"\n  {fault.place()} : {fault.message}" for fault in wrong)
        raise EnqueteError(Problem.DRAFT_FAULTS, where=file.name, faults=told)
    write_whole(target, text.encode())
    asked = sum(not row["type"].startswith(("begin", "end", "note")) for row in draft.rows)
    yield f"Questionnaire proposé : {target} ({n('question', asked)})."
    yield from (f"  {note}" for note in draft.notes)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if any(cell(label) in line for label in named)]
    if lines:
        yield (
            f"  Des noms semblent rester dans ce questionnaire, qui n'est pas chiffré ({first_lines(lines)}) : "
            "retirez-les avant de vous en servir, et dans le fichier aussi si vous le pouvez."
        )
    if not wave:
        yield "  Il vaut pour toutes les vagues : écrivez la sienne dans la feuille « settings », colonne « vague »."
    yield f"Relisez-le, puis : « enquete questionnaire verifier {stem} »."


def _without_names(draft: Draft) -> list[str]:
    """Takes out of its notes the names that they quote; gives the labels that hold some, for a person to mend: a label
    is what ties a question to the file.
    """
    labels = list(dict.fromkeys(row["label"] for row in (*draft.rows, *draft.choices) if row.get("label")))
    texts = [*labels, *draft.notes]
    detections = detect([Document(text, (Passage(0, len(text)),)) for text in texts])
    spans = [[m for m in found.mentions if m.type not in QUASI_IDENTIFIERS] for found in detections]
    for place, mentions in enumerate(spans[len(labels) :]):
        for mention in sorted(mentions, key=lambda one: -one.start):
            note = draft.notes[place]
            draft.notes[place] = f"{note[: mention.start]}[nom]{note[mention.end :]}"
    chosen = {row["label"] for row in draft.choices}
    found = zip(labels, spans, detections, strict=False)
    return [label for label, sure, one in found if sure or (label in chosen and any(map(may_name, one.mentions)))]


def _drafted(file: Path, title: str, *, repair: bool) -> Draft:
    if file.suffix.lower() == ".lss":
        from enquete.survey.questionnaire.limesurvey import draft_of_lss

        return draft_of_lss(file)
    _refuse_questionnaire(file)
    from enquete.survey.answers.read import read_data
    from enquete.survey.questionnaire.from_answers import draft_of_answers

    return draft_of_answers(read_data(file, repair=repair), title)


def _refuse_questionnaire(file: Path) -> None:
    """An XLSForm given for answers would make a questionnaire about a questionnaire."""
    from enquete.survey.questionnaire.sheets import is_form, read_book

    if file.suffix.lower() not in (".md", ".xlsx", ".xlsm", ".xls", ".ods", ".csv") or not file.is_file():
        return
    try:
        book = read_book(file)
    except EnqueteError:
        return
    if is_form(book):
        raise EnqueteError(Problem.DRAFT_FROM_QUESTIONNAIRE, where=file.name, exit_code=2)
