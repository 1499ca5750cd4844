"""Commands of the review: relire, signaler."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command

if TYPE_CHECKING:
    from enquete.actions.review.decisions import Desk

Keys = list[str] | None


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "relire")(review)
    command(app, "signaler")(flag)


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text, show_default=False)
    return option


def review(
    interview: Annotated[
        str | None,
        typer.Argument(metavar="ENTRETIEN", help="Code de l'entretien ; sinon tous.", show_default=False),
    ] = None,
    reader: Annotated[str, _option("--par", "NOM", "Qui relit : un code court.")] = "",
    listed: Annotated[bool, typer.Option("--liste", help="Montre ce qu'il y a à relire, sans rien demander.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Avec --liste : du JSON, sans aucun vrai nom.")] = False,
    accept: Annotated[Keys, _option("--accepter", "CLÉ", "Ce nom est bien remplacé.")] = None,
    refuse: Annotated[Keys, _option("--refuser", "CLÉ|MOT", "Ce mot ne nomme personne : il redevient lisible.")] = None,
    rename: Annotated[Keys, _option("--renommer", "CLÉ=NOM", "Un autre pseudonyme.")] = None,
    merge: Annotated[Keys, _option("--fusionner", "CLÉ=CLÉ", "C'est la même personne ; la première reste.")] = None,
    split: Annotated[
        Keys, _option("--scinder", "CLÉ=FORME", "Sous cette forme, ou dans cet entretien, c'est quelqu'un d'autre.")
    ] = None,
    policy: Annotated[Keys, _option("--politique", "CLÉ=RÈGLE", "prenom, code, categorie, garder…")] = None,
    add: Annotated[Keys, _option("--ajouter", "MOT", "Un nom resté lisible, à masquer (avec --type).")] = None,
    kind: Annotated[str, _option("--type", "TYPE", "personne, lieu, organisation, age, telephone, courriel…")] = "",
    ignore: Annotated[Keys, _option("--ignorer", "MOT", "Ce mot douteux ne nomme personne.")] = None,
    everywhere: Annotated[
        bool, typer.Option("--partout", help="Avec --refuser ou --ignorer : dans les textes à venir aussi.")
    ] = False,
    accept_all: Annotated[bool, typer.Option("--tout-accepter", help="Accepte tous les noms remplacés.")] = False,
    reviewed: Annotated[str | None, _option("--relu", "ENTRETIEN", "Cet entretien est relu (avec --par).")] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Relit ce qui a été masqué, nom par nom, et ce qui reste douteux ; tout s'enregistre à mesure."""
    from enquete.actions.review.decisions import Desk
    from enquete.actions.review.options import Orders, carry_out
    from enquete.actions.study import open_study

    desk = Desk.at(open_study(study, key))
    code = interview or reviewed or ""
    orders = Orders(
        accept=tuple(accept or ()),
        refuse=tuple(refuse or ()),
        rename=tuple(rename or ()),
        merge=tuple(merge or ()),
        split=tuple(split or ()),
        policy=tuple(policy or ()),
        add=tuple(add or ()),
        ignore=tuple(ignore or ()),
        type=kind,
        everywhere=everywhere,
        accept_all=accept_all,
        reviewed=reviewed is not None,
        reader=reader,
    )
    if orders:
        for line in carry_out(desk, code, orders):
            typer.echo(line)
    if listed or as_json:
        _list(desk, code, as_json=as_json)
    elif not orders:
        from enquete.cli.review_screen import run_screen

        run_screen(desk, code, reader)


def _list(desk: Desk, code: str, *, as_json: bool) -> None:
    import json

    from enquete.actions.review.lines import list_lines, rows
    from enquete.actions.review.waiting import agenda

    found = agenda(desk, code)
    if as_json:
        for row in rows(found):
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        for line in list_lines(found, names=sys.stdout.isatty()):
            typer.echo(line)


def flag(
    interview: Annotated[
        str, typer.Argument(metavar="ENTRETIEN", help="Code de l'entretien : E001.", show_default=False)
    ],
    coder: Annotated[str, typer.Option("--par", metavar="CODEUR", help="Qui le signale.", show_default=False)],
    word: Annotated[
        str | None,
        typer.Argument(metavar="MOT", help="Le mot, tel qu'il se lit ; sinon il est demandé.", show_default=False),
    ] = None,
    turn: Annotated[
        int | None,
        typer.Option("--tour", metavar="N", help="Dans ce seul tour, compté à partir de 1.", show_default=False),
    ] = None,
    everywhere: Annotated[bool, typer.Option("--partout", help="Dans tous les entretiens.")] = False,
    study: StudyOption = None,
) -> None:
    """Masque aussitôt, pour tous, un mot qui révèle quelqu'un ; il part à la relecture. Sans clé."""
    from enquete.actions.review.flags import flag_word
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem
    from enquete.wording import n

    if word is None:
        if not sys.stdin.isatty():
            raise EnqueteError(Problem.FLAG_NEEDS_WORD, exit_code=2)
        word = typer.prompt("Mot à masquer (il ne s'affiche pas)", hide_input=True, prompt_suffix="\u00a0: ")
    done = flag_word(open_study(study), interview, word, coder, turn, everywhere=everywhere)
    if done.changed:
        typer.echo(f"Masqué à {n('endroit', done.places)} ({', '.join(done.changed)}), et signalé à la relecture.")
    else:
        typer.echo(f"Ce mot ne se lit pas dans {interview} : s'il a déjà été signalé, il est déjà masqué.")
