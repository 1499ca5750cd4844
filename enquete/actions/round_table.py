"""Who codes what and how far they are, as a table. No key is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from enquete.actions.results import aligned
from enquete.actions.rounds import Board, read_board
from enquete.actions.study import Study
from enquete.store import rounds as stored
from enquete.wording import day, n, number

_LISTED = 12  # codes named in a sentence


def round_table(study: Study) -> Iterator[str]:
    """Lines to print: rounds, coders, interviews, and how much is coded by several."""
    with study.database() as db:
        board = read_board(db)
        made = stored.rounds(db)
        given = stored.assignments(db)
    if not board.texts:
        yield "Aucun entretien dans l'étude."
        return
    yield from _rounds(made, given)
    coders = sorted({coder for group in board.held.values() for coder in group})
    if coders:
        yield from ("", *_coders(board, coders))
    yield from ("", *_interviews(board), "")
    yield from _shares(board)


def _rounds(made: Sequence[stored.StoredRound], given: Sequence[stored.Assignment]) -> Iterator[str]:
    if not made:
        yield "Aucun tour de codage. Pour répartir les entretiens : « enquete affecter --codeurs lea,sofiane »."
    for one in made:
        mine = [assignment for assignment in given if assignment.round == one.name]
        coders = sorted({assignment.coder for assignment in mine})
        how = _origin(one)
        yield (
            f"Tour « {one.name} » ({day(date.fromisoformat(one.made_at[:10]))}, {how}) : "
            f"{n('entretien', len({assignment.interview for assignment in mine}))}, {', '.join(coders) or 'personne'}."
        )


def _origin(one: stored.StoredRound) -> str:
    if one.kind == stored.TRAINING:
        return "formation, d'après l'arbitrage" if one.settled else f"formation, d'après {one.reference}"
    return "à la main" if one.seed is None else f"tiré au sort, graine {one.seed}"


def _coders(board: Board, coders: Sequence[str]) -> Iterator[str]:
    """A row a coder. Training rounds are not counted."""
    rows = [["codeur", "entretiens", "en double", "mots", "commencés", "lus", "codés", "codages", "mots à coder"]]
    for coder in coders:
        mine = [code for code, group in board.held.items() if coder in group]
        states = [state for code in mine if (state := board.progress.get((code, coder)))]
        counts = [
            len(mine),
            sum(len(board.held[code]) > 1 for code in mine),
            sum(board.words[code] for code in mine),
            sum(state.opened or state.entries > 0 for state in states),
            sum(state.read for state in states),
            sum(state.coded for state in states),
            sum(state.codings for state in states),
            board.left(coder),
        ]
        rows.append([coder, *map(number, counts)])
    return aligned(rows, numbers=range(1, 9))


def _interviews(board: Board) -> Iterator[str]:
    rows = [["entretien", "vague", "mots", "qui le code"]]
    for text in board.texts:
        who = [f"{coder} ({_state(board, text.code, coder)})" for coder in sorted(board.held[text.code])]
        who += [f"{coder} (formation, {_state(board, text.code, coder)})" for coder in sorted(board.trained[text.code])]
        rows.append([text.code, text.wave, number(board.words[text.code]), ", ".join(who) or "personne"])
    return aligned(rows, numbers=(2,))


def _state(board: Board, interview: str, coder: str) -> str:
    state = board.progress.get((interview, coder))
    if state is None:
        return "pas commencé"
    return "codé" if state.coded else "lu" if state.read else "commencé"


def _shares(board: Board) -> Iterator[str]:
    total = len(board.texts)
    several = [code for code, group in board.held.items() if len(group) > 1]
    done = [code for code in several if sum(board.coded(code, coder) for coder in board.held[code]) > 1]
    nobody = [code for code, group in board.held.items() if not group]
    yield (
        f"Codés par plusieurs : {len(several)} sur {total} ({round(100 * len(several) / total)}\u00a0%), "
        f"dont {len(done)} que deux personnes au moins ont fini."
    )
    if nobody:
        shown = ", ".join(nobody[:_LISTED]) + (f" et {len(nobody) - _LISTED} autres" if len(nobody) > _LISTED else "")
        yield f"À personne : {n('entretien', len(nobody))} ({shown})."
