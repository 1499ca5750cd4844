"""From the sheets of an XLSForm to the questions that it asks, through pyxform's own reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure
from enquete.survey.questionnaire.columns import plain_missing, read_measure, read_missing, read_usage, words
from enquete.survey.questionnaire.sheets import Book, Fault, Line, read_book
from enquete.survey.questionnaire.types import Choice, Question, QuestionKind, Questionnaire, Usage

_LINE, _TYPE = "enquete_line", "enquete_type"  # columns of our own: pyxform gives each row back with its line and type
OTHER_LABEL = "Autre"
OTHER_WORDS = "Autre, précisez :"

_SELECTS = {
    "select one": QuestionKind.ONE,
    "select one external": QuestionKind.ONE,
    "select all that apply": QuestionKind.MANY,
    "rank": QuestionKind.RANK,
}
_BOUND = {
    "int": QuestionKind.INTEGER,
    "decimal": QuestionKind.DECIMAL,
    "date": QuestionKind.DATE,
    "time": QuestionKind.TIME,
    "dateTime": QuestionKind.DATETIME,
    "string": QuestionKind.TEXT,
    "barcode": QuestionKind.TEXT,
}
_SCALES = (QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.DATE, QuestionKind.TIME, QuestionKind.DATETIME)
_REACHING = ("phone number", "phonenumber", "email", "username")  # types that ask or tell how somebody is reached
_LONGEST_SCALE = 12
_AGREED = ("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt")
_DAYS = {"today": QuestionKind.DATE, "start": QuestionKind.DATETIME}


def read_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire in a .md, .xlsx, .xlsm, .xls or .csv file (see `sheets` for what may be written).

    Raises EnqueteError: QUESTIONNAIRE_FAULTS with every fault, each with its sheet and line; and what `read_book` does.
    """
    from enquete.survey.questionnaire.checking import errors

    book = read_book(path)
    faults = errors(book)
    if faults:
        raise refusal(book.source, faults)
    return questionnaire(book)


def refusal(source: str, faults: Sequence[Fault]) -> EnqueteError:
    """The error that tells these faults."""
    told = "".join(f"\n  {place + ' : ' if (place := fault.place()) else ''}{fault.message}" for fault in faults)
    return EnqueteError(Problem.QUESTIONNAIRE_FAULTS, where=source, faults=told)


def definition(book: Book, *, lines: bool = False) -> dict[str, Any]:
    """The sheets as pyxform takes them. lines: with the line of each row of the survey in a column of ours."""
    made: dict[str, Any] = {"sheet_names": list(book.names), "fallback_form_name": Path(book.source).stem}
    for name, sheet in book.sheets.items():
        told = lines and name == "survey"
        made[name] = [{**line.cells, **(_told(line) if told else {})} for line in sheet.lines]
        made[f"{name}_header"] = [dict.fromkeys((*sheet.header, *((_LINE, _TYPE) if told else ())))]
    return made


def _told(line: Line) -> dict[str, str]:
    kinds = [cell for header, cell in line.cells.items() if header.casefold() in ("type", "command")]
    return {_LINE: str(line.number), _TYPE: " ".join(kinds[0].split()) if kinds else ""}


def questionnaire(book: Book, form: Mapping[str, Any] | None = None) -> Questionnaire:
    """form: the book as `parsed` gives it, if it was parsed. Raises what `crashes` tells for one that can't be read."""
    form = parsed(book) if form is None else form
    settings = _one_row(book, "settings")
    language = _language(form)
    steps = list(_steps(form, language))
    asked = _with_day([step.question for step in steps if step.question])
    return Questionnaire(
        name=Path(book.source).stem,
        title=str(form.get("title") or "") if _titled(settings) else Path(book.source).stem,
        questions=tuple(_unique(asked)),
        source=book.source,
        version=str(form.get("version") or ""),
        waves=tuple(words(settings.get("vague", ""))),
        language=language,
        sheets={name: tuple(line.cells for line in sheet.lines) for name, sheet in book.sheets.items()},
    )


def parsed(book: Book) -> dict[str, Any]:
    """The form as pyxform's own nested dictionaries, each row of the survey with its line."""
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData

    made: dict[str, Any] = workbook_to_json(
        DefinitionData(**definition(book, lines=True)), fallback_form_name=Path(book.source).stem
    )
    return made


def crashes() -> tuple[type[Exception], ...]:
    """What pyxform raises: its own errors, and those of forms that it did not foresee."""
    from pyxform.errors import PyXFormError

    return (PyXFormError, LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RuntimeError)


def unknown_types(form: Mapping[str, Any]) -> list[str]:
    """Types of questions that pyxform does not know: it tells so only when it writes the form."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    known = {*QUESTION_TYPE_DICT, *_SELECTS, "group", "repeat", "loop", "entity"}
    return [row["type"] for row in _rows(form["children"]) if row["type"] not in known]


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next in a form: a heading (group, repeat), a note or a question.

    level: how many groups stand around it. kind: « group », « repeat », « note », « question », or « other », the words
    that « or_other » asks for. relevant: its own condition only. scale: what a short range of whole numbers offers.
    """

    kind: str
    level: int
    label: str
    hint: str = ""
    relevant: str = ""
    question: Question | None = None
    name: str = ""
    scale: tuple[str, ...] = ()


