"""What stands for somebody or something as a whole: « [son fils] », « [personne 3] », « [employeur 1] »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enquete.model import IdentifierType
from enquete.pseudonyms import categories, roles
from enquete.pseudonyms.book import Entity
from enquete.pseudonyms.policies import NAMING, Policy

_T = IdentifierType


def label(policy: Policy, entity: Entity, near: Iterable[Entity]) -> str:
    """The label of an entity under a policy that is no naming; near: those known of the same people, numbered apart."""
    if entity.type in categories.FIXED:
        return categories.FIXED[entity.type]
    form = entity.forms[0]
    if entity.type is _T.PERSON:
        return _person(policy, entity.role, near)
    if entity.type is _T.PLACE:
        return _place(policy, entity.role, form, near)
    if entity.type is _T.ORGANISATION:
        return _numbered(entity.role, near) if policy is Policy.NUMBER else f"[{entity.role}]"
    if entity.type is _T.AGE:
        return categories.age_band(form) if policy is Policy.BAND else "[âge]"
    year = categories.birth_year(form) if policy in (Policy.YEAR, Policy.BAND) else "[date de naissance]"
    return re.sub(r"\[année (\d{3})\d\]", r"[années \g<1>0]", year) if policy is Policy.BAND else year


def _person(policy: Policy, role: str, near: Iterable[Entity]) -> str:
    if policy is Policy.CODE or policy in NAMING:
        return _numbered("personne", near)
    if not role or role == roles.SELF:
        return "[personne]"
    # One has mostly one mother, one son: the second one alone bears a number.
    relative = roles.kind_of(role) is roles.Kind.RELATIVE
    return _numbered(role, near, first=f"[{role}]" if relative else "")


def _place(policy: Policy, kind: str, form: str, near: Iterable[Entity]) -> str:
    if policy is Policy.CODE:
        return _numbered("commune" if kind.startswith("commune ") else kind, near)
    return (categories.territory(form) if policy is Policy.TERRITORY else "") or f"[{kind}]"


def _numbered(kind: str, near: Iterable[Entity], first: str = "") -> str:
    """The next free number among labels of this kind; `first` stands for number 1 where given."""
    pattern = re.compile(rf"\[{re.escape(kind)}(?: (\d+))?\]")
    taken = [int(found[1] or 1) for e in near if (found := pattern.fullmatch(e.label))]
    number = max(taken, default=0) + 1
    return first if first and number == 1 else f"[{kind} {number}]"
