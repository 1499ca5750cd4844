"""A coder without a key flags a word: it is masked at once, and whoever holds the key says what it was."""

import pytest

from enquete.actions.review.decisions import Desk
from enquete.actions.review.flags import accept_flag, flag_word, refuse_flag
from enquete.actions.review.waiting import agenda
from enquete.actions.study import open_study
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.store import review
from enquete.store.interviews import interviews

TALK = """Enquêtrice : Bonjour, vous faites quoi ?

Enquêtée : Trombone le dimanche, tout le monde connaît mon trombone.

Enquêtrice : Ah bon ?

Enquêtée : Oui, le trombone, sur la place.
"""


@pytest.fixture
def folder(enquete, study, tmp_path):
    for number, more in enumerate(("", "Sans trombone, rien.")):
        path = tmp_path / f"{number}.txt"
        path.write_text(TALK + more, encoding="utf-8")
        assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    return study


def texts(folder):
    with open_study(folder).database() as db:
        return {text.code: text.text for text in interviews(db)}


def test_a_flagged_word_is_masked_at_once_without_a_key(folder, enquete, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-key"))
        patch.setenv("APPDATA", str(tmp_path / "no-key"))
        code, out, _ = enquete("signaler", "E001", "trombone", "--par", "lea")
        assert (code, "3\u00a0endroits (E001)" in out) == (0, True)
        assert "trombone" not in out.lower()
        code, out, _ = enquete("signaler", "E001", "trombone", "--par", "lea")
        assert (code, "déjà masqué" in out) == (0, True)
        assert enquete("relire", "--liste")[0] == 1
    assert "[mot signalé] le dimanche" in texts(folder)["E001"]
    assert "trombone" in texts(folder)["E002"]
    code, out, _ = enquete("synthese")  # masked already: nothing is held back
    assert code == 0, out
    assert "1\u00a0mot signalé" in enquete("etat")[1]


def test_a_flag_refused_gives_each_place_its_own_words_back(folder):
    before = texts(folder)
    flag_word(open_study(folder), "E001", "trombone", "lea", everywhere=True)
    assert all("rombone" not in text for text in texts(folder).values())
    desk = Desk.at(open_study(folder))
    (flagged,) = agenda(desk).flags
    assert flagged.coder == "lea"
    assert set(flagged.forms) == {"Trombone", "trombone"}
    refuse_flag(desk, flagged.uid)
    assert texts(folder) == before
    assert desk.vault.flags() == {}
    assert agenda(desk).flags == ()


def test_a_flag_accepted_becomes_a_name_with_its_pseudonym(folder):
    flag_word(open_study(folder), "E001", "trombone", "lea", turn=4)
    assert "Trombone" in texts(folder)["E001"]
    desk = Desk.at(open_study(folder))
    (flagged,) = agenda(desk).flags
    assert flagged.places == 1
    accept_flag(desk, flagged.uid, IdentifierType.ORGANISATION)
    assert "rombone" not in texts(folder)["E001"]
    assert "[organisation 1]" in texts(folder)["E001"]
    with desk.study.database() as db:
        assert review.alerts(db) == []


def test_a_flagged_word_stays_masked_when_its_file_is_imported_anew(folder, enquete, tmp_path):
    flag_word(open_study(folder), "E001", "trombone", "lea")
    path = tmp_path / "0.txt"
    path.write_text(TALK.replace("Bonjour", "Rebonjour") + "TROMBONE !", encoding="utf-8")
    assert enquete("importer", "entretiens", path, "--vague", "v1", "--remplacer")[0] == 0
    assert "rombone" not in texts(folder)["E001"]
    assert "TROMBONE" not in texts(folder)["E001"]
    desk = Desk.at(open_study(folder))
    (flagged,) = agenda(desk).flags
    refuse_flag(desk, flagged.uid)
    assert "TROMBONE !" in texts(folder)["E001"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("E009", "trombone", "lea"), Problem.UNKNOWN_INTERVIEW),
        (("E001", "hautbois", "lea"), Problem.WORD_NOWHERE),
        (("E001", "la", "lea"), Problem.WORD_TOO_COMMON),
        (("E001", "trombone", "Léa Martin"), Problem.CODER_NAME),
        (("E001", "trombone", "lea", 9), Problem.TURN_UNKNOWN),
    ],
)
def test_what_cannot_be_flagged_is_told(folder, arguments, problem):
    with pytest.raises(EnqueteError) as error:
        flag_word(open_study(folder), *arguments)
    assert error.value.problem is problem
    assert texts(folder)["E001"].count("rombone") == 3


def test_a_flag_whose_text_was_never_stored_is_swept(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("enquete.actions.review.flags._mask", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            flag_word(open_study(folder), "E001", "trombone", "lea")
    desk = Desk.at(open_study(folder))
    assert len(desk.vault.flags()) == 1
    assert agenda(desk).flags == ()
    assert desk.vault.flags() == {}
    assert "trombone" in texts(folder)["E001"]


def test_bytes_of_the_database_do_not_hold_the_flagged_word(folder):
    flag_word(open_study(folder), "E001", "trombone", "lea", everywhere=True)
    assert b"trombone" not in (folder / "etude.db").read_bytes()
    assert all(b"trombone" not in path.read_bytes() for path in folder.rglob("*.age"))
