"""Answers to questionnaires, a JSON array a person: what is asked of them is always several questions of everybody."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from enquete.model import Measure, MissingKind
from enquete.store.interviews import now
from enquete.survey.matching.types import Answered, Cell, Missing, MissingCode, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = "true"
"""Stands in a body, for an open question whose answer is a text of its own."""
BLANK = "null"
"""Stands in a body for a blank cell."""


class ResponseRow(NamedTuple):
    """One person's answers, or one row of a repeat. participant, parent: rows of the database. body: JSON array."""

    participant: int
    parent: int | None
    submission: str
    answered_on: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Response:
    """One person's answers. id: row of the database. cells: by question, those that hold something; True where the
    words are a text of their own.
    """

    id: int
    participant: str
    parent: int | None
    submission: str
    answered_on: str | None
    cells: Mapping[str, Cell | bool]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one import brought for a questionnaire in a wave. part: path of the repeat, empty for the main table."""

    id: int
    questionnaire: str
    wave: str
    part: str
    keyed: bool
    variables: tuple[Variable, ...]
    responses: tuple[Response, ...] = ()


class OpenQuestion(NamedTuple):
    """A question that people answer in their own words. label: as they read it."""

    questionnaire: str
    name: str
    label: str

    @property
    def key(self) -> str:
        """As commands and `Interview.asked` name it: « rsa-v1/dire »."""
        return f"{self.questionnaire}/{self.name}"


_TYPED = (QuestionKind.TEXT, QuestionKind.ONE, QuestionKind.MANY, QuestionKind.RANK)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encoded(cell: Cell) -> str:
    """An item of a body."""
    if type(cell) is int:
        return str(cell)
    return _encode({cell.kind: cell.code} if isinstance(cell, Missing) else cell)


class Items(NamedTuple):
    """A column of encoded items: the distinct ones, and for each row the place of its own, -1 for a blank cell."""

    distinct: Sequence[str]
    codes: NDArray[np.int32]


def items(answered: Answered) -> Items:
    """Each distinct answer is encoded once."""
    return Items([*map(encoded, answered.cells)], answered.codes)


def bodies(columns: Sequence[Items], rows: int) -> list[str]:
    """The bodies of so many rows."""
    import numpy as np

    # The code of a blank cell is -1: the last one.
    told = [np.array([*column.distinct, BLANK], dtype=object)[column.codes].tolist() for column in columns]
    return [f"[{','.join(row)}]" for row in zip(*told, strict=True)] if told else ["[]"] * rows


def new_dataset(db: sqlite3.Connection, dataset: Dataset) -> int:
    """Its row, without any response yet; its id and responses are not looked at."""
    variables = _encode([_told(variable) for variable in dataset.variables])
    cursor = db.execute(
        "INSERT INTO dataset (questionnaire, wave, part, variables, keyed, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        (dataset.questionnaire, dataset.wave, dataset.part, variables, dataset.keyed, now()),
    )
    return int(cursor.lastrowid or 0)


def add_responses(db: sqlite3.Connection, dataset: int, rows: Iterable[ResponseRow]) -> list[int]:
    """Puts them in a dataset (its row); gives their rows, in order."""
    highest = db.execute("SELECT coalesce(max(id), 0) FROM response").fetchone()[0]
    listed = [(highest + place, dataset, *row) for place, row in enumerate(rows, 1)]
    db.executemany(
        "INSERT INTO response (id, dataset_id, participant_id, parent_id, submission, answered_on, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        listed,
    )
    return [row[0] for row in listed]


def datasets(
    db: sqlite3.Connection, questionnaire: str | None = None, wave: str | None = None, *, filled: bool = True
) -> list[Dataset]:
    """In the order of their imports. filled: with their responses, by row."""
    found = []
    for row in db.execute("SELECT * FROM dataset ORDER BY id").fetchall():
        if questionnaire in (None, row["questionnaire"]) and wave in (None, row["wave"]):
            variables = tuple(_variable(told) for told in json.loads(row["variables"]))
            dataset = Dataset(row["id"], row["questionnaire"], row["wave"], row["part"], bool(row["keyed"]), variables)
            found.append(replace(dataset, responses=tuple(_responses(db, dataset))) if filled else dataset)
    return found


def open_questions(db: sqlite3.Connection) -> list[OpenQuestion]:
    """Those with an answer that can be coded, by questionnaire and in its order; the label of the last import."""
    answered: dict[int, set[str]] = defaultdict(set)
    for row in db.execute(
        "SELECT DISTINCT r.dataset_id, o.question FROM open_answer o JOIN response r ON r.id = o.response_id"
    ):
        answered[row["dataset_id"]].add(row["question"])
    found: dict[tuple[str, str], OpenQuestion] = {}
    for row in db.execute("SELECT id, questionnaire, variables FROM dataset ORDER BY questionnaire, id"):
        told = {variable["question"]: variable["label"] for variable in json.loads(row["variables"])}
        unknown = sorted(answered[row["id"]] - set(told))
        for name in (*(name for name in told if name in answered[row["id"]]), *unknown):
            label = " ".join(told.get(name, "").split()) or name
            found[row["questionnaire"], name] = OpenQuestion(row["questionnaire"], name, label)
    return list(found.values())


def _responses(db: sqlite3.Connection, dataset: Dataset) -> Iterable[Response]:
    names = [variable.question for variable in dataset.variables]
    rows = db.execute(
        "SELECT r.*, p.code FROM response r JOIN participant p ON p.id = r.participant_id WHERE r.dataset_id = ? "
        "ORDER BY r.id",
        (dataset.id,),
    )
    for row in rows:
        items = zip(names, json.loads(row["body"]), strict=True)
        cells = {name: _cell(item) for name, item in items if item is not None}
        yield Response(row["id"], row["code"], row["parent_id"], row["submission"], row["answered_on"], cells)


class Kept(NamedTuple):
    """A response as it stands in the database. dataset, participant, parent: rows."""

    id: int
    dataset: int
    participant: int
    parent: int | None
    submission: str
    answered_on: str | None
    body: str


def kept_responses(db: sqlite3.Connection, dataset: int) -> list[Kept]:
    """Those of one dataset (its row), in order, their bodies as they are."""
    rows = db.execute(
        "SELECT id, dataset_id, participant_id, parent_id, submission, answered_on, body FROM response "
        "WHERE dataset_id = ? ORDER BY id",
        (dataset,),
    )
    return [Kept(*row) for row in rows]


def open_answers_of(db: sqlite3.Connection) -> dict[tuple[int, str], str]:
    """Codes of the texts that answer open questions, by response (its row) and question."""
    rows = db.execute(
        "SELECT o.response_id, o.question, i.code FROM open_answer o JOIN interview i ON i.id = o.interview_id"
    )
    return {(row["response_id"], row["question"]): row["code"] for row in rows}


def answer_sources(db: sqlite3.Connection) -> dict[str, set[str]]:
    """Codes of the texts that answer open questions, by the key of the vault's bundle that holds their words."""
    found: dict[str, set[str]] = {}
    for row in db.execute(
        "SELECT i.code, r.source FROM open_answer o JOIN interview i ON i.id = o.interview_id "
        "JOIN revision r ON r.interview_id = i.id AND r.text IS NOT NULL WHERE r.source <> ''"
    ):
        found.setdefault(row["source"], set()).add(row["code"])
    return found


