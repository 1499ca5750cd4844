"""What is read for suggestions, in a study: what was read and found before is taken from the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from enquete.codebook import Codebook
from enquete.language import pipeline
from enquete.store import parses as stored
from enquete.store.database import transaction
from enquete.store.interviews import Interview
from enquete.themes.cues import cue_texts, read_cues
from enquete.themes.parsed import ParsedTurn, parse
from enquete.themes.search import Found, Keys, Read, Search, mark, sought_of
from enquete.themes.spotter import Spotter

Step = Callable[[int, int], None]


def turn_parses(
    db: sqlite3.Connection,
    texts: Sequence[Interview],
    needed: Mapping[int, Sequence[int]],
    processes: int,
    step: Step,
) -> dict[int, dict[int, ParsedTurn]]:
    """The parse of each turn needed, by revision and index. needed: indexes of turns, by revision.

    Raises EnqueteError(NO_MODEL).
    """
    model = _model()
    kept = {text.revision: stored.parses(db, text.revision, model) for text in texts}
    missing = [(text, index) for text in texts for index in needed[text.revision] if index not in kept[text.revision]]
    if missing:
        words = [text.text[text.turns[i].start : text.turns[i].end] for text, i in missing]
        parsed = parse(words, processes, lambda done: step(done, len(words)))
        bodies = [(text.revision, i, turn.encode()) for (text, i), turn in zip(missing, parsed, strict=True)]
        with transaction(db):
            stored.keep_parses(db, model, bodies)
        for revision, index, body in bodies:
            kept[revision][index] = body
    return {
        revision: {index: ParsedTurn.decode(kept[revision][index]) for index in indexes}
        for revision, indexes in needed.items()
    }


def cue_parses(db: sqlite3.Connection, books: Iterable[Codebook]) -> dict[str, ParsedTurn]:
    """Every cue of the codebooks by its text; the model reads those that are new. Raises EnqueteError(NO_MODEL)."""
    books, model = list(books), _model()
    kept = stored.cue_parses(db, model, cue_texts(books))
    parsed = read_cues(books, {cue: ParsedTurn.decode(body) for cue, body in kept.items()})
    new = [(cue, turn.encode()) for cue, turn in parsed.items() if cue not in kept]
    if new:
        with transaction(db):
            stored.keep_cue_parses(db, model, new)
    return parsed


def searched(
    db: sqlite3.Connection, spotter: Spotter, parses: Mapping[int, Mapping[int, ParsedTurn]]
) -> dict[int, dict[int, Read]]:
    """Each turn with what the spotter looks for, by revision and index; only what is new is looked for.

    parses: by revision and index. Raises EnqueteError(NO_MODEL, BAD_PATTERN).
    """
    rules = _rules(_model())
    keys = {mark(key): key for key in spotter.keys}
    lists = {name: Keys.read(body, keys) for name, body in stored.sought(db, rules).items()}
    wanted = frozenset(spotter.keys)
    left: dict[tuple[frozenset[str], ...], frozenset[str]] = {}  # what is still to look for, by what was
    searches: dict[frozenset[str], Search] = {}
    reads: dict[int, dict[int, Read]] = {}
    new = []
    for revision, turns in parses.items():
        known = [Found.decode(body, lists) for body in stored.found(db, revision, rules)]
        known = [one for one in known if one.hits.keys() >= turns.keys()]  # roles may have changed since
        looked = tuple(one.sought for one in known)
        if looked not in left:
            left[looked] = wanted.difference(*looked)
        missing = left[looked]
        if missing:
            if missing not in searches:
                searches[missing] = spotter.search(missing)
            search = searches[missing]
            known.append(Found(missing, {index: search.read(turn).hits for index, turn in turns.items()}))
            new.append((revision, known[-1].encode()))
        reads[revision] = {
            index: Read(turn, [hit for one in known for hit in one.hits[index]]) for index, turn in turns.items()
        }
    if new:
        with transaction(db):
            stored.keep_sought(db, rules, map(sought_of, searches))
            stored.keep_found(db, rules, new)
    return reads


def _model() -> str:
    return f"{pipeline.MODEL}-{version(pipeline.MODEL)}"


@cache
def _rules(model: str) -> str:
    """Changes with the model and with the program that looks for cues: what another one found is not taken over."""
    sources = sorted((file.name, file.read_bytes()) for file in files("enquete.themes").iterdir() if file.is_file())
    return sha256(repr((model, sources)).encode()).hexdigest()
