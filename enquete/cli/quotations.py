"""Commands that help to choose quotations: citations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, listed, typer_app

_By = Annotated[str, typer.Option("--par", metavar="CODE", help="Qui écrit : un code court.", show_default=False)]
_Passage = Annotated[
    str, typer.Argument(metavar="PASSAGE", help="Son numéro (12), ou l'entretien et le tour (E003:12).")
]
_Words = Annotated[
    str, typer.Option("--mots", metavar="MOTS", help="Une partie du tour ; sinon tout le tour.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer_app("Aide à choisir des citations : les passages d'un thème, répartis entre les personnes.")
    group.callback(invoke_without_command=True)(quotations)
    group.info.no_args_is_help = False
    command(group, "paraphraser")(paraphrase)
    command(group, "commenter")(comment)
    command(group, "importer")(bring)
    command(group, "verifier")(verify)
    app.add_typer(group, name="citations", no_args_is_help=False)


def quotations(
    context: typer.Context,
    theme: Annotated[
        str, typer.Option("--theme", metavar="CODE", help="Le thème, sous-codes compris : R07 ou rsa:R07.")
    ] = "",
    finding: Annotated[
        str, typer.Option("--constat", metavar="CODE", help="Le constat : ses thèmes, et ce qui y est déjà retenu.")
    ] = "",
    count: Annotated[int, typer.Option("--nombre", metavar="N", min=1, help="Combien en montrer.")] = 12,
    length: Annotated[str, typer.Option("--longueur", metavar="MOTS", help="En mots, « 15-60 ».")] = "15-60",
    wave: Annotated[str, typer.Option("--vague", metavar="CODE", help="Cette vague seulement.")] = "",
    kept: Annotated[
        list[str] | None,
        typer.Option("--retenir", metavar="NUMÉROS", help="Les donne au constat : 12,40.", show_default=False),
    ] = None,
    against: Annotated[bool, typer.Option("--contre", help="Avec --retenir : comme contre-exemples.")] = False,
    by: Annotated[str, typer.Option("--par", metavar="CODE", help="Avec --retenir : qui choisit.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par citation, rien d'autre.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre des passages qui peuvent être cités, ou donne à un constat ceux que l'on retient."""
    if context.invoked_subcommand is not None:
        return
    from enquete.actions.findings.quotations import Search, keep, search
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem
    from enquete.findings.written.types import Side

    numbers = listed(kept)
    if numbers:
        missing = "« --constat »" if not finding else "« --par »" if not by else ""
        if missing:
            raise EnqueteError(Problem.QUOTATIONS_KEEP, missing=missing, exit_code=2)
        lines = keep(open_study(study), numbers, finding, Side.CONTRADICTS if against else Side.SUPPORTS, by)
    else:
        found = search(open_study(study), Search(theme, finding, count, length, wave))
        lines = (json.dumps(row, ensure_ascii=False) for row in found.rows()) if as_json else found.lines()
    for line in lines:
        typer.echo(line)


def paraphrase(
    passage: _Passage,
    text: Annotated[str, typer.Option("--texte", metavar="TEXTE", help="D'autres mots ; vide : plus de paraphrase.")],
    by: _By,
    words: _Words = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit les mots qui tiennent lieu de ceux d'un passage « à paraphraser » ; les noms tapés sont masqués."""
    from enquete.actions.findings.remarks import PassageText
    from enquete.actions.findings.remarks import paraphrase as write
    from enquete.actions.study import open_study

    for line in write(open_study(study, key), PassageText(passage, text, by, words)):
        typer.echo(line)


def comment(
    passage: _Passage,
    text: Annotated[str, typer.Option("--texte", metavar="TEXTE", help="Le commentaire.")],
    by: _By,
    words: _Words = "",
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Commente un passage, comme la colonne « Commentaire » des Verbatims ; les noms tapés sont masqués."""
    from enquete.actions.findings.remarks import PassageText
    from enquete.actions.findings.remarks import comment as write
    from enquete.actions.study import open_study

    for line in write(open_study(study, key), PassageText(passage, text, by, words)):
        typer.echo(line)


def bring(
    table: Annotated[
        Path, typer.Argument(metavar="TABLEAU", help="Colonnes entretien, tour, citation, paraphrase (.csv, .xlsx…).")
    ],
    by: _By,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Enregistre un tableau de paraphrases ; les noms tapés sont masqués."""
    from enquete.actions.findings.remarks import import_paraphrases
    from enquete.actions.study import open_study

    lines, sound = import_paraphrases(open_study(study, key), table, by)
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if sound else 1)


def verify(study: StudyOption = None) -> None:
    """Dit quelles citations retenues ne peuvent plus être montrées, ou sont à relire."""
    from enquete.actions.findings.quotation_checks import verify_quotations
    from enquete.actions.study import open_study

    lines, sound = verify_quotations(open_study(study))
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if sound else 1)
