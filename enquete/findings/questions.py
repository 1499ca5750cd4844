"""Sheet « Questions ouvertes »: how many people answered each question in each wave, and under which codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from enquete.disclosure.small_cells import mask
from enquete.findings.counting import Base, Node, tree
from enquete.findings.leads import Leads
from enquete.findings.material import Grid, Material, Question
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import RespondentType
from enquete.wording import capital, label

NAME = "Questions ouvertes"
LABELS = (
    Column("Question", Kind.PHRASE),
    Column("Répondants", Kind.PHRASE),
    Column("Grille", Kind.PHRASE),
    Column("Code", Kind.SHORT),
    Column("Question ou thème", Kind.PHRASE),
)
TREE = 4  # « Question ou thème »
_NOTE = (
    "En gras, les personnes qui ont répondu à la question ; en dessous, celles dont la réponse est codée ainsi, sur "
    "celles dont la réponse est codée avec la grille. Un code absent : personne. Ces personnes ne s'ajoutent pas à "
    "celles des entretiens."
)
_LINKED = "Un thème souligné mène à ses verbatims."


def questions(material: Material, leads: Leads) -> Table | None:
    """A block a question and type of respondent; small counts masked. None without any answer. Not for the public.

    leads: to the sheet of verbatims, see `quotations`.
    """
    everyone = Base(material.answering())
    waves = [wave for wave in everyone.waves if everyone.met[wave]]
    rows: list[tuple[Cell, ...]] = []
    depths: list[int] = []
    links: dict[tuple[int, int], tuple[str, int]] = {}
    for question in material.questions:
        base = Base(material.answering(question.key))
        for kind in _types(base):
            rows.append(_answered(base, question, kind, waves))
            depths.append(0)
            for grid, node, cells in _coded(base, kind, waves):
                target = leads.first(grid.id, node.family, question=question.key)
                if target is not None:
                    links[len(rows), TREE] = target
                rows.append((question.key, _who(kind), grid.title, node.code.id, node.code.label, *cells))
                depths.append(node.depth + 1)
    if not rows:
        return None
    titles = [
        title
        for wave in waves
        for title in (f"{everyone.wave_label(wave)}, personnes", f"{everyone.wave_label(wave)}, sur")
    ]
    columns = (*LABELS, *(Column(title, Kind.COUNT) for title in titles))
    notes = (_NOTE, _LINKED) if links else (_NOTE,)
    return Table(NAME, columns, tuple(rows), tuple(depths), TREE, notes=notes, links=links)


def _types(base: Base) -> list[RespondentType]:
    """Those who answered; a type of too few people has no block, since every cell of it would be masked."""
    people: frozenset[str] = frozenset().union(*base.met.values())
    numbers = {kind: len(base.of_type(people, kind)) for kind in base.types}
    least = {kind: 1 if kind is base.leading else base.material.threshold for kind in numbers}
    return [kind for kind, number in numbers.items() if number >= least[kind]]


def _who(kind: RespondentType) -> str:
    return capital(label(kind, 2))


def _answered(base: Base, question: Question, kind: RespondentType, waves: Sequence[str]) -> tuple[Cell, ...]:
    counts = [len(base.of_type(base.met[wave], kind)) if base.met[wave] else "" for wave in waves]
    return (question.key, _who(kind), "", "", question.label, *(cell for count in counts for cell in (count, "")))


def _coded(base: Base, kind: RespondentType, waves: Sequence[str]) -> Iterator[tuple[Grid, Node, list[Cell]]]:
    """The codes that somebody's answer has, with their cells."""
    for grid in base.material.codebooks:
        known = {wave: base.coded_people(grid, kind, wave) for wave in waves}
        for node in tree(grid.codes):
            passages = [(p.wave, p.participant) for p in base.under(grid, node.family) if p.participant]
            said = {wave: base.of_type({who for when, who in passages if when == wave}, kind) for wave in waves}
            if any(said.values()):
                yield grid, node, _cells(base, waves, said, known)


def _cells(
    base: Base, waves: Sequence[str], said: Mapping[str, frozenset[str]], known: Mapping[str, frozenset[str]]
) -> list[Cell]:
    cells: list[Cell] = []
    for wave in waves:
        asked = bool(base.met[wave])
        cells += [mask(len(said[wave]), base.material.threshold), len(known[wave])] if asked else ["", ""]
    return cells
