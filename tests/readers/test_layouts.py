"""Layouts that people and tools write, as text files: each example stands here with the turns it must give."""

from textwrap import dedent

import pytest

from enquete.model import Role, Transcript
from enquete.readers import read_bytes

SHORT = {Role.INTERVIEWER: "I", Role.PARTICIPANT: "P", Role.OTHER: "O", Role.UNKNOWN: "?"}


def read(text: str, name: str = "entretien.txt", roles: dict[str, Role] | None = None) -> Transcript:
    return read_bytes(name, dedent(text).encode(), roles)


def said(transcript: Transcript) -> list[str]:
    """« I0 Bonjour | Deuxième paragraphe »: the role, the number of the speaker, the pieces of the turn."""
    return [
        f"{SHORT[transcript.speakers[t.speaker].role]}{t.speaker} "
        + " | ".join(" ".join(s.of(transcript.text).split()) for s in t.speech)
        for t in transcript.turns
    ]


TWO = ["I0 Vous vous présentez ?", "P1 Moi c'est Awa, j'ai deux enfants.", "I0 Et le RSA ?", "P1 Depuis mars."]

COLONS = {
    "enquêtrice": ("Enquêtrice :", "Enquêtée :"),
    "inclusive": ("Enquêteur·rice :", "Enquêté·e :"),
    "parentheses": ("Enquêteur(rice) :", "Enquêté(e) :"),
    "chercheuse": ("Chercheuse:", "Personne interrogée:"),
    "articles": ("L'enquêteur :", "L'enquêtée :"),
    "letters": ("E:", "R:"),
    "letters spaced": ("E :", "R :"),
    "lower-case letters": ("e :", "r :"),
    "dots": ("Q.", "R."),
    "question, answer": ("Question :", "Réponse :"),
    "abbreviations": ("Enq :", "Rép :"),
    "interviewer, E": ("I :", "E :"),
    "numbers": ("E1 :", "P12 :"),
    "initials": ("AM :", "MK :"),
    "dotted initials": ("A.M. :", "M.K. :"),
    "first names": ("Solène :", "Awa :"),
    "full names": ("Anne Martin :", "Modeste Kouassi :"),
    "particles": ("Anne de La Tour :", "Maria da Costa :"),
    "titles": ("Mme Martin :", "M. Kouassi :"),
    "capitals": ("MARTIN :", "KOUASSI :"),
    "name with role": ("Solène (enquêtrice) :", "Awa (enquêtée) :"),
    "no-break space": ("Enquêtrice\u00a0:", "Enquêtée\u00a0:"),
    "en dash": ("Enquêtrice –", "Enquêtée –"),
    "em dash": ("ENQUÊTRICE —", "ENQUÊTÉE —"),
    "hyphen": ("E -", "R -"),
    "hyphen, names": ("Solène -", "Awa -"),
    "tab": ("E\t", "R\t"),
    "tab, names": ("Solène\t", "Awa Diop\t"),
    "colon and tab": ("Speaker 1:\t", "Speaker 2:\t"),
    "capitals alone": ("SOLÈNE", "AWA"),
    "diarization": ("SPEAKER_00:", "SPEAKER_01:"),
    "whisperx": ("[SPEAKER_00]:", "[SPEAKER_01]:"),
    "brackets": ("[Enquêtrice]", "[Enquêtée]"),
    "ids": ("[id1]", "[id2]"),
    "times before": ("[00:00:02] SPEAKER_00:", "[00:00:09] SPEAKER_01:"),
    "times in parentheses": ("(00:12) Enquêteur :", "(00:15) Enquêté :"),
    "bare times": ("00:12 E :", "00:15 R :"),
    "times after": ("S01 [00:00:12]:", "S02 [00:00:15]:"),
    "sonix": ("Speaker1: [00:00:03]", "Speaker2: [00:00:07]"),
    "trint": ("Speaker 1 [00:00:03]", "Speaker 2 [00:00:07]"),
    "zoom": ("[Anne Martin] 10:03:12", "[Awa Diop] 10:03:20"),
    "markdown": ("**Enquêtrice :**", "**Enquêtée :**"),
    "markdown colon outside": ("**E** :", "**R** :"),
    "markdown names": ("**Anne Martin**:", "**Awa Diop**:"),
    "double colon typo": ("Enquêtrice : :", "Enquêtée :"),
}


