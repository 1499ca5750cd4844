"""Direct identifiers known by their form, whoever's they are: telephones, addresses of the net, numbers of papers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enquete.disclosure.names import Match
from enquete.disclosure.suspects import DATE
from enquete.model import IdentifierType
from enquete.pseudonyms import births, identifiers
from enquete.pseudonyms.tokens import Tokens

_T = IdentifierType
_SURE = 0.8  # below, the detector itself wants a look
_BIRTH = re.compile(r"\bnée?s?\b|naissance|\bDDN\b", re.IGNORECASE)
# Mailboxes of a service, and numbers that anybody may call.
_OF_A_SERVICE = re.compile(
    r"(?:contact|infos?|accueil|secretariat|communication|dpo|rgpd|direction|administration|webmaster|no-?reply|"
    r"support|presse|bonjour|equipe|asso(?:ciation)?)[\w.\-]*@",
    re.IGNORECASE,
)
_PUBLIC_NUMBER = re.compile(r"0\s?[.\-]?8|(?:\+|00)33\s?8")
_PERSONAL_PAGE = re.compile(
    r"(?:(?<![\w-])(?:facebook|instagram|tiktok|twitter|x|threads|snapchat|linkedin|youtube|github|t|pinterest|vk|flickr|"
    r"soundcloud|medium|behance|copainsdavant\.linternaute|strava|twitch|reddit)\.(?:com|net|me|tv|org)/"
    r"(?!(?:groups|pages|watch|sharer?|events|hashtag|search|login|help|policies|about|share|intent|embed|p)\b)"
    r"(?:in/|u/|user/|users/|add/|profile?/|@)?[\w@.\-]{2,})|[\w-]+\.(?:skyrock|over-blog|blogspot|wordpress|tumblr)\.|"
    r"/(?:~|users?/|membres?/|profil[es]?/)[\w.\-]+|perso(?:nnel)?[.-]",
    re.IGNORECASE,
)
# Versions, digests, keys of programs.
_TECHNICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16,}|\{[0-9A-F-]{36}\}|\b\d+(?:\.\d+){2,}\b(?!\.)")


def find(text: str) -> Iterator[Match]:
    """Identifiers in a text for a reader. text: plain."""
    technical = [match.span() for match in _TECHNICAL.finditer(text)]
    tokens = Tokens(text)
    for found in identifiers.find(tokens):
        words = text[found.start : found.end]
        inside = any(start <= found.start and found.end <= end for start, end in technical)
        if found.score >= _SURE and not (inside and found.type is not _T.PHONE) and _is_somebodys(words, found.type):
            yield Match(found.start, found.end, found.type)
    yield from (Match(*match.span(), _T.URL) for match in _PERSONAL_PAGE.finditer(text))
    if _BIRTH.search(text):
        for found in births.find(tokens):
            if DATE.search(text[found.start : found.end]):
                yield Match(found.start, found.end, found.type)


def find_in_markup(text: str) -> Iterator[Match]:
    """In a setting or a script: what cannot be anything else."""
    if "@" in text:
        for found in identifiers.find(Tokens(text)):
            if found.type is _T.EMAIL and not _OF_A_SERVICE.match(text, found.start):
                yield Match(found.start, found.end, found.type)


def find_in_number(text: str) -> Iterator[Match]:
    """In a cell that holds a number, whose leading zero is lost."""
    figures = text.removesuffix(".0")
    if re.fullmatch(r"(?:33)?[67]\d{8}", figures):
        yield Match(0, len(text), _T.PHONE)
    elif re.fullmatch(r"[12]\d{2}(?:0[1-9]|1[0-2])\d{9}|[12]\d{2}(?:0[1-9]|1[0-2])\d{11}", figures):
        yield Match(0, len(text), _T.NIR)


def _is_somebodys(words: str, kind: IdentifierType) -> bool:
    if kind is _T.EMAIL:
        return not _OF_A_SERVICE.match(words)
    if kind in (_T.PHONE, _T.DOCUMENT):
        return not _PUBLIC_NUMBER.match(words)
    return kind is not _T.URL  # of the pages, only personal ones are
