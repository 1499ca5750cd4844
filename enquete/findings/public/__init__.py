"""The synthesis for the public: nobody to be recognised by combination or by arithmetic."""

from __future__ import annotations

from enquete.findings.counting import Base
from enquete.findings.material import Material
from enquete.findings.public.counts import Public
from enquete.findings.public.quotations import quotations, quoted_codes, table
from enquete.findings.public.tables import profile, themes, themes_by_wave
from enquete.findings.public.texts import method, readme
from enquete.findings.tables import Synthesis


def synthesise_for_the_public(material: Material) -> Synthesis:
    """Counts of people alone, small ones hidden with those that would give them back; words that were signed off."""
    public = Public(Base(material))
    found = quotations(public)
    quoted = quoted_codes(found)
    counted = {
        (grid.id, kind): counts
        for grid in material.codebooks
        for kind in public.met
        if (counts := public.grid_counts(grid, kind, quoted.get((grid.id, kind), frozenset()))) is not None
    }
    waves = themes_by_wave(public, counted)
    return Synthesis(
        title=f"Synthèse – {material.title}",
        readme=readme(public, has_waves=waves is not None),
        profile=profile(public),
        themes=themes(public, counted),
        waves=waves,
        quotations=table(public, found, counted),
        method=method(public, has_waves=waves is not None),
    )
