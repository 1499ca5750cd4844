"""Pages of documentation as what they promise: commands and what they print, tables, settings.

A « toml » block is set in enquete.toml. A « csv » block is the table that the next command names. In a « console »
block, lines that begin with « $ » are typed, what follows is printed; « … » stands for what was cut, lines or words.
Pseudonyms are drawn for each study: numbers of words, and keys of disagreements, may be others.
"""

import re
import shlex
from pathlib import Path

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CUT = "…"
_KEY = re.compile(r"\bE\d{3}-[a-z2-7]{5}\b")  # of a disagreement
_WORDS = re.compile(r"\d+(?=\\ mots)|\d+(?:\\ \d{3})+")  # escaped; thousands are always words


def walk_through(page: Path, study: Path, enquete) -> int:
    """Does what the page says in this study, which is the current folder; gives the number of commands."""
    table, done = "", 0
    keys: dict[str, str] = {}  # of the page -> of this study
    for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "toml":
            _settle(study / "enquete.toml", text)
        elif kind == "csv":
            table = text
        elif kind == "console":
            for typed, told in typed_and_told(text):
                for former, own in keys.items():
                    typed, told = typed.replace(former, own), told.replace(former, own)
                words = shlex.split(typed)[1:]
                for name in (word for word in words if word.endswith(".csv")):
                    Path(name).write_text(table, encoding="utf-8")
                code, out, errors = enquete(*words)
                assert code == 0, f"{typed}\n{errors}"
                fresh = [key for key in dict.fromkeys(_KEY.findall(told)) if key not in keys.values()]
                found = re.fullmatch(_pattern(told, fresh), _spaced(out))
                assert found, f"$ {typed}\n{out}"
                keys |= {key: found[f"key{number}"] for number, key in enumerate(fresh)}
                done += 1
    return done


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
