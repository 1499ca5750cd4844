"""What is wrong in a questionnaire: pyxform's errors and warnings in French, and what only a study can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enquete.survey.identity import asks_number_of, named_as_identity
from enquete.survey.questionnaire.columns import read_measure, read_missing, read_usage, words
from enquete.survey.questionnaire.pyxform_words import cell, told
from enquete.survey.questionnaire.reading import crashes, definition, parsed, questionnaire, unknown_types
from enquete.survey.questionnaire.sheets import Book, Fault, Line, Sheet
from enquete.survey.questionnaire.types import Question, QuestionKind, Questionnaire, Usage
from enquete.tables import folded
from enquete.wording import label as worded
from enquete.wording import n

LONG = 45  # words: beyond, a question read aloud is lost before its end
_MOST = 60  # faults told of one file
_EDGE = re.compile(r"(?=\w*[A-Z])(?i:begin|end)[ _](?i:group|repeat|loop)\b")  # spreadsheets put capitals first
_FIGURES = (QuestionKind.DATE, QuestionKind.INTEGER, QuestionKind.DECIMAL)
_ONCE = (Usage.KEY, Usage.DAY, Usage.WEIGHT)


def errors(book: Book) -> list[Fault]:
    """What keeps a questionnaire from being used, in the order of its sheets; quick when there is nothing."""
    if book.faults:
        return list(book.faults)
    found = list(_column_faults(book))
    try:
        form = parsed(book)
        sound = not unknown_types(form)
        found += _repeated_usages(questionnaire(book, form)) if sound and not found else []
    except crashes():
        sound = False
    if sound:
        return found
    return [fault for fault in (*found, *_pyxform_faults(book)) if fault.is_error]


def check(book: Book, waves: Sequence[str] | None = None) -> list[Fault]:
    """Every fault and remark. waves: codes of the study's waves, None outside of any study."""
    if book.faults:
        return list(book.faults)
    found = [*_pyxform_faults(book), *_column_faults(book), *_lost_choices(book)]
    if not any(fault.is_error for fault in found):
        asked = questionnaire(book)
        found += [*_repeated_usages(asked), *_wave_faults(asked, waves), *_remarks(asked, book)]
        if waves is not None and not any(Usage.KEY in question.usage for question in asked.questions):
            message = "aucune question n'a l'usage « clé » : on ne saura pas quelle réponse est à qui. Ajoutez-en une."
            found.append(Fault(message, is_error=False))
    order = {name: place for place, name in enumerate(("", *book.sheets))}
    return sorted(found, key=lambda fault: (order.get(fault.sheet, 0), fault.line))


# --- pyxform


def _pyxform_faults(book: Book) -> list[Fault]:
    """Its errors, one after the other: it stops at the first, so each row at fault is made harmless to find the next.

    Its warnings too, once it goes to the end.
    """
    found: list[Fault] = []
    mended: set[tuple[str, int]] = set()
    while len(found) < _MOST:
        warnings: list[str] = []
        fresh = _refused(book, warnings)
        if not fresh:
            return [*found, *(fault for text in warnings for fault in told(text, book, is_error=False))]
        places = {(fault.sheet, fault.line) for fault in fresh}
        if places & mended:
            return found
        found += fresh
        harmless = _harmless(book, places)
        if harmless is None:
            return found
        book = harmless
        mended |= places
    return found


def _refused(book: Book, warnings: list[str]) -> list[Fault]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(definition(book), warnings=warnings)
    except PyXFormError as error:
        return list(told(str(error), book, is_error=True))
    except crashes() as error:
        message = "pyxform, qui lit les XLSForm, s'arrête sur ce fichier sans dire pourquoi"
        return [Fault(f"{message} ({type(error).__name__}). Comparez-le à un questionnaire livré.")]
    return []


def _harmless(book: Book, places: set[tuple[str, int]]) -> Book | None:
    """The book with these rows changed for rows that say nothing; None when that would not help."""
    sheets = dict(book.sheets)
    for sheet, number in places:
        if sheet not in ("survey", "choices") or sheet not in sheets or not number:
            return None
        line = next((line for line in sheets[sheet].lines if line.number == number), None)
        if line is None or "end" in cell(line, "type").split("_")[0].casefold().split():
            return None
        begins = cell(line, "type").casefold().startswith("begin")
        cells = {"name": f"enquete_{number}", "label": "."}
        if sheet == "choices":
            cells |= {"list_name": cell(line, "list")}
        else:
            cells |= {"type": cell(line, "type") if begins else "text"}
            cells["name"] = _kept_name(sheets[sheet], line) or cells["name"]
        sheets[sheet] = _with(sheets[sheet], line, cells)
    return replace(book, sheets=sheets)


def _kept_name(sheet: Sheet, line: Line) -> str:
    """Its own name, which others may refer to, unless it is wrong itself."""
    from pyxform.parsing.expression import is_xml_tag

    name = cell(line, "name")
    alone = sum(cell(other, "name") == name for other in sheet.lines) == 1
    return name if name and alone and is_xml_tag(name) else ""


