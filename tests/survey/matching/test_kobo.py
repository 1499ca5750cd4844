"""KoboToolbox, ODK, Ona."""

import pytest

REPEAT = """
| survey  |                    |            |                      |
|         | type               | name       | label                |
|         | select_one on      | rsa        | Touchez-vous le RSA ? |
|         | begin_repeat       | enfants    | Enfants              |
|         | integer            | age        | Âge de l'enfant      |
|         | begin_repeat       | ecoles     | Écoles               |
|         | text               | classe     | Quelle classe ?      |
|         | end_repeat         |            |                      |
|         | end_repeat         |            |                      |
| choices |                    |            |                      |
|         | list_name          | name       | label                |
|         | on                 | oui        | Oui                  |
|         | on                 | non        | Non                  |
"""


ENFANTS = """
enfants/age | _index | _parent_index | _parent_table_name
3 | 1 | 2 | q
5 | 2 | 1 | q
7 | 3 | 2 | q
"""
CENTRAL = """
SubmissionDate | rsa | KEY
2025-01-03T10:00:00Z | oui | uuid:a
2025-01-04T10:00:00Z | non | uuid:b
"""


@pytest.mark.parametrize("header", ["foyer/age", "foyer.age", "foyer-age", "foyer:age", "age", "FOYER_AGE", "Age"])
def test_groups_before_the_name_or_not(matched, form, header):
    found = matched(form, f"code | {header} | _uuid\nP1 | 40 | a\nP2 | 51 | b")
    assert found.answers("age") == [40, 51]
    assert not found.faults


def test_labels_as_headers_and_values(matched, form):
    found = matched(
        form,
        """
        Code de la personne | Votre foyer/1. Quel âge avez-vous ? | Touchez-vous le RSA ? | _uuid | _index
        P1 | 40 | Oui | a | 1
        P2 | 51 | Ne sait pas | b | 2
        """,
    )
    assert found.answers("age") == [40, 51]
    assert found.answers("rsa") == ["oui", "<dont_know nsp>"]
    assert found.table().submissions == ["a", "b"]


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("True", "False"), ("TRUE", "FALSE"), ("1.0", "0.0"), (1, 0), (1.0, 0.0), ("1", "")]
)
def test_choices_in_columns_of_their_own(matched, form, table_of, yes, no):
    found = matched(
        form,
        table_of(
            ["code", "aides/colis", "aides/pret", "aides/other", "aides_other", "_uuid"],
            ["P1", yes, yes, no, "", "a"],
            ["P2", no, no, yes, "un ami", "b"],
            ["P3", "", "", "", "", "c"],
        ),
    )
    assert not found.faults
    assert found.answers("aides") == [("colis", "pret"), ("other",), None]
    assert found.texts("aides_other") == ["", "un ami", ""]


def test_choices_all_declined_are_an_answer_blank_ones_are_not(matched, form):
    found = matched(form, "code | aides/colis | aides/pret | _uuid\nP1 | 0 | 0 | a\nP2 | n/a | n/a | b")
    assert found.answers("aides") == [(), None]


def test_choices_in_one_column_and_split(matched, form):
    found = matched(
        form,
        """
        code | aides | aides/colis | aides/pret | _uuid
        P1 | pret colis | 1 | 1 | a
        P2 |  | 0 | 0 | b
        """,
    )
    assert found.answers("aides") == [("pret", "colis"), None]
    assert not found.faults


def test_one_column_and_the_others_must_agree(matched, form):
    found = matched(form, "code | aides | aides/colis | aides/pret | _uuid\nP1 | pret | 1 | 1 | a")
    assert "« aides » et « aides/colis »" in found.faults[0]
    assert "ligne 2" in found.faults[0]


def test_labels_in_one_cell_hold_commas_and_spaces(matched, form):
    found = matched(form, "code | aides | _uuid\nP1 | Colis, repas Bons d'achat | a\nP2 | Prêt | b")
    assert found.answers("aides") == [("colis", "bons"), ("pret",)]


def test_what_the_tool_writes_for_itself_is_left_and_said(matched, form):
    found = matched(
        form,
        """
        start | end | today | deviceid | code | lieu | _lieu_latitude | __version__ | _id | _uuid | _submission_time | _validation_status | _notes | meta/instanceID
        2025-03-01T10:00:00.000+01:00 | 2025-03-01T10:30:00.000+01:00 | 2025-03-01 | x | P1 | 48.9 2.2 0 0 | 48.9 | vX | 12 | a | 2025-03-02T10:00:00 | | | uuid:a
        """,  # noqa: E501
    )
    assert {c.use for c in found.report.columns if c.column != "code"} == {"left"}
    assert "lieu" in found.column("lieu").note
    assert str(found.table().days[0]) == "2025-03-01"
    assert not found.faults


@pytest.mark.parametrize(
    "header", ["intro", "accueil/intro", "Bonjour, merci de répondre.", "Accueil/Bonjour, merci de répondre."]
)
def test_a_note_is_told_as_one(matched, header):
    noted = REPEAT.replace("| choices |", "|         | note | intro | Bonjour, merci de répondre. |\n| choices |", 1)
    found = matched(noted, f"rsa | {header}\noui | ")
    assert found.column(header).use == "left"
    assert "note du questionnaire" in found.column(header).note


def test_not_asked_is_written_n_a(matched, form):
    found = matched(
        form, "code | rsa | avis | depuis | _uuid\nP1 | n/a | n/a | n/a | a\nP2 | oui | bien | 2024-01-05 | b"
    )
    assert found.answers("rsa") == [None, "oui"]
    assert found.texts("avis") == ["", "bien"]
    assert found.answers("depuis") == [None, "2024-01-05"]


