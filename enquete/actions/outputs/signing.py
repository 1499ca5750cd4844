"""Who lets quotations « à citer », and paraphrases, out for the public, after reading what could betray the person.

A quotation is named by a number (« 12 »: that of its first coding), a paraphrase by « par12 ».
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.actions.outputs.gathering import gather
from enquete.actions.outputs.watching import Watch, watches
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.counting import Base, Extract, merge
from enquete.findings.material import Flag, Passage
from enquete.findings.quotations import flag_of, flagged, may_be_quoted
from enquete.findings.written.types import Remark, RemarkKind
from enquete.store import codings as stored
from enquete.store import signoffs
from enquete.store.counting import counted
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.store.remarks import remarks, sign_remark
from enquete.wording import n

_PARAPHRASE = re.compile(r"par\s?(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words flagged « à citer », or a paraphrase. number: that of its first coding, which stays; of the paraphrase.

    codings: rows that it covers; none for a paraphrase. signer: who let these very words out; "" for nobody. remarks:
    why a human should look twice, in French.
    """

    number: int
    interview: str
    participant: str
    codes: tuple[str, ...]
    words: str
    codings: tuple[int, ...]
    signer: str
    remarks: tuple[str, ...]

    @property
    def name(self) -> str:
        """As it is typed."""
        return str(self.number) if self.codings else f"par{self.number}"


def list_quotations(study: Study, *, signed: bool) -> Iterator[str]:
    """Lines to print: the quotations and paraphrases that wait, or those that are signed."""
    found = [one for one in to_sign(study) if bool(one.signer) is signed]
    for one in found:
        what = ", ".join(one.codes) if one.codings else "paraphrase"
        yield f"{one.name}  {one.participant}, {one.interview}, {what}"
        yield f"   « {one.words} »"
        if one.signer:
            yield f"   signée par {one.signer}"
        yield from (f"   attention : {remark}" for remark in one.remarks)
    if signed:
        yield f"{_many(found, 'signée')}."
    elif found:
        yield f'{_many(found)} en attente. Pour signer : enquete signer NUMÉRO… --par "Votre nom".'
    else:
        yield "Aucune citation « à citer » et aucune paraphrase n'attend de signature."


def _many(found: Sequence[Quotation], done: str = "") -> str:
    """« 3 citations signées, 1 paraphrase signée »; paraphrases are told where there are some."""
    done = f" {done}" if done else ""
    own = sum(bool(one.codings) for one in found)
    others = len(found) - own
    parts = [n(f"citation{done}", own)] if own or not others else []
    return ", ".join(parts + ([n(f"paraphrase{done}", others)] if others else []))


def sign(study: Study, names: Sequence[str], signer: str, *, everything: bool) -> Iterator[str]:
    """Lets quotations out; gives lines to print. everything: those without a remark, the others by their number.

    Raises EnqueteError(SIGNER_MISSING, UNKNOWN_QUOTATION).
    """
    signer = " ".join(signer.split())
    if not signer:
        raise EnqueteError(Problem.SIGNER_MISSING, exit_code=2)
    every = to_sign(study)
    chosen = _known(every, names)
    left = []
    if everything:
        waiting = [one for one in every if not one.signer and one not in chosen]
        chosen += [one for one in waiting if not one.remarks]
        left = [one for one in waiting if one.remarks]
    with study.database() as db, transaction(db):
        for one in chosen:
            if one.codings:
                signoffs.sign(db, one.codings, signer, one.words)
            else:
                sign_remark(db, one.number, signer)
        stored.record(db, "signer", f"citations={len(chosen)}")
    yield f"{_many(chosen, 'signée')} par {signer}."
    if left:
        numbers_left = ", ".join(one.name for one in left)
        yield f"{_many(left)} avec une remarque, à signer par son numéro après lecture : {numbers_left}."


