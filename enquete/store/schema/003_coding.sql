-- Coding by several people: what each did, entry by entry; who codes what; how codes changed; what was settled.

-- 'settled': the layer that adjudication writes; 'coder': a person's own.
ALTER TABLE coder ADD COLUMN layer TEXT NOT NULL DEFAULT 'coder' CHECK (layer IN ('coder', 'settled'));

-- A suggestion never gets the row of one that was deleted: a late verdict would meet another one.
CREATE TABLE kept_suggestion AS SELECT * FROM suggestion;
CREATE TABLE kept_decision AS SELECT * FROM decision;
CREATE TABLE taken_over AS SELECT id, suggestion_id FROM coding WHERE suggestion_id IS NOT NULL;
DROP TABLE suggestion;
CREATE TABLE suggestion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    codebook TEXT NOT NULL,
    code TEXT NOT NULL,
    score REAL NOT NULL,
    origin TEXT NOT NULL,
    UNIQUE (revision_id, codebook, code, start, "end")
) STRICT;
INSERT INTO suggestion SELECT * FROM kept_suggestion;
INSERT INTO decision SELECT * FROM kept_decision;
UPDATE coding SET suggestion_id = (SELECT t.suggestion_id FROM taken_over t WHERE t.id = coding.id);
DROP TABLE kept_suggestion;
DROP TABLE kept_decision;
DROP TABLE taken_over;

-- One thing that a coder did. It holds until another entry of the same coder replaces it, and never changes: positions
-- and code are those of its moment (revision, generation: the last row of code_change then).
-- uid: given where it was made (page, packet, import). step: entries that are undone together; reverses: the step that
-- this one undoes. item: shared by the successive states of one coding or memo; about: the item that a memo is on.
-- id: never given twice, so that « what came after this one » misses nothing. kind 'gone': only replaces. field: part of a sheet, verdict, stage. title: label of a proposed code, day of an event.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder,
    kind TEXT NOT NULL CHECK (
        kind IN ('coding', 'memo', 'journal', 'sheet', 'event', 'proposal', 'verdict', 'stage', 'gone')
    ),
    step TEXT NOT NULL,
    reverses TEXT,
    item TEXT NOT NULL,
    about TEXT,
    interview_id INTEGER REFERENCES interview ON DELETE CASCADE,
    revision_id INTEGER REFERENCES revision ON DELETE CASCADE,
    start INTEGER,
    "end" INTEGER,
    codebook TEXT,
    code TEXT,
    generation INTEGER NOT NULL DEFAULT 0,
    flag TEXT CHECK (flag IN ('cite', 'paraphrase', 'never')),
    suggestion_id INTEGER REFERENCES suggestion ON DELETE SET NULL,
    field TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    UNIQUE (coder_id, uid)
) STRICT;
CREATE INDEX entry_interview ON entry (interview_id, coder_id);
CREATE INDEX entry_item ON entry (coder_id, item);
CREATE INDEX entry_suggestion ON entry (suggestion_id);

