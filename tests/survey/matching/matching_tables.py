"""Small files of answers, written as tables in the tests."""

import numpy as np

from enquete.config import Wave
from enquete.survey.answers.types import Column, DataFile, DataTable
from enquete.survey.matching.mapping import mapping_of
from enquete.survey.matching.match import match
from enquete.survey.matching.types import Missing
from enquete.survey.questionnaire.reading import questionnaire
from enquete.survey.questionnaire.sheets import markdown_book

WAVES = (Wave("v1", "Premier entretien"), Wave("v2", "Entretien de suivi"))


def column(name, values, **told):
    levels = {}
    codes = [-1 if v in (None, "") else levels.setdefault((type(v), v), len(levels)) for v in values]
    return Column(name, tuple(value for _, value in levels), np.array(codes, dtype=np.int32), **told)


def table(headers, *rows, name="reponses", first=2):
    columns = [column(header, values) for header, values in zip(headers, zip(*rows, strict=True), strict=True)]
    return DataTable(name, tuple(columns), tuple(range(first, first + len(rows))))


def parsed(text, name="reponses"):
    """A table written with « | » between cells."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return table(lines[0], *lines[1:], name=name)


def asked(text):
    return questionnaire(markdown_book("q.md", text))


class Matched:
    """The report, and its answers in a form that is easy to compare."""

    def __init__(self, report):
        self.report = report
        self.faults = report.faults
        self.errors = [(r.row, r.message) for r in report.remarks if r.severity == "error"]

    def answers(self, question, wave=None, part=""):
        """One answer a row; kinds of missing as « <refused 99> »."""
        found = []
        for one in self.report.tables:
            if one.part == part and wave in (None, one.wave):
                for answered in one.answered:
                    if answered.variable.question == question:
                        found += [answered.cells[c] if c >= 0 else None for c in answered.codes]
        return [f"<{cell.kind} {cell.code}>" if isinstance(cell, Missing) else cell for cell in found]

    def texts(self, question, part=""):
        return [t for one in self.report.tables if one.part == part
                for w in one.texts if w.name == question for t in w.texts]  # fmt: skip

    def column(self, name):
        return next(one for one in self.report.columns if one.column == name)

    def table(self, wave="v1", part=""):
        return next(one for one in self.report.tables if (one.wave, one.part) == (wave, part))

    def variable(self, question):
        return next(a.variable for one in self.report.tables for a in one.answered if a.variable.question == question)


def matched(form, *tables, mapping="", wave="v1", **told):
    tables = tuple(parsed(one) if isinstance(one, str) else one for one in tables)
    data = DataFile("reponses.csv", told.pop("format", "csv"), tables, **told)
    form = asked(form) if isinstance(form, str) else form
    return Matched(match(data, form, mapping_of(mapping, "c.toml") if mapping else None, WAVES, wave))


FORM = """
| survey  |                            |        |                              |        |
|         | type                       | name   | label                        | usage  |
|         | text                       | code   | Code de la personne          | clé    |
|         | begin_group                | foyer  | Votre foyer                  |        |
|         | integer                    | age    | 1. Quel âge avez-vous ?      |        |
|         | decimal                    | reste  | Reste à vivre                |        |
|         | end_group                  |        |                              |        |
|         | select_one on              | rsa    | Touchez-vous le RSA ?        |        |
|         | select_multiple aide or_other | aides  | Quelles aides recevez-vous ? |        |
|         | rank urgence               | ordre  | Le plus urgent               |        |
|         | date                       | depuis | Depuis quand ?               |        |
|         | text                       | avis   | Qu'en pensez-vous ?          |        |
|         | geopoint                   | lieu   | Lieu                         |        |
| choices |                            |        |                              |        |
|         | list_name                  | name   | label                        | manque |
|         | on                         | oui    | Oui                          |        |
|         | on                         | non    | Non                          |        |
|         | on                         | nsp    | Ne sait pas                  | ne sait pas |
|         | aide                       | colis  | Colis, repas                 |        |
|         | aide                       | pret   | Prêt                         |        |
|         | aide                       | bons   | Bons d'achat                 |        |
|         | urgence                    | toit   | Un toit                      |        |
|         | urgence                    | faim   | Manger                       |        |
|         | urgence                    | soin   | Se soigner                   |        |
| settings |                           |        |                              |        |
|         | form_title                 | vague  |                              |        |
|         | Essai                      | v1 v2  |                              |        |
"""
