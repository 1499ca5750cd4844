import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind, ConsentState, InterviewKind, RespondentType
from enquete.survey.participants import ParticipantRow, participant_key, read_participants, same_file
from enquete.survey.values import month_first, read_date, split_files
from enquete.tables import Remark, Severity

SAMPLE = Path(__file__).parents[2] / "../shared/gold-dev/participants.csv"


def read(folder: Path, text: str, encoding: str = "utf-8", **options: str) -> tuple[list[ParticipantRow], list[Remark]]:
    path = folder / "participants.csv"
    path.write_bytes(text.encode(encoding))
    return read_participants(path, ["v1", "v2"], ["Premier entretien", "Entretien de suivi"], **options)


def only(folder: Path, text: str) -> ParticipantRow:
    """The one row of a file without errors or warnings."""
    rows, remarks = read(folder, text)
    assert [remark for remark in remarks if remark.severity is not Severity.NOTE] == []
    (row,) = rows
    return row


def refusals(folder: Path, text: str) -> list[tuple[int | None, str]]:
    return [(remark.row, remark.message) for remark in read(folder, text)[1] if remark.severity is Severity.ERROR]


def warnings(folder: Path, text: str) -> list[tuple[int | None, str]]:
    return [(remark.row, remark.message) for remark in read(folder, text)[1] if remark.severity is Severity.WARNING]


def test_a_french_file_as_people_write_it(tmp_path: Path) -> None:
    rows, remarks = read(
        tmp_path,
        """Personnes rencontrées, étude RSA;;;;;;;;;;;
N°;Vague;Fichier(s);Type;Date de l'entretien;Consentement;Enregistrement;Citations;Recruté par;Tranche d'âge;Nom;Tél.
P1;V1;Entretien 1;personne concernée;12/03/2025;Oui;O;non;CCAS;30-39 ans;Durand;06 39 98 12 34
P01;2;"suivi 1.docx
suivi 1 bis.docx";;12.9.25;retiré;;;CCAS;40-49 ans;Durand;06 39 98 12 34
P2;vague 1;;aidante;;x;N;;;;Petit;

P3;1re vague;c.odt, d.odt;pro;3 avril 2025;;;;;;;
""",
        "cp1252",
    )
    first, second, third, fourth = rows
    assert [row.participant for row in rows] == ["P1", "P1", "P2", "P3"]
    assert [row.wave for row in rows] == ["v1", "v2", "v1", "v1"]
    assert [row.row for row in rows] == [3, 4, 6, 8]
    assert first.files == ("Entretien 1",)
    assert second.files == ("suivi 1.docx", "suivi 1 bis.docx")
    assert third.files == ()
    assert fourth.files == ("c.odt", "d.odt")
    assert [row.type for row in rows] == [
        RespondentType.CONCERNED,
        RespondentType.CONCERNED,
        RespondentType.HELPER,
        RespondentType.PROFESSIONAL,
    ]
    assert [row.date for row in rows] == [
        datetime.date(2025, 3, 12),
        datetime.date(2025, 9, 12),
        None,
        datetime.date(2025, 4, 3),
    ]
    assert first.consents == {
        ConsentKind.PARTICIPATION: ConsentState.GIVEN,
        ConsentKind.RECORDING: ConsentState.GIVEN,
        ConsentKind.QUOTATION: ConsentState.REFUSED,
    }
    assert second.consents == {ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN}
    assert fourth.consents == {}
    assert first.recruited_by == "CCAS"
    assert first.attributes == {"Tranche d'âge": "30-39 ans"}
    assert first.identity == {"Nom": "Durand", "Tél.": "06 39 98 12 34"}
    assert [remark for remark in remarks if remark.severity is Severity.ERROR] == []
    assert any("« Nom », « Tél. »" in remark.message for remark in remarks if remark.row is None)
    assert any(remark.row == 4 and "écrit autrement" in remark.message for remark in remarks)


