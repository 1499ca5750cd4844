"""On which line each key of a TOML text stands, and its faults in French: tomllib forgets the places of values."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

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


_FAULTS = {
    "missing": "cette clé manque.",
    "string_type": "un texte entre guillemets droits est attendu.",
    "string_too_short": "un texte est attendu, il est vide.",
    "string_too_long": "40 caractères au plus.",
    "string_pattern_mismatch": "lettres, chiffres, tirets et points seulement, sans espace.",
    "int_type": "un nombre entier est attendu, sans guillemets.",
    "bool_type": "true ou false est attendu, sans guillemets.",
    "greater_than_equal": "le plus petit nombre permis est {ge}.",
    "tuple_type": 'une liste entre crochets est attendue : ["a", "b"].',
    "dict_type": 'une section est attendue, avec une ligne par valeur : v1 = "Premier entretien".',
    "model_type": "une section est attendue.",
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "une date est attendue, sans guillemets : 2027-06-30.",
    ),
    "too_long": "{max_length} au plus.",
    "too_short": "une au moins est attendue.",
}


def fault_words(fault: Mapping[str, Any]) -> str:
    """What is wrong, in French, from a fault of pydantic."""
    context = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        choices = re.findall(r"'([^']+)'", context["expected"])
        return f"valeurs possibles : {', '.join(choices)}."
    if fault["type"] == "value_error":
        return str(context["error"])
    return _FAULTS.get(fault["type"], "valeur non comprise.").format(**context)


def unknown_key(name: str, known: Sequence[str]) -> str:
    """What is wrong with a key that is none of those known."""
    close = difflib.get_close_matches(name.lower(), known, n=1)
    if close:
        return f"clé inconnue. Vouliez-vous dire « {close[0]} » ?"
    return f"clé inconnue. Clés possibles : {', '.join(known)}."


def _line(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """Where the key stands, or the nearest one that holds it; 0 when nowhere."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


def _dotted(path: KeyPath) -> str:
    """Items of a list are counted from 1."""
    return ".".join(f"n° {part + 1}" if isinstance(part, int) else part for part in path)
