"""Interview sheets: a Word document an interview, with all that is known of it, for the team."""

import io
import zipfile

import pytest
from docx import Document

from enquete.actions.findings.sheets import FOLDER
from enquete.coding.entries import Entry, Kind
from enquete.store import database
from enquete.store.entries import put_entries
from enquete.store.interviews import interviews


def written(kind, uid, **fields):
    return Entry(uid=uid, step=uid, item=uid, kind=kind, **fields)


@pytest.fixture
def read(enquete, study, talk, tmp_path):
    """One interview coded by lea, who marked a passage, and read by tom too; a summary of the person."""
    people = tmp_path / "participants.csv"
    people.write_text("code;type;fichier;logement\nP001;personne concernée;" + talk.name + ";hébergée\n", "utf-8")
    done = enquete("importer", "entretiens", talk, "--vague", "v1", "--participants", people)
    assert done[0] == 0, done
    table = tmp_path / "codages.csv"
    table.write_text("entretien;code;tour;marque\nE001;R07.1;2;ne jamais citer\nE001;R01;4;\n", encoding="utf-8")
    done = enquete("importer", "codages", table, "--codeur", "lea")
    assert done[0] == 0, done
    with database.opened(study / "etude.db") as db, database.transaction(db):
        (text,) = interviews(db)
        place = {"interview": "E001", "revision": text.uid, "start": text.turns[1].start, "end": text.turns[1].end}
        event = written(Kind.EVENT, "e1", interview="E001", title="mars 2024", body="Suspension.")
        sheet = written(Kind.SHEET, "s1", interview="E001", field="context", body="Au CCAS.\n\nPorte ouverte.")
        put_entries(db, "lea", [sheet, event, written(Kind.MEMO, "m1", **place, body="Revient trois fois.")])
        other = written(Kind.SHEET, "s2", interview="E001", field="context", body="Bruit de couloir.")
        put_entries(db, "tom", [other])
    assert enquete("cas", "ecrire", "P001", "--theme", "R07", "--texte", "Suspendue.", "--par", "lea")[0] == 0
    return study


def paragraphs(data):
    return [(one.style.name, one.text.replace("\u00a0", " ").replace("\u202f", " ")) for one in
            Document(io.BytesIO(data)).paragraphs]  # fmt: skip


def test_a_sheet_tells_all_that_is_known_of_an_interview(enquete, read):
    code, out, errors = enquete("cas", "fiche", "E001")
    assert code == 0, errors
    assert "E001" in out
    found = paragraphs((read / FOLDER / "E001.docx").read_bytes())
    assert ("Title", "Fiche d'entretien E001") in found
    headings = [text for style, text in found if style == "Heading 1"]
    assert headings == [
        "Fiche des codeurs",
        "Événements",
        "Ce qui est codé, thème par thème",
        "Mémos",
        "Résumés de la personne",
        "Ligne de vie",
        "Autres entretiens",
    ]
    texts = [text for _, text in found]
    assert "Personne P001 : personne concernée ; Logement : hébergée" in texts
    assert "tom : Bruit de couloir." in texts
    assert "Porte ouverte." in texts
    assert "mars 2024 (lea) : Suspension." in texts
    assert any(t.startswith("Ne jamais citer – tour 2 ; R07.1") for t in texts)
    assert any("Revient trois fois." in t for t in texts)
    assert any(t.endswith(" : Suspendue.") for t in texts)
    assert any(style == "Quote" for style, _ in found)


def test_the_sheets_of_a_person_are_those_of_all_their_interviews(enquete, read, tmp_path):
    assert enquete("cas", "fiche", "p001", "--sortie", tmp_path / "a")[0] == 0
    assert enquete("cas", "fiche", "--toutes", "--sortie", tmp_path / "b")[0] == 0
    (one,), (same,) = sorted((tmp_path / "a").iterdir()), sorted((tmp_path / "b").iterdir())
    assert one.name == same.name == "E001.docx"
    assert one.read_bytes() == same.read_bytes()


def test_a_sheet_names_nobody_in_its_words_nor_in_its_properties(enquete, read):
    assert enquete("cas", "fiche", "E001")[0] == 0
    with zipfile.ZipFile(read / FOLDER / "E001.docx") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
        core = archive.read("docProps/core.xml")
    assert b"Fatoumata" not in held
    assert b"python-docx" not in held
    assert b"<dc:creator" not in core


@pytest.mark.parametrize(("asked", "told"), [((), "--toutes"), (("E009",), "E009"), (("P404",), "P404")])
def test_what_is_not_there_is_told(enquete, read, asked, told):
    code, _, errors = enquete("cas", "fiche", *asked)
    assert code == 2
    assert told in errors


def test_a_sheet_is_to_be_destroyed_once_its_person_withdraws(enquete, read):
    assert enquete("cas", "fiche", "E001")[0] == 0
    assert enquete("retirer", "P001", "--oui")[0] == 0
    told = next(line for line in enquete("sorties")[1].splitlines() if "E001.docx" in line)
    assert "À DÉTRUIRE" in told
    assert enquete("cas", "fiche", "E001")[0] == 2


def test_a_type_shows_what_goes_with_it(enquete, read):
    assert enquete("type", "nouveau", "Suspendus", "--par", "lea", "--champ", "Cas=P001")[0] == 0
    out = enquete("type", "montrer", "T01")[1]
    assert "Hébergée : 1 sur 1 ; chez les autres, personne d'autre" in out
    assert "R07" in out
    assert "Dans aucun type : personne." in enquete("type")[1]
