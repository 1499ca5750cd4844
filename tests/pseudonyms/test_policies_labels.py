"""What stands for each type of passage under each policy."""

import pytest

from enquete import offsets
from enquete.pseudonyms import Document, NameBook, Passage, Policies, Policy, detect, replacements, resolve

SECRET = b"a secret of the study, 32 bytes."


def text_under(policies: Policies, text: str) -> str:
    document = Document(text, (Passage(0, len(text)),))
    resolution = resolve([document], detect([document]), [("P001",)], NameBook(), SECRET, (), policies)
    return offsets.replace(text, replacements(resolution.identified[0]))[0]


@pytest.mark.parametrize(
    ("policy", "text", "expected"),
    [
        ({"persons": Policy.CODE}, "Mon fils Mehdi et ma fille Nawel. Mehdi dort.",
         "Mon fils [personne 1] et ma fille [personne 2]. [personne 1] dort."),
        ({"persons": Policy.CATEGORY}, "Mon fils Mehdi et mon fils Sofiane.",
         "Mon fils [son fils] et mon fils [son fils 2]."),
        ({"persons": Policy.CATEGORY}, "Ma voisine Nawel et son fils Mehdi.",
         "Ma voisine [voisine 1] et son fils [fils]."),
        ({"persons": Policy.CATEGORY}, "Nawel Haddouche est passée.", "[personne] est passée."),
        ({"professionals": Policy.CATEGORY}, "Ma conseillère, madame Kerbrat. L'institutrice madame Gaubert.",
         "Ma conseillère, madame [conseillère 1]. L'institutrice madame [institutrice 1]."),
        ({"relatives": Policy.KEEP}, "Mon fils Mehdi dort.", "Mon fils Mehdi dort."),
        ({"places": Policy.TERRITORY}, "J'habite à Clichy, avant à Lille.",
         "J'habite à [commune de la Boucle Nord de Seine], avant à [commune du Nord]."),
        ({"places": Policy.CODE}, "J'habite à Clichy, avant à Lille. À Clichy ça va.",
         "J'habite à [commune 1], avant à [commune 2]. À [commune 1] ça va."),
        ({"places": Policy.KEEP}, "J'habite à Clichy.", "J'habite à Clichy."),
        ({"organisations": Policy.CATEGORY}, "Je travaille chez Galvatech.", "Je travaille chez [employeur]."),
        ({"ages": Policy.CATEGORY}, "J'ai 47 ans.", "J'ai [âge]."),
        ({"births": Policy.BAND}, "Je suis née le 3 mai 1978.", "Je suis née le [années 1970]."),
        ({"births": Policy.CATEGORY}, "Je suis née le 3 mai 1978.", "Je suis née le [date de naissance]."),
    ],
)  # fmt: skip
def test_labels(policy: dict[str, Policy], text: str, expected: str) -> None:
    assert text_under(Policies(**policy), text) == expected


def test_numbers_are_masked_whatever_the_policies() -> None:
    keep = Policies(Policy.KEEP, Policy.KEEP, Policy.KEEP, Policy.KEEP, Policy.KEEP, Policy.KEEP, Policy.KEEP)
    assert text_under(keep, "Mehdi : 06 39 98 12 34.") == "Mehdi : [téléphone]."


def test_what_the_policy_of_its_type_keeps_stands_in_no_book() -> None:
    document = Document("Mon fils Mehdi dort.", (Passage(0, 20),))
    found = detect([document])
    kept = resolve([document], found, [("P001",)], NameBook(), SECRET, (), Policies(persons=Policy.KEEP))
    assert kept.book == NameBook()
    masked = resolve([document], found, [("P001",)], kept.book, SECRET)
    assert len(masked.book.entities) == 1
    again = resolve([document], found, [("P001",)], masked.book, SECRET, (), Policies(persons=Policy.KEEP))
    assert again.identified == ((),)
    assert len(again.book.entities) == 1  # other texts hold its pseudonym


def test_the_label_follows_the_policy_of_the_moment() -> None:
    document = Document("Mon fils Mehdi dort.", (Passage(0, 20),))
    found = detect([document])
    book = resolve([document], found, [("P001",)], NameBook(), SECRET, (), Policies(persons=Policy.CODE)).book
    after = resolve([document], found, [("P001",)], book, SECRET, (), Policies(persons=Policy.CATEGORY))
    assert after.identified[0][0].replacement.text == "[son fils]"
    assert NameBook.from_json(after.book.to_json()) == after.book
