"""What changes in the study while somebody codes: nothing is overwritten, nothing lost, no name left."""

import multiprocessing
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from enquete.actions.coding.entries import prepared, put_prepared, receive
from enquete.actions.coding.page import CodingPage
from enquete.actions.coding.page_texts import PageTexts
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.study import open_study
from enquete.coding.entries import Entry
from enquete.errors import EnqueteError
from enquete.model import Role
from enquete.store.code_changes import codebook_written, note_codebook
from enquete.store.codings import codings
from enquete.store.database import transaction
from enquete.store.entries import Arrival
from enquete.store.interviews import Voice, interview_named, set_people


@pytest.fixture
def opened(study, talk, enquete, serve, hand):
    """A coder before an interview that was imported, on a page that runs."""
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    page = serve(study, "lea")
    lea = hand(page.api("lea"))
    start = lea.opened["text"].index("Ils m'ont")
    place = {"start": start, "end": start + len("Ils m'ont coupé la moitié"), "revision": lea.opened["revision"]}
    lea.passage = lambda **fields: lea.entry("coding", **{"codebook": "rsa", "code": "R07", **place, **fields})
    return lea


def words_of(lea, entry):
    return lea.api.get("/api/interviews/E001").json()["text"][entry["start"] : entry["end"]]


def test_an_entry_on_the_text_of_before_lands_on_the_moved_place(opened, study, enquete):
    opened.send(opened.passage())
    code, _, errors = enquete("signaler", "E001", "présenter", "--par", "max")
    assert code == 0, errors
    (arrived,) = opened.send(opened.passage(code="R01"))
    assert arrived["arrival"] == "moved"
    now = opened.api.get("/api/interviews/E001").json()
    assert arrived["entry"]["revision"] == now["revision"] != opened.opened["revision"]
    assert arrived["entry"]["start"] != opened.passage()["start"]
    assert [words_of(opened, entry) for entry in opened.holding()] == ["Ils m'ont coupé la moitié"] * 2
    told = opened.api.get("/api/changes?interview=E001&after=0").json()
    assert (told["revision"], len(told["entries"])) == (now["revision"], 2)
    with open_study(study).database() as db:
        assert {(coding.start, coding.end) for coding in codings(db)} == {
            (arrived["entry"]["start"], arrived["entry"]["end"])
        }


def test_a_passage_whose_own_words_changed_is_told_so(opened, enquete):
    code, _, errors = enquete("signaler", "E001", "moitié", "--par", "max")
    assert code == 0, errors
    (arrived,) = opened.send(opened.passage())
    assert (arrived["arrival"], arrived["touched"]) == ("moved", 1)


def test_two_edits_of_one_coding_made_apart_both_hold(opened):
    first = opened.passage()
    opened.send(first)
    here = opened.passage(item=first["item"], over=[first["uid"]], flag="cite")
    there = opened.passage(item=first["item"], over=[first["uid"]], code="R01")
    assert [one["arrival"] for one in opened.send(here) + opened.send(there)] == ["changed", "changed"]
    assert {(entry["code"], entry["flag"]) for entry in opened.holding()} == {("R07", "cite"), ("R01", None)}


def test_names_that_the_detector_knows_never_reach_the_database(opened, study):
    typed = "Fatoumata Diarra, 06 12 34 56 78, habite à Gennevilliers ; la CAF et France Travail aussi."
    (arrived,) = opened.send(opened.entry("memo", body=typed))
    assert arrived["entry"]["body"] == (
        "[personne], [téléphone], habite à [commune des Hauts-de-Seine] ; la CAF et France Travail aussi."
    )
    told = b"".join(path.read_bytes() for path in study.glob("etude.db*"))
    for name in ("Fatoumata", "Diarra", "06 12 34 56 78", "Gennevilliers"):
        assert name.encode() not in told


def test_what_only_other_fields_could_hold_is_dropped(opened, study):
    (arrived,) = opened.send(opened.passage(title="Diarra", body="Fatoumata", field="Ibrahim", about="x"))
    entry = arrived["entry"]
    assert (entry["title"], entry["body"], entry["field"], entry["about"]) == ("", "", "", None)


