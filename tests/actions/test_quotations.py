"""Quotations that people choose, say in other words, comment and sign: commands on a small study."""

import json
import re

import openpyxl
import pytest

from enquete.actions.study import open_study
from enquete.store.remarks import remarks

HEAD = "code;type;vague;fichier;sexe;tranche d'âge;accord pour citation\n"
PHRASES = (
    "J'attends leur réponse depuis le mois dernier, personne ne rappelle.",
    "Ils demandent toujours le même papier, je l'ai déjà donné.",
    "Le dossier est resté bloqué tout l'été sans explication.",
    "On me renvoie d'un bureau à un autre à chaque fois.",
    "Je garde toutes les lettres dans une boîte à chaussures.",
    "La dame du guichet fait ce qu'elle peut, mais ça ne suffit pas.",
    "Ils ont coupé l'aide avant même que je puisse parler.",
)
FLAGS = ("à citer", "à citer", "à citer", "à paraphraser", "ne jamais citer", "", "à citer")
OTHERWISE = "Les services l'envoient de l'un à l'autre."


@pytest.fixture
def seven(enquete, study, tmp_path):
    """Seven people, a sentence each; the fourth is to paraphrase, the fifth never to quote, the seventh refuses."""
    files, codings, people = [], ["entretien;citation;code;marque"], [HEAD]
    for number, (phrase, flag) in enumerate(zip(PHRASES, FLAGS, strict=True), start=1):
        path = tmp_path / f"entretien_{number}.txt"
        path.write_text(f"Enquêtrice : Et les démarches ?\n\nEnquêtée : {phrase}\n", encoding="utf-8")
        files.append(path)
        codings.append(f"E{number:03};{phrase};R07.1;{flag}")
        consent = "non" if number == 7 else "oui"
        people.append(f"P{number:03};personne concernée;v1;{path.name};{'F' if number % 2 else 'H'};35-44;{consent}\n")
    table, coded = tmp_path / "participants.csv", tmp_path / "codages.csv"
    table.write_text("".join(people), encoding="utf-8")
    coded.write_text("\n".join(codings) + "\n", encoding="utf-8")
    for words in (
        ("importer", "entretiens", *files, "--participants", table),
        ("importer", "codages", coded, "--codeur", "lea"),
        ("constat", "nouveau", "On attend", "--par", "lea", "--champ", "Thèmes=rsa:R07", "--champ", "État=validé"),
    ):
        code, out, errors = enquete(*words)
        assert code == 0, out + errors
    return study


def candidates(enquete, *words):
    code, out, errors = enquete("citations", "--longueur", "5-60", *words, "--json")
    assert code == 0, errors
    return {row["entretien"]: row for row in map(json.loads, out.splitlines())}


def sheet(study, name, audience="groupe-projet"):
    book = openpyxl.load_workbook(study / "exports" / audience / "synthese.xlsx")
    return [" | ".join(str(cell.value) for cell in row if cell.value) for row in book[name].iter_rows()]


def test_what_may_be_quoted_is_listed_with_its_reasons(enquete, seven):
    found = candidates(enquete, "--theme", "rsa:R07")
    assert list(found) == ["E001", "E002", "E003", "E006", "E004"]
    assert found["E001"]["raisons"][:2] == ["marquée « à citer »", "première de P001"]
    code, out, _ = enquete("citations", "--theme", "R07", "--longueur", "5-60", "--nombre", "2")
    assert code == 0
    assert "2\u00a0citations proposées ; le choix reste le vôtre." in out
    assert "1 « ne jamais citer »" in out
    assert "1 de personnes qui n'acceptent pas" in out
    assert "3 au-delà du nombre demandé" in out
    assert PHRASES[4] not in out
    assert PHRASES[6] not in out


def test_numbers_are_those_of_signer(enquete, seven):
    listed = {row["numero"] for row in candidates(enquete, "--theme", "R07").values() if row["marque"] == "cite"}
    waiting = {int(number) for number in re.findall(r"^(\d+)  P", enquete("signer")[1], re.MULTILINE)}
    assert listed == waiting


def test_a_person_keeps_some_for_a_finding(enquete, seven):
    found = candidates(enquete, "--constat", "C01")
    chosen = f"{found['E001']['numero']},{found['E002']['numero']}"
    assert enquete("citations", "--retenir", chosen, "--constat", "c1", "--par", "lea")[:2] == (
        0, "C01 : 2\u00a0citations retenues.\n",
    )  # fmt: skip
    against = found["E003"]["numero"]
    enquete("citations", "--retenir", against, "--constat", "C01", "--par", "lea", "--contre")
    again = enquete("citations", "--retenir", chosen, "--constat", "C01", "--par", "lea")[1]
    assert "2\u00a0citations déjà là." in again
    out = enquete("citations", "--constat", "C01", "--longueur", "5-60")[1]
    assert f"à l'appui, E001, tour 2 : « {PHRASES[0]} »" in out
    assert f"contre-exemple, E003, tour 2 : « {PHRASES[2]} »" in out
    assert set(candidates(enquete, "--constat", "C01")) == {"E004", "E006"}


