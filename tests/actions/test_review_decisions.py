"""What a reviewer decides of names: the vault and every text follow, and nothing is half done."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from enquete.actions.review.decisions import (
    Desk,
    accept,
    merge,
    refuse,
    rename,
    set_policy,
    split_forms,
    split_interview,
)
from enquete.actions.review.waiting import accept_all, agenda
from enquete.actions.review.words import add, ignore
from enquete.actions.study import open_study
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.store import review
from enquete.store.interviews import interviews

FIRST = """Enquêtrice : Bonjour, qui êtes-vous ?

Enquêtée : Je m'appelle Fatoumata Diarra. Mon fils Ibrahim va bien, c'est le père d'Ibrahim qui est parti.

Enquêtrice : Et qui vous aide ?

Enquêtée : Madame Lefèvre. Y'a zoubaïda qui passe aussi, et momo, mon voisin. J'ai que le téléphone et le café.
"""
SECOND = """Enquêtrice : Et vous ?

Enquêté : Je m'appelle Moussa Traoré. Madame Lefèvre m'a reçu deux fois.

Enquêtrice : Et depuis ?

Enquêté : Ma voisine Zoubaïda Benkhelifa. Et momo, toujours, et le café du matin.
"""


@pytest.fixture
def desk(enquete, study, tmp_path):
    """Two participants; the second file brings a name that stood in the first."""
    for number, text in enumerate((FIRST, SECOND)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        assert enquete("importer", "entretiens", path, "--vague", "v1")[0] == 0
    return Desk.at(open_study(study))


def texts(desk):
    with desk.study.database() as db:
        return {text.code: text.text for text in interviews(db)}


def named(desk, form, code=""):
    """The names that stand for this form."""
    return [name for name in agenda(desk, code).names if form in name.forms]


def alerts(desk):
    with desk.study.database() as db:
        return review.blocking_alerts(db)


def test_a_name_found_later_holds_every_output_back_until_it_is_accepted(desk, enquete):
    assert "zouba" not in texts(desk)["E001"].lower()
    code, _, errors = enquete("synthese")
    assert code == 1
    assert "enquete relire" in errors
    (name,) = named(desk, "zoubaïda")
    assert name.late
    accept(desk, [name.entity])
    assert alerts(desk) == []
    assert enquete("synthese")[0] == 0
    assert named(desk, "zoubaïda")[0].settled


def test_a_name_refused_is_given_back_and_not_masked_again(desk, enquete, tmp_path):
    (name,) = named(desk, "zoubaïda")
    outcome = refuse(desk, [name.entity])
    assert outcome.changed == ("E001",)
    assert "Y'a zoubaïda qui passe" in texts(desk)["E001"]
    assert alerts(desk) == []
    assert named(desk, "zoubaïda") == []
    again = tmp_path / "0.txt"
    again.write_text(FIRST + "\nEnquêtrice : Merci.\n", encoding="utf-8")
    assert enquete("importer", "entretiens", again, "--vague", "v1", "--remplacer")[0] == 0
    assert "Y'a zoubaïda qui passe" in texts(desk)["E001"]
    assert "oubaïda" not in texts(desk)["E002"]


def test_a_name_of_the_participants_file_is_never_given_back(enquete, study, tmp_path):
    path, people = tmp_path / "a.txt", tmp_path / "p.csv"
    path.write_text(FIRST, encoding="utf-8")
    people.write_text("code;vague;fichier;prénom\nP1;1;a.txt;Fatoumata\n", encoding="utf-8")
    enquete("importer", "entretiens", path, "--participants", people)
    desk = Desk.at(open_study(study))
    (name,) = named(desk, "Fatoumata Diarra")
    with pytest.raises(EnqueteError) as error:
        refuse(desk, [name.entity])
    assert error.value.problem is Problem.REVIEW_IS_PARTICIPANT
    assert "Fatoumata" not in texts(desk)["E001"]


def test_a_nickname_told_later_blocks_too(desk, enquete, tmp_path):
    accept_all(desk)
    people = tmp_path / "p.csv"
    people.write_text("code;vague;fichier;surnom\nP001;1;0.txt;Momo\n", encoding="utf-8")
    code, out, _ = enquete("importer", "entretiens", tmp_path / "0.txt", "--participants", people)
    assert code == 0, out
    assert "momo" not in texts(desk)["E001"]
    assert [alert.interview for alert in alerts(desk)] == ["E001", "E002"]


def test_another_pseudonym_is_written_everywhere_with_its_small_word(desk):
    ibrahim = named(desk, "Ibrahim")
    if len(ibrahim) > 1:
        merge(desk, [name.entity for name in ibrahim])
    (name,) = named(desk, "Ibrahim")
    rename(desk, name.entity, "Amadou")
    assert "Mon fils Amadou va bien, c'est le père d'Amadou qui est parti" in texts(desk)["E001"]
    rename(desk, name.entity, "Bakary")
    assert "c'est le père de Bakary qui est parti" in texts(desk)["E001"]
    refuse(desk, [name.entity])
    assert "Mon fils Ibrahim va bien, c'est le père d'Ibrahim qui est parti" in texts(desk)["E001"]


def test_people_met_by_two_participants_are_merged_and_told_apart_again(desk):
    first, second = named(desk, "Lefèvre")
    assert second.key in first.twins
    merge(desk, [first.entity, second.entity])
    (one,) = named(desk, "Lefèvre")
    assert set(one.interviews) == {"E001", "E002"}
    assert len(one.pseudonyms) == 1
    split_interview(desk, one.entity, "E002")
    apart = named(desk, "Lefèvre")
    assert sorted(name.interviews for name in apart) == [("E001",), ("E002",)]
    assert apart[0].pseudonyms != apart[1].pseudonyms
    with pytest.raises(EnqueteError):
        split_interview(desk, apart[0].entity, "E001")


def test_a_form_that_is_somebody_else_goes_its_own_way(desk):
    (moussa,), (fatoumata,) = named(desk, "Moussa Traoré"), named(desk, "Fatoumata Diarra")
    merge(desk, [moussa.entity, fatoumata.entity])
    split_forms(desk, moussa.entity, ["fatoumata diarra"])
    assert named(desk, "Moussa Traoré")[0].entity != named(desk, "Fatoumata Diarra")[0].entity
    assert named(desk, "Fatoumata Diarra")[0].pseudonyms != moussa.pseudonyms


def test_one_name_may_have_a_policy_of_its_own(desk):
    (name,) = named(desk, "Moussa Traoré")
    set_policy(desk, name.entity, "code")
    assert "Je m'appelle [personne 1]." in texts(desk)["E002"]
    set_policy(desk, name.entity, "garder")
    assert "Je m'appelle Moussa Traoré." in texts(desk)["E002"]
    set_policy(desk, name.entity, "")
    assert "Moussa" not in texts(desk)["E002"]


def test_a_missed_name_is_masked_in_the_whole_study(desk, enquete, tmp_path):
    outcome = add(desk, "Momo", IdentifierType.PERSON, "E001")
    assert outcome.changed == ("E001", "E002")
    assert all("momo" not in text for text in texts(desk).values())
    assert len(named(desk, "momo")) == 2  # of two people's interviews: nothing tells that it is one man
    again = tmp_path / "0.txt"
    again.write_text(FIRST + "\nEnquêtrice : Merci.\n", encoding="utf-8")
    enquete("importer", "entretiens", again, "--vague", "v1", "--remplacer")
    assert "momo" not in texts(desk)["E001"]
    with pytest.raises(EnqueteError) as error:
        add(desk, "momo", IdentifierType.PERSON)
    assert error.value.problem is Problem.WORD_NOWHERE


def test_an_ordinary_word_added_goes_elsewhere_only_where_it_is_written_as_a_name(desk):
    outcome = add(desk, "café", IdentifierType.PERSON, "E001")
    assert outcome.changed == ("E001",)
    assert "et le café du matin" in texts(desk)["E002"]
    with pytest.raises(EnqueteError) as error:
        add(desk, "le", IdentifierType.PERSON, "E001")
    assert error.value.problem is Problem.WORD_TOO_COMMON


def test_a_doubtful_word_is_ignored_once_for_all(desk, enquete, study):
    with desk.study.database() as db:
        (text, _) = interviews(db)
        at = text.text.index("téléphone")
        from enquete.model import Doubt

        review.set_doubts(db, text.revision, [Doubt(at, at + 9, "mot", 0.4)])
    (doubt,) = agenda(desk).doubts
    assert doubt.word == "téléphone"
    assert ignore(desk, doubt.word) == 1
    assert agenda(desk).doubts == ()
    with pytest.raises(EnqueteError) as error:
        ignore(desk, "téléphone")
    assert error.value.problem is Problem.WORD_NOT_DOUBTFUL


def test_what_is_accepted_is_not_asked_again_unless_other_words_come(desk, enquete, tmp_path):
    accept_all(desk)
    assert agenda(desk).unsettled == []
    more = tmp_path / "0.txt"
    more.write_text(FIRST.replace("Mon fils Ibrahim", "Mon fils Ibrahima"), encoding="utf-8")
    enquete("importer", "entretiens", more, "--vague", "v1", "--remplacer")
    assert all("Ibrahima" in name.forms for name in agenda(desk).unsettled)
    assert agenda(desk).unsettled


def test_words_of_an_old_study_are_found_in_the_original_or_left(desk):
    with desk.study.database() as db:  # as before masks told the words that they stand for
        db.execute("UPDATE mask SET form = ''")
    (name,) = named(desk, "Moussa Traoré")
    assert refuse(desk, [name.entity]).untold == ()
    assert "Je m'appelle Moussa Traoré." in texts(desk)["E002"]
    for path in (desk.study.folder / "coffre" / "originaux").iterdir():
        path.unlink()
    first, second = named(desk, "Lefèvre")
    merge(desk, [first.entity, second.entity])
    assert "Lefèvre" not in texts(desk)["E001"]


def test_bytes_of_the_database_hold_no_name_whatever_is_decided(desk):
    (first, second) = named(desk, "Lefèvre")
    merge(desk, [first.entity, second.entity])
    rename(desk, first.entity, "Marchand")
    add(desk, "momo", IdentifierType.PERSON)
    accept_all(desk)
    content = (desk.study.folder / "etude.db").read_bytes()
    for secret in ("Lefèvre", "momo", "Fatoumata", "zoubaïda", "Zoubaïda", "Moussa"):
        assert secret.encode() not in content


KILLED = """
    import os
    from pathlib import Path
    from enquete.actions.review import decisions
    from enquete.actions.review.waiting import agenda
    from enquete.actions.study import open_study
    from enquete.vault import Vault

    desk = decisions.Desk.at(open_study(Path({study!r})))
    names = [n.entity for n in agenda(desk).names if {form!r} in n.forms]
    calls = 0
    write = Vault.write_identities
    def dying(self, identities):
        global calls
        write(self, identities)
        calls += 1
        if calls == {call}:
            os.kill(os.getpid(), {signal})
    Vault.write_identities = dying
    decisions.{decision}
