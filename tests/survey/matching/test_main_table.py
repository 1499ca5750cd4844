"""Which table of a workbook holds the answers."""

import pytest
from matching_tables import FORM, asked, parsed

from enquete.survey.answers.types import DataFile
from enquete.survey.matching.linking import main_first
from enquete.survey.matching.mapping import mapping_of

NOTES = parsed("Saisie de mars\nPar Léa", name="Lisez-moi")
ANSWERS = parsed("code | age\nP001 | 40", name="Saisie")
OTHERS = parsed("code | age\nP002 | 50", name="Avril")
CHILDREN = parsed("code | prenom | _parent_index\nP001 | Inès | 1", name="enfants")


def first(*tables, mapping=""):
    data = DataFile("reponses.xlsx", "xlsx", tables)
    found = main_first(data, asked(FORM), mapping_of(mapping)).tables
    assert sorted(table.name for table in found) == sorted(table.name for table in tables)
    return found[0].name


@pytest.mark.parametrize(
    ("tables", "mapping", "wanted"),
    [
        ((NOTES, ANSWERS), "", "Saisie"),
        ((ANSWERS, NOTES, OTHERS), "", "Saisie"),
        ((ANSWERS, OTHERS), "[feuilles.Saisie]\nignorer_feuille = true", "Avril"),
        ((NOTES, CHILDREN), "", "Lisez-moi"),
        ((CHILDREN, ANSWERS), "", "Saisie"),
        ((NOTES,), "", "Lisez-moi"),
        ((ANSWERS, NOTES), '[colonnes]\n"saisie de mars" = "age"', "Saisie"),
        ((parsed("a\n1", name="Vide"), NOTES), '[colonnes]\n"Saisie de mars" = "age"', "Lisez-moi"),
    ],
)
def test_the_first_one_that_answers_a_question(tables, mapping, wanted):
    assert first(*tables, mapping=mapping) == wanted
