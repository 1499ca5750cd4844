"""People met, wave by wave: pure reading of the files that describe them."""
