"""Commands that propose and give back: reperer, synthese, synthese reprendre."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.french import VerbGroup
from enquete.cli.options import KeyOption, ProcessesOption, StudyOption, TryOption, command, listed, typer_app


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "reperer")(spot)
    group = typer_app("Écrit la synthèse de l'étude, ou d'une de ses analyses : classeur, rapport et page.")
    group.info.cls = VerbGroup
    group.callback(invoke_without_command=True)(synthesis)
    group.info.no_args_is_help = False
    command(group, "reprendre")(take_back)
    app.add_typer(group, name="synthese", cls=VerbGroup, no_args_is_help=False)


def spot(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FICHIERS",
            help="Fichiers à lire hors de toute étude ; sinon les entretiens de l'étude.",
            show_default=False,
        ),
    ] = None,
    codebooks: Annotated[
        list[str] | None,
        typer.Option(
            "--grille",
            metavar="GRILLE",
            help="Fichier .yaml ou grille de l'étude ; peut se répéter.",
            show_default=False,
        ),
    ] = None,
    level: Annotated[str, typer.Option("--niveau", metavar="NIVEAU", help="codes ou themes.")] = "codes",
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par repérage, rien d'autre.")] = False,
    processes: ProcessesOption = 1,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Propose des codes sur les paroles des participants ; une personne décide ensuite."""
    import json

    from enquete.actions.coding.spotting import spot_files, spot_study
    from enquete.actions.study import open_study
    from enquete.cli.progress import progress

    with progress("Repérage") as step:
        if files:
            result = spot_files(files, codebooks or [], level, study, processes, step)
        else:
            result = spot_study(open_study(study, key), codebooks or [], level, processes, step)
    if as_json:
        for row in result.rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        for line in result.lines:
            typer.echo(line)
    for problem in result.problems:
        typer.echo(f"Erreur : {problem}", err=True)
    raise typer.Exit(1 if result.problems else 0)


def synthesis(
    context: typer.Context,
    analysis: Annotated[
        str | None,
        typer.Argument(
            metavar="ANALYSE",
            help="Fichier du dossier « analyses », sans « .toml » ; sinon toute l'étude.",
            show_default=False,
        ),
    ] = None,
    readers: Annotated[
        str | None,
        typer.Option(
            "--destinataires",
            metavar="QUI",
            help="équipe, groupe-projet ou diffusion : dit ce qui est montré ; sinon ce que dit l'analyse, ou "
            "groupe-projet.",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMATS",
            help="xlsx (classeur), docx (rapport), html (page) ; sinon ceux de l'analyse, ou les trois.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            metavar="FICHIER",
            help="Fichier à écrire, ou dossier ; sinon exports/<destinataires>/synthese.*",
            show_default=False,
        ),
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit la synthèse : un classeur, un rapport et une page, de toute l'étude ou d'une de ses analyses."""
    if context.invoked_subcommand is not None:
        return
    from enquete.actions.outputs.synthesis import Wanted, write_synthesis
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study

    wanted = Wanted(analysis, audience_of(readers) if readers else None, listed(formats), output)
    for line in write_synthesis(open_study(study, key), wanted):
        typer.echo(line)


def take_back(
    workbook: Annotated[Path, typer.Argument(metavar="CLASSEUR", help="Le classeur .xlsx ou .ods, modifié.")],
    only_show: TryOption = False,
    choice: Annotated[
        str,
        typer.Option(
            "--prendre",
            metavar="QUI",
            help="Là où l'étude et le classeur ont tous deux changé : classeur ou etude.",
            show_default=False,
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--par", metavar="CODE", help="Qui a écrit dans le classeur ; sinon ses destinataires.", show_default=False
        ),
    ] = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Reprend ce que des gens ont changé dans un classeur de synthèse : le montre, puis l'enregistre."""
    from enquete.actions.findings.round_trip import take_back as take
    from enquete.actions.study import open_study

    lines, whole = take(open_study(study, key), workbook, by, choice, only_show=only_show)
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if whole else 1)
