"""Who codes what: rounds drawn by chance or made by hand, and interviews taken back. No key is needed."""

from __future__ import annotations

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.actions.coders import check_coder
from enquete.actions.places import named
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.coding.rounds import Terms, Work, doubled, share_out
from enquete.coding.turns import spoken_turns, spoken_words
from enquete.errors import EnqueteError, Problem
from enquete.store import rounds as stored
from enquete.store.codings import coders as known_coders
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.store.packets import packets
from enquete.store.page import settled_names
from enquete.wording import n

BY_HAND = "à la main"  # name of the round of what is given out one by one
_SEEDS = 1_000_000
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Draw:
    """What the user asks for. share: « 20 % », « 8 », « tous »; by: coders of each of these.

    seed, name: None to have them chosen. codes: interviews to share out, empty for all; wave: of those.
    """

    coders: tuple[str, ...]
    share: str = "0"
    by: int = 2
    seed: int | None = None
    name: str | None = None
    codes: tuple[str, ...] = ()
    wave: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The study as it is shared out. held: coders who have or have coded each interview, by its code; trained: those
    who had it in a training round. words: of the participants.
    """

    texts: tuple[Interview, ...]
    words: Mapping[str, int]
    held: Mapping[str, frozenset[str]]
    trained: Mapping[str, frozenset[str]]
    progress: Mapping[tuple[str, str], stored.Progress]

    def left(self, coder: str) -> int:
        """Words of the interviews that this coder has and has not coded."""
        mine = [code for code, coders in self.held.items() if coder in coders]
        return sum(self.words[code] for code in mine if not self.coded(code, coder))

    def coded(self, interview: str, coder: str) -> bool:
        state = self.progress.get((interview, coder))
        return state is not None and state.coded


def read_board(db: sqlite3.Connection) -> Board:
    """The state of the moment."""
    texts = tuple(interviews(db))
    progress = {(one.interview, one.coder): one for one in stored.progress(db)}
    held: dict[str, set[str]] = defaultdict(set)
    trained: dict[str, set[str]] = defaultdict(set)
    for given in stored.assignments(db):
        (trained if given.kind == stored.TRAINING else held)[given.interview].add(given.coder)
    for (interview, coder), state in progress.items():
        if (state.codings or state.coded) and coder not in trained[interview]:
            held[interview].add(coder)
    return Board(
        texts,
        {text.code: spoken_words(text.text, text.turns) for text in texts},
        {text.code: frozenset(held[text.code]) for text in texts},
        {text.code: frozenset(trained[text.code]) for text in texts},
        progress,
    )


def draw_round(study: Study, draw: Draw, *, try_only: bool = False) -> Iterator[str]:
    """Shares interviews out by chance and gives lines to print. What somebody has already stays theirs.

    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, UNKNOWN_INTERVIEW, UNKNOWN_WAVE,
    NOTHING_TO_SHARE, ROUND_NAME, ROUND_EXISTS, those of `share_out`.
    """
    coders = tuple(sorted(set(draw.coders)))
    for coder in coders:
        check_coder(study.config, coder)
    if draw.wave and draw.wave not in study.config.waves_by_code:
        known = ", ".join(study.config.waves_by_code)
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=draw.wave, known=known, exit_code=2)
    with study.database() as db, transaction(db):
        check_layers(db, coders)
        name = new_name(db, draw.name, "tour")
        board = read_board(db)
        chosen = _chosen(board, draw)
        silent = [text.code for text in chosen if not spoken_turns(text.turns)]
        works = [_work(board, text.code) for text in chosen if text.code not in silent]
        if not works:
            raise EnqueteError(Problem.NOTHING_TO_SHARE)
        seed = secrets.randbelow(_SEEDS) if draw.seed is None else draw.seed
        terms = Terms(coders, doubled(draw.share, len(works)), draw.by, seed)
        inside = {work.code for work in works}
        elsewhere = [group for code, group in board.held.items() if code not in inside]
        shared = share_out(works, elsewhere, {coder: board.left(coder) for coder in coders}, terms)
        new = [coder for coder in coders if coder not in known_coders(db)]
        if shared and not try_only:
            stored.add_round(db, name, stored.CODING, seed=seed)
            stored.assign(db, name, [(code, coder) for code, group in shared.items() for coder in group])
            record(db, "affecter", f"entretiens={len(shared)} graine={seed}")
    if try_only:
        yield f"Essai : rien n'est enregistré ; « --graine {seed} » redonnera ce tirage."
    if silent:
        yield f"Laissé de côté, faute de savoir qui y parle : {', '.join(silent)}."
    if new:
        yield f"Nouveau codeur : {', '.join(new)}."
    yield from _drawn(board, name, terms, works, shared)


def _chosen(board: Board, draw: Draw) -> list[Interview]:
    texts = [named(board.texts, code) for code in dict.fromkeys(draw.codes)] or list(board.texts)
    return [text for text in texts if draw.wave in (None, text.wave)]


def _work(board: Board, code: str) -> Work:
    return Work(code, board.words[code], board.held[code], board.trained[code])


def _drawn(
    board: Board, name: str, terms: Terms, works: Sequence[Work], shared: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    if not shared:
        yield "Rien à répartir : chacun de ces entretiens a déjà ses codeurs."
        return
    yield (
        f"Tour « {name} », tiré au sort (graine {terms.seed}) : {n('entretien', len(shared))} "
        f"entre {n('codeur', len(terms.coders))}."
    )
    for coder in terms.coders:
        codes = [code for code in sorted(shared) if coder in shared[code]]
        words = sum(board.words[code] for code in codes)
        listed = f" : {', '.join(codes)}" if codes else ""
        yield f"  {coder}, {n('entretien', len(codes))}, {n('mot', words)}{listed}"
    after = {work.code: sorted({*work.held, *shared.get(work.code, ())}) for work in works}
    several = {code: coders for code, coders in sorted(after.items()) if len(coders) > 1}
    if several:
        yield f"Codés par plusieurs, à l'aveugle : {len(several)} sur {len(works)}."
        yield from (f"  {code} : {', '.join(coders)}" for code, coders in several.items())
    else:
        yield (
            "Aucun entretien n'est codé par plusieurs : l'accord entre codeurs ne se mesurera pas. "
            "Pour en coder en double : « --double 20% »."
        )


def new_name(db: sqlite3.Connection, name: str | None, usual: str) -> str:
    """The name of a round to make; without one, `usual` with the first number that is free.

    Raises EnqueteError(ROUND_NAME, ROUND_EXISTS).
    """
    taken = {one.name for one in stored.rounds(db)}
    if name is None:
        return next(free for number in range(1, len(taken) + 2) if (free := f"{usual} {number}") not in taken)
    if name in taken:
        raise EnqueteError(Problem.ROUND_EXISTS, name=name, exit_code=2)
    return check_round_name(name)


def check_round_name(name: str) -> str:
    """The name itself. Raises EnqueteError(ROUND_NAME)."""
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise EnqueteError(Problem.ROUND_NAME, exit_code=2)
    return name


def check_layers(db: sqlite3.Connection, coders: Collection[str]) -> None:
    """Nobody codes under the name of the settled version. Raises EnqueteError(PAGE_SETTLED_CODER)."""
    for coder in settled_names(db) & set(coders):
        raise EnqueteError(Problem.PAGE_SETTLED_CODER, name=coder, exit_code=2)


def give_by_hand(
    study: Study, coders: Sequence[str], codes: Sequence[str], name: str | None = None, *, try_only: bool = False
) -> Result:
    """Gives these interviews to each of these coders; problems: what can't be given.

    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, UNKNOWN_INTERVIEW, ROUND_NAME, ROUND_EXISTS
    for a round that chance has made.
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
        texts = list(interviews(db))
        wanted = list(dict.fromkeys(named(texts, code).code for code in codes))
        has = {(one.interview, one.coder): one for one in stored.assignments(db)}
        pairs = []
        for code, coder in [(code, coder) for coder in coders for code in wanted]:
            given = has.get((code, coder))
            if given is None:
                pairs.append((code, coder))
                result.lines.append(f"{code} : confié à {coder} (tour « {name} »).")
            elif given.kind == stored.TRAINING:
                result.problems.append(f"{code} : {coder} l'a eu en formation, et ne peut plus le coder à l'aveugle.")
            else:
                result.lines.append(f"{code} : {coder} l'a déjà (tour « {given.round} »).")
        if pairs and not try_only:
            if name not in made:
                stored.add_round(db, name, stored.CODING)
            stored.assign(db, name, pairs)
            record(db, "affecter", f"affectations={len(pairs)}")
    return result


