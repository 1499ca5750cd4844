from fractions import Fraction
from math import comb, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.specificities import specificity


def exact(found, part, total, corpus):
    """P(X >= found), P(X <= found): each term as a fraction."""
    ways = comb(corpus, part)
    terms = [Fraction(comb(total, k) * comb(corpus - total, part - k), ways) for k in range(min(part, total) + 1)]
    return sum(terms[found:]), sum(terms[: found + 1])


def test_over_and_under_use_by_hand():
    """Ten words, of which five in the part; a word said four times, all of them there: 5·4·3·2 / 10·9·8·7 = 1/42."""
    assert specificity(4, 5, 4, 10) == pytest.approx(log10(42))
    assert specificity(0, 5, 4, 10) == pytest.approx(-log10(42))
    assert specificity(2, 5, 4, 10) == 0


@given(st.data())
def test_every_small_case_is_exact(data):
    corpus = data.draw(st.integers(1, 60))
    part, total = data.draw(st.integers(0, corpus)), data.draw(st.integers(0, corpus))
    found = data.draw(st.integers(max(0, total + part - corpus), min(part, total)))
    more, less = exact(found, part, total, corpus)
    expected = found * corpus - total * part
    wanted = 0 if not expected else -log10(more) if expected > 0 else log10(less)
    assert specificity(found, part, total, corpus) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("found", [0, 14, 32, 34, 60, 150, 296])
def test_a_corpus_of_some_size_agrees_with_scipy(found):
    """61,449 words, 6,903 of them in a part, a word said 296 times."""
    from scipy.stats import hypergeom

    law = hypergeom(61_449, 296, 6_903)
    more = found > 296 * 6_903 / 61_449
    wanted = -law.logsf(found - 1) / 2.302585092994046 if more else law.logcdf(found) / 2.302585092994046
    assert specificity(found, 6_903, 296, 61_449) == pytest.approx(wanted, rel=1e-6)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="impossible"):
        specificity(5, 4, 6, 10)
