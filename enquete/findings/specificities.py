"""How unexpected the number of a word is in a part of a corpus.

P. Lafon, « Sur la variabilité de la fréquence des formes dans un corpus », Mots, n° 1, 1980, p. 127-165.
"""

from __future__ import annotations

from math import lgamma, log

_NEGLIGIBLE = 1e-12  # of what is added up: beyond, the terms change no digit that is shown


def specificity(found: int, part: int, total: int, corpus: int) -> float:
    """log10 of the probability of a count so far from what chance gives, made positive when the word is over-used
    and negative when it is under-used; 0 when the count is the one expected.

    Hypergeometric: a word said `total` times in a corpus of `corpus` words is said `found` times in a part of `part`
    words. Over-used: P(X >= found); under-used: P(X <= found). Raises ValueError for counts that cannot be.
    """
    if not max(0, total + part - corpus) <= found <= min(part, total) or max(part, total) > corpus:
        raise ValueError(f"impossible counts: {found}, {part}, {total}, {corpus}")
    more = found * corpus - total * part
    if more == 0:
        return 0.0
    tail = _tail(found, part, total, corpus, 1 if more > 0 else -1)
    return -tail if more > 0 else tail


def _tail(found: int, part: int, total: int, corpus: int, step: int) -> float:
    """log10 of P(X >= found) for a step of 1, of P(X <= found) for -1: terms get smaller, away from the mean."""
    first = (
        _choose(total, found) + _choose(corpus - total, part - found) - _choose(corpus, part)
    )  # natural logarithm: the probability itself may be smaller than a float can be
    added, term, count = 1.0, 1.0, found
    while term > _NEGLIGIBLE * added:
        if step > 0:
            up, down = (total - count) * (part - count), (count + 1) * (corpus - total - part + count + 1)
        else:
            up, down = count * (corpus - total - part + count), (total - count + 1) * (part - count + 1)
        if up == 0:
            break
        term *= up / down
        added += term
        count += step
    return min(0.0, (first + log(added)) / log(10))


def _choose(of: int, taken: int) -> float:
    """Natural logarithm of the number of ways to take some."""
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
