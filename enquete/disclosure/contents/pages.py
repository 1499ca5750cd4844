"""Web pages and plain texts, with the line of each string. Every character is read: nothing is left to a parser."""

from __future__ import annotations

import base64
import binascii
import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from urllib.parse import unquote_to_bytes

from enquete.disclosure.contents.model import Nature, Text

Nested = Callable[[str, bytes], Iterator[Text]]

_PIECE = re.compile(r"(<!--.*?(?:-->|$)|<(?:[a-zA-Z/!?](?:[^\"'<>]++|\"[^\"]*\"|'[^']*')*+)>)", re.DOTALL)
_A_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d+)?")  # too short for a telephone
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
# What may cut a word without ending it.
_INLINE = frozenset(
    ["b", "i", "em", "strong", "u", "s", "span", "a", "mark", "sub", "sup", "small", "big", "font", "abbr", "cite", "q",
     "code", "wbr", "ins", "del", "dfn", "kbd", "samp", "var", "bdi", "bdo", "tt",
     "acronym", "data", "label", "nobr", "strike", "time", "tspan", "textpath"]
)  # fmt: skip
_RAW = {"script": "script", "style": "feuille de style"}
_SHOWN = {
    "alt": "texte de remplacement d'une image",
    "title": "infobulle",
    "placeholder": "texte d'attente d'un champ",
    "aria-label": "description pour lecteur d'écran",
    "aria-description": "description pour lecteur d'écran",
    "href": "adresse d'un lien",
    "src": "adresse d'une image ou d'un script",
    "content": "balise meta",
    "value": "valeur d'un champ",
    "label": "libellé",
    "summary": "résumé d'un tableau",
    "srcdoc": "page incluse",
}
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=-]+)*),([^\s\"')]*)")
_LETTERS = re.compile(r"[^\W\d_]{2}|\d{5}")
_PIECE_LENGTH = 4_000
_OVERLAP = 80  # characters: more than a name


def html_texts(source: str, nested: Nested) -> Iterator[Text]:
    """nested: reads what the page embeds (« data: » addresses)."""
    run: list[str] = []  # text not yet ended by a block
    first = line = 1
    within, title = "", False
    names: dict[str, str] = {}  # of the tags already read: most come back
    for number, piece in enumerate(_PIECE.split(source)):
        lines = piece.count("\n")
        if number % 2 == 0:
            if within:
                yield from _script(within, piece, line, nested)
            elif piece:
                first = first if run else line
                run.append(piece)
        else:
            met = names.get(piece)
            name = _name(piece) if met is None else met
            if within and name == f"/{within}":
                within = ""
            elif within:
                yield from _script(within, piece, line, nested)
            else:
                if run and name.lstrip("/") not in _INLINE and not piece.startswith("<!--"):
                    yield from _paragraphs("titre de la page" if title else "texte de la page", run, first)
                    run = []
                if met is None:
                    names[piece] = name
                    yield from _tag(piece, name, line, nested)
                within = name if name in _RAW else ""
                title = name == "title"
        line += lines
    yield from _paragraphs("texte de la page", run, first)


def _name(piece: str) -> str:
    match = _TAG.match(piece)
    return (match[1] + match[2].lower()) if match else ""


def _paragraphs(place: str, run: list[str], line: int) -> Iterator[Text]:
    text = "".join(run)
    if text and not text.isspace():
        for start, piece in pieces(html.unescape(text)):
            yield Text(place, piece, line=line + start)


def _script(tag: str, text: str, line: int, nested: Nested) -> Iterator[Text]:
    if text and not text.isspace():
        yield from _embedded(text, nested)
        for start, piece in pieces(unescaped(_DATA.sub(" ", text))):
            yield Text(_RAW[tag], piece, Nature.MARKUP, line + start)


def _tag(piece: str, name: str, line: int, nested: Nested) -> Iterator[Text]:
    if not name:  # a comment, a declaration, an instruction
        for start, part in pieces(html.unescape(piece.strip("<!->"))):
            yield Text("commentaire de la page", part, line=line + start)
        return
    for match in _ATTRIBUTE.finditer(piece, len(name) + 1, len(piece) - 1):
        value = html.unescape(match[2] or match[3] or match[4] or "")
        key = match[1].lower()
        if "data:" in value:
            yield from _embedded(value, nested)
            value = _DATA.sub(" ", value)
        if _LETTERS.search(value):
            shown = _SHOWN.get(key)
            place = f"attribut {key} ({shown})" if shown else "attribut d'une balise"
            yield Text(place, value, Nature.TEXT if shown else Nature.MARKUP, line)
        if key not in _SHOWN:
            yield Text("nom d'un attribut de balise", match[1], Nature.MARKUP, line)


def _embedded(value: str, nested: Nested) -> Iterator[Text]:
    for match in _DATA.finditer(value):
        try:
            data = (
                base64.b64decode(match[3] + "=" * (-len(match[3]) % 4), validate=True)
                if ";base64" in match[2]
                else unquote_to_bytes(html.unescape(match[3]))
            )
        except (binascii.Error, ValueError):
            data = match[3].encode()
        yield from nested(match[1], data)


def unescaped(text: str) -> str:
    """What a program writes « \\u00e9 » or « \\xe9 »."""
    if "\\" not in text:
        return text
    return re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1] or m[2], 16)), text)


