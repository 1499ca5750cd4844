"""SRT and WebVTT, well made or not: cue numbers, times and tags are left out of the speech.

The text stays as it is in the file, so the cues are found here and not by a library, which gives no positions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.model import Span
from enquete.readers import times
from enquete.readers.source import Line, Source

_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,:]\d{1,3})?"
_TIMING = re.compile(
    rf"[ \t]*(?P<begin>{_CLOCK}|[\d:.,]+)?[ \t]*-{{1,2}}>[ \t]*(?P<end>{_CLOCK}|[\d:.,]+)?(?P<settings>[^\r\n]*)"
)
_SRT = re.compile(r"\d{2,3}:\d{2}:\d{2},\d{3}")
_VTT = re.compile(r"(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}")
_LINE = re.compile(r"[^\r\n]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\d[\d:.]*>|</>|\{\\[^{}]*\}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<label>[^<>\r\n]+?)[ \t]*>")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?$")
_MALFORMED = (
    "Certains repères de temps des sous-titres sont mal écrits : les paroles sont lues, des durées peuvent manquer."
)


def holds_cues(text: str) -> bool:
    """Whether a text that doesn't say what it is holds at least one line of cue times."""
    return any(m["begin"] and m["end"] for m in map(_TIMING.match, text[:20_000].splitlines()) if m)


def read(text: str) -> Source:
    """Each line of a cue is a line; a voice tag says who speaks from there on."""
    found = list(_lines(text))
    lines = [line for line, _ in found]
    malformed = any(bad for _, bad in found)
    return Source(text, tuple(lines), cut_by_time=True, warnings=(_MALFORMED,) if malformed else ())


def _lines(text: str) -> Iterator[tuple[Line, bool]]:
    """The lines of cues, and whether their times are malformed."""
    vtt = text.lstrip("\ufeff").startswith("WEBVTT")
    rows = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    timing: re.Match[str] | None = None
    skipping = vtt
    for number, (start, end) in enumerate(rows):
        blank = text[start:end].isspace()
        gap = number == 0 or len(re.findall(r"\r\n|\r|\n", text[rows[number - 1][1] : start])) > 1
        if gap and not (number == 0 and vtt):
            skipping = bool(vtt and _BLOCK.match(text[start:end]))
        match = _TIMING.fullmatch(text, start, end)
        if (match and "-->" in match[0]) or (match and match["begin"] and match["end"]):
            timing, skipping = match, False
            continue
        if blank or _is_cue_name(text, rows, number, gap, vtt):
            continue
        if skipping or timing is None:
            yield Line(start, end, front=True), False
            continue
        bad = not _well_written(timing, vtt)
        begin, finish = (times.seconds(timing[k]) if timing[k] else None for k in ("begin", "end"))
        for line in _voices(text, start, end, begin, finish):
            yield line, bad


def _is_cue_name(text: str, rows: list[tuple[int, int]], number: int, gap: bool, vtt: bool) -> bool:
    """A number, or in WebVTT any line, just above a line of times; or a number whose times are missing."""
    start, end = rows[number]
    follows = number + 1 < len(rows) and "->" in text[rows[number + 1][0] : rows[number + 1][1]]
    is_number = text[start:end].strip("\ufeff \t").isdigit()
    return (follows and (is_number or (vtt and gap))) or (is_number and gap and not follows)


def _well_written(timing: re.Match[str], vtt: bool) -> bool:
    pattern = _VTT if vtt else _SRT
    both = [timing["begin"] or "", timing["end"] or ""]
    return all(pattern.fullmatch(t) and times.seconds(t) is not None for t in both) and "-->" in timing[0]


def _voices(text: str, start: int, end: int, begin: float | None, finish: float | None) -> Iterator[Line]:
    """One line for each voice tag, and one for what precedes the first."""
    cuts = tuple(Span(*m.span()) for m in _TAG.finditer(text, start, end))
    voices = list(_VOICE.finditer(text, start, end))
    bounds = [start, *(v.start() for v in voices), end]
    for voice, low, high in zip([None, *voices], bounds[:-1], bounds[1:], strict=True):
        speech = Span(voice.end() if voice else low, high)
        label = Span(*voice.span("label")) if voice else None
        if label:
            label = Span(label.start + len(text[label.start : label.end]) - len(label.of(text).lstrip("/ ")), label.end)
        inside = tuple(c for c in cuts if speech.start <= c.start < speech.end)
        if label or re.search(r"\w", speech.of(text)):
            leading = speech.start
            for cut in inside:
                leading = cut.end if not text[leading : cut.start].strip() else leading
            yield Line(
                low,
                high,
                speaker=label,
                speech=Span(min(leading, high), high),
                cuts=inside,
                begin=begin,
                end_time=finish,
            )
