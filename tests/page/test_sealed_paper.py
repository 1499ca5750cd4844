"""A sealed paper in a real browser: closed without its phrase, whole with it, and it asks nobody for anything."""

import pytest

from enquete.page.printing import Block, lines, sealed_paper, told
from enquete.page.sealing import Header, derive, seal

PHRASE = "lampe tomate avenir pollen"
BLOCKS = [
    Block("title", "Personnes à revoir"),
    Block("text", "Avec <b>leur</b> accord."),
    Block("table", "", (("Code", "Message"), ("P001", "AUCUN"))),
    Block("person", "P001 · Karima"),
    Block("warning", "Ne laisser aucun message"),
    Block("facts", "", (("Numéro sûr", "06 39 98 14 27"),)),
    Block("heading", "Avant"),
    Block("list", "", (("15 avril : appel",),)),
    Block("quote", "J'ai signé", (("E001, tour 2", "NE JAMAIS CITER"),)),
    Block("blank", "À noter", (("Jour", "Moyen"), ("", ""))),
]


def test_a_terminal_shows_what_the_page_does_but_what_is_to_be_filled_in():
    assert "\n".join(lines(BLOCKS)) == (
        "Personnes à revoir\n==================\n  Avec <b>leur</b> accord.\n  Code  Message\n  P001  AUCUN\n\n"
        "P001 · Karima\n-------------\n  !!! NE LAISSER AUCUN MESSAGE\n  Numéro sûr : 06 39 98 14 27\n\nAvant\n"
        "  - 15 avril : appel\n    « J'ai signé »\n      E001, tour 2 · NE JAMAIS CITER"
    )


@pytest.fixture
def paper(tmp_path):
    header = Header.new("fiche", "0123456789abcdef", "lea")
    sealed = seal(derive(PHRASE, header), header, told("Fiche de Karima", BLOCKS))
    path = tmp_path / "fiche.html"
    path.write_text(sealed_paper("Fiche de contact", sealed.parts()), encoding="utf-8")
    return path


def test_it_opens_with_its_phrase_alone(browser, paper):
    assert "Karima" not in paper.read_text(encoding="utf-8")
    page = browser.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(paper.as_uri())
    assert page.title() == "Fiche de contact"
    page.get_by_label("Phrase de cette fiche").fill("une autre phrase que celle-là")
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_role("alert").filter(has_text="pas la bonne phrase").wait_for()
    page.get_by_label("Phrase de cette fiche").fill(f"  {PHRASE} ")
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_role("heading", name="P001 · Karima").wait_for()
    assert page.title() == "Fiche de Karima"
    assert page.locator(".warning").inner_text() == "NE LAISSER AUCUN MESSAGE"
    assert page.get_by_text("Avec <b>leur</b> accord.").count() == 1
    assert page.locator("blockquote footer").inner_text() == "E001, tour 2 · NE JAMAIS CITER"
    assert page.locator("dd").inner_text() == "06 39 98 14 27"
    page.emulate_media(media="print")
    assert page.get_by_role("button", name="Imprimer").count() == 0
    assert all(address.startswith(("file:", "data:")) for address in asked)
    assert faults == []
    page.close()


def test_an_altered_file_says_so(browser, paper):
    text = paper.read_text(encoding="utf-8")
    start = text.index('"sealed": "') + 20
    paper.write_text(text[:start] + ("A" if text[start] != "A" else "B") + text[start + 1 :], encoding="utf-8")
    page = browser.new_page()
    page.goto(paper.as_uri())
    page.get_by_role("alert").filter(has_text="abîmé").wait_for()
    page.close()
