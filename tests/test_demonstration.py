"""The demonstration is made from the marked interviews, and its codings quote them."""

import csv
import importlib.util
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
DEMONSTRATION = ROOT / "enquete" / "demonstration"
MARK = re.compile(r"\[\[([A-Z_]+)\|(.+?)\]\]", re.DOTALL)
DIRECT = {"PER", "PHONE", "EMAIL", "HANDLE", "ID_CAF", "NIR", "IBAN", "ID_DOC", "URL"}
TYPES = DIRECT | {"LOC", "ORG_PRIVATE", "DATE_BIRTH", "AGE", "NEUTRAL"}

_spec = importlib.util.spec_from_file_location("build_demonstration", GOLD / "build_demonstration.py")
assert _spec
assert _spec.loader
build = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = build
_spec.loader.exec_module(build)
PLAN = {row["numero"]: row for row in build.plan()}


def rows(name: str, encoding: str) -> list[dict[str, str]]:
    text = (DEMONSTRATION / name).read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


PARTICIPANTS = rows("participants.csv", "cp1252")


def codings() -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of the two coders with the number of its interview."""
    numbers = {row["fichier"]: number for number, row in PLAN.items()}
    files = {(row["code"], row["vague"]): row["fichier"] for row in PARTICIPANTS}
    for row in rows("codages_lea.csv", "utf-8-sig"):
        yield numbers[row["fichier"]], row
    for row in rows("codages_sofiane.csv", "cp1252"):
        yield numbers[files[row["participant"], row["vague"]]], row


def marked(number: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that identify someone."""
    text, spans, read = "", [], 0
    source = (GOLD / f"{number}.txt").read_bytes().decode("utf-8")
    for mark in MARK.finditer(source):
        text += source[read : mark.start()]
        if mark[1] != "NEUTRAL":
            spans.append((len(text), len(text) + len(mark[2])))
        text += mark[2]
        read = mark.end()
    return text + source[read:], spans


def comparable(data: bytes) -> dict[str, bytes]:
    """What a file says; for an archive its members of ours, since compression and templates vary with versions."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        ours = ("word/document.xml", "docProps/core.xml", "content.xml", "meta.xml", "mimetype")
        return {name: archive.read(name) for name in archive.namelist() if name in ours}


@pytest.mark.parametrize("number", PLAN)
def test_each_file_is_what_its_marked_interview_gives(number: str) -> None:
    row = PLAN[number]
    stored = (DEMONSTRATION / "entretiens" / row["fichier"]).read_bytes()
    assert comparable(stored) == comparable(build.contents(row))
    assert build.contents(row) == build.contents(row)


def test_no_file_is_left_without_interview_and_no_interview_without_person() -> None:
    planned = {row["fichier"] for row in PLAN.values()}
    assert {path.name for path in (DEMONSTRATION / "entretiens").iterdir()} == planned
    assert {row["fichier"] for row in PARTICIPANTS} - {""} == planned
    assert {path.stem for path in GOLD.glob("[0-9]*.txt")} == set(PLAN)


@pytest.mark.parametrize("number", PLAN)
def test_marks_are_of_known_types_and_closed(number: str) -> None:
    text = (GOLD / f"{number}.txt").read_text(encoding="utf-8")
    assert {mark[1] for mark in MARK.finditer(text)} <= TYPES
    assert not re.search(r"\[\[|\]\]", MARK.sub("", text))


@pytest.mark.parametrize("number", PLAN)
def test_coded_turns_stand_where_they_say(number: str) -> None:
    text, _ = marked(number)
    end = 0
    for line in (GOLD / f"{number}.codes.jsonl").read_text(encoding="utf-8").splitlines():
        turn = json.loads(line)
        passage = text[turn["start"] : turn["end"]]
        assert turn["start"] >= end
        assert passage.strip() == passage
        assert turn["speaker"] in passage[:50]
        assert len(turn["codes"]) <= 3
        end = turn["end"]


def test_codings_quote_their_turn_and_nobody() -> None:
    known = {row["code"] for row in PARTICIPANTS}
    for number, row in codings():
        text, spans = marked(number)
        lines = (GOLD / f"{number}.codes.jsonl").read_text(encoding="utf-8").splitlines()
        turn = next(turn for turn in map(json.loads, lines) if turn["turn"] == int(row["tour"]) - 1)
        start = text.index(row["citation"], turn["start"], turn["end"])
        end = start + len(row["citation"])
        assert not any(begin < end and stop > start for begin, stop in spans)
        assert 5 <= len(row["citation"].split()) <= 40
        assert row["diffusion"] in ("", "à citer", "à paraphraser", "ne jamais citer")
        assert row.get("participant", "P001") in known


def test_identifiers_are_of_the_ranges_kept_for_fiction() -> None:
    for number in PLAN:
        source = (GOLD / f"{number}.txt").read_text(encoding="utf-8")
        for kind, words in MARK.findall(source):
            if kind == "PHONE":
                assert words.startswith(("01 99 00 ", "06 39 98 "))
            elif kind == "IBAN":
                assert words.replace(" ", "")[4:9] == "99999"
            elif kind == "EMAIL" and "@" in words:
                assert words.endswith(".example")
