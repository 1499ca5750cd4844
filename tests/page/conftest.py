"""The page in a real browser, without a window, on the real server of a small study.

def test_something(house, serve, sit):
    lea = sit(serve(house(), "lea"), "lea")     # opens lea's link
    lea.open("E001")
    lea.choose("coupé la moitié")
    lea.press("Enter")
"""

from contextlib import ExitStack

import pytest
from desk import CHROMIUM, LAPTOP, OPTIONS, Desk
from pages import TALK, Hand, Served, make_study

from enquete.actions.study import open_study
from enquete.pseudonyms import Document, Passage, detect
from enquete.web.run import Serving, open_page

_INTERVIEWS = 30  # in the study of a module


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium; tests are skipped where it is not."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()


@pytest.fixture
def house(tmp_path):
    """house(turns, turns…, settings="") -> folder of a study with these interviews, or with one of TALK."""

    def made(*talks, settings=""):
        return make_study(tmp_path / "etude", talks or (TALK,), settings)

    return made


@pytest.fixture(scope="session")
def _warm():
    """The model of French is loaded once: no test waits for it."""
    detect([Document("Elle habite à Nanterre.", (Passage(0, 23),))])


@pytest.fixture
def serve(_warm):
    """serve(folder, "lea", "max") -> the page of that study, running until the test ends or `close` (a Served)."""
    with ExitStack() as stack:

        def started(folder, *coders, port=0):
            own = stack.enter_context(ExitStack())
            page = own.enter_context(open_page(open_study(folder), coders or ("lea",), Serving(port)))
            served = Served(folder, page)
            own.callback(served.stop)
            served.close = own.close
            return served

        yield started


@pytest.fixture
def sit(browser):
    """sit(served, "lea") -> a Desk where lea's link is open. Every script error and every outside request fails."""
    desks = []

    def seated(served, coder="lea", viewport=LAPTOP, context=None, **options):
        context = context or browser.new_context(viewport=viewport, locale="fr-FR", **options)
        desk = Desk(context, served, coder)
        desks.append(desk)
        return desk

    yield seated
    for desk in desks:
        desk.context.close()
    for desk in desks:
        assert desk.errors == []
        assert desk.outside == []


@pytest.fixture(scope="module")
def room(browser, _warm, tmp_path_factory):
    """room(talk) -> lea's Desk on an interview of these words that no other test of the module has opened.

    One server and one page for the module: quicker than `sit`, for tests that need nothing else.
    """
    with ExitStack() as stack:
        places = {}

        def entered(talk=TALK):
            if talk not in places:
                folder = make_study(tmp_path_factory.mktemp("room") / "etude", [talk] * _INTERVIEWS)
                page = stack.enter_context(open_page(open_study(folder), ("lea",), Serving(0)))
                served = Served(folder, page)
                stack.callback(served.stop)
                context = stack.enter_context(browser.new_context(viewport=LAPTOP, locale="fr-FR"))
                places[talk] = (Desk(context, served, "lea"), iter(range(1, _INTERVIEWS + 1)))
            desk, numbers = places[talk]
            desk.forget_preferences()
            desk.open(f"E{next(numbers):03}")
            return desk

        yield entered
        for desk, _ in places.values():
            assert desk.errors == []
            assert desk.outside == []


@pytest.fixture
def hand():
    """hand(served.api("lea")) -> a Hand, who codes without a browser."""
    return Hand
