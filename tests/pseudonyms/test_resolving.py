import re
from collections.abc import Sequence

from enquete import offsets
from enquete.model import IdentifierType
from enquete.pseudonyms import (
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
