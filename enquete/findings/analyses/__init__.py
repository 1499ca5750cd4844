"""Analyses written as text: read, checked against the study, told in words, begun."""
