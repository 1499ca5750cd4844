"""Codings that come back from packets: merged by coder and revision, told first, never twice, never half."""

import hashlib
import json
import shutil

import pytest
from coded import add_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from packet_files import PHRASE, answer, coding, content, key_of, memo, payload, stage

from enquete.actions.coding.entries import receive
from enquete.actions.coding.page import CodingPage
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.packets import answers as packet_answers
from enquete.actions.packets.answers import take_back
from enquete.actions.packets.making import create_packet
from enquete.actions.study import create_study, open_study
from enquete.coding.entries import Entry
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.entries import all_entries
from enquete.store.erasing import erase_interview
from enquete.store.interviews import interviews
from enquete.store.packets import packets
from enquete.store.page import interviews_of

SAID = [
    "On m'a coupé le RSA deux mois.",
    "Le contrat, je l'ai signé sans le lire.",
    "Ma conseillère, je ne la vois plus.",
]


@pytest.fixture(autouse=True)
def phrase(monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)


@pytest.fixture
def out(study, enquete):
    """A study of three interviews, with lea's packet out: its path."""
    add_texts(study, SAID)
    code, _, errors = enquete("paquet", "creer", "--codeur", "lea")
    assert code == 0, errors
    return study / "exports/paquets/paquet-lea.html"


@pytest.fixture
def back(out, tmp_path):
    """Writes a file of codings of lea's packet."""

    def write(*entries, name="codages-lea.enquete", **more):
        return answer(out, entries, tmp_path / name, **more)

    return write


def taken(enquete, *files):
    code, out, errors = enquete("paquet", "reprendre", *files)
    assert code == 0, errors
    return out


def refused(enquete, *files):
    code, _, errors = enquete("paquet", "reprendre", *files)
    assert code == 1
    return errors


def codings():
    with open_study(None).database() as db:
        texts = {interview.revision: interview.text for interview in interviews(db)}
        return [(one.coder, texts[one.revision][one.start : one.end], one.code) for one in stored.codings(db)]


def correct(old, new):
    """The words of the first interview change."""
    with open_study(None).database() as db, transaction(db):
        text = next(interviews(db))
        start = text.text.index(old)
        revise_text(db, text, [Change(start, start + len(old), new)], "correction")


def test_codings_come_back_and_are_told_by_interview(enquete, out, back):
    file = back(
        coding(out, "E001", "coupé le RSA", "R07.1", "a"),
        coding(out, "E002", "signé sans le lire", "R04.1", "b"),
        coding(out, "E001", "deux mois", "R02.1", "c"),
    )
    told = taken(enquete, file)
    assert "codages de lea, paquet n° 1 du" in told
    assert "3\u00a0actions nouvelles : E001 (2), E002 (1)." in told
    assert "Restent à coder : E001, E002, E003." in told
    assert codings() == [
        ("lea", "coupé le RSA", "R07.1"),
        ("lea", "deux mois", "R02.1"),
        ("lea", "signé sans le lire", "R04.1"),
    ]
    held = enquete("paquet")[1]
    assert "codages repris le" in held
    assert "(3\u00a0actions)" in held


def test_the_same_file_again_changes_nothing(enquete, out, back):
    file = back(coding(out, "E001", "coupé le RSA", "R07.1", "a"))
    taken(enquete, file)
    assert "1\u00a0action déjà là : E001 (1)." in taken(enquete, file, file)
    assert len(codings()) == 1


def test_an_older_file_after_a_newer_one_changes_nothing(enquete, out, back):
    first = coding(out, "E001", "coupé le RSA", "R07.1", "a")
    second = coding(out, "E001", "coupé", "R02.1", "b", item="a", over=["a"])
    older, newer = back(first, name="1.enquete"), back(first, second, name="2.enquete")
    told = taken(enquete, newer)
    assert "1\u00a0action nouvelle : E001 (1)." in told
    assert "1\u00a0action qui en remplace une autre : E001 (1)." in told
    taken(enquete, older)
    assert codings() == [("lea", "coupé", "R02.1")]


