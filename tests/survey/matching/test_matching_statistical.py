"""SPSS and Stata: value labels, declared missing values, sets."""

import pytest

from enquete.model import Measure, MissingKind
from enquete.survey.answers.types import DataTable, MissingRange, ResponseSet, Tagged

FORM = """
| survey  |                      |         |                   |
|         | type                 | name    | label             |
|         | select_one genre     | Genre   | Vous êtes         |
|         | integer              | Heures  | Heures par semaine |
|         | select_multiple aide | aides   | Aides reçues      |
|         | text                 | avis    | Votre avis        |
|         | select_one fois      | fois    | Combien de fois ? |
|         | decimal              | poids   | Poids             |
| choices |                      |         |                   |
|         | list_name            | name    | label             |
|         | genre                | 1       | Homme             |
|         | genre                | 2       | Femme             |
|         | aide                 | apl     | APL               |
|         | aide                 | prime   | Prime d'activité  |
|         | fois                 | 1       | 0                 |
|         | fois                 | 2       | 1                 |
|         | fois                 | 3       | 2                 |
"""


@pytest.fixture
def sav(matched, column_of):
    def run(*columns, mapping="", **told):
        made = [column_of(name, values, **said) for name, values, said in columns]
        table = DataTable("base", tuple(made), tuple(range(1, len(made[0].codes) + 1)))
        return matched(FORM, table, mapping=mapping, format="sav", **told)

    return run


def test_the_label_of_a_value_says_its_choice_whatever_its_code(sav):
    found = sav(("Genre", [1.0, 2.0], {"value_labels": {1.0: "Femme", 2.0: "Homme"}}))
    assert found.answers("Genre") == ["2", "1"]


def test_a_code_without_label_is_the_choice_of_that_name(sav):
    assert sav(("genre", [1, 2.0], {})).answers("Genre") == ["1", "2"]


def test_a_code_whose_label_is_another_needs_the_mapping(sav):
    columns = ("Genre", [1, 2], {"value_labels": {1: "Male", 2: "Female"}})
    found = sav(columns)
    assert '« reponses = "codes" »' in found.faults[0]
    assert sav(columns, mapping='reponses = "codes"').answers("Genre") == ["1", "2"]
    assert sav(columns, mapping='[questions.Genre.valeurs]\nMale = "1"\n2 = "2"').answers("Genre") == ["1", "2"]


def test_codes_and_labels_that_collide(sav):
    """Choices named 1, 2, 3 and labelled 0, 1, 2."""
    assert "deux choix" not in sav(("fois", ["0", "1", "2"], {})).faults
    assert sav(("fois", ["0", "1", "2"], {})).answers("fois") == ["1", "2", "3"]
    assert sav(("fois", ["1", "2", "3"], {})).answers("fois") == ["1", "2", "3"]
    assert sav(("fois", ["1", "2"], {})).faults
    assert sav(("fois", ["1", "2"], {}), mapping='reponses = "libellés"').answers("fois") == ["2", "3"]


def test_a_variable_by_its_label(sav):
    assert sav(("v12", [35], {"label": "Heures par semaine"})).answers("Heures") == [35]


def test_missing_values_have_a_kind_and_are_kept(sav):
    found = sav(
        (
            "Heures",
            [35, 0, 98, 99, -5, None],
            {
                "value_labels": {98: "Ne sait pas", 99: "Refus"},
                "missing": (MissingRange(98, 98), MissingRange(99, 99), MissingRange(-9, -1)),
                "format": "F8.2",
                "measure": Measure.SCALE,
            },
        )
    )
    assert found.answers("Heures") == [35, 0, "<dont_know 98>", "<refused 99>", "<other -5>", None]
    codes = found.variable("Heures").missing
    assert [(c.low, c.high, c.label, c.kind) for c in codes] == [
        (98, 98, "Ne sait pas", MissingKind.DONT_KNOW),
        (99, 99, "Refus", MissingKind.REFUSED),
        (-9, -1, "", MissingKind.OTHER),
    ]
    assert found.variable("Heures").format == "F8.2"
    assert found.column("Heures").missing == {
        MissingKind.DONT_KNOW: 1, MissingKind.REFUSED: 1, MissingKind.OTHER: 1, None: 1,
    }  # fmt: skip


def test_the_mapping_says_the_kind_of_a_missing_value(sav):
    columns = ("Heures", [99, 88, 40], {"missing": (MissingRange(99, 99),)})
    found = sav(columns, mapping='manquants = {"99" = "sans objet", "88" = "refus"}')
    assert found.answers("Heures") == ["<not_applicable 99>", "<refused 88>", 40]
    assert found.variable("Heures").missing[0].kind is MissingKind.NOT_APPLICABLE


def test_a_number_that_nothing_declares_is_a_number(sav):
    assert sav(("Heures", [99, 0], {})).answers("Heures") == [99, 0]


def test_tagged_missing_values(sav):
    found = sav(("heures", [35, Tagged("a"), Tagged("b")], {"value_labels": {Tagged("a"): "Refus"}}))
    assert found.answers("Heures") == [35, "<refused .a>", "<other .b>"]
    assert [(c.low, c.kind) for c in found.variable("Heures").missing] == [(".a", "refused"), (".b", "other")]


def test_missing_words_of_an_open_question(sav):
    found = sav(("avis", ["bien", "NSP", "99"], {"missing": (MissingRange("99", "99"),)}))
    assert found.texts("avis") == ["bien", "NSP", ""]
    assert found.answers("avis") == [None, None, "<other 99>"]


def test_a_set_of_dichotomies(sav):
    found = sav(
        ("a1", [1, 0, 0, None], {"label": "APL"}),
        ("a2", [1, 1, 0, None], {"label": "Prime d'activité"}),
        sets=(ResponseSet("$aides", "Aides", ("a1", "a2"), 1),),
    )
    assert not found.faults
    assert found.answers("aides") == [("apl", "prime"), ("prime",), (), None]


def test_a_set_of_categories(sav):
    labels = {1: "APL", 2: "Prime d'activité"}
    found = sav(
        ("a1", [2, 1, None], {"value_labels": labels}),
        ("a2", [1, None, None], {"value_labels": labels}),
        sets=(ResponseSet("$quoi", "Aides reçues", ("a1", "a2"), None),),
    )
    assert found.answers("aides") == [("prime", "apl"), ("apl",), None]
    assert found.variable("aides").columns == ("a1", "a2")


def test_the_weight_of_the_file(sav):
    found = sav(("poids", [0.5, 1.25], {}), weight="poids")
    assert found.answers("poids") == [0.5, 1.25]
    assert found.variable("poids").weight


def test_an_ordered_scale_stays_ordered(sav):
    assert sav(("Genre", [1], {"measure": Measure.ORDINAL})).variable("Genre").measure is Measure.ORDINAL


def test_a_name_cut_by_stata(matched):
    name = "situation_au_regard_du_logement_principal"
    form = f"""
    | survey |         |        |          |
    |        | type    | name   | label    |
    |        | integer | {name} | Logement |
    """
    assert matched(form, f"{name[:32]}\n3").answers(name) == [3]
