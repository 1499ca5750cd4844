-- Review of pseudonyms, proofs of consent, what left the study. Still no name and no original.

-- Keyed hash of the words that the mask stands for: the vault's book of names tells which they are.
ALTER TABLE mask ADD COLUMN form TEXT NOT NULL DEFAULT '';

-- The digest of a text that held a name not yet found would confirm it to whoever guesses.
UPDATE revision SET digest = '' WHERE text IS NULL;

-- 0 to 1: how likely the word names somebody.
ALTER TABLE doubt ADD COLUMN risk REAL NOT NULL DEFAULT 0.5;

-- proof: keys of files of the vault, oldest first, a space between. decided_on: day on which the person said it.
-- oral: said aloud before the interviewer.
ALTER TABLE consent ADD COLUMN proof TEXT;
ALTER TABLE consent ADD COLUMN decided_on TEXT;
ALTER TABLE consent ADD COLUMN oral INTEGER NOT NULL DEFAULT 0;

-- Codes of those who withdrew: nobody else's ever.
CREATE TABLE withdrawn (
    code TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Files whose content was erased, as keyed hashes of their digests: not to be imported again by mistake.
-- interview_id: whose text the study still holds in full, when only the file was erased because its day had come.
CREATE TABLE erased_file (
    key TEXT PRIMARY KEY,
    interview_id INTEGER REFERENCES interview ON DELETE SET NULL
) STRICT, WITHOUT ROWID;

-- An interview whose pseudonyms a person has read through. No row: to be read.
CREATE TABLE review (
    interview_id INTEGER PRIMARY KEY REFERENCES interview ON DELETE CASCADE,
    reviewer TEXT NOT NULL,
    reviewed_at TEXT NOT NULL
) STRICT;

-- What came up since: a name found later that stands in this text (blocks outputs), or a word that a coder flagged.
-- subject: key of the vault's book of names, or of the coder's flag in the vault.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('late name', 'flag')),
    subject TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    UNIQUE (interview_id, kind, subject)
) STRICT;

-- What a reviewer has accepted, and is not asked again: these words (keyed hash) stand for this entity.
CREATE TABLE settled (
    entity TEXT NOT NULL,
    form TEXT NOT NULL,
    PRIMARY KEY (entity, form)
) STRICT, WITHOUT ROWID;

-- A file that left the study: a workbook, a report, a coder's packet. name: its path inside the study, or its last part.
-- holder: who has it. recalled_at: when its destruction was asked for; destroyed_at: when it was confirmed.
CREATE TABLE output (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('export', 'packet')),
    audience TEXT NOT NULL,
    digest TEXT NOT NULL,
    made_at TEXT NOT NULL,
    holder TEXT NOT NULL DEFAULT '',
    recalled_at TEXT,
    destroyed_at TEXT,
    UNIQUE (name, digest, holder)
) STRICT;

-- Whose interviews it was made from: what to call back when somebody withdraws.
CREATE TABLE output_interview (
    output_id INTEGER NOT NULL REFERENCES output ON DELETE CASCADE,
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    PRIMARY KEY (output_id, interview_id)
) STRICT, WITHOUT ROWID;

-- A quotation that a named person let out for diffusion; void when its words have changed since (digest).
CREATE TABLE signoff (
    coding_id INTEGER PRIMARY KEY REFERENCES coding ON DELETE CASCADE,
    signer TEXT NOT NULL,
    digest TEXT NOT NULL,
    signed_at TEXT NOT NULL
) STRICT;

-- Where the cues of codebooks stand in the turns: after an edit only the new cues are looked for. rules: of the program
-- that found them; number: in the order of the searches; body: marks of cues and positions, no word.
CREATE TABLE found (
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    number INTEGER NOT NULL,
    rules TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (revision_id, number)
) STRICT, WITHOUT ROWID;
