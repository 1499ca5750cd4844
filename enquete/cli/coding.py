"""The coding page: coder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import StudyOption, command


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    command(app, "coder")(code)


def code(
    coders: Annotated[
        list[str] | None,
        typer.Option(
            "--codeur",
            metavar="CODE",
            help="Qui code ; peut se répéter. Sinon, les codeurs de enquete.toml et des répartitions.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port de la page ; 0 pour n'importe lequel.")
    ] = 8765,
    no_browser: Annotated[bool, typer.Option("--sans-navigateur", help="N'ouvre pas le navigateur.")] = False,
    network: Annotated[
        bool, typer.Option("--reseau", help="Ouvre la page aux autres ordinateurs du réseau, par un lien à chacun.")
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificat", metavar="FICHIER", help="Certificat (PEM) pour chiffrer les échanges.", show_default=False
        ),
    ] = None,
    certificate_key: Annotated[
        Path | None,
        typer.Option("--cle-certificat", metavar="FICHIER", help="Clé (PEM) de ce certificat.", show_default=False),
    ] = None,
    new_links: Annotated[
        bool, typer.Option("--nouveaux-liens", help="Fait de nouveaux liens : les anciens n'ouvrent plus rien.")
    ] = False,
    study: StudyOption = None,
) -> None:
    """Ouvre la page où l'on code les entretiens, dans le navigateur."""
    from enquete.actions.coder_links import coders_of, links_for
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem
    from enquete.web.run import Serving, serve

    opened = open_study(study)
    named = coders_of(opened, coders or ())
    if not named:
        raise EnqueteError(Problem.PAGE_NO_CODER, exit_code=2)
    links = links_for(opened, named, anew=new_links)

    def tell(found: list[tuple[str, list[str]]]) -> None:
        for coder, addresses in found:
            for address in addresses:
                typer.echo(f"{coder} : {address}")
        if len(found) == 1 and not no_browser:
            import webbrowser

            webbrowser.open(found[0][1][0])

    serve(opened, links, Serving(port, network), tell)
