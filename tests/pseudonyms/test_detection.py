import itertools
import re

import pytest

from enquete.model import IdentifierType as T
from enquete.model import RawTurn, Role, Span, Speaker, Transcript
from enquete.pseudonyms import Document, KnownName, Passage, PassageKind, detect, from_transcript
from enquete.pseudonyms.documents import divided

MARK = re.compile(r"\[\[(.+?)\]\]")


def spoken(*turns: str, names: tuple[str, ...] = ()) -> Document:
    text, passages = "", []
    for turn in turns:
        passages.append(Passage(len(text), len(text) + len(turn)))
        text += turn + "\n"
    return Document(text, tuple(passages), names)


def masked(document: Document, **options: object) -> set[str]:
    (detection,) = detect([document], **options)
    return {document.text[m.start : m.end] for m in detection.mentions}


def marks(marked: str) -> tuple[str, set[str]]:
    """The text without its marks, and what they hold."""
    return MARK.sub(r"\1", marked), set(MARK.findall(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "Bonjour, je m'appelle [[Ferroudja Ould Kaci]] et j'ai une question.",
        "C'est monsieur [[Petit]] qui m'a reçue, un petit bureau au fond du couloir.",
        "Elle m'a dit que [[Pierre]] viendrait avec sa pierre à aiguiser.",
        "Mon fils [[Modeste]] ne rentre pas le soir, on a un loyer modeste.",
        "J'en ai parlé à [[Thuy-Linh]], la voisine.",
        "Le courrier, c'est [[Mamadou]] qui le lit.",
        "moi c'est [[yacine]] et ma femme [[rose]] elle travaille de nuit",
        "ma conseillère madame [[boulanger]] elle répond jamais au téléphone",
        "tout à l'heure [[mourad]] il m'a envoyé un message",
    ],
)
def test_names_of_persons(marked: str) -> None:
    text, expected = marks(marked)
    assert masked(spoken(text)) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "J'habite [[12 bis, rue Victor-Basch]], à [[Malakoff]], depuis l'hiver.",
        "Je suis passé du [[boulevard de la Liberté]] au CCAS de [[Vanves]].",
        "Avant j'étais à [[Oran]], en Algérie, puis à Paris.",
        "le bus me laisse à [[gennevilliers]] et je marche jusqu'à la caf",
        "On se retrouve au [[square des Acacias]] le dimanche.",
        "Je garde les enfants de la [[cité des Fauvelles]].",
    ],
)
def test_places(marked: str) -> None:
    text, expected = marks(marked)
    assert masked(spoken(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "J'ai appelé la CAF, puis France Travail, puis le 3949, et le RSA n'est pas tombé.",
        "Au Secours Catholique et aux Restos du Cœur, on m'a parlé de la Mission locale et de FranceConnect.",
        "Il y a vingt ans que je cotise, et les moins de 25 ans n'ont droit à rien.",
        "J'ai travaillé dix-sept ans sans un arrêt. Pendant trois ans j'ai rien eu.",
        "En mars 2024 ils m'ont demandé mille deux cent trente euros.",
        "Le Contrat d'engagement, je l'ai signé en ligne. Le Défenseur des droits a répondu.",
        "Dans le 92 et en Île-de-France, c'est pareil. En Tunisie aussi.",
        "la préfecture m'a dit de passer par le site de l'anef ou par france services",
        "Tais-toi, écoute. Bon. Le Navigo, c'est cher.",
    ],
)
def test_nothing_to_mask(text: str) -> None:
    assert masked(spoken(text)) == set()


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("Mon numéro, c'est le [[06 39 98 12 34]].", T.PHONE),
        ("C'est le [[zéro six, trente-neuf, quatre-vingt-dix-huit, douze, trente-quatre]].", T.PHONE),
        ("Écrivez-moi : [[k.untel@boite.example]], je réponds.", T.EMAIL),
        ("mon mail c'est [[kuntel75 arobase boite point example]] tout attaché", T.EMAIL),
        ("Sur insta c'est [[@k_untel.92]], si vous voulez.", T.HANDLE),
        ("J'ai payé sur [[www.papiers-vite.example/dossier]].", T.URL),
        ("La sécu, [[1 85 03 99 999 017 60]], je la sais.", T.NIR),
        ("Le RIB : [[FR76 9999 9000 0000 0000 0317 029]].", T.IBAN),
        ("Mon numéro d'allocataire ? C'est [[4 417 206]].", T.CAF_NUMBER),
        ("Le passeport [[E99004417]] a expiré.", T.DOCUMENT),
        ("La voiture, [[AB-123-CD]], elle dort dehors.", T.PLATE),
        ("Je suis né le [[3 mai 1961]], un mercredi.", T.BIRTH_DATE),
        ("Je suis née en [[soixante-quatre]], à la campagne.", T.BIRTH_DATE),
        ("Ma fille a [[douze ans]] maintenant.", T.AGE),
        ("À [[cinquante-trois ans]], qui m'embauche ?", T.AGE),
    ],
)
def test_identifiers_with_a_form(marked: str, kind: T) -> None:
    text, expected = marks(marked)
    document = spoken(text)
    (detection,) = detect([document])
    assert {document.text[m.start : m.end] for m in detection.mentions if m.type is kind} == expected


def test_keys_tell_a_right_number_from_a_wrong_one() -> None:
    (detection,) = detect([spoken("Le RIB : FR76 9999 9000 0000 0000 0317 029, ou FR76 9999 9000 0000 0000 0317 028.")])
    assert [m.score for m in detection.mentions] == [1.0, 0.9]


