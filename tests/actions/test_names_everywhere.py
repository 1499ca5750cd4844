"""A name found late is masked wherever the study holds it, even when the command that found it was killed."""

import hashlib
import re
import sqlite3
import zlib
from contextlib import closing

import pytest

from enquete.actions.interviews.importing import Request, import_interviews
from enquete.actions.study import open_study
from enquete.model import Audience
from enquete.store import database
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.outputs import hand_over, outputs, recall, register_output
from enquete.store.people import values
from enquete.store.pieces import departures, said_words
from enquete.store.review import alerts, blocking_alerts
from enquete.store.words import coders_words
from enquete.vault import Vault

FIRST = """Enquêtrice : Qui vous aide ?

Enquêtée : Y'a zoubaïda qui passe, et momo, mon voisin. Je m'appelle Fatoumata Diarra.

Enquêtrice : Et depuis ?

Enquêtée : Toujours momo.
"""
SECOND = """Enquêtrice : Et vous ?

Enquêtée : Je m'appelle Moussa Traoré. Ma voisine Zoubaïda Benkhelifa m'aide.
"""


class Killed(BaseException):
    """The process is dead."""


@pytest.fixture
def coded(study, enquete, tmp_path):
    """One interview, E001, and a memo that says two names that nobody has found yet."""
    path = tmp_path / "a.txt"
    path.write_text(FIRST, encoding="utf-8")
    assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    table = tmp_path / "codages.csv"
    table.write_text(
        "entretien;tour;citation;code;mémo\nE001;2;qui passe;R07.1;il parle de zoubaïda et de momo\n", encoding="utf-8"
    )
    assert enquete("importer", "codages", table, "--codeur", "lea")[0] == 0
    return study


def held(folder):
    """Every text and memo of the study, in one string."""
    with database.opened(folder / "etude.db") as db:
        told = [words.title + words.body for words in coders_words(db)]
        return "\n".join([*(text.text for text in interviews(db)), *told]).lower()


def test_memos_lose_a_name_that_a_later_interview_tells(coded, enquete, tmp_path):
    assert "zoubaïda et de momo" in held(coded)
    path = tmp_path / "b.txt"
    path.write_text(SECOND, encoding="utf-8")
    assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    assert "zouba" not in held(coded)


def test_attributes_lose_a_name_found_since_and_keep_communes(coded, enquete, tmp_path):
    table = tmp_path / "personnes.csv"
    told = "code;vague;commune;logement;recruté par\nP001;v1;Antony;hébergée chez zoubaïda;asso de Zoubaïda\n"
    table.write_text(told, encoding="utf-8")
    path = tmp_path / "b.txt"
    path.write_text(SECOND, encoding="utf-8")
    assert enquete("importer", "entretiens", path, "--vague", "v1", "--participants", table)[0] == 0
    with database.opened(coded / "etude.db") as db:
        stand = values(db)
    assert "Antony" in stand
    assert len(stand) == 3
    assert "zouba" not in " ".join(stand).lower()


def test_memos_lose_a_name_that_a_reviewer_adds(coded, enquete):
    assert enquete("relire", "E001", "--ajouter", "momo", "--type", "personne")[0] == 0
    assert "momo" not in held(coded)


def test_an_import_killed_once_the_vault_is_written_still_masks_its_names(coded, enquete, tmp_path, monkeypatch):
    path = tmp_path / "b.txt"
    path.write_text(SECOND, encoding="utf-8")
    write = Vault.write_identities

    def dying(self, identities):
        write(self, identities)
        if any("Benkhelifa" in form for entity in identities.book.entities for form in entity.forms):
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "write_identities", dying)
        with pytest.raises(Killed):
            import_interviews(open_study(coded), Request((path,), wave="v1"), lambda *_: None)
    assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    assert "zouba" not in held(coded)
    with database.opened(coded / "etude.db") as db:
        assert [alert.interview for alert in blocking_alerts(db)] == ["E001"]


def test_a_name_typed_in_one_turn_is_masked_in_the_others(coded, enquete):
    assert (
        enquete("corriger", "E001", "--remplacer", "qui passe", "--par", "Benkhelifa qui passe", "--tour", "2")[0] == 0
    )
    code, _, errors = enquete("corriger", "E001", "--remplacer", "Toujours", "--par", "Toujours Zoubaïda,")
    assert code == 0, errors
    assert "zouba" not in held(coded)
    with database.opened(coded / "etude.db") as db:
        assert [alert.interview for alert in alerts(db)] == ["E001"]


def test_names_typed_follow_the_policy_of_the_study(coded, enquete):
    settings = coded / "enquete.toml"
    told = settings.read_text(encoding="utf-8")
    told = re.sub(r"(?m)^personnes = .*$", 'personnes = "code"', told)
    settings.write_text(told, encoding="utf-8")
    code, _, errors = enquete("corriger", "E001", "--remplacer", "Toujours", "--par", "Toujours Amadou Sissoko,")
    assert code == 0, errors
    assert "toujours [personne" in held(coded)


def test_no_digest_of_a_text_confirms_the_name_that_it_held(coded, enquete):
    with closing(sqlite3.connect(coded / "etude.db")) as db:
        ((before,),) = db.execute("SELECT text FROM revision").fetchall()
    assert enquete("relire", "E001", "--ajouter", "momo", "--type", "personne")[0] == 0
    assert hashlib.sha256(before.encode()).hexdigest().encode() not in (coded / "etude.db").read_bytes()


def test_a_copy_of_what_was_called_back_is_called_back(coded):
    with database.opened(coded / "etude.db") as db, transaction(db):
        number = register_output(db, "a.xlsx", "export", Audience.TEAM, "0", ["E001"])
        copy = hand_over(db, number, "lea")
        db.execute("UPDATE output SET destroyed_at = '2026-01-01' WHERE id = ?", (copy,))
        recall(db, [number])
        assert hand_over(db, number, "lea") == copy
        assert [output.id for output in outputs(db) if output.awaited] == [number, copy]


def test_a_name_found_late_leaves_findings_and_what_files_said_of_them(coded, enquete, tmp_path):
    words = "Interprétation=Une voisine passe, zoubaïda, et rien d'autre."
    assert enquete("constat", "nouveau", "Les voisines", "--par", "lea", "--champ", words)[0] == 0
    assert enquete("constat", "ecrire")[0] == 0
    assert enquete("synthese", "--format", "xlsx")[0] == 0
    assert "zoubaïda" in written(coded)
    path = tmp_path / "b.txt"
    path.write_text(SECOND, encoding="utf-8")
    assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    assert "une voisine passe" in written(coded)
    assert "zoubaïda" not in written(coded)
    code, out, errors = enquete("constat", "reprendre")  # what stands in the file did not change
    assert code == 0, errors
    assert "Aucun fichier" in out
    assert "zoubaïda" not in (coded / "constats" / "C01.md").read_text(encoding="utf-8").lower()


def written(folder):
    """All that people wrote of what they read, and what files said of it when they left."""
    with database.opened(folder / "etude.db") as db:
        told = [one.body for one in said_words(db)]
        for _, body in departures(db):
            told.append(zlib.decompress(body).decode())
    return "\n".join(told).lower()
