"""A study to code, put straight into the database, and the real server of its page on a free port of this machine.

def test_something(house, serve):
    folder = house(["Et alors ?", "Ils m'ont coupé la moitié."])
    page = serve(folder, "lea", "max")
    page.link("lea")                                  # what a browser opens
    page.api("lea").get("/api/overview").json()       # what its scripts ask
"""

from contextlib import ExitStack

import pytest
from pages import TALK, Hand, Served, make_study

from enquete.actions.study import open_study
from enquete.web.run import Serving, open_page


@pytest.fixture
def house(tmp_path):
    """house(turns, turns…, settings="") -> folder of a study with these interviews, or with one of TALK."""

    def made(*talks, settings=""):
        return make_study(tmp_path / "etude", talks or (TALK,), settings)

    return made


@pytest.fixture
def serve():
    """serve(folder, "lea", "max") -> the page of that study, running until the test ends (a Served)."""
    with ExitStack() as stack:

        def started(folder, *coders, port=0, **serving):
            page = stack.enter_context(open_page(open_study(folder), coders or ("lea",), Serving(port, **serving)))
            served = Served(folder, page)
            stack.callback(served.stop)
            return served

        yield started


@pytest.fixture
def hand():
    """hand(served.api("lea")) -> a Hand."""
    return Hand
