"""Nothing leaves with a name in it, with somebody's number, or with the words of who refused to be quoted.

`judge` looks through every string of an output. It is a net, not a proof: a misspelt name that the vault does not know
passes, so does what a picture shows, and so does a story told in other words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from enquete.disclosure import shapes
from enquete.disclosure.contents import Nature, Text
from enquete.disclosure.names import Form, KnownForms, Match
from enquete.disclosure.quotations import Runs
from enquete.disclosure.split import Split
from enquete.disclosure.suspects import suspects
from enquete.disclosure.variants import plain, rewritable, rewritten
from enquete.model import Audience, IdentifierType
from enquete.pseudonyms import choosing, words
from enquete.wording import label

__all__ = ["Finding", "Form", "Ground", "KnownForms", "judge"]

_AROUND = 60  # characters on each side that make an occurrence that a human admits the same one
_PATH = re.compile(
    r"[A-Za-z]:[\\/](?:Users|Utilisateurs|Documents and Settings)[\\/]+[^\\/\s]+|(?<![\w.])/(?:home|Users)/[^/\s\"']+|"
    r"file:/{2,3}(?!$)"
)
_A_PATH = re.compile(r"[A-Za-z]:[\\/]|/(?:home|Users)/|file:/{2}")  # what it begins with
_A_CODE = re.compile(r"\b[A-Z]\w*\d\w*\b")
# Programs, and names of users that programs make up.
_NOBODY = frozenset(
    ["enquete", "openpyxl", "python-docx", "libreoffice", "microsoft", "excel", "word", "utilisateur", "user", "admin",
     "unknown", "inconnu", "auteur", "author", "anonyme", "windows", "office"]
)  # fmt: skip
# Typefaces that bear first names, and Word's own styles: in the settings of a file they are nobody.
_FONTS = frozenset(
    ["georgia", "candara", "constantia", "gabriola", "vivaldi", "charlotte", "carmen", "aurora", "eugenia", "lucida",
     "jasmine", "lily", "amelia", "caroline", "rachana", "padma", "clara", "pacifico", "victor", "marlett", "caption",
     "title", "subtitle", "quote", "header", "footer", "normal", "heading", "hyperlink", "strong", "emphasis"]
)  # fmt: skip
_SHAPES = {Nature.NUMBER: shapes.find_in_number, Nature.MARKUP: shapes.find_in_markup}
_AUTHOR = "dit qui a fait ce fichier"
_HOME = "chemin d'un ordinateur, qui dit souvent un nom"
_CODE = "code d'une personne ou d'un entretien"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an output is judged on.

    secret: of the study, for the marks. codes: of people and interviews, that the team alone may meet. makers: who may
    be named as the author of a file. public: phrases written before anybody was met (labels of codebooks).
    admitted: marks of occurrences that a human let pass.
    """

    secret: bytes = field(repr=False)
    known: KnownForms
    audience: Audience = Audience.PROJECT_GROUP
    runs: Sequence[Runs] = ()
    codes: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    admitted: frozenset[str] = frozenset()

    @property
    def hidden_codes(self) -> frozenset[str]:
        """Those that this audience may not meet."""
        return frozenset() if self.audience is Audience.TEAM else self.codes


class Finding(NamedTuple):
    """Something that may not leave. place, what: in French, without the secret.

    mark: names this occurrence, for whoever admits it; the same wherever the same words come back.
    """

    place: str
    what: str
    mark: str
    type: IdentifierType | None = None


_Key = tuple[str, Nature]


class _Hit(NamedTuple):
    """Where it stands in the text as its reader takes it in."""

    text: str
    start: int
    end: int
    what: str
    type: IdentifierType | None = None


def judge(texts: Iterable[Text], ground: Ground) -> list[Finding]:
    """What may not leave, each place once, in the order of the texts."""
    texts = list(texts)
    # A text that stands in several places (a turn beside each of its codes, an attribute of every cell) is read once.
    distinct = list(dict.fromkeys((text.text, text.nature) for text in texts if text.nature is not Nature.UNSEEN))
    hits = _hits(distinct, ground)
    leaking = {text for text, _ in hits}
    found: dict[Finding, None] = {}
    for text in texts:
        for hit in hits.get((text.text, text.nature), ()):
            mark = _mark(ground.secret, hit)
            if mark not in ground.admitted:
                found.setdefault(Finding(_place(text, hit, leaking), hit.what, mark, hit.type))
    return list(found)


