"""Sheets « Grille de codage » and « Accord »: what the codes mean, and how far those who coded agree on them."""

from __future__ import annotations

from enquete.findings.counting import tree
from enquete.findings.leads import Target, code_rows
from enquete.findings.material import AgreedCode, Material
from enquete.findings.sheets import AGREEMENT, CODEBOOK, THEMES
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.findings.themes import CODE, CODE_COLUMNS, TREE
from enquete.wording import decimal

_UNITS = (
    "L'accord se mesure sur les tours de parole que plusieurs codeurs ont lus, chacun de son côté : un tour a le code "
    "ou ne l'a pas.",
    "Recouvrement : parmi les tours où l'un au moins a mis le code, la part où tous l'ont mis (de 0 à 1).",
    "Alpha de Krippendorff : 1 quand tous lisent pareil, 0 quand ils ne s'accordent pas plus que le hasard, moins "
    "en dessous. Sur un code rare, il ne veut rien dire : il n'est pas donné.",
)


def codebook(material: Material) -> Table | None:
    """A row a code, in the order of « Thèmes », to which it leads. Examples stay in the codebook: they quote people."""
    rows: list[tuple[Cell, ...]] = []
    depths = []
    for grid in material.codebooks:
        for node in tree(grid.codes):
            code = node.code
            rows.append((grid.title, code.id, code.label, code.definition, code.include, code.exclude))
            depths.append(node.depth)
    if not rows:
        return None
    columns = (*CODE_COLUMNS, *(Column(title, Kind.LONG) for title in ("Définition", "Y mettre", "Ne pas y mettre")))
    links = {} if material.only_answers else {(row, CODE): (THEMES, row) for row in range(len(rows))}
    return Table(CODEBOOK, columns, tuple(rows), tuple(depths), TREE, links=links)


def agreement(material: Material) -> Table | None:
    """A row a code that several coders may have read in the same texts; None when nobody was compared."""
    labels = {(grid.id, code.id): (grid.title, code.label) for grid in material.codebooks for code in grid.codes}
    places = code_rows(material.codebooks)
    rows: list[tuple[Cell, ...]] = []
    links: dict[tuple[int, int], Target] = {}
    for one in material.agreed:
        title, words = labels.get((one.codebook, one.code), (one.codebook, one.code))
        if (one.codebook, one.code) in places:
            links[len(rows), CODE] = CODEBOOK, places[one.codebook, one.code]
        overlap = "" if one.overlap is None else decimal(one.overlap)
        measured = (one.coders, one.interviews, one.units, one.positive)
        rows.append((title, one.code, words, *measured, overlap, _alpha(one)))
    if not rows:
        return None
    counts = ("Codeurs", "Entretiens", "Tours lus par tous", "Tours où l'un a mis le code", "Recouvrement")
    columns = (*CODE_COLUMNS, *(Column(title, Kind.COUNT) for title in counts), Column("Alpha", Kind.PHRASE))
    return Table(AGREEMENT, columns, tuple(rows), notes=_UNITS, links=links)


def _alpha(one: AgreedCode) -> str:
    if one.alpha is not None:
        return decimal(one.alpha)
    return f"non calculable : {one.why}" if one.why else "non calculable"