def take_back(
    study: Study,
    coders: Sequence[str] = (),
    codes: Sequence[str] = (),
    name: str | None = None,
    *,
    try_only: bool = False,
) -> Iterator[str]:
    """Takes back what these coders have of these interviews in this round (nothing given: any) and have not begun.

    Raises EnqueteError: UNKNOWN_INTERVIEW, UNKNOWN_ROUND, NOT_ASSIGNED, ASSIGNMENT_BEGUN when all of it is begun.
    """
    with study.database() as db, transaction(db):
        made = [one.name for one in stored.rounds(db)]
        if name is not None and name not in made:
            raise EnqueteError(Problem.UNKNOWN_ROUND, name=name, known=", ".join(made) or "aucun", exit_code=2)
        texts = list(interviews(db))
        wanted = {named(texts, code).code for code in codes}
        meant = [
            one
            for one in stored.assignments(db)
            if (not coders or one.coder in coders)
            and (not wanted or one.interview in wanted)
            and name in (None, one.round)
        ]
        begun = stored.begun(db)
        taken = [one for one in meant if (one.interview, one.coder) not in begun]
        kept = ", ".join(f"{one.interview} par {one.coder}" for one in meant if one not in taken)
        if not meant:
            raise EnqueteError(Problem.NOT_ASSIGNED)
        if not taken:
            raise EnqueteError(Problem.ASSIGNMENT_BEGUN, begun=kept)
        outside = list(_in_packets(db, taken))
        if not try_only:
            stored.unassign(db, taken)
            record(db, "affecter", f"reprises={len(taken)}")
    if try_only:
        yield "Essai : rien n'est enregistré."
    yield from (f"{one.interview} : repris à {one.coder}." for one in taken)
    if kept:
        yield f"Gardé, car déjà commencé : {kept}."
    yield from outside


def _in_packets(db: sqlite3.Connection, taken: Sequence[stored.Assignment]) -> Iterator[str]:
    """Warnings: packets that are out and hold interviews taken back."""
    for packet in packets(db).values():
        codes = [
            one.interview for one in taken if one.coder == packet.coder and one.interview in packet.output.interviews
        ]
        if codes and packet.output.destroyed_at is None:
            yield f"Attention : {', '.join(codes)} est encore dans le paquet n° {packet.output.id} de {packet.coder}."
