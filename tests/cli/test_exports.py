"""Answers out of the study, by the command."""

import csv
from dataclasses import replace

import openpyxl
import pytest
from panel import FIRST, HOME, VARIABLES, answer, panel

from enquete.actions.study import open_study
from enquete.model import ConsentKind, ConsentState, Measure, Role, Turn
from enquete.offsets import Mapping
from enquete.store.database import transaction
from enquete.store.interviews import OpenAnswer, Revision, add_open_answers
from enquete.store.people import Consent, put_consent
from enquete.survey.answers.read import read_data
from enquete.survey.matching.types import Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

WORDS = "On m'a coupé le chauffage pendant tout l'hiver."
SAYS = Variable("dire", QuestionKind.TEXT, "Autre chose ?", Measure.NOMINAL)


@pytest.fixture
def answered(study):
    panel(study)
    return study


def with_name(folder, name):
    """Somebody of this name is in the vault."""
    vault = open_study(folder).vault()
    identities = vault.identities()
    identities.people["P001"] = {"prenom": name}
    vault.write_identities(identities)


def say(folder):
    """P001 answers an open question."""
    with open_study(folder).database() as db, transaction(db):
        (row,) = answer(db, "v1", {"P001": [True]}, (SAYS,), questionnaire="autre")
        turns = [Turn(0, len(WORDS), 0, Role.PARTICIPANT)]
        revision = Revision("uo", "ao", WORDS, turns, (), (), Mapping(), "import")
        add_open_answers(db, [OpenAnswer(row, "dire", "v1", "2026-03-02", "P001", revision)])


def test_a_workbook_of_answers_and_its_dictionary(enquete, answered):
    code, out, errors = enquete("exporter", "reponses")
    assert code == 0, errors
    path = answered / "exports" / "equipe" / "reponses.xlsx"
    assert str(path) in out
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Réponses", "Dictionnaire"]
    head, first, *_ = [[cell.value for cell in row] for row in book["Réponses"].iter_rows()]
    told = dict(zip(head, first, strict=True))
    assert told["participant"] == "P001"
    assert told["logement"] == "Chez un tiers"
    assert told["date_reponse"].year == 2026
    assert told["heures"] == 0


@pytest.mark.parametrize(
    ("form", "layout"), [("sav", "longue"), ("dta", "large"), ("csv", "large"), ("xlsx", "longue")]
)
def test_every_format_and_layout(enquete, answered, tmp_path, form, layout):
    path = tmp_path / f"sortie.{form}"
    words = ("exporter", "reponses", "--format", form, "--disposition", layout, "--sortie", path)
    code, out, errors = enquete(*words)
    assert code == 0, errors
    assert f"{'8' if layout == 'longue' else '5'}\u00a0lignes" in out
    before = path.read_bytes()
    assert enquete(*words)[0] == 0
    assert path.read_bytes() == before
    table = read_data(path).tables[0]
    names = {column.name for column in table.columns}
    assert names >= {"participant", "logement" if layout == "longue" else "logement_v2"}


def test_one_wave_alone(enquete, answered, tmp_path):
    path = tmp_path / "v2.csv"
    code, out, errors = enquete("exporter", "reponses", "--format", "csv", "--vague", "v2", "--sortie", path)
    assert code == 0, errors
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert {row["vague"] for row in rows} == {"v2"}
    assert (tmp_path / "v2_dictionnaire.csv").is_file()
    assert "Leur dictionnaire : " in out


def test_open_answers_are_left_out_or_asked_for(enquete, answered, tmp_path):
    say(answered)
    path = tmp_path / "r.csv"
    code, out, errors = enquete("exporter", "reponses", "--format", "csv", "--sortie", path)
    assert code == 0, errors
    assert "1\u00a0question ouverte laissée de côté" in out
    assert WORDS not in path.read_text(encoding="utf-8")
    code, out, errors = enquete("exporter", "reponses", "--format", "csv", "--sortie", path, "--textes")
    assert code == 0, errors
    assert WORDS in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["sav", "dta", "csv", "xlsx"])
def test_a_name_of_the_vault_in_a_label_blocks_the_output(enquete, study, tmp_path, form):
    home = replace(VARIABLES[0], choices=(*HOME, Choice("chez_elle", "Chez Aïssata")))
    with open_study(study).database() as db, transaction(db):
        answer(db, "v1", {"P001": ["soi"]}, (home,))
    with_name(study, "Aïssata")
    path = tmp_path / f"r.{form}"
    code, _, errors = enquete("exporter", "reponses", "--format", form, "--sortie", path)
    assert code == 1
    assert "elle n'a pas été écrite" in errors
    assert "ssata" not in errors
    assert not list(tmp_path.glob("r*"))


def test_a_commune_among_choices_is_nobody(enquete, study, tmp_path):
    home = replace(VARIABLES[0], choices=(Choice("92051", "Neuilly-sur-Seine"), Choice("92050", "Nanterre")))
    with open_study(study).database() as db, transaction(db):
        answer(db, "v1", {"P001": ["92050"]}, (home,))
    with_name(study, "Nanterre")
    code, _, errors = enquete("exporter", "reponses", "--sortie", tmp_path / "r.xlsx")
    assert code == 0, errors


def test_who_refuses_to_take_part_is_not_exported(enquete, answered, tmp_path):
    with open_study(answered).database() as db, transaction(db):
        put_consent(db, Consent("P001", "v1", ConsentKind.PARTICIPATION, ConsentState.WITHDRAWN))
    path = tmp_path / "r.csv"
    code, out, errors = enquete("exporter", "reponses", "--format", "csv", "--sortie", path)
    assert code == 0, errors
    assert "P001" not in path.read_text(encoding="utf-8")
    assert "1\u00a0personne qui refuse ou a retiré sa participation" in out


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--destinataires", "groupe-projet"), 2, "elles ne sortent que pour l'équipe"),
        (("--destinataires", "diffusion"), 2, "enquete suivi reponses"),
        (("--format", "ods"), 2, "Formats : sav, dta, csv, xlsx"),
        (("--disposition", "carrée"), 2, "Dispositions : longue"),
        (("--format", "sav", "--sortie", "r.csv"), 2, "l'extension « .sav »"),
        (("--vague", "v9"), 2, "Vagues de l'étude : v1, v2"),
        (("--questionnaire", "autre"), 1, "Dans l'étude : rsa-v1, rsa-v2"),
    ],
)
def test_what_cannot_be_exported_says_why(enquete, answered, words, status, told):
    code, _, errors = enquete("exporter", "reponses", *words)
    assert code == status
    assert told in errors


def test_two_questionnaires_that_ask_the_same_want_a_choice(enquete, answered, tmp_path):
    with open_study(answered).database() as db, transaction(db):
        answer(db, "v1", FIRST, questionnaire="autre")
    code, _, errors = enquete("exporter", "reponses")
    assert code == 2
    assert "« --questionnaire »" in errors
    assert enquete("exporter", "reponses", "--questionnaire", "autre", "--sortie", tmp_path / "r.xlsx")[0] == 0


def test_nothing_is_exported_of_a_study_where_everybody_withdrew(enquete, study):
    with open_study(study).database() as db, transaction(db):
        answer(db, "v1", {"P001": FIRST["P001"]})
        put_consent(db, Consent("P001", "v1", ConsentKind.PARTICIPATION, ConsentState.WITHDRAWN))
    code, _, errors = enquete("exporter", "reponses", "--format", "sav")
    assert code == 1
    assert "aucune réponse à exporter" in errors
