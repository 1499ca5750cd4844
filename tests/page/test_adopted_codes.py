"""A code that a coder proposed, once it is in the codebook: their passages bear it, and it is offered once."""

from pages import TALK

from enquete.actions.codebooks.changes import By
from enquete.actions.codebooks.proposals import Adoption, adopt
from enquete.actions.study import open_study


def test_an_adopted_code_takes_the_place_of_the_proposal(house, serve, sit, hand):
    folder = house(TALK)
    page = serve(folder, "lea")
    lea = hand(page.api("lea"))
    proposal = lea.entry("proposal", codebook="essai", title="tenir sans rien", body="")
    proposal["interview"] = None
    lea.send(proposal, lea.coding("plus rien", f"~{proposal['item']}"))
    desk = sit(page, "lea")
    desk.open()
    desk.shows("tenir sans rien")
    list(adopt(open_study(folder), [proposal["item"]], Adoption(new="C", label="Survivre", under="A"), By()))
    desk.page.reload()
    desk.page.wait_for_selector(".turn")
    desk.shows("Survivre")
    desk.choose("J'ai signé")
    desk.press("Enter")
    desk.page.get_by_label("Première passe : thèmes seulement").uncheck()
    offered = desk.page.locator(".picker-list [role=option] .option-label").all_text_contents()
    assert sorted(offered) == ["Argent", "Sanction", "Survivre", "Travail"]
    assert page.api("lea").get("/api/overview").json()["adopted"] == [f"~{proposal['item']}"]
