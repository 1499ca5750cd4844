"""What precedes the first exchange: titles, the metadata block, the list of speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from enquete.model import Role
from enquete.readers import words
from enquete.readers.source import Line

_PAIR = re.compile(r"[\s*_#>•-]*(?P<key>[^\W\d_][^:=\t\n]{0,40}?)[\s*_]*(?:[:：=]|\t)[\s*_]*(?P<value>.*?)[\s*_]*$")
# What says that a block is one: an account may well have lines on « Logement » or « Travail ».
_CORE = re.compile(
    r"(?:date|lieu|duree|heure|horaire|entretien|enquete|code|numero|identifiant|fichier|audio|enregistrement|"
    r"transcri\w*|retranscri\w*|projet|etude|version|langue|vague|terrain|participants?|pseudonyme|place|location|"
    r"duration|personnes? (?:presente|interrogee|rencontree|enquetee)s?|anonymisation|consentement|legende|"
    r"conventions?)\b"
)
_KEYS = re.compile(
    r"(?:relecture|relu\w*|age|sexe|genre|profession|metier|statut|situation|commune|ville|quartier|adresse|contexte|"
    r"contact|recrut\w*|theme|objet|sujet|titre|title|present\w*|prenom|nom|structure|association|cadre|conditions?|"
    r"remarques?|notes?|observations?|nationalite|diplome|logement|composition|type|mode|methode|logiciel|source|annee|"
    r"jour|mois|time|language)\b"
)
_LONGEST_VALUE = 12  # words
_LONGEST_PORTRAIT = 60  # words
_SPOKEN = re.compile(
    r"[?!…]|\b(?:je|moi|vous|tu|votre|vos|oui|non|merci|bonjour|c'est|euh|ben|bah|alors)\b|\b[jmt]['’]", re.IGNORECASE
)
_DEEPEST = 40  # lines: a block further down is no block


@dataclass(frozen=True)
class Front:
    """lines: the indices that are no speech. metadata: by their own labels. roles: what a list of speakers says of a
    label (folded). interviewers: folded names of those who interview."""

    lines: frozenset[int] = frozenset()
    metadata: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    interviewers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Pair:
    line: int
    key: str
    value: str
    folded: str

    @property
    def known(self) -> bool:
        """A label that says no role: « Date », « Lieu ». « Enquête » isn't « Enquêté »."""
        if self.key.casefold() == "enquête":
            return True
        return bool(self.core or _KEYS.match(self.folded)) and not words.is_role_phrase(self.key)

    @property
    def core(self) -> bool:
        return bool(_CORE.match(self.folded)) or bool(re.fullmatch(r"[Nn][°º]", self.key))


def find(text: str, lines: Sequence[Line]) -> Front:
    """The metadata block and the list of speakers at the top, empty when there are none."""
    pairs: list[_Pair] = []
    for index, line in enumerate(lines[:_DEEPEST]):
        if line.front:
            continue
        if line.speaker:
            break
        pair = _pair(text, line, index)
        if pair:
            pairs.append(pair)
        elif pairs and not _is_title(text[line.start : line.end]):
            break
    block = _block(pairs, text, lines)
    legend = {p.folded: role for p in block if (role := _legend(p))}
    return Front(
        frozenset(p.line for p in block),
        {p.key: p.value for p in block},
        legend,
        frozenset(words.fold(p.value) for p in block if words.role_of(p.folded) is Role.INTERVIEWER),
    )


def _pair(text: str, line: Line, index: int) -> _Pair | None:
    match = _PAIR.match(text[line.start : line.end])
    if not match or not match["value"]:
        return None
    portrait = words.is_role_phrase(match["key"].strip()) and _describes_someone(match["value"])
    if len(match["value"].split()) > (_LONGEST_PORTRAIT if portrait else _LONGEST_VALUE):
        return None
    return _Pair(index, match["key"].strip(), match["value"], words.fold(match["key"]))


def _is_title(line: str) -> bool:
    return len(line.split()) <= _LONGEST_VALUE and not re.search(r"[.?!…]\s*$", line) and not line.startswith("[")


