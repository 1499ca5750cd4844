"""Files to import: read, matched with the participants file and with what the study holds. Stores nothing."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.interviews.speaker_rules import SpeakerRule, read_told, rules_by_speaker
from enquete.errors import EnqueteError, Problem
from enquete.model import ConsentKind, ConsentState, InterviewKind, Transcript
from enquete.readers.canonical import Canonical, canonical
from enquete.readers.words import fold
from enquete.store.interviews import Interview
from enquete.survey.participants import NamedRow, ParticipantRow, participant_key, same_file
from enquete.tables import folded
from enquete.vault import SourceFile


@dataclass(frozen=True, slots=True)
class Source:
    """A file ready to be pseudonymised. rows: those of the participants file that name it. replaces: the interview
    whose text it takes over. rules: of the user, as they hold in this file. people: codes of the participants as
    written, empty when nobody is named.
    """

    path: Path
    data: bytes
    digest: str
    transcript: Transcript
    text: Canonical
    rows: tuple[ParticipantRow, ...]
    wave: str
    kind: InterviewKind
    rules: tuple[SpeakerRule, ...]
    replaces: Interview | None = None

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.participant for row in self.rows))

    @property
    def told(self) -> tuple[tuple[SpeakerRule, ...], ...]:
        """The rules that name each speaker."""
        return rules_by_speaker(self.rules, [speaker.labels for speaker in self.transcript.speakers])


@dataclass(frozen=True, slots=True)
class Reading:
    """sources: to store; relinked: there as they are, with other people; unchanged: (name, interview's code);
    rejected: (name, reason); idle: rules of the user, as typed, that name no speaker of any file read.
    """

    sources: tuple[Source, ...]
    relinked: tuple[Source, ...]
    unchanged: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the study holds: interviews and their files, by the key of the file. erased: files erased from
    the study by `erased_key` of their digest, with the interview that it still holds in full, if any.
    """

    interviews: Mapping[str, Interview]
    files: Mapping[str, SourceFile]
    erased: Mapping[str, Interview | None]
    erased_key: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Terms:
    """How the user wants the files read. waves: codes of the study's waves.

    rows: of the participants file, None without one; refused: those of its rows that could not be read.
    """

    waves: tuple[str, ...]
    wave: str | None
    rows: Sequence[ParticipantRow] | None
    refused: Sequence[NamedRow]
    rules: tuple[SpeakerRule, ...]
    notes: bool
    replace: bool


def read_sources(paths: Sequence[Path], terms: Terms, known: Known, step: Callable[[int], None]) -> Reading:
    """Reads every file; a bad one never hides the good ones."""
    sources: list[Source] = []
    relinked: list[Source] = []
    unchanged: list[tuple[str, str]] = []
    rejected: list[tuple[str, str]] = []
    seen: dict[str, Path] = {}
    heard: set[str] = set()
    for done, path in enumerate(paths):
        step(done)
        try:
            data = _bytes(path)
            digest = hashlib.sha256(data).hexdigest()
            key = known.erased_key(digest)
            purged = known.erased.get(key)
            if key in known.erased and purged is None:
                raise EnqueteError(Problem.ERASED_FILE, where=path.name)
            there = next((uid for uid, file in known.files.items() if file.digest == digest), None)
            if there:
                same = known.interviews[there]
                heard |= _written(rules_by_speaker(terms.rules, known.files[there].labels))
                rows = _rows_of(path, terms)
                _say_withdrawn(path, rows, same)
                if _other_people(rows, same):
                    relinked.append(_read(path, data, digest, terms, rows, same.wave, same))
                else:
                    unchanged.append((path.name, same.code))
            elif purged and not terms.replace:
                _say_withdrawn(path, _rows_of(path, terms), purged)
                unchanged.append((path.name, purged.code))
            elif digest in seen:
                raise EnqueteError(Problem.SAME_FILE_TWICE, where=path.name)
            else:
                sources.append(_source(path, data, digest, terms, known, purged))
            seen[digest] = path
        except EnqueteError as error:
            rejected.append((path.name, str(error).removeprefix(f"{path.name} : ")))
    names = Counter(fold(source.path.name) for source in sources)
    clear = [s for s in sources if names[fold(s.path.name)] == 1 or s.rows]
    rejected += [(s.path.name, str(EnqueteError(Problem.SAME_NAME_TWICE))) for s in sources if s not in clear]
    for source in (*sources, *relinked):
        heard |= _written(source.told)
    idle = tuple(rule.written for rule in terms.rules if rule.written not in heard)
    return Reading(tuple(clear), tuple(relinked), tuple(unchanged), tuple(rejected), idle)


def _written(told: Iterable[Collection[SpeakerRule]]) -> set[str]:
    return {rule.written for rules in told for rule in rules}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=path.name) from None
    except IsADirectoryError:
        raise EnqueteError(Problem.NOT_A_FILE, where=path.name) from None
    except OSError as error:
        raise EnqueteError(Problem.FILE_UNREADABLE, where=path.name) from error


