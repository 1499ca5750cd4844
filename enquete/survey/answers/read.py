"""Reads a file of answers: the kind of file is told by its content, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode, file_bytes
from enquete.survey.answers.accents import with_accents
from enquete.survey.answers.cells import without_faulty_cells
from enquete.survey.answers.levels import all_texts
from enquete.survey.answers.types import DataFile, DataTable
from enquete.tables import Remark, Severity
from enquete.tables.read import ENCRYPTED, OLD_OFFICE
from enquete.tables.sheets import DAMAGE, MAX_UNPACKED
from enquete.wording import n

_TEXTS = (".csv", ".tsv", ".txt", ".tab", ".dat")


def read_data(path: Path, sheet: str | None = None, *, repair: bool = False) -> DataFile:
    """The answers of a .sav, .zsav, .por, .dta, .csv, .tsv, .txt, .xlsx, .ods or .zip file.

    sheet: the only one to read; by default every visible one that holds something. repair: mend accents that were
    wrongly decoded. Raises EnqueteError with file, line or case, and column: FILE_…, TABLE_…, ANSWERS_… . What concerns
    one row alone is a remark of severity ERROR, and the row is in no table.
    """
    return _finished(_file(_content(path), path.name, sheet), repair)


def read_linked(paths: Sequence[Path], *, repair: bool = False) -> DataFile:
    """Several files given together, which hold the linked tables of one export (Kobo and ODK write one per repeat)."""
    if len(paths) == 1:
        return read_data(paths[0], repair=repair)
    return _finished(_together([_file(_content(path), path.name, None) for path in paths]), repair)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise EnqueteError(Problem.TABLE_IS_FOLDER, where=path.name or str(path))
    data = file_bytes(path)
    if not data.strip(b"\0 \t\r\n"):
        raise EnqueteError(Problem.TABLE_EMPTY, where=path.name)
    return data


def _file(data: bytes, source: str, sheet: str | None) -> DataFile:
    suffix = PurePosixPath(source).suffix.lower()
    name = source.removesuffix(PurePosixPath(source).suffix)
    kind = _statistical(data, suffix)
    if kind:
        from enquete.survey.answers.statistical import statistical_file

        return statistical_file(data, kind, source, name)
    if data.startswith(OLD_OFFICE):
        raise EnqueteError(Problem.TABLE_PASSWORD if ENCRYPTED in data else Problem.TABLE_OLD_EXCEL, where=source)
    if data.startswith(b"PK") or suffix in (".xlsx", ".ods", ".zip"):
        return _packed(data, source, sheet)
    if suffix in (".sav", ".zsav", ".dta", ".por"):
        raise EnqueteError(Problem.ANSWERS_DAMAGED, where=source)
    return _text(data, source, name, suffix)


def _statistical(data: bytes, suffix: str) -> str:
    if data.startswith((b"$FL2", b"$FL3")):
        return "sav" if data.startswith(b"$FL2") else "zsav"
    if data.startswith(b"<stata_dta>") or (suffix == ".dta" and 0x66 <= data[0] <= 0x73):
        return "dta"
    return "por" if b"SPSS PORT FILE" in data[:500] else ""


def _text(data: bytes, source: str, name: str, suffix: str) -> DataFile:
    from enquete.survey.answers.delimited import text_table

    text = decode(data)[0]
    if re.match(r"\s*<\?xml[^>]*>\s*<document>\s*<LimeSurveyDocType>", text) or suffix in (".lss", ".lsq", ".lsg"):
        raise EnqueteError(Problem.ANSWERS_STRUCTURE, where=source)
    if "\x00" in text or re.match(r"\s*<(?:!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise EnqueteError(Problem.TABLE_DAMAGED, where=source)
    if suffix not in (*_TEXTS, ".xls", "") or re.match(r"%PDF|\{\\rtf", text):  # some programs name a text .xls
        raise EnqueteError(Problem.ANSWERS_FORMAT, where=source)
    table, remarks = text_table(text, source, name)
    return DataFile(source, suffix.lstrip(".") or "csv", (table,), remarks=tuple(remarks))


def _packed(data: bytes, source: str, sheet: str | None) -> DataFile:
    """A workbook, or an archive of files of answers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise EnqueteError(Problem.TABLE_TOO_LARGE, where=source)
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise EnqueteError(Problem.TABLE_PASSWORD, where=source)
            names = set(archive.namelist())
            if "content.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise EnqueteError(Problem.TABLE_PASSWORD, where=source)
            if not names & {"content.xml", "xl/workbook.xml"}:
                return _archive(archive, source)
    except DAMAGE:
        raise EnqueteError(Problem.TABLE_DAMAGED, where=source) from None
    from enquete.survey.answers.sheets import workbook_tables

    tables, remarks = workbook_tables(data, source, sheet)
    kind = "ods" if "content.xml" in names else "xlsx"
    return DataFile(source, kind, _main_first(tables), remarks=tuple(remarks))


def _archive(archive: zipfile.ZipFile, source: str) -> DataFile:
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not re.search(r"(^|/)(\.|__MACOSX/)", entry.filename)
    ]
    known = [
        entry for entry in entries if PurePosixPath(entry.filename).suffix.lower() in (*_TEXTS, ".xlsx", ".sav", ".dta")
    ]
    if not known:
        raise EnqueteError(Problem.ANSWERS_ARCHIVE, where=source)
    files = [_file(archive.read(entry), PurePosixPath(entry.filename).name, None) for entry in known]
    found = _together(files) if len(files) > 1 else files[0]
    remarks = found.remarks
    if len(known) < len(entries):
        said = (
            f"Dans l'archive, laissé de côté : {n('fichier', len(entries) - len(known))} sans réponses (images, sons…)."
        )
        remarks = (*remarks, Remark(None, Severity.NOTE, said))
    return replace(found, source=source, remarks=remarks)


def _together(files: Sequence[DataFile]) -> DataFile:
    """One file made of several. Raises EnqueteError(ANSWERS_TWO_MAIN) when more than one is linked to no other."""
    tables = [table for file in files for table in file.tables]
    if sum(not _linked(table) for table in tables) > 1:
        raise EnqueteError(Problem.ANSWERS_TWO_MAIN, where=", ".join(file.source for file in files))
    main = next(file for file in files if file.tables[0] is _main_first(tables)[0])
    remarks = [
        replace(remark, message=f"{file.source} : {remark.message}") for file in files for remark in file.remarks
    ]
    return replace(
        main, source=", ".join(file.source for file in files), tables=_main_first(tables), remarks=tuple(remarks)
    )


def _main_first(tables: Sequence[DataTable]) -> tuple[DataTable, ...]:
    return tuple(sorted(tables, key=_linked))


def _linked(table: DataTable) -> bool:
    """Whether each row of the table says to which row of another it belongs: ODK's key, Kobo's name of the parent."""
    return any(
        (each.name == "PARENT_KEY" or each.name.endswith("_parent_table_name")) and each.levels
        for each in table.columns
    )


def _finished(file: DataFile, repair: bool) -> DataFile:
    texts = all_texts(file.tables)
    right = with_accents(file, texts, repair)
    return without_faulty_cells(right, texts if right is file else all_texts(right.tables))
