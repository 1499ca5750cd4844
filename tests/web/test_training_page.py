"""What a newcomer sees of training through the server: nothing before they have finished, and nobody sees another's."""

import pytest
from pages import TALK

from enquete.actions.rounds.training import start_training
from enquete.actions.study import open_study


@pytest.fixture
def trained(house, serve, hand):
    """Lea has finished E001; noe, who is in training on it, has coded it and not said so yet. Gives (page, noe)."""
    folder = house(TALK, TALK)
    page = serve(folder, "lea", "noe", "max")
    lea = hand(page.api("lea"))
    lea.send(lea.coding("coupé la moitié", "A.1"), lea.coding("J'ai signé", "B"), lea.entry("stage", field="coded"))
    start_training(open_study(folder), "noe", "lea")
    noe = hand(page.api("noe"))
    noe.send(noe.coding("coupé la moitié", "A"), noe.coding("J'ai signé", "B"))
    return page, noe


def test_the_comparison_comes_once_the_newcomer_has_finished(trained):
    page, noe = trained
    before = page.api("noe").get("/api/training?interview=E001")
    assert before.status_code == 404
    noe.send(noe.entry("stage", field="coded"))
    after = page.api("noe").get("/api/training?interview=E001")
    assert after.status_code == 200
    shown = after.json()
    assert [(place["outcome"], place["turn"]) for place in shown["places"]] == [("other", 1), ("agreed", 3)]
    assert shown["places"][0]["explanation"] == "Le thème est le bon, la référence précise."
    assert [row["code"] for row in shown["codes"]] == ["A.1", "A", "B"]


def test_an_interview_whose_coding_was_taken_up_again_is_closed_again(trained):
    page, noe = trained
    stage = noe.entry("stage", field="coded")
    noe.send(stage)
    noe.send(noe.entry("gone", over=[stage["uid"]], item=stage["item"]))
    assert page.api("noe").get("/api/training?interview=E001").status_code == 404


@pytest.mark.parametrize("query", ["", "?interview=E002", "?interview=E099", "?interview=' OR 1=1"])
def test_no_other_interview_answers(trained, query):
    page, noe = trained
    noe.send(noe.entry("stage", field="coded"))
    assert page.api("noe").get(f"/api/training{query}").status_code == 404


def test_nobody_else_sees_it(trained):
    page, noe = trained
    noe.send(noe.entry("stage", field="coded"))
    for coder in ("lea", "max"):
        assert page.api(coder).get("/api/training?interview=E001").status_code == 404
    assert page.anybody().get("/api/training?interview=E001").status_code == 401


def test_the_overview_says_that_it_is_training(trained):
    page, _ = trained
    (one,) = page.api("noe").get("/api/overview").json()["interviews"]
    assert (one["code"], one["round"]["kind"]) == ("E001", "training")
