"""Analyses of a study, by their commands: begun, checked, shown, made."""

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest
from coded import code

from enquete.actions.outputs.gathering import gather, gather_whole
from enquete.actions.study import open_study
from enquete.findings.analysis import SETTLED
from enquete.kits import kit_files, kits

ANSWERS = ("J'attends depuis trois mois leur réponse.", "Ils ont coupé l'aide sans prévenir.", "Tout va bien ici.")


@pytest.fixture
def three(enquete, study, tmp_path):
    """Three people, one of them a helper; Anne has coded the first two, Léa all of them."""
    files, people = [], ["code;type;vague;fichier;commune\n"]
    for number, said in enumerate(ANSWERS, start=1):
        path = tmp_path / f"entretien_{number}.txt"
        path.write_text(f"Enquêtrice : Et alors ?\n\nEnquêtée : {said}\n", encoding="utf-8")
        files.append(path)
        kind = "aidant" if number == 3 else "personne concernée"
        people.append(f"P{number:03};{kind};v1;{path.name};{'Clichy' if number == 1 else 'Nanterre'}\n")
    table = tmp_path / "participants.csv"
    table.write_text("".join(people), encoding="utf-8")
    done, out, errors = enquete("importer", "entretiens", *files, "--participants", table)
    assert done == 0, out + errors
    code(study, "anne", "E001", (ANSWERS[0], "R01"), done=True)
    code(study, "anne", "E002", (ANSWERS[1], "R07"), done=True)
    code(study, "lea", "E001", (ANSWERS[0], "R02"), done=True)
    code(study, "lea", "E003", (ANSWERS[2], "R01"), done=True)
    return study


def asks(study, text, name="essai"):
    (study / "analyses" / f"{name}.toml").write_text(text, encoding="utf-8")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("kit", kits())
def test_the_analyses_of_a_kit_are_those_of_a_new_study_of_it(enquete, tmp_path, kit):
    shipped = [path for part, path in kit_files(kit) if part == "analyses"]
    assert len(shipped) >= 3
    folder = tmp_path / "neuve"
    enquete("nouveau", folder, "--kit", kit)
    done, out, errors = enquete("analyse", "verifier", "--etude", folder)
    assert (done, errors) == (0, "")
    assert out.splitlines() == [f"{path.name} : aucune faute." for path in shipped]
    done, _, errors = enquete("synthese", shipped[0].stem, "--etude", folder, "--format", "html")
    assert done == 0, errors
    assert (folder / "exports" / "groupe-projet" / f"{shipped[0].stem}.html").is_file()


def test_both_kits_at_once_make_a_study_whose_analyses_are_right(enquete, tmp_path):
    enquete("nouveau", tmp_path / "deux", *(word for kit in kits() for word in ("--kit", kit)))
    done, out, _ = enquete("analyse", "verifier", "--etude", tmp_path / "deux")
    assert done == 0
    assert out.count("aucune faute") == sum(part == "analyses" for kit in kits() for part, _ in kit_files(kit))


def test_a_new_analysis_is_begun_listed_checked_shown_and_made(enquete, three):
    assert enquete("analyse", "nouvelle", "rsa-v1")[0] == 0
    assert "rsa-v1 : Rsa v1" in enquete("analyse")[1].splitlines()
    assert enquete("analyse", "verifier", "rsa-v1")[:2] == (0, "rsa-v1.toml : aucune faute.\n")
    assert plain(enquete("analyse", "montrer", "rsa-v1")[1]).splitlines()[1:4] == [
        "  2 personnes concernées",
        "  1 aidant",
        "  3 entretiens dont 3 codés, 4 passages",
    ]
    assert enquete("synthese", "rsa-v1")[0] == 0
    done, _, errors = enquete("analyse", "nouvelle", "rsa-v1")
    assert done == 1
    assert "existe déjà" in errors
    assert enquete("analyse", "nouvelle", "synthese")[0] == 2


def test_faults_are_told_by_line_and_nothing_is_written(enquete, three):
    asks(three, 'vagues = ["v9"]\n[personnes]\ncommune = ["Clichi"]\n[[croisements]]\npar = "age"\ncodes = ["rsa:X"]\n')
    done, _, errors = enquete("analyse", "verifier", "essai")
    assert done == 1
    assert [line.split(" : ")[0] for line in errors.splitlines()] == [f"essai.toml, ligne {n}" for n in (1, 3, 5, 6)]
    assert "Vouliez-vous dire « Clichy » ?" in errors
    done, _, errors = enquete("synthese", "essai")
    assert done == 1
    assert "ligne 3" in errors
    assert not (three / "exports" / "groupe-projet" / "essai.xlsx").exists()


def test_a_file_that_is_not_read_hides_no_other(enquete, three):
    asks(three, "vagues = [\n", "casse")
    asks(three, "", "bonne")
    done, out, errors = enquete("analyse", "verifier")
    assert done == 1
    assert "casse.toml, ligne" in errors
    assert "bonne.toml : aucune faute." in out
    assert "casse : à corriger" in enquete("analyse")[1]


def test_an_unknown_analysis_is_misuse_and_near_names_are_proposed(enquete, three):
    asks(three, "", "aidants")
    done, _, errors = enquete("synthese", "aidant")
    assert done == 2
    assert "Vouliez-vous dire « aidants » ?" in errors


