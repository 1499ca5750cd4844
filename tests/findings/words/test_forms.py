from hypothesis import given
from hypothesis import strategies as st

from enquete.findings.words.forms import forms
from enquete.findings.words.function_words import FUNCTION_WORDS, says_something


def words(text, masked=()):
    return [form.form for form in forms(text, masked)]


def test_elided_words_and_pronouns_after_the_verb_are_words_of_their_own():
    assert words("L'aide qu’on m'a donnée") == ["l'", "aide", "qu'", "on", "m'", "a", "donnée"]
    assert words("Donne-le-moi, dit-elle ; y a-t-il quelqu'un ?") == [
        *("donne", "le", "moi", "dit", "elle", "y", "a", "il", "quelqu'un"),
    ]  # fmt: skip


def test_compounds_stay_whole():
    assert words("un rendez-vous, peut-être aujourd'hui, avec l'aide-soignante") == [
        *("un", "rendez-vous", "peut-être", "aujourd'hui", "avec", "l'", "aide-soignante"),
    ]  # fmt: skip


def test_what_replaces_a_name_is_no_word():
    assert words("à [commune des Hauts-de-Seine] [rires] oui") == ["à", "oui"]
    text = "c'est Samira qui"
    assert words(text, [(6, 12)]) == ["c'", "est", "qui"]


def test_a_capital_tells_of_a_name_inside_a_sentence_only():
    capitals = {
        form.form for form in forms("Madame Achard arrive. Demain la CAF ferme. « Revenez », dit Paul.") if form.capital
    }
    assert capitals == {"achard", "paul"}


@given(st.text(alphabet="abcÉé'’- .[]A\n", max_size=40))
def test_every_form_stands_where_it_says(text):
    for form in forms(text):
        assert text[form.start : form.end].lower().replace("’", "'") == form.form


def test_words_that_build_sentences_say_nothing():
    assert not any(map(says_something, ("le", "qu'", "même", "parce", "euh", "voilà", "étaient", "1500", "x")))
    assert all(map(says_something, ("loyer", "caf", "dossier", "honte", "rendez-vous")))


def test_the_short_function_words_of_another_list_are_in_ours():
    from spacy.lang.fr.stop_words import STOP_WORDS

    short = {word for word in STOP_WORDS if len(word) == 2 and word.isalpha()} - {
        "ès",
        "té",
        "vé",
        "hé",
        "ha",
        "hi",
        "ho",
        "da",
        "na",
        "lès",
        "ci",
    }
    assert short <= FUNCTION_WORDS
