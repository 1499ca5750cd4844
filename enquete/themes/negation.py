"""Which words of a turn are denied: « j'ai pas peur », « jamais eu de sanction », « sans dette », « y a plus rien »."""

from __future__ import annotations

from enquete.themes.parsed import ParsedTurn

AFTER_VERB = frozenset({"pas", "plus", "jamais", "rien", "guère", "aucun", "aucune", "personne", "ni"})
NEGATORS = AFTER_VERB | {"sans"}
NE = frozenset({"ne", "n'"})
# Where what is denied ends, on the right.
BARRIERS = frozenset(
    "mais parce puisque donc alors et ou si comment pourquoi quand où que qu' qui dont quoi car sauf sinon comme".split()
)
SUBJECTS = frozenset("je j' tu il elle on ils elles c' ça".split())
DEFINITE = frozenset(
    "le la l' les mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces au aux du".split()
)
BEFORE_MORE = frozenset("en de d' le la les non un beaucoup encore bien au ou toujours deux trois fois".split())
AFTER_MORE = frozenset("tard que qu' en ou tôt loin jeune jeunes vieux grand grande gros grosse haut ça".split())
REACH = 7  # words to the right


def denied(turn: ParsedTurn) -> list[bool]:
    """For each token, whether a negation bears on it."""
    marks = [False] * len(turn.forms)
    for at, form in enumerate(turn.forms):
        if form in NEGATORS and is_negation(turn, at):
            if form != "sans":
                _mark_verb(turn, at, marks)
            _mark_right(turn, at, marks)
    return marks


def is_negation(turn: ParsedTurn, at: int) -> bool:
    """Whether the negator at this token denies: not « pas mal », « en plus », « une personne », « si jamais »."""
    form, forms = turn.forms[at], turn.forms
    before = forms[at - 1] if at else ""
    after = forms[at + 1] if at + 1 < len(forms) else ""
    if form == "pas":
        return after not in ("mal", "que", "qu'", "seulement") and before not in (
            "un",
            "le",
            "les",
            "pourquoi",
            "premier",
        )
    if form == "plus":
        if NE & set(forms[max(0, at - 5) : at]):
            return before not in ("de", "en", "non")
        follows = turn.tags[at + 1] if at + 1 < len(forms) else "."
        return before not in BEFORE_MORE and after not in AFTER_MORE and follows not in "JR" or after in NEGATORS
    if form == "jamais":
        return before != "si"
    if form == "rien":
        return before not in ("de", "pour", "un") and after not in ("que", "qu'")
    if form == "personne":
        return before not in ("une", "la", "cette", "ma", "seule", "même", "autre", "chaque", "quelle", "d'")
    return True


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
