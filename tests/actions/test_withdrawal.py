"""Somebody takes back their words: nothing of them is left in the study's folder, and the others keep theirs."""

import os
import re
import shutil
import sqlite3

import pytest
from erasure import places

from enquete.actions.coding.page_lock import page_lock
from enquete.actions.protection import erasing, withdrawal
from enquete.actions.review.flags import flag_word
from enquete.actions.study import open_study
from enquete.model import Audience, Role
from enquete.store import codings
from enquete.store import erasing as stored
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.outputs import register_output

TOGETHER = """Enquêtrice : Vous êtes venus à deux ?
Fatou : Oui, moi c'est Fatoumata Diarra, je zigzague entre les guichets avec mon fils Ibrahim.
Karim : Et moi Karim Benali, le dossier était brindezingue.
Fatou : Le contrat, je l'ai signé farfelument, sans le lire.
Karim : Pareil, une vraie coquecigrue.
"""
ALONE = """Enquêtrice : Et depuis, comment ça va ?
Fatou : Je suis suivie par Madame Lefèvre, c'est calembredaine sur calembredaine.
"""
PEOPLE = """code;nom;téléphone;vague;fichier;âge;consentement
P001;Fatoumata Diarra;0612345678;v1;à deux.txt;34 ans;oui
P002;Karim Benali;0611223344;v1;à deux.txt;51 ans;oui
P001;Fatoumata Diarra;0612345678;v2;seule.txt;35 ans;oui
"""
HERS = (
    "zigzague",
    "farfelument",
    "calembredaine",
    "Fatoumata",
    "Diarra",
    "Ibrahim",
    "Lefèvre",
    "0612345678",
    "seule.txt",
)
HIS = ("brindezingue", "coquecigrue", "Benali", "0611223344")


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "apporté"
    folder.mkdir()
    (folder / "à deux.txt").write_text(TOGETHER, encoding="utf-8")
    (folder / "seule.txt").write_text(ALONE, encoding="utf-8")
    (folder / "personnes.csv").write_text(PEOPLE, encoding="utf-8")
    return folder


@pytest.fixture
def met(study, enquete, sources):
    """A study of two people: P001 met with P002, then alone."""
    files = [sources / "à deux.txt", sources / "seule.txt"]
    code, _, errors = enquete("importer", "entretiens", *files, "--participants", sources / "personnes.csv")
    assert code == 0, errors
    return study


def turns(folder, code):
    with open_study(folder).database() as db:
        interview = next(i for i in interviews(db) if i.code == code)
    return [interview.text[t.start : t.end] for t in interview.turns]


def coded(db, interview, words, coder="léa", memo=""):
    start = interview.text.index(words)
    codings.add_coding(
        db, codings.Coding(interview.revision, start, start + len(words), "rsa", "R01", coder, memo=memo)
    )


def test_words_are_there_before(met):
    found = {word for word, _ in places(met, (*HERS, *HIS))}
    assert found == {*HERS, *HIS}


def test_a_person_is_erased_to_the_byte(met, enquete):
    with open_study(met).database() as db, transaction(db):
        together, alone = interviews(db)
        coded(db, together, "farfelument", memo="elle dit farfelument")
        coded(db, together, "brindezingue", memo="un mot de lui")
        coded(db, alone, "calembredaine")
    enquete("reperer")
    shutil.copy(met / "etude.db", met / "etude.avant-002.db")
    (met / ".exports.abcd.tmp").write_text("farfelument")
    code, out, errors = enquete("retirer", "P001", "--oui", "--supprimer-exports")
    assert code == 0, errors
    assert "etude.avant-002.db" in out
    assert places(met, HERS) == []
    kept = {word for word, _ in places(met, HIS)}
    assert kept == {"brindezingue", "coquecigrue", "Benali", "0611223344"}
    assert turns(met, "E001")[1] == turns(met, "E001")[3] == "[passage retiré]"
    with open_study(met).database() as db:
        (left,) = interviews(db)
        assert left.participants == ("P002",)
        assert [voice.role for voice in left.voices] == [Role.INTERVIEWER, Role.OTHER, Role.PARTICIPANT]
        (coding,) = codings.codings(db)
    assert left.text[coding.start : coding.end] == "brindezingue"
    assert coding.memo == "un mot de lui"


def test_no_free_page_is_left(met, enquete):
    enquete("retirer", "P001", "--oui")
    db = sqlite3.connect(met / "etude.db")
    assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert db.execute("SELECT counts FROM event WHERE action = 'retirer'").fetchone()[0].startswith("personnes=1")
    db.close()


