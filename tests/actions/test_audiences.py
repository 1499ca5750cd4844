"""What leaves for whom, who signed it, and what could betray the people: commands on small studies."""

import json

import openpyxl
import pytest

from enquete.actions.study import open_study
from enquete.store.database import transaction

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
TELLING = "Je suis Roumaine et mon mari est en prison."


@pytest.fixture
def seven(enquete, study, tmp_path):
    """Seven people, a sentence each, coded and flagged « à citer »; the first tells of herself."""
    files, codings, people = [], ["entretien;citation;code;marque"], [HEAD]
    for number, phrase in enumerate(PHRASES, start=1):
        text = f"Enquêtrice : Et les démarches ?\n\nEnquêtée : {phrase}\n"
        if number == 1:
            text += f"\nEnquêtrice : Et vous ?\n\nEnquêtée : {TELLING}\n"
            codings.append(f"E001;{TELLING};R01.1;à citer")
        path = tmp_path / f"entretien_{number}.txt"
        path.write_text(text, encoding="utf-8")
        files.append(path)
        codings.append(f"E{number:03};{phrase};R07.1;à citer")
        consent = "non" if number == 7 else "oui"
        people.append(f"P{number:03};personne concernée;v1;{path.name};{'F' if number % 2 else 'H'};35-44;{consent}\n")
    table, coded = tmp_path / "participants.csv", tmp_path / "codages.csv"
    table.write_text("".join(people), encoding="utf-8")
    coded.write_text("\n".join(codings) + "\n", encoding="utf-8")
    code, out, errors = enquete("importer", "entretiens", *files, "--participants", table)
    assert code == 0, out + errors
    code, out, errors = enquete("importer", "codages", coded, "--codeur", "lea")
    assert code == 0, out + errors
    return study


