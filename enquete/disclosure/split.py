"""Many texts cut at their spaces, all at once: what a word tells is asked once, wherever the word stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_END = "\0"  # stands after each text; no plain text holds it


class Split:
    """Texts by the tokens between their spaces.

    tokens: the distinct ones; the first is the end of a text. ids: for each place of all the texts, one after the
    other, the number of its token. owners: for each place, the index of its text.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """texts: plain."""
        import numpy as np

        self.texts: list[str] = []
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__, {_END: 0})
        self.ids: np.ndarray = np.zeros(0, np.int32)
        self.add(texts)

    def add(self, texts: Sequence[str]) -> None:
        """More texts, after the others."""
        import numpy as np

        self.texts.extend(texts)
        tokens = f" {_END} ".join([*texts, ""]).split()
        more = np.fromiter(map(self._numbers.__getitem__, tokens), np.int32, len(tokens))
        self.ids = np.concatenate([self.ids, more])
        self.tokens = list(self._numbers)
        ends = self.ids == 0
        self.owners: np.ndarray = np.cumsum(ends, dtype=np.int32) - ends

    def marked(self, test: Callable[[str], object]) -> np.ndarray:
        """For each distinct token, whether the test holds."""
        import numpy as np

        return np.fromiter((bool(test(token)) for token in self.tokens), np.bool_, len(self.tokens))

    def having(self, marked: np.ndarray) -> np.ndarray:
        """For each text, whether one of these tokens stands in it. marked: for each distinct token."""
        return self.among(self.owners[marked[self.ids]])

    def summed(self, weights: np.ndarray) -> np.ndarray:
        """For each text, what its tokens weigh together. weights: of each distinct token."""
        import numpy as np

        return np.bincount(self.owners, weights[self.ids], len(self.texts))

    def among(self, indexes: np.ndarray) -> np.ndarray:
        """For each text, whether it is one of these."""
        import numpy as np

        found = np.zeros(len(self.texts), np.bool_)
        found[indexes] = True
        return found
