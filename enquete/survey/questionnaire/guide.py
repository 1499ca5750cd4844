"""Interview guides in Markdown: waves, topics, an opening question, prompts.

    # Guide d'entretien : le « nouveau RSA »

    What the interviewer should know: free paragraphs and lists.

    ## Vague 1 : premier entretien

    ### 1. Une semaine ordinaire (R02, R08)

    Question d'ouverture : « Prenons la semaine dernière. Elle s'est passée comment ? »

    - L'argent : ce qui rentre, ce qui sort ?

    ## Vagues 3 et suivantes : nouvel entretien

A second-level heading that begins with « Vague » opens a wave: « Vague 2 », « Vague v2 », « Vagues 2 et 3 », « Vague 3
et suivantes ». Under it, each heading of a lower rank is a topic; codes of themes stand at its end in parentheses
(« R03.2 à R03.5 » is a range). List items are prompts; other paragraphs are instructions. Other second-level headings
(« Avant de commencer ») are for all waves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode, file_bytes
from enquete.tables import folded

if TYPE_CHECKING:
    from markdown_it.token import Token

_WAVE = re.compile(r"vagues?\s+(.+?)(?:\s*[:–—]\s*(.*))?", re.IGNORECASE | re.DOTALL)
_ONWARDS = re.compile(r"\s*(?:et\s+(?:les\s+)?suivante?s?|et plus|et au[- ]delà|\+)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\bet\b|&)\s*", re.IGNORECASE)
_RANGE = re.compile(r"(\S*?)(\d+)\s*(?:à|-|–)\s*(\S*?)(\d+)")
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)*)[.)]\s+")
_CODES = re.compile(r"\s*\(([^()]*)\)\s*$")
_CODE = re.compile(r"[\w.-]*\d[\w.-]*")
_OPENING = re.compile(r"\W*question d.ouverture\W*?:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"«\s*(.+?)\s*»", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or an item of a list; level of the item in its list, 0 for a paragraph."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What the interviewer should know, under its title."""

    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """title: without its number and codes. codes: of themes, ranges told one by one.

    opening: the opening question, without its quotation marks; "" when there is none. instructions: other paragraphs.
    prompts: items of its lists. line: of the heading.
    """

    title: str
    number: str = ""
    codes: tuple[str, ...] = ()
    opening: str = ""
    instructions: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    line: int = 0

    @property
    def empty(self) -> bool:
        return not (self.opening or self.prompts or self.instructions)


@dataclass(frozen=True, slots=True)
class GuideWave:
    """codes: as the heading says them, « 2 » being « v2 ». onwards: also for the waves after the last of these.

    title: what follows the colon. instructions: paragraphs and items before the first topic. line: of the heading.
    """

    codes: tuple[str, ...]
    title: str
    topics: tuple[Topic, ...]
    instructions: tuple[Passage, ...] = ()
    onwards: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Guide:
    """name: of its file, without extension. parts: for all waves."""

    name: str
    title: str
    source: str
    parts: tuple[Part, ...]
    waves: tuple[GuideWave, ...]

    def wave(self, code: str) -> GuideWave | None:
        """What to ask in the wave of this code of the study."""
        for wave in self.waves:
            if folded(code) in map(folded, wave.codes):
                return wave
        number = _number(code)
        for wave in reversed(self.waves):
            last = max((n for said in wave.codes if (n := _number(said)) is not None), default=None)
            if wave.onwards and None not in (number, last) and (number or 0) > (last or 0):
                return wave
        return None


def _number(code: str) -> int | None:
    found = re.fullmatch(r"\D*(\d+)", code)
    return int(found[1]) if found else None


def read_guide(path: Path) -> Guide:
    """The guide in a Markdown file.

    Raises EnqueteError: FILE_NOT_FOUND, QUESTIONNAIRE_IS_FOLDER, QUESTIONNAIRE_EMPTY, GUIDE_FAULTS.
    """
    if path.is_dir():
        raise EnqueteError(Problem.QUESTIONNAIRE_IS_FOLDER, where=path.name or str(path))
    text = decode(file_bytes(path))[0]
    if not text.strip():
        raise EnqueteError(Problem.QUESTIONNAIRE_EMPTY, where=path.name)
    return guide(path.name, text)


def is_guide(text: str) -> bool:
    """Whether a Markdown text has the heading of a wave, which no questionnaire has."""
    return any(re.match(r"##\s+vagues?\s", line, re.IGNORECASE) for line in text.splitlines())


