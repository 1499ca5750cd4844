"""Commands about what could betray a person: risques, signer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, listed


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "risques")(risks)
    command(app, "signer")(sign)


def risks(
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par combinaison, rien d'autre.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="FICHIER", help="Classeur à écrire pour l'équipe (avec la clé).", show_default=False
        ),
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Montre ce qui distingue chaque personne : caractéristiques et faits que peu d'autres partagent."""
    import json

    from enquete.actions.protection.risks import list_risks
    from enquete.actions.study import open_study

    result = list_risks(open_study(study, key), output)
    for line in (json.dumps(row, ensure_ascii=False) for row in result.rows) if as_json else result.lines:
        typer.echo(line)


def sign(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NUMÉROS",
            help="Citations (12) ou paraphrases (par3) à signer ; sans numéro, montre celles qui attendent.",
            show_default=False,
        ),
    ] = None,
    signer: Annotated[
        str, typer.Option("--par", metavar="NOM", help="Qui répond de ces citations.", show_default=False)
    ] = "",
    everything: Annotated[bool, typer.Option("--tout", help="Signe toutes celles qui n'ont pas de remarque.")] = False,
    back: Annotated[
        list[str] | None,
        typer.Option("--retirer", metavar="NUMÉRO", help="Retire une signature ; peut se répéter.", show_default=False),
    ] = None,
    signed: Annotated[bool, typer.Option("--signees", help="Montre les citations déjà signées.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre les citations « à citer » et les paraphrases, et signe celles qui peuvent paraître en diffusion."""
    from enquete.actions.outputs import signing
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem

    opened = open_study(study)
    if back:
        lines = signing.hold_back(opened, listed(back))
    elif numbers or everything:
        lines = signing.sign(opened, listed(numbers), signer, everything=everything)
    elif signer:
        raise EnqueteError(Problem.SIGNING_NOTHING, exit_code=2)
    else:
        lines = signing.list_quotations(opened, signed=signed)
    for line in lines:
        typer.echo(line)