def test_an_english_file(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        "participant_id,wave,interview_date,file,respondent_type,consent,consent_to_quote,age_band,email\n"
        "P01,1,2025-04-10,a.txt,helper,yes,withdrawn,45-54,x@y.example\n",
    )
    assert (row.participant, row.wave, row.files, row.type) == ("P01", "v1", ("a.txt",), RespondentType.HELPER)
    assert row.date == datetime.date(2025, 4, 10)
    assert row.consents == {
        ConsentKind.PARTICIPATION: ConsentState.GIVEN,
        ConsentKind.QUOTATION: ConsentState.WITHDRAWN,
    }
    assert (row.attributes, row.identity) == ({"age_band": "45-54"}, {"email": "x@y.example"})


def test_a_workbook_with_dates_and_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Code", "Vague", "Date", "Fichier", "Mois au RSA"])
    page.append([7, 1.0, datetime.datetime(2025, 3, 12), "a.docx", 18.0])
    book.save(tmp_path / "p.xlsx")
    (row,), _ = read_participants(tmp_path / "p.xlsx", ["v1", "v2"])
    assert (row.participant, row.wave, row.date) == ("7", "v1", datetime.date(2025, 3, 12))
    assert row.attributes == {"Mois au RSA": "18"}


@pytest.mark.parametrize(
    ("written", "wave"),
    [("v1", "v1"), ("V 2", "v2"), ("1", "v1"), ("vague n° 2", "v2"), ("2ème vague", "v2"), ("Deuxième vague", "v2"),
     ("entretien de SUIVI", "v2"), ("wave 1", "v1"), ("T2", "v2"), ("01", "v1")],
)  # fmt: skip
def test_waves(tmp_path: Path, written: str, wave: str) -> None:
    assert only(tmp_path, f"Code;Vague\nP1;{written}\n").wave == wave


