"""Summaries of cases, theme by theme: shown, written, sent out as a grid to fill in, taken back.

What the grid said when it left is kept (`departure`): a summary that the workbook alone changed is taken in, one that
the study alone changed stays, one that both changed is left to a person.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import known
from enquete.actions.findings.markdown import Choice
from enquete.actions.findings.words import masked_words
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather_whole
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.cases.filling import PERSON, TO_WRITE, filled_grid, plain_field
from enquete.findings.cases.grid import themes_of
from enquete.findings.counting import Base
from enquete.findings.sheets import CASES
from enquete.findings.written.checking import FieldError, Known, normalised
from enquete.findings.written.merging import Changes, compare
from enquete.findings.written.types import Field, Form, PieceKind
from enquete.model import Audience
from enquete.reports.excel import render_sheets
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.people import code_of
from enquete.store.pieces import add_piece, depart, departed, history, pieces, say
from enquete.tables import Row, Table, find_column, read_table
from enquete.wording import n

Key = tuple[str, str]  # person, « rsa:2 »

GRID = Path("exports") / "equipe" / "grille-des-cas.xlsx"
_KIND = "cas"
_MARK = "Repère : "
_SHOWN = 90  # characters of a summary in a list of differences
_THEMES = Field("themes", "Thème", Form.THEMES)
_TEXT = Field("text", "Résumé", Form.TEXT)


def write_grid(study: Study, themes: Sequence[str], output: Path | None) -> Iterator[str]:
    """Writes the workbook of the team, and gives lines to print. themes: « rsa:2 »; none: every theme.

    Raises EnqueteError: CASE_THEME; what `write_checked` does.
    """
    vault = study.vault()
    base = Base(gather_whole(study, vault.identities().secret))
    with study.database() as db:
        wanted = [_theme(written, known(study, db)) for written in themes]
    said = {piece.code: piece for piece in base.material.pieces if piece.kind is PieceKind.CASE}
    shown = themes_of(base, list(said.values()), wanted)
    if wanted:
        shown = [one for one in shown if one.field in wanted]
    left = {f"{person} {one.field}": said[person].get(one.field) for person in said for one in shown}
    body = json.dumps({"said": left, "titles": {one.title: one.field for one in shown}}, sort_keys=True).encode()
    mark = hashlib.sha256(body).hexdigest()[:16]
    sheets = filled_grid(base, said, shown, f"{_MARK}{mark}")
    path = output or study.folder / GRID
    texts = tuple(one.code for one in base.material.interviews)
    data = render_sheets(f"{CASES} – {study.config.name}", sheets)
    write_checked(study, vault, Output(path, data, Audience.TEAM, texts))
    with study.database() as db, transaction(db):
        depart(db, mark, _KIND, Audience.TEAM, zlib.compress(body))
    yield f"Grille des cas écrite, pour l'équipe : {path}"
    yield f"  {n('personne', len(sheets[0].rows))}, {n('thème', len(shown))}"


def show_case(study: Study, written: str, *, whole: bool) -> Iterator[str]:
    """What was written of a person. whole: with all that was ever said. Raises EnqueteError(UNKNOWN_PARTICIPANT)."""
    with study.database() as db:
        code = _person(db, written)
        piece = next((one for one in pieces(db, PieceKind.CASE) if one.code == code), None)
        said = history(db, PieceKind.CASE, code) if piece and whole else []
    if piece is None or not piece.fields:
        yield f"{code} : aucun résumé."
    for name, words in sorted(piece.fields.items()) if piece else ():
        yield f"{code}, {name}"
        yield from (f"  {line}" for line in words.split("\n"))
    if said:
        yield "Historique"
    for line in said:
        yield f"  {line.made_at[:16].replace('T', ' ')}, {line.author}, {line.field} : {_short(line.body) or '(vidé)'}"


def write_summary(study: Study, written: str, theme: str, text: str, by: str) -> Iterator[str]:
    """Writes one summary, and gives lines to print; what it said before is kept.

    Raises EnqueteError: CODER_NAME, UNKNOWN_PARTICIPANT, CASE_THEME; what opening the vault does.
    """
    check_name(by)
    with study.database() as db:
        code = _person(db, written)
        field = _theme(theme, known(study, db))
    (words,) = masked_words(study, study.vault(), [normalised(_TEXT, text, Known())])
    changed = _say(study, {(code, field): words}, by)
    yield f"{code}, {field} : résumé enregistré." if changed else f"{code}, {field} : rien n'a changé."


@dataclass(frozen=True, slots=True)
class _Back:
    """What a file says. odd: what of it was not understood, in French, with the place."""

    said: Mapping[Key, str]
    left: Mapping[Key, str]
    odd: Sequence[str]


def take_in_grid(study: Study, path: Path, by: str, choice: Choice, *, trial: bool) -> tuple[list[str], bool]:
    """Takes a grid back: lines to print, and whether nothing waits for somebody to choose or to correct.

    choice: which one holds where both changed. trial: nothing is stored.
    Raises EnqueteError: CODER_NAME, what `read_table` does, CASE_TABLE for a table that is no grid.
    """
    check_name(by)
    vault = study.vault()
    table = _table(path)
    with study.database() as db:
        back = _read(db, table, known(study, db))
        now = {(piece.code, name): text for piece in pieces(db, PieceKind.CASE) for name, text in piece.fields.items()}
    written = {key: text for key, text in back.said.items() if _flat(text) != _flat(back.left.get(key, ""))}
    masked = dict(zip(written, masked_words(study, vault, list(written.values())), strict=True))
    said = {key: masked.get(key, back.left.get(key, "")) for key in back.said}
    changes = compare(back.left, now, said)
    taken = dict(changes.taken)
    if choice == "fichier":
        taken |= {key: one.back for key, one in changes.conflicts.items()}
    if not trial:
        _say(study, taken, by)
    lines = [*_told(changes, choice, trial=trial), *back.odd]
    return lines, not back.odd and (bool(choice) or not changes.conflicts)


def _told(changes: Changes[Key], choice: Choice, *, trial: bool) -> Iterator[str]:
    for (person, field), text in changes.taken.items():
        yield f"{person}, {field} : {_short(text) or '(vidé)'}"
    for (person, field), one in changes.conflicts.items():
        yield f"{person}, {field} : changé des deux côtés."
        yield f"  dans l'étude : {_short(one.now) or '(vide)'}"
        yield f"  dans le fichier : {_short(one.back) or '(vide)'}"
    count = len(changes.taken) + (len(changes.conflicts) if choice == "fichier" else 0)
    yield f"{n('résumé', count)} {'à reprendre' if trial else 'repris'}."
    if changes.kept:
        yield f"{n('résumé', len(changes.kept))} : changé depuis dans l'étude seulement, rien n'y est touché."
    if changes.conflicts and not choice:
        yield "Là où les deux ont changé, l'étude n'a pas bougé : « --prendre fichier » ou « --prendre etude »."


def _say(study: Study, values: Mapping[Key, str], by: str) -> int:
    """Gives how many summaries changed."""
    people: dict[str, dict[str, str]] = {}
    for (person, field), words in values.items():
        people.setdefault(person, {})[field] = words
    with study.database() as db, transaction(db):
        changed = 0
        for person, fields in people.items():
            changed += len(say(db, PieceKind.CASE, add_piece(db, PieceKind.CASE, person), fields, by))
        record(db, "cas écrit", f"champs={changed}")
    return changed


def _table(path: Path) -> Table:
    """The sheet of the grid, else the only table that the file holds (« participant, thème, résumé »)."""
    if path.suffix.lower() in (".xlsx", ".ods"):
        try:
            return read_table(path, CASES)
        except EnqueteError as error:
            if error.problem is not Problem.TABLE_NO_SHEET:
                raise
    return read_table(path)


def _read(db: sqlite3.Connection, table: Table, knowing: Known) -> _Back:
    person = find_column(table.columns, (PERSON, "participant"))
    if person is None:
        raise EnqueteError(Problem.CASE_TABLE, where=table.source)
    mark = next((text[len(_MARK) :] for row in table.rows for text in row.cells.values() if _MARK in text[:9]), "")
    body = departed(db, mark.strip())
    left = json.loads(zlib.decompress(body)) if body else {"said": {}, "titles": {}}
    theme, summary = find_column(table.columns, ("thème",)), find_column(table.columns, ("résumé",))
    titles = frozenset(left["titles"].values())  # one that no codebook has any longer too
    said: dict[Key, str] = {}
    odd: list[str] = []
    for row in table.rows:
        code = code_of(db, row.cells[person]) if row.cells[person] else None
        words = _of_row(row, theme, summary) if theme and summary else _of_grid(row, left["titles"], knowing)
        if code is None:
            if any(words.values()):
                odd.append(
                    f"{table.source}, ligne {row.number} : personne de l'étude n'a ce code ; rien n'en est repris."
                )
            continue
        for written, text in words.items():
            try:
                field = written if written in titles else normalised(_THEMES, written, knowing)
            except FieldError as error:
                odd.append(f"{table.source}, ligne {row.number} : {error}")
                continue
            if said.get((code, field), text) != text:
                odd.append(f"{table.source}, ligne {row.number} : {code}, {field} est écrit deux fois autrement.")
                continue
            said[code, field] = normalised(_TEXT, text, Known())
    return _Back(said, {_split(key): text for key, text in left["said"].items()}, odd)


def _of_row(row: Row, theme: str, summary: str) -> dict[str, str]:
    return {row.cells[theme]: row.cells[summary]} if row.cells[theme] else {}


def _of_grid(row: Row, titles: Mapping[str, str], knowing: Known) -> dict[str, str]:
    """By field. Columns that people added are their own."""
    fields = {title: titles.get(title) or plain_field(title, knowing.themes) for title in row.cells}
    return {field: _own(row.cells[title]) for title, field in fields.items() if field}


def _own(text: str) -> str:
    return "" if text.startswith(TO_WRITE) else text


def _theme(written: str, knowing: Known) -> str:
    try:
        return normalised(_THEMES, written, knowing)
    except FieldError as error:
        raise EnqueteError(Problem.CASE_THEME, why=str(error), exit_code=2) from None


def _person(db: sqlite3.Connection, written: str) -> str:
    code = code_of(db, written)
    if code is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
    return code


def _split(key: str) -> Key:
    person, _, field = key.partition(" ")
    return person, field


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN].rstrip()}…"
