"""Packets for coding at home: paquet, paquet creer, paquet reprendre."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, TryOption, command, listed, typer_app


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Fait coder à la maison, sans programme : dit qui a quel paquet, en crée, reprend les codages.")
    group.callback(invoke_without_command=True)(held)
    group.info.no_args_is_help = False
    command(group, "creer")(create)
    command(group, "reprendre")(take_back)
    app.add_typer(group, name="paquet", no_args_is_help=False)


def held(context: typer.Context, study: StudyOption = None) -> None:
    """Dit qui a quel paquet, et ce qui en est revenu."""
    if context.invoked_subcommand is not None:
        return
    from enquete.actions.packets.making import list_packets
    from enquete.actions.study import open_study

    for line in list_packets(open_study(study)):
        typer.echo(line)


def create(
    coder: Annotated[
        str, typer.Option("--codeur", metavar="CODE", help="Qui codera : un code court.", show_default=False)
    ],
    interviews: Annotated[
        list[str] | None,
        typer.Option(
            "--entretien",
            metavar="CODE",
            help="Un entretien à y mettre ; peut se répéter. Sinon, tout ce que cette personne a à coder.",
            show_default=False,
        ),
    ] = None,
    questions: Annotated[
        list[str] | None,
        typer.Option(
            "--question",
            metavar="Q/NOM",
            help="Ses réponses à cette question ouverte (« rsa-v1/dire ») ; peut se répéter.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            metavar="FICHIER",
            help="Fichier à écrire ; sinon exports/paquets/paquet-CODE.html.",
            show_default=False,
        ),
    ] = None,
    drawn: Annotated[
        bool, typer.Option("--phrase-aleatoire", help="Tire la phrase au sort et la montre une fois, sans la demander.")
    ] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit un paquet, chiffré par une phrase.

    C'est un seul fichier, qui s'ouvre dans un navigateur, sans réseau : entretiens, grilles, codages de la personne.
    La phrase est demandée deux fois, ou prise dans ENQUETE_PHRASE_PAQUET ou sur l'entrée standard (pour un script).
    """
    from enquete.actions.packets.making import create_packet
    from enquete.actions.study import open_study

    opened, asked = open_study(study, key), listed(questions)
    for line in create_packet(opened, coder, listed(interviews), output, drawn=drawn, questions=asked):
        typer.echo(line)


def take_back(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FICHIERS", help="Fichiers « codages-….enquete » revenus.", show_default=False),
    ],
    try_only: TryOption = False,
    detail: Annotated[bool, typer.Option("--detail", help="Une ligne par action.")] = False,
    study: StudyOption = None,
) -> None:
    """Reprend les codages qui reviennent.

    Redonner le même fichier, ou un plus ancien après un plus récent, ne change rien.
    """
    from enquete.actions.packets.answers import take_back as take
    from enquete.actions.study import open_study

    result = take(open_study(study), files, try_only=try_only, detail=detail)
    for line in result.lines:
        typer.echo(line)
    for problem in result.problems:
        typer.echo(f"Erreur : {problem}", err=True)
    raise typer.Exit(1 if result.problems else 0)
