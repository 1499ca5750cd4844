"""PDF: the text of the pages, and every string of every object: annotations, bookmarks, forms, metadata."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

from enquete.disclosure.contents.model import Nature, Text
from enquete.disclosure.contents.pages import pieces
from enquete.errors import EnqueteError, Problem

_PROPERTIES = {"/Author": "Auteur", "/Title": "Titre", "/Subject": "Sujet", "/Keywords": "Mots clés"}
_COUNTS = re.compile(r"(?<![\w.,])\d{1,4}(?: \d{1,4}){3,}(?![\w,])")
_PHONE = 10  # figures
_WHEN = re.compile(r"D:[\d+\-'Z]+")  # when the file was made, as programs write it
_KEYS = {
    "/Contents": "annotation d'une page",
    "/T": "auteur ou nom d'une annotation",
    "/Title": "signet ou titre",
    "/Alt": "texte de remplacement d'une image",
    "/ActualText": "texte de remplacement",
    "/URI": "adresse d'un lien",
    "/V": "valeur d'un champ",
    "/F": "nom d'un fichier joint",
    "/UF": "nom d'un fichier joint",
}


def pdf_texts(name: str, data: bytes, nested: Callable[[str, bytes], Iterator[Text]]) -> Iterator[Text]:
    """Raises EnqueteError(CORRUPT_FILE, ENCRYPTED, IMAGE_PDF; REVISED_PDF when former states lie in the file)."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports what it mends on the standard error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EnqueteError(Problem.ENCRYPTED, where=name)
        if "/Prev" in reader.trailer and b"/Linearized" not in data[:2048]:
            raise EnqueteError(Problem.REVISED_PDF, where=name)
        yield from _pages(name, reader)
        yield from _objects(reader, nested)
    except EnqueteError:
        raise
    except pypdf.errors.DependencyError:
        raise EnqueteError(Problem.ENCRYPTED, where=name) from None
    except Exception:  # noqa: BLE001 the library raises whatever the damaged part makes it raise
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None


def _pages(name: str, reader: Any) -> Iterator[Text]:
    words = False
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        words = words or bool(text.strip())
        for _, piece in pieces(_COUNTS.sub(_apart, text)):
            yield Text(f"page {number}", piece)
        if not text.strip():
            yield Text(f"page {number}", "", Nature.UNSEEN)
    if not words:
        raise EnqueteError(Problem.IMAGE_PDF, where=name)


def _apart(row: re.Match[str]) -> str:
    """Counts of a table's row, which a page writes in one line, are told apart: together they look like a number."""
    sizes = [len(figures) for figures in row[0].split()]
    dictated = len(sizes) == _PHONE and set(sizes) == {1}
    return row[0] if dictated or sizes.count(1) < 2 else row[0].replace(" ", " ; ")


def _objects(reader: Any, nested: Callable[[str, bytes], Iterator[Text]]) -> Iterator[Text]:
    from pypdf.generic import IndirectObject

    for key, value in (reader.metadata or {}).items():
        if _WHEN.fullmatch(str(value)):
            continue
        nature = Nature.AUTHOR if key in ("/Author", "/Company", "/Manager") else Nature.TEXT
        yield Text(f"propriété {_PROPERTIES.get(key, 'du document')}", str(value), nature)
    for number in range(int(reader.trailer["/Size"])):
        try:
            value = IndirectObject(number, 0, reader).get_object()
        except (KeyError, pypdf_error()):
            continue  # a free number
        yield from _strings(value, "objet du document", nested)


def pypdf_error() -> type[Exception]:
    """What the library raises for a number that is no object."""
    from pypdf.errors import PdfReadError

    return PdfReadError


def _strings(value: Any, place: str, nested: Callable[[str, bytes], Iterator[Text]]) -> Iterator[Text]:
    """Strings of a dictionary or of a list, those that it holds too; other objects are met at their own number."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("/ID", "/Metadata"):
                yield from _strings(inner, _KEYS.get(key, place), nested)
        kind = value.get("/Type")
        if hasattr(value, "get_data") and kind in ("/Metadata", "/EmbeddedFile"):
            yield from nested("text/xml" if kind == "/Metadata" else "", value.get_data())
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, place, nested)
    elif isinstance(value, str) and not value.startswith("/"):
        yield Text(place, value, Nature.TEXT if place != "objet du document" else Nature.MARKUP)
