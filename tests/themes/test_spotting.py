"""What is proposed for a turn, and what is not."""

import pytest

from enquete.codebook import Code, Codebook, Cues
from enquete.errors import EnqueteError, Problem
from enquete.model import Suggestion
from enquete.themes.parsed import parse
from enquete.themes.spotter import Level, Spotter


def book(identifier: str = "x", **cues: list[str] | Cues) -> Codebook:
    """A codebook of these cues by code; « A_1 » stands for A.1."""
    codes = (
        Code(name.replace("_", "."), name, cues=found if isinstance(found, Cues) else Cues(lemmas=tuple(found)))
        for name, found in cues.items()
    )
    return Codebook(identifier, identifier, 1, tuple(codes))


def spot(codebook: Codebook, *turns: str, level: Level = "codes") -> list[Suggestion]:
    return Spotter([codebook], level).spot(parse(turns))


def found(cue: str, text: str) -> bool:
    return bool(spot(book(A=[cue], B=["autre chose"]), text))


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("perdre mon travail", "En mars j'ai perdu mon travail."),
        ("perdre mon travail", "j'avais perdu euh le le travail quoi"),
        ("payer le loyer", "Le loyer, j'arrivais plus ou moins à le payer."),
        ("fin de droits", "J'SUIS ARRIVÉE EN FIN DE DROITS"),
        ("recommencer le dossier", "faut tout r'commencer, l'dossier, tout"),
        ("demander un papier", "ils m'ont d'mandé des papiers"),
        ("avoir honte", "j'avais honte"),
        ("prendre le bus", "Il y a le bus, on le prend à six heures."),
        ("être malade", "chuis malade"),
        ("chèque", "un cheque"),
    ],
)
def test_a_cue_is_found_in_any_inflection(cue: str, text: str):
    assert found(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("perdre mon travail", "J'ai perdu mes clés. Le travail ça va."),
        ("perdre mon travail", "le travail"),
        ("marché", "ça marche bien"),
        ("que mon téléphone", "mon téléphone est neuf"),
        ("à la rue", "une rue calme"),
    ],
)
def test_a_cue_is_not_found_in_parts(cue: str, text: str):
    assert not found(cue, text)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai pas peur",
        "Je n'ai jamais eu peur.",
        "j'ai plus peur du tout",
        "franchement j'ai même pas vraiment peur",
        "sans peur",
        "j'ai aucune peur",
    ],
)
def test_what_is_denied_is_not_found(text: str):
    assert not found("peur", text)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai peur",
        "pas mal de peur quand même",
        "en plus j'ai peur",
        "j'ai peur de pas y arriver",
        "je sais pas pourquoi mais j'ai peur",
        "J'y vais pas. J'ai peur.",
    ],
)
def test_what_is_not_denied_is_found(text: str):
    assert found("peur", text)


def test_sanctions_debts_and_letters():
    assert not found("sanction", "jamais eu de sanction, moi")
    assert not found("dette", "je suis sans dette")
    assert found("courrier", "j'ai pas compris le courrier")  # the letter is there


@pytest.mark.parametrize(
    ("cue", "denied", "affirmed"),
    [
        ("pas toucher le chômage", "je touche plus le chômage", "je touche le chômage"),
        ("pas toucher le chômage", "j'ai jamais touché l'chômage", "j'ai touché le chômage"),
        ("plus de travail", "y'a pas de travail", "j'ai du travail"),
        ("sans adresse", "quand t'es sans adresse", "j'ai une adresse"),
        ("rien comprendre", "j'ai rien compris", "j'ai tout compris"),
        ("pas savoir", "j'sais pas", "je sais bien"),
    ],
)
def test_a_cue_that_denies_finds_only_the_denied(cue: str, denied: str, affirmed: str):
    assert found(cue, denied)
    assert not found(cue, affirmed)


def test_exact_words_whatever_their_case_and_accents():
    words = book(A=Cues(words=("RSA", "France Travail", "école")), B=["autre"])
    for text in ("le rsa", "chez FRANCE TRAVAIL", "l'ecole"):
        assert [s.code for s in spot(words, text)] == ["A"]
    assert spot(words, "les écoles, la France du travail") == []


def test_patterns():
    renvoyer = book(A=Cues(patterns=(({"LEMMA": "renvoyer"}, {"OP": "?"}, {"LOWER": "bureau"}),)), B=["autre"])
    (suggestion,) = spot(renvoyer, "Bon. On m'a renvoyé d'un bureau à l'autre, on m'a renvoyée au bureau.")
    assert suggestion.origin == "indice : renvoyer bureau"
    assert spot(renvoyer, "le bureau m'a renvoyé") == []
    assert spot(book(A=Cues(patterns=(({"POS": "NUM"}, {"LOWER": "enfants"}),))), "j'ai trois enfants")