-- The uid of an entry that holds no longer, and the entry that replaces it: known before it, perhaps.
CREATE TABLE replaced (
    coder_id INTEGER NOT NULL REFERENCES coder,
    uid TEXT NOT NULL,
    entry_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    PRIMARY KEY (coder_id, uid, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX replaced_entry ON replaced (entry_id);

-- What was coded before has entries too, so that a page can take it back.
INSERT INTO entry (uid, coder_id, kind, step, item, interview_id, revision_id, start, "end", codebook, code, flag,
    suggestion_id, made_at)
SELECT 'c' || g.id, g.coder_id, 'coding', 'c' || g.id, 'c' || g.id, r.interview_id, g.revision_id, g.start, g."end",
    g.codebook, g.code, g.flag, g.suggestion_id, g.made_at
FROM coding g JOIN revision r ON r.id = g.revision_id ORDER BY g.id;
INSERT INTO entry (uid, coder_id, kind, step, item, about, interview_id, revision_id, start, "end", code, body, made_at)
SELECT 'm' || m.id, m.coder_id, CASE WHEN coalesce(m.interview_id, r.interview_id, m.code) IS NULL THEN 'journal'
    ELSE 'memo' END, 'm' || m.id, 'm' || m.id, 'c' || m.coding_id, coalesce(m.interview_id, r.interview_id),
    m.revision_id, m.start, m."end", m.code, m.body, m.made_at
FROM memo m LEFT JOIN revision r ON r.id = m.revision_id ORDER BY m.id;
INSERT INTO entry (uid, coder_id, kind, step, item, interview_id, field, made_at)
SELECT 'r' || interview_id, coder_id, 'stage', 'r' || interview_id, 'r' || interview_id, interview_id, 'coded', ''
FROM reading;
DROP TABLE memo;

-- Codings that hold, where they stand now: what the entries say, carried to the current texts and codes.
-- Two of one coder may have become the same passage and code: they are read as one.
-- touched: 1 the words changed, 2 the code changed its meaning, 3 both: the passage wants a look.
CREATE TABLE kept_signoff AS SELECT * FROM signoff;
CREATE TABLE kept_coding AS SELECT * FROM coding;
DROP TABLE coding;
CREATE TABLE coding (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL UNIQUE REFERENCES entry ON DELETE CASCADE,
    item TEXT NOT NULL,
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    codebook TEXT NOT NULL,
    code TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder,
    flag TEXT CHECK (flag IN ('cite', 'paraphrase', 'never')),
    touched INTEGER NOT NULL DEFAULT 0,
    suggestion_id INTEGER REFERENCES suggestion ON DELETE SET NULL,
    made_at TEXT NOT NULL
) STRICT;
INSERT INTO coding (id, entry_id, item, revision_id, start, "end", codebook, code, coder_id, flag, touched,
    suggestion_id, made_at)
SELECT k.id, e.id, e.item, k.revision_id, k.start, k."end", k.codebook, k.code, k.coder_id, k.flag, k.touched,
    k.suggestion_id, k.made_at
FROM kept_coding k JOIN entry e ON e.uid = 'c' || k.id;
INSERT INTO signoff SELECT * FROM kept_signoff;
DROP TABLE kept_coding;
DROP TABLE kept_signoff;
CREATE INDEX coding_revision ON coding (revision_id, coder_id);

-- Each change of a code, in order: a coding made before it (generation) follows it.
-- A code split (a row for each new one) or retired keeps its id: its passages wait for a look.
-- version: of the codebook once it was changed. why_id: the words that say why, pseudonymised like any other.
CREATE TABLE code_change (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged', 'split', 'retired', 'adopted')),
    codebook TEXT NOT NULL,
    code TEXT NOT NULL,
    new_codebook TEXT NOT NULL,
    new_code TEXT NOT NULL,
    version INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    why_id INTEGER REFERENCES entry ON DELETE SET NULL,
    made_at TEXT NOT NULL
) STRICT;

-- A share-out of interviews. reference: whose coding a newcomer's is compared with (training).
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('coding', 'training')),
    reference_id INTEGER REFERENCES coder,
    blind INTEGER NOT NULL,
    seed INTEGER,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE assignment (
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder,
    round_id INTEGER NOT NULL REFERENCES round ON DELETE CASCADE,
    PRIMARY KEY (interview_id, coder_id)
) STRICT, WITHOUT ROWID;

-- How far a coder has read: index of the furthest turn seen.
CREATE TABLE place (
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder,
    turn INTEGER NOT NULL,
    PRIMARY KEY (interview_id, coder_id)
) STRICT, WITHOUT ROWID;

-- What was decided of a disagreement. It stands until another one replaces it, and is kept all the same.
-- step: of the entries that it added to the settled layer; kept_id: whose reading is kept ('one'); 'upheld': all stand;
-- 'agreed': all coders read the same, nobody decided.
-- start, end: the passage, in the current text. why_id: the words that say why, pseudonymised like any other.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL UNIQUE,
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('one', 'all', 'none', 'new', 'upheld', 'agreed')),
    kept_id INTEGER REFERENCES coder,
    decided_by TEXT NOT NULL,
    why_id INTEGER REFERENCES entry ON DELETE SET NULL,
    replaced_by INTEGER REFERENCES ruling ON DELETE SET NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX ruling_revision ON ruling (revision_id);

-- What coders had done when it was decided: their entries, as they were then.
CREATE TABLE ruled (
    ruling_id INTEGER NOT NULL REFERENCES ruling ON DELETE CASCADE,
    entry_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
    PRIMARY KEY (ruling_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ruled_entry ON ruled (entry_id);