NOT_UNDERSTOOD = (
    ((), 2, "il n'est pas dit quelles citations chercher"),
    (("--theme", "ZZ"), 2, "« ZZ » n'est dans aucune grille"),
    (("--theme", "R07", "--longueur", "long"), 2, "« long » n'est pas une longueur"),
    (("--theme", "R07", "--vague", "v9"), 2, "v9"),
    (("--constat", "C09"), 1, "C09"),
    (("--retenir", "1", "--constat", "C01"), 2, "« --par »"),
    (("--retenir", "1", "--par", "lea"), 2, "« --constat »"),
    (("--retenir", "999", "--constat", "C01", "--par", "lea"), 1, "999"),
    (("paraphraser", "ici", "--texte", "x", "--par", "lea"), 2, "« ici » ne désigne pas un passage"),
    (("paraphraser", "E004:9", "--texte", "x", "--par", "lea"), 1, "pas de tour 9"),
    (("commenter", "E004:2", "--texte", " ", "--par", "lea"), 2, "il n'y a pas de texte"),
)


def test_what_is_not_understood_is_told(enquete, seven):
    for words, code, said in NOT_UNDERSTOOD:
        got, out, errors = enquete("citations", *words)
        assert (got, out) == (code, ""), words
        assert said in errors


def test_words_that_may_not_be_quoted_are_kept_for_no_finding(enquete, seven):
    with open_study(seven).database() as db:
        rows = dict(
            db.execute(
                "SELECT i.code, g.id FROM coding g JOIN revision r ON r.id = g.revision_id "
                "JOIN interview i ON i.id = r.interview_id"
            ).fetchall()
        )
    for interview, why in (("E005", "« ne jamais citer »"), ("E007", "n'accepte pas d'être citée")):
        code, _, errors = enquete("citations", "--retenir", rows[interview], "--constat", "C01", "--par", "lea")
        assert code == 1
        assert why in errors


def test_a_paraphrase_is_masked_read_by_the_group_and_signed_for_the_public(enquete, seven):
    number = candidates(enquete, "--constat", "C01")["E004"]["numero"]
    enquete("citations", "--retenir", number, "--constat", "C01", "--par", "lea")
    assert enquete("citations", "verifier")[0] == 1
    text = f"{OTHERWISE} Son numéro : 06 12 34 56 78."
    code, out, errors = enquete("citations", "paraphraser", number, "--texte", text, "--par", "lea")
    assert code == 0, errors
    assert "06 12" not in out
    assert "Le groupe-projet la lira." in out
    assert enquete("citations", "verifier")[0] == 0
    assert enquete("synthese", "--format", "xlsx")[0] == 0
    verbatims = "\n".join(sheet(seven, "Verbatims"))
    assert OTHERWISE in verbatims
    assert PHRASES[3] not in verbatims
    assert "1\N{NO-BREAK SPACE}citation à paraphraser (paraphrase écrite : 1)" in "\n".join(sheet(seven, "Méthode"))
    name = re.search(r"^par\d+", enquete("signer")[1], re.MULTILINE)[0]
    assert enquete("signer", name, "--par", "Camille Vernay")[0] == 0
    assert f"{name}  P004, E004, paraphrase" in enquete("signer", "--signees")[1]
    enquete("synthese", "--destinataires", "diffusion", "--format", "xlsx")
    assert OTHERWISE in "\n".join(sheet(seven, "Constats", "diffusion"))


def test_other_words_need_another_signature_and_those_before_are_told(enquete, seven):
    enquete("citations", "paraphraser", "E004:2", "--texte", OTHERWISE, "--par", "lea")
    enquete("signer", "par1", "--par", "Camille Vernay")
    out = enquete("citations", "paraphraser", "E004:2", "--texte", "Chacun dit d'aller ailleurs.", "--par", "ines")[1]
    assert f"Celle d'avant, de lea, signée par Camille Vernay, n'a plus cours : « {OTHERWISE} »" in out
    with open_study(seven).database() as db:
        (one,) = remarks(db)
    assert (one.body, one.signer) == ("Chacun dit d'aller ailleurs.", "")
    enquete("citations", "paraphraser", "E004:2", "--texte", "", "--par", "ines")
    with open_study(seven).database() as db:
        assert remarks(db) == []


def test_a_signature_of_a_paraphrase_is_taken_back(enquete, seven):
    enquete("citations", "paraphraser", "E004:2", "--texte", OTHERWISE, "--par", "lea")
    enquete("signer", "par1", "--par", "Camille Vernay")
    assert enquete("signer", "--retirer", "par1")[0] == 0
    assert "par1  P004" in enquete("signer")[1]
    assert enquete("signer", "par7", "--par", "Camille Vernay")[0] == 1