def test_what_others_say_of_the_person_stays_masked(study, enquete, sources):
    told = TOGETHER + "Karim : Fatoumata m'a beaucoup aidé.\n"
    (sources / "à deux.txt").write_text(told, encoding="utf-8")
    enquete("importer", "entretiens", sources / "à deux.txt", "--participants", sources / "personnes.csv")
    before = turns(study, "E001")[-1]
    assert "Fatoumata" not in before
    assert enquete("retirer", "P001", "--oui")[0] == 0
    assert turns(study, "E001")[-1] == before
    # The name that somebody else said is still known: an output that holds it would be refused.
    identities = open_study(study).vault().identities()
    assert "Fatoumata" in {form for entity in identities.book.entities for form in entity.forms}
    assert "Diarra" not in {form for entity in identities.book.entities for form in entity.forms}
    assert all("P001" not in entity.group for entity in identities.book.entities)
    assert identities.people.keys() == {"P002"}


def test_earlier_revisions_leave_nothing(met, enquete, sources):
    (sources / "seule.txt").write_text(ALONE.replace("calembredaine", "turlupinade"), encoding="utf-8")
    code, _, errors = enquete(
        "importer", "entretiens", sources / "seule.txt", "--participants", sources / "personnes.csv", "--remplacer"
    )
    assert code == 0, errors
    enquete("retirer", "p1", "--oui")
    assert places(met, (*HERS, "turlupinade")) == []


def test_the_code_is_typed_to_confirm(met, enquete, monkeypatch):
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: "P002")
    code, out, errors = enquete("retirer", "P001")
    assert code == 1
    assert "E002 (vague v2) : effacé en entier" in out
    assert "rien n'a été effacé" in errors
    assert ("farfelument", "etude.db") in places(met, HERS)
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: "P001")
    assert enquete("retirer", "P001")[0] == 0
    assert places(met, HERS) == []


class Killed(BaseException):
    """What ends a command anywhere."""


