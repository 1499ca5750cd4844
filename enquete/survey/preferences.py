"""How somebody wants to be reached: for the vault alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from enquete.tables import find_column, folded

PREFERENCES = "*"  # stands among the waves of somebody's contacts: no wave bears it
LONGEST = 200  # characters

_COLUMNS = {
    "safe": ("numéro sûr", "n° sûr", "téléphone sûr", "numéro sans risque", "safe number", "safe phone"),
    "no_message": (
        "pas de message", "ne pas laisser de message", "sans message", "aucun message", "no message", "no messages",
    ),
    "language": ("langue", "langue de contact", "langue parlée", "language"),
    "hours": (
        "meilleures heures", "heures pour appeler", "meilleur moment", "meilleur moment pour appeler", "quand appeler",
        "best hours",
    ),
    "relay": ("association relais", "relais", "personne relais", "structure relais", "relay", "relay association"),
}  # fmt: skip
_SHARED = {"language"}  # an attribute of the person too
_NO = {"", "non", "n", "no", "0", "faux", "false"}


@dataclass(frozen=True, slots=True)
class Preferences:
    """safe: a number that harms nobody to call. no_message: nothing is left or written there. relay: an association."""

    safe: str = ""
    no_message: bool = False
    language: str = ""
    hours: str = ""
    relay: str = ""

    def changed(self, **given: str | bool | None) -> Preferences:
        """What is given anew; None: as it was."""
        told: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        return replace(self, **told)

    def told(self) -> dict[str, Any]:
        """What the vault keeps, what is empty left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of(cls, contacts: Mapping[str, Mapping[str, Any]]) -> Preferences:
        """Of somebody's contacts, by wave."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in contacts.get(PREFERENCES, {}).items() if name in known})


def both_preferences(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Of two codes that are one person's: what either asks for, and both where they differ."""
    both = dict(other) | dict(kept)
    for name in kept.keys() & other.keys():
        if isinstance(kept[name], str) and kept[name] != other[name]:
            both[name] = f"{kept[name]} ; {other[name]}"
    return both


def preference_columns(columns: Iterable[str]) -> dict[str, str]:
    """Columns of a participants file that say it, by preference."""
    listed = list(columns)
    found = {name: find_column(listed, headers) for name, headers in _COLUMNS.items()}
    return {name: column for name, column in found.items() if column}


def kept_apart(columns: Iterable[str]) -> set[str]:
    """Those of them that are nothing else."""
    return {column for name, column in preference_columns(columns).items() if name not in _SHARED}


def read_preferences(cells: Mapping[str, str]) -> dict[str, str | bool]:
    """What a row says, by preference."""
    told: dict[str, str | bool] = {}
    for name, column in preference_columns(cells).items():
        value = " ".join(cells[column].split())[:LONGEST]
        if name == "no_message":
            told |= {name: folded(value) not in _NO} if value else {}
        elif value:
            told[name] = value
    return told
