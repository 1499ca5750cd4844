"""Packets: what goes home with a coder, what never does, and who holds what."""

import json
import sqlite3

import pytest
from answered import add_answers
from coded import add_texts, code, say_read
from packet_files import PHRASE, content, key_of, payload
from talks import NAMES

from enquete.actions.coding.page import CodingPage
from enquete.actions.packets import making as packets
from enquete.actions.study import open_study
from enquete.errors import EnqueteError
from enquete.page import phrases
from enquete.page.sealing import derive, unseal
from enquete.store.database import transaction
from enquete.store.interviews import interviews, set_late_names_pending
from enquete.store.outputs import outputs
from enquete.store.review import AlertKind, raise_alert

SAID = [
    "On m'a coupé le RSA deux mois.",
    "Le contrat, je l'ai signé sans le lire.",
    "Ma conseillère, je ne la vois plus.",
]
LEAS = "exports/paquets/paquet-lea.html"


@pytest.fixture(autouse=True)
def phrase(monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)


@pytest.fixture
def told(study):
    """A study of three short interviews."""
    add_texts(study, SAID)
    return study


def create(enquete, *words):
    code, out, errors = enquete("paquet", "creer", "--codeur", "lea", *words)
    assert code == 0, errors
    return out


def refused(enquete, *words):
    code, out, errors = enquete("paquet", "creer", "--codeur", "lea", *words)
    assert code in (1, 2)
    assert out == ""
    return errors


def test_a_packet_holds_texts_and_codebook_and_opens_with_its_phrase(enquete, told):
    out = create(enquete)
    assert "Paquet n° 1 de lea" in out
    assert "3\u00a0entretiens : E001, E002, E003" in out
    held = content(told / LEAS)
    assert [one["code"] for one in held["interviews"]] == ["E001", "E002", "E003"]
    assert SAID[0] in held["interviews"][0]["text"]
    assert [book["id"] for book in held["overview"]["codebooks"]] == ["rsa"]
    assert held["overview"]["coder"] == "lea"


def test_nothing_can_be_read_without_the_phrase(enquete, told):
    create(enquete)
    page = (told / LEAS).read_bytes()
    for words in (*SAID, "Sanctions", "R07.1", "E001", PHRASE):
        assert words.encode() not in page
    with pytest.raises(EnqueteError):
        unseal(payload(told / LEAS), lambda header: derive("une autre phrase", header), "paquet")


def test_the_network_is_forbidden_to_it(enquete, told):
    create(enquete)
    page = (told / LEAS).read_text(encoding="utf-8")
    assert "connect-src 'none'" in page
    assert "default-src 'none'" in page


def test_no_key_of_the_vault_is_needed_nor_given(enquete, told, monkeypatch, tmp_path):
    keys = list((tmp_path / "config").rglob("*.txt"))
    assert keys
    secrets = [line for key in keys for line in key.read_text().splitlines() if line.startswith("AGE-SECRET")]
    for key in keys:
        key.unlink()
    create(enquete)
    for secret in secrets:
        assert secret not in json.dumps(content(told / LEAS))


def test_no_name_goes_home(enquete, study, talk, monkeypatch):
    assert enquete("importer", "entretiens", talk, "--vague", "v1")[0] == 0
    out = create(enquete)
    assert "personne n'a encore relu les pseudonymes de E001" in out
    held = json.dumps(content(study / LEAS), ensure_ascii=False)
    assert "coupé la moitié" in held
    for name in (*NAMES, "Entretien Fatoumata"):
        assert name not in held


def test_other_coders_work_stays_here(enquete, told):
    code(told, "lea", "E001", ("coupé le RSA", "R07.1", "le mémo de lea"))
    code(told, "omar", "E001", ("deux mois", "R02.1", "le mémo d'omar"), done=True)
    create(enquete)
    held = content(told / LEAS)
    kinds = [(entry["kind"], entry["code"], entry["body"]) for entry in held["interviews"][0]["entries"]]
    assert ("coding", "R07.1", "") in kinds
    assert "le mémo de lea" in json.dumps(held, ensure_ascii=False)
    assert "omar" not in json.dumps(held, ensure_ascii=False)
    assert "R02.1" not in [code for _, code, _ in kinds]