@pytest.mark.parametrize("labels", COLONS.values(), ids=COLONS.keys())
@pytest.mark.parametrize("between", ["\n\n", "\n", "\r\n", "\r\n\r\n"], ids=["blank", "tight", "crlf", "crlf blank"])
def test_label_before_speech(labels: tuple[str, str], between: str) -> None:
    text = between.join(f"{labels[n % 2]} {turn[3:]}" for n, turn in enumerate(TWO * 2))
    assert said(read(text)) == TWO * 2


HEADERS = {
    "turboscribe": ("[Chercheur] (0:01 - 0:11)", "[Participant] (0:12 - 1:10)"),
    "odd spaces": ("[ Chercheur ]  ( 0:01- 0:11 )", "[Participant](0:12  -1:10)"),
    "no times": ("[Chercheur]", "[Participant]"),
    "parenthesis missing": ("[Chercheur] (0:01 - 0:11", "[Participant] 0:12 - 1:10)"),
    "second time missing": ("[Chercheur] (0:01 - )", "[Participant] (0:12)"),
    "first time missing": ("[Chercheur] ( - 0:11)", "[Participant] ()"),
    "bracket missing": ("[Chercheur (0:01 - 0:11)", "Participant] (0:12 - 1:10)"),
    "word": ("00:00:01 Intervenant 1", "00:00:06 Intervenant 2"),
    "noscribe": ("S01: [00:00:12]", "S02: [00:00:20]"),
    "otter": ("Speaker 1  0:03", "Speaker 2  0:09"),
    "otter names": ("Anne Martin  0:03", "Awa Diop  0:09"),
    "teams": ("Anne Martin\t0:03", "DIOP Awa\t0:09"),
    "happy scribe": ("[00:00:01.410] - Speaker 1", "[00:00:06.020] - Speaker 2"),
    "amberscript": ("[00:00:03] Intervenant 1", "[00:00:09] Intervenant 2"),
    "riverside": ("Anne (00:03.12)", "Awa (00:09.02)"),
    "colon, own line": ("Enquêtrice :", "Enquêtée :"),
    "bare role": ("Enquêtrice", "Enquêtée"),
    "capitals": ("ENQUÊTRICE", "AWA"),
    "markdown heading": ("## Enquêtrice", "## Enquêtée"),
    "markdown bold time": ("**Anne Martin** (00:03)", "**Awa Diop** (00:09)"),
    "trint": ("Speaker 1: [00:03]", "Speaker 2: [00:09]"),
}


@pytest.mark.parametrize("labels", HEADERS.values(), ids=HEADERS.keys())
@pytest.mark.parametrize("after", ["\n", "\n\n"], ids=["next line", "after a blank line"])
def test_label_above_speech(labels: tuple[str, str], after: str) -> None:
    blocks = [f"{labels[n % 2]}{after}{turn[3:]}" for n, turn in enumerate(TWO)]
    blocks[1] += f"{after}Et un mari."
    expected = [TWO[0], f"{TWO[1]} | Et un mari.", *TWO[2:]]
    assert said(read("\n\n".join(blocks))) == expected


def test_times_are_kept() -> None:
    found = read(
        """\
        [Chercheur] (0:01 - 0:11)
        Bonjour.

        [Participant] (1:02:03 - 1:02:04)
        Bonjour.

        [Chercheur] (1:03:00
        Ça va ?
        """
    )
    assert [(t.begin, t.end) for t in found.turns] == [(1, 11), (3723, 3724), (3780, None)]


def test_times_above_teams_names() -> None:
    found = read(
        """\
        0:0:0.0 --> 0:0:2.500
        Anne Martin
        Vous vous présentez ?
        0:0:3.0 --> 0:0:5.0
        Awa Diop
        Moi c'est Awa, j'ai deux enfants.
        0:0:6.0 --> 0:0:7.0
        Anne Martin
        Et le RSA ?
        0:0:8.0 --> 0:0:9.0
        Awa Diop
        Depuis mars.
        """
    )
    assert said(found) == TWO
    assert found.turns[1].begin == 3.0


