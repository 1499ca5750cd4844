"""Decisions given as options, for scripts and for those who know what they want: each is one line told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enquete.actions.review.decisions import (
    Desk,
    Outcome,
    accept,
    merge,
    refuse,
    rename,
    set_policy,
    split_forms,
    split_interview,
)
from enquete.actions.review.flags import accept_flag, refuse_flag
from enquete.actions.review.lines import TYPES, outcome_line
from enquete.actions.review.waiting import Agenda, accept_all, agenda, set_reviewed
from enquete.actions.review.words import add, ignore
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.pseudonyms.words import fold, words_of
from enquete.wording import n


@dataclass(frozen=True, slots=True)
class Orders:
    """What the options say. type: of what is added or accepted; everywhere: refused or ignored in texts to come too."""

    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    rename: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    type: str = ""
    everywhere: bool = False
    accept_all: bool = False
    reviewed: bool = False
    reader: str = ""

    def __bool__(self) -> bool:
        return bool(
            self.accept or self.refuse or self.rename or self.merge or self.split or self.policy or self.add
            or self.ignore or self.accept_all or self.reviewed
        )  # fmt: skip


def carry_out(desk: Desk, code: str, orders: Orders) -> Iterator[str]:
    """Each order in turn, and what it changed. code: the interview that the command names, or nothing.

    Raises EnqueteError: REVIEW_KEY, REVIEW_KEY_SEVERAL, REVIEW_PAIR, REVIEW_TYPE, REVIEW_NEEDS_TYPE,
    REVIEW_NEEDS_READER, and what each decision raises. What came before in the command stays done.
    """
    kind = type_of(orders.type) if orders.type else None
    if orders.reviewed and not (orders.reader and code):
        raise EnqueteError(Problem.REVIEW_NEEDS_READER, exit_code=2)
    if code:
        agenda(desk, code)  # an unknown interview is told before anything changes
    yield from _about_words(desk, code, orders, kind)
    yield from _about_names(desk, orders)
    for key in orders.accept:
        yield _accept(desk, key, kind)
    if orders.accept_all:
        yield f"{n('nom accepté', accept_all(desk, code))}."
        left = agenda(desk, code)
        if left.flags or left.doubts:
            yield f"Restent {n('signalement', len(left.flags))} et {n('mot douteux', len(left.doubts))}."
    if orders.reviewed:
        unseen = set_reviewed(desk, code, orders.reader)
        yield f"{code} : relu par {orders.reader}."
        if unseen:
            verb = "y est accepté" if unseen == 1 else "y sont acceptés"
            names = n("nom jamais vu", unseen, "noms jamais vus")
            yield f"{names} {verb} ; « enquete relire {code} --liste » les montre."


def _about_words(desk: Desk, code: str, orders: Orders, kind: IdentifierType | None) -> Iterator[str]:
    for word in orders.refuse:
        yield _refuse(desk, word, everywhere=orders.everywhere)
    if orders.refuse:
        yield "Pour revenir là-dessus : « enquete relire --ajouter MOT --type … »."
    for word in orders.add:
        yield outcome_line(add(desk, _doubtful(desk, word), _needed(kind), code))
    for word in orders.ignore:
        count = ignore(desk, _doubtful(desk, word), code, everywhere=orders.everywhere)
        yield f"Enregistré : {n('doute levé', count)}."


def _about_names(desk: Desk, orders: Orders) -> Iterator[str]:
    for pair in orders.merge:
        one, other = _pair(pair, "--fusionner", "CLÉ=CLÉ")
        keys = [_name(desk, one), _name(desk, other)]
        yield outcome_line(merge(desk, keys)) if keys[0] != keys[1] else "Enregistré ; aucun texte n'a changé."
    for pair in orders.split:
        key, what = _pair(pair, "--scinder", "CLÉ=FORME ou CLÉ=ENTRETIEN")
        yield outcome_line(_split(desk, _name(desk, key), what))
    for pair in orders.policy:
        key, policy = _pair(pair, "--politique", "CLÉ=POLITIQUE")
        yield outcome_line(set_policy(desk, _name(desk, key), fold(policy)))
    for pair in orders.rename:
        key, pseudonym = _pair(pair, "--renommer", "CLÉ=NOM")
        yield outcome_line(rename(desk, _name(desk, key), pseudonym))


def type_of(name: str) -> IdentifierType:
    """« personne », « lieu », or the beginning of one. Raises EnqueteError(REVIEW_TYPE)."""
    wanted = fold(name.strip())
    found = [kind for word, kind in TYPES.items() if wanted and word.startswith(wanted)]
    if len(found) != 1 and wanted not in TYPES:
        raise EnqueteError(Problem.REVIEW_TYPE, name=name, known=", ".join(TYPES), exit_code=2)
    return TYPES.get(wanted, found[0] if found else IdentifierType.PERSON)


def _accept(desk: Desk, key: str, kind: IdentifierType | None) -> str:
    there = agenda(desk)
    if is_key(key, "S"):
        return outcome_line(accept_flag(desk, find(key, _flags(there)), _needed(kind)))
    accept(desk, [find(key, _names(there))])
    return "Enregistré ; aucun texte n'a changé."


def _refuse(desk: Desk, word: str, *, everywhere: bool) -> str:
    there = agenda(desk)
    if is_key(word, "S"):
        return outcome_line(refuse_flag(desk, find(word, _flags(there))))
    if is_key(word, "N"):
        return outcome_line(refuse(desk, [find(word, _names(there))], everywhere=everywhere))
    wanted = words_of(word)
    keys = [name.entity for name in there.names if any(words_of(form) == wanted for form in name.forms)]
    if not keys:
        raise EnqueteError(Problem.WORD_NOT_MASKED)
    return outcome_line(refuse(desk, keys, word, everywhere=everywhere))


def _split(desk: Desk, key: str, what: str) -> Outcome:
    codes = {code.casefold(): code for name in agenda(desk).names for code in name.interviews}
    if what.casefold() in codes:
        return split_interview(desk, key, codes[what.casefold()])
    return split_forms(desk, key, [what])


def _doubtful(desk: Desk, word: str) -> str:
    """A doubtful word may be given by its key."""
    if not is_key(word, "D"):
        return word
    return find(word, {doubt.key: doubt.word for doubt in agenda(desk).doubts})


def _needed(kind: IdentifierType | None) -> IdentifierType:
    if kind is None:
        raise EnqueteError(Problem.REVIEW_NEEDS_TYPE, exit_code=2)
    return kind


def _name(desk: Desk, key: str) -> str:
    return find(key, _names(agenda(desk)))


def _names(there: Agenda) -> dict[str, str]:
    return {name.key: name.entity for name in there.names}


def _flags(there: Agenda) -> dict[str, str]:
    return {flagged.key: flagged.uid for flagged in there.flags}


def is_key(text: str, letter: str) -> bool:
    """« N-3fa2 » is the key of a name, « S-… » of a flag, « D-… » of a doubt; a word is none."""
    start, dash, rest = text.strip().partition("-")
    return start.upper() == letter and bool(dash and rest) and set(rest.lower()) <= set("0123456789abcdef")


def find(written: str, known: Mapping[str, str]) -> str:
    """What a short key, or its beginning, or a longer one stands for. Raises EnqueteError(REVIEW_KEY…)."""
    wanted = written.strip().lower()
    found = [key for key in known if key.lower() == wanted] or _near(wanted, known)
    if not found:
        raise EnqueteError(Problem.REVIEW_KEY, key=written.strip()[:20], exit_code=2)
    if len(found) > 1:
        longer = ", ".join(sorted(found)[:5])
        raise EnqueteError(Problem.REVIEW_KEY_SEVERAL, key=written.strip()[:20], longer=longer, exit_code=2)
    return known[found[0]]


def _near(wanted: str, known: Mapping[str, str]) -> list[str]:
    """Keys that begin so, or that are the beginning of a whole key."""
    letter, _, rest = wanted.partition("-")
    return [
        key
        for key, whole in known.items()
        if rest and (key.lower().startswith(wanted) or (key.lower()[0] == letter and whole == rest))
    ]


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals or not left.strip() or not right.strip():
        raise EnqueteError(Problem.REVIEW_PAIR, option=option, value=text, form=form, exit_code=2)
    return left.strip(), right.strip()
