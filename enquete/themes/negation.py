"""Which words of a turn are denied: « j'ai pas peur », « jamais eu de sanction », « sans dette », « y a plus rien »."""

from __future__ import annotations

from enquete.themes.parsed import ParsedTurn
from enquete.themes.words import (
    BARRIERS,
    DEFINITE,
    NE,
    NEGATORS,
    NOT_DENYING_AFTER,
    NOT_DENYING_BEFORE,
    SUBJECTS,
)

REACH = 7  # words to the right


def denied(turn: ParsedTurn) -> list[bool]:
    """For each token, whether a negation bears on it."""
    marks = [False] * len(turn.forms)
    for at, form in enumerate(turn.forms):
        if form in NEGATORS and is_negation(turn, at):
            if form != "sans":
                _mark_verb(turn, at, marks)
            _mark_right(turn, at, marks)
    return [mark and form not in NEGATORS for mark, form in zip(marks, turn.forms, strict=True)]


def is_negation(turn: ParsedTurn, at: int) -> bool:
    """Whether the negator at this token denies: not « pas mal », « en plus », « une personne », « si jamais »."""
    form, forms = turn.forms[at], turn.forms
    before = forms[at - 1] if at else ""
    after = forms[at + 1] if at + 1 < len(forms) else ""
    if form == "plus":
        if NE & set(forms[max(0, at - 5) : at]):
            return before not in ("de", "en", "non")
        if after in NEGATORS:
            return True
        if turn.tags[at + 1 : at + 2] in ("J", "R"):
            return False  # « plus cher », « plus souvent »
    return before not in NOT_DENYING_AFTER.get(form, ()) and after not in NOT_DENYING_BEFORE.get(form, ())


def _mark_verb(turn: ParsedTurn, at: int, marks: list[bool]) -> None:
    """The verb before the negator: « ça suffit même pas », « je touche plus », « j'ai vraiment pas »."""
    for index in range(at - 1, max(-1, at - 5), -1):
        tag = turn.tags[index]
        if tag in "VA":
            marks[index] = True
            return
        if tag not in "ROIT" and turn.forms[index] not in NEGATORS:
            return


def _mark_right(turn: ParsedTurn, at: int, marks: list[bool]) -> None:
    """What follows, up to a barrier. « pas le courrier » takes the courrier for granted: definite nouns stay."""
    definite = False
    for index in range(at + 1, min(len(turn.forms), at + 1 + REACH)):
        form, tag = turn.forms[index], turn.tags[index]
        if tag == "." or form in BARRIERS or (form in SUBJECTS and tag == "O"):
            return
        if form in DEFINITE and tag in "DP":
            definite = True
        elif tag == "P" and form not in ("de", "d'"):
            definite = False
        if tag == "N" or not definite:
            marks[index] = not definite