def test_codings_follow_a_text_corrected_meanwhile(enquete, out, back):
    file = back(
        coding(out, "E001", "deux mois", "R07.1", "a"),
        coding(out, "E001", "coupé le RSA", "R02.1", "b"),
    )
    correct("coupé", "entièrement coupé")
    told = taken(enquete, file)
    assert "2\u00a0actions déplacées avec le texte, corrigé depuis : E001 (2)." in told
    assert "    E001, tour 2 : codage R07.1\n" in told
    assert "    E001, tour 2 : codage R02.1 ; ses mots ont changé, à revoir\n" in told
    assert codings() == [("lea", "entièrement coupé le RSA", "R02.1"), ("lea", "deux mois", "R07.1")]


def test_what_is_impossible_is_told_and_hides_nothing(enquete, out, back):
    entries = [
        coding(out, "E001", "deux mois", "R99.9", "a"),
        coding(out, "E002", "signé", "R04.1", "b"),
        coding(out, "E002", "Et alors ?", "R04.1", "c"),
        {"uid": "d", "kind": "of a later version"},
        coding(out, "E003", "Ma conseillère", "R04.1", "e"),
        memo("f", "à revoir", interview="E003"),
    ]
    with open_study(None).database() as db, transaction(db):
        erase_interview(db, next(one.id for one in interviews(db) if one.code == "E003"))
    code, told, errors = enquete("paquet", "reprendre", back(*entries))
    assert code == 1
    assert "1\u00a0action nouvelle : E002 (1)." in told
    assert "4\u00a0actions impossibles, laissées de côté : E001 (1), E002 (1), E003 (2)." in told
    assert "E001, tour 2 : codage R99.9 : le code « R99.9 » n'est pas dans la grille." in told
    assert "E002, tour 1 : codage R04.1 : ce passage ne touche aucune parole de participant" in told
    assert "E003 : codage R04.1 : ce texte n'est plus dans l'étude." in told
    assert "E003 : mémo : ce texte n'est plus dans l'étude." in told
    assert "1\u00a0action d'une forme inconnue." in told
    assert "à revoir" not in told
    assert "codages-lea.enquete : 5\u00a0actions impossibles" in errors
    assert codings() == [("lea", "signé", "R04.1")]


def test_an_interview_given_to_others_since_is_told(enquete, out, back):
    file = back(coding(out, "E002", "signé", "R04.1", "a"))
    assert enquete("affecter", "--codeur", "lea", "--entretien", "E001")[0] == 0
    _, told, _ = enquete("paquet", "reprendre", file)
    assert "E002 : codage R04.1 : ce texte n'est pas dans la liste de lea." in told


def test_words_taken_back_by_the_person_are_impossible(enquete, out, back):
    file = back(coding(out, "E001", "coupé le RSA", "R07.1", "a"), coding(out, "E001", "deux mois", "R02.1", "b"))
    with open_study(None).database() as db, transaction(db):
        text = next(interviews(db))
        start = text.text.index("coupé le RSA")
        revise_text(db, text, [Change(start, start + 12, "[passage retiré]")], "retrait")
    code, told, _ = enquete("paquet", "reprendre", file)
    assert code == 1
    assert "codage R07.1 : ces paroles ont été retirées par la personne." in told
    assert codings() == [("lea", "deux mois", "R02.1")]


def test_a_trial_tells_the_same_and_changes_no_byte(enquete, out, back, study):
    file = back(
        coding(out, "E001", "coupé le RSA", "R07.1", "a"),
        memo("m", "Madame Diarra le dit sans colère", interview="E001"),
        stage("s", "E001"),
        places={"E001": 1},
    )
    before = hashlib.sha256((study / "etude.db").read_bytes()).digest()
    tried = enquete("paquet", "reprendre", file, "--essai", "--detail")
    assert hashlib.sha256((study / "etude.db").read_bytes()).digest() == before
    assert not list(study.glob("etude.db-*"))
    done = enquete("paquet", "reprendre", file, "--detail")
    assert tried[0] == done[0] == 0
    assert tried[1].replace("Essai : rien n'est enregistré.", "Enregistré dans l'étude.") == done[1]
    assert "    E001, tour 2 : codage R07.1\n    E001 : mémo\n    E001 : entretien codé\n" in done[1]