def plain_texts(source: str) -> Iterator[Text]:
    """A text or a table as text, paragraph by paragraph: a name may be cut by a line end."""
    for start, piece in pieces(source):
        yield Text("texte", piece, line=1 + start)


def table_texts(source: str) -> Iterator[Text]:
    """A table as text, cell by cell: small numbers of neighbouring cells make no telephone number. As plain text where
    its lines are not all of one width.
    """
    delimiter = max(",;\t", key=source.partition("\n")[0].count)
    found: list[Text] = []
    widths, line = set(), 1
    reader = csv.reader(io.StringIO(source.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    try:
        for row in reader:
            widths.add(len(row))
            for cell in row:
                if cell and not _A_NUMBER.fullmatch(cell):
                    found += [Text("texte", piece, line=line + start) for start, piece in pieces(cell)]
            line = reader.line_num + 1
    except csv.Error:
        widths.clear()
    if len(widths) == 1 and min(widths) > 1:
        yield from found
    else:
        yield from plain_texts(source)


def json_texts(source: str) -> Iterator[Text]:
    """Keys and values of a JSON file, or of one with an object a line; as plain text where it is neither."""
    found: list[Text] = []
    numbers = count(1)

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                found.append(Text(f"clé n° {next(numbers)}", key))
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, str):
            found.extend(Text(f"valeur n° {next(numbers)}", piece) for _, piece in pieces(value))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found.append(Text(f"valeur n° {next(numbers)}", str(value), Nature.NUMBER))

    try:
        walk(json.loads(source))
    except (ValueError, RecursionError):
        found.clear()
        yield from plain_texts(unescaped(source))
    yield from found


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """(lines before it, piece) of a long text, cut at blank lines, else at line ends, else at spaces.

    A piece takes the last words of the one before along: what stands across the cut is read too.
    """
    start = taken = line = 0
    while start < len(text) or not start:
        end = _cut(text, start)
        before = max(0, text.rfind(" ", taken, start - _OVERLAP)) if start else 0
        line += text.count("\n", taken, before)
        taken = before
        yield line, text[before:end]
        if end == len(text):
            return
        start = end


def _cut(text: str, start: int) -> int:
    most = start + _PIECE_LENGTH
    if most >= len(text):
        return len(text)
    ends = ((mark, text.rfind(mark, start + _PIECE_LENGTH // 2, most)) for mark in ("\n\n", "\n", " "))
    return next((at + len(mark) for mark, at in ends if at > 0), most)