def test_waves_without_numbers_are_counted(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("Code;Vague\nP1;2\nP1;printemps\n", encoding="utf-8")
    rows, _ = read_participants(tmp_path / "p.csv", ["printemps", "automne"])
    assert [row.wave for row in rows] == ["automne", "printemps"]


@pytest.mark.parametrize("written", ["v3", "0", "v1 et v2", "1/2", "été"])
def test_unknown_waves_are_refused_and_hide_no_other_row(tmp_path: Path, written: str) -> None:
    rows, remarks = read(tmp_path, f"Code;Vague\nP1;{written}\nP2;v1\n")
    assert [row.participant for row in rows] == ["P2"]
    assert (remarks[-1].row, remarks[-1].severity) == (2, Severity.ERROR)
    assert "v1, v2" in remarks[-1].message


def test_a_file_without_waves_needs_one(tmp_path: Path) -> None:
    with pytest.raises(EnqueteError) as caught:
        read(tmp_path, "Code;Âge\nP1;30\n")
    assert caught.value.problem is Problem.TABLE_NO_COLUMN
    assert read(tmp_path, "Code;Âge\nP1;30\n", default_wave="v2")[0][0].wave == "v2"
    assert read_participants(tmp_path / "participants.csv", ["v1"])[0][0].wave == "v1"


def test_a_file_without_codes(tmp_path: Path) -> None:
    with pytest.raises(EnqueteError, match="code des participants"):
        read(tmp_path, "Nom;Vague\nDurand;v1\n")


def test_codes_that_look_like_names_are_refused_without_repeating_them(tmp_path: Path) -> None:
    ((row, message),) = refusals(tmp_path, "Participant;Vague\nMarie Durand;v1\nP2;v1\n")
    assert row == 2
    assert "P001" in message
    assert "Durand" not in message


@pytest.mark.parametrize(
    ("written", "state"),
    [("oui", "given"), ("Oui (oral)", "given"), ("signé le 12/03/2025", "given"), ("✓", "given"), ("D'accord", "given"),
     ("NON", "refused"), ("refus", "refused"), ("0", "refused"), ("Retiré le 3 mai", "withdrawn"), ("VRAI", "given"),
     ("", None), ("?", None), ("en attente", None)],
)  # fmt: skip
def test_consents(tmp_path: Path, written: str, state: str | None) -> None:
    consents = only(tmp_path, f"Code;Vague;Consentement\nP1;v1;{written}\n").consents
    assert consents.get(ConsentKind.PARTICIPATION) == state


@pytest.mark.parametrize(
    "written", ["oui, sauf la citation", "oui puis retiré", "peut-être", "oui mais pas filmé", "2"]
)
def test_consents_that_say_something_else_refuse_the_row(tmp_path: Path, written: str) -> None:
    ((row, message),) = refusals(tmp_path, f"Code;Vague;Consentement\nP1;v1;{written}\nP2;v1;oui\n")
    assert row == 2
    assert "« Consentement »" in message


def test_each_consent_has_its_column(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        "Code;Vague;Consentement éclairé;Accepte d'être enregistré (audio);Accord pour l'enregistrement;"
        "Peut être cité(e);Reprise de contact;Archivage\nP1;v1;oui;x;oui;non;oui;non\n",
    )
    assert {kind.value: state.value for kind, state in row.consents.items()} == {
        "participation": "given",
        "recording": "given",
        "quotation": "refused",
        "recontact": "given",
        "archive": "refused",
    }


def test_a_withdrawal_column(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "Code;Vague;Consentement;Retrait\nP1;v1;oui;12/05/2025\nP2;v1;oui;\nP3;v1;oui;non\n")
    assert [row.consents[ConsentKind.PARTICIPATION].value for row in rows] == ["withdrawn", "given", "given"]


def test_headers_with_more_words(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        "Code anonyme de la personne;Vague d'enquête;Fichier audio;Fichier de la transcription (docx);"
        "Date de passation;Participante;Personnes au foyer;A retiré son consentement ?;"
        "Retrait d'argent;Souhaite être recontacté(e)\n"
        "E1;Vague 1;a.mp3;a.docx;12-03-2025;Awa;3;oui;au guichet;oui\n",
    )
    assert (row.participant, row.wave, row.files) == ("E1", "v1", ("a.docx",))
    assert row.date == datetime.date(2025, 3, 12)
    assert row.identity == {"Fichier audio": "a.mp3", "Participante": "Awa"}
    assert row.attributes == {"Personnes au foyer": "3", "Retrait d'argent": "au guichet"}
    assert row.consents == {
        ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN,
        ConsentKind.RECONTACT: ConsentState.GIVEN,
    }


def test_notes_and_recordings(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "Code;Vague;Enregistré\nP1;v1;oui\nP2;v1;non\nP3;v1;prise de notes\n")
    assert [row.kind for row in rows] == [InterviewKind.RECORDED, InterviewKind.NOTES, InterviewKind.NOTES]
    row = only(tmp_path, "Code;Vague;Support\nP1;v1;tablette\n")
    assert (row.kind, row.attributes) == (None, {"Support": "tablette"})


def test_without_types_people_are_concerned_unless_an_attribute_says_otherwise(tmp_path: Path) -> None:
    rows, remarks = read(
        tmp_path,
        """Code;Vague;Situation;Aidant;Emploi
P1;v1;seule, aidée par sa fille;oui;professionnelle du nettoyage
P2;v1;professionnelle (assistante sociale);;
P3;v1;aidante familiale de P1;;
P3;v2;seule;;
P4;v1;sans activité professionnelle;aidante payée;
""",
    )
    assert [row.type.value for row in rows] == ["concerned", "professional", "helper", "helper", "concerned"]
    assert [remark.row for remark in remarks if remark.severity is Severity.WARNING] == [3, 4]
    assert "« Situation »" in remarks[-1].message
    assert any("sans colonne « type »" in remark.message for remark in remarks if remark.row is None)


def test_a_type_column_decides(tmp_path: Path) -> None:
    row = only(tmp_path, "Code;Vague;Type;Situation\nP1;v1;personne concernée;aidante de sa mère\n")
    assert row.type is RespondentType.CONCERNED
    assert refusals(tmp_path, "Code;Vague;Type\nP1;v1;bidule\n")[0][0] == 2
    assert warnings(tmp_path, "Code;Vague;Type\nP1;v1;\nP2;v1;pro\n")[0][0] == 2
    assert [row for row, _ in refusals(tmp_path, "Code;Vague;Type\nP1;v1;pro\nP1;v2;aidant\nP2;v1;pro\n")] == [2, 3]


def test_a_profile_is_a_type_when_all_of_it_reads_so(tmp_path: Path) -> None:
    assert only(tmp_path, "Code;Vague;Profil\nP1;v1;Aidant\n").type is RespondentType.HELPER
    row = only(tmp_path, "Code;Vague;Profil\nP1;v1;éloigné du numérique\n")
    assert (row.type, row.attributes) == (RespondentType.CONCERNED, {"Profil": "éloigné du numérique"})


@pytest.mark.parametrize("written", ["31/02/2025", "12/13/2025", "mars 2025", "12/03/1925", "bientôt", "45728"])
def test_bad_dates_are_told_and_the_row_kept(tmp_path: Path, written: str) -> None:
    text = f"Code;Vague;Date\nP1;v1;{written}\n"
    ((row, message),) = warnings(tmp_path, text)
    assert (row, read(tmp_path, text)[0][0].date) == (2, None)
    assert "« Date »" in message


def test_dates_of_two_readings(tmp_path: Path) -> None:
    # One date of the file shows that the month comes first: the others can't be trusted.
    text = "Code;Vague;Date\nP1;v1;03/04/2025\nP2;v1;03/25/2025\nP3;v1;05/05/2025\n"
    assert [row for row, _ in warnings(tmp_path, text)] == [2, 3]
    assert "deux lectures" in warnings(tmp_path, text)[0][1]
    text = "participant,wave,interview_date\nP1,v1,03/04/2025\nP2,v1,06/04/2025\n"
    assert [row for row, _ in warnings(tmp_path, text)] == [2, 3]
    assert warnings(tmp_path, text + "P3,v1,25/04/2025\n") == []


@pytest.mark.parametrize("month", [None, False])
@given(day=st.dates(datetime.date(1990, 1, 1), datetime.date(2068, 12, 31)))
def test_dates_are_read_back_however_written(day: datetime.date, month: bool | None) -> None:
    french = [
        "janvier",
        "févr.",
        "MARS",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "Septembre",
        "oct",
        "novembre",
        "déc.",
    ]
    forms = [day.isoformat(), day.isoformat() + "T14:30:00", f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}"]
    forms += [f"{day.day} {french[day.month - 1]} {day.year}", f"{day:%d-%m-%Y} 14h30", f"mardi {day:%d/%m/%Y} à 9h"]
    if day.year >= 2000:
        forms.append(f"{day:%d/%m/%y}")
    for form in forms:
        assert read_date(form) == day
    assert month_first([f"{day:%d/%m/%Y}"]) is (False if day.day > 12 else None)


def test_columns_that_identify_go_to_the_vault(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        "Code;Vague;Prénom;N° allocataire;Adresse;Né(e) le;Joindre;Autre;Pays de naissance;Téléphone portable;"
        "Nombre de personnes;À la rue;Enquêtrice\n"
        "P1;v1;Awa;0000001;3 rue X;1/2/1980;(soir) 06.39.98.00.01;voir x@y.example;Mali;oui;3;non;Lise\n",
    )
    assert set(row.identity) == {"Prénom", "N° allocataire", "Adresse", "Né(e) le", "Joindre", "Autre", "Enquêtrice"}
    assert set(row.attributes) == {"Pays de naissance", "Téléphone portable", "Nombre de personnes", "À la rue"}


def test_one_identifying_cell_sends_its_column_to_the_vault(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "Code;Vague;Divers;Perso\nP1;v1;rien;\nP2;v1;639980001;\nP3;v1;;12/05/1961\n")
    assert [dict(row.attributes) for row in rows] == [{}, {}, {}]
    assert rows[0].identity == {"Divers": "rien"}


def test_a_recruiter_who_is_named_goes_to_the_vault(tmp_path: Path) -> None:
    rows, remarks = read(tmp_path, "Code;Vague;Recruté par\nP1;v1;Mme Durand\nP2;v1;CCAS\n")
    assert [row.recruited_by for row in rows] == ["", "CCAS"]
    assert rows[0].identity == {"Recruté par": "Mme Durand"}
    assert all("Durand" not in remark.message for remark in remarks)


def test_rows_of_one_meeting_that_disagree_are_both_refused(tmp_path: Path) -> None:
    text = "Code;Vague;Âge;Ville\nP1;v1;30;A\np01;1;31;A\nP2;v1;50;B\nP1;v2;31;A\n"
    found = refusals(tmp_path, text)
    assert [row for row, _ in found] == [2, 3]
    assert "lignes 2 et 3" in found[0][1]
    assert "« Âge »" in found[0][1]
    assert "« Ville »" not in found[0][1]
    assert [(row.participant, row.wave) for row in read(tmp_path, text)[0]] == [("P2", "v1"), ("P1", "v2")]


def test_two_meetings_of_one_wave_complete_each_other(tmp_path: Path) -> None:
    text = "Code;Vague;Fichier;Date;Âge\nP1;v1;a.txt;1/3/2025;30\nP1;v1;b.txt;2/3/2025;\nP1;v1;b.txt;2/3/2025;\n"
    rows, _ = read(tmp_path, text)
    assert [row.files for row in rows] == [("a.txt",), ("b.txt",)]
    assert [row.attributes for row in rows] == [{"Âge": "30"}, {"Âge": "30"}]
    assert [row for row, message in warnings(tmp_path, text) if "répète" in message] == [4]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("a.docx ; b.docx", ("a.docx", "b.docx")),
        ("a, b", ("a", "b")),
        ("a.docx, b.docx", ("a.docx", "b.docx")),
        ("Entretien 3, suite.docx", ("Entretien 3, suite.docx",)),
        ("a\nb\na", ("a", "b")),
        ("a.docx / b.docx et c.docx", ("a.docx", "b.docx", "c.docx")),
        ("Awa et Lise.docx", ("Awa et Lise.docx",)),
        (" ; ", ()),
    ],
)
def test_several_files_in_a_cell(text: str, files: tuple[str, ...]) -> None:
    assert split_files(text) == files


