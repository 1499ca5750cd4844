"""Every string of an office document: cells, sheet names, comments, headers, chart labels, properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_DIGITS = 7  # a number cell with fewer is no telephone number
_LETTERS = 2  # an attribute value with fewer letters in a row is a number, a flag or a reference


def strings(data: bytes) -> Iterator[tuple[str, str]]:
    """(place, text) of each text and attribute of each XML part of a zip document that the program itself made.

    Rich text is given as a whole too, since a name may be cut by its runs. The theme is left out: it lists fonts, some
    of which bear first names, and nothing of ours.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield "nom d'une partie", name
            if "/theme/" in name or not name.endswith((".xml", ".rels", ".vml")):
                continue
            for element in ET.fromstring(archive.read(name)).iter():  # noqa: S314 - our own bytes
                tag = element.tag.rpartition("}")[2]
                if tag == "v" and sum(map(str.isdigit, element.text or "")) < _DIGITS:
                    continue  # a count, a position
                if element.text and element.text.strip():
                    yield f"{name} <{tag}>", element.text
                elif len(element) and (whole := "".join(element.itertext())).strip() and tag in ("si", "p", "is"):
                    yield f"{name} <{tag}>", whole
                for attribute, value in element.attrib.items():
                    if sum(map(str.isalpha, value)) >= _LETTERS and "://" not in value:
                        yield f"{name} <{tag} {attribute.rpartition('}')[2]}>", value
