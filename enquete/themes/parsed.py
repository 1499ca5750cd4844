"""A turn as the model reads it, kept compactly: after an edit of the codebook the model is not run again."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from operator import add, sub
from typing import TYPE_CHECKING, Any

from enquete.language import pipeline
from enquete.model import Span
from enquete.offsets import Mapping
from enquete.themes.spoken import respell

if TYPE_CHECKING:
    from spacy.tokens import Doc

COMPONENTS = ("tok2vec", "morphologizer", "attribute_ruler", "lemmatizer")
# The universal parts of speech, a letter each.
TAGS = {
    "ADJ": "J", "ADP": "P", "ADV": "R", "AUX": "A", "CCONJ": "C", "DET": "D", "INTJ": "I", "NOUN": "N", "NUM": "M",
    "PART": "T", "PRON": "O", "PROPN": "Q", "PUNCT": ".", "SCONJ": "S", "SYM": "Y", "VERB": "V", "X": "X", "SPACE": "_",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedTurn:
    """The tokens of a turn in written spelling: « chuis » is two tokens, both standing where it stands.

    starts, ends: code points of the turn's own text; forms, lemmas: lower case; tags: a letter a token (TAGS).
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: str

    def encode(self) -> bytes:
        """Compact bytes for the cache. They hold the words of the turn: to be deleted with its text."""
        lemmas = ["" if lemma == form else lemma for form, lemma in zip(self.forms, self.lemmas, strict=True)]
        gaps = [start - before for start, before in zip(self.starts, (0, *self.ends), strict=False)]
        lengths = [end - start for start, end in zip(self.starts, self.ends, strict=True)]
        content = [self.forms, lemmas, self.tags, gaps, lengths]
        return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())

    @classmethod
    def decode(cls, data: bytes) -> ParsedTurn:
        """The turn that `encode` made these bytes of."""
        forms, lemmas, tags, gaps, lengths = json.loads(zlib.decompress(data))
        ends = tuple(accumulate(map(add, gaps, lengths)))
        filled = tuple(lemma or form for form, lemma in zip(forms, lemmas, strict=True))
        return cls(tuple(map(sub, ends, lengths)), ends, tuple(forms), filled, tags)


Tokens = tuple[list[int], list[int], list[str], list[str], str]


def parse(
    texts: Sequence[str],
    processes: int = 1,
    progress: Callable[[int], object] | None = None,
    batch: int = pipeline.BATCH,
) -> list[ParsedTurn]:
    """Runs the model on each text, one turn each. progress: called with the number of texts read so far.

    batch: texts given to the model at a time. Raises EnqueteError(NO_MODEL).
    """
    respelt = [respell(text) for text in texts]
    parsed: list[ParsedTurn] = []
    tokens = pipeline.extract([text for text, _ in respelt], COMPONENTS, take, processes, batch)
    for (_, mapping), found in zip(respelt, tokens, strict=True):
        parsed.append(_placed(found, mapping))
        if progress is not None:
            progress(len(parsed))
    return parsed


def take(doc: Doc) -> Tokens:
    """What is kept of a parsed text: starts, ends, forms, lemmas, tags; white space left out."""
    tokens = [token for token in doc if not token.is_space]
    return (
        [token.idx for token in tokens],
        [token.idx + len(token) for token in tokens],
        [token.lower_ for token in tokens],
        [token.lemma_.lower() for token in tokens],
        "".join(TAGS.get(token.pos_, "X") for token in tokens),
    )


def _placed(tokens: Tokens, mapping: Mapping) -> ParsedTurn:
    """The tokens where they stand in the text as it was before `respell`."""
    starts, ends, forms, lemmas, tags = tokens
    if mapping:
        moved = mapping.inverse().spans(Span(start, end) for start, end in zip(starts, ends, strict=True))
        starts, ends = [m.span.start for m in moved], [m.span.end for m in moved]
    return ParsedTurn(tuple(starts), tuple(ends), tuple(forms), tuple(lemmas), tags)


@cache
def other_lemmas() -> Callable[[str], frozenset[str]]:
    """Gives the other lemmas that a form may have, from the model's own tables, for where its tagger errs.

    Raises EnqueteError(NO_MODEL).
    """
    lemmatizer: Any = pipeline.load(*COMPONENTS).get_pipe("lemmatizer")
    lookup = lemmatizer.lookups.get_table("lemma_lookup")
    verbs = lemmatizer.lookups.get_table("lemma_index")["verb"]
    irregular = [lemmatizer.lookups.get_table("lemma_exc")[kind] for kind in ("verb", "adj")]

    def look(form: str) -> frozenset[str]:
        found = {lemma for table in (lookup, *irregular) for lemma in _as_list(table.get(form, []))}
        if (participle := _PARTICIPLE.fullmatch(form)) and (verb := f"{participle[1]}er") in verbs:
            found.add(verb)  # « coupée »
        return frozenset(found)

    return look


_PARTICIPLE = re.compile("(.+)ée?s?")


def _as_list(lemmas: str | list[str]) -> list[str]:
    return [lemmas] if isinstance(lemmas, str) else lemmas
