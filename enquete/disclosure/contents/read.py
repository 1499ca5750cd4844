"""Tells a file's format from its first bytes and hands it to that format's reader; packages and what they embed too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from enquete.disclosure.contents import office, packages, pages, pictures, statistical
from enquete.disclosure.contents.markup import Paragraphs
from enquete.disclosure.contents.model import Nature, Text
from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode
from enquete.readers.formats import is_binary

_DEEPEST = 3  # packages within packages
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = frozenset(
    [".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".tab", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".srt",
     ".vtt", ".css", ".js", ".html", ".htm", ".xhtml"]
)  # fmt: skip
_MARKED_UP = frozenset([".xml", ".svg", ".qde", ".qdc", ".fodt", ".fods", ".rdf"])
# Binary parts that office programs write: printers, fonts, themes.
_KNOWN_BINARIES = re.compile(r"(?:.*/)?(?:printerSettings|font|activeX)\w*/?\w*\.(?:bin|odttf|fntdata|ttf|otf)$")


def texts_of(name: str, data: bytes) -> list[Text]:
    """Every string of a file, its own name apart. name: what the user calls it, its extension helps to tell the format.

    Raises EnqueteError for what can't be read whole: EMPTY_FILE, UNVERIFIABLE, ENCRYPTED, CORRUPT_FILE, ZIP_BOMB,
    IMAGE_PDF, REVISED_PDF.
    """
    if not data:
        raise EnqueteError(Problem.EMPTY_FILE, where=name)
    return list(_texts(name, PurePath(name).suffix.lower(), data, 0))


def _texts(name: str, extension: str, data: bytes, depth: int) -> Iterator[Text]:
    """name: of the file on the disk, for errors alone."""
    if depth > _DEEPEST:
        raise EnqueteError(Problem.ZIP_BOMB, where=name)

    def nested(kind: str, content: bytes) -> Iterator[Text]:
        return _inside("contenu incorporé", name, _extension(kind), content, depth)

    if data.startswith(b"PK"):
        yield from _package(name, data, depth)
    elif data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        from enquete.disclosure.contents import pdf

        yield from pdf.pdf_texts(name, data, nested)
    elif data.startswith(_OLE):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        raise EnqueteError(Problem.ENCRYPTED if protected else Problem.UNVERIFIABLE, where=name)
    elif kind := statistical.kind_of(data):
        yield from statistical.statistical_texts(name, data, kind)
    elif pictures.is_picture(data):
        yield from pictures.picture_texts(data)
    else:
        yield from _written(name, extension, data, nested)


def _written(name: str, extension: str, data: bytes, nested: pages.Nested) -> Iterator[Text]:
    """Files that are text from end to end."""
    text, _ = decode(data)
    if is_binary(text) or text.startswith("{\\rtf") or (extension not in _TEXTS | _MARKED_UP and "\0" in text):
        raise EnqueteError(Problem.UNVERIFIABLE, where=name)
    head = text[:1000].lstrip("\ufeff \t\r\n").lower()
    if extension in (".html", ".htm", ".xhtml") or head.startswith(("<!doctype html", "<html")):
        yield from pages.html_texts(text, nested)
    elif extension in _MARKED_UP or head.startswith("<?xml"):
        try:
            yield from Paragraphs("contenu du fichier").read(name, data)
        except EnqueteError:  # a document type, or no XML after all: every character is read as it stands
            yield from pages.html_texts(text, nested)
    elif extension in (".json", ".jsonl"):
        yield from pages.json_texts(text)
    elif extension in (".csv", ".tsv"):
        yield from pages.table_texts(text)
    else:
        yield from pages.plain_texts(text)


def _package(name: str, data: bytes, depth: int) -> Iterator[Text]:
    parts, comment = packages.parts(name, data)
    if comment:
        yield Text("commentaire de l'archive", comment)
    names = {part for part, _ in parts}
    is_office = office.is_office(names)
    for number, (part, _) in enumerate(parts, start=1):
        yield Text(f"nom du fichier n° {number} de l'archive", part, Nature.MARKUP if is_office else Nature.TEXT)
    if is_office:
        yield from office.part_texts(name, parts)
    for number, (part, content) in enumerate(parts, start=1):
        extension = PurePath(part).suffix.lower()
        if not content or (is_office and extension in (".xml", ".rels", ".vml", ".rdf")) or part == "mimetype":
            continue
        place = f"fichier n° {number} de l'archive"
        if is_office and _KNOWN_BINARIES.match(part):
            yield from pictures.binary_texts(place, content)
        else:
            yield from _inside(place, name, extension, content, depth)


def _inside(place: str, name: str, extension: str, data: bytes, depth: int) -> Iterator[Text]:
    for text in _texts(name, extension, data, depth + 1):
        yield text._replace(place=f"{place} : {text.place}")


def _extension(kind: str) -> str:
    """Of a media type: « text/html » -> « .html »."""
    return "." + re.split(r"[/+]", kind)[-1] if "/" in kind else ""
