"""Sheet « Verbatims » for the team and the project group: one row a quotation, nobody's who did not agree, no memo.

The team reads codes of participants, every attribute and words that must not leave it; the project group a label of
this output and broad attributes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enquete.findings.counting import Base, Extract, Node, consents, merge, strictest, tree
from enquete.findings.leads import Leads, Quoted, code_rows
from enquete.findings.material import Flag, Passage
from enquete.findings.naming import with_labels
from enquete.findings.profile import attribute_title
from enquete.findings.sheets import QUOTATIONS, THEMES
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.written.types import Remark
from enquete.model import Audience, ConsentKind, ConsentState, InterviewKind
from enquete.wording import label

TO_PARAPHRASE = "[à paraphraser]"
SPOKEN = "paroles"
NOTED = "notes (pas les mots de la personne)"
PARAPHRASED = "paraphrase (pas les mots de la personne)"
SHEET = QUOTATIONS
MARKS = {Flag.CITE: "à citer", Flag.PARAPHRASE: "à paraphraser", Flag.NEVER: "ne jamais citer", None: ""}


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many quotations are not shown, and why; how many are shown that nobody has marked.

    unmarked_hidden: not marked, and not shown since the study asks for a mark. paraphrased: of those to paraphrase, how
    many are said in other words.
    """

    consent: int
    never: int
    paraphrase: int
    paraphrased: int
    unmarked: int
    unmarked_hidden: int


def quotations(base: Base, audience: Audience) -> tuple[Table, Withheld, Leads]:
    """The table, what it leaves out, and what its rows quote. Not for the public: see `findings.public`."""
    team = audience is Audience.TEAM
    flags = flagged(base)
    rows: list[tuple[Cell, ...]] = []
    quoted: list[Quoted] = []
    consent = never = paraphrase = paraphrased = unmarked = unmarked_hidden = 0
    for grid in base.material.codebooks:
        for node in tree(grid.codes):
            for extract in _sorted(base, merge(base.under(grid, {node.code.id}))):
                flag = flag_of(extract, flags)
                if not may_be_quoted(base, extract):
                    consent += 1
                elif flag is Flag.NEVER and not team:
                    never += 1
                elif flag is None and not team and not base.material.unmarked_shown:
                    unmarked_hidden += 1
                else:
                    paraphrase += flag is Flag.PARAPHRASE
                    paraphrased += flag is Flag.PARAPHRASE and _in_other_words(base, extract) != TO_PARAPHRASE
                    unmarked += flag is None
                    question = base.interviews[extract.interview].question
                    quoted.append(Quoted(question, grid.id, node.code.id, extract))
                    rows.append((_team_row if team else _group_row)(base, node, extract, flag))
    places = {} if base.material.only_answers else code_rows(base.material.codebooks)
    links = {
        (row, CODE): (THEMES, places[one.grid, one.code])
        for row, one in enumerate(quoted)
        if (one.grid, one.code) in places
    }
    columns = _team_columns(base) if team else _group_columns(base)
    withheld = Withheld(consent, never, paraphrase, paraphrased, unmarked, unmarked_hidden)
    return Table(SHEET, columns, tuple(rows), links=links), withheld, Leads(quoted)


