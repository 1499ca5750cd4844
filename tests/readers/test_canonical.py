"""The canonical text holds the speech alone, and its mapping goes there and back."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from enquete.model import RawTurn, Role, Span, Speaker, Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import canonical

WORDS = st.text(alphabet="abéœ'’ \u00a0e\u0301c\u0327\u200b\u00adzA\r\n1?", min_size=1, max_size=12).filter(
    lambda s: any(c.isalnum() for c in s)
)
GAPS = st.sampled_from(["", " ", "\n", "\r\n\r\n", "\r", "E : ", "\n\n00:00:12 --> 00:00:14\n", "[00:12] "])


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    text, turns = draw(GAPS), []
    for speaker in draw(st.lists(st.integers(0, 1), min_size=1, max_size=4)):
        pieces = []
        for words in draw(st.lists(WORDS, min_size=1, max_size=3)):
            words = words.strip()
            pieces.append(Span(len(text), len(text) + len(words)))
            text += words + (draw(GAPS) or " ")
        turns.append(RawTurn(speaker, tuple(pieces)))
    return Transcript(text, tuple(turns), (Speaker(("E",), Role.INTERVIEWER), Speaker(("R",), Role.PARTICIPANT)))


def letters(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\u200b", "").replace("\u00ad", ""))
    return "".join(c for c in text if c.isalnum() or unicodedata.combining(c))


@given(transcripts())
def test_every_letter_of_speech_goes_there_and_back(transcript: Transcript) -> None:
    made = canonical(transcript)
    back = made.mapping.inverse()
    assert unicodedata.is_normalized("NFC", made.text)
    assert not set(made.text) & set("\r\u200b\u00ad")
    for raw, turn in zip(transcript.turns, made.turns, strict=True):
        assert "".join(letters(s.of(transcript.text)) for s in raw.speech) == letters(made.text[turn.start : turn.end])
        for piece in raw.speech:
            moved = made.mapping.span(piece).span
            assert turn.start <= moved.start <= moved.end <= turn.end
            assert letters(moved.of(made.text)) == letters(piece.of(transcript.text))
            for at in range(moved.start, moved.end):
                if made.text[at].isalnum():
                    origin = back.span(Span(at, at + 1)).span
                    assert piece.start <= origin.start < origin.end <= piece.end
                    assert made.text[at] in letters(origin.of(transcript.text))


@given(transcripts())
def test_turns_fill_the_text(transcript: Transcript) -> None:
    made = canonical(transcript)
    assert made.turns[0].start == 0
    assert made.turns[-1].end == len(made.text)
    for before, after in zip(made.turns, made.turns[1:], strict=False):
        assert made.text[before.end : after.start] == "\n"


def test_labels_times_and_headers_are_taken_out() -> None:
    transcript = read_bytes(
        "a.txt", "Entretien 3\r\n\r\nE : Ça va\u00a0?\r\n\r\nR : Oui [00:00:12] oui.\r\n\r\nEt vous ?".encode("utf-16")
    )
    made = canonical(transcript)
    assert made.text == "Ça va\u00a0?\nOui oui.\nEt vous ?"
    assert [(t.start, t.end, t.role) for t in made.turns] == [(0, 7, Role.INTERVIEWER), (8, 26, Role.PARTICIPANT)]


def test_decomposed_letters_are_composed() -> None:
    transcript = read_bytes("a.txt", "E : E\u0301te\u0301 ?\nR : C\u0327a\u200b va.".encode())
    made = canonical(transcript)
    assert made.text == "Été ?\nÇa va."
    raw = made.mapping.inverse().span(Span(0, 3)).span
    assert raw.of(transcript.text) == "E\u0301te\u0301"


def test_cues_are_no_paragraphs() -> None:
    srt = "1\n00:00:00,000 --> 00:00:01,000\n[S01]: Je suis\n\n2\n00:00:01,000 --> 00:00:02,000\n[S01]: là.\n"
    srt += "\n3\n00:00:02,000 --> 00:00:03,000\n[S02]: Oui.\n"
    assert canonical(read_bytes("a.srt", srt.encode())).text == "Je suis là.\nOui."
