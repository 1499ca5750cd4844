-- What a summary of a case was written from: a fingerprint of where its passages stood and how long they were, none of
-- their words. Empty: not known.
ALTER TABLE statement ADD COLUMN basis TEXT NOT NULL DEFAULT '';
