"""Commands that hand data over: exporter reponses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, listed, typer_app


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Sort des données de l'étude, pour d'autres logiciels.")
    command(group, "reponses")(answers)
    app.add_typer(group, name="exporter")


def answers(
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="sav (SPSS), dta (Stata), csv ou xlsx.")
    ] = "xlsx",
    questionnaire: Annotated[
        str | None,
        typer.Option("--questionnaire", metavar="NOM", help="Un seul questionnaire ; sinon tous.", show_default=False),
    ] = None,
    waves: Annotated[
        list[str] | None,
        typer.Option("--vague", metavar="CODES", help="Ces vagues (v1,v2) ; sinon toutes.", show_default=False),
    ] = None,
    layout: Annotated[
        str,
        typer.Option(
            "--disposition", metavar="QUOI", help="longue (personne et vague par ligne) ou large (personne par ligne)."
        ),
    ] = "longue",
    output: Annotated[
        Path | None,
        typer.Option("--sortie", metavar="FICHIER", help="Sinon exports/equipe/reponses.<format>.", show_default=False),
    ] = None,
    texts: Annotated[bool, typer.Option("--textes", help="Avec les réponses ouvertes, pseudonymisées.")] = False,
    readers: Annotated[
        str, typer.Option("--destinataires", metavar="QUI", help="équipe ; les autres lisent des tableaux.")
    ] = "équipe",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit les réponses personne par personne, avec libellés, manquants et mesures, pour l'équipe."""
    from enquete.actions.answers.exporting import Wanted, export_answers
    from enquete.actions.outputs.verifying import audience_of
    from enquete.actions.study import open_study

    form = format_.lower().removeprefix(".")
    wanted = Wanted(form, questionnaire, listed(waves), layout.lower(), output, texts, audience_of(readers))
    for line in export_answers(open_study(study, key), wanted):
        typer.echo(line)
