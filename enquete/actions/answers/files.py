"""Files of answers as a person names them: read, matched with their questionnaire, then tried, drafted or imported."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.answers.importing import AnswersReport, Step, Terms, import_matched, refused_rows, row_word
from enquete.actions.answers.questionnaires import find_questionnaire
from enquete.actions.answers.titles import titles
from enquete.actions.answers.trial import hidden, hidden_faults
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.survey.answers.types import DataFile
from enquete.survey.matching.types import MatchReport


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for. files: one, or the linked tables of one export. questionnaire: its name."""

    files: tuple[Path, ...]
    wave: str | None = None
    questionnaire: str | None = None
    mapping: Path | None = None
    links: Path | None = None
    try_only: bool = False
    replace: bool = False
    repair: bool = False
    processes: int = 1


def import_answers(study: Study, request: Request, step: Step) -> AnswersReport:
    """Raises EnqueteError: UNKNOWN_WAVE, and what reading, matching and `import_matched` do."""
    with _uncollected():
        return _imported(study, request, step)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles among millions of values just read, none of which is in any: half the time else."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _imported(study: Study, request: Request, step: Step) -> AnswersReport:
    data, matched = _matched(study, request, request.mapping)
    if matched.faults and not request.try_only:
        raise EnqueteError(Problem.ANSWERS_UNSETTLED, where=data.source, faults=_faults(study, data, matched))
    terms = Terms(request.files, request.links, request.replace, request.try_only, request.processes)
    return import_matched(study, terms, data, matched, step)


def _faults(study: Study, data: DataFile, matched: MatchReport) -> str:
    """What keeps the file out, and the rows that would be refused anyway, one a line, without any name."""
    identities, policies = study.vault().identities(), study.config.pseudonyms.policies()
    told = [*hidden_faults(matched, hidden(matched, identities, policies))]
    told += [f"REFUSÉ {row_word(data)} {one.number} : {one.why}" for one in refused_rows(matched)]
    shown = titles(data, matched, identities, policies)
    return "\n".join(f"  {shown.line(line)}" for line in told)


def propose_file(study: Study, request: Request) -> str:
    """Writes a mapping file to be read over, beside the answers unless another place is named; gives a line to print.

    A mapping file that is there is taken into account, and never written over.
    Raises EnqueteError: MAPPING_THERE, and what `import_answers` does.
    """
    from enquete.survey.matching.drafts import propose_mapping

    there = request.mapping if request.mapping and request.mapping.exists() else None
    first = request.files[0]
    path = request.mapping if request.mapping and not there else first.with_name(f"{first.stem}.correspondance.toml")
    if path.exists():
        raise EnqueteError(Problem.MAPPING_THERE, where=path.name)
    _, matched = _matched(study, request, there)
    write_whole(path, propose_mapping(matched).encode())
    return (
        f"Correspondance à relire : {path}. Elle reprend des titres et des valeurs du fichier de réponses ; une fois "
        f"relue : « --correspondance {path} »."
    )


def _matched(study: Study, request: Request, mapping: Path | None) -> tuple[DataFile, MatchReport]:
    from enquete.survey.answers.read import read_linked
    from enquete.survey.matching.linking import main_first
    from enquete.survey.matching.mapping import NOTHING, read_mapping
    from enquete.survey.matching.match import match

    waves = study.config.waves_by_code
    if request.wave and request.wave not in waves:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=request.wave, known=", ".join(waves), exit_code=2)
    questionnaire = find_questionnaire(study, request.questionnaire, request.wave)
    rules = read_mapping(mapping) if mapping else None
    data = main_first(read_linked(request.files, repair=request.repair), questionnaire, rules or NOTHING)
    return data, match(data, questionnaire, rules, study.config.waves, request.wave)
