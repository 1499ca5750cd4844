"""Who codes what: texts given out by hand, and taken back. No key is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from enquete.actions.coding.coders import check_coder
from enquete.actions.places import by_question, chosen, codes_told
from enquete.actions.results import Result
from enquete.actions.rounds.drawing import check_layers, check_round_name
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.store import rounds as stored
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.store.packets import packets
from enquete.wording import n

BY_HAND = "à la main"  # name of the round of what is given out one by one
Pairs = list[tuple[str, str]]  # (text, coder), by their codes


def give_by_hand(
    study: Study,
    coders: Sequence[str],
    codes: Sequence[str],
    name: str | None = None,
    *,
    questions: Sequence[str] = (),
    try_only: bool = False,
) -> Result:
    """Gives these interviews, and the answers to these questions, to each of these coders; problems: what can't be.

    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, UNKNOWN_INTERVIEW, UNKNOWN_QUESTION, ROUND_NAME,
    ROUND_EXISTS for a round that chance has made.
    """
    coders = list(dict.fromkeys(coders))
    for coder in coders:
        check_coder(study.config, coder)
    name = BY_HAND if name is None else check_round_name(name)
    result = Result(lines=["Essai : rien n'est enregistré."] if try_only else [])
    with study.database() as db, transaction(db):
        check_layers(db, coders)
        made = {one.name: one for one in stored.rounds(db)}
        if name in made and (made[name].kind != stored.CODING or made[name].seed is not None):
            raise EnqueteError(Problem.ROUND_EXISTS, name=name, exit_code=2)
        texts = chosen(list(interviews(db)), codes, questions)
        has = {(one.interview, one.coder): one for one in stored.assignments(db)}
        pairs: Pairs = []
        for coder in coders:
            for question, group in by_question(texts).items():
                give = _give_answers if question else _give_interviews
                pairs += give(result, group, coder, name, has)
        if pairs and not try_only:
            if name not in made:
                stored.add_round(db, name, stored.CODING)
            stored.assign(db, name, pairs)
            record(db, "affecter", f"affectations={len(pairs)}")
    return result


_Has = Mapping[tuple[str, str], stored.Assignment]


def _give_interviews(result: Result, texts: Sequence[Interview], coder: str, name: str, has: _Has) -> Pairs:
    """One line each."""
    new: Pairs = []
    for code in (text.code for text in texts):
        given = has.get((code, coder))
        if given is None:
            new.append((code, coder))
            result.lines.append(f"{code} : confié à {coder} (tour « {name} »).")
        elif given.kind == stored.TRAINING:
            result.problems.append(f"{code} : {coder} l'a eu en formation, et ne peut plus le coder à l'aveugle.")
        else:
            result.lines.append(f"{code} : {coder} l'a déjà (tour « {given.round} »).")
    return new


def _give_answers(result: Result, texts: Sequence[Interview], coder: str, name: str, has: _Has) -> Pairs:
    """One line for all the answers to a question."""
    new = [(text.code, coder) for text in texts if (text.code, coder) not in has]
    trained = [t for t in texts if (given := has.get((t.code, coder))) and given.kind == stored.TRAINING]
    before = len(texts) - len(new) - len(trained)
    already = f", {n('autre', before)} déjà" if before else ""
    result.lines.append(f"{texts[0].asked} : {n('réponse confiée', len(new))} à {coder} (tour « {name} »){already}.")
    if trained:
        result.problems.append(
            f"{codes_told(trained)} : {coder} les a eues en formation, et ne peut plus les coder à l'aveugle."
        )
    return new


def take_back(
    study: Study,
    coders: Sequence[str] = (),
    codes: Sequence[str] = (),
    name: str | None = None,
    *,
    questions: Sequence[str] = (),
    try_only: bool = False,
) -> Iterator[str]:
    """Takes back what these coders have of these texts in this round (nothing given: any) and have not begun.

    Raises EnqueteError: UNKNOWN_INTERVIEW, UNKNOWN_QUESTION, UNKNOWN_ROUND, NOT_ASSIGNED,
    ASSIGNMENT_BEGUN when all of it is begun.
    """
    with study.database() as db, transaction(db):
        made = [one.name for one in stored.rounds(db)]
        if name is not None and name not in made:
            raise EnqueteError(Problem.UNKNOWN_ROUND, name=name, known=", ".join(made) or "aucun", exit_code=2)
        texts = {text.code: text for text in chosen(list(interviews(db)), codes, questions)}
        meant = [
            one
            for one in stored.assignments(db)
            if (not coders or one.coder in coders) and one.interview in texts and name in (None, one.round)
        ]
        begun = stored.begun(db)
        taken = [one for one in meant if (one.interview, one.coder) not in begun]
        kept = _told(one for one in meant if (one.interview, one.coder) in begun)
        if not meant:
            raise EnqueteError(Problem.NOT_ASSIGNED)
        if not taken:
            raise EnqueteError(Problem.ASSIGNMENT_BEGUN, begun=kept)
        outside = list(_in_packets(db, taken, texts))
        if not try_only:
            stored.unassign(db, taken)
            record(db, "affecter", f"reprises={len(taken)}")
    if try_only:
        yield "Essai : rien n'est enregistré."
    for coder in dict.fromkeys(one.coder for one in taken):
        for question, group in by_question(texts[one.interview] for one in taken if one.coder == coder).items():
            if question:
                yield f"{question} : {n('réponse reprise', len(group))} à {coder}."
            else:
                yield from (f"{text.code} : repris à {coder}." for text in group)
    if kept:
        yield f"Gardé, car déjà commencé : {kept}."
    yield from outside


_LISTED = 12


def _told(given: Iterable[stored.Assignment]) -> str:
    listed = [f"{one.interview} par {one.coder}" for one in given]
    return ", ".join(listed[:_LISTED]) + (f" et {len(listed) - _LISTED} autres" if len(listed) > _LISTED else "")


def _in_packets(
    db: sqlite3.Connection, taken: Sequence[stored.Assignment], texts: Mapping[str, Interview]
) -> Iterator[str]:
    """Warnings: packets that are out and hold texts taken back."""
    for packet in packets(db).values():
        mine = {one.interview for one in taken if one.coder == packet.coder} & set(packet.output.interviews)
        if mine and packet.output.destroyed_at is None:
            told = codes_told(text for code, text in texts.items() if code in mine)
            verb = "est" if len(mine) < 2 else "sont"
            yield f"Attention : {told} {verb} encore dans le paquet n° {packet.output.id} de {packet.coder}."