def test_times_among_the_words_are_no_speech() -> None:
    found = read(
        """\
        E : Bonjour [00:00:12] et merci. #00:00:14-3#
        R : À 12:30 j'y vais, le rendez-vous est à 9:15. 00:01:02
        E : D'accord.
        R : Voilà.
        """
    )
    assert said(found)[:2] == ["I0 Bonjour | et merci.", "P1 À 12:30 j'y vais, le rendez-vous est à 9:15."]


def test_colons_inside_speech_are_not_speakers() -> None:
    found = read(
        """\
        Enquêtrice : Que s'est-il passé ?

        Enquêté : Alors. Et là je lui dis : ça suffit.

        Remarque : il avait raison.

        Bon : on continue. Mon mari : rien. 12:30 : rien non plus.

        Et la conseillère : « revenez demain ».

        Personne ne répond : c'est fermé.

        Le problème : il faut un rendez-vous.

        Problème : pas de rendez-vous.

        Enquêtrice : Et après ?

        Enquêté : Après : plus rien. Résultat : radié.

        Conclusion : j'ai attendu.
        """
    )
    assert [s[:2] for s in said(found)] == ["I0", "P1", "I0", "P1"]


def test_third_voice_written_once() -> None:
    found = read(
        """\
        Enquêtrice : Vous êtes seule ?

        Enquêtée : Non, avec ma fille.

        Sa fille : Je l'aide.

        Moussa (le mari) : Moi aussi.

        Interprète : Elle dit oui.

        Enquêtrice : Merci.

        Mari : Au revoir.
        """
    )
    assert [s[0] for s in said(found)] == ["I", "P", "P", "P", "O", "I", "P"]


def test_stage_notes_stay_in_the_text() -> None:
    found = read(
        """\
        [Chercheur] (0:01 - 0:04)
        Allô ?

        [sonnerie]

        (rires)

        [Participant] (0:05 - 0:09)
        Oui (rires) [inaudible] voilà.

        [BIP]

        [rires]

        [Chercheur] (0:10 - 0:11)
        [rires] D'accord.
        """
    )
    assert said(found) == [
        "I0 Allô ? | [sonnerie] | (rires)",
        "P1 Oui (rires) [inaudible] voilà. | [BIP] | [rires]",
        "I0 [rires] D'accord.",
    ]


def test_metadata_block_is_no_turn() -> None:
    found = read(
        """\
        Entretien n° 3 — étude RSA

        Enquêteur : Paul Durand
        Enquêtée : Mme B.
        Date : 12 mars 2025
        Lieu : CCAS de la ville
        Durée : 48 min

        Enquêteur : Vous vous présentez ?
        Enquêtée : Moi c'est Awa, j'ai deux enfants.
        Enquêteur : Et le RSA ?
        Enquêtée : Depuis mars.
        """
    )
    assert said(found) == TWO
    assert found.metadata["Enquêteur"] == "Paul Durand"
    assert found.metadata["Lieu"] == "CCAS de la ville"
    assert found.front[0].of(found.text) == "Entretien n° 3 — étude RSA"


@pytest.mark.parametrize("between", ["", "\n"], ids=["one gap", "gaps"])
def test_metadata_block_that_ends_with_names(between: str) -> None:
    found = read(
        f"Date : 12 mars\nLieu : au café\nEnquêtrice : Anne Martin\nEnquêtée : Awa Diop\n{between}\n"
        "Enquêtrice : Vous vous présentez ?\n\nEnquêtée : Moi c'est Awa, j'ai deux enfants.\n\n"
        "Enquêtrice : Et le RSA ?\n\nEnquêtée : Depuis mars."
    )
    assert said(found) == TWO


def test_metadata_names_the_interviewer() -> None:
    found = read(
        """\
        Enquêteur : Paul Durand
        Date : 12 mars 2025

        AWA : Bonjour.
        DURAND : Bonjour.
        AWA : Ça va ?
        DURAND : Oui.
        """
    )
    assert [s[0] for s in said(found)] == ["P", "I", "P", "I"]


def test_list_of_speakers_says_the_roles() -> None:
    found = read(
        """\
        AM : Anne Martin, enquêtrice
        AD = Awa Diop (enquêtée)

        AM : Bonjour.
        AD : Bonjour.
        AM : Oui.
        AD : Non.
        """
    )
    assert said(found) == ["I0 Bonjour.", "P1 Bonjour.", "I0 Oui.", "P1 Non."]


