"""What the mapping file must settle, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from enquete.survey.matching.columns import claim_of, find_header
from enquete.survey.matching.mapping import Mapping, QuestionRules, SheetRules
from enquete.survey.matching.platforms import names_people
from enquete.survey.matching.types import ColumnReport, Use
from enquete.survey.questionnaire.types import QuestionKind, Questionnaire
from enquete.wording import n

TablesByName = dict[str, Sequence[str]]
"""Headers of each linked table."""

_SHOWN = 5
_WIDE = 60
_READ_AS = {
    QuestionKind.INTEGER: ("un nombre entier", "des nombres entiers"),
    QuestionKind.DECIMAL: ("un nombre", "des nombres"),
    QuestionKind.DATE: ("un jour du calendrier", "des jours du calendrier"),
    QuestionKind.TIME: ("une heure", "des heures"),
    QuestionKind.DATETIME: ("un jour et une heure", "des jours et des heures"),
}


def value_faults(report: ColumnReport, several: bool) -> list[str]:
    """Values that mean nothing to the question of the column, or two things. several: whether the file has other
    tables.
    """
    if not report.unknown or report.question is None:
        return []
    table = f" de « {report.table} »" if several else ""
    where = f"colonne « {report.column} »{table} : {values(report)}"
    name = report.question.name
    told = {
        "dates": f"{where} : ces dates se lisent de deux façons (jour et mois peuvent être échangés). Ajoutez à la "
        f'correspondance « dates = "jour-mois" » ou « dates = "mois-jour" ».',
        "decimale": f'{where} : virgule décimale ou milliers ? Ajoutez à la correspondance « decimale = "virgule" » '
        f'ou « decimale = "point" ».',
        "reponses": f"{where} : codes et libellés de la question « {name} » ne disent pas le même choix. Ajoutez à la "
        f'correspondance « reponses = "codes" » ou « reponses = "libelles" », ou dites ce que vaut chacune sous '
        f"[questions.{key(name)}.valeurs].",
    }
    first = next((told[settle] for settle in report.settle if settle in told), None)
    return [first or f"{where} : {_unread(report)}. {_remedy(report)}."]


def _unread(report: ColumnReport) -> str:
    """What is wrong with values: a choice that is not offered, or no date, no number at all."""
    question = report.question
    kind = question.kind if question and not question.choices else None
    if kind in _READ_AS:
        one, several = _READ_AS[kind]
        return f"ce n'est pas {one}" if len(report.unknown) == 1 else f"ce ne sont pas {several}"
    return f"la question « {question.name if question else ''} » ne connaît pas {_these(report)}"


def _these(report: ColumnReport) -> str:
    return "cette valeur" if len(report.unknown) == 1 else "ces valeurs"


def _remedy(report: ColumnReport) -> str:
    question = report.question
    name = key(question.name) if question else ""
    if question and question.choices:
        return f"Ajoutez à la correspondance ce que vaut chacune, sous [questions.{name}.valeurs]"
    return (
        f"Corrigez le fichier, ou ajoutez à la correspondance, sous [questions.{name}], « vides » (comptées comme "
        "rien) ou « manquants » (ne sait pas, refus…)"
    )


def values(report: ColumnReport) -> str:
    """« a » (ligne 3), « b » (lignes 4, 7 et 12 autres)."""
    told = [f"« {cut(text)} » ({lines(rows)})" for text, rows in list(report.unknown.items())[:_SHOWN]]
    more = len(report.unknown) - _SHOWN
    return ", ".join(told) + (f" et {n('autre valeur', more, 'autres valeurs')}" if more > 0 else "")


def cut(text: str) -> str:
    """On one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= _WIDE else f"{text[:_WIDE]}…"


def lines(rows: Sequence[int]) -> str:
    """« lignes 3, 4 et 2 autres »."""
    if len(rows) == 1:
        return f"ligne {rows[0]}"
    shown = ", ".join(map(str, rows[:_SHOWN]))
    more = len(rows) - _SHOWN
    return f"lignes {shown}" + (f" et {n('autre', more)}" if more > 0 else "")