def test_a_code_of_ones_own_is_told_as_such(enquete, out, back):
    proposed = {"uid": "p", "kind": "proposal", "step": "p", "item": "p", "codebook": "rsa", "title": "Tenir"}
    file = back(proposed, coding(out, "E001", "deux mois", "~p", "c"))
    told = enquete("paquet", "reprendre", file, "--detail")[1]
    assert "    étude : code proposé\n    E001, tour 2 : codage sous un code proposé\n" in told


def test_a_trial_of_two_files_tells_what_both_would_do(enquete, out, back):
    first, second = coding(out, "E001", "deux mois", "R07.1", "a"), coding(out, "E002", "signé", "R04.1", "b")
    older, newer = back(first, name="1.enquete"), back(first, second, name="2.enquete")
    told = enquete("paquet", "reprendre", older, newer, "--essai")[1]
    assert "1\u00a0action nouvelle : E001 (1)." in told
    assert "1\u00a0action nouvelle : E002 (1)." in told
    assert "1\u00a0action déjà là : E001 (1)." in told
    assert codings() == []


def test_memos_are_pseudonymised(enquete, out, back):
    taken(enquete, back(memo("m", "Madame Fatoumata Diarra le dit sans colère", interview="E001")))
    with open_study(None).database() as db:
        (written,) = all_entries(db, "lea")
    assert "Diarra" not in written.entry.body
    assert "sans colère" in written.entry.body


def test_places_and_stages_come_back(enquete, out, back):
    told = taken(
        enquete, back(*(stage(code, code) for code in ("E001", "E002", "E003")), places={"E001": 99, "E009": 1})
    )
    assert "Tout ce paquet est codé : demandez à lea d'effacer" in told
    assert "« enquete sorties confirmer 1 »" in told
    with open_study(None).database() as db:
        first, *_ = interviews_of(db, "lea")
    assert (first.place, first.coded) == (1, True)


def test_a_file_without_any_action_is_said_so(enquete, out, back):
    assert "Aucune action" in taken(enquete, back())


def test_two_packets_of_two_coders_at_once(enquete, out, back, study, tmp_path):
    assert enquete("paquet", "creer", "--codeur", "omar")[0] == 0
    his = study / "exports/paquets/paquet-omar.html"
    omars = answer(his, [coding(his, "E001", "deux mois", "R02.1", "a")], tmp_path / "omar.enquete")
    taken(enquete, back(coding(out, "E001", "deux mois", "R07.1", "a")), omars)
    assert sorted(codings()) == [("lea", "deux mois", "R07.1"), ("omar", "deux mois", "R02.1")]


def test_a_coder_cannot_answer_for_another(enquete, out, back):
    forged = back(coding(out, "E001", "deux mois", "R07.1", "a"), coder="omar")
    assert "ce fichier se dit de omar, mais son paquet a été fait pour lea" in refused(enquete, forged)


def test_codings_follow_a_coder_who_left(enquete, out, back):
    taken(enquete, back(coding(out, "E001", "deux mois", "R07.1", "a")))
    assert enquete("codeur", "depart", "lea", "--renommer", "c9")[0] == 0
    taken(enquete, back(coding(out, "E001", "deux mois", "R07.1", "a"), coding(out, "E002", "signé", "R04.1", "b")))
    assert {coder for coder, *_ in codings()} == {"c9"}


def test_a_packet_that_the_database_lost_still_gives_its_codings(enquete, out, back, study, tmp_path):
    with open_study(study).database() as db, transaction(db):
        db.execute("DELETE FROM packet")
    file = back(coding(out, "E001", "deux mois", "R07.1", "a"))
    assert "d'un paquet que cette étude ne connaît pas" in taken(enquete, file)
    assert len(codings()) == 1
    listed = study / "enquete.toml"
    listed.write_text(listed.read_text().replace('# codeurs = ["c1", "c2"]', 'codeurs = ["c1", "c2"]'))
    assert enquete("paquet", "reprendre", file)[2].count("« lea » ne code pas dans cette étude.") == 1