def test_file_names_are_matched_loosely() -> None:
    assert same_file("Entretien 1", "entretien 1.docx")
    assert same_file("ENTRETIEN 1.DOCX", "Entretien 1.docx")
    assert same_file(r"C:\Bureau\Entretien 1.docx", "Entretien 1.docx")
    assert same_file("e\u0301t\u00e9.txt", "été.txt")
    assert not same_file("Entretien 1.odt", "Entretien 1.docx")
    assert not same_file("Entretien", "Entretien 1.docx")


def test_codes_of_the_same_person() -> None:
    assert len({participant_key(code) for code in ("P1", "p01", "P-001", "P 1")}) == 1
    assert len({participant_key(code) for code in ("P1", "P10", "P1b", "1-1", "11", "P0")}) == 6


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample is absent")
def test_the_shared_sample_reads_as_it_is() -> None:
    rows, remarks = read_participants(SAMPLE, ["v1", "v2"])
    assert len(rows) == 14
    assert [remark for remark in remarks if remark.severity is Severity.ERROR] == []
    assert {row.participant: row.type.value for row in rows if row.type is not RespondentType.CONCERNED} == {
        "P07b": "helper",
        "P08": "professional",
    }
    assert all(row.date for row in rows)
    assert all(row.identity == {} for row in rows)


