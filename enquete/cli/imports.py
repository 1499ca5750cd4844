"""Commands that bring files in: importer, pseudonymiser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.import_answers import answers
from enquete.cli.options import KeyOption, ProcessesOption, StudyOption, TryOption, command, typer_app

FilesArgument = Annotated[list[Path], typer.Argument(metavar="FICHIERS", help="Fichiers à lire.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Importe des entretiens, des codages ou des réponses à un questionnaire dans l'étude.")
    command(group, "entretiens")(interviews)
    command(group, "codages")(codings)
    command(group, "reponses")(answers)
    app.add_typer(group, name="importer")
    command(app, "pseudonymiser")(pseudonymise)


def interviews(
    files: FilesArgument,
    wave: Annotated[
        str | None,
        typer.Option(
            "--vague",
            metavar="CODE",
            help="Vague de ces entretiens (v1…) ; inutile si le fichier des participants la donne.",
            show_default=False,
        ),
    ] = None,
    participants: Annotated[
        Path | None,
        typer.Option(
            "--participants",
            metavar="FICHIER",
            help="Table .csv ou .xlsx : qui a été rencontré, quand, dans quel fichier.",
            show_default=False,
        ),
    ] = None,
    speakers: Annotated[
        list[str] | None,
        typer.Option(
            "--locuteur",
            metavar="NOM=RÔLE",
            help="Rôle d'un locuteur, par son nom ou son numéro : enqueteur, participant, autre, ou le code d'un "
            "participant ; peut se répéter.",
            show_default=False,
        ),
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Ce sont des notes prises sans enregistrement.")] = False,
    try_only: TryOption = False,
    replace: Annotated[
        bool, typer.Option("--remplacer", help="Remplace le texte d'un fichier déjà importé, en gardant ses codages.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--expliquer", help="Dit pourquoi chaque passage est masqué ou douteux, sans le nom qu'il portait."
        ),
    ] = False,
    processes: ProcessesOption = 1,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Lit des transcriptions, les pseudonymise et les enregistre."""
    from enquete.actions.interviews.importing import Request, import_interviews
    from enquete.actions.study import open_study
    from enquete.cli.progress import progress
    from enquete.cli.reports import import_lines

    request = Request(tuple(files), wave, participants, tuple(speakers or ()), notes, try_only, replace, processes)
    with progress("Importation") as step:
        report = import_interviews(open_study(study, key), request, step)
    for line in import_lines(report, explained=explain):
        typer.echo(line)
    raise typer.Exit(1 if report.rejected or report.bad_rows or report.idle_rules else 0)


def codings(
    file: Annotated[
        Path,
        typer.Argument(metavar="FICHIER", help="Classeur de repérage rempli, ou table de codages.", show_default=False),
    ],
    coder: Annotated[str, typer.Option("--codeur", metavar="CODE", help="Qui a codé.", show_default=False)],
    codebook: Annotated[
        str | None,
        typer.Option(
            "--grille",
            metavar="GRILLE",
            help="Grille des codes, si un même code est dans plusieurs.",
            show_default=False,
        ),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--lus-en-entier",
            help="Cette personne a lu ces entretiens en entier : ce qu'elle n'y a pas codé est une décision.",
        ),
    ] = False,
    try_only: TryOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Importe les codages d'une personne ; chaque ligne qui ne peut être placée est nommée."""
    from enquete.actions.coding.importing import import_codings
    from enquete.actions.study import open_study
    from enquete.cli.reports import coding_lines

    report = import_codings(open_study(study, key), file, coder, codebook, whole=whole, try_only=try_only)
    for line in coding_lines(report, whole=whole):
        typer.echo(line)
    raise typer.Exit(1 if report.problems else 0)


def pseudonymise(
    files: FilesArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par fichier, rien d'autre.")] = False,
    extracted: Annotated[
        bool, typer.Option("--texte", help="Écrit aussi le texte extrait, en clair : les positions s'y rapportent.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--expliquer", help="Montre chaque passage masqué ou douteux, avec ses mots, et pourquoi."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--dossier", metavar="DOSSIER", help="Où écrire ; sinon à côté de chaque fichier.", show_default=False
        ),
    ] = None,
    processes: ProcessesOption = 1,
) -> None:
    """Pseudonymise des fichiers hors de toute étude."""
    import json

    from enquete.actions.interviews.pseudonymise_files import pseudonymise_files
    from enquete.cli.progress import progress

    with progress("Pseudonymisation") as step:
        result = pseudonymise_files(
            files,
            folder,
            write=not as_json,
            extracted=extracted,
            explained=explain and not as_json,
            processes=processes,
            step=step,
        )
    if as_json:
        for row in result.rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    for line in result.lines:
        typer.echo(line, err=as_json)
    for problem in result.problems:
        typer.echo(f"Erreur : {problem}", err=True)
    raise typer.Exit(1 if result.problems else 0)
