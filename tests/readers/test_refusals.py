"""Files that can't be read: each has its own message, with a remedy and without names."""

import contextlib
import io
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.readers import read, read_bytes
from enquete.readers.canonical import canonical

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


WORD = word("E : Bonjour ?\nR : Oui.")
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
MANIFEST = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", Problem.EMPTY_FILE),
        ("a.txt", b" \r\n\r\n", Problem.EMPTY_FILE),
        ("a.docx", b"", Problem.EMPTY_FILE),
        ("a.txt", b"\xef\xbb\xbf", Problem.NO_WORDS),
        ("a.txt", b"... -- !", Problem.NO_WORDS),
        ("a.docx", word(""), Problem.NO_WORDS),
        ("a.doc", OLE + b"\x00" * 500, Problem.OLD_DOC),
        ("a.docx", OLE + b"\x00" * 500, Problem.OLD_DOC),
        ("a.docx", OLE + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        ("a.odt", zipped({"content.xml": b"\x00\x01", "META-INF/manifest.xml": MANIFEST}), Problem.ENCRYPTED),
        ("a.docx", WORD[:-500], Problem.CORRUPT_FILE),
        ("a.docx", WORD[:200], Problem.CORRUPT_FILE),
        ("a.docx", WORD[:600] + b"\x00\x01\x02\x03" * 10 + WORD[640:], Problem.CORRUPT_FILE),
        ("a.docx", b"pas un zip", Problem.CORRUPT_FILE),
        ("a.docx", zipped({"word/document.xml": b"<w:document"}), Problem.CORRUPT_FILE),
        ("a.docx", zipped({"word/document.xml": ENTITY}), Problem.CORRUPT_FILE),
        ("a.odt", zipped({"content.xml": ENTITY}), Problem.CORRUPT_FILE),
        ("a.odt", zipped({"content.xml": b"<x/>"}), Problem.CORRUPT_FILE),
        ("a.odt", zipped({"content.xml": b"<x>"}), Problem.CORRUPT_FILE),
        ("a.docx", zipped({"word/document.xml": b" " * 80_000_000}), Problem.ZIP_BOMB),
        ("a.docx", zipped({f"word/{n}.xml": b"" for n in range(5000)}), Problem.ZIP_BOMB),
        ("a.rtf", rb"{\rtf1 {\b Bonjour", Problem.CORRUPT_FILE),
        ("a.txt", bytes(range(256)) * 20, Problem.BINARY_FILE),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), Problem.BINARY_FILE),
        ("a.mp3", b"ID3\x03\x00", Problem.UNKNOWN_FORMAT),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<x/>"}), Problem.UNKNOWN_FORMAT),
        ("a", b"E : Bonjour", Problem.UNKNOWN_FORMAT),
    ],
)
def test_refusals(name: str, data: bytes, problem: Problem) -> None:
    with pytest.raises(EnqueteError) as caught:
        read_bytes(name, data)
    assert caught.value.problem is problem
    assert str(caught.value).startswith(f"{name} : ")
    assert caught.value.remedy


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(EnqueteError) as caught:
        read(tmp_path / "absent.txt")
    assert caught.value.problem is Problem.FILE_NOT_FOUND
    with pytest.raises(EnqueteError) as caught:
        read(tmp_path)
    assert caught.value.problem is Problem.NOT_A_FILE


def test_a_file_is_read_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "entretien.txt"
    path.write_bytes(WORD)
    assert len(read(path).turns) == 2


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enquete.readers.LARGEST", 10)
    with pytest.raises(EnqueteError) as caught:
        read_bytes("a.txt", b"E : Bonjour, Bonjour")
    assert caught.value.problem is Problem.TOO_LARGE


@settings(max_examples=30)
@given(st.integers(0, len(WORD) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_word_files_never_break(at: int, noise: bytes) -> None:
    with contextlib.suppress(EnqueteError):
        canonical(read_bytes("a.docx", WORD[:at] + noise + WORD[at + len(noise) :]))


LINES = st.sampled_from(
    [
        "E : Bonjour ?",
        "R : Oui",
        "[Chercheur] (0:01",
        "(rires)",
        "00:12",
        "Bon : voilà",
        "",
        "//S01: a// b",
        "S01: x",
        "Anne\t",
        "**A** :",
    ]
)


@given(st.lists(LINES | st.text(max_size=20), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_turns_are_disjoint_and_in_order(lines: list[str], between: str) -> None:
    try:
        found = read_bytes("a.txt", between.join(lines).encode())
    except EnqueteError:
        return
    spans = [s for t in found.turns for s in t.speech]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(any(c.isalnum() for s in t.speech for c in s.of(found.text)) for t in found.turns)
    assert all(t.speaker < len(found.speakers) for t in found.turns)
    canonical(found)