def die(*_arguments, **_options):
    raise Killed


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (withdrawal, "withdraw"),
        (withdrawal, "record"),
        (erasing, "_cleanse"),
        (erasing, "_forget_contacts"),
        (erasing, "forget_entities"),
        (erasing, "compact"),
        (erasing, "end_erasures"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_killed_anywhere_it_is_finished_by_running_again(met, enquete, monkeypatch, place, name):
    with monkeypatch.context() as patch:
        patch.setattr(place, name, die)
        with pytest.raises(Killed):
            enquete("retirer", "P001", "--oui")
    code, out, _ = enquete("etat")
    assert code == 0
    with open_study(met).database() as db:
        unfinished = stored.unfinished_erasures(db)
    assert ("retrait inachevé" in out) == bool(unfinished)
    if not unfinished:  # nothing has changed
        assert {word for word, _ in places(met, (*HERS, *HIS))} == {*HERS, *HIS}
    assert enquete("retirer", *(() if unfinished else ("P001", "--oui")))[0] == 0
    assert places(met, HERS) == []
    assert "retrait inachevé" not in enquete("etat")[1]


def test_outputs_are_followed_until_they_are_destroyed(met, enquete):
    with open_study(met).database() as db, transaction(db):
        register_output(db, "synthese.xlsx", "export", Audience.PROJECT_GROUP, "d1", ["E001"])
        register_output(db, "paquet-lea.zip", "packet", Audience.TEAM, "d2", ["E002"], holder="léa")
        register_output(db, "autre.xlsx", "export", Audience.TEAM, "d3", [])
    assert "Copie n° 4 : remise à CCAS d'Asnières." in enquete("sorties", "remettre", 1, "--a", "CCAS d'Asnières")[1]
    _, out, _ = enquete("retirer", "P001", "--oui")
    assert re.search(r"n° 2 : paquet-lea\.zip \(paquet, .*\), remis à léa", out)
    assert "remis à CCAS d'Asnières" in out
    assert "autre.xlsx" not in out
    assert "faire détruire 3\u00a0copies" in enquete("etat")[1]
    assert enquete("sorties", "confirmer", "1-2", 4)[0] == 0
    _, out, _ = enquete("sorties")
    assert out.count("destruction confirmée le") == 3
    assert "À DÉTRUIRE" not in out
    assert "faire détruire" not in enquete("etat")[1]
    assert enquete("sorties", "confirmer", 9)[0] == 1
    assert enquete("sorties", "confirmer", "toutes")[0] == 2
    assert enquete("sorties", "remettre", 1, "--a", "  ")[0] == 2


def test_exports_that_nobody_knows_are_listed_and_deleted_on_request(met, enquete):
    filled = met / "exports" / "equipe" / "reperage-1.xlsx"
    filled.parent.mkdir(parents=True, exist_ok=True)
    filled.write_text("farfelument")
    _, out, _ = enquete("retirer", "P001", "--oui")
    assert "exports/equipe/reperage-1.xlsx" in out
    assert filled.exists()
    enquete("retirer", "P001", "--oui", "--supprimer-exports")
    assert not filled.exists()


def test_nobody_comes_back_by_mistake(met, enquete, sources):
    enquete("retirer", "P001", "--oui")
    code, out, errors = enquete(
        "importer", "entretiens", *sources.glob("*.txt"), "--participants", sources / "personnes.csv"
    )
    assert code == 1
    assert "cette personne s'est retirée de l'étude" in out + errors
    enquete("importer", "entretiens", sources / "seule.txt", "--vague", "v2")
    assert places(met, HERS) == []
    other = sources / "autre.txt"
    other.write_text("Enquêtrice : Bonjour ?\nEnquêtée : Je viens de loin pour le dossier.\n", encoding="utf-8")
    _, out, _ = enquete("importer", "entretiens", other, "--vague", "v1")
    assert "P003" in out
    assert "P001" not in out
    code, _, errors = enquete("importer", "entretiens", other, "--vague", "v1", "--locuteur", "Enquêtée=P001")
    assert (code, "code nouveau" in errors) == (2, True)


def test_a_passage_is_taken_back(met, enquete):
    with open_study(met).database() as db, transaction(db):
        together = next(interviews(db))
        coded(db, together, "farfelument", memo="farfelument, dit-elle")
        coded(db, together, "Le contrat, je l'ai signé farfelument, sans le lire", coder="tom")
        coded(db, together, "coquecigrue")
    code, out, errors = enquete(
        "retirer", "P001", "--passage", "E001", "--tour", 4, "--mots", "signé  Farfelument", "--oui"
    )
    assert code == 0, errors
    assert "1\u00a0codage effacé" in out
    assert turns(met, "E001")[3] == "Le contrat, je l'ai [passage retiré], sans le lire."
    assert places(met, ["farfelument"]) == []
    with open_study(met).database() as db:
        text = next(interviews(db)).text
        left = codings.codings(db)
    assert [(text[c.start : c.end], c.touched) for c in left] == [
        ("Le contrat, je l'ai [passage retiré], sans le lire", True),
        ("coquecigrue", False),
    ]
    # The rest of what she said stays, and her names with it.
    assert {word for word, _ in places(met, ["zigzague", "Diarra"])} == {"zigzague", "Diarra"}


def test_a_name_said_in_that_passage_only_leaves_the_vault(met, enquete):
    assert enquete("retirer", "P001", "--passage", "e002", "--tour", 2, "--oui")[0] == 0
    assert turns(met, "E002")[1] == "[passage retiré]"
    assert places(met, ["Lefèvre", "calembredaine"]) == []
    assert {word for word, _ in places(met, ["Ibrahim", "Diarra"])} == {"Ibrahim", "Diarra"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("P009",), 1, "n'est pas dans cette étude"),
        (("P002", "--passage", "E002", "--tour", "2"), 1, "n'est pas de P002"),
        (("P001", "--passage", "E002", "--tour", "9"), 1, "le tour 9 n'existe pas"),
        (("P001", "--passage", "E002", "--tour", "2", "--mots", "absent"), 1, "ces mots y sont 0 fois"),
        (("P001", "--tour", "2"), 2, "--passage E003 --tour 14"),
        (("--tour", "2"), 2, "--passage E003 --tour 14"),
    ],
)
def test_what_cannot_be_found_changes_nothing(met, enquete, words, code, told):
    before = (met / "etude.db").read_bytes()
    found, _, errors = enquete("retirer", *words, "--oui")
    assert (found, told in errors) == (code, True), errors
    assert (met / "etude.db").read_bytes() == before


def test_voices_that_are_nobodys_are_not_guessed(study, enquete, sources):
    people = PEOPLE.replace("Fatoumata Diarra", "").replace("Karim Benali", "")
    (sources / "personnes.csv").write_text(people, encoding="utf-8")
    enquete("importer", "entretiens", sources / "à deux.txt", "--participants", sources / "personnes.csv")
    code, _, errors = enquete("retirer", "P001", "--oui")
    assert code == 1
    assert "on ne sait pas qui parle" in errors
    assert enquete("retirer", "P001", "--oui", "--entretiens-entiers")[0] == 0
    assert places(study, (*HERS, "brindezingue")) == []


def test_refused_while_the_page_runs(met, enquete):
    with page_lock(open_study(met)):
        code, _, errors = enquete("retirer", "P001", "--oui")
    assert (code, "page de codage est ouverte" in errors) == (1, True)
    (met / ".page.lock").write_text(f"{os.getpid()}\n")  # a page that died, and whose number is another process's now
    assert enquete("retirer", "P001", "--oui")[0] == 0


def test_a_word_that_a_coder_flagged_goes_too(met, enquete):
    for word in ("brindezingue", "zigzague"):
        flag_word(open_study(met), "E001", word, "léa")
    assert enquete("retirer", "P001", "--oui")[0] == 0
    assert places(met, ["zigzague"]) == []
    assert {where.endswith(".age") for _, where in places(met, ["brindezingue"])} == {True}
