"""analyses/*.toml: what is read, what is refused, on which line."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.findings.analyses.reading import folded, read
from enquete.findings.analyses.template import template
from enquete.findings.analysis import FORMATS, Analysis, Crossing
from enquete.model import Audience, RespondentType


@pytest.fixture
def written(tmp_path):
    def put(text, name="essai", encoding="utf-8"):
        path = tmp_path / f"{name}.toml"
        path.write_bytes(text.encode(encoding))
        return path

    return put


def refusal(path, problem=Problem.ANALYSIS_INVALID):
    with pytest.raises(EnqueteError) as caught:
        read(path)
    assert caught.value.problem is problem
    return str(caught.value)


def test_an_empty_file_asks_for_everything(written):
    found = read(written("")).analysis
    assert found == Analysis(name="essai", title="essai", digest=found.digest)
    assert found.formats == FORMATS


def test_every_key_is_read(written):
    text = """
titre = "Premiers entretiens"
vagues = ["v1"]
repondants = ["personnes concernées", "aidants"]
reunir = true
grilles = "rsa"
couche = "Arbitrée"
vocabulaire = []
sorties = ["classeur", ".docx"]
destinataires = "Groupe projet"
seuil = 8

[personnes]
commune = ["Nanterre", "Clichy"]
enfants = 3

[[croisements]]
par = "tranche d'âge"
codes = ["rsa:R01", "rsa:R02"]
titre = "Selon l'âge"

[[croisements]]
par = "vague"
"""
    found = read(written(text)).analysis
    assert found.title == "Premiers entretiens"
    assert (found.waves, found.codebooks, found.layer) == (("v1",), ("rsa",), "arbitrée")
    assert found.types == (RespondentType.CONCERNED, RespondentType.HELPER)
    assert (found.together, found.vocabulary, found.formats) == (True, (), ("xlsx", "docx"))
    assert (found.audience, found.threshold) == (Audience.PROJECT_GROUP, 8)
    assert found.where == {"commune": ("Nanterre", "Clichy"), "enfants": ("3",)}
    assert found.crossings == (Crossing("tranche d'âge", ("rsa:R01", "rsa:R02"), "Selon l'âge"), Crossing("vague"))


def test_keys_may_bear_their_accents(written):
    text = 'répondants = ["aidants"]\nréunir = true\n"grille" = "rsa"\n[où]\ncommune = "Clichy"\n'
    found = read(written(text)).analysis
    assert (found.types, found.together, found.codebooks) == ((RespondentType.HELPER,), True, ("rsa",))
    assert found.where == {"commune": ("Clichy",)}


def test_all_faults_come_at_once_with_their_line(written):
    text = """titre = 12
vagues = ["v1"]
grile = ["rsa"]
réunir = "oui"
repondants = [
  "aidants",
  "martiens",
]
sorties = ["classeur", "raport"]
destinataires = "tout le monde"
seuil = 1

[[croisements]]
par = "vague"
code = ["rsa:1"]

[[croisements]]
titre = "Sans rien"
"""
    assert refusal(written(text)).splitlines() == [
        "essai.toml : analyse à corriger :",
        "  ligne 1, « titre » : un texte entre guillemets droits est attendu.",
        "  ligne 3, « grile » : clé inconnue. Vouliez-vous dire « grilles » ?",
        "  ligne 4, « reunir » : true ou false est attendu, sans guillemets.",
        "  ligne 5, « repondants.n° 2 » : type inconnu (écrivez « personne concernée », « aidant » ou "
        "« professionnel »)",
        "  ligne 9, « sorties.n° 2 » : « raport » n'en est pas une valeur : classeur, rapport, page. "
        "Vouliez-vous dire « rapport » ?",
        "  ligne 10, « destinataires » : « tout le monde » n'en est pas une valeur : équipe, groupe-projet, diffusion.",
        "  ligne 11, « seuil » : le plus petit nombre permis est 2.",
        "  ligne 15, « croisements.n° 1.code » : clé inconnue. Vouliez-vous dire « codes » ?",
        "  ligne 17, « croisements.n° 2.par » : cette clé manque.",
    ]


def test_the_same_key_twice_is_no_guess(written):
    said = refusal(written('[ou]\na = "1"\n[personnes]\nb = "2"\n'))
    assert "ligne 3, « personnes » : dit aussi par « ou » : gardez l'une des deux clés." in said


def test_lists_in_lists_without_end_are_refused(written):
    said = refusal(written("titre = " + "[" * 5000 + "]" * 5000), Problem.ANALYSIS_SYNTAX)
    assert "essai.toml, ligne 1" in said


def test_what_is_no_toml_is_shown_by_line(written):
    assert "essai.toml, ligne 2" in refusal(written('titre = "a"\nvagues = [“v1”]\n'), Problem.ANALYSIS_SYNTAX)
    assert "essai.toml, ligne 2" in refusal(
        written('# vu\n# déjà\ntitre = "a"'.replace("vu\n", "vu\n"), encoding="latin-1"), Problem.ANALYSIS_ENCODING
    )


@pytest.mark.parametrize("name", ["synthese", "reprendre", "a b", "x" * 61])
def test_a_name_that_outputs_could_not_bear_is_refused(written, name):
    assert name in refusal(written("", name), Problem.ANALYSIS_NAME)


def test_a_new_analysis_is_read_and_each_of_its_comments_too(written):
    text = template("rsa-v1", {"v1": "Premier", "v2": "Suivi"}, ["rsa"], 5)
    assert read(written(text)).analysis.title == "Rsa v1"
    keys = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith(("# [", "# [["))]
    found = read(written("\n".join(line for line in keys if not line.startswith("#")))).analysis
    assert (found.waves, found.codebooks, found.threshold) == (("v1", "v2"), ("rsa",), 5)
    assert found.crossings == (Crossing("tranche d'âge", ("rsa:…",), "Selon l'âge"),)


def test_a_word_is_found_on_its_own_line(written):
    one = read(written('vagues = [\n  "v1",\n  "v9",\n]\n'))
    assert (one.line("vagues"), one.line("vagues", word="v9"), one.line("grilles")) == (1, 3, 1)


def test_words_are_compared_without_accents_nor_spacing():
    assert folded("Tranche d’âge") == folded("tranche_age") == "tranche age"


_WORD = st.text(st.sampled_from(string.ascii_letters + "éèàç' -’"), min_size=1).filter(str.strip)


@given(st.lists(_WORD, max_size=4), st.dictionaries(_WORD, st.lists(_WORD, min_size=1, max_size=3), max_size=3))
def test_what_is_written_is_what_is_read(tmp_path_factory, waves, where):
    import json

    listed = json.dumps(waves, ensure_ascii=False)
    lines = [f"{json.dumps(k, ensure_ascii=False)} = {json.dumps(v, ensure_ascii=False)}" for k, v in where.items()]
    path = tmp_path_factory.getbasetemp() / "lu.toml"
    path.write_text("\n".join([f"vagues = {listed}", "[personnes]", *lines]), encoding="utf-8")
    found = read(path).analysis
    assert found.waves == tuple(dict.fromkeys(wave.strip() for wave in waves))
    assert found.where == {k.strip(): tuple(one.strip() for one in v) for k, v in where.items()}
