"""Somebody who has the public workbook and nothing else: gathers every number, and solves for what is hidden.

A model of its own: nothing of `enquete.disclosure` is used. Bounds are exact, over the whole numbers.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import openpyxl
from scipy.optimize import Bounds, LinearConstraint, milp

HIDDEN, NOT_SHOWN, OTHERS = "masqué", "non montré", "autres ou non renseigné"
Row = dict[str, object]
AREAS = dict.fromkeys(["Clichy", "Colombes"], "Boucle Nord de Seine") | dict.fromkeys(
    ["Meudon", "Sèvres"], "Grand Paris Seine Ouest"
)  # anybody knows which communes an area is made of


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


Place = tuple[str, str, str, str]  # sheet, codebook, code, column
Insider = Mapping[tuple[str, str], Sequence[tuple[Mapping[str, str], str]]]
"""What somebody who knows everybody that was met would add: by codebook and type, each person's column in each
crossing, with the waves that they were met in (« v1 », « v1 v2 »).
"""


@dataclass(frozen=True)
class Attack:
    """intervals: hidden cell -> what it can be; shown: the numbers; sizes: out of how many, for cells of crossings.

    groups: what nobody prints, with how many there are: people of a theme who were met in one wave only, or in both;
    who have the same values in several crossings.
    """

    shown: dict[Place, int]
    intervals: dict[Place, tuple[int, int]]
    groups: dict[tuple[str, str, str], tuple[int, int, int]]
    sheets: dict[str, list[Row]]
    sizes: dict[Place, int] = field(default_factory=dict)


def rows_of(book: openpyxl.Workbook, name: str) -> list[Row]:
    if name not in book.sheetnames:
        return []
    head, *body = [[cell.value for cell in row] for row in book[name].iter_rows()]
    return [dict(zip(map(str, head), row, strict=True)) for row in body if any(cell is not None for cell in row[1:4])]


def crossings_in(book: openpyxl.Workbook) -> list[str]:
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}
    return [n for n, h in heads.items() if h[:4] == ["Grille", "Code", "Thème", "Répondants"] and n != "Évolution"]


def attack(data: bytes, whole: Collection[str] = (), insider: Insider | None = None) -> Attack:
    """whole: themes under which nobody is coded but through their sub-codes, as a reader may guess, rightly."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    crossings = crossings_in(book)
    names = ("Profil", "Thèmes", "Évolution", "Verbatims", "Grille de codage", *crossings)
    found = Attack({}, {}, {}, {name: rows_of(book, name) for name in names})
    for grid in dict.fromkeys(str(row["Grille"]) for row in found.sheets["Thèmes"]):
        for who, out_of in _people_columns(found.sheets["Thèmes"]):
            _attack_one(found, grid, (who, out_of), whole, crossings, insider or {})
    return found


def _people_columns(rows: list[Row]) -> list[tuple[str, str]]:
    titles = list(rows[0]) if rows else []
    return [(t, titles[n + 1]) for n, t in enumerate(titles) if t.endswith("qui en parlent")]


def _attack_one(
    found: Attack,
    grid: str,
    columns: tuple[str, str],
    whole: Collection[str],
    crossings: Sequence[str],
    insider: Insider,
) -> None:
    who, out_of = columns
    rows = {str(row["Code"]): row for row in found.sheets["Thèmes"] if row["Grille"] == grid}
    kind = who.removesuffix(" qui en parlent")
    people = next(iter(rows.values()))[out_of]
    if people == HIDDEN:
        return
    assert isinstance(people, int)
    system, values = System(), dict[Place, tuple[str, object]]()
    quoted = _quoted(found.sheets["Verbatims"], kind)
    codes = [str(row["Code"]) for row in found.sheets["Grille de codage"] if row["Grille"] == grid]
    for code in codes:  # a code that has no row is hidden too
        value = rows[code][who] if code in rows else HIDDEN
        values["Thèmes", grid, code, who] = f"T {code}", value
        least = _certain(quoted.get(code, []))
        system.add(f"T {code}", *((value, value) if isinstance(value, int) else (least, people)))
    for code in codes:
        children = [c for c in codes if re.fullmatch(re.escape(code) + r"\.\d+", c)]
        for child in children:
            system.tie(0, np.inf, **{f"T {code}": 1, f"T {child}": -1})
        if children and code in whole:
            system.tie(0, np.inf, **({f"T {child}": 1 for child in children} | {f"T {code}": -1}))
    groups = _waves(found, system, values, grid, kind)
    for sheet in crossings:
        _crossing(found, system, values, (sheet, grid, kind), quoted)
    if insider:
        known = insider[grid, kind]
        groups |= _inside(system, values, crossings, known, [c for c in codes if "." not in c])
    for place, (key, value) in values.items():
        if isinstance(value, int):
            found.shown[place] = value
        else:
            assert value == HIDDEN
            found.intervals[place] = system.bounds(key)
    for (code, group), (key, size) in groups.items():
        found.groups[grid, code, group] = (*system.bounds(key), size)


