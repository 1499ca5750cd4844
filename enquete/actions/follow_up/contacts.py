"""How people want to be reached, kept in the vault; and the sheet that interviewers take with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from enquete.actions.follow_up.links import finish_links
from enquete.actions.follow_up.overview import Followed, later_wave, overview
from enquete.actions.follow_up.sealed_papers import Handing, Paper, hand_over
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.page.printing import Block, lines
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.follow_up import limits, set_limit
from enquete.store.people import code_of
from enquete.survey.follow_up import Standing
from enquete.survey.preferences import LONGEST, PREFERENCES, Preferences
from enquete.tables import folded
from enquete.vault import Identities
from enquete.wording import capital, day, label, n

_NO_MESSAGE = "Ne laisser aucun message : ni vocal, ni écrit, ni à quelqu'un d'autre"
_REACH = re.compile(r"tel|phone|portable|mobile|gsm|mail|courriel|adresse|contact|whatsapp|signal|messenger")
_FALLBACK = re.compile(r"secours|urgence|relais|proche|defaut")  # by whom, where the number has changed
_INSTRUCTIONS = re.compile(r"consigne|message|heure|langue|avant d appeler|quand appeler")
_FORBIDS = re.compile(
    r"\b(?:pas|aucun|jamais|sans|ni)\b.*\b(?:messages?|sms|textos?)\b|\b(?:messages?|sms)\b.*\b(?:non|interdit)"
)
_NUMBER_OR_MAIL = re.compile(r"\S+@\S+\.\w+|\+?\d(?:[\s().-]*\d){8,13}")


@dataclass(frozen=True, slots=True)
class Change:
    """What is given anew of a person's contacts; None: as it was, "": forgotten. limit: 0 forgets it."""

    safe: str | None = None
    no_message: bool | None = None
    language: str | None = None
    hours: str | None = None
    relay: str | None = None
    limit: int | None = None

    def preferences(self) -> dict[str, str | bool | None]:
        """Those that the vault keeps. Raises EnqueteError(CONTACT_VALUE)."""
        texts = {"safe": self.safe, "language": self.language, "hours": self.hours, "relay": self.relay}
        options = {"safe": "--numero-sur", "language": "--langue", "hours": "--heures", "relay": "--relais"}
        clean: dict[str, str | bool | None] = {"no_message": self.no_message}
        for name, text in texts.items():
            clean[name] = None if text is None else " ".join(text.split())
            if text is not None and len(text) > LONGEST:
                raise EnqueteError(Problem.CONTACT_VALUE, option=options[name], longest=LONGEST, exit_code=2)
        return clean


def change_contact(study: Study, written: str, change: Change) -> Iterator[str]:
    """Notes how somebody wants to be reached, and gives lines to print: all that is known of it.

    Raises EnqueteError: UNKNOWN_PARTICIPANT, CONTACT_VALUE, no key.
    """
    given = change.preferences()
    vault = study.vault()
    with study.database() as db:
        finish_links(db, vault)
        with transaction(db):
            code = code_of(db, written)
            if code is None:
                raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
            if any(value is not None for value in given.values()):
                contacts = vault.contacts()
                theirs = contacts.setdefault(code, {})
                theirs[PREFERENCES] = Preferences.of(theirs).changed(**given).told()
                vault.write_contacts({person: reach for person, reach in contacts.items() if any(reach.values())})
            if change.limit is not None:
                set_limit(db, code, change.limit or None)
            if change != Change():
                record(db, "suivi contact", "personnes=1")
        limit = limits(db).get(code, study.config.follow_up.attempts)
    reach = vault.contacts().get(code, {})
    yield from lines(
        [
            Block("person", code),
            *_reach(study, reach),
            Block("facts", "", (("Tentatives", f"{limit} au plus par vague"),)),
        ]
    )


