"""What could be a speaker's label at the head of a line. Nothing is decided here: see `speakers`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from enquete.model import Span
from enquete.readers import times, words
from enquete.readers.source import Line


class Shape(Enum):
    """What sets the label apart from the speech."""

    GIVEN = auto()  # the format says so: a table cell, a voice tag
    BRACKET = auto()
    COLON = auto()
    DASH = auto()
    TAB = auto()
    DOT = auto()
    ALONE = auto()
    BOLD = auto()
    CAPITALS = auto()


class Kind(Enum):
    """What the label's words look like."""

    ROLE = auto()
    PATTERN = auto()
    LETTER = auto()
    INITIALS = auto()
    NAME = auto()
    OTHER = auto()
    NEVER = auto()


UNLIKELY = (Kind.OTHER, Kind.NEVER)


@dataclass(frozen=True, slots=True)
class Head:
    """A possible label on lines[line]; the speech that follows begins at text[speech].

    key: the folded label. distinct: in bold, or in capitals or before a time
    on a line of its own. timed: a time stands beside it. alone: nothing follows on the line.
    """

    line: int
    label: Span
    key: str
    shape: Shape
    kind: Kind
    speech: int
    distinct: bool = False
    timed: bool = False
    alone: bool = False
    begin: float | None = None
    end: float | None = None


_SPACE = rf"[\s{words.INVISIBLE}]"
_LEAD = re.compile(
    rf"(?:{_SPACE}|>+{_SPACE}|[-*+•]{_SPACE}+(?=\*\*|__)|\#+{_SPACE}|\*\*|__|[*_](?=\w|\[))*"
    r"(?:\d{1,4}\s?[.)–-]?\s+(?=[^\W\d_]|\*\*|\[))?"  # the number of the turn
    rf"(?:\[?\d{{1,2}}/\d{{1,2}}/\d{{2,4}},?\s(?:à\s)?{times.CLOCK}\]?\s*(?:-\s*)?)?"  # the date of a message
    r"(?:\*\*|__)?"
)
_PREFIX = re.compile(rf"(?P<time>{times.STRETCH})(?:\s*[-–—:|]\s*|\s+|(?=\[))(?:\*\*|__)?")
# No space before a letter count: « Fille de la participante », « Enquêté·e », « Mme B. (mère) », « Marie-Lou D’A. ».
_WORDS = (
    r"[^\W\d_](?:[\w\u0300-\u036f.'’·•&°/-]|[ \u00a0\u202f](?![-\s])){0,44}?"
    r"(?:\s?\((?=[^()]*[^\W\d_])[^():]{1,40}\))?"
)
# « Anne, enquêtrice », « Mme K., 45 ans »: who it is may follow the name.
_PROFILE = r"(?:,[ \u00a0](?:\d|[^\W\d_])[\w\u0300-\u036f'’.·, \u00a0-]{1,40})?"
_MARK = r"(?:\*\*|__|[*_])?"
_AFTER = rf"(?:\s*-?\s*(?P<time>{times.BRACKETED}|(?<=\s){times.STRETCH}(?=\s*:|\s*$)))?"
_BRACKET = re.compile(
    rf"[\[({{<]\s*(?P<label>[^\[\](){{}}<>:\n]{{1,45}}?)\s*(?:[\])}}>]|(?=\s*\({times.CLOCK}))\s*:?"
    rf"(?:\s*(?P<time>{times.BRACKETED}|{times.STRETCH}(?=\s*:?\s*$)|\(\s*(?=$)))?\s*(?P<colon>:)?\s*{_MARK}"
)
_LOOSE_BRACKET = re.compile(rf"(?P<label>{_WORDS})\s*\]\s*(?P<time>{times.STRETCH})?\s*:?\s*$")
_COLON = re.compile(
    rf"(?P<label>{_WORDS}{_PROFILE}){_AFTER}\s*{_MARK}\s*[:：](?!//)(?!(?<=\d[:：])\d)(?:\s*(?P<time2>{times.BRACKETED}|{times.LONG}\s*$))?\s*:?{_MARK}"
)
_TIME = re.compile(
    rf"(?P<label>{_WORDS}){_MARK}(?:\s*(?:[-–—]\s*)?(?P<time>{times.BRACKETED})\s*[-–—]?\s*|\s+(?:[-–—]\s*)?(?P<time2>{times.STRETCH}|{times.SPELT})\s*$)"
)
_DASH = re.compile(rf"(?P<label>{_WORDS}){_MARK}(?:\s*[–—]+|\s*[-/>=;|](?=\s)|\s-+(?=\S)){_MARK}\s*")
_TAB = re.compile(rf"(?P<label>{_WORDS}){_MARK}[  ]*\t+\s*")
# « M. Untel – »: the point belongs to the title, not to the label.
_TITLED = r"(?!M\.[ \u00a0\u202f][^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}\s?[–—-]\s)"
_DOT = re.compile(rf"{_TITLED}(?P<label>[A-ZÀ-Ý](?:\.?[A-ZÀ-Ý]){{0,2}}\d?){_MARK}\.{_MARK}[ \t\u00a0\u202f]+(?=\S)")
_ALONE = re.compile(rf"(?P<label>{_WORDS}){_MARK}\s*$")
# A label whose colon was forgotten: « Enquêtrice Et là ? »
_FORGOTTEN = re.compile(
    r"(?P<label>(?i:enqu[êe]t|interview|chercheu|participant)[\w·.()]*(?: \d{1,2})?)\s+(?=[A-ZÀ-Ý«])"
)
_CAPITALS = re.compile(
    r"(?P<label>[A-ZÀ-ÖØ-Ý][A-ZÀ-ÖØ-Ý'’.-]+(?: [A-ZÀ-ÖØ-Ý][A-ZÀ-ÖØ-Ý'’.-]+){0,3})\s+(?=[«(]?\s?\w*[a-zà-ÿ])"
)
_ORDER = (
    (_COLON, Shape.COLON),
    (_TIME, Shape.ALONE),
    (_TAB, Shape.TAB),
    (_DOT, Shape.DOT),
    (_DASH, Shape.DASH),
    (_ALONE, Shape.ALONE),
    (_FORGOTTEN, Shape.CAPITALS),
    (_CAPITALS, Shape.CAPITALS),
)
_ENDS_SENTENCE = re.compile(r"[?!…,;\"«»]|\w{3}\.\s+\w")
_INITIAL_FIRST = re.compile(r"[^\W\d_]\.\s+(\w+)")  # « A. Martin », but « E. Alors » is a label and a word
_FULL_STOP = re.compile(r"\w{3}\.$")
_DESCRIBED = re.compile(r"(?P<name>[^(),]*[^(),\s])(?:\s?\((?P<inside>[^()]+)\)|,\s(?P<after>.+))")
_LONGEST = 6  # words of a label: « Fille de la participante (Awa) »


