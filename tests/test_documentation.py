"""What the pages point at is there: files, headings, pictures, keys of the page, settings."""

import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LARGEST = 160_000  # bytes of a picture
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


def links(page):
    return _LINK.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))


def anchors(page):
    """Of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", _letters(heading)).replace(" ", "-") for heading in headings}


def _letters(heading):
    return unicodedata.normalize("NFC", heading).lower()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_at_is_there(page):
    for link in links(page):
        file, _, anchor = link.partition("#")
        if link.startswith("https://"):
            continue
        target = (page.parent / file).resolve() if file else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


def test_every_picture_is_shown_and_light():
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    pictures = set((ROOT / "docs").rglob("*.png"))
    assert pictures <= shown
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST] == []


def test_every_key_of_the_page_is_told():
    keys = (ROOT / "enquete" / "page" / "static" / "keys.js").read_text(encoding="utf-8")
    named = re.findall(r'^  (?:key|letter|everywhere|answers)\((?:[A-Z]+, )?"([^"]+)"', keys, re.MULTILINE)
    table = (ROOT / "docs" / "coder-un-entretien.md").read_text(encoding="utf-8")
    told = {key for cell in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for key in (cell, *cell.split(", "))}
    assert len(named) > 20
    assert [key for key in named if key not in told] == []


def test_architecture_is_short_and_names_every_package():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "enquete").glob("*/__init__.py")}
    assert [name for name in sorted(packages) if f"`enquete/{name}/`" not in text] == []
    assert len(text.splitlines()) <= 190
