"""A questionnaire proposed from the structure of a LimeSurvey survey (.lss), to be read over by a person.

Names are LimeSurvey's codes; a subquestion is « Q21_SQ002 », which exports call « Q21[SQ002] ». A condition that has no
equal here is kept in the hint.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import file_bytes
from enquete.survey.identity import asks_who, named_as_identity
from enquete.survey.matching.platforms import names_people
from enquete.survey.questionnaire.columns import plain_missing
from enquete.survey.questionnaire.drafts import KEYS, Draft, plain_name
from enquete.tables import column_key
from enquete.wording import label as worded

if TYPE_CHECKING:
    from lxml.etree import _Element

Row = Mapping[str, str]
_Choices = list[tuple[str, str, str]]

_FIVE: _Choices = [(str(n), str(n), "") for n in range(1, 6)]
_TEN: _Choices = [(str(n), str(n), "") for n in range(1, 11)]
_YES_NO: _Choices = [("Y", "Oui", ""), ("N", "Non", "")]
_YES_UNSURE_NO: _Choices = [("Y", "Oui", ""), ("U", "Incertain", ""), ("N", "Non", "")]
_MORE_LESS: _Choices = [("I", "Augmentation", ""), ("S", "Sans changement", ""), ("D", "Diminution", "")]
_GENDER: _Choices = [("F", "Féminin", ""), ("M", "Masculin", "")]

_ONE_FIXED = {"Y": _YES_NO, "G": _GENDER, "5": _FIVE}
_GRID_FIXED = {"A": _FIVE, "B": _TEN, "C": _YES_UNSURE_NO, "E": _MORE_LESS}
_TEXTS = "STU"
_NAMED = {
    "X": "texte affiché", "*": "calcul", "|": "fichier à joindre", "I": "choix de la langue",
}  # fmt: skip
_REFERENCE = re.compile(r"^\{?\s*(?:\d+X\d+X)?([A-Za-z]\w*?)(?:\.(?:NAOK|value|shown|code))*\s*\}?$")
_COMPARED = re.compile(
    r"\(?\s*([\w.]+)\s*(==|!=|>=|<=|>|<|eq|ne|gt|ge|lt|le)\s*(\"[^\"]*\"|'[^']*'|-?\d+(?:\.\d+)?)\s*\)?"
)
_SIGNS = {"==": "=", "eq": "=", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}


@dataclass(slots=True)
class _Survey:
    """The tables of the file that say what is asked, texts in the survey's own language put into their rows."""

    title: str
    groups: list[Row]
    questions: list[Row]
    subquestions: dict[str, list[Row]]
    answers: dict[str, list[Row]]
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def draft_of_lss(path: Path) -> Draft:
    """Raises EnqueteError: FILE_NOT_FOUND, LSS_UNREADABLE, LSS_EMPTY."""
    survey = _read(path)
    if not survey.questions:
        raise EnqueteError(Problem.LSS_EMPTY, where=path.name)
    draft = Draft(survey.title or path.stem)
    for group in survey.groups:
        asked = [question for question in survey.questions if question.get("gid") == group.get("gid")]
        if not asked:
            continue
        name = f"g_{plain_name(_plain(group.get('group_name', '')) or 'groupe')}"
        filtered = _relevant(group.get("grelevance", ""), survey)
        draft.add("begin_group", name, _plain(group.get("group_name", "")) or name, relevant=filtered[0])
        _note_filter(draft, name, filtered[1])
        if description := _plain(group.get("description", "")):
            draft.add("note", f"{name}_note", description)
        for question in asked:
            _add(draft, question, survey)
        draft.end("group")
    draft.note_key(_mark_key(draft), "question")
    return draft


def _mark_key(draft: Draft) -> str:
    """The first question that asks for the code of the person gets this usage; gives its name, "" for none."""
    for row in draft.rows:
        said = (row.get("name", ""), row.get("label", ""))
        asked = any(map(names_people, said)) or not KEYS.isdisjoint(map(column_key, said))
        if row["type"] == "text" and asked:
            row["usage"] = "clé"
            return row["name"]
    return ""


# --- the file


def _read(path: Path) -> _Survey:
    from lxml import etree

    data = file_bytes(path)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        raise EnqueteError(Problem.LSS_UNREADABLE, where=path.name) from None
    if root.tag != "document" or root.findtext("LimeSurveyDocType") != "Survey":
        raise EnqueteError(Problem.LSS_UNREADABLE, where=path.name)
    tables = {table.tag: list(_rows(table)) for table in root if table.find("rows") is not None}
    language = next((row["language"] for row in tables.get("surveys", []) if row.get("language")), "")
    return _assembled(tables, language or root.findtext("languages/language") or "")


def _rows(table: _Element) -> Iterator[Row]:
    for row in table.iterfind("rows/row"):
        yield {str(cell.tag): (cell.text or "").strip() for cell in row}


