"""What people write in a field, checked against what the study holds, and brought to the one way it is kept."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from enquete.findings.written.types import Field, Form
from enquete.survey.participants import participant_key
from enquete.survey.values import read_date

_SEPARATOR = re.compile(r"[,;\n]")
_WRITER = re.compile(r"\w[\w.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Known:
    """What lists may name. people: each code that somebody bears -> their own; pieces, themes: codes, « rsa:2 »."""

    people: Mapping[str, str] = field(default_factory=dict)
    pieces: Collection[str] = ()
    themes: Collection[str] = ()


class FieldError(ValueError):
    """What is wrong with a value, a French sentence without the value of a text."""


def normalised(one: Field, written: str, known: Known) -> str:
    """The value as it is kept. Raises FieldError."""
    text = unicodedata.normalize("NFC", written.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        return ""
    if one.form is Form.TEXT:
        return "\n".join(line.rstrip() for line in text.split("\n"))
    if one.form is Form.LINE:
        return " ".join(text.split())
    if one.form is Form.CHOICE:
        return _choice(one, text)
    if one.form is Form.DATE:
        return _date(text)
    parts = [part for part in (" ".join(piece.split()) for piece in _SEPARATOR.split(text)) if part]
    return ", ".join(dict.fromkeys(_item(one.form, part, known) for part in parts))


def _choice(one: Field, text: str) -> str:
    by_key = {_plain(choice): choice for choice in one.choices}
    if _plain(text) not in by_key:
        near = difflib.get_close_matches(_plain(text), by_key, n=1)
        meant = f" Vouliez-vous dire « {by_key[near[0]]} » ?" if near else ""
        raise FieldError(f"« {text[:40]} » n'est pas un choix possible.{meant} Choix : {', '.join(one.choices)}.")
    return by_key[_plain(text)]


def _date(text: str) -> str:
    try:
        found = read_date(text)
    except ValueError:
        found = None
    if found is None:
        raise FieldError(f"« {text[:40]} » n'est pas une date : écrivez 20/01/2026 ou 2026-01-20.")
    return found.isoformat()


def _item(form: Form, part: str, known: Known) -> str:
    if form is Form.PEOPLE:
        return _person(part, known)
    if form is Form.PIECES:
        return _code(part, known.pieces, "aucun constat n'a ce code")
    if form is Form.THEMES:
        return _code(part, known.themes, "aucune grille n'a ce thème")
    if form is Form.WRITERS and not _WRITER.fullmatch(part):
        raise FieldError(f"« {part[:40]} » : écrivez des codes courts, sans nom complet : lea, c1…")
    return part


def _person(part: str, known: Known) -> str:
    key = participant_key(part)
    found = next((own for code, own in known.people.items() if participant_key(code) == key), None)
    if found is None:
        raise FieldError(f"« {part[:20]} » : personne de l'étude n'a ce code.")
    return found


def _code(part: str, known: Collection[str], why: str) -> str:
    """« c1 » is « C01 »; « R07.2 » alone is « rsa:R07.2 » where one codebook has it."""
    by_key: dict[str, list[str]] = {}
    for code in known:
        for key in {_code_key(code), _code_key(code.partition(":")[2] or code)}:
            by_key.setdefault(key, []).append(code)
    found = by_key.get(_code_key(part), [])
    if len(found) > 1:
        raise FieldError(f"« {part[:20]} » : plusieurs grilles ont ce thème ({', '.join(found)}).")
    if not found:
        near = difflib.get_close_matches(part, list(known), n=1)
        raise FieldError(f"« {part[:40]} » : {why}.{f' Vouliez-vous dire « {near[0]} » ?' if near else ''}")
    return found[0]


def _code_key(code: str) -> str:
    """Case and the zeros that begin a number set aside."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", code.strip().casefold())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().casefold().replace("œ", "oe").replace("’", "'"))
    return "".join(c for c in letters if not unicodedata.combining(c))
