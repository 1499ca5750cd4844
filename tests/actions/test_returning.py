"""What goes back to the people interviewed: only what somebody wrote for them, in words that can be read."""

import io

import pytest
from coded import add_texts
from docx import Document

from enquete.actions.study import open_study
from enquete.findings.written.types import PieceKind
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.pieces import add_piece, say

FINDING = {"title": "La peur", "state": "validé", "plain": "Beaucoup ont peur. Cette peur est là tous les jours."}


def write(folder, kind=PieceKind.FINDING, **fields):
    with open_study(folder).database() as db, transaction(db):
        code = add_piece(db, kind)
        say(db, kind, code, fields, "lea")
    return code


def lines_of(path):
    return [paragraph.text for paragraph in Document(io.BytesIO(path.read_bytes())).paragraphs if paragraph.text]


def meet(folder, code="P001"):
    """Somebody with an interview."""
    (made,) = add_texts(folder, ["Je dors mal."])
    with open_study(folder).database() as db, transaction(db):
        db.execute("INSERT INTO participant (code, type) VALUES (?, 'concerned')", (code,))
        db.execute("INSERT INTO interview_participant SELECT i.id, p.id FROM interview i, participant p")
        assert [text.participants for text in interviews(db)] == [(code,)]
    return made


def test_the_sheet_has_a_sentence_a_line_and_explains_acronyms(study, enquete):
    write(study, **FINDING)
    write(study, title="Brouillon", plain="Rien de sûr.")
    asked = {"title": "x", "state": "envoyée", "plain": "Nous demandons une lettre.", "addressees": "CAF, mairie"}
    write(study, PieceKind.RECOMMENDATION, **asked)
    code, out, errors = enquete("restitution", "collective")
    assert code == 0, errors
    told = lines_of(study / "exports" / "diffusion" / "restitution.docx")
    assert {"Beaucoup ont peur.", "Cette peur est là tous les jours.", "Nous demandons une lettre."} <= set(told)
    assert "Nous l'avons demandé\u00a0: CAF, mairie." in told
    assert "Nous attendons la réponse." in told
    assert "CAF\u00a0: caisse d'allocations familiales." in told
    assert not any("Rien de sûr" in line for line in told)
    assert "C01 : lisibilité" in out
    first = (study / "exports" / "diffusion" / "restitution.docx").read_bytes()
    assert enquete("restitution", "collective")[0] == 0
    assert (study / "exports" / "diffusion" / "restitution.docx").read_bytes() == first


def test_an_acronym_that_nobody_explains_stops_the_sheet(study, enquete):
    write(study, **FINDING | {"plain": "Le PLIE ne répond pas."})
    code, _, errors = enquete("restitution", "collective")
    assert code == 1
    assert "PLIE" in errors
    assert "sigles" in errors
    settings = study / "enquete.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("[restitution]", '[restitution]\nsigles = { PLIE = "une aide" }'),
        encoding="utf-8",
    )
    assert enquete("restitution", "collective")[0] == 0
    assert "PLIE\u00a0: une aide." in lines_of(study / "exports" / "diffusion" / "restitution.docx")


def test_nothing_is_given_back_that_nobody_wrote(study, enquete):
    write(study, title="Un constat", state="validé")
    code, _, errors = enquete("restitution", "collective")
    assert code == 1
    assert "Pour la restitution" in errors


def test_what_is_said_at_a_meeting_leaves_room_for_answers(study, enquete):
    write(study, **FINDING)
    code, out, errors = enquete("restitution", "orale")
    assert code == 0, errors
    told = lines_of(study / "exports" / "equipe" / "restitution-orale.docx")
    assert "À dire" in told
    assert "Est-ce que cela vous arrive aussi\u202f?" in told
    assert "\t" in told
    assert "minutes" in out


def test_a_personal_sheet_is_for_who_asks_for_it(study, enquete):
    meet(study)
    write(study, **FINDING | {"cases": "P001"})
    code, _, errors = enquete("restitution", "personnelle", "P001")
    assert code == 1
    assert "n'a pas demandé" in errors
    assert enquete("restitution", "demander", "p1", "--par", "lea", "--le", "12/01/2026")[0] == 0
    code, _, errors = enquete("restitution", "personnelle", "p001")
    assert code == 0, errors
    told = lines_of(study / "exports" / "equipe" / "restitution" / "P001.docx")
    assert "Beaucoup ont peur." in told
    assert not any("P001" in line for line in told)
    assert enquete("restitution", "personnelle", "P009")[0] == 1
    assert enquete("restitution", "demander", "P009", "--par", "lea")[0] == 1


@pytest.mark.parametrize(
    ("plain", "told"),
    [("Cela va. Un " + "mot " * 15 + "fin.", "17\u00a0mots"), ("On attend ; on a peur.", "une idée par phrase")],
)
def test_what_could_be_simpler_is_told_without_a_key(study, enquete, plain, told):
    write(study, **FINDING | {"plain": plain})
    code, out, _ = enquete("restitution", "verifier")
    assert code == 0
    assert told in out


def test_an_unexplained_acronym_is_told_without_a_key(study, enquete):
    write(study, **FINDING | {"plain": "Le PLIE."})
    code, out, _ = enquete("restitution", "verifier")
    assert code == 1
    assert "PLIE" in out
