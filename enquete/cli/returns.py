"""Commands that give back to the people interviewed: restitution collective, orale, personnelle, demander, verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, typer_app


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Rend aux personnes interrogées ce qui a été compris, en français simple.")
    command(group, "collective")(collective)
    command(group, "orale")(oral)
    command(group, "personnelle")(personal)
    command(group, "demander")(ask)
    command(group, "verifier")(verify)
    app.add_typer(group, name="restitution")


_Output = Annotated[
    Path | None,
    typer.Option(
        "--sortie", metavar="FICHIER", help="Document à écrire, .docx ; sinon dans exports/.", show_default=False
    ),
]
_Person = Annotated[str, typer.Argument(metavar="PERSONNE", help="Son code : P012.")]


def collective(output: _Output = None, study: StudyOption = None, key: KeyOption = None) -> None:
    """Écrit la feuille pour toutes les personnes interrogées : gros caractères, une idée par phrase."""
    from enquete.actions.findings.returning import write_collective
    from enquete.actions.study import open_study

    for line in write_collective(open_study(study, key), output):
        typer.echo(line)


def oral(output: _Output = None, study: StudyOption = None, key: KeyOption = None) -> None:
    """Écrit ce qu'il y a à dire et à demander dans une réunion, avec la place pour noter les réponses."""
    from enquete.actions.findings.returning import write_oral
    from enquete.actions.study import open_study

    for line in write_oral(open_study(study, key), output):
        typer.echo(line)


def personal(person: _Person, output: _Output = None, study: StudyOption = None, key: KeyOption = None) -> None:
    """Écrit la feuille d'une personne qui l'a demandée, à lui remettre en main propre."""
    from enquete.actions.findings.returning import write_personal
    from enquete.actions.study import open_study

    for line in write_personal(open_study(study, key), person, output):
        typer.echo(line)


def ask(
    person: _Person,
    by: Annotated[str, typer.Option("--par", metavar="CODE", help="Qui le note : un code court.", show_default=False)],
    on: Annotated[
        str | None,
        typer.Option("--le", metavar="DATE", help="Le jour de la demande ; sinon aujourd'hui.", show_default=False),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Note qu'une personne demande sa feuille."""
    from datetime import date

    from enquete.actions.findings.returning import note_request
    from enquete.actions.study import open_study

    for line in note_request(open_study(study), person, on, by, date.today()):
        typer.echo(line)


def verify(study: StudyOption = None) -> None:
    """Mesure la lisibilité des textes pour la restitution, phrase par phrase ; aucune clé n'est demandée."""
    from enquete.actions.findings.returning import check_plain
    from enquete.actions.study import open_study

    lines, ready = check_plain(open_study(study))
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if ready else 1)
