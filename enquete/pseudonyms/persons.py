"""Who is who among the persons of one group of interviews: parts of names, and the entity that each mention is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from enquete.model import IdentifierType
from enquete.pseudonyms import words
from enquete.pseudonyms.book import Component, Entity
from enquete.pseudonyms.grammar import PARTICLES, word_set
from enquete.pseudonyms.roles import role_before
from enquete.pseudonyms.spelling import near, sound
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import fold, words_of

_WOMAN = word_set(
    "madame mme mademoiselle mlle fille soeur femme mere tante cousine niece grand-mere voisine amie copine "
    "compagne epouse docteure avocate directrice "
    "conseillere assistante cheffe patronne belle-mere belle-soeur elle une tata tatie marraine nounou "
    "infirmiere referente collegue-e dame maman"
)
_MAN = word_set(
    "monsieur m mr fils frere mari pere oncle cousin neveu grand-pere voisin ami copain compagnon epoux "
    "docteur avocat directeur conseiller assistant "
    "chef patron beau-pere beau-frere il un tonton parrain gardien infirmier referent homme papa pasteur "
    "imam garcon pote"
)
_SURNAME_TITLES = word_set("madame mme mademoiselle mlle monsieur m mr docteur dr maitre me professeur pr pasteur")
_NICKNAMED = (
    "on dit",
    "on m appelle",
    "on l appelle",
    "monde dit",
    "gens disent",
    "gens dit",
    "surnom",
    "m appelle aussi",
    "monde m appelle",
    "appelez moi",
    "appelle moi",
)
_CLAUSE_END = re.compile(r"[?!…;:\n]|(?<=[a-zà-ÿ]{4})\.")  # « M. Petit » is no end


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name as written in a mention, positions within the mention. role may be empty: unknown yet."""

    start: int
    end: int
    form: str
    role: str


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a person, read. sex, role: what the words before tell. nickname: told as one of somebody's."""

    parts: tuple[Part, ...]
    sex: str
    nickname: bool
    role: str = ""


def read_mention(text: str, start: int, end: int) -> Named:
    """The parts of the name at text[start:end], and what the words before it tell."""
    before = words_of(text[max(0, start - 60) : start])
    near_words = before[-3:]
    sex = "f" if _WOMAN & set(near_words[-2:]) else "m" if _MAN & set(near_words[-2:]) else ""
    titled = bool(near_words) and near_words[-1] in _SURNAME_TITLES
    parts = parts_of(text[start:end])
    told = any(" ".join(before[-4:]).endswith(n) for n in _NICKNAMED)
    clause = words_of(_CLAUSE_END.split(text[max(0, start - 60) : start])[-1])
    return Named(_with_roles(parts, titled=titled), sex, told and len(parts) == 1, role_before(clause))


def parts_of(mention: str) -> list[Part]:
    """« Jean-Baptiste », « Le Bihan », « de Souza » are one part each."""
    tokens, parts = Tokens(mention), []
    index = 0
    while index < len(tokens):
        first = index
        while tokens.folds[index] in PARTICLES and index + 1 < len(tokens):
            index += 1
        while index + 1 < len(tokens) and tokens.gaps[index + 1] in {"-", "'", "’"}:
            index += 1
        start, end = tokens.span(first, index)
        parts.append(Part(start, end, "".join(tokens.folds[first : index + 1]), ""))
        index += 1
    return parts


def _with_roles(parts: list[Part], *, titled: bool) -> tuple[Part, ...]:
    lists = words.load()

    def is_first(part: Part) -> bool:
        return part.form in lists.first_names

    if len(parts) == 1:
        form = parts[0].form
        role = "last" if titled else "first" if is_first(parts[0]) else "last" if form in lists.surnames else ""
        return (replace(parts[0], role=role),)
    # « KONÉ Lassana » : the first name last, when only the last part is one.
    if is_first(parts[-1]) and not is_first(parts[0]) and len(parts[0].form) > 1:
        return (*(replace(p, role="last") for p in parts[:-1]), replace(parts[-1], role="first"))
    return (replace(parts[0], role="first"), *(replace(p, role="last") for p in parts[1:]))


@cache
def same(one: str, other: str) -> bool:
    """Whether two folded parts are likely spellings of one name."""
    return one == other or (
        len(one) > 3
        and len(other) > 3
        and (near(one, other) or (sound(one) == sound(other) and one[0] in "ckqszgjfpy" + other[0]))
    )


@dataclass
class Circle:
    """The persons of one group, as they are met. entities: in the order of meeting; last: met last."""

    group: tuple[str, ...]
    entities: dict[str, Entity]
    counts: dict[str, int] = field(default_factory=dict)
    previous: str = ""

    def find(self, named: Named) -> str:
        """The key of the entity that a mention is, or nothing when it is somebody new."""
        matching = [e for e in self.entities.values() if e.type is IdentifierType.PERSON and self._fits(e, named)]
        if not matching:
            return self.previous if named.nickname and self.previous in self.entities else ""
        best = max(matching, key=lambda e: (self._agreement(e, named), self.counts.get(e.key, 0)))
        return best.key

    def _fits(self, entity: Entity, named: Named) -> bool:
        if named.sex and entity.sex and named.sex != entity.sex:
            return False
        shared = 0
        for part in named.parts:
            alike = [
                c
                for c in entity.components
                if same(c.form, part.form) or (len(part.form) == 1 and c.form.startswith(part.form))
            ]
            if alike:
                shared += 1
            elif len(named.parts) > 1 and part.role and any(c.role == part.role for c in entity.components):
                return False  # another first name with the same surname: another person
        return shared > 0

    def _agreement(self, entity: Entity, named: Named) -> int:
        pairs = {(c.role, c.form) for c in entity.components}
        return sum((p.role, p.form) in pairs for p in named.parts)


def known_part(entity: Entity, form: str) -> Component | None:
    """The component that a part written so is."""
    exact = next((c for c in entity.components if c.form == form), None)
    return exact or next((c for c in entity.components if same(c.form, form)), None)


def initial_of(entity: Entity, letter: str) -> Component | None:
    """The component that « K. » stands for."""
    return next((c for c in entity.components if c.form.startswith(fold(letter))), None)
