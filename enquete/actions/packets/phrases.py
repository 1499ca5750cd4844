"""Phrases of packets: asked on the terminal without echo, or given by a variable or the standard input for scripts."""

from __future__ import annotations

import os
import sys

from enquete.errors import EnqueteError, Problem
from enquete.page import phrases
from enquete.vault.phrases import ask

VARIABLE = "ENQUETE_PHRASE_PAQUET"


def new_phrase(of: str = "du paquet") -> str:
    """One to seal a file with, asked twice. of: what file.

    Raises EnqueteError: PACKET_PHRASE_SHORT, PACKET_PHRASES_DIFFER, PACKET_PHRASE_NEEDED.
    """
    given = _given()
    if given is None:
        given = phrases.plain(ask(f"Phrase {of} (cinq ou six mots sans rapport entre eux) : "))
        if phrases.plain(ask("La même, encore une fois : ")) != given:
            raise EnqueteError(Problem.PACKET_PHRASES_DIFFER)
    if not phrases.strong_enough(given):
        raise EnqueteError(Problem.PACKET_PHRASE_SHORT, least=phrases.LEAST)
    return given


def known_phrase(coder: str, where: str) -> str:
    """The one that opens a file of codings. Raises EnqueteError(PACKET_PHRASE_NEEDED)."""
    given = _given()
    return given if given is not None else phrases.plain(ask(f"Phrase du paquet de {coder} ({where}) : "))


def _given() -> str | None:
    """Without a terminal: the variable's, or the next line of the standard input; None when it is to be asked."""
    given = os.environ.get(VARIABLE)
    if not given and sys.stdin.isatty():
        return None
    given = given or sys.stdin.readline()
    if not given.strip():
        raise EnqueteError(Problem.PACKET_PHRASE_NEEDED, variable=VARIABLE)
    return phrases.plain(given)
