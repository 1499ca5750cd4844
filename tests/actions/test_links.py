"""Two codes that are one person: merged whole, refused when they can't be, finished after a crash."""

from datetime import date

import pytest
from coded import code
from erasure import places
from followed import answered, met, person, wave

from enquete.actions.answers.people import People
from enquete.actions.follow_up import links
from enquete.actions.study import open_study
from enquete.model import Audience, Channel, ConsentKind, ConsentState, LossReason, Outcome, RespondentType
from enquete.store.codings import codings
from enquete.store.database import transaction
from enquete.store.follow_up import (
    Attempt,
    Loss,
    add_attempt,
    attempts,
    limits,
    losses,
    meetings,
    put_loss,
    set_limit,
    told_apart,
)
from enquete.store.linking import links_to_finish, merge, other_codes
from enquete.store.outputs import outputs, register_output
from enquete.store.people import code_of, known_codes, participants
from enquete.survey.matching.types import Answers
from enquete.survey.preferences import PREFERENCES

FIRST = {"prénom": "Karima", "nom": "Haddouche"}


@pytest.fixture
def two(study):
    """P001 in v1, P047 in v2: the same names. P002 is somebody else."""
    person(
        study, "P001", names=FIRST, contacts={"v1": {"téléphone": "06 39 98 14 27"}, PREFERENCES: {"language": "arabe"}}
    )
    wave(study, "P001", "v1", recontact="given", commune="Nanterre")
    met(study, "P001", "v1", "2025-04-08")
    person(study, "P002", names={"prénom": "Bruno", "nom": "Lescure"})
    met(study, "P002", "v1", "2025-04-10")
    person(
        study, "P047", names={"prénom": "KARIMA", "nom": "HADOUCHE", "nom de naissance": "Benali"},
        contacts={"v2": {"téléphone": "+33 6 39 98 14 27"}, PREFERENCES: {"language": "berbère", "no_message": True}},
    )  # fmt: skip
    wave(study, "P047", "v2", commune="Colombes")
    met(study, "P047", "v2", "2025-10-21", "J'ai trouvé du travail.")
    return study


def run(enquete, *words):
    code, out, errors = enquete(*words)
    assert code == 0, errors
    return out.replace("\u00a0", " ")


def refused(enquete, *words):
    code, _, errors = enquete(*words)
    assert code in (1, 2)
    return errors.replace("\u00a0", " ")


def people_of(folder):
    with open_study(folder).database() as db:
        return {one.code: one for one in participants(db)}


def test_links_are_proposed_with_their_reasons_and_no_name(two, enquete):
    out = run(enquete, "suivi", "liens", "proposer")
    assert out.startswith("P047 serait P001, presque sûr (99 %)\n")
    assert "même prénom ; noms écrits autrement ; même téléphone" in out
    assert "P002" not in out
    assert "addouche" not in out.casefold()
    assert "P001 : nom Haddouche ; prénom Karima ; téléphone 06" in run(enquete, "suivi", "liens", "proposer", "--noms")


def test_a_confirmed_link_moves_everything(two, enquete):
    answered(two, ["P047"], "v2", questionnaire="rsa-v2")
    (text,) = (m.interview for m in _meetings(two) if m.participant == "P047" and m.interview)
    code(two, "lea", text, ("trouvé du travail", "R09.1"))
    run(enquete, "suivi", "contact", "P047", "--limite", "2")
    run(enquete, "suivi", "perdu", "P001", "--motif", "raison-inconnue", "--par", "lea", "--note", "plus de nouvelles")
    out = run(enquete, "suivi", "liens", "confirmer", "p47", "p1", "--par", "lea")
    assert "une même personne : P001" in out
    one = people_of(two)["P001"]
    assert sorted(one.waves) == ["v1", "v2"]
    assert one.waves["v2"].attributes == {"commune": "Colombes"}
    assert {(m.wave, m.interview or m.questionnaire) for m in _meetings(two) if m.participant == "P001"} == {
        ("v1", "E001"), ("v2", text), ("v2", "rsa-v2"),
    }  # fmt: skip
    with open_study(two).database() as db:
        assert len(codings(db)) == 1
        assert other_codes(db) == {"P047": "P001"}
        assert links_to_finish(db) == []
        assert code_of(db, "p-047") == "P001"
        assert [loss.known for loss in losses(db)] == ["plus de nouvelles"]
    vault = open_study(two).vault()
    assert vault.identities().people["P001"] == {
        **FIRST, "prénom (2)": "KARIMA", "nom (2)": "HADOUCHE", "nom de naissance": "Benali",
    }  # fmt: skip
    reach = vault.contacts()
    assert set(reach) == {"P001"}
    assert reach["P001"][PREFERENCES] == {"language": "arabe ; berbère", "no_message": True}
    assert set(reach["P001"]) == {"v1", "v2", PREFERENCES}
    assert "P047 est P001" in run(enquete, "suivi", "liens")
    assert "P047" not in run(enquete, "suivi").replace("P047 est", "")
    assert "Aucun lien à proposer" in run(enquete, "suivi", "liens", "proposer")


