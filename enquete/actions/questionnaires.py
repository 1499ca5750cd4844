"""The study's questionnaires and interview guides: found by name, checked, shown, exported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode
from enquete.survey.questionnaire.guide import Guide, is_guide, read_guide
from enquete.survey.questionnaire.reading import read_questionnaire
from enquete.survey.questionnaire.types import Questionnaire

FOLDER = "questionnaires"
_SUFFIXES = (".md", ".xlsx", ".xlsm", ".xls", ".csv")


def questionnaire_files(study: Study) -> list[Path]:
    """The study's questionnaires, by name; of two files of one name, Markdown is the source."""
    return [path for path in _files(study) if not _guides(path)]


def guide_files(study: Study) -> list[Path]:
    """The study's interview guides."""
    return [path for path in _files(study) if _guides(path)]


def _files(study: Study) -> list[Path]:
    found: dict[str, Path] = {}
    for path in sorted((study.folder / FOLDER).glob("*"), key=lambda path: (path.stem, _rank(path))):
        if path.suffix.lower() in _SUFFIXES and path.is_file() and not path.name.startswith(("~$", ".")):
            found.setdefault(path.stem, path)
    return list(found.values())


def _rank(path: Path) -> int:
    return _SUFFIXES.index(path.suffix.lower()) if path.suffix.lower() in _SUFFIXES else len(_SUFFIXES)


def _guides(path: Path) -> bool:
    """Whether a file is an interview guide and no questionnaire."""
    if path.suffix.lower() != ".md":
        return False
    try:
        return is_guide(decode(path.read_bytes())[0])
    except OSError:
        return False


def find_questionnaire(study: Study, name: str | None, wave: str | None) -> Questionnaire:
    """The study's questionnaire of this name (with or without extension), or the only one for this wave.

    A wave that the named questionnaire is not for is left to its caller. A path to a file outside of the study is
    read too. Raises EnqueteError: UNKNOWN_QUESTIONNAIRE, NO_QUESTIONNAIRE, WHICH_QUESTIONNAIRE, and what
    `read_questionnaire` does.
    """
    files = questionnaire_files(study)
    if name is not None:
        return read_questionnaire(_named(name, files))
    read = [read_questionnaire(path) for path in files]
    fitting = [found for found in read if wave is None or not found.waves or wave in found.waves]
    meant = [found for found in fitting if wave in found.waves] or fitting  # one for this wave before one for any
    if len(meant) == 1:
        return meant[0]
    if not meant:
        known = ", ".join(found.name for found in read) or "aucun"
        raise EnqueteError(
            Problem.NO_QUESTIONNAIRE, wave=f" de la vague {wave}" if wave else "", known=known, exit_code=2
        )
    raise EnqueteError(Problem.WHICH_QUESTIONNAIRE, known=", ".join(found.name for found in meant), exit_code=2)


def _named(name: str, files: Sequence[Path]) -> Path:
    for path in files:
        if name in (path.name, path.stem):
            return path
    path = Path(name)
    if path.suffix.lower() in _SUFFIXES and path.is_file():
        return path
    known = ", ".join(path.stem for path in files) or "aucun"
    raise EnqueteError(Problem.UNKNOWN_QUESTIONNAIRE, name=name, known=known, exit_code=2)


def find_guide(study: Study, wave: str) -> Guide | None:
    """The first of the study's guides that has something to ask in this wave. Raises what `read_guide` does."""
    return next((found for path in guide_files(study) if (found := read_guide(path)).wave(wave)), None)
