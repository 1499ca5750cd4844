"""Suggestions: proposed on files outside any study, or on the study's interviews and into a working copy."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from enquete.actions.codebooks.files import grid, load_codebooks
from enquete.actions.coding.parses import Step, cue_parses, searched, turn_parses
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.places import counted
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.codebook import Codebook
from enquete.coding.tables import Verdict, read_codings
from enquete.coding.turns import asked_turns, spoken_turns
from enquete.errors import EnqueteError, Problem
from enquete.findings.quotations import MARKS
from enquete.model import Audience, Span, Suggestion, Turn
from enquete.readers import read
from enquete.readers.canonical import canonical
from enquete.reports.spotting import NO, YES, SpottingRow, render
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.store.parses import keep_digest, written_digest
from enquete.store.responses import open_questions
from enquete.themes.parsed import parse
from enquete.themes.search import Read
from enquete.themes.spotter import Level, Spotter
from enquete.wording import label, n

WORKING_COPY = Path("exports") / "equipe" / "reperage.xlsx"
_LEVELS: dict[str, Level] = {"codes": "codes", "themes": "themes", "thèmes": "themes"}


def spot_files(
    files: Sequence[Path], names: Sequence[str], level: str, study: Path | None, processes: int, step: Step
) -> Result:
    """A row a suggestion, positions in code points of each file as it stands (of the extracted text for the others)."""
    books = [book.in_use() for book in load_codebooks(names, study)]
    spotter = Spotter(books, _level(level))
    search = spotter.search(spotter.keys)
    result = Result()
    total = len(files)
    for done, path in enumerate(files):
        step(done, total)
        try:
            text = canonical(read(path))
        except EnqueteError as error:
            result.problems.append(str(error))
            continue
        back = text.mapping.inverse()
        chosen = spoken_turns(text.turns)
        needed = _needed(text.turns)
        parsed = parse([text.text[text.turns[i].start : text.turns[i].end] for i in needed], processes)
        if not chosen:
            result.lines.append(f"{path.name} : aucun participant reconnu, rien n'est proposé.")
        reads = {index: search.read(turn) for index, turn in zip(needed, parsed, strict=True)}
        for found in _weigh(spotter, text.turns, reads):
            span = back.span(Span(found.start, found.end)).span
            result.rows.append(
                {
                    "fichier": str(path),
                    "tour": found.turn,
                    "debut": span.start,
                    "fin": span.end,
                    "code": found.code,
                    "score": found.score,
                    "origine": found.origin,
                }
            )
            result.lines.append(
                f"{path.name}, tour {found.turn + 1} : {found.code} ({found.score:.2f}, {found.origin})"
            )
    return result


def spot_study(study: Study, names: Sequence[str], level: str, processes: int, step: Step) -> Result:
    """Replaces the study's suggestions for these codebooks, and writes the coders' working copy."""
    books = [book.in_use() for book in load_codebooks(names, study.folder)]
    if not books:
        raise EnqueteError(Problem.NO_CODEBOOK)
    vault = study.vault()
    result = Result()
    with study.database() as db:
        texts = list(interviews(db))
        needed = {text.revision: _needed(text.turns) for text in texts}
        parses = turn_parses(db, texts, needed, processes, step)
        spotter = Spotter(books, _level(level), parsed_cues=cue_parses(db, books))
        reads = searched(db, spotter, parses)
        home = {code.id: book.id for book in reversed(books) for code in book.codes}
        with transaction(db):
            for interview in texts:
                found = _around_masks(_weigh(spotter, interview.turns, reads[interview.revision]), interview)
                pairs = [(home[s.code], s) for s in found]
                stored.replace_suggestions(db, interview.revision, [book.id for book in books], pairs)
            stored.record(db, "reperer", f"textes={len(texts)}")
        rows = list(_working_rows(db, texts, books))
        last_written = written_digest(db, WORKING_COPY.name)
    for row in rows:
        result.rows.append({"entretien": row.interview, "tour": row.turn - 1, "code": row.code, "score": row.score})
    path = study.folder / WORKING_COPY
    kept = _set_aside(path, last_written)
    answers = _answers(kept) if kept else {}
    rows = [_answered(row, *answers.get(row.suggestion, ("", ""))) for row in rows]
    data = render(rows, [grid(book) for book in books])
    codes = tuple(text.code for text in texts)
    write_checked(study, vault, Output(path, data, Audience.TEAM, codes))
    with study.database() as db:
        keep_digest(db, WORKING_COPY.name, sha256(data).hexdigest())
    result.lines += [
        f"{n('repérage', len(rows))} dans {counted(texts)} : des propositions, à décider par une personne.",
        f"Copie de travail : {path}",
    ]
    if kept:
        result.lines.append(f"La copie précédente, déjà remplie, est gardée : {kept} ; ses décisions sont reprises.")
    return result


def _set_aside(path: Path, last_written: str | None) -> Path | None:
    """A working copy in which somebody has decided is kept under another name, never written over."""
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() == last_written or not read_codings(path)[0]:
        return None
    number = next(n for n in itertools.count(1) if not path.with_stem(f"{path.stem}-{n}").exists())
    return path.rename(path.with_stem(f"{path.stem}-{number}"))


def _answered(row: SpottingRow, decision: str, mark: str) -> SpottingRow:
    return replace(row, decision=decision, mark=mark)


def _answers(path: Path) -> dict[str, tuple[str, str]]:
    """What a coder decided of each suggestion, and how they marked its words, by its id.

    Memos stay behind: they are not pseudonymised there.
    """
    written = {Verdict.ACCEPTED: YES, Verdict.REFUSED: NO}
    return {
        row.suggestion: (written.get(row.verdict, "; ".join(row.codes)), MARKS[row.flag])
        for row in read_codings(path)[0]
        if row.suggestion
    }


def _around_masks(found: Iterable[Suggestion], interview: Interview) -> list[Suggestion]:
    """A passage that would cut « [téléphone] » in two takes it whole."""
    whole = []
    for suggestion in found:
        start, end = suggestion.start, suggestion.end
        for mask in interview.masks:
            if mask.start < end and start < mask.end:
                start, end = min(start, mask.start), max(end, mask.end)
        whole.append(replace(suggestion, start=start, end=end))
    return whole


def _needed(turns: Sequence[Turn]) -> list[int]:
    """Indexes of the turns that the model reads: the participants' ones and the questions before them."""
    return sorted({*spoken_turns(turns), *asked_turns(turns).values()})