def _group_columns(base: Base) -> tuple[Column, ...]:
    return (
        *_PLACE,
        Column("Vague", Kind.SHORT),
        Column("Qui parle", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        *attribute_columns(base, base.material.attributes_shown),
        *_words(base),
    )


def _group_row(base: Base, node: Node, extract: Extract, flag: Flag | None) -> tuple[Cell, ...]:
    words = _in_other_words(base, extract) if flag is Flag.PARAPHRASE else extract.text.strip()
    measures = _measures(base, extract)
    if flag is Flag.PARAPHRASE and words != TO_PARAPHRASE:
        measures = (PARAPHRASED, *measures[1:])
    return (
        *_place(node),
        base.wave_label(extract.wave),
        _label(base, extract),
        _respondent(base, extract),
        *(_attribute(base, extract, name) for name in base.material.attributes_shown),
        words,
        *measures,
    )


def _in_other_words(base: Base, extract: Extract) -> str:
    """What somebody wrote to stand for these words, people by their labels; else that it is to be written."""
    found = paraphrases_of(base, extract.interview, extract.start, extract.end)
    return with_labels(" […] ".join(one.body for one in found), base.labels) or TO_PARAPHRASE


def paraphrases_of(base: Base, interview: str, start: int, end: int) -> list[Remark]:
    """What stands for a part of these words, in the order of the text."""
    return [one for one in base.paraphrases.get(interview, ()) if one.start < end and start < one.end]


def _team_columns(base: Base) -> tuple[Column, ...]:
    return (
        *_PLACE,
        Column("Vague", Kind.SHORT),
        Column("Participant", Kind.SHORT),
        Column("Entretien ou réponse" if base.material.answers else "Entretien", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        Column("Marque", Kind.SHORT),
        *attribute_columns(base, base.attributes),
        *_words(base),
        *((_UPHELD,) if base.some_upheld else ()),
    )


def _team_row(base: Base, node: Node, extract: Extract, flag: Flag | None) -> tuple[Cell, ...]:
    return (
        *_place(node),
        base.wave_label(extract.wave),
        extract.participant or " ou ".join(base.present[extract.interview]),
        extract.interview,
        _respondent(base, extract),
        MARKS[flag],
        *(_attribute(base, extract, name) for name in base.attributes),
        extract.text.strip(),
        *_measures(base, extract),
        *(("maintenu" if extract.upheld else "",) if base.some_upheld else ()),
    )


_UPHELD = Column("Désaccord", Kind.SHORT)
_PLACE = (Column("Thème", Kind.PHRASE), Column("Code", Kind.PHRASE))
CODE = 1  # « Code », which leads to its row in « Thèmes »


def _words(base: Base) -> tuple[Column, ...]:
    return (
        Column("Citation", Kind.LONG),
        source_column(base),
        Column("Mots", Kind.COUNT),
        Column("Codeurs", Kind.COUNT),
    )


def source_column(base: Base) -> Column:
    """Wider where questions stand in it."""
    return Column("Source", Kind.PHRASE if base.material.answers else Kind.SHORT)


def source(base: Base, interview: str) -> str:
    """Where words come from: said, noted, or written in answer to a question."""
    text = base.interviews[interview]
    if text.question:
        return f"réponse à la question « {base.question_labels[text.question]} »"
    return NOTED if text.kind is InterviewKind.NOTES else SPOKEN


def attribute_columns(base: Base, names: Sequence[str]) -> tuple[Column, ...]:
    """A column an attribute; one that bears the name of another column (« Code ») is told apart."""
    others = {"Vague", "Participant", "Entretien", "Entretien ou réponse", "Répondant", "Marque", "Qui parle"}
    taken = {column.title for column in (*_PLACE, *_words(base), _UPHELD)} | others
    titles = [attribute_title(base, name) for name in names]
    return tuple(Column(f"{title} (caractéristique)" if title in taken else title, Kind.SHORT) for title in titles)


def _place(node: Node) -> tuple[str, str]:
    return node.path[0].label, " › ".join(f"{code.id} {code.label}" for code in node.path)


def _measures(base: Base, extract: Extract) -> tuple[Cell, ...]:
    return source(base, extract.interview), extract.words, len(extract.coders)


def _respondent(base: Base, extract: Extract) -> str:
    voices = base.present[extract.interview] if extract.participant is None else (extract.participant,)
    types = {base.people[code].type for code in voices}  # whatever they are counted as
    return label(types.pop()) if len(types) == 1 else "non identifié"


def _label(base: Base, extract: Extract) -> str:
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
    """Interviews, then the answers to each question: by person's label, then wave, then place in the text."""
    waves = {wave: rank for rank, wave in enumerate(base.waves)}

    def place(extract: Extract) -> tuple[int, int, int, str, int]:
        asked = base.rank[base.interviews[extract.interview].question]
        return asked, _number(_label(base, extract)), waves[extract.wave], extract.interview, extract.start

    return sorted(extracts, key=place)


def may_be_quoted(base: Base, extract: Extract, *, silence: bool = True) -> bool:
    """Everyone who may be speaking agrees. silence: whether somebody of whom nothing is known counts as agreeing."""
    voices = base.present[extract.interview] if extract.participant is None else (extract.participant,)
    states = (consents(base.people[code], ConsentKind.QUOTATION, extract.wave) for code in voices)
    return all(state is ConsentState.GIVEN or (silence and state is None) for state in states)


def flagged(base: Base) -> Mapping[str, Sequence[Passage]]:
    """interview -> its passages that bear a flag."""
    found: dict[str, list[Passage]] = {}
    for passage in base.passages:
        if passage.flag is not None:
            found.setdefault(passage.interview, []).append(passage)
    return found


def flag_of(extract: Extract, flags: Mapping[str, Sequence[Passage]]) -> Flag | None:
    """Words that must not be quoted under one code must not be under another: restrictions reach every overlap."""
    around = (
        p.flag
        for p in flags.get(extract.interview, ())
        if p.flag is not Flag.CITE and p.start < extract.end and extract.start < p.end
    )
    return strictest((extract.flag, *around))
