"""What could betray a person in words that are to be let out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from enquete.actions.protection.risks import Told, told_facts
from enquete.disclosure import risks
from enquete.disclosure.facts import facts_in
from enquete.findings.counting import Base, merge
from enquete.findings.material import Material, Passage
from enquete.findings.public.counts import Public
from enquete.findings.quotations import may_be_quoted
from enquete.store.interviews import Interview
from enquete.wording import label, n


def watches(material: Material, texts: Sequence[Interview]) -> dict[str, Watch]:
    """By question, none for interviews: each among those whose words stand together, as the public will read them."""
    parts = {"": material}
    for question in material.questions:
        parts[question.key] = replace(material.answering(question.key), attributes_shown=())
    bases = {key: Base(part) for key, part in parts.items()}
    return {key: Watch(base, told_facts(base, texts)) for key, base in bases.items()}


class Watch:
    """What could betray the person in a quotation, among the people of the study."""

    def __init__(self, base: Base, told: Iterable[Told]) -> None:
        self._public = Public(base)
        self._base = base
        facts: dict[str, set[risks.Item]] = defaultdict(set)
        for one in told:
            facts[one.person].add(one.item)
        names = base.material.attributes_shown
        people = {code for codes in base.present.values() for code in codes}
        self._items: dict[str, set[risks.Item]] = {
            code: facts[code] | set(zip(names, self._public.broad.get(code, ()), strict=False)) for code in people
        }

    def remarks(self, passage: Passage) -> Iterator[str]:
        """Facts told in these words, alone or beside what will be shown; a type of whom too few people were met."""
        (extract,) = merge([passage])
        kind = self._base.type_of(extract)
        if kind is None or len(self._public.met.get(kind, ())) < self._public.k:
            who = f"type « {label(kind)} », moins de {self._public.k} personnes" if kind else "on ne sait pas qui parle"
            yield f"ne paraîtra pas en diffusion : {who}"
        if not may_be_quoted(self._base, extract, silence=False):
            yield "ne paraîtra pas en diffusion : son accord pour être citée n'est pas noté (« enquete consentement »)"
        told = sorted({(fact.kind, fact.value) for fact in facts_in(passage.text)})
        rare = [item for item in told if 0 < self._shared([item]) < self._public.k]
        for item in rare:
            yield f"{_told(item)} : {_by(self._shared([item]))}"
        person = passage.participant
        beside = [item for item in self._items.get(person or "", ()) if item[0] in self._base.material.attributes_shown]
        together = sorted([*told, *beside])
        if told and not rare and len(together) > 1 and self._shared(together) < self._public.k:
            yield f"{' + '.join(map(_told, together))} : {_by(self._shared(together))}"

    def _shared(self, items: Collection[risks.Item]) -> int:
        return risks.shared_by(items, self._items)


def _told(item: risks.Item) -> str:
    return f"{item[0]} ({item[1]})"


def _by(people: int) -> str:
    return f"{n('personne', people)} de l'étude"
