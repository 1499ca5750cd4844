"""PDF: the text of the pages, without what is printed around it, lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from enquete.errors import EnqueteError, Problem
from enquete.readers.labels import Head, Kind, head_of
from enquete.readers.plain import margin
from enquete.readers.source import Line, Source, Writer

_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:/|sur|of|de)\s*\d{1,4})?\W*", re.IGNORECASE)
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
# What keeps its hyphen at the end of a line: « peut-/être », « dit-/il ».
_AFTER_HYPHEN = re.compile(
    r"(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|ci|là|moi|toi|le|la|les|lui|leur|y|en|t|même|mêmes|être|vous)(?![\w])"
)
_BEFORE_HYPHEN = re.compile(
    r"(?:peut|rendez|après|avant|demi|demie|non|mini|vice|ex|celui|celle|ceux|sous|sur|grand|petit|porte|est|quelques|"
    r"vingt|trente|quarante|cinquante|soixante|quatre|dix|au|par|là|c'est|mi|auto|semi|week|allez|vis|saint|sainte)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.?!…:»)\]]\W*$")
_KEYS = {"/Author": "author", "/Title": "title", "/Subject": "subject", "/Keywords": "keywords", "/Creator": "creator"}


def read(name: str, data: bytes) -> Source:
    """Raises EnqueteError for a protected, damaged or image-only file."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports what it mends on the standard error
    if b"%%EOF" not in data[-2048:]:
        raise EnqueteError(Problem.CORRUPT_FILE, where=name)
    pages, empty, properties = _pages(name, data)
    if not any(re.search(r"\w", line) for page in pages for line in page):
        raise EnqueteError(Problem.IMAGE_PDF if empty else Problem.NO_WORDS, where=name)
    writer = Writer()
    for paragraph in _paragraphs(_without_numbers(_without_margins(pages))):
        writer.paragraph(paragraph)
    return writer.source(properties, [_empty_pages(empty)] if empty else [])


def _empty_pages(count: int) -> str:
    if count == 1:
        return "1 page ne contient qu'une image : son texte n'est pas repris."
    return f"{count} pages ne contiennent que des images : leur texte n'est pas repris."


def _pages(name: str, data: bytes) -> tuple[list[list[str]], int, dict[str, str]]:
    """The lines of each page, how many pages hold images alone, the document's properties."""
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EnqueteError(Problem.ENCRYPTED, where=name)
        pages = [page.extract_text().splitlines() for page in reader.pages]
        images = sum(
            not any(line.strip() for line in lines) and _has_image(page)
            for lines, page in zip(pages, reader.pages, strict=True)
        )
        information: Any = reader.metadata or {}
        properties = {key: str(information[tag]) for tag, key in _KEYS.items() if information.get(tag)}
    except EnqueteError:
        raise
    except pypdf.errors.DependencyError:
        raise EnqueteError(Problem.ENCRYPTED, where=name) from None
    except Exception:  # noqa: BLE001 the library raises whatever the damaged part makes it raise
        raise EnqueteError(Problem.CORRUPT_FILE, where=name) from None
    return pages, images, properties


def _has_image(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects is not None and objects.get_object())


def _without_margins(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without page numbers, nor the headers and footers that come back from page to page."""
    trimmed = [[line.rstrip() for line in page if line.strip()] for page in pages]
    edges = Counter(_shape(line) for page in trimmed for line in {*page[:2], *page[-2:]} if not _surely_label(line))
    often = max(2, len(trimmed) * 0.6)
    running = {shape for shape, count in edges.items() if count >= often}
    kept = []
    for page in trimmed:
        low, high = 0, len(page)
        while low < min(2, high) and (_shape(page[low]) in running or _NUMBER.fullmatch(page[low])):
            low += 1
        while high > max(low, len(page) - 2) and (
            _shape(page[high - 1]) in running or _NUMBER.fullmatch(page[high - 1])
        ):
            high -= 1
        kept.append(page[low:high])
    return kept


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _without_numbers(pages: Sequence[Sequence[str]]) -> list[str]:
    """Lines without the numbers that count them."""
    lines = [line for page in pages for line in page]
    bare = [line[width:] for line, width in zip(lines, margin(lines), strict=True)]
    return [line for line in bare if line.strip()]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined until a label, or a sentence that ends well before the margin."""
    widths = sorted(len(line) for line in lines)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    paragraphs: list[str] = []
    previous = ""
    for line in map(str.strip, lines):
        above, here = _label(previous), _label(line)
        ends = not previous or (len(previous) < 0.8 * width and bool(_ENDS.search(previous)))
        if ends or here or (above and above.alone):
            paragraphs.append(line)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line)
        previous = line
    return paragraphs


def _label(line: str) -> Head | None:
    """The label that a line begins with, where it looks enough like one to begin a paragraph."""
    head = head_of(line, Line(0, len(line)), 0)
    if head is None or head.kind in (Kind.NEVER, Kind.OTHER):
        return None
    return head if not head.alone or head.timed or head.distinct or head.kind in (Kind.ROLE, Kind.PATTERN) else None


def _surely_label(line: str) -> bool:
    """« [Chercheur] (0:01 - 0:11) » comes back on many pages too; so does « Étude RSA - confidentiel »."""
    head = _label(line)
    return head is not None and (head.timed or head.kind in (Kind.ROLE, Kind.PATTERN, Kind.LETTER))


def _joined(before: str, after: str) -> str:
    broken = _BROKEN.search(before)
    if not broken or not after[:1].islower():
        return before + ("" if broken and after[:1].isalpha() else " ") + after
    if _AFTER_HYPHEN.match(after) or _BEFORE_HYPHEN.fullmatch(broken[1]):
        return before + after
    return before[:-1] + after
