"""Cues that can match nothing, or that match everything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from enquete.codebook.checking import Remark, error, warning
from enquete.codebook.types import Code, Codebook
from enquete.codebook.yaml_file import pattern_text
from enquete.themes.cues import Cue, compile_cues, read_cues
from enquete.themes.matching import Finder, Places
from enquete.themes.parsed import ParsedTurn
from enquete.themes.patterns import pattern_fault

FEW = 3  # function words that together say nothing: « à la »
MANY = 4  # codes that share a cue: it tells them apart no more


def check_cues(codebook: Codebook) -> Iterator[Remark]:
    """Remarks on cues, in no order. Raises EnqueteError(NO_MODEL)."""
    yield from _shared(codebook)
    for code in codebook.codes:
        yield from _written(code)
        for pattern in code.cues.patterns:
            if fault := pattern_fault(pattern):
                yield error(code.line(pattern_text(pattern)), f"un motif de {code.id} {fault}")
    parsed = read_cues([codebook], {})
    cues = compile_cues([codebook], parsed)
    mute = _mute(cues, parsed)
    for cue in cues:
        line = codebook.by_id[cue.code].line(cue.text)
        if cue in mute:
            yield warning(line, f"l'indice « {cue.text} » de {cue.code} ne trouve rien, pas même lui-même.")
        elif not cue.exact and not any(element.heavy for element in cue.elements) and len(cue.elements) < FEW:
            yield warning(line, f"l'indice « {cue.text} » de {cue.code} se trouve presque partout.")


def _written(code: Code) -> Iterator[Remark]:
    """Empty and repeated cues."""
    for kind, cues in (("mots", code.cues.words), ("expressions", code.cues.lemmas)):
        for cue, count in Counter(cues).items():
            if not re.search(r"\w", cue):
                yield error(code.line(cue), f"un indice de {code.id} ({kind}) est vide.")
            elif count > 1:
                yield warning(code.line(cue), f"l'indice « {cue} » est écrit {count} fois dans {code.id} ({kind}).")


def _shared(codebook: Codebook) -> Iterator[Remark]:
    holders: dict[str, dict[str, int]] = {}  # cue -> its line in each code
    for code in codebook.codes:
        for cue in dict.fromkeys([*code.cues.words, *code.cues.lemmas]):
            holders.setdefault(cue.casefold(), {})[code.id] = code.line(cue)
    for cue, lines in holders.items():
        if len(lines) >= MANY:
            message = f"l'indice « {cue} » ne départage pas {len(lines)} codes : {', '.join(lines)}."
            yield warning(min(lines.values()), message)


def _mute(cues: list[Cue], parsed: Mapping[str, ParsedTurn]) -> set[Cue]:
    """The cues that are not found in their own text."""
    finder = Finder(cues)
    places = Places(finder.vocabulary)
    found = {(text, hit.key) for text, turn in parsed.items() for hit in finder.find(turn, places.of(turn))}
    return {cue for cue in cues if (cue.text, cue.key) not in found}
