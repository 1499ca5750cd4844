"""Answers to open questions in what commands count, print and write: never added to interviews."""

import json

import openpyxl
import pytest
from answered import add_answers, code_answers
from coders import code, import_talks

from enquete.actions.outputs.gathering import gather
from enquete.actions.study import open_study
from enquete.model import ConsentKind, ConsentState

AGREED = {ConsentKind.QUOTATION: ConsentState.GIVEN}
DIRE = "Que voulez-vous dire encore ?"


@pytest.fixture
def both(enquete, study):
    """Two interviews, one coded; eight people who answered « dire », three of them « manque » too."""
    import_talks(enquete, study, 2)
    code(study, "lea", {"R02.1": "coupé la moitié"})
    said = {f"P{n}": {"dire": f"On m'a coupé le RSA, {n}."} | ({"manque": "L'argent."} if n < 104 else {})
            for n in range(101, 109)}  # fmt: skip
    codes = add_answers(study, said, consents=AGREED)
    mine = [codes[f"P{n}", "dire"] for n in range(101, 107)]
    code_answers(study, "lea", {one: [("R07", "cite")] for one in mine})
    return study


def sheet(path, name):
    return [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def test_the_material_of_a_synthesis_keeps_the_two_apart(both):
    material = gather(open_study(both), b"")
    assert [one.code for one in material.interviews] == ["E001", "E002"]
    assert len(material.answers) == 11
    assert {passage.interview[0] for passage in material.passages} == {"E"}
    assert {passage.interview[0] for passage in material.answer_passages} == {"R"}


def test_an_answer_coded_under_no_code_counts_for_the_codebooks_of_its_question(both):
    (answer,) = [one for one in gather(open_study(both), b"").answers if one.participants == ("P107",)]
    code_answers(both, "lea", {answer.code: []})
    (answer,) = [one for one in gather(open_study(both), b"").answers if one.participants == ("P107",)]
    assert answer.grids == ("rsa",)


def test_synthese_counts_each_apart_and_says_so(enquete, both):
    status, out, err = enquete("synthese", "--destinataires", "équipe")
    assert (status, err) == (0, "")
    assert "2\u00a0personnes, 2\u00a0entretiens dont 1 codé, 1\u00a0passage." in out
    assert "8\u00a0personnes, 11\u00a0réponses ouvertes dont 6 codées, 6\u00a0passages." in out
    book = both / "exports/equipe/synthese.xlsx"
    rows = sheet(book, "Questions ouvertes")
    assert [row[4:7] for row in rows[1:4]] == [
        [DIRE, 8, None],
        ["Sanctions, contrôle et recours", 6, 6],
        ["Qu'est-ce qui vous manque le plus ?", 3, None],
    ]
    link = openpyxl.load_workbook(book)["Questions ouvertes"]["E3"].hyperlink.location
    assert link.startswith("'Verbatims'!A")
    quoted = sheet(book, "Verbatims")[int(link.partition("!A")[2]) - 1]
    assert f"réponse à la question « {DIRE} »" in quoted


def test_equal_studies_give_equal_bytes(enquete, both):
    def made():
        assert enquete("synthese")[0] == 0
        return (both / "exports/groupe-projet/synthese.xlsx").read_bytes()

    assert made() == made()


def test_public_answers_wait_for_a_signature_and_have_nothing_of_the_person_beside_them(enquete, both):
    assert "R001" in enquete("signer")[1]
    assert enquete("signer", "--tout", "--par", "Anne")[0] == 0
    assert enquete("synthese", "--destinataires", "diffusion")[0] == 0
    quoted = sheet(both / "exports/diffusion/synthese.xlsx", "Verbatims")[1:]
    assert {row[-1] for row in quoted} == {f"réponse à la question « {DIRE} »"}
    told = json.dumps(sheet(both / "exports/diffusion/synthese.xlsx", "Questions ouvertes"), ensure_ascii=False)
    assert "Sanctions" in told
    assert "manque" not in told


def test_a_study_of_answers_alone_gives_a_synthesis(enquete, study):
    codes = add_answers(study, {"P101": {"dire": "On m'a coupé le RSA."}})
    code_answers(study, "lea", {codes["P101", "dire"]: ["R07"]})
    status, out, _ = enquete("synthese", "--destinataires", "équipe")
    assert status == 0
    assert "entretien" not in out.splitlines()[1]
    assert openpyxl.load_workbook(study / "exports/equipe/synthese.xlsx").sheetnames == [
        "Lisez-moi", "Essentiel", "Profil", "Questions ouvertes", "Verbatims", "Constats", "Recommandations", "Bilan",
        "Grille de codage", "Méthode",
    ]  # fmt: skip


def test_risks_are_looked_for_among_those_who_were_met_then_among_those_who_answered(enquete, both):
    add_answers(both, {"P120": {"plus": "J'ai sept enfants."}}, questionnaire="rsa-v1b")
    status, out, _ = enquete("risques")
    assert status == 0
    met, answered = out.split("Par questionnaire :")
    assert met.startswith("En entretien :")
    assert "sur 2 que moins de" in met
    assert "sur 9 que moins de" in answered


def test_etat_tells_interviews_and_answers_apart(enquete, both):
    _, out, _ = enquete("etat")
    assert "Vague v1 (Premier entretien) : 2\u00a0entretiens, 2\u00a0personnes" in out
    assert "par questionnaire : 11\u00a0réponses à 2\u00a0questions ouvertes, 8\u00a0personnes" in out
    assert "coder 1\u00a0entretien et 5\u00a0réponses à 2\u00a0questions ouvertes" in out
    assert "relire les noms de 2\u00a0entretiens et 11\u00a0réponses à 2\u00a0questions ouvertes" in out


def test_a_finished_answer_without_a_code_is_left_to_nobody(enquete, both):
    (answer,) = [one for one in gather(open_study(both), b"").answers if one.participants == ("P107",)]
    code_answers(both, "lea", {answer.code: []})
    assert "coder 1\u00a0entretien et 4\u00a0réponses" in enquete("etat")[1]


def test_the_working_copy_says_which_question_was_answered_and_is_taken_back(enquete, both):
    status, out, _ = enquete("reperer")
    assert status == 0
    assert "dans 2\u00a0entretiens et 11\u00a0réponses à 2\u00a0questions ouvertes" in out
    path = both / "exports/equipe/reperage.xlsx"
    book = openpyxl.load_workbook(path)
    head, *rows = [[cell.value for cell in row] for row in book["Repérage"].iter_rows()]
    source, where, decision = (head.index(title) for title in ("Source", "Entretien", "Décision"))
    assert {row[source] for row in rows if row[where].startswith("E")} == {"entretien enregistré"}
    answered = [number for number, row in enumerate(rows, 2) if row[where].startswith("R")]
    assert {rows[number - 2][source] for number in answered} == {f"réponse à « {DIRE} »"}
    book["Repérage"].cell(answered[0], decision + 1).value = "oui"
    book.save(path)
    status, out, err = enquete("importer", "codages", path, "--codeur", "max")
    assert (status, err) == (0, "")
    assert "1\u00a0codage ajouté pour max dans 1\u00a0réponse à 1\u00a0question ouverte." in out


def test_notes_say_which_question_was_answered(enquete, both):
    from enquete.store import codings
    from enquete.store.database import transaction
    from enquete.store.interviews import interview_named

    with open_study(both).database() as db, transaction(db):
        text = interview_named(db, "R001")
        codings.add_coding(db, codings.Coding(text.revision, 0, 9, "rsa", "R07", "lea", memo="À relire."))
    assert "réponse à rsa-v1/dire, « On m'a co »" in enquete("notes")[1]
