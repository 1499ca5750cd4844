"""The command that corrects transcripts: corriger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, TryOption, command

if TYPE_CHECKING:
    from enquete.actions.study import Study


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    command(app, "corriger")(correct)


def correct(
    interview: Annotated[
        str, typer.Argument(metavar="ENTRETIEN", help="Code de l'entretien : E001.", show_default=False)
    ],
    old: Annotated[
        str | None,
        typer.Option("--remplacer", metavar="MOTS", help="Mots mal transcrits, entiers.", show_default=False),
    ] = None,
    new: Annotated[
        str | None, typer.Option("--par", metavar="MOTS", help="Ce qui a été dit ; vide pour ôter.", show_default=False)
    ] = None,
    turn: Annotated[
        int | None, typer.Option("--tour", metavar="N", help="Tour de parole, à partir de 1.", show_default=False)
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--partout", help="Corrige chaque endroit où se trouvent ces mots.")
    ] = False,
    export: Annotated[
        bool, typer.Option("--exporter", help="Écrit le texte pseudonymisé, à corriger dans un éditeur de texte.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="FICHIER", help="Où l'écrire ; sinon dans exports/equipe.", show_default=False
        ),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--reprendre", metavar="FICHIER", help="Reprend les corrections de ce fichier.", show_default=False
        ),
    ] = None,
    try_only: TryOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Corrige une transcription ; les codages suivent, un nom tapé est masqué."""
    from enquete.actions.study import open_study

    opened = open_study(study, key)
    if old is not None and new is not None and not export and sheet is None:
        lines = _words(opened, interview, old, new, turn, everywhere=everywhere, store=not try_only)
    elif sheet is not None and not export and old is None and new is None:
        lines = _sheet(opened, interview, sheet, store=not try_only)
    elif export and old is None and new is None:
        lines = _exported(opened, interview, output)
    else:
        raise typer.BadParameter(
            "donnez « --remplacer MOTS --par MOTS », ou « --exporter », ou « --reprendre FICHIER »."
        )
    for line in lines:
        typer.echo(line)


def _words(
    study: Study, code: str, old: str, new: str, turn: int | None, *, everywhere: bool, store: bool
) -> Iterator[str]:
    from enquete.actions.interviews import correcting

    with study.database() as db:
        interview = correcting.interview_to_correct(db, code)
    corrections = correcting.corrections_of_words(interview, old, new, turn, everywhere=everywhere)
    done = correcting.correct(study, interview.code, interview.uid, corrections, store=store)
    return correcting.report(done, store=store)


def _sheet(study: Study, code: str, sheet: Path, *, store: bool) -> Iterator[str]:
    from enquete.actions.interviews import correcting

    with study.database() as db:
        interview = correcting.interview_to_correct(db, code)
    corrections = correcting.corrections_of_sheet(interview, sheet)
    done = correcting.correct(study, interview.code, interview.uid, corrections, store=store)
    return correcting.report(done, store=store)


def _exported(study: Study, code: str, output: Path | None) -> Iterator[str]:
    from enquete.actions.interviews import correcting

    path = correcting.write_sheet(study, code, output)
    yield f"Texte à corriger : {path}"
    yield f"  Puis : enquete corriger {code} --reprendre {path}"