"""
DECISIONS = {
    "refuse": ("zoubaïda", "refuse(desk, names)"),
    "rename": ("Lefèvre", "rename(desk, names[0], 'Marchand')"),
    "merge": ("Lefèvre", "merge(desk, names)"),
    "policy": ("Ibrahim", "set_policy(desk, names[0], 'code')"),
}


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("call", [1, 2])
@pytest.mark.parametrize("kind", DECISIONS)
def test_a_killed_decision_is_finished_or_taken_again(desk, kind, call):
    form, decision = DECISIONS[kind]
    names = [name.entity for name in named(desk, form)]
    program = textwrap.dedent(KILLED).format(
        study=str(desk.study.folder), form=form, call=call, signal=int(signal.SIGKILL), decision=decision
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    after = Desk.at(desk.study)
    with after.study.database() as db:
        assert review.interrupted_decision(db) == set()
        book = {entity.key for entity in after.vault.identities().book.entities}
        assert {mask.entity for text in interviews(db) for mask in text.masks} <= book
    if kind == "refuse":
        if call == 1:
            assert "zoubaïda" not in texts(after)["E001"]
            refuse(after, names)
        assert "Y'a zoubaïda qui passe" in texts(after)["E001"]
        assert named(after, "zoubaïda") == []
    elif kind == "merge":
        if call == 1:
            merge(after, names)
        assert len(named(after, "Lefèvre")) == 1
    else:
        shown = {p for name in named(after, form) if name.entity == names[0] for p in name.pseudonyms}
        assert shown == ({"Marchand"} if kind == "rename" else {"[personne 1]"})
