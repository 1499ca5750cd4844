"""The usual cells of a sheet are read at once, whatever else stands there tag by tag: nothing is lost between."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import archive

from enquete.disclosure.contents import texts_of
from enquete.errors import EnqueteError, Problem

BOOK = b'<workbook xmlns:r="r"><sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>'
LINKS = b'<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
WORDS = st.text(st.sampled_from("Aïssata &<>\n\uf8ff🙂'\"0;#"), max_size=12)


def told(cells: str, encoding: str = "utf-8") -> set[tuple[str, str]]:
    sheet = f'<?xml version="1.0" encoding="{encoding}"?><worksheet><sheetData>{cells}</sheetData></worksheet>'
    parts = {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": LINKS, "[Content_Types].xml": b"<Types/>"}
    data = archive({**parts, "xl/worksheets/sheet1.xml": sheet.encode(encoding)})
    return {(text.place, text.text) for text in texts_of("a.xlsx", data) if text.place.startswith("cellule")}


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


@given(st.lists(WORDS, max_size=4), st.integers(0, 10**11))
def test_cells_read_at_once_say_what_tags_say(strings, number):
    cells = "".join(inline(f"A{row}", escape(text)) for row, text in enumerate(strings, 1))
    cells += f'<c r="B1"><v>{number}</v></c>'
    assert told(cells) == told(cells, "utf-16")


@pytest.mark.parametrize(
    "cell",
    [
        inline("A1", "A&#239;ssata"), inline("A1", "A&#xEF;ssata"), inline("A1", "<![CDATA[Aïssata]]>"),
        inline("A1", "Aïs<!-- -->sata"), '<c t="inlineStr" r="A1"><is><t>Aïssata</t></is></c>',
        '<c r="A1" t="inlineStr"><is><r><t>Aïs</t></r><r><t>sata</t></r></is></c>',
        '<c r="A1" s="3" t="str"><f>B2</f><v>Aïssata</v></c>',
    ],
)  # fmt: skip
def test_other_cells_are_read_too(cell):
    assert told(inline("B2", "autre") + cell) == {("cellule A1", "Aïssata"), ("cellule B2", "autre")}


def test_a_cell_that_is_no_xml_is_refused():
    with pytest.raises(EnqueteError) as refusal:
        told(inline("A1", "&inconnu;"))
    assert refusal.value.problem is Problem.CORRUPT_FILE