def _meetings(folder):
    with open_study(folder).database() as db:
        return meetings(db)


def test_chosen_pseudonyms_and_the_book_of_names_follow(two, enquete):
    vault = open_study(two).vault()
    identities = vault.identities()
    identities.chosen["P047"] = "Nadia"
    vault.write_identities(identities)
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    identities = open_study(two).vault().identities()
    assert identities.chosen == {"P001": "Nadia"}
    assert not any("P047" in entity.group for entity in identities.book.entities)


def test_killed_before_the_vault_the_next_command_finishes(two, enquete, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(links, "_follow", killed)
        assert enquete("suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")[0] == 130
    assert "P047" not in people_of(two)
    vault = open_study(two).vault()
    assert vault.identities().people["P047"]["nom de naissance"] == "Benali"
    run(enquete, "suivi", "liens", "proposer")
    assert vault.identities().people["P001"]["nom de naissance"] == "Benali"
    assert "P047" not in vault.identities().people
    with open_study(two).database() as db:
        assert links_to_finish(db) == []


def test_killed_before_the_vault_a_withdrawal_takes_both(two, enquete, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(links, "_follow", killed)
        enquete("suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    run(enquete, "retirer", "P047", "--oui")
    assert places(two, ["Haddouche", "HADOUCHE", "Benali", "639981427", "39 98 14 27"]) == []
    assert people_of(two).keys() == {"P002"}
    assert "1 personne a retiré sa participation, et tout en est effacé : P001." in run(enquete, "suivi")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("P002", "P001"), "rencontrées dans la même vague (v1)"),
        (("P001", "p-1"), "déjà ceux d'une même personne"),
        (("P999", "P001"), "P999"),
    ],
)
def test_links_that_cannot_be(two, enquete, words, told):
    assert told in refused(enquete, "suivi", "liens", "confirmer", *words, "--par", "lea")
    assert len(people_of(two)) == 3


