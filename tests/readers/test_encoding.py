import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.readers.encoding import decode

FRENCH = (
    "Enquêtrice : L’œuvre coûte 12 € à Noël…\r\nEnquêté : « Ça ? » Où ça, là-bas, chez ma sœur, c'était très gênant."
)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("mac-roman", "mac-roman"),
    ],
)
def test_french_in_every_encoding(encoding: str, name: str) -> None:
    assert decode(FRENCH.encode(encoding)) == (FRENCH, name)


def test_latin_9_is_told_from_cp1252() -> None:
    text = "Ma sœur touche 600 € et mon cœur… pardon, c'était l'été, à Noël, la mère, ça coûte 20 €.".replace(
        "…", "..."
    )
    assert decode(text.encode("iso-8859-15")) == (text, "iso-8859-15")
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_accents_alone_read_the_same() -> None:
    text = "Enquêtée : Oui, ça va, très bien. Et là, à l'été ?"
    assert decode(text.encode("latin-1"))[0] == text


def test_one_accent() -> None:
    assert decode("E : Bonjour\nR : Salut, ça va ?".encode("latin-1"))[0] == "E : Bonjour\nR : Salut, ça va ?"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=50))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    if "\x00" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode())[0] == text


@given(st.binary(max_size=200))
def test_never_fails(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)
