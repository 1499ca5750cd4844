"""What an analysis keeps, in words: for the screen, and for the documents made from it."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.findings.analysis import DOCX, HTML, SETTLED, XLSX, Analysis
from enquete.findings.counting import Base
from enquete.findings.material import Material
from enquete.wording import label, n, number, readers

FORMAT_WORDS = {XLSX: "classeur", DOCX: "rapport", HTML: "page"}


def asked(material: Material) -> Iterator[str]:
    """What was asked for, a sentence each; nothing for the synthesis of the whole study."""
    analysis = material.analysis
    if not analysis.name:
        return
    if analysis.waves:
        yield f"Vagues retenues : {', '.join(material.waves.values())}."
    if analysis.types:
        yield f"Répondants retenus : {', '.join(label(kind, 2) for kind in analysis.types)}."
    for name, values in analysis.where.items():
        yield f"Personnes retenues : « {name} » est {' ou '.join(f'« {value} »' for value in values)}."
    if analysis.together:
        yield "Tous les types de répondants retenus sont comptés comme un seul, parce que l'analyse le demande."
    if analysis.codebooks:
        yield f"Grilles retenues : {', '.join(grid.title for grid in material.codebooks)}."
    if analysis.layer == SETTLED:
        yield (
            "Seule la version arbitrée compte, dans les entretiens où elle est entière ; les autres comptent comme non "
            "codés."
        )
    elif analysis.layer:
        yield "Seuls comptent les codages d'une seule des personnes qui ont codé."


def told(material: Material) -> Iterator[str]:
    """For the screen: what was asked for, then how many people, interviews and passages that makes."""
    analysis = material.analysis
    base = Base(material)
    yield f"{analysis.title} (analyses/{analysis.name}.toml)"
    yield from (f"  {line}" for line in (*asked(material), *material.left_out))
    if analysis.layer not in ("", SETTLED):
        yield f"  Codages de {analysis.layer}"
    everyone: frozenset[str] = frozenset().union(*base.met.values())
    for kind in base.types:
        yield f"  {n(label(kind), len(base.of_type(everyone, kind)))}"
    done = sum(bool(base.read_with(code)) for code in base.interviews)
    coded = "codé" if done < 2 else "codés"
    yield f"  {n('entretien', len(base.interviews))} dont {number(done)} {coded}, {n('passage', len(base.passages))}"
    if material.answers:
        answers = Base(material.answering())
        yield f"  {n('réponse ouverte', len(answers.interviews))}, {n('passage', len(answers.passages))}"
    yield f"  Croisements : {_crossings(analysis)}"
    outputs = ", ".join(FORMAT_WORDS[one] for one in analysis.formats)
    yield f"  Sorties : {outputs}{_for(analysis)} ; seuil : {material.threshold}"


def _crossings(analysis: Analysis) -> str:
    if analysis.crossings is None:
        return "les caractéristiques larges de l'étude"
    return ", ".join(one.title or f"par {one.by}" for one in analysis.crossings) or "aucun"


def _for(analysis: Analysis) -> str:
    return f", pour {readers(analysis.audience)}" if analysis.audience else ""
