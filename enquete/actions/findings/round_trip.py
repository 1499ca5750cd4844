"""A workbook of the synthesis that people changed comes back: differences shown, taken in, nothing lost."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.coming_back import SIDES, Cell, Places, Reader, Returned, same, short
from enquete.actions.findings.desk import TYPED
from enquete.actions.findings.files import refresh_files
from enquete.actions.findings.words import masked_words
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.sheets import METHOD, QUOTATIONS
from enquete.findings.written.departure import MARK, Departure
from enquete.findings.written.fields import FIELDS
from enquete.findings.written.tables import COMMENT, SHEETS
from enquete.findings.written.types import PieceKind, RemarkKind
from enquete.readers.encoding import file_bytes
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import current_revisions
from enquete.store.pieces import add_piece, choose, depart, departed, give_up, say
from enquete.store.remarks import drop_remark, note_remark
from enquete.tables import folded
from enquete.tables.sheets import sheet_rows
from enquete.vault import Vault
from enquete.wording import n

Choice = Literal["", "classeur", "etude"]
_KIND = "synthese"


def remember(db: sqlite3.Connection, left: Departure) -> None:
    """What a workbook says as it leaves, with the texts that its quotations were read in."""
    body = json.dumps({"left": left.to_json(), "revisions": current_revisions(db)}, ensure_ascii=False)
    depart(db, left.mark, _KIND, left.audience, zlib.compress(body.encode()))


def take_back(study: Study, path: Path, by: str, choice: str, *, only_show: bool) -> tuple[list[str], bool]:
    """Reads a workbook, takes in what people changed (unless only_show), and gives lines to print; whether all was.

    Raises EnqueteError: ROUND_NO_MARK, ROUND_UNKNOWN, PIECE_CHOICE, CODER_NAME, and what reading a workbook does.
    """
    take = _choice(choice)
    data = file_bytes(path)
    vault = study.vault()
    with study.database() as db:
        mark, left, revisions = _departure(db, data, path.name)
        found = Reader(study, db, left, revisions).read(data, path.name)
    found.mark = mark
    _mask(study, vault, found)
    author = by or found.audience
    check_name(author)
    settled = [replace(cell, left=cell.now) for cell in found.conflicts] if take == "classeur" else []
    if settled:
        found.conflicts = []
    taken = [*found.taken, *settled]
    lines = [*map(str, taken)]
    if not only_show:
        added = _take(study, left, found, taken, revisions, author)
        refresh_files(study)
    else:
        added = [f"{sheet}, ligne {row} : nouveau, « {short(values['title'])} »" for sheet, row, values in found.new]
    whole = not found.faults and (bool(take) or not found.conflicts)
    summary = _summary(found, len(taken), len(added), only_show=only_show)
    return [*lines, *added, *_left_out(found, take), summary], whole


def _choice(written: str) -> Choice:
    plain = folded(written)
    if plain not in ("", "classeur", "etude"):
        raise EnqueteError(Problem.ROUND_CHOICE, written=written[:20], exit_code=2)
    return "classeur" if plain == "classeur" else "etude" if plain == "etude" else ""


def _summary(found: Returned, taken: int, added: int, *, only_show: bool) -> str:
    if not (taken or added or found.conflicts or found.faults):
        return "Rien n'a changé dans ce classeur."
    verb = "à reprendre" if only_show else "enregistré"
    many = "s" if taken + added > 1 and not only_show else ""
    told = f"{n('changement', taken)} et {n('ligne nouvelle', added)} {verb}{many}"
    return f"{told} ; {n('désaccord', len(found.conflicts))} ; {n('cellule refusée', len(found.faults))}."


def _left_out(found: Returned, take: Choice) -> Iterator[str]:
    yield from found.told
    for cell in found.conflicts:
        yield (
            f"DÉSACCORD {cell.sheet}, {cell.key}, {cell.title} : l'étude dit « {short(cell.now)} », le classeur "
            f"« {short(cell.back)} »" + ("." if take else " ; choisissez par « --prendre classeur » ou « etude ».")
        )
    yield from (f"REFUSÉ {fault}" for fault in found.faults)


def _departure(db: sqlite3.Connection, data: bytes, name: str) -> tuple[str, Departure, dict[str, int]]:
    rows = sheet_rows(data, name, METHOD)
    text = " ".join(cell for _, cells in rows for cell in cells)
    found = re.search(rf"{MARK}[\s\u00a0\u202f]*:[\s\u00a0]*([0-9a-f]{{8,}})", text)
    if found is None:
        raise EnqueteError(Problem.ROUND_NO_MARK, where=name)
    body = departed(db, found[1])
    if body is None:
        raise EnqueteError(Problem.ROUND_UNKNOWN, where=name)
    told = json.loads(zlib.decompress(body))
    return found[1], Departure(**json.loads(told["left"])), told["revisions"]


# --- taken in


def _mask(study: Study, vault: Vault, found: Returned) -> None:
    """Names typed in the workbook go no further; then what is to be taken in, and what a person must choose."""
    typed = [cell.back for cell in found.changed if _is_typed(cell)]
    forms = {(kind, one.name): one.form for kind in SHEETS.values() for one in FIELDS[kind]}
    typed += [
        text for sheet, _, values in found.new for name, text in values.items() if forms[SHEETS[sheet], name] in TYPED
    ]
    distinct = list(dict.fromkeys(text for text in typed if text))
    words = dict(zip(distinct, masked_words(study, vault, distinct), strict=True))
    for cell in found.changed:
        back = words.get(cell.back, cell.back) if _is_typed(cell) else cell.back
        if same(back, cell.now):
            continue  # taken in before
        (found.taken if same(cell.now, cell.left) else found.conflicts).append(replace(cell, back=back))
    found.new = [
        (
            sheet,
            row,
            {
                name: words.get(text, text) if forms[SHEETS[sheet], name] in TYPED else text
                for name, text in values.items()
            },
        )
        for sheet, row, values in found.new
    ]


def _is_typed(cell: Cell) -> bool:
    if cell.sheet == QUOTATIONS:
        return cell.title == COMMENT
    return next(one.form for one in FIELDS[SHEETS[cell.sheet]] if one.label == cell.title) in TYPED


def _take(
    study: Study, left: Departure, found: Returned, taken: Sequence[Cell], revisions: Mapping[str, int], author: str
) -> list[str]:
    """Everything in one transaction; a line for each row that was added."""
    with study.database() as db, transaction(db):
        places = Places(db, left, revisions)
        for cell in taken:
            if cell.sheet == QUOTATIONS:
                _take_quotation(db, places, left, cell, author)
            else:
                kind = SHEETS[cell.sheet]
                name = next(one.name for one in FIELDS[kind] if one.label == cell.title)
                say(db, kind, cell.key, {name: cell.back}, author)
        lines = [_add(db, found.mark, sheet, row, values, author) for sheet, row, values in found.new]
        record(db, "classeur repris", f"changements={len(taken)} nouveaux={len(found.new)}")
    return [line for line in lines if line]


def _add(db: sqlite3.Connection, mark: str, sheet: str, row: int, values: Mapping[str, str], author: str) -> str:
    """A row that people added; the same one of the same workbook is added once, and then nothing is told."""
    kind = SHEETS[sheet]
    key = f"{mark}:{sha256(json.dumps([sheet, values], sort_keys=True).encode()).hexdigest()}"
    if departed(db, key) is not None:
        return ""
    code = add_piece(db, kind)
    said = dict(values)
    if any(one.name == "author" for one in FIELDS[kind]):
        said.setdefault("author", author)
    say(db, kind, code, said, author)
    depart(db, key, _KIND, "", code.encode())
    return f"{sheet}, ligne {row} : {code}, nouveau, « {short(said['title'])} »"


def _take_quotation(db: sqlite3.Connection, places: Places, left: Departure, cell: Cell, author: str) -> None:
    where = places.place(cell.key)
    if where is None:
        return
    interview, span = where
    if cell.title == COMMENT:
        for number in places.comments(cell.key):
            drop_remark(db, number)
        if cell.back:
            note_remark(db, RemarkKind.COMMENT, interview, span.start, span.end, cell.back, author)
        return
    side = SIDES[cell.title]
    there = places.evidence(cell.key, side)
    wanted = [part.strip() for part in cell.back.split(",") if part.strip()]
    book, code = left.quotations[cell.key][3:5]
    for finding in wanted:
        if finding not in there:
            under = (str(book), str(code))
            choose(db, PieceKind.FINDING, finding, side, interview, span.start, span.end, author, under)
    give_up(db, [one.id for finding, chosen in there.items() if finding not in wanted for one in chosen])
