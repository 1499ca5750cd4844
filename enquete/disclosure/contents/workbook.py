"""Workbooks (.xlsx): cells with their shared strings, sheet by sheet, in the order of the tabs, hidden ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from enquete.disclosure.contents.markup import Walk, characters
from enquete.disclosure.contents.model import Nature, Sheet, Text
from enquete.disclosure.contents.office import cell_name, targets

_DIGITS = 7  # a number cell with fewer is no telephone number
_FORMATTING = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Za-z]')  # of headers: « &C&"Arial,Bold"Titre »
# The cells that most sheets are made of: read without a call for each tag.
_USUAL = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"(?: s="\d+")?(?: t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is>|'
    rb'(?: t="([sn])")?><v>([\d.]+)</v>)</c>'
)
_UTF_8 = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^>]*encoding)[^>]*>|<\?xml[^>]*encoding=.utf-8.[^>]*>|\s*<\w)", re.IGNORECASE
)
_PAGES = frozenset(["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"])


def sheet_texts(file: str, parts: Sequence[tuple[str, bytes]]) -> Iterator[Text]:
    """The strings of the workbook part, of the shared strings and of each sheet.

    file: its name, for errors. Raises EnqueteError(CORRUPT_FILE).
    """
    by_name = dict(parts)
    book = _Book("classeur")
    yield from book.read(file, by_name["xl/workbook.xml"])
    shared = _Shared("texte d'une cellule")
    if "xl/sharedStrings.xml" in by_name:
        yield from shared.read(file, by_name["xl/sharedStrings.xml"])
    paths = targets(by_name.get("xl/_rels/workbook.xml.rels", b""), "xl")
    named = {paths.get(key, ""): Sheet(n, name) for n, (key, name) in enumerate(book.sheets, start=1)}
    used: set[str] = set()
    # Of two parts with one path a program may show either: both are read.
    for number, (name, data) in enumerate(
        (n, d) for n, d in parts if n.startswith("xl/worksheets/") and n[-4:] == ".xml"
    ):
        sheet = named.get(name) or Sheet(len(named) + number + 1, "")
        yield from _Cells(sheet, shared.strings, used).read(file, data)
    for index, string in enumerate(shared.strings):
        if str(index) not in used:
            yield Text("texte gardé dans le classeur, qu'aucune cellule ne montre", string)


class _Book(Walk):
    """Names of the sheets, defined names, and what the workbook says of whoever saved it."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.sheets: list[tuple[str, str]] = []  # key of the reference, name

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            name = attributes.get("name", "")
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.sheets.append((key, name))
            self.add(f"nom de la feuille n° {len(self.sheets)}", name)

    def attribute(self, tag: str, name: str, value: str) -> None:
        if tag == "definedName" and name == "name":
            self.add("nom défini dans le classeur", value.removeprefix("_xlnm."))
        elif tag == "absPath":
            self.add("chemin d'enregistrement du classeur", value)
        elif tag != "sheet":
            super().attribute(tag, name, value)

    def closed(self, tag: str, text: str) -> None:
        self.add("formule d'un nom défini" if tag == "definedName" else self.place, text)


class _Shared(Walk):
    """The table of strings; each is told with the cells that show it. What Asian readings say is told at once."""

    blocks = frozenset(["si", "rPh"])

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.strings: list[str] = []

    def closed(self, tag: str, text: str) -> None:
        if tag == "si":
            self.strings.append(text)
        else:
            self.add(self.place, text)


class _Cells(Walk):
    """One sheet. used: takes the indexes of the shared strings that it shows."""

    blocks = frozenset(["is"])

    def __init__(self, sheet: Sheet, strings: Sequence[str], used: set[str]) -> None:
        super().__init__("réglages de la feuille", sheet)
        self._strings = strings
        self._used = used
        self._cell = self._type = ""
        self._rows = 0

    def read(self, name: str, data: bytes) -> list[Text]:
        return super().read(name, self._usual(name, data))

    def _usual(self, name: str, data: bytes) -> bytes:
        """Reads the usual cells and returns what is left: all of it where the bytes may not be what they look like."""
        cells: list[tuple[bytes, bytes | None, bytes | None, bytes | None]] = []

        def take(match: re.Match[bytes]) -> bytes:
            cells.append(match.groups())  # type: ignore[arg-type]
            return b""

        rest = _USUAL.sub(take, data) if _UTF_8.match(data) else data
        strings = characters(name, [string for _, string, _, _ in cells if string is not None])
        if strings is None:
            return data
        said = iter(strings)
        for reference, string, kind, number in cells:
            self._cell, self._type = reference.decode(), (kind or b"n").decode()
            if string is not None:
                self.add(f"cellule {self._cell}", next(said))
            elif kind == b"s" or len(number or b"") >= _DIGITS:
                self._value(f"cellule {self._cell}", (number or b"").decode())
        return rest

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":  # most of a sheet
            self._meet(attributes)
        elif name != "v":
            super()._start(name, attributes)

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":  # under a prefix
            self._meet(attributes)
        elif tag == "hyperlink":
            self._cell = cell_name(attributes.get("ref", ""))

    def _meet(self, attributes: dict[str, str]) -> None:
        self._cell, self._type = cell_name(attributes.get("r", "")), attributes.get("t", "n")

    def attribute(self, tag: str, name: str, value: str) -> None:
        if tag in ("c", "row", "col"):
            return
        super().attribute(tag, name, value)

    def closed(self, tag: str, text: str) -> None:
        place = f"cellule {self._cell}"
        if tag == "v":
            self._value(place, text)
        elif tag == "f":
            self.add(f"formule de la {place}", text)
        elif tag == "is":
            self.add(place, text)
        elif tag in _PAGES:
            self.add(f"{'en-tête' if tag.endswith('Header') else 'pied'} de page", _FORMATTING.sub(" ", text))
        else:
            self.add(self.place, text)

    def _value(self, place: str, text: str) -> None:
        if self._type == "s":
            index = text.strip()
            self._used.add(index)
            if index.isdecimal() and int(index) < len(self._strings):
                self.add(place, self._strings[int(index)])
        elif self._type != "n":
            self.add(place, text)
        elif len(text) >= _DIGITS and text.isdecimal():
            self.add(place, text, Nature.NUMBER)
