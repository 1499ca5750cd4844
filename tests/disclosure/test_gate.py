import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.disclosure.contents import Text
from enquete.disclosure.gate import Finding, Form, Ground, KnownForms, judge
from enquete.disclosure.small_cells import mask
from enquete.model import Audience
from enquete.model import IdentifierType as T


def check(texts: list[tuple[str, str]], forms: list[Form]) -> list[Finding]:
    return judge([Text(place, text) for place, text in texts], Ground(b"secret", KnownForms(forms)))


def leaks(text: str, *forms: str, type: T = T.PERSON) -> bool:  # noqa: A002
    return any("coffre" in found.what for found in check([("ici", text)], [Form(f, type) for f in forms]))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("avec Aïssata hier", "Aïssata"),
        ("avec AISSATA hier", "Aïssata"),
        ("avec aissata hier", "Aïssata"),
        ("chez Jean Pierre", "Jean-Pierre"),
        ("synthese_Aissata2.xlsx", "Aïssata"),
        ("madame Le Floc’h", "Le Floc'h"),
        ("Le\nBihan", "Le Bihan"),
        ("A\u0131\u0308ssata", "Aïssata"),  # decomposed, dotless i
        ("Yılmaz", "Yilmaz"),
    ],
)
def test_a_name_is_found_whatever_its_spelling(text: str, form: str) -> None:
    assert leaks(text, form)


@pytest.mark.parametrize("text", ["les aissatas", "Aïssatou", "rien ici", ""])
def test_only_whole_words_count(text: str) -> None:
    assert not leaks(text, "Aïssata")


def test_forms_under_three_letters_are_not_looked_for() -> None:
    assert not leaks("Li est là", "Li")


def test_a_common_word_counts_only_as_a_name() -> None:
    assert not leaks("une robe rose", "Rose")
    assert not leaks("Merci. Petit à petit ça va", "Petit")
    assert leaks("je vois Rose demain", "Rose")
    assert leaks("avec Rose Marchand", "Rose Marchand")


def test_an_institution_is_no_name() -> None:
    assert not leaks("inscrit à France Travail", "France")


@pytest.mark.parametrize("text", ["06 39 98 12 34", "0639981234", "au 06.39.98.12.34.", "06-39-98-12-34"])
def test_a_number_is_found_however_it_is_grouped(text: str) -> None:
    assert leaks(text, "0639981234", type=T.PHONE)
    assert leaks(text, "06 39 98 12 34", type=T.PHONE)


def test_a_longer_number_is_another_number() -> None:
    assert not leaks("10639981234", "0639981234", type=T.PHONE)


def test_ages_are_nobodys_own() -> None:
    assert not leaks("45-54 ans", "54 ans", type=T.AGE)


def test_a_leak_tells_the_place_and_never_the_secret() -> None:
    found = check([("Verbatims, ligne 12", "Aïssata et Aïssata")], [Form("Aïssata", T.PERSON)])
    assert [(f.place, f.what) for f in found] == [("Verbatims, ligne 12", "nom de personne du coffre")]
    assert "ssata" not in repr(found)


def test_a_text_that_stands_twice_leaks_twice() -> None:
    found = check([("ligne 1", "Aïssata"), ("ligne 2", "rien"), ("ligne 3", "Aïssata")], [Form("Aïssata", T.PERSON)])
    assert [leak.place for leak in found] == ["ligne 1", "ligne 3"]


@given(st.text("abcé ,.\n"), st.text("abcé ,.\n"))
def test_a_name_among_other_words_is_always_found(before: str, after: str) -> None:
    assert leaks(f"{before} Aïssata {after}", "Aïssata")


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (1, "quelques"), (4, "quelques"), (5, 5), (12, 12)])
def test_small_cells(value: int, shown: int | str) -> None:
    assert mask(value, 5) == shown


def test_a_code_of_the_study_is_nobody_s_account():
    ground = Ground(secret=b"s", known=KnownForms([]), audience=Audience.TEAM, codes=frozenset({"P017"}))
    assert judge([Text("cellule A1", "« un an et demi, compte » (P017, E027)")], ground) == []
