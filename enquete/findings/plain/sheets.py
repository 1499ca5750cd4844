"""What goes back to the people interviewed: a sheet for all, what to say at a meeting, one person's own sheet.

Only words that somebody wrote for it (« Pour la restitution ») stand here; the rest is a frame in short sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from enquete.findings.counting import Base, merge, tree
from enquete.findings.material import Flag
from enquete.findings.plain.acronyms import glossary
from enquete.findings.plain.readability import sentences, words_of
from enquete.findings.quotations import flag_of, flagged
from enquete.findings.tables import Section
from enquete.findings.written.fields import ANSWERED, IN_FORCE, RECOMMENDATION_STATES, SENT, VALID
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.wording import month, n

_SPOKEN = 110  # words a minute, slowly and with pauses
_TALK = 6  # minutes for people to answer
_ASKED_STATES = (RECOMMENDATION_STATES[1], SENT, ANSWERED, IN_FORCE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to hand over: each line of a section is one sentence. acronyms: what those in it stand for."""

    title: str
    sections: tuple[Section, ...]
    acronyms: Mapping[str, str]

    def texts(self) -> Iterator[str]:
        """Every string."""
        yield self.title
        for section in self.sections:
            yield section.title
            yield from section.lines


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of a meeting. minutes: about how long; say: sentence by sentence; ask: questions to the room."""

    title: str
    minutes: int
    say: tuple[str, ...]
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """What to say and to ask at a meeting, in order."""

    title: str
    moments: tuple[Moment, ...]
    acronyms: Mapping[str, str]

    @property
    def minutes(self) -> int:
        return sum(moment.minutes for moment in self.moments)

    def texts(self) -> Iterator[str]:
        """Every string."""
        yield self.title
        for moment in self.moments:
            yield moment.title
            yield from moment.say
            yield from moment.ask


def told(pieces: Iterable[Piece]) -> list[Piece]:
    """Findings that are valid and that somebody wrote in plain French."""
    return [p for p in pieces if p.kind is PieceKind.FINDING and p.get("state") == VALID and p.get("plain").strip()]


def asked(pieces: Iterable[Piece]) -> list[Piece]:
    """Recommendations that people agreed on, and that somebody wrote in plain French."""
    kept = (p for p in pieces if p.kind is PieceKind.RECOMMENDATION and p.get("state") in _ASKED_STATES)
    return [piece for piece in kept if piece.get("plain").strip()]


def collective(base: Base, contact: str, own: Mapping[str, str]) -> tuple[Sheet, list[str]]:
    """The sheet for all, and the acronyms that nobody explains.

    contact: whom to reach; empty: to be completed on paper. own: acronyms that the study explains.
    """
    pieces = base.material.pieces
    met: frozenset[str] = frozenset().union(*base.met.values())
    sections = [
        Section("Merci", ("Vous nous avez parlé.", f"{_people(len(met))}", "Voici ce que nous en avons fait.")),
        *(Section("Ce que nous avons compris" if not place else "", tuple(sentences(piece.get("plain"))))
          for place, piece in enumerate(told(pieces))),
    ]  # fmt: skip
    wanted = asked(pieces)
    for place, piece in enumerate(wanted):
        lines = (*sentences(piece.get("plain")), *_addressed(piece))
        sections.append(Section("Ce que nous demandons" if not place else "", lines))
    sections.append(Section("Et vous ?", _yours(contact)))
    return _sheet("Ce que vous nous avez dit", sections, own)


def _people(count: int) -> str:
    return f"Nous avons rencontré {n('personne', count)}." if count else "Nous avons rencontré des personnes."


def _addressed(piece: Piece) -> Iterator[str]:
    """To whom it was asked, and whether they answered."""
    names = piece.listed("addressees")
    if names and piece.get("state") != RECOMMENDATION_STATES[1]:
        yield f"Nous l'avons demandé : {', '.join(names)}."
    if piece.get("state") == ANSWERED:
        yield "Une réponse est venue."
    elif piece.get("state") == SENT:
        yield "Nous attendons la réponse."
    elif piece.get("state") == IN_FORCE:
        yield "C'est fait, ou commencé."


def _yours(contact: str) -> tuple[str, ...]:
    reach = f"Pour nous joindre : {contact}" if contact else "Pour nous joindre : ____________________"
    return (
        "Est-ce que cela vous ressemble ?",
        "Nous nous trompons peut-être.",
        "Dites-le-nous.",
        "Vous pouvez changer d'avis.",
        "Vous pouvez nous demander de retirer vos mots.",
        "Personne ne peut vous le reprocher.",
        reach,
    )


def _sheet(title: str, sections: Sequence[Section], own: Mapping[str, str]) -> tuple[Sheet, list[str]]:
    texts = [line for section in sections for line in (section.title, *section.lines)]
    explained, left = glossary(texts, own)
    return Sheet(title, tuple(sections), explained), left


# --- said aloud


def oral(base: Base, own: Mapping[str, str]) -> tuple[Meeting, list[str]]:
    """What to say at a meeting, finding by finding, with time for people to answer; acronyms that nobody explains."""
    pieces = base.material.pieces
    met: frozenset[str] = frozenset().union(*base.met.values())
    moments = [
        _moment(
            "Pour commencer",
            ("Bonjour.", "Merci d'être venus.", _people(len(met)), "Personne ne dira qui a parlé.",
             "Vous pouvez couper la parole.", "Vous pouvez ne rien dire."),
        )
    ]  # fmt: skip
    for number, piece in enumerate(told(pieces), start=1):
        ask = ("Est-ce que cela vous arrive aussi ?", "Qu'est-ce que nous avons oublié ?")
        moments.append(_moment(f"Ce qui a été dit, {number}", tuple(sentences(piece.get("plain"))), ask))
    wanted = [line for piece in asked(pieces) for line in (*sentences(piece.get("plain")), *_addressed(piece))]
    if wanted:
        ask = ("Que demandez-vous en premier ?", "Qui veut venir le dire avec nous ?")
        moments.append(_moment("Ce que nous demandons", tuple(wanted), ask))
    moments.append(
        _moment("Pour finir", ("Merci.", "Nous noterons ce que vous avez dit.", "Une feuille est à votre disposition."))
    )
    meeting = Meeting("Dire aux personnes ce que nous avons compris", tuple(moments), {})
    explained, left = glossary(meeting.texts(), own)
    return Meeting(meeting.title, meeting.moments, explained), left


def _moment(title: str, say: tuple[str, ...], ask: tuple[str, ...] = ()) -> Moment:
    words = sum(len(words_of(line)) for line in say)
    return Moment(title, ceil(words / _SPOKEN) + (_TALK if ask else 0), say, ask)


# --- one person's


def personal(base: Base, person: str, contact: str, own: Mapping[str, str]) -> tuple[Sheet, list[str]]:
    """What one person said and what was made of it, for that person alone; acronyms that nobody explains.

    Raises KeyError for somebody who was not met.
    """
    interviews = [one for one in base.interviews.values() if person in base.present[one.code]]
    if not interviews:
        raise KeyError(person)
    themes = _themes(base, person)
    used = _quoted(base, person)
    mine = [piece for piece in told(base.material.pieces) if person in piece.listed("cases")]
    sections = [Section("Nos rencontres", _meetings([one.date for one in interviews]))]
    if themes:
        sections.append(Section("Vous avez parlé de", tuple(f"{theme}." for theme in themes)))
    if used:
        sections.append(Section("Vos mots que d'autres liront", tuple(f"« {words} »" for words in used)))
    for place, piece in enumerate(mine):
        sections.append(Section("Ce que nous en disons" if not place else "", tuple(sentences(piece.get("plain")))))
    sections.append(Section("C'est à vous de décider", _yours(contact)))
    return _sheet("Votre feuille", sections, own)


def _meetings(dates: Sequence[date | None]) -> tuple[str, ...]:
    known = sorted(one for one in dates if one)
    if not known:
        return (f"Nous nous sommes vus {n('fois', len(dates))}.",)
    return tuple(f"Nous nous sommes vus en {month(one)}." for one in dict.fromkeys(one.replace(day=1) for one in known))


def _themes(base: Base, person: str) -> list[str]:
    """Labels of the themes that the person's words were coded under."""
    found: list[str] = []
    for grid in base.material.codebooks:
        roots = (node for node in tree(grid.codes) if node.depth == 0)
        found += [
            node.code.label for node in roots if any(p.participant == person for p in base.under(grid, node.family))
        ]
    return list(dict.fromkeys(found))


def _quoted(base: Base, person: str) -> list[str]:
    """The person's words that findings quote, those that must not be quoted left out."""
    flags = flagged(base)
    by_place = {(p.interview, p.start, p.end): p for p in base.passages if p.participant == person}
    found = []
    for piece in base.material.pieces:
        for one in piece.evidence:
            passage = by_place.get((one.interview, one.start, one.end))
            if passage is None:
                continue
            (extract,) = merge([passage])
            if flag_of(extract, flags) not in (Flag.NEVER, Flag.PARAPHRASE):
                found.append(passage.text.strip())
    return list(dict.fromkeys(found))
