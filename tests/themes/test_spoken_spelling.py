"""Spoken spellings written out, and the way back to the text as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.model import Span
from enquete.themes.parsed import ParsedTurn, parse
from enquete.themes.spoken import respell


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("j'sais pas c'que j'veux", "je sais pas ce que je veux"),
        ("j’sais pas c’que j’veux", "je sais pas ce que je veux"),
        ("chuis au RSA d'puis deux ans", "je suis au RSA depuis deux ans"),
        ("Y'a rien, y'avait rien", "Il y a rien, il y avait rien"),
        ("ils m'ont d'mandé d'revenir", "ils m'ont demandé de revenir"),
        ("il est r'venu, faut r'commencer", "il est revenu, faut recommencer"),
        ("j'te l'dis, j'm'occupe du p'tit", "je te le dis, je m'occupe du petit"),
        ("t'sais, t'as qu'les papiers", "tu sais, tu as que les papiers"),
        ("maint'nant, la s'maine, tout l'temps", "maintenant, la semaine, tout le temps"),
        ("aujourd'hui l'école, d'abord quelqu'un", "aujourd'hui l'école, d'abord quelqu'un"),
    ],
)
def test_respell(spoken: str, written: str):
    assert respell(spoken)[0] == written


@given(st.text(alphabet="jtdlmsrqu'’ aepvnh.,\n", max_size=60))
def test_every_place_leads_back_into_the_text(text: str):
    written, mapping = respell(text)
    back = mapping.inverse()
    for at in range(len(written)):
        span = back.span(Span(at, at + 1)).span
        assert 0 <= span.start <= span.end <= len(text)


def test_tokens_stand_where_they_were_said():
    text = "Chuis r'venu, y’a rien."
    (turn,) = parse([text])
    said = [text[start:end] for start, end in zip(turn.starts, turn.ends, strict=True)]
    assert list(zip(turn.forms, said, strict=True))[:3] == [("je", "Chuis"), ("suis", "Chuis"), ("revenu", "r'venu")]
    assert turn.lemmas[2] == "revenir"
    assert ("rien", "rien") in zip(turn.forms, said, strict=True)


def test_a_parse_survives_its_bytes():
    for turn in parse(["J'sais pas, hein.", "", "  ", "Élève à l’École 🙂 « oui »…"]):
        assert ParsedTurn.decode(turn.encode()) == turn


def test_progress_and_order():
    seen: list[int] = []
    turns = parse(["un loyer", "deux loyers"], progress=seen.append)
    assert seen == [1, 2]
    assert [turn.forms[0] for turn in turns] == ["un", "deux"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9), st.text(min_size=1, max_size=4)), max_size=6))
def test_any_parse_survives_its_bytes(tokens: list[tuple[int, int, str]]):
    starts, ends, at = [], [], 0
    for gap, length, _ in tokens:
        starts.append(at + gap)
        ends.append(at := at + gap + length)
    forms = tuple(form for _, _, form in tokens)
    turn = ParsedTurn(tuple(starts), tuple(ends), forms, forms[::-1], "N" * len(forms))
    assert ParsedTurn.decode(turn.encode()) == turn