def test_what_is_not_an_answer_is_told_apart(enquete, out, back, tmp_path, monkeypatch):
    good = back(coding(out, "E001", "deux mois", "R07.1", "a"))
    cut, other, big = tmp_path / "coupé.enquete", tmp_path / "photo.jpg", tmp_path / "gros.enquete"
    cut.write_bytes(good.read_bytes()[:-40])
    other.write_bytes(bytes(range(256)))
    with big.open("wb") as file:
        file.truncate(50_000_001)
    code, told, errors = enquete("paquet", "reprendre", cut, other, big, out, tmp_path / "rien", tmp_path, good)
    assert code == 1
    assert "coupé.enquete : ce fichier est abîmé, incomplet ou a été modifié" in errors
    assert "photo.jpg : ce n'est pas un fichier de codages." in errors
    assert "gros.enquete : ce fichier dépasse 50 Mo" in errors
    assert "paquet-lea.html : c'est le paquet lui-même, pas le fichier de codages." in errors
    assert "rien : ce fichier n'existe pas." in errors
    assert "c'est un dossier" in errors
    assert "1\u00a0action nouvelle" in told  # the good one
    assert len(codings()) == 1


def test_a_wrong_phrase_is_told(enquete, out, back, monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", "une autre phrase")
    errors = refused(enquete, back(coding(out, "E001", "deux mois", "R07.1", "a")))
    assert "codages-lea.enquete : la phrase n'est pas la bonne." in errors
    assert codings() == []


def test_a_phrase_is_asked_once_a_packet(enquete, out, back, monkeypatch):
    asked = []
    monkeypatch.delenv("ENQUETE_PHRASE_PAQUET")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or f" {PHRASE} ")
    taken(enquete, back(name="1.enquete"), back(name="2.enquete"))
    assert asked == ["Phrase du paquet de lea (1.enquete) : "]


def test_another_study_is_told(enquete, out, back, tmp_path, monkeypatch):
    file = back(coding(out, "E001", "deux mois", "R07.1", "a"))
    assert enquete("nouveau", tmp_path / "autre", "--kit", "rsa")[0] == 0
    monkeypatch.chdir(tmp_path / "autre")
    assert "ces codages sont d'une autre étude." in refused(enquete, file)


def test_a_file_renamed_or_mailed_is_understood(enquete, out, back, tmp_path):
    file = back(coding(out, "E001", "deux mois", "R07.1", "a"))
    mailed = tmp_path / "pièce jointe.txt"
    mailed.write_bytes(("\ufeffBonjour,\r\n" + file.read_text().replace(", ", ",\r\n") + "\r\n").encode("utf-16"))
    taken(enquete, mailed)
    assert len(codings()) == 1