def _assembled(tables: Mapping[str, list[Row]], language: str) -> _Survey:
    """Before version 4, texts stand in the rows, one a language; since, in tables of their own."""
    questions = _spoken(tables.get("questions", []), tables.get("question_l10ns", []), "qid", language)
    children = _spoken(tables.get("subquestions", []), tables.get("question_l10ns", []), "qid", language)
    answers = _spoken(tables.get("answers", []), tables.get("answer_l10ns", []), "aid", language)
    groups = _spoken(tables.get("groups", []), tables.get("group_l10ns", []), "gid", language)
    settings = [row for row in tables.get("surveys_languagesettings", []) if row.get("surveyls_language") == language]
    attributes: dict[str, dict[str, str]] = {}
    for row in tables.get("question_attributes", []):
        attributes.setdefault(row.get("qid", ""), {}).setdefault(row.get("attribute", ""), row.get("value", ""))
    order = {group.get("gid", ""): place for place, group in enumerate(_ordered(groups, "group_order"))}
    asked = [row for row in questions if row.get("parent_qid", "0") in ("", "0")]
    asked = sorted(_ordered(asked, "question_order"), key=lambda row: order.get(row.get("gid", ""), 0))
    return _Survey(
        title=_plain(settings[0].get("surveyls_title", "")) if settings else "",
        groups=_ordered(groups, "group_order"),
        questions=asked,
        subquestions=_by(_ordered(children, "question_order"), "parent_qid"),
        answers=_by(_ordered(answers, "sortorder"), "qid"),
        attributes=attributes,
    )


def _spoken(rows: Sequence[Row], texts: Sequence[Row], key: str, language: str) -> list[Row]:
    """Each row once, with its texts in this language, or in another where it has none."""
    said: dict[str, Row] = {}
    for row in texts:
        if row.get("language") == language or row.get(key, "") not in said:
            said[row.get(key, "")] = row
    kept: dict[str, Row] = {}
    for row in rows:
        number = row.get(key) or f"{row.get('qid', '')}/{row.get('code', '')}/{row.get('scale_id', '')}"
        if number not in kept or row.get("language") == language:
            kept[number] = {**row, **said.get(row.get(key, "?"), {})}
    return list(kept.values())


