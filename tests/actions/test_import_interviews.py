"""Interviews into a study: stored whole and pseudonymised, or refused with a reason."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from talks import NAMES, TALK

from enquete.actions.study import open_study
from enquete.store.interviews import interviews


def stored(folder):
    with open_study(folder).database() as db:
        return list(interviews(db))


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_interview_is_stored_without_a_name(enquete, study, talk):
    code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0
    assert "E001" in out
    assert "6\u00a0tours de parole" in out
    assert str(talk) in out  # the clear-text source is still on the disk
    (interview,) = stored(study)
    assert [turn.role.value for turn in interview.turns] == ["interviewer", "participant"] * 3
    assert "Ils m'ont coupé la moitié pendant deux mois" in interview.text
    everything = bytes_of(study)
    for name in NAMES:
        assert name not in interview.text
        assert name.encode() not in everything
        assert all(name not in path.name for path in study.rglob("*"))
    vault = open_study(study).vault()
    assert vault.original(interview.source).name == talk.name
    assert vault.original(interview.source).data == talk.read_bytes()


def test_a_trial_shows_and_stores_nothing(enquete, study, talk):
    before = bytes_of(study)
    code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1", "--essai")
    assert code == 0
    assert "locuteur 1 : enquêteur" in out
    assert "locuteur 2 : participant" in out
    assert "Bonjour, vous pouvez" in out
    assert "P001" in out
    assert all(name not in out for name in NAMES if name != "Fatoumata")  # it stands in the file's own name
    assert bytes_of(study) == before


def test_the_same_file_again_changes_nothing(enquete, study, talk):
    enquete("importer", "entretiens", talk, "--vague", "v1")
    before = stored(study)
    code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0
    assert "déjà importé (E001), rien n'a changé" in out
    assert stored(study) == before


def test_a_changed_file_asks_and_then_carries_the_codings(enquete, study, talk, tmp_path):
    enquete("importer", "entretiens", talk, "--vague", "v1")
    table = tmp_path / "codages.csv"
    table.write_text("entretien;citation;code\nE001;Ils m'ont coupé la moitié;R07.1\n", encoding="utf-8")
    assert enquete("importer", "codages", table, "--codeur", "lea")[0] == 0
    talk.write_text(TALK.replace("Bonjour, vous", "Alors bonjour, est-ce que vous"), encoding="utf-8")

    code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 1
    assert "--remplacer" in out
    trial = enquete("importer", "entretiens", talk, "--vague", "v1", "--remplacer", "--essai")[1]
    assert f"{talk.name} : E001, nouvelle version, vague v1" in trial
    code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1", "--remplacer")
    assert code == 0
    assert f"{talk.name} : E001, nouvelle version, vague v1" in out
    (interview,) = stored(study)
    assert interview.text.startswith("Alors bonjour")
    with open_study(study).database() as db:
        (coding,) = db.execute("SELECT * FROM coding").fetchall()
    assert coding["revision_id"] == interview.revision
    assert interview.text[coding["start"] : coding["end"]] == "Ils m'ont coupé la moitié"
    assert not coding["touched"]


def test_bad_files_never_hide_the_good_ones(enquete, study, talk, tmp_path):
    empty = tmp_path / "vide.txt"
    empty.write_bytes(b"")
    old = tmp_path / "ancien.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    cut = tmp_path / "coupé.docx"
    cut.write_bytes(b"PK\x03\x04 cut short")
    code, out, _ = enquete("importer", "entretiens", empty, old, talk, cut, tmp_path / "absent.txt", "--vague", "v1")
    assert code == 1
    assert "1\u00a0entretien importé, 4 refusés" in out
    for name in ("vide.txt", "ancien.doc", "coupé.docx", "absent.txt"):
        assert f"REFUSÉ {name} : " in out
    assert len(stored(study)) == 1


def test_a_wave_that_the_study_does_not_have_is_misuse(enquete, study, talk):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v9")
    assert code == 2
    assert "v1, v2" in errors


def test_without_a_wave_a_file_is_refused(enquete, study, talk):
    code, out, _ = enquete("importer", "entretiens", talk)
    assert code == 1
    assert "sa vague n'est pas donnée" in out


PEOPLE = """Code;Vague;Fichier;Prénom;Téléphone;Type;Tranche d'âge;Consentement;Recruté par
P07;1;Entretien Fatoumata D;Fatoumata;06 39 98 11 22;personne concernée;35-44;oui;CCAS
P08;1;autre.txt;Rachid;;aidant;45-54;retiré;
"""


def test_the_participants_file_names_people_in_the_vault_alone(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_bytes(PEOPLE.encode("cp1252"))
    other = tmp_path / "autre.txt"
    other.write_text("E: Bonjour ?\nR: Oui, bonjour.\nE: Ça va ?\nR: Oui ça va.\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", talk, other, "--participants", people)
    assert code == 1
    assert "a retiré son consentement" in out
    (interview,) = stored(study)
    assert (interview.participants, interview.wave) == (("P07",), "v1")
    assert interview.voices[1].participant == "P07"
    everything = bytes_of(study)
    for secret in ("Fatoumata", "Rachid", "06 39 98 11 22"):
        assert secret.encode() not in everything
    vault = open_study(study).vault()
    assert vault.identities().people["P07"] == {"Prénom": "Fatoumata"}
    assert vault.contacts()["P07"]["v1"] == {"Téléphone": "06 39 98 11 22"}
    left = out[out.index("Le fichier des participants aussi reste en clair") :]
    assert "(« Prénom », « Téléphone »)" in left
    assert str(people) in left


def test_a_participants_file_without_names_may_stay(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text(f"code;vague;fichier\nP07;1;{talk.name}\n", encoding="utf-8")
    _, out, _ = enquete("importer", "entretiens", talk, "--participants", people)
    assert str(talk) in out
    assert str(people) not in out


def test_a_file_placed_in_another_wave_is_refused(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", talk, "--participants", people, "--vague", "v2")
    assert code == 1
    assert "le place en vague v1" in out
    assert stored(study) == []


def test_speakers_can_be_told(enquete, study, tmp_path):
    path = tmp_path / "deux.txt"
    path.write_text("AM : Oui.\nBD : Ah non.\nAM : Si, si.\nBD : Jamais.\n", encoding="utf-8")
    code, out, _ = enquete(
        "importer", "entretiens", path, "--vague", "v1", "--locuteur", "AM=enqueteur", "--locuteur", "BD=P12"
    )
    assert code == 0, out
    (interview,) = stored(study)
    assert [(voice.role.value, voice.participant) for voice in interview.voices] == [
        ("interviewer", None),
        ("participant", "P12"),
    ]


@pytest.mark.parametrize("number", ["2", "locuteur 2", "Locuteur 02"])
def test_speakers_can_be_told_by_their_number(enquete, study, talk, number):
    code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1", "--locuteur", f"{number}=P07")
    assert code == 0, out
    assert "nomme P07, que l'étude ne connaît pas encore" in out
    (interview,) = stored(study)
    assert [voice.participant for voice in interview.voices] == [None, "P07"]


def test_a_number_written_in_labels_is_no_rank(enquete, study, tmp_path):
    path = tmp_path / "deux.txt"
    path.write_text("Voix 2 : Oui ?\nVoix 1 : Non.\nVoix 2 : Ah ?\nVoix 1 : Jamais.\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", path, "--vague", "v1", "--locuteur", "2=P07")
    assert code == 1
    assert "« --locuteur 2=P07 » ne désigne aucun locuteur" in out


@pytest.mark.parametrize("rule", ["Zorro=P99", "7=P99", "S02=P99", "Zorro=enqueteur"])
def test_a_rule_that_names_no_speaker_is_said(enquete, study, talk, rule):
    for trial in (("--essai",), ()):
        code, out, _ = enquete("importer", "entretiens", talk, "--vague", "v1", "--locuteur", rule, *trial)
        assert code == 1
        assert f"« --locuteur {rule} » ne désigne aucun locuteur" in out
    assert stored(study)[0].participants == ("P001",)


def test_a_rule_for_a_file_already_there_names_somebody(enquete, study, talk, tmp_path):
    enquete("importer", "entretiens", talk, "--vague", "v1")
    code, out, _ = enquete("importer", "entretiens", talk, "--locuteur", "Enquêtrice=enqueteur")
    assert code == 0, out


def test_a_code_that_nobody_bears_is_refused(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text(f"code;vague;fichier\nP07;1;{talk.name}\n", encoding="utf-8")
    command = ("importer", "entretiens", talk, "--participants", people, "--locuteur")
    code, _, errors = enquete(*command, "Enquêtée=P99")
    assert code == 2
    assert "P99 n'est pas un participant connu" in errors
    assert "P07" in errors
    assert stored(study) == []
    assert enquete(*command, "Enquêtée=p7")[0] == 0
    assert stored(study)[0].voices[1].participant == "P07"


@pytest.mark.parametrize("rule", ["AM", "AM=", "=participant", "AM=quelqu'un"])
def test_a_rule_for_speakers_that_is_not_understood_is_misuse(enquete, study, talk, rule):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1", "--locuteur", rule)
    assert code == 2
    assert "--locuteur" in errors


def test_a_name_found_later_is_masked_in_what_was_stored(enquete, study, tmp_path):
    first, second = tmp_path / "un.txt", tmp_path / "deux.txt"
    first.write_text(
        "E: Qui vous aide ?\nR: Y'a zoubaïda qui passe, c'est tout.\nE: Et sinon ?\nR: Personne.\n", encoding="utf-8"
    )
    second.write_text(
        "E: Vous êtes ?\nR: Je m'appelle Zoubaïda Benkhelifa.\nE: D'accord ?\nR: Voilà.\n", encoding="utf-8"
    )
    enquete("importer", "entretiens", first, "--vague", "v1")
    code, out, _ = enquete("importer", "entretiens", second, "--vague", "v1")
    assert code == 0, out
    assert all("zouba" not in interview.text.lower() for interview in stored(study))


def test_an_ordinary_word_that_is_a_name_since_is_announced(enquete, study, tmp_path):
    first, second = tmp_path / "un.txt", tmp_path / "deux.txt"
    second.write_text("E: Bonjour ?\nR: Oui, bonjour.\nE: Ça va ?\nR: Oui ça va.\n", encoding="utf-8")
    people = tmp_path / "participants.csv"
    people.write_text("code;vague;fichier;nom\nP07;1;deux.txt;Benkhelifa Orage\n", encoding="utf-8")
    first.write_text("E: Et après ?\nR: Il faisait gris. Orage, oui.\nE: Ah ?\nR: Oui.\n", encoding="utf-8")
    enquete("importer", "entretiens", first, "--vague", "v1")
    _, out, _ = enquete("importer", "entretiens", second, "--participants", people)
    assert "1\u00a0mot à relire dans E001 : « enquete relire »" in out
    assert "rage" not in out


def test_people_keep_their_pseudonyms_from_wave_to_wave(enquete, study, talk, tmp_path):
    later = tmp_path / "suite.txt"
    later.write_text(TALK.replace("Bonjour", "Rebonjour"), encoding="utf-8")
    people = tmp_path / "participants.csv"
    people.write_text(f"code;vague;fichier\nP1;1;{talk.name}\nP01;2;suite.txt\n", encoding="utf-8")
    enquete("importer", "entretiens", talk, "--participants", people)
    enquete("importer", "entretiens", later, "--participants", people)
    first, second = stored(study)
    assert first.participants == second.participants
    assert first.text.removeprefix("Bonjour") == second.text.removeprefix("Rebonjour")


KILLED = """
    import os, sys
    from pathlib import Path
    from enquete.actions.interviews import importing as module
    from enquete.actions.study import open_study
    from enquete.vault import Vault

    calls = 0
    write = Vault.write_identities
    def dying(self, identities):
        global calls
        write(self, identities)
        calls += 1
        if calls == {call}:
            os.kill(os.getpid(), {signal})
    Vault.write_identities = dying
    request = module.Request(tuple(map(Path, {files!r})), wave="v1")
    module.import_interviews(open_study(Path({study!r})), request, lambda *_: None)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("call", [1, 2])
