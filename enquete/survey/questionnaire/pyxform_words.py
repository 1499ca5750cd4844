"""What pyxform says of a form, in French, with the line that it speaks of and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from enquete.survey.questionnaire.sheets import Book, Fault, Line

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|for sheet: '(\w+)'")
# What XLSForm also calls a column.
_ALIASES = {
    "type": ("type", "command"),
    "name": ("name", "tag", "value"),
    "label": ("label", "caption"),
    "list": ("list_name", "list name"),
}


class _Said(NamedTuple):
    """pattern: of pyxform's message; words: of ours, over its named groups and the cells of the row.

    found: (sheet, column, group) where the row is not given: the row that holds the group's text in this column.
    """

    pattern: str
    words: str
    found: tuple[str, str, str] | None = None


_SURVEY = "survey"
_ERRORS = (
    _Said(
        r"You must have a sheet named 'survey'\..*were found: (?P<near>[^.]*)\.",
        "il n'a pas de feuille « survey », celle des questions, mais une feuille « {near} ». Corrigez ce nom.",
    ),
    _Said(
        r"You must have a sheet named 'survey'",
        "il n'a pas de feuille « survey », celle des questions. Donnez ce nom à l'onglet, ou au titre qui précède le "
        "tableau (« ## survey »).",
    ),
    _Said(
        r"\[row : 1\] On the 'choices' sheet, the '(?P<column>.*)' value is invalid\. Column headers",
        "le titre de colonne « {column} » contient une espace : pyxform laissera cette colonne. Écrivez-le en un mot.",
    ),
    _Said(r".*Question with no type", "la colonne « type » est vide. Écrivez-y text, integer, select_one LISTE…"),
    _Said(r".*Question or group with no name", "la colonne « name » est vide. Donnez un nom court à cette question."),
    _Said(
        r".*the 'name' value '(?P<value>.*)' is invalid\. Questions, groups, and repeats must be unique",
        "deux questions ou groupes ont le nom « {value} ». Donnez à l'un des deux un autre nom.",
    ),
    _Said(
        r".*the 'name' value '(?P<value>.*)' is invalid\. Repeat names must not be the same as the survey",
        "une partie répétée ne peut pas s'appeler « {value} ». Donnez-lui un autre nom.",
    ),
    _Said(
        r".*the 'name' value '(?P<value>.*)' is invalid\. Repeat names must unique",
        "deux parties répétées ont le nom « {value} ». Donnez à l'une des deux un autre nom.",
    ),
    _Said(r".*The name 'meta' is reserved", "le nom « meta » est réservé. Choisissez-en un autre."),
    _Said(r".*Choices must have a name", "ce choix n'a pas de « name ». Donnez-lui un code court : 1, 2, oui…"),
    _Said(
        r".*Choice names must be unique",
        "deux choix de la liste « {list} » ont le nom « {name} ». Donnez à chacun le sien.",
    ),
    _Said(
        r".*the 'name' value is invalid\. Names must begin with a letter",
        "« {name} » ne peut pas être un nom : des lettres, des chiffres, « _ », « - » ou « . », sans espace, et une "
        "lettre pour commencer.",
    ),
    _Said(
        r"The '(?P<name>.*)' value is invalid\. Names must begin with a letter",
        "« {name} » ne peut pas être un nom : des lettres, des chiffres, « _ », « - » ou « . », sans espace, et une "
        "lettre pour commencer.",
        (_SURVEY, "name", "name"),
    ),
    _Said(
        r".*Unmatched 'end_(?P<kind>\w+)'",
        "cette fin ({kind}) ne ferme rien de ce qui est ouvert. Vérifiez que « begin » et « end » vont par paires, "
        "l'une dans l'autre.",
    ),
    _Said(
        r".*Unmatched 'begin_(?P<kind>\w+)'.*for the name '(?P<value>.*)'",
        "« {value} » est ouvert (begin_{kind}) et n'est jamais fermé. Ajoutez une ligne « end_{kind} » après sa "
        "dernière question.",
    ),
    _Said(
        r".*Reference variables must contain a name from the 'survey' sheet\. Could not find the name '(?P<q>.*)'",
        "{column} parle de « ${{{q}}} », et aucune question n'a ce nom. Corrigez-le, majuscules comprises.",
    ),
    _Said(
        r".*Reference variables names must be unique anywhere in the 'survey'\. The name '(?P<q>.*)' appears",
        "{column} parle de « ${{{q}}} », et plusieurs questions ont ce nom. Donnez-leur des noms différents.",
    ),
    _Said(
        r".*Reference variables must start with",
        "{column} contient une référence mal écrite. Écrivez « ${{nom}} », accolades fermées et sans espace.",
    ),
    _Said(r".*Reference variable lists", "{column} : séparez par une virgule les références à plusieurs questions."),
    _Said(
        r"There should be a choices sheet",
        "il n'a pas de feuille « choices », alors que des questions ont des choix. Ajoutez-la, avec les colonnes "
        "« list_name », « name » et « label ».",
    ),
    _Said(
        r".*List name not in (?:choices|columns|external choices) sheet: (?P<value>.*)",
        "la liste de choix « {value} » n'existe pas. Ajoutez ses choix à la feuille « choices », ou corrigez son nom.",
    ),
    _Said(
        r"Choice names with spaces.*See \[(?P<value>.*)\] in \[(?P<list_said>.*)\]",
        "le choix « {value} » de la liste « {list_said} » a une espace dans son nom, ce qu'une question à plusieurs "
        "réponses ne permet pas. Remplacez-la par « _ ».",
        ("choices", "name", "value"),
    ),
    _Said(
        r"Unknown question type '(?P<value>.*)'",
        "le type « {value} » n'existe pas. Types usuels : text, integer, decimal, date, select_one LISTE, "
        "select_multiple LISTE, note, begin_group, end_group.",
        (_SURVEY, "type", "value"),
    ),
    _Said(
        r"The survey element named '(?P<value>.*)' has no label or hint",
        "la question « {value} » n'a pas de libellé. Remplissez la colonne « label ».",
        (_SURVEY, "name", "value"),
    ),
    _Said(
        r"There has been a problem trying to replace \$\{(?P<q>.*)\} with|There (?:is no|are multiple) survey "
        r"elements? named '(?P<q2>.*)'",
        "une référence « ${{{q}{q2}}} » ne désigne pas une question et une seule. Vérifiez les noms.",
    ),
    _Said(
        r".*Headers that are different names for the same column were found: '(?P<a>.*)', '(?P<b>.*)'\. Rename",
        "les colonnes « {a} » et « {b} » disent la même chose. Retirez l'une des deux.",
    ),
    _Said(
        r".*One or more required column headers were not found: (?P<missing>.*)\. Learn",
        "il manque une colonne : « {missing} ». La première ligne de la feuille doit nommer les colonnes.",
    ),
    _Said(
        r"Invalid headers provided for sheet.*missing mapping for '(?P<header>.*)', in which",
        "la colonne « {header} » n'a pas de titre lisible. La première ligne de la feuille doit nommer les colonnes.",
    ),
    _Said(
        r".*(?:Choice filter not supported with or_other)",
        "« or_other » et « choice_filter » ne vont pas ensemble. Ajoutez le choix « autre » et une question à part.",
    ),
    _Said(
        r".*Please specify choices for this 'or other'", "cette question n'a pas de choix. Ajoutez-les à « choices »."
    ),
    _Said(r".*Missing calculation", "ce calcul n'a pas de formule. Remplissez la colonne « calculation »."),
    _Said(
        r".*parameter '(?P<value>.*)' must be a number",
        "le paramètre « {value} » doit être un nombre : start=0 end=10 step=1.",
    ),
    _Said(r".*the parameter '(?P<value>.*)' must not be '0'", "le paramètre « {value} » ne peut pas être 0."),
    _Said(
        r".*the parameter '(?P<value>.*)' must not be larger",
        "le paramètre « {value} » est plus grand que l'échelle elle-même. Diminuez-le.",
    ),
    _Said(
        r".*Parameters must be in the form",
        "la colonne « parameters » ne se lit pas. Écrivez « clé=valeur », séparés par des espaces.",
    ),
    _Said(
        r".*The accepted parameter keys for this question type are '(?P<known>.*)'\. .*: '(?P<value>.*)'\.",
        "le paramètre « {value} » n'existe pas pour ce type de question. Permis : {known}.",
    ),
    _Said(
        r".*Badly formatted table list, list names don't match: (?P<a>.*) vs\. (?P<b>.*)",
        "dans un tableau (table-list), toutes les questions ont la même liste de choix ; ici « {a} » et « {b} ».",
    ),
    _Said(
        r"This section has not been included",
        "le type « include » n'est plus lu. Copiez à sa place les questions qu'il reprend d'un autre fichier.",
    ),
    _Said(r".*Repeat loop without list name", "« begin loop » doit nommer une liste : begin loop over LISTE."),
    _Said(
        r".*File name for '(?P<value>.*)' should end with",
        "« {value} » doit être suivi d'un nom de fichier : .csv, .xml ou .geojson.",
    ),
    _Said(
        r".*There should be an external_choices sheet",
        "il n'a pas de feuille « external_choices », qu'emploie une question. Ajoutez-la, ou écrivez « select_one ».",
    ),
)

_WARNINGS = (
    _Said(
        r".*Choices should have a label",
        "le choix « {name} » de la liste « {list} » n'a pas de libellé. Remplissez la colonne « label ».",
    ),
    _Said(
        r".*the 'name' value '(?P<value>.*)' is problematic",
        "« {value} » ne diffère d'un autre nom que par ses majuscules, que bien des logiciels confondent. Changez-le.",
    ),
    _Said(
        r"When looking for a sheet named '(?P<sheet_said>.*)', .*were found: (?P<near>[^.]*)\.",
        "la feuille « {near} » serait-elle « {sheet_said} » ? Si oui, donnez-lui ce nom ; sinon, faites commencer le "
        "sien par « _ ».",
    ),
    _Said(
        r".*Row without name, text, or label is being skipped",
        "cette ligne n'a ni type, ni nom, ni libellé : elle n'est pas une question. Complétez-la ou retirez-la.",
    ),
    _Said(
        r".*Repeat has no label", "la partie répétée « {name} » n'a pas de libellé. Remplissez la colonne « label »."
    ),
    _Said(
        r".*The 'disabled' column header",
        "la colonne « disabled » n'est plus en usage. Pour ne pas poser une question, employez « relevant ».",
    ),
    _Said(
        r".*\] (?P<value>.*) is no longer supported on most devices",
        "le type « {value} » n'est plus rempli par les téléphones d'aujourd'hui. Retirez cette ligne.",
    ),
    _Said(
        r".*Use the max-pixels parameter",
        "les photos partiront dans leur taille d'origine. Écrivez « max-pixels=1024 » dans la colonne « parameters ».",
    ),
    _Said(
        r".*language declarations do not contain valid machine-readable codes: (?P<value>.*)\. Learn",
        "langue sans son code : {value}. Écrivez « label::Français (fr) », « label::English (en) ».",
    ),
    _Said(
        r"Language 'default' is missing the (?P<where>\w+) (?:columns )?(?P<columns>.*?)(?: column)?\.$",
        "une colonne de la feuille « {where} » ne dit pas sa langue, alors que « {columns} » la dit. Écrivez-la "
        "partout (« label::Français (fr) », « hint::Français (fr) »), ou nulle part.",
    ),
    _Said(
        r"Language '(?P<value>.*)' is missing the (?P<where>\w+) (?:columns )?(?P<columns>.*?)(?: column)?\.$",
        "la feuille « {where} » n'a pas « {columns} » dans la langue « {value} ». Ajoutez la colonne "
        "« {columns}::{value} » : sans elle, ce texte ne s'affichera pas.",
    ),
    _Said(
        r"This form uses or_other and translations",
        "« or_other » n'est pas traduit : les mots « Other » et « Specify other » s'afficheront en anglais. Ajoutez le "
        "choix « autre » à la liste, et une question à part.",
    ),
    _Said(
        r"The form_id and id_string column headers are both",
        "« form_id » et « id_string » disent la même chose. Retirez l'une des deux colonnes.",
    ),
    _Said(
        r".*select one external is only meant",
        "« select_one_external » n'a de sens qu'avec « choice_filter ». Écrivez « select_one ».",
    ),
)


def told(message: str, book: Book, *, is_error: bool) -> Iterator[Fault]:
    """A message of pyxform as faults: several where it holds several."""
    for part in _parts(message):
        row, sheet = _ROW.search(part), _SHEET.search(part)
        name = (sheet[1] or sheet[2]) if sheet else (_SURVEY if row else "")
        line = _line(book, name, int(row[1])) if row else None
        yield _fault(part, book, name, line, is_error=is_error)


def _parts(message: str) -> list[str]:
    """One for each line that speaks of a row or a language, what goes on below left with it."""
    return [part.strip() for part in re.split(r"\n(?=\[row : |Language ')", message) if part.strip()]


def _line(book: Book, sheet: str, row: int) -> Line | None:
    """pyxform counts the rows of a sheet from 2, whatever file they come from."""
    lines = book.sheets[sheet].lines if sheet in book.sheets else ()
    return lines[row - 2] if 0 <= row - 2 < len(lines) else None


def cell(line: Line, column: str) -> str:
    """The cell of a column under any of its names, « label::Français (fr) » included; "" when it is empty."""
    for header, text in line.cells.items():
        if header.split(":")[0].strip().casefold() in _ALIASES.get(column, (column,)):
            return text
    return ""


def _fault(message: str, book: Book, sheet: str, line: Line | None, *, is_error: bool) -> Fault:
    flat = " ".join(message.split())
    for said in (*_ERRORS, *_WARNINGS):
        found = re.match(said.pattern, flat)
        if found:
            groups = {key: value or "" for key, value in found.groupdict().items()}
            if said.found and line is None:
                sheet, column, group = said.found
                line = _holding(book, sheet, column, groups[group])
            words = said.words.format_map(_Words(groups, line, flat))
            return Fault(words, sheet, line.number if line else 0, is_error)
    bare = _ROW.sub("", flat)
    return Fault(
        f"pyxform, qui lit les XLSForm, le refuse ou s'en étonne : « {bare} ».", sheet, _number(line), is_error
    )


def _number(line: Line | None) -> int:
    return line.number if line else 0


def _holding(book: Book, sheet: str, column: str, text: str) -> Line | None:
    lines = book.sheets[sheet].lines if sheet in book.sheets else ()
    return next((line for line in lines if " ".join(cell(line, column).split()) == text), None)


class _Words(dict[str, str]):
    """What stands in pyxform's message, and else in the row."""

    def __init__(self, groups: Mapping[str, str], line: Line | None, message: str) -> None:
        super().__init__({name: text.replace("', '", " », « ").strip("'") for name, text in groups.items()})
        if not self.get("column"):
            column = re.search(r"the '([^']*)' value is invalid", message)
            self["column"] = f"la colonne « {column[1]} »" if column else "cette ligne"
        for name in ("name", "list", "type"):
            if not self.get(name):
                self[name] = cell(line, name) if line else ""
