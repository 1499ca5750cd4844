"""Forty thousand words and four hundred codings: what is far from the window costs nothing."""

import random

import pytest

WORDS = ("le", "la", "une", "aide", "allocation", "conseiller", "maison", "travail", "courrier", "mairie", "loyer")


@pytest.fixture
def talk():
    chance = random.Random(1)  # noqa: S311
    lengths = (chance.randint(4, 10) if turn % 2 == 0 else chance.randint(10, 40) for turn in range(2500))
    return [" ".join(chance.choices(WORDS, k=length)).capitalize() + "." for length in lengths]


def test_a_long_interview_is_drawn_where_it_is_seen(house, serve, sit, hand, talk):
    served = serve(house(talk))
    coder = hand(served.api("lea"))
    turns = [turn for turn in coder.opened["turns"] if turn["role"] == "participant"]
    revision = {"revision": coder.opened["revision"], "codebook": "essai"}
    codings = [
        coder.entry("coding", code="AB"[i % 2], start=turn["start"], end=turn["start"] + 30, **revision)
        for i, turn in enumerate(turns[:1200:3])
    ]
    coder.send(*codings)
    lea = sit(served, "lea")
    lea.open()
    page = lea.page
    page.wait_for_function("() => CSS.highlights.size > 0")
    assert page.locator(".turn").count() == 2500
    assert page.locator(".chip-coding").count() == len(codings) == 400
    painted = "() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0)"
    assert 0 < page.evaluate(painted) < 40
    page.evaluate("() => { document.querySelector('.text').scrollTop = 60000; }")
    page.wait_for_timeout(300)
    assert page.evaluate(painted) < 40
    turn = page.evaluate(
        """() => {
          window.changed = new Set();
          const turnOf = (node) => node.parentElement?.closest(".turn") ?? null;
          const note = (records) => records.forEach((record) => changed.add(turnOf(record.target)));
          new MutationObserver(note).observe(document.querySelector(".turns"), { childList: true, subtree: true });
          const middle = innerHeight / 2;
          const seen = (row) => row.getBoundingClientRect().top > 100 && row.getBoundingClientRect().bottom < middle;
          const row = [...document.querySelectorAll(".turn:not(.turn-asked) .row")].find(seen);
          row.focus();
          return row.querySelector(".words").textContent;
        }"""
    )
    assert turn in talk
    lea.press("ArrowRight", "t", "Enter")
    lea.type("trav")
    lea.press("Enter")
    lea.hears("Codé : Travail")
    page.wait_for_function("() => changed.size > 0")
    assert page.evaluate("() => changed.size") == 1
    lea.press("Control+End")
    page.wait_for_function("(last) => document.activeElement.textContent.includes(last)", arg=talk[-1])
    page.get_by_text("affiché jusqu'au bout").wait_for()
