"""What each person agreed to: noted by code, proved in the vault, followed by what it asks for."""

from datetime import date

import pytest
from erasure import places

from enquete.actions.study import open_study
from enquete.model import ConsentKind, ConsentState
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.people import consents, proofs


@pytest.fixture
def people(study, enquete, talk, tmp_path):
    table = tmp_path / "personnes.csv"
    table.write_text("code;vague;fichier;consentement\nP001;v1;" + talk.name + ";oui\nP002;v1;;\n", encoding="utf-8")
    code, _, errors = enquete("importer", "entretiens", talk, "--participants", table)
    assert code == 0, errors
    return table


def noted(folder):
    with open_study(folder).database() as db:
        return {(c.participant, c.kind): c for c in consents(db)}


def test_only_what_is_given_changes(study, people, enquete):
    code, out, errors = enquete("consentement", "p1", "--vague", "v1", "--citation", "refusé", "--le", "2025-03-01")
    assert code == 0, errors
    assert "citation : refusé, le 1er mars 2025" in out
    assert "jamais citée" in out
    found = noted(study)
    assert found["P001", ConsentKind.PARTICIPATION].state is ConsentState.GIVEN
    assert found["P001", ConsentKind.QUOTATION].state is ConsentState.REFUSED
    assert found["P001", ConsentKind.QUOTATION].decided_on == date(2025, 3, 1)


def test_a_proof_is_kept_in_the_vault_alone(study, people, enquete, tmp_path):
    scan = tmp_path / "Consentement Fatoumata.pdf"
    scan.write_bytes(b"%PDF signature de Fatoumata")
    code, out, errors = enquete("consentement", "P001", "--participation", "accorde", "--preuve", scan)
    assert code == 0, errors
    assert "1\u00a0preuve au coffre" in out
    with open_study(study).database() as db:
        (key,) = proofs(db)
    kept = open_study(study).vault().proof(key)
    assert (kept.name, kept.data) == (scan.name, scan.read_bytes())
    assert [where for _, where in places(study, ["signature de Fatoumata"])] == [f"{key}.age"]


def test_a_later_decision_keeps_the_former_proof(study, people, enquete, tmp_path):
    for number, state in enumerate(("accorde", "retire")):
        scan = tmp_path / f"{number}.pdf"
        scan.write_bytes(b"%d" % number)
        enquete("consentement", "P001", "--archive", state, "--preuve", scan)
    found = noted(study)["P001", ConsentKind.ARCHIVE]
    assert found.state is ConsentState.WITHDRAWN
    vault = open_study(study).vault()
    assert [vault.proof(key).data for key in found.proofs] == [b"0", b"1"]


def test_a_withdrawal_says_what_to_do_next(study, people, enquete):
    _, out, _ = enquete("consentement", "P001", "--participation", "retire", "--enregistrement", "retire", "--oral")
    assert "« enquete retirer P001 »" in out
    assert "effacez vous-même le fichier son" in out
    assert "à l'oral" in out


def test_the_participants_file_does_not_undo_a_withdrawal(study, people, enquete, talk):
    enquete("consentement", "P001", "--participation", "retire")
    enquete("importer", "entretiens", talk, "--participants", people)
    assert noted(study)["P001", ConsentKind.PARTICIPATION].state is ConsentState.WITHDRAWN


def test_one_person_and_everybody_are_shown(study, people, enquete):
    enquete("consentement", "P001", "--citation", "accorde", "--oral")
    _, out, _ = enquete("consentement", "P001")
    assert "P001, vague v1 (Premier entretien) :" in out
    assert "archivage : rien de noté" in out
    _, out, _ = enquete("consentement")
    lines = out.splitlines()
    assert lines[0].split() == [
        "personne", "vague", "participation", "enregistrement", "citation", "reprise", "de", "contact", "archivage",
        "preuve",
    ]  # fmt: skip
    assert lines[1].split() == ["P001", "v1", "oui", "?", "oui", "?", "?", "à", "l'oral"]
    assert lines[2].split() == ["P002", "v1", "?", "?", "?", "?", "?", "manque"]
    assert "Sans preuve au coffre ni mention d'un accord à l'oral : 1\u00a0ligne." in out
    assert enquete("consentement", "P002")[1] == "P002 : aucun consentement noté.\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("P009", "--citation", "refuse"), 1, "n'est pas dans cette étude"),
        (("P001", "--citation", "peut-être"), 2, "Écrivez : accorde, refuse ou retire."),
        (("P001", "--citation", "refuse", "--vague", "v9"), 2, "Vagues de l'étude : v1, v2"),
        (("P001", "--citation", "refuse", "--le", "03/11/2026"), 2, "Écrivez-la ainsi"),
        (("P001", "--citation", "refuse", "--le", "2999-01-01"), 2, "n'est pas une date passée"),
        (("P001", "--citation", "refuse", "--preuve", "absent.pdf"), 1, "ce fichier n'existe pas"),
        (("P001", "--oral"), 2, "rien à noter"),
        (("--oral",), 2, ""),
    ],
)
def test_what_is_not_understood_changes_nothing(study, people, enquete, words, code, told):
    before = noted(study)
    found, _, errors = enquete("consentement", *words)
    assert (found, told in errors) == (code, True), errors
    assert noted(study) == before


def test_several_waves_want_the_wave_named(study, people, enquete):
    enquete("consentement", "P001", "--vague", "v2", "--participation", "accorde")
    code, _, errors = enquete("consentement", "P001", "--citation", "refuse")
    assert (code, "--vague" in errors) == (2, True)


def test_who_refuses_quotation_is_counted_and_never_quoted(study, people, enquete):
    words = "Ils m'ont coupé la moitié pendant deux mois"
    with open_study(study).database() as db, transaction(db):
        (text,) = interviews(db)
        at = text.text.index(words)
        codings.add_coding(db, codings.Coding(text.revision, at, at + len(words), "rsa", "R01", "léa", "cite"))
    workbook = study / "synthese.xlsx"
    code, _, errors = enquete("synthese", "--sortie", workbook)
    assert code == 0, errors
    assert {word for word, _ in places(study, [words])} == {words}
    workbook.unlink()
    enquete("consentement", "P001", "--citation", "refuse")
    code, _, errors = enquete("synthese", "--sortie", workbook)
    assert code == 0, errors
    assert [where for _, where in places(study, [words]) if where.startswith(workbook.name)] == []
