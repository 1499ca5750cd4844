"""JSON of speech recognition: Whisper, faster-whisper, WhisperX, whisper.cpp and those that write alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from enquete.errors import EnqueteError, Problem
from enquete.readers import times
from enquete.readers.source import Source, Writer

_LISTS = (
    "segments",
    "utterances",
    "speakers",
    "transcription",
    "chunks",
    "audio_segments",
    "transcript",
    "results",
    "monologues",
)
_TEXTS = ("text", "transcript", "content")
_SPEAKERS = ("speaker", "speaker_id", "speaker_label", "speakerLabel")
_BEGINS, _ENDS = ("start", "begin", "from", "start_time"), ("end", "to", "end_time")
_DEEPEST = 3  # objects within which the segments may lie
_LOOSE = "Certains passages n'ont pas de locuteur : ils sont rattachés au locuteur qui précède."


@dataclass(frozen=True, slots=True)
class _Segment:
    """speaker: empty when nobody is named."""

    speaker: str
    text: str
    begin: float | None
    end: float | None


def read(name: str, text: str) -> Source:
    """One line for what each speaker says at a stretch. Raises EnqueteError for JSON of another kind."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    found = _segments(content)
    if found is None:
        raise EnqueteError(Problem.NOT_A_TRANSCRIPT, where=name)
    segments = [s for s in found if s.text.strip()]
    writer = Writer()
    for speaker, group in groupby(_attributed(segments), key=lambda s: s.speaker):
        said = list(group)
        words = " ".join(" ".join(s.text.split()) for s in said)
        writer.row(speaker, [words], said[0].begin, said[-1].end)
    named = [bool(s.speaker) for s in segments]
    return writer.source(warnings=[_LOOSE] if any(named) and not all(named) else [])


def _attributed(segments: list[_Segment]) -> Iterator[_Segment]:
    last = next((s.speaker for s in segments if s.speaker), "")
    for segment in segments:
        last = segment.speaker or last
        yield _Segment(last, segment.text, segment.begin, segment.end)


def _segments(content: Any, depth: int = _DEEPEST) -> list[_Segment] | None:
    """None when nothing in the file looks like a transcript."""
    if isinstance(content, Mapping):
        for key in _LISTS:
            inner = content.get(key)
            if isinstance(inner, list) and any(isinstance(i, Mapping) and _text(i) for i in inner):
                content = inner
                break
        else:
            nested = [v for v in content.values() if isinstance(v, Mapping)] if depth else []
            found = next((s for v in nested if (s := _segments(v, depth - 1))), None)
            whole = _text(content)
            return found or ([_Segment("", whole, None, None)] if whole else None)
    if not isinstance(content, list) or not any(isinstance(i, Mapping) and _text(i) for i in content):
        return None
    return [segment for item in content if isinstance(item, Mapping) for segment in _of_item(item)]


def _of_item(item: Mapping[str, Any]) -> Iterator[_Segment]:
    """A segment, or several where its words have different speakers."""
    begin, end = _bounds(item)
    speaker = _speaker(item)
    spoken = (
        [w for w in item.get("words") or [] if isinstance(w, Mapping)] if isinstance(item.get("words"), list) else []
    )
    voices = {_speaker(w) for w in spoken} - {""}
    if len(voices) < 2:
        yield _Segment(speaker or next(iter(voices), ""), _text(item), begin, end)
        return
    last = next(_speaker(w) for w in spoken if _speaker(w))
    owned = []
    for word in spoken:
        last = _speaker(word) or last
        owned.append((last, word))
    for voice, group in groupby(owned, key=lambda pair: pair[0]):
        said = [word for _, word in group]
        text = " ".join(str(w.get("word") or w.get("text") or "").strip() for w in said)
        yield _Segment(voice, text, _bounds(said[0])[0], _bounds(said[-1])[1])


def _text(item: Mapping[str, Any]) -> str:
    return next((v for k in _TEXTS if isinstance(v := item.get(k), str)), "")


def _speaker(item: Mapping[str, Any]) -> str:
    value = next((v for k in _SPEAKERS if (v := item.get(k)) is not None), "")
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("id") or ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"SPEAKER_{value:02d}"
    label = " ".join(str(value).split())
    return f"SPEAKER_{int(label):02d}" if label.isdecimal() else label


def _bounds(item: Mapping[str, Any]) -> tuple[float | None, float | None]:
    stamps = item.get("timestamp")
    if isinstance(stamps, list) and len(stamps) == 2:
        return _seconds(stamps[0]), _seconds(stamps[1])
    clocks = item.get("timestamps")
    inner = clocks if isinstance(clocks, Mapping) else item
    begin = next((v for k in _BEGINS if (v := inner.get(k)) is not None), None)
    end = next((v for k in _ENDS if (v := inner.get(k)) is not None), None)
    return _seconds(begin), _seconds(end)


def _seconds(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if 0 <= value < 1e6 else None
    return times.seconds(value) if isinstance(value, str) and ":" in value else None
