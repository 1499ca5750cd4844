-- Answers to questionnaires, and the follow-up of the same people. Still no name and no original.

-- What one import brought for one questionnaire in one wave. part: path of the repeat, empty for the main table.
-- variables: as JSON, in the order of the answers of each response, with their labels, missing values and measures.
-- keyed: whether its file said whose answers these are; without, each row is somebody of its own (codes in Q).
CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    questionnaire TEXT NOT NULL,
    wave TEXT NOT NULL,
    part TEXT NOT NULL DEFAULT '',
    variables TEXT NOT NULL,
    keyed INTEGER NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

-- One person's answers to it, or one row of a repeat. submission: keyed hash of the collecting program's id.
-- body: JSON array, an item for each variable: null for a blank cell, {"refused": code} for a kind of missing, true
-- where the words are a text of their own.
CREATE TABLE response (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    parent_id INTEGER REFERENCES response ON DELETE CASCADE,
    submission TEXT NOT NULL DEFAULT '',
    answered_on TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX response_dataset ON response (dataset_id);
CREATE INDEX response_participant ON response (participant_id);
CREATE INDEX response_parent ON response (parent_id) WHERE parent_id IS NOT NULL;

-- A text that is the answer to an open question. Its interview has the kind 'recorded': these are the person's own words.
CREATE TABLE open_answer (
    interview_id INTEGER PRIMARY KEY REFERENCES interview ON DELETE CASCADE,
    response_id INTEGER NOT NULL REFERENCES response ON DELETE CASCADE,
    question TEXT NOT NULL,
    UNIQUE (response_id, question)
) STRICT;

-- An attempt to reach somebody for a wave.
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    wave TEXT NOT NULL,
    tried_on TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('call', 'text', 'mail', 'letter', 'relay', 'visit', 'other')),
    outcome TEXT NOT NULL CHECK (
        outcome IN ('no answer', 'message left', 'wrong number', 'appointment', 'postponed', 'refused', 'relayed')
    ),
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_participant ON attempt (participant_id, wave);

-- How often this person may be tried in a wave, when they asked for another limit than the study's.
CREATE TABLE attempt_limit (
    participant_id INTEGER PRIMARY KEY REFERENCES participant ON DELETE CASCADE,
    attempts INTEGER NOT NULL CHECK (attempts >= 0)
) STRICT;

-- Somebody who is not met in a wave, and why. noted_by: code of who says so; found_on: when they were found again.
-- known_id: the words that say what is known, pseudonymised like any other.
CREATE TABLE lost (
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    wave TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('moved', 'refused', 'not reached', 'withdrawn', 'died', 'unknown')),
    noted_on TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    found_on TEXT,
    known_id INTEGER REFERENCES entry ON DELETE SET NULL,
    PRIMARY KEY (participant_id, wave)
) STRICT, WITHOUT ROWID;

-- Another code that a person bears: in the files of another wave, or until two were told to be one. Nobody else's.
CREATE TABLE other_code (
    code TEXT PRIMARY KEY,
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    linked_by TEXT NOT NULL,
    linked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 1: this code was another one of somebody who withdrew, who is counted under their first.
ALTER TABLE withdrawn ADD COLUMN also INTEGER NOT NULL DEFAULT 0;

-- Two people whom a human looked at and told apart: not proposed as one again.
CREATE TABLE told_apart (
    one_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;

-- The highest number that an interview (E) or an open answer (R) ever bore: what names an erased one names no other.
CREATE TABLE last_number (
    letter TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose answers a file that left the study was made from: what to call back when somebody withdraws.
CREATE TABLE output_participant (
    output_id INTEGER NOT NULL REFERENCES output ON DELETE CASCADE,
    participant_id INTEGER NOT NULL REFERENCES participant ON DELETE CASCADE,
    PRIMARY KEY (output_id, participant_id)
) STRICT, WITHOUT ROWID;

-- What the bodies of `found` looked for, once for all the texts that were looked through alike. name: digest of body,
-- marks of cues without a word of them.
CREATE TABLE sought (
    name TEXT PRIMARY KEY,
    rules TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
