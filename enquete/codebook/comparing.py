"""What changed from one version of a codebook to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enquete.codebook.types import Code, Codebook

TEXTS = {"definition": "définition", "include": "à inclure", "exclude": "à exclure"}
_OTHER = {"label": "libellé", "parent": "place dans l'arbre", "examples": "exemples", "cues": "indices",
          "colour": "couleur"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """A code of both versions. parts: in French, what differs: « définition », « libellé »…"""

    before: Code
    after: Code
    parts: tuple[str, ...]

    @property
    def redefined(self) -> bool:
        """Whether what counts as this code may have changed."""
        return any(part in TEXTS.values() for part in self.parts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """gone: code of the former version -> the code that stands for it now, « » for none."""

    added: tuple[Code, ...]
    gone: Mapping[str, str]
    retired: tuple[Code, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.retired or self.changed)


def compared(before: Codebook, after: Codebook, followed: Mapping[str, str] | None = None) -> Comparison:
    """followed: former id -> present id of codes renamed or merged, as far as that was noted.

    A code that is gone whose label and definition a new one bears was renamed by hand.
    """
    followed = {old: new for old, new in (followed or {}).items() if old not in after.by_id and new in after.by_id}
    gone = [code for code in before.codes if code.id not in after.by_id]
    new = [code for code in after.codes if code.id not in before.by_id]
    ways = {code.id: followed.get(code.id) or _twin(code, new) for code in gone}
    renamed = {now: old for old, now in reversed(ways.items()) if now and now not in before.by_id}
    changed, retired = [], []
    for code in after.codes:
        former = before.by_id.get(renamed.get(code.id, code.id))
        if former is None:
            continue
        if parts := tuple(_parts(former, code, ways)):
            changed.append(Changed(former, code, parts))
        if code.retired and not former.retired:
            retired.append(code)
    added = tuple(code for code in new if code.id not in renamed)
    return Comparison(added, ways, tuple(retired), tuple(changed))


def _twin(code: Code, new: list[Code]) -> str:
    told = (code.label, code.definition)
    return next((other.id for other in new if (other.label, other.definition) == told), "")


def _parts(before: Code, after: Code, ways: Mapping[str, str]) -> Iterator[str]:
    for field, word in (TEXTS | _OTHER).items():
        one, other = getattr(before, field), getattr(after, field)
        if field == "parent" and one is not None:
            one = ways.get(one) or one
        if one != other:
            yield word
    if before.retired and not after.retired:
        yield "de nouveau proposé"


def comparison_lines(found: Comparison, after: Codebook) -> list[str]:
    """What changed, in French, a line a code."""
    lines = [f"  ajouté : {code.id}  {code.label}" for code in found.added]
    for old, new in found.gone.items():
        lines.append(f"  {old} est devenu {new}  {after.by_id[new].label}" if new else f"  ôté : {old}")
    lines += [f"  retiré : {code.id}  {code.label}" for code in found.retired]
    for one in found.changed:
        again = " (redéfini : l'accord est à mesurer de nouveau)" if one.redefined else ""
        lines.append(f"  modifié : {one.after.id}, {', '.join(one.parts)}{again}")
    return lines
