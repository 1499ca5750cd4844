"""Training rounds: interviews that a reference coder has finished are given to a newcomer. No key is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from enquete.actions.coding.coders import check_coder
from enquete.actions.places import named
from enquete.actions.results import Result
from enquete.actions.rounds.drawing import Board, check_layers, new_name, read_board
from enquete.actions.rounds.lessons import ARBITRATION, finished, reference_passages
from enquete.actions.study import Study
from enquete.coding.training import CodeKey, telling
from enquete.errors import EnqueteError, Problem
from enquete.store import codings as stored
from enquete.store import rounds as stored_rounds
from enquete.store.database import transaction
from enquete.store.page import settled_names
from enquete.store.settled import settled_whole
from enquete.wording import n

USUAL = 2  # interviews of a training round, unless more are asked for


def start_training(
    study: Study,
    newcomer: str,
    reference: str,
    codes: Sequence[str] = (),
    wanted: int = USUAL,
    name: str | None = None,
    *,
    try_only: bool = False,
) -> Result:
    """Gives a newcomer interviews that the reference has finished; problems: those that can't be given.

    codes: which ones; empty: as many as wanted, those with most codes. reference: a coder, or ARBITRATION.
    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, TRAINING_SELF, TRAINING_REFERENCE,
    TRAINING_NOTHING, UNKNOWN_INTERVIEW, ROUND_NAME, ROUND_EXISTS.
    """
    check_coder(study.config, newcomer)
    if newcomer == reference:
        raise EnqueteError(Problem.TRAINING_SELF, exit_code=2)
    result = Result(lines=["Essai : rien n'est enregistré."] if try_only else [])
    with study.database() as db, transaction(db):
        check_layers(db, [newcomer])
        coder = _reference(db, reference)
        name = new_name(db, name, f"formation {newcomer}")
        board, done = read_board(db), finished(db, coder)
        free = [code for code in done if not _has(board, newcomer, code)]
        if not free:
            raise EnqueteError(Problem.TRAINING_NOTHING, newcomer=newcomer, reference=reference)
        asked = list(dict.fromkeys(named(board.texts, code).code for code in codes))
        result.problems += [f"{code} : {reference} ne l'a pas fini." for code in asked if code not in done]
        result.problems += [f"{code} : {newcomer} l'a déjà." for code in asked if code in done and code not in free]
        chosen = [code for code in asked if code in free]
        if not codes:
            met = [text.code for text in board.texts if text.code in free and not text.asked]
            # One learns on interviews; answers of a few words teach little, but are all that some studies have.
            used = {code: _codes_used(board, db, coder, code) for code in met or free}
            chosen = telling(used, board.words, wanted)
        if chosen and not try_only:
            stored_rounds.add_round(db, name, stored_rounds.TRAINING, reference=coder)
            stored_rounds.assign(db, name, [(code, newcomer) for code in chosen])
            stored.record(db, "formation", f"entretiens={len(chosen)}")
    if chosen:
        words = n("mot", sum(board.words[code] for code in chosen))
        result.lines += [
            f"Tour « {name} » : {newcomer} code {', '.join(sorted(chosen))} ({words}), d'après {reference}.",
            "Ces codages sont un exercice : ils ne comptent ni dans l'accord ni dans la synthèse. "
            f"Quand {newcomer} aura fini : « enquete formation {newcomer} ».",
        ]
    return result


def _reference(db: sqlite3.Connection, reference: str) -> str:
    """The coder meant. Raises EnqueteError(TRAINING_REFERENCE)."""
    settled = sorted(settled_names(db))
    coder = settled[0] if reference == ARBITRATION and settled else reference
    if not finished(db, coder):
        known = sorted({one for _, one in stored.readings(db)} | ({ARBITRATION} if settled_whole(db) else set()))
        listed = ", ".join(known) or "personne encore"
        raise EnqueteError(Problem.TRAINING_REFERENCE, name=reference, known=listed, exit_code=2)
    return coder


def _has(board: Board, coder: str, code: str) -> bool:
    state = board.progress.get((code, coder))
    return coder in board.held[code] | board.trained[code] or (state is not None and state.entries > 0)


def _codes_used(board: Board, db: sqlite3.Connection, reference: str, code: str) -> frozenset[CodeKey]:
    text = named(board.texts, code)
    return frozenset(passage.key for passage in reference_passages(db, text, reference))
