"""Sheet « Questions ouvertes » for the public: who answered, and the codes of enough people; nothing by wave.

A small count, zero included, has no row, nor has one that would give it back: within a question, those counts are the
only ones that hang together (a theme and its sub-codes). Interviews are other words: no count of theirs is a sum, a
part or a bound of one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from enquete.findings.counting import Base, tree
from enquete.findings.material import Material, Question
from enquete.findings.public.counts import Counted, Public
from enquete.findings.public.quotations import Quotation, quotations, quoted_people
from enquete.findings.questions import LABELS, NAME, TREE
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import RespondentType
from enquete.wording import capital, label


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answers as the public may see them, what is counted of them, and those that may be quoted."""

    question: Question
    public: Public
    counted: Counted
    quotations: Sequence[Quotation]


def asked(material: Material) -> list[Asked]:
    """Each question that enough people answered."""
    found = []
    for question in material.questions:
        public = Public(Base(replace(material.answering(question.key), attributes_shown=())))
        if not public.met:
            continue
        may_be = quotations(public)
        quoted = quoted_people(may_be)
        counted = {
            (grid.id, kind): counts
            for grid in material.codebooks
            for kind in public.met
            if (counts := public.grid_counts(grid, kind, quoted.get((grid.id, kind), {}), waves=False))
        }
        found.append(Asked(question, public, counted, list(_few(may_be, counted))))
    return found


def _few(found: Iterable[Quotation], counted: Counted) -> Iterator[Quotation]:
    """Under a code whose count is hidden, one answer at most: a person gives one answer to a question, so that several
    would count people.
    """
    told: dict[tuple[str, RespondentType, str], str] = {}
    for one in sorted(found, key=lambda one: (one.extract.text.casefold(), one.extract.interview)):
        counts = counted.get((one.grid, one.kind))
        hidden = [c.id for c in one.node.path if counts is None or not isinstance(counts.people[c.id], int)]
        answers = {told.setdefault((one.grid, one.kind, code), one.extract.interview) for code in hidden}
        if answers <= {one.extract.interview}:
            yield one


def table(questions: Sequence[Asked]) -> Table | None:
    """A block a question and type of respondent. None where no question has enough answers."""
    rows: list[tuple[Cell, ...]] = []
    depths: list[int] = []
    for one in questions:
        for kind, people in one.public.met.items():
            who = capital(label(kind, 2))
            rows.append((one.question.key, who, "", "", one.question.label, len(people), ""))
            depths.append(0)
            for grid in one.public.base.material.codebooks:
                counts = one.counted.get((grid.id, kind))
                for node in tree(grid.codes) if counts else ():
                    cell = counts.people[node.code.id] if counts else ""
                    if counts and isinstance(cell, int):
                        place = (one.question.key, who, grid.title, node.code.id, node.code.label)
                        rows.append((*place, cell, counts.out_of))
                        depths.append(node.depth + 1)
    if not rows:
        return None
    columns = (*LABELS, Column("Personnes", Kind.COUNT), Column("Sur", Kind.COUNT))
    return Table(NAME, columns, tuple(rows), tuple(depths), TREE, notes=(_NOTE.format(questions[0].public.threshold),))


_NOTE = (
    "En gras, les personnes qui ont répondu à la question ; en dessous, celles dont la réponse est codée ainsi, sur "
    "celles dont la réponse est codée avec la grille. Un code absent : moins de {} personnes, zéro compris, ou un "
    "nombre qui permettrait d'en retrouver un."
)