def _weigh(spotter: Spotter, turns: Sequence[Turn], reads: Mapping[int, Read]) -> list[Suggestion]:
    """Suggestions for one interview, as positions in its text. reads: of the turns needed, by index."""
    chosen, asked = spoken_turns(turns), asked_turns(turns)
    questions = {place: reads[asked[index]] for place, index in enumerate(chosen) if index in asked}
    return _placed(spotter.weigh([reads[index] for index in chosen], questions), turns, chosen)


def _placed(found: Sequence[Suggestion], turns: Sequence[Turn], chosen: Sequence[int]) -> list[Suggestion]:
    """Suggestions on some turns' own texts, as positions in the whole text."""
    placed = []
    for suggestion in found:
        index = chosen[suggestion.turn]
        start = turns[index].start
        placed.append(replace(suggestion, start=start + suggestion.start, end=start + suggestion.end, turn=index))
    return placed


def _working_rows(
    db: sqlite3.Connection, texts: Sequence[Interview], books: Sequence[Codebook]
) -> Iterator[SpottingRow]:
    by_revision = {text.revision: text for text in texts}
    asked = {question.key: question.label for question in open_questions(db)}
    labels = {(book.id, code.id): code.label for book in books for code in book.codes}
    for s in stored.suggestions(db):
        if (s.codebook, s.code) not in labels:
            continue
        text = by_revision[s.revision]
        index = next(i for i, turn in enumerate(text.turns) if turn.start <= s.start < turn.end)
        turn = text.turns[index]
        person = text.voices[turn.speaker].participant or ", ".join(text.participants)
        yield SpottingRow(
            interview=text.code,
            wave=text.wave,
            participant=person,
            turn=index + 1,
            code=s.code,
            label=labels[s.codebook, s.code],
            words=text.text[s.start : s.end],
            context=text.text[turn.start : turn.end],
            score=s.score,
            cue=s.origin,
            suggestion=str(s.id),
            revision=text.uid,
            start=s.start,
            end=s.end,
            source=f"réponse à « {asked[text.asked]} »" if text.asked else label(text.kind),
        )


def _level(name: str) -> Level:
    if name not in _LEVELS:
        raise EnqueteError(Problem.UNKNOWN_LEVEL, name=name, exit_code=2)
    return _LEVELS[name]
