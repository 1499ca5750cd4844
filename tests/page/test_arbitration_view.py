"""Arbitration in the page: coders side by side, a key a verdict, the reason, the next one."""

import pytest
from desk import TABLET
from pages import TALK

CUT, SIGNED = "coupé la moitié", "J'ai signé"


@pytest.fixture
def served(house, serve, hand):
    """Léa and Max finished E001 and E002: in each they part on the cut (two codes) and on what Léa alone saw signed."""
    folder = house(TALK, TALK)
    toml = folder / "enquete.toml"
    toml.write_text(toml.read_text().replace('# arbitres = ["anne"]', 'arbitres = ["anne"]'), encoding="utf-8")
    page = serve(folder, "lea", "max", "anne")
    for interview in ("E001", "E002"):
        lea, max_ = hand(page.api("lea"), interview), hand(page.api("max"), interview)
        cut = lea.coding(CUT, "A.1", flag="cite")
        memo = lea.entry("memo", about=cut["item"], body="une sanction, sans le mot")
        lea.send(lea.coding("plus rien"), cut, memo, lea.coding(SIGNED, "B"), lea.entry("stage", field="coded"))
        max_.send(max_.coding("plus rien"), max_.coding(f"m'ont {CUT}", "B"), max_.entry("stage", field="coded"))
    return page


@pytest.fixture
def anne(served, sit):
    desk = sit(served, "anne")
    desk.page.get_by_role("link", name="Arbitrage").click()
    desk.page.wait_for_selector(".case h2")
    return desk


def lines(desk):
    return [text.split("«")[1].strip("\u00a0 »\n") for text in desk.page.locator(".case-line").all_inner_texts()]


def heading(desk):
    return desk.page.locator(".case h2").inner_text()


def history(served, key):
    return served.api("anne").get(f"/api/disagreements/{key}").json()["history"]


def test_coders_stand_side_by_side(anne):
    assert heading(anne) == "E001, tour 2"
    lea, max_ = anne.page.locator(".reading").all_inner_texts()
    assert lea.split("\n")[:2] == ["lea", "1"]
    assert "Sanction A.1" in lea
    assert f"«\u00a0{CUT}\u00a0»" in lea
    assert "Marqué « à citer »" in lea
    assert "Mémo une sanction, sans le mot" in lea
    assert "Travail B" in max_
    assert f"«\u00a0m'ont {CUT}\u00a0»" in max_
    assert anne.page.locator(".context mark").all_inner_texts() == [f"m'ont {CUT}"]
    assert "Ce qui manque, ce qui est coupé." not in anne.page.locator(".meanings").inner_text()
    assert anne.page.locator(".meanings h3").all_inner_texts() == ["Travail B", "Sanction A.1"]
    assert anne.page.locator(".cases-progress p").first.inner_text() == "0 sur 4 réglé"


def test_decided_by_keyboard_alone(anne, served):
    (first, second, *_) = [line.get_attribute("href").split("/")[-1] for line in anne.page.locator(".case-line").all()]
    anne.press("2")
    anne.type("le contrat d'abord")
    anne.press("Enter")
    anne.hears("Réglé : lecture de max.")
    anne.page.wait_for_selector("text=1 sur 4 réglé")
    assert heading(anne) == "E001, tour 4"
    (ruling,) = history(served, first)
    assert (ruling["verdict"], ruling["coder"], ruling["by"], ruling["why"]) == (
        "one", "max", "anne", "le contrat d'abord",
    )  # fmt: skip
    anne.press("m")
    anne.type("les deux se tiennent")
    anne.press("Enter")
    anne.hears("Plus aucun désaccord dans E001.")
    anne.page.wait_for_selector("text=2 sur 4 réglés")
    assert heading(anne) == "E002, tour 2"
    assert history(served, second)[0]["verdict"] == "upheld"
    anne.press("ArrowRight")
    anne.page.wait_for_function("() => document.querySelector('.case h2')?.textContent === 'E002, tour 4'")
    anne.press("ArrowLeft", "a")
    anne.page.wait_for_function("() => document.querySelector('.case h2')?.textContent === 'E002, tour 2'")


def test_a_reason_is_needed_and_escape_lets_go(anne, served):
    anne.press("l")
    anne.press("Enter")
    assert anne.page.locator(".decision-form").count() == 1
    anne.press("Escape")
    anne.page.wait_for_selector(".decision-form", state="detached")
    assert anne.page.locator(".cases-progress p").first.inner_text() == "0 sur 4 réglé"