def steps(book: Book) -> list[Step]:
    """The form in the order in which it is gone through. Raises pyxform's PyXFormError."""
    form = parsed(book)
    return list(_steps(form, _language(form)))


def _one_row(book: Book, sheet: str) -> Mapping[str, str]:
    found = book.sheets.get(sheet)
    return found.lines[0].cells if found and found.lines else {}


def _titled(settings: Mapping[str, str]) -> bool:
    return any("title" in header.casefold() for header in settings)


def _language(form: Mapping[str, Any]) -> str:
    """The language that is shown: French where there is one, else the form's default, else its first; "": only one."""
    found: dict[str, None] = {}
    for row in _rows(form["children"]):
        if isinstance(row.get("label"), Mapping):
            found |= dict.fromkeys(row["label"])
    default = str(form.get("default_language") or "default")
    french = [name for name in found if name.casefold().startswith("fr") or "(fr" in name.casefold()]
    chosen = [*french, *([default] if default in found else []), *found, ""][0]
    return "" if chosen == "default" else chosen


def _rows(children: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in children:
        yield row
        yield from _rows(row.get("children", ()))


def _said(value: object, language: str) -> str:
    """A label in this language, else in the default one, else in the first that has it."""
    if isinstance(value, Mapping):
        found = [value.get(language), value.get("default"), *value.values()]
        return next((str(text) for text in found if text), "")
    return str(value or "")


@dataclass(frozen=True, slots=True)
class _Place:
    path: tuple[str, ...] = ()
    repeat: str = ""
    loop: Mapping[str, str] = field(default_factory=dict)  # what %(name)s and %(label)s stand for


def _steps(form: Mapping[str, Any], language: str) -> Iterator[Step]:
    return _walk(form["children"], _Place(), form.get("choices", {}), language)


def _walk(
    children: Sequence[Mapping[str, Any]], place: _Place, lists: Mapping[str, Any], language: str
) -> Iterator[Step]:
    line = 0
    for row in children:
        kind, level = row["type"], len(place.path)
        line = int(row.get(_LINE, line))
        if _LINE not in row and not _asks_other(row):
            continue  # pyxform's own: counts of repeats, heads of tables, metadata
        text = _replaced(_said(row.get("label"), language), place.loop)
        hint = _replaced(_said(row.get("hint"), language), place.loop)
        relevant = str(row.get("bind", {}).get("relevant", ""))
        if kind in ("group", "repeat", "loop"):
            path = (*place.path, row["name"])
            yield Step("repeat" if kind == "repeat" else "group", level, text, hint, relevant, None, row["name"])
            inside = replace(place, path=path, repeat="/".join(path) if kind == "repeat" else place.repeat)
            for column in row["columns"] if kind == "loop" else [None]:
                yield from _walk(row["children"], _looped(inside, column, language), lists, language)
        elif kind == "note" or (kind not in _SELECTS and _shown_only(row)):
            yield Step("note", level, text, hint, relevant, None, row["name"])
        elif kind not in ("xml-external", "csv-external", "entity"):
            asked = _question(row, line, place, lists, language)
            kind = "question" if _LINE in row else "other"
            yield Step(kind, level, asked.label, asked.hint, relevant, asked, asked.name, _scale(row))


def _asks_other(row: Mapping[str, Any]) -> bool:
    """Whether it is the question that pyxform adds for « or_other »."""
    return bool(row["type"] == "text" and row["name"].endswith("_other"))


def _looped(place: _Place, column: Mapping[str, Any] | None, language: str) -> _Place:
    """Inside one column of a loop, which is a group that bears the name of a choice."""
    if column is None:
        return place
    loop = {"name": str(column["name"]), "label": _said(column.get("label"), language)}
    return replace(place, path=(*place.path, loop["name"]), loop=loop)


def _replaced(text: str, loop: Mapping[str, str]) -> str:
    for name, value in loop.items():
        text = text.replace(f"%({name})s", value)
    return text


def _shown_only(row: Mapping[str, Any]) -> bool:
    """A text that may only be read says something and asks nothing."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    bound = QUESTION_TYPE_DICT.get(row["type"], {}).get("bind") or {}
    said = {**bound, **row.get("bind", {})}
    return bound.get("type") == "string" and str(said.get("readonly", "")).casefold() in ("true()", "yes", "true")


def _question(row: Mapping[str, Any], line: int, place: _Place, lists: Mapping[str, Any], language: str) -> Question:
    written = str(row.get(_TYPE, row["type"]))
    usage = read_usage(str(row.get("usage", "")))[0]
    if row["type"] in _REACHING and not usage:
        usage = frozenset({Usage.CONTACT})
    kind = kind_of(row, usage)
    label = _said(row.get("label"), language) if _LINE in row else OTHER_WORDS
    return Question(
        name=str(row["name"]),
        kind=kind,
        type=written,
        label=_replaced(label, place.loop),
        hint=_replaced(_said(row.get("hint"), language), place.loop),
        choices=_choices(row, kind, lists, language),
        path=place.path,
        repeat=place.repeat,
        other=written.endswith((" or_other", " or other", " or specify other")),
        usage=usage,
        measure=read_measure(str(row.get("mesure", ""))) or _usual_measure(kind),
        situation=str(row.get("situation", "")).strip(),
        required=str(row.get("bind", {}).get("required", "")).casefold() in ("yes", "true", "true()"),
        relevant=str(row.get("bind", {}).get("relevant", "")),
        line=line,
    )


def kind_of(row: Mapping[str, Any], usage: frozenset[Usage]) -> QuestionKind:
    """usage: what is calculated or kept hidden is read only where it has one."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    kind = row["type"]
    if kind in _SELECTS:
        return _SELECTS[kind]
    if kind == "range":
        steps = [row.get("parameters", {}).get(name, "1") for name in ("start", "end", "step")]
        return QuestionKind.INTEGER if all(map(_whole, steps)) else QuestionKind.DECIMAL
    known = QUESTION_TYPE_DICT.get(kind, {})
    control = (known.get("control") or {}).get("tag", "")
    bound = _BOUND.get((known.get("bind") or {}).get("type", ""), QuestionKind.OTHER)
    if control == "trigger" and kind in _AGREED:
        return QuestionKind.ONE
    if control == "input":
        return bound
    if usage and bound is QuestionKind.TEXT:
        return QuestionKind.DECIMAL if usage == {Usage.WEIGHT} else QuestionKind.TEXT
    return bound if usage and bound in _SCALES else QuestionKind.OTHER


def _scale(row: Mapping[str, Any]) -> tuple[str, ...]:
    if row["type"] != "range":
        return ()
    bounds = [str(row["parameters"].get(name, "")) for name in ("start", "end", "step")]
    if not all(map(_whole, bounds)):
        return ()
    start, end, step = (int(float(bound)) for bound in bounds)
    found = range(start, end + (1 if start <= end else -1), abs(step) if start <= end else -abs(step)) if step else ()
    return tuple(map(str, found)) if len(found) <= _LONGEST_SCALE else ()


def _whole(number: object) -> bool:
    try:
        return float(str(number)).is_integer()
    except ValueError:
        return False


def _usual_measure(kind: QuestionKind) -> Measure:
    if kind is QuestionKind.RANK:
        return Measure.ORDINAL
    return Measure.SCALE if kind in _SCALES else Measure.NOMINAL


def _choices(row: Mapping[str, Any], kind: QuestionKind, lists: Mapping[str, Any], language: str) -> tuple[Choice, ...]:
    """A list that stands in another file, or is made of earlier answers, is not known here."""
    if row["type"] in _AGREED:
        return (Choice("OK", "OK"),)
    if kind not in _SELECTS.values() or row["type"] == "select one external":
        return ()
    from pyxform.constants import OR_OTHER_CHOICE

    french = language.casefold().startswith("fr")
    made = []
    for choice in lists.get(row.get("itemset", ""), ()):
        name, label = str(choice["name"]), _said(choice.get("label"), language)
        if choice is OR_OTHER_CHOICE or (french and _added(choice)):
            label = OTHER_LABEL
        missing = read_missing(str(choice.get("manque", ""))) if choice.get("manque") else plain_missing(label, name)
        made.append(Choice(name, label, missing))
    return tuple(made)


def _added(choice: Mapping[str, Any]) -> bool:
    """Whether pyxform added it to the list for « or_other »: in every language, it says « Other »."""
    label = choice.get("label")
    return choice["name"] == "other" and isinstance(label, Mapping) and set(label.values()) == {"Other"}


def _with_day(asked: Sequence[Question]) -> list[Question]:
    """Where no question is said to give the day of the answers, the form's own date of the day does."""
    if not any(Usage.DAY in question.usage for question in asked):
        for kind, read in _DAYS.items():
            for place, question in enumerate(asked):
                if question.type.removeprefix("get ").split(" ")[0] == kind and not question.usage:
                    dated = replace(question, kind=read, usage=frozenset({Usage.DAY}), measure=Measure.SCALE)
                    return [*asked[:place], dated, *asked[place + 1 :]]
    return list(asked)


def _unique(asked: Sequence[Question]) -> Iterator[Question]:
    """Two groups may each have a question of one name: their groups then stand before it, « foyer/age »."""
    counts = Counter(question.name for question in asked)
    for question in asked:
        if counts[question.name] > 1:
            yield replace(question, name="/".join((*question.path, question.name)))
        else:
            yield question
