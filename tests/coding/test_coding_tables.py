import json
from pathlib import Path

import openpyxl
import pytest

from enquete.coding.tables import CodingRow, Positions, Verdict, read_codings
from enquete.errors import EnqueteError, Problem
from enquete.findings.material import Flag
from enquete.model import Span
from enquete.tables import Remark, Severity

SAMPLES = Path(__file__).parents[2] / "../shared/gold-dev"


def read(folder: Path, text: str, name: str = "c.csv") -> tuple[list[CodingRow], list[Remark]]:
    (folder / name).write_text(text, encoding="utf-8")
    return read_codings(folder / name, ["v1", "v2"])


def only(folder: Path, text: str, name: str = "c.csv") -> CodingRow:
    rows, remarks = read(folder, text, name)
    assert remarks == []
    (row,) = rows
    return row


WORKING_COPY = (
    "n°;entretien;vague;participant;tour;code;libellé;mots;contexte;score;indice;décision;autre code;mémo;repérage;"
    "révision;début;fin\n"
)


def decided(folder: Path, decision: str, other: str = "") -> tuple[list[CodingRow], list[Remark]]:
    return read(
        folder, f"{WORKING_COPY}1;E001;v1;P1;3;R01;Droits;mes droits;…;0.8;droits;{decision};{other};;17;abc;10;20\n"
    )


def test_a_row_of_the_working_copy(tmp_path: Path) -> None:
    rows, remarks = decided(tmp_path, "oui")
    assert remarks == []
    assert rows == [
        CodingRow(
            row=2,
            interview="E001",
            participant="P1",
            wave="v1",
            turn=2,
            span=Span(10, 20),
            positions=Positions.TEXT,
            revision="abc",
            quote="mes droits",
            codes=("R01",),
            memo="",
            flag=None,
            suggestion="17",
            verdict=Verdict.ACCEPTED,
        )
    ]


@pytest.mark.parametrize(
    ("decision", "other", "verdict", "codes"),
    [
        ("Oui", "", "accepted", ("R01",)),
        ("x", "", "accepted", ("R01",)),
        ("✓", "", "accepted", ("R01",)),
        ("r01", "", "accepted", ("R01",)),
        ("oui", "R02", "accepted", ("R01", "R02")),
        ("oui, R02", "", "accepted", ("R01", "R02")),
        ("NON", "", "refused", ()),
        ("n", "R02", "changed", ("R02",)),
        ("R02", "", "changed", ("R02",)),
        ("R02, R03", "", "changed", ("R02", "R03")),
        ("autre", "R02", "changed", ("R02",)),
        ("", "R02", "changed", ("R02",)),
    ],
)
def test_decisions(tmp_path: Path, decision: str, other: str, verdict: str, codes: tuple[str, ...]) -> None:
    rows, remarks = decided(tmp_path, decision, other)
    assert remarks == []
    assert [(row.verdict.value, row.codes) for row in rows] == [(verdict, codes)]


@pytest.mark.parametrize("decision", ["", " "])
def test_undecided_suggestions_are_counted(tmp_path: Path, decision: str) -> None:
    rows, remarks = decided(tmp_path, decision)
    assert rows == []
    assert remarks == [Remark(None, Severity.NOTE, "1\u00a0repérage sans décision, laissé de côté.")]


@pytest.mark.parametrize("decision", ["autre", "oui, non", "?", "peut-être", "à voir", "oui, à revoir", "—"])
def test_decisions_that_decide_nothing_are_refused_with_their_line(tmp_path: Path, decision: str) -> None:
    rows, remarks = decided(tmp_path, decision)
    assert rows == []
    assert [(remark.row, remark.severity) for remark in remarks] == [(2, Severity.ERROR)]


def test_a_filled_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in (WORKING_COPY + "1;E001;v1;P1;;R01;;mots;;;;non;;;17;abc;;").splitlines():
        page.append(line.split(";"))
    page["E2"], page["Q2"], page["R2"] = 3, 10, 20.0
    book.save(tmp_path / "c.xlsx")
    (row,), _ = read_codings(tmp_path / "c.xlsx")
    assert (row.turn, row.span, row.verdict, row.codes) == (2, Span(10, 20), Verdict.REFUSED, ())


def test_suggestions_that_nobody_judged_are_no_codings(tmp_path: Path) -> None:
    line = {"fichier": "a.txt", "tour": 1, "debut": 0, "fin": 5, "code": "R01", "score": 0.5, "origine": "indice"}
    with pytest.raises(EnqueteError) as caught:
        read(tmp_path, json.dumps(line), "c.jsonl")
    assert caught.value.problem is Problem.CODINGS_ARE_SUGGESTIONS


