"""Sheet « Verbatims »: one row a quotation, nobody's who did not agree, no participant code, no memo."""

from __future__ import annotations

from dataclasses import dataclass

from enquete.findings.counting import Base, Extract, Node, consents, merge, strictest, tree
from enquete.findings.material import Flag, Passage
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import ConsentKind, ConsentState, InterviewKind
from enquete.wording import capital, label

TO_PARAPHRASE = "[à paraphraser]"
SPOKEN = "paroles"
NOTED = "notes (pas les mots de la personne)"


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many quotations are not shown, and why; how many are shown that nobody has marked."""

    consent: int
    never: int
    paraphrase: int
    unmarked: int


def quotations(base: Base) -> tuple[Table, Withheld]:
    """The table, and what it leaves out."""
    flagged = _flagged(base)
    rows: list[tuple[Cell, ...]] = []
    consent = never = paraphrase = unmarked = 0
    for grid in base.material.codebooks:
        for node in tree(grid.codes):
            for extract in _sorted(base, merge(base.under(grid, {node.code.id}))):
                flag = _flag(extract, flagged)
                if not _may_be_quoted(base, extract):
                    consent += 1
                elif flag is Flag.NEVER:
                    never += 1
                else:
                    paraphrase += flag is Flag.PARAPHRASE
                    unmarked += flag is None
                    rows.append(_row(base, node, extract, flag))
    return Table("Verbatims", _columns(base), tuple(rows)), Withheld(consent, never, paraphrase, unmarked)


def _columns(base: Base) -> tuple[Column, ...]:
    shown = base.material.attributes_shown
    labels = [base.material.attribute_labels.get(name, capital(name.replace("_", " "))) for name in shown]
    return (
        Column("Thème", Kind.PHRASE),
        Column("Code", Kind.PHRASE),
        Column("Vague", Kind.SHORT),
        Column("Qui parle", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        *(Column(title, Kind.SHORT) for title in labels),
        Column("Citation", Kind.LONG),
        Column("Source", Kind.SHORT),
        Column("Mots", Kind.COUNT),
        Column("Codeurs", Kind.COUNT),
    )


def _row(base: Base, node: Node, extract: Extract, flag: Flag | None) -> tuple[Cell, ...]:
    kind = base.type_of(extract)
    notes = base.interviews[extract.interview].kind is InterviewKind.NOTES
    path = " › ".join(f"{code.id} {code.label}" for code in node.path)
    return (
        node.path[0].label,
        path,
        base.wave_label(extract.wave),
        _who(base, extract),
        label(kind) if kind else "non identifié",
        *(_attribute(base, extract, name) for name in base.material.attributes_shown),
        TO_PARAPHRASE if flag is Flag.PARAPHRASE else extract.text.strip(),
        NOTED if notes else SPOKEN,
        extract.words,
        len(extract.coders),
    )


def _who(base: Base, extract: Extract) -> str:
    if extract.participant is not None:
        return base.labels[extract.participant]
    names = [base.labels[code] for code in base.present[extract.interview]]
    return " ou ".join(sorted(names, key=_number))


def _number(name: str) -> int:
    return int(name.split()[-1])


def _attribute(base: Base, extract: Extract, name: str) -> str:
    if extract.participant is None:
        return ""
    return base.people[extract.participant].attributes.get(extract.wave, {}).get(name, "")


def _sorted(base: Base, extracts: list[Extract]) -> list[Extract]:
    """By person's label, then wave, then place in the text."""
    waves = {wave: rank for rank, wave in enumerate(base.waves)}
    return sorted(extracts, key=lambda e: (_number(_who(base, e)), waves[e.wave], e.interview, e.start))


def _may_be_quoted(base: Base, extract: Extract) -> bool:
    """Everyone who may be speaking agrees, or nothing is known to the contrary."""
    voices = base.present[extract.interview] if extract.participant is None else (extract.participant,)
    states = (consents(base.people[code], ConsentKind.QUOTATION, extract.wave) for code in voices)
    return all(state in (None, ConsentState.GIVEN) for state in states)


def _flagged(base: Base) -> dict[str, list[Passage]]:
    flagged: dict[str, list[Passage]] = {}
    for passage in base.passages:
        if passage.flag is not None:
            flagged.setdefault(passage.interview, []).append(passage)
    return flagged


def _flag(extract: Extract, flagged: dict[str, list[Passage]]) -> Flag | None:
    """Words that must not be quoted under one code must not be under another: restrictions reach every overlap."""
    around = (
        p.flag
        for p in flagged.get(extract.interview, ())
        if p.flag is not Flag.CITE and p.start < extract.end and extract.start < p.end
    )
    return strictest((extract.flag, *around))
