"""Commands that check files: verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "verifier")(verify)


def verify(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FICHIERS",
            help="Fichiers de l'étude ou d'ailleurs : .xlsx, .docx, .html, .csv, .pdf, .qdpx, .odt, .ods…",
            show_default=False,
        ),
    ] = None,
    audience: Annotated[
        str,
        typer.Option("--destinataires", metavar="QUI", help="équipe, groupe-projet ou diffusion."),
    ] = "groupe-projet",
    admitted: Annotated[
        list[str] | None,
        typer.Option(
            "--admettre",
            metavar="REPÈRE",
            help="Laisse passer désormais cet endroit, qui ne désigne personne ; peut se répéter.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par endroit, rien d'autre.")] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Cherche dans des fichiers les noms du coffre, les numéros et les paroles qui ne doivent pas sortir."""
    import json

    from enquete.actions.outputs.verifying import audience_of, verify_files
    from enquete.actions.study import open_study

    if not files and not admitted:
        raise typer.BadParameter("donnez au moins un fichier, ou « --admettre REPÈRE ».")
    result = verify_files(open_study(study, key), files or [], audience_of(audience), admitted or [])
    if as_json:
        for row in result.rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        for line in result.lines:
            typer.echo(line)
    for problem in result.problems:
        typer.echo(f"Erreur : {problem}", err=True)
    raise typer.Exit(1 if result.problems or result.rows else 0)
