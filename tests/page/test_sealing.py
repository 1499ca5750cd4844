"""Sealed files: opened by their phrase alone, refused when altered, understood after a journey through mail."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.page import phrases
from enquete.page.sealing import ITERATIONS, Header, Sealed, derive, read_sealed, seal, unseal

PHRASE = "lampe tomate avenir pollen"
CONTENT = {"entries": [{"uid": "a", "body": "Elle dit « ça va » 😀"}], "places": {"E001": 3}}
HEADER = Header.new("codages", "0123456789abcdef", "lea")
KEY = derive(PHRASE, HEADER)
WHITE = bytes(byte for byte in range(256) if not 32 < byte < 127)
FILE = json.dumps(seal(KEY, HEADER, CONTENT).parts()).encode()

# Sealed by an earlier version: what it wrote opens for ever.
FORMER_PHRASE = "été à la mer"
FORMER = {
    "enquete": 1,
    "header": (
        "eyJraW5kIjoiY29kYWdlcyIsInZlcnNpb24iOjEsInN0dWR5IjoiMDEyMzQ1Njc4OWFiY"
        "2RlZiIsInBhY2tldCI6ImZkYjExNjA2OGI5YTdiMDAiLCJjb2RlciI6ImxlYSIsInNhbH"
        "QiOiJjOVZFUWw4UXNrM3ZuWEY4RUpCMjR3PT0iLCJpdGVyYXRpb25zIjo2MDAwMDB9"
    ),
    "nonce": "5VKo3u/1DhDhQmpi",
    "sealed": "Esz288aTUNImlM1rXxOaHe81JNWhsjpgsM0Zby4Din8Jf7ZesaUCAU46DOrpoeTg7Oo=",
    "digest": "b1cb6e65e7ee440b52267e12ef5c5cb7d325fafc8547621f15749ccda89e203a",
}


def opened(data, key=KEY):
    return unseal(read_sealed(data, "codages", "f"), lambda _: key, "f")


def problem(data, key=KEY):
    with pytest.raises(EnqueteError) as caught:
        opened(data, key)
    return caught.value.problem


def test_what_is_sealed_opens_with_its_phrase_alone():
    assert opened(FILE) == CONTENT
    assert b"lampe" not in FILE
    assert "ça va".encode() not in FILE
    assert problem(FILE, derive("lampe tomate avenir pollem", HEADER)) is Problem.SEAL_PHRASE


def test_a_file_of_an_earlier_version_opens():
    sealed = read_sealed(json.dumps(FORMER).encode(), "codages", "f")
    assert unseal(sealed, lambda header: derive(FORMER_PHRASE, header), "f") == {"entries": [], "places": {"E001": 7}}


def test_two_files_of_one_content_differ_in_all_but_their_header():
    first, second = (seal(KEY, HEADER, CONTENT) for _ in range(2))
    assert first.clear == second.clear
    assert first.nonce != second.nonce
    assert first.data != second.data


def test_the_key_costs_what_is_recommended():
    assert HEADER.iterations == ITERATIONS == 600_000


@given(place=st.integers(0, len(FILE) - 1), flip=st.integers(1, 255))
def test_a_byte_changed_is_never_taken_for_the_content(place, flip):
    altered = bytearray(FILE)
    altered[place] ^= flip
    if altered.translate(None, WHITE) != FILE.translate(None, WHITE):
        assert problem(bytes(altered)) in {Problem.SEAL_DAMAGED, Problem.SEAL_UNKNOWN, Problem.SEAL_NEWER}


@given(st.sampled_from(["header", "nonce", "sealed"]), st.integers(0), st.integers(1, 255))
def test_who_mends_the_digest_is_refused_too(part, place, flip):
    parts = json.loads(FILE)
    raw = bytearray(base64.b64decode(parts[part]))
    raw[place % len(raw)] ^= flip
    parts[part] = base64.b64encode(raw).decode()
    fields = {"header": "clear", "nonce": "nonce", "sealed": "data"}
    mended = {field: base64.b64decode(parts[name]) for name, field in fields.items()}
    parts = Sealed(HEADER, **mended).parts()
    assert problem(json.dumps(parts).encode()) in {Problem.SEAL_PHRASE, Problem.SEAL_DAMAGED, Problem.SEAL_UNKNOWN}


@given(st.integers(0, len(FILE) - 1))
def test_a_file_cut_short_is_said_damaged(length):
    assert problem(FILE[:length]) in {Problem.SEAL_DAMAGED, Problem.SEAL_UNKNOWN}


def test_a_header_of_another_packet_does_not_fit():
    other = Header.new("codages", HEADER.study, "lea")
    swapped = Sealed(other, other.model_dump_json().encode(), *_nonce_and_data())
    assert problem(json.dumps(swapped.parts()).encode()) is Problem.SEAL_PHRASE


def _nonce_and_data():
    sealed = read_sealed(FILE, "codages", "f")
    return sealed.nonce, sealed.data


@given(st.lists(st.integers(0, len(FILE)), max_size=20), st.sampled_from([b"\r\n", b"\n", b" ", "\u00a0".encode()]))
def test_line_breaks_added_by_mail_do_no_harm(places, white):
    for place in sorted(places, reverse=True):
        data = FILE[:place] + white + FILE[place:]
        assert opened(data) == CONTENT


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + FILE,
        FILE.decode().encode("utf-16"),
        b"Bonjour,\n\nvoici mes codages :\n" + FILE + "\n-- \nEnvoyé de mon téléphone".encode(),
    ],
    ids=["byte order mark", "UTF-16", "words around"],
)
def test_a_file_that_went_through_mail_opens(data):
    assert opened(data) == CONTENT


def test_other_files_are_told_apart():
    page = b'<!doctype html><script type="application/json" id="paquet">' + FILE + b"</script>"
    assert problem(page) is Problem.SEAL_IS_PACKET
    assert problem(b"") is Problem.SEAL_UNKNOWN
    assert problem(b"%PDF-1.7") is Problem.SEAL_UNKNOWN
    assert problem(FILE.replace(b'{"enquete": 1', b'{"enquete": 2')) is Problem.SEAL_NEWER
    assert problem(b'{"enquete":' + b"[" * 100_000 + b"}") is Problem.SEAL_DAMAGED
    packet = seal(KEY, HEADER.model_copy(update={"kind": "paquet"}), CONTENT)
    assert problem(json.dumps(packet.parts()).encode()) is Problem.SEAL_UNKNOWN


def test_a_forged_header_cannot_ask_for_hours_of_work():
    for iterations in (1, 599_999, 10**12):
        header = HEADER.model_copy(update={"iterations": iterations})
        forged = Sealed(HEADER, header.model_dump_json().encode(), bytes(12), bytes(32))
        assert problem(json.dumps(forged.parts()).encode()) is Problem.SEAL_DAMAGED


@pytest.mark.parametrize("coder", ["lea\n", "lea\x1b[31m", "\u202eael", "../lea", ""])
def test_nor_write_on_a_terminal_by_the_name_of_its_coder(coder):
    header = HEADER.model_copy(update={"coder": coder})
    forged = Sealed(HEADER, header.model_dump_json().encode(), bytes(12), bytes(32))
    assert problem(json.dumps(forged.parts()).encode()) is Problem.SEAL_DAMAGED


def test_what_two_keyboards_write_is_one_phrase():
    assert phrases.plain("  e\u0301te\u0301\u00a0 à  la\tmer ") == "été à la mer"
    assert phrases.plain("Été") != phrases.plain("été")


def test_a_phrase_is_long_and_varied():
    assert phrases.strong_enough("lampe tomate avenir")
    assert not phrases.strong_enough("lampe tomate")
    assert not phrases.strong_enough("aaaaaaaaaaaaaaaaaaaaaaa")


def test_drawn_phrases_are_words_that_anybody_can_type():
    words = phrases.known_words()
    assert len(words) == len(set(words)) == 1024
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 8 for word in words)
    assert len({phrases.drawn() for _ in range(50)}) == 50
    drawn = phrases.drawn()
    assert set(drawn.split()) <= set(words)
    assert phrases.strong_enough(drawn)
    assert phrases.plain(drawn) == drawn
