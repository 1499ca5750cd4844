"""A text to correct in any editor: each turn under a numbered line, read back turn by turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enquete.errors import EnqueteError, Problem
from enquete.model import Role
from enquete.wording import label

_HEADER = re.compile(r"\[(\d+)\] \S.*")
_FIRST = re.compile(r"# Entretien (\S+), révision (\w+)\.")
_HELP = (
    "# Corrigez les mots mal transcrits ; laissez les lignes [1], [2]… et les pseudonymes comme ils sont",
    "# (« enquete relire » change un pseudonyme). Un vrai nom tapé ici reste en clair dans ce fichier jusqu'à ce que",
    "# vous l'effaciez ; dans l'étude, il sera masqué.",
)


def sheet(code: str, uid: str, turns: Sequence[tuple[Role, str]]) -> str:
    """The text to correct. uid: of the revision. turns: who speaks, and the words."""
    lines = [f"# Entretien {code}, révision {uid}.", *_HELP]
    for number, (role, words) in enumerate(turns, start=1):
        lines += ["", f"[{number}] {label(role)}", words]
    return "\n".join([*lines, ""])


def read_sheet(name: str, text: str, code: str, uid: str, count: int) -> list[str]:
    """The words of each turn. name: of the file, for messages. count: turns that must be there.

    Raises EnqueteError: NOT_A_SHEET, SHEET_OUTDATED, SHEET_TURN with its line.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = _FIRST.match(lines[0]) if lines else None
    if first is None or first[1] != code:
        raise EnqueteError(Problem.NOT_A_SHEET, where=name, code=code)
    if first[2] != uid:
        raise EnqueteError(Problem.SHEET_OUTDATED, where=name, code=code)
    turns: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        header = _HEADER.fullmatch(line.rstrip())
        if header and int(header[1]) == len(turns) + 1 <= count:
            turns.append([])
        elif header and len(turns) < count and int(header[1]) <= count:
            raise EnqueteError(Problem.SHEET_TURN, where=f"{name}, ligne {number}", expected=len(turns) + 1)
        elif turns:
            turns[-1].append(line)
    if len(turns) < count:
        raise EnqueteError(Problem.SHEET_TURN, where=f"{name}, ligne {len(lines)}", expected=len(turns) + 1)
    return ["\n".join(turn).strip("\n") for turn in turns]
