"""A study made before coding pages existed is brought up to date with all that it holds."""

import sqlite3
from contextlib import closing

from enquete.findings.written.types import PieceKind, Side
from enquete.model import Suggestion
from enquete.store import codings, database
from enquete.store.entries import entries
from enquete.store.pieces import add_piece, choose, pieces, say

BEFORE = """
INSERT INTO interview (id, code, wave, kind) VALUES (1, 'E001', 'v1', 'recorded'), (2, 'E002', 'v1', 'recorded');
INSERT INTO revision (id, uid, source, interview_id, text, digest, edits, reason, made_at)
    VALUES (1, 'u1', '', 1, 'Ils m''ont coupé la moitié pendant deux mois.', '', '[]', 'import', ''),
           (2, 'u2', '', 2, 'Rien à dire.', '', '[]', 'import', '');
INSERT INTO coder (id, code) VALUES (1, 'lea'), (2, 'max');
INSERT INTO suggestion (id, revision_id, start, "end", codebook, code, score, origin)
    VALUES (7, 1, 10, 15, 'g', 'A', 0.8, 'indice : couper'), (9, 1, 0, 3, 'g', 'B', 0.5, 'indice : ils');
INSERT INTO coding (id, revision_id, start, "end", codebook, code, coder_id, flag, touched, suggestion_id, made_at)
    VALUES (3, 1, 10, 26, 'g', 'A', 1, 'cite', 1, 7, '2026-03-01T10:00:00+00:00'),
           (5, 1, 0, 15, 'g', 'B', 2, NULL, 0, NULL, '2026-03-02T10:00:00+00:00');
INSERT INTO decision VALUES (7, 1, 'accepted'), (9, 2, 'refused');
INSERT INTO signoff VALUES (3, 'ana', 'digest', '2026-03-03T10:00:00+00:00');
INSERT INTO reading VALUES (1, 1), (2, 2);
INSERT INTO memo (coder_id, coding_id, interview_id, revision_id, start, "end", code, body, made_at)
    VALUES (1, 3, NULL, 1, 10, 26, 'A', 'Sur un passage.', '2026-03-01T10:00:00+00:00'),
           (1, NULL, 1, NULL, NULL, NULL, NULL, 'Sur un entretien.', '2026-03-01T11:00:00+00:00'),
           (2, NULL, NULL, NULL, NULL, NULL, 'B', 'Sur un code.', '2026-03-01T12:00:00+00:00'),
           (2, NULL, NULL, NULL, NULL, NULL, NULL, 'Sur l''étude.', '2026-03-01T13:00:00+00:00');
"""


def brought_up(path, script):
    """A database of the second schema that holds what the script says, opened by the program of today."""
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.row_factory = sqlite3.Row
        old.execute("PRAGMA foreign_keys = ON")
        database.migrate(path, old, [step for step in database.migrations() if step[0] <= 2])
        old.executescript(script)
    return database.opened(path)


def test_everything_is_kept(tmp_path):
    with brought_up(tmp_path / "etude.db", BEFORE) as db:
        first, second = sorted(codings.codings(db), key=lambda coding: coding.coder)
        assert (first.start, first.end, first.code, first.coder, first.flag) == (10, 26, "A", "lea", "cite")
        assert (first.memo, first.touched, first.suggestion) == ("Sur un passage.", True, 7)
        assert (second.start, second.end, second.code, second.coder, second.suggestion) == (0, 15, "B", "max", None)
        assert codings.readings(db) == [(1, "lea"), (2, "max")]
        assert [tuple(row) for row in db.execute("SELECT * FROM decision ORDER BY 1")] == [
            (7, 1, "accepted"),
            (9, 2, "refused"),
        ]
        assert [tuple(row)[:2] for row in db.execute("SELECT * FROM signoff")] == [(first.id, "ana")]
        assert [s.id for s in codings.suggestions(db)] == [9, 7]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_what_was_done_can_be_taken_up_again_entry_by_entry(tmp_path):
    with brought_up(tmp_path / "etude.db", BEFORE) as db:
        lea = [one.entry for one in entries(db, "lea", "E001")]
        assert [(entry.kind, entry.body or entry.code or entry.field) for entry in lea] == [
            ("coding", "A"),
            ("memo", "Sur un passage."),
            ("memo", "Sur un entretien."),
            ("stage", "coded"),
        ]
        assert lea[1].about == lea[0].item
        assert (lea[0].revision, lea[0].start, lea[0].end) == ("u1", 10, 26)
        everywhere = [one.entry for one in entries(db, "max")]
        assert [(entry.kind, entry.body) for entry in everywhere] == [
            ("memo", "Sur un code."),
            ("journal", "Sur l'étude."),
        ]


def test_the_database_of_before_is_kept_beside(tmp_path):
    path = tmp_path / "etude.db"
    with brought_up(path, BEFORE):
        pass
    (kept,) = tmp_path.glob("etude.avant-*.db")
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == 2
        assert old.execute("SELECT count(*) FROM memo").fetchone()[0] == 4


def test_a_suggestion_never_gets_the_row_of_one_that_was_deleted(tmp_path):
    with brought_up(tmp_path / "etude.db", BEFORE) as db, database.transaction(db):
        codings.replace_suggestions(db, 1, ["g"], [])
        codings.replace_suggestions(db, 1, ["g"], [("g", Suggestion(0, 3, 0, "B", 0.5, "indice : ils"))])
        assert [s.id for s in codings.suggestions(db)] == [10]


def test_what_people_write_of_an_older_study_is_kept(tmp_path):
    with brought_up(tmp_path / "etude.db", BEFORE) as db, database.transaction(db):
        assert pieces(db) == []
        code = add_piece(db, PieceKind.FINDING)
        say(db, PieceKind.FINDING, code, {"title": "Attendre"}, "lea")
        interview = db.execute("SELECT code FROM interview").fetchone()["code"]
        choose(db, PieceKind.FINDING, code, Side.SUPPORTS, interview, 0, 3, "lea", ("g", "A"))
        (piece,) = pieces(db)
        assert (piece.get("title"), len(piece.evidence)) == ("Attendre", 1)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
