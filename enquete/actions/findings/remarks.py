"""What people say of a passage without coding it: the words that stand for its own, comments."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import place
from enquete.actions.findings.quotations import Desk, desk_of
from enquete.actions.findings.words import masked_words
from enquete.actions.outputs.signing import may_stand, spoken
from enquete.actions.study import Study
from enquete.disclosure.quotations import Runs
from enquete.disclosure.split import Split
from enquete.errors import EnqueteError, Problem
from enquete.findings.choosing import Place
from enquete.findings.counting import merge
from enquete.findings.material import Flag
from enquete.findings.quotations import flagged
from enquete.findings.written.checking import FieldError
from enquete.findings.written.markdown import Cited
from enquete.findings.written.types import Remark, RemarkKind, Side
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.remarks import drop_remark, note_remark, remarks
from enquete.tables import Row, Table, find_column, read_table
from enquete.wording import n

RUN = 6  # words in a row that outputs refuse where they are to be said otherwise
_TURN = re.compile(r"\s*(\w+)\s*:\s*(\d+)\s*")
_COLUMNS = {
    "l'entretien": ("entretien", "code de l'entretien"),
    "le tour": ("tour", "n° du tour", "numéro du tour", "tour de parole"),
    "la paraphrase": ("paraphrase", "en d'autres mots"),
}
_WORDS = ("citation", "mots", "passage", "extrait")


def passage_named(desk: Desk, written: str, words: str) -> Place:
    """« 12 », the number of a passage; « E003:12 », a turn, or these words of it.

    Raises EnqueteError: QUOTATION_NUMBER, QUOTATION_PLACE, PIECE_QUOTATION.
    """
    turn = _TURN.fullmatch(written)
    if turn is None and not written.strip().isdecimal():
        raise EnqueteError(Problem.QUOTATION_PLACE, written=written[:20], exit_code=2)
    if turn is None:
        found = desk.places.get(int(written))
        if found is None:
            raise EnqueteError(Problem.QUOTATION_NUMBER, number=written[:20])
        return found
    try:
        placed = place(list(desk.texts.values()), Cited(Side.SUPPORTS, turn[1].upper(), int(turn[2]), words))
    except FieldError as error:
        raise EnqueteError(Problem.PIECE_QUOTATION, why=str(error)) from None
    return placed.interview, placed.span.start, placed.span.end


@dataclass(frozen=True, slots=True)
class PassageText:
    """What somebody writes of a passage. where: as `passage_named` reads it; words: part of a turn; by: who writes."""

    where: str
    text: str
    by: str
    words: str = ""


# --- the words that stand for those of a passage


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paraphrase as it is kept. number: 0 for none. before: those whose place it takes. same: it was there."""

    number: int
    before: tuple[Remark, ...]
    same: bool = False


def paraphrase(study: Study, written: PassageText) -> Iterator[str]:
    """The words that stand for a passage; gives lines to print. No text: it has none any longer.

    Raises EnqueteError: CODER_NAME, PARAPHRASE_SAME, as `passage_named`; what opening the vault does.
    """
    check_name(written.by)
    desk = desk_of(study)
    where = passage_named(desk, written.where, written.words)
    (text,) = _masked(study, written.text)
    with study.database() as db, transaction(db):
        kept = _keep(db, desk, where, text, written.by)
    yield from _replaced(kept)
    if not text:
        yield "Ce passage n'a plus de paraphrase." if kept.before else "Ce passage n'avait pas de paraphrase."
        return
    yield f"par{kept.number} : « {text} »" + (" (déjà écrite, rien n'est changé)" if kept.same else "")
    yield from _use(desk, where, kept.number)


def import_paraphrases(study: Study, path: Path, by: str) -> tuple[list[str], bool]:
    """A table « entretien, tour, citation, paraphrase »: lines to print, whether every row is taken in.

    « citation » holds words of the turn, none for the whole turn. A row that says what the study says changes nothing;
    one without a paraphrase neither. Raises EnqueteError: CODER_NAME, TABLE_NO_COLUMN, as `read_table`; what opening
    the vault does.
    """
    check_name(by)
    table = read_table(path)
    rows = [row for row in _rows(table) if row[-1]]
    desk = desk_of(study)
    texts = _masked(study, *(text for *_, text in rows))
    lines: list[str] = []
    faults: list[str] = []
    new = there = 0
    with study.database() as db, transaction(db):
        for (row, interview, turn, words, _), text in zip(rows, texts, strict=True):
            try:
                where = passage_named(desk, f"{interview}:{turn}", words)
                kept = _keep(db, desk, where, text, by)
            except EnqueteError as error:
                faults.append(f"{table.source}, ligne {row.number} : {error}")
                continue
            there, new = there + kept.same, new + (not kept.same)
            lines += [f"{interview}, tour {turn} : {line}" for line in (*_replaced(kept), *_unread(desk, where))]
    lines.append(
        f"{n('paraphrase enregistrée', new)}, {there} déjà là." if there else f"{n('paraphrase enregistrée', new)}."
    )
    if empty := len(table.rows) - len(rows):
        lines.append(f"{n('ligne', empty)} sans paraphrase : rien n'y change.")
    if new:
        lines.append("Le groupe-projet les lit ; pour la diffusion, « enquete signer » les montre.")
    return [*lines, *faults], not faults


