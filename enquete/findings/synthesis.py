"""From the material of a study to one output, for one audience."""

from __future__ import annotations

from dataclasses import replace

from enquete.findings.coding_tables import agreement, codebook
from enquete.findings.counting import Base
from enquete.findings.crossings import crossings
from enquete.findings.material import Material
from enquete.findings.method import method, provenance
from enquete.findings.profile import ANSWERED, profile
from enquete.findings.public import synthesise_for_the_public
from enquete.findings.questions import questions
from enquete.findings.quotations import quotations
from enquete.findings.readme import readme
from enquete.findings.tables import Synthesis
from enquete.findings.themes import themes, themes_by_wave
from enquete.model import Audience


def synthesise(material: Material, audience: Audience = Audience.PROJECT_GROUP) -> Synthesis:
    """Pure: equal material gives an equal synthesis. Suggestions never enter it."""
    if audience is Audience.PUBLIC:
        return synthesise_for_the_public(material)
    if audience is Audience.TEAM:
        material = replace(material, threshold=1)  # nothing is hidden from it
    base = Base(material)
    table, withheld, leads = quotations(Base(material.everything()), audience)
    alone = material.only_answers
    return Synthesis(
        title=f"Synthèse – {material.title}",
        readme=readme(base, audience),
        profile=profile(Base(material.answering()), ANSWERED) if alone else profile(base),
        themes=None if alone else themes(base, leads),
        waves=None if alone else themes_by_wave(base, leads),
        questions=questions(material, leads),
        quotations=table,
        method=method(base, withheld, audience),
        audience=audience,
        crossings=() if alone else crossings(base, leads),
        codebook=codebook(material),
        agreement=agreement(material),
        provenance=provenance(base),
    )
