"""Commands for reading case by case: cas, its grid and its summaries."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, TryOption, command, listed, typer_app

_Person = Annotated[str, typer.Argument(metavar="CODE", help="Le code de la personne : P003.")]
_By = Annotated[str, typer.Option("--par", metavar="CODE", help="Qui écrit : un code court.", show_default=False)]
_Themes = Annotated[
    list[str] | None,
    typer.Option("--theme", metavar="CODES", help="Ces codes (rsa:R02) ; sinon tous les thèmes.", show_default=False),
]
_Choice = Annotated[
    str,
    typer.Option("--prendre", metavar="QUI", help="Là où les deux ont changé : classeur ou etude.", show_default=False),
]
_WORDS = "Les cas : ce que chaque personne dit de chaque thème, résumé par écrit."


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app(_WORDS)
    group.callback(invoke_without_command=True, help=_WORDS)(cases)
    group.info.no_args_is_help = False
    for name, made in (
        ("grille", grid), ("reprendre", take), ("importer", bring), ("montrer", show), ("ecrire", write),
        ("revoir", read_again), ("fiche", sheets),
    ):  # fmt: skip
        command(group, name)(made)
    app.add_typer(group, name="cas", no_args_is_help=False)


def cases(context: typer.Context, study: StudyOption = None) -> None:
    """Sans rien de plus : une ligne par personne."""
    if context.invoked_subcommand is not None:
        return
    from enquete.actions.findings.cases import list_cases
    from enquete.actions.study import open_study

    _say(list_cases(open_study(study)))


def grid(
    themes: _Themes = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            metavar="FICHIER",
            help="Classeur .xlsx ; sinon exports/equipe/grille-des-cas.xlsx",
            show_default=False,
        ),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--remplacer", help="Même si l'on a écrit dans la grille sans la reprendre.")
    ] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit la grille des cas en classeur, pour l'équipe : une ligne par personne, une colonne par thème."""
    from enquete.actions.findings.grid import write_grid
    from enquete.actions.study import open_study

    _say(write_grid(open_study(study, key), listed(themes), output, anyway=anyway))


def take(
    workbook: Annotated[Path, typer.Argument(metavar="CLASSEUR", help="La grille remplie, en .xlsx ou .ods.")],
    by: _By,
    trial: TryOption = False,
    choice: _Choice = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Reprend la grille que l'on a remplie ; ce qui a changé des deux côtés attend qu'on choisisse."""
    from enquete.actions.findings.grid import choice_of, take_in_grid
    from enquete.actions.study import open_study

    lines, settled = take_in_grid(open_study(study, key), workbook, by, choice_of(choice), trial=trial)
    _say(lines)
    raise typer.Exit(0 if settled else 1)


def bring(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="Colonnes participant, thème, résumé : .csv, .xlsx, .ods…")
    ],
    by: _By,
    trial: TryOption = False,
    choice: _Choice = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Importe des résumés écrits ailleurs, une ligne par résumé."""
    from enquete.actions.findings.grid import choice_of, import_summaries
    from enquete.actions.study import open_study

    lines, settled = import_summaries(open_study(study, key), table, by, choice_of(choice), trial=trial)
    _say(lines)
    raise typer.Exit(0 if settled else 1)


def show(
    code: _Person,
    history: Annotated[bool, typer.Option("--historique", help="Avec tout ce qui a été écrit.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre les résumés d'une personne, et ce qui reste à écrire."""
    from enquete.actions.findings.cases import show_case
    from enquete.actions.study import open_study

    _say(show_case(open_study(study), code, whole=history))


def write(
    code: _Person,
    theme: Annotated[str, typer.Option("--theme", metavar="CODE", help="Le thème : rsa:R02.")],
    text: Annotated[str, typer.Option("--texte", metavar="TEXTE", help="Le résumé ; vide, il est effacé.")],
    by: _By,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit le résumé d'une personne sous un thème ; ce qu'il disait est gardé."""
    from enquete.actions.findings.cases import write_summary
    from enquete.actions.study import open_study

    _say(write_summary(open_study(study, key), code, theme, text, by))


def read_again(code: _Person, by: _By, themes: _Themes = None, study: StudyOption = None) -> None:
    """Note que des résumés dont les passages ont changé ont été relus, et restent justes."""
    from enquete.actions.findings.cases import read_case_again
    from enquete.actions.study import open_study

    _say(read_case_again(open_study(study), code, listed(themes), by))


def sheets(
    wanted: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODES", help="Entretiens (E003) ou personnes (P003).", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--toutes", help="De tous les entretiens.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--sortie", metavar="DOSSIER", help="Dossier ; sinon exports/equipe/fiches", show_default=False),
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit la fiche Word d'entretiens, pour l'équipe : qui, ce qui est codé, mémos, résumés, ligne de vie."""
    from enquete.actions.findings.sheets import write_sheets
    from enquete.actions.study import open_study

    _say(write_sheets(open_study(study, key), listed(wanted), folder, everything=everything))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
