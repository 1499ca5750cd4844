"""recommandation suivi: what was asked of institutions, and what they answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command


def add_to(group: typer.Typer) -> None:
    """Adds this command to « recommandation »."""
    command(group, "suivi")(replies)


def replies(
    audience: Annotated[
        str,
        typer.Option(
            "--destinataires", metavar="QUI", help="équipe, groupe-projet ou diffusion : dit ce qui est montré."
        ),
    ] = "diffusion",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--au", metavar="JOUR", help="Signale ce qui est en retard ce jour-là (2026-11-03).", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            metavar="FICHIER",
            help="Fichier .html ou .docx, ou dossier ; sinon exports/<destinataires>/suivi-des-recommandations.*",
            show_default=False,
        ),
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit le suivi des recommandations : ce qui est demandé, à qui, depuis quand, et ce qui a été répondu."""
    from enquete.actions.findings.replies import Following, write_replies
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study

    for line in write_replies(open_study(study, key), Following(audience_of(audience), as_of, output)):
        typer.echo(line)
