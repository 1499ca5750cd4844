"""Writes a changed codebook into the text of its file: what did not change keeps its words, comments and layout.

Only files in the usual layout are edited (a field a line, codes as a list of dashes); any other is written anew by
`dump`. Either way, what is given reads back as the codebook that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from enquete.codebook.types import Code, Codebook
from enquete.codebook.yaml_file import CODE_KEYS, Dumper, compose, dump, loads, plain
from enquete.errors import EnqueteError

_WIDTH = 110


class _OtherLayoutError(Exception):
    """The text is laid out in a way that is not edited."""


def edited(text: str, after: Codebook, renamed: Mapping[str, str] | None = None) -> str:
    """The file's text for `after`. text: as it is now; renamed: new id -> the id that the text has."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        new = _File(text).written(after, renamed or {})
        if loads(new, "nouvelle grille") == after:
            return new
    except (_OtherLayoutError, EnqueteError):
        pass
    return dump(after)


@dataclass(frozen=True, slots=True)
class _Block:
    """One code in the text. code: as it reads; above: the lines between the code before and it; fields: its lines, by
    field; lead: what stands before the first field, « `  - ` ».
    """

    code: Code
    above: list[str]
    lead: str
    fields: dict[str, list[str]]

    def lines(self) -> list[str]:
        return [*self.above, *(line for lines in self.fields.values() for line in lines)]


class _File:
    """The lines of a codebook's file. Raises _OtherLayoutError when they can't be told apart."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._before = loads(text, "grille")
        root = compose(text)
        if not isinstance(root, yaml.MappingNode) or root.flow_style:
            raise _OtherLayoutError
        self._keys = {key.value: (key, value) for key, value in root.value}
        codes = self._keys["codes"][1]
        if not isinstance(codes, yaml.SequenceNode) or codes.flow_style or not codes.value:
            raise _OtherLayoutError
        starts = [node.start_mark.line for node in codes.value]
        last = min((k.start_mark.line for k, _ in root.value if k.start_mark.line > starts[0]), default=None)
        end = len(self._lines) if last is None else last
        self._first, self._end = starts[0], end
        self._blocks: list[_Block] = []
        above: list[str] = []
        for node, start, stop in zip(codes.value, starts, [*starts[1:], end], strict=True):
            fields, below = self._read(node, start, stop)
            lead = self._lines[start][: node.start_mark.column]
            self._blocks.append(_Block(self._before.codes[len(self._blocks)], above, lead, fields))
            above = below
        self._tail = above

    def _read(self, node: yaml.Node, start: int, stop: int) -> tuple[dict[str, list[str]], list[str]]:
        """The lines of each field, and those after the last one that belong to what follows."""
        if not isinstance(node, yaml.MappingNode) or node.flow_style or not self._lines[start].lstrip().startswith("-"):
            raise _OtherLayoutError
        column, lines = node.start_mark.column, self._lines
        below = _loose(lines[start:stop], column - 1)
        stop -= len(below)
        marks = [(key.value, key.start_mark) for key, _ in node.value]
        firsts = [mark.line for _, mark in marks]
        if firsts != sorted(set(firsts)) or any(mark.column != column for _, mark in marks):
            raise _OtherLayoutError
        return {
            name: lines[mark.line : after] for (name, mark), after in zip(marks, [*firsts[1:], stop], strict=True)
        }, below

    def written(self, after: Codebook, renamed: Mapping[str, str]) -> str:
        """As `edited`."""
        known = {code.id for code in after.codes}
        lead = self._blocks[0].lead
        head, read, lines = self._head(after), 0, list[str]()
        places = {block.code.id: place for place, block in enumerate(self._blocks)}
        for code in after.codes:
            place = places.get(renamed.get(code.id, code.id))
            if place is None:
                lines += _whole(code, known, lead)
                continue
            if place < read:
                raise _OtherLayoutError  # codes in another order
            for dropped in self._blocks[read:place]:
                lines += dropped.above
            lines += _changed(self._blocks[place], code, known)
            read = place + 1
        for dropped in self._blocks[read:]:
            lines += dropped.above
        return "\n".join([*head, *lines, *self._tail, *self._lines[self._end :]])

    def _head(self, after: Codebook) -> list[str]:
        """The lines before the codes, with the id, label and version of the codebook."""
        head = self._lines[: self._first]
        if (after.id, after.label) != (self._before.id, self._before.label):
            raise _OtherLayoutError
        if "version" not in self._keys:
            head.insert(self._keys["codes"][0].start_mark.line, f"version: {after.version}")
            return head
        line = self._keys["version"][1].start_mark.line
        if line >= self._first:
            raise _OtherLayoutError
        head[line] = re.sub(r"(version\s*:\s*)\S+", rf"\g<1>{after.version}", head[line], count=1)
        return head


def _loose(lines: Sequence[str], column: int) -> list[str]:
    """The last lines that are empty, or comments no deeper than the column: they belong to what follows."""
    count = 0
    for line in reversed(lines):
        words = line.lstrip(" ")
        if words and not (words.startswith("#") and len(line) - len(words) <= column):
            break
        count += 1
    return list(lines[len(lines) - count :])


def _changed(block: _Block, code: Code, known: set[str]) -> list[str]:
    """The code's lines, where fields that say the same stay as they are."""
    wanted = plain(code, known)
    fields = dict(block.fields)
    for name in CODE_KEYS:
        same = getattr(block.code, name) == getattr(code, name)
        if same and (name in fields or name not in wanted):
            continue
        lines = _field(name, wanted[name], block.lead) if name in wanted else []
        if name in fields:
            fields[name] = [*lines, *_loose(fields[name], len(block.lead))]
        elif lines:
            fields = _inserted(fields, name, lines)
    first, *others = fields.values()
    if not first:
        raise _OtherLayoutError
    first = [block.lead + first[0][len(block.lead) :], *first[1:]]
    return [*block.above, *(line for lines in (first, *others) for line in lines)]


def _inserted(fields: Mapping[str, list[str]], name: str, lines: list[str]) -> dict[str, list[str]]:
    """The field after those that usually come before it."""
    before = [key for key in fields if CODE_KEYS.index(key) < CODE_KEYS.index(name)]
    after = before[-1] if before else next(iter(fields))
    found: dict[str, list[str]] = {}
    for key, value in fields.items():
        found[key] = value
        if key == after:
            found[name] = lines
    return found


def _field(name: str, value: object, lead: str) -> list[str]:
    text = yaml.dump({name: value}, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return [" " * len(lead) + line if line else line for line in text.rstrip("\n").split("\n")]


def _whole(code: Code, known: set[str], lead: str) -> list[str]:
    lines = [line for name, value in plain(code, known).items() for line in _field(name, value, lead)]
    return [lead + lines[0][len(lead) :], *lines[1:]]