def test_a_table_of_turns(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        'Entretien;Tour de parole;Code(s);Mémo;Diffusion\nEntretien 1.docx;tour 12;"R01.2 ; N03";à revoir;À citer\n',
    )
    assert (row.interview, row.turn, row.codes) == ("Entretien 1.docx", 11, ("R01.2", "N03"))
    assert (row.memo, row.flag, row.verdict) == ("à revoir", Flag.CITE, Verdict.CODED)
    assert (row.span, row.quote, row.suggestion) == (None, "", "")


def test_a_table_of_quotations_by_participant_and_wave(tmp_path: Path) -> None:
    row = only(tmp_path, 'Participant,Vague,Extrait,Thème\np01,vague 2,"oui, bon",R01\n')
    assert (row.participant, row.wave, row.quote, row.codes) == ("p01", "v2", "oui, bon", ("R01",))
    assert row.turn is None


def test_a_table_of_positions_in_english(tmp_path: Path) -> None:
    row = only(tmp_path, "file\tstart\tend\tcode\tcomment\na.txt\t10\t1 020\tR01\thm\n")
    assert (row.interview, row.span, row.positions) == ("a.txt", Span(10, 1020), Positions.RAW)


@pytest.mark.parametrize(
    ("written", "flag"),
    [("à paraphraser", Flag.PARAPHRASE), ("NE JAMAIS CITER", Flag.NEVER), ("", None), ("citable", Flag.CITE)],
)
def test_flags(tmp_path: Path, written: str, flag: Flag | None) -> None:
    assert only(tmp_path, f"Entretien;Tour;Code;Diffusion\nE1;1;R01;{written}\n").flag is flag


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("E1;;;;;R01;", "ni tour"),
        (";1;;;;R01;", "ni entretien"),
        ("E1;1;;;;;", "pas de code"),
        ("E1;0;;;;R01;", "tour illisible"),
        ("E1;3-5;;;;R01;", "tour illisible"),
        ("E1;;10;;;R01;", "positions illisibles"),
        ("E1;;20;10;;R01;", "positions illisibles"),
        ("E1;;00:10;00:20;;R01;", "positions illisibles"),
        ("E1;1;;;;R01;bof", "marque illisible"),
    ],
)
def test_rows_that_cannot_be_read_hide_no_other(tmp_path: Path, row: str, reason: str) -> None:
    rows, remarks = read(tmp_path, f"Entretien;Tour;Début;Fin;Citation;Code;Diffusion\n{row}\nE2;4;;;;R02;\n")
    assert [found.interview for found in rows] == ["E2"]
    assert [remark.row for remark in remarks] == [2]
    assert reason in remarks[0].message


@pytest.mark.parametrize(
    ("header", "missing"),
    [("Tour;Code", "l'entretien"), ("Entretien;Tour", "le code"), ("Entretien;Code;Début", "l'endroit")],
)
def test_missing_columns(tmp_path: Path, header: str, missing: str) -> None:
    with pytest.raises(EnqueteError, match=missing):
        read(tmp_path, f"{header}\n")


def test_json_lines_are_named_by_their_file_and_count_from_zero(tmp_path: Path) -> None:
    text = """{"turn": 0, "speaker": "R", "codes": [], "start": 3, "end": 9}
{"turn": 2, "speaker": "R", "codes": ["R01.1", "N02"], "start": 20, "end": 40}
"""
    (first, second), remarks = read(tmp_path, text, "Entretien 1.codes.jsonl")
    assert remarks == []
    assert (first.interview, first.turn, first.verdict, first.codes) == ("Entretien 1", 0, Verdict.READ, ())
    assert (second.turn, second.verdict, second.codes) == (2, Verdict.CODED, ("R01.1", "N02"))
    assert (second.span, second.positions) == (Span(20, 40), Positions.RAW)
    assert only(tmp_path, '{"file": "b.txt", "turn": 1, "codes": ["R01"]}', "x.jsonl").interview == "b.txt"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are absent")
def test_the_shared_samples_read_as_they_are() -> None:
    read_all = [read_codings(path) for path in sorted(SAMPLES.glob("*.codes.jsonl"))]
    rows = [row for found, _ in read_all for row in found]
    assert [remarks for _, remarks in read_all if remarks] == []
    assert (len(rows), sum(len(row.codes) for row in rows)) == (206, 272)
    assert sum(row.verdict is Verdict.READ for row in rows) == 25
