"""A network that goes away and comes back, a page closed meanwhile, a server that refuses or stops."""

import json

import pytest
from desk import CHROMIUM, LAPTOP, OPTIONS, Desk
from pages import TALK

from enquete.actions.coding.links import links_for
from enquete.actions.study import open_study


@pytest.fixture
def lea(house, serve, sit):
    desk = sit(serve(house()), "lea")
    desk.open()
    return desk


def codes(lea, hand):
    return sorted(e["code"] for e in hand(lea.served.api("lea")).holding() if e["kind"] == "coding")


def offline(lea):
    lea.context.set_offline(True)


def code_unsaved(lea, words, letters):
    lea.choose(words)
    lea.press("Enter")
    lea.type(letters)
    lea.press("Enter")
    lea.page.wait_for_selector(".chip-waiting")


def kept(lea):
    """What this browser keeps of actions that wait."""
    return lea.page.evaluate(
        "() => Object.entries(localStorage).filter(([name]) => name.startsWith('enquete-attente')).map((e) => e[1])"
    )


def test_actions_wait_are_told_so_and_leave_when_the_network_is_back(lea, hand):
    offline(lea)
    code_unsaved(lea, "coupé la moitié", "arg")
    code_unsaved(lea, "rien sur le compte", "trav")
    banner = lea.page.get_by_role("alert")
    banner.get_by_text("2 actions en attente").wait_for()
    assert "rien n'est perdu" in banner.inner_text()
    assert "en attente d'enregistrement" in lea.names[0]
    assert codes(lea, hand) == []
    lea.context.set_offline(False)
    lea.shows("Argent", "Travail")
    lea.saved()
    assert banner.count() == 0
    assert codes(lea, hand) == ["A", "B"]
    assert kept(lea) == []


def test_what_waits_survives_a_closed_page_and_nobody_reads_it(lea, sit, hand):
    lea.page.route("**/api/entries", lambda route: route.abort())
    code_unsaved(lea, "coupé la moitié", "arg")
    lea.press("m")
    lea.type("Un doute à reprendre avec Karim.")
    lea.page.get_by_role("alert").get_by_text("2 actions en attente").wait_for()
    stored = kept(lea)
    assert len(stored) == 2
    assert "doute" not in json.dumps(stored)
    lea.page.close(run_before_unload=False)
    again = sit(lea.served, "lea", context=lea.context)
    again.open()
    again.shows("Argent")
    again.saved()
    held = hand(lea.served.api("lea")).holding()
    assert sorted(e["kind"] for e in held) == ["coding", "memo"]
    assert [e["body"] for e in held if e["body"]] == ["Un doute à reprendre avec Karim."]
    again.press("Control+z")
    again.hears("Annulé : mémo")


def test_the_server_stops_and_starts_again(house, serve, sit, hand):
    folder = house()
    first = serve(folder)
    lea = sit(first, "lea")
    lea.open()
    port = int(first.base.rpartition(":")[2])
    first.close()
    code_unsaved(lea, "coupé la moitié", "arg")
    lea.page.get_by_role("alert").get_by_text("1 action en attente").wait_for()
    second = serve(folder, port=port)
    lea.page.get_by_role("button", name="Réessayer maintenant").click()
    lea.shows("Argent")
    assert [e["code"] for e in hand(second.api("lea")).holding()] == ["A"]


def test_what_the_server_refuses_stays_in_sight_with_its_reason(lea, hand):
    def refuse(route):
        (entry,) = route.request.post_data_json["entries"]
        told = {"uid": entry["uid"], "arrival": "impossible", "entry": None, "touched": 0, "reason": "refus d'essai."}
        route.fulfill(json={"arrived": [told], "generation": 0, "revisions": {}})

    lea.code("rien sur le compte", "arg")
    lea.page.route("**/api/entries", refuse)
    lea.tab("Mémos")
    lea.page.get_by_label("Mémo sur l'entretien").fill("Des mots à ne pas perdre.")
    lea.hears("Impossible : refus d'essai.")
    lea.page.get_by_role("tab", name="À revoir (1)").click()
    refused = lea.page.locator(".state")
    assert "refus d'essai." in refused.inner_text()
    assert "Des mots à ne pas perdre." in refused.inner_text()
    assert len(kept(lea)) == 1
    assert lea.violations() == []
    lea.page.get_by_role("link", name="1 action refusée").click()
    lea.page.get_by_role("region", name="Refusé").get_by_text("Des mots à ne pas perdre.").wait_for()
    assert lea.violations() == []
    lea.open()
    lea.page.get_by_role("tab", name="À revoir (1)").click()
    refused.get_by_role("button", name="Ne plus garder").click()
    lea.page.get_by_text("Rien à revoir").wait_for()
    assert kept(lea) == []


def test_one_bad_entry_does_not_hold_the_others_back(lea, hand):
    offline(lea)
    code_unsaved(lea, "coupé la moitié", "arg")
    code_unsaved(lea, "rien sur le compte", "trav")

    def spoil(route):
        content = route.request.post_data_json
        for entry in content["entries"]:
            if entry["kind"] == "coding" and entry["code"] == "A":
                entry["start"] = entry["end"]
        route.continue_(post_data=json.dumps(content))

    lea.page.route("**/api/entries", spoil)
    lea.context.set_offline(False)
    lea.shows("Travail")
    lea.page.get_by_role("link", name="1 action refusée").wait_for()
    assert codes(lea, hand) == ["B"]
    assert lea.page.get_by_role("tab", name="À revoir (1)").count() == 1


