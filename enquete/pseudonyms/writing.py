"""What is written in place of a form of somebody or something."""

from __future__ import annotations

import re

from enquete.model import IdentifierType
from enquete.pseudonyms.book import Entity
from enquete.pseudonyms.labelling import label
from enquete.pseudonyms.persons import initial_of, known_part, parts_of
from enquete.pseudonyms.policies import NAMING, Policies, Policy

_DEFAULT = Policies()
_SPELLED = re.compile(r"[^\W\d_](?:[ .,-]+[^\W\d_]){2,}\.?")  # « D-I-A-L-L-O »


def written(entity: Entity, form: str, policies: Policies = _DEFAULT) -> str:
    """What stands for this form of the entity: the human's choice, else what its policy says.

    A name is replaced part by part, in the case that each is written in; a part that is none of the entity's becomes
    « [nom] ».
    """
    if entity.fixed and entity.label:
        return entity.label
    policy = policies.of(entity)
    if policy is Policy.KEEP:
        return form
    if entity.type is IdentifierType.PERSON and policy in NAMING:
        return _renamed(entity, form)
    return entity.label or label(policy, entity, ())


def _renamed(entity: Entity, form: str) -> str:
    pieces: list[str] = []
    read = 0
    for part in parts_of(form):
        initial = len(part.form) == 1
        known = initial_of(entity, part.form) if initial else known_part(entity, part.form)
        new = known.replacement if known else "[nom]"
        if initial:
            new = new[0] if known else "X"
        elif part.letters:
            new = new[: part.letters]
        pieces += (form[read : part.start], _in_case(form[part.start : part.end], new))
        read = part.end
    return "".join([*pieces, form[read:]])


def _in_case(old: str, new: str) -> str:
    letters = [c for c in old if c.isalpha()]
    if _SPELLED.fullmatch(old):
        new = old[1 : len(old) - len(old[1:].lstrip(" -.,"))].join(new)
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return new.upper()
    if letters and all(c.islower() for c in letters):
        return new.lower()
    return new
