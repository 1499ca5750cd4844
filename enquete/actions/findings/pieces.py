"""Pieces of writing on the command line: begun, shown, changed, given their quotations, dropped."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import Told, checked, field_named, known, masked, piece_named, place, texts_of
from enquete.actions.findings.types import placed_lines, type_lines
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.written.checking import FieldError
from enquete.findings.written.fields import FIELDS, NAMES
from enquete.findings.written.markdown import SIDES, Cited
from enquete.findings.written.people_told import counts_of_people
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, Form, PieceKind, Side
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.people import known_codes
from enquete.store.pieces import add_piece, choose, drop, forget_former, give_up, history, looked_at, pieces, say
from enquete.wording import capital, n

_SIDE_NAMES = {side: name for name, side in SIDES.items()}
_PERSON_CODE = re.compile(r"\bP\d{2,}\b")
_SHOWN = 90  # characters of a quotation in a list


@dataclass(frozen=True, slots=True)
class Change:
    """What the user types. fields: « label » -> words. by: code of who writes. forget: no former state is kept."""

    fields: Mapping[str, str]
    by: str
    forget: bool = False


def new_piece(study: Study, kind: PieceKind, change: Change) -> Iterator[str]:
    """Begins a piece, and gives lines to print.

    Raises EnqueteError: CODER_NAME, PIECE_FIELD, PIECE_VALUES; what opening the vault does.
    """
    check_name(change.by)
    values = _values(study, kind, change.fields)
    if not values.get("title"):
        raise EnqueteError(Problem.PIECE_UNTITLED, kind=capital(NAMES[kind]), exit_code=2)
    if any(one.name == "author" for one in FIELDS[kind]):
        values.setdefault("author", change.by)
    with study.database() as db, transaction(db):
        code = add_piece(db, kind)
        say(db, kind, code, values, change.by)
        record(db, f"{NAMES[kind]} nouveau", f"champs={len(values)}")
    yield f"{code} : {values['title']}"


def change_piece(study: Study, kind: PieceKind, written: str, change: Change) -> Iterator[str]:
    """Changes fields of a piece, and gives lines to print; what they said before is kept.

    Raises EnqueteError as `new_piece`, and PIECE_UNKNOWN.
    """
    check_name(change.by)
    with study.database() as db:
        code = piece_named(db, kind, written).code
    values = _values(study, kind, change.fields)
    with study.database() as db, transaction(db):
        changed = say(db, kind, code, values, change.by)
        if change.forget:
            forget_former(db, [code], values)
        record(db, f"{NAMES[kind]} modifié", f"champs={len(changed)}")
    yield f"{code} : {n('champ changé', len(changed))}." if changed else f"{code} : rien n'a changé."
    if change.forget:
        yield "Ce que ces champs disaient avant est effacé."


def _values(study: Study, kind: PieceKind, fields: Mapping[str, str]) -> dict[str, str]:
    named = {field_named(kind, label): words for label, words in fields.items()}
    with study.database() as db:
        knowing = known(study, db)
    values, faults = checked(kind, {one.name: words for one, words in named.items()}, knowing, {})
    if faults:
        raise EnqueteError(Problem.PIECE_VALUES, faults=told_faults(faults), exit_code=2)
    return masked(study, study.vault(), kind, values)


def told_faults(faults: Sequence[Told]) -> str:
    """A line each, by file and line."""
    return "".join(f"\n  {fault}" for fault in sorted(faults, key=_in_order))


def _in_order(fault: Told) -> tuple[str, int]:
    file, _, line = fault.place.partition(", ligne ")
    return file, int(line) if line.isdigit() else 0


def cite(study: Study, kind: PieceKind, written: str, cited: Cited, by: str) -> Iterator[str]:
    """Gives a piece a quotation, and gives lines to print. No key is needed.

    Raises EnqueteError: CODER_NAME, PIECE_UNKNOWN, PIECE_QUOTATION.
    """
    check_name(by)
    with study.database() as db, transaction(db):
        piece = piece_named(db, kind, written)
        try:
            placed = place(texts_of(db), cited)
        except FieldError as error:
            raise EnqueteError(Problem.PIECE_QUOTATION, why=str(error)) from None
        span = placed.span
        number = choose(db, kind, piece.code, placed.side, placed.interview, span.start, span.end, by)
        record(db, f"{NAMES[kind]} cité", "citations=1")
        now = next(e for e in piece_named(db, kind, piece.code).evidence if e.id == number)
    yield f"{piece.code}, citation n° {number} : {evidence_line(now)}"


def uncite(study: Study, kind: PieceKind, written: str, numbers: Sequence[int], by: str) -> Iterator[str]:
    """Takes quotations of a piece away, and gives lines to print. Raises EnqueteError: PIECE_UNKNOWN, PIECE_NUMBER."""
    code = _for_quotations(study, kind, written, numbers, by, give_up)
    yield f"{code} : {n('citation retirée', len(numbers))}."


def look_at(study: Study, kind: PieceKind, written: str, numbers: Sequence[int], by: str) -> Iterator[str]:
    """Somebody has looked at quotations that changed and keeps them. Raises EnqueteError as `uncite`."""
    code = _for_quotations(study, kind, written, numbers, by, looked_at)
    yield f"{code} : {n('citation revue', len(numbers), 'citations revues')}."


def _for_quotations(
    study: Study,
    kind: PieceKind,
    written: str,
    numbers: Sequence[int],
    by: str,
    do: Callable[[sqlite3.Connection, Sequence[int]], None],
) -> str:
    """Does this to quotations of a piece; gives its code."""
    check_name(by)
    with study.database() as db, transaction(db):
        piece = piece_named(db, kind, written)
        _refuse_others(piece, numbers)
        do(db, numbers)
        record(db, f"{NAMES[kind]} : citations", f"citations={len(numbers)}")
    return piece.code


def _refuse_others(piece: Piece, numbers: Sequence[int]) -> None:
    held = {one.id for one in piece.evidence}
    for number in numbers:
        if number not in held:
            known_ = ", ".join(map(str, sorted(held))) or "aucune"
            raise EnqueteError(Problem.PIECE_NUMBER, number=number, code=piece.code, known=known_)


def drop_piece(study: Study, kind: PieceKind, written: str, by: str) -> Iterator[str]:
    """It is shown no longer; its history stays. Raises EnqueteError(PIECE_UNKNOWN)."""
    check_name(by)
    with study.database() as db, transaction(db):
        code = piece_named(db, kind, written).code
        drop(db, kind, code)
        record(db, f"{NAMES[kind]} supprimé", "")
    yield f"{code} n'est plus montré ; ce qu'il disait est gardé, et son code ne sert plus."


# --- shown


def list_pieces(study: Study, kind: PieceKind) -> Iterator[str]:
    """One line a piece."""
    with study.database() as db:
        every = pieces(db, kind)
    if not every:
        yield f"Aucun {NAMES[kind]}." if kind is not PieceKind.RECOMMENDATION else "Aucune recommandation."
    for piece in every:
        parts = [piece.get("state"), *_counted(piece)]
        yield f"{piece.code}  {piece.get('title')}  ({', '.join(part for part in parts if part)})"
    if kind is PieceKind.TYPE and every:
        yield from placed_lines(study, every)


def _counted(piece: Piece) -> Iterator[str]:
    names = {one.name for one in FIELDS[piece.kind]}
    if "cases" in names:
        yield n("cas", len(piece.listed("cases")), "cas")
    for side, word in ((Side.SUPPORTS, "citation"), (Side.CONTRADICTS, "contre-exemple")):
        count = sum(one.side is side for one in piece.evidence)
        if count:
            yield n(word, count)
    touched = sum(one.touched for one in piece.evidence)
    if touched:
        yield f"{n('citation', touched)} à revoir : le texte ou le code a changé"


def show_piece(study: Study, kind: PieceKind, written: str, *, whole: bool) -> Iterator[str]:
    """Everything that a piece says. whole: with all it ever said. Raises EnqueteError(PIECE_UNKNOWN)."""
    with study.database() as db:
        piece = piece_named(db, kind, written)
        said = history(db, kind, piece.code) if whole else []
    yield f"{piece.code} : {piece.get('title')}"
    labels = {one.name: one.label for one in FIELDS[kind]}
    for one in FIELDS[kind]:
        words = piece.get(one.name)
        if words and one.name != "title" and one.form is not Form.TEXT:
            yield f"  {one.label} : {words}"
    for one in FIELDS[kind]:
        if one.form is Form.TEXT and piece.get(one.name):
            yield f"  {one.label}"
            yield from (f"    {line}" for line in piece.get(one.name).split("\n"))
    for side, name in _SIDE_NAMES.items():
        chosen = [one for one in piece.evidence if one.side is side]
        if chosen:
            yield f"  {name}"
            yield from (f"    n° {one.id}, {evidence_line(one)}" for one in chosen)
    if kind is PieceKind.TYPE:
        yield from type_lines(study, piece)
    if said:
        yield "  Historique"
        for line in said:
            words = " ".join(line.body.split())
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
            when = line.made_at[:16].replace("T", " ")
            yield f"    {when}, {line.author}, {labels[line.field]} : {shown or '(vidé)'}"


def evidence_line(one: Evidence) -> str:
    """« E003, tour 12 : « mots… » »."""
    words = " ".join(one.text.split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
    changed = " [à revoir : le texte ou le code a changé]" if one.touched else ""
    return f"{one.interview}, tour {one.turn + 1} : « {shown} »{changed}"


def piece_row(piece: Piece) -> dict[str, object]:
    """For a program: fields by label; turns count from 0."""
    labels = {one.name: one.label for one in FIELDS[piece.kind]}
    return {
        "code": piece.code,
        **{labels[name]: words for name, words in piece.fields.items() if name in labels},
        "citations": [
            {
                "numero": one.id,
                "sens": _SIDE_NAMES[one.side],
                "entretien": one.interview,
                "debut": one.start,
                "fin": one.end,
                "tour": one.turn,
                "change": one.touched,
            }
            for one in piece.evidence
        ],
    }


def verify(study: Study, kind: PieceKind) -> tuple[list[str], bool]:
    """What is worth a look in pieces of a kind, as lines; whether there is nothing that stops them from being shown."""
    with study.database() as db:
        every = pieces(db, kind)
        heard = {text.code: text.participants for text in interviews(db)}
        gone = {piece.code: _gone(db, piece) for piece in every}
    lines = [f"{piece.code} : {remark}" for piece in every for remark in remarks_on(piece, heard, gone[piece.code])]
    return lines or ["Rien à signaler."], not any(one.touched for piece in every for one in piece.evidence)


def _gone(db: sqlite3.Connection, piece: Piece) -> list[str]:
    """Codes of people that a piece still writes, and that nobody of the study bears."""
    said = {one.field: one.body for one in history(db, piece.kind, piece.code)}
    written = [code for body in said.values() for code in _PERSON_CODE.findall(body)]
    bearers = known_codes(db)
    return [code for code in dict.fromkeys(written) if code not in bearers]


def remarks_on(piece: Piece, heard: Mapping[str, Sequence[str]], gone: Sequence[str]) -> Iterator[str]:
    """What its author may want to know; never a verdict. heard: interview -> codes of its people; gone: of those whom
    the piece names and that the study holds no longer.
    """
    if gone:
        verb = "n'est plus" if len(gone) < 2 else "ne sont plus"
        yield f"{', '.join(gone)} {verb} dans l'étude, mais encore dans ce texte : relisez-le"
    touched = [one for one in piece.evidence if one.touched]
    if touched:
        numbers = ", ".join(f"n° {one.id}" for one in touched)
        yield f"{n('citation', len(touched))} à revoir, le texte ou le code a changé depuis ({numbers})"
    for told in counts_of_people(piece):
        yield f"des personnes y sont comptées, et rien ne le masque en diffusion. {told}"
    if piece.kind is not PieceKind.FINDING:
        return
    if not any(one.side is Side.SUPPORTS for one in piece.evidence):
        yield "aucune citation à l'appui"
    elif not any(one.side is Side.CONTRADICTS for one in piece.evidence):
        yield "aucun contre-exemple noté : a-t-on cherché qui dit le contraire ?"
    if not piece.listed("cases"):
        yield "aucun cas noté"
    quoted = {code for one in piece.evidence for code in heard.get(one.interview, ())}
    silent = [code for code in piece.listed("cases") if code not in quoted]
    if silent and piece.evidence:
        yield f"sans citation : {', '.join(silent)}"
