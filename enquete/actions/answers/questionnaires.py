"""The study's questionnaires and interview guides: found by name, checked, shown, exported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from enquete import codebook
from enquete.actions.answers.questionnaire_lines import form_lines, guide_lines
from enquete.actions.results import Result
from enquete.actions.study import Study, open_study
from enquete.errors import EnqueteError, Problem
from enquete.readers.encoding import decode
from enquete.survey.questionnaire.checking import check, errors
from enquete.survey.questionnaire.checking_guides import check_guide
from enquete.survey.questionnaire.forms import entries
from enquete.survey.questionnaire.guide import Guide, GuideWave, is_guide, read_guide
from enquete.survey.questionnaire.reading import questionnaire, read_questionnaire, refusal
from enquete.survey.questionnaire.sheets import Fault, markdown_book, read_book
from enquete.survey.questionnaire.types import QuestionKind, Questionnaire
from enquete.wording import n

FOLDER = "questionnaires"
_ABOUT = {"readme", "lisezmoi", "lisez-moi"}  # what tells of the others
_SUFFIXES = (".md", ".xlsx", ".xlsm", ".xls", ".ods", ".csv")


def questionnaire_files(study: Study) -> list[Path]:
    """The study's questionnaires, by name; of two files of one name, Markdown is the source."""
    return [path for path in _files(study) if not is_guide_file(path)]


def guide_files(study: Study) -> list[Path]:
    """The study's interview guides."""
    return [path for path in _files(study) if is_guide_file(path)]


def _files(study: Study) -> list[Path]:
    found: dict[str, Path] = {}
    for path in _candidates(study):
        found.setdefault(path.stem, path)
    return list(found.values())


def _candidates(study: Study) -> list[Path]:
    """What may be a questionnaire or a guide, Markdown first where several have one name."""
    paths = [
        path
        for path in (study.folder / FOLDER).glob("*")
        if path.suffix.lower() in _SUFFIXES and path.is_file() and not path.name.startswith(("~$", "."))
    ]
    kept = [path for path in paths if path.stem.casefold() not in _ABOUT]
    return sorted(kept, key=lambda path: (path.stem, _SUFFIXES.index(path.suffix.lower())))


def is_guide_file(path: Path) -> bool:
    """Whether a file is an interview guide and no questionnaire."""
    if path.suffix.lower() != ".md":
        return False
    try:
        text = decode(path.read_bytes())[0]
    except OSError:
        return False
    return is_guide(text) or ("guide" in path.stem.casefold() and not markdown_book(path.name, text).sheets)


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
    if path.suffix and path.is_file():  # of whatever kind: its reader says why it is refused
        return path
    known = ", ".join(path.stem for path in files) or "aucun"
    raise EnqueteError(Problem.UNKNOWN_QUESTIONNAIRE, name=name, known=known, exit_code=2)


def find_guides(study: Study, wave: str) -> list[Guide]:
    """The study's guides that have something to ask in this wave. Raises what `read_guide` does."""
    return [found for path in guide_files(study) if (found := read_guide(path)).wave(wave)]


# --- checked and shown


def find_files(names: Sequence[str], study: Study | None) -> list[Path]:
    """The questionnaires and guides of these names or paths; without any, all the study's.

    Raises EnqueteError(NO_STUDY, UNKNOWN_QUESTIONNAIRE).
    """
    if study is None and not names:
        raise EnqueteError(Problem.NO_STUDY, exit_code=2)
    known = _files(study) if study else []
    return [_named(name, known) for name in names] if names else known


def check_questionnaires(names: Sequence[str], folder: Path | None) -> Result:
    """A line a fault or remark; problems: files with faults."""
    study = study_around(folder)
    result = Result()
    codes = _codes(study) if study else None
    waves = [wave.code for wave in study.config.waves] if study else None
    paths = find_files(names, study)
    if study and not names:
        for path in _candidates(study):
            if path not in paths:
                told = next(other.name for other in paths if other.stem == path.stem)
                result.lines.append(f"{path.name} : laissé de côté, {told} porte le même nom. Renommez l'un des deux.")
    if not paths:
        result.lines.append("Aucun questionnaire ni guide dans le dossier « questionnaires » de l'étude.")
    for path in paths:
        try:
            faults, about = _checked(path, waves, codes)
        except EnqueteError as error:
            result.lines.append(str(error))
            result.problems.append(path.name)
            continue
        for fault in faults:
            severity = "erreur" if fault.is_error else "remarque"
            place = f", {fault.place()}" if fault.place() else ""
            result.lines.append(f"{path.name}{place} : {severity} : {fault.message}")
        wrong = sum(fault.is_error for fault in faults)
        remarks = len(faults) - wrong
        verdict = n("faute", wrong) if wrong else "aucune faute"
        also = f", {n('remarque', remarks)}" if remarks else ""
        result.lines.append(f"{path.name} : {about}{verdict}{also}.")
        if wrong:
            result.problems.append(path.name)
    return result


def _checked(path: Path, waves: Sequence[str] | None, codes: Collection[str] | None) -> tuple[list[Fault], str]:
    """Its faults, and what it holds, in words."""
    if is_guide_file(path):
        guide = read_guide(path)
        topics = sum(len(wave.topics) for wave in guide.waves)
        about = f"guide, {n('vague', len(guide.waves))}, {n('thème', topics)}, "
        return list(check_guide(guide, waves, codes)), about
    book = read_book(path)
    faults = check(book, waves)
    if any(fault.is_error for fault in faults):
        return faults, ""
    asked = [question for question in questionnaire(book).questions if question.kind is not QuestionKind.OTHER]
    opened = sum(question.open for question in asked)
    return faults, f"{n('question', len(asked))} dont {n('ouverte', opened)}, "


def study_around(folder: Path | None) -> Study | None:
    """The study of this folder, or around the current one; None outside of any when none was asked for."""
    try:
        return open_study(folder)
    except EnqueteError as error:
        if error.problem is not Problem.NO_STUDY or folder is not None:
            raise
        return None


def _codes(study: Study) -> set[str] | None:
    """Codes of the study's codebooks; None where it has none, or one that does not read."""
    try:
        books = [codebook.load(path) for path in study.codebook_files()]
    except EnqueteError:
        return None
    return {code.id for book in books for code in book.codes} or None


def show_questionnaire(name: str, wave: str | None, folder: Path | None) -> Iterator[str]:
    """A questionnaire or a guide, a line at a time. wave: of a guide, only this one."""
    path = find_files([name], study_around(folder))[0]
    if is_guide_file(path):
        guide = read_guide(path)
        yield from guide_lines(guide, guide_waves(guide, wave))
        return
    book = read_book(path)
    faults = errors(book)
    if faults:
        raise refusal(book.source, faults)
    yield from form_lines(questionnaire(book), entries(book))


def guide_waves(guide: Guide, wave: str | None) -> Sequence[GuideWave]:
    """The parts that are asked for. Raises EnqueteError(GUIDE_WAVE)."""
    if wave is None:
        return guide.waves
    found = guide.wave(wave)
    if found is None:
        known = ", ".join(code for part in guide.waves for code in part.codes)
        raise EnqueteError(Problem.GUIDE_WAVE, where=guide.source, wave=wave, known=known, exit_code=2)
    return [found]
