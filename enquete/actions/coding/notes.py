"""What coders wrote, for the team to read: interview sheets, memos, journals. No key: the words are pseudonymised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.actions.places import named, turn_at
from enquete.actions.study import Study
from enquete.coding.entries import SHEET_FIELDS, Entry, Kind, holding
from enquete.errors import EnqueteError, Problem
from enquete.store.codings import coders
from enquete.store.entries import all_entries
from enquete.store.interviews import Interview, interviews

FIELD_LABELS = dict(zip(SHEET_FIELDS, ("Contexte", "Trajectoire", "Tensions", "Impressions"), strict=True))
_WRITTEN = (Kind.SHEET, Kind.EVENT, Kind.MEMO, Kind.JOURNAL)
_QUOTED = 60  # characters of the passage that a memo is on


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a coder that hold. interview: « E001 », empty for the study; turn: from 1, None when on no passage."""

    coder: str
    interview: str
    turn: int | None
    label: str
    body: str
    order: tuple[int, int]
    kind: Kind

    def as_row(self) -> dict[str, object]:
        """For a program; turns count from 0 there."""
        turn = None if self.turn is None else self.turn - 1
        return {
            "codeur": self.coder,
            "entretien": self.interview or None,
            "tour": turn,
            "objet": self.label,
            "texte": self.body,
        }


def read_notes(study: Study, interview: str | None, coder: str | None) -> list[Note]:
    """All that coders wrote, the study's journal first, then by interview: its sheet, its events, its memos in the
    order of the text.

    Raises EnqueteError(UNKNOWN_INTERVIEW, UNKNOWN_CODER).
    """
    with study.database() as db:
        texts = {text.code: text for text in interviews(db)}
        wanted = named(texts.values(), interview).code if interview else None
        known = coders(db)
        if coder is not None and coder not in known:
            raise EnqueteError(Problem.UNKNOWN_CODER, name=coder, known=", ".join(known) or "aucun")
        layers = {one: holding(s.entry for s in all_entries(db, one)) for one in known if coder in (None, one)}
    notes = [
        _note(one, entry, texts)
        for one, entries in layers.items()
        for entry in entries
        if entry.kind in _WRITTEN and wanted in (None, entry.interview)
    ]
    return sorted(notes, key=lambda note: (note.interview, note.order, note.coder))


def _note(coder: str, entry: Entry, texts: Mapping[str, Interview]) -> Note:
    place, turn = entry.start or 0, None
    text = texts.get(entry.interview or "")
    label = _label(entry)
    if text is not None and entry.start is not None and entry.end is not None:
        turn = turn_at(text, entry.start)
        where = f"réponse à {text.asked}" if text.asked else f"tour {turn}"
        label = f"{where}, « {_shortened(text.text[entry.start : entry.end])} »"
    field = SHEET_FIELDS.index(entry.field) if entry.kind is Kind.SHEET else 0
    order = (_WRITTEN.index(entry.kind), field or place)
    return Note(coder, entry.interview or "", turn, label, entry.body, order, entry.kind)


def _label(entry: Entry) -> str:
    if entry.kind is Kind.SHEET:
        return FIELD_LABELS[entry.field]
    if entry.kind is Kind.EVENT:
        return f"Événement, {entry.title}" if entry.title else "Événement"
    if entry.kind is Kind.JOURNAL:
        return f"Journal, {entry.title}" if entry.title else "Journal"
    return f"Mémo sur le code {entry.code}" if entry.code and entry.start is None else "Mémo"


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED].rstrip()}…"


def note_lines(notes: Sequence[Note]) -> Iterator[str]:
    """Lines to print, under the interview that they are about."""
    if not notes:
        yield "Aucune note : ni fiche d'entretien, ni mémo, ni journal."
    last = None
    for note in notes:
        if note.interview != last:
            yield f"{'' if last is None else chr(10)}{note.interview or 'Étude'}"
            last = note.interview
        first, *others = note.body.splitlines() or [""]
        yield f"  {note.label} ({note.coder}) : {first}"
        yield from (f"    {line}" for line in others)
