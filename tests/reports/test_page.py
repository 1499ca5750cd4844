"""The page: one file, its links, what stands in it."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from whole_synthesis import EMPTY, QUOTATIONS, SYNTHESIS

from enquete.disclosure.contents import texts_of
from enquete.findings.figures import described
from enquete.reports import page, page_tables


class Read(HTMLParser):
    """ids, links, tags and the texts of a page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data.replace("\u00a0", " ").replace("\u202f", " ")

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name))]


@pytest.fixture(scope="module")
def made() -> Read:
    return Read(page.render(SYNTHESIS))


def test_tags_are_closed_and_ids_are_unique(made: Read) -> None:
    assert made.open == []
    assert len(made.values("id")) == len(set(made.values("id")))


def test_every_link_leads_somewhere_in_the_page(made: Read) -> None:
    assert {link[0] for link in made.values("href")} == {"#"}
    assert {link[1:] for link in made.values("href")} <= set(made.values("id"))


def test_nothing_is_asked_of_the_network_and_nothing_runs(made: Read) -> None:
    assert {tag for tag, _ in made.tags}.isdisjoint({"script", "link", "iframe", "form", "object", "base"})
    assert all(source.startswith("data:image/svg+xml;base64,") for source in made.values("src"))
    assert not [name for _, attributes in made.tags for name in attributes if name.startswith("on")]
    assert "default-src 'none'" in next(a["content"] for t, a in made.tags if t == "meta" and "http-equiv" in a)
    assert b"@import" not in page.render(SYNTHESIS)


def test_what_people_say_is_never_a_tag(made: Read) -> None:
    assert "<b>Vraiment</b> & sans regarder" in made.text
    assert "b" not in {tag for tag, _ in made.tags}


def test_headings_go_down_one_level_at_a_time(made: Read) -> None:
    levels = [int(tag[1]) for tag, _ in made.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_figures_have_their_numbers_in_words(made: Read) -> None:
    told = [alt.replace("\u00a0", " ").replace("\u202f", " ") for alt in made.values("alt")]
    assert told == [described(figure) for figure in (*SYNTHESIS.themes.figures, *SYNTHESIS.waves.figures)]


def test_a_number_leads_to_its_quotations_and_a_quotation_back(made: Read) -> None:
    data = page.render(SYNTHESIS).decode()
    assert '<td class="count"><a href="#v-0">17</a></td>' in data
    quotation = data[data.index('id="v-0"') :].partition("</li>")[0]
    assert 'href="#t2-0"' in quotation
    assert ">cité dans C01</a>" in quotation
    assert '<a href="#v-0">parmi les verbatims</a>' in data


def test_all_the_codes_and_numbers_of_a_table_are_there(made: Read) -> None:
    for text in ("Changements de référent", "1 320", "Sur : personnes dont un entretien est codé"):
        assert text in made.text


def test_too_many_quotations_are_left_to_the_workbook_and_the_page_says_so(monkeypatch) -> None:
    monkeypatch.setattr(page, "MOST", 2)
    some = replace(SYNTHESIS, quotations=replace(QUOTATIONS, rows=(*QUOTATIONS.rows, QUOTATIONS.rows[2])))
    read = Read(page.render(some))
    assert page_tables.TOO_MANY in read.text
    assert [name for name in read.values("id") if name.startswith("v-")] == ["v-0", "v-1", "v-2"]


def test_equal_syntheses_give_equal_pages_and_the_gate_reads_them() -> None:
    data = page.render(SYNTHESIS)
    assert data == page.render(SYNTHESIS)
    read = " ".join(text.text for text in texts_of("page.html", data)).replace("\u00a0", " ")
    assert "changé quatre fois de référent" in read


def test_a_study_where_nothing_is_written_yet_has_a_page() -> None:
    read = Read(page.render(EMPTY))
    assert "Constats" not in read.text
    assert "42 entretiens codés" in read.text
