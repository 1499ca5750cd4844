"""The French spaCy model: loaded once, run on many turns. Used by pseudonyms and themes."""
