"""Commands about codes that are one person's: suivi liens…"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, TryOption, command, typer_app

ByOption = Annotated[str, typer.Option("--par", metavar="CODE", help="Code de qui en décide.", show_default=False)]


def add_to(group: typer.Typer) -> None:
    """Adds these commands to « suivi »."""
    links = typer_app("Relie les codes d'une même personne d'une vague à l'autre ; sans sous-commande, dit lesquels.")
    links.callback(invoke_without_command=True)(known)
    links.info.no_args_is_help = False
    command(links, "proposer")(propose)
    command(links, "confirmer")(confirm)
    command(links, "separer")(separate)
    command(links, "importer")(take)
    group.add_typer(links, name="liens", no_args_is_help=False)


def known(context: typer.Context, study: StudyOption = None) -> None:
    """Dit quels codes sont ceux d'une même personne, et lesquels ont été jugés différents."""
    if context.invoked_subcommand is not None:
        return
    from enquete.actions.follow_up.links import list_links
    from enquete.actions.study import open_study

    for line in list_links(open_study(study)):
        typer.echo(line)


def propose(
    named: Annotated[bool, typer.Option("--noms", help="Montre aussi ce que le coffre sait de chacun.")] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Propose des liens d'après les noms, naissances et téléphones du coffre ; une personne décide."""
    from enquete.actions.follow_up.links import proposals
    from enquete.actions.study import open_study

    for line in proposals(open_study(study, key), named=named):
        typer.echo(line)


def confirm(
    gone: Annotated[str, typer.Argument(metavar="CODE", help="Code qui s'efface : P047.", show_default=False)],
    kept: Annotated[str, typer.Argument(metavar="PERSONNE", help="Code qui reste : P012.", show_default=False)],
    by: ByOption,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Fait une seule personne de deux codes. Cela ne se défait pas."""
    from enquete.actions.follow_up.links import confirm_link
    from enquete.actions.study import open_study

    for line in confirm_link(open_study(study, key), gone, kept, by):
        typer.echo(line)


def separate(
    one: Annotated[str, typer.Argument(metavar="CODE", help="Un code.", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="CODE", help="L'autre.", show_default=False)],
    study: StudyOption = None,
) -> None:
    """Note que deux codes sont deux personnes : ce lien n'est plus proposé."""
    from enquete.actions.follow_up.links import separate as tell
    from enquete.actions.study import open_study

    typer.echo(tell(open_study(study), one, other))


def take(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER", help="Table à deux colonnes : ancien code, nouveau code.", show_default=False
        ),
    ],
    by: ByOption,
    try_only: TryOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Prend une table de liens : l'ancien code reste, le nouveau devient un autre code de la même personne."""
    from enquete.actions.follow_up.links import import_links
    from enquete.actions.study import open_study

    result = import_links(open_study(study, key), table, by, try_only=try_only)
    for line in result.lines:
        typer.echo(line)
    for problem in result.problems:
        typer.echo(f"Erreur : {problem}", err=True)
    raise typer.Exit(1 if result.problems else 0)
