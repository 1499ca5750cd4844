"""Positions survive any chain of edits."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from enquete.model import Span
from enquete.offsets import Edit, Mapping, Moved, Replacement, difference, normalised, replace

ALPHABET = "abc é\n"


@st.composite
def edited(draw, old=None):
    """A text, the replacements of an edit of it."""
    old = draw(st.text(ALPHABET, max_size=30)) if old is None else old
    bounds = sorted(draw(st.lists(st.integers(0, len(old)), max_size=8, unique=True)))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    return old, [Replacement(a, b, draw(st.text("XYZ", max_size=4))) for a, b in pairs]


def moved_by(mapping, text, new, start, end):
    moved = mapping.span(Span(start, end))
    return moved.span.of(new), moved.changed


def test_a_name_replaced_before_a_passage_shifts_it():
    old = "Karim habite Nanterre depuis dix ans"
    new, mapping = replace(old, [Replacement(0, 5, "Bilal-Amine"), Replacement(13, 21, "[commune]")])
    assert new == "Bilal-Amine habite [commune] depuis dix ans"
    assert moved_by(mapping, old, new, 22, 28) == ("depuis", False)
    assert moved_by(mapping, old, new, 6, 28) == ("habite [commune] depuis", True)


def test_a_boundary_inside_a_replaced_passage_snaps_outward():
    old = "chez Vigie Boucle hier"
    new, mapping = replace(old, [Replacement(5, 17, "[employeur]")])
    assert moved_by(mapping, old, new, 11, 22) == ("[employeur] hier", True)
    assert moved_by(mapping, old, new, 0, 7) == ("chez [employeur]", True)


def test_insertions_at_the_boundaries_stay_outside():
    mapping = Mapping((Edit(3, 3, 2), Edit(6, 6, 2)))
    assert mapping.span(Span(3, 6)) == Moved(Span(5, 8), changed=False)


def test_normalised_joins_accents_and_line_ends():
    text = "e\u0301te\u0301\r\nfin\rlà"
    new, _ = replace(text, normalised(text))
    assert new == "été\nfin\nlà"


@given(st.text("ae\u0301\u0327\r\n ç\u212b"))
def test_normalised_is_nfc_with_line_feeds(text):
    new, _ = replace(text, normalised(text))
    assert new == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


@given(edited(), st.data())
def test_words_outside_the_edits_are_found_again(case, data):
    old, replacements = case
    new, mapping = replace(old, replacements)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    span, changed = mapping.span(Span(start, end))
    assert 0 <= span.start <= span.end <= len(new)
    if not changed:
        assert span.of(new) == old[start:end]


@given(edited(), st.data())
def test_there_and_back_covers_the_passage(case, data):
    old, replacements = case
    _, mapping = replace(old, replacements)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    there = mapping.span(Span(start, end))
    if not there.changed:
        assert mapping.inverse().span(there.span).span == Span(start, end) or start == end
    assert mapping.inverse().inverse() == mapping


@given(edited(), st.data())
def test_two_edits_in_a_row_are_one_mapping(case, data):
    old, first = case
    middle, a = replace(old, first)
    _, second = data.draw(edited(middle))
    new, b = replace(middle, second)
    both = a.then(b)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    span, changed = both.span(Span(start, end))
    if not changed and start < end:
        assert span.of(new) == old[start:end]
    # Walking step by step never finds less than the passage found at once.
    step = b.span(a.span(Span(start, end)).span).span
    assert span.start <= step.start or start == end
    assert step.end <= span.end or start == end
    assert Mapping.from_json(both.to_json()) == both


@given(st.text(ALPHABET), st.text(ALPHABET), st.data())
def test_difference_leads_from_one_text_to_the_other(old, new, data):
    mapping = difference(old, new)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    span, changed = mapping.span(Span(start, end))
    if not changed and start < end:
        assert span.of(new) == old[start:end]
    everything = mapping.span(Span(0, len(old))).span
    assert 0 <= everything.start <= everything.end <= len(new)
