"""Links between people's codes: scored, with reasons, never within a wave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.survey.linking import KnownPerson, known_person, propose
from enquete.survey.linking.people import Birth, Names, name_words, read_birth, read_phones
from enquete.survey.linking.similarity import jaro, jaro_winkler, sound


# Winkler 1990 and Winkler 2006 (Overview of record linkage, table 6), as far as they are given without his further
# adjustments for similar characters and long strings.
@pytest.mark.parametrize(
    ("one", "other", "plain", "winkler"),
    [
        ("shackleford", "shackelford", 0.970, 0.982),
        ("dunningham", "cunnigham", 0.896, 0.896),
        ("nichleson", "nichulson", 0.926, 0.956),
        ("jones", "johnson", 0.790, 0.832),
        ("massey", "massie", 0.889, 0.933),
        ("abroms", "abrams", 0.889, 0.922),
        ("jeraldine", "geraldine", 0.926, 0.926),
        ("marhta", "martha", 0.944, 0.961),
        ("michelle", "michael", 0.869, 0.921),
        ("julies", "julius", 0.889, 0.933),
        ("tanya", "tonya", 0.867, 0.880),
        ("dwayne", "duane", 0.822, 0.840),
        ("sean", "susan", 0.783, 0.805),
        ("jon", "john", 0.917, 0.933),
        ("itman", "smith", 0.467, 0.467),
    ],
)
def test_names_of_the_literature(one, other, plain, winkler):
    assert jaro(one, other) == pytest.approx(plain, abs=0.0006)
    assert jaro_winkler(one, other) == pytest.approx(winkler, abs=0.0006)


@given(st.text("abcdeh", max_size=9), st.text("abcdeh", max_size=9))
def test_similarity_is_symmetric_and_bounded(one, other):
    assert jaro_winkler(one, other) == jaro_winkler(other, one)
    assert 0 <= jaro_winkler(one, other) <= 1
    assert (jaro_winkler(one, other) == 1) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhamed"),
        ("youssef", "yousouf"),
        ("ouattara", "wattara"),
        ("cherif", "sharif"),
        ("djamila", "jamila"),
    ],
)
def test_spellings_of_one_name_sound_alike(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12/03/1984", Birth(1984, 3, 12)),
        ("1984-03-12", Birth(1984, 3, 12)),
        ("12 mars 1984", Birth(1984, 3, 12)),
        ("1er février 84", None),
        ("03/25/1984", Birth(1984, 3, 25)),
        ("12.3.84", Birth(1984, 3, 12)),
        ("1984", Birth(1984)),
        ("en 1984", Birth(1984)),
        ("31/13/1984", None),
        ("Bamako", None),
        ("", None),
    ],
)
def test_births(written, read):
    assert read_birth(written) == read


def test_phones_and_names():
    assert read_phones("+33 6 39 98 14 27 / 01.99.00.42.18") == ["639981427", "199004218"]
    assert read_phones("06-39-98-14-27") == ["639981427"]
    assert name_words("Mme EL-KHATIB née Ben Ali") == ("khatib", "ali")
    assert name_words("El") == ("el",)


def person(code, wave, **columns):
    identity = {name.replace("_", " "): value for name, value in columns.items()}
    return known_person(code, {wave}, identity, [identity])


def whys(*people):
    return [(link.first, link.second, [item.why for item in link.evidence]) for link in propose(people)]


STRANGERS = [
    person(f"P{number:03d}", "v1", prénom=given, nom=family)
    for number, (given, family) in enumerate(
        [("Awa", "Traoré"), ("Bruno", "Lescure"), ("Chantal", "Morin"), ("Dmitri", "Orlov"), ("Eva", "Klein")], 100
    )
]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"prénom": "Karima", "nom": "Haddouche"}, {"prénom": "KARIMA", "nom": "HADDOUCHE"}, "même nom"),
        (
            {"prénom": "Mohamed", "nom": "El Khatib"},
            {"prénom": "Muhammed", "nom": "Elkhatib"},
            "prénoms écrits autrement",
        ),
        ({"prénom": "Fatoumata", "nom": "Diarra"}, {"prénom": "Fatou", "nom": "Diarra"}, "prénom abrégé"),
        (
            {"prénom": "Karima", "nom": "Haddouche"},
            {"prénom": "Haddouche", "nom": "Karima"},
            "nom et prénom intervertis",
        ),
        (
            {"prénom": "Inès", "nom": "Pinto Alves"},
            {"prénom": "Ines", "nom": "Alves"},
            "un nom en commun sur plusieurs",
        ),
        (
            {"prénom": "Sylvie", "nom": "Martin", "date_de_naissance": "04/05/1979"},
            {"prénom": "Sylvie", "nom": "Kowalski", "date_de_naissance": "04/05/1979"},
            "noms différents (mariage ?)",
        ),
        (
            {"prénom": "Sylvie", "nom": "Martin", "date_de_naissance": "04/05/1979"},
            {"prénom": "Sylvie", "nom": "Martin", "date_de_naissance": "05/04/1979"},
            "jour et mois de naissance échangés",
        ),
        (
            {"prénom": "Sylvie", "nom": "Martin", "date_de_naissance": "04/05/1979"},
            {"prénom": "Sylvie", "nom": "Martin", "date_de_naissance": "1979"},
            "même année de naissance, seule connue",
        ),
        (
            {"prénom": "Sylvie", "nom": "Martin", "téléphone": "06 39 98 14 27"},
            {"prénom": "S.", "nom": "Martin", "portable": "+33639981427"},
            "même téléphone",
        ),
        ({"nom_et_prénom": "Sylvie Martin-Duval"}, {"prénom": "Sylvie", "nom": "Martin Duval"}, "même nom"),
    ],
)
def test_one_person_under_two_codes(first, second, why):
    (found,) = whys(person("P001", "v1", **first), person("P047", "v2", **second), *STRANGERS)
    assert found[:2] == ("P001", "P047")
    assert why in found[2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"prénom": "Sylvie", "nom": "Martin"}, {"prénom": "Sylvie", "nom": "Bernard"}),
        (
            {"prénom": "Paul", "nom": "Martin", "téléphone": "0639981427"},
            {"prénom": "Anne", "nom": "Martin", "téléphone": "0639981427"},
        ),
        ({"prénom": "Karima"}, {"prénom": "Karima"}),
        (
            {"prénom": "Ali", "nom": "Traoré", "date_de_naissance": "01/02/1980"},
            {"prénom": "Ali", "nom": "Traoré", "date_de_naissance": "17/09/1994"},
        ),
    ],
)
def test_two_people_are_not_proposed(first, second):
    assert whys(person("P001", "v1", **first), person("P047", "v2", **second), *STRANGERS) == []


def test_the_surest_comes_first_and_its_weights_add_up():
    people = [
        person("P001", "v1", prénom="Karima", nom="Haddouche", né_le="03/04/1980"),
        person("P002", "v1", prénom="Inès", nom="Alves"),
        person("P047", "v2", prénom="Karima", nom="Haddouche", né_le="03/04/1980"),
        person("P048", "v2", prénom="Inès", nom="Pinto Alves"),
        *STRANGERS,
    ]
    links = propose(people)
    assert [(link.first, link.second) for link in links] == [("P001", "P047"), ("P002", "P048")]
    assert links[0].chance > links[1].chance > 0.5
    odds = 2 ** sum(item.weight for item in links[0].evidence) / (len(people) - 1)
    assert links[0].chance == pytest.approx(odds / (1 + odds))


def test_told_apart_is_not_proposed_again():
    people = [person("P001", "v1", prénom="Awa", nom="Ba"), person("P047", "v2", prénom="Awa", nom="Ba"), *STRANGERS]
    assert len(propose(people)) == 1
    assert propose(people, {frozenset(("P047", "P001"))}) == []


WORDS = st.sampled_from(["awa", "awah", "fatou", "fatoumata", "ba", "bah", "diarra", "d", "martin", "marten"])
NAMES = st.builds(Names, st.tuples(WORDS), st.lists(WORDS, max_size=2).map(tuple), st.booleans())
BIRTHS = st.sampled_from([Birth(1980, 1, 2), Birth(1980, 2, 1), Birth(1980), Birth(1981, 1, 2), Birth(1990, 5, 6)])


@st.composite
def crowds(draw):
    count = draw(st.integers(2, 7))
    return [
        KnownPerson(
            f"P{number:03d}",
            draw(st.frozensets(st.sampled_from(["v1", "v2", "v3"]), min_size=1, max_size=2)),
            tuple(draw(st.lists(NAMES, max_size=2))),
            draw(st.frozensets(BIRTHS, max_size=1)),
            draw(st.frozensets(st.sampled_from(["639981427", "199004218"]), max_size=1)),
        )
        for number in range(count)
    ]


@given(crowds(), st.randoms())
def test_links_are_the_same_in_any_order_and_never_within_a_wave(people, chance):
    links = propose(people)
    by_code = {one.code: one for one in people}
    assert all(not by_code[link.first].waves & by_code[link.second].waves for link in links)
    assert all(0.5 <= link.chance <= 1 for link in links)
    assert [link.chance for link in links] == sorted((link.chance for link in links), reverse=True)
    mixed = list(people)
    chance.shuffle(mixed)
    assert propose(mixed) == links
