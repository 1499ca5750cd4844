"""An analysis against a study: what is not there, by line; what is meant, as the study writes it."""

import pytest

from enquete.findings.analyses.checking import Known, check
from enquete.findings.analyses.reading import read
from enquete.findings.analysis import RESPONDENT, WAVE

KNOWN = Known(
    waves={"v1": "Premier entretien", "v2": "Suivi"},
    books={"rsa": ["R01", "R01.1", "R02"], "num": ["N01", "R02"]},
    files={"grille-rsa": "rsa", "num": "num"},
    attributes={"tranche_age": frozenset({"18-25", "26-35"}), "commune": frozenset({"Nanterre"})},
    coders=("anne", "léa"),
    people=3,
    coded=True,
    settled=True,
    threshold=5,
)
NOBODY = Known(KNOWN.waves, KNOWN.books, KNOWN.files, {}, (), 0, coded=False, settled=False, threshold=5)


@pytest.fixture
def checked(tmp_path):
    def put(text, known=KNOWN):
        path = tmp_path / "essai.toml"
        path.write_text(text, encoding="utf-8")
        return check(read(path), known)

    return put


def test_names_are_those_of_the_study(checked):
    text = """
vagues = ["premier entretien", "V2"]
grilles = ["grille-rsa"]
couche = "Lea"
vocabulaire = ["themes", "Tranche d'âge"]
[personnes]
"tranche d'âge" = ["18-25"]
[[croisements]]
par = "répondants"
codes = ["R01.1", "rsa : R02"]
[[croisements]]
par = "Vague"
"""
    found, remarks = checked(text)
    assert remarks == ()
    assert (found.waves, found.codebooks, found.layer) == (("v1", "v2"), ("rsa",), "léa")
    assert found.where == {"tranche_age": ("18-25",)}
    assert found.vocabulary == ("thème", "tranche_age")
    assert [one.by for one in found.crossings] == [RESPONDENT, WAVE]
    assert found.crossings[0].codes == ("rsa:R01.1", "rsa:R02")


def test_what_is_not_there_is_told_by_line_with_what_is_near(checked):
    text = """vagues = ["v3"]
grilles = ["rsaa"]
couche = "paul"
vocabulaire = ["sexe"]
seuil = 3
[personnes]
commune = [
  "Nanterre",
  "Nantere",
]
[[croisements]]
par = "commmune"
codes = ["rsa:R1", "num:N01"]
"""
    told = [(one.line, one.wrong, one.message) for one in checked(text).found]
    assert [line for line, _, _ in told] == [1, 2, 3, 4, 5, 9, 12, 13]
    assert all(wrong for _, wrong, _ in told)
    words = [message for *_, message in told]
    assert words[0] == "« v3 » n'est pas une vague de l'étude. Il y a : v1, v2."
    assert "« rsaa » n'est pas une grille de l'étude. Vouliez-vous dire « rsa » ?" in words
    assert "« paul » n'est pas le code d'une personne qui code. Il y a : anne, léa, arbitrée." in words
    assert words[4] == "le seuil de l'étude est 5 (enquete.toml) : celui d'une analyse ne peut pas être plus bas."
    assert "Vouliez-vous dire « Nanterre » ?" in words[5]
    assert "Vouliez-vous dire « commune » ?" in words[6]


def test_a_code_must_be_of_the_codebooks_kept_and_of_one_alone(checked):
    (found,) = checked('grilles = ["rsa"]\n[[croisements]]\npar = "vague"\ncodes = ["num:N01"]\n').found
    assert "n'est pas un code des grilles retenues" in found.message
    (found,) = checked('[[croisements]]\npar = "vague"\ncodes = ["R02"]\n').found
    assert "n'est pas un code des grilles de l'étude" in found.message


def test_a_low_threshold_is_no_fault_for_the_team(checked):
    assert checked('seuil = 2\ndestinataires = "équipe"\n').found == ()


def test_where_nobody_is_imported_attributes_and_coders_are_only_remarked(checked):
    text = 'couche = "paul"\n[personnes]\nâge = "30"\n[[croisements]]\npar = "âge"\n'
    found, remarks = checked(text, NOBODY)
    assert [(one.line, one.wrong) for one in remarks] == [(1, False), (3, False), (5, False)]
    assert found.where == {"âge": ("30",)}
    assert not checked('couche = "arbitrée"\n', NOBODY).found[0].wrong