def test_killed_in_the_middle_nothing_is_half_done(enquete, out, back, study, monkeypatch):
    file = back(coding(out, "E001", "deux mois", "R07.1", "a"), coding(out, "E002", "signé", "R04.1", "b"))
    before = (study / "etude.db").read_bytes()
    monkeypatch.setattr(packet_answers, "note_answer", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert enquete("paquet", "reprendre", file)[0] == 130
    assert (study / "etude.db").read_bytes() == before


SMALL_BOOK = """id: rsa
label: RSA
version: 1
codes:
  - {id: R02.1, label: Manque}
  - {id: R04.1, label: Contrat}
  - {id: R07.1, label: Sanction}
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A study with a packet of lea's out, to be copied."""
    folder = tmp_path_factory.mktemp("prêt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)
        create_study(folder / "etude", ["rsa"])
        (folder / "etude/codebooks/rsa.yaml").write_text(SMALL_BOOK, "utf-8")
        add_texts(folder / "etude", SAID)
        list(create_packet(open_study(folder / "etude"), "lea", (), None, drawn=False))
    return folder / "etude"


def done_by_lea(packet):
    """Twelve actions, of which some replace others; any part of them may have come in before the rest."""
    first = [
        coding(packet, "E001", words, code, uid)
        for uid, words, code in [("a", "coupé le RSA", "R07.1"), ("b", "deux mois", "R02.1"), ("c", "coupé", "R07.1")]
    ]
    second = [
        coding(packet, "E001", "coupé le RSA deux mois", "R07.1", "a2", item="a", over=["a"]),
        coding(packet, "E001", "coupé le RSA", "R02.1", "a3", item="a", over=["a"]),
        {"uid": "b2", "kind": "gone", "step": "b2", "item": "b", "over": ["b"], "interview": "E001"},
        coding(packet, "E001", "deux mois", "R02.1", "b3", item="b", over=["b2"], reverses="b2"),
        coding(packet, "E002", "signé", "R04.1", "d", flag="cite"),
        coding(packet, "E002", "signé", "R04.1", "d2", item="d", over=["d"], flag="never"),
        stage("s", "E001"),
        {"uid": "s2", "kind": "gone", "step": "s2", "item": "s", "over": ["s"], "interview": "E001"},
        stage("s3", "E002", "read"),
    ]
    return [*first, *second]


def layer(folder):
    """All that the study holds of lea's work, however it came in."""
    with open_study(folder).database() as db:
        entries = {one.entry.uid: one.entry for one in all_entries(db, "lea")}
        made = sorted((c.start, c.end, c.code, c.flag or "", c.touched) for c in stored.codings(db))
        states = [(one.code, one.read, one.coded, one.codings) for one in interviews_of(db, "lea")]
    return {uid: entries[uid].model_copy(update={"made_at": ""}) for uid in sorted(entries)}, made, states


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_by_packet_or_by_the_server_in_any_order_the_study_is_the_same(ready, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("ordre") / "etude"
    folder.mkdir()
    for name in ("etude.db", "enquete.toml"):
        shutil.copy(ready / name, folder / name)
    shutil.copytree(ready / "codebooks", folder / "codebooks")
    packet = ready / "exports/paquets/paquet-lea.html"
    everything = done_by_lea(packet)
    order = data.draw(st.permutations(everything))
    parts, rest = [], list(order)
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        parts, rest = [*parts, rest[:size]], rest[size:]
    if data.draw(st.booleans()):
        parts.append(data.draw(st.sampled_from(parts)))  # some of it comes in twice
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)
        patch.setattr(packet_answers, "derive", lambda phrase, header: key_of(header, phrase))
        for number, part in enumerate(parts):
            if data.draw(st.booleans()):
                receive(CodingPage(open_study(folder)), "lea", [Entry.model_validate(entry) for entry in part])
            else:
                file = answer(packet, part, folder / f"{number}.enquete")
                result = take_back(open_study(folder), [file], try_only=False)
                assert result.problems == []
    assert layer(folder) == reference(ready, tmp_path_factory)


_REFERENCE = {}


def reference(ready, tmp_path_factory):
    """The same work, in one file and in the order of its making."""
    if ready not in _REFERENCE:
        folder = tmp_path_factory.mktemp("référence") / "etude"
        shutil.copytree(ready, folder)
        packet = ready / "exports/paquets/paquet-lea.html"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)
            file = answer(packet, done_by_lea(packet), folder / "tout.enquete")
            assert take_back(open_study(folder), [file], try_only=False).problems == []
        _REFERENCE[ready] = layer(folder)
    return _REFERENCE[ready]


def test_packets_know_when_their_codings_came_back(enquete, out, back, study):
    uid = payload(out).header.packet
    with open_study(study).database() as db:
        assert packets(db)[uid].answered_at is None
    taken(enquete, back(coding(out, "E001", "deux mois", "R07.1", "a")))
    with open_study(study).database() as db:
        assert packets(db)[uid].entries == 1
    made_again = content(out)["interviews"][0]["entries"]
    assert made_again == []  # what the packet held when it was made
    assert enquete("paquet", "creer", "--codeur", "lea")[0] == 0
    assert [entry["uid"] for entry in content(out)["interviews"][0]["entries"]] == ["a"]
    assert json.loads(payload(out).clear)["packet"] != uid
