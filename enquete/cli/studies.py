"""Commands about a study as a whole: nouveau, etat, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import ProcessesOption, StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "nouveau")(new)
    command(app, "etat")(status)
    command(app, "demo")(demo)


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Dossier à créer pour l'étude.", show_default=False)
    ],
    kit: Annotated[
        list[str],
        typer.Option(
            "--kit", metavar="KIT", help="Kit d'étude : rsa, inclusion-numerique ; peut se répéter.", show_default=False
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option("--nom", metavar="NOM", help="Nom de l'étude ; sinon celui du dossier.", show_default=False),
    ] = None,
) -> None:
    """Crée une étude : son dossier, sa base, son coffre, et sa clé en dehors."""
    from enquete.actions.study import create_study

    made = create_study(folder, kit, name)
    typer.echo(f"Étude créée : {made.folder}")
    for path in made.copied:
        typer.echo(f"  {path}")
    typer.echo(f"Clé du coffre : {made.key}")
    typer.echo(
        "  Gardez-en une copie hors de cet ordinateur (clé USB, papier). Sans elle, les noms, les contacts et les\n"
        "  fichiers d'origine sont perdus pour toujours, et aucun entretien ne peut plus être importé."
    )


def status(
    doubtful: Annotated[
        bool, typer.Option("--douteux", help="Montre les mots laissés lisibles qui pourraient nommer quelqu'un.")
    ] = False,
    study: StudyOption = None,
) -> None:
    """Montre où en est l'étude : vagues, entretiens, codages, et ce qui reste à faire."""
    from enquete.actions.status import doubtful_words, study_status
    from enquete.actions.study import open_study

    report = doubtful_words if doubtful else study_status
    for line in report(open_study(study)):
        typer.echo(line)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier à créer.")] = Path("demo-enquete"),
    processes: ProcessesOption = 1,
) -> None:
    """Construit une étude fictive complète et dit où sont ses sorties."""
    from enquete.actions.demo import build_demo
    from enquete.cli.progress import progress

    with progress("Démonstration") as step:
        lines = list(build_demo(folder, processes, step))
    for line in lines:
        typer.echo(line)
