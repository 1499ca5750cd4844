"""Agreement between the coders of a study, or in a plain table made anywhere. No key is needed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.places import chosen, codes_told, counted
from enquete.actions.study import Study
from enquete.coding.agreement.disagreements import disagreements
from enquete.coding.agreement.export import agreement_json, disagreements_json, line_json
from enquete.coding.agreement.measuring import Agreement, Extra, measure
from enquete.coding.agreement.naming import CodeNames, Key
from enquete.coding.agreement.plain import read_plain
from enquete.coding.agreement.table import ReliabilityData, Unit
from enquete.coding.agreement.units import Passage, UnitKind, interview_units, outside
from enquete.coding.agreement.words import CodeText, meaning
from enquete.coding.entries import OWN_CODE
from enquete.errors import EnqueteError, Problem
from enquete.store import codings as stored
from enquete.store import rounds
from enquete.store.interviews import Interview, interviews
from enquete.tables import Severity
from enquete.wording import n


@dataclass(frozen=True, slots=True)
class Request:
    """What to compare; empty: everything, but the training of newcomers. round: its name, of coding.

    interviews, questions: codes, and open questions whose answers to compare; both empty: the interviews, which answers
    of a few words are never mixed with, unless the study has none.

    unfinished: an interview that a coder has begun counts as read whole.
    """

    coders: tuple[str, ...] = ()
    round: str = ""
    codes: tuple[str, ...] = ()
    codebooks: tuple[str, ...] = ()
    interviews: tuple[str, ...] = ()
    kind: UnitKind = UnitKind.TURN
    extras: frozenset[Extra] = frozenset()
    unfinished: bool = False
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """kind: None for a plain table. texts: what the codebook says of each code; empty without a codebook.

    keys: codebook and id of each code, by its name here. compared: the texts, in words. data: with all codes, those
    that were not asked for too. chosen: only some codes were. notes: what was left out, in French; problems: rows
    refused.
    """

    agreement: Agreement
    data: ReliabilityData
    kind: UnitKind | None
    extras: frozenset[Extra]
    texts: Mapping[str, CodeText] = field(default_factory=dict)
    keys: Mapping[str, Key] = field(default_factory=dict)
    chosen: bool = False
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    compared: str = ""


def table_agreement(path: Path, extras: frozenset[Extra]) -> AgreementReport:
    """Of a table with a row for each unit, coder and code. Raises EnqueteError as `read_plain`."""
    data, remarks = read_plain(path)
    notes: list[str] = []
    problems: list[str] = []
    for remark in remarks:
        place = f"{path.name}, ligne {remark.row}" if remark.row else path.name
        (problems if remark.severity is Severity.ERROR else notes).append(f"{place} : {remark.message}")
    figures = measure(data, extras=extras)
    return AgreementReport(figures, data, None, extras, notes=tuple(notes), problems=tuple(problems))


def report_json(report: AgreementReport) -> dict[str, object]:
    """As `agreement_json`, with what each code means, where coders part on it, and what was left out."""
    figures = report.agreement
    found = agreement_json(figures, report.kind)
    found["par_code"] = [
        {
            "code": line.name,
            "lecture": meaning(line.everyone, figures.coders, report.kind),
            **line_json(line, figures.coders, report.kind),
            "desaccords": disagreements_json(disagreements(report.data, line.name)),
        }
        for line in figures.codes
    ]
    return found | {"remarques": list(report.notes), "refus": list(report.problems)}


def rounds_agreement(
    study: Study, request: Request, before: Sequence[str], after: Sequence[str]
) -> tuple[AgreementReport, AgreementReport]:
    """Of two sets of interviews, as before and after a code was redefined.

    Raises EnqueteError as `study_agreement`, ROUNDS_INCOMPLETE, and ROUNDS_OVERLAP when they share an interview: what
    was discussed is coded alike the second time, whatever the definition.
    """
    if not before or not after:
        raise EnqueteError(Problem.ROUNDS_INCOMPLETE, exit_code=2)
    shared = sorted({code.upper() for code in before} & {code.upper() for code in after})
    if shared:
        raise EnqueteError(Problem.ROUNDS_OVERLAP, codes=", ".join(shared), exit_code=2)
    first, second = (study_agreement(study, replace(request, interviews=tuple(each))) for each in (before, after))
    return first, second


def study_agreement(study: Study, request: Request) -> AgreementReport:
    """Of the interviews that two coders at least have read whole.

    Raises EnqueteError: CODERS_UNKNOWN, CODE_UNKNOWN, UNKNOWN_INTERVIEW, UNKNOWN_ROUND, NOTHING_TO_COMPARE, as
    `load_codebooks`.
    """
    books = load_codebooks(request.codebooks, study.folder)
    work = _work(study, request)
    compared = [text for text in work.texts if len(work.read[text.code]) > 1]
    if not compared:
        raise _nothing(work, request)
    books_wanted = {book.id for book in books} if request.codebooks else None
    codings = {text.code: work.decided(text, books_wanted) for text in compared}
    proposed = sum(one.code.startswith(OWN_CODE) for mine in codings.values() for one in mine)
    codings = {code: [one for one in mine if not one.code.startswith(OWN_CODE)] for code, mine in codings.items()}
    names = CodeNames(books, {(one.codebook, one.code) for mine in codings.values() for one in mine})
    passages = {
        code: [Passage(one.start, one.end, one.coder, names.names[one.codebook, one.code]) for one in mine]
        for code, mine in codings.items()
    }
    data = _data(compared, passages, work.read, request.kind)
    wanted = names.selected(request.codes)
    lines = names.lines(request.codes, data.codes())
    themes = {code: names.themes[code] for code in lines if names.themes[code] in wanted}
    lost = sum(outside(text.text, text.turns, passages[text.code]) for text in compared)
    return AgreementReport(
        measure(data.renamed({code: code for code in wanted}), themes, request.extras, lines),
        data,
        request.kind,
        request.extras,
        names.texts,
        {name: key for key, name in names.names.items()},
        chosen=bool(request.codes),
        notes=tuple(_notes(work, request, lost, proposed)),
        compared=counted(compared),
    )


def _data(
    texts: Sequence[Interview],
    passages: Mapping[str, Sequence[Passage]],
    read: Mapping[str, set[str]],
    kind: UnitKind,
) -> ReliabilityData:
    coders = tuple(sorted({coder for text in texts for coder in read[text.code]}))
    units: list[Unit] = []
    for text in texts:
        deciding = [coder if coder in read[text.code] else None for coder in coders]
        units += interview_units(text.code, text.text, text.turns, passages[text.code], deciding, kind)
    return ReliabilityData(coders, tuple(units))


# --- who has done what


@dataclass(frozen=True, slots=True)
class _Work:
    """apart: answers that are not looked at. codings: by revision. begun, read: coders by interview; those that have
    read it whole decided on all of it.
    """

    texts: Sequence[Interview]
    apart: Sequence[Interview]
    codings: Mapping[int, Sequence[stored.Coding]]
    begun: Mapping[str, set[str]]
    read: Mapping[str, set[str]]

    def decided(self, text: Interview, codebooks: Collection[str] | None) -> list[stored.Coding]:
        """What those who have read the interview whole put there, under codes of these codebooks, or of all."""
        return [
            one
            for one in self.codings[text.revision]
            if one.coder in self.read[text.code] and (codebooks is None or one.codebook in codebooks)
        ]


def _work(study: Study, request: Request) -> _Work:
    with study.database() as db:
        texts, apart = _chosen(list(interviews(db)), request)
        every, readings, known = stored.codings(db), stored.readings(db), stored.coders(db)
        given = _given(db, request.round)
    unknown = [coder for coder in request.coders if coder not in known]
    if unknown:
        names = ", ".join(unknown)
        raise EnqueteError(Problem.CODERS_UNKNOWN, names=names, known=", ".join(known) or "aucun", exit_code=2)
    if len(set(request.coders)) == 1:
        raise EnqueteError(Problem.ONE_CODER, exit_code=2)
    coders = set(request.coders or known)
    codings: dict[int, list[stored.Coding]] = defaultdict(list)
    for coding in every:
        if coding.coder in coders:
            codings[coding.revision].append(coding)
    finished: dict[int, set[str]] = defaultdict(set)
    for interview, coder in readings:
        finished[interview].add(coder)
    done: dict[str, set[str]] = {}
    begun: dict[str, set[str]] = {}
    for text in (*texts, *apart):
        mine = {coder for coder in coders if given is None or (text.code, coder) in given}
        done[text.code] = finished[text.id] & mine
        begun[text.code] = done[text.code] | {coding.coder for coding in codings[text.revision]} & mine
    read = begun if request.unfinished else done
    return _Work(texts, apart, codings, begun, read)


def _given(db: sqlite3.Connection, name: str) -> set[tuple[str, str]] | None:
    """(interview, coder) that a round of coding gave to each other; None without a name: all work counts."""
    if not name:
        return None
    given = [one for one in rounds.assignments(db) if one.kind == rounds.CODING]
    known = list(dict.fromkeys(one.round for one in given))
    if name not in known:
        raise EnqueteError(Problem.UNKNOWN_ROUND, name=name, known=", ".join(known) or "aucun", exit_code=2)
    return {(one.interview, one.coder) for one in given if one.round == name}


def _chosen(texts: Sequence[Interview], request: Request) -> tuple[Sequence[Interview], Sequence[Interview]]:
    """(texts to look at, answers that are not)"""
    if request.interviews or request.questions:
        return chosen(texts, request.interviews, request.questions), ()
    met = [text for text in texts if not text.asked]
    return (met, [text for text in texts if text.asked]) if met else (texts, ())


def _nothing(work: _Work, request: Request) -> EnqueteError:
    ready = [text for text in work.texts if len(work.begun[text.code]) > 1]
    told = ""
    if ready and not request.unfinished:
        verb = "a été commencé" if len(ready) < 2 else "ont été commencés"
        told = f" {counted(ready)} {verb} par deux codeurs au moins : « --inclure-inacheves » les compare déjà."
    if work.apart:
        told += f" {_apart(work)}"
    return EnqueteError(Problem.NOTHING_TO_COMPARE, where=", ".join(request.interviews), begun=told)


def _apart(work: _Work) -> str:
    example = max(work.apart, key=lambda text: len(work.read[text.code])).asked
    return f"{counted(work.apart)} : à comparer à part, « --question {example} »."


def _alone(interviews: int) -> str:
    verb = "laissé de côté" if interviews < 2 else "laissés de côté"
    return f"{n('entretien', interviews)} qu'une seule personne a lu{'s' if interviews > 1 else ''} en entier, {verb}."


def _notes(work: _Work, request: Request, lost: int, proposed: int) -> Iterator[str]:
    alone = [text for text in work.texts if len(work.read[text.code]) == 1]
    if alone:
        answers = any(text.asked for text in alone)
        yield f"{counted(alone)} qu'une seule personne a finies, laissées de côté." if answers else _alone(len(alone))
    unfinished: dict[str, list[Interview]] = defaultdict(list)
    for text in work.texts:
        for coder in work.begun[text.code] - work.read[text.code]:
            unfinished[coder].append(text)
    for coder, texts in sorted(unfinished.items()):
        yield f"{codes_told(texts)} : {coder} n'a pas fini, laissé de côté (« --inclure-inacheves » le compte)."
    if work.apart:
        yield _apart(work)
    if request.unfinished:
        yield "Les entretiens inachevés sont comptés : ce qui n'y est pas codé passe pour une décision."
    if proposed:
        verb = "n'est pas compté" if proposed < 2 else "ne sont pas comptés"
        yield f"{n('codage', proposed)} sous un code proposé, qui n'est pas encore dans la grille, {verb}."
    if lost:
        verb = "n'est pas compté" if lost < 2 else "ne sont pas comptés"
        yield f"{n('codage', lost)} hors des paroles de participants {verb}."
