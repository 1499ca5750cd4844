"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from enquete.cli.french import FrenchCommand, FrenchGroup


def typer_app(text: str) -> typer.Typer:
    """A group of commands with French help, without traces of the program in its errors."""
    return typer.Typer(
        help=text,
        cls=FrenchGroup,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "--aide", "-h"]},
        subcommand_metavar="COMMANDE [ARGUMENTS]…",
        options_metavar="[OPTIONS]",
    )


def command(app: typer.Typer, name: str) -> Any:
    """Decorator: a function as a command of that name, with French help."""
    return app.command(name, cls=FrenchCommand, options_metavar="[OPTIONS]")


def listed(written: Iterable[str] | None) -> tuple[str, ...]:
    """« E001,E002 » and repeated options alike, each once."""
    parts = (part.strip() for text in written or () for part in re.split("[,;]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


StudyOption = Annotated[
    Path | None,
    typer.Option(
        "--etude", metavar="DOSSIER", help="Dossier de l'étude ; sinon celle du dossier courant.", show_default=False
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--cle", metavar="FICHIER", help="Fichier de clé du coffre ; sinon celle de cet ordinateur.", show_default=False
    ),
]
ProcessesOption = Annotated[
    int,
    typer.Option("--processus", min=1, metavar="N", help="Nombre de processus pour l'analyse du français."),
]
TryOption = Annotated[bool, typer.Option("--essai", help="Montre ce qui serait fait, n'enregistre rien.")]