@pytest.mark.parametrize(("when", "read", "coded"), [("apres-codage", 0, 1), ("toujours", 1, 1), ("jamais", 0, 0)])
def test_suggestions_follow_the_study(enquete, told, when, read, coded):
    settings = told / "enquete.toml"
    settings.write_text(settings.read_text().replace('reperages = "apres-codage"', f'reperages = "{when}"'))
    assert enquete("reperer")[0] == 0
    code(told, "lea", "E001", done=True)
    say_read(told, "lea", "E002")
    create(enquete)
    first, second, _ = content(told / LEAS)["interviews"]
    assert bool(first["suggestions"]) is bool(coded)
    assert bool(second["suggestions"]) is bool(read)


def test_only_what_is_theirs_and_what_is_asked(enquete, told):
    assert enquete("affecter", "--codeur", "lea", "--entretien", "E001", "--entretien", "E003")[0] == 0
    create(enquete)
    assert [one["code"] for one in content(told / LEAS)["overview"]["interviews"]] == ["E001", "E003"]
    create(enquete, "--entretien", "e003")
    assert [one["code"] for one in content(told / LEAS)["interviews"]] == ["E003"]
    assert "E002 : pas dans ce que lea a à coder" in refused(enquete, "--entretien", "E002", "--entretien", "E001")
    _, _, errors = enquete("paquet", "creer", "--codeur", "omar")
    assert "aucun entretien n'est à coder par omar" in errors


def test_coders_of_the_settings_only(enquete, told):
    settings = told / "enquete.toml"
    settings.write_text(settings.read_text().replace('# codeurs = ["c1", "c2"]', 'codeurs = ["c1", "c2"]'))
    assert "« lea » ne code pas dans cette étude" in refused(enquete)
    assert "ne peut pas désigner" in enquete("paquet", "creer", "--codeur", "Léa Martin")[2]


def test_who_holds_what(enquete, told, tmp_path):
    assert "Aucun paquet dehors" in enquete("paquet")[1]
    create(enquete, "--entretien", "E001", "--sortie", tmp_path / "pour lea.html")
    enquete("paquet", "creer", "--codeur", "omar")
    out = enquete("paquet")[1]
    assert "n° 1 : chez lea depuis le" in out
    assert "(E001)" in out
    assert "n° 2 : chez omar depuis le" in out
    assert out.count("aucun codage repris") == 2
    assert "n° 1 : pour lea.html (paquet" in enquete("sorties")[1]
    assert enquete("sorties", "confirmer", "1")[0] == 0
    out = enquete("paquet")[1]
    assert "lea" not in out
    assert "omar" in out


def test_a_packet_made_again_leaves_the_first_one_out(enquete, told):
    create(enquete)
    first = (told / LEAS).read_bytes()
    assert "1\u00a0paquet précédent encore dehors (n° 1)" in create(enquete)
    assert (told / LEAS).read_bytes() != first
    assert enquete("paquet")[1].count("chez lea") == 2


def test_two_packets_of_one_content_differ_by_salt_uid_and_nonce_alone(enquete, told):
    create(enquete)
    first, header, page = content(told / LEAS), payload(told / LEAS).header, (told / LEAS).read_text()
    create(enquete)
    second, other, again = content(told / LEAS), payload(told / LEAS).header, (told / LEAS).read_text()
    assert first == second
    changed = {name for name, value in header.model_dump().items() if value != other.model_dump()[name]}
    assert changed == {"salt", "packet"}
    mark = 'id="paquet">'
    assert page[: page.index(mark)] == again[: again.index(mark)]


def test_names_found_later_keep_it_back(enquete, told):
    with open_study(told).database() as db, transaction(db):
        (first, *_) = interviews(db)
        raise_alert(db, first.id, AlertKind.LATE_NAME, "k1")
    assert "attendent d'être relus dans des textes déjà enregistrés (E001)" in refused(enquete)
    assert not (told / LEAS).exists()
    assert "Aucun paquet" in enquete("paquet")[1]


def test_names_still_to_look_for_ask_for_a_key(enquete, told, tmp_path):
    with open_study(told).database() as db, transaction(db):
        set_late_names_pending(db, True)
    hidden = tmp_path / "config"
    hidden.rename(tmp_path / "away")
    assert "n'ont pas encore été comparés aux noms du coffre" in refused(enquete)
    (tmp_path / "away").rename(hidden)
    create(enquete)


