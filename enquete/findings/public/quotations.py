"""Sheet « Verbatims » for the public: words flagged « à citer » and signed off, that no two of them tell one person.

No label, no wave, no count beside the words; rows of a code in alphabetical order, which follows nobody. What stands
beside them could still count people: two quotations with other attributes are two people. Attributes are therefore
shown only where every count that a quotation adds to is shown, or has nobody else's beside it, for all the codes that
these words bear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enquete.disclosure.combinations import NOT_SHOWN, Values
from enquete.findings.counting import Extract, Node, merge, tree
from enquete.findings.material import Flag, Passage
from enquete.findings.public.counts import Counted, Public
from enquete.findings.public.ties import Quoted
from enquete.findings.quotations import attribute_columns, flag_of, flagged, may_be_quoted, source, source_column
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import RespondentType
from enquete.wording import label


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words under one code of one codebook."""

    grid: str
    node: Node
    extract: Extract
    kind: RespondentType


def quotations(public: Public) -> list[Quotation]:
    """Those that may be shown: signed, agreed to in so many words, of a type of whom enough people were met."""
    base = public.base
    signed = [p for p in base.passages if p.signed and p.flag is Flag.CITE]
    flags = flagged(base)
    found = []
    for grid in base.material.codebooks:
        for node in tree(grid.codes):
            mine = (p for p in signed if p.codebook == grid.id and p.code == node.code.id)
            for extract in merge(mine):
                kind = base.type_of(extract)
                free = flag_of(extract, flags) is Flag.CITE and may_be_quoted(base, extract, silence=False)
                if free and kind is not None and kind in public.met and len(public.met[kind]) >= public.k:
                    found.append(Quotation(grid.id, node, extract, kind))
    return found


def quoted_people(found: Iterable[Quotation]) -> Mapping[tuple[str, RespondentType], Quoted]:
    """(codebook, type) -> people quoted under each code."""
    people: dict[tuple[str, RespondentType], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        people[one.grid, one.kind][one.node.code.id].add(one.extract.participant or "")
    return {key: {code: frozenset(who) for code, who in by_code.items()} for key, by_code in people.items()}


def table(
    public: Public,
    found: Sequence[Quotation],
    counted: Counted,
    answers: Sequence[tuple[Public, Sequence[Quotation]]] = (),
) -> Table:
    """A row a quotation and code. answers: those of each question; nothing of the person stands beside them."""
    columns = (
        Column("Thème", Kind.PHRASE),
        Column("Code", Kind.PHRASE),
        Column("Répondant", Kind.SHORT),
        *attribute_columns(public.base, public.base.material.attributes_shown),
        Column("Citation", Kind.LONG),
        source_column(public.base),
    )
    open_words = _open_words(public, found, counted)
    nothing = (NOT_SHOWN,) * len(public.base.material.attributes_shown)
    by_code: dict[tuple[str, str], set[tuple[Cell, ...]]] = defaultdict(set)
    for one in found:
        person = one.extract.participant if _is_open(one.extract, open_words) else None
        beside = nothing if person is None else public.broad[person]
        by_code[one.grid, one.node.code.id].add(_row(public, one, beside))
    for asked, group in answers:
        for one in group:
            by_code[one.grid, one.node.code.id].add(_row(asked, one, nothing))
    rows: list[tuple[Cell, ...]] = []
    for grid in public.base.material.codebooks:
        for node in tree(grid.codes):
            rows += sorted(by_code[grid.id, node.code.id], key=_alphabetically)
    return Table("Verbatims", columns, tuple(rows))


def _alphabetically(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return (str(row[-2]).casefold(), *map(str, row))


def _row(public: Public, one: Quotation, beside: Values) -> tuple[Cell, ...]:
    extract = one.extract
    return (
        one.node.path[0].label,
        " › ".join(f"{code.id} {code.label}" for code in one.node.path),
        label(one.kind),
        *beside,
        extract.text.strip(),
        source(public.base, extract.interview),
    )


_Count = tuple[str, RespondentType, str, str, str]  # codebook, type, code, attribute, value
_Open = Mapping[str, Sequence[tuple[Extract, bool]]]  # by interview: in a large study there are thousands of them


def _open_words(public: Public, found: Sequence[Quotation], counted: Counted) -> _Open:
    """Words that overlap, whatever their codes, as one: whether attributes may stand beside them."""
    beside: dict[_Count, set[Values | None]] = defaultdict(set)
    for one in found:
        for count, hidden in _adds_to(one, counted):
            if hidden:
                beside[count].add(public.broad.get(one.extract.participant or ""))
    closed: dict[str, list[Extract]] = defaultdict(list)
    for one in found:
        if any(hidden and len(beside[count]) > 1 for count, hidden in _adds_to(one, counted)):
            closed[one.extract.interview].append(one.extract)
    words: dict[str, list[tuple[Extract, bool]]] = defaultdict(list)
    for joined in merge([replace(_as_passage(one), code="", codebook="") for one in found]):
        is_open = not any(_overlap(extract, joined) for extract in closed[joined.interview])
        words[joined.interview].append((joined, is_open))
    return words


def _adds_to(one: Quotation, counted: Counted) -> Iterator[tuple[_Count, bool]]:
    """Each count that somebody who is quoted is one of, and whether it is hidden: codes, then cells of crossings."""
    counts = counted.get((one.grid, one.kind))
    for code in one.node.path:
        yield (one.grid, one.kind, code.id, "", ""), counts is None or not isinstance(counts.people[code.id], int)
    theme, person = one.node.path[0].id, one.extract.participant or ""
    for key, split in counts.splits.items() if counts else ():
        cells = counts.by_value.get((key, theme)) if counts else None
        if cells and person in split.of:
            value = split.of[person]
            cell = cells[split.values.index(value)]
            yield (one.grid, one.kind, theme, key, value), not isinstance(cell, int)


def _as_passage(one: Quotation) -> Passage:
    e = one.extract
    return Passage(e.interview, e.wave, e.participant, e.start, e.end, one.node.code.id, one.grid, (), e.text, 0)


def _overlap(extract: Extract, words: Extract) -> bool:
    return extract.start < words.end and words.start < extract.end


def _is_open(extract: Extract, words: _Open) -> bool:
    return all(is_open for one, is_open in words.get(extract.interview, ()) if _overlap(extract, one))
