"""Spoken spellings written out (« j'sais », « r'venu », « chuis », « y'a »), so that the model knows the words."""

from __future__ import annotations

import re

from enquete.offsets import Mapping, Replacement, replace

_WHOLE = {
    "chuis": "je suis", "chui": "je suis", "jsuis": "je suis", "chais": "je sais", "jsais": "je sais",
    "jpeux": "je peux", "jvais": "je vais", "t'es": "tu es", "t'as": "tu as", "t'avais": "tu avais",
    "t'étais": "tu étais", "t'auras": "tu auras", "t'aurais": "tu aurais",
    "y'a": "il y a", "ya": "il y a", "y'avait": "il y avait", "yavait": "il y avait", "y'aura": "il y aura",
    "y'en": "il y en", "y'aurait": "il y aurait", "y'z'ont": "ils ont", "pis": "puis", "ouais": "oui",
    "p'têt": "peut-être", "ptet": "peut-être", "pt'être": "peut-être", "p't'être": "peut-être",
    "pasque": "parce que", "pask": "parce que", "parc'que": "parce que", "ptit": "petit", "ptite": "petite",
    "ptits": "petits", "ptites": "petites", "rdv": "rendez-vous", "rendez vous": "rendez-vous",
    "quéqu'un": "quelqu'un", "quéqu'chose": "quelque chose", "qu'é'qu'chose": "quelque chose",
    "aujourd'hui": "aujourd'hui", "grand'mère": "grand-mère", "c't'à-dire": "c'est-à-dire", "st'": "cet",
}  # fmt: skip
_CLITICS = {"j": "je", "l": "le", "d": "de", "m": "me", "t": "te", "s": "se", "c": "ce", "n": "ne", "qu": "que"}
# After a clitic's letter, these beginnings make one word: « d'mander », « s'maine », « m'ner », « l'ver ».
_ONE_WORD = re.compile(
    r"d'(?:mand|main|dans|hors|puis|v(?:ant|oir|rai|nir|enu|ais|ait)|ss(?:us|ous)|bout|gré|mi|grés|ç)|s'(?:maine|cond|ra|rais|rait|cours|cré)|"
    r"m'(?:n(?:er|é|ait)|sure)|l'(?:ver|vé|vait|çon)|t'(?:n(?:ir|u|ait))|n'v(?:eu)|c'(?:la$)",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(
    r"\b(?P<before>[a-zà-ÿœ]+)['’](?P<after>[bcdfgjklmnpqrstvwxzç][a-zà-ÿœ]*(?:['’][a-zà-ÿœ]+)?)", re.IGNORECASE
)
_WHOLE_WORD = re.compile(
    r"(?<![\w'’])(?:"
    + "|".join(re.escape(word).replace("'", "['’]") for word in sorted(_WHOLE, key=len, reverse=True))
    + r")(?![\w’'])",
    re.IGNORECASE,
)


def respell(text: str) -> tuple[str, Mapping]:
    """The text in written spelling, and the mapping from `text` to it."""
    changes = [Replacement(m.start(), m.end(), _cased(m[0], _WHOLE[_plain(m[0])])) for m in _WHOLE_WORD.finditer(text)]
    taken = [(change.start, change.end) for change in changes]
    for match in _APOSTROPHE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            changes += _elision(match)
    taken = [(change.start, change.end) for change in changes]
    curly = (match.start() for match in re.finditer("’", text))
    changes += [Replacement(at, at + 1, "'") for at in curly if not any(start <= at < end for start, end in taken)]
    return replace(text, changes)


def _elision(match: re.Match[str]) -> list[Replacement]:
    """« r'venu » is « revenu », « j'travaille » is « je travaille », « qu'les » is « que les »."""
    before, at = match["before"].lower(), match.end("before")
    changes = []
    if "'" in (after := _plain(match["after"])) and (inner := _APOSTROPHE.match(match["after"])):
        offset = match.start("after")
        changes = [Replacement(c.start + offset, c.end + offset, c.text) for c in _elision(inner)]
    word = _plain(match[0])
    if before in _CLITICS and not _ONE_WORD.match(word):
        # « t'sais », « t'veux »: the subject, before a verb in s or x.
        full = "u " if before == "t" and re.match(r"\w+[sx]\b", after) else "e "
        return [Replacement(at, at + 1, full), *changes]
    if before.endswith("qu"):
        return [Replacement(at, at + 1, "e "), *changes]
    if len(before) > 4 and before != "maint":
        return changes  # « presqu'… », « entr'… »: left as it is
    return [Replacement(at, at + 1, "e"), *changes]


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _cased(old: str, new: str) -> str:
    return new.capitalize() if old[0].isupper() and not old.isupper() else new
