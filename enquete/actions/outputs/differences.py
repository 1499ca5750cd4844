"""What the public could compute: from two outputs of one study made of different selections, from what people wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from enquete.actions.outputs.analyses import FOLDER, named
from enquete.actions.study import Study
from enquete.disclosure.subtraction import subtracted
from enquete.errors import EnqueteError, Problem
from enquete.findings.analysis import XLSX, Analysis
from enquete.findings.material import Material
from enquete.findings.public.groups import counted_together
from enquete.findings.written.people_told import counts_of_people
from enquete.model import Audience
from enquete.store.outputs import outputs

Gather = Callable[[Analysis], Material]

WHOLE = "synthese"  # name of the documents made from the whole study


def beside_others(study: Study, folder: PurePosixPath, material: Material, gather: Gather) -> Material:
    """The same, told which other selections the public holds documents of.

    folder: where those are, in the study. Raises EnqueteError(ANALYSIS_SUBTRACTS) where fewer people than the threshold
    would be counted by subtraction: from the synthesis of the whole study, made or not yet, or from one of the others.
    """
    mine = material.analysis
    others = dict(_others(study, folder, mine.name))
    ours = counted_together(material)
    for name, other in ({"": Analysis()} | others).items():
        if other is None or name == mine.name:
            continue
        theirs = gather(other)
        threshold = min(material.threshold, theirs.threshold)
        part = subtracted(ours, counted_together(theirs), threshold)
        if part:
            where = f"{mine.name}.toml" if mine.name else ""
            title = _title(name, other)
            raise EnqueteError(Problem.ANALYSIS_SUBTRACTS, where=where, other=title, threshold=threshold, part=part)
    return replace(material, beside=tuple(_title(*one) for one in others.items()))


def told(material: Material) -> Iterator[str]:
    """What to know before the documents leave."""
    if material.beside:
        others = ", ".join(f"« {title} »" for title in material.beside)
        yield (
            f"Attention : le public peut aussi lire {others}. Qui compare deux documents peut retrouver un nombre que "
            "l'un des deux masque : n'en diffusez qu'un, si possible."
        )
    counting = [piece.code for piece in material.pieces if any(counts_of_people(piece))]
    if counting:
        yield (
            f"Attention, {', '.join(counting)} : des personnes sont comptées dans le texte, et rien ne le masque "
            "(« enquete constat verifier », « enquete recommandation verifier » ou « enquete bilan verifier »)."
        )


def _others(study: Study, folder: PurePosixPath, mine: str) -> Iterator[tuple[str, Analysis | None]]:
    """(name, what it asks for) of those whose documents are out; None for what is gone or wrong by now."""
    with study.database() as db:
        held = [one for one in outputs(db) if one.audience == Audience.PUBLIC and one.destroyed_at is None]
    paths = [path for one in held if (path := PurePosixPath(one.name)).parent == folder]
    known = {WHOLE, *(path.stem for path in (study.folder / FOLDER).glob("*.toml"))}
    names = {path.stem for path in paths if path.suffix == f".{XLSX}" or path.stem in known}
    for name in sorted(names - {mine or WHOLE}):
        if name == WHOLE:
            yield "", Analysis()
            continue
        try:
            yield name, named(study, name)[0]
        except EnqueteError:
            yield name, None


def _title(name: str, analysis: Analysis | None) -> str:
    return (analysis.title if analysis else "") or name or "Synthèse"
