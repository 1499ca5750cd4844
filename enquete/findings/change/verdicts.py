"""A test in a French sentence that never claims more than the number of people allows. Counts come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from enquete.findings.change.answers import Differences, Transitions, ranks
from enquete.findings.change.paired_tests import McNemar, StuartMaxwell, Wilcoxon, holm, mcnemar, stuart_maxwell
from enquete.findings.change.paired_tests import wilcoxon as signed_rank
from enquete.model import Measure
from enquete.wording import n

LEVEL = 0.05
FEW = 30  # people under which no difference is called « significatif »
FEW_MOVERS = 25  # people who changed under which the chi-square of Stuart-Maxwell is not to be trusted

CAUTION = (
    "Un test suppose des personnes tirées au sort. Si elles ont été choisies autrement, les nombres valent, pas p. Il "
    "ne dit rien de celles qu'on n'a pas revues, et les poids n'y entrent pas."
)


@dataclass(frozen=True, slots=True)
class Tested:
    """One test. effect: what is counted, a French sentence. result: None when nothing could be tested, for `why`."""

    name: str
    people: int
    effect: str
    result: McNemar | StuartMaxwell | Wilcoxon | None
    why: str = ""

    @property
    def p(self) -> float | None:
        return self.result.p if self.result else None


def verdict(found: Transitions | Differences) -> Tested:
    """The test that suits a question: signed ranks for a number or an ordered scale, exact McNemar for two answers,
    Stuart-Maxwell for more.
    """
    if isinstance(found, Differences):
        return _signed(found.asked.name, list(found.by_person.values()), "nombre")
    square = found.square
    if len(square) < 2:
        return _nothing(found)
    if len(square) == 2:
        return _two(found, square)
    if found.asked.measure is Measure.ORDINAL:
        return _signed(found.asked.name, ranks(found), "échelle")
    return _several(found, square)


def _nothing(found: Transitions) -> Tested:
    effect = f"Sur {n('personne', found.paired)} qui ont répondu les deux fois, toutes donnent la même réponse."
    if not found.paired:
        effect = "Personne n'a répondu les deux fois."
    return Tested(found.asked.name, found.paired, effect, None, "il n'y a rien à tester.")


def _two(found: Transitions, square: Sequence[Sequence[int]]) -> Tested:
    first, second = map(found.label, found.used)
    lost, gained = square[0][1], square[1][0]
    effect = (
        f"{_on(found.paired)}, {_pass(lost)} de « {first} » à « {second} », {_pass(gained)} de « {second} » à "
        f"« {first} »."
    )
    result = mcnemar(lost, gained) if lost + gained else None
    return Tested(found.asked.name, found.paired, effect, result, "personne ne change.")


def _several(found: Transitions, square: Sequence[Sequence[int]]) -> Tested:
    effect = f"{_on(found.paired)}, {_change(found.moved)} de réponse."
    if found.moved < FEW_MOVERS:
        why = (
            f"l'effectif est trop faible pour un test de Stuart-Maxwell, qui est approché : il y faut {FEW_MOVERS} "
            "personnes au moins qui changent de réponse."
        )
        return Tested(found.asked.name, found.paired, effect, None, why)
    return Tested(found.asked.name, found.paired, effect, stuart_maxwell(square))


def _signed(name: str, values: Sequence[float], what: str) -> Tested:
    result = signed_rank(values)
    where = "sur l'échelle, dans l'ordre de ses réponses" if what == "échelle" else "en nombre"
    verb = "monte" if result.up < 2 else "montent"
    effect = (
        f"{_on(len(values))}, {result.up} {verb} {where}, {result.down} "
        f"{'descend' if result.down < 2 else 'descendent'}, {result.same} {'reste' if result.same < 2 else 'restent'} "
        "au même point."
    )
    return Tested(name, len(values), effect, result if result.up + result.down else None, "personne ne change.")


def _on(people: int) -> str:
    return f"Sur {n('personne', people)} {'qui a' if people < 2 else 'qui ont'} répondu les deux fois"


def _pass(people: int) -> str:
    return f"{people} {'passe' if people < 2 else 'passent'}"


def _change(people: int) -> str:
    return f"{people} {'change' if people < 2 else 'changent'}"


def sentences(tests: Sequence[Tested], sampling: str) -> Iterator[str]:
    """One a test, in their order, then the sampling as it was told and what tests do not say.

    Corrected together (Holm) when there are several.
    """
    corrected = holm([one.p for one in tests if one.p is not None])
    places = iter(corrected)
    for one in tests:
        p = next(places) if one.p is not None else None
        yield f"« {one.name} » : {one.effect} {_conclusion(one, p, len(corrected))}"
    yield f"Échantillon, tel qu'il est dit : « {sampling} ». {CAUTION}"
    if len(corrected) > 1:
        yield f"{n('test', len(corrected))} à la fois : les p sont corrigés selon Holm (1979)."


def _conclusion(one: Tested, corrected: float | None, tests: int) -> str:
    if one.result is None or one.p is None or corrected is None:
        return f"Pas de test : {one.why}"
    least = getattr(one.result, "least", 0.0)
    if least > LEVEL:
        return (
            "L'effectif est trop faible pour qu'un test conclue : si tous les changements allaient dans le même sens, "
            f"p serait encore de {_p(least)[4:]}."
        )
    told = f"{_method(one.result)} : {_p(one.p)}{f', corrigé {_p(corrected)}' if tests > 1 else ''}"
    if corrected > LEVEL:
        return f"{told} : le hasard suffit à l'expliquer ; cela ne prouve pas que rien n'a changé."
    if one.people < FEW:
        return (
            f"{told} : le hasard seul l'explique mal, mais sur {one.people} personnes c'est trop peu pour en dire plus "
            "que ces personnes."
        )
    return f"{told} : écart significatif au seuil de 5 %, si les personnes ont été tirées au sort."


def _method(result: McNemar | StuartMaxwell | Wilcoxon) -> str:
    if isinstance(result, McNemar):
        return "Test de McNemar, exact"
    if isinstance(result, StuartMaxwell):
        return f"Test de Stuart-Maxwell (khi-deux = {_short(result.statistic)}, ddl = {result.freedom})"
    return f"Test des rangs signés de Wilcoxon, {'exact' if result.exact else 'approché'}, zéros selon Pratt"


def _p(value: float) -> str:
    """« p = 0,031 », « p < 0,001 », never zero."""
    return "p < 0,001" if value < 0.0005 else f"p = {value:.3f}".replace(".", ",")


def _short(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