def hold_back(study: Study, names: Sequence[str]) -> Iterator[str]:
    """Takes sign-offs back; gives lines to print. Raises EnqueteError(UNKNOWN_QUOTATION)."""
    chosen = _known(to_sign(study), names)
    with study.database() as db, transaction(db):
        for one in chosen:
            if one.codings:
                signoffs.take_back(db, one.codings)
            else:
                sign_remark(db, one.number, "")
        stored.record(db, "signer", f"retirées={len(chosen)}")
    yield f"{n('signature retirée', len(chosen))}. Un document déjà écrit garde ces mots : refaites-le."


def _known(every: Sequence[Quotation], names: Sequence[str]) -> list[Quotation]:
    by_name = {one.name: one for one in every}
    chosen = []
    for written in dict.fromkeys(names):
        typed = _PARAPHRASE.fullmatch(written.strip())
        found = by_name.get(f"par{int(typed[1])}" if typed else written.strip().lstrip("0"))
        if found is None:
            raise EnqueteError(Problem.UNKNOWN_QUOTATION, number=written[:20])
        chosen.append(found)
    return list(dict.fromkeys(chosen))


def to_sign(study: Study) -> list[Quotation]:
    """Quotations « à citer » that may be quoted, by number, the same words under several codes once; paraphrases."""
    material = gather(study, b"")
    base = Base(material.everything())
    with study.database() as db:
        texts = {text.code: text for text in interviews(db)}
        rows = [one.coding for one in counted(db) if one.coding.flag == Flag.CITE]
        signed = {(one.revision, one.start, one.end): one.signer for one in signoffs.signed_words(db)}
        written = [one for one in remarks(db) if one.kind is RemarkKind.PARAPHRASE]
    revisions = {text.revision: code for code, text in texts.items()}
    ids: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for row in rows:
        ids[revisions[row.revision], row.start, row.end].append(row.id)
    watching = watches(material, list(texts.values()))
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
                remarks=tuple(watching[texts[interview].asked].remarks(group[0])),
            )
        )
    return sorted(found, key=lambda one: one.number) + list(_paraphrases(base, written, texts, watching))


def _paraphrases(
    base: Base, written: Sequence[Remark], texts: Mapping[str, Interview], watching: Mapping[str, Watch]
) -> Iterator[Quotation]:
    """Those of words « à paraphraser » of people who agree."""
    flags = flagged(base)
    for one in sorted(written, key=lambda one: one.id):
        if one.interview not in base.interviews:
            continue
        said = spoken(base, texts[one.interview], one.start, one.end)
        (extract,) = merge([said])
        if not may_stand(base, extract, flags):
            continue
        told = replace(said, text=one.body)
        changed = ("les mots qu'elle remplace ont changé depuis",) if one.touched else ()
        yield Quotation(
            number=one.id,
            interview=one.interview,
            participant=said.participant or " ou ".join(base.present[one.interview]),
            codes=(),
            words=one.body,
            codings=(),
            signer=one.signer,
            remarks=(*changed, *watching[texts[one.interview].asked].remarks(told)),
        )


def may_stand(base: Base, extract: Extract, flags: Mapping[str, Sequence[Passage]]) -> bool:
    """Whether a paraphrase of these words is read outside the team."""
    return flag_of(extract, flags) is Flag.PARAPHRASE and may_be_quoted(base, extract)


def spoken(base: Base, text: Interview, start: int, end: int) -> Passage:
    """These words of an interview, under no code, with their voice."""
    turn = next((place for place, one in enumerate(text.turns) if one.start <= start < one.end), 0)
    present = base.present[text.code]
    voice = text.voices[text.turns[turn].speaker].participant
    who = voice if voice in present else present[0] if len(present) == 1 else None
    return Passage(text.code, text.wave, who, start, end, "", "", (), text.text[start:end], turn)


def _citable(base: Base) -> dict[tuple[str, int, int], list[Passage]]:
    """By place: passages flagged « à citer » of people who agree, no word of which is flagged otherwise."""
    flags = flagged(base)
    found: dict[tuple[str, int, int], list[Passage]] = defaultdict(list)
    for passage in base.passages:
        (extract,) = merge([passage])
        if flag_of(extract, flags) is Flag.CITE and may_be_quoted(base, extract):
            found[passage.interview, passage.start, passage.end].append(passage)
    return found
