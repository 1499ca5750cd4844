"""The last look at an output: nothing with a name of the vault in it reaches its place."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from enquete.actions.interviews.later_names import rename_bearers, settle_late_names
from enquete.actions.outputs.judging import ground
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.disclosure.contents import Text, texts_of
from enquete.disclosure.gate import Finding, Ground, judge
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience, IdentifierType
from enquete.store.database import transaction
from enquete.store.outputs import confirm_overwritten, register_output
from enquete.store.review import blocking_alerts
from enquete.vault import Vault
from enquete.wording import n

FILE_NAME = "nom du fichier"
_TOLD = 10


@dataclass(frozen=True, slots=True)
class Output:
    """A file about to leave the study. interviews: codes of those that it was made from; participants: codes of those
    whose answers to questionnaires it holds.
    """

    path: Path
    data: bytes = field(repr=False)
    audience: Audience
    interviews: tuple[str, ...]
    participants: tuple[str, ...] = ()


def write_checked(study: Study, vault: Vault, *outputs: Output) -> None:
    """Writes outputs if nothing stands in any of them that its audience may not read, and registers them.

    Raises EnqueteError: OUTPUT_BLOCKED while names found later wait for a person; OUTPUT_LEAKS, naming places and
    kinds, never the words; PSEUDONYM_COLLISION when a pseudonym was somebody's name, and is changed; what `texts_of`
    and `write_whole` do. What is written is registered, for the day somebody withdraws.
    """
    with study.database() as db:
        settle_late_names(db, vault, study.config.pseudonyms.policies())
        for output in outputs:
            _refuse_blocked(db, output)
    grounds = {audience: ground(study, vault, audience) for audience in {output.audience for output in outputs}}
    for output in outputs:
        _judge(study, vault, output, grounds[output.audience])
    for output in outputs:
        _write(study, output)


def _judge(study: Study, vault: Vault, output: Output, judged: Ground) -> None:
    path = [Text(FILE_NAME, Path(part).stem) for part in Path(_name(study, output.path)).parts]
    texts = [*path, *texts_of(output.path.name, output.data)]
    findings = judge(texts, judged)
    if findings:
        _rename_bearers(study, vault, output.path.name, findings)
        places = "".join(f"\n  {f.place} : {f.what} (repère {f.mark})" for f in findings[:_TOLD])
        more = f"\n  et {n('autre', len(findings) - _TOLD)}" if len(findings) > _TOLD else ""
        raise EnqueteError(Problem.OUTPUT_LEAKS, where=output.path.name, places=places + more)


def _write(study: Study, output: Output) -> None:
    name = _name(study, output.path)
    digest = hashlib.sha256(output.data).hexdigest()
    with study.database() as db, transaction(db):  # what can't be written is not registered
        _refuse_blocked(db, output)  # an import may have ended meanwhile
        number = register_output(
            db, name, "export", output.audience, digest, output.interviews, participants=output.participants
        )
        if "/" in name:  # inside the study: the same path, and not only a file of the same name
            confirm_overwritten(db, number)
        write_whole(output.path, output.data)


def _refuse_blocked(db: sqlite3.Connection, output: Output) -> None:
    """Raises EnqueteError(OUTPUT_BLOCKED) while names found after their texts wait for a person.

    What was made from no interview holds no word of theirs, and waits for nothing.
    """
    waiting = blocking_alerts(db) if output.interviews else []
    if waiting:
        codes = ", ".join(sorted({alert.interview for alert in waiting}))
        raise EnqueteError(Problem.OUTPUT_BLOCKED, where=output.path.name, codes=codes)


def _rename_bearers(study: Study, vault: Vault, name: str, findings: Sequence[Finding]) -> None:
    """A pseudonym that is somebody's real name is changed in the texts: what was made from them is to be made again."""
    if any(finding.type is IdentifierType.PERSON for finding in findings):
        with study.database() as db:
            changed = rename_bearers(db, vault, study.config.pseudonyms.policies())
        if changed:
            raise EnqueteError(Problem.PSEUDONYM_COLLISION, where=name, codes=", ".join(changed))


def _name(study: Study, path: Path) -> str:
    """Its path inside the study, or the file's own name."""
    path = path.resolve()
    return path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name
