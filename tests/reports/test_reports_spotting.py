import io
from dataclasses import dataclass

import openpyxl

from enquete.findings.material import Grid
from enquete.reports.spotting import HEADERS, SpottingRow, render


@dataclass(frozen=True)
class Code:
    id: str
    label: str
    parent: str | None = None
    definition: str = ""


GRID = Grid("G", "Grille", "1", "0", (Code("T1", "Argent", None, "Ce qu'on a."), Code("T1.1", "Dettes", "T1")))
ROW = SpottingRow(
    "E001", "v1", "P001", 4, "T1.1", "Dettes", "je dois", "=je dois trop", 0.8, "indice : devoir", "12", "r1", 100, 107,
    "entretien enregistré",
)  # fmt: skip


def opened(*rows: SpottingRow) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(rows, [GRID])))


def test_one_row_a_suggestion_under_the_headers_that_are_read_back() -> None:
    sheet = opened(ROW, ROW)["Repérage"]
    header, first, second = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [str(title).lower() for title in header] == [
        "n°", "entretien", "vague", "participant", "source", "tour", "code", "libellé", "mots", "contexte",
        "score", "indice", "décision", "autre code", "marque", "mémo", "repérage", "révision", "début", "fin",
    ]  # fmt: skip
    assert first == [
        1, "E001", "v1", "P001", "entretien enregistré", 4, "T1.1", "Dettes", "je dois", "=je dois trop", 0.8,
        "indice : devoir", None, None, None, None, "12", "r1", 100, 107,
    ]  # fmt: skip
    assert second[0] == 2


def test_what_a_coder_wrote_is_kept_in_a_new_copy() -> None:
    from dataclasses import replace

    sheet = opened(replace(ROW, decision="autre code", other_code="T1", mark="à citer", memo="à revoir"))["Repérage"]
    assert [cell.value for cell in sheet[2]][12:16] == ["autre code", "T1", "à citer", "à revoir"]


def test_the_decision_is_offered_and_a_code_can_be_written_instead() -> None:
    sheet = opened(ROW)["Repérage"]
    choice, mark = sheet.data_validations.dataValidation
    assert choice.formula1 == '"oui,non,autre code"'
    assert not choice.showErrorMessage
    assert str(choice.sqref) == "M2"
    assert HEADERS[12] == "Décision"
    assert mark.formula1 == '"à citer,à paraphraser,ne jamais citer"'
    assert HEADERS[14] == "Marque"


def test_columns_for_programs_are_hidden() -> None:
    sheet = opened(ROW)["Repérage"]
    hidden = [sheet.cell(1, number).value for number in range(1, 21)
              if sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].hidden]  # fmt: skip
    assert hidden == ["Repérage", "Révision", "Début", "Fin"]


def test_the_codebook_and_the_instructions_go_along() -> None:
    book = opened(ROW)
    assert book.sheetnames == ["Repérage", "Grille", "Mode d'emploi"]
    assert [cell.value for cell in book["Grille"][2]] == ["Grille", "T1", "Argent", "Ce qu'on a."]


def test_no_suggestion_makes_an_empty_copy() -> None:
    assert opened()["Repérage"].max_row == 1


def test_equal_suggestions_give_equal_bytes() -> None:
    assert render([ROW], [GRID]) == render([ROW], [GRID])
