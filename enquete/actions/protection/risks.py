"""What singles each person out, as a table to act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.coding.turns import spoken_turns
from enquete.disclosure import risks
from enquete.disclosure.facts import facts_in
from enquete.disclosure.risks import Item, Risk
from enquete.findings.counting import Base, consents
from enquete.findings.profile import attribute_title
from enquete.model import Audience, ConsentKind, ConsentState
from enquete.reports.risks import RiskRow, render
from enquete.store.interviews import Interview, interviews
from enquete.wording import label, n

_TYPE = "type"
_AROUND = 40  # code points of context on each side
_MOST = 5  # combinations of a person on screen


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that a person tells: text[start:end] of turn number `turn` (from 0)."""

    person: str
    item: Item
    interview: str
    turn: int
    start: int
    end: int
    context: str


def told_facts(base: Base, texts: Sequence[Interview]) -> list[Told]:
    """Facts in the turns of people who take part; a voice linked to nobody counts for everyone present."""
    found = []
    for text in texts:
        present = base.present.get(text.code, ())
        for index in spoken_turns(text.turns):
            turn = text.turns[index]
            voice = text.voices[turn.speaker].participant
            people = present if voice is None else (voice,) if voice in present else ()
            for fact in facts_in(text.text[turn.start : turn.end]) if people else ():
                start, end = turn.start + fact.start, turn.start + fact.end
                context = _context(text.text, turn.start, turn.end, start, end)
                item = (fact.kind, fact.value)
                found += [Told(person, item, text.code, index, start, end, context) for person in people]
    return found


def _context(text: str, first: int, last: int, start: int, end: int) -> str:
    """The words around, whole, within the turn."""
    left, right = max(first, start - _AROUND), min(last, end + _AROUND)
    before = text[left:start].partition(" ")[2] if left > first and " " in text[left:start] else text[left:start]
    after = text[end:right].rpartition(" ")[0] if right < last and " " in text[end:right] else text[end:right]
    dots = ("… " if left > first else ""), (" …" if right < last else "")
    return " ".join(f"{dots[0]}{before}{text[start:end]}{after}{dots[1]}".split())


def list_risks(study: Study, output: Path | None) -> Result:
    """A row a combination, the riskiest person first; with `output`, a workbook for the team too (key needed).

    Counted over the people who take part: those who were interviewed, then those who answered open questions, since
    an output says which of the two its words are. Words of those who refuse to be quoted are not shown.
    """
    vault = study.vault() if output else None
    material = gather(study, b"")
    with study.database() as db:
        texts = list(interviews(db))
    k = max(study.config.synthesis.shared_by, study.config.synthesis.threshold)
    parts = {} if material.only_answers else {"En entretien :": material}
    if material.answers:
        parts["Par questionnaire :"] = material.answering()
    result, rows = Result(), []
    for title, part in parts.items():
        mine, people = _part(Base(part), texts, k)
        rows += mine
        result.lines += [title] if material.answers else []
        result.lines += _lines(mine, people, k)
    result.rows = [_json(row) for row in rows]
    if output and vault:
        codes = tuple(text.code for text in texts)
        write_checked(study, vault, Output(output, render(rows, k), Audience.TEAM, codes))
        result.lines.append(f"Tableau pour l'équipe : {output}")
    return result


def _part(base: Base, texts: Sequence[Interview], k: int) -> tuple[list[RiskRow], int]:
    """(rows, people among whom they were looked for)"""
    told = told_facts(base, texts)
    items = _items(base, told)
    return [_row(base, risk, told) for risk in risks.risks(items, k)], len(items)


def _items(base: Base, told: Sequence[Told]) -> dict[str, set[Item]]:
    """Person -> attributes of the waves in which they were met, type, facts told."""
    items: dict[str, set[Item]] = {}
    for wave, people in base.met.items():
        for code in people:
            person = base.people[code]
            own = items.setdefault(code, {(_TYPE, label(person.type))})
            attributes = person.attributes.get(wave, {}).items()
            own |= {(attribute_title(base, name), value.strip()) for name, value in attributes if value.strip()}
    for one in told:
        items[one.person].add(one.item)
    return items


def _row(base: Base, risk: Risk, told: Sequence[Told]) -> RiskRow:
    places = [one for one in told if one.person == risk.person and one.item in risk.items]
    facts = {one.item for one in places}
    return RiskRow(
        participant=risk.person,
        score=round(risk.score, 2),
        items=tuple(f"{kind} : {value}" for kind, value in risk.items),
        people=risk.people,
        places=tuple(f"{one.interview}, {_spot(base, one)}" for one in places),
        words=tuple(_quotable(base, one) for one in places),
        remedies=tuple(_remedies(risk, facts, sorted({one.interview for one in places}))),
    )


def _spot(base: Base, told: Told) -> str:
    return "réponse" if base.interviews[told.interview].question else f"tour {told.turn + 1}"


def _quotable(base: Base, told: Told) -> str:
    wave = base.interviews[told.interview].wave
    refused = consents(base.people[told.person], ConsentKind.QUOTATION, wave) not in (None, ConsentState.GIVEN)
    return "[refuse d'être citée]" if refused else told.context


def _remedies(risk: Risk, facts: set[Item], places: Sequence[str]) -> Iterator[str]:
    if facts:
        yield f"masquer ces mots (enquete relire {', '.join(places)}) ou les marquer « ne jamais citer »"
    for kind, _ in (item for item in risk.items if item not in facts):
        if kind == _TYPE:
            yield "ne pas citer ce type de répondant hors de l'équipe"
        else:
            yield f"élargir « {kind} », ou ne pas la montrer"


def _json(row: RiskRow) -> dict[str, object]:
    return {
        "participant": row.participant,
        "risque": row.score,
        "ce_qui_distingue": list(row.items),
        "personnes": row.people,
        "endroits": list(row.places),
        "mots": list(row.words),
        "a_faire": list(row.remedies),
    }


def _lines(rows: Sequence[RiskRow], people: int, k: int) -> Iterator[str]:
    by_person: Mapping[str, list[RiskRow]] = defaultdict(list)
    for row in rows:
        by_person[row.participant].append(row)
    for participant, mine in by_person.items():
        yield f"{participant}  {n('combinaison', len(mine))}, risque {sum(row.score for row in mine):.1f}"
        for row in mine[:_MOST]:
            alone = "seule de l'étude" if row.people == 1 else f"{row.people} personnes"
            yield f"   {' + '.join(row.items)} : {alone}"
            yield from (f"      {place} « {words} »" for place, words in zip(row.places, row.words, strict=True))
        if len(mine) > _MOST:
            yield f"   et {len(mine) - _MOST} autres (--json ou --sortie les donne toutes)"
    yield (
        f"{n('personne', len(by_person))} sur {people} que moins de {k} personnes de l'étude égalent sur un, deux ou "
        "trois traits."
    )
    if by_person:
        yield "À faire : masquer le passage (enquete relire), le marquer « ne jamais citer », élargir ce qui distingue."
