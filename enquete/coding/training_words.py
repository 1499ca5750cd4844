"""What a comparison with a reference coding says, in French sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from enquete.coding.training import (
    CodeKey,
    Comparison,
    Outcome,
    Passage,
    Paths,
    Tally,
    confusions,
    same_theme,
    tallies,
)
from enquete.model import Span
from enquete.wording import n

_SHOWN = 3  # codes to read again first
_HABIT = 3  # passages treated the same way before it is called a habit

TITLES = {
    Outcome.AGREED: "D'accord",
    Outcome.BOUNDS: "Même code, autre découpage",
    Outcome.OTHER: "Autre code",
    Outcome.MISSED: "Oublié",
    Outcome.ADDED: "Ajouté",
}


def explanation(one: Comparison, paths: Paths) -> str:
    """What makes the difference, after the title of its outcome."""
    if one.outcome is Outcome.AGREED:
        return "Mêmes mots."
    if one.outcome is Outcome.BOUNDS:
        return _cut(one)
    if one.outcome is Outcome.MISSED:
        return "Codé dans la référence, pas ici."
    if one.outcome is Outcome.ADDED:
        return "Codé ici, pas dans la référence."
    return _other(one, paths)


def _cut(one: Comparison) -> str:
    ours, theirs = len(one.reference), len(one.newcomer)
    if ours != theirs:
        return f"En {n('passage', theirs)} au lieu de {ours}."
    if ours > 1:
        return "Découpé autrement."
    a, b = _hull(one.reference), _hull(one.newcomer)
    if b.start >= a.start and b.end <= a.end:
        return "Plus court que dans la référence."
    if b.start <= a.start and b.end >= a.end:
        return "Plus long que dans la référence."
    return f"Commence et finit plus {'tôt' if b.start < a.start else 'loin'} que dans la référence."


def _hull(passages: Sequence[Passage]) -> Span:
    return Span(min(p.start for p in passages), max(p.end for p in passages))


def _other(one: Comparison, paths: Paths) -> str:
    expected, given = one.expected, one.given
    if _broader(one, paths):
        return "Le thème est le bon, la référence précise."
    if given is not None and expected in paths.get(given, ())[:-1]:
        return "Le thème est le bon, la référence ne précise pas."
    return "Du même thème." if same_theme(one, one, paths) else "D'un autre thème."


def _broader(one: Comparison, paths: Paths) -> bool:
    """Whether the newcomer's code is one that the reference's hangs on."""
    return one.expected is not None and one.given in paths.get(one.expected, ())[:-1]


def summary(found: Mapping[CodeKey, Tally]) -> str:
    """What became of the passages of the reference, in a sentence."""
    total = Tally()
    for tally in found.values():
        for name in Tally.__slots__:
            setattr(total, name, getattr(total, name) + getattr(tally, name))
    cut = f" (dont {total.cut} découpés autrement)" if total.cut > 1 else " (dont 1 découpé autrement)" * total.cut
    return (
        f"{n('passage', total.expected)} dans la référence : {n('retrouvé', total.found)}{cut}, "
        f"{total.other} sous un autre code, {n('oublié', total.missed)} ; {n('ajouté', total.added)}."
    )


def advice(comparisons: Sequence[Comparison], labels: Mapping[CodeKey, str], paths: Paths) -> Iterator[str]:
    """Lines: the codes to read again first, then what else is worth knowing."""
    again = codes_to_read(comparisons, labels)
    if again:
        yield READ_AGAIN
        yield from (f"  {code}" for code in again)
    yield from habits(comparisons, paths)


READ_AGAIN = "À relire d'abord dans la grille (définition, inclusions, exclusions) :"


def codes_to_read(comparisons: Sequence[Comparison], labels: Mapping[CodeKey, str]) -> list[str]:
    """The codes that come back among the differences, each with why, the most troubled first."""
    found = tallies(comparisons)
    troubled = sorted(_troubled(found), key=lambda key: (-found[key].trouble, key))
    return [
        f"{_named(key, labels)} : {', '.join(_reasons(key, found[key], comparisons, labels))}."
        for key in troubled[:_SHOWN]
    ]


def _troubled(found: Mapping[CodeKey, Tally]) -> list[CodeKey]:
    return [key for key, tally in found.items() if tally.trouble > 1 and tally.trouble >= tally.found]


def habits(comparisons: Sequence[Comparison], paths: Paths) -> list[str]:
    """Sentences on what the newcomer does again and again; else, that nothing stands out."""
    said = [habit for habit in (_cutting(comparisons), _vague(comparisons, paths)) if habit]
    found = tallies(comparisons)
    if said or _troubled(found):
        return said
    if any(tally.trouble for tally in found.values()):
        return ["Aucun code ne revient dans les écarts : relisez-les un par un."]
    return ["Rien à relire : les deux codages se suivent."]


def _reasons(
    key: CodeKey, tally: Tally, comparisons: Sequence[Comparison], labels: Mapping[CodeKey, str]
) -> Iterator[str]:
    if tally.expected:
        yield f"{n('passage', tally.found)} sur {tally.expected} {'retrouvé' if tally.found < 2 else 'retrouvés'}"
    if tally.added:
        yield n("ajout", tally.added)
    mixed = confusions(comparisons)
    put = {given: count for (expected, given), count in mixed.items() if expected == key}
    if put:
        rival = min(put, key=lambda other: (-put[other], other))
        yield f"codé {_named(rival, labels)} à la place ({put[rival]} fois)"
    taken = {expected: count for (expected, given), count in mixed.items() if given == key}
    if taken:
        rival = min(taken, key=lambda other: (-taken[other], other))
        yield f"mis à la place de {_named(rival, labels)} ({taken[rival]} fois)"


def _named(key: CodeKey, labels: Mapping[CodeKey, str]) -> str:
    label = labels.get(key, "")
    return f"« {label} » ({key[1]})" if label else f"« {key[1]} »"


def _cutting(comparisons: Sequence[Comparison]) -> str:
    """Whether the newcomer mostly cuts shorter, or longer; empty when neither."""
    cut = [one for one in comparisons if one.outcome is Outcome.BOUNDS]
    gaps = [_taken(one.newcomer) - _taken(one.reference) for one in cut]
    for sign, how in ((-1, "courts"), (1, "longs")):
        same = sum(gap * sign > 0 for gap in gaps)
        if same >= _HABIT and same * 3 >= len(gaps) * 2:
            return f"{same} passages sur {len(gaps)} découpés autrement sont plus {how} que ceux de la référence."
    return ""


def _vague(comparisons: Sequence[Comparison], paths: Paths) -> str:
    """Whether the newcomer often stays at the theme; empty when not."""
    broader = sum(_broader(one, paths) for one in comparisons if one.outcome is Outcome.OTHER)
    if broader < _HABIT:
        return ""
    return f"{broader} fois, le thème est le bon mais la référence va jusqu'au sous-code : cherchez-le sous le thème."


def _taken(passages: Sequence[Passage]) -> int:
    return sum(passage.end - passage.start for passage in passages)