def test_a_bad_pattern_is_an_error_of_the_user():
    with pytest.raises(EnqueteError) as caught:
        Spotter([book(A=Cues(patterns=(({"LEMMA": "avoir", "OP": "#"},),)))]).spot(parse(["j'ai"]))
    assert caught.value.problem is Problem.BAD_PATTERN


def test_a_suggestion_shows_the_sentence_and_its_cues():
    text = "Bonjour. Là j'suis arrivée en fin de droits, et j'ai perdu mon logement. Voilà."
    (one,) = spot(book(A=["fin de droits", "perdre mon logement"], B=["autre"]), "Rien.", text)
    assert (one.turn, one.code) == (1, "A")
    assert text[one.start : one.end] == "Là j'suis arrivée en fin de droits, et j'ai perdu mon logement."
    assert one.origin == "indices : fin de droits, perdre mon logement"
    assert 0 < one.score < 1


def test_a_turn_without_punctuation_shows_a_part():
    text = " ".join(["mot"] * 200) + " la fin de droits " + " ".join(["mot"] * 200)
    (one,) = spot(book(A=["fin de droits"], B=["autre"]), text)
    assert "fin de droits" in text[one.start : one.end]
    assert one.end - one.start < 300


def test_more_evidence_scores_more():
    cues = book(A=["fin de droits", "perdre mon logement", "loyer"], B=["loyer"])
    one = spot(cues, "le loyer, la fin de droits")[0]
    two = spot(cues, "perdre mon logement, le loyer, la fin de droits")[0]
    supposed = spot(cues, "si j'arrive en fin de droits")[0]
    asked = spot(cues, "la fin de droits ?")[0]
    plain = spot(cues, "la fin de droits")[0]
    assert two.score > one.score > plain.score > supposed.score
    assert asked.score < plain.score


def test_codes_compete_and_a_theme_gives_way_to_its_sub_codes():
    cues = book(A=["payer"], A_1=["payer le loyer", "bailleur"], B=["bus"], C=["permis"], D=["docteur"])
    assert [s.code for s in spot(cues, "je dois payer le loyer au bailleur")] == ["A.1"]
    assert [s.code for s in spot(cues, "je dois payer")] == ["A"]


def test_themes_gather_their_sub_codes():
    cues = book(A=[], A_1=["fin de droits"], A_2=["perdre mon logement"], B=["autre"])
    (one,) = spot(cues, "fin de droits et j'ai perdu mon logement", level="themes")
    assert one.code == "A"
    assert one.origin == "indices : fin de droits, perdre mon logement"


def test_the_codebook_an_interview_speaks_of_outweighs_the_others():
    money = book("m", A=["loyer", "bailleur", "payer", "dette"])
    screens = book("n", B=["ordinateur", "téléphone"])
    turns = parse(["le loyer", "le bailleur et la dette", "j'ai payé", "la dette", "le loyer", "mon téléphone"])
    both = Spotter([money, screens]).spot(turns)
    assert {s.code for s in both[:5]} == {"A"}
    alone = Spotter([screens]).spot(turns)[0].score
    assert all(s.score < alone for s in both if s.code == "B")


def test_equal_input_gives_equal_output_and_cues_read_before_are_not_read_again():
    cues = book(A=["fin de droits"], B=["loyer"])
    turns = parse(["la fin de droits", "le loyer", ""])
    known = dict(zip(["fin de droits", "loyer"], parse(["fin de droits", "loyer"]), strict=True))
    assert Spotter([cues]).spot(turns) == Spotter([cues], parsed_cues=known).spot(turns)


def test_nothing_to_look_for_or_in():
    assert spot(book(A=[]), "le loyer") == []
    assert Spotter([]).spot(parse(["le loyer"])) == []
    assert Spotter([book(A=["loyer"])]).spot([]) == []


def test_a_question_is_read_with_its_answer():
    cues = book(A=["demander le RSA", "première demande"], B=["payer le loyer", "retard de loyer"])
    turns = parse(["C'est ma sœur qui a fait les papiers, et j'ai attendu trois mois."])
    (question,) = parse(["Et pour demander le RSA, comment s'est passée votre première demande ?"])
    assert Spotter([cues]).spot(turns) == []
    (one,) = Spotter([cues]).spot(turns, {0: question})
    assert (one.turn, one.code, one.origin) == (0, "A", "la question")


def test_a_question_without_an_answer_proposes_nothing():
    cues = book(A=["demander le RSA", "première demande"], B=["loyer"])
    (question,) = parse(["Comment s'est passée la première demande, pour demander le RSA ?"])
    assert Spotter([cues]).spot(parse(["Euh, non."]), {0: question}) == []


def test_words_that_several_cues_share_suggest_their_code_without_a_cue():
    cues = book(A=["cuisine du jardin", "jardin de la cuisine", "récolte du jardin", "cuisine et récolte"], B=["loyer"])
    (one,) = spot(cues, "Le jardin donnait bien. On portait tout à la cuisine.")
    assert (one.code, one.origin) == ("A", "mots : jardin, cuisine")
