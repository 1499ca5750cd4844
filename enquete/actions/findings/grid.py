"""The grid of cases as a workbook: written for people to fill in, and taken back.

What it said when it left is kept (`departure`): a summary that the workbook alone changed is taken in, one that the
study alone changed stays, one that both changed is left to a person.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.cases import keep, matrix_of, short, theme_checked
from enquete.actions.findings.desk import known
from enquete.actions.findings.words import masked_words
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.cases.framework import Framework, Place, State
from enquete.findings.cases.returned import PERSON, Returned, mark_in, normalised, read_back
from enquete.findings.counting import Base
from enquete.findings.groups import value_of
from enquete.findings.profile import attribute_title
from enquete.findings.sheets import CASES
from enquete.findings.written.checking import FieldError
from enquete.findings.written.merging import Changes, compare
from enquete.findings.written.types import PieceKind
from enquete.model import Audience
from enquete.readers.encoding import file_bytes
from enquete.reports.case_grid import USAGE, Sheet, render
from enquete.reports.workbook import safe_text
from enquete.store.database import transaction
from enquete.store.people import code_of
from enquete.store.pieces import depart, departed, pieces
from enquete.tables import find_column, read_table
from enquete.tables.sheets import sheet_rows
from enquete.vault import Vault
from enquete.wording import capital, label, n

GRID = Path("exports") / "equipe" / "grille-des-cas.xlsx"
Choice = Literal["", "classeur", "etude"]
_KIND = "cas"
_NO_MARK = (
    "Le repère de ce classeur manque, ou n'est plus connu (quelqu'un s'est retiré depuis) : il est comparé à ce que "
    "dit l'étude, sans savoir ce qu'il disait en partant."
)

_STILL_THERE = "ils restent dans ce fichier ; effacez-le une fois repris, « enquete cas grille » en écrit un sans eux."


def choice_of(written: str) -> Choice:
    """What somebody types after « --prendre ». Raises EnqueteError(ROUND_CHOICE)."""
    plain = written.strip().casefold().replace("é", "e")
    if plain in ("classeur", "fichier"):
        return "classeur"
    if plain == "etude":
        return "etude"
    if plain:
        raise EnqueteError(Problem.ROUND_CHOICE, written=written[:20], exit_code=2)
    return ""


def write_grid(study: Study, themes: Sequence[str], output: Path | None, *, anyway: bool = False) -> Iterator[str]:
    """Writes the workbook of the team, and gives lines to print. themes: see `matrix_of`; none: every theme.

    anyway: a former grid that people filled in and that nobody took back is written over.
    Raises EnqueteError: CASE_THEME, CASES_NOT_TAKEN; what `write_checked` does.
    """
    vault = study.vault()
    path = output or study.folder / GRID
    if not anyway:
        _refuse_unread(study, vault, path)
    base, matrix = matrix_of(study, themes, vault.identities().secret)
    body = _departure(matrix)
    mark = hashlib.sha256(body).hexdigest()[:16]
    texts = tuple(sorted(base.interviews))
    data = render(_sheet(study, base, matrix, mark))
    write_checked(study, vault, Output(path, data, Audience.TEAM, texts))
    with study.database() as db, transaction(db):
        depart(db, mark, _KIND, Audience.TEAM, zlib.compress(body))
    states = [matrix.state((person, theme.field)) for person in matrix.people for theme in matrix.themes]
    yield f"Grille des cas écrite, pour l'équipe : {path}"
    written = states.count(State.WRITTEN) + states.count(State.CHANGED)
    yield f"  {n('personne', len(matrix.people))}, {n('thème', len(matrix.themes))}, {n('résumé écrit', written)}."
    if states.count(State.CHANGED):
        yield f"  {n('résumé', states.count(State.CHANGED))} à relire : leurs passages ont changé depuis (fond jaune)."


def _departure(matrix: Framework) -> bytes:
    """What the workbook says, and what its summaries were or will be written from: fingerprints, so that a name found
    later in a summary does not stay in what it said when it left.
    """
    cells = [(person, theme.field) for person in matrix.people for theme in matrix.themes]
    body = {
        "fields": [theme.field for theme in matrix.themes],
        "said": {" ".join(cell): _print(matrix.written[cell]) for cell in cells if matrix.written.get(cell)},
        "bases": {" ".join(cell): matrix.basis(cell) for cell in cells if matrix.said.get(cell)},
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def _sheet(study: Study, base: Base, matrix: Framework, mark: str) -> Sheet:
    first = {person: next(wave for wave in base.waves if person in base.met[wave]) for person in matrix.people}
    attributes = [
        (attribute_title(base, name), {person: value_of(base, person, wave, name) for person, wave in first.items()})
        for name in base.attributes
    ]
    held = [(title, values) for title, values in attributes if any(values.values())]
    kinds = {person: capital(label(base.people[person].type)) for person in matrix.people}
    broad = {attribute_title(base, name) for name in base.material.attributes_shown}
    beside, others = ([one for one in held if (one[0] in broad) is wanted] for wanted in (True, False))
    return Sheet(study.config.name, base, matrix, kinds, beside, others, mark)


def _refuse_unread(study: Study, vault: Vault, path: Path) -> None:
    """Raises EnqueteError(CASES_NOT_TAKEN) rather than write over what people wrote in a grid."""
    if not path.is_file():
        return
    try:
        back = _read(study, path)
    except EnqueteError:
        return  # no grid of this study
    if back.mark and (_compared(study, vault, back)[0] or back.read.faults):
        raise EnqueteError(Problem.CASES_NOT_TAKEN, where=str(path))


# --- taken back


@dataclass(slots=True)
class _Back:
    """What a file says. mark: of the grid that it was; empty for another. left: fingerprints of what it said when it
    left; bases: what that was written from.

    lost: a grid of which what it said when it left is not known any longer.
    """

    read: Returned
    mark: str = ""
    left: Mapping[Place, str] = field(default_factory=dict)
    bases: Mapping[Place, str] = field(default_factory=dict)
    lost: bool = False


def take_in_grid(study: Study, path: Path, by: str, choice: Choice, *, trial: bool) -> tuple[list[str], bool]:
    """Takes a grid back: lines to print, and whether nothing waits for somebody to choose or to correct.

    choice: which one holds where both changed. trial: nothing is stored.
    Raises EnqueteError: CODER_NAME, CASE_TABLE for a file that is no grid; what `read_table` and `sheet_rows` do.
    """
    check_name(by)
    return _take(study, _read(study, path), by, choice, trial=trial)


def import_summaries(study: Study, path: Path, by: str, choice: Choice, *, trial: bool) -> tuple[list[str], bool]:
    """Takes in a table « participant, thème, résumé », a line a summary; as `take_in_grid`."""
    check_name(by)
    return _take(study, _Back(_read_lines(study, path)), by, choice, trial=trial)


def _take(study: Study, back: _Back, by: str, choice: Choice, *, trial: bool) -> tuple[list[str], bool]:
    changes, hidden = _compared(study, study.vault(), back)
    taken = dict(changes.taken)
    if choice == "classeur":
        taken |= {place: one.back for place, one in changes.conflicts.items()}
    if taken and not trial:
        _, matrix = matrix_of(study)
        seen = back.bases if back.mark else {place: matrix.basis(place) for place in taken}
        keep(study, taken, seen, by)
    lines = [*_told(changes, taken, choice, trial=trial), *_faults(back.read.faults)]
    if back.lost:
        lines.insert(0, _NO_MARK)
    if hidden:
        lines.append(f"Noms ou numéros masqués dans {n('résumé', hidden)} : {_STILL_THERE}")
    return lines, not back.read.faults and (bool(choice) or not changes.conflicts)


def _compared(study: Study, vault: Vault, back: _Back) -> tuple[Changes[Place], int]:
    """With how many summaries hold a name or a number: these are masked first, so that what was taken in once is the
    same when it comes back again.
    """
    with study.database() as db:
        now = {(p.code, name): text for p in pieces(db, PieceKind.CASE) for name, text in p.fields.items()}
    left = {place: _left(back, place, text, now.get(place, "")) for place, text in back.read.texts.items()}
    typed = [place for place, text in back.read.texts.items() if text not in ("", left[place])]
    masked = dict(zip(typed, masked_words(study, vault, [back.read.texts[one] for one in typed]), strict=True))
    hidden = sum(masked[place] != back.read.texts[place] for place in typed)
    return compare(left, now, {**back.read.texts, **masked}), hidden


def _left(back: _Back, place: Place, text: str, now: str) -> str:
    """What a cell said when it left, where the file or the study still says it; else no matter what."""
    left = back.left.get(place, "")
    return next((one for one in (text, now) if _print(one) == left), left)


def _print(text: str) -> str:
    """A fingerprint of what a cell shows of a summary; none of nothing."""
    shown = normalised(safe_text(text))
    return hashlib.sha256(shown.encode()).hexdigest()[:24] if shown else ""


def _read(study: Study, path: Path) -> _Back:
    """A grid, wherever its cells stand by now; else a table of summaries."""
    data = file_bytes(path)
    if not data.startswith(b"PK"):
        return _Back(_read_lines(study, path))
    try:
        rows = sheet_rows(data, path.name, CASES)
    except EnqueteError as error:
        if error.problem is not Problem.TABLE_NO_SHEET:
            raise
        return _Back(_read_lines(study, path))
    with study.database() as db:
        mark = _mark(data, path.name)
        body = departed(db, mark) if mark else None
        left: dict[str, Any] = json.loads(zlib.decompress(body)) if body else {"fields": [], "said": {}, "bases": {}}
        fields = left["fields"] or known(study, db).themes
        read = read_back(rows, list(fields), lambda written: code_of(db, written))
    if read is None:
        raise EnqueteError(Problem.CASE_TABLE, where=f"{path.name}, feuille « {CASES} »")
    said = {_cell(key): text for key, text in left["said"].items()}
    return _Back(read, mark if body else "", said, {_cell(key): text for key, text in left["bases"].items()}, not body)


def _mark(data: bytes, name: str) -> str:
    """Nothing where somebody took the sheet away."""
    try:
        return mark_in(sheet_rows(data, name, USAGE))
    except EnqueteError:
        return ""


def _cell(key: str) -> Place:
    person, _, theme = key.partition(" ")
    return person, theme


def _read_lines(study: Study, path: Path) -> Returned:
    """A table, a line a summary. Raises EnqueteError(CASE_TABLE)."""
    table = read_table(path)
    who = find_column(table.columns, ("participant", PERSON, "code participant"))
    theme, summary = find_column(table.columns, ("thème", "code")), find_column(table.columns, ("résumé", "texte"))
    if not (who and theme and summary):
        raise EnqueteError(Problem.CASE_TABLE, where=table.source)
    found = Returned()
    with study.database() as db:
        knowing = known(study, db)
        for row in table.rows:
            at, text = f"ligne {row.number}", normalised(row.cells[summary])
            code = code_of(db, row.cells[who]) if row.cells[who] else None
            if code is None:
                said = f"« {row.cells[who][:20]} » n'est pas une personne de l'étude" if row.cells[who] else "sans code"
                found.faults.append(f"{at}, colonne « {who} » : {said}")
                continue
            try:
                place = (code, theme_checked(knowing, row.cells[theme]))
            except FieldError as error:
                found.faults.append(f"{at}, colonne « {theme} » : {error}")
                continue
            if not place[1]:
                found.faults.append(f"{at}, colonne « {theme} » : sans thème")
            elif place in found.texts and found.texts[place] != text:
                found.faults.append(f"{at} : {code} a déjà un autre résumé sous {place[1]}, {found.places[place]}")
            else:
                found.texts[place], found.places[place] = text, at
    return found


def _told(changes: Changes[Place], taken: Mapping[Place, str], choice: Choice, *, trial: bool) -> Iterator[str]:
    for (person, theme), text in taken.items():
        yield f"{person}, {theme} : {short(text) or '(vidé)'}"
    for place, one in changes.conflicts.items():
        if place in taken:
            continue
        yield f"{place[0]}, {place[1]} : changé des deux côtés{' ; l’étude est gardée' if choice else ''}"
        yield f"  étude    : {short(one.now) or '(vide)'}"
        yield f"  classeur : {short(one.back) or '(vide)'}"
    if trial:
        yield f"{n('résumé', len(taken))} à reprendre ; rien n'est enregistré (essai)."
    else:
        yield f"{n('résumé repris', len(taken), 'résumés repris')}."
    if changes.kept:
        yield f"{n('résumé changé', len(changes.kept))} depuis dans l'étude seulement : rien n'y est touché."
    if changes.conflicts and not choice:
        yield "Là où les deux ont changé, l'étude reste : relancez avec « --prendre classeur » ou « --prendre etude »."


def _faults(faults: Sequence[str]) -> Iterator[str]:
    if faults:
        yield f"{n('case non reprise', len(faults), 'cases non reprises')} :"
        yield from (f"  {fault}" for fault in faults)
