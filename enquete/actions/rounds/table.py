"""Who codes what and how far they are, as a table. No key is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from enquete.actions.places import by_question, codes_told, counted
from enquete.actions.results import aligned
from enquete.actions.rounds.drawing import Board, read_board
from enquete.actions.study import Study
from enquete.store import rounds as stored
from enquete.store.interviews import Interview
from enquete.wording import day, number


def round_table(study: Study) -> Iterator[str]:
    """Lines to print: rounds, coders, interviews, and how much is coded by several."""
    with study.database() as db:
        board = read_board(db)
        made = stored.rounds(db)
        given = stored.assignments(db)
    if not board.texts:
        yield "Ni entretien ni réponse ouverte dans l'étude."
        return
    groups = by_question(board.texts)
    met = groups.pop("", [])
    yield from _rounds(board, made, given)
    for texts, title in ((met, "entretiens"), ([text for group in groups.values() for text in group], "réponses")):
        coders = sorted({coder for text in texts for coder in board.held[text.code]})
        if coders:
            yield from ("", *_coders(board, coders, texts, title))
    if met:
        yield from ("", *_interviews(board, met))
    if groups:
        yield from ("", *_questions(board, groups))
    yield ""
    if met:
        yield _shares(board, met, "Codés", "fini")
    yield from (_shares(board, group, f"{question}, codées", "finies") for question, group in groups.items())
    nobody = [text for text in board.texts if not board.held[text.code]]
    if nobody:
        yield f"À personne : {counted(nobody)} ({codes_told(nobody)})."


def _rounds(board: Board, made: Sequence[stored.StoredRound], given: Sequence[stored.Assignment]) -> Iterator[str]:
    if not made:
        yield "Aucun tour de codage. Pour répartir ce qui est à coder : « enquete affecter --codeurs lea,sofiane »."
    for one in made:
        mine = [assignment for assignment in given if assignment.round == one.name]
        coders = sorted({assignment.coder for assignment in mine})
        how, codes = _origin(one), {assignment.interview for assignment in mine}
        yield (
            f"Tour « {one.name} » ({day(date.fromisoformat(one.made_at[:10]))}, {how}) : "
            f"{counted(text for text in board.texts if text.code in codes)}, {', '.join(coders) or 'personne'}."
        )


def _origin(one: stored.StoredRound) -> str:
    if one.kind == stored.TRAINING:
        return "formation, d'après l'arbitrage" if one.settled else f"formation, d'après {one.reference}"
    return "à la main" if one.seed is None else f"tiré au sort, graine {one.seed}"


def _coders(board: Board, coders: Sequence[str], texts: Sequence[Interview], title: str) -> Iterator[str]:
    """A row a coder. Training rounds are not counted."""
    rows = [["codeur", title, "en double", "mots", "commencés", "lus", "codés", "codages", "mots à coder"]]
    for coder in coders:
        mine = [text.code for text in texts if coder in board.held[text.code]]
        states = [state for code in mine if (state := board.progress.get((code, coder)))]
        counts = [
            len(mine),
            sum(len(board.held[code]) > 1 for code in mine),
            sum(board.words[code] for code in mine),
            sum(state.opened or state.entries > 0 for state in states),
            sum(state.read for state in states),
            sum(state.coded for state in states),
            sum(state.codings for state in states),
            board.left(coder, texts),
        ]
        rows.append([coder, *map(number, counts)])
    return aligned(rows, numbers=range(1, 9))


def _interviews(board: Board, texts: Sequence[Interview]) -> Iterator[str]:
    rows = [["entretien", "vague", "mots", "qui le code"]]
    for text in texts:
        who = [f"{coder} ({_state(board, text.code, coder)})" for coder in sorted(board.held[text.code])]
        who += [f"{coder} (formation, {_state(board, text.code, coder)})" for coder in sorted(board.trained[text.code])]
        rows.append([text.code, text.wave, number(board.words[text.code]), ", ".join(who) or "personne"])
    return aligned(rows, numbers=(2,))


def _questions(board: Board, groups: Mapping[str, Sequence[Interview]]) -> Iterator[str]:
    """A row a question: answers are too many for one each."""
    rows = [["question", "réponses", "mots", "qui les code (finies)"]]
    for question, texts in groups.items():
        held = Counter(coder for text in texts for coder in board.held[text.code])
        done = Counter(coder for text in texts for coder in board.held[text.code] if board.coded(text.code, coder))
        who = [f"{coder} {number(count)} ({number(done[coder])})" for coder, count in sorted(held.items())]
        trained = Counter(coder for text in texts for coder in board.trained[text.code])
        who += [f"{coder} {number(count)} (formation)" for coder, count in sorted(trained.items())]
        words = sum(board.words[text.code] for text in texts)
        rows.append([question, number(len(texts)), number(words), ", ".join(who) or "personne"])
    return aligned(rows, numbers=(1, 2))


def _state(board: Board, interview: str, coder: str) -> str:
    state = board.progress.get((interview, coder))
    if state is None:
        return "pas commencé"
    return "codé" if state.coded else "lu" if state.read else "commencé"


def _shares(board: Board, texts: Sequence[Interview], coded: str, finished: str) -> str:
    several = [text.code for text in texts if len(board.held[text.code]) > 1]
    done = [code for code in several if sum(board.coded(code, coder) for coder in board.held[code]) > 1]
    return (
        f"{coded} par plusieurs : {len(several)} sur {len(texts)} ({round(100 * len(several) / len(texts))}\u00a0%), "
        f"dont {len(done)} que deux personnes au moins ont {finished}."
    )
