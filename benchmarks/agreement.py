"""How long Krippendorff's alpha takes, against the `krippendorff` library: 10 coders, 20,000 units, some missing.

    python benchmarks/agreement.py

Both start from what they read: sets of codes, unit by unit, for ours; a matrix of numbers for the library. Then what a
study really asks: the characters of an interview of 40,000 words that ten coders coded, every figure of 60 codes.
"""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Callable

import krippendorff
import numpy as np

from enquete.coding.agreement.coefficients import krippendorff_alpha
from enquete.coding.agreement.measuring import Extra, measure
from enquete.coding.agreement.table import ReliabilityData, Unit, category_profiles
from enquete.coding.agreement.units import Passage, UnitKind, interview_units
from enquete.model import Role, Turn

CODERS, UNITS, CODES = 10, 20_000, "abcdef"
RUNS = 7
WORDS, PASSAGES, STUDY_CODES = 40_000, 300, 60


def decisions(draw: random.Random) -> list[list[str | None]]:
    """Units × coders: a category, or None."""
    return [
        [None if draw.random() < 0.1 else draw.choice(CODES[: draw.randint(1, len(CODES))]) for _ in range(CODERS)]
        for _ in range(UNITS)
    ]


def median(run: Callable[[], object]) -> float:
    """Seconds."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def interview(draw: random.Random) -> tuple[str, list[Turn], list[Passage]]:
    """Turns of 50 words, an interviewer's and a participant's in turn; passages of 5 to 80 words."""
    text = " ".join("parole" for _ in range(WORDS))
    size = 50 * len("parole ")
    roles = (Role.INTERVIEWER, Role.PARTICIPANT)
    turns = [
        Turn(start, min(start + size - 1, len(text)), rank % 2, roles[rank % 2])
        for rank, start in enumerate(range(0, len(text), size))
    ]
    passages = []
    for coder in range(CODERS):
        for _ in range(PASSAGES):
            start = draw.randrange(len(text))
            end = min(start + draw.randint(35, 560), len(text))
            passages.append(Passage(start, end, str(coder), f"R{draw.randrange(STUDY_CODES):02}"))
    return text, turns, passages


def main() -> None:
    draw = random.Random(1)  # noqa: S311
    rows = decisions(draw)
    matrix = np.array([[math.nan if put is None else CODES.index(put) for put in row] for row in rows]).T
    sets = {code: frozenset(code) for code in CODES}
    units = tuple(Unit("", n, tuple(sets[p] if p else None for p in row)) for n, row in enumerate(rows))
    data = ReliabilityData(tuple(map(str, range(CODERS))), units)
    theirs = krippendorff.alpha(matrix, level_of_measurement="nominal")
    ours = krippendorff_alpha(category_profiles(data, CODES)) or 0
    baseline = median(lambda: krippendorff.alpha(matrix, level_of_measurement="nominal"))
    alone = median(lambda: krippendorff_alpha(category_profiles(data, CODES)))
    print(f"{CODERS} codeurs, {UNITS} unités, {len(CODES)} catégories : alpha {ours:.6f}, krippendorff {theirs:.6f}")
    print(f"krippendorff {baseline * 1000:.0f} ms, enquete {alone * 1000:.0f} ms")
    print(f"rapport : {alone / baseline:.1f} (but : moins de 5)")

    text, turns, passages = interview(draw)
    coders = [str(coder) for coder in range(CODERS)]
    began = time.perf_counter()
    found = interview_units("E001", text, turns, passages, coders, UnitKind.CHARACTER)
    figures = measure(ReliabilityData(tuple(coders), tuple(found)), extras={Extra.MASI})
    seconds = time.perf_counter() - began
    print(
        f"{figures.units} caractères d'un entretien de {WORDS} mots, {CODERS} codeurs, {len(figures.codes)} codes, en "
        f"{len(found)} suites : toutes les figures en {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
