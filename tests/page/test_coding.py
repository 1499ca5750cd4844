"""Coding by mouse, by keyboard alone, and what became of it on the server."""

import pytest
from pages import TALK

LONG = (TALK[0], TALK[1], TALK[2], TALK[3], "Et depuis ?", "Depuis 😀 l'été, j'attends… rien ne vient, voilà.")


@pytest.fixture
def lea(room):
    return room(LONG)


def test_words_are_chosen_by_mouse_and_coded_by_a_few_letters(lea):
    lea.code("coupé la moitié", "arg")
    lea.shows("Argent")
    assert lea.quotes() == [("coupé la moitié", "A")]
    assert lea.names == ["Argent, « coupé la moitié »"]


def test_words_cut_by_the_mouse_are_taken_whole(lea):
    lea.code("oupé la moiti", "travail")
    assert lea.quotes() == [("coupé la moitié", "B")]


def test_emoji_and_accents_count_as_one(lea):
    lea.code("l'été, j'attends", "arg")
    assert lea.quotes() == [("l'été, j'attends", "A")]
    lea.page.reload()
    lea.shows("Argent")


def test_a_passage_may_run_over_several_turns(lea):
    lea.choose("plus rien sur", until="J'ai signé")
    lea.press("Enter", "Enter")
    lea.hears("Codé")
    ((words, _),) = lea.quotes()
    assert words.startswith("plus rien sur le compte.")
    assert words.endswith("J'ai signé")


def test_the_question_alone_is_not_coded(lea):
    lea.choose("comment ça se passe")
    lea.press("Enter")
    lea.hears("choisissez aussi des mots de la réponse")
    assert lea.page.get_by_role("dialog").count() == 0
    assert lea.quotes() == []


def test_a_whole_session_without_a_mouse(lea):
    page = lea.page
    page.locator("#contenu").focus()
    page.keyboard.press("Tab")  # the first turn
    lea.press("ArrowDown")  # the answer
    lea.press("ArrowRight", "ArrowRight")  # « Ils » « m' » « ont »
    lea.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    lea.hears("ont coupé la moitié")
    lea.press("Enter")
    lea.type("san")
    lea.press("Escape")
    lea.press("Enter")
    lea.type("argent")
    lea.press("Enter")
    lea.hears("Codé : Argent")
    lea.press("t")  # the whole turn
    lea.press("Digit1")
    lea.hears("Codé : Argent")
    assert lea.quotes() == [(LONG[1], "A"), ("ont coupé la moitié", "A")]
    lea.press("p")
    lea.press("f")  # its end goes on by a word
    lea.hears("Bornes changées")
    lea.press("r")
    lea.type("trav")
    lea.press("Enter")
    lea.hears("Recodé : Travail")
    lea.press("c")
    lea.hears("à citer")
    assert {(e["code"], e["flag"]) for e in lea.held()} == {("A", None), ("B", "cite")}
    lea.press("m")
    lea.type("À rapprocher du premier entretien.")
    lea.press("Escape")
    lea.saved()
    assert [e["body"] for e in lea.held("memo")] == ["À rapprocher du premier entretien."]
    lea.press("Delete")
    lea.hears("Supprimé")
    assert len(lea.quotes()) == 1
    assert lea.held("memo") == []
    lea.press("Control+z")
    lea.hears("Annulé")
    assert len(lea.quotes()) == 2
    assert len(lea.held("memo")) == 1


def test_digits_of_an_azerty_keyboard_need_no_shift(lea):
    lea.code("coupé la moitié", "arg")
    lea.code("Karim m'a rien expliqué", "trav")
    # What a French keyboard sends for the key under « é », whose place says 2; and for 1 on the right.
    for words, sent, code in (("deux mois", "é Digit2", "Travail"), ("rien sur le compte", "1 Numpad1", "Argent")):
        lea.choose(words)
        lea.page.evaluate(
            "([key, code]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))",
            sent.split(),
        )
        lea.hears(f"Codé : {code}")
    assert {("deux mois", "B"), ("rien sur le compte", "A")} < set(lea.quotes())


def test_several_codes_on_a_passage_and_passages_that_overlap(lea):
    lea.choose("coupé la moitié")
    lea.press("Enter")
    lea.type("arg")
    lea.press("Shift+Enter")
    lea.hears("Codé : Argent")
    lea.type("trav")
    lea.press("Enter")
    lea.hears("Codé : Travail")
    lea.code("la moitié pendant deux mois", "arg")
    assert lea.quotes() == [
        ("coupé la moitié", "A"),
        ("coupé la moitié", "B"),
        ("la moitié pendant deux mois", "A"),
    ]


