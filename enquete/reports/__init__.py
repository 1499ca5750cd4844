"""Documents made from a synthesis or from suggestions, as bytes: nothing is written to disk here."""
