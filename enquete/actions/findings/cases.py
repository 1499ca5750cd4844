"""Summaries of cases on the command line: listed, shown, written, read again; and what their commands share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import known
from enquete.actions.findings.words import masked_words
from enquete.actions.outputs.gathering import gather
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.cases.framework import Framework, Place, State, framework
from enquete.findings.cases.grid import themes_of
from enquete.findings.cases.returned import normalised
from enquete.findings.counting import Base
from enquete.findings.written.checking import FieldError, Known
from enquete.findings.written.checking import normalised as checked
from enquete.findings.written.types import Field, Form, PieceKind
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.people import code_of
from enquete.store.pieces import add_piece, bases, history, pieces, read_again, say
from enquete.wording import n

_THEMES = Field("themes", "Thème", Form.THEMES)
_SHOWN = 90  # characters of a summary on a line


def matrix_of(study: Study, themes: Sequence[str] = (), secret: bytes = b"") -> tuple[Base, Framework]:
    """What stands in the grid. themes: « rsa:R02 », or « R02 » where one codebook alone has it; none: every theme.

    Raises EnqueteError(CASE_THEME).
    """
    base = Base(gather(study, secret))
    with study.database() as db:
        knowing = known(study, db)
        written, from_what = pieces(db, PieceKind.CASE), bases(db)
    wanted = [theme_named(knowing, theme) for theme in themes]
    shown = themes_of(base, written, wanted)
    met = frozenset().union(*base.met.values()) if base.met else frozenset[str]()
    people = sorted(met, key=lambda code: (base.types.index(base.type_of_person(code)), len(code), code))
    columns = [one for one in shown if not wanted or one.field in wanted]
    return base, framework(base, people, columns, written, from_what)


def theme_named(knowing: Known, written: str) -> str:
    """« rsa:R02 ». Raises EnqueteError(CASE_THEME)."""
    try:
        return theme_checked(knowing, written)
    except FieldError as error:
        raise EnqueteError(Problem.CASE_THEME, why=str(error), exit_code=2) from None


def theme_checked(knowing: Known, written: str) -> str:
    """« rsa:R02 ». Raises FieldError."""
    found = checked(_THEMES, written, knowing)
    if not found or "," in found:
        raise FieldError("écrivez un thème, et un seul")
    return found


def person_named(db: sqlite3.Connection, written: str) -> str:
    """Their code. Raises EnqueteError(UNKNOWN_PARTICIPANT)."""
    code = code_of(db, written)
    if code is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written[:20])
    return code


def list_cases(study: Study) -> Iterator[str]:
    """A line a person: how many summaries are written, to write, or to read again since their passages changed."""
    _, matrix = matrix_of(study)
    if not matrix.people:
        yield "Personne n'a encore d'entretien : importez des entretiens."
        return
    for person in matrix.people:
        states = [matrix.state((person, theme.field)) for theme in matrix.themes]
        written = states.count(State.WRITTEN) + states.count(State.CHANGED)
        parts = [n("résumé", written)]
        if states.count(State.EMPTY):
            parts.append(f"{states.count(State.EMPTY)} à écrire")
        if states.count(State.CHANGED):
            parts.append(f"{states.count(State.CHANGED)} à relire, leurs passages ont changé")
        yield f"{person}  {', '.join(parts)}"


def show_case(study: Study, written: str, *, whole: bool) -> Iterator[str]:
    """What was written of a person, theme by theme. whole: with all that was ever said.

    Raises EnqueteError(UNKNOWN_PARTICIPANT).
    """
    with study.database() as db:
        code = person_named(db, written)
        said = history(db, PieceKind.CASE, code) if whole and any(p.code == code for p in pieces(db)) else []
    _, matrix = matrix_of(study)
    yield code
    told = {theme.field: matrix.written.get((code, theme.field), "") for theme in matrix.themes}
    for theme in matrix.themes:
        passages = len(matrix.said.get((code, theme.field), ()))
        state = matrix.state((code, theme.field))
        beside = f"{n('passage', passages) if passages else 'aucun passage'}"
        more = f", {state.value}" if state in (State.EMPTY, State.CHANGED) else ""
        if told[theme.field] or passages:
            yield f"  {theme.title} ({theme.field} ; {beside}{more})"
            yield from (f"    {line}" for line in told[theme.field].splitlines())
    if not any(told.values()):
        yield "  Aucun résumé n'est encore écrit."
    if said:
        yield "  Historique"
    for line in said:
        when = line.made_at[:16].replace("T", " ")
        yield f"    {when}, {line.author}, {line.field} : {short(line.body) or '(vidé)'}"


def write_summary(study: Study, written: str, theme: str, text: str, by: str) -> Iterator[str]:
    """Writes one summary, and gives lines to print; what it said before is kept.

    Raises EnqueteError: CODER_NAME, UNKNOWN_PARTICIPANT, CASE_THEME; what opening the vault does.
    """
    check_name(by)
    place = _place(study, written, theme)
    (words,) = masked_words(study, study.vault(), [normalised(text)])
    _, matrix = matrix_of(study, (place[1],))
    changed = keep(study, {place: words}, {place: matrix.basis(place)}, by)
    yield f"{place[0]}, {place[1]} : {'résumé enregistré' if changed else 'rien n’a changé'}."


def read_case_again(study: Study, written: str, themes: Sequence[str], by: str) -> Iterator[str]:
    """Somebody has read the passages again and the summaries stand; gives lines to print. No key is needed.

    themes: none for all that are to be read again. Raises EnqueteError: CODER_NAME, UNKNOWN_PARTICIPANT, CASE_THEME.
    """
    check_name(by)
    with study.database() as db:
        code = person_named(db, written)
    _, matrix = matrix_of(study, themes)
    places = [(code, theme.field) for theme in matrix.themes]
    changed = [place for place in places if matrix.state(place) is State.CHANGED]
    with study.database() as db, transaction(db):
        for place in changed:
            read_again(db, *place, matrix.basis(place))
        record(db, "cas relu", f"résumés={len(changed)}")
    yield f"{code} : {n('résumé relu', len(changed))}." if changed else f"{code} : aucun résumé n'était à relire."


def keep(study: Study, values: Mapping[Place, str], from_what: Mapping[Place, str], by: str) -> int:
    """Stores summaries, all or none; gives how many changed. from_what: what each was written from."""
    people: dict[str, dict[str, str]] = {}
    for (person, field), words in values.items():
        people.setdefault(person, {})[field] = words
    with study.database() as db, transaction(db):
        changed = 0
        for person, fields in people.items():
            read = {field: from_what.get((person, field), "") for field in fields}
            changed += len(say(db, PieceKind.CASE, add_piece(db, PieceKind.CASE, person), fields, by, read))
        record(db, "cas écrit", f"résumés={changed}")
    return changed


def short(text: str) -> str:
    """On one line, the end left out when it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN].rstrip()}…"


def _place(study: Study, written: str, theme: str) -> Place:
    with study.database() as db:
        return person_named(db, written), theme_named(known(study, db), theme)
