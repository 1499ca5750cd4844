"""From the material of a study to one output for the project group."""

from __future__ import annotations

from enquete.findings.counting import Base
from enquete.findings.material import Material
from enquete.findings.method import method
from enquete.findings.profile import profile
from enquete.findings.quotations import quotations
from enquete.findings.readme import readme
from enquete.findings.tables import Synthesis
from enquete.findings.themes import themes, themes_by_wave


def synthesise(material: Material) -> Synthesis:
    """Pure: equal material gives an equal synthesis. Suggestions never enter it."""
    base = Base(material)
    table, withheld = quotations(base)
    return Synthesis(
        title=f"Synthèse – {material.title}",
        readme=readme(base),
        profile=profile(base),
        themes=themes(base),
        waves=themes_by_wave(base),
        quotations=table,
        method=method(base, withheld),
    )
