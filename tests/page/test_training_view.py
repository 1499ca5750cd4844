"""Training in the page: the newcomer says that they have finished, and sees their coding beside the reference's."""

import pytest
from pages import TALK

from enquete.actions.rounds.training import start_training
from enquete.actions.study import open_study


@pytest.fixture
def served(house, serve, hand):
    """Lea has finished E001; noe, in training on it, coded a theme where lea coded what is under it, and one more."""
    folder = house(TALK)
    page = serve(folder, "lea", "noe")
    lea = hand(page.api("lea"))
    lea.send(lea.coding("coupé la moitié", "A.1"), lea.coding("J'ai signé", "B"), lea.entry("stage", field="coded"))
    start_training(open_study(folder), "noe", "lea")
    noe = hand(page.api("noe"))
    noe.send(noe.coding("coupé la moitié", "A"), noe.coding("J'ai signé", "B"), noe.coding("plus rien", "B"))
    return page


def finish(desk):
    desk.open()
    desk.page.get_by_role("button", name="J'ai fini de coder").click()
    desk.hears("Entretien codé")


def test_the_comparison_opens_once_the_newcomer_has_finished(served, sit):
    noe = sit(served, "noe")
    assert noe.page.get_by_role("link", name="Comparer avec la référence").count() == 0
    noe.go("formation/E001")
    noe.page.wait_for_selector("text=quand vous avez dit « J'ai fini de coder »")
    finish(noe)
    noe.go("")
    noe.page.get_by_role("link", name="Comparer avec la référence").click()
    noe.page.wait_for_selector(".training-place")
    told = noe.page.locator(".training-place").all_inner_texts()
    assert [text.splitlines()[0] for text in told] == ["Autre code tour 2", "Ajouté tour 2"]
    assert "Le thème est le bon, la référence précise." in told[0]
    assert "Ne comprend pas\nLe travail (B)." in told[0]
    assert noe.page.locator(".training-summary p").first.inner_text().startswith("2\u00a0passages dans la référence")


def test_passages_are_filtered_by_keyboard_and_read_again_in_their_place(served, sit):
    noe = sit(served, "noe")
    finish(noe)
    noe.go("formation/E001")
    noe.page.get_by_role("button", name="D'accord 1").focus()
    noe.press("Enter")
    noe.page.wait_for_selector("text=1 passage montré", state="attached")
    assert noe.page.locator(".training-place blockquote").all_inner_texts() == ["J'ai signé"]
    noe.page.get_by_role("link", name="Relire").click()
    noe.page.wait_for_selector(".turn")
    assert noe.page.evaluate("location.hash").startswith("#/entretien/E001/")


@pytest.mark.parametrize("viewport", [(1366, 768), (820, 1180)], ids=["laptop", "tablet"])
def test_the_comparison_is_accessible(served, sit, viewport):
    noe = sit(served, "noe", viewport=dict(zip(("width", "height"), viewport, strict=True)), bypass_csp=True)
    finish(noe)
    noe.go("")
    noe.page.wait_for_selector("text=Comparer avec la référence")
    assert noe.violations() == []
    noe.go("formation/E001")
    noe.page.get_by_role("button", name="Tout 3").click()
    noe.page.wait_for_selector(".training-agreed")
    assert noe.violations() == []
    assert noe.overflow() <= 0
