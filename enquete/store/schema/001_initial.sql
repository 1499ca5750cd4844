-- No name, no file name, no label, no original: people are codes, texts are pseudonymised.

CREATE TABLE participant (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('concerned', 'helper', 'professional'))
) STRICT;

-- A person in a wave, met or not.
CREATE TABLE participation (
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    wave TEXT NOT NULL,
    recruited_by TEXT,
    PRIMARY KEY (participant_id, wave)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribute (
    participant_id INTEGER NOT NULL,
    wave TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (participant_id, wave, name),
    FOREIGN KEY (participant_id, wave) REFERENCES participation ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    participant_id INTEGER NOT NULL,
    wave TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('participation', 'recording', 'quotation', 'recontact', 'archive')),
    state TEXT NOT NULL CHECK (state IN ('given', 'refused', 'withdrawn')),
    PRIMARY KEY (participant_id, wave, kind),
    FOREIGN KEY (participant_id, wave) REFERENCES participation ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE interview (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    wave TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('recorded', 'notes')),
    held_on TEXT
) STRICT;

CREATE TABLE interview_participant (
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    PRIMARY KEY (interview_id, participant_id)
) STRICT, WITHOUT ROWID;

-- A voice of an interview; participant_id when it is known whose.
CREATE TABLE speaker (
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    number INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('interviewer', 'participant', 'other', 'unknown')),
    participant_id INTEGER REFERENCES participant ON DELETE SET NULL,
    PRIMARY KEY (interview_id, number)
) STRICT, WITHOUT ROWID;

-- An immutable text. A superseded revision keeps its digest and its edits, and loses its text.
-- edits: from the parent's text to this one; source_edits: from the file as imported to this text.
-- source: key of that file in the vault; revisions made here keep their parent's.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    parent_id INTEGER REFERENCES revision,
    text TEXT,
    digest TEXT NOT NULL,
    edits TEXT NOT NULL,
    source_edits TEXT,
    reason TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_current_revision ON revision (interview_id) WHERE text IS NOT NULL;
CREATE INDEX revision_parent ON revision (parent_id);

CREATE TABLE turn (
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    speaker INTEGER NOT NULL,
    begin_s REAL,
    end_s REAL,
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- Where a replacement stands in the text; entity: key of the vault's book of names.
CREATE TABLE mask (
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    type TEXT NOT NULL,
    entity TEXT NOT NULL,
    score REAL NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (revision_id, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE doubt (
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (revision_id, start, "end")
) STRICT, WITHOUT ROWID;

CREATE TABLE coder (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
) STRICT;

-- A human decision. touched: a later revision changed the words of the passage, which wants a look.
-- suggestion_id: the one that it was taken over from.
CREATE TABLE coding (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    codebook TEXT NOT NULL,
    code TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder,
    flag TEXT CHECK (flag IN ('cite', 'paraphrase', 'never')),
    touched INTEGER NOT NULL DEFAULT 0,
    suggestion_id INTEGER REFERENCES suggestion ON DELETE SET NULL,
    made_at TEXT NOT NULL,
    UNIQUE (revision_id, coder_id, codebook, code, start, "end")
) STRICT;

-- An interview that a coder read whole: what they left uncoded is a decision too.
CREATE TABLE reading (
    interview_id INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder,
    PRIMARY KEY (interview_id, coder_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE suggestion (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    codebook TEXT NOT NULL,
    code TEXT NOT NULL,
    score REAL NOT NULL,
    origin TEXT NOT NULL,
    UNIQUE (revision_id, codebook, code, start, "end")
) STRICT;

-- What a coder made of a suggestion.
CREATE TABLE decision (
    suggestion_id INTEGER NOT NULL REFERENCES suggestion ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'refused', 'changed')),
    PRIMARY KEY (suggestion_id, coder_id)
) STRICT, WITHOUT ROWID;

-- On a passage (revision, start, end), a whole interview, a code, or the study; pseudonymised like the texts.
CREATE TABLE memo (
    id INTEGER PRIMARY KEY,
    coder_id INTEGER NOT NULL REFERENCES coder,
    coding_id INTEGER REFERENCES coding ON DELETE SET NULL,
    interview_id INTEGER REFERENCES interview ON DELETE CASCADE,
    revision_id INTEGER REFERENCES revision ON DELETE CASCADE,
    start INTEGER,
    "end" INTEGER,
    code TEXT,
    body TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

-- The parse of each turn (lemma, tag, position), so that a new codebook needs no new parse.
CREATE TABLE parse (
    revision_id INTEGER NOT NULL REFERENCES revision ON DELETE CASCADE,
    position INTEGER NOT NULL,
    model TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- The parse of each cue of a codebook: after an edit only the new cues are read.
CREATE TABLE cue_parse (
    model TEXT NOT NULL,
    cue TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (model, cue)
) STRICT, WITHOUT ROWID;

-- Files written for people to fill in: one that has not changed since holds no decision.
CREATE TABLE written (
    name TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Work that an interrupted command left: names found since that may stand in texts stored before.
CREATE TABLE pending (
    task TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What was done when, without content.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    counts TEXT NOT NULL
) STRICT;