def _block(pairs: Sequence[_Pair], text: str, lines: Sequence[Line]) -> list[_Pair]:
    """The pairs up to the last that can't be speech. « Enquêteur : Paul Durand » counts only among others."""
    block: list[_Pair] = []
    sure = 0
    for pair in pairs:
        if not (pair.known or _legend(pair) or _could_be_value(pair.value)):
            break
        block.append(pair)
        if pair.known or _legend(pair):
            sure = len(block)
    if not any(p.core or _legend(p) for p in block[:sure]):
        return _people_alone(pairs, text, lines)
    # After the last sure line, people may still be named, but the first exchange may also begin: « Marie : Merci ».
    keys = [p.folded for p in block]
    tail = []
    for pair in block[sure:]:
        if (
            not words.is_role_phrase(pair.key)
            or not (_names_someone(pair.value) or _describes_someone(pair.value))
            or keys.count(pair.folded) > 1
            or _gap_before(text, lines, pair.line)
        ):
            break
        tail.append(pair)
    return block[:sure] + tail


def _people_alone(pairs: Sequence[_Pair], text: str, lines: Sequence[Line]) -> list[_Pair]:
    """« Enquêtrice : Anne Martin » and « Enquêtée : Mme B., 54 ans » at the top, then a gap: two people who met."""
    block: list[_Pair] = []
    for pair in pairs:
        if block and _gap_before(text, lines, pair.line):
            break
        block.append(pair)
    following = block[-1].line + 1 if block else 0
    roles = {words.role_of(p.folded) for p in block if words.is_role_phrase(p.key)}
    named = all(_names_someone(p.value) or _describes_someone(p.value) for p in block)
    if len(block) < 2 or len(roles) < 2 or not named or following >= len(lines):
        return []
    return block if _gap_before(text, lines, following) else []


def _gap_before(text: str, lines: Sequence[Line], index: int) -> bool:
    return len(re.findall(r"\r\n|\r|\n", text[lines[index - 1].end : lines[index].start])) > 1


def _legend(pair: _Pair) -> Role | None:
    """« AM : Anne Martin, enquêtrice » or « E = enquêteur » in a list of speakers."""
    if len(pair.key) > 20 or len(pair.value.split()) > 8 or re.search(r"[?!…]", pair.value) or pair.known:
        return None
    found = words.fold(pair.value).split()
    if not found or (len(pair.key.split()) > 2 and not words.is_role_phrase(pair.key)):
        return None
    if words.is_role_phrase(pair.value):
        return words.role_of(" ".join(found))
    after = re.split(r"[,(–—-]\s*|\s-\s", pair.value)
    for piece in after[1:]:
        if words.is_role_phrase(piece.strip(" )")):
            return words.role_of(words.fold(piece))
    return None


def _could_be_value(value: str) -> bool:
    """« Mme B., 54 ans, aide à domicile », but no sentence and no « Bonjour »."""
    first = words.fold((re.findall(r"\w+", value) or [""])[0])
    return first not in words.NOT_SPEAKERS - words.TITLES and not re.search(r"[?!…]|\w{2}\.\s*$", value)


def _describes_someone(value: str) -> bool:
    """A name and what is known of the person, said by nobody: « Mme B., 54 ans. Vit avec ses deux enfants. »"""
    name, *rest = re.split(r"\s*[,;(–—]\s*|(?<=\.),?\s+(?=\d)", value, maxsplit=1)
    return bool(rest) and _names_someone(name) and not _SPOKEN.search(value)


def _names_someone(value: str) -> bool:
    """A short value in which every word is a name: « Paul Durand », « Mme B. », « M. Kouassi (P12) »."""
    found = re.findall(r"[\w'’.-]+", value)
    if not found or len(found) > 6 or re.search(r"[?!…]|[a-zà-ÿ]\.\s*$", value):
        return False
    first = words.fold(found[0])
    if first in words.NOT_SPEAKERS and first not in ("madame", "monsieur", "mademoiselle", "m"):
        return False
    return all(w[0].isupper() or w[0].isdigit() or words.fold(w) in words.PARTICLES | {"et"} for w in found)