def test_a_paraphrase_that_keeps_the_words_is_refused(enquete, seven):
    text = "Elle dit : on me renvoie d'un bureau à un autre."
    code, _, errors = enquete("citations", "paraphraser", "E004:2", "--texte", text, "--par", "lea")
    assert code == 1
    assert "reprend 6 mots de suite" in errors


def test_outputs_keep_refusing_words_to_be_said_otherwise(enquete, seven):
    """Though a paraphrase is written and signed, in whatever field they stand."""
    enquete("citations", "paraphraser", "E004:2", "--texte", OTHERWISE, "--par", "lea")
    enquete("signer", "par1", "--par", "Camille Vernay")
    enquete("constat", "modifier", "C01", "--par", "lea", "--champ", f"Interprétation={PHRASES[3]}")
    for audience in ("groupe-projet", "diffusion"):
        code, _, errors = enquete("synthese", "--destinataires", audience, "--format", "xlsx")
        assert code == 1
        assert "à citer en d'autres mots" in errors
        assert PHRASES[3] not in errors


def test_a_paraphrase_of_words_that_are_not_so_marked_is_of_no_use_and_it_is_told(enquete, seven):
    out = enquete("citations", "paraphraser", "E001:2", "--texte", "Elle attend un appel.", "--par", "lea")[1]
    assert "Elle ne paraîtra pas" in out
    assert "paraphrase" not in "".join(re.findall(r"^par\d.*", enquete("signer")[1], re.MULTILINE))


def test_paraphrases_come_in_a_table_and_a_bad_row_hides_no_other(enquete, seven, tmp_path):
    table = tmp_path / "autres mots.csv"
    table.write_text(
        "Entretien;Tour;Citation;Paraphrase\n"
        f"e004;2;;{OTHERWISE} Son numéro : 06 12 34 56 78.\n"
        "E001;2;;\n"
        "E002;9;;Il redonne ses papiers.\n"
        "E005;2;des mots d'ailleurs;Elle range tout.\n"
        f"E003;2;;Il dit : {PHRASES[2]}\n"
        "E001;2;leur réponse;Le courrier.\n",
        encoding="utf-8",
    )
    code, out, errors = enquete("citations", "importer", table, "--par", "lea")
    assert code == 1, errors
    out = out.replace("\N{NO-BREAK SPACE}", " ")
    assert "2 paraphrases enregistrées." in out
    assert "1 ligne sans paraphrase" in out
    assert "E001, tour 2 : Elle ne paraîtra pas" in out
    faults = [line for line in out.splitlines() if line.startswith("autres mots.csv, ligne")]
    assert [re.search(r"ligne (\d)", line)[1] for line in faults] == ["4", "5", "6"]
    assert "06 12" not in out
    assert PHRASES[2] not in out
    with open_study(seven).database() as db:
        assert [(one.interview, one.author) for one in remarks(db)] == [("E001", "lea"), ("E004", "lea")]


def test_a_table_that_comes_again_keeps_signatures(enquete, seven, tmp_path):
    table = tmp_path / "paraphrases.csv"
    table.write_text(f"entretien;tour;paraphrase\nE004;2;{OTHERWISE} Appeler le 06 12 34 56 78.\n", encoding="utf-8")
    assert enquete("citations", "importer", table, "--par", "lea")[0] == 0
    enquete("signer", "par1", "--par", "Camille Vernay")
    code, out, _ = enquete("citations", "importer", table, "--par", "ines")
    assert (code, out.replace("\N{NO-BREAK SPACE}", " ")) == (0, "0 paraphrase enregistrée, 1 déjà là.\n")
    with open_study(seven).database() as db:
        assert [(one.author, one.signer) for one in remarks(db)] == [("lea", "Camille Vernay")]


def test_a_table_without_paraphrases_is_told(enquete, seven, tmp_path):
    table = tmp_path / "paraphrases.csv"
    table.write_text("entretien;tour;texte\nE004;2;Rien.\n", encoding="utf-8")
    code, _, errors = enquete("citations", "importer", table, "--par", "lea")
    assert code == 1
    assert "la paraphrase" in errors


def test_a_comment_stands_in_the_workbook(enquete, seven):
    assert enquete("citations", "commenter", "E001:2", "--texte", "À relire ensemble.", "--par", "lea")[0] == 0
    enquete("synthese", "--format", "xlsx")
    (row,) = [row for row in sheet(seven, "Verbatims") if "À relire ensemble." in row]
    assert PHRASES[0] in row


def test_a_comment_that_no_sheet_would_show_is_told(enquete, seven):
    told = "« Verbatims » ne le montrera pas"
    assert told in enquete("citations", "commenter", "E001:1", "--texte", "Bonne question.", "--par", "lea")[1]
    assert told not in enquete("citations", "commenter", "E001:2", "--texte", "À revoir.", "--par", "lea")[1]