def test_a_click_goes_from_one_passage_to_the_one_that_overlaps_it(lea):
    lea.code("coupé la moitié", "arg")
    lea.code("la moitié pendant deux mois", "trav")
    current = lea.page.locator(".turns .chip-current .chip-label")
    lea.click("la moitié")
    first = current.text_content()
    lea.click("la moitié")
    lea.page.wait_for_function(
        "(first) => document.querySelector('.turns .chip-current .chip-label').textContent !== first", arg=first
    )
    assert {first, current.text_content()} == {"Argent", "Travail"}


def test_the_tree_codes_what_is_chosen_themes_first(lea):
    tree = lea.page.locator(".tree")
    assert tree.locator(".branch-code").all_inner_texts() == ["Argent", "Travail"]
    lea.page.get_by_text("2. Tous les codes").click()
    lea.page.get_by_role("button", name="Codes sous Argent").click()
    lea.choose("coupé la moitié")
    tree.get_by_text("Sanction").click()
    lea.hears("Codé : Sanction")
    assert lea.quotes() == [("coupé la moitié", "A.1")]


def test_the_definition_of_a_code_is_in_sight(lea):
    lea.page.locator(".branch-code", has_text="Argent").hover()
    shown = lea.page.locator(".codes-definition").inner_text()
    for part in ("Ce qui manque, ce qui est coupé.", "Sanctions comprises.", "Le travail (B).", "« plus rien"):
        assert part in shown


def test_bounds_are_given_by_the_mouse(lea):
    lea.code("coupé la moitié", "arg")
    lea.choose("deux mois")
    lea.press("b")
    lea.hears("Bornes changées")
    assert lea.quotes() == [("deux mois", "A")]


def test_a_code_of_ones_own_goes_with_its_passage(lea):
    lea.choose("plus rien sur le compte")
    lea.press("Enter")
    lea.type("compte vide")
    lea.press("ArrowDown", "Enter")
    lea.page.get_by_label("Ce qu'il désigne").fill("Le compte à zéro.")
    lea.page.get_by_label("Sous le thème").select_option(label="Argent")
    lea.page.get_by_role("button", name="Proposer et coder").click()
    lea.hears("Code proposé : compte vide")
    lea.shows("compte vide")
    (coding,) = lea.held()
    (proposal,) = [e for e in lea.api.get("/api/overview").json()["entries"] if e["kind"] == "proposal"]
    assert coding["code"] == f"~{proposal['item']}"
    assert (proposal["title"], proposal["body"], proposal["code"]) == ("compte vide", "Le compte à zéro.", "A")
    lea.page.reload()
    lea.shows("compte vide")
    lea.press("Control+z")
    lea.shows()
    lea.saved()
    overview = lea.api.get("/api/overview").json()["entries"]
    replaced = {uid for e in overview for uid in e["over"]}
    assert [e for e in overview if e["kind"] == "proposal" and e["uid"] not in replaced] == []


def test_single_letters_may_be_turned_off(lea):
    lea.press("?")
    lea.page.get_by_label("Commandes d'une seule lettre").uncheck()
    lea.press("Escape")
    lea.choose("coupé")
    lea.press("t")
    lea.press("Enter", "Enter")
    lea.hears("Codé")
    assert lea.quotes() == [("coupé", "A")]


def test_no_shortcut_fires_while_one_writes(lea):
    lea.code("coupé la moitié", "arg")
    lea.tab("Fiche")
    lea.page.get_by_label("Contexte").fill("")
    lea.page.get_by_label("Contexte").focus()
    lea.type("x a e t 1 2 ")
    lea.press("Delete", "Control+z")
    assert lea.quotes() == [("coupé la moitié", "A")]


def test_a_browser_without_highlights_codes_all_the_same(house, serve, sit, browser):
    context = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})
    context.add_init_script("Object.defineProperty(CSS, 'highlights', { value: undefined })")
    lea = sit(serve(house(LONG)), "lea", context=context)
    lea.open()
    lea.code("coupé la moitié", "arg")
    lea.click("la moitié")
    lea.page.locator(".turns .chip-current").wait_for()
    lea.page.locator(".r6o-annotation").first.wait_for(state="attached")
    assert lea.quotes() == [("coupé la moitié", "A")]


def test_bounds_being_moved_are_kept_when_one_goes_away_or_does_something_else(lea):
    lea.code("coupé la moitié", "arg")
    lea.press("f", "c")  # the mark goes on the new bounds
    lea.hears("à citer")
    (coding,) = lea.held()
    assert coding["flag"] == "cite"
    assert lea.quotes() == [("coupé la moitié pendant", "A")]
    lea.press("f")
    lea.go("journal")
    lea.page.get_by_role("heading", name="Journal et notes").wait_for()
    lea.saved()
    assert lea.quotes() == [("coupé la moitié pendant deux", "A")]
