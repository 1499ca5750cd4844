"""The versions of a codebook: which are kept, and what changed from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from enquete import codebook
from enquete.actions.codebooks.changes import Own, own_codebooks
from enquete.actions.study import Study
from enquete.codebook import Codebook
from enquete.codebook.comparing import compared, comparison_lines
from enquete.errors import EnqueteError, Problem
from enquete.store.code_changes import ChangeKind, StoredChange, recorded_changes
from enquete.store.entries import FOLLOWED
from enquete.wording import day, n

_KINDS = {
    "renamed": "renommé",
    "merged": "réuni dans",
    "split": "scindé en",
    "retired": "retiré",
    "adopted": "adopté comme",
}


def list_versions(study: Study, name: str | None) -> Iterator[str]:
    """Each version that is kept and the one in use, with the changes that led to it."""
    for own in own_codebooks(study, name):
        with study.database() as db:
            noted = recorded_changes(db, own.book.id)
        for version in kept_versions(study, own):
            book = _version(study, own, version)
            current = " (en usage)" if version == own.book.version else ""
            yield f"{own.path.stem}, version {version}{current} : {n('code', len(book.codes))}"
            yield from (f"   {_noted(one)}" for one in noted if one.version == version)


def kept_versions(study: Study, own: Own) -> list[int]:
    """Numbers, in order, the one in use last. One that a killed command prepared and never made is none."""
    folder = study.version_path(own.path.stem, 0).parent
    found = (
        re.fullmatch(rf"{re.escape(own.path.stem)}-v([1-9][0-9]*)\.yaml", path.name) for path in folder.glob("*.yaml")
    )
    former = {int(match[1]) for match in found if match and int(match[1]) < own.book.version}
    return [*sorted(former), own.book.version]


def _version(study: Study, own: Own, version: int) -> Codebook:
    if version == own.book.version:
        return own.book
    if version not in kept_versions(study, own):
        known = ", ".join(map(str, kept_versions(study, own)))
        raise EnqueteError(Problem.UNKNOWN_VERSION, version=version, name=own.path.stem, known=known, exit_code=2)
    return codebook.load(study.version_path(own.path.stem, version))


def _noted(one: StoredChange) -> str:
    kind, _, code, _, new = one.change
    into = "" if kind == "retired" else f" {new}" if kind != "renamed" else f" en {new}"
    if kind == "renamed" and new == code:
        into = " (libellé)"
    who = f" par {one.made_by}" if one.made_by else ""
    why = f" : « {one.why} »" if one.why else ""
    what = "un code proposé" if kind == "adopted" else code
    return f"{what} {_KINDS[kind]}{into}, le {day(date.fromisoformat(one.made_at[:10]))}{who}{why}"


def compare(study: Study, name: str | None, first: int | None, second: int | None) -> Iterator[str]:
    """What changed between two versions: by default, the last two. Raises EnqueteError(UNKNOWN_VERSION)."""
    for own in own_codebooks(study, name):
        versions = kept_versions(study, own)
        if first is None and len(versions) < 2:
            yield f"{own.path.stem} : une seule version, rien à comparer."
            continue
        before = _version(study, own, versions[-2] if first is None else first)
        after = _version(study, own, own.book.version if second is None else second)
        with study.database() as db:
            noted = recorded_changes(db, own.book.id)
        between = [one for one in noted if before.version < one.version <= after.version]
        yield f"{own.path.stem}, de la version {before.version} à la version {after.version} :"
        yield from comparison_lines(compared(before, after, _followed(between)), after) or ["  rien n'a changé."]
        yield from (f"  {code} a été scindé en {', '.join(parts)}" for code, parts in _split(between).items())


def _split(changes: Sequence[StoredChange]) -> Mapping[str, list[str]]:
    """Code -> the new ones beside it."""
    parts: dict[str, list[str]] = {}
    for change in (one.change for one in changes if one.change.kind is ChangeKind.SPLIT):
        parts.setdefault(change.code, []).append(change.new_code)
    return parts


def _followed(changes: Sequence[StoredChange]) -> Mapping[str, str]:
    """Former id -> the id that stands for it after all these changes."""
    ways: dict[str, str] = {}
    for change in (one.change for one in changes if one.change.kind in FOLLOWED):
        ways = {old: change.new_code if now == change.code else now for old, now in ways.items()}
        ways.setdefault(change.code, change.new_code)
    return ways
