"""The last look at an output: nothing with a name of the vault in it reaches its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from enquete.actions.writing import write_whole
from enquete.codebook import Codebook
from enquete.disclosure import gate
from enquete.disclosure.strings import strings
from enquete.errors import EnqueteError, Problem
from enquete.model import QUASI_IDENTIFIERS
from enquete.vault import Vault

_TOLD = 10


def write_checked(path: Path, data: bytes, vault: Vault, books: Iterable[Codebook]) -> None:
    """Writes an output if no form of the vault stands in any of its strings, its name included.

    books: what they say was written before anybody was met: « Formation » as a label is no name.
    Raises EnqueteError(OUTPUT_LEAKS), naming places and types, never the form; and what write_whole does.
    """
    identities = vault.identities()
    forms = [gate.Form(text, kind) for text, kind in identities.forms() if kind not in QUASI_IDENTIFIERS]
    labels = {code.label for book in books for code in book.codes}
    public = re.compile("|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or "(?!)")
    told = ((place, public.sub(" ", text)) for place, text in strings(data))
    leaks = gate.check([("nom du fichier", path.stem), *told], forms)
    if leaks:
        places = "".join(f"\n  {leak.place} ({leak.type})" for leak in leaks[:_TOLD])
        more = f"\n  et {len(leaks) - _TOLD} autres" if len(leaks) > _TOLD else ""
        raise EnqueteError(Problem.OUTPUT_LEAKS, where=path.name, places=places + more)
    write_whole(path, data)
