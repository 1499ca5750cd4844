"""What pictures say in words: EXIF, comments, captions. What they show is not read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from enquete.disclosure.contents.model import Nature, Text

_MOST = 2**20  # bytes of one compressed text
_RUNS = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]|\xc2[\x80-\xbf]|\xc3[\x80-\xbf]|[\xe2][\x80-\xbf]{2}){5,}")
_WIDE = re.compile(rb"(?:[\x20-\xff]\x00){4,}")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x01\x00\x00\x00",
               b"\xd7\xcd\xc6\x9a", b"\x00\x00\x01\x00")  # fmt: skip


def is_picture(data: bytes) -> bool:
    """Whether these are the first bytes of a picture."""
    return data.startswith(_SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def picture_texts(data: bytes) -> Iterator[Text]:
    """The words written beside the picture; and the picture itself, unseen."""
    yield Text("image", "", Nature.UNSEEN)
    if data.startswith(_SIGNATURES[0]):
        blocks = _png(data)
    elif data.startswith(b"\xff\xd8"):
        blocks = _jpeg(data)
    else:
        blocks = iter([data] if data[:2] in (b"II", b"MM", b"GI") or data[:4] == b"RIFF" else [])
    for block in blocks:
        yield from binary_texts("description d'une image (EXIF, légende…)", block)


def binary_texts(place: str, data: bytes) -> Iterator[Text]:
    """Runs of letters in bytes of an unknown form, in one or two bytes a letter."""
    for match in _RUNS.finditer(data):
        try:
            text = match[0].decode()
        except UnicodeDecodeError:
            text = match[0].decode("cp1252", "replace")
        if re.search(r"[^\W\d_]{3}|\d{6}", text):
            yield Text(place, text, Nature.MARKUP)
    for match in _WIDE.finditer(data):
        yield Text(place, match[0].decode("utf-16-le"), Nature.MARKUP)


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        block = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"eXIf"):
            yield block.replace(b"\0", b" ") if kind == b"tEXt" else block
        elif kind in (b"zTXt", b"iTXt"):
            yield _inflated(kind, block)
        at += 12 + size
    yield data[at:]


def _inflated(kind: bytes, block: bytes) -> bytes:
    key, _, rest = block.partition(b"\0")
    if kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        if not packed:
            return key + b" " + rest
    else:
        rest = rest[1:]
    try:
        return key + b" " + zlib.decompressobj().decompress(rest, _MOST)
    except zlib.error:
        return key + b" " + rest


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the picture itself
            end = data.rfind(b"\xff\xd9")
            yield data[end + 2 :] if end > 0 else b""
            return
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            yield data[at + 4 : at + 2 + size]
        at += 2 + size
