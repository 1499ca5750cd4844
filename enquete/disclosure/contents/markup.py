"""Reads XML as a stream: the text of each paragraph whole whatever cuts it, every attribute, every comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.parsers import expat

from enquete.disclosure.contents.model import Nature, Sheet, Text
from enquete.errors import EnqueteError, Problem

_LETTERS = re.compile(r"[^\W\d_]{2}|\d{5}")
# Names of vocabularies, the same in every file.
_VOCABULARY = re.compile(
    r"(?:https?://(?:schemas\.(?:openxmlformats|microsoft|xmlsoap)\.(?:org|com)|(?:www|ns)\.w3\.org|purl\.(?:org|oclc\.org)|"
    r"www\.w3\.org|ns\.adobe\.com|docs\.oasis-open\.org|openoffice\.org|xml\.openoffice\.org|sun\.com|"
    r"(?:www\.)?libreoffice\.org|opendocumentfellowship\.com)[/#]|urn:(?:oasis|schemas-microsoft-com|QDA-XML))"
)
_PEOPLE = frozenset(
    ["author", "userName", "displayName", "refreshedBy", "initials", "user", "lastModifiedBy", "creatingUser",
     "modifyingUser", "creator"]
)  # fmt: skip
# What a reader may meet: shown, spoken aloud or asked of them.
_SHOWN = {
    "descr": "texte de remplacement d'une image ou d'un dessin",
    "alt": "texte de remplacement d'une image ou d'un dessin",
    "title": "titre d'une image ou d'un dessin",
    "tooltip": "infobulle d'un lien",
    "display": "texte d'un lien",
    "Target": "adresse d'un lien",
    "href": "adresse d'un lien",
    "location": "adresse d'un lien",
    "prompt": "message d'aide à la saisie",
    "promptTitle": "message d'aide à la saisie",
    "error": "message d'erreur de saisie",
    "errorTitle": "message d'erreur de saisie",
    "name": "nom d'un élément",
    "val": "valeur",
    "v": "valeur gardée d'un tableau croisé",
    "string-value": "valeur d'une cellule",
    "formula": "formule",
}
_SPACES = frozenset(["tab", "br", "cr", "line-break", "s", "noBreakHyphen", "lastRenderedPageBreak"])


_BETWEEN = "\uf8ff"  # a sign of no writing


def characters(name: str, runs: Sequence[bytes]) -> list[str] | None:
    """What runs of text without a tag say, in UTF-8: entities read, line ends made one.

    None when they hold the sign that is set between them here. Raises EnqueteError(CORRUPT_FILE).
    """
    if not runs:
        return []
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text, parser.buffer_size = True, 2**20
    parser.CharacterDataHandler = found.append
    try:
        parser.Parse(b"<a>" + _BETWEEN.encode().join(runs) + b"</a>", True)
    except expat.ExpatError:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    said = "".join(found).split(_BETWEEN)
    return said if len(said) == len(runs) else None


class Walk:
    """Collects the texts of one XML part. blocks: elements whose text is one, whatever lies inside (« p », « si »)."""

    blocks: frozenset[str] = frozenset()
    spaces: frozenset[str] = _SPACES

    def __init__(self, place: str, sheet: Sheet | None = None) -> None:
        self.place = place
        self.sheet = sheet
        self.texts: list[Text] = []
        self._open: list[list[str]] = [[]]
        self._seen: set[str] = set()
        self._locals: dict[str, str] = {}

    def read(self, name: str, data: bytes) -> list[Text]:
        """Raises EnqueteError(CORRUPT_FILE) for what is no XML, or declares a document type: entities would come."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = lambda text: self.add("commentaire XML", text, Nature.MARKUP)
        parser.ProcessingInstructionHandler = lambda _, text: self.add("commentaire XML", text, Nature.MARKUP)

        def refuse(*_: Any) -> None:
            raise EnqueteError(Problem.CORRUPT_FILE, where=name)

        parser.StartDoctypeDeclHandler = refuse
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
        return self.texts

    def add(self, place: str, text: str, nature: Nature = Nature.TEXT) -> None:
        """What has a letter or a figure; settings once."""
        if nature is Nature.MARKUP:
            if text in self._seen or not _LETTERS.search(text):
                return
            self._seen.add(text)
        if text and not text.isspace():
            self.texts.append(Text(place, text, nature, 0, self.sheet))

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens; attributes by their whole names. For the formats that keep count of where they are."""

    def closed(self, tag: str, text: str) -> None:  # noqa: ARG002
        """The whole text of a block, or of an element outside blocks."""
        self.add(self.place, text)

    def attribute(self, tag: str, name: str, value: str) -> None:  # noqa: ARG002
        """An attribute of any element."""
        if value in self._seen or name.startswith("rsid") or not _LETTERS.search(value) or _VOCABULARY.match(value):
            return
        if name in _PEOPLE:
            self._seen.add(value)
            self.add("auteur d'un commentaire ou d'une modification", value, Nature.AUTHOR)
        elif name in _SHOWN and (name not in ("val", "name", "v", "title") or " " in value or name == "v"):
            self._seen.add(value)
            self.add(f"{self.place} : {_SHOWN[name]}", value)
        else:
            self.add(f"{self.place} : {_SHOWN.get(name, 'réglage')}", value, Nature.MARKUP)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._local(name)
        if tag in self.blocks:
            self._open.append([])
        elif tag in self.spaces:
            self._open[-1].append(" ")
        self.opened(tag, attributes)
        for key, value in attributes.items():
            self.attribute(tag, self._local(key), value)

    def _text(self, text: str) -> None:
        self._open[-1].append(text)

    def _end(self, name: str) -> None:
        tag = self._local(name)
        if tag in self.blocks:
            self.closed(tag, "".join(self._open.pop()))
        elif len(self._open) == 1:
            text = "".join(self._open[0])
            self._open[0].clear()
            if text and not text.isspace():
                self.closed(tag, text)

    def _local(self, name: str) -> str:
        local = self._locals.get(name)
        if local is None:
            local = self._locals[name] = name.rpartition(":")[2]
        return local


class Paragraphs(Walk):
    """Texts in paragraphs, counted: the place of each one tells its number."""

    blocks = frozenset(["p", "h", "si", "is", "text", "definedName", "oddHeader"])

    def __init__(self, place: str, counted: bool = False) -> None:
        super().__init__(place)
        self._counted = counted
        self._number = 0

    def closed(self, tag: str, text: str) -> None:
        if tag in ("p", "h"):
            self._number += 1
        self.add(f"{self.place}, paragraphe {self._number}" if self._counted else self.place, text)
