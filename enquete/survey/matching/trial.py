"""What « --essai » shows: where each column goes and how its values read, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from enquete.survey.matching.columns import OWN_NOTE
from enquete.survey.matching.telling import cut, lines
from enquete.survey.matching.types import ColumnReport, MatchReport, Use
from enquete.survey.questionnaire.types import Question, QuestionKind
from enquete.wording import label, n

KINDS = {
    QuestionKind.ONE: "un choix",
    QuestionKind.MANY: "plusieurs choix",
    QuestionKind.RANK: "classement",
    QuestionKind.INTEGER: "nombre entier",
    QuestionKind.DECIMAL: "nombre",
    QuestionKind.TEXT: "texte",
    QuestionKind.DATE: "date",
    QuestionKind.TIME: "heure",
    QuestionKind.DATETIME: "date et heure",
    QuestionKind.OTHER: "sans réponse gardée",
}
_USES = {
    Use.KEY: "code du participant",
    Use.WAVE: "vague",
    Use.DAY: "jour des réponses",
    Use.IDENTITY: "coffre, identité",
    Use.CONTACT: "coffre, contact",
}
_SHOWN = 8


def trial_lines(report: MatchReport, mask: Callable[[str], str]) -> list[str]:
    """Column by column, then what is not imported and why, and the questions that no column answers.

    mask: gives a text back without the names that it holds; every value shown has gone through it.
    """
    several = len({column.table for column in report.columns}) > 1
    told = [f"{_place(table.wave, table.part)} : {n('ligne', len(table.numbers))}" for table in report.tables]
    kept = [column for column in report.columns if column.use not in (Use.LEFT, Use.UNKNOWN)]
    left = [column for column in report.columns if column.use in (Use.LEFT, Use.UNKNOWN)]
    table = ""
    for column in kept:
        if several and column.table != table:
            table = column.table
            told += ["", f"Feuille « {table} »"]
        told += ["", *_column(column, mask)]
    if left:
        told += ["", "Non importées :"]
        told += _left(left, several)
    if report.unanswered:
        told += ["", "Questions sans colonne :"]
        told += [f"  {question.name} : {cut(question.label)}" for question in report.unanswered]
    return told


def _place(wave: str, part: str) -> str:
    return f"{wave}, {part}" if part else wave


def _left(columns: Sequence[ColumnReport], several: bool) -> Iterator[str]:
    """Each with its reason; those that the program wrote for itself together."""
    own = [column for column in columns if column.note == OWN_NOTE]
    for column in columns:
        if column not in own:
            yield f"  « {column.column} »{_of(column, several)} : {column.note}"
    if own:
        yield f"  {', '.join(f'« {column.column} »' for column in own)} : {OWN_NOTE}"


def _of(column: ColumnReport, several: bool) -> str:
    return f" de « {column.table} »" if several else ""


def _column(column: ColumnReport, mask: Callable[[str], str]) -> Iterator[str]:
    yield f"« {column.column} » → {_goes_to(column)}"
    yield f"    {_counted(column)}"
    if column.unknown:
        shown = [f"« {cut(mask(text))} » ({lines(rows)})" for text, rows in list(column.unknown.items())[:_SHOWN]]
        more = len(column.unknown) - _SHOWN
        ending = f" et {n('autre', more)}" if more > 0 else ""
        yield f"    à régler : {', '.join(shown)}{ending}"
    if column.vault:
        yield "    exemples : aucun, ces valeurs ne sont montrées nulle part"
    elif column.examples and column.use is not Use.KEY:
        yield f"    exemples : {' ; '.join(cut(mask(text)) for text in column.examples)}"
    if column.note:
        yield f"    {column.note}"


def _goes_to(column: ColumnReport) -> str:
    if column.use is Use.DOUBTFUL:
        return f"à dire dans la correspondance : {' ou '.join(column.candidates)}"
    if column.use is not Use.ANSWERS or column.question is None:
        asked = f" ({column.question.name})" if column.question else ""
        return _USES.get(column.use, "") + asked
    item = f"/{column.item}" if column.item else ""
    return f"{column.question.name}{item} ({kind(column.question)})"


def kind(question: Question) -> str:
    """« nombre entier », « question ouverte »…"""
    return "question ouverte" if question.open else KINDS[question.kind]


def _counted(column: ColumnReport) -> str:
    """« 12 réponses, 3 ne sait pas, 1 vide »."""
    told = [n("réponse", column.valid) if column.use is Use.ANSWERS else n("valeur", column.valid)]
    for missing, count in sorted(column.missing.items(), key=lambda pair: (pair[0] is None, pair[0] or "")):
        told.append(n("vide", count) if missing is None else f"{count} « {label(missing)} »")
    unknown = {row for rows in column.unknown.values() for row in rows}
    return ", ".join(told) + (f", {len(unknown)} à régler" if unknown else "")