def test_misspelt_labels_are_gathered() -> None:
    lines = ["[Chercheur] (0:01 - 0:02)\nOui ?", "[Interviewe] (0:02 - 0:03)\nNon."] * 6
    lines[6] = "[Checheur] (0:01 - 0:02)\nOui ?"
    lines[7] = "[Interviwe] (0:02 - 0:03)\nNon."
    found = read("\n\n".join(lines))
    assert [s[:2] for s in said(found)] == ["I0", "P1"] * 6
    assert found.speakers[0].labels == ("Chercheur", "Checheur")
    assert sum("mal orthographiée" in w for w in found.warnings) == 2
    assert not any("Checheur" in w or "Interviwe" in w for w in found.warnings)


def test_numbers_are_never_gathered() -> None:
    found = read("\n".join(["S01: Oui ?", "S02: Non."] * 6 + ["S03: Moi aussi."]))
    assert len(found.speakers) == 3


def test_enquete_and_enqueteur_are_two() -> None:
    found = read("\n".join(["Enquêteur : Oui ?", "Enquêté : Non."] * 6 + ["Enquêtée : Moi si.", "Enquêteur : Ah."]))
    assert {s.role for s in found.speakers} == {Role.INTERVIEWER, Role.PARTICIPANT}


def test_overlaps_and_asides() -> None:
    found = read(
        """\
        S01: Vous touchez quoi //S02: rien du tout// depuis mars ?
        S02: Rien. [S01: D'accord.] Et puis plus rien [bruit : une porte].
        S01: Ah //S02: oui
        S02: Voilà.
        """
    )
    assert [s[1:] for s in said(found)] == [
        "0 Vous touchez quoi",
        "1 rien du tout",
        "0 depuis mars ?",
        "1 Rien.",
        "0 D'accord.",
        "1 Et puis plus rien [bruit : une porte].",
        "0 Ah",
        "1 oui",
        "1 Voilà.",
    ]


def test_aside_by_initial() -> None:
    found = read("Léa : Vous êtes seule ?\nMarc : Oui. [L: D'accord.] Enfin, presque.\nLéa : Bon ?\nMarc : Oui.")
    assert [s[1] for s in said(found)] == ["0", "1", "0", "1", "0", "1"]


def test_blocks_of_one_label_stay_apart() -> None:
    found = read("[00:00:01] S01: un\n[00:00:02] S01: deux\n[00:00:03] S02: trois\n[00:00:04] S02: quatre")
    assert len(found.turns) == 4


def test_numbered_questions() -> None:
    found = read("Q1 : Oui ?\nR1 : Non.\nQ2 : Et là ?\nR2 : Non plus.\nQ3 : Sûr ?\nR3 : Oui.")
    assert [s[:2] for s in said(found)] == ["I0", "P1"] * 3


def test_lines_cut_at_a_width_are_joined() -> None:
    found = read(
        """\
        Enquêtrice : Est-ce que vous pourriez me raconter comment ça s'est
        passé au guichet le jour où vous y êtes allée avec votre fille et
        son dossier ?

        Enquêtée : On a attendu toute la matinée dans le couloir, et puis à la
        fin ils nous ont dit de revenir parce que le système était en panne
        ce jour-là.
        """
    )
    assert [len(t.speech) for t in found.turns] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, alors voilà, je vous raconte.\n\nC'était un lundi : il pleuvait.\n\nRemarque : rien.",
        "Note : un.\nEt puis deux.\nNote : trois.",
        "00:00:01 ok c'est bon\n00:00:04 Dommage\n00:00:06 oui",
    ],
)
def test_without_speakers(text: str) -> None:
    found = read(text)
    assert [s.role for s in found.speakers] == [Role.UNKNOWN]
    assert len(found.turns) == 1
    assert any("Aucun locuteur" in w for w in found.warnings)


def test_roles_given_by_the_user() -> None:
    text = "AM : Bonjour.\nÉD : Bonjour.\nAM : Il pleut.\nÉD : Oui."
    assert {s.role for s in read(text).speakers} == {Role.UNKNOWN}
    found = read(text, roles={"ed": Role.INTERVIEWER})
    assert [s.role for s in found.speakers] == [Role.PARTICIPANT, Role.INTERVIEWER]


def test_inferred_roles_are_said() -> None:
    found = read("\n".join(f"{'Solène' if n % 2 == 0 else 'Awa'} : {t[3:]}" for n, t in enumerate(TWO)))
    assert any("déduit" in w for w in found.warnings)
    assert not any("Solène" in w or "Awa" in w for w in found.warnings)


