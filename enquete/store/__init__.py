"""The database of a study: pseudonymised texts, codings, consent states by code. The only place that knows SQL."""
