"""`enquete verifier` on files of all kinds, beside a small study that holds one interview."""

import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from talks import NAMES

from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.study import open_study
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience, ConsentKind, ConsentState
from enquete.store.codings import Coding, add_coding
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.outputs import outputs
from enquete.store.people import Consent, put_consent
from enquete.store.review import AlertKind, raise_alert

SAID = "Ils m'ont coupé la moitié pendant deux mois, j'avais plus rien sur le compte."
LEFT_OUT = "nom que le coffre ne connaît pas"


@pytest.fixture
def imported(enquete, study, talk):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    return study


@pytest.fixture
def verify(enquete, imported, tmp_path):
    """verify("text", …) -> (exit code, standard output) for a text file with these words in it."""

    def run(words, *options, name="rapport.txt"):
        path = tmp_path / name
        path.write_text(words, encoding="utf-8")
        code, out, _ = enquete("verifier", path, *options)
        return code, out

    return run


def consent(folder, kind, state):
    study = open_study(folder)
    with study.database() as db, transaction(db):
        put_consent(db, Consent("P001", "v1", kind, state, date(2025, 5, 2)))


def flag(folder, words, how):
    with open_study(folder).database() as db, transaction(db):
        (text,) = interviews(db)
        start = text.text.index(words)
        add_coding(db, Coding(text.revision, start, start + len(words), "rsa", "R07.1", "lea", how))


def test_a_clean_file_passes_and_what_is_not_seen_is_said(verify):
    code, out = verify("Sept personnes sur douze ont signé leur contrat.")
    assert code == 0
    assert "rien trouvé" in out
    assert LEFT_OUT in out


@pytest.mark.parametrize("name", NAMES)
def test_each_name_of_the_interview_is_found_and_never_printed(verify, name):
    code, out = verify(f"Bonjour,\n\nj'ai vu {name} hier.")
    assert code == 1
    assert "ligne 3" in out
    assert "Remède" in out
    assert name not in out


def test_the_name_of_the_file_is_read_too(verify):
    code, out = verify("rien ici", name="synthese_Fatoumata2.txt")
    assert code == 1
    assert "nom du fichier : nom de personne du coffre" in out


def test_findings_as_json(verify):
    code, out = verify("j'ai vu Fatoumata hier", "--json")
    assert code == 1
    (row,) = map(json.loads, out.splitlines())
    assert set(row) == {"fichier", "endroit", "nature", "remede", "repere"}


def test_what_cannot_be_read_is_refused(enquete, imported, tmp_path):
    path = tmp_path / "rapport.docx"
    path.write_bytes(b"PK\x03\x04 coupe")
    code, out, errors = enquete("verifier", path, tmp_path / "absent.pdf")
    assert code == 1
    assert "endommagé" in errors
    assert "absent.pdf" in errors
    assert "rien trouvé" not in out


def test_a_place_admitted_by_a_human_passes_from_then_on(enquete, verify):
    words = "Le conte de la princesse Fatoumata, au festival."
    code, out = verify(words)
    mark = re.search(r"Repère (\w{8})", out)[1]
    code, out, _ = enquete("verifier", "--admettre", mark)
    assert code == 0
    assert "1\u00a0endroit admis" in out
    assert verify(words)[0] == 0
    assert verify("Fatoumata m'a dit qu'elle partait.")[0] == 1
    assert enquete("verifier", "--admettre", "n'importe quoi")[0] == 2


def test_audiences_are_three(verify):
    assert verify("rien", "--destinataires", "equipe")[0] == 0
    assert verify("rien", "--destinataires", "presse")[0] == 2


def test_codes_of_people_are_for_the_team(verify):
    assert verify("vu avec P001", "--destinataires", "équipe")[0] == 0
    assert verify("vu avec P001", "--destinataires", "groupe-projet")[0] == 1


def test_words_that_are_not_signed_do_not_go_public(verify):
    assert verify(f"« {SAID} »", "--destinataires", "groupe-projet")[0] == 0
    code, out = verify(f"« {SAID.upper()} »", "--destinataires", "diffusion")
    assert code == 1
    assert "pas signée" in out
    assert verify("Ils ont coupé la moitié de leur RSA.", "--destinataires", "diffusion")[0] == 0


@pytest.mark.parametrize(
    ("kind", "state", "refused"),
    [
        (ConsentKind.QUOTATION, ConsentState.REFUSED, {"groupe-projet", "diffusion"}),
        (ConsentKind.PARTICIPATION, ConsentState.WITHDRAWN, {"équipe", "groupe-projet", "diffusion"}),
        (ConsentKind.QUOTATION, ConsentState.GIVEN, {"diffusion"}),
    ],
)
def test_who_refuses_to_be_quoted_is_not(verify, imported, kind, state, refused):
    consent(imported, kind, state)
    found = {a.value for a in Audience if verify(f"Elle dit : {SAID}", "--destinataires", a.value)[0]}
    assert found == refused


