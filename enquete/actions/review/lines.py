"""What there is to review, told: lines for the screen of whoever holds the key, rows for machines, without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from enquete.actions.review.decisions import Outcome
from enquete.actions.review.waiting import Agenda, Context, DoubtfulWord, FlaggedWord, Name
from enquete.model import IdentifierType
from enquete.wording import capital, label, n

_CODES = 20  # texts named
_MANY = 8  # forms or pseudonyms told of one name
HIDDEN = "•••"

TYPES = {
    "personne": IdentifierType.PERSON,
    "lieu": IdentifierType.PLACE,
    "organisation": IdentifierType.ORGANISATION,
    "naissance": IdentifierType.BIRTH_DATE,
    "age": IdentifierType.AGE,
    "telephone": IdentifierType.PHONE,
    "courriel": IdentifierType.EMAIL,
    "compte": IdentifierType.HANDLE,
    "url": IdentifierType.URL,
    "nir": IdentifierType.NIR,
    "iban": IdentifierType.IBAN,
    "caf": IdentifierType.CAF_NUMBER,
    "document": IdentifierType.DOCUMENT,
    "plaque": IdentifierType.PLATE,
}


def list_lines(agenda: Agenda, *, names: bool) -> Iterator[str]:
    """Everything there is to review. names: whether the real words are shown (on a terminal alone)."""
    for late in agenda.late:
        yield from late_lines(late, names=names)
    for flagged in agenda.flags:
        yield from flag_lines(flagged, names=names)
    for name in agenda.names:
        if not name.late:
            yield from name_lines(name, names=names)
    for doubt in agenda.doubts:
        yield from doubt_lines(doubt)
    yield totals(agenda)
    if not names:
        yield "Les vrais noms ne s'affichent que dans un terminal."


def totals(agenda: Agenda) -> str:
    """How much there is to look at."""
    alerts = len(agenda.late) + len(agenda.flags)
    new = len(agenda.unsettled)
    return (
        f"{n('alerte', alerts)}, {n('nom ou numéro remplacé', len(agenda.names), 'noms ou numéros remplacés')} "
        f"dont {new} à relire, {n('mot douteux', len(agenda.doubts))}."
    )


def late_lines(late: Sequence[Name], *, names: bool) -> Iterator[str]:
    """Names of the same words, found after their texts were stored."""
    keys = ", ".join(name.key for name in late)
    codes = _some(sorted({code for name in late for code in name.interviews}))
    yield f"ALERTE {keys} : nom trouvé après coup, masqué dans {codes} ; rien ne sort avant votre décision."
    for name in late:
        yield f"  {_replaced(name, names)} ({', '.join(name.group)})"
        yield from _contexts(name.contexts, names=names)


def flag_lines(flagged: FlaggedWord, *, names: bool) -> Iterator[str]:
    """A word that a coder flagged."""
    yield (
        f"SIGNALÉ {flagged.key} par {flagged.coder} : {_words(flagged.forms, names)}, "
        f"{n('endroit', flagged.places)} ({_some(flagged.interviews)}) ; masqué en attendant."
    )
    yield from _contexts(flagged.contexts, names=names)


def name_lines(name: Name, *, names: bool) -> Iterator[str]:
    """Somebody or something replaced."""
    state = "accepté" if name.settled else "à relire"
    yield f"{name.key} {capital(label(name.type))}, {state} : {_replaced(name, names)}"
    yield f"  {n('endroit', name.places)}, {_some(name.interviews)} ; {', '.join(name.group)}"
    if name.twins:
        yield f"  peut-être la même personne que {', '.join(name.twins)} (« --fusionner {name.key}={name.twins[0]} »)"
    yield from _contexts(name.contexts, names=names)


def doubt_lines(doubt: DoubtfulWord) -> Iterator[str]:
    """A word left readable, as the stored texts show it."""
    yield (
        f"{doubt.key} Mot douteux, risque {doubt.risk:.0%} : « {doubt.word} », {n('endroit', doubt.places)} "
        f"({_some(doubt.interviews)}) ; {doubt.why}"
    ).replace("%", "\u00a0%")
    yield from _contexts(doubt.contexts, names=True)


def outcome_line(outcome: Outcome) -> str:
    """What a decision changed."""
    if not outcome.changed:
        told = "Enregistré ; aucun texte n'a changé."
    else:
        codes = ", ".join(outcome.changed)
        told = f"Enregistré : {n('endroit', outcome.places)} dans {codes}."
    if outcome.untold:
        where = ", ".join(f"{code} tour {turn}" for code, turn in outcome.untold[:_MANY])
        told += (
            f" Laissé masqué à {n('endroit', len(outcome.untold))} dont le mot d'origine ne se retrouve pas : {where}."
        )
    return told


def rows(agenda: Agenda) -> Iterator[dict[str, Any]]:
    """One for each thing to review, without any real word. Turns and positions count from 0."""
    for name in agenda.names:
        yield {
            "sorte": "nom",
            "cle": name.key,
            "type": name.type.value,
            "alerte": name.late,
            "accepte": name.settled,
            "pseudonymes": list(name.pseudonyms),
            "groupe": list(name.group),
            "formes": len(name.forms),
            "endroits": name.places,
            "entretiens": list(name.interviews),
            "proches": list(name.twins),
        }
    for flagged in agenda.flags:
        yield {
            "sorte": "signalement",
            "cle": flagged.key,
            "par": flagged.coder,
            "endroits": flagged.places,
            "entretiens": list(flagged.interviews),
        }
    for doubt in agenda.doubts:
        yield {
            "sorte": "doute",
            "cle": doubt.key,
            "risque": doubt.risk,
            "pourquoi": doubt.why,
            "endroits": doubt.places,
            "entretiens": list(doubt.interviews),
            "tours": [[context.interview, context.turn - 1] for context in doubt.contexts],
        }


def _replaced(name: Name, names: bool) -> str:
    return f"{_words(name.forms, names)} → {_words(name.pseudonyms, True)}"


def _some(codes: Sequence[str]) -> str:
    """A word of every day may stand in hundreds of answers."""
    more = f" et {len(codes) - _CODES} autres" if len(codes) > _CODES else ""
    return ", ".join(codes[:_CODES]) + more


def _words(forms: Sequence[str], names: bool) -> str:
    if not names:
        return HIDDEN
    more = f" et {len(forms) - _MANY} autres" if len(forms) > _MANY else ""
    return ", ".join(f"« {form} »" for form in forms[:_MANY]) + more


def _contexts(contexts: Sequence[Context], *, names: bool) -> Iterator[str]:
    for c in contexts:
        inside = f"{c.said or '?'} → {c.shown}" if names and c.said != c.shown else c.shown
        yield f"    {c.interview}, {c.spot} : … {c.before.lstrip()}[{inside}]{c.after.rstrip()} …"
