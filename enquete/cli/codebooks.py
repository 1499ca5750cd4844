"""Commands about codebooks: grille verifier, montrer, exporter, importer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli import codebook_life
from enquete.cli.options import StudyOption, command, typer_app

NameArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="GRILLE",
        help="Fichier .yaml, grille de l'étude ou kit ; sinon toutes celles de l'étude.",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Vérifie, montre, échange et fait évoluer les grilles de codes.")
    command(group, "verifier")(check)
    command(group, "montrer")(show)
    command(group, "exporter")(export)
    command(group, "importer")(import_)
    codebook_life.add_commands(group)
    app.add_typer(group, name="grille")


def check(name: NameArgument = None, study: StudyOption = None) -> None:
    """Cherche les fautes d'une grille : parents inconnus, doublons, indices sans effet, définitions absentes."""
    from enquete.actions.codebooks.files import check_codebooks

    result = check_codebooks(name, study)
    for line in result.lines:
        typer.echo(line)
    raise typer.Exit(1 if result.problems else 0)


def show(name: NameArgument = None, study: StudyOption = None) -> None:
    """Affiche l'arbre des codes."""
    from enquete.actions.codebooks.files import show_codebooks

    for line in show_codebooks(name, study):
        typer.echo(line)


def export(
    name: NameArgument = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="FICHIER", help="Classeur à écrire ; sinon GRILLE.xlsx ici.", show_default=False
        ),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Écrit une grille dans un classeur Excel, pour la relire et la corriger sans YAML."""
    from enquete.actions.codebooks.files import export_codebook

    typer.echo(f"Grille écrite : {export_codebook(name, output, study)}")


def import_(
    file: Annotated[Path, typer.Argument(metavar="CLASSEUR", help="Classeur .xlsx corrigé.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="FICHIER", help="Fichier .yaml à écrire ; sinon celui de l'étude.", show_default=False
        ),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Reprend une grille corrigée dans Excel."""
    from enquete.actions.codebooks.files import import_codebook

    for line in import_codebook(file, output, study):
        typer.echo(line)
