"""What speech recognition writes in JSON, and noScribe in HTML."""

import json

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.model import Role, Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import canonical


def said(transcript: Transcript) -> list[str]:
    made = canonical(transcript)
    return [f"{t.speaker} {made.text[t.start : t.end]}" for t in made.turns]


def load(content: object) -> Transcript:
    return read_bytes("a.json", json.dumps(content, ensure_ascii=False).encode())


SEGMENTS = [
    {"start": 0.0, "end": 2.5, "text": " Vous vous présentez ?", "speaker": "SPEAKER_00"},
    {"start": 2.5, "end": 4.0, "text": " Moi c'est Awa,", "speaker": "SPEAKER_01"},
    {"start": 4.0, "end": 5.5, "text": " j'ai deux enfants.", "speaker": "SPEAKER_01"},
    {"start": 6.0, "end": 7.0, "text": " Et le RSA ?", "speaker": "SPEAKER_00"},
]
TURNS = ["0 Vous vous présentez ?", "1 Moi c'est Awa, j'ai deux enfants.", "0 Et le RSA ?"]


@pytest.mark.parametrize(
    "wrap", [lambda s: {"segments": s, "language": "fr"}, lambda s: s, lambda s: {"utterances": s}]
)
def test_whisperx(wrap) -> None:  # type: ignore[no-untyped-def]
    found = load(wrap(SEGMENTS))
    assert said(found) == TURNS
    assert (found.turns[1].begin, found.turns[1].end) == (2.5, 5.5)
    assert [s.role for s in found.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]


def test_speakers_of_words() -> None:
    words = [("Vous", 0), ("venez", 0), ("?", 0), ("Oui.", 1)]
    segment = {
        "start": 0,
        "end": 4,
        "text": "Vous venez ? Oui.",
        "words": [{"word": w, "start": n, "end": n + 1, "speaker": f"SPEAKER_0{s}"} for n, (w, s) in enumerate(words)],
    }
    assert said(load({"segments": [segment]})) == ["0 Vous venez ?", "1 Oui."]


def test_numbered_speakers() -> None:
    assert said(load([{**s, "speaker": int(str(s["speaker"])[-1])} for s in SEGMENTS])) == TURNS


def test_whisper_without_speakers() -> None:
    found = load({"text": "…", "segments": [{k: v for k, v in s.items() if k != "speaker"} for s in SEGMENTS]})
    assert len(found.turns) == 1
    assert (found.turns[0].begin, found.turns[0].end) == (0, 7)
    assert found.speakers[0].role is Role.UNKNOWN


def test_whisper_cpp() -> None:
    item = {
        "timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"},
        "offsets": {"from": 1500},
        "text": " Bonjour.",
    }
    found = load({"transcription": [item]})
    assert said(found) == ["0 Bonjour."]
    assert found.turns[0].begin == 1.5


def test_missing_speaker_is_said() -> None:
    found = load([*SEGMENTS, {"start": 8, "end": 9, "text": "Voilà.", "speaker": None}])
    assert said(found)[-1] == "0 Et le RSA ? Voilà."
    assert any("rattachés" in w for w in found.warnings)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"segments": [', Problem.CORRUPT_FILE),
        ('{"name": "x", "version": 3}', Problem.NOT_A_TRANSCRIPT),
        ("[1, 2, 3]", Problem.NOT_A_TRANSCRIPT),
        ('{"segments": [{"text": " "}], "text": ""}', Problem.NO_WORDS),
    ],
)
def test_other_json_is_refused(text: str, problem: Problem) -> None:
    with pytest.raises(EnqueteError) as caught:
        read_bytes("a.json", text.encode())
    assert caught.value.problem is problem


NOSCRIBE = """<!DOCTYPE html>
<html><head><meta charset="UTF-8"><meta name="audio_source" content="C:\\Users\\Anne\\awa.mp3">
<style type="text/css">p, li { white-space: pre-wrap; }</style></head>
<body style="font-family: 'Arial'"><div class="WordSection1">
<p style="font-weight: 600">awa</p>
<p><span style="color: #909090; font-size: 0.8em">Transcrit avec noScribe vers. 0.6<br>
Fichier audio : C:\\Users\\Anne\\awa.mp3<br>
(Début : 00:00:00 | Langue : French | Locuteurs : 2)</span></p>
<p></p>
<p><a name="ts_0_2500_S01" >S01 <span style="color: #78909C" >[00:00:00]</span>: Vous vous présentez ?</a></p>
<p><a name="ts_2500_4000_S02" >S02: Moi c'est Awa,</a><a name="ts_4000_5500_S02" > j'ai deux enfants.</a
><a name="ts_5500_6000_S02"> (..)</a>
<a name="ts_6000_6500_//S01" > //S01: D'accord</a><a name="ts_6500_7000_S02" >// et un mari &amp; voilà.</a></p>
<p><a name="ts_7000_8000_S01" >S01: Et le RSA ?</a></p>
</div></body></html>"""


def test_noscribe() -> None:
    found = read_bytes("a.html", NOSCRIBE.encode())
    assert said(found) == [
        "0 Vous vous présentez ?",
        "1 Moi c'est Awa, j'ai deux enfants. (..)",
        "0 D'accord",
        "1 et un mari & voilà.",
        "0 Et le RSA ?",
    ]
    assert found.turns[0].begin == 0
    assert found.turns[4].end == 8
    assert "audio_source" in found.properties


def test_noscribe_without_speakers_leaves_its_header_out() -> None:
    page = (
        NOSCRIBE.replace("S01: ", "")
        .replace("S02: ", "")
        .replace("S01 <span", "<span")
        .replace("</span>: V", "</span> V")
    )
    page = page.replace("//", "")
    found = read_bytes("a.html", page.encode())
    assert [s.role for s in found.speakers] == [Role.UNKNOWN]
    assert "noScribe" not in canonical(found).text


def test_other_pages() -> None:
    page = (
        "<html><head><title>x</title><script>var a = 1;</script></head><body><h1>Entretien</h1>"
        "<p><b>Enquêtrice</b> Vous vous\n présentez ?</p>"
        "<p><strong>Enquêtée&nbsp;:</strong> Moi c'est Awa,<br>j'ai deux enfants.</p>"
        "<table><tr><td>Enquêtrice</td><td>Et le RSA ?</td></tr>"
        "<tr><td>Enquêtée</td><td>Depuis mars.</td></tr></table></body></html>"
    )
    assert said(read_bytes("a.htm", page.encode("cp1252"))) == [
        "0 Vous vous présentez ?",
        "1 Moi c'est Awa,\nj'ai deux enfants.",
        "0 Et le RSA ?",
        "1 Depuis mars.",
    ]
