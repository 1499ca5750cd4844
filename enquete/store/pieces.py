"""What people write of what they read: pieces, field by field, with every former state; quotations chosen for them."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from enquete.findings.written.fields import FIELDS
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PREFIXES, Evidence, Form, PieceKind, Side
from enquete.model import Span
from enquete.store.interviews import now, participant_id


class Statement(NamedTuple):
    """What somebody said in a field, once. made_at: UTC, to the second."""

    field: str
    body: str
    author: str
    made_at: str


def pieces(db: sqlite3.Connection, kind: PieceKind | None = None) -> list[Piece]:
    """Those that are not dropped, by kind and code, as they stand. Codes of people and pieces that the study holds no
    longer are left out of their lists.
    """
    rows = db.execute(
        "SELECT id, code, kind FROM piece WHERE dropped_at IS NULL AND (? IS NULL OR kind = ?) "
        "ORDER BY kind, length(code), code",
        (kind, kind),
    ).fetchall()
    said: dict[int, dict[str, str]] = defaultdict(dict)
    for row in db.execute("SELECT piece_id, field, body FROM statement ORDER BY id"):
        said[row["piece_id"]][row["field"]] = row["body"]
    chosen = _evidence(db)
    known = _Known(db)
    return [
        Piece(
            row["code"],
            PieceKind(row["kind"]),
            known.fields(PieceKind(row["kind"]), said[row["id"]]),
            tuple(chosen.get(row["id"], ())),
        )
        for row in rows
    ]


class _Known:
    """The codes that a list may name: people (by each of their codes) and pieces."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._people = {row["code"]: row["code"] for row in db.execute("SELECT code FROM participant")}
        others = "SELECT o.code, p.code AS now FROM other_code o JOIN participant p ON p.id = o.participant_id"
        self._people |= {row["code"]: row["now"] for row in db.execute(others)}
        self._pieces = {
            row["code"]: row["code"] for row in db.execute("SELECT code FROM piece WHERE dropped_at IS NULL")
        }

    def fields(self, kind: PieceKind, said: Mapping[str, str]) -> dict[str, str]:
        forms = {one.name: one.form for one in FIELDS[kind]}
        shown = {name: self._field(forms.get(name, Form.TEXT), body) for name, body in said.items()}
        return {name: body for name, body in shown.items() if body}

    def _field(self, form: Form, body: str) -> str:
        if form not in (Form.PEOPLE, Form.PIECES):
            return body
        known = self._people if form is Form.PEOPLE else self._pieces
        codes = (known.get(part.strip()) for part in body.split(","))
        return ", ".join(dict.fromkeys(code for code in codes if code))