@pytest.mark.parametrize("how", ["never", "paraphrase"])
def test_a_passage_flagged_is_not_quoted_and_its_neighbours_are(verify, imported, how):
    flag(imported, "coupé la moitié pendant deux mois, j'avais plus rien", how)
    assert verify("coupé la moitié pendant deux mois, j'avais plus rien")[0] == 1
    assert verify("J'ai signé, je sais même pas ce qu'il y a dedans.")[0] == 0


# --- what the program itself writes


def write(folder, words, audience=Audience.PROJECT_GROUP, name="note.txt"):
    study = open_study(folder)
    output = Output(folder / "exports" / name, words.encode(), audience, ("E001",))
    write_checked(study, study.vault(), output)
    return output


def test_an_output_is_written_and_registered(imported):
    output = write(imported, "Sept personnes sur douze.")
    assert output.path.read_bytes() == output.data
    with open_study(imported).database() as db:
        (stored,) = outputs(db)
    assert (stored.name, stored.audience, stored.interviews) == ("exports/note.txt", "groupe-projet", ("E001",))


def test_an_output_that_leaks_is_neither_written_nor_registered(imported):
    with pytest.raises(EnqueteError) as refusal:
        write(imported, "avec Fatoumata")
    assert refusal.value.problem is Problem.OUTPUT_LEAKS
    assert "Fatoumata" not in str(refusal.value)
    assert not (imported / "exports" / "note.txt").exists()
    with open_study(imported).database() as db:
        assert not outputs(db)


def test_nothing_leaves_while_a_name_found_later_waits(imported):
    with open_study(imported).database() as db, transaction(db):
        raise_alert(db, 1, AlertKind.LATE_NAME, "k")
    with pytest.raises(EnqueteError) as refusal:
        write(imported, "rien")
    assert refusal.value.problem is Problem.OUTPUT_BLOCKED
    assert "E001" in str(refusal.value)
    study = open_study(imported)
    blank = Output(imported / "exports" / "notice.txt", b"Notice", Audience.TEAM, ())
    write_checked(study, study.vault(), blank)  # holds no word of any interview
    assert blank.path.read_bytes() == b"Notice"


def test_an_output_written_over_is_no_more(imported, enquete):
    write(imported, "rien")
    write(imported, "rien de plus")
    with open_study(imported).database() as db:
        assert [output.destroyed_at is None for output in outputs(db)] == [False, True]
    told = enquete("sorties")[1]
    assert "n° 1 :" not in told
    assert "Et 1\u00a0version remplacée depuis" in told
    assert "n° 1 :" in enquete("sorties", "--toutes")[1]


def test_a_pseudonym_that_is_somebodys_name_is_changed(imported):
    study = open_study(imported)
    vault = study.vault()
    identities = vault.identities()
    borne = next(c.replacement for e in identities.book.entities for c in e.components if c.role == "first")
    identities.people["P002"] = {"prenom": borne}
    vault.write_identities(identities)
    with pytest.raises(EnqueteError) as refusal:
        write(imported, f"{borne} n'a plus rien sur le compte")
    assert refusal.value.problem is Problem.PSEUDONYM_COLLISION
    with study.database() as db:
        assert borne not in next(iter(interviews(db))).text


def test_the_working_copy_of_a_study_passes(enquete, imported):
    assert enquete("reperer")[0] == 0
    path = Path("exports/equipe/reperage.xlsx")
    assert enquete("verifier", path, "--destinataires", "équipe")[0] == 0
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"].comment = openpyxl.comments.Comment("vu avec Fatoumata", "lea")
    book.save(path)
    code, out, _ = enquete("verifier", path, "--destinataires", "équipe")
    assert code == 1
    assert "commentaire de A2" in out


GOLD = Path(__file__).parents[3] / "shared" / "gold-dev"


@pytest.mark.skipif(not GOLD.is_dir(), reason="the marked interviews lie beside the project")
def test_outputs_of_other_peoples_interviews_pass(enquete, study, tmp_path):
    files = []
    for source in sorted(GOLD.glob("[0-9][0-9].txt")):
        files.append(tmp_path / source.name)
        text = re.sub(r"\[\[[A-Z_]+\|(.+?)\]\]", r"\1", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        files[-1].write_text(text, encoding="utf-8")
    assert enquete("importer", "entretiens", *files, "--vague", "v1")[0] == 0
    for command in (["reperer"], ["synthese"]):
        code, _, errors = enquete(*command)
        assert code == 0, errors


def test_a_folder_named_after_somebody_is_no_place_for_an_output(study, talk, enquete):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    place = study / "exports" / "Fatoumata Diarra" / "texte.txt"
    code, _, errors = enquete("corriger", "E001", "--exporter", "--sortie", place)
    assert code == 1
    assert "nom du fichier" in errors
    assert not place.exists()


def test_a_picture_alone_is_not_said_to_be_clean(study, enquete):
    path = study / "scan.png"
    path.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000a49444154789c6360000000020001e527de"
            "fc0000000049454e44ae426082"
        )
    )
    code, _, errors = enquete("verifier", path)
    assert code == 1
    assert "n'est qu'une image" in errors
