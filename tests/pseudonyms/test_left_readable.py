"""What stands on the list of doubts: whatever stays readable and may name somebody."""

import pytest

from enquete.pseudonyms import Document, Passage, PassageKind, detect, names_in_label
from enquete.pseudonyms.doubts import MOST


def doubtful(text: str) -> set[str]:
    (detection,) = detect([Document(text, (Passage(0, len(text)),))])
    return {text[d.start : d.end] for d in detection.doubts}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("On a vu ça avec le Projet, tu sais.", "Projet"),
        ("il y avait le zorglub au fond", "zorglub"),
        ("ça s'appelle reviens ce stylo", "reviens"),
        ("le code c'est trois huit zéro quatre deux", "trois huit zéro quatre deux"),
        ("Elle a noté 99 03 716 quelque part.", "99 03 716"),
    ],
)
def test_what_may_name_somebody_is_doubted(text: str, word: str) -> None:
    assert word in doubtful(text)


def test_a_word_that_names_somebody_elsewhere_is_doubted_as_a_word() -> None:
    text = "ma femme perle elle dort\nj'ai perdu une perle hier"
    split = text.index("\n")
    (detection,) = detect([Document(text, (Passage(0, split), Passage(split + 1, len(text))))])
    assert text.rindex("perle") in {d.start for d in detection.doubts}


def test_ordinary_speech_is_not_doubted() -> None:
    assert doubtful("J'ai attendu deux heures, et puis je suis rentrée à la maison.") == set()


def test_at_most_so_many_entries() -> None:
    text = " ".join(f"Je connais le Projet{chr(97 + i)}{chr(97 + j)}." for i in range(8) for j in range(8))
    (detection,) = detect([Document(text, (Passage(0, len(text)),))])
    assert len(detection.doubts) <= MOST


@pytest.mark.parametrize(
    ("label", "names"),
    [("Mme J.-D.", ["J.-D"]), ("M. S.", ["S"]), ("Mme K", ["K"]), ("I", []), ("E2", []), ("M. Le Goff", ["Le Goff"])],
)
def test_initials_after_a_title_name_the_speaker(label: str, names: list[str]) -> None:
    assert names_in_label(label) == names


def test_the_letters_of_a_label_are_masked() -> None:
    text = "Mme J.-D.\nBonjour."
    document = Document(text, (Passage(0, 9, PassageKind.LABEL), Passage(10, len(text))))
    (detection,) = detect([document])
    assert [text[m.start : m.end] for m in detection.mentions] == ["J.-D"]