def contact_sheet(
    study: Study, people: Sequence[str], written: str | None, handing: Handing | None, today: date
) -> Iterator[str]:
    """Lines to print: how to reach those who are due and agreed to it; with `handing`, in a sealed page instead.

    people: codes, empty for all. Raises EnqueteError: what `later_wave` and `hand_over` do, UNKNOWN_PARTICIPANT,
    NOBODY_TO_SEE, no key.
    """
    wave = later_wave(study, written)
    if handing:
        handing.check()
    vault = study.vault()
    with study.database() as db:
        finish_links(db, vault)
        named = [code_of(db, code) for code in people]
        if None in named:
            raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=people[named.index(None)])
        seen = overview(study, db, today)
    asked = [one for one in seen.followed if not named or one.code in named]
    shown = [one for one in asked if _to_see(one, wave)]
    left = [f"{one.code} : {_why_not(one, wave)}" for one in asked if one not in shown and named]
    if not shown:
        raise EnqueteError(Problem.NOBODY_TO_SEE, wave=wave, reasons="".join(f"\n  {line}" for line in left))
    identities, contacts = vault.identities(), vault.contacts()
    title = f"Personnes à revoir, vague {wave} ({study.config.waves_by_code[wave]})"
    blocks = [Block("title", title), Block("text", _INTRODUCTION), _table(study, shown, wave, identities, contacts)]
    for one in shown:
        blocks += _of_person(study, one, wave, identities, contacts.get(one.code, {}))
    if handing:
        held = sorted({meeting.interview for one in shown for meeting in one.meetings if meeting.interview})
        yield from hand_over(study, Paper(title, "Fiche de contact", blocks, held), handing)
    else:
        yield from lines(blocks)
    yield from left
    silent = [one.code for one in asked if _silent(one, wave)]
    if silent and not named:
        yield f"À revoir aussi, sans que personne ait noté si elles l'acceptent : {', '.join(silent)}."


_INTRODUCTION = (
    "Seules y sont les personnes qui ont accepté d'être recontactées. Un refus, même à demi-mot, arrête tout : "
    "notez-le. Notez chaque tentative : « enquete suivi tentative »."
)


def _to_see(one: Followed, wave: str) -> bool:
    return one.states[wave].standing is Standing.DUE and one.states[wave].agreed is True


def _silent(one: Followed, wave: str) -> bool:
    return one.states[wave].standing is Standing.DUE and one.states[wave].agreed is None


def _why_not(one: Followed, wave: str) -> str:
    state = one.states[wave]
    if state.standing is Standing.DUE:
        return "à revoir, mais personne n'a noté qu'elle l'accepte ; elle n'est pas dans la fiche."
    if state.standing is Standing.LOST and state.reason:
        return f"perdue de vue ({label(state.reason)}) ; elle n'est pas dans la fiche."
    if state.standing is Standing.NOT_YET:
        when = f" avant le {day(state.day)}" if state.day else ""
        return f"pas à revoir{when} ; elle n'est pas dans la fiche."
    met = (
        "déjà rencontrée dans cette vague" if state.standing is Standing.MET else "jamais rencontrée avant cette vague"
    )
    return f"{met} ; elle n'est pas dans la fiche."


def _table(
    study: Study, people: Sequence[Followed], wave: str, identities: Identities, contacts: Mapping[str, Any]
) -> Block:
    rows = [("Code", "Nom", "Numéro", "Message", "Langue", "Heures", "Tentatives", "Relais")]
    for one in people:
        reach = contacts.get(one.code, {})
        wishes = Preferences.of(reach)
        number = wishes.safe or ", ".join(value for _, value in _known_ways(study, reach))
        rows.append(
            (
                one.code,
                person_name(identities, one.code),
                re.sub(r"(?<=\d) (?=\d)", "\u00a0", number) or "inconnu",
                "AUCUN" if wishes.no_message or _forbidden(study, reach) else "",
                wishes.language,
                wishes.hours,
                f"{one.states[wave].tried} sur {one.person.limit}",
                wishes.relay,
            )
        )
    return Block("table", "", tuple(rows))


def person_name(identities: Identities, code: str) -> str:
    """As the participants file wrote it, first name first."""
    names = sorted(identities.people.get(code, {}).items(), key=lambda pair: "prenom" not in folded(pair[0]))
    return " ".join(value for _, value in names)


