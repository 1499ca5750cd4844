"""A codebook: a tree of codes, each with its definition and the cues that betray it in speech."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

Pattern = tuple[Mapping[str, object], ...]  # one spaCy Matcher pattern: the attributes of each token


@dataclass(frozen=True, slots=True)
class Cues:
    """What people say when they speak of a code.

    words: exact word forms, case and accents set aside; lemmas: phrases in any inflection;
    patterns: spaCy Matcher patterns.
    """

    words: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.lemmas or self.patterns)


@dataclass(frozen=True, slots=True)
class Code:
    """One code. parent: id of the code above, None for a theme; colour: « #RRGGBB », empty when inherited.

    retired: nobody codes with it any more; what was coded stays.
    lines: where its parts stand in the file (line of YAML, row of a sheet): by field name, « id » for the code as
    a whole, and by cue; no part of its content.
    """

    id: str
    label: str
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    colour: str = ""
    cues: Cues = Cues()
    retired: bool = False
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def line(self, part: str = "id") -> int:
        """Line of a field or of a cue, else of the code; 0 when it comes from no file."""
        return self.lines.get(part, self.lines.get("id", 0))


@dataclass(frozen=True)
class Codebook:
    """Codes in the order of the file. A code without parent hangs on the one named before its last dot, if any.

    Unknown parents, cycles and duplicates are left for `check` to report: every method ends nevertheless.
    """

    id: str
    label: str
    version: int = 1
    codes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        known = {code.id for code in self.codes}
        codes = tuple(
            replace(code, parent=implied)
            if code.parent is None and (implied := implied_parent(code.id, known)) is not None
            else code
            for code in self.codes
        )
        object.__setattr__(self, "codes", codes)

    @cached_property
    def by_id(self) -> Mapping[str, Code]:
        """The first code of each id."""
        return {code.id: code for code in reversed(self.codes)}

    @cached_property
    def children(self) -> Mapping[str, tuple[Code, ...]]:
        """The codes right under each code that has some."""
        found: dict[str, list[Code]] = {}
        for code in self.codes:
            if code.parent is not None:
                found.setdefault(code.parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    def path(self, code: str) -> tuple[Code, ...]:
        """The code and what it hangs on, the theme first; empty for an unknown code."""
        path: list[Code] = []
        current = self.by_id.get(code)
        while current is not None and current not in path:
            path.append(current)
            current = self.by_id.get(current.parent or "")
        return tuple(reversed(path))

    def theme(self, code: str) -> str:
        """Id of the theme that a code belongs to: itself when it hangs on nothing."""
        path = self.path(code)
        return path[0].id if path else code

    def colour(self, code: str) -> str:
        """« #RRGGBB » of the code or of the nearest code above that has one, else empty."""
        return next((step.colour for step in reversed(self.path(code)) if step.colour), "")

    def in_use(self) -> Codebook:
        """The same codes, without the cues of those that are retired: they are proposed no more."""
        codes = tuple(replace(code, cues=Cues()) if code.retired else code for code in self.codes)
        return replace(self, codes=codes)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything but the version number, in hexadecimal: equal for equal codes and cues."""
        content = [self.id, self.label, [_content(code) for code in self.codes]]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _content(code: Code) -> list[object]:
    texts: list[object] = [code.id, code.label, code.parent, code.definition, code.include, code.exclude, code.colour]
    cues = [code.cues.words, code.cues.lemmas, [list(p) for p in code.cues.patterns]]
    return [*texts, code.examples, *cues, *([True] if code.retired else [])]


def implied_parent(code: str, known: set[str]) -> str | None:
    """What stands before the last dot, when such a code exists."""
    before = code.rpartition(".")[0]
    return before if before in known else None