def test_labels_in_another_language(matched):
    form = """
    | survey  |               |      |                       |                        |
    |         | type          | name | label::Français (fr)  | label::English (en)    |
    |         | select_one on | rsa  | Touchez-vous le RSA ? | Do you get the RSA?    |
    | choices |               |      |                       |                        |
    |         | list_name     | name | label::Français (fr)  | label::English (en)    |
    |         | on            | oui  | Oui                   | Yes, I do              |
    |         | on            | non  | Non                   | No                     |
    """
    found = matched(form, "Do you get the RSA? | _uuid\nYes, I do | a\nNo | b")
    assert found.answers("rsa") == ["oui", "non"]


class TestRepeats:
    def test_sheets_linked_by_index(self, matched, parsed_table):
        found = matched(
            REPEAT,
            parsed_table("rsa | _index | _uuid\noui | 1 | a\nnon | 2 | b"),
            parsed_table(ENFANTS, "enfants"),
            parsed_table("enfants/ecoles/classe | _index | _parent_index\nCP | 1 | 3", "ecoles"),
        )
        assert not found.faults
        assert found.answers("age", part="enfants") == [3, 5, 7]
        assert found.table(part="enfants").parents == [1, 0, 1]
        assert found.table(part="enfants/ecoles").parents == [2]
        assert found.texts("classe", part="enfants/ecoles") == ["CP"]

    def test_tables_linked_by_key(self, matched, parsed_table):
        found = matched(
            REPEAT,
            parsed_table(CENTRAL, "formulaire"),
            parsed_table("age | PARENT_KEY | KEY\n3 | uuid:b | uuid:b/enfants[1]", "formulaire-enfants"),
            parsed_table("classe | PARENT_KEY | KEY\nCP | uuid:b/enfants[1] | x", "formulaire-ecoles"),
        )
        assert not found.faults
        assert found.table(part="enfants").parents == [1]
        assert found.table(part="enfants/ecoles").parents == [0]
        assert [str(day) for day in found.table().days] == ["2025-01-03", "2025-01-04"]

    def test_a_row_whose_parent_is_nowhere_is_refused(self, matched, parsed_table):
        found = matched(
            REPEAT,
            parsed_table("rsa | _index | _uuid\noui | 1 | a"),
            parsed_table("age | _parent_index\n3 | 1\n4 | 9", "enfants"),
        )
        assert found.answers("age", part="enfants") == [3]
        assert found.errors == [
            (3, "ligne refusée : feuille « enfants », la ligne à laquelle elle se rattache manque.")
        ]

    def test_a_sheet_that_nothing_links_needs_the_mapping(self, matched, parsed_table):
        tables = (parsed_table("rsa | foyer\noui | 7\nnon | 8"), parsed_table("age | du foyer\n3 | 8", "enfants"))
        assert "« lien » et « vers »" in matched(REPEAT, *tables).faults[0]
        found = matched(REPEAT, *tables, mapping='[feuilles.enfants]\nlien = "du foyer"\nvers = "foyer"')
        assert not found.faults
        assert found.table(part="enfants").parents == [1]

    def test_a_sheet_of_no_repeat_is_said(self, matched, parsed_table):
        found = matched(REPEAT, parsed_table("rsa\noui"), parsed_table("mot | sens\nRSA | revenu", "lexique"))
        assert any("« lexique » n'est pas importée" in remark.message for remark in found.report.remarks)


KEYED = """
| survey |              |         |                 |       |
|        | type         | name    | label           | usage |
|        | text         | code    | Code            | clé   |
|        | begin_repeat | enfants | Enfants         |       |
|        | integer      | age     | Âge de l'enfant |       |
|        | end_repeat   |         |                 |       |
"""


def test_repeats_in_columns_of_the_main_table_are_said(matched):
    found = matched(REPEAT, "rsa | enfants[1]/age | enfants[2]/age\noui | 3 | 5")
    assert "attendue dans une feuille" in found.column("enfants[2]/age").note


def test_rows_of_a_refused_row_stay_out_and_are_counted(matched, parsed_table):
    found = matched(
        KEYED,
        parsed_table("code | _index\nP1 | 1\nP1 | 2\nP2 | 3"),
        parsed_table("age | _parent_index\n3 | 1\n4 | 3\n5 | 2", "enfants"),
    )
    assert found.table().keys == ["P2"]
    assert found.answers("age", part="enfants") == [4]
    assert found.table(part="enfants").keys == ["P2"]
    assert any("2\u00a0lignes de côté" in remark.message for remark in found.report.remarks)


def test_tables_that_enquete_wrote(matched, form):
    found = matched(
        form, "participant | vague | repondant | date_reponse | age\nP1 | v2 | personne | 2025-03-04 | 40", wave=None
    )
    assert found.table("v2").keys == ["P1"]
    assert str(found.table("v2").days[0]) == "2025-03-04"
    assert not found.faults


def test_a_sheet_typed_by_hand_is_tied_by_the_codes_of_people(matched, parsed_table):
    found = matched(
        KEYED,
        parsed_table("Code\nP1\nP2"),
        parsed_table("Code | Âge de l'enfant\nP2 | 3\nP1 | 4\nP7 | 5", "enfants"),
    )
    assert not found.faults
    assert found.table(part="enfants").parents == [1, 0]
    assert found.table(part="enfants").keys == ["P2", "P1"]
    assert [row for row, _ in found.errors] == [4]
    assert next(one.note for one in found.report.columns if one.table == "enfants").startswith("rattache les lignes")
