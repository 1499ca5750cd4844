"""Names of columns within the limits of each program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """longest: bytes of a name; reserved: words that are no names, in small letters; others: what may stand in a name
    beside letters, digits and « _ ».
    """

    longest: int
    reserved: frozenset[str]
    others: str = ""


SPSS = Rules(
    64, frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]), "."
)  # fmt: skip
STATA = Rules(
    31,  # of 32: pyreadstat can't write the labels of a column whose name is longer
    frozenset(
        ["_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_pi", "_pred",
         "_rc", "_skip", "strl", "using", "with", "_se"]
    ),
)  # fmt: skip


def fitting(names: Iterable[str], rules: Rules) -> dict[str, str]:
    """name -> name that the program accepts: ASCII letters and digits, unique whatever the case."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        found[name] = unique(_plain(name, rules), taken, rules.longest)
    return found


def _plain(name: str, rules: Rules) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(rf"[^A-Za-z0-9_{re.escape(rules.others)}]+", "_", letters).strip("_.") or "v"
    if not plain[0].isalpha():
        plain = f"v{plain}"
    is_reserved = plain.lower() in rules.reserved or re.fullmatch(r"str\d+", plain.lower())
    return f"{plain}_q"[: rules.longest] if is_reserved else plain[: rules.longest].rstrip("_.")


def unique(name: str, taken: set[str], longest: int = 200) -> str:
    """The name, or the first of name_2, name_3… that is free; takes it."""
    rank, found = 1, name
    while found.casefold() in taken:
        rank += 1
        suffix = f"_{rank}"
        found = f"{name[: longest - len(suffix)]}{suffix}"
    taken.add(found.casefold())
    return found


def cut(text: str, longest: int, *, characters: bool = False) -> str:
    """A label within so many bytes of UTF-8 (or characters), its end marked « … »."""
    text = " ".join(text.split())
    if (len(text) if characters else len(text.encode())) <= longest:
        return text
    if characters:
        return f"{text[: longest - 1].rstrip()}…"
    return f"{text.encode()[: longest - 3].decode(errors='ignore').rstrip()}…"
