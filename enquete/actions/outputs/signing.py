"""Quotations flagged « à citer »: who lets each out for the public, after reading what could betray the person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from enquete.actions.outputs.gathering import gather
from enquete.actions.protection.risks import Told, told_facts
from enquete.actions.study import Study
from enquete.disclosure import risks
from enquete.disclosure.facts import facts_in
from enquete.errors import EnqueteError, Problem
from enquete.findings.counting import Base, merge
from enquete.findings.material import Flag, Material, Passage
from enquete.findings.public.counts import Public
from enquete.findings.quotations import flag_of, flagged, may_be_quoted
from enquete.store import codings as stored
from enquete.store import signoffs
from enquete.store.counting import counted
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.wording import label, n


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words flagged « à citer ». number: that of its first coding, which stays; codings: rows that it covers.

    signer: who let these very words out; "" for nobody. remarks: why a human should look twice, in French.
    """

    number: int
    interview: str
    participant: str
    codes: tuple[str, ...]
    words: str
    codings: tuple[int, ...]
    signer: str
    remarks: tuple[str, ...]


def list_quotations(study: Study, *, signed: bool) -> Iterator[str]:
    """Lines to print: the quotations that wait, or those that are signed."""
    found = [one for one in quotations(study) if bool(one.signer) is signed]
    for one in found:
        yield f"{one.number}  {one.participant}, {one.interview}, {', '.join(one.codes)}"
        yield f"   « {one.words} »"
        if one.signer:
            yield f"   signée par {one.signer}"
        yield from (f"   attention : {remark}" for remark in one.remarks)
    if signed:
        yield f"{n('citation signée', len(found))}."
    elif found:
        yield f'{n("citation", len(found))} en attente. Pour signer : enquete signer NUMÉRO… --par "Votre nom".'
    else:
        yield "Aucune citation « à citer » n'attend de signature."


def sign(study: Study, numbers: Sequence[int], signer: str, *, everything: bool) -> Iterator[str]:
    """Lets quotations out; gives lines to print. everything: those without a remark, the others by their number.

    Raises EnqueteError(SIGNER_MISSING, UNKNOWN_QUOTATION).
    """
    signer = " ".join(signer.split())
    if not signer:
        raise EnqueteError(Problem.SIGNER_MISSING, exit_code=2)
    known = {one.number: one for one in quotations(study)}
    chosen = [_known(known, number) for number in dict.fromkeys(numbers)]
    left = []
    if everything:
        waiting = [one for one in known.values() if not one.signer and one not in chosen]
        chosen += [one for one in waiting if not one.remarks]
        left = [one for one in waiting if one.remarks]
    with study.database() as db, transaction(db):
        for one in chosen:
            signoffs.sign(db, one.codings, signer, one.words)
        stored.record(db, "signer", f"citations={len(chosen)}")
    yield f"{n('citation signée', len(chosen))} par {signer}."
    if left:
        numbers_left = ", ".join(str(one.number) for one in left)
        yield f"{n('citation', len(left))} avec une remarque, à signer par son numéro après lecture : {numbers_left}."


def hold_back(study: Study, numbers: Sequence[int]) -> Iterator[str]:
    """Takes sign-offs back; gives lines to print. Raises EnqueteError(UNKNOWN_QUOTATION)."""
    known = {one.number: one for one in quotations(study)}
    chosen = [_known(known, number) for number in dict.fromkeys(numbers)]
    with study.database() as db, transaction(db):
        for one in chosen:
            signoffs.take_back(db, one.codings)
        stored.record(db, "signer", f"retirées={len(chosen)}")
    yield f"{n('signature retirée', len(chosen))}. Un classeur déjà écrit garde ces mots : refaites-le."


def _known(known: dict[int, Quotation], number: int) -> Quotation:
    if number not in known:
        raise EnqueteError(Problem.UNKNOWN_QUOTATION, number=number)
    return known[number]


def quotations(study: Study) -> list[Quotation]:
    """What is flagged « à citer » and may be quoted, by number; the same words under several codes are one."""
    material = gather(study, b"")
    base = Base(material.everything())
    with study.database() as db:
        texts = {text.code: text for text in interviews(db)}
        rows = [one.coding for one in counted(db) if one.coding.flag == Flag.CITE]
        signed = {(one.revision, one.start, one.end): one.signer for one in signoffs.signed_words(db)}
    revisions = {text.revision: code for code, text in texts.items()}
    ids: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for row in rows:
        ids[revisions[row.revision], row.start, row.end].append(row.id)
    watches = _watches(material, list(texts.values()))
    found = []
    for (interview, start, end), group in _citable(base).items():
        codings = tuple(sorted(ids[interview, start, end]))
        found.append(
            Quotation(
                number=codings[0],
                interview=interview,
                participant=group[0].participant or " ou ".join(base.present[interview]),
                codes=tuple(dict.fromkeys(p.code for p in group)),
                words=group[0].text,
                codings=codings,
                signer=signed.get((texts[interview].revision, start, end), ""),
                remarks=tuple(watches[texts[interview].asked].remarks(group[0])),
            )
        )
    return sorted(found, key=lambda one: one.number)


def _citable(base: Base) -> dict[tuple[str, int, int], list[Passage]]:
    """By place: passages flagged « à citer » of people who agree, no word of which is flagged otherwise."""
    flags = flagged(base)
    found: dict[tuple[str, int, int], list[Passage]] = defaultdict(list)
    for passage in base.passages:
        (extract,) = merge([passage])
        if flag_of(extract, flags) is Flag.CITE and may_be_quoted(base, extract):
            found[passage.interview, passage.start, passage.end].append(passage)
    return found


def _watches(material: Material, texts: Sequence[Interview]) -> dict[str, _Watch]:
    """By question, none for interviews: each among those whose words stand together, as the public will read them."""
    parts = {"": material}
    for question in material.questions:
        parts[question.key] = replace(material.answering(question.key), attributes_shown=())
    bases = {key: Base(part) for key, part in parts.items()}
    return {key: _Watch(base, told_facts(base, texts)) for key, base in bases.items()}


class _Watch:
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
