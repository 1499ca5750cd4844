"""What is wrong, or looks wrong, in a codebook that could be read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from enquete.codebook.types import Code, Codebook

COLOUR = re.compile("#[0-9A-Fa-f]{6}")


class Severity(StrEnum):
    """An error keeps the codebook from being used; a warning is for its author to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """line: of the YAML file or row of the sheet, 0 when unknown; message: a French sentence."""

    line: int
    severity: Severity
    message: str

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def check(codebook: Codebook) -> list[Remark]:
    """All remarks, by line. Raises EnqueteError(NO_MODEL) when there are cues and no model to read them."""
    from enquete.codebook.cue_checking import check_cues

    used = codebook.in_use()
    cues = check_cues(used) if any(code.cues for code in used.codes) else ()
    return sorted({*_structure(codebook), *_contents(codebook), *cues})


def error(line: int, message: str) -> Remark:
    """A remark that keeps the codebook from being used."""
    return Remark(line, Severity.ERROR, message)


def warning(line: int, message: str) -> Remark:
    """A remark for the author to look at."""
    return Remark(line, Severity.WARNING, message)


def _structure(codebook: Codebook) -> Iterator[Remark]:
    known = codebook.by_id
    if not codebook.codes:
        yield error(1, "la grille n'a aucun code.")
    for code in codebook.codes:
        if (first := known[code.id]) is not code:
            yield error(code.line(), f"le code « {code.id} » existe déjà{_at(first)}.")
        if code.parent is None:
            continue
        if code.parent not in known:
            close = difflib.get_close_matches(code.parent, known, 1)
            hint = f" ; vouliez-vous dire « {close[0]} » ?" if close else "."
            yield error(code.line("parent"), f"le parent « {code.parent} » de {code.id} n'existe pas{hint}")
        elif _turns_round(codebook, code):
            yield error(code.line("parent"), f"{code.id} est rattaché à lui-même, par « {code.parent} ».")


def _turns_round(codebook: Codebook, code: Code) -> bool:
    """Whether going up from the code comes back to it."""
    seen: set[str] = set()
    above = code.parent
    while above is not None and above not in seen:
        if above == code.id:
            return True
        seen.add(above)
        step = codebook.by_id.get(above)
        above = step.parent if step else None
    return False


def _at(code: Code) -> str:
    return f" (ligne {code.line()})" if code.line() else ""


def _contents(codebook: Codebook) -> Iterator[Remark]:
    labels: dict[str, Code] = {}
    for code in codebook.codes:
        if code.retired:
            continue
        first = labels.setdefault(code.label.casefold(), code)
        if first.id != code.id:
            yield warning(code.line("label"), f"le libellé de {code.id} est déjà celui de {first.id}{_at(first)}.")
        if not code.definition:
            yield warning(code.line(), f"{code.id} n'a pas de définition.")
        if code.colour and not COLOUR.fullmatch(code.colour):
            yield error(
                code.line("colour"), f"la couleur de {code.id} s'écrit « # » et six chiffres de 0 à F : « #4477AA »."
            )