def test_a_pseudonym_of_the_texts_stays_readable(opened):
    shown = [opened.opened["text"][mask["start"] : mask["end"]] for mask in opened.opened["masks"]]
    first = next(words for words in shown if words[0].isalpha())
    (arrived,) = opened.send(opened.entry("memo", body=f"{first} hésite ici."))
    assert arrived["entry"]["body"] == f"{first} hésite ici."


@pytest.mark.parametrize(
    "command",
    [
        ("importer", "entretiens", "autre.txt", "--vague", "v1"),
        ("relire", "--liste"),
        ("corriger", "E001", "--remplacer", "moitié", "--par", "moitie"),
        ("synthese",),
    ],
)
def test_a_name_that_only_the_vault_knows_is_masked_by_the_next_command_with_a_key(
    study, enquete, serve, hand, tmp_path, command
):
    talk = tmp_path / "talk.txt"
    talk.write_text(
        "Enquêtrice : Bonjour.\n\nEnquêtée : Je m'appelle Irène Tamba, le RSA m'a coupé la moitié.\n",
        encoding="utf-8",
    )
    (study / "autre.txt").write_text("Enquêtrice : Bonjour.\n\nEnquêté : Rien à dire.\n", encoding="utf-8")
    assert enquete("importer", "entretiens", talk, "--vague", "v1")[0] == 0
    page = serve(study, "lea")
    lea = hand(page.api("lea"))
    (arrived,) = lea.send(lea.entry("memo", body="Voir tamba, qui en parle."))
    assert arrived["entry"]["body"] == "Voir tamba, qui en parle."  # the detector alone can't tell
    code, _, errors = enquete(*command)
    assert code == 0, errors
    (memo,) = lea.api.get("/api/notes").json()["entries"]
    assert "tamba" not in memo["body"]
    assert memo["body"].startswith("Voir ")


def test_words_are_read_in_a_process_of_their_own(house, serve, hand):
    page = serve(house(), "lea", apart=True)
    (reader,) = multiprocessing.active_children()
    lea = hand(page.api("lea"))
    (arrived,) = lea.send(lea.entry("memo", body="Madame Kowalczyk, à Nanterre, parle comme Karim."))
    assert arrived["entry"]["body"] == "Madame [personne], à [commune des Hauts-de-Seine], parle comme Karim."
    assert reader.is_alive()


def test_when_that_process_dies_another_one_takes_its_place(house, serve, hand):
    lea = hand(serve(house(), "lea", apart=True).api("lea"))
    (reader,) = multiprocessing.active_children()
    reader.kill()
    reader.join()
    (arrived,) = lea.send(lea.entry("memo", body="Madame Diarra se trompe."))
    assert arrived["entry"]["body"] == "Madame [personne] se trompe."


def test_who_spoke_said_anew_is_seen_at_once(house, serve, hand):
    folder = house()
    lea = hand(serve(folder, "lea").api("lea"))
    assert lea.send(lea.coding("Et le contrat"))[0]["arrival"] == "impossible"
    with open_study(folder).database() as db, transaction(db):
        set_people(db, interview_named(db, "E001"), [], [Voice(Role.PARTICIPANT), Voice(Role.INTERVIEWER)])
    turns = lea.api.get("/api/interviews/E001").json()["turns"]
    assert [turn["speaker"] for turn in turns] == ["Participant", "Enquêteur"] * 2
    assert lea.send(lea.coding("Et le contrat"))[0]["arrival"] == "new"


def test_a_database_that_somebody_holds_is_waited_for_then_said(house, serve, hand, monkeypatch):
    folder = house()
    lea = hand(serve(folder, "lea").api("lea"))
    coding = lea.coding("coupé")
    monkeypatch.setattr("enquete.store.database.WAIT_S", 0.2)
    with open_study(folder).database() as db, transaction(db):
        answer = lea.api.post("/api/entries", json={"entries": [coding]})
        assert (answer.status_code, answer.json()["error"].partition(" :")[0]) == (503, "etude.db")
    assert lea.send(coding)[0]["arrival"] == "new"


