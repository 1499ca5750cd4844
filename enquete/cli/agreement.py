"""The command about agreement between coders: accord."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from enquete.cli.options import StudyOption, command, listed

if TYPE_CHECKING:
    from enquete.actions.agreement.measuring import AgreementReport
    from enquete.coding.agreement.measuring import Extra
    from enquete.coding.agreement.units import UnitKind


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text, show_default=False)
    return option


CodersOption = Annotated[list[str] | None, _option("--codeur", "CODEUR", "Codeur à comparer ; peut se répéter.")]
CodesOption = Annotated[
    list[str] | None, _option("--code", "CODE", "Code, avec ceux qu'il contient ; peut se répéter.")
]
CodebooksOption = Annotated[list[str] | None, _option("--grille", "GRILLE", "Grille à comparer ; peut se répéter.")]
InterviewsOption = Annotated[
    list[str] | None, _option("--entretien", "CODE", "Entretien à comparer ; peut se répéter.")
]
QuestionsOption = Annotated[
    list[str] | None,
    _option("--question", "Q/NOM", "Les réponses à cette question ouverte, à part des entretiens ; peut se répéter."),
]
RoundOption = Annotated[str, _option("--tour", "NOM", "Ce qu'un tour de « affecter » a confié.")]
UnitOption = Annotated[
    str, typer.Option("--unite", metavar="UNITÉ", help="Ce qui est comparé : tour, phrase ou caractere.")
]
CoefficientsOption = Annotated[
    str,
    _option(
        "--coefficients",
        "LISTE",
        "En plus de l'alpha : kappa (de Cohen), fleiss, ac1, masi, intervalle (par entretien), ou tous.",
    ),
]
UnfinishedOption = Annotated[
    bool, typer.Option("--inclure-inacheves", help="Compte aussi les entretiens commencés et pas finis.")
]
BeforeOption = Annotated[str, _option("--avant", "E001,E002", "Entretiens d'avant une redéfinition (avec --apres).")]
AfterOption = Annotated[str, _option("--apres", "E005,E006", "Entretiens neufs, codés après elle.")]
TableOption = Annotated[
    Path | None,
    _option(
        "--depuis",
        "FICHIER",
        "Table unite, codeur, code (et entretien), hors de toute étude ; code vide : vu et non codé.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Un objet JSON, rien d'autre ; avec --depuis, tous les coefficients.")
]


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    command(app, "accord")(agreement)


def agreement(
    coders: CodersOption = None,
    codes: CodesOption = None,
    codebooks: CodebooksOption = None,
    interviews: InterviewsOption = None,
    questions: QuestionsOption = None,
    name: RoundOption = "",
    unit: UnitOption = "tour",
    coefficients: CoefficientsOption = "",
    unfinished: UnfinishedOption = False,
    before: BeforeOption = "",
    after: AfterOption = "",
    table: TableOption = None,
    as_json: JsonOption = False,
    study: StudyOption = None,
) -> None:
    """Mesure l'accord entre codeurs, par code, par thème et en tout, et dit quoi en faire."""
    from enquete.actions.agreement import measuring as action
    from enquete.actions.study import open_study

    extras = _extras(coefficients)
    if table is not None:
        given: dict[str, object] = {
            "--codeur": coders,
            "--code": codes,
            "--grille": codebooks,
            "--entretien": interviews,
            "--question": questions,
            "--tour": name,
        }
        given |= {"--unite": unit != "tour", "--inclure-inacheves": unfinished, "--avant": before, "--apres": after}
        _alone("--depuis", {**given, "--etude": study})
        _tell([action.table_agreement(table, _extras("tous") if as_json else extras)], as_json)
    request = action.Request(
        coders=listed(coders),
        round=name,
        codes=tuple(codes or ()),
        codebooks=tuple(codebooks or ()),
        interviews=listed(interviews),
        kind=_kind(unit),
        extras=extras,
        unfinished=unfinished,
        questions=listed(questions),
    )
    if before or after:
        _alone("--avant", {"--entretien": interviews, "--question": questions})
        _tell(list(action.rounds_agreement(open_study(study), request, listed([before]), listed([after]))), as_json)
    _tell([action.study_agreement(open_study(study), request)], as_json)


def _tell(reports: Sequence[AgreementReport], as_json: bool) -> NoReturn:
    """Prints one report, or two side by side, and ends the command."""
    from enquete.actions.agreement.measuring import report_json
    from enquete.cli.agreement_lines import agreement_lines, round_lines

    if as_json:
        found = [report_json(report) for report in reports]
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
