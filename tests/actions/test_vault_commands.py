"""coffre creer, etat, ajouter-cle, retirer-cle, verifier, phrase."""

import io
import sys

import pytest

NAMES = ("Fatoumata", "Diarra", "Ibrahim", "Lefèvre")
PHRASE = "cheval batterie agrafe correcte"


@pytest.fixture
def colleague(enquete, tmp_path):
    """Another person's key: its file and its public half."""
    code, out, errors = enquete("coffre", "creer", "--nom", "lea", "--sortie", tmp_path / "usb")
    assert code == 0, errors
    (path,) = (tmp_path / "usb").iterdir()
    return path, next(word for word in out.split() if word.startswith("age1"))


@pytest.fixture
def talked(enquete, study, talk):
    """A study with an interview in it."""
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    return study


def test_a_new_key_shows_its_public_half_and_never_the_other(enquete, tmp_path):
    code, out, _ = enquete("coffre", "creer", "--nom", "lea", "--sortie", tmp_path / "usb")
    assert code == 0
    (path,) = (tmp_path / "usb").iterdir()
    assert "AGE-SECRET" in path.read_text()
    assert "AGE-SECRET" not in out
    assert str(path) in out


def test_the_state_needs_no_key(enquete, talked, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "vide"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "vide"))
    code, out, _ = enquete("coffre", "etat")
    assert code == 0
    assert "fichiers d'origine : 1\u00a0fichier" in out
    assert "signalements : aucun fichier" in out
    assert "1\u00a0texte, chacun avec son fichier d'origine." in out
    assert "Aucune n'est sur cet ordinateur." in out
    assert not any(name in out for name in NAMES)


def test_the_state_tells_whose_keys_open_and_which_is_here(enquete, study, colleague):
    path, public = colleague
    code, out, _ = enquete("coffre", "ajouter-cle", public, "--nom", "Léa, université")
    assert code == 0
    assert "de vive voix" in out
    _, out, _ = enquete("coffre", "etat")
    assert "2\u00a0clés l'ouvrent" in out
    assert f"{public}  Léa, université" in out
    assert out.count("sur cet ordinateur") == 1
    _, out, _ = enquete("coffre", "etat", "--cle", path)
    assert f"sur cet ordinateur : {path}" in out


def test_the_state_is_told_even_when_the_key_is_not_plugged_in(enquete, study, tmp_path):
    code, out, _ = enquete("coffre", "etat", "--cle", tmp_path / "usb" / "absente.txt")
    assert code == 0
    assert "la clé USB est branchée" in out


def test_texts_without_original_and_originals_without_text(enquete, talked):
    (original,) = (talked / "coffre" / "originaux").iterdir()
    original.rename(original.with_name("0123456789abcdef.age"))
    _, out, _ = enquete("coffre", "etat")
    assert "1\u00a0texte sans fichier d'origine" in out
    assert "reste d'une importation interrompue" in out


def test_an_added_key_opens_and_a_removed_one_does_not(enquete, talked, colleague):
    path, public = colleague
    assert enquete("coffre", "verifier", "--cle", path)[0] == 1
    assert enquete("coffre", "ajouter-cle", public, "--nom", "Léa")[0] == 0
    assert enquete("coffre", "verifier", "--cle", path)[0] == 0
    code, out, _ = enquete("coffre", "retirer-cle", "léa")
    assert code == 0
    assert "s'ouvrent encore avec la clé retirée" in out
    code, _, errors = enquete("coffre", "verifier", "--cle", path)
    assert code == 1
    assert "cette clé n'ouvre pas le coffre" in errors
    assert enquete("coffre", "verifier")[0] == 0