def test_a_codebook_that_breaks_meanwhile_is_said_and_mended(house, serve, hand):
    folder = house()
    lea = hand(serve(folder, "lea").api("lea"))
    path = folder / "codebooks" / "essai.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text("id: [", encoding="utf-8")
    answer = lea.api.post("/api/entries", json={"entries": [lea.coding("coupé")]})
    assert answer.status_code == 503
    assert "essai.yaml" in answer.json()["error"]
    path.write_text(whole, encoding="utf-8")
    assert lea.send(lea.coding("coupé"))[0]["arrival"] == "new"


def test_an_interview_is_read_at_one_moment(house, monkeypatch):
    """Its text, its revision and what was coded in it go together, though the text is corrected meanwhile."""
    study = open_study(house())

    def correct():
        with study.database() as db, transaction(db):
            text = interview_named(db, "E001")
            revise_text(db, text, [Change(0, 7, "Bonsoir")], "correction")

    def get_slowly(texts, *asked):
        writer.start()
        writer.join(timeout=0.3)  # it waits for what is being read
        return PageTexts.get(texts, *asked)

    writer = threading.Thread(target=correct)
    page = CodingPage(study)
    monkeypatch.setattr(page, "texts", SimpleNamespace(get=partial(get_slowly, page.texts)))
    before = page.interview("lea", "E001")
    writer.join()
    after = CodingPage(study).interview("lea", "E001")
    assert before["text"].startswith("Bonjour")
    assert after["text"].startswith("Bonsoir")
    assert before["revision"] != after["revision"]


def test_codes_that_change_this_very_moment_are_waited_for(house, hand, serve):
    folder = house()
    lea = hand(serve(folder, "lea").api("lea"))
    page, sent = CodingPage(open_study(folder)), [Entry.model_validate(lea.coding("coupé"))]
    with page.study.database() as db:
        ready = prepared(page, db, "lea", sent)
        with transaction(db):
            note_codebook(db, "essai", 2)  # the file is still to follow
            with pytest.raises(EnqueteError, match="une commande est en train de changer les codes"):
                put_prepared(page, db, "lea", ready)
            codebook_written(db, "essai")
            assert [one.arrival for one in put_prepared(page, db, "lea", ready).arrived] == [Arrival.NEW]


def test_words_sent_again_are_not_read_again(house):
    read = []

    def mask(texts, *_):
        read.extend(texts)
        return [text.replace("Fatoumata", "[prénom]") for text in texts]

    page = CodingPage(open_study(house()), mask)
    memo = Entry(uid="m", kind="memo", step="m", item="m", interview="E001", body="Fatoumata le dit.")
    receive(page, "lea", [memo])
    (again,) = receive(page, "lea", [memo])["arrived"]
    assert (again["arrival"], again["entry"]["body"]) == ("same", "[prénom] le dit.")
    assert [text for text in read if text] == ["Fatoumata le dit."]


def test_what_is_typed_is_kept_as_any_file_can_hold_it(house, serve, hand):
    lea = hand(serve(house(), "lea").api("lea"))
    (arrived,) = lea.send(lea.entry("event", title="mars\n 2024", body="Coupure\r\nbrutale\x00, e\u0301te\u0301.\x0b"))
    assert (arrived["entry"]["title"], arrived["entry"]["body"]) == ("mars 2024", "Coupure\nbrutale, été.")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2026-03-02T10:00:00+01:00", "2026-03-02T09:00:00+00:00"),
        ("2026-03-02T10:00:00.123Z", "2026-03-02T10:00:00+00:00"),
        *((told, None) for told in ("", "hier", "2026-03-02T10:00:00", "9999-01-01T00:00Z", "0001-01-01T00:00+14:00")),
    ],
)  # fmt: skip
def test_a_moment_that_is_none_is_now(house, serve, hand, told, kept):
    lea = hand(serve(house(), "lea").api("lea"))
    (arrived,) = lea.send(lea.coding("coupé", made_at=told))
    made = datetime.fromisoformat(arrived["entry"]["made_at"])
    assert made == datetime.fromisoformat(kept) if kept else datetime.now(UTC) - made < timedelta(minutes=1)
