"""Codebooks as workbooks, for those who do not write YAML: one row a code, one cue a line in its cell."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from enquete.codebook.types import Code, Codebook, Cues, Pattern
from enquete.codebook.yaml_file import Fault, clean, clean_line, pattern_text, refuse
from enquete.errors import EnqueteError, Problem
from enquete.tables import Table, column_key, escaped, find_column, read_table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CODES, BOOK = "Codes", "Grille"  # the two sheets
CELL_LIMIT = 32_767  # UTF-16 units, Excel's own


class _Column(NamedTuple):
    """One column of the codes' sheet. names: what else its header may be; width: in characters."""

    field: str
    header: str
    width: float
    names: tuple[str, ...] = ()


COLUMNS = (
    _Column("id", "Code", 9, ("identifiant", "id", "n°", "numéro")),
    _Column("parent", "Code parent", 9, ("parent", "thème", "rattaché à")),
    _Column("label", "Libellé", 26, ("intitulé", "titre", "nom", "label")),
    _Column("definition", "Définition", 44),
    _Column("include", "Inclure", 32, ("à inclure", "inclusion", "include")),
    _Column("exclude", "Exclure", 32, ("à exclure", "exclusion", "exclure (aller à)", "exclude")),
    _Column("examples", "Exemples (un par ligne)", 40, ("exemples", "phrases typiques", "examples")),
    _Column("words", "Mots exacts (un par ligne)", 22, ("mots exacts", "mots", "words")),
    _Column("lemmas", "Expressions (une par ligne)", 34, ("expressions", "indices", "lemmes", "lemmas", "cues")),
    _Column("patterns", "Motifs spaCy (un par ligne)", 30, ("motifs spacy", "motifs", "patterns")),
    _Column("colour", "Couleur", 10, ("colour", "color")),
    _Column("retired", "Retiré", 8, ("retired",)),
)
YES = "oui"
BOOK_ROWS = (("id", "Identifiant"), ("label", "Libellé"), ("version", "Version"))


