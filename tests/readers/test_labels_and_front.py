"""Labels that say more than a name, metadata blocks that describe people, and what stands around the turns."""

import json
import unicodedata

import pytest

from enquete.model import Role, Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import canonical

SHORT = {Role.INTERVIEWER: "I", Role.PARTICIPANT: "P", Role.OTHER: "O", Role.UNKNOWN: "?"}
TURNS = [
    "Vous avez reçu la lettre ?",
    "Oui. Moi j'ai cru que c'était fini, je dormais plus.",
    "Et qu'est-ce que vous avez fait ?",
    "J'ai appelé ma sœur. Elle m'a dit : vas-y.",
]


def read(text: str, name: str = "a.txt") -> Transcript:
    return read_bytes(name, text.encode())


def said(transcript: Transcript) -> list[str]:
    return [
        f"{SHORT[transcript.speakers[t.speaker].role]} " + " | ".join(s.of(transcript.text) for s in t.speech)
        for t in transcript.turns
    ]


def dialogue(asks: str, answers: str, between: str = "\n") -> str:
    return between.join(f"{(asks, answers)[n % 2]} {words}" for n, words in enumerate(TURNS))


EXPECTED = [f"{'IP'[n % 2]} {words}" for n, words in enumerate(TURNS)]
LABELS = {
    "age in parentheses": ("Enquêtrice :", "Mme K. (45 ans, au RSA) :"),
    "age after a comma": ("Enquêtrice :", "Mme K., 45 ans :"),
    "role after a comma": ("Anne, enquêtrice :", "Awa, bénéficiaire du RSA :"),
    "kin title": ("Nadia :", "Da Mohand :"),
    "any words that come back": ("Claire :", "N'Guessan épouse Koffi :"),
    "pronouns": ("Moi :", "Elle :"),
    "device": ("Anne Martin:", "iPhone de Awa:"),
    "Enq. asks": ("Enq. :", "Ent. :"),
    "Ent. asks": ("Ent. :", "Enq. :"),
    "Int. asks": ("Int. :", "M. D. :"),
    "Int. answers": ("Enq :", "Int :"),
    "volunteer asks": ("Bénévole :", "Usager :"),
    "professional asks": ("Éducatrice :", "Maman :"),
    "misspelt": ("Enquêrtice :", "Enqueté :"),
}


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS.keys())
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["tight", "blank"])
def test_labels(labels: tuple[str, str], between: str) -> None:
    assert said(read(dialogue(*labels, between))) == EXPECTED


def test_decomposed_letters() -> None:
    found = read(unicodedata.normalize("NFD", dialogue("Enquêtrice :", "Enquêtée :")))
    assert [s[0] for s in said(found)] == ["I", "P", "I", "P"]


def test_a_described_speaker_is_one_speaker() -> None:
    found = read("E : Oui ?\nMme K. (45 ans) : Non.\nE : Et ?\nMme K. : Rien.")
    assert len(found.speakers) == 2


def test_misspelt_role_gathered_in_a_short_file() -> None:
    found = read("[Chercheur]\nOui ?\n\n[L]\nNon.\n\n[Checheur]\nEt ?\n\n[L]\nRien.")
    assert [s[0] for s in said(found)] == ["I", "P", "I", "P"]
    assert found.speakers[0].labels == ("Chercheur", "Checheur")


def test_numbered_voices_speak_seldom() -> None:
    found = read("Animatrice : Qui commence ?\n\nP3 : Moi.\n\nAnimatrice : Et vous ?\n\nP3 : Oui.\nP1 : Moi aussi.\n")
    assert said(found)[-1] == "P Moi aussi."


def test_a_voice_heard_once_where_only_the_front_has_blank_lines() -> None:
    front = "Mme Diallo, 45 ans.\n\nChez elle, le 3 mars.\n\n"
    found = read(front + dialogue("Léa :", "Mme Diallo :") + "\nTom : Et là ?\nMme Diallo : Je sais pas.")
    assert len(found.speakers) == 3


FRONTS = {
    "portrait": "Entretien n° 3\nDate : 12 mars\nEnquêteur : Paul Durand\n"
    "Enquêtée : Mme K., 34 ans, trois enfants, au RSA depuis 2019\n\n",
    "long portrait": "Date : 12 mars\nLieu : CCAS\n"
    "Enquêtée : Mme K., 34 ans, trois enfants, hébergée chez sa sœur, sans emploi depuis la fermeture de l'atelier\n\n",
    "people alone": "Enquêteur : Paul Durand\nEnquêtée : Mme K., 34 ans\n\n",
}


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS.keys())
@pytest.mark.parametrize("labels", [("Enquêteur :", "Enquêtée :"), ("E :", "R :"), ("PD :", "Mme K. :")])
def test_people_described_above_are_no_speech(front: str, labels: tuple[str, str]) -> None:
    found = read(front + dialogue(*labels))
    assert said(found) == EXPECTED
    assert "34 ans" not in canonical(found).text


