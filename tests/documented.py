"""Pages of documentation as what they promise: commands and what they print, tables, settings.

A block that names a file (« csv reponses.csv ») is that file; as a workbook, each such block is one of its sheets. A
« toml » block without a name is set in enquete.toml. In a « console » block, lines that begin with « $ » are typed,
what follows is printed, and a command that says that something is wrong fails; « … » stands for what was cut,
lines or words. Pseudonyms are drawn for each study: numbers of words, and keys of disagreements, may be others.
"""

import csv
import datetime
import io
import re
import shlex
from pathlib import Path

_BLOCK = re.compile(r"^```(\w*)(?: (\S+))?(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WRONG = re.compile(r"^(?:Erreur|REFUSÉ|À régler)\b|\bdiffèr|: erreur :", re.MULTILINE)
_CUT = "…"
_KEY = re.compile(r"\bE\d{3}-[a-z2-7]{5}\b")  # of a disagreement
_WORDS = re.compile(r"\d+(?=\\ mots)|\d+(?:\\ \d{3})+")  # escaped; thousands are always words


def walk_through(page: Path, study: Path, enquete) -> int:
    """Does what the page says in this study, which is the current folder; gives the number of commands."""
    done = 0
    keys: dict[str, str] = {}  # of the page -> of this study
    for kind, name, sheet, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if name:
            _put(Path(name), sheet, text)
        elif kind == "toml":
            _settle(study / "enquete.toml", text)
        elif kind == "console":
            for typed, told in typed_and_told(text):
                for former, own in keys.items():
                    typed, told = typed.replace(former, own), told.replace(former, own)
                code, out, errors = enquete(*shlex.split(typed)[1:])
                wrong = bool(_WRONG.search(told))
                assert (code > 0) == wrong, f"$ {typed}\n{out}{errors}"
                out += errors if wrong else ""
                fresh = [key for key in dict.fromkeys(_KEY.findall(told)) if key not in keys.values()]
                found = re.fullmatch(_pattern(told, fresh), _spaced(out))
                assert found, f"$ {typed}\n{out}"
                keys |= {key: found[f"key{number}"] for number, key in enumerate(fresh)}
                done += 1
    return done


def _put(path: Path, sheet: str, text: str) -> None:
    """Writes a file as the page shows it; cells of a workbook are separated by « ; », figures are numbers."""
    if path.suffix != ".xlsx":
        path.write_text(text, encoding="utf-8")
        return
    from openpyxl import Workbook, load_workbook

    book = load_workbook(path) if path.exists() else Workbook()
    made = book.create_sheet(sheet) if path.exists() else book.active
    made.title = sheet or made.title
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        made.append([_cell(cell) for cell in row])
    book.save(path)


def _cell(text: str) -> str | float | datetime.date | None:
    """« 2026-03-02 » is a date, « 12,5 » a number."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datetime.date.fromisoformat(text)
    return float(text.replace(",", ".")) if re.fullmatch(r"\d+(?:,\d+)?", text) else text or None


def typed_and_told(text: str):
    """Each command of a block, and the lines after it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        typed, _, told = part.partition("\n")
        yield typed, told


def _pattern(told: str, fresh: list[str]) -> str:
    """fresh: keys that are met for the first time."""
    lines = _spaced(told).splitlines()
    parts = (r"(?:.*\n)*?" if line == _CUT else re.escape(line).replace(_CUT, ".*") + r"\n" for line in lines)
    pattern = _WORDS.sub(r"[\\d ]+", "".join(parts))
    for number, key in enumerate(fresh):
        named = f"(?P<key{number}>{_KEY.pattern})"
        pattern = pattern.replace(re.escape(key), named, 1).replace(re.escape(key), f"(?P=key{number})")
    return pattern


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _settle(settings: Path, text: str) -> None:
    """Keys that are there as comments get this value."""
    file = settings.read_text(encoding="utf-8")
    for key, value in re.findall(r"^(\w+) = (.+)$", text, flags=re.MULTILINE):
        file, found = re.subn(rf"^(?:# )?{key} = .*$", f"{key} = {value}", file, flags=re.MULTILINE)
        assert found == 1, key
    settings.write_text(file, encoding="utf-8")
