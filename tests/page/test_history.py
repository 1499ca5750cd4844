"""Undo and redo, reloads, two tabs of one coder, two coders, texts and codes that change meanwhile."""

import pytest

from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.study import open_study
from enquete.store.database import transaction
from enquete.store.interviews import interview_named


@pytest.fixture
def lea(house, serve, sit):
    desk = sit(serve(house()), "lea")
    desk.open()
    return desk


def test_all_is_undone_and_redone_step_by_step_also_after_a_reload(lea):
    lea.code("coupé la moitié", "arg")
    lea.press("c")
    lea.hears("à citer")
    lea.press("r")
    lea.type("trav")
    lea.press("Enter")
    lea.hears("Recodé")
    lea.code("rien sur le compte", "arg")
    lea.shows("Travail", "Argent")
    lea.press("Control+z")
    lea.shows("Travail")
    lea.press("Control+z")
    lea.shows("Argent")
    lea.page.reload()
    lea.shows("Argent")
    assert "à citer" in lea.names[0]
    lea.press("Control+z")
    lea.hears("Annulé : codage")
    assert lea.names == ["Argent, « coupé la moitié »"]
    lea.press("Control+z")
    lea.shows()
    lea.press("Control+z")
    lea.hears("Il n'y a rien à annuler")
    for labels in (["Argent"], ["Argent"], ["Travail"], ["Travail", "Argent"]):
        lea.press("Control+Shift+z")
        lea.hears("Rétabli : codage")
        lea.shows(*labels)
    lea.press("Control+y")
    lea.hears("Il n'y a rien à rétablir")


def test_what_one_tab_does_the_other_shows(lea, sit, hand):
    other = sit(lea.served, "lea", context=lea.context)
    other.open()
    lea.code("coupé la moitié", "arg")
    other.page.bring_to_front()
    other.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    other.shows("Argent")
    other.press("Control+z")
    other.shows()
    lea.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    lea.shows()
    assert hand(lea.served.api("lea")).holding() == []


def test_two_states_made_apart_are_both_kept_until_one_is_chosen(lea, hand):
    lea.code("coupé la moitié", "arg")
    elsewhere = hand(lea.served.api("lea"))
    (coding,) = elsewhere.holding()
    lea.context.set_offline(True)
    lea.press("c")  # « à citer », not sent yet
    change = {"item": coding["item"], "over": [coding["uid"]]}
    elsewhere.send(elsewhere.coding("deux mois", "B", **change))
    lea.context.set_offline(False)
    lea.saved()
    lea.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    lea.shows("Argent", "Travail")
    lea.page.get_by_role("tab", name="À revoir (1)").click()
    versions = lea.page.locator(".states .state")
    assert versions.count() == 2
    assert lea.violations() == []
    versions.filter(has_text="à citer").get_by_role("button", name="Garder celle-ci").click()
    lea.hears("Une seule version est gardée")
    (kept,) = elsewhere.holding()
    assert (kept["code"], kept["flag"]) == ("A", "cite")
    lea.press("Control+z")
    lea.shows("Argent", "Travail")


def test_two_coders_on_one_interview_see_nothing_of_each_other(house, serve, sit, hand):
    served = serve(house(), "lea", "max")
    lea, max_ = sit(served, "lea"), sit(served, "max")
    lea.open()
    max_.open()
    lea.code("coupé la moitié", "arg")
    max_.code("coupé la moitié", "trav")
    for desk in (lea, max_):
        desk.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
        desk.page.reload()
    lea.shows("Argent")
    max_.shows("Travail")
    assert [e["code"] for e in hand(served.api("lea")).holding()] == ["A"]
    assert [e["code"] for e in hand(served.api("max")).holding()] == ["B"]


def test_a_text_that_changes_takes_its_codings_along(lea, hand):
    lea.code("rien sur le compte", "arg")
    lea.code("Karim m'a rien expliqué", "trav")
    lea.tab("Fiche")
    lea.page.get_by_label("Contexte").focus()
    lea.type("à moitié écrit")
    _replace(lea.served.folder, "Karim", "[prénom]")
    lea.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    lea.page.wait_for_function("() => document.querySelector('.turns').textContent.includes('[prénom]')")
    lea.shows("Argent", "Travail")
    assert lea.page.get_by_label("Contexte").input_value() == "à moitié écrit"
    assert lea.names[1] == "Travail, à revoir, « [prénom] m'a rien expliqué »"
    lea.page.get_by_role("tab", name="À revoir (1)").click()
    lea.page.get_by_role("button", name="Vu", exact=True).first.click()
    lea.hears("Passage vu")
    assert lea.page.get_by_text("Rien à revoir").count() == 1
    text = lea.served.api("lea").get("/api/interviews/E001").json()["text"]
    codings = [e for e in hand(lea.served.api("lea")).holding() if e["kind"] == "coding"]
    assert sorted(text[e["start"] : e["end"]] for e in codings) == ["[prénom] m'a rien expliqué", "rien sur le compte"]


def _replace(folder, words, by):
    """A new revision of the text: these words become others."""
    with open_study(folder).database() as db, transaction(db):
        text = interview_named(db, "E001")
        start = text.text.index(words)
        revise_text(db, text, [Change(start, start + len(words), by)], "correction")


def test_words_chosen_follow_a_text_that_changes(lea, hand):
    lea.choose("m'a rien expliqué")
    with open_study(lea.served.folder).database() as db, transaction(db):
        text = interview_named(db, "E001")
        at = text.text.index("J'ai signé")
        revise_text(db, text, [Change(at, at, "Euh… ")], "correction")
    lea.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    lea.hears("vos codages ont suivi")
    lea.press("Enter")
    lea.type("trav")
    lea.press("Enter")
    lea.hears("Codé : Travail")
    assert lea.names == ["Travail, « m'a rien expliqué »"]


def test_a_code_that_changes_its_meaning_is_told_and_seen(lea, enquete, hand):
    lea.code("coupé la moitié", "arg")
    lea.code("rien sur le compte", "trav")
    code, _, errors = enquete("grille", "retirer", "B", "--par", "anne", "--etude", lea.served.folder)
    assert code == 0, errors
    lea.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    lea.page.get_by_role("tab", name="À revoir (1)").click()
    lea.page.get_by_text("Le sens de ce code a changé.").wait_for()
    lea.choose("deux mois")
    lea.press("Enter")
    assert lea.page.get_by_role("option", name="Travail").count() == 0
    lea.press("Escape")
    lea.page.get_by_role("button", name="Vu", exact=True).click()
    lea.hears("Passage vu")
