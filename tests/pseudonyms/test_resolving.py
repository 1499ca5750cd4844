import re
from collections.abc import Sequence

from enquete import offsets
from enquete.model import IdentifierType, Mention
from enquete.pseudonyms import (
    Detection,
    Document,
    NameBook,
    Passage,
    Resolution,
    detect,
    masked_places,
    names_of,
    replacements,
    resolve,
)  # fmt: skip

SECRET = b"a secret of the study, 32 bytes."


def run(texts: Sequence[str], groups: Sequence[tuple[str, ...]]) -> tuple[list[str], Resolution]:
    documents = [Document(text, (Passage(0, len(text)),)) for text in texts]
    resolution = resolve(documents, detect(documents), groups, NameBook(), SECRET)
    made = [offsets.replace(d.text, replacements(i))[0] for d, i in zip(documents, resolution.identified, strict=True)]
    return made, resolution


def persons(resolution: Resolution) -> list[tuple[str, ...]]:
    return [e.forms for e in resolution.book.entities if e.type is IdentifierType.PERSON]


def test_variants_of_a_name_are_one_person_through_the_waves() -> None:
    texts = ["Je m'appelle Karim Benslimane. Tout le monde dit Karim.", "Bonjour monsieur Benslimane ! Karim, ça va ?"]
    (first, second), resolution = run(texts, [("P001",), ("P001",)])
    assert persons(resolution) == [("Benslimane", "Karim", "Karim Benslimane")]
    given, surname = re.search(r"m'appelle ([\w-]+) ([\w-]+)\.", first).groups()
    assert first.endswith(f"dit {given}.")
    assert second == f"Bonjour monsieur {surname} ! {given}, ça va ?"


def test_namesakes_of_different_participants_stay_apart() -> None:
    texts = ["Ma voisine Fatima est partie.", "Ma voisine Fatima est partie."]
    (first, second), resolution = run(texts, [("P001",), ("P002",)])
    assert len(persons(resolution)) == 2
    assert first != second


def test_a_pseudonym_is_of_the_same_sex_and_no_name_of_the_study() -> None:
    (made,), resolution = run(["Mon fils Mehdi et ma fille Nawel sont là, avec madame Haddouche."], [("P001",)])
    real = {"mehdi", "nawel", "haddouche"}
    assert not real & set(re.findall(r"\w+", made.lower()))
    assert [e.sex for e in resolution.book.entities] == ["m", "f", "f"]


def test_the_choice_does_not_depend_on_the_order_of_import() -> None:
    texts = ["Mon fils Mehdi est là.", "Ma fille Nawel est là."]
    forward, _ = run(texts, [("P001",), ("P002",)])
    backward, _ = run(texts[::-1], [("P002",), ("P001",)])
    assert forward == backward[::-1]


def test_case_and_elision_follow() -> None:
    documents = [Document(t, (Passage(0, len(t)),)) for t in ["MEHDI : c'est l'idée d'Amina, et de Boris."]]
    (made,), _ = run([documents[0].text], [("P001",)])
    assert re.match(r"[A-ZÀ-Ý]+ : ", made)
    assert not re.search(r"\bde [aeiouyéèê]", made.lower())
    assert not re.search(r"\bd'[^aeiouyhéèêîô]", made.lower())


def test_categories() -> None:
    text = (
        "J'ai 47 ans, né le 3 mai 1978, j'habite 8 rue Victor-Basch, à Malakoff, avant à Oran. "
        "Je travaille chez Galvatech. Mon numéro : 06 39 98 12 34."
    )
    (made,), _ = run([text], [("P001",)])
    assert made == (
        "J'ai [45-54 ans], né le [année 1978], j'habite [adresse], à [commune des Hauts-de-Seine], avant à [ville]. "
        "Je travaille chez [employeur 1]. Mon numéro : [téléphone]."
    )


def test_places_of_the_pseudonyms_are_known_in_the_new_text() -> None:
    text = "Mon fils Mehdi vit à Malakoff, chez Mehdi c'est petit."
    document = Document(text, (Passage(0, len(text)),))
    resolution = resolve([document], detect([document]), [("P001",)], NameBook(), SECRET)
    (identified,) = resolution.identified
    made, _ = offsets.replace(text, replacements(identified))
    shown = [(made[p.start : p.end], p.entity) for p in masked_places(identified)]
    assert shown[1][0] == "[commune des Hauts-de-Seine]"
    assert shown[0] == shown[2]


def test_the_book_goes_through_json_and_serves_the_next_document() -> None:
    (first,), resolution = run(["Mon fils Mehdi est là."], [("P001",)])
    book = NameBook.from_json(resolution.book.to_json())
    assert book == resolution.book
    text = "Et Mehdi, il va bien ?"
    documents = [Document(text, (Passage(0, len(text)),))]
    detections = detect(documents, known=book.known())
    again = resolve(documents, detections, [("P001",)], book, SECRET, names_of(documents, detections))
    made, _ = offsets.replace(text, replacements(again.identified[0]))
    assert re.search(r"fils (\w+)", first)[1] in made
    assert again.book.entities == book.entities
    assert ("Mehdi", IdentifierType.PERSON) in set(book.forms())
    assert book.without("P001").entities == ()


