"""Commands that propose and give back: reperer, synthese."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, ProcessesOption, StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "reperer")(spot)
    command(app, "synthese")(synthesis)


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
    readers: Annotated[
        str,
        typer.Option(
            "--destinataires", metavar="QUI", help="équipe, groupe-projet ou diffusion : dit ce qui est montré."
        ),
    ] = "groupe-projet",
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            metavar="FICHIER",
            help="Classeur à écrire ; sinon exports/<destinataires>/synthese.xlsx.",
            show_default=False,
        ),
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit le classeur de synthèse : personnes, thèmes, vagues, citations."""
    from enquete.actions.outputs.synthesis import write_synthesis
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study

    for line in write_synthesis(open_study(study, key), audience_of(readers), output):
        typer.echo(line)
