"""Grids that come back: told by the codes in them, wherever their rows and columns are by now."""

from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.cases.returned import letters, mark_in, normalised, read_back

FIELDS = ("rsa:R01", "rsa:R02", "n:R02")
PEOPLE = {f"P{i:03}" for i in range(1, 8)}


def known(written):
    return written.strip().upper() if written.strip().upper() in PEOPLE else None


def sheet(*lines):
    """« a | b » a line; the first is row 1 of the sheet."""
    return [(number, [cell.strip() for cell in line.split("|")]) for number, line in enumerate(lines, start=1)]


def test_rows_sorted_and_columns_moved_are_told_by_their_codes():
    back = read_back(
        sheet(
            "Grille de l'équipe",
            "mon avis | n:R02 Autre grille | Personne | rsa:R01 Parcours (revu)",
            "à voir | deux | p002 | un",
            " | | P001 | ",
            "une note sous le tableau",
        ),
        FIELDS,
        known,
    )
    assert back.texts == {
        ("P002", "n:R02"): "deux",
        ("P002", "rsa:R01"): "un",
        ("P001", "n:R02"): "",
        ("P001", "rsa:R01"): "",
    }
    assert back.faults == []


def test_what_has_no_person_and_what_is_said_twice_are_told_by_row_and_column():
    back = read_back(
        sheet(
            "Personne | rsa:R01 Parcours | rsa:R02",
            "P001 | un | a",
            " | perdu | ",
            "P999 | | de qui ?",
            "P001 | autre | a",
        ),
        FIELDS,
        known,
    )
    assert back.texts == {("P001", "rsa:R02"): "a"}
    assert [fault.partition(" : ")[0] for fault in back.faults] == [
        "ligne 3, colonne B",
        "ligne 4, colonne C",
        "ligne 5, colonne B",
    ]


def test_a_sheet_without_people_or_themes_is_no_grid():
    assert read_back(sheet("Personne | Thème", "P001 | x"), FIELDS, known) is None
    assert read_back(sheet("Qui | rsa:R01", "P001 | x"), FIELDS, known) is None
    assert read_back([], FIELDS, known) is None


def test_the_mark_is_found_wherever_it_stands():
    assert mark_in(sheet("a | b", "| Repère : 0123456789abcdef")) == "0123456789abcdef"
    assert mark_in(sheet("Repère : rien")) == ""


def test_columns_are_named_as_spreadsheets_do():
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20).map(normalised)


@given(
    texts=st.dictionaries(st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from(FIELDS)), cells),
    rows=st.permutations(sorted(PEOPLE)),
    columns=st.permutations(["Personne", "ma colonne", *FIELDS]),
)
def test_any_order_of_rows_and_columns_gives_the_same_texts(texts, rows, columns):
    def cell(person, column):
        if column == "Personne":
            return person
        return texts.get((person, column), "") if column in FIELDS else "à moi"

    table = [(1, [f"{c} Titre" if c in FIELDS else c for c in columns])]
    table += [(line, [cell(person, c) for c in columns]) for line, person in enumerate(rows, start=2)]
    back = read_back(table, FIELDS, known)
    assert {place: text for place, text in back.texts.items() if text} == {p: t for p, t in texts.items() if t}
    assert back.faults == []


@given(st.text())
def test_what_is_normalised_once_stays_the_same(text):
    assert normalised(normalised(text)) == normalised(text)
