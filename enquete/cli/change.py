"""Commands that tell what changes from a wave to another: suivi themes, parcours, reponses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, listed

FromOption = Annotated[
    str | None,
    typer.Option("--de", metavar="VAGUE", help="Première vague ; sinon la première de l'étude.", show_default=False),
]
ToOption = Annotated[
    str | None,
    typer.Option("--a", metavar="VAGUE", help="Vague d'après ; sinon la dernière de l'étude.", show_default=False),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--sortie", metavar="FICHIER", help="Classeur .xlsx à écrire (avec la clé).", show_default=False),
]
ReadersOption = Annotated[
    str,
    typer.Option("--destinataires", metavar="QUI", help="Qui lira le classeur : équipe, groupe-projet ou diffusion."),
]


def add_to(group: typer.Typer) -> None:
    """Adds these commands to « suivi »."""
    command(group, "themes")(themes)
    command(group, "parcours")(trajectories)
    command(group, "reponses")(answers)


def themes(
    first: FromOption = None,
    second: ToOption = None,
    output: OutputOption = None,
    readers: ReadersOption = "équipe",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Dit, pour chaque thème, chez qui il apparaît, reste ou disparaît d'une vague à l'autre."""
    from enquete.actions.follow_up.change import Asking, change_of_themes
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study

    asking = Asking(first, second, output, audience_of(readers))
    _say(change_of_themes(open_study(study, key), asking).lines)


def trajectories(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODES", help="Codes de personnes : P012 ; sinon tout le monde.", show_default=False),
    ] = None,
    output: OutputOption = None,
    readers: ReadersOption = "équipe",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Montre la ligne de vie de chacun, datée : situations, événements, rencontres, essais de contact."""
    from enquete.actions.follow_up.trajectories import tell_trajectories
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study

    _say(tell_trajectories(open_study(study, key), listed(codes), output, audience_of(readers)).lines)


def answers(
    questions: Annotated[
        list[str], typer.Argument(metavar="QUESTIONS", help="Noms de questions fermées, comme dans le questionnaire.")
    ],
    first: FromOption = None,
    second: ToOption = None,
    questionnaires: Annotated[
        list[str] | None,
        typer.Option(
            "--questionnaire",
            metavar="NOM",
            help="Lesquels, si plusieurs posent la question ; peut se répéter.",
            show_default=False,
        ),
    ] = None,
    test: Annotated[
        bool, typer.Option("--test", help="Ajoute un test par question ; demande « --echantillon ».")
    ] = False,
    sampling: Annotated[
        str | None,
        typer.Option(
            "--echantillon", metavar="TEXTE", help="Comment les personnes ont été choisies.", show_default=False
        ),
    ] = None,
    output: OutputOption = None,
    readers: ReadersOption = "équipe",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Compare les réponses des mêmes personnes à une question, d'une vague à l'autre."""
    from enquete.actions.follow_up.change import Asking, change_of_answers
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem

    said = (sampling or "").strip()
    if test and not said:
        raise EnqueteError(Problem.SAMPLING_MISSING, exit_code=2)
    if said and not test:
        raise typer.BadParameter("« --echantillon » va avec « --test ».")
    asking = Asking(first, second, output, audience_of(readers), listed(questionnaires), said if test else None)
    _say(change_of_answers(open_study(study, key), listed(questions), asking).lines)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