def test_a_phrase_that_is_easy_to_guess_is_refused(enquete, told, monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", "motdepasse")
    assert "trop facile à deviner (16 caractères au moins" in refused(enquete)
    assert not (told / LEAS).exists()


def test_a_drawn_phrase_is_shown_once_and_opens_the_packet(enquete, told):
    out = create(enquete, "--phrase-aleatoire")
    told_after = out.splitlines().index(
        "Sa phrase, montrée cette seule fois (notez-la : sans elle, rien ne se rouvre) :"
    )
    drawn = out.splitlines()[told_after + 1].strip()
    assert len(drawn.split()) == phrases.WORDS
    held = unseal(payload(told / LEAS), lambda header: key_of(header, drawn), "paquet")
    assert len(held["interviews"]) == 3
    for file in told.rglob("*"):
        assert not file.is_file() or drawn.encode() not in file.read_bytes()


def test_a_phrase_is_asked_twice_on_a_terminal(enquete, told, monkeypatch):
    monkeypatch.delenv("ENQUETE_PHRASE_PAQUET")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter(["lampe tomate avenir", "lampe tomate  avenir ", "lampe tomate avenir", "lampe tomate"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    create(enquete)
    assert "les deux phrases ne sont pas les mêmes" in refused(enquete)


def test_without_a_terminal_the_phrase_comes_from_the_standard_input(enquete, told, monkeypatch):
    import io

    monkeypatch.delenv("ENQUETE_PHRASE_PAQUET")
    monkeypatch.setattr("sys.stdin", io.StringIO("lampe tomate avenir pollen\n"))
    create(enquete)
    assert content(told / LEAS)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "il n'y a pas de terminal" in refused(enquete)


def test_what_cannot_be_written_is_registered_nowhere(enquete, told, tmp_path):
    (tmp_path / "a").write_text("")
    assert "ne peut pas être écrit" in refused(enquete, "--sortie", tmp_path / "a" / "b.html")
    with open_study(told).database() as db:
        assert outputs(db) == []


def test_a_withdrawal_calls_packets_back(enquete, study, talk, tmp_path):
    people = tmp_path / "personnes.csv"
    people.write_text(f"code;nom;vague;fichier;consentement\nP001;Fatoumata Diarra;v1;{talk.name};oui\n", "utf-8")
    assert enquete("importer", "entretiens", talk, "--vague", "v1", "--participants", people)[0] == 0
    add_texts(study, SAID)
    create(enquete)
    create(enquete, "--entretien", "E002", "--sortie", tmp_path / "sans.html")
    code, out, errors = enquete("retirer", "P001", "--oui")
    assert code == 0, errors
    assert "n° 1 : exports/paquets/paquet-lea.html (paquet" in out
    assert "sans.html" not in out
    assert "exports/paquets/paquet-lea.html" in out  # the study's own copy is one of the files to delete
    held = enquete("paquet")[1]
    assert held.count("À DÉTRUIRE") == 1


def test_a_coder_who_leaves_gives_packets_back(enquete, told):
    create(enquete)
    assert "paquet-lea.html" in enquete("codeur", "depart", "lea")[1]
    assert "À DÉTRUIRE" in enquete("paquet")[1]


def test_a_study_made_before_packets_gets_a_uid_of_its_own(told):
    with sqlite3.connect(told / "etude.db") as db:
        (uid,) = db.execute("SELECT uid FROM study").fetchone()
    assert len(uid) == 16


def test_the_content_is_what_the_page_would_show(told):
    page = packets.CodingPage(open_study(told))
    held = packets.packet_content(page, "lea", ())
    assert held["interviews"][1] == page.interview("lea", "E002")
    shown = page.overview("lea", "")
    assert held["overview"] == {key: value for key, value in shown.items() if key != "queueKey"}


def test_a_packet_holds_the_answers_to_a_question_alone(enquete, study):
    add_answers(study, {f"P{n}": {"dire": "Ça va.", "manque": "L'argent."} for n in range(101, 121)})
    status, out, err = enquete("paquet", "creer", "--codeur", "lea", "--question", "rsa-v1/dire")
    assert (status, err) == (0, "")
    assert "20\u00a0réponses à 1\u00a0question ouverte : rsa-v1/dire (20\u00a0réponses)" in out
    assert "chez lea" in enquete("paquet")[1]
    held = packets.packet_content(CodingPage(open_study(study)), "lea", (), ["dire"])
    assert [one["question"] for one in held["interviews"]] == ["rsa-v1/dire"] * 20
    assert [one["key"] for one in held["overview"]["questions"]] == ["rsa-v1/dire"]
    status, _, err = enquete("paquet", "creer", "--codeur", "lea", "--question", "rien")
    assert (status, "questions : rsa-v1/dire, rsa-v1/manque" in err) == (2, True)