def test_a_killed_import_leaves_whole_interviews_and_a_vault_in_step(enquete, study, tmp_path, call):
    files = []
    for number in range(3):
        path = tmp_path / f"entretien-{number}.txt"
        path.write_text(TALK.replace("Fatoumata", ("Fatoumata", "Aminata", "Ramata")[number]), encoding="utf-8")
        files.append(str(path))
    program = textwrap.dedent(KILLED).format(call=call, signal=int(signal.SIGKILL), study=str(study), files=files)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert len(stored(study)) == call - 1  # the one whose vault was written is not in the base: it never was stored
    code, out, _ = enquete("importer", "entretiens", *files, "--vague", "v1")
    assert code == 0, out
    texts = stored(study)
    assert len(texts) == 3
    vault = open_study(study).vault()
    sources = {text.source for text in texts}
    assert set(vault.identities().files) == sources
    assert {path.stem for path in (study / "coffre" / "originaux").iterdir()} == sources


def test_without_the_key_nothing_is_imported(enquete, study, talk, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "elsewhere"))
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 1
    assert "--cle" in errors
    assert stored(study) == []


def test_another_command_that_writes_is_waited_for_then_told(enquete, study, talk, monkeypatch):
    monkeypatch.setattr("enquete.store.database.WAIT_S", 0.1)
    other = sqlite3.connect(study / "etude.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    finally:
        other.close()
    assert code == 1
    assert "une autre commande écrit" in errors


def test_a_killed_import_still_masks_its_names_in_older_texts(enquete, study, tmp_path, monkeypatch):
    first, second = tmp_path / "un.txt", tmp_path / "deux.txt"
    first.write_text("E: Qui vous aide ?\nR: Y'a karimou qui passe.\nE: Et sinon ?\nR: Personne.\n", encoding="utf-8")
    second.write_text("E: Vous êtes ?\nR: Je m'appelle Karimou Benkhelifa.\nE: Ah ?\nR: Voilà.\n", encoding="utf-8")
    enquete("importer", "entretiens", first, "--vague", "v1")
    with monkeypatch.context() as patch:
        patch.setattr("enquete.actions.interviews.looking_back.mask_late_names", lambda *_: 1 / 0)
        assert enquete("importer", "entretiens", second, "--vague", "v1")[0] == 1
    assert len(stored(study)) == 2
    assert enquete("importer", "entretiens", second, "--vague", "v1")[0] == 0
    assert all("karimou" not in interview.text.lower() for interview in stored(study))


def test_a_row_that_is_refused_keeps_its_file_out(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text(f"code;vague;fichier;consentement\nP4;1;{talk.name};peut-être\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", talk, "--participants", people, "--vague", "v1")
    assert code == 1
    assert "(ligne 2) est refusée" in out
    assert stored(study) == []


def test_a_code_of_a_refused_row_is_nobody_elses(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text("code;vague;fichier;consentement\nP001;9;autre.txt;oui\n", encoding="utf-8")
    enquete("importer", "entretiens", talk, "--participants", people, "--vague", "v1")
    assert stored(study)[0].participants == ("P002",)


def test_a_corrected_table_gives_the_interview_to_the_right_person(enquete, study, talk, tmp_path):
    enquete("importer", "entretiens", talk, "--vague", "v1")
    people = tmp_path / "participants.csv"
    people.write_text(f"code;vague;fichier\nP07;1;{talk.name}\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", talk, "--participants", people)
    assert code == 0
    assert "E001, rattaché maintenant à P07" in out
    (interview,) = stored(study)
    assert interview.participants == ("P07",)
    assert interview.voices[1].participant == "P07"


def test_a_withdrawal_after_the_import_is_said(enquete, study, talk, tmp_path):
    enquete("importer", "entretiens", talk, "--vague", "v1")
    people = tmp_path / "participants.csv"
    people.write_text(f"code;vague;fichier;consentement\nP001;1;{talk.name};retiré\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", talk, "--participants", people)
    assert code == 1
    assert "ni comptées ni citées" in out


def test_a_file_that_is_nearly_named_is_not_guessed(enquete, study, talk, tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text("code;vague;fichier\nP07;1;Entretien Fatoumatà D.txt\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", talk, "--participants", people)
    assert code == 1
    assert "la ligne 2 en nomme un presque pareil" in out