def head_of(text: str, line: Line, index: int) -> Head | None:
    """The label that the line may begin with."""
    if line.front:
        return None
    if line.speaker:
        return _head(text, index, line.speaker, Shape.GIVEN, line.speech.start if line.speech else line.end)
    start = line.speech.start if line.speech else line.start
    end = line.speech.end if line.speech else line.end
    body = text[start:end]
    at = _matched_end(_LEAD, body, 0)
    prefix = _PREFIX.match(body, at)
    if prefix:
        at = prefix.end()
        at = _matched_end(_LEAD, body, at)
    begin, finish = times.stretch(prefix["time"]) if prefix else (None, None)
    match, shape = _match(body, at)
    bold_end = line.bold - start if line.bold > line.start else 0
    bold = _bold_label(body, at, bold_end, match)
    if bold:
        label, shape, after, time = bold, Shape.BOLD, bold_end, ""
    elif match:
        label, after = Span(*match.span("label")), match.end()
        groups = match.groupdict()
        time = groups.get("time") or groups.get("time2") or ""
    else:
        return None
    if time:
        begin, finish = times.stretch(time)
    rest = body[after:]
    return _head(
        text,
        index,
        Span(start + label.start, start + label.end),
        shape,
        start + after,
        distinct=bool(bold)
        or 0 < label.end <= bold_end
        or (shape is Shape.ALONE and _stands_out(label.of(body), time)),
        timed=bool(time or prefix),
        alone=not re.search(r"\w", rest),
        begin=begin,
        end=finish,
    )


def _stands_out(label: str, time: str) -> bool:
    """On a line of its own, in capitals or before a time: « Anne Martin  0:03 » (« 0:03 Dommage » may be speech)."""
    return label.isupper() or bool(time)