def count_responses(db: sqlite3.Connection, participant: str | None = None) -> int:
    """Questionnaires that a person (code) filled in, or everybody, repeats aside."""
    row = db.execute(
        "SELECT count(*) FROM response r JOIN participant p ON p.id = r.participant_id "
        "WHERE r.parent_id IS NULL AND (? IS NULL OR p.code = ?)",
        (participant, participant),
    ).fetchone()
    return int(row[0])


def respondents(db: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """(person, wave) of each questionnaire filled in."""
    rows = db.execute(
        "SELECT DISTINCT p.code, d.wave FROM response r JOIN dataset d ON d.id = r.dataset_id "
        "JOIN participant p ON p.id = r.participant_id"
    )
    return frozenset((row["code"], row["wave"]) for row in rows)


def submissions_of(db: sqlite3.Connection, participant: str) -> list[str]:
    """Keyed hashes of what the collecting programs call this person's (code) answers."""
    rows = db.execute(
        "SELECT DISTINCT submission FROM response r JOIN participant p ON p.id = r.participant_id "
        "WHERE p.code = ? AND submission <> '' ORDER BY submission",
        (participant,),
    )
    return [row["submission"] for row in rows]


def typed_answers(db: sqlite3.Connection) -> set[str]:
    """What people typed that is no text of its own: attributes, « rien », choices of a list that stands elsewhere."""
    return {item for _, body, places in _typed(db) for place in places for item in _strings(body[place])}


def change_typed_answers(db: sqlite3.Connection, changes: Mapping[str, str]) -> None:
    """Says these in other words, wherever they stand."""
    changes = {old: new for old, new in changes.items() if new != old}
    for row, body, places in _typed(db) if changes else ():
        told = list(body)
        for place in places:
            item = body[place]
            if isinstance(item, list):
                told[place] = [changes.get(one, one) for one in item]
            elif isinstance(item, str):
                told[place] = changes.get(item, item)
        if told != body:
            db.execute("UPDATE response SET body = ? WHERE id = ?", (_encode(told), row))


def _typed(db: sqlite3.Connection) -> Iterator[tuple[int, list[Any], list[int]]]:
    """(row of the response, its body, places of the items that somebody typed)."""
    for row in db.execute("SELECT id, variables FROM dataset ORDER BY id").fetchall():
        told = [_variable(variable) for variable in json.loads(row["variables"])]
        places = [place for place, one in enumerate(told) if one.kind in _TYPED and not one.choices]
        if places:
            for answered in db.execute("SELECT id, body FROM response WHERE dataset_id = ?", (row["id"],)).fetchall():
                yield answered["id"], json.loads(answered["body"]), places


def _strings(item: Any) -> Iterator[str]:
    yield from (one for one in (item if isinstance(item, list) else [item]) if isinstance(one, str))


def answered_elsewhere(
    db: sqlite3.Connection, questionnaire: str, wave: str
) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """The other waves in which this questionnaire was answered: by person (code) and day, by hash of submission."""
    days, submissions = {}, {}
    for row in db.execute(
        "SELECT p.code, d.wave, r.answered_on, r.submission FROM response r JOIN dataset d ON d.id = r.dataset_id "
        "JOIN participant p ON p.id = r.participant_id WHERE d.questionnaire = ? AND d.wave <> ? AND d.part = ''",
        (questionnaire, wave),
    ):
        if row["answered_on"]:
            days[row["code"], row["answered_on"]] = row["wave"]
        if row["submission"]:
            submissions[row["submission"]] = row["wave"]
    return days, submissions


class Tally(NamedTuple):
    """people: who answered a questionnaire in a wave, of whom `unkeyed` are known by no code. texts: open answers."""

    questionnaire: str
    wave: str
    people: int
    unkeyed: int
    texts: int


def tallies(db: sqlite3.Connection) -> list[Tally]:
    """Who answered what, by wave and questionnaire."""
    rows = db.execute(
        "SELECT d.questionnaire, d.wave, count(DISTINCT r.participant_id), "
        "count(DISTINCT CASE WHEN NOT d.keyed THEN r.participant_id END), count(o.interview_id) "
        "FROM dataset d JOIN response r ON r.dataset_id = d.id LEFT JOIN open_answer o ON o.response_id = r.id "
        "GROUP BY d.wave, d.questionnaire ORDER BY d.wave, d.questionnaire"
    )
    return [Tally(*row) for row in rows]


def _cell(item: Any) -> Cell | bool:
    if isinstance(item, list):
        return tuple(item)
    if isinstance(item, dict):
        ((kind, code),) = item.items()
        return Missing(MissingKind(kind), code)
    return item  # type: ignore[no-any-return]


def _told(variable: Variable) -> dict[str, Any]:
    """As `_variable` reads it. `dataclasses.asdict` copies each value, and takes as long as reading the file."""
    return {
        "question": variable.question,
        "kind": variable.kind,
        "label": variable.label,
        "measure": variable.measure,
        "choices": [{"name": c.name, "label": c.label, "missing": c.missing} for c in variable.choices],
        "missing": [{"low": m.low, "high": m.high, "label": m.label, "kind": m.kind} for m in variable.missing],
        "columns": variable.columns,
        "format": variable.format,
        "weight": variable.weight,
    }


def _variable(told: Mapping[str, Any]) -> Variable:
    return Variable(
        question=told["question"],
        kind=QuestionKind(told["kind"]),
        label=told["label"],
        measure=Measure(told["measure"]),
        choices=tuple(Choice(c["name"], c["label"], _kind(c["missing"])) for c in told["choices"]),
        missing=tuple(MissingCode(m["low"], m["high"], m["label"], MissingKind(m["kind"])) for m in told["missing"]),
        columns=tuple(told["columns"]),
        format=told["format"],
        weight=told["weight"],
    )


def _kind(word: str | None) -> MissingKind | None:
    return MissingKind(word) if word else None


def change_response(db: sqlite3.Connection, response: int, dataset: int, body: str, answered_on: str | None) -> None:
    """Says these answers anew, in the order of this dataset's questions."""
    db.execute(
        "UPDATE response SET dataset_id = ?, body = ?, answered_on = ? WHERE id = ?",
        (dataset, body, answered_on, response),
    )


def move_answers(db: sqlite3.Connection, former: int, response: int) -> None:
    """The open answers of one response are those of another."""
    db.execute("UPDATE open_answer SET response_id = ? WHERE response_id = ?", (response, former))


def delete_responses(db: sqlite3.Connection, responses: Sequence[int]) -> None:
    """With the rows of their repeats and their open answers, texts included."""
    for response in responses:
        db.execute(
            "WITH RECURSIVE below (id) AS (VALUES (?) UNION SELECT r.id FROM response r JOIN below b "
            "ON r.parent_id = b.id) DELETE FROM interview WHERE id IN "
            "(SELECT o.interview_id FROM open_answer o JOIN below b ON b.id = o.response_id)",
            (response,),
        )
        db.execute("DELETE FROM response WHERE id = ?", (response,))
    drop_empty_datasets(db)


def drop_empty_datasets(db: sqlite3.Connection) -> None:
    """Takes out those that nobody's answers are left in."""
    db.execute("DELETE FROM dataset WHERE NOT EXISTS (SELECT 1 FROM response r WHERE r.dataset_id = dataset.id)")
