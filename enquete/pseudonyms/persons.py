"""Who is who among the persons of one group of interviews: parts of names, and the entity that each mention is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from enquete.model import IdentifierType
from enquete.pseudonyms import words
from enquete.pseudonyms.book import Component, Entity
from enquete.pseudonyms.grammar import PARTICLES, word_set
from enquete.pseudonyms.roles import SELF, contradict, role_after, role_before
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
_OWN_NAME = ("je m appelle", "moi c est", "mon nom c est", "mon nom est", "mon prenom c est", "je suis")
_I_SAY = re.compile(r",?\s*j(?:e\b|['’])", re.IGNORECASE)
_OF = (("de",), ("d",), ("du",), ("a",), ("et",), ("avec",))  # « la femme de Christian » is not Christian
_APOSTROPHE_M = re.compile(r"(?i)\bm['’]")
_JOINT = re.compile(r"\s*(?<![\w'’-])(?:[Ee]t|ou|à|[Mm]ais|[Pp]uis|avec)\s+(?=[^\W\d_])")
_LINK = re.compile(r"(?:(?:de|du|des|la|le|les|à|au|chez|pour|avec)\s+|[dl]['’]\s*)*")
_CLAUSE_END = re.compile(r"[?!…;:\n]|(?<=[a-zà-ÿ]{4})\.")  # « M. Petit » is no end


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name as written in a mention, positions within the mention. role may be empty: unknown yet.

    letters: of a part that was only begun (« Ma- Mamadou »), how many were said; form is then the whole part.
    """

    start: int
    end: int
    form: str
    role: str
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a person, read. sex, role: what the words before tell. nickname: told as one of somebody's."""

    parts: tuple[Part, ...]
    sex: str
    nickname: bool
    role: str = ""

    @property
    def initials(self) -> str:
        """« I. P. » is « ip », any name with a whole part is empty."""
        return "".join(p.form for p in self.parts) if all(len(p.form) == 1 for p in self.parts) else ""


def read_mention(text: str, start: int, end: int) -> Named:
    """The parts of the name at text[start:end], and what the words before it tell."""
    before = words_of(text[max(0, start - 60) : start])
    near_words = before[-3:]
    clause_before = _CLAUSE_END.split(text[max(0, start - 60) : start])[-1]
    clause = words_of(clause_before)
    told_by = set(() if clause[-1:] in _OF else clause[-2:]) - ({"m"} if _APOSTROPHE_M.search(clause_before) else set())
    sex = "f" if _WOMAN & told_by else "m" if _MAN & told_by else ""
    titled = bool(near_words) and near_words[-1] in _SURNAME_TITLES
    parts = parts_of(text[start:end])
    told = any(" ".join(before[-4:]).endswith(n) for n in _NICKNAMED)
    return Named(_with_roles(parts, titled=titled), sex, told and len(parts) == 1, _role(clause, text[end : end + 60]))


def _role(before: Sequence[str], after: str) -> str:
    said = " ".join(before)
    if said.endswith(_OWN_NAME) or (said.endswith("moi") and _I_SAY.match(after)):
        return SELF
    following = "" if after.startswith(".") else _CLAUSE_END.split(after)[0]
    return role_before(before) or role_after(words_of(following)[:5])


def parts_of(mention: str) -> list[Part]:
    """« Jean-Baptiste », « Le Bihan », « de Souza » are one part each; « D I A L L O » is one, « Ma- Mamadou » two."""
    tokens, parts = Tokens(mention), []
    if len(tokens) > 2 and all(len(fold) == 1 for fold in tokens.folds):
        return [Part(tokens.starts[0], tokens.ends[-1], "".join(tokens.folds), "")]
    index = 0
    while index < len(tokens):
        first = index
        while tokens.folds[index] in PARTICLES and index + 1 < len(tokens):
            index += 1
        while index + 1 < len(tokens) and tokens.gaps[index + 1] in {"-", "'", "’"} and not _begun(tokens, index):
            index += 1
        start, end = tokens.span(first, index)
        letters = len(tokens.folds[index]) if first == index and _begun(tokens, index) else 0
        parts.append(Part(start, end, "".join(tokens.folds[first : index + 1]), "", letters))
        index += 1
    for number in range(len(parts) - 2, -1, -1):
        if parts[number].letters:
            parts[number] = replace(parts[number], form=parts[number + 1].form)
    return parts


def _begun(tokens: Tokens, index: int) -> bool:
    """Whether a word is the beginning of the next, said twice: « Ma- Mamadou »."""
    if index + 1 >= len(tokens) or not tokens.gaps[index + 1].strip().startswith(("-", "…", "...")):
        return False
    said, whole = tokens.folds[index], tokens.folds[index + 1]
    return len(said) < len(whole) and whole.startswith(said)


def pieces_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names within a passage where one was found: « Karim B. et Karim Haddad » are two."""
    pieces, at = [], start
    for found in _JOINT.finditer(text, start, end):
        pieces.append((at, found.start()))
        at = _LINK.match(text, found.end(), end).end()  # type: ignore[union-attr]
    pieces.append((at, end))
    return [(a, b) for a, b in pieces if any(c.isalnum() for c in text[a:b])]


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
    """The persons of one group, as they are met. said: where each is named in the text, sorted."""

    group: tuple[str, ...]
    entities: dict[str, Entity]
    said: dict[str, list[int]] = field(default_factory=dict)
    previous: str = ""

    def find(self, named: Named, start: int) -> str:
        """The key of the entity that a mention at `start` is, or nothing when it is somebody new."""
        matching = [e for e in self.entities.values() if e.type is IdentifierType.PERSON and self._fits(e, named)]
        if not matching:
            return self.previous if named.nickname and self.previous in self.entities else ""
        best = max(matching, key=lambda e: (self._agreement(e, named), *self._recent(e, start)))
        return best.key

    def _recent(self, entity: Entity, start: int) -> tuple[int, int]:
        """Of two namesakes it is the one just spoken of, else the one most spoken of."""
        places = self.said.get(entity.key, [])
        before = bisect_left(places, start)
        return (places[before - 1] if before else -1, len(places))

    def _fits(self, entity: Entity, named: Named) -> bool:
        if named.sex and entity.sex and named.sex != entity.sex:
            return False
        # « Mon frère Karim » and « mon fils Karim » may be one when two people speak.
        if len(self.group) == 1 and contradict(named.role, entity.role):
            return False
        if not entity.components:
            return named.initials in {"".join(words_of(form)) for form in entity.forms}
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