def test_an_answer_may_be_a_name() -> None:
    found = read("Enquêtrice : Votre nom ?\nEnquêtée : Awa Diop.\n\nEnquêtrice : Et ?\nEnquêtée : Rien.")
    assert len(found.turns) == 4


ENDS = {
    "notes": "Notes après l'entretien :\n- Elle a montré ses courriers.",
    "end of the recording": "[Fin de l'enregistrement]\n\nMme Petit a rappelé.",
    "impressions": "Impressions à chaud\nTrès émue.",
    "otter": "Transcribed by https://otter.ai",
    "turboscribe": "This file is longer than 30 minutes.\nGo Unlimited at TurboScribe.ai to transcribe more.",
    "teams": "Anne Martin a arrêté la transcription",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_what_follows_the_interview_is_no_speech(end: str) -> None:
    found = read(f"{dialogue('E :', 'R :')}\n\n{end}\n")
    assert said(found) == EXPECTED
    assert found.front[-1].of(found.text) == end.split("\n")[-1]


@pytest.mark.parametrize("end", ["Remarque : il avait raison.", "Note que je suis d'accord avec l'enquête.", "Fin."])
def test_last_words_that_look_like_notes(end: str) -> None:
    assert said(read(f"{dialogue('E :', 'R :')}\n\n{end}\n"))[-1].endswith(end)


def test_titles_between_turns() -> None:
    text = "1. Parcours\n\nE : Oui ?\nR : Non.\n\n2. Le logement\n\nE : Et ?\nR : Deux choses.\n1. Le loyer\n2. La faim"
    assert said(read(text)) == ["I Oui ?", "P Non.", "I Et ?", "P Deux choses. | 1. Le loyer | 2. La faim"]


def test_running_headers() -> None:
    text = "Entretien 3 – page 1\n\nE : Oui ?\nR : Je\nEntretien 3 – page 2\n\ndormais.\nE : Et ?\nR : Rien."
    assert said(read(text))[1] == "P Je | dormais."


def test_numbers_in_the_margin() -> None:
    rows = ["E : Vous avez", "reçu la lettre ?", "R : Oui.", "E : Et qu'est-ce que", "vous avez fait ?", "R : Rien."]
    text = "\n".join(f"{n:>3} {row}" for n, row in enumerate(rows, 1))
    assert canonical(read(text)).text.splitlines() == [
        "Vous avez reçu la lettre ?",
        "Oui.",
        "Et qu'est-ce que vous avez fait ?",
        "Rien.",
    ]


def test_time_at_the_end_of_a_turn() -> None:
    found = read("E : Oui ? (0:21)\nR : À (14:30) pile. (1:02)\nE : Et ? (1:05)\nR : Rien. (1:08)")
    assert said(found) == ["I Oui ?", "P À (14:30) pile.", "I Et ?", "P Rien."]


def test_stage_notes_with_commas_are_no_voice() -> None:
    found = read("E : Oui ?\n\n(Le téléphone sonne, elle décroche.)\n\nR : Non.\n\nE : Et ?\n\nR : Rien.")
    assert said(found)[0] == "I Oui ? | (Le téléphone sonne, elle décroche.)"


def test_table_as_text() -> None:
    rows = [f"{n}\t0:0{n}:00 - 0:0{n + 1}:00\t{words}\t{('Anne', 'Awa')[n % 2]}" for n, words in enumerate(TURNS)]
    found = read("\tTimespan\tContent\tSpeaker\n" + "\n".join(rows))
    assert said(found) == EXPECTED
    assert found.turns[1].begin == 60


def test_labels_that_leave_most_of_the_text_out() -> None:
    found = read("Je raconte ma vie et rien d'autre.\n" * 60 + "0:01 Awa : Oui.\n0:02 Awa : Non.\n")
    assert [s.role for s in found.speakers] == [Role.UNKNOWN]


def test_segments_within_other_objects() -> None:
    spoken = [{"speaker": n % 2, "text": words} for n, words in enumerate(TURNS)]
    found = read(json.dumps({"result": {"transcription": {"utterances": spoken}}}), "a.json")
    assert said(found) == EXPECTED