def guide(source: str, text: str) -> Guide:
    """Raises EnqueteError(GUIDE_FAULTS) when no wave is found."""
    title, parts, waves = "", [], []
    for section in _sections(text):
        said = _WAVE.fullmatch(section.title) if section.level == 2 else None
        if said:
            waves.append([section])
        elif waves and section.level > 2:
            waves[-1].append(section)
        elif section.level == 1 and not title:
            title = section.title
            parts.append(Part("", section.passages))
        elif section.title or section.passages:
            parts.append(Part(section.title, section.passages))
    if not waves:
        message = "aucun titre de vague. Écrivez un titre de niveau 2 par vague : « ## Vague 1 : premier entretien »."
        raise EnqueteError(Problem.GUIDE_FAULTS, where=source, faults=f"\n  {message}")
    name = Path(source).stem
    kept = tuple(part for part in parts if part.passages or part.title)
    return Guide(name, title or name, source, kept, tuple(map(_wave, waves)))


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    level: int
    line: int
    passages: tuple[Passage, ...]


def _sections(text: str) -> Iterator[_Section]:
    """What stands under each heading; first what stands before any, at level 0."""
    from markdown_it import MarkdownIt

    title, level, line, passages = "", 0, 1, list[Passage]()
    depth, heading = 0, False
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            yield _Section(title, level, line, tuple(passages))
            level, line, passages, heading = int(token.tag[1:]), _line(token), [], True
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "inline" and heading:
            title, heading = _plain(token.content), False
        elif token.type == "inline":
            passages.append(Passage(_plain(token.content), depth))
    yield _Section(title, level, line, tuple(passages))


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _plain(text: str) -> str:
    """On one line, without emphasis."""
    bare = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", " ".join(text.split()))
    return re.sub(r"(?<![\w*])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\w*])", r"\1", bare)


def _wave(sections: Sequence[_Section]) -> GuideWave:
    first, *others = sections
    said = _WAVE.fullmatch(first.title)
    spoken, title = (said[1], said[2] or "") if said else ("", "")
    onwards = bool(_ONWARDS.search(spoken))
    names = _BETWEEN.split(_ONWARDS.sub("", spoken))
    codes = tuple(f"v{code}" if code.isdecimal() else code for name in names for code in _ranged(name.strip()))
    return GuideWave(codes, title, tuple(map(_topic, others)), first.passages, onwards, first.line)


def _topic(section: _Section) -> Topic:
    title, codes = _codes(section.title)
    number = _NUMBER.match(title)
    opening, instructions = "", []
    for passage in section.passages:
        found = _OPENING.match(passage.text)
        if passage.level or (opening and found) or not found:
            if not passage.level:
                instructions.append(passage.text)
            continue
        opening, rest = _quoted(passage.text[found.end() :])
        if rest:
            instructions.append(rest)
    return Topic(
        title=title[number.end() :] if number else title,
        number=number[1] if number else "",
        codes=codes,
        opening=opening,
        instructions=tuple(instructions),
        prompts=tuple(passage.text for passage in section.passages if passage.level),
        line=section.line,
    )


def _quoted(text: str) -> tuple[str, str]:
    """The question, and what else the paragraph says."""
    found = _QUOTED.search(text)
    if not found:
        return text.strip(), ""
    return found[1], f"{text[: found.start()].strip()} {text[found.end() :].strip()}".strip()


def _codes(title: str) -> tuple[str, tuple[str, ...]]:
    """A title without the codes at its end; what stands there in parentheses and is no code stays in the title."""
    found = _CODES.search(title)
    if not found:
        return title, ()
    codes = [code for piece in _BETWEEN.split(found[1].strip()) for code in _ranged(piece)]
    if not all(_CODE.fullmatch(code) for code in codes):
        return title, ()
    return title[: found.start()], tuple(codes)


def _ranged(piece: str) -> list[str]:
    """« R03.2 à R03.5 » -> R03.2, R03.3, R03.4, R03.5; anything else as it is."""
    found = _RANGE.fullmatch(piece)
    if not found or found[3] not in ("", found[1]) or not int(found[2]) < int(found[4]) <= int(found[2]) + 99:
        return [piece]
    width = len(found[2])
    return [f"{found[1]}{number:0{width}d}" for number in range(int(found[2]), int(found[4]) + 1)]
