"""What every command on pieces needs: what lists may name, passages found by their words, words masked, values kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.findings.words import masked_words
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.written.checking import FieldError, Known, normalised
from enquete.findings.written.fields import FIELDS, NAMES
from enquete.findings.written.markdown import Cited
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Field, Form, PieceKind, Side
from enquete.model import Span
from enquete.store.interviews import Interview, interviews
from enquete.store.people import known_codes
from enquete.store.pieces import pieces
from enquete.tables import folded
from enquete.vault import Vault
from enquete.wording import capital

TYPED = (Form.LINE, Form.TEXT, Form.LIST)  # the forms whose words may name somebody; codes and choices are checked


@dataclass(frozen=True, slots=True)
class Told:
    """A fault of something written. place: « ligne 12 », « colonne « État » »."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place} : {self.message}" if self.place else self.message


def known(study: Study, db: sqlite3.Connection) -> Known:
    """What lists may name in this study."""
    books = load_codebooks([], study.folder)
    themes = [f"{book.id}:{code.id}" for book in books for code in book.codes]
    findings = [piece.code for piece in pieces(db, PieceKind.FINDING)]
    return Known(known_codes(db), findings, themes)


def checked(
    kind: PieceKind, written: Mapping[str, str], knowing: Known, places: Mapping[str, str]
) -> tuple[dict[str, str], list[Told]]:
    """Values as they are kept, and what is wrong. written: by name of field; places: where each stands."""
    by_name = {one.name: one for one in FIELDS[kind]}
    values: dict[str, str] = {}
    faults: list[Told] = []
    for name, text in written.items():
        try:
            values[name] = normalised(by_name[name], text, knowing)
        except FieldError as error:
            faults.append(Told(places.get(name, ""), f"« {by_name[name].label} » : {error}"))
    return values, faults


def masked(study: Study, vault: Vault, kind: PieceKind, values: Mapping[str, str]) -> dict[str, str]:
    """The same, names and numbers masked in what was typed."""
    forms = {one.name: one.form for one in FIELDS[kind]}
    typed = [name for name in values if forms.get(name, Form.TEXT) in TYPED]
    told = masked_words(study, vault, [values[name] for name in typed])
    return {**values, **dict(zip(typed, told, strict=True))}


def field_named(kind: PieceKind, written: str) -> Field:
    """By its label on screen. Raises EnqueteError(PIECE_FIELD)."""
    found = next((one for one in FIELDS[kind] if folded(one.label) == folded(written)), None)
    if found is None:
        labels = ", ".join(one.label for one in FIELDS[kind])
        raise EnqueteError(Problem.PIECE_FIELD, name=written[:40], kind=NAMES[kind], known=labels, exit_code=2)
    return found


def piece_named(db: sqlite3.Connection, kind: PieceKind, written: str) -> Piece:
    """By its code, « c1 » or « C01 ». Raises EnqueteError(PIECE_UNKNOWN)."""
    every = pieces(db, kind)
    wanted = _number(written)
    found = next((one for one in every if _number(one.code) == wanted), None)
    if found is None:
        held = ", ".join(one.code for one in every) or "aucun"
        raise EnqueteError(Problem.PIECE_UNKNOWN, code=written[:20], kind=capital(NAMES[kind]), known=held)
    return found


def _number(code: str) -> tuple[str, str]:
    letters = "".join(c for c in code if c.isalpha()).casefold()
    return letters, "".join(c for c in code if c.isdigit()).lstrip("0")


@dataclass(frozen=True, slots=True)
class Placed:
    """A quotation found in its text."""

    side: Side
    interview: str
    span: Span


def place(texts: Sequence[Interview], cited: Cited) -> Placed:
    """Where the words stand. Raises FieldError, a French sentence without them."""
    text = next((one for one in texts if one.code == cited.interview), None)
    if text is None:
        raise FieldError(f"l'entretien {cited.interview} n'est pas dans l'étude")
    if not 1 <= cited.turn <= len(text.turns):
        raise FieldError(f"{cited.interview} a {len(text.turns)} tours, pas de tour {cited.turn}")
    turn = text.turns[cited.turn - 1]
    span = _found(text.text[turn.start : turn.end], cited.words)
    if span is None:
        raise FieldError(f"ces mots ne sont pas dans le tour {cited.turn} de {cited.interview}")
    return Placed(cited.side, cited.interview, Span(turn.start + span.start, turn.start + span.end))


def _found(said: str, words: str) -> Span | None:
    """The words in what was said, whatever the spaces, the kinds of signs and case; all of it for none."""
    if not words:
        return Span(0, len(said))
    plain, places = _plain(said)
    wanted, _ = _plain(words)
    at = plain.find(wanted) if wanted else -1
    if at < 0:
        return None
    before, after = (_signs(line) for line in (words, words[::-1]))
    start, end = places[at], places[at + len(wanted) - 1] + 1
    return Span(start - _reach(said[:start][::-1], before), end + _reach(said[end:], after))


def _signs(words: str) -> int:
    """How many signs stand before the first letter."""
    first = next((place for place, character in enumerate(words) if character.isalnum()), 0)
    return sum(not character.isspace() for character in words[:first])


def _reach(said: str, signs: int) -> int:
    """How far the signs go at the beginning of what was said: as many at most."""
    reached = 0
    for place, character in enumerate(said):
        if character.isalnum() or not signs:
            break
        if not character.isspace():
            reached, signs = place + 1, signs - 1
    return reached


def _plain(text: str) -> tuple[str, list[int]]:
    """Letters and figures, one space between words; and the position of each in the text."""
    kept: list[str] = []
    places: list[int] = []
    for position, character in enumerate(text):
        letter = character.casefold() if character.isalnum() else " "
        if letter == " " and (not kept or kept[-1] == " "):
            continue
        kept.append(letter[:1])
        places.append(position)
    plain = "".join(kept)
    return plain.rstrip(), places


def texts_of(db: sqlite3.Connection) -> list[Interview]:
    """Interviews and answers, with their current words."""
    return list(interviews(db))
