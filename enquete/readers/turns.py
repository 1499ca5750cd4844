"""From a source to a transcript: labels found, speakers decided, speech cut from what isn't speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.model import RawTurn, Role, Span, Speaker, Transcript
from enquete.readers import front as front_matter
from enquete.readers import labels, roles, speakers, surroundings, times, unlabelled, words
from enquete.readers.asides import Voiced, split
from enquete.readers.labels import Head
from enquete.readers.source import Line, Source, trimmed

_LONG_FRONT = 60  # words before the first speaker that look like lost speech

NO_SPEAKER = (
    "Aucun locuteur reconnu : le texte entier forme un seul tour, de rôle inconnu. Pour distinguer les voix, "
    "mettez une étiquette au début de chaque prise de parole, par exemple « Enquêtrice : »."
)


@dataclass(slots=True)
class _Open:
    """A turn being read. speaker: None where nobody is named."""

    speaker: int | None
    label: Span | None
    pieces: list[Span]
    begin: float | None = None
    end: float | None = None


def transcript(source: Source, asked: Mapping[str, Role]) -> Transcript:
    """asked: roles that the user gives, by folded label."""
    text, lines = source.text, source.lines
    front = front_matter.find(text, lines)
    heads = [
        head
        for index, line in enumerate(lines)
        if index not in front.lines and (head := labels.head_of(text, line, index))
    ]
    heads = _timed_by_line_above(text, lines, heads)
    cast = speakers.cast(heads, _paragraph_starts(text, lines, heads), frozenset(asked) | frozenset(front.roles))
    if _leaves_most_out(source, front, cast):
        cast = speakers.NOBODY
    unnamed = None if cast.voices or source.cut_by_time else unlabelled.cast(text, lines, front.lines)
    cast = unnamed or cast
    around, notes = surroundings.find(text, lines, {head.line for head in cast.heads})
    opened, preamble = _read(source, front.lines | around, cast)
    voiced = _with_asides(text, opened, cast)
    turns = _merged(voiced) if source.cut_by_time else voiced
    people, found, warnings = _people(text, turns, cast, asked, front)
    if not people:
        return _without_speakers(source, front, preamble, found)
    if unnamed:
        warnings.append(unlabelled.WARNING)
    spoken = sum(len(s.of(text).split()) for s in preamble if s.start not in _starts(lines, front.lines | around))
    if spoken > _LONG_FRONT:
        warnings.append(f"Les {spoken} mots qui précèdent le premier locuteur ne sont pas repris comme parole.")
    if notes:
        written = sum(len(text[lines[n].start : lines[n].end].split()) for n in notes)
        warnings.append(f"Les notes qui suivent l'entretien ({written} mots) ne sont pas reprises comme parole.")
    return Transcript(
        text, found, people, tuple(preamble), front.metadata, source.properties, (*source.warnings, *warnings)
    )


def _leaves_most_out(source: Source, front: front_matter.Front, cast: speakers.Cast) -> bool:
    """Labels that only begin when most of the text is past are no labels."""
    first = min((head.line for head in cast.heads), default=0)
    counts = [
        0 if n in front.lines or line.front else len(source.text[line.start : line.end].split())
        for n, line in enumerate(source.lines)
    ]
    return sum(counts[:first]) > max(2 * _LONG_FRONT, sum(counts[first:]))


def _starts(lines: Sequence[Line], indices: frozenset[int]) -> set[int]:
    return {lines[i].start for i in indices}


def _timed_by_line_above(text: str, lines: Sequence[Line], heads: list[Head]) -> list[Head]:
    """A label under a line that holds a time alone is timed by it."""
    return [head if head.timed else _timed(text, lines, head) for head in heads]


def _timed(text: str, lines: Sequence[Line], head: Head) -> Head:
    above = lines[head.line - 1] if head.line else Line(0, 0)
    if times.ONLY_TIME.fullmatch(text, above.start, above.end):
        begin, end = times.stretch(text[above.start : above.end])
        return replace(head, timed=head.alone, begin=begin, end=end)
    opens_cue = "-->" in text[above.end : lines[head.line].start]
    if head.alone and opens_cue and not _ends_cue(text, lines, head.line):
        return replace(head, timed=True)
    return head


def _ends_cue(text: str, lines: Sequence[Line], index: int) -> bool:
    return index + 1 == len(lines) or "-->" in text[lines[index].end : lines[index + 1].start]


def _paragraph_starts(text: str, lines: Sequence[Line], heads: Sequence[Head]) -> set[int]:
    """Lines that follow a blank one; every line where there are no blank ones, or none above the labels."""
    after_blank = {
        index
        for index, line in enumerate(lines)
        if not index or len(re.findall(r"\r\n|\r|\n", text[lines[index - 1].end : line.start])) > 1
    }
    labelled = [h.line for h in heads if h.shape is labels.Shape.COLON and h.kind not in labels.UNLIKELY]
    apart = sum(line in after_blank for line in labelled) >= len(labelled) / 2
    return after_blank if apart and len(after_blank) > max(1, len(lines) / 6) else set(range(len(lines)))


def _read(source: Source, skipped: frozenset[int], cast: speakers.Cast) -> tuple[list[_Open], list[Span]]:
    """Turns with the pieces of their lines, and what precedes or surrounds them."""
    text, lines = source.text, source.lines
    by_line = {head.line: head for head in cast.heads}
    turns: list[_Open] = []
    front: list[Span] = []
    wrapped = source.cut_by_time or _is_wrapped(text, lines, by_line)
    for index, line in enumerate(lines):
        head = by_line.get(index)
        if index in skipped or line.front or (line.heading and not head) or (not head and cast.voices and not turns):
            front.append(Span(line.start, line.end))
            continue
        if head:
            begin = head.begin if head.begin is not None else line.begin
            end = head.end if head.end is not None else line.end_time
            turns.append(_Open(cast.numbers[head.key], head.label or None, [], begin, end))
        elif not turns:
            turns.append(_Open(None, None, [], line.begin, line.end_time))
        elif line.end_time is not None:
            turns[-1].end = line.end_time
        if times.ONLY_TIME.fullmatch(text, line.start, line.end):
            continue
        speech = head.speech if head else line.speech.start if line.speech else line.start
        pieces = _pieces(text, line, speech)
        if pieces and wrapped and not head and turns[-1].pieces and _joins(text, turns[-1].pieces[-1], pieces[0]):
            last = turns[-1].pieces.pop()
            pieces[0] = Span(last.start, pieces[0].end)
        turns[-1].pieces += pieces
    return [t for t in turns if t.pieces], front


def _pieces(text: str, line: Line, start: int) -> list[Span]:
    """The speech of a line from `start`, without markup and times."""
    end = line.speech.end if line.speech else line.end
    cuts = [*line.cuts, *(Span(*m.span()) for m in times.INSIDE.finditer(text, start, end))]
    pieces: list[Span] = []
    for cut in [*sorted(cuts), Span(end, end)]:
        piece = trimmed(text, start, min(cut.start, end), letters=not pieces)
        if piece:
            pieces.append(piece)
        start = max(start, cut.end)
    return pieces


def _is_wrapped(text: str, lines: Sequence[Line], heads: Mapping[int, Head]) -> bool:
    """Whether lines are cut at a width: those that another line continues are nearly as long as the longest."""
    if any(line.speech or line.cuts or line.bold > line.start for line in lines):
        return False
    longest = max((line.end - line.start for line in lines), default=0)
    continued = [
        line.end - line.start
        for index, line in enumerate(lines[:-1])
        if index + 1 not in heads
        and _joins(text, Span(line.start, line.end), Span(lines[index + 1].start, lines[index + 1].end))
    ]
    return (
        40 <= longest <= 130 and len(continued) > 2 and sum(n >= longest - 20 for n in continued) > 0.8 * len(continued)
    )


def _joins(text: str, before: Span, after: Span) -> bool:
    return re.fullmatch(r"[ \t\u00a0]*(?:\r\n|\r|\n)[ \t\u00a0]*", text[before.end : after.start]) is not None


def _with_asides(text: str, opened: Sequence[_Open], cast: speakers.Cast) -> list[RawTurn]:
    """Turns, cut where another voice speaks inside one."""
    turns: list[RawTurn] = []
    for turn in opened:
        speaker = turn.speaker if turn.speaker is not None else -1
        parts: list[Voiced] = split(text, turn.pieces, speaker, cast)
        for number, part in enumerate(parts):
            label = part.label or (turn.label if not number else None)
            turns.append(RawTurn(part.speaker, part.pieces, label, turn.begin, turn.end))
    return turns


def _merged(turns: Sequence[RawTurn]) -> list[RawTurn]:
    """Neighbouring pieces of one speaker as one turn."""
    merged: list[RawTurn] = []
    for turn in turns:
        if merged and merged[-1].speaker == turn.speaker:
            last = merged[-1]
            end = turn.end if turn.end is not None else last.end
            merged[-1] = replace(last, speech=last.speech + turn.speech, end=end)
        else:
            merged.append(turn)
    return merged


def _people(
    text: str,
    turns: Sequence[RawTurn],
    cast: speakers.Cast,
    asked: Mapping[str, Role],
    front: front_matter.Front,
) -> tuple[tuple[Speaker, ...], tuple[RawTurn, ...], list[str]]:
    """Speakers numbered in the order in which they first speak, the turns that refer to them, the warnings."""
    order: dict[int, int] = {}
    for turn in turns:
        order.setdefault(turn.speaker, len(order))
    if set(order) <= {-1}:
        return (), tuple(turns), []
    found = tuple(replace(turn, speaker=order[turn.speaker]) for turn in turns)
    spellings: list[Counter[str]] = [Counter() for _ in order]
    speech: list[list[str]] = [[] for _ in order]
    for turn in found:
        if turn.label:
            spellings[turn.speaker][turn.label.of(text)] += 1
        speech[turn.speaker].append(" ".join(s.of(text) for s in turn.speech))
    voices = [
        roles.Voice(
            cast.voices[number]
            if 0 <= number < len(cast.voices)
            else tuple(words.fold(s) for s in spellings[rank]) or ("",),
            tuple(speech[rank]),
            rank,
        )
        for number, rank in order.items()
    ]
    given, warnings = roles.assign(voices, asked, front.roles, front.interviewers)
    for number, rank in order.items():
        wrong = cast.misspelt[number] if 0 <= number < len(cast.misspelt) else 0
        if wrong:
            lines = (
                "1 ligne dont l'étiquette est mal orthographiée lui est rattachée"
                if wrong == 1
                else (f"{wrong} lignes dont l'étiquette est mal orthographiée lui sont rattachées")
            )
            warnings.append(f"Locuteur {rank + 1} : {lines}.")
    people = tuple(
        Speaker(tuple(label for label, _ in spellings[rank].most_common()), role) for rank, role in enumerate(given)
    )
    return people, found, warnings


def _without_speakers(
    source: Source, front: front_matter.Front, preamble: Sequence[Span], turns: Sequence[RawTurn]
) -> Transcript:
    """One turn for the whole text: a pause or a new paragraph isn't a change of speaker, and guessing one would put
    the interviewer's words into the participant's mouth."""
    pieces = tuple(piece for turn in turns for piece in turn.speech)
    begins = [t.begin for t in turns if t.begin is not None]
    ends = [t.end for t in turns if t.end is not None]
    whole = RawTurn(0, pieces, None, min(begins, default=None), max(ends, default=None))
    return Transcript(
        source.text,
        (whole,) if pieces else (),
        (Speaker((), Role.UNKNOWN),) if pieces else (),
        tuple(preamble),
        front.metadata,
        source.properties,
        (*source.warnings, NO_SPEAKER),
    )
