"""Runs the program and turns errors into messages: the only place that catches them all."""

from __future__ import annotations

import os
import sys

import typer
from typer.exceptions import TyperException

from enquete.cli.french import complaint
from enquete.errors import EnqueteError, failing_place, system_reason


def run(app: typer.Typer, arguments: list[str] | None = None) -> int:
    """The exit code: 0, 1 for a problem with the files, 2 for misuse, 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = typer.main.get_command(app).main(arguments, prog_name="enquete", standalone_mode=False)
    except EnqueteError as error:
        typer.echo(f"Erreur : {error}", err=True)
        return error.exit_code
    except typer.Abort:
        typer.echo("Interrompu.", err=True)
        return 130
    except TyperException as error:
        return _misuse(error)
    except BrokenPipeError:
        # The reader (head, less) went away: nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        place = f"{error.filename} : " if error.filename else ""
        typer.echo(f"Erreur : {place}{system_reason(error)}.", err=True)
        return 1
    except KeyboardInterrupt:
        typer.echo("Interrompu ; ce qui était enregistré est gardé.", err=True)
        return 130
    except MemoryError:
        typer.echo("Erreur : la mémoire ne suffit pas. Importez moins de fichiers à la fois.", err=True)
        return 1
    except Exception as error:  # noqa: BLE001 - a trace or a message could hold somebody's words
        typer.echo(
            f"Erreur du programme ({failing_place(error)}). Rien de ce qui était enregistré n'est perdu.", err=True
        )
        typer.echo("Signalez-la avec ce code et la commande tapée, sans joindre de transcription.", err=True)
        return 1
    return result if isinstance(result, int) else 0


def _misuse(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message())
        return 2
    typer.echo(f"Erreur : {complaint(error.format_message())}", err=True)
    if context is not None:
        typer.echo(f"{context.get_usage()}\nAide : {context.command_path} --help", err=True)
    return error.exit_code
