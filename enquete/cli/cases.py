"""Commands for reading case by case: cas grille, reprendre, montrer, ecrire."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, listed, typer_app

_Person = Annotated[str, typer.Argument(metavar="CODE", help="Le code de la personne : P003.")]
_By = Annotated[str, typer.Option("--par", metavar="CODE", help="Qui écrit : un code court.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Les cas : ce que chaque personne dit de chaque thème, résumé par écrit.")
    command(group, "grille")(grid)
    command(group, "reprendre")(take)
    command(group, "montrer")(show)
    command(group, "ecrire")(write)
    app.add_typer(group, name="cas")


def grid(
    themes: Annotated[
        list[str] | None,
        typer.Option("--theme", metavar="CODES", help="Ces codes (rsa:2) ; sinon les thèmes.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help="Où l'écrire.", show_default=False)
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit la grille des cas en classeur, pour l'équipe : une ligne par personne, une colonne par thème."""
    from enquete.actions.findings.grid import write_grid
    from enquete.actions.study import open_study

    for line in write_grid(open_study(study, key), listed(themes), output):
        typer.echo(line)


def take(
    workbook: Annotated[Path, typer.Argument(metavar="CLASSEUR", help="La grille remplie, ou une table.")],
    by: _By,
    trial: Annotated[bool, typer.Option("--essai", help="Montre les différences sans rien enregistrer.")] = False,
    choice: Annotated[
        str,
        typer.Option(
            "--prendre", metavar="QUI", help="Là où les deux ont changé : fichier ou etude.", show_default=False
        ),
    ] = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Reprend la grille que l'on a remplie ; ce qui a changé des deux côtés attend qu'on choisisse."""
    from enquete.actions.findings.grid import take_in_grid
    from enquete.actions.findings.markdown import choice_of
    from enquete.actions.study import open_study

    lines, settled = take_in_grid(open_study(study, key), workbook, by, choice_of(choice), trial=trial)
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if settled else 1)


def show(
    code: _Person,
    history: Annotated[bool, typer.Option("--historique", help="Avec tout ce qui a été écrit.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre les résumés d'une personne."""
    from enquete.actions.findings.grid import show_case
    from enquete.actions.study import open_study

    for line in show_case(open_study(study), code, whole=history):
        typer.echo(line)


def write(
    code: _Person,
    theme: Annotated[str, typer.Option("--theme", metavar="CODE", help="Le thème : rsa:2.")],
    text: Annotated[str, typer.Option("--texte", metavar="TEXTE", help="Le résumé ; vide, il est effacé.")],
    by: _By,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit le résumé d'une personne sous un thème ; ce qu'il disait est gardé."""
    from enquete.actions.findings.grid import write_summary
    from enquete.actions.study import open_study

    for line in write_summary(open_study(study, key), code, theme, text, by):
        typer.echo(line)
