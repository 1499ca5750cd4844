"""Answers to an open question on the page: one after the other, whole, by one key, apart from interviews."""

import pytest
from answered import add_answers
from desk import LAPTOP, TABLET
from pages import TALK, Hand, suggest

SAID = {
    "P101": {"dire": "On m'a coupé le RSA deux mois.", "manque": "L'argent."},
    "P102": {"dire": "Je voudrais un vrai rendez-vous."},
    "P103": {"dire": "Ça va."},
}
QUESTION = "Que voulez-vous dire encore ?"


@pytest.fixture
def lea(house, serve, sit):
    folder = house(TALK)
    add_answers(folder, SAID)
    desk = sit(serve(folder), "lea")
    desk.page.evaluate("""async () => (await import("enquete/prefs")).prefer({ pinned: ["essai A", "essai B"] })""")
    return desk


def enter(lea, question=QUESTION):
    lea.page.get_by_role("link", name=question).click()


def stands_on(lea, answer):
    lea.page.get_by_role("region", name=f"Réponse {answer}").wait_for()
    lea.page.wait_for_function("() => document.querySelector('.row[tabindex=\"0\"]') !== null")
    lea.interview = answer


def rows(lea, table):
    return lea.page.get_by_role("table", name=table).locator("tbody tr").all_inner_texts()


def test_interviews_come_first_then_a_line_a_question(lea):
    (interview,) = rows(lea, "Entretiens qui vous sont confiés")
    assert interview.startswith("E001")
    dire, manque = [" ".join(row.split()) for row in rows(lea, "Questions dont les réponses vous sont confiées")]
    assert dire == f"{QUESTION} rsa-v1/dire Premier entretien 3 0 3 0 hors répartition"
    assert manque.startswith("Qu'est-ce qui vous manque le plus ? rsa-v1/manque Premier entretien 1 0 1 0")
    assert "0 sur 1 entretien codé · 0 sur 4 réponses codées" in lea.page.locator(".progress-figures").inner_text()


def test_answers_are_coded_whole_by_one_key_and_space_goes_on(lea):
    enter(lea)
    stands_on(lea, "R001")
    assert lea.page.locator(".asked").inner_text().split("\n")[-1] == QUESTION
    lea.press("Digit1", "Digit2")
    lea.hears("Codé : Travail")
    lea.saved()
    assert lea.quotes() == [(SAID["P101"]["dire"], "A"), (SAID["P101"]["dire"], "B")]
    lea.press("Space")
    stands_on(lea, "R003")
    lea.press("Digit2")
    lea.press("Space")
    stands_on(lea, "R004")
    lea.saved()
    assert "3 sur 3 · 2 codées" in lea.page.locator(".answer-steps").inner_text()
    lea.press("Space")
    lea.hears("Toutes vos réponses à cette question sont codées.")
    lea.saved()
    assert [entry["field"] for entry in lea.held("stage")] == ["coded"]
    lea.go("")
    lea.page.wait_for_selector(".progress")
    lea.tells_row("3 3 0 3")


def test_page_keys_go_from_answer_to_answer_and_say_nothing_of_the_work(lea):
    enter(lea)
    stands_on(lea, "R001")
    lea.press("PageDown")
    stands_on(lea, "R003")
    lea.hears("2 sur 3\u00a0: Je voudrais un vrai rendez-vous.")
    lea.press("PageUp")
    stands_on(lea, "R001")
    lea.press("PageUp")
    lea.hears("C'est la première réponse à cette question.")
    assert lea.held("stage") == []
    lea.page.go_back()
    lea.page.wait_for_selector(".progress")


def test_words_of_an_answer_are_chosen_as_in_an_interview(lea):
    enter(lea)
    stands_on(lea, "R001")
    lea.choose("deux mois")
    lea.press("Digit1")
    lea.hears("Codé : Argent")
    lea.saved()
    assert lea.quotes() == [("deux mois", "A")]


def test_suggestions_show_once_the_answer_is_said_to_be_finished(lea):
    suggest(lea.served.folder, "coupé le RSA", interview="R001")
    enter(lea)
    stands_on(lea, "R001")
    assert lea.page.locator(".chip-suggestion").count() == 0
    lea.press("Space")
    lea.hears("1 suggestion à décider")
    lea.page.wait_for_selector(".chip-suggestion")
    lea.press("Space")
    stands_on(lea, "R003")


def test_keys_of_answers_do_nothing_of_it_in_an_interview(lea):
    lea.open("E001")
    lea.press("Space", "PageDown")
    assert lea.page.get_by_role("region", name="Entretien E001").count() == 1
    assert Hand(lea.api, "E001").holding() == []


def test_a_search_tells_which_question_was_answered(lea):
    lea.look_for("RSA")
    section = lea.page.get_by_role("region", name="R001")
    section.wait_for()
    assert QUESTION in section.inner_text()


@pytest.mark.parametrize("viewport", [LAPTOP, TABLET], ids=["laptop", "tablet"])
def test_what_is_shown_of_answers_passes_the_checker_and_fits(house, serve, sit, viewport):
    folder = house(TALK)
    add_answers(folder, SAID)
    lea = sit(serve(folder), "lea", viewport=viewport)
    assert (lea.violations(), lea.overflow() <= 0) == ([], True)
    enter(lea)
    stands_on(lea, "R001")
    assert (lea.violations(), lea.overflow() <= 0) == ([], True)
    lea.press("Enter")
    lea.type("arg")
    lea.press("Enter")
    lea.hears("Codé")
    assert (lea.violations(), lea.overflow() <= 0) == ([], True)