def _rows_of(path: Path, terms: Terms) -> list[ParticipantRow]:
    """The rows that name a file. Raises EnqueteError when one could not be read, or when one nearly names it."""
    refused = next((row for row in terms.refused if any(same_file(name, path.name) for name in row.files)), None)
    if refused:
        raise EnqueteError(Problem.ROW_REFUSED, where=path.name, row=refused.row)
    rows = [row for row in terms.rows or () if any(same_file(written, path.name) for written in row.files)]
    if not rows:
        written = {
            folded(name).removesuffix(path.suffix.lower()): row.row for row in terms.rows or () for name in row.files
        }
        # « Entretien 1 » and « Entretien 2 » are two files, « Séance 3 » and « Seance 3 » are one.
        alike = [name for name in written if re.findall(r"\d+", name) == re.findall(r"\d+", path.stem)]
        near = difflib.get_close_matches(folded(path.stem), alike, n=1, cutoff=0.9)
        if near:
            raise EnqueteError(Problem.NEARLY_NAMED, where=path.name, row=written[near[0]])
    return rows


def _source(path: Path, data: bytes, digest: str, terms: Terms, known: Known, purged: Interview | None) -> Source:
    """purged: the interview that came from this very file, which the study no longer keeps."""
    rows = _rows_of(path, terms)
    wave = purged.wave if purged else _wave(path, terms, rows, known)
    rows = [row for row in rows if row.wave == wave]
    _refuse_without_consent(path, rows)
    replaces = purged or _replaced(path, wave, rows, known)
    if replaces and not terms.replace:
        raise EnqueteError(Problem.FILE_CHANGED, where=path.name, code=replaces.code)
    return _read(path, data, digest, terms, rows, wave, replaces)


def _read(
    path: Path,
    data: bytes,
    digest: str,
    terms: Terms,
    rows: Sequence[ParticipantRow],
    wave: str,
    replaces: Interview | None,
) -> Source:
    transcript, rules = read_told(path.name, data, terms.rules)
    kinds = {row.kind for row in rows if row.kind}
    kind = InterviewKind.NOTES if terms.notes or kinds == {InterviewKind.NOTES} else InterviewKind.RECORDED
    return Source(path, data, digest, transcript, canonical(transcript), tuple(rows), wave, kind, rules, replaces)


def _wave(path: Path, terms: Terms, rows: Sequence[ParticipantRow], known: Known) -> str:
    named = sorted({row.wave for row in rows})
    if terms.wave:
        if named and terms.wave not in named:
            raise EnqueteError(Problem.OTHER_WAVE, where=path.name, wave=terms.wave, other=", ".join(named))
        return terms.wave
    if not named and terms.replace:
        named = sorted(
            {known.interviews[uid].wave for uid, f in known.files.items() if fold(f.name) == fold(path.name)}
        )
    if len(named) == 1:
        return named[0]
    raise EnqueteError(Problem.WHICH_WAVE, where=path.name, known=", ".join(named or terms.waves))


def _other_people(rows: Sequence[ParticipantRow], interview: Interview) -> bool:
    """Whether the participants file says of a stored interview that it is with other people."""
    people = {participant_key(row.participant) for row in rows if row.wave == interview.wave}
    return bool(people) and people != {participant_key(code) for code in interview.participants}


def _say_withdrawn(path: Path, rows: Iterable[ParticipantRow], interview: Interview) -> None:
    """A withdrawal after the import is said at once, not only left out of the counts."""
    for row in rows:
        if row.consents.get(ConsentKind.PARTICIPATION) in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
            raise EnqueteError(Problem.LATE_WITHDRAWAL, where=path.name, row=row.row, code=interview.code)


def _refuse_without_consent(path: Path, rows: Iterable[ParticipantRow]) -> None:
    """Whoever refused or withdrew has no text here; what they said stays in its file, which is theirs to dispose of."""
    for row in rows:
        state = row.consents.get(ConsentKind.PARTICIPATION)
        if state in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
            verb = "a refusé" if state is ConsentState.REFUSED else "a retiré"
            raise EnqueteError(Problem.NO_CONSENT, where=path.name, row=row.row, verb=verb)


def _replaced(path: Path, wave: str, rows: Sequence[ParticipantRow], known: Known) -> Interview | None:
    """The interview that came from a file of this name, in this wave and, where both are told, with these people."""
    people = {participant_key(row.participant) for row in rows}
    for uid, file in known.files.items():
        interview = known.interviews[uid]
        theirs = {participant_key(code) for code in interview.participants}
        if fold(file.name) == fold(path.name) and interview.wave == wave and (not people or people == theirs):
            return interview
    return None