def test_attributes_and_types_that_differ_are_refused(two, enquete):
    wave(two, "P001", "v2", commune="Bagneux")
    errors = refused(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    assert "« commune » en v2" in errors
    person(two, "P047", type_=RespondentType.HELPER)
    assert "type de répondant" in refused(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    assert len(people_of(two)) == 3


def test_of_two_consents_the_one_that_protects_holds(two, enquete):
    wave(two, "P001", "v2", recontact="refused")
    wave(two, "P047", "v2", recontact="given", participation="given")
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    assert people_of(two)["P001"].waves["v2"].consents == {
        ConsentKind.RECONTACT: ConsentState.REFUSED, ConsentKind.PARTICIPATION: ConsentState.GIVEN,
    }  # fmt: skip


def test_attempts_and_losses_of_both_stay(two, enquete):
    with open_study(two).database() as db, transaction(db):
        for code_ in ("P001", "P047"):
            add_attempt(db, Attempt(code_, "v2", date(2025, 10, 1), Channel.CALL, Outcome.NO_ANSWER))
            put_loss(db, Loss(code_, "v2", LossReason.MOVED, date(2025, 10, 2), "lea", f"note de {code_}"))
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    with open_study(two).database() as db:
        assert [one.participant for one in attempts(db)] == ["P001", "P001"]
        assert [one.known for one in losses(db)] == ["note de P001 ; note de P047"]


def test_of_two_limits_of_attempts_the_lower_one_holds(two, enquete):
    with open_study(two).database() as db, transaction(db):
        set_limit(db, "P001", 4)
        set_limit(db, "P047", 1)
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    with open_study(two).database() as db:
        assert limits(db) == {"P001": 1}


def test_what_was_made_from_the_answers_of_both_is_called_back(two, enquete):
    with open_study(two).database() as db, transaction(db):
        register_output(db, "reponses.csv", "export", Audience.TEAM, "d1", (), participants=["P047"])
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    run(enquete, "retirer", "P001", "--oui")
    with open_study(two).database() as db:
        assert [one.awaited for one in outputs(db)] == [True]


def test_told_apart_is_proposed_no_more(two, enquete):
    assert "deux personnes" in run(enquete, "suivi", "liens", "separer", "P047", "P001")
    assert "Aucun lien à proposer" in run(enquete, "suivi", "liens", "proposer")
    with open_study(two).database() as db:
        assert told_apart(db) == {frozenset(("P001", "P047"))}
    assert "P001 et P047 sont deux personnes" in run(enquete, "suivi", "liens")


def test_a_table_joins_nobody_whom_a_human_told_apart(two, enquete, tmp_path):
    run(enquete, "suivi", "liens", "separer", "P047", "P001")
    table = tmp_path / "liens.csv"
    table.write_text("ancien code;nouveau code\nP001;P047\n", encoding="utf-8")
    code_, _, errors = enquete("suivi", "liens", "importer", table, "--par", "lea")
    assert (code_, "sont deux personnes" in errors) == (1, True)
    assert "P047" in people_of(two)
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")  # a human may change their mind
    assert "P047" not in people_of(two)


def test_a_table_of_links(two, enquete, tmp_path):
    table = tmp_path / "liens.csv"
    table.write_text(
        "ancien code;nouveau code\nP001;P047\nP002;RSA-17\nP001;P002\nX1;X2\n;P002\np-2;rsa 17\nP002;Lescure\n",
        encoding="utf-8",
    )
    code_, out, errors = enquete("suivi", "liens", "importer", table, "--par", "lea", "--essai")
    assert code_ == 1
    assert "P047" in people_of(two)
    code_, out, errors = enquete("suivi", "liens", "importer", table, "--par", "lea")
    assert code_ == 1
    assert "P047 est P001" in out
    assert "RSA-17 sera P002 dans les fichiers à venir" in out
    assert "une même personne déjà, P002" in out
    assert "ligne 4" in errors
    assert "même vague" in errors
    assert "ligne 5" in errors
    assert "ligne 6" in errors
    assert "ligne 8 : le nouveau code de cette ligne désigne une personne" in errors
    assert "Lescure" not in errors
    with open_study(two).database() as db:
        assert known_codes(db) == {"P001": "P001", "P002": "P002", "P047": "P001", "RSA-17": "P002"}


def test_a_file_that_says_the_other_code_speaks_of_the_same_person(two, enquete, tmp_path, talk):
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    table = tmp_path / "personnes.csv"
    table.write_text(f"code;vague;fichier;sexe\nP47;v2;{talk.name};F\n", encoding="utf-8")
    run(enquete, "importer", "entretiens", talk, "--participants", table)
    found = people_of(two)
    assert set(found) == {"P001", "P002"}
    assert found["P001"].waves["v2"].attributes == {"commune": "Colombes", "sexe": "F"}


def test_a_new_person_never_gets_a_code_that_somebody_bears(two, enquete, talk):
    run(enquete, "suivi", "liens", "confirmer", "P047", "P001", "--par", "lea")
    run(enquete, "importer", "entretiens", talk, "--vague", "v1")
    assert set(people_of(two)) == {"P001", "P002", "P048"}


def test_somebody_who_withdrew_is_not_linked(two, enquete, tmp_path):
    run(enquete, "retirer", "P002", "--oui")
    table = tmp_path / "liens.csv"
    table.write_text("ancien code;nouveau code\nP2;Z9\n", encoding="utf-8")
    _, _, errors = enquete("suivi", "liens", "importer", table, "--par", "lea")
    assert "s'est retirée" in errors


def test_a_row_without_a_key_never_gets_a_code_that_somebody_bears(two):
    person(two, "Q0001")
    answered(two, ["Q0001"], "v2", keyed=False)
    study = open_study(two)
    with study.database() as db:
        with transaction(db):
            merge(db, "Q0001", "P002", "lea")
        answers = Answers("v2", "", (2,), ("",), (), ("",), (None,), ())
        codes, _ = People(db, b"secret", None).unkeyed(answers, ["mark"], {})
    assert codes == ["Q0002"]
