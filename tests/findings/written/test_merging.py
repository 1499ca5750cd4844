"""What left, was changed on both sides, and comes back: nothing that a human wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.written.merging import Conflict, compare

STATES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "x", "y", "z"]))


def test_each_side_keeps_what_it_alone_changed():
    left = {"titre": "A", "texte": "B", "état": "brouillon", "limites": "D"}
    now = left | {"texte": "étude", "état": "validé", "limites": "des deux"}
    back = left | {"titre": "classeur", "état": "proposé", "limites": "des deux"}
    found = compare(left, now, back)
    assert found.taken == {"titre": "classeur"}
    assert found.kept == {"texte": "étude"}
    assert found.same == {"limites": "des deux"}
    assert found.conflicts == {"état": Conflict("brouillon", "validé", "proposé")}


def test_what_is_not_sent_back_is_not_emptied():
    assert not compare({"titre": "A"}, {"titre": "A"}, {})
    assert compare({"titre": "A"}, {"titre": "A"}, {"titre": ""}).taken == {"titre": ""}


@given(STATES, STATES, STATES)
def test_nothing_is_lost(left, now, back):
    found = compare(left, now, back)
    for key, text in back.items():
        here, before = now.get(key, ""), left.get(key, "")
        after = found.taken.get(key, here)
        assert text in (after, before) or key in found.conflicts  # what came back is in the study, or is shown
        assert here in (after, before) or key in found.conflicts  # so is what the study said
    assert found.conflicts.keys().isdisjoint(found.taken)
