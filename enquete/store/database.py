"""Opens the database, brings its schema up to date, and runs transactions."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from enquete.errors import EnqueteError, Problem

FILE_NAME = "etude.db"
WAIT_S = 30.0  # how long a writer waits for another one


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level=None: transactions are begun by hand, so that schema changes roll back too.
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in (
        "foreign_keys = ON",
        "journal_mode = DELETE",  # a WAL file would keep deleted text while a reader is open
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cache_size = -65536",  # KiB: what one import writes fits, and reaches the disk once
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@cache
def migrations() -> list[tuple[int, str]]:
    """(number, SQL) of each step, in order."""
    folder = files("enquete.store") / "schema"
    steps = [(int(f.name[:3]), f.read_text(encoding="utf-8")) for f in folder.iterdir() if f.name.endswith(".sql")]
    return sorted(steps)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for part in re.split("(?<=;)", script):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def migrate(path: Path, connection: sqlite3.Connection, steps: list[tuple[int, str]]) -> None:
    """Applies the steps that the database lacks, each in a transaction; a database in use is backed up before.

    Raises EnqueteError(NEWER_STUDY) when a later version of the program wrote it.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > steps[-1][0]:
        raise EnqueteError(Problem.NEWER_STUDY, where=path.name)
    missing = [step for step in steps if step[0] > version]
    if missing and version:
        shutil.copy2(path, path.with_suffix(f".avant-{missing[-1][0]:03d}.db"))
    for number, script in missing:
        with transaction(connection):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """BEGIN IMMEDIATE to COMMIT; any exception rolls everything back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled it back already
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """What is read inside is of one moment: writers wait for its end."""
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def changes_seen(connection: sqlite3.Connection) -> int:
    """Another number each time that a command has written in the log; what coders do on the page is not in it."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()[0])


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database at `path`, created when it is not there. Raises EnqueteError(BROKEN_DATABASE, DATABASE_BUSY…)."""
    try:
        with closing(_connect(path)) as connection:
            migrate(path, connection, migrations())
            yield connection
    except sqlite3.OperationalError as error:
        problem = Problem.DATABASE_BUSY if re.search("locked|busy", str(error)) else Problem.DATABASE_WRITE
        raise EnqueteError(problem, where=path.name, reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # a fault of the program, not of the file
        raise EnqueteError(Problem.BROKEN_DATABASE, where=path.name) from error