def _crossing(
    found: Attack,
    system: System,
    values: dict[Place, tuple[str, object]],
    where: tuple[str, str, str],
    quoted: Mapping[str, list[Row]],
) -> None:
    """The cells of a theme add up to its count; each is of a group whose size the first line tells."""
    sheet, grid, kind = where
    rows = [row for row in found.sheets[sheet] if row["Grille"] == grid and row["Répondants"] == kind]
    if not rows:
        return
    head, *themes = rows
    sizes = {title: size for title, size in list(head.items())[4:] if isinstance(size, int)}
    attribute = sheet.split("× ")[-1].capitalize()
    for row in themes:
        code = str(row["Code"])
        for title, size in sizes.items():
            key, value = f"{sheet} {title} {code}", row[title]
            beside = [one for one in quoted.get(code, []) if _column(one[attribute], sizes) == title]
            least = len({tuple(one.items()) for one in beside})
            system.add(key, *((value, value) if isinstance(value, int) else (least, size)))
            values[sheet, grid, code, title] = key, value
            found.sizes[sheet, grid, code, title] = size
        system.tie(0, 0, **{f"T {code}": 1}, **{f"{sheet} {title} {code}": -1 for title in sizes})


def _column(value: object, titles: Collection[str]) -> str | None:
    """Where somebody stands of whom this value stands beside their words."""
    if value == NOT_SHOWN:
        return None
    value = AREAS[str(value)] if AREAS.get(str(value)) in titles else value
    low = re.match(r"\d+", str(value))
    for title in titles:
        band = re.fullmatch(r"(\d+)(?:-(\d+)| et plus)", title)
        if title == value or (low and band and int(band[1]) <= int(low[0]) <= int(band[2] or 200)):
            return title
    return OTHERS


def _inside(
    system: System,
    values: dict[Place, tuple[str, object]],
    sheets: Sequence[str],
    known: Sequence[tuple[Mapping[str, str], str]],
    themes: Sequence[str],
) -> dict[tuple[str, str], tuple[str, int]]:
    """People alike, by theme: each wave and each value is a sum of them. Gives those of several crossings."""
    groups: dict[tuple[str, str], tuple[str, int]] = {}
    for code in themes:
        told = [sheet for sheet in sheets if any(p[0] == sheet and p[2] == code for p in values)]
        alike = Counter((tuple(columns[sheet] for sheet in told), met) for columns, met in known)
        in_waves = f"a {code}" in system.ranges
        parts: dict[str, list[str]] = defaultdict(list)
        for (columns, met), size in alike.items():
            said = {"v1": "a", "v2": "b", "v1 v2": "cde"}[met] if in_waves else "x"
            atoms = [f"{columns} {met} {one} {code}" for one in said]
            for one, atom in zip(said, atoms, strict=True):
                system.add(atom, 0, size)
                if in_waves:
                    parts[f"{one} {code}"].append(atom)
                parts[f"T {code}"].append(atom)
                for sheet, title in zip(told, columns, strict=True):
                    parts[f"{sheet} {title} {code}"].append(atom)
                if len(told) > 1:
                    parts[f"{columns} {code}"].append(atom)
            system.tie(0, size, **dict.fromkeys(atoms, 1))
            if len(told) > 1:
                total = sum(n for (other, _), n in alike.items() if other == columns)
                system.add(f"{columns} {code}", 0, total)
                groups[code, str(columns)] = f"{columns} {code}", total
        for key, atoms in parts.items():
            system.tie(0, 0, **{key: 1}, **dict.fromkeys(atoms, -1))
    return groups


def _quoted(rows: list[Row], kind: str) -> dict[str, list[Row]]:
    """Code -> what stands beside each quotation under it or under its sub-codes."""
    singular = kind.lower().replace("s ", " ").removesuffix("s")
    seen: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["Répondant"] != singular:
            continue
        titles = list(row)
        beside = {title: row[title] for title in titles[titles.index("Répondant") + 1 : titles.index("Citation")]}
        for part in str(row["Code"]).split(" › "):
            seen[part.split(" ")[0]].append(beside)
    return seen


def _certain(beside: Sequence[Row]) -> int:
    """How many people are surely quoted: one, or as many as attributes tell apart."""
    told = {tuple(one.items()) for one in beside if any(value != NOT_SHOWN for value in one.values())}
    return max(1, len(told)) if beside else 0


def _waves(
    found: Attack, system: System, values: dict[Place, tuple[str, object]], grid: str, kind: str
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
            values["Évolution", grid, code, title] = key, value
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