def test_letters_that_are_first_names() -> None:
    """« E » for Élise, who is interviewed by M."""
    found = read(
        "M : Tu peux te présenter ?\nE : Moi c'est Élise, j'ai trente ans, je vis chez ma mère.\n"
        "M : Comment tu fais ?\nE : Je me débrouille avec mon téléphone, j'ai pas d'ordinateur chez moi.\n"
        "M : Pourquoi ?\nE : J'ai pas les moyens, je touche le RSA et je dois aider ma mère."
    )
    assert [s[0] for s in said(found)] == ["I", "P"] * 3


def test_three_voices() -> None:
    found = read("Solène : Vous venez ?\nAwa : Oui.\nBintou : Moi aussi.\n" * 3)
    assert [s.role for s in found.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT, Role.PARTICIPANT]


def test_headings_are_no_speech() -> None:
    found = read(
        "## Parcours\n\n**E :** Bonjour ?\n\n**R :** Oui.\n\n## Logement\n\n**E :** Et ?\n\n**R :** Non.", "a.md"
    )
    assert said(found) == ["I0 Bonjour ?", "P1 Oui.", "I0 Et ?", "P1 Non."]
    assert [s.of(found.text) for s in found.front] == ["## Parcours", "## Logement"]


def test_reported_dialogue_is_no_turn() -> None:
    found = read(
        """\
        E : Que s'est-il passé ?
        R : Alors au guichet :
        La dame : C'est fermé.
        Moi : Mais j'ai rendez-vous !
        La dame : Revenez demain.
        E : Et après ?
        R : Rien du tout. Mon fils me dit : laisse.
        E : Ah ?

        R : J'ai vu deux personnes.

        Fatima : elle était gentille.

        Et voilà.
        """
    )
    assert {s.labels[0] for s in found.speakers} == {"E", "R"}


@pytest.mark.parametrize("mark", ["/", " >", "=", " |", ";"])
def test_odd_marks_after_letters(mark: str) -> None:
    text = "\n".join(f"{'ER'[n % 2]}{mark} {turn[3:]}" for n, turn in enumerate(TWO))
    assert said(read(text)) == TWO


@pytest.mark.parametrize("number", ["{}. ", "{} - ", "{:03} ", "{}) "])
def test_numbered_turns(number: str) -> None:
    text = "\n".join(
        number.format(n + 1) + f"{('Enquêtrice', 'Awa')[n % 2]} : {turn[3:]}" for n, turn in enumerate(TWO)
    )
    assert said(read(text)) == TWO


def test_a_forgotten_colon() -> None:
    found = read("Enquêtrice : Ici ?\nEnquêté : Oui.\nEnquêtrice Et là ?\nEnquêté : Rien.\nEnquêtrice : Bon.")
    assert said(found)[2] == "I0 Et là ?"


def test_accented_letter_for_the_participant() -> None:
    found = read("E : Bonjour ?\nÉ : Oui.\nE : Et ?\nÉ : Voilà.")
    assert said(found) == ["I0 Bonjour ?", "P1 Oui.", "I0 Et ?", "P1 Voilà."]


def test_notes_keep_their_headed_lines() -> None:
    found = read("Situation : hébergée chez un tiers.\nLogement : trois ans d'attente.\nElle ne sait pas faire seule.")
    assert len(found.turns[0].speech) == 3


def test_times_on_their_own_lines() -> None:
    found = read("00:00:03\nEnquêteur : Bonjour ?\n00:00:09\nEnquêté : Oui.\n")
    assert [t.begin for t in found.turns] == [3, 9]


def test_participants_described_in_the_metadata_block() -> None:
    found = read(
        """\
        Projet : Exclusion numérique
        Date de l'entretien : 3 avril 2025
        Enquêtrice : Solène T.
        Personne interrogée : Mme B., 54 ans, aide à domicile
        Durée : 1h02

        Solène : Bonjour. On peut commencer ?
        Mme B. : Oui, allez-y.
        Solène : Vous vivez seule ?
        Mme B. : Oui.
        """
    )
    assert [s[:2] for s in said(found)] == ["I0", "P1", "I0", "P1"]
    assert len(found.metadata) == 5
