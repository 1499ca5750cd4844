"""Command that shows words in context: mots."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from enquete.cli.options import StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "mots")(words)


def words(
    sought: Annotated[
        list[str],
        typer.Argument(
            metavar="MOTS",
            help='Mots à chercher. loge* : ceux qui commencent ainsi ; "la lettre", entre guillemets : à la suite.',
            show_default=False,
        ),
    ],
    theme: Annotated[
        str | None,
        typer.Option(
            "--theme",
            metavar="CODE",
            help="Dans les passages de ce code et de ses sous-codes seulement : R07 ou rsa:R07.",
            show_default=False,
        ),
    ] = None,
    wave: Annotated[
        str | None, typer.Option("--vague", metavar="CODE", help="Cette vague seulement.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par mot trouvé, rien d'autre.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre des mots dans leur contexte, tels que les répondants les disent : pour l'équipe."""
    from enquete.actions.outputs.concordance import concordance, concordance_lines
    from enquete.actions.study import open_study

    found = concordance(open_study(study), sought, theme, wave)
    lines = (json.dumps(one.as_row(), ensure_ascii=False) for one in found) if as_json else concordance_lines(found)
    for line in lines:
        typer.echo(line)
