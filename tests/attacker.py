"""Somebody who has the public workbook and nothing else: gathers every number, and solves for what is hidden.

A model of its own: nothing of `enquete.disclosure` is used. Bounds are exact, over the whole numbers.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import openpyxl
from scipy.optimize import Bounds, LinearConstraint, milp

HIDDEN, NOT_SHOWN = "masqué", "non montré"
Row = dict[str, object]


@dataclass
class System:
    """Unknown whole numbers between bounds, and sums of them between others."""

    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    sums: list[tuple[dict[str, int], float, float]] = field(default_factory=list)

    def add(self, key: str, low: int, high: int) -> None:
        before = self.ranges.get(key, (low, high))
        self.ranges[key] = (max(low, before[0]), min(high, before[1]))

    def tie(self, low: float, high: float, **terms: int) -> None:
        self.sums.append((terms, low, high))

    def bounds(self, key: str) -> tuple[int, int]:
        places = {name: place for place, name in enumerate(self.ranges)}
        matrix = np.zeros((len(self.sums), len(places)))
        for row, (terms, _, _) in enumerate(self.sums):
            for name, factor in terms.items():
                matrix[row, places[name]] = factor
        box = Bounds([low for low, _ in self.ranges.values()], [high for _, high in self.ranges.values()])
        rules = LinearConstraint(matrix, [low for _, low, _ in self.sums], [high for *_, high in self.sums])
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(places))
            goal[places[key]] = sign
            answer = milp(goal, integrality=np.ones(len(places)), bounds=box, constraints=rules)
            assert answer.x is not None, "the workbook contradicts itself"
            found.append(round(answer.x[places[key]]))
        return found[0], found[1]


@dataclass(frozen=True)
class Attack:
    """intervals: hidden cell -> what it can be, by (sheet, codebook, code, column); shown: the numbers.

    groups: what nobody prints: people of a theme who were met in one wave only, or in both, with how many there are.
    """

    shown: dict[tuple[str, str, str, str], int]
    intervals: dict[tuple[str, str, str, str], tuple[int, int]]
    groups: dict[tuple[str, str, str], tuple[int, int, int]]
    sheets: dict[str, list[Row]]


def rows_of(book: openpyxl.Workbook, name: str) -> list[Row]:
    if name not in book.sheetnames:
        return []
    head, *body = [[cell.value for cell in row] for row in book[name].iter_rows()]
    return [dict(zip(map(str, head), row, strict=True)) for row in body if row[1] is not None]


def attack(data: bytes, whole: Collection[str] = ()) -> Attack:
    """whole: themes under which nobody is coded but through their sub-codes, as a reader may guess, rightly."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {name: rows_of(book, name) for name in ("Profil", "Thèmes", "Évolution", "Verbatims")}
    found = Attack({}, {}, {}, sheets)
    columns = [(who, out_of) for who, out_of in _people_columns(sheets["Thèmes"])]
    for grid in dict.fromkeys(str(row["Grille"]) for row in sheets["Thèmes"]):
        for who, out_of in columns:
            _attack_one(found, grid, who, out_of, whole)
    return found


def _people_columns(rows: list[Row]) -> list[tuple[str, str]]:
    titles = list(rows[0]) if rows else []
    return [(t, titles[n + 1]) for n, t in enumerate(titles) if t.endswith("qui en parlent")]


