"""How long a panel takes to import: 1,600 people, 4 waves, 250 closed questions, as .sav, and as .csv (labels, codes).

    python benchmarks/answers.py

The baseline is what merely reading the same file costs, in the same run: pyreadstat for the .sav, pandas for the .csv.
The import is whole: read, matched with its questionnaire, stored, vault included. Everything is invented.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyreadstat

from enquete.actions.answers.files import Request, import_answers
from enquete.actions.study import Study, create_study, open_study

PEOPLE, WAVES, QUESTIONS = 1_600, 4, 250
CHOICES = ("Jamais", "Rarement", "Parfois", "Souvent", "Toujours", "Ne sait pas")
VALUES = dict(enumerate(CHOICES, 1))
RUNS = 3


def questionnaire() -> str:
    """Five scales to one number, as panels have."""
    asked = [
        f"| | {'integer' if n % 6 == 5 else 'select_one s'} | q{n:03d} | Question {n} ? | |" for n in range(QUESTIONS)
    ]
    choices = [
        f"| | s | {code} | {label} | {'ne sait pas' if code == 6 else ''} |" for code, label in enumerate(CHOICES, 1)
    ]
    return "\n".join(
        [
            "# Panel",
            "",
            "| survey | type | name | label | usage |",
            "|--|--|--|--|--|",
            "| | text | code | Code | clé |",
            *asked,
            "",
            "| choices | list_name | name | label | manque |",
            "|--|--|--|--|--|",
            *choices,
            "",
        ]
    )


def panel(draw: random.Random) -> pd.DataFrame:
    """A row a person and wave, some cells blank."""
    rows = PEOPLE * WAVES
    columns: dict[str, list[object]] = {
        "code": [f"P{n % PEOPLE + 1:04d}" for n in range(rows)],
        "vague": [f"v{n // PEOPLE + 1}" for n in range(rows)],
    }
    for n in range(QUESTIONS):
        top = 80 if n % 6 == 5 else len(CHOICES)
        columns[f"q{n:03d}"] = [draw.randint(1, top) if draw.random() > 0.04 else None for _ in range(rows)]
    return pd.DataFrame(columns).astype({f"q{n:03d}": "Int64" for n in range(QUESTIONS)})


def written(folder: Path, frame: pd.DataFrame) -> Iterator[tuple[str, Path, Callable[[Path], object]]]:
    """Each file, with what reads it bare."""
    labels = {f"q{n:03d}": VALUES for n in range(QUESTIONS) if n % 6 != 5}
    pyreadstat.write_sav(
        frame.astype(dict.fromkeys(frame.columns[2:], float)), folder / "panel.sav", variable_value_labels=labels
    )
    frame.to_csv(folder / "codes.csv", index=False)
    frame.assign(**{name: frame[name].map(VALUES) for name in labels}).to_csv(folder / "labels.csv", index=False)
    yield "pyreadstat.read_sav", folder / "panel.sav", pyreadstat.read_sav
    yield "pandas.read_csv", folder / "labels.csv", pd.read_csv
    yield "pandas.read_csv", folder / "codes.csv", pd.read_csv


def new_study(folder: Path) -> Study:
    create_study(folder, [])
    settings = folder / "enquete.toml"
    told = settings.read_text(encoding="utf-8")
    told = told.replace('v2 = "Entretien de suivi"', "\n".join(f'v{n} = "Vague {n}"' for n in range(2, WAVES + 1)))
    settings.write_text(told, encoding="utf-8")
    (folder / "questionnaires" / "panel.md").write_text(questionnaire(), encoding="utf-8")
    return open_study(folder)


def seconds(work: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def imported(study: Study, path: Path) -> None:
    import_answers(study, Request((path,), questionnaire="panel"), lambda *_: None)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        frame = panel(random.Random(7))  # noqa: S311
        for reader, path, read in written(folder, frame):
            bare, whole = [], []
            for run in range(RUNS + 1):
                study = new_study(folder / f"{path.name}-{run}")
                bare.append(seconds(read, path))
                whole.append(seconds(imported, study, path))
            base, ours = statistics.median(bare[1:]), statistics.median(whole[1:])  # the first run loads libraries
            print(
                f"{path.name} : importation {ours:.2f} s, {reader} {base:.2f} s, rapport {ours / base:.2f} (but : < 3)"
            )


if __name__ == "__main__":
    main()
