"""Codes of the people who code and review: short, and known where the study lists them."""

from __future__ import annotations

import re

from enquete.config import StudyConfig
from enquete.errors import EnqueteError, Problem
from enquete.store.settled import SETTLED


def check_name(person: str) -> None:
    """A short code, no full name, nor what the settled version stands under.

    Raises EnqueteError(CODER_NAME, PAGE_SETTLED_CODER).
    """
    if not re.fullmatch(r"\w[\w.-]{0,39}", person):
        raise EnqueteError(Problem.CODER_NAME, name=person, exit_code=2)
    if person.casefold() == SETTLED:
        raise EnqueteError(Problem.PAGE_SETTLED_CODER, name=person, exit_code=2)


def check_coder(config: StudyConfig, coder: str) -> None:
    """Somebody who codes in this study. Raises EnqueteError(CODER_NAME, UNKNOWN_CODER)."""
    check_name(coder)
    if config.coders and coder not in config.coders:
        raise EnqueteError(Problem.UNKNOWN_CODER, name=coder, known=", ".join(config.coders), exit_code=2)