def test_another_code_on_other_words(anne, served):
    key = anne.page.url.split("/")[-1]
    anne.press("n")
    anne.page.get_by_label("Code", exact=True).nth(1).select_option("A")
    anne.page.get_by_label("Mots à coder").fill("coupé la moitié pendant deux mois")
    anne.page.get_by_label("Pourquoi ?").fill("la durée compte")
    anne.press("Enter")
    anne.hears("Réglé : autrement : Argent.")
    (ruling,) = history(served, key)
    assert [kept["code"] for kept in ruling["kept"]] == ["A"]
    assert ruling["kept"][0]["end"] - ruling["kept"][0]["start"] == len("coupé la moitié pendant deux mois")


def test_words_that_are_not_there_are_said(anne):
    anne.press("n")
    anne.page.get_by_label("Mots à coder").fill("des mots inventés")
    anne.page.get_by_label("Pourquoi ?").fill("x")
    anne.press("Enter")
    anne.page.wait_for_selector("text=Ces mots ne s'y trouvent pas")
    anne.page.get_by_label("Mots à coder").fill(CUT)
    anne.page.get_by_role("button", name="Enregistrer").click()
    anne.hears("Réglé")


def test_a_decision_is_read_again_and_changed(anne, served):
    key = anne.page.url.split("/")[-1]
    anne.press("1")
    anne.type("premier avis")
    anne.press("Enter")
    anne.hears("Réglé")
    anne.page.wait_for_selector("text=1 sur 4 réglé")
    anne.page.get_by_label("Montrer").select_option("settled")
    anne.page.wait_for_function("() => document.querySelectorAll('.case-line').length === 1")
    anne.page.wait_for_selector(".rulings")
    assert "«\u00a0premier avis\u00a0»" in anne.page.locator(".rulings").inner_text()
    anne.page.get_by_role("button", name="Aucun code").click()
    anne.page.get_by_label("Pourquoi ?").fill("revu")
    anne.press("Enter")
    anne.hears("Réglé : aucun code.")
    anne.page.wait_for_function("() => document.querySelectorAll('.rulings li').length === 2")
    assert [r["stands"] for r in history(served, key)] == [False, True]
    assert "(remplacée depuis)" in anne.page.locator(".rulings li").first.inner_text()


def test_the_list_is_filtered(anne):
    assert lines(anne) == [f"m'ont {CUT}", SIGNED] * 2
    anne.page.get_by_label("Entretien", exact=True).select_option("E002")
    anne.page.wait_for_function("() => document.querySelectorAll('.case-line').length === 2")
    assert heading(anne).startswith("E00")
    anne.page.get_by_label("Code", exact=True).first.select_option("A.1")
    anne.page.wait_for_function("() => document.querySelectorAll('.case-line').length === 1")
    anne.page.wait_for_function("() => document.querySelector('.case h2')?.textContent === 'E002, tour 2'")


def test_what_coders_changed_meanwhile_is_said(anne, served, hand):
    max_ = hand(served.api("max"))
    (mine,) = [e for e in max_.holding() if e["code"] == "B"]
    max_.send(max_.entry("gone", over=[mine["uid"]], item=mine["item"]))
    anne.press("2")
    anne.type("x")
    anne.press("Enter")
    anne.page.wait_for_selector("text=Ce désaccord n'est plus là")


def test_nobody_else_has_this_view(served, sit):
    lea = sit(served, "lea")
    assert lea.page.get_by_role("link", name="Arbitrage").count() == 0
    lea.go("arbitrage")
    lea.page.wait_for_selector("h1:has-text('Mes entretiens')")


@pytest.mark.parametrize("viewport", [None, TABLET], ids=["laptop", "tablet"])
def test_the_view_is_accessible(served, sit, viewport):
    anne = sit(served, "anne", **({"viewport": viewport} if viewport else {}), bypass_csp=True)
    anne.go("arbitrage")
    anne.page.wait_for_selector(".case h2")
    assert anne.violations() == []
    anne.press("n")
    anne.page.wait_for_selector(".decision-form textarea")
    assert anne.violations() == []
    anne.page.get_by_label("Pourquoi ?").fill("x")
    anne.press("Enter")
    anne.hears("Réglé")
    anne.page.get_by_label("Montrer").select_option("all")
    anne.page.wait_for_selector(".case-settled")
    anne.page.locator(".case-settled").first.click()
    anne.page.wait_for_selector(".rulings")
    assert anne.violations() == []
    assert anne.overflow() <= 0


def test_the_home_page_of_who_only_settles_leads_there(anne):
    anne.page.goto(anne.page.url.partition("#")[0] + "#/")
    assert anne.page.locator(".progress").inner_text().startswith("Vous arbitrez les désaccords")
    anne.page.get_by_role("button", name="Ouvrir l'arbitrage").click()
    anne.page.wait_for_selector(".reading")
    assert "#/arbitrage/E001" in anne.page.url
