"""The synthesis for the public: nobody to be recognised by combination or by arithmetic."""

from __future__ import annotations

from dataclasses import replace

from enquete.findings.coding_tables import codebook
from enquete.findings.counting import Base
from enquete.findings.essential import essential
from enquete.findings.leads import NOWHERE
from enquete.findings.material import Material
from enquete.findings.method import provenance
from enquete.findings.profile import ANSWERED
from enquete.findings.public import crossings as crossed
from enquete.findings.public.counts import Public
from enquete.findings.public.questions import asked
from enquete.findings.public.questions import table as questions_table
from enquete.findings.public.quotations import quotations, quoted_people, table
from enquete.findings.public.tables import profile, themes, themes_by_wave
from enquete.findings.public.texts import method, readme
from enquete.findings.public.written import PublicShowing
from enquete.findings.sheets import THEMES
from enquete.findings.tables import Synthesis, Table
from enquete.findings.themes import CODE
from enquete.findings.written.tables import assessment_table, findings_table, recommendations_table
from enquete.model import Audience


def synthesise_for_the_public(material: Material) -> Synthesis:
    """Counts of people alone, small ones hidden with those that would give them back; words that were signed off."""
    public = Public(Base(material))
    found = quotations(public)
    quoted = quoted_people(found)
    asked_for = () if material.only_answers else crossed.asked(public)
    counted = {
        (grid.id, kind): counts
        for grid in material.codebooks
        for kind in public.met
        if (counts := public.grid_counts(grid, kind, quoted.get((grid.id, kind), {}), crossings=asked_for)) is not None
    }
    by_value = crossed.tables(public, asked_for, counted)
    waves = themes_by_wave(public, counted)
    questions = asked(material)
    people = None if material.only_answers else themes(public, counted)
    told = [*found, *(quotation for one in questions for quotation in one.quotations)]
    showing = PublicShowing(Base(material.everything()), Audience.PUBLIC, NOWHERE, people, told)
    made = Synthesis(
        title=material.heading,
        readme=readme(public, ()),
        profile=profile(Public(Base(material.answering())), ANSWERED) if material.only_answers else profile(public),
        themes=people,
        waves=waves,
        questions=questions_table(questions),
        quotations=table(public, found, counted, [(one.public, one.quotations) for one in questions]),
        crossings=tuple(one for _, one in by_value if one),
        method=method(public, has_waves=waves is not None, crossings=by_value),
        audience=Audience.PUBLIC,
        provenance=provenance(public.base),
        codebook=_codebook(material, people),
        findings_table=findings_table(showing),
        recommendations_table=recommendations_table(showing),
        assessment_table=assessment_table(showing),
        findings=showing.findings,
        recommendations=showing.recommendations(),
        assessment=showing.assessment(),
    )
    made = replace(made, essential=essential(made))
    _, *sheets = made.sheets
    return replace(made, readme=readme(public, [sheet.name for sheet in sheets]))


def _codebook(material: Material, people: Table | None) -> Table | None:
    """What the codes mean; those that have a row in « Thèmes » lead to it."""
    found = codebook(material)
    rows = {cells[:2]: row for row, cells in enumerate(people.rows)} if people else {}
    if found is None:
        return None
    places = ((row, rows.get(cells[:2])) for row, cells in enumerate(found.rows))
    return replace(found, links={(row, CODE): (THEMES, place) for row, place in places if place is not None})
