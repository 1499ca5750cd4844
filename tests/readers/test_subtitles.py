"""SRT and WebVTT, as tools write them and as people break them."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.model import Role, Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import canonical


def read(text: str, name: str = "a.vtt") -> Transcript:
    return read_bytes(name, dedent(text).encode())


def said(transcript: Transcript) -> list[tuple[int, str]]:
    made = canonical(transcript)
    return [(t.speaker, made.text[t.start : t.end]) for t in made.turns]


def test_voice_tags_closed_or_not() -> None:
    found = read(
        """\
        WEBVTT - entretien 3

        NOTE
        relu le 12 mars

        STYLE
        ::cue { color: red }

        intro
        00:00:01.000 --> 00:00:02.500 align:start
        <v Anne Martin>Vous vous <i>présentez</i> ?</v>

        00:00:02.500 --> 00:00:04.000
        <v.loud Awa Diop>Moi c'est Awa, <00:00:03.000>j'ai
        deux enfants.

        00:00:04.000 --> 00:00:05.000
        <v Awa Diop>Et un <c.jaune>mari</c>.

        2b7a-1
        00:05.000 --> 00:06.000
        <v Anne Martin>Et le RSA ?
        """
    )
    assert said(found) == [
        (0, "Vous vous présentez ?"),
        (1, "Moi c'est Awa, j'ai deux enfants. Et un mari."),
        (0, "Et le RSA ?"),
    ]
    assert [(t.begin, t.end) for t in found.turns] == [(1, 2.5), (2.5, 5), (5, 6)]
    assert [s.labels for s in found.speakers] == [("Anne Martin",), ("Awa Diop",)]
    assert found.speakers[0].role is Role.INTERVIEWER


def test_two_voices_in_one_cue() -> None:
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A B>Oui ?</v>\n<v C D>Non.</v> <v A B>Ah.</v>\n")
    assert said(found) == [(0, "Oui ?"), (1, "Non."), (0, "Ah.")]


def test_zoom_names_in_the_cues() -> None:
    found = read(
        """\
        WEBVTT

        1
        00:00:01.000 --> 00:00:02.000
        Anne Martin: Vous vous présentez ?

        2
        00:00:02.000 --> 00:00:04.000
        Awa Diop: Moi, c'est simple : je vis seule.

        3
        00:00:04.000 --> 00:00:05.000
        Anne Martin: Et le RSA ?

        4
        00:00:05.000 --> 00:00:06.000
        Awa Diop: Depuis mars.
        """
    )
    assert [s for s, _ in said(found)] == [0, 1, 0, 1]
    assert said(found)[1][1] == "Moi, c'est simple : je vis seule."


def test_noscribe_overlap_in_a_voice_tag() -> None:
    found = read(
        "WEBVTT entretien\n\nNOTE\nTranscrit\n\n1\n00:00:01.000 --> 00:00:02.000\n<v S01>Bonjour ?\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\n<v //S02>oui\n\n3\n00:00:03.000 --> 00:00:04.000\n<v S02>Voilà.\n"
    )
    assert said(found) == [(0, "Bonjour ?"), (1, "oui Voilà.")]


def test_without_speakers_times_are_kept() -> None:
    found = read(
        "1\n00:00:00,500 --> 00:00:07,000\nBonjour.\n\n2\n00:00:07,000 --> 00:00:09,000\nOn est\n25\n", "a.srt"
    )
    assert said(found) == [(0, "Bonjour. On est 25")]
    assert (found.turns[0].begin, found.turns[0].end) == (0.5, 9)
    assert found.speakers[0].role is Role.UNKNOWN
    assert found.warnings


@pytest.mark.parametrize(
    "srt",
    [
        "1\n00:00:00.500 --> 00:00:07.000\nBonjour.\n\n2\n00:00:07.000 --> 00:00:09.000\nVoilà.\n",
        "00:00:00,500 --> 00:00:07,000\nBonjour.\n\n00:00:07:000 --> 00:00:09:000\nVoilà.\n",
        "1\n00:00:00,500 -> 00:00:07,000\nBonjour.\n\n2\n00:00:07,000 --> 00:00:99,000\nVoilà.\n",
        "1\n0:0:0,5 --> 0:0:7,0\nBonjour.\n2\n0:0:7,0 --> 0:0:9,0\nVoilà.\n",
        "1\n00:00:00,500 -->\nBonjour.\n\n2\n00:00:07,000 --> 00:00:09,000\nVoilà.\n",
        "\ufeff1\r\n00:00:00,500 --> 00:00:07,000 \r\nBonjour.\r\n\r\n\r\n2\r\n0:00:07,000 --> 00:00:09,000\r\nVoilà.",
    ],
)
def test_malformed_is_read_with_a_warning(srt: str) -> None:
    found = read(srt, "a.srt")
    assert said(found) == [(0, "Bonjour. Voilà.")]
    assert any("mal écrits" in w for w in found.warnings)


def test_well_made_is_read_without_that_warning() -> None:
    found = read("1\n00:00:00,500 --> 00:00:07,000\n<i>Bonjour.</i>\n", "a.srt")
    assert not any("mal écrits" in w for w in found.warnings)
    assert said(found) == [(0, "Bonjour.")]


@given(st.text(alphabet="0123456789:.,-> \r\nWEBVT<v>a/", max_size=80))
def test_never_breaks(text: str) -> None:
    from enquete.errors import EnqueteError

    try:
        found = read_bytes("a.vtt", f"WEBVTT\n\n{text}".encode())
    except EnqueteError:
        return
    canonical(found)
