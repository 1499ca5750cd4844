"""Commands about the documents that protect people: documents, registre."""

from __future__ import annotations

from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "documents")(documents)
    command(app, "registre")(register)


def documents(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NOM", help="Un seul (convention…) ; sinon tous.", show_default=False),
    ] = None,
    list_only: Annotated[bool, typer.Option("--liste", help="Montre les modèles, n'écrit rien.")] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Remplit la notice, les accords, l'engagement, la convention, l'analyse d'impact avec ce que l'étude sait."""
    from enquete.actions.protection.documents import list_documents, write_documents
    from enquete.actions.study import open_study

    opened = open_study(study, key)
    for line in list_documents(opened) if list_only else write_documents(opened, name):
        typer.echo(line)


def register(study: StudyOption = None, key: KeyOption = None) -> None:
    """Écrit la fiche du registre des traitements (article 30 du RGPD), avec les chiffres de l'étude."""
    from enquete.actions.protection.documents import write_register
    from enquete.actions.study import open_study

    for line in write_register(open_study(study, key)):
        typer.echo(line)