def write(codebook: Codebook) -> bytes:
    """The workbook, equal bytes for equal codebooks. Raises EnqueteError(CODEBOOK_CELL) for a text Excel can't hold."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = None
    book.properties.title = codebook.label
    codes, about = book.worksheets[0], book.create_sheet(BOOK)
    codes.title = CODES
    _fill(codes, [column.header for column in COLUMNS], [_row(code) for code in codebook.codes])
    _offer_parents(codes, len(codebook.codes))
    values = {"id": codebook.id, "label": codebook.label, "version": str(codebook.version)}
    _fill(about, ["Champ", "Valeur"], [[title, values[field]] for field, title in BOOK_ROWS])
    for sheet, widths in ((codes, [column.width for column in COLUMNS]), (about, [16, 60])):
        _lay_out(sheet, widths)
    codes.freeze_panes = "D2"
    codes.auto_filter.ref = codes.dimensions
    return _bytes(book)


def _row(code: Code) -> list[str]:
    cues = code.cues
    return [
        code.id,
        code.parent or "",
        code.label,
        code.definition,
        code.include,
        code.exclude,
        *("\n".join(items) for items in (code.examples, cues.words, cues.lemmas, map(pattern_text, cues.patterns))),
        code.colour,
        YES if code.retired else "",
    ]


def _fill(sheet: Worksheet, header: list[str], rows: list[list[str]]) -> None:
    """Texts that stay texts: « = », « + », « - » or « @ » at their head begin no formula."""
    from openpyxl.styles import Alignment, Font, PatternFill

    top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate([header, *rows], 1):
        for place, text in enumerate(row, 1):
            if len(text.encode("utf-16-le")) // 2 > CELL_LIMIT:
                raise EnqueteError(Problem.CODEBOOK_CELL, where=row[0], column=header[place - 1])
            cell = sheet.cell(number, place)
            cell.alignment, cell.number_format = top, "@"
            if text:
                cell.value, cell.data_type = escaped(text), "s"
                cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            if number == 1:
                cell.font = Font(bold=True, color="FFFFFF")
                cell.fill = PatternFill("solid", fgColor="1B4965")


def _offer_parents(sheet: Worksheet, codes: int) -> None:
    """A list of the codes in the cells of the parent column, and in those of rows still to be written."""
    from openpyxl.worksheet.datavalidation import DataValidation

    last = codes + 200
    choice = DataValidation("list", formula1=f"=$A$2:$A${last}", allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "Code parent", "Choisissez un code de la première colonne, ou laissez vide."
    sheet.add_data_validation(choice)
    choice.add(f"B2:B{last}")


def _lay_out(sheet: Worksheet, widths: Sequence[float]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _bytes(book: Workbook) -> bytes:
    """The file without the times and names that openpyxl stamps into it."""
    stamped, out = io.BytesIO(), io.BytesIO()
    book.save(stamped)
    with zipfile.ZipFile(stamped) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"<(dcterms:\w+)\b.*?</\1>", b"", content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read(path: Path) -> Codebook:
    """Reads a workbook that people edited: columns in any order, titles spelt as they like, blank rows.

    Raises EnqueteError: CODEBOOK_FAULTS with every bad row, by sheet and row; what `read_table` raises.
    """
    book_id, label, version = _about(read_table(path, BOOK))
    table = read_table(path, CODES)
    columns = _columns(table)
    faults: list[Fault] = []
    codes = tuple(_code(row.number, _named(row.cells, columns), faults) for row in table.rows)
    if faults:
        refuse(table.source, f"feuille « {CODES} », ligne", faults)
    return Codebook(book_id, label, version, codes)


def _about(table: Table) -> tuple[str, str, int]:
    """id, label and version of the codebook, from its sheet of two columns."""
    first, second = (*table.columns, "", "")[:2]
    by_key = {column_key(row.cells.get(first, "")): row for row in table.rows}
    values: dict[str, str] = {}
    faults = []
    for field, title in BOOK_ROWS:
        row = by_key.get(column_key(title))
        text = clean_line(row.cells.get(second, "")) if row else ""
        if not text and field != "version":
            faults.append(Fault(row.number if row else 1, f"il manque « {title} » et sa valeur."))
        if field == "version" and not re.fullmatch("([1-9][0-9]{0,8})?", text):
            faults.append(Fault(row.number if row else 1, "« Version » est un nombre entier à partir de 1."))
        values[field] = text
    if faults:
        refuse(table.source, f"feuille « {BOOK} », ligne", faults)
    return values["id"], values["label"], int(values["version"] or "1")


def _columns(table: Table) -> dict[str, str]:
    """The table's column for each field. A column that is none of ours would be lost: it is refused."""
    found = {
        column.field: name
        for column in COLUMNS
        if (name := find_column(table.columns, (column.header, *column.names))) is not None
    }
    for column in COLUMNS:
        if column.field in ("id", "label") and column.field not in found:
            names = ", ".join((column.header, *column.names))
            raise EnqueteError(Problem.TABLE_NO_COLUMN, where=table.source, wanted=column.header, names=names)
    foreign = [
        Fault(row.number, f"la colonne « {name} » n'a pas de place dans une grille : videz-la ou supprimez-la.")
        for name in table.columns
        if name not in found.values() and (row := next((row for row in table.rows if row.cells[name]), None))
    ]
    if foreign:
        refuse(table.source, f"feuille « {CODES} », ligne", foreign)
    return found


def _named(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    return {column.field: cells[columns[column.field]] if column.field in columns else "" for column in COLUMNS}


def _code(row: int, texts: Mapping[str, str], faults: list[Fault]) -> Code:
    for field in ("id", "label"):
        if not texts[field]:
            header = next(column.header for column in COLUMNS if column.field == field)
            faults.append(Fault(row, f"la colonne « {header} » est vide."))
    patterns = []
    for line in _lines(texts["patterns"]):
        if (pattern := _pattern(line)) is None:
            faults.append(Fault(row, f"ce motif n'est pas lisible : {line[:60]}"))
        else:
            patterns.append(pattern)
    retired = clean_line(texts["retired"]).casefold()
    if retired not in ("", YES, "non"):
        faults.append(Fault(row, "la colonne « Retiré » dit oui, ou reste vide."))
    return Code(
        id=clean_line(texts["id"]),
        label=clean_line(texts["label"]),
        parent=clean_line(texts["parent"]) or None,
        definition=clean(texts["definition"]),
        include=clean(texts["include"]),
        exclude=clean(texts["exclude"]),
        examples=_lines(texts["examples"]),
        colour=clean_line(texts["colour"]),
        cues=Cues(_lines(texts["words"]), _lines(texts["lemmas"]), tuple(patterns)),
        retired=retired == YES,
        lines={"id": row},
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(clean_line, text.split("\n"))))


def _pattern(text: str) -> Pattern | None:
    """A pattern from its JSON; typographic quotes, which spreadsheets put in, are taken for straight ones."""
    attempts: tuple[Callable[[], str], ...] = (lambda: text, lambda: re.sub("[“”„«»]", '"', text))
    for attempt in attempts:
        try:
            value = json.loads(attempt())
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(value, list) and value and all(isinstance(token, dict) for token in value):
            return tuple(value)
    return None
