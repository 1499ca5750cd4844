"""What `check` says of a codebook, and where."""

from textwrap import dedent

import pytest

from enquete.codebook import Remark, check, loads, tree


def remarks(codes: str) -> list[Remark]:
    return check(loads("id: x\nlabel: y\ncodes:\n" + dedent(codes)))


def said(codes: str) -> str:
    return "\n".join(f"{r.line} {r.severity} {r.message}" for r in remarks(codes))


def test_nothing_to_say():
    assert remarks("- {id: A, label: a, definition: d, cues: [fin de droits, perdre mon travail]}") == []


def test_structure():
    text = said("""\
        - {id: A, label: Un, definition: d, colour: bleu}
        - {id: A, label: Deux}
        - {id: B, label: un, definition: d, parent: a}
        - {id: C, label: Trois, definition: d, parent: D}
        - {id: D, label: Quatre, definition: d, parent: C}
        - {id: E, label: Cinq, definition: d, parent: C}
    """)
    assert "4 error la couleur de A" in text
    assert "5 error le code « A » existe déjà (ligne 4)" in text
    assert "5 warning A n'a pas de définition" in text
    assert "6 warning le libellé de B est déjà celui de A (ligne 4)" in text
    assert "6 error le parent « a » de B n'existe pas" in text
    assert "7 error C est rattaché à lui-même" in text
    assert "8 error D est rattaché à lui-même" in text
    assert "E est rattaché" not in text


def test_cues_that_find_nothing_or_everything():
    text = said("""\
        - {id: A, label: a, definition: d, cues: [de, "…", loyer, loyer]}
        - {id: B, label: b, definition: d, cues: [avoir peur]}
        - {id: C, label: c, definition: d, cues: [avoir peur]}
        - {id: D, label: d, definition: d, cues: [avoir peur]}
        - {id: E, label: e, definition: d, cues: [avoir peur]}
    """)
    assert "4 warning l'indice « de » de A se trouve presque partout" in text
    assert "4 error un indice de A (expressions) est vide" in text
    assert "l'indice « loyer » est écrit 2 fois" in text
    assert "5 warning l'indice « avoir peur » ne départage pas 4 codes : B, C, D, E" in text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{LEMA: avoir}", "vouliez-vous dire « LEMMA » ?"),
        ("{LOWER: CAF}", "écrivez « caf »"),
        ("{LOWER: chuis}", "écrivez « je suis »"),
        ("{LEMMA: fin de droits}", "une accolade par mot"),
        ("{LOWER: true}", "guillemets droits"),
        ('{LEMMA: avoir, OP: "#"}', "pas un motif de spaCy"),
        ('{LEMMA: avoir, OP: "?"}', "n'importe quel texte"),
        ("{LENGTH: beaucoup}", "pas un motif de spaCy"),
    ],
)
def test_patterns_that_cannot_work(pattern: str, expected: str):
    (remark,) = remarks(f"- id: A\n  label: a\n  definition: d\n  cues:\n    patterns:\n      - [{pattern}]\n")
    assert remark.is_error
    assert remark.line == 9
    assert expected in remark.message


def test_tree():
    book = loads(
        dedent("""\
        id: x
        label: y
        codes:
          - {id: A, label: Thème}
          - {id: A.1, label: Premier, cues: [loyer]}
          - {id: A.1.a, label: Feuille, cues: [loyer, bail]}
          - {id: A.2, label: Second}
          - {id: B, label: Perdu, parent: Z}
        """)
    )
    assert tree(book) == [
        "A  Thème",
        "├─ A.1  Premier (1 indice)",
        "│  └─ A.1.a  Feuille (2 indices)",
        "└─ A.2  Second",
        "? B  Perdu (rattaché à « Z »)",
    ]


def test_a_circle_of_codes_ends():
    book = loads("id: x\nlabel: y\ncodes:\n- {id: A, label: a, parent: B}\n- {id: B, label: b, parent: A}\n")
    assert len(tree(book)) == 2
    assert book.theme("A") in ("A", "B")
    assert book.colour("A") == ""
