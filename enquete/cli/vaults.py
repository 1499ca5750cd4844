"""Commands about the vault: coffre creer, etat, ajouter-cle, retirer-cle, verifier, phrase."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, typer_app


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Les clés du coffre, ce qu'il contient, et s'il est entier.")
    command(group, "creer")(create)
    command(group, "etat")(status)
    command(group, "ajouter-cle")(add)
    command(group, "retirer-cle")(remove)
    command(group, "verifier")(check)
    command(group, "phrase")(phrase)
    app.add_typer(group, name="coffre")


def create(
    name: Annotated[
        str, typer.Option("--nom", metavar="NOM", help="Début du nom du fichier : à qui est cette clé.")
    ] = "cle",
    folder: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="DOSSIER", help="Où l'écrire (clé USB…) ; sinon avec vos clés.", show_default=False
        ),
    ] = None,
    protected: Annotated[
        bool,
        typer.Option(
            "--phrase", help="La protège par une phrase de passe, demandée deux fois ou prise dans ENQUETE_PHRASE."
        ),
    ] = False,
) -> None:
    """Fait une clé pour une personne, hors de toute étude, et montre sa clé publique."""
    from enquete.actions.protection.vaults import new_key

    _print(new_key(name, folder, protected=protected))


def status(study: StudyOption = None, key: KeyOption = None) -> None:
    """Montre ce que contient le coffre et quelles clés l'ouvrent ; ne demande pas de clé."""
    from enquete.actions.protection.vaults import vault_status
    from enquete.actions.study import open_study

    _print(vault_status(open_study(study, key)))


def add(
    public: Annotated[
        str, typer.Argument(metavar="CLE_PUBLIQUE", help="La clé publique (age1…) de la personne.", show_default=False)
    ],
    label: Annotated[
        str, typer.Option("--nom", metavar="NOM", help="À qui est cette clé ; sert à la retirer.", show_default=False)
    ] = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Chiffre de nouveau tout le coffre, pour une clé de plus."""
    from enquete.actions.protection.vaults import add_key
    from enquete.actions.study import open_study

    _print(add_key(open_study(study, key), public, label))


def remove(
    which: Annotated[str, typer.Argument(metavar="CLE", help="La clé publique, ou son nom.", show_default=False)],
    even_mine: Annotated[
        bool, typer.Option("--oui-meme-la-mienne", help="Accepte de retirer la clé employée en ce moment.")
    ] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Chiffre de nouveau tout le coffre, sans cette clé ; les copies faites avant s'ouvrent encore avec elle."""
    from enquete.actions.protection.vaults import remove_key
    from enquete.actions.study import open_study

    _print(remove_key(open_study(study, key), which, even_mine=even_mine))


def check(study: StudyOption = None, key: KeyOption = None) -> None:
    """Ouvre chaque fichier du coffre et vérifie qu'il est entier."""
    from enquete.actions.protection.vaults import check_vault
    from enquete.actions.study import open_study

    result = check_vault(open_study(study, key))
    _print(result.lines)
    raise typer.Exit(1 if result.problems else 0)


def phrase(
    remove: Annotated[bool, typer.Option("--retirer", help="Enlève la phrase de passe.")] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Met une phrase de passe à une clé, ou la change."""
    from enquete.actions.protection.vaults import change_phrase

    _print(change_phrase(study, key, remove=remove))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
