"""From the material of a study to one output, for one audience."""

from __future__ import annotations

from dataclasses import replace

from enquete.findings.cases.grid import cases
from enquete.findings.cases.types import types
from enquete.findings.cases_codes import cases_codes, who_speaks
from enquete.findings.coding_tables import agreement, codebook
from enquete.findings.counting import Base
from enquete.findings.crossings import crossings
from enquete.findings.essential import essential
from enquete.findings.leads import Leads
from enquete.findings.lost import lost
from enquete.findings.material import Material
from enquete.findings.method import method, provenance
from enquete.findings.new_codes import new_codes
from enquete.findings.profile import ANSWERED, profile
from enquete.findings.public import synthesise_for_the_public
from enquete.findings.questions import questions
from enquete.findings.quotations import quotations
from enquete.findings.readme import readme
from enquete.findings.selecting import labelled
from enquete.findings.tables import Synthesis, Table
from enquete.findings.themes import themes, themes_by_wave
from enquete.findings.together import together
from enquete.findings.words.specific import specific_words, turns
from enquete.findings.words.tables import contexts, vocabulary
from enquete.findings.written.departing import departure
from enquete.findings.written.departure import MARK
from enquete.findings.written.showing import Showing
from enquete.findings.written.tables import (
    assessment_table,
    findings_table,
    quotations_to_choose,
    recommendations_table,
)
from enquete.model import Audience


def synthesise(material: Material, audience: Audience = Audience.PROJECT_GROUP) -> Synthesis:
    """Pure: equal material gives an equal synthesis. Suggestions never enter it."""
    if audience is Audience.PUBLIC:
        return synthesise_for_the_public(material)
    if audience is Audience.TEAM:
        material = replace(material, threshold=1)  # nothing is hidden from it
    material = labelled(material)
    base = Base(material)
    everything = Base(material.everything())
    table, withheld, leads = quotations(everything, audience)
    alone = material.only_answers
    words = specific_words(base, turns(base))
    around = contexts(base, words) if audience is Audience.TEAM else None
    counted = None if alone else themes(base, leads)
    showing = Showing(everything, audience, leads, counted)
    made = Synthesis(
        title=material.heading,
        readme=readme(base, audience, ()),
        profile=profile(Base(material.answering()), ANSWERED) if alone else profile(base),
        themes=counted,
        waves=None if alone else themes_by_wave(base, leads),
        questions=questions(material, leads),
        quotations=quotations_to_choose(table, material, leads),
        method=method(base, withheld, audience),
        audience=audience,
        crossings=() if alone else crossings(base, leads),
        lost=None if alone else lost(base, audience),
        vocabulary=vocabulary(base, words, around),
        codebook=codebook(material),
        agreement=agreement(material),
        more=_for_the_team(base, leads, around) if audience is Audience.TEAM else (),
        provenance=provenance(base),
        cases=None if alone else cases(showing, base, leads),
        types=None if alone else types(showing, base),
        findings_table=findings_table(showing),
        recommendations_table=recommendations_table(showing),
        assessment_table=assessment_table(showing),
        findings=showing.findings,
        recommendations=showing.recommendations(),
        assessment=showing.assessment(),
    )
    made = replace(made, essential=essential(made))
    _, *sheets = made.sheets
    made = replace(made, readme=readme(base, audience, [sheet.name for sheet in sheets]))
    return _to_come_back(made, everything, leads)


def _to_come_back(made: Synthesis, everything: Base, leads: Leads) -> Synthesis:
    """What the edited sheets say, and the mark by which the workbook is known when it comes back."""
    tables = (made.findings_table, made.recommendations_table, made.assessment_table, made.quotations)
    left = departure(everything, made.audience, leads, [table for table in tables if table])
    *sections, last = made.method.sections
    marked = replace(last, lines=(*last.lines, f"{MARK} : {left.mark}."))
    return replace(made, departure=left, method=replace(made.method, sections=(*sections, marked)))


def _for_the_team(base: Base, leads: Leads, around: Table | None) -> tuple[Table, ...]:
    """What names people by their codes."""
    tables = (
        cases_codes(base, leads),
        who_speaks(base, leads),
        together(base),
        new_codes(base),
        around,
    )
    return tuple(table for table in tables if table is not None)
