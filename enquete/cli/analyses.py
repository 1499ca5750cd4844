"""Commands about analyses: analyse, analyse verifier, analyse montrer, analyse nouvelle."""

from __future__ import annotations

from typing import Annotated

import typer

from enquete.cli.options import StudyOption, command, typer_app

NameArgument = Annotated[str, typer.Argument(metavar="NOM", help="Nom du fichier, sans « .toml ».", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Prépare les analyses de l'étude, écrites dans son dossier « analyses ».")
    group.callback(invoke_without_command=True)(known)
    group.info.no_args_is_help = False
    command(group, "verifier")(verify)
    command(group, "montrer")(show)
    command(group, "nouvelle")(new)
    app.add_typer(group, name="analyse", no_args_is_help=False)


def known(context: typer.Context, study: StudyOption = None) -> None:
    """Montre les analyses de l'étude, les vérifie, en commence une."""
    if context.invoked_subcommand is None:
        from enquete.actions.outputs.analyses import list_analyses
        from enquete.actions.study import open_study

        for line in list_analyses(open_study(study)):
            typer.echo(line)


def verify(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NOM", help="Une analyse ; sinon toutes celles de l'étude.", show_default=False),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Cherche, ligne par ligne, ce qu'une analyse nomme et que l'étude n'a pas : vagues, grilles, codes, valeurs…"""
    from enquete.actions.outputs.analyses import verify_analyses
    from enquete.actions.study import open_study

    result = verify_analyses(open_study(study), name)
    for problem in result.problems:
        typer.echo(problem, err=True)
    for line in result.lines:
        typer.echo(line)
    raise typer.Exit(1 if result.problems else 0)


def show(name: NameArgument, study: StudyOption = None) -> None:
    """Dit qui et quoi une analyse retient : personnes, entretiens, passages, croisements, sorties."""
    from enquete.actions.outputs.analyses import show_analysis
    from enquete.actions.study import open_study

    for line in show_analysis(open_study(study), name):
        typer.echo(line)


def new(name: NameArgument, study: StudyOption = None) -> None:
    """Commence une analyse : un fichier commenté, à compléter."""
    from enquete.actions.outputs.analyses import new_analysis
    from enquete.actions.study import open_study

    typer.echo(f"Analyse commencée : {new_analysis(open_study(study), name)}")
