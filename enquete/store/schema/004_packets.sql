-- Packets: interviews that a coder codes at home, in one file, and the codings that come back.

-- Tells the files of this study from another's.
CREATE TABLE study (
    uid TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO study VALUES (lower(hex(randomblob(8))));

-- answered_at: when its last file of codings was taken back; entries: how many actions that file held.
CREATE TABLE packet (
    uid TEXT PRIMARY KEY,
    output_id INTEGER NOT NULL UNIQUE REFERENCES output ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder,
    answered_at TEXT,
    entries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