def test_what_is_shown_is_what_the_workbook_counts(enquete, three):
    asks(three, 'titre = "Concernées"\nrepondants = ["personnes concernées"]\n[personnes]\ncommune = "Nanterre"\n')
    shown = plain(enquete("analyse", "montrer", "essai")[1])
    assert "Répondants retenus : personnes concernées." in shown
    assert "1 personne concernée" in shown
    assert "1 entretien dont 1 codé, 1 passage" in shown
    done, out, errors = enquete("synthese", "essai", "--destinataires", "équipe", "--format", "xlsx")
    assert done == 0, errors
    assert "Analyse « Concernées » écrite, pour l'équipe :" in out
    book = openpyxl.load_workbook(three / "exports/equipe/essai.xlsx")
    head, *rows = book["Verbatims"].iter_rows(values_only=True)
    assert [row[head.index("Entretien")] for row in rows] == ["E002"]


def test_the_audience_of_an_analysis_holds_until_another_is_asked_for(enquete, three):
    asks(three, 'destinataires = "équipe"\nsorties = ["classeur"]\n')
    enquete("synthese", "essai")
    assert (three / "exports/equipe/essai.xlsx").is_file()
    enquete("synthese", "essai", "--destinataires", "diffusion")
    assert (three / "exports/diffusion/essai.xlsx").is_file()


def test_one_coder_s_layer_is_theirs_alone(three):
    study = open_study(three)
    whole, lea = gather(study, b""), gather(study, b"", "lea")
    assert sorted((p.interview, p.code) for p in lea.passages) == [("E001", "R02"), ("E003", "R01")]
    assert [one.coders for one in lea.interviews] == [("lea",), (), ("lea",)]
    assert len(whole.passages) == 4


def test_the_settled_layer_counts_where_it_is_whole(enquete, three):
    study = open_study(three)
    assert gather(study, b"", SETTLED).passages == ()
    for line in enquete("arbitrer", "--json")[1].splitlines():
        words = ("--retenir", "lea", "--par", "anne", "--motif", "Plus juste.")
        done, _, errors = enquete("arbitrer", json.loads(line)["cle"], *words)
        assert done == 0, errors
    enquete("arbitrer", "--reprendre-accords")
    material = gather(study, b"", SETTLED)
    assert [(p.interview, p.code) for p in material.passages] == [("E001", "R02")]
    assert [one.code for one in material.interviews if one.coders] == ["E001"]


def test_everything_gathered_says_who_agrees_and_what_was_said(three):
    code(three, "lea", "E002", (ANSWERS[1], "R07"), done=True)
    found = gather_whole(open_study(three), b"")
    assert {(one.codebook, one.code) for one in found.agreed} == {("rsa", "R01"), ("rsa", "R02"), ("rsa", "R07")}
    (settled,) = [one for one in found.agreed if one.code == "R07"]
    assert (settled.coders, settled.interviews, settled.positive, settled.overlap) == (2, 2, 1, 1.0)
    assert settled.alpha is None
    assert settled.why.startswith("trop rare")
    assert [(one.interview, one.participant, one.text) for one in found.speech] == [
        (f"E{n:03}", f"P{n:03}", said) for n, said in enumerate(ANSWERS, start=1)
    ]
    assert set(found.labels) == {"P001", "P002", "P003"}


def test_without_two_coders_there_is_no_agreement_to_tell(enquete, study):
    assert gather_whole(open_study(study), b"").agreed == ()


def written(study, audience):
    folder = study / "exports" / audience
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("audience", ["equipe", "groupe-projet", "diffusion"])
def test_equal_inputs_give_equal_bytes_in_every_format(enquete, three, audience):
    asks(three, 'titre = "Toutes"\n', "toutes")
    enquete("synthese", "toutes", "--destinataires", audience)
    first = written(three, audience)
    assert set(first) == {"toutes.xlsx", "toutes.docx", "toutes.html"}
    enquete("synthese", "toutes", "--destinataires", audience)
    assert written(three, audience) == first


def test_the_synthesis_is_a_workbook_a_report_and_a_page(enquete, three):
    done, out, errors = enquete("synthese")
    assert done == 0, errors
    assert set(written(three, "groupe-projet")) == {"synthese.xlsx", "synthese.docx", "synthese.html"}
    assert [Path(line.split("  (")[0].strip()).suffix for line in out.splitlines()[1:4]] == [".xlsx", ".docx", ".html"]


def test_where_and_in_which_format_is_said_by_the_file_or_by_the_option(enquete, three, tmp_path):
    assert enquete("synthese", "--sortie", tmp_path / "pour-nous.xlsx")[0] == 0
    assert (tmp_path / "pour-nous.xlsx").is_file()
    assert enquete("synthese", "--sortie", tmp_path / "ici", "--format", "xlsx,html")[0] == 0
    assert sorted(path.name for path in (tmp_path / "ici").iterdir()) == ["synthese.html", "synthese.xlsx"]
    done, _, errors = enquete("synthese", "--sortie", tmp_path / "x.xlsx", "--format", "docx")
    assert (done, "ne va pas avec" in errors) == (2, True)
    done, _, errors = enquete("synthese", "--format", "pdf")
    assert (done, "« pdf »" in errors) == (2, True)


def test_a_word_template_that_is_not_there_is_told(enquete, three):
    settings = three / "enquete.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('# modele = "documents/modele.docx"', 'modele = "documents/absent.docx"'), "utf-8")
    done, _, errors = enquete("synthese", "--format", "docx")
    assert done == 1
    assert "documents/absent.docx" in errors
    assert enquete("synthese", "--format", "xlsx")[0] == 0
