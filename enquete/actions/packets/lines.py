"""What became of the actions of a file of codings, in French: places and codes, never the words of a text or a memo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from enquete.actions.coding.entries import Received
from enquete.actions.coding.page_texts import PageText
from enquete.actions.places import codes_told
from enquete.coding.entries import OWN_CODE, Entry, Kind
from enquete.store.carrying import TEXT_CHANGED
from enquete.store.entries import Arrival, Arrived
from enquete.store.interviews import Interview
from enquete.store.packets import StoredPacket
from enquete.wording import day, n

_NO_INTERVIEW = "étude"
_SENTENCES = {
    Arrival.NEW: ("action nouvelle", "actions nouvelles"),
    Arrival.CHANGED: ("action qui en remplace une autre", "actions qui en remplacent d'autres"),
    Arrival.MOVED: ("action déplacée avec le texte, corrigé depuis", "actions déplacées avec le texte, corrigé depuis"),
    Arrival.SAME: ("action déjà là", "actions déjà là"),
    Arrival.IMPOSSIBLE: ("action impossible, laissée de côté", "actions impossibles, laissées de côté"),
}
_ALWAYS_LISTED = (Arrival.MOVED, Arrival.IMPOSSIBLE)
_STAGES = {"read": ("entretien lu", "réponse lue"), "coded": ("entretien codé", "réponse codée")}
_FIELDS = {"context": "contexte", "trajectory": "trajectoire", "tensions": "tensions", "impressions": "impressions"}


@dataclass(frozen=True, slots=True)
class Answered:
    """A file taken back. broken: actions that could not be read; coded: interviews that its coder has coded now.

    known: the texts that the study holds, by code.
    """

    name: str
    coder: str
    packet: StoredPacket | None
    broken: int
    coded: Collection[str]
    known: Mapping[str, Interview]


def answer_lines(answered: Answered, received: Received, *, detail: bool) -> Iterator[str]:
    """Lines to print. detail: one for each action, and not only for those that want a look."""
    yield _heading(answered)
    for arrival in _SENTENCES:
        found = [arrived for arrived in received.arrived if arrived.arrival is arrival]
        if found:
            yield f"  {_counted(arrival, len(found))} : {_by_interview(answered, found)}."
            listed = found if detail or arrival in _ALWAYS_LISTED else ()
            yield from (f"    {_told(answered, arrived, received.texts)}" for arrived in listed)
    if answered.broken:
        yield f"  {n('action', answered.broken)} d'une forme inconnue."
    if not received.arrived:
        yield "  Aucune action : ce fichier a été enregistré avant tout codage."
    yield from _what_is_left(answered)


def impossible_line(answered: Answered, received: Received) -> str:
    """How many actions can't be taken; nothing when all can."""
    found = sum(arrived.arrival is Arrival.IMPOSSIBLE for arrived in received.arrived) + answered.broken
    return f"{answered.name} : {_counted(Arrival.IMPOSSIBLE, found)} (voir plus haut)." if found else ""


def _counted(arrival: Arrival, count: int) -> str:
    one, several = _SENTENCES[arrival]
    return n(one, count, several)


def _heading(answered: Answered) -> str:
    if answered.packet is None:
        return (
            f"{answered.name} : codages de {answered.coder}, d'un paquet que cette étude ne connaît pas (la base "
            "vient-elle d'une sauvegarde ?)."
        )
    output = answered.packet.output
    made = day(date.fromisoformat(output.made_at[:10]))
    return f"{answered.name} : codages de {answered.coder}, paquet n° {output.id} du {made}."


def _by_interview(answered: Answered, found: Sequence[Arrived]) -> str:
    """« E001 (12), rsa-v1/dire (340) »"""

    def name(code: str | None) -> str:
        text = answered.known.get(code or "")
        return (text.asked if text else "") or code or _NO_INTERVIEW

    counts = Counter(name(one.entry.interview) for one in found)
    return ", ".join(f"{code} ({count})" for code, count in sorted(counts.items()))


def _told(answered: Answered, arrived: Arrived, texts: dict[str, PageText]) -> str:
    told = f"{_place(arrived.entry, texts)} : {_what(answered, arrived.entry)}"
    if arrived.arrival is Arrival.IMPOSSIBLE:
        return f"{told} : {_reason(answered, arrived)}"
    return f"{told} ; ses mots ont changé, à revoir" if arrived.touched & TEXT_CHANGED else told


def _place(entry: Entry, texts: dict[str, PageText]) -> str:
    """« E001, tour 4 »: the turn where it can be told in the text of today."""
    if entry.interview is None:
        return _NO_INTERVIEW
    text = texts.get(entry.interview)
    if text is None or entry.start is None or entry.revision != text.uid:
        return entry.interview
    return f"{entry.interview}, tour {text.turn_at(entry.start) + 1}"


def _what(answered: Answered, entry: Entry) -> str:
    """« codage R07.1 », « mémo »: never its words."""
    text = answered.known.get(entry.interview or "")
    own = (entry.code or "").startswith(OWN_CODE)
    names = {
        Kind.CODING: "codage sous un code proposé" if own else f"codage {entry.code}",
        Kind.MEMO: "mémo",
        Kind.JOURNAL: "note du journal",
        Kind.SHEET: f"fiche d'entretien ({_FIELDS.get(entry.field, entry.field)})",
        Kind.EVENT: "événement",
        Kind.PROPOSAL: "code proposé",
        Kind.VERDICT: "décision sur un repérage",
        Kind.STAGE: _STAGES[entry.field][bool(text and text.asked)] if entry.field in _STAGES else "étape",
        Kind.GONE: "suppression",
    }
    return names[entry.kind]


def _reason(answered: Answered, arrived: Arrived) -> str:
    """The page says « not on your list » of what exists and of what does not; the researcher may know which."""
    interview = arrived.entry.interview
    if interview is not None and interview not in answered.known:
        return "ce texte n'est plus dans l'étude."
    return arrived.reason.replace("votre liste", f"la liste de {answered.coder}")


def _what_is_left(answered: Answered) -> Iterator[str]:
    """Whether the packet's interviews are finished, and what to ask its holder then."""
    if answered.packet is None:
        return
    output, coder = answered.packet.output, answered.coder
    left = set(output.interviews) - set(answered.coded)
    if left:
        yield f"  Restent à coder : {codes_told(text for code, text in answered.known.items() if code in left)}."
    elif output.destroyed_at is None:
        yield (
            f"  Tout ce paquet est codé : demandez à {coder} d'effacer son travail du navigateur, "
            f"le paquet et ses fichiers, puis « enquete sorties confirmer {output.id} »."
        )
