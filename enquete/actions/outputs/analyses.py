"""Analyses of a study: listed, checked, shown, begun. No key is needed."""

from __future__ import annotations

import difflib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.outputs.gathering import gather
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.findings.analyses.checking import Found, Known, check
from enquete.findings.analyses.reading import checked_name, read
from enquete.findings.analyses.telling import told
from enquete.findings.analyses.template import template
from enquete.findings.analysis import Analysis
from enquete.findings.selecting import select
from enquete.store.codings import coders
from enquete.store.people import participants
from enquete.store.settled import settled_whole
from enquete.wording import n

FOLDER = "analyses"


def named(study: Study, name: str) -> tuple[Analysis, list[str]]:
    """An analysis ready to be made, and what somebody should know of it.

    Raises EnqueteError: ANALYSIS_UNKNOWN; ANALYSIS_INVALID with all that is wrong, by line; as `read`.
    """
    path = _path(study, name)
    checked = check(read(path), _known(study))
    wrong = [one for one in checked.found if one.wrong]
    if wrong:
        raise EnqueteError(Problem.ANALYSIS_INVALID, where=path.name, faults="\n".join(f"  {_line(f)}" for f in wrong))
    return checked.analysis, [f"{path.name}, {_line(one)}" for one in checked.found]


def list_analyses(study: Study) -> Iterator[str]:
    """A line each, those that can't be read too."""
    paths = _paths(study)
    if not paths:
        yield "Aucune analyse : « enquete analyse nouvelle NOM » en commence une."
    for path in paths:
        try:
            asked = read(path).analysis
        except EnqueteError as error:
            yield f"{path.stem} : à corriger ({error.what.splitlines()[0].rstrip(' :')})"
            continue
        yield f"{path.stem} : {asked.title}"


def verify_analyses(study: Study, name: str | None) -> Result:
    """A line a remark; problems: those that keep an analysis from being made."""
    result = Result()
    known = _known(study)
    for path in [_path(study, name)] if name else _paths(study):
        try:
            found = check(read(path), known).found
        except EnqueteError as error:
            result.problems.append(str(error))
            continue
        wrong = [f"{path.name}, {_line(one)}" for one in found if one.wrong]
        result.problems += wrong
        result.lines += [f"{path.name}, {_line(one)}" for one in found if not one.wrong]
        result.lines.append(f"{path.name} : {n('faute', len(wrong)) if wrong else 'aucune faute'}.")
    if not result.lines and not result.problems:
        result.lines += list_analyses(study)
    return result


def show_analysis(study: Study, name: str) -> Iterator[str]:
    """Who and what it keeps."""
    analysis, remarks = named(study, name)
    yield from told(select(gather(study, b"", analysis.layer), analysis))
    yield from remarks


def new_analysis(study: Study, name: str) -> Path:
    """Writes the commented text of a new analysis. Raises EnqueteError: ANALYSIS_NAME, ANALYSIS_EXISTS."""
    path = study.folder / FOLDER / f"{checked_name(name.removesuffix('.toml'))}.toml"
    if path.exists():
        raise EnqueteError(Problem.ANALYSIS_EXISTS, where=path.name)
    books = [book.id for book in load_codebooks([], study.folder)]
    text = template(path.stem, study.config.waves_by_code, books, study.config.synthesis.threshold)
    write_whole(path, text.encode())
    return path


def _line(found: Found) -> str:
    return f"ligne {found.line} : {'erreur' if found.wrong else 'remarque'} : {found.message}"


def _paths(study: Study) -> list[Path]:
    return sorted((study.folder / FOLDER).glob("*.toml"))


def _path(study: Study, name: str) -> Path:
    paths = {path.stem: path for path in _paths(study)}
    stem = Path(name).name.removesuffix(".toml")
    if stem not in paths:
        near = difflib.get_close_matches(stem, paths, n=1)
        close = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
        known = ", ".join(paths) or "aucune"
        raise EnqueteError(Problem.ANALYSIS_UNKNOWN, name=name, close=close, known=known, exit_code=2)
    return paths[stem]


def _known(study: Study) -> Known:
    paths = study.codebook_paths()
    books = load_codebooks([], study.folder)
    with study.database() as db:
        attributes, people = _attributes(db)
        coded = coders(db)
        settled = bool(settled_whole(db))
    return Known(
        waves=study.config.waves_by_code,
        books={book.id: [code.id for code in book.codes] for book in books},
        files={path.stem: book.id for path, book in zip(paths, books, strict=True)},
        attributes=attributes,
        coders=tuple(dict.fromkeys([*coded, *study.config.coders])),
        people=people,
        coded=bool(coded),
        settled=settled,
        threshold=study.config.synthesis.threshold,
    )


def _attributes(db: sqlite3.Connection) -> tuple[dict[str, frozenset[str]], int]:
    """(name -> values that somebody has, how many people)"""
    found: dict[str, set[str]] = defaultdict(set)
    people = participants(db)
    for person in people:
        for wave in person.waves.values():
            for name, value in wave.attributes.items():
                found[name].add(value.strip())
    return {name: frozenset(values - {""}) for name, values in found.items()}, len(people)
