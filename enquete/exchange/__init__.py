"""Files that other programs open: SPSS, Stata, tables of text."""