def test_a_chosen_pseudonym_is_kept_apart_from_what_describes_the_person(tmp_path: Path) -> None:
    rows, remarks = read(
        tmp_path, "Code;Vague;Prénom;Pseudonyme choisi;Sexe\nP1;v1;Awa;Céleste;F\nP1;v2;;;F\nP2;v1;;;H\n"
    )
    assert [row.pseudonym for row in rows] == ["Céleste", "Céleste", ""]
    assert "Pseudonyme choisi" not in {*rows[0].attributes, *rows[0].identity}
    assert [r for r in remarks if r.severity is Severity.ERROR] == []


def test_a_chosen_pseudonym_that_is_somebody_s_name_is_refused(tmp_path: Path) -> None:
    text = "Code;Vague;Nom;Pseudonyme\nP1;v1;Awa Sarr;Céleste\nP2;v1;Noé;Awa\nP3;v1;;Rita\nP3;v2;;Lola\n"
    assert [(row, message[:60]) for row, message in refusals(tmp_path, text)] == [
        (3, "ligne refusée : le pseudonyme choisi est le vrai nom de quelq"[:60]),
        (4, "ligne refusée : cette personne n'a pas le même pseudonyme da"[:60]),
        (5, "ligne refusée : cette personne n'a pas le même pseudonyme da"[:60]),
    ]
