"""Files that partners send and that no page can show: a LimeSurvey structure, data of SPSS and Stata."""

from __future__ import annotations

import datetime
from pathlib import Path

_QUESTIONS = """
10 1 T code    Votre_code
11 2 N table   Combien_êtes-vous_à_table_?
12 3 L dort    Où_dormez-vous_?
13 4 M aides   Qui_vous_aide_à_manger_?
14 5 F accord  Êtes-vous_d'accord_?
15 6 T manque  Qu'est-ce_qui_vous_manque_le_plus_?
"""
_CHILDREN = """
13 1 SQ001 Une_distribution_de_colis
13 2 SQ002 Des_proches
14 1 SQ001 On_m'écoute
14 2 SQ002 On_m'aide
"""
_ANSWERS = """
12 1 A1 Chez_moi
12 2 A2 Chez_quelqu'un
12 3 A3 Dehors
14 1 1 D'accord
14 2 2 Pas_d'accord
14 3 9 Ne_sait_pas
"""


def write_lss(path: Path) -> None:
    """As LimeSurvey wrote them before version 4: texts in the rows."""
    questions, children, answers = (
        [line.split() for line in block.split("\n") if line] for block in (_QUESTIONS, _CHILDREN, _ANSWERS)
    )
    path.write_text(
        "<?xml version='1.0' encoding='UTF-8'?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
        "<languages><language>fr</language></languages>"
        + _table("groups", [{"gid": "1", "group_name": "Les repas", "group_order": "1", "language": "fr"}])
        + _table("questions", [_asked(*row) for row in questions])
        + _table("subquestions", [{**_asked(parent + place, place, "T", code, said), "parent_qid": parent}
                                  for parent, place, code, said in children])
        + _table("answers", [{"qid": qid, "sortorder": place, "code": code, "answer": _said(said), "language": "fr",
                              "scale_id": "0"} for qid, place, code, said in answers])
        + _table("surveys", [{"sid": "92", "language": "fr"}])
        + _table("surveys_languagesettings", [{"surveyls_language": "fr", "surveyls_title": "Les repas"}])
        + "</document>",
        encoding="utf-8",
    )  # fmt: skip


def _asked(qid: str, place: str, kind: str, code: str, said: str) -> dict[str, str]:
    return {"qid": qid, "gid": "1", "type": kind, "title": code, "question": _said(said), "question_order": place,
            "language": "fr", "scale_id": "0", "parent_qid": "0", "relevance": "1"}  # fmt: skip


def _said(words: str) -> str:
    return words.replace("_", " ")


def _table(name: str, rows: list[dict[str, str]]) -> str:
    cells = ("".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) for row in rows)
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def _frame():
    import pandas as pd

    return pd.DataFrame(
        {
            "CODE": ["P101", "P102", "P103", "P104"],
            "DATE": [datetime.date(2026, 3, day) for day in (2, 2, 3, 5)],
            "Q1": [3.0, 1.0, 99.0, 2.0],
            "Q2": [1.0, 2.0, 3.0, 8.0],
            "Q3": [0.0, 12.5, 30.0, None],
            "Q4": ["Du poisson.", "Du temps pour cuisiner.", "Une plaque et un frigo.", ""],
            "POIDS": [0.8, 1.1, 1.3, 0.8],
        }
    )


_LABELS = {
    "CODE": "Code de la personne",
    "DATE": "Jour de la rencontre",
    "Q1": "Combien êtes-vous à table ?",
    "Q2": "Vous arrive-t-il de sauter un repas ?",
    "Q3": "Combien d'euros par semaine pour manger ?",
    "Q4": "Qu'est-ce qui vous manque le plus ?",
    "POIDS": "Pondération",
}
_SAID = {1.0: "Jamais", 2.0: "Parfois", 3.0: "Souvent"}


def write_sav(path: Path) -> None:
    """With labels, declared missing values, measures and a weight."""
    import pyreadstat

    pyreadstat.write_sav(
        _frame(),
        path,
        column_labels=_LABELS,
        variable_value_labels={"Q1": {99.0: "Refus"}, "Q2": _SAID | {8.0: "Ne sait pas", 9.0: "Refus"}},
        missing_ranges={"Q1": [99.0], "Q2": [{"lo": 8.0, "hi": 9.0}]},
        variable_measure={"Q1": "scale", "Q2": "ordinal", "Q3": "scale"},
    )


def write_dta(path: Path) -> None:
    """With tagged missing values in the place of 8 and 99."""
    import pyreadstat

    frame = _frame().rename(columns=str.lower)
    for name, former, tag in (("q1", 99.0, "b"), ("q2", 8.0, "a")):
        frame[name] = [tag if value == former else value for value in frame[name]]
    pyreadstat.write_dta(
        frame,
        path,
        column_labels={name.lower(): said for name, said in _LABELS.items()},
        variable_value_labels={"q1": {"b": "Refus"}, "q2": _SAID | {"a": "Ne sait pas"}},
        missing_user_values={"q1": ["b"], "q2": ["a"]},
    )
