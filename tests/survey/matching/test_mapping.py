"""The mapping file, the draft of one, what « --essai » shows."""

import pytest

from enquete.errors import EnqueteError
from enquete.survey.matching.drafts import propose_mapping
from enquete.survey.matching.mapping import mapping_of, read_mapping
from enquete.survey.matching.trial import trial_lines

MESSY = """
code | age | Quel âge avez-vous ? | rsa | aides | depuis | Nom | Bidule | vague
P1 | 40 | 40 | ouais | colis;voisin | 03/04/2025 | Duval | x | v1
P2 | env. 3 | 41 | oui | colis | 05/06/2025 | Diallo | y | v1
"""


def test_every_fault_with_its_line():
    with pytest.raises(EnqueteError) as refused:
        mapping_of('cle = 3\ndates = "jour"\nbidule = 1\n\n[questions.rsa.manquants]\n"99" = "peut-être"\n', "c.toml")
    message = str(refused.value)
    assert "ligne 1, « cle » : un texte" in message
    assert "ligne 2, « dates » : valeurs possibles : jour-mois, mois-jour" in message
    assert "ligne 3, « bidule » : clé inconnue" in message
    assert "ligne 6, « questions.rsa.manquants.99 » : « ne sait pas »" in message


def test_a_broken_file(tmp_path):
    (tmp_path / "c.toml").write_text('[colonnes]\n"a" = \n', encoding="utf-8")
    with pytest.raises(EnqueteError, match=r"c\.toml, ligne 2"):
        read_mapping(tmp_path / "c.toml")
    (tmp_path / "c.toml").write_bytes('cle = "Numéro"\n'.encode("latin-1"))
    with pytest.raises(EnqueteError, match="UTF-8"):
        read_mapping(tmp_path / "c.toml")


def test_what_it_names_must_be_there(matched, form):
    mapping = """
    cle = "Cod"
    ignorer = ["Rien"]
    [colonnes]
    "age" = "agge"
    [questions.rsa.valeurs]
    "ouais" = "ouai"
    [questions.rsaa]
    autre = true
    [feuilles.enfants]
    partie = "x"
    """
    faults = matched(form, "code | age | rsa\nP1 | 3 | oui", mapping=mapping).faults
    assert "c.toml, ligne 2 : le fichier n'a pas de colonne « Cod »" in faults[0]
    assert "ligne 3" in faults[1]
    assert "ligne 5 : « agge » n'est ni une question" in faults[2]
    assert "pas de feuille « enfants »" in faults[3]
    assert "ligne 7 : « ouai » n'est pas un choix de « rsa » (choix : oui, non, nsp)" in faults[4]
    assert "pas de question « rsaa »" in faults[5]


def test_columns_of_choices_and_several_choices_for_a_value(matched, form):
    found = matched(
        form,
        "code | A1 | A2 | rsa\nP1 | X |  | oui\nP2 | X | X | non",
        mapping='[colonnes]\nA1 = "aides/colis"\nA2 = "aides/pret"',
    )
    assert found.answers("aides") == [("colis",), ("colis", "pret")]
    found = matched(form, "code | aides\nP1 | tout", mapping='[questions.aides.valeurs]\ntout = ["colis", "pret"]')
    assert found.answers("aides") == [("colis", "pret")]


def test_a_draft_that_nobody_touched_changes_nothing(matched, form):
    found = matched(form, MESSY, wave=None)
    draft = propose_mapping(found.report)
    again = matched(form, MESSY, wave=None, mapping=draft)
    assert again.faults == found.faults
    assert [c.use for c in again.report.columns] == [c.use for c in found.report.columns]


def test_a_draft_holds_what_is_to_be_settled(matched, form):
    draft = propose_mapping(matched(form, MESSY, wave=None).report)
    for line in (
        'cle = "code"', 'vague = "vague"', 'identite = ["Nom"]', '# ignorer = ["Bidule"]', '# dates = "jour-mois"',
        '# "age" = "age"', '# "Quel âge avez-vous ?" = "age"', '# "ouais" = "oui"  # Oui',
        '# "voisin" = "colis"  # Colis, repas',
    ):  # fmt: skip
        assert line in draft.splitlines()


