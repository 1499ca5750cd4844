"""Dialogues in which nobody is named, and what must not be taken for one."""

import io
from textwrap import dedent

import docx
import pytest

from enquete.model import Role, Transcript
from enquete.readers import read_bytes

DIALOGUE = [
    "Vous vivez seule ?",
    "Non, avec mes deux filles.",
    "Et le dossier, il en est où ?",
    "Il est refusé. Il manquait une feuille.",
    "Laquelle ?",
    "La feuille d'impôts. On m'a dit : revenez avec.",
    "D'accord.",
    "Voilà où j'en suis.",
]


def said(transcript: Transcript) -> list[tuple[Role, str]]:
    return [
        (transcript.speakers[t.speaker].role, " ".join(s.of(transcript.text) for s in t.speech))
        for t in transcript.turns
    ]


def expected() -> list[tuple[Role, str]]:
    return [(Role.PARTICIPANT if n % 2 else Role.INTERVIEWER, words) for n, words in enumerate(DIALOGUE)]


def text_of(question: str, answer: str, gap: str = "\n") -> str:
    return gap.join((answer if n % 2 else question).format(words) for n, words in enumerate(DIALOGUE))


@pytest.mark.parametrize(
    ("question", "answer"),
    [("– {}", "– {}"), ("- {}", "- {}"), ("—{}", "—{}"), ("{}", "– {}"), ("- {}", "{}"), ("• {}", "• {}")],
)
def test_dashes_hand_over_to_the_other_voice(question: str, answer: str) -> None:
    found = read_bytes("a.txt", f"Entretien du 3 mars\n\n{text_of(question, answer)}".encode())
    assert said(found) == expected()
    assert [s.of(found.text) for s in found.front] == ["Entretien du 3 mars"]
    assert all(not s.labels for s in found.speakers)
    assert any("Aucun locuteur n'est nommé" in w for w in found.warnings)


def test_a_line_without_dash_goes_on() -> None:
    text = text_of("– {}", "– {}\nEnfin, presque.")
    assert said(read_bytes("a.txt", text.encode()))[1][1] == "Non, avec mes deux filles. Enfin, presque."


@pytest.mark.parametrize("question", ["**{}**", "*{}*", "__{}__"])
def test_questions_set_apart_in_markdown(question: str) -> None:
    found = read_bytes("a.md", f"# Entretien 3\n\n{text_of(question, '{}', chr(10) * 2)}".encode())
    assert [role for role, _ in said(found)] == [role for role, _ in expected()]
    assert [words.strip("*_") for _, words in said(found)] == DIALOGUE


def test_numbered_questions() -> None:
    questions = DIALOGUE[:6]
    lines = [f"{n // 2 + 1}. {words}" if n % 2 == 0 else words for n, words in enumerate(questions)]
    assert said(read_bytes("a.txt", "\n\n".join(lines).encode())) == expected()[:6]


@pytest.mark.parametrize("look", ["bold", "italic", "underline", "style", "list", "heading"])
def test_questions_set_apart_in_word(look: str) -> None:
    document = docx.Document()
    document.add_heading("Entretien avec Mme B.", 0)
    document.add_paragraph("Mme B. vit à Nanterre avec ses filles.")
    strong = document.styles.add_style("Question", 1)
    strong.font.bold = True
    for number, words in enumerate(DIALOGUE):
        asks = number % 2 == 0
        style = {"style": "Question", "list": "List Bullet", "heading": "Heading 2"}.get(look) if asks else None
        run = document.add_paragraph(style=style).add_run(words)
        if look in ("bold", "italic", "underline") and asks:
            setattr(run.font, look, True)
    data = io.BytesIO()
    document.save(data)
    found = read_bytes("a.docx", data.getvalue())
    assert said(found) == expected()
    assert len(found.front) == 2


@pytest.mark.parametrize(("on", "off"), [(r"{\b ", "}"), (r"\i ", r"\i0 "), (r"\pard\ul\loch ", r"\ulnone ")])
def test_questions_set_apart_in_rtf(on: str, off: str) -> None:
    rows = [f"{on}{words}{off}" if n % 2 == 0 else words for n, words in enumerate(DIALOGUE)]
    head = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\stylesheet{\s1\b Titre;}}\plain "
    found = read_bytes("a.rtf", (head + "\\par\n".join(rows) + "}").encode("cp1252"))
    assert said(found) == expected()


@pytest.mark.parametrize(
    "text",
    [
        # notes
        "- hébergée chez un tiers\n- pourquoi ce refus ?\n- deux filles\n- voir l'assistante ?\n"
        "- dossier refusé\n- rappeler ?\n- rien d'autre\n",
        # headings in bold
        "**Logement**\n\nHébergée.\n\n**Travail**\n\nAucun.\n\n**Santé**\n\nFragile.\n\n**Suite**\n\nRappeler.\n",
        # dashes where both ask
        "– Tu viens ?\n– Et toi ?\n– Pourquoi ?\n– Tu sais ?\n– Quoi ?\n– Hein ?\n– Bon ?\n– Alors ?\n",
        # the voices change places: a dash is missing somewhere
        "\n".join(f"– {w}" for w in [*DIALOGUE[:6] * 3, *DIALOGUE[1:6] * 3]),
    ],
)
def test_nothing_tells_the_voices_apart(text: str) -> None:
    found = read_bytes("a.md", text.encode())
    assert [role for role, _ in said(found)] == [Role.UNKNOWN]


def test_reported_dialogue_among_labels_is_no_turn() -> None:
    text = """\
        E : Et au guichet ?
        R : Elle me dit :
        – Vous avez le papier ?
        – Lequel ?
        – Le bleu.
        E : Et alors ?
        R : Alors rien.
        """
    assert len(read_bytes("a.txt", dedent(text).encode()).turns) == 4