def _attack_one(found: Attack, grid: str, who: str, out_of: str, whole: Collection[str]) -> None:
    rows = [row for row in found.sheets["Thèmes"] if row["Grille"] == grid]
    kind = who.removesuffix(" qui en parlent")
    people = rows[0][out_of]
    if people == HIDDEN:
        return
    assert isinstance(people, int)
    system, cells = System(), {}
    quoted = _quoted(found.sheets["Verbatims"], kind)
    for row in rows:
        code, value = str(row["Code"]), row[who]
        cells["Thèmes", grid, code, who] = f"T {code}"
        least = max((seen for path, seen in quoted.items() if code in path.split(" ")), default=0)
        system.add(f"T {code}", *((value, value) if isinstance(value, int) else (least, people)))
    codes = [str(row["Code"]) for row in rows]
    for code in codes:
        children = [c for c in codes if re.fullmatch(re.escape(code) + r"\.\d+", c)]
        for child in children:
            system.tie(0, np.inf, **{f"T {code}": 1, f"T {child}": -1})
        if children and code in whole:
            system.tie(0, np.inf, **({f"T {child}": 1 for child in children} | {f"T {code}": -1}))
    atoms = _waves(found, system, cells, grid, kind)
    for place, key in cells.items():
        sheet, _, code, column = place
        row = next(r for r in found.sheets[sheet] if r["Grille"] == grid and r["Code"] == code
                   and r.get("Répondants", kind) == kind)  # fmt: skip
        value = row[column]
        if isinstance(value, int):
            found.shown[place] = value
        else:
            assert value == HIDDEN
            found.intervals[place] = system.bounds(key)
    for (code, group), (key, size) in atoms.items():
        found.groups[grid, code, group] = (*system.bounds(key), size)


def _quoted(rows: list[Row], kind: str) -> dict[str, int]:
    """Path of codes -> how many people are surely quoted: one, or as many as attributes tell apart."""
    singular = kind.lower().replace("s ", " ").removesuffix("s")
    seen: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for row in rows:
        if row["Répondant"] != singular:
            continue
        titles = list(row)
        beside = tuple(row[t] for t in titles[titles.index("Répondant") + 1 : titles.index("Citation")])
        path = [part.split(" ")[0] for part in str(row["Code"]).split(" › ")]
        for depth in range(1, len(path) + 1):
            key = path[depth - 1]
            seen[key].add(beside)
    certain = {}
    for code, tuples in seen.items():
        told = {t for t in tuples if any(value != NOT_SHOWN for value in t)}
        certain[code] = max(1, len(told))
    return certain


def _waves(
    found: Attack, system: System, cells: dict[tuple[str, str, str, str], str], grid: str, kind: str
) -> dict[tuple[str, str], tuple[str, int]]:
    """Two waves: who was met once or twice, and speaks when. Gives the sums that nobody prints."""
    groups: dict[tuple[str, str], tuple[str, int]] = {}
    for row in found.sheets["Évolution"]:
        if row["Grille"] != grid or row["Répondants"] != kind:
            continue
        code, titles = str(row["Code"]), list(row)[4:]
        one, of_one, two, of_two, only_one, both, only_two, of_both = titles
        first, second, twice = (int(str(row[t])) for t in (of_one, of_two, of_both))
        sizes = {"a": first - twice, "b": second - twice, "c": twice, "d": twice, "e": twice}
        atom = {name: f"{name} {code}" for name in sizes}
        for name, size in sizes.items():
            system.add(atom[name], 0, size)
        system.tie(0, twice, **{atom[name]: 1 for name in "cde"})
        sums = {one: "acd", two: "bde", only_one: "c", both: "d", only_two: "e"}
        for title, parts in sums.items():
            key = f"{title} {code}"
            value = row[title]
            system.add(key, *((value, value) if isinstance(value, int) else (0, 10**6)))
            system.tie(0, 0, **{key: 1}, **{atom[name]: -1 for name in parts})
            cells["Évolution", grid, code, title] = key
        system.tie(0, 0, **{f"T {code}": 1}, **{atom[name]: -1 for name in "abcde"})
        for group, parts, size in (("first only", "a", sizes["a"]), ("second only", "b", sizes["b"])):
            if size:
                groups[code, group] = (atom[parts], size)
        key = f"twice {code}"
        system.add(key, 0, twice)
        system.tie(0, 0, **{key: 1}, **{atom[name]: -1 for name in "cde"})
        if twice:
            groups[code, "twice"] = (key, twice)
    return groups
