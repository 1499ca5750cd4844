"""The last look at an output: nothing with a name of the vault in it reaches its place."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from enquete.actions.codebooks import load_codebooks
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.disclosure import gate
from enquete.disclosure.strings import strings
from enquete.errors import EnqueteError, Problem
from enquete.model import QUASI_IDENTIFIERS, Audience
from enquete.store.database import transaction
from enquete.store.outputs import register_output
from enquete.store.review import blocking_alerts
from enquete.vault import Vault

_TOLD = 10


@dataclass(frozen=True, slots=True)
class Output:
    """A file about to leave the study. interviews: codes of those that it was made from."""

    path: Path
    data: bytes = field(repr=False)
    audience: Audience
    interviews: tuple[str, ...]


def write_checked(study: Study, vault: Vault, output: Output) -> None:
    """Writes an output if no form of the vault stands in any of its strings, its name included.

    Labels of the study's codebooks were written before anybody was met: « Formation » as a label is no name.
    Raises EnqueteError: OUTPUT_BLOCKED while names found later wait for a person; OUTPUT_LEAKS, naming places and
    types, never the form; and what write_whole does. What is written is registered, for the day somebody withdraws.
    """
    with study.database() as db:
        waiting = blocking_alerts(db)
    if waiting:
        codes = ", ".join(sorted({alert.interview for alert in waiting}))
        raise EnqueteError(Problem.OUTPUT_BLOCKED, where=output.path.name, codes=codes)
    identities = vault.identities()
    forms = [gate.Form(text, kind) for text, kind in identities.forms() if kind not in QUASI_IDENTIFIERS]
    labels = {code.label for book in load_codebooks([], study.folder) for code in book.codes}
    public = re.compile("|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or "(?!)")
    told = ((place, public.sub(" ", text)) for place, text in strings(output.data))
    leaks = gate.check([("nom du fichier", output.path.stem), *told], forms)
    if leaks:
        places = "".join(f"\n  {leak.place} ({leak.type})" for leak in leaks[:_TOLD])
        more = f"\n  et {len(leaks) - _TOLD} autres" if len(leaks) > _TOLD else ""
        raise EnqueteError(Problem.OUTPUT_LEAKS, where=output.path.name, places=places + more)
    digest = hashlib.sha256(output.data).hexdigest()
    with study.database() as db, transaction(db):  # what can't be written is not registered
        register_output(db, _name(study, output.path), "export", output.audience, digest, output.interviews)
        write_whole(output.path, output.data)


def _name(study: Study, path: Path) -> str:
    """Its path inside the study, or the file's own name."""
    path = path.resolve()
    return path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name
