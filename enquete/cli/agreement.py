"""The command about agreement between coders: accord."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli.options import StudyOption, command, listed

if TYPE_CHECKING:
    from enquete.coding.agreement.measuring import Extra
    from enquete.coding.agreement.units import UnitKind


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    command(app, "accord")(agreement)


def agreement(
    coders: Annotated[
        list[str] | None,
        typer.Option("--codeur", metavar="CODEUR", help="Codeur à comparer ; peut se répéter.", show_default=False),
    ] = None,
    codes: Annotated[
        list[str] | None,
        typer.Option(
            "--code", metavar="CODE", help="Code, avec ceux qu'il contient ; peut se répéter.", show_default=False
        ),
    ] = None,
    codebooks: Annotated[
        list[str] | None,
        typer.Option("--grille", metavar="GRILLE", help="Grille à comparer ; peut se répéter.", show_default=False),
    ] = None,
    interviews: Annotated[
        list[str] | None,
        typer.Option("--entretien", metavar="CODE", help="Entretien à comparer ; peut se répéter.", show_default=False),
    ] = None,
    name: Annotated[
        str,
        typer.Option("--tour", metavar="NOM", help="Ce qu'un tour de « affecter » a confié.", show_default=False),
    ] = "",
    unit: Annotated[
        str, typer.Option("--unite", metavar="UNITÉ", help="Ce qui est comparé : tour, phrase ou caractere.")
    ] = "tour",
    coefficients: Annotated[
        str,
        typer.Option(
            "--coefficients",
            metavar="LISTE",
            help="En plus de l'alpha : kappa (de Cohen), fleiss, ac1, masi, intervalle (par entretien), ou tous.",
            show_default=False,
        ),
    ] = "",
    unfinished: Annotated[
        bool, typer.Option("--inclure-inacheves", help="Compte aussi les entretiens commencés et pas finis.")
    ] = False,
    before: Annotated[
        str,
        typer.Option(
            "--avant",
            metavar="E001,E002",
            help="Entretiens d'avant une redéfinition (avec --apres).",
            show_default=False,
        ),
    ] = "",
    after: Annotated[
        str,
        typer.Option("--apres", metavar="E005,E006", help="Entretiens neufs, codés après elle.", show_default=False),
    ] = "",
    table: Annotated[
        Path | None,
        typer.Option(
            "--depuis",
            metavar="FICHIER",
            help="Table unite, codeur, code (et entretien), hors de toute étude ; code vide : vu et non codé.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Un objet JSON, rien d'autre ; avec --depuis, tous les coefficients.")
    ] = False,
    study: StudyOption = None,
) -> None:
    """Mesure l'accord entre codeurs, par code, par thème et en tout, et dit quoi en faire."""
    import json

    from enquete.actions import agreement as action
    from enquete.actions.study import open_study
    from enquete.cli.agreement_lines import agreement_lines, round_lines

    extras = _extras(coefficients)
    if table is not None:
        given: dict[str, object] = {
            "--codeur": coders,
            "--code": codes,
            "--grille": codebooks,
            "--entretien": interviews,
            "--tour": name,
        }
        given |= {"--unite": unit != "tour", "--inclure-inacheves": unfinished, "--avant": before, "--apres": after}
        _alone("--depuis", given | {"--etude": study})
        reports = [action.table_agreement(table, _extras("tous") if as_json else extras)]
    else:
        request = action.Request(
            coders=listed(coders),
            round=name,
            codes=tuple(codes or ()),
            codebooks=tuple(codebooks or ()),
            interviews=listed(interviews),
            kind=_kind(unit),
            extras=extras,
            unfinished=unfinished,
        )
        if before or after:
            _alone("--avant", {"--entretien": interviews})
            reports = list(action.rounds_agreement(open_study(study), request, listed([before]), listed([after])))
        else:
            reports = [action.study_agreement(open_study(study), request)]
    if as_json:
        found = [action.report_json(report) for report in reports]
        whole = found[0] if len(found) == 1 else {"avant": found[0], "apres": found[1]}
        typer.echo(json.dumps(whole, ensure_ascii=False))
    else:
        for line in round_lines(*reports) if len(reports) == 2 else agreement_lines(reports[0]):
            typer.echo(line)
    problems = [problem for report in reports for problem in report.problems]
    for problem in problems:
        typer.echo(f"REFUSÉ {problem}", err=True)
    raise typer.Exit(1 if problems else 0)


def _alone(option: str, others: Mapping[str, object]) -> None:
    """An option that some others have no meaning with."""
    from enquete.errors import EnqueteError, Problem

    for other, given in others.items():
        if given:
            raise EnqueteError(Problem.AGREEMENT_OPTIONS, one=option, other=other, exit_code=2)


def _kind(name: str) -> UnitKind:
    from enquete.coding.agreement.units import UnitKind
    from enquete.errors import EnqueteError, Problem
    from enquete.tables import folded

    kinds = {kind.value: kind for kind in UnitKind}
    if folded(name) not in kinds:
        raise EnqueteError(Problem.UNIT_UNKNOWN, name=name, known=", ".join(kinds), exit_code=2)
    return kinds[folded(name)]


def _extras(written: str) -> frozenset[Extra]:
    from enquete.coding.agreement.measuring import Extra
    from enquete.errors import EnqueteError, Problem
    from enquete.tables import folded

    known = {extra.value: extra for extra in Extra}
    names = [folded(name) for name in listed([written])]
    if names == ["tous"]:
        return frozenset(Extra)
    for name in names:
        if name not in known:
            raise EnqueteError(Problem.COEFFICIENT_UNKNOWN, name=name, known=", ".join(known), exit_code=2)
    return frozenset(known[name] for name in names)
