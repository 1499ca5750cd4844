"""A piece as a file that people edit: what is written is read back the same; what is not understood is told by line."""

from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.written.fields import FIELDS
from enquete.findings.written.markdown import Cited, read, write
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PREFIXES, Evidence, Form, PieceKind, Side

FILE = """\
# C01 Attendre sans savoir

- État : proposé
- Cas : P003, P007

## Interprétation

On attend.

Longtemps.

## Appuis

- E003, tour 12 : « je savais plus qui appeler »
- E007, tour 4

## Contre-exemples

- e010, tour 3 : "on m'a rappelé"
"""


def test_a_file_is_a_piece():
    found = read(FILE, PieceKind.FINDING)
    assert (found.code, found.faults) == ("C01", [])
    assert found.values == {
        "title": "Attendre sans savoir", "state": "proposé", "cases": "P003, P007", "text": "On attend.\n\nLongtemps.",
    }  # fmt: skip
    assert found.cited == [
        Cited(Side.SUPPORTS, "E003", 12, "je savais plus qui appeler", 14),
        Cited(Side.SUPPORTS, "E007", 4, "", 15),
        Cited(Side.CONTRADICTS, "E010", 3, "on m'a rappelé", 19),
    ]


def test_headings_and_places_as_editors_write_them():
    found = read(
        "# C01 Titre\n  ## Limites\nPeu.\n ## Appuis\n* E3,\u00a0tour\u00a02\u202f: « oui »\n", PieceKind.FINDING
    )
    assert (found.values["limits"], found.faults) == ("Peu.", [])
    assert found.cited == [Cited(Side.SUPPORTS, "E3", 2, "oui", 5)]


def test_a_title_alone_is_a_new_piece():
    found = read("# Un titre : avec deux points\n", PieceKind.FINDING)
    assert (found.code, found.values["title"], found.faults) == ("", "Un titre : avec deux points", [])


def test_every_fault_is_told_with_its_line():
    faulty = "Texte perdu\n- Éta : x\n- État : x\n- État : y\n## Interprétatoin\nabc\n## Appuis\nE003 tour 12\n"
    faults = dict(read(faulty, PieceKind.FINDING).faults)
    assert sorted(faults) == [1, 2, 4, 5, 8]
    assert "Vouliez-vous dire « État »" in faults[2]
    assert "Vouliez-vous dire « Interprétation »" in faults[5]
    assert "E003, tour 12" in faults[8]


def test_a_recommendation_has_its_own_fields():
    found = read("# Prévenir\n\n- À qui : CAF, CCAS\n- Envoyée le : 2026-01-26\n", PieceKind.RECOMMENDATION)
    assert found.values == {"title": "Prévenir", "addressees": "CAF, CCAS", "sent": "2026-01-26"}


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20).map(
    lambda text: " ".join(text.split())
)
TRAPS = st.sampled_from(["## Appuis", "# Titre", "- État : x", "\\# a", "", "\\", "a\n  ## b", "a\n  \\# c"])
TEXTS = st.lists(st.one_of(LINE, TRAPS), max_size=6).map(lambda lines: "\n".join(lines).strip())


@given(st.data(), st.sampled_from(list(PREFIXES)))
def test_what_is_written_is_read_back_the_same(data, kind):
    forms = {one.name: one.form for one in FIELDS[kind] if one.form is not Form.CHOICE}
    values = {name: data.draw(TEXTS if form is Form.TEXT else LINE) for name, form in forms.items()}
    values["title"] = values["title"].lstrip(":–— ")
    piece = Piece(f"{PREFIXES[kind]}01", kind, values)
    found = read(write(piece), kind)
    assert found.faults == []
    assert found.code == piece.code
    told = {one.name: piece.get(one.name) for one in FIELDS[kind] if piece.get(one.name)}
    assert {name: text for name, text in found.values.items() if text} == told


def test_quotations_are_written_by_their_place():
    chosen = (Evidence(1, Side.SUPPORTS, "E003", 0, 9, text="Je dors\nmal.", turn=11),)
    text = write(Piece("C01", PieceKind.FINDING, {"title": "Dormir"}, chosen))
    assert "- E003, tour 12 : « Je dors mal. »" in text
    assert read(text, PieceKind.FINDING).cited == [
        Cited(Side.SUPPORTS, "E003", 12, "Je dors mal.", text.count("\n", 0, text.index("- E003")) + 1)
    ]