def test_a_mother_and_a_daughter_of_one_name_stay_apart() -> None:
    (made,), resolution = run(
        ["Je m'appelle Fatima. Ma fille Fatima va au lycée. Moi Fatima, je travaille."], [("P001",)]
    )
    mother, daughter, again = re.search(r"appelle (\w+)\. Ma fille (\w+) va .* Moi (\w+),", made).groups()
    assert mother == again != daughter
    assert [(e.role, e.forms) for e in resolution.book.entities] == [("soi", ("Fatima",)), ("sa fille", ("Fatima",))]


def test_one_kinship_said_of_one_person_in_several_ways_is_one_person() -> None:
    _, resolution = run(["Mon mari Karim dort. Mon époux Karim dort. Karim, c'est mon compagnon."], [("P001",)])
    assert persons(resolution) == [("Karim",)]


def test_stammered_and_spelled_names_are_replaced_as_they_are_said() -> None:
    text = "Mon fils Ma- Mamadou est là. Mamadou Diallo. Vous écrivez D-I-A-L-L-O."
    spans = [("Ma- Mamadou", 0), ("Mamadou Diallo", 20), ("D-I-A-L-L-O", 40)]
    mentions = [
        Mention(text.index(form, low), text.index(form, low) + len(form), IdentifierType.PERSON, 1.0, "donné")
        for form, low in spans
    ]
    document = Document(text, (Passage(0, len(text)),))
    resolution = resolve([document], [Detection(tuple(mentions), ())], [("P001",)], NameBook(), SECRET)
    made, _ = offsets.replace(text, replacements(resolution.identified[0]))
    first, surname = re.search(r"là\. (\w+) (\w+)\. Vous", made).groups()
    assert f"Mon fils {first[:2]}- {first} est" in made
    assert made.endswith(f" {'-'.join(surname.upper())}.")
    assert len(persons(resolution)) == 1


def test_two_people_found_as_one_passage_are_two() -> None:
    text = "J'ai vu Karim B. et Nawel Haddouche hier."
    start, end = text.index("Karim"), text.index(" hier")
    found = Detection((Mention(start, end, IdentifierType.PERSON, 1.0, "donné"),), ())
    document = Document(text, (Passage(0, len(text)),))
    resolution = resolve([document], [found], [("P001",)], NameBook(), SECRET)
    assert persons(resolution) == [("Karim B.",), ("Nawel Haddouche",)]
    made, _ = offsets.replace(text, replacements(resolution.identified[0]))
    assert " et " in made
    assert not {"karim", "nawel", "haddouche"} & set(re.findall(r"\w+", made.lower()))


def test_my_name_is_does_not_make_a_man() -> None:
    _, resolution = run(["Je m'appelle Solange Haddouche."], [("P001",)])
    assert resolution.book.entities[0].sex != "m"


def test_no_pseudonym_is_a_word_of_the_text() -> None:
    document = Document("Mon fils Mehdi est là.", (Passage(0, 22),))
    detection = detect([document])
    chosen = resolve([document], detection, [("P001",)], NameBook(), SECRET).book.entities[0].components[0].replacement
    other = Document(f"Mon fils Mehdi est là, pas {chosen.lower()}.", (Passage(0, 22),))
    book = resolve([other], detection, [("P001",)], NameBook(), SECRET).book
    assert book.entities[0].components[0].replacement != chosen


def test_the_wife_of_somebody_is_not_that_body() -> None:
    _, resolution = run(["Mon cousin Christian dort. La femme de Christian travaille."], [("P001",)])
    assert persons(resolution) == [("Christian",)]


def test_two_voices_may_call_one_person_by_two_kinships() -> None:
    text = "Mon frère Thierry travaille.\nC'est Thierry, mon fils, qui paie."
    assert persons(run([text], [("P001", "P002")])[1]) == [("Thierry",)]
    assert len(persons(run([text], [("P001",)])[1])) == 2


def test_initials_are_one_person_throughout_an_interview() -> None:
    text = "C.A. a dit bonjour. C.A. est venu. Puis Chantal Aubry. C.A. est parti."
    mentions = [
        Mention(m.start(), m.end(), IdentifierType.PERSON, 1.0, "donné") for m in re.finditer("C.A|Chantal Aubry", text)
    ]
    document = Document(text, (Passage(0, len(text)),))
    resolution = resolve([document], [Detection(tuple(mentions), ())], [("P001",)], NameBook(), SECRET)
    assert persons(resolution) == [("C.A", "Chantal Aubry")]


def test_the_small_words_between_two_people_stay() -> None:
    text = "L'anniversaire d'Aminata et de Mehmet."
    found = Detection((Mention(text.index("Aminata"), len(text) - 1, IdentifierType.PERSON, 1.0, "donné"),), ())
    resolution = resolve([Document(text, (Passage(0, len(text)),))], [found], [("P001",)], NameBook(), SECRET)
    made, _ = offsets.replace(text, replacements(resolution.identified[0]))
    assert re.fullmatch(r"L'anniversaire (de |d')\w+ et (de |d')\w+\.", made)
    assert persons(resolution) == [("Aminata",), ("Mehmet",)]