def _rows(table: Table) -> Iterator[tuple[Row, str, str, str, str]]:
    """Each row with its interview, turn, words and paraphrase. Raises EnqueteError(TABLE_NO_COLUMN)."""
    found = {wanted: find_column(table.columns, names) for wanted, names in _COLUMNS.items()}
    for wanted, column in found.items():
        if column is None:
            names = ", ".join(_COLUMNS[wanted])
            raise EnqueteError(Problem.TABLE_NO_COLUMN, where=table.source, wanted=wanted, names=names)
    interview, turn, text = (str(column) for column in found.values())
    words = find_column(table.columns, _WORDS)
    for row in table.rows:
        cells = row.cells
        yield row, cells[interview], cells[turn], cells[words] if words else "", " ".join(cells[text].split())


def _masked(study: Study, *texts: str) -> list[str]:
    """Names and numbers masked; the vault is opened only where something is written."""
    words = [" ".join(text.split()) for text in texts]
    return masked_words(study, study.vault(), words) if any(words) else words


def _keep(db: sqlite3.Connection, desk: Desk, where: Place, text: str, by: str) -> _Kept:
    """In the transaction of the caller. Raises EnqueteError(PARAPHRASE_SAME)."""
    if text:
        _refuse_same_words(desk, text, where)
    held = [one for one in remarks(db) if one.kind is RemarkKind.PARAPHRASE and _shares(one, where)]
    same = next((one for one in held if (one.interview, one.start, one.end, one.body) == (*where, text)), None)
    if same and len(held) == 1 and not same.touched:
        return _Kept(same.id, (), same=True)
    for one in held:
        drop_remark(db, one.id)
    number = note_remark(db, RemarkKind.PARAPHRASE, *where, text, by) if text else 0
    record(db, "paraphrase", f"textes={int(bool(text))}")
    return _Kept(number, tuple(held))


def _replaced(kept: _Kept) -> Iterator[str]:
    for one in kept.before:
        signed = f", signée par {one.signer}" if one.signer else ""
        yield f"Celle d'avant, de {one.author}{signed}, n'a plus cours : « {one.body} »"


def _shares(one: Remark, where: Place) -> bool:
    interview, start, end = where
    return one.interview == interview and one.start < end and start < one.end


def _refuse_same_words(desk: Desk, text: str, where: Place) -> None:
    """Outputs would refuse six words in a row of what is not to be read, here or elsewhere in the interview."""
    interview, start, end = where
    kept = [one.text for one in flagged(desk.base).get(interview, ()) if one.flag is not Flag.CITE]
    if any(Runs("", RUN, [desk.texts[interview].text[start:end], *kept]).find(Split([text]))):
        raise EnqueteError(Problem.PARAPHRASE_SAME, count=RUN)


def _use(desk: Desk, where: Place, number: int) -> Iterator[str]:
    """Who will read it."""
    unread = list(_unread(desk, where))
    yield from unread
    if not unread:
        yield f'Le groupe-projet la lira. Pour la diffusion : enquete signer par{number} --par "Votre nom".'


def _unread(desk: Desk, where: Place) -> Iterator[str]:
    """Why a paraphrase is of no use outside the team; nothing for one that is."""
    interview, start, end = where
    if interview not in desk.base.interviews:
        yield "Elle ne paraîtra pas : la personne ne participe plus."
        return
    (extract,) = merge([spoken(desk.base, desk.texts[interview], start, end)])
    if not may_stand(desk.base, extract, flagged(desk.base)):
        yield "Elle ne paraîtra pas : passage sans marque « à paraphraser », ou faute d'accord de la personne."


# --- comments


def comment(study: Study, written: PassageText) -> Iterator[str]:
    """What somebody says of a passage; gives lines to print.

    Raises EnqueteError: CODER_NAME, REMARK_EMPTY, as `passage_named`; what opening the vault does.
    """
    check_name(written.by)
    desk = desk_of(study)
    where = passage_named(desk, written.where, written.words)
    (text,) = _masked(study, written.text)
    if not text:
        raise EnqueteError(Problem.REMARK_EMPTY, exit_code=2)
    with study.database() as db, transaction(db):
        note_remark(db, RemarkKind.COMMENT, *where, text, written.by)
        record(db, "commentaire", "textes=1")
    yield f"Commentaire enregistré ({where[0]}) : « {text} »"
    interview, start, end = where
    if not any(p.interview == interview and p.start <= start and end <= p.end for p in desk.base.passages):
        yield "« Verbatims » ne le montrera pas : aucun passage codé ne contient tous ces mots (voir « --mots »)."