def test_leaving_with_words_that_are_nowhere_else_is_warned(lea):
    asked = []
    lea.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    lea.tab("Mémos")
    lea.page.get_by_label("Mémo sur l'entretien").press_sequentially("à moitié")
    lea.page.close(run_before_unload=True)
    lea.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_a_wrong_link_says_what_to_do(lea, browser):
    page = browser.new_context().new_page()
    page.goto(f"{lea.served.base}/#{'x' * 40}")
    page.get_by_text("Ce lien n'est pas valable").wait_for()
    assert "x" * 40 not in page.url
    page.context.close()
    stranger = browser.new_context().new_page()
    stranger.goto(lea.served.base)
    stranger.get_by_text("Ouvrez la page par le lien que votre équipe vous a donné.").wait_for()
    stranger.context.close()


def test_a_link_opened_in_a_tab_that_has_the_page_already_is_taken(house, serve, sit):
    served = serve(house(), "lea", "max")
    desk = sit(served, "lea")
    desk.page.evaluate("(link) => { location.href = link; }", served.link("max"))
    desk.page.locator(".menu-coder", has_text="max").wait_for()
    assert served.token("max") not in desk.page.url


def test_a_new_link_of_the_same_coder_takes_what_waits_along(house, serve, sit, hand):
    served = serve(house(), "lea")
    desk = sit(served, "lea")
    desk.open()
    port = int(served.base.rpartition(":")[2])
    served.close()
    code_unsaved(desk, "coupé la moitié", "arg")
    links_for(open_study(served.folder), ["lea"], anew=True)
    again = serve(served.folder, "lea", port=port)
    desk.page.get_by_role("alert").get_by_text("Ce lien n'est pas valable").wait_for()
    desk.page.evaluate("(link) => { location.href = link; }", again.link("lea"))
    desk.saved()
    assert [entry["code"] for entry in hand(again.api("lea")).holding()] == ["A"]


# --- the study changes meanwhile


def test_what_is_coded_in_a_text_just_corrected_stays_in_sight(lea, enquete):
    lea.code("rien sur le compte", "arg")
    status, _, errors = enquete("signaler", "E001", "contrat", "--par", "max", "--etude", lea.served.folder)
    assert status == 0, errors
    lea.code("coupé la moitié", "arg")
    lea.page.wait_for_function(
        "() => document.querySelector('.turns').textContent.includes('[') && "
        "document.querySelectorAll('.turns .chip-coding').length === 2",
        timeout=5000,
    )


def test_codes_that_changed_are_those_of_the_interview_that_is_opened_next(house, serve, sit, enquete, hand):
    desk = sit(serve(house(TALK, TALK), "lea"), "lea")
    desk.open("E001")
    folder = desk.served.folder
    status, _, errors = enquete("grille", "renommer", "A", "Z", "--libelle", "Ressources", "--etude", folder)
    assert status == 0, errors
    desk.open("E002")
    desk.code("coupé la moitié", "ress")
    desk.shows("Ressources")
    assert [entry["code"] for entry in hand(desk.served.api("lea"), "E002").holding()] == ["Z"]


# --- what browsers keep


def test_codes_that_one_coder_used_are_not_offered_to_the_next_one_on_this_computer(house, serve, sit):
    served = serve(house(), "lea", "max")
    lea = sit(served, "lea")
    lea.open()
    lea.code("coupé la moitié", "trav")
    lea.choose("rien sur le compte")
    assert lea.page.locator(".actions").get_by_role("button", name="Travail").count() == 1
    max_ = sit(served, "max", context=lea.context)
    max_.open()
    max_.choose("rien sur le compte")
    assert max_.page.locator(".actions").get_by_role("button", name="Travail").count() == 0
    lea.page.reload()
    lea.open()
    lea.choose("rien sur le compte")
    assert lea.page.locator(".actions").get_by_role("button", name="Travail").count() == 1


def test_what_is_looked_for_and_typed_is_not_on_the_disk(house, serve, browser, tmp_path):
    profile = tmp_path / "profil"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=OPTIONS, viewport=LAPTOP, locale="fr-FR"
    )
    lea = Desk(context, serve(house(), "lea"), "lea")
    lea.look_for("Zorglubine")
    lea.page.get_by_text("ne se trouve dans aucun").wait_for()
    lea.open()
    lea.page.locator(".row").first.focus()
    lea.press("/")
    lea.type("Quetzalcoatline")
    lea.page.get_by_role("link", name="Dans tous mes entretiens").click()
    lea.page.get_by_text("« Quetzalcoatline »").wait_for()
    assert lea.page.url.endswith("#/recherche")
    context.close()
    assert lea.errors == []
    for file in profile.rglob("*"):
        kept = file.read_bytes() if file.is_file() else b""
        for words in ("Zorglubine", "Quetzalcoatline", "coupé la moitié"):
            assert not any(words.encode(code) in kept for code in ("utf-8", "utf-16-le", "latin-1")), file
