"""Who speaks of each theme in one wave, in the other, in both: among people met and coded in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.disclosure.small_cells import mask
from enquete.findings.counting import Base, Node, tree
from enquete.findings.material import Grid, InterviewFacts
from enquete.findings.readme import NEVER_ADDED, SILENCE
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.themes import CODE_COLUMNS, TREE
from enquete.model import InterviewKind, RespondentType
from enquete.wording import capital, label, n


@dataclass(frozen=True, slots=True)
class Change:
    """Codes of people, by what became of a theme. silent: they speak of it neither time."""

    node: Node
    gained: tuple[str, ...]
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def spoken(self) -> bool:
        return bool(self.gained or self.kept or self.lost)


@dataclass(frozen=True, slots=True)
class Compared:
    """One codebook, one type of respondents.

    people: those met and coded in both waves. pending: those met in both of whom an interview is not coded yet, with
    its codes. gone: not met again; new: met in the second wave only. unlinked: passages of both waves whose voice is
    linked to nobody. unfinished: interviews of `people` that no coder has said to have coded whole.
    """

    grid: Grid
    kind: RespondentType
    people: tuple[str, ...]
    pending: Mapping[str, tuple[str, ...]]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    changes: tuple[Change, ...]
    unlinked: int
    unfinished: tuple[str, ...]


def compare(base: Base, first: str, second: str, whole: frozenset[str]) -> list[Compared]:
    """By codebook and type; types that nobody met has are left out. whole: interviews said to be coded whole."""
    met = {wave: _met(base, wave) for wave in (first, second)}
    found = []
    for grid in base.material.codebooks:
        coded = {interview.code for interview in base.coded(grid)}
        for kind in base.types:
            people = {wave: base.of_type(met[wave], kind) for wave in met}
            if people[first] or people[second]:
                found.append(_compared(base, grid, kind, people, met, coded, whole))
    return found


def _met(base: Base, wave: str) -> Mapping[str, list[InterviewFacts]]:
    """person -> their interviews in a wave; answers to open questions are no interview."""
    met: dict[str, list[InterviewFacts]] = {}
    for interview in base.interviews.values():
        if interview.wave == wave and interview.kind is not InterviewKind.ANSWER:
            for code in base.present[interview.code]:
                met.setdefault(code, []).append(interview)
    return met


def _compared(
    base: Base,
    grid: Grid,
    kind: RespondentType,
    people: Mapping[str, frozenset[str]],
    met: Mapping[str, Mapping[str, Sequence[InterviewFacts]]],
    coded: set[str],
    whole: frozenset[str],
) -> Compared:
    first, second = met
    again = sorted(people[first] & people[second])
    texts = {code: [i.code for wave in met for i in met[wave][code]] for code in again}
    pending = {code: left for code in again if (left := tuple(i for i in texts[code] if i not in coded))}
    both = tuple(code for code in again if code not in pending)
    read = {text for code in both for text in texts[code]}
    unlinked = [p for p in base.passages if p.codebook == grid.id and p.participant is None and p.interview in read]
    return Compared(
        grid,
        kind,
        both,
        pending,
        tuple(sorted(people[first] - people[second])),
        tuple(sorted(people[second] - people[first])),
        tuple(_change(base, grid, node, both, (first, second), read) for node in tree(grid.codes)),
        len(unlinked),
        tuple(sorted(read - whole)),
    )


def _change(base: Base, grid: Grid, node: Node, both: Sequence[str], waves: tuple[str, str], read: set[str]) -> Change:
    before, after = (
        {p.participant for p in base.under(grid, node.family) if p.wave == wave and p.interview in read}
        for wave in waves
    )
    return Change(
        node,
        tuple(code for code in both if code in after and code not in before),
        tuple(code for code in both if code in after and code in before),
        tuple(code for code in both if code in before and code not in after),
        tuple(code for code in both if code not in before and code not in after),
    )


# --- in words


def lines(found: Sequence[Compared], first: str, second: str) -> Iterator[str]:
    """What became of each theme, who is meant, and who is not compared. first, second: codes of the waves."""
    several = len({one.grid.id for one in found}) > 1
    for one in found:
        title = f"{one.grid.title}, " if several else ""
        who = capital(title + label(one.kind, 2))
        seen = "vue et codée" if len(one.people) < 2 else "vues et codées"
        yield f"{who} : {n('personne', len(one.people))} {seen} en {first} et en {second}."
        yield from _apart(one, first, second, " avec cette grille" if several else "")
        if one.people:
            yield from _changes(one)
        yield ""
    if any(one.people for one in found):
        yield SILENCE
    if len({one.kind for one in found}) > 1:
        yield NEVER_ADDED


def _apart(one: Compared, first: str, second: str, grid: str) -> Iterator[str]:
    if one.pending:
        told = ", ".join(f"{code} ({', '.join(texts)})" for code, texts in one.pending.items())
        yield f"  pas encore codé{grid}, donc pas comparé : {told}"
    if one.gone:
        yield f"  {_seen(one.gone, f'vue en {first}, pas revue en {second}')} : {', '.join(one.gone)}"
    if one.new:
        yield f"  {_seen(one.new, f'vue en {second} seulement')} : {', '.join(one.new)}"
    if one.unfinished and one.people:
        yield (
            f"  codé en partie peut-être ({', '.join(one.unfinished)} : personne ne l'a dit codé en entier) ; un thème "
            "qui y manque y est peut-être."
        )
    if one.unlinked:
        yield f"  {n('passage', one.unlinked)} sans locuteur connu, comptés pour personne."


def _seen(people: Sequence[str], words: str) -> str:
    """« 3 personnes vues en v1, pas revues en v2 »."""
    if len(people) > 1:
        words = words.replace("vue ", "vues ").replace("revue ", "revues ")
    return f"{n('personne', len(people))} {words}"


def _changes(one: Compared) -> Iterator[str]:
    told = [change for change in one.changes if change.spoken]
    for change in told:
        parts = [
            f"{word} chez {len(people)} ({', '.join(people)})"
            for word, people in (("apparu", change.gained), ("resté", change.kept), ("disparu", change.lost))
            if people
        ]
        yield f"  {'  ' * change.node.depth}{change.node.code.id} {change.node.code.label} : {' ; '.join(parts)}"
    silent = len(one.changes) - len(told)
    if silent:
        yield f"  {n('code', silent)} dont personne ne parle, ni avant ni après."


# --- as a sheet


def table(found: Sequence[Compared], threshold: int, *, named: bool) -> Table:
    """A row a code and type. threshold: people under which a count is « quelques »; named: the people too, by code."""
    rows: list[tuple[Cell, ...]] = []
    depths = []
    for one in found:
        for change in one.changes:
            groups = (change.gained, change.kept, change.lost, change.silent)
            counts = [mask(len(group), threshold) for group in groups]
            people = [", ".join(group) for group in groups[:3]] if named else []
            code = change.node.code
            who = capital(label(one.kind, 2))
            rows.append((one.grid.title, code.id, code.label, who, *counts, len(one.people), *people))
            depths.append(change.node.depth)
    words = ("apparu", "resté", "disparu")
    columns = (
        *CODE_COLUMNS,
        Column("Répondants", Kind.PHRASE),
        *(Column(f"{capital(word)} chez", Kind.COUNT) for word in words),
        Column("N'en parlent jamais", Kind.COUNT),
        Column("Sur", Kind.COUNT),
        *(Column(f"{capital(word)} : qui", Kind.PHRASE) for word in words if named),
    )
    return Table("Thèmes", columns, tuple(rows), tuple(depths), TREE)


def apart_table(found: Sequence[Compared], first: str, second: str, threshold: int, *, named: bool) -> Table:
    """Who is not compared, and why."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        who = capital(label(one.kind, 2))
        for why, people in (
            (f"vues et codées en {first} et en {second} : comparées", one.people),
            ("vues deux fois, un entretien pas encore codé", tuple(one.pending)),
            (f"vues en {first}, pas revues en {second}", one.gone),
            (f"vues en {second} seulement", one.new),
        ):
            told = (", ".join(people),) if named else ()
            rows.append((one.grid.title, who, capital(why), mask(len(people), threshold), *told))
    columns = [Column("Grille", Kind.PHRASE), Column("Répondants", Kind.PHRASE), Column("Personnes", Kind.PHRASE)]
    columns += [Column("Nombre", Kind.COUNT), *([Column("Codes", Kind.PHRASE)] if named else [])]
    return Table("Qui est comparé", tuple(columns), tuple(rows))
