-- What people write of what they read: findings, recommendations, types, assessment, summaries of cases, replies. Words
-- are pseudonymised like the texts.

-- code: « C01 », « REC02 », « T01 », « B01 », « RET01 », never given twice; the person's own for a case.
-- participant_id: of a case.
CREATE TABLE piece (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('finding', 'recommendation', 'type', 'assessment', 'case', 'reply')),
    participant_id INTEGER UNIQUE REFERENCES participant ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    dropped_at TEXT,
    UNIQUE (kind, code)
) STRICT;

-- What a field of a piece says. Only added: the last one holds, the others are its history. An empty body empties it.
-- Codes in it (people, pieces, themes) are codes: one that the study holds no longer is passed over.
CREATE TABLE statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    piece_id INTEGER NOT NULL REFERENCES piece ON DELETE CASCADE,
    field TEXT NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX statement_piece ON statement (piece_id, field, id);

-- A quotation that a piece rests on, or that contradicts it. codebook, code: under which it was chosen, empty: none.
-- touched: as in coding: 1 the words changed, 2 the code changed its meaning or the coding is gone, 3 both.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    piece_id INTEGER NOT NULL REFERENCES piece ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('supports', 'contradicts')),
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    codebook TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    touched INTEGER NOT NULL DEFAULT 0,
    chosen_by TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_piece ON evidence (piece_id);
CREATE INDEX evidence_revision ON evidence (revision_id);

-- What somebody says of a passage without coding it: a comment, or words that stand for its own (paraphrase).
-- signer: who let a paraphrase out for diffusion, empty: nobody.
CREATE TABLE remark (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'paraphrase')),
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    touched INTEGER NOT NULL DEFAULT 0,
    signer TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX remark_revision ON remark (revision_id);

-- A file that comes back with what people changed in it: what it said when it left. uid: the mark that it bears.
-- body: compressed JSON: by sheet and row, the values of the fields that may be edited; what its labels of people and
-- numbers of quotations stand for. No word of a text.
CREATE TABLE departure (
    uid TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    body BLOB NOT NULL,
    made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Somebody asked to get their own sheet: it is made for nobody else.
CREATE TABLE sheet_request (
    participant_id INTEGER PRIMARY KEY REFERENCES participant ON DELETE CASCADE,
    asked_on TEXT NOT NULL,
    noted_by TEXT NOT NULL
) STRICT;