def _evidence(db: sqlite3.Connection) -> dict[int, list[Evidence]]:
    """By piece, in the order in which they were chosen."""
    rows = db.execute(
        "SELECT e.*, r.text, i.code AS interview, (SELECT max(t.position) FROM turn t WHERE t.revision_id = r.id "
        "AND t.start <= e.start) AS turn FROM evidence e JOIN revision r ON r.id = e.revision_id "
        "JOIN interview i ON i.id = r.interview_id WHERE r.text IS NOT NULL ORDER BY e.id"
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        found[row["piece_id"]].append(
            Evidence(
                row["id"], Side(row["side"]), row["interview"], row["start"], row["end"], row["codebook"], row["code"],
                bool(row["touched"]), row["text"][row["start"] : row["end"]], row["turn"] or 0,
            )
        )  # fmt: skip
    return found


def add_piece(db: sqlite3.Connection, kind: PieceKind, participant: str | None = None, wanted: str = "") -> str:
    """A new piece; gives its code, never given before. participant: whose a case is; one that is there is kept.
    wanted: the code that it is to have.
    """
    if kind is PieceKind.CASE:
        db.execute(
            "INSERT OR IGNORE INTO piece (code, kind, participant_id, made_at) VALUES (?, ?, ?, ?)",
            (participant, kind, participant_id(db, str(participant)), now()),
        )
        return str(participant)
    prefix = PREFIXES[kind]
    row = db.execute(
        "SELECT max(CAST(substr(code, ?) AS INTEGER)) FROM piece WHERE kind = ?", (len(prefix) + 1, kind)
    ).fetchone()
    code = wanted or f"{prefix}{(row[0] or 0) + 1:02}"
    db.execute("INSERT INTO piece (code, kind, made_at) VALUES (?, ?, ?)", (code, kind, now()))
    return code


def was_given(db: sqlite3.Connection, kind: PieceKind, code: str) -> bool:
    """Whether a piece has, or had, this code."""
    return db.execute("SELECT 1 FROM piece WHERE kind = ? AND code = ?", (kind, code)).fetchone() is not None


def say(
    db: sqlite3.Connection,
    kind: PieceKind,
    code: str,
    values: Mapping[str, str],
    author: str,
    bases: Mapping[str, str] | None = None,
) -> list[str]:
    """Adds what differs from what the fields say now; gives their names. bases: what each was written from.

    Raises KeyError for an unknown piece.
    """
    row = piece_row(db, kind, code)
    current = {
        one["field"]: one["body"]
        for one in db.execute("SELECT field, body FROM statement WHERE piece_id = ? ORDER BY id", (row,))
    }
    changed = [name for name, body in values.items() if body != current.get(name, "")]
    db.executemany(
        "INSERT INTO statement (piece_id, field, body, author, made_at, basis) VALUES (?, ?, ?, ?, ?, ?)",
        [(row, name, values[name], author, now(), (bases or {}).get(name, "")) for name in changed],
    )
    return changed


def bases(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """(code, field) -> what the summaries of cases, as they stand, were written from; "" where that is not known."""
    rows = db.execute(
        "SELECT p.code, s.field, s.basis FROM statement s JOIN piece p ON p.id = s.piece_id "
        "WHERE p.kind = ? AND p.dropped_at IS NULL ORDER BY s.id",
        (PieceKind.CASE,),
    )
    return {(row["code"], row["field"]): row["basis"] for row in rows}


def read_again(db: sqlite3.Connection, code: str, field: str, basis: str) -> None:
    """Somebody has looked at the passages of a case since, and its summary stands. Raises KeyError."""
    db.execute(
        "UPDATE statement SET basis = ? WHERE id = (SELECT max(id) FROM statement WHERE piece_id = ? AND field = ?)",
        (basis, piece_row(db, PieceKind.CASE, code), field),
    )


def history(db: sqlite3.Connection, kind: PieceKind, code: str) -> list[Statement]:
    """All that its fields ever said, oldest first. Raises KeyError for an unknown piece."""
    rows = db.execute(
        "SELECT field, body, author, made_at FROM statement WHERE piece_id = ? ORDER BY id",
        (piece_row(db, kind, code),),
    )
    return [Statement(*row) for row in rows]


def drop(db: sqlite3.Connection, kind: PieceKind, code: str) -> None:
    """It is shown no longer; what it said stays. Raises KeyError for an unknown piece."""
    db.execute("UPDATE piece SET dropped_at = ? WHERE id = ?", (now(), piece_row(db, kind, code)))


def piece_row(db: sqlite3.Connection, kind: PieceKind, code: str) -> int:
    """Raises KeyError for a piece that the study does not hold, or that was dropped."""
    row = db.execute("SELECT id FROM piece WHERE kind = ? AND code = ? AND dropped_at IS NULL", (kind, code)).fetchone()
    if row is None:
        raise KeyError(code)
    return int(row["id"])


def choose(
    db: sqlite3.Connection,
    kind: PieceKind,
    code: str,
    side: Side,
    interview: str,
    start: int,
    end: int,
    author: str,
    under: tuple[str, str] = ("", ""),
) -> int:
    """Text[start:end] of an interview's current revision, for a piece; gives its number, that of the same one chosen
    before on this side. under: codebook and code.

    Raises KeyError for an unknown piece or interview.
    """
    row, revision = piece_row(db, kind, code), _revision(db, interview)
    same = db.execute(
        'SELECT id FROM evidence WHERE piece_id = ? AND side = ? AND revision_id = ? AND start = ? AND "end" = ?',
        (row, side, revision, start, end),
    ).fetchone()
    if same is not None:
        return int(same["id"])
    made = db.execute(
        'INSERT INTO evidence (piece_id, side, revision_id, start, "end", codebook, code, chosen_by, made_at) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row, side, revision, start, end, *under, author, now()),
    )
    return int(made.lastrowid or 0)


def give_up(db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """These quotations are no longer chosen."""
    db.executemany("DELETE FROM evidence WHERE id = ?", [(number,) for number in numbers])


def looked_at(db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Somebody has looked at these quotations since they changed, and keeps them."""
    db.executemany("UPDATE evidence SET touched = 0 WHERE id = ?", [(number,) for number in numbers])


def _revision(db: sqlite3.Connection, interview: str) -> int:
    row = db.execute(
        "SELECT r.id FROM revision r JOIN interview i ON i.id = r.interview_id WHERE i.code = ? AND r.text IS NOT NULL",
        (interview,),
    ).fetchone()
    if row is None:
        raise KeyError(interview)
    return int(row["id"])


def depart(db: sqlite3.Connection, uid: str, kind: str, audience: str, body: bytes) -> None:
    """A file that may come back left, saying this."""
    db.execute("INSERT OR REPLACE INTO departure VALUES (?, ?, ?, ?, ?)", (uid, kind, audience, body, now()))


def departed(db: sqlite3.Connection, uid: str) -> bytes | None:
    """What a file said when it left; None for a mark that this study did not give."""
    row = db.execute("SELECT body FROM departure WHERE uid = ?", (uid,)).fetchone()
    return None if row is None else bytes(row["body"])


def forget_departure(db: sqlite3.Connection, uid: str) -> None:
    """This file comes back no more."""
    db.execute("DELETE FROM departure WHERE uid = ?", (uid,))


def departures(db: sqlite3.Connection) -> list[tuple[str, bytes]]:
    """(mark, body) of all the files that may come back."""
    return [(row["uid"], bytes(row["body"])) for row in db.execute("SELECT uid, body FROM departure ORDER BY uid")]


def set_departure(db: sqlite3.Connection, uid: str, body: bytes) -> None:
    """It said this in other words: a name was masked."""
    db.execute("UPDATE departure SET body = ? WHERE uid = ?", (body, uid))


# --- what follows texts, codes and people


class Said(NamedTuple):
    """Words that somebody wrote, with the row that holds them. table: « statement » or « remark »."""

    table: str
    id: int
    body: str


def said_words(db: sqlite3.Connection) -> list[Said]:
    """All that people wrote in pieces and of passages, former states too."""
    return [
        Said(table, row["id"], row["body"])
        for table in ("statement", "remark")
        for row in db.execute(f"SELECT id, body FROM {table} WHERE body <> '' ORDER BY id")  # noqa: S608
    ]


def set_said(db: sqlite3.Connection, said: Said, body: str) -> None:
    """Says it in other words: a name was masked."""
    db.execute(f"UPDATE {said.table} SET body = ? WHERE id = ?", (body, said.id))  # noqa: S608
    if said.table == "remark":  # other words than those that somebody signed
        db.execute("UPDATE remark SET signer = '' WHERE id = ?", (said.id,))


def theme_renamed(db: sqlite3.Connection, old: str, new: str) -> None:
    """What pieces say of a theme (« rsa:R07 ») is said of the one that stands for it now."""
    for row in db.execute("SELECT id, body FROM statement WHERE field = 'themes'").fetchall():
        parts = [new if part.strip() == old else part.strip() for part in row["body"].split(",")]
        body = ", ".join(dict.fromkeys(parts))
        if body != row["body"]:
            db.execute("UPDATE statement SET body = ? WHERE id = ?", (body, row["id"]))
    db.execute("UPDATE statement SET field = ? WHERE field = ?", (new, old))  # a summary, under its theme


def naming(db: sqlite3.Connection, person: str, interviews: Collection[str]) -> list[str]:
    """Codes of the pieces that name a person by their code, or quote these interviews."""
    pattern = re.compile(rf"\b{re.escape(person)}\b")
    found = []
    for piece in pieces(db):
        named = any(pattern.search(text) for text in piece.fields.values())
        if piece.code != person and (named or any(one.interview in interviews for one in piece.evidence)):
            found.append(piece.code)
    return found


def forget_former(db: sqlite3.Connection, codes: Collection[str], fields: Collection[str] | None = None) -> None:
    """What these fields (all by default) of these pieces said before what they say now is kept no longer."""
    rows = db.execute(
        "SELECT s.id, s.field, p.code FROM statement s JOIN piece p ON p.id = s.piece_id WHERE EXISTS "
        "(SELECT 1 FROM statement l WHERE l.piece_id = s.piece_id AND l.field = s.field AND l.id > s.id)"
    ).fetchall()
    gone = [row["id"] for row in rows if row["code"] in codes and (fields is None or row["field"] in fields)]
    db.executemany("DELETE FROM statement WHERE id = ?", [(one,) for one in gone])


def forget_dropped(db: sqlite3.Connection, person: str, interviews: Collection[str]) -> None:
    """What pieces that are shown no longer said, where they name a person by their code or quote these interviews."""
    pattern = re.compile(rf"\b{re.escape(person)}\b")
    chosen = _evidence(db)
    for row in db.execute("SELECT id FROM piece WHERE dropped_at IS NOT NULL").fetchall():
        said = db.execute("SELECT body FROM statement WHERE piece_id = ?", (row["id"],)).fetchall()
        quoted = any(one.interview in interviews for one in chosen.get(row["id"], ()))
        if quoted or any(pattern.search(one["body"]) for one in said):
            db.execute("DELETE FROM statement WHERE piece_id = ?", (row["id"],))


def take_off_quoted(db: sqlite3.Connection, revision: int, gone: Sequence[Span]) -> None:
    """Quotations and remarks that touch words about to go, in a current text, go too."""
    for table in ("evidence", "remark"):
        rows = db.execute(f'SELECT id, start, "end" FROM {table} WHERE revision_id = ?', (revision,)).fetchall()  # noqa: S608
        touched = [row["id"] for row in rows if any(span.overlaps(Span(row["start"], row["end"])) for span in gone)]
        db.executemany(f"DELETE FROM {table} WHERE id = ?", [(row,) for row in touched])  # noqa: S608


def quoting(db: sqlite3.Connection, interview: str) -> list[str]:
    """Codes of the pieces that quote an interview."""
    return [piece.code for piece in pieces(db) if any(one.interview == interview for one in piece.evidence)]


def forget_departures(db: sqlite3.Connection) -> None:
    """Workbooks that left say what a person withdrew: what they said is kept no longer, and they come back no more."""
    db.execute("DELETE FROM departure WHERE kind <> 'markdown'")


def merge_cases(db: sqlite3.Connection, old: int, new: int, code: str) -> None:
    """Two people are one (rows of `participant`; code: of the one that stays): so are their summaries.

    Where both say something of a theme, both stand, one after the other.
    """
    first, second = (
        db.execute("SELECT id FROM piece WHERE participant_id = ?", (person,)).fetchone() for person in (new, old)
    )
    if second is None:
        return
    if first is None:
        db.execute("UPDATE piece SET participant_id = ?, code = ? WHERE id = ?", (new, code, second["id"]))
        return
    latest = "SELECT field, body, author FROM statement WHERE piece_id = ? AND body <> '' ORDER BY id"
    here = {row["field"]: row["body"] for row in db.execute(latest, (first["id"],))}
    there = {row["field"]: row for row in db.execute(latest, (second["id"],))}
    for field, row in there.items():
        body = f"{here[field]}\n\n{row['body']}" if here.get(field) else row["body"]
        db.execute(
            "INSERT INTO statement (piece_id, field, body, author, made_at) VALUES (?, ?, ?, ?, ?)",
            (first["id"], field, body, row["author"], now()),
        )
    db.execute("DELETE FROM piece WHERE id = ?", (second["id"],))
