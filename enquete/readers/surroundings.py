"""What stands between or after the turns and is no speech: section titles, running headers, what tools add about
themselves, and the notes written once the recorder was off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from enquete.readers.source import Line

_ABOUT = r"(?:entretien|interview|enqu[êe]t\w*|chercheu\w*|terrain|enregistrement|transcri\w*|étudiante?)"
_END = re.compile(
    rf"\W*(?:fin|arrêt|arret|end)\b(?: (?:de|du|of|the|la|l['’]))*[ ’']?\s?{_ABOUT}[^.:;?!]{{0,20}}\W*", re.IGNORECASE
)
_NOTES = re.compile(
    r"\W*(?:notes?|remarques?|observations?|impressions?|commentaires?|compte[- ]rendu|journal|carnet)\b(?! qu)"
    rf"(?:[^:.?!]{{0,50}}\b{_ABOUT}\b[^:.?!]{{0,30}}\s*(?::.*|$)|(?: personnelles?| à chaud| finales?)?\s*:?\W*$)"
    rf"|\W*(?:après|hors|suite à|post[- ])\s?(?:l['’])?(?:entretien|enregistrement)\W*(?::.*)?$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\W*(?:transcribed (?:by|with)|transcri(?:t|pt|ption)\b[^.?!]{0,30}\b(?:par|avec|by|with)\b|go unlimited\b"
    r"|this file is longer than)[^?!]{0,120}"
    r"|[^?!:]{2,60} (?:a (?:commencé|démarré|arrêté) la|(?:started|stopped)(?: the)?) transcription\W*",
    re.IGNORECASE,
)
_NUMBERED_TITLE = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,4})(?:\s?[.)–-])+\s*[A-ZÀ-Ý][^.?!…:;,]{2,60}")
_PAGE = re.compile(r"\bpage\s*\d|\bp\.\s?\d|^\W*\d{1,3}\s*(?:/|sur)\s*\d{1,3}\W*$", re.IGNORECASE)
_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*$")
_LONGEST_TITLE = 10  # words


def find(text: str, lines: Sequence[Line], headed: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The lines that aren't speech, and among them those of the notes at the end. headed: lines with a speaker."""
    written = [text[line.start : line.end] for line in lines]
    bare = [n for n in range(len(lines)) if n not in headed]
    running = _running(written, bare)
    titles = {n for n in bare if n + 1 in headed and _is_title(written, lines, n)}
    notices = {n for n in bare if _NOTICE.fullmatch(written[n])}
    notes = _notes(written, lines, max(headed)) if headed else frozenset[int]()
    return frozenset(running | titles | notices | notes), notes


def _running(written: Sequence[str], bare: Collection[int]) -> set[int]:
    """Headers and footers with a page number, in text pasted from a document."""
    pages = {n: re.sub(r"\d+", "0", " ".join(written[n].split())) for n in bare if _PAGE.search(written[n])}
    often = Counter(pages.values())
    return {n for n, shape in pages.items() if often[shape] > 1 and len(shape.split()) <= _LONGEST_TITLE}


def _is_title(written: Sequence[str], lines: Sequence[Line], number: int) -> bool:
    """« 2. Le logement » alone above a turn, but not the last line of a list; or a few words in bold."""
    line = written[number]
    if len(line.split()) > _LONGEST_TITLE:
        return False
    if lines[number].bold >= lines[number].end or _BOLD.match(line):  # stage notes are in italics
        return not re.search(r"[.?!…)\]:,*_]\s*$", line.rstrip("*_ ")) and not line.lstrip(" *_").startswith(("(", "["))
    above = written[number - 1] if number else ""
    return bool(_NUMBERED_TITLE.fullmatch(line.rstrip())) and not _NUMBERED_TITLE.match(above)


def _notes(written: Sequence[str], lines: Sequence[Line], last: int) -> frozenset[int]:
    """What follows the end of the recording, or a title such as « Notes après l'entretien »."""
    for number in range(last + 1, len(lines)):
        if _END.fullmatch(written[number]) or _NOTES.fullmatch(written[number]):
            return frozenset(range(number, len(lines)))
    return frozenset()