def test_a_name_found_once_is_masked_everywhere_in_whatever_spelling() -> None:
    first = spoken("Je m'appelle Zoubida Hadj-Kheir.", "oui zoubida elle est venue", "Madame Hadj Kheir n'a rien dit.")
    other = spoken("la dame elle s'appelle comment déjà zoubyda")
    here, there = detect([first, other])
    assert [first.text[m.start : m.end] for m in here.mentions] == ["Zoubida Hadj-Kheir", "zoubida", "Hadj Kheir"]
    assert [other.text[m.start : m.end] for m in there.mentions] == ["zoubyda"]


def test_a_name_that_is_a_word_is_masked_where_it_is_a_name() -> None:
    document = spoken("Ma sœur Rose arrive. Rose a appelé. J'ai vu Rose avec une robe rose.")
    (detection,) = detect([document])
    assert [m.start for m in detection.mentions] == [m.start() for m in re.finditer("Rose", document.text)]


def test_names_known_from_elsewhere() -> None:
    assert masked(spoken("tout ça c'est rabiaa qui le dit", names=("Rabiaa",))) == {"rabiaa"}
    assert masked(spoken("On a fini à la Grignotte."), known=[KnownName("La Grignotte", T.ORGANISATION)]) == {
        "la Grignotte"
    }


def test_a_verb_in_small_letters_is_not_a_name_known_from_elsewhere() -> None:
    document = spoken("ma cousine se marie en juin", "c'est marie qui me l'a dit")
    (detection,) = detect([document], known=[KnownName("Marie-Josée", T.PERSON)])
    assert [document.text[m.start : m.end] for m in detection.mentions] == ["marie"]
    assert detection.mentions[0].start == document.text.index("marie qui")


def test_false_starts_and_spelled_names() -> None:
    assert masked(spoken("C'est Ma- Mamadou, enfin, D-I-A-B-Y, avec un y.")) == {"Ma- Mamadou", "D-I-A-B-Y"}


def test_an_answer_is_read_with_its_question() -> None:
    document = spoken("Vous avez quel âge ?", "Cinquante-trois.", "Et depuis quand ?", "Dix-huit mois.")
    assert masked(document) == {"Cinquante-trois"}


def test_labels_of_a_raw_text_are_masked_unless_they_are_roles() -> None:
    text = "NADÈGE : Oui.\nEnquêtrice : Et Nadège ?\nF.B. : Non.\n"

    def turn(label: str, speech: str) -> RawTurn:
        at, said = text.index(label), text.index(speech)
        return RawTurn(0, (Span(said, said + len(speech)),), Span(at, at + len(label)))

    turns = (turn("NADÈGE", "Oui."), turn("Enquêtrice", "Et Nadège ?"), turn("F.B", "Non."))
    document = from_transcript(Transcript(text, turns, (Speaker((), Role.UNKNOWN),)))
    assert [p.kind for p in document.passages][:2] == [PassageKind.LABEL, PassageKind.TURN]
    (detection,) = detect([document])
    assert [text[m.start : m.end] for m in detection.mentions] == ["NADÈGE", "Nadège", "F.B"]


def test_mentions_and_doubts_are_sorted_and_disjoint_and_never_name() -> None:
    text = "alors olivier il m'a dit va voir la dame à suresnes elle s'appelle garance et puis brodeur aussi je crois"
    (detection,) = detect([spoken(text)])
    spans = sorted([(m.start, m.end) for m in detection.mentions] + [(d.start, d.end) for d in detection.doubts])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert not any("garance" in m.why or "olivier" in m.why for m in detection.mentions)


SAID = "Ma voisine Thuy-Linh garde les enfants quand je passe voir M. Brodeur à Malakoff."


@pytest.mark.parametrize("between", [" ", "\n", "\r\n\r\n"])
def test_a_long_passage_is_read_in_pieces_where_no_name_is_cut(between: str) -> None:
    text = between.join([SAID] * 400)
    (detection,) = detect([Document(text, (Passage(0, len(text)),))])
    found = [text[m.start : m.end] for m in detection.mentions]
    assert found == ["Thuy-Linh", "Brodeur", "Malakoff"] * 400


@pytest.mark.parametrize(
    "text", [f"{SAID} " * 300, "alors thuy-linh elle garde mes enfants " * 300, "a" * 9_000, " " * 9_000]
)
def test_pieces_are_short_and_cover_the_passage(text: str) -> None:
    document = Document(f"Titre\n{text}", (Passage(0, 5, PassageKind.FRONT), Passage(6, 6 + len(text))))
    passages = divided(document).passages
    assert (passages[0], passages[1].start, passages[-1].end) == (document.passages[0], 6, 6 + len(text))
    assert all(p.start < p.end <= p.start + 4_000 for p in passages)
    assert all(a.end == b.start for a, b in itertools.pairwise(passages[1:]))


def test_a_passage_longer_than_the_model_accepts() -> None:
    text = "." * 1_000_001 + " " + SAID
    (detection,) = detect([Document(text, (Passage(0, len(text)),))])
    assert [text[m.start : m.end] for m in detection.mentions] == ["Thuy-Linh", "Brodeur", "Malakoff"]


def test_an_empty_study() -> None:
    assert detect([]) == []
    (detection,) = detect([Document("", ())])
    assert detection.mentions == detection.doubts == ()


def test_dates_from_and_to_are_no_account_number() -> None:
    text = "J'ai travaillé du 12 janvier 2025 au 30 mars 2026 là-bas."
    (found,) = detect([Document(text, (Passage(0, len(text)),))])
    assert not found.mentions
