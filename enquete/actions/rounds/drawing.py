"""Who codes what: rounds drawn by chance. No key is needed.

Interviews and the answers to each question are shared out apart, so that each coder has their part of every question.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.actions.coding.coders import check_coder
from enquete.actions.places import by_question, chosen, codes_told, counted
from enquete.actions.study import Study
from enquete.coding.rounds import Terms, Work, doubled, share_out
from enquete.coding.turns import spoken_turns, spoken_words
from enquete.errors import EnqueteError, Problem
from enquete.store import rounds as stored
from enquete.store.codings import coders as known_coders
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.store.page import settled_names
from enquete.wording import n

_SEEDS = 1_000_000
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Draw:
    """What the user asks for. share: « 20 % », « 8 », « tous »; by: coders of each of these.

    seed, name: None to have them chosen. codes, questions: interviews to share out, and the answers to these; all where
    both are empty; wave: of those; answers: with the answers to open questions.
    """

    coders: tuple[str, ...]
    share: str = "0"
    by: int = 2
    seed: int | None = None
    name: str | None = None
    codes: tuple[str, ...] = ()
    wave: str | None = None
    questions: tuple[str, ...] = ()
    answers: bool = True


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

    def left(self, coder: str, texts: Sequence[Interview]) -> int:
        """Words of those of these texts that this coder has and has not coded."""
        mine = [text.code for text in texts if coder in self.held[text.code]]
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

    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, UNKNOWN_INTERVIEW, UNKNOWN_QUESTION,
    UNKNOWN_WAVE, NOTHING_TO_SHARE, ROUND_NAME, ROUND_EXISTS, those of `share_out`.
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
        asked = chosen(board.texts, draw.codes, draw.questions)
        texts = [t for t in asked if draw.wave in (None, t.wave) and (draw.answers or not t.asked)]
        silent = [text for text in texts if not spoken_turns(text.turns)]
        groups = by_question(text for text in texts if spoken_turns(text.turns))
        if not groups:
            raise EnqueteError(Problem.NOTHING_TO_SHARE)
        seed = secrets.randbelow(_SEEDS) if draw.seed is None else draw.seed
        parts = [_share(board, question, groups, replace(draw, coders=coders, seed=seed)) for question in groups]
        shared = {code: group for part in parts for code, group in part.shared.items()}
        new = [coder for coder in coders if coder not in known_coders(db)]
        if shared and not try_only:
            stored.add_round(db, name, stored.CODING, seed=seed)
            stored.assign(db, name, [(code, coder) for code, group in shared.items() for coder in group])
            record(db, "affecter", f"textes={len(shared)} graine={seed}")
    if try_only:
        yield f"Essai : rien n'est enregistré ; « --graine {seed} » redonnera ce tirage."
    if silent:
        yield f"Laissé de côté, faute de savoir qui y parle : {codes_told(silent)}."
    if new:
        yield f"Nouveau codeur : {', '.join(new)}."
    if not shared:
        yield "Rien à répartir : tout cela a déjà ses codeurs."
        return
    given = [text for text in texts if text.code in shared]
    yield f"Tour « {name} », tiré au sort (graine {seed}) : {counted(given)} entre {n('codeur', len(coders))}."
    yield from _drawn(board, parts, coders)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is shared out together: interviews, or the answers to one question. texts: shared or not."""

    question: str
    texts: Sequence[Interview]
    shared: Mapping[str, Sequence[str]]

    def coders(self, board: Board) -> dict[str, list[str]]:
        """Of each text, from now on."""
        return {t.code: sorted({*board.held[t.code], *self.shared.get(t.code, ())}) for t in self.texts}


def _share(board: Board, question: str, groups: Mapping[str, Sequence[Interview]], draw: Draw) -> _Part:
    """draw: with its seed. A number of texts to double holds for each part, as far as it goes."""
    texts, what = groups[question], "réponse" if question else "entretien"
    number = draw.share.strip().isdecimal()
    most = max(map(len, groups.values())) if number else len(texts)
    several = min(len(texts), doubled(draw.share, most, what))
    inside = {text.code for text in texts}
    beside = [text for text in board.texts if text.asked == question]
    elsewhere = [board.held[text.code] for text in beside if text.code not in inside]
    loads = {coder: board.left(coder, beside) for coder in draw.coders}
    works = [Work(t.code, board.words[t.code], board.held[t.code], board.trained[t.code]) for t in texts]
    terms = Terms(draw.coders, several, draw.by, draw.seed or 0, what)
    return _Part(question, texts, share_out(works, elsewhere, loads, terms))


def _drawn(board: Board, parts: Sequence[_Part], coders: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if not part.shared:
            continue
        if part.question:
            yield f"{part.question} :"
        for coder in coders:
            mine = [text.code for text in part.texts if coder in part.shared.get(text.code, ())]
            count = n("réponse" if part.question else "entretien", len(mine))
            words = sum(board.words[code] for code in mine)
            listed = f" : {', '.join(mine)}" if mine and not part.question else ""
            yield f"  {coder}, {count}, {n('mot', words)}{listed}"
    if not any(len(group) > 1 for part in parts for group in part.coders(board).values()):
        yield (
            "Rien n'est codé par plusieurs : l'accord entre codeurs ne se mesurera pas. "
            "Pour coder en double : « --double 20% »."
        )
    for part in parts:
        several = {code: group for code, group in part.coders(board).items() if len(group) > 1}
        if several and part.question:
            yield f"Codées par plusieurs, à l'aveugle, {part.question} : {len(several)} sur {len(part.texts)}."
        elif several:
            yield f"Codés par plusieurs, à l'aveugle : {len(several)} sur {len(part.texts)}."
            yield from (f"  {code} : {', '.join(group)}" for code, group in several.items())


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
