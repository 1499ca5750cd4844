"""Command that shows what coders wrote: notes."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from enquete.cli.options import StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "notes")(notes)


def notes(
    interview: Annotated[
        str | None,
        typer.Option("--entretien", metavar="CODE", help="Cet entretien seulement.", show_default=False),
    ] = None,
    coder: Annotated[
        str | None, typer.Option("--codeur", metavar="CODE", help="Ce codeur seulement.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par note, rien d'autre.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre ce que les codeurs ont écrit : fiches d'entretien, mémos, journal."""
    from enquete.actions.coding.notes import note_lines, read_notes
    from enquete.actions.study import open_study

    found = read_notes(open_study(study), interview, coder)
    lines = (json.dumps(note.as_row(), ensure_ascii=False) for note in found) if as_json else note_lines(found)
    for line in lines:
        typer.echo(line)
