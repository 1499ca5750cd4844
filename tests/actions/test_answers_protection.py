"""Answers are protected like interviews: withdrawn, purged, reviewed, and never half stored."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from erasure import places
from questioned import FATOU, HERS, HIS, KARIM, ROSE, form, table

from enquete.actions.study import open_study
from enquete.model import Audience
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.outputs import outputs, register_output
from enquete.store.responses import datasets
from enquete.vault import ORIGINALS, uids

PAST = "2020-01-31"


@pytest.fixture
def answered(study, enquete, tmp_path):
    """A study of three people who filled in a questionnaire; two said something in words."""
    form(study)
    path = table(tmp_path / "réponses.csv", FATOU, KARIM, ROSE)
    code, out, errors = enquete("importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1")
    assert code == 0, out + errors
    return study


def people(study):
    with open_study(study).database() as db:
        return [response.participant for dataset in datasets(db) for response in dataset.responses]


def texts(study):
    with open_study(study).database() as db:
        return {text.code: text for text in interviews(db)}


def coded(study, code, word):
    with open_study(study).database() as db, transaction(db):
        text = texts(study)[code]
        start = text.text.index(word)
        coding = codings.Coding(text.revision, start, start + len(word), "rsa", "R01", "léa", memo=f"elle dit {word}")
        codings.add_coding(db, coding)


def test_words_are_there_before(answered):
    assert {word for word, _ in places(answered, (*HERS, *HIS))} == {*HERS, *HIS}


def test_whoever_withdraws_is_erased_to_the_byte(answered, enquete, monkeypatch):
    coded(answered, "R001", "zigzaguée")
    coded(answered, "R002", "brindezingue")
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: "non")
    _, out, errors = enquete("retirer", "P001")
    told = out + errors
    assert "1\u00a0questionnaire rempli : effacé en entier, dont 1\u00a0réponse à des questions ouvertes." in told
    assert "1\u00a0codage de ses paroles" in told
    code, out, errors = enquete("retirer", "P001", "--oui")
    assert code == 0, errors
    assert places(answered, HERS) == []
    assert {word for word, _ in places(answered, HIS)} == set(HIS)
    assert people(answered) == ["P002", "P003"]
    assert list(texts(answered)) == ["R002"]
    assert enquete("coffre", "verifier")[0] == 0
    db = sqlite3.connect(answered / "etude.db")
    assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    db.close()


def test_whoever_ticked_boxes_only_withdraws_too(answered, enquete):
    code, out, errors = enquete("retirer", "P003", "--oui")
    assert code == 0, out + errors
    assert people(answered) == ["P001", "P002"]


def test_the_last_person_takes_everything_along(answered, enquete):
    for code in ("P001", "P002", "P003"):
        assert enquete("retirer", code, "--oui")[0] == 0
    with open_study(answered).database() as db:
        assert datasets(db) == []
    assert not uids(answered / "coffre", ORIGINALS)
    assert places(answered, (*HERS, *HIS)) == []


class Killed(BaseException):
    """What ends a command anywhere."""


@pytest.mark.parametrize("name", ["_cleanse", "pruned", "_forget_contacts", "compact", "end_erasures"])
def test_a_withdrawal_killed_anywhere_is_finished_by_running_again(answered, enquete, monkeypatch, name):
    def die(*_arguments, **_options):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(f"enquete.actions.protection.erasing.{name}", die)
        with pytest.raises(Killed):
            enquete("retirer", "P001", "--oui")
    assert "retrait inachevé" in enquete("etat")[1]
    assert enquete("retirer")[0] == 0
    assert places(answered, HERS) == []
    assert {word for word, _ in places(answered, HIS)} == set(HIS)
    assert enquete("coffre", "verifier")[0] == 0


def test_a_passage_taken_back_takes_its_words_out_of_the_vault(answered, enquete):
    code, out, errors = enquete("retirer", "P001", "--passage", "R001", "--tour", "1", "--mots", "zigzaguée", "--oui")
    assert code == 0, out + errors
    assert places(answered, ["zigzaguée", "Madame Lefèvre m'a"]) == []
    assert "[passage retiré]" in texts(answered)["R001"].text
    assert {word for word, _ in places(answered, HIS)} == set(HIS)


def test_a_row_without_key_does_not_come_back_after_a_withdrawal(study, enquete, tmp_path):
    form(study)
    path = table(tmp_path / "sans.csv", "rue;On attend zigzaguée.", "propre;Rien ne vient.", header="logement;dire")
    command = ("importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1")
    assert enquete(*command)[0] == 0
    assert enquete("retirer", "Q0001", "--oui")[0] == 0
    code, out, errors = enquete(*command)
    assert code == 1
    assert "cette personne s'est retirée de l'étude" in out + errors
    assert people(study) == ["Q0002"]
    path = table(tmp_path / "autre.csv", "rue;Autre chose.", header="logement;dire")
    assert enquete("importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1")[0] == 0
    assert people(study) == ["Q0002", "Q0003"]  # the code of whoever left is nobody's


def test_outputs_made_from_answers_are_called_back(answered, enquete):
    with open_study(answered).database() as db, transaction(db):
        register_output(db, "reponses.sav", "export", Audience.TEAM, "d1", (), participants=["P001", "P003"])
        register_output(db, "autre.sav", "export", Audience.TEAM, "d2", (), participants=["P002"])
    _, out, _ = enquete("retirer", "P003", "--oui")
    assert "reponses.sav" in out
    with open_study(answered).database() as db:
        assert [output.awaited for output in outputs(db)] == [True, False]


def keep(folder, **days):
    path = folder / "enquete.toml"
    told = path.read_text(encoding="utf-8").replace("[conservation]\n", "")
    lines = "\n".join(f"{key} = {day}" for key, day in days.items())
    path.write_text(f"{told}\n[conservation]\n{lines}\n", encoding="utf-8")


def test_originals_go_and_the_answers_stay(answered, enquete, tmp_path):
    keep(answered, originaux=PAST)
    assert enquete("purger", "--oui")[0] == 0
    assert not uids(answered / "coffre", ORIGINALS)
    assert len(texts(answered)) == 2
    path = tmp_path / "réponses.csv"
    code, out, errors = enquete("importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1")
    assert (code, "3 déjà là" in out) == (0, True), out + errors
    assert not uids(answered / "coffre", ORIGINALS)


def test_texts_and_answers_go_together(answered, enquete):
    keep(answered, textes=PAST)
    _, out, _ = enquete("purger", "--essai")
    assert "3\u00a0questionnaires remplis" in out
    assert enquete("purger", "--oui")[0] == 0
    assert people(answered) == []
    left = [where for _, where in places(answered, ["zigzaguée", "brindezingue", "Chez soi"])]
    assert [where for where in left if not where.endswith(".md")] == []


def test_contacts_go(answered, enquete):
    keep(answered, contacts=PAST)
    assert enquete("purger", "--oui")[0] == 0
    assert places(answered, ["0612345678", "0611223344"]) == []


def test_a_reviewer_gives_words_back_from_the_bundle(answered, enquete):
    code, out, errors = enquete("relire", "R001", "--refuser", "Lefèvre")
    assert code == 0, out + errors
    assert "Madame Lefèvre" in texts(answered)["R001"].text


def test_codings_are_placed_by_the_words_as_they_were_said(answered, enquete, tmp_path):
    path = tmp_path / "codages.csv"
    path.write_text("entretien;code;citation\nR001;R01;Madame Lefèvre m'a zigzaguée\n", encoding="utf-8")
    code, out, errors = enquete("importer", "codages", path, "--codeur", "léa")
    assert code == 0, out + errors
    with open_study(answered).database() as db:
        (coding,) = codings.codings(db)
    assert texts(answered)["R001"].text[coding.start : coding.end].endswith("m'a zigzaguée")


KILLED = """
    import os
    from pathlib import Path
    from enquete.actions.answers import files as module
    from enquete.actions.study import open_study
    from enquete.vault import Vault

    write = Vault.{method}
    def dying(self, *given):
        write(self, *given)
        os.kill(os.getpid(), {signal})
    Vault.{method} = dying
    request = module.Request((Path({file!r}),), wave="v1", questionnaire="enquete-v1")
    module.import_answers(open_study(Path({study!r})), request, lambda *_: None)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("method", ["put_original", "write_identities", "write_contacts"])
def test_a_killed_import_leaves_a_study_that_opens_and_no_half_file(study, enquete, tmp_path, method):
    form(study)
    path = table(tmp_path / "réponses.csv", FATOU, KARIM, ROSE)
    program = textwrap.dedent(KILLED).format(
        method=method, signal=int(signal.SIGKILL), study=str(study), file=str(path)
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert people(study) == []
    assert enquete("etat")[0] == 0
    code, out, errors = enquete("importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1")
    assert code == 0, out + errors
    assert people(study) == ["P001", "P002", "P003"]
    assert uids(study / "coffre", ORIGINALS) == {text.source for text in texts(study).values()}
    assert enquete("coffre", "verifier")[0] == 0


def test_without_the_key_nothing_is_imported(study, enquete, tmp_path, monkeypatch):
    form(study)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "elsewhere"))
    path = table(tmp_path / "réponses.csv", FATOU)
    code, _, errors = enquete("importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1")
    assert (code, "--cle" in errors) == (1, True)
    assert people(study) == []
