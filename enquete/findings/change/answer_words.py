"""Answers of two waves side by side, for the terminal: counts of people, never a percentage under fifty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from enquete.findings.change.answers import ABSENT, BLANK, Differences, Standing, State, Transitions, totals
from enquete.model import MissingKind
from enquete.wording import label, n, number

ENOUGH = 50  # people under which no percentage is told
_WIDEST = 30  # characters of a label in a table
_NAMED = 30  # people who changed beyond whom codes are not listed


def state_words(found: Transitions, state: State, wave: str, *, before: bool) -> str:
    """What a row (before) or a column says. wave: its own."""
    if state == ABSENT:
        return f"pas vues en {wave}" if before else f"pas revues en {wave}"
    return "sans réponse" if state == BLANK else found.label(state)


def table_lines(found: Transitions, first: str, second: str) -> Iterator[str]:
    """A row an answer before, a column an answer after; an answer has the same number in both."""
    rows = [state_words(found, state, first, before=True) for state in found.rows]
    columns = [state_words(found, state, second, before=False) for state in found.columns]
    numbers = {words: str(rank) for rank, words in enumerate(dict.fromkeys((*rows, *columns)), 1)}
    left, top, everybody = totals(found, 0), totals(found, 1), sum(totals(found, 0).values())
    title = f"{first} en lignes, {second} en colonnes"
    width = min(_WIDEST + 5, max(map(len, (title, *(f"{words}     " for words in rows)))) + 1)
    cell = max(4, len(str(everybody)) + 2)

    def line(words: str, counts: Iterable[str | int], total: str | int) -> str:
        words = words if len(words) < width else f"{words[: width - 2]}…"
        return f"  {words:<{width}}{''.join(f'{count:>{cell}}' for count in counts)}{total:>{cell + 3}}"

    yield line(title, (numbers[words] for words in columns), "total")
    for row, words in zip(found.rows, rows, strict=True):
        yield line(f"{numbers[words]:>2} {words}", (found.count(row, c) or "·" for c in found.columns), left[row])
    yield line("total", (top[column] for column in found.columns), everybody)
    others = [words for words in columns if words not in rows]
    if others:
        yield f"  en colonne seulement : {', '.join(f'{numbers[words]} {words}' for words in others)}"


def transition_lines(found: Transitions, first: str, second: str) -> Iterator[str]:
    """The table, then who changed."""
    yield from table_lines(found, first, second)
    yield f"  {_moved(found)}"
    moves = {
        pair: people
        for pair, people in found.people.items()
        if pair[0] != pair[1] and all(state.standing is Standing.CHOICE for state in pair)
    }
    if 0 < found.moved <= _NAMED:
        for (before, after), people in sorted(moves.items()):
            yield f"    « {found.label(before)} » puis « {found.label(after)} » : {', '.join(people)}"


def _moved(found: Transitions) -> str:
    if not found.paired:
        return "Personne n'a répondu les deux fois."
    verb = "a répondu" if found.paired < 2 else "ont répondu"
    parts = [
        f"{number(count)} {what}{_share(count, found.paired)}"
        for count, what in ((found.paired - found.moved, "la même chose"), (found.moved, "autre chose"))
    ]
    return f"{n('personne', found.paired)} {verb} les deux fois : {', '.join(parts)}."


def _share(count: int, total: int) -> str:
    """« (19 %) » from fifty people on."""
    return f" ({100 * count / total:.0f}\u00a0%)" if total >= ENOUGH else ""


def option_lines(found: Sequence[Transitions]) -> Iterator[str]:
    """A line a choice of a question to several choices."""
    no, yes = State(Standing.CHOICE, "non"), State(Standing.CHOICE, "oui")
    for one in found:
        counts = [one.count(*pair) for pair in ((no, yes), (yes, yes), (yes, no), (no, no))]
        told = zip(("ajouté", "gardé", "quitté", "jamais"), counts, strict=True)
        yield f"  {one.asked.label} : {', '.join(f'{word} {count}' for word, count in told)} (sur {one.paired})"
    if found:
        yield from _apart(_without_choice(found[0]), "des choix")


def _without_choice(one: Transitions) -> Mapping[tuple[State, State], tuple[str, ...]]:
    """Of everybody who chose nothing at least once, « chosen » and « not chosen » being one."""
    found: dict[tuple[State, State], tuple[str, ...]] = {}
    for pair, people in one.people.items():
        before, after = (State(Standing.CHOICE) if state.standing is Standing.CHOICE else state for state in pair)
        found[before, after] = tuple(sorted((*found.get((before, after), ()), *people)))
    return {pair: people for pair, people in found.items() if any(s.standing is not Standing.CHOICE for s in pair)}


def difference_lines(found: Differences) -> Iterator[str]:
    """Up, same, down, the median of differences in words, and who gave no number."""
    total = len(found.by_person)
    if not total:
        yield "  Personne n'a donné de nombre les deux fois."
    else:
        verb = "a donné un nombre" if total < 2 else "ont donné un nombre"
        parts = [
            f"{number(len(people))} {word}{_share(len(people), total)}"
            for word, people in (("plus", found.up), ("autant", found.same), ("moins", found.down))
        ]
        yield f"  {n('personne', total)} {verb} les deux fois : {', '.join(parts)}."
        yield f"  {middle_words(found)}"
    yield from _apart(found.states, "un nombre")


def middle_words(found: Differences) -> str:
    """« Rangés du plus bas au plus haut, les écarts ont pour milieu 2 de plus (médiane). »"""
    middle = found.middle
    if middle is None:
        return ""
    size = f"{abs(middle):g}".replace(".", ",")
    told = f"{size} de {'plus' if middle > 0 else 'moins'}" if middle else "zéro : ni plus ni moins"
    return f"Rangés du plus bas au plus haut, les écarts ont pour milieu {told} (médiane)."


def _apart(people: Mapping[tuple[State, State], tuple[str, ...]], what: str) -> Iterator[str]:
    """Those of whom one of the two answers is missing, by what is missing."""
    for pair, codes in sorted(people.items()):
        if any(state.standing is not Standing.CHOICE for state in pair):
            before, after = _side(pair[0], what, "pas vues"), _side(pair[1], what, "pas revues")
            listed = f" ({', '.join(codes)})" if len(codes) <= _NAMED else ""
            yield f"  à part, {before} puis {after} : {n('personne', len(codes))}{listed}"


def _side(state: State, what: str, absent: str) -> str:
    if state.standing is Standing.MISSING:
        return f"« {label(MissingKind(state.name))} »"
    return {Standing.CHOICE: what, Standing.BLANK: "sans réponse"}.get(state.standing, absent)
