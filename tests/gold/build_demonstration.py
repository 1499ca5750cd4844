"""Makes the files of the demonstration from the marked interviews: python tests/gold/build_demonstration.py [FOLDER].

demonstration.csv says, for each interview, the file name, the form (txt, docx, docx-tableau, odt, rtf, vtt, json), the
encoding of a .txt, the author in the document's properties and the number of lines before the first turn. Equal
inputs give equal files.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

GOLD = Path(__file__).parent
TARGET = GOLD.parents[1] / "enquete" / "demonstration" / "entretiens"
MARK = re.compile(r"\[\[[A-Z_]+\|(.+?)\]\]", re.DOTALL)
TURN = re.compile(r"(?:\[(\d+):(\d+):(\d+)\] )?([^\n]{1,30}?)[ \u00a0]?[:–] (.+)")
WRITTEN = datetime(2025, 11, 28, 17, 30)
WORDS_PER_SECOND = 2.6
BYTE_ORDER = {"utf-16-le": codecs.BOM_UTF16_LE}


@dataclass(frozen=True)
class Turn:
    label: str
    speech: str
    begin: float  # seconds
    end: float


@dataclass(frozen=True)
class Interview:
    front: list[str]
    turns: list[Turn]
    author: str


def plan() -> list[dict[str, str]]:
    with (GOLD / "demonstration.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def unmarked(number: str) -> str:
    """The text of an interview without its marks, line ends as they stand."""
    return MARK.sub(r"\1", (GOLD / f"{number}.txt").read_bytes().decode("utf-8"))


def contents(row: dict[str, str]) -> bytes:
    text = unmarked(row["numero"])
    if row["forme"] == "txt":
        return BYTE_ORDER.get(row["encodage"], b"") + text.encode(row["encodage"])
    return FORMS[row["forme"]](read(text, int(row["entete"]), row["auteur"]))


def read(text: str, front: int, author: str) -> Interview:
    lines = [line for line in text.splitlines() if line]
    found = []
    for line in lines[front:]:
        match = TURN.fullmatch(line)
        if match is None:
            raise ValueError(f"no turn in a line of {len(line)} characters")
        hours, minutes, seconds, label, speech = match.groups()
        found.append((int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0), label, speech))
    return Interview(lines[:front], [Turn(w, s, b, b + _seconds(s)) for b, w, s in found], author)


def _seconds(speech: str) -> float:
    return len(speech.split()) / WORDS_PER_SECOND


def pieces(turn: Turn) -> Iterator[tuple[float, float, str]]:
    """A turn as the short segments of a subtitle: begin, end (seconds), words."""
    chunk: list[str] = []
    begin = turn.begin
    words = turn.speech.split(" ")
    for rank, word in enumerate(words, 1):
        chunk.append(word)
        sentence = word[-1:] in ".!?…" and len(chunk) > 7
        if sentence or len(chunk) == 18 or rank == len(words):
            end = begin + len(chunk) / WORDS_PER_SECOND
            yield begin, end, " ".join(chunk)
            chunk, begin = [], end


def as_docx(interview: Interview, *, table: bool = False) -> bytes:
    """Bold labels, or a table with the labels in its left column."""
    import docx

    document = docx.Document()
    for line in interview.front:
        document.add_paragraph(line)
    rows = document.add_table(rows=0, cols=2) if table else None
    for turn in interview.turns:
        if rows is not None:
            left, right = rows.add_row().cells
            left.text, right.text = turn.label, turn.speech
        else:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{turn.label} : ").bold = True
            paragraph.add_run(turn.speech)
    properties = document.core_properties
    properties.author = properties.last_modified_by = interview.author
    properties.created = properties.modified = WRITTEN
    properties.title = properties.comments = ""
    output = io.BytesIO()
    document.save(output)
    with zipfile.ZipFile(output) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive without the time of day; `mimetype` stays uncompressed, as OpenDocument asks."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return output.getvalue()


ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:style="{ODF}:style:1.0" '
    f'xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:meta="{ODF}:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
)
ODT = "application/vnd.oasis.opendocument.text"


def as_odt(interview: Interview) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    paragraphs = [f"<text:p>{escape(line)}</text:p>" for line in interview.front]
    paragraphs += [
        f'<text:p><text:span text:style-name="Label">{escape(turn.label)} : </text:span>{escape(turn.speech)}</text:p>'
        for turn in interview.turns
    ]
    bold = '<style:text-properties fo:font-weight="bold"/>'
    style = f'<style:style style:name="Label" style:family="text">{bold}</style:style>'
    content = (
        f"{head}<office:document-content {NAMESPACES}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(paragraphs)}</office:text></office:body></office:document-content>"
    )
    date = WRITTEN.isoformat()
    meta = (
        f"{head}<office:document-meta {NAMESPACES}><office:meta>"
        f"<meta:initial-creator>{interview.author}</meta:initial-creator><dc:creator>{interview.author}</dc:creator>"
        f"<meta:creation-date>{date}</meta:creation-date><dc:date>{date}</dc:date></office:meta></office:document-meta>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", ODT), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = f'{head}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">{entries}</manifest:manifest>'
    parts = {"mimetype": ODT, "content.xml": content, "meta.xml": meta, "META-INF/manifest.xml": manifest}
    return zipped({name: part.encode() for name, part in parts.items()})


def as_rtf(interview: Interview) -> bytes:
    lines = [rf"{_rtf(line)}\par" for line in interview.front]
    lines += [rf"{{\b {_rtf(turn.label)} :}} {_rtf(turn.speech)}\par" for turn in interview.turns]
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Calibri;}}"
    return "\r\n".join([head, rf"{{\info{{\author {_rtf(interview.author)}}}}}", *lines, "}"]).encode("ascii")


def _rtf(text: str) -> str:
    def one(character: str) -> str:
        if character in "\\{}":
            return "\\" + character
        if character.isascii():
            return character
        try:
            return rf"\'{character.encode('cp1252').hex()}"
        except UnicodeEncodeError:
            return rf"\u{ord(character)}?"

    return "".join(map(one, text))


def as_vtt(interview: Interview) -> bytes:
    cues = [
        f"{_clock(begin)} --> {_clock(end)}\n<v {turn.label}>{escape(words)}\n"
        for turn in interview.turns
        for begin, end, words in pieces(turn)
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def as_json(interview: Interview) -> bytes:
    segments = [
        {"start": round(begin, 2), "end": round(end, 2), "text": f" {words}", "speaker": turn.label}
        for turn in interview.turns
        for begin, end, words in pieces(turn)
    ]
    return (json.dumps({"segments": segments, "language": "fr"}, ensure_ascii=False, indent=1) + "\n").encode()


FORMS: dict[str, Callable[[Interview], bytes]] = {
    "docx": as_docx,
    "docx-tableau": lambda interview: as_docx(interview, table=True),
    "odt": as_odt,
    "rtf": as_rtf,
    "vtt": as_vtt,
    "json": as_json,
}


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    folder.mkdir(parents=True, exist_ok=True)
    for row in plan():
        (folder / row["fichier"]).write_bytes(contents(row))


if __name__ == "__main__":
    main()
