"""What was to be kept until a day is erased when it has come; what a coder who leaves holds is called back."""

from datetime import date, timedelta

import pytest
from erasure import places

from enquete.actions.study import open_study
from enquete.model import Audience
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.outputs import register_output
from enquete.store.settled import settled_layer
from enquete.vault import ORIGINALS, uids

PAST = "2020-01-31"


@pytest.fixture
def met(study, enquete, talk, tmp_path):
    table = tmp_path / "personnes.csv"
    table.write_text(
        f"code;nom;téléphone;vague;fichier;âge;consentement\nP001;Diarra;0612345678;v1;{talk.name};34 ans;oui\n",
        encoding="utf-8",
    )
    code, _, errors = enquete("importer", "entretiens", talk, "--participants", table)
    assert code == 0, errors
    return study


def keep(folder, **days):
    path = folder / "enquete.toml"
    told = path.read_text(encoding="utf-8").replace("[conservation]\n", "")
    lines = "\n".join(f"{key} = {day}" for key, day in days.items())
    path.write_text(f"{told}\n[conservation]\n{lines}\n", encoding="utf-8")


def test_nothing_is_erased_without_a_day(met, enquete):
    code, out, _ = enquete("purger", "--oui")
    assert (code, "Aucune date" in out) == (0, True)


def test_what_comes_is_told(met, enquete):
    soon = date.today() + timedelta(days=20)
    keep(met, originaux="2099-01-01", contacts=soon)
    _, out, _ = enquete("purger", "--oui")
    assert "Rien n'est échu." in out
    assert "Le 1er janvier 2099 : fichiers d'origine." in out
    status = enquete("etat")[1]
    assert "prévoir l'effacement" in status
    assert "2099" not in status


def test_originals_go_and_the_texts_stay(met, enquete, talk):
    keep(met, originaux=PAST)
    assert "effacer ce qui devait l'être le 31 janvier 2020 (fichiers d'origine)" in enquete("etat")[1]
    _, out, _ = enquete("purger", "--essai")
    assert "À effacer depuis le 31 janvier 2020 : fichiers d'origine (1\u00a0fichier)." in out
    assert uids(met / "coffre", ORIGINALS)
    code, out, errors = enquete("purger", "--oui")
    assert code == 0, errors
    assert not uids(met / "coffre", ORIGINALS)
    assert places(met, [talk.name]) == []
    with open_study(met).database() as db:
        (text,) = interviews(db)
    assert "coupé la moitié" in text.text
    assert "devait l'être" not in enquete("etat")[1]
    assert "Rien n'est échu." in enquete("purger", "--oui")[1]
    code, out, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, out + errors
    assert not uids(met / "coffre", ORIGINALS)
    code, out, errors = enquete("coffre", "verifier")
    assert code == 0, out + errors


def test_a_file_purged_comes_back_for_its_own_interview_until_it_is_withdrawn(met, enquete, talk):
    keep(met, originaux=PAST)
    assert enquete("purger", "--oui")[0] == 0
    code, out, errors = enquete("importer", "entretiens", talk, "--remplacer", "--locuteur", "Enquêtée=P001")
    assert code == 0, out + errors
    assert uids(met / "coffre", ORIGINALS)
    with open_study(met).database() as db:
        assert [text.code for text in interviews(db)] == ["E001"]
    assert enquete("purger", "--oui")[0] == 0
    code, out, errors = enquete("retirer", "P001", "--oui")
    assert code == 0, errors
    code, out, errors = enquete("importer", "entretiens", talk, "--vague", "v1", "--remplacer")
    assert (code, "en a été effacé" in out + errors) == (1, True)


def test_contacts_and_identities_go(met, enquete):
    keep(met, contacts=PAST, identites=PAST, originaux=PAST)
    code, out, errors = enquete("purger", "--oui")
    assert code == 0, errors
    assert "plus rien ne dit qui est qui" in out
    assert places(met, ["0612345678", "Diarra", "Fatoumata", "Ibrahim", "Lefèvre"]) == []


def test_texts_go_to_the_byte(met, enquete):
    with open_study(met).database() as db, transaction(db):
        register_output(db, "synthese.xlsx", "export", Audience.PROJECT_GROUP, "d1", ["E001"])
    keep(met, textes=PAST)
    _, out, _ = enquete("purger", "--oui")
    assert "n° 1 : synthese.xlsx" in out
    left = places(met, ["coupé la moitié pendant deux mois", "34 ans"])
    own = [where for _, where in left if where != "rsa.yaml" and not where.startswith("rsa-v")]
    assert own == []  # the kit's codebook and questionnaires have these words too
    assert "P001" in enquete("consentement")[1]


def test_the_word_is_typed_to_confirm(met, enquete, monkeypatch):
    keep(met, originaux=PAST)
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: "non")
    assert enquete("purger")[0] == 1
    assert uids(met / "coffre", ORIGINALS)


def test_a_day_that_is_none_is_told_with_its_line(met, enquete):
    keep(met, originaux='"bientôt"')
    code, _, errors = enquete("purger")
    assert code == 1
    assert "« conservation.originaux » : une date est attendue, sans guillemets : 2027-06-30." in errors


def test_a_coder_leaves(met, enquete):
    with open_study(met).database() as db, transaction(db):
        (text,) = interviews(db)
        codings.add_coding(db, codings.Coding(text.revision, 0, 7, "rsa", "R01", "lea"))
        codings.add_coding(db, codings.Coding(text.revision, 0, 7, "rsa", "R01", "tom"))
        register_output(db, "paquet.zip", "packet", Audience.TEAM, "d1", ["E001"], holder="lea")
    code, out, errors = enquete("codeur", "depart", "lea", "--renommer", "c1")
    assert code == 0, errors
    assert "n° 1 : paquet.zip" in out
    assert "fermer la page" not in out
    assert "fermer la page de codage : son lien l'ouvre encore" in enquete("codeur", "depart", "tom")[1]
    with open_study(met).database() as db:
        assert codings.coders(db) == ["c1", "tom"]
    assert "À DÉTRUIRE" in enquete("sorties")[1]
    assert enquete("codeur", "depart", "tom", "--renommer", "c1")[0] == 1
    assert enquete("relire", "--relu", "E001", "--par", "ana")[0] == 0
    assert enquete("codeur", "depart", "ana", "--renommer", "c2")[0] == 0
    assert "relu par c2" in enquete("etat")[1]
    code, _, errors = enquete("codeur", "depart", "zoé")
    assert (code, "ne code pas dans cette étude" in errors) == (1, True)


@pytest.mark.parametrize(
    ("new", "status", "told"),
    [
        ("Fatoumata Diarra", 2, "ne peut pas désigner une personne qui code"),
        ("", 2, "ne peut pas désigner une personne qui code"),
        ("arbitrage", 2, "est le nom sous lequel les désaccords réglés sont gardés"),
        ("arbitrage-", 1, "est déjà celui de quelqu'un"),
        ("tom", 1, "est déjà celui de quelqu'un"),
    ],
)
def test_a_new_code_is_a_code_that_nobody_has(met, enquete, new, status, told):
    with open_study(met).database() as db, transaction(db):
        (text,) = interviews(db)
        codings.add_coding(db, codings.Coding(text.revision, 0, 7, "rsa", "R01", "arbitrage"))
        codings.add_coding(db, codings.Coding(text.revision, 0, 7, "rsa", "R01", "tom"))
        settled_layer(db)
    code, _, errors = enquete("codeur", "depart", "tom", "--renommer", new)
    assert (code, told in errors) == (status, True), errors