def _of_person(
    study: Study, one: Followed, wave: str, identities: Identities, reach: Mapping[str, Any]
) -> Iterator[Block]:
    name = person_name(identities, one.code)
    yield Block("person", f"{one.code} · {name}" if name else one.code)
    yield from _reach(study, reach)
    state = one.states[wave]
    met = [f"{day(meeting.on)}" for meeting in one.meetings if meeting.on]
    yield Block(
        "facts",
        "",
        (
            ("Rencontrée", ", ".join(dict.fromkeys(met)) or "jour non noté"),
            ("À revoir", f"depuis le {day(state.day)}" if state.day else "sans délai réglé"),
            ("Tentatives", f"{state.tried} sur {one.person.limit} ; {_left(one.person.limit - state.tried)}"),
        ),
    )
    tried = [a for a in one.attempts if a.wave == wave]
    if tried:
        yield Block("list", "", tuple((f"{day(a.on)} : {label(a.channel)}, {label(a.outcome)}",) for a in tried))
    if state.tried < one.person.limit:
        yield Block(
            "blank",
            "À noter",
            (("Jour et heure", "Moyen", "Ce qui s'est passé"), *_EMPTY[state.tried - one.person.limit :]),
        )


_EMPTY = (("", "", ""),) * 5  # rows to write on


def _left(count: int) -> str:
    return f"{n('reste', count, 'restent')}" if count > 0 else "il n'en reste pas"


def _reach(study: Study, reach: Mapping[str, Any]) -> Iterator[Block]:
    wishes = Preferences.of(reach)
    said = [told for _, told in _last_cells(study, reach, _INSTRUCTIONS)]
    if wishes.no_message:
        yield Block("warning", _NO_MESSAGE)
    yield from (Block("warning", f"Consigne : {told}") for told in said if _FORBIDS.search(folded(told)))
    if wishes.safe:
        ways = [("Numéro sûr", wishes.safe)]
    else:
        ways = [
            (f"{capital(column)} (on ne sait pas s'il est sûr)", told) for column, told in _known_ways(study, reach)
        ]
    rows = [
        *(ways or [("Numéro", "inconnu")]),
        ("Message", _message(study, reach, wishes)),
        ("Langue", wishes.language or "non notée"),
        ("Meilleures heures", wishes.hours or "non notées"),
        ("Association relais", wishes.relay or "aucune"),
        *(("À défaut", told) for _, told in _last_cells(study, reach, _FALLBACK)),
        *(("Consignes", told) for told in said),
    ]
    yield Block("facts", "", tuple(rows))


def _message(study: Study, reach: Mapping[str, Any], wishes: Preferences) -> str:
    if wishes.no_message:
        return "aucun"
    if _forbidden(study, reach):
        return "aucun, d'après la consigne"
    return "rien n'est dit ; dans le doute, n'en laissez pas"


def _forbidden(study: Study, reach: Mapping[str, Any]) -> bool:
    """Whether somebody said, in their own words, that no message is to be left."""
    return any(_FORBIDS.search(folded(told)) for _, told in _last_cells(study, reach, _INSTRUCTIONS))


def _known_ways(study: Study, reach: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Numbers and addresses as files gave them, each once: two files of one wave may both tell it."""
    told: dict[str, tuple[str, str]] = {}
    for column, value in _last_cells(study, reach, _REACH, but=(_FALLBACK, _INSTRUCTIONS)):
        told.setdefault("".join(re.findall(r"[^\W_]", value.casefold())), (column, value))
    return list(told.values())


def _last_cells(
    study: Study, reach: Mapping[str, Any], wanted: re.Pattern[str], but: Sequence[re.Pattern[str]] = ()
) -> list[tuple[str, str]]:
    """Contacts under such headers, in the last wave that has any."""
    for wave in reversed(study.config.waves_by_code):
        cells = [(column, value, folded(column)) for column, value in reach.get(wave, {}).items() if value]
        found = [
            (column, value)
            for column, value, header in cells
            if (wanted.search(header) or (wanted is _REACH and _NUMBER_OR_MAIL.fullmatch(value)))
            and not any(other.search(header) for other in but)
        ]
        if found:
            return found
    return []
