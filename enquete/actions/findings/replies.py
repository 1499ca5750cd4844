"""What became of recommendations: a page and a document for the institutions that they were sent to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.synthesis import FOLDERS, gathered
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings import synthesise
from enquete.findings.analysis import Analysis
from enquete.model import Audience
from enquete.reports import replies
from enquete.survey.values import read_date
from enquete.wording import n, readers

NAME = "suivi-des-recommandations"
_WRITERS = {".html": replies.html, ".docx": replies.docx}


@dataclass(frozen=True, slots=True)
class Following:
    """as_of: the day on which what is late is late, as a person writes it. output: a file or a folder."""

    audience: Audience = Audience.PUBLIC
    as_of: str | None = None
    output: Path | None = None


def write_replies(study: Study, asked: Following) -> Iterator[str]:
    """Writes both, or the one that is named, through the gate; gives lines to print.

    Raises EnqueteError: REPLIES_DAY, REPLIES_FORMAT, REPLIES_NOTHING; as `write_checked`.
    """
    as_of = _day(asked.as_of)
    paths = _paths(study, asked)
    vault = study.vault()
    material = gathered(study, vault, Analysis())
    synthesis = synthesise(material, asked.audience)
    if not synthesis.recommendations:
        raise EnqueteError(Problem.REPLIES_NOTHING, readers=readers(asked.audience))
    everything = material.everything()
    codes = tuple(text.code for text in everything.interviews)
    answered = tuple(sorted({person for text in material.answers for person in text.participants}))
    outputs = [Output(p, _WRITERS[p.suffix.lower()](synthesis, as_of), asked.audience, codes, answered) for p in paths]
    write_checked(study, vault, *outputs)
    yield f"Suivi de {n('recommandation', len(synthesis.recommendations))} écrit, pour {readers(asked.audience)} :"
    yield from (f"  {path}" for path in paths)
    overdue = [one.code for one in synthesis.recommendations if replies.late(one, as_of)]
    if overdue:
        yield f"  En retard : {', '.join(overdue)}."


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        found = read_date(written)
    except ValueError:
        found = None
    if found is None:
        raise EnqueteError(Problem.REPLIES_DAY, written=written, exit_code=2)
    return found


def _paths(study: Study, asked: Following) -> list[Path]:
    output = asked.output or study.folder / "exports" / FOLDERS[asked.audience]
    if not output.suffix or output.is_dir():
        return [output / f"{NAME}{suffix}" for suffix in _WRITERS]
    if output.suffix.lower() not in _WRITERS:
        raise EnqueteError(Problem.REPLIES_FORMAT, where=output.name, exit_code=2)
    return [output]