def _ordered(rows: Sequence[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: int(row.get(column) or 0) if (row.get(column) or "0").isdecimal() else 0)


def _by(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get(column, ""), []).append(row)
    return found


def _plain(text: str) -> str:
    """Without tags; a paragraph or a line break is one."""
    broken = re.sub(r"<(?:br\s*/?|/p|/div|/li)>", "\n", text, flags=re.IGNORECASE)
    bare = html.unescape(
        re.sub(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]+>", "", broken, flags=re.DOTALL | re.IGNORECASE)
    )
    lines = [" ".join(line.split()) for line in bare.replace("\u00a0", " ").split("\n")]
    return "\n".join(line for line in lines if line)


# --- questions


def _add(draft: Draft, question: Row, survey: _Survey) -> None:
    kind, code = question.get("type", ""), question.get("title", "")
    label = _plain(question.get("question", "")) or code
    relevant, unsaid = _relevant(question.get("relevance", ""), survey)
    hint = _plain(question.get("help", ""))
    cells = {"hint": hint, "required": "yes" if question.get("mandatory") in ("Y", "S") else "", "relevant": relevant}
    if unsaid:
        cells["hint"] = f"{hint}\nSeulement si : {unsaid}".strip().replace("${", "{")
    before = len(draft.rows)
    _add_kind(draft, kind, code, label, question, survey, cells)
    made = draft.rows[before]["name"] if len(draft.rows) > before else code
    _note_filter(draft, made, unsaid)


def _add_kind(
    draft: Draft, kind: str, code: str, label: str, question: Row, survey: _Survey, cells: dict[str, str]
) -> None:
    qid = question.get("qid", "")
    children = survey.subquestions.get(qid, [])
    answers = _answers(survey.answers.get(qid, []))
    other = " or_other" if question.get("other") == "Y" else ""
    if kind in "L!O" and answers:
        draft.add(f"select_one {draft.list_of(code, answers, alone=bool(other))}{other}", code, label, **cells)
        if kind == "O":
            draft.add("text", f"{code}_comment", f"{label} – commentaire", relevant=cells["relevant"])
    elif kind in _ONE_FIXED:
        draft.add(f"select_one {draft.list_of(code, _ONE_FIXED[kind])}", code, label, **cells)
    elif kind in "MP" and children:
        choices = [
            (child.get("title", ""), _plain(child.get("question", "")) or child.get("title", ""), "")
            for child in children
        ]
        draft.add(f"select_multiple {draft.list_of(code, choices, alone=bool(other))}{other}", code, label, **cells)
        if kind == "P":
            draft.notes.append(f"« {code} » a un commentaire par choix : il n'est pas repris.")
    elif kind == "R" and answers:
        draft.add(f"rank {draft.list_of(code, answers)}", code, label, **cells)
    elif kind in ("N", "D") or kind in _TEXTS:
        draft.add(_simple(kind, survey.attributes.get(qid, {})), code, label, **cells, **_usage(kind, code, label))
    elif kind == "X":
        draft.add("note", code, label, relevant=cells["relevant"])
    elif children and (kind in _GRID_FIXED or kind in "FH1QK;:"):
        _add_grid(draft, kind, code, label, survey, qid, cells)
    else:
        what = _NAMED.get(kind, f"type « {kind} »")
        draft.notes.append(f"« {code} » ({what}) n'est pas repris : ajoutez cette question à la main s'il le faut.")


def _answers(rows: Sequence[Row], scale: str = "0") -> _Choices:
    made = {}
    for row in rows:
        if (row.get("scale_id") or "0") == scale:
            text = _plain(row.get("answer", "")) or row.get("code", "")
            kind = plain_missing(text)
            made[row.get("code", "")] = (row.get("code", ""), text, worded(kind) if kind else "")
    return list(made.values())


def _simple(kind: str, attributes: Mapping[str, str]) -> str:
    if kind == "N":
        return "integer" if attributes.get("num_value_int_only") == "1" else "decimal"
    if kind == "D":
        return "dateTime" if re.search("[HhiM]{2}:|:", attributes.get("date_format", "")) else "date"
    return "text"


def _usage(kind: str, code: str, label: str) -> dict[str, str]:
    """Who the person is, or how to reach them: for the vault."""
    if kind not in _TEXTS or not (named_as_identity(code) or asks_who(label) or named_as_identity(label)):
        return {}
    contact = re.search(r"t[ée]l|phone|portable|mail|courriel|adress|joindre", f"{code} {label}", re.IGNORECASE)
    return {"usage": "contact" if contact else "identité"}


def _add_grid(draft: Draft, kind: str, code: str, label: str, survey: _Survey, qid: str, cells: dict[str, str]) -> None:
    """A group that bears the question, a row of the grid a question of its own; two where it has two scales."""
    children = survey.subquestions.get(qid, [])
    lines = [child for child in children if (child.get("scale_id") or "0") == "0"]
    columns = [child for child in children if child.get("scale_id") == "1"]
    draft.add("begin_group", f"{code}_g", label, hint=cells["hint"], relevant=cells["relevant"])
    for line in lines:
        name, said = f"{code}_{line.get('title', '')}", _plain(line.get("question", "")) or line.get("title", "")
        if kind in ";:":
            for column in columns:
                both = f"{said} – {_plain(column.get('question', '')) or column.get('title', '')}"
                draft.add("text" if kind == ";" else "decimal", f"{name}_{column.get('title', '')}", both)
        elif kind in "QK":
            draft.add(
                "text" if kind == "Q" else "decimal", name, said, **(_usage("S", name, said) if kind == "Q" else {})
            )
        elif kind == "1":
            for scale in ("0", "1"):
                choices = _answers(survey.answers.get(qid, []), scale)
                if choices:
                    listed = draft.list_of(f"{code}_{int(scale) + 1}", choices)
                    draft.add(f"select_one {listed}", f"{name}_{scale}", said, required=cells["required"])
        else:
            choices = _GRID_FIXED.get(kind) or _answers(survey.answers.get(qid, []))
            if choices:
                draft.add(f"select_one {draft.list_of(code, choices)}", name, said, required=cells["required"])
    draft.end("group")


# --- conditions


def _relevant(expression: str, survey: _Survey) -> tuple[str, str]:
    """(the condition as XLSForm writes it, "") or ("", what could not be put so)."""
    text = expression.strip()
    if text in ("", "1"):
        return "", ""
    bare = text
    while bare.startswith("(") and bare.endswith(")") and _one_pair(bare):
        bare = bare[1:-1].strip()
    said = []
    pieces = re.split(r"\s+(and|or|&&|\|\|)\s+", bare, flags=re.IGNORECASE)
    if len({piece.lower() for piece in pieces[1::2]}) > 1:
        return "", text
    for piece in pieces[::2]:
        found = _COMPARED.fullmatch(piece.strip(" ()"))
        named = _REFERENCE.match(found[1]) if found else None
        question = _question_named(named[1], survey) if named else None
        if not found or question is None:
            return "", text
        value = found[3].strip("'\"")
        sign = _SIGNS.get(found[2].lower(), found[2])
        if question.get("type", "") in ("M", "P"):
            return "", text
        quoted = value if re.fullmatch(r"-?\d+(?:\.\d+)?", value) and sign not in ("=", "!=") else f"'{value}'"
        said.append(f"${{{plain_name(question.get('title', ''))}}} {sign} {quoted}")
    link = " or " if any(piece.lower() in ("or", "||") for piece in pieces[1::2]) else " and "
    return link.join(said), ""


def _one_pair(text: str) -> bool:
    """Whether the first parenthesis is closed by the last."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def _question_named(code: str, survey: _Survey) -> Row | None:
    """By its code, or by its number in the old way of exports (123X4X56)."""
    return next((row for row in survey.questions if code in (row.get("title", ""), row.get("qid", ""))), None)


def _note_filter(draft: Draft, name: str, unsaid: str) -> None:
    if unsaid:
        draft.notes.append(
            f"Le filtre de « {name} » est à récrire dans la colonne « relevant ». LimeSurvey l'écrit : {unsaid}"
        )
