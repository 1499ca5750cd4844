"""The coding page: coder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
            help="Qui code ; peut se répéter. Sinon, codeurs et arbitres de enquete.toml, ou qui a des entretiens.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port de la page ; 0 : n'importe lequel.")
    ] = 8765,
    no_browser: Annotated[bool, typer.Option("--sans-navigateur", help="N'ouvre pas le navigateur.")] = False,
    network: Annotated[
        bool, typer.Option("--reseau", help="Ouvre la page aux autres ordinateurs du réseau, par un lien à chacun.")
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificat", metavar="FICHIER", help="Certificat (PEM) qui chiffre les échanges.", show_default=False
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
    from enquete.actions.coding.links import coders_of
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem
    from enquete.web.run import Serving, open_page

    if (certificate is None) != (certificate_key is None):
        raise EnqueteError(Problem.PAGE_CERTIFICATE_PAIR, exit_code=2)
    pair = (certificate, certificate_key) if certificate and certificate_key else None
    opened = open_study(study)
    named = coders_of(opened, coders or ())

    with open_page(opened, named, Serving(port, network, pair, new_links, apart=True)) as page:
        _tell(opened.config.name, page.links, network=network, private=pair is not None)
        if len(page.links) == 1 and not network and not no_browser:
            _show(next(iter(page.links.values()))[0])
        page.run()
    typer.echo("Page fermée. Tout ce qui a été fait est enregistré.")


def _tell(study: str, addresses: Mapping[str, Sequence[str]], *, network: bool, private: bool) -> None:
    typer.echo(f"Page de codage ouverte : {study}")
    typer.echo("Chaque lien est personnel : qui l'a code au nom de cette personne.")
    for coder, links in addresses.items():
        first, *others = links
        typer.echo(f"  {coder} : {first}")
        for link in others:
            typer.echo(f"  {' ' * len(coder)}   {link}")
    if network and not private:
        typer.echo(
            "Attention : sans « --certificat », ce qui passe sur le réseau (entretiens, codages, liens) peut être lu "
            "par qui s'y trouve. Ne l'utilisez que sur un réseau dont vous êtes sûr.",
            err=True,
        )
    typer.echo("Pour la fermer : Ctrl+C.")


def _show(link: str) -> None:
    import webbrowser

    webbrowser.open(link)
