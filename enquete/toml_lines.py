"""On which line each key of a TOML text stands, and its faults: tomllib reads the values and forgets their places."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

KeyPath = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
# What must be skipped whole to see which brackets are punctuation; the long delimiters come first.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[{\]}\n]",
    re.DOTALL,
)


def key_lines(source: str) -> dict[KeyPath, int]:
    """The line, from 1, of each table, array item of tables and key of a valid TOML text.

    Keys within an inline table or a list have no line of their own.
    """
    lines: dict[KeyPath, int] = {}
    items: Counter[KeyPath] = Counter()  # tables of each array of tables so far
    table: KeyPath = ()
    for start, line in _statements(source):
        if header := _HEADER.match(source, start):
            table = _resolved(_parts(header[2]), items)
            if header[1] == "[[":
                lines.setdefault(table, line)
                items[table] += 1
                table = (*table, items[table] - 1)
            lines[table] = line
        elif assignment := _ASSIGNMENT.match(source, start):
            path = table
            for part in _parts(assignment[1]):
                path = (*path, part)
                lines.setdefault(path, line)
    return lines


def _statements(source: str) -> Iterator[tuple[int, int]]:
    """(position, line) of each line of the text that doesn't continue a value begun above it."""
    yield 0, 1
    depth = 0
    line = 1
    for token in _TOKEN.finditer(source):
        line += token[0].count("\n")
        if token[0] in ("[", "{"):
            depth += 1
        elif token[0] in ("]", "}"):
            depth -= 1
        elif token[0] == "\n" and depth == 0:
            yield token.end(), line


def _resolved(parts: KeyPath, items: Counter[KeyPath]) -> KeyPath:
    """[a.b] under [[a]] belongs to the last item of a."""
    path: KeyPath = ()
    for part in parts[:-1]:
        path = (*path, part)
        if items[path]:
            path = (*path, items[path] - 1)
    return (*path, parts[-1])


def _parts(dotted: str) -> KeyPath:
    """« a."b c" » -> ("a", "b c"), as tomllib itself understands it."""
    value: object = tomllib.loads(f"{dotted} = 0")
    path: list[str | int] = []
    while isinstance(value, dict):
        key, value = next(iter(value.items()))
        path.append(key)
    return tuple(path)


def syntax_line(source: str, message: str) -> int:
    """The line of a syntax error. tomllib says « (at line 3, column 5) », or « (at end of document) »."""
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else source.rstrip().count("\n") + 1


def faults_by_line(faults: Iterable[tuple[KeyPath, str, bool]], lines: Mapping[KeyPath, int]) -> str:
    """One line of text a fault, in the order of the file: (key, what is wrong, whether the key stands in the file)."""
    told = []
    for path, message, present in faults:
        line = _line(path, lines) if present else 0
        place = f"ligne {line}, " if line else ""
        told.append((line, f"  {place}« {_dotted(path)} » : {message}"))
    return "\n".join(text for _, text in sorted(told))


def _line(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Where the key stands, or the nearest one that holds it; 0 when nowhere."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


def _dotted(path: KeyPath) -> str:
    """Items of a list are counted from 1."""
    return ".".join(f"n° {part + 1}" if isinstance(part, int) else part for part in path)