def _with(sheet: Sheet, line: Line, cells: dict[str, str]) -> Sheet:
    """Cells are put under the headers that the sheet has for them."""
    renamed = {}
    for name, text in cells.items():
        wanted = "list" if name == "list_name" else name
        header = next((h for h in sheet.header if cell(Line(0, {h: "x"}), wanted)), None)
        if header is not None:
            renamed[header] = text
    new = Line(line.number, renamed)
    return replace(sheet, lines=tuple(new if other is line else other for other in sheet.lines))


# --- what the study writes beside


def _column_faults(book: Book) -> Iterator[Fault]:
    """Words of « usage », « mesure » and « manque » that are none: a name would stay in clear for a slip of the pen."""
    for line in _lines(book, "survey"):
        for word in read_usage(line.cells.get("usage", ""))[1]:
            known = ", ".join(Usage)
            yield Fault(f"l'usage « {word} » n'existe pas. Usages possibles : {known}.", "survey", line.number)
        measure = line.cells.get("mesure", "")
        if measure and read_measure(measure) is None:
            message = f"la mesure « {measure} » n'existe pas. Mesures possibles : nominale, ordinale, continue."
            yield Fault(message, "survey", line.number)
        if begins := _EDGE.match(cell(line, "type")):
            message = f"« {begins[0]} » s'écrit en petites lettres : {begins[0].lower()}."
            yield Fault(message, "survey", line.number)
    for line in _lines(book, "choices"):
        missing = line.cells.get("manque", "")
        if missing and read_missing(missing) is None:
            message = f"« {missing} » n'est pas un manque. Écrivez ne sait pas, refus, sans objet, non posée ou autre."
            yield Fault(message, "choices", line.number)


def _lines(book: Book, sheet: str) -> tuple[Line, ...]:
    return book.sheets[sheet].lines if sheet in book.sheets else ()


def _lost_choices(book: Book) -> Iterator[Fault]:
    """pyxform passes over choices that stand in no list."""
    for line in _lines(book, "choices"):
        if not cell(line, "list") and cell(line, "name"):
            message = f"le choix « {cell(line, 'name')} » n'est dans aucune liste. Remplissez la colonne « list_name »."
            yield Fault(message, "choices", line.number)


def _repeated_usages(asked: Questionnaire) -> Iterator[Fault]:
    for usage in _ONCE:
        found = [question for question in asked.questions if usage in question.usage]
        for question in found[1:]:
            message = f"deux questions ont l'usage « {usage} » : {found[0].name} et {question.name}. Gardez-en une."
            yield Fault(message, "survey", question.line)
        for question in found:
            if question.repeat:
                message = f"l'usage « {usage} » ne va pas dans une partie répétée ({question.repeat}). Sortez-en-la."
                yield Fault(message, "survey", question.line)


def _wave_faults(asked: Questionnaire, waves: Sequence[str] | None) -> Iterator[Fault]:
    unknown = [wave for wave in asked.waves if wave not in waves] if waves is not None else []
    if unknown:
        yield Fault(unknown_waves(unknown, waves or ()), "settings", is_error=False)


def unknown_waves(unknown: Sequence[str], waves: Sequence[str]) -> str:
    """Waves to come are no fault: the study names them in its settings when it gets there."""
    said = (
        f"la vague « {unknown[0]} » n'est pas"
        if len(unknown) == 1
        else f"les vagues {', '.join(f'« {wave} »' for wave in unknown)} ne sont pas"
    )
    known = ", ".join(waves)
    return f"{said} dans « enquete.toml » (vagues de l'étude : {known}). Ajoutez-y ce qui manque, ou corrigez ici."


def _remarks(asked: Questionnaire, book: Book) -> Iterator[Fault]:
    for question in asked.questions:
        yield from (Fault(message, "survey", question.line, is_error=False) for message in _doubts(question))
    used = Counter(word for line in _lines(book, "survey") for word in words(" ".join(line.cells.values())))
    lists = dict.fromkeys(name for line in _lines(book, "choices") if (name := cell(line, "list")))
    for name in lists:
        if not any(name in word.split("=") or name in word for word in used):
            line = next(line for line in _lines(book, "choices") if cell(line, "list") == name)
            message = f"aucune question n'emploie la liste « {name} ». Retirez-la, ou corrigez le nom dans « type »."
            yield Fault(message, "choices", line.number, is_error=False)


def _doubts(question: Question) -> Iterator[str]:
    if question.kind is QuestionKind.OTHER:
        return
    length = len(question.label.split())
    if length > LONG:
        yield f"{n('mot', length)} pour une seule question : à l'oral, on en perd le début. Coupez-la."
    if not question.usage and _asks_who(question):
        yield (
            f"« {question.name} » semble demander qui est la personne ou comment la joindre. Écrivez « identité » ou "
            "« contact » dans la colonne « usage » : la réponse ira au coffre, et non parmi celles qu'on lit."
        )
    kinds = Counter(choice.missing for choice in question.choices if choice.missing)
    for kind, count in kinds.items():
        if count > 1 and folded(worded(kind)) != "autre manquant":
            yield f"« {question.name} » a {n('choix', count, 'choix')} qui veulent dire « {worded(kind)} »."


def _asks_who(question: Question) -> bool:
    if question.kind in _FIGURES:
        return asks_number_of(question.label)
    if question.kind is not QuestionKind.TEXT:
        return False
    return named_as_identity(question.name) or (len(question.label.split()) < 8 and named_as_identity(question.label))