def key(name: str) -> str:
    """A name as a TOML key."""
    plain = bool(name) and all(c.isascii() and (c.isalnum() or c in "_-") for c in name)
    return name if plain else quoted(name)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def conflict_fault(columns: Sequence[str], rows: Sequence[int]) -> str:
    """Columns of one question that disagree."""
    names = " et ".join(f"« {name} »" for name in columns[:2])
    return (
        f"les colonnes {names}… ne disent pas les mêmes choix ({lines(rows)}) : corrigez le fichier, ou mettez l'une "
        f"ou l'autre sous « ignorer » dans la correspondance."
    )


def key_faults(reports: Collection[ColumnReport]) -> list[str]:
    """Of a file without a key: a column that seems to hold it and that nothing says to; or nothing that answers."""
    for one in reports:
        column, question = one.column, one.question
        if one.use is Use.UNKNOWN and names_people(column):
            how = "ou mettez-la sous « ignorer »"
        elif one.use is Use.ANSWERS and question and question.open and names_people(column):
            how = f"ou écrivez « clé » dans la colonne « usage » de la question « {question.name} »"
        else:
            continue
        return [
            f"la colonne « {column} » semble porter les codes des participants : ajoutez à la correspondance "
            f"« cle = {quoted(column)} », {how}."
        ]
    if all(one.use in (Use.UNKNOWN, Use.LEFT) for one in reports):
        return [
            "aucune colonne ne correspond à une question : vérifiez que c'est le bon fichier et le bon questionnaire ; "
            "sinon, reliez ses colonnes aux questions dans la correspondance, sous [colonnes]."
        ]
    return []


class _Checked:
    """The faults of a mapping file, as they are found."""

    def __init__(self, mapping: Mapping, questionnaire: Questionnaire) -> None:
        self.mapping = mapping
        self.questions = {question.name: question for question in questionnaire.questions}
        self.faults: list[str] = []

    def add(self, message: str, *path: str) -> None:
        self.faults.append(f"{self.mapping.place(*path)} : {message}")

    def column(self, header: str | None, headers: Sequence[str], *path: str) -> None:
        if header and find_header(headers, header) is None:
            self.add(f"le fichier n'a pas de colonne « {header} ». Recopiez son titre.", *path)

    def sheet(self, rules: SheetRules, headers: Sequence[str], *path: str) -> None:
        self.column(rules.key, headers, *path, "cle")
        for name, listed in (("ignorer", rules.ignored), ("identite", rules.identity), ("contact", rules.contact)):
            for header in listed:
                self.column(header, headers, *path, name)
        for header, target in rules.columns.items():
            self.column(header, headers, *path, "colonnes", header)
            if claim_of(target, self.questions) is None:
                message = f"« {target} » n'est ni une question, ni « question/choix » du questionnaire."
                self.add(message, *path, "colonnes", header)

    def linked(self, name: str, rules: SheetRules, tables: TablesByName) -> None:
        found = find_header(tables, name)
        if found is None:
            self.add(f"le fichier n'a pas de feuille « {name} ».", "feuilles", name)
            return
        self.sheet(rules, tables[found], "feuilles", name)
        if rules.part and rules.part not in {question.repeat for question in self.questions.values()}:
            self.add(f"le questionnaire n'a pas de groupe répété « {rules.part} ».", "feuilles", name, "partie")

    def question(self, name: str, rules: QuestionRules) -> None:
        question = self.questions.get(name)
        if question is None:
            self.add(f"le questionnaire n'a pas de question « {name} ».", "questions", name)
            return
        choices = [choice.name for choice in question.choices]
        for value, targets in rules.values.items():
            for target in (targets,) if isinstance(targets, str) else targets:
                if target not in choices:
                    known = f"choix : {', '.join(choices)}" if choices else "elle n'a pas de choix"
                    self.add(
                        f"« {target} » n'est pas un choix de « {name} » ({known}).", "questions", name, "valeurs", value
                    )


def mapping_faults(
    mapping: Mapping, questionnaire: Questionnaire, tables: Sequence[tuple[str, Sequence[str]]]
) -> list[str]:
    """What the mapping file names and that is nowhere. tables: name and headers of each, the main one first."""
    checked = _Checked(mapping, questionnaire)
    headers = tables[0][1]
    checked.sheet(mapping.main, headers)
    checked.column(mapping.rules.wave, headers, "vague")
    checked.column(mapping.rules.day, headers, "jour")
    for name, rules in mapping.rules.sheets.items():
        checked.linked(name, rules, dict(tables[1:]))
    for name, own in mapping.rules.questions.items():
        checked.question(name, own)
    return checked.faults