def _matched_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _match(body: str, at: int) -> tuple[re.Match[str] | None, Shape]:
    if body[at : at + 1] in ("[", "(", "{", "<"):
        return _BRACKET.match(body, at), Shape.BRACKET
    loose = _LOOSE_BRACKET.match(body, at)
    if loose:
        return loose, Shape.BRACKET
    for pattern, shape in _ORDER:
        match = pattern.match(body, at)
        if match and plausible(match["label"]) and not (pattern is _ALONE and _FULL_STOP.search(match["label"])):
            return match, shape
    return None, Shape.ALONE


def _bold_label(body: str, at: int, bold_end: int, match: re.Match[str] | None) -> Span | None:
    """A short bold beginning, where punctuation doesn't already set the label apart."""
    if bold_end <= at or not body[bold_end:].strip() or (match and match.re not in (_ALONE, _CAPITALS, _DOT)):
        return None
    label = body[at:bold_end].rstrip(" :.\t\u00a0\u202f–—-")
    fits = label[:1].isalpha() and ":" not in label and plausible(label)
    return Span(at, at + len(label)) if fits else None


def name_of(label: str) -> str:
    """The label without what it says of the person, unless that is a role: « Mme K. » for « Mme K. (45 ans, au RSA) »
    and « Mme K., 45 ans »."""
    match = _DESCRIBED.fullmatch(label)
    if not match:
        return label
    said = match["inside"] or match["after"]
    tells_age = re.search(r"\d", said)
    return match["name"] if tells_age or (match["inside"] and words.role_of(words.fold(said)) is None) else label


def _is_name_and_role(label: str) -> bool:
    """« Anne, enquêtrice »."""
    name, comma, role = label.partition(", ")
    return bool(comma) and words.is_role_phrase(role) and is_name(name)


def plausible(label: str) -> bool:
    """Whether the words could name a speaker at all."""
    label = name_of(label)
    if ", " in label:
        return _is_name_and_role(label)
    if _ENDS_SENTENCE.search(label) or len(label.split()) > _LONGEST:
        return False
    initial = _INITIAL_FIRST.match(label)
    if not initial or len(initial[1]) == 1:
        return True
    return initial[1][0].isupper() and words.fold(initial[1]) not in words.NOT_SPEAKERS


def _head(
    text: str,
    index: int,
    label: Span,
    shape: Shape,
    speech: int,
    *,
    distinct: bool = False,
    timed: bool = False,
    alone: bool = False,
    begin: float | None = None,
    end: float | None = None,
) -> Head | None:
    written = unicodedata.normalize("NFC", name_of(label.of(text)))
    key = words.key(written)
    if not key:
        return None
    kind = kind_of(written, key)
    return Head(index, label, key, shape, kind, speech, distinct, timed, alone, begin, end)


def kind_of(written: str, key: str) -> Kind:
    """What the label's words look like."""
    if words.PATTERN.fullmatch(key):
        return Kind.PATTERN
    if key in words.LETTERS:
        return Kind.LETTER
    letters = re.sub(r"[\W\d_]", "", written)
    if len(letters) <= 3 and letters.isupper() and key not in words.NEVER_INITIALS:
        return Kind.INITIALS
    if key in words.NOT_SPEAKERS or key.split()[0] in words.STAGE:
        return Kind.NEVER
    if words.is_role_phrase(written) or _is_name_and_role(written):
        return Kind.ROLE
    if is_name(written):
        return Kind.NAME
    return Kind.OTHER


def is_name(written: str) -> bool:
    """Every word begins with a capital, particles aside, and the first is no word that opens sentences."""
    found = re.findall(r"[^\W\d_][\w'’-]*", written)
    if not found or not found[0][0].isupper():
        return False
    if words.fold(found[0]) in words.TITLES:
        found = found[1:] or ["Madame"]
    if words.fold(found[0]) in words.HONORIFICS and len(found) > 1:
        found = found[1:]
    first = words.fold(re.split(r"['’]", found[0])[0])
    if len(first) > 1 and first in words.NOT_SPEAKERS - words.TITLES:
        return False
    return all(w[0].isupper() or words.fold(w) in words.PARTICLES or re.match(r"[dl]['’]\w", w) for w in found)
