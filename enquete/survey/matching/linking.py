"""Repeats as linked tables: which part of the questionnaire each table holds, and whose rows they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.survey.answers.types import DataFile, DataTable
from enquete.survey.matching.columns import find_header
from enquete.survey.matching.headers import HeaderIndex
from enquete.survey.matching.loose import name_key, text_of
from enquete.survey.matching.mapping import Mapping as MappingFile
from enquete.survey.matching.mapping import SheetRules
from enquete.survey.matching.wordings import wordings
from enquete.survey.questionnaire.types import Questionnaire

# Column of the linked table, column of the table above it that it points to.
_LINKS = (
    ("PARENT_KEY", "KEY"),
    ("ligne_parente", "ligne"),
    ("_parent_index", "_index"),
    ("_submission__uuid", "_uuid"),
    ("_submission__id", "_id"),
    ("_submission_id", "_id"),
    ("_parent_id", "_id"),
)
_MAIN_LINKS = ("_submission__uuid", "_submission__id", "_submission_id")


@dataclass(frozen=True, slots=True)
class PartTable:
    """A table and the part that it holds: "" for the main one. above: the part of its parents."""

    table: DataTable
    part: str
    rules: SheetRules
    above: str = ""


def parts_of(questionnaire: Questionnaire) -> list[str]:
    """The paths of the repeats, each after the one around it."""
    found = dict.fromkeys(question.repeat for question in questionnaire.questions if question.repeat)
    return sorted(found, key=lambda path: (path.count("/"), list(found).index(path)))


def above(part: str, known: Sequence[str]) -> str:
    """The nearest part around this one, "" for the main table."""
    around = [other for other in known if part.startswith(f"{other}/")]
    return max(around, key=len, default="")


def main_first(data: DataFile, questionnaire: Questionnaire, mapping: MappingFile) -> DataFile:
    """The same with the main table first, where a sheet of notes stands before it.

    That is the first one with a column of a question that is not in a repeat, sheets that the mapping leaves out aside.
    """
    asked = [question for question in questionnaire.questions if not question.repeat]
    index = HeaderIndex(asked, wordings(questionnaire))
    named = [header for header in (mapping.main.key, *mapping.main.columns) if header]
    for table in data.tables:
        headers = [column.name for column in table.columns]
        rules, tied = _rules(table, mapping), any(ours in headers for ours, _ in _LINKS)
        known = any(index.by_name(header) or index.by_code(header) or index.by_label(header) for header in headers)
        if (known or any(find_header(headers, name) for name in named)) and not (rules.left_out or rules.part or tied):
            return replace(data, tables=(table, *(other for other in data.tables if other is not table)))
    return data


def _rules(table: DataTable, mapping: MappingFile) -> SheetRules:
    return mapping.rules.sheets.get(find_header(mapping.rules.sheets, table.name) or "", SheetRules())


def place_tables(
    data: DataFile, indexes: Mapping[str, HeaderIndex], mapping: MappingFile
) -> tuple[list[PartTable], list[str]]:
    """The tables with their parts, in the order of the parts; and the names of those that hold none."""
    placed = {"": PartTable(data.tables[0], "", mapping.main)}
    rest = []
    parts = [part for part in indexes if part]
    for table in data.tables[1:]:
        rules = _rules(table, mapping)
        part = "" if rules.left_out else rules.part or _part_by_name(table, parts) or _part_by_columns(table, indexes)
        if part not in indexes or part in placed:
            rest.append(table.name)
        else:
            placed[part] = PartTable(table, part, rules, above(part, parts))
    kept = [placed[part] for part in ("", *parts) if part in placed]
    return [one for one in kept if not one.part or one.above in placed], rest


def _part_by_name(table: DataTable, parts: Sequence[str]) -> str:
    """« foyer_enfants », « enfants », « form-enfants », « SET-OF-enfants »: the longest path that ends the name."""
    key = name_key(table.name)
    found = []
    for part in parts:
        names = [name_key("/".join(part.split("/")[start:])) for start in range(part.count("/") + 1)]
        ends = [name for name in names if name == key or key.endswith(f" {name}")]
        if ends:
            found.append((max(map(len, ends)), part))
    longest = max((size for size, _ in found), default=0)
    same = [part for size, part in found if size == longest]
    return same[0] if len(same) == 1 else ""


def _part_by_columns(table: DataTable, indexes: Mapping[str, HeaderIndex]) -> str:
    counts = {
        part: sum(bool(index.by_name(c.name) or index.by_label(c.name)) for c in table.columns)
        for part, index in indexes.items()
        if part
    }
    most = max(counts.values(), default=0)
    same = [part for part, count in counts.items() if count == most and most]
    return same[0] if len(same) == 1 else ""


def link(
    child: PartTable, parent: PartTable, key: tuple[str, str] | None, tables: Sequence[str] = ()
) -> list[int] | str:
    """For each row the place of its parent in the table above, -1 for none; or why that can't be told.

    key: the columns of the participants' codes in both tables, where they have one. tables: names of all.
    """
    if other := _named_parent(child, parent, tables):
        return f"elle se rattache à « {other} », et non à « {parent.table.name} » comme le veut le questionnaire"
    pair = _link_columns(child, parent) or key
    if pair is None:
        return "aucune colonne ne dit à quelle ligne de la table principale se rattache chacune des siennes"
    theirs, ours = parent.table.column(pair[1]), child.table.column(pair[0])
    if theirs is None or ours is None:
        missing = f"« {pair[1]} »" if theirs is None else f"« {pair[0]} »"
        return f"la colonne {missing}, qui les rattache, manque"
    wanted = [text_of(level) for level in theirs.levels]
    if len(set(theirs.codes.tolist()) - {-1}) < sum(code >= 0 for code in theirs.codes.tolist()):
        return f"plusieurs lignes portent le même « {pair[1]} »"
    rows = {wanted[code]: row for row, code in enumerate(theirs.codes.tolist()) if code >= 0}
    found = [rows.get(text_of(level), -1) for level in ours.levels]
    return [found[code] if code >= 0 else -1 for code in ours.codes.tolist()]


def _named_parent(child: PartTable, parent: PartTable, tables: Sequence[str]) -> str:
    """The other table of the file that its rows say they belong to."""
    column = child.table.column("_parent_table_name")
    said = {name_key(text_of(level)): text_of(level) for level in column.levels} if column else {}
    known = {name_key(name): name for name in tables if name != parent.table.name}
    return next((known[key] for key in said if key in known), "") if not child.rules.link else ""


def parent_of(table: DataTable, tables: Sequence[DataTable]) -> DataTable | None:
    """The linked table of the file that the rows of another one belong to; None for the main one, or an unknown one.

    By the name that Kobo and Ona write in each row, else by the keys that ODK writes.
    """
    linked = [other for other in tables[1:] if other is not table and _above(other, tables) is not table]
    found = _above(table, tables)
    return found if found in linked else None


def _above(table: DataTable, tables: Sequence[DataTable]) -> DataTable | None:
    named, keys = table.column("_parent_table_name"), table.column("PARENT_KEY")
    for other in tables:
        theirs = other.column("KEY")
        if other is table:
            continue
        if named and name_key(other.name) in {name_key(text_of(level)) for level in named.levels}:
            return other
        if keys and theirs and keys.levels and set(keys.levels) <= set(theirs.levels):
            return other
    return None


def is_tied(table: DataTable, key: str) -> bool:
    """Whether its columns can say whose its rows are. key: the column of people's codes in the main table, or ""."""
    headers = [column.name for column in table.columns]
    return any(ours in headers for ours, _ in _LINKS) or (bool(key) and find_header(headers, key) is not None)


def link_headers(child: PartTable) -> set[str]:
    """The columns that only tie the tables together."""
    return {header for header in (child.rules.link,) if header}


def _link_columns(child: PartTable, parent: PartTable) -> tuple[str, str] | None:
    if child.rules.link:
        header = find_header([c.name for c in child.table.columns], child.rules.link) or child.rules.link
        wanted = child.rules.parent or child.rules.link
        return header, find_header([c.name for c in parent.table.columns], wanted) or wanted
    for ours, theirs in _LINKS:
        if ours in _MAIN_LINKS and parent.part:
            continue
        if child.table.column(ours) and parent.table.column(theirs):
            return ours, theirs
    return None