def test_settling_every_line_of_a_draft(matched, form):
    draft = propose_mapping(matched(form, MESSY, wave=None).report)
    for line in ('# dates = "jour-mois"', '# "Quel âge avez-vous ?" = "age"', '# "ouais" = "oui"  # Oui',
                 "# autre = true  # les valeurs inconnues sont les mots de « autre »"):  # fmt: skip
        assert line in draft
        draft = draft.replace(line, line.removeprefix("# "))
    draft = draft.replace('# ignorer = ["Bidule"]', 'ignorer = ["age"]')
    found = matched(form, MESSY, wave=None, mapping=draft)
    assert not found.faults
    assert found.answers("age") == [40, 41]
    assert found.answers("rsa") == ["oui", "oui"]
    assert found.answers("aides") == [("colis", "other"), ("colis",)]
    assert found.answers("depuis") == ["2025-04-03", "2025-06-05"]
    assert 'ignorer = ["age"]' in propose_mapping(found.report).splitlines()
    assert '"ouais" = "oui"' in propose_mapping(found.report).splitlines()


def test_what_a_trial_shows(matched, form):
    lines = trial_lines(matched(form, MESSY, wave=None).report, lambda text: text)
    text = "\n".join(lines)
    assert "« rsa » → rsa (un choix)\n    1\u00a0réponse, 1 à régler\n    à régler : « ouais » (ligne 2)" in text
    assert "« age » → à dire dans la correspondance : age" in text
    assert "« Nom » → coffre, identité\n    2\u00a0valeurs\n    exemples : aucun" in text
    assert "Duval" not in text
    assert "« Bidule » : aucune question du questionnaire ne lui correspond" in text
    assert "  reste : Reste à vivre" in text


def test_a_trial_masks_what_it_shows(matched, form):
    text = "\n".join(trial_lines(matched(form, "code | avis | rsa\nP1 | vu Fatima | Fatima").report, lambda t: "***"))
    assert "Fatima" not in text
    assert "***" in text


def test_columns_that_complete_each_other(matched, form):
    text = "code | age | foyer/age\nP1 | 40 | \nP2 | | 51\nP3 | 20 | {}"
    mapping = '[colonnes]\nage = "age"\n"foyer/age" = "age"'
    assert matched(form, text.format("20"), mapping=mapping).answers("age") == [40, 51, 20]
    found = matched(form, text.format("21"), mapping=mapping)
    assert "« age » et « foyer/age »" in found.faults[0]
    assert "ligne 4" in found.faults[0]


def test_a_kind_said_for_a_question_comes_before_its_choices(matched, form):
    table = "code | rsa\nP1 | non\nP2 | oui"
    assert matched(form, table, mapping='manquants = {non = "refus"}').answers("rsa") == ["non", "oui"]
    own = '[questions.rsa]\nmanquants = {non = "refus"}'
    assert matched(form, table, mapping=own).answers("rsa") == ["<refused non>", "oui"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("ne sait pas", "dont_know"), ("refus", "refused"), ("sans objet", "not_applicable"), ("non posée", "not_asked"),
     ("autre", "other")],
)  # fmt: skip
def test_each_kind_of_missing_can_be_said_of_a_question(word, kind):
    rules = mapping_of(f'manquants = {{"99" = "refus"}}\n[questions.age.manquants]\nbof = "{word}"').question("age")
    assert rules.missing == {"99": "refused", "bof": kind}


def test_a_blank_of_the_whole_file_is_proposed(matched, form):
    draft = propose_mapping(matched(form, "code | rsa | age\nP1 | NA | NA\nP2 | oui | -").report)
    assert '# vides = ["NA", "-"]' in draft.splitlines()


def test_what_the_tool_wrote_is_told_together(matched, form):
    report = matched(form, "code | _uuid | _id | Bidule\nP1 | a | 3 | x").report
    lines = trial_lines(report, lambda text: text)
    assert "  « _uuid », « _id » : ce que l'outil de collecte note pour lui-même" in lines
    assert "  « Bidule » : aucune question du questionnaire ne lui correspond" in lines
