"""Passphrases around identity files: asked on the terminal without echo, or given by a variable for scripts."""

from __future__ import annotations

import getpass
import os
import sys

from enquete.errors import EnqueteError, Problem

VARIABLE = "ENQUETE_PHRASE"
LEAST = 12  # characters


def known_phrase(file_name: str) -> str:
    """The one that opens this file. Raises EnqueteError(PHRASE_NEEDED)."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise EnqueteError(Problem.PHRASE_NEEDED, where=file_name, variable=VARIABLE)
    return ask(f"Phrase de passe de la clé {file_name} : ")


def new_phrase(*, from_variable: bool) -> str:
    """One to protect a key with: the variable's, or asked twice, or the first line of the standard input.

    Raises EnqueteError(PHRASE_SHORT, PHRASES_DIFFER).
    """
    given = os.environ.get(VARIABLE) if from_variable else None
    if given:
        phrase = given
    elif sys.stdin.isatty():
        phrase = ask("Nouvelle phrase de passe : ")
        if ask("La même, encore une fois : ") != phrase:
            raise EnqueteError(Problem.PHRASES_DIFFER)
    else:
        phrase = sys.stdin.readline().rstrip("\r\n")
    if len(phrase) < LEAST:
        raise EnqueteError(Problem.PHRASE_SHORT, least=LEAST)
    return phrase


def ask(prompt: str) -> str:
    """What is typed, without echo."""
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise KeyboardInterrupt from error