def _hits(distinct: Sequence[_Key], ground: Ground) -> Mapping[_Key, list[_Hit]]:
    """By text: what stands in it."""
    owners, split = _versions(distinct)
    hits = _known_hits(owners, split, ground)
    suspect = suspects(split).tolist()
    for index in _to_look_at(split, owners, suspect, ground.hidden_codes):
        version = split.texts[index]
        for key in owners[version]:
            found = list(_by_form(version, key[1], ground, suspect[index]))
            if found:
                hits[key] += _beside(hits[key], found)
    for runs in ground.runs:
        for index, run in runs.find(split):
            version = split.texts[index]
            for key in owners[version]:
                hits[key].append(_Hit(version, run.start, run.end, run.what))
    return {key: found for key, found in hits.items() if found}


def _versions(distinct: Sequence[_Key]) -> tuple[Mapping[str, list[_Key]], Split]:
    """Each text as its reader takes it in and as it may be read otherwise, with the texts that it is a version of."""
    owners: dict[str, list[_Key]] = defaultdict(list)
    for key in distinct:
        owners[plain(key[0])].append(key)
    split = Split(list(owners))
    for index in rewritable(split):
        text = split.texts[index]
        for key in list(owners[text]):
            for version in rewritten(text, shown=key[1] is not Nature.MARKUP):
                owners[version].append(key)
    if others := list(owners)[len(split.texts) :]:
        split.add(others)
    return owners, split


def _to_look_at(
    split: Split, owners: Mapping[str, Sequence[_Key]], suspect: Sequence[bool], codes: frozenset[str]
) -> Iterator[int]:
    """Indexes of the texts whose form may tell something: names, codes, paths, authors."""
    telling = split.having(
        split.marked(lambda token: _A_PATH.search(token) or any(code[0] in codes for code in _A_CODE.finditer(token)))
    ).tolist()
    for index, text in enumerate(split.texts):
        if suspect[index] or telling[index] or any(nature is Nature.AUTHOR for _, nature in owners[text]):
            yield index


def _known_hits(owners: Mapping[str, Sequence[_Key]], split: Split, ground: Ground) -> dict[_Key, list[_Hit]]:
    """What the vault knows. owners: the texts that each version is one of."""
    hits: dict[_Key, list[_Hit]] = defaultdict(list)
    for index, match in ground.known.find(split):
        text = split.texts[index]
        if not _is_public(text, match, ground.public):
            font = words.fold(text[match.start : match.end]) in _FONTS
            hit = _Hit(text, match.start, match.end, f"{label(match.type)} du coffre", match.type)
            for key in owners[text]:
                if not (font and key[1] is Nature.MARKUP):
                    hits[key].append(hit)
    return hits


def _beside(known: Sequence[_Hit], found: Sequence[_Hit]) -> list[_Hit]:
    """Those that the vault does not tell already."""
    return [f for f in found if not any(k.text == f.text and k.start < f.end and f.start < k.end for k in known)]


def _by_form(text: str, nature: Nature, ground: Ground, suspect: bool) -> Iterator[_Hit]:
    """What its form alone tells, whoever it names."""
    for match in _SHAPES.get(nature, shapes.find)(text) if suspect else ():
        ours = text[match.start : match.end] in ground.codes  # « (P017 » after « compte » is nobody's account
        if not ours and not _is_public(text, match, ground.public):
            yield _Hit(text, match.start, match.end, label(match.type), match.type)
    if nature is Nature.AUTHOR and ground.audience is not Audience.TEAM and not _is_nobody(text, ground.makers):
        yield _Hit(text, 0, len(text), _AUTHOR)
    if "/" in text or "\\" in text:
        yield from (_Hit(text, *m.span(), _HOME) for m in _PATH.finditer(text))
    if ground.hidden_codes and nature is not Nature.MARKUP:
        for word in _A_CODE.finditer(text):
            if word[0] in ground.hidden_codes:
                yield _Hit(text, *word.span(), _CODE)


def _is_nobody(author: str, makers: frozenset[str]) -> bool:
    """Whether a property about the author names a program, or a coder by their code."""
    found = words.words_of(author)
    return not found or author.strip().lower() in makers or not _NOBODY.isdisjoint(found)


def _is_public(text: str, match: Match, public: frozenset[str]) -> bool:
    """« Formation » as a label of a codebook is no name."""
    return any(
        (at := text.find(phrase, max(0, match.end - len(phrase)))) >= 0 and at <= match.start for phrase in public
    )


def _mark(secret: bytes, hit: _Hit) -> str:
    around = hit.text[max(0, hit.start - _AROUND) : hit.end + _AROUND]
    return choosing.key(secret, "admis", hit.what, " ".join(words.words_of(around)), hit.text[hit.start : hit.end])[:8]


def _place(text: Text, hit: _Hit, leaking: set[str]) -> str:
    place = text.place
    if text.line:
        place = f"{place}, ligne {text.line + hit.text.count(chr(10), 0, hit.start)}"
    if text.sheet is None:
        return place
    shown = text.sheet.name and text.sheet.name not in leaking
    return f"feuille {text.sheet.name if shown else f'n° {text.sheet.number}'}, {place}"
