"""Scores, rankings and matrices of KoboToolbox's form builder, as it publishes them."""

import pytest

from enquete.errors import EnqueteError
from enquete.survey.questionnaire.checking import check
from enquete.survey.questionnaire.reading import read_questionnaire
from enquete.survey.questionnaire.sheets import read_book

FORM = """
| survey | type | name | label | relevant | kobo--score-choices | kobo--rank-items | kobo--matrix_list |
|         | begin_score      | avis  | D'accord ?     |          | accord              |          |       |
|         | score__row       | ecou  | On m'écoute    |          |                     |          |       |
|         | score__row       | repo  | On répond      |          |                     |          |       |
|         | end_score        |       |                |          |                     |          |       |
|         | begin_rank       | ordre | Classez        |          |                     | besoin   |       |
|         | rank__level      | un    | 1er choix      |          |                     |          |       |
|         | rank__level      | deux  | 2e choix       |          |                     |          |       |
|         | end_rank         |       |                |          |                     |          |       |
|         | begin_kobomatrix | equip | Équipement     |          |                     |          | objet |
|         | select_one on    | a     | En avez-vous ? |          |                     |          |       |
|         | integer          | nb    | Combien ?      | ${a} = 'oui' |                 |          |       |
|         | end_kobomatrix   |       |                |          |                     |          |       |
| choices | list_name        | name  | label       |
|         | accord           | 1     | Oui         |
|         | accord           | 2     | Non         |
|         | besoin           | toit  | Un toit     |
|         | besoin           | pain  | Manger      |
|         | objet            | tel   | Téléphone   |
|         | objet            | ordi  | Ordinateur  |
|         | on               | oui   | Oui         |
|         | on               | non   | Non         |
"""


@pytest.fixture
def kobo(tmp_path):
    def path(text=FORM):
        (tmp_path / "kobo.md").write_text(text, encoding="utf-8")
        return tmp_path / "kobo.md"

    return path


def test_each_row_place_and_cell_is_a_question(kobo):
    found = read_questionnaire(kobo())
    assert [("/".join(q.path), q.name, q.label, [c.name for c in q.choices]) for q in found.questions] == [
        ("avis", "ecou", "On m'écoute", ["1", "2"]),
        ("avis", "repo", "On répond", ["1", "2"]),
        ("ordre", "un", "1er choix", ["toit", "pain"]),
        ("ordre", "deux", "2e choix", ["toit", "pain"]),
        ("equip_tel", "equip_tel_a", "Téléphone : En avez-vous ?", ["oui", "non"]),
        ("equip_tel", "equip_tel_nb", "Téléphone : Combien ?", []),
        ("equip_ordi", "equip_ordi_a", "Ordinateur : En avez-vous ?", ["oui", "non"]),
        ("equip_ordi", "equip_ordi_nb", "Ordinateur : Combien ?", []),
    ]
    assert found.questions[7].relevant == "${equip_ordi_a} = 'oui'"
    assert [q.line for q in found.questions[:2]] == [4, 5]
    assert check(read_book(kobo())) == []


def test_a_group_that_names_no_list_is_told(kobo):
    with pytest.raises(EnqueteError) as caught:
        read_questionnaire(kobo(FORM.replace("| besoin   |       |", "|          |       |")))
    assert "ligne 7 : la colonne « kobo--rank-items » est vide" in str(caught.value)


def test_a_group_that_is_not_closed_is_told(kobo):
    with pytest.raises(EnqueteError) as caught:
        read_questionnaire(kobo(FORM.replace("end_rank  ", "end_group ")))
    assert "feuille « survey »" in str(caught.value)