def verbatims(study, audience="diffusion"):
    sheet = openpyxl.load_workbook(study / "exports" / audience / "synthese.xlsx")["Verbatims"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def numbers(out):
    return [int(line.split()[0]) for line in out.splitlines() if line[:1].isdigit() and "  P" in line]


def test_nothing_is_quoted_before_somebody_signs(enquete, seven):
    code, out, errors = enquete("synthese", "--destinataires", "diffusion")
    assert code == 0, errors
    assert "Aucune citation signée" in out
    assert verbatims(seven) == []


def test_quotations_wait_with_what_could_betray_the_person(enquete, seven):
    code, out, _ = enquete("signer")
    assert code == 0
    assert len(numbers(out)) == 7  # seven flagged, the one who refuses left out, the telling one in addition
    assert PHRASES[6] not in out
    assert "attention : justice (prison) : 1\u00a0personne de l'étude" in out
    assert "attention : origine (Roumanie) : 1\u00a0personne de l'étude" in out


def test_everything_signs_what_bears_no_remark(enquete, seven):
    code, out, _ = enquete("signer", "--tout", "--par", "Camille Vernay")
    assert code == 0
    assert "6\u00a0citations signées par Camille Vernay." in out
    assert "1\u00a0citation avec une remarque" in out
    assert enquete("synthese", "--destinataires", "diffusion")[0] == 0
    words = [row["Citation"] for row in verbatims(seven)]
    assert sorted(words) == sorted(PHRASES[:6])
    assert numbers(enquete("signer")[1])  # the telling one still waits
    assert "signée par Camille Vernay" in enquete("signer", "--signees")[1]


def test_one_is_signed_by_its_number_and_taken_back(enquete, seven):
    listed = numbers(enquete("signer")[1])
    assert enquete("signer", listed[1], "--par", "Camille Vernay")[0] == 0
    assert numbers(enquete("signer", "--signees")[1]) == [listed[1]]
    assert enquete("signer", "--retirer", listed[1])[0] == 0
    assert numbers(enquete("signer")[1]) == listed


def test_a_signature_needs_a_name_and_a_number_that_is_there(enquete, seven):
    listed = numbers(enquete("signer")[1])
    assert enquete("signer", listed[0])[0] == 2
    code, _, errors = enquete("signer", 9999, "--par", "Camille Vernay")
    assert code == 1
    assert "9999" in errors
    assert enquete("signer", "--par", "Camille Vernay")[0] == 2


def test_other_words_need_another_signature(enquete, seven):
    enquete("signer", "--tout", "--par", "Camille Vernay")
    with open_study(seven).database() as db, transaction(db):
        db.execute("UPDATE revision SET text = replace(text, 'tout l''été', 'tout l''hiver') WHERE text IS NOT NULL")
        db.execute("UPDATE revision SET text = replace(text, 'l''hiver sans', 'l''an sans') WHERE text IS NOT NULL")
    assert enquete("synthese", "--destinataires", "diffusion")[0] == 0
    assert not any("tout l'an" in row["Citation"] for row in verbatims(seven))


def test_each_audience_has_its_own_file_and_columns(enquete, seven):
    for words, folder in (("équipe", "equipe"), ("equipe", "equipe"), ("groupe-projet", "groupe-projet")):
        code, out, errors = enquete("synthese", "--destinataires", words)
        assert code == 0, errors
        assert f"exports/{folder}/synthese.xlsx" in out
    assert {row["Participant"] for row in verbatims(seven, "equipe")} == {f"P{n:03}" for n in range(1, 7)}
    assert "Participant" not in verbatims(seven, "groupe-projet")[0]
    assert enquete("synthese", "--destinataires", "tout le monde")[0] == 2


def test_equal_studies_give_equal_public_bytes(enquete, seven, tmp_path):
    enquete("signer", "--tout", "--par", "Camille Vernay")
    enquete("synthese", "--destinataires", "diffusion")
    other = tmp_path / "ailleurs.xlsx"
    enquete("synthese", "--destinataires", "diffusion", "--sortie", other)
    assert other.read_bytes() == (seven / "exports/diffusion/synthese.xlsx").read_bytes()


def test_risks_are_listed_with_their_words_and_what_to_do(enquete, seven, tmp_path):
    code, out, _ = enquete("risques", "--json")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[0]["participant"] == "P001"
    facts = {item for row in rows if row["participant"] == "P001" for item in row["ce_qui_distingue"]}
    assert {"origine : Roumanie", "justice : prison"} <= facts
    prison = next(row for row in rows if row["ce_qui_distingue"] == ["justice : prison"])
    assert prison["personnes"] == 1
    assert prison["endroits"] == ["E001, tour 4"]
    assert "en prison" in prison["mots"][0]
    assert "enquete relire E001" in prison["a_faire"][0]
    path = tmp_path / "risques.xlsx"
    code, out, errors = enquete("risques", "--sortie", path)
    assert code == 0, errors
    assert openpyxl.load_workbook(path).sheetnames == ["Risques", "Mode d'emploi"]


@pytest.fixture
def eight(enquete, seven, tmp_path):
    """An eighth person, met once, in another wave and of another age."""
    path, table = tmp_path / "entretien_8.txt", tmp_path / "huit.csv"
    path.write_text("Enquêtrice : Et alors ?\n\nEnquêtée : Tout est long, tout se paie.\n", encoding="utf-8")
    table.write_text(f"{HEAD}P008;personne concernée;v2;{path.name};F;65-74;oui\n", encoding="utf-8")
    code, out, errors = enquete("importer", "entretiens", path, "--participants", table)
    assert code == 0, out + errors
    return seven


def asks(study, name, text):
    (study / "analyses").mkdir(exist_ok=True)
    (study / "analyses" / f"{name}.toml").write_text(f'titre = "{name.capitalize()}"\n{text}', encoding="utf-8")


def test_an_analysis_that_leaves_a_few_people_out_is_not_for_the_public(enquete, eight):
    asks(eight, "automne", 'vagues = ["v1"]\n')
    code, out, errors = enquete("synthese", "automne", "--destinataires", "diffusion")
    assert (code, out) == (1, "")
    assert "une soustraction y compterait moins de 5 personnes" in errors.replace("\u00a0", " ")
    assert not (eight / "exports" / "diffusion").exists()
    assert enquete("synthese", "automne", "--destinataires", "groupe-projet")[0] == 0


def test_two_public_documents_of_different_selections_know_of_each_other(enquete, seven):
    asks(seven, "tout", "")
    _, out, _ = enquete("synthese", "--destinataires", "diffusion")
    assert "Attention" not in out
    code, out, errors = enquete("synthese", "tout", "--destinataires", "diffusion")
    assert code == 0, errors
    assert "Attention : le public peut aussi lire « Synthèse »." in out
    sheet = openpyxl.load_workbook(seven / "exports/diffusion/tout.xlsx")["Méthode"]
    told = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "sont aussi faits pour diffusion : « Synthèse »" in told