def test_whoever_was_added_may_take_the_first_key_out(enquete, study, colleague):
    path, public = colleague
    enquete("coffre", "ajouter-cle", public)
    mine = (study / "coffre" / "destinataires.txt").read_text().split()[0]
    code, _, errors = enquete("coffre", "retirer-cle", mine)
    assert code == 1
    assert "--oui-meme-la-mienne" in errors
    assert enquete("coffre", "retirer-cle", mine, "--oui-meme-la-mienne")[0] == 0
    code, _, errors = enquete("coffre", "verifier")
    assert code == 1
    assert "aucune clé de ce coffre" in errors
    assert enquete("coffre", "verifier", "--cle", path)[0] == 0
    code, _, errors = enquete("coffre", "retirer-cle", public, "--oui-meme-la-mienne", "--cle", path)
    assert code == 1
    assert "c'est la dernière clé" in errors


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ajouter-cle", "AGE-SECRET-KEY-1QQQQ"], "ne se donne à personne"),
        (["ajouter-cle", "age1qqqq"], "ce n'est pas une clé publique"),
        (["retirer-cle", "Léa"], "aucune clé du coffre ne correspond"),
    ],
)
def test_a_wrong_key_is_told_in_one_message(enquete, study, words, told):
    before = (study / "coffre" / "identites.age").read_bytes()
    code, out, errors = enquete("coffre", *words)
    assert code == 1
    assert told in errors
    assert "QQQQ" not in errors + out
    assert (study / "coffre" / "identites.age").read_bytes() == before


def test_the_same_key_or_label_is_not_taken_twice(enquete, study, colleague):
    _, public = colleague
    assert enquete("coffre", "ajouter-cle", public, "--nom", "Léa")[0] == 0
    assert "ouvre déjà" in enquete("coffre", "ajouter-cle", public)[2]
    _, out, _ = enquete("coffre", "creer")
    other = next(word for word in out.split() if word.startswith("age1"))
    code, _, errors = enquete("coffre", "ajouter-cle", other, "--nom", "LÉA")
    assert code == 2
    assert "un autre nom de clé" in errors


def test_the_log_keeps_which_key_came_in(enquete, study, colleague):
    _, public = colleague
    enquete("coffre", "ajouter-cle", public, "--nom", "Léa")
    assert public.encode() in (study / "etude.db").read_bytes()


def test_a_damaged_original_is_told_with_its_interview(enquete, talked):
    assert enquete("coffre", "verifier")[0] == 0
    (original,) = (talked / "coffre" / "originaux").iterdir()
    original.write_bytes(original.read_bytes()[:-4])
    code, out, errors = enquete("coffre", "verifier")
    assert code == 1
    assert f"originaux/{original.name} (" in out
    assert "sauvegarde" in out
    assert not any(name in out + errors for name in NAMES)


def test_a_phrase_for_scripts(enquete, study, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(PHRASE + "\n"))
    code, out, _ = enquete("coffre", "phrase")
    assert code == 0
    assert "a maintenant une phrase de passe" in out
    _, out, _ = enquete("coffre", "etat")
    assert "(phrase de passe)" in out
    code, _, errors = enquete("coffre", "verifier")
    assert code == 1
    assert "ENQUETE_PHRASE" in errors
    monkeypatch.setenv("ENQUETE_PHRASE", PHRASE)
    assert enquete("coffre", "verifier")[0] == 0
    assert enquete("coffre", "phrase", "--retirer")[0] == 0
    monkeypatch.delenv("ENQUETE_PHRASE")
    assert enquete("coffre", "verifier")[0] == 0
    assert "n'a pas de phrase" in enquete("coffre", "phrase", "--retirer")[2]


def test_a_phrase_needs_a_key_or_a_study(enquete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, errors = enquete("coffre", "phrase")
    assert code == 2
    assert "il faut dire quelle clé" in errors


def test_a_new_key_behind_a_phrase(enquete, tmp_path, monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE", "court")
    code, _, errors = enquete("coffre", "creer", "--phrase", "--sortie", tmp_path / "usb")
    assert code == 1
    assert "trop courte" in errors
    assert not (tmp_path / "usb").exists()
    monkeypatch.setenv("ENQUETE_PHRASE", PHRASE)
    code, out, _ = enquete("coffre", "creer", "--phrase", "--sortie", tmp_path / "usb")
    assert code == 0
    (path,) = (tmp_path / "usb").iterdir()
    assert "AGE-SECRET" not in path.read_text()
    assert "age1" in out
