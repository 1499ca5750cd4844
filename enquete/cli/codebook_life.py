"""Commands about the life of a codebook: grille renommer, fusionner, scinder, retirer, adopter, a-revoir, versions…"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli.options import StudyOption, TryOption, command, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enquete.actions.results import Result


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text, show_default=False)
    return option


CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Identifiant du code.", show_default=False)]
BookOption = Annotated[str | None, _option("--grille", "GRILLE", "Grille de l'étude, si le code est dans plusieurs.")]
BookArgument = Annotated[
    str | None,
    typer.Argument(metavar="GRILLE", help="Grille de l'étude ; sinon toutes.", show_default=False),
]
LabelOption = Annotated[str, _option("--libelle", "TEXTE", "Libellé.")]
ByOption = Annotated[str, _option("--par", "QUI", "Qui décide : un code court.")]
WhyOption = Annotated[str, _option("--motif", "TEXTE", "Pourquoi ; les noms y sont masqués.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Une ligne JSON par élément, rien d'autre.")]


def add_commands(group: typer.Typer) -> None:
    """Adds these commands to « grille »."""
    command(group, "renommer")(rename)
    command(group, "fusionner")(merge)
    command(group, "scinder")(split)
    command(group, "retirer")(retire)
    command(group, "proposes")(proposed)
    command(group, "adopter")(adopt)
    command(group, "a-revoir")(look_again)
    command(group, "versions")(versions)
    command(group, "comparer")(compare)


def rename(
    code: CodeArgument,
    new: Annotated[
        str, typer.Argument(metavar="NOUVEAU", help="Nouvel identifiant ; le même pour changer le libellé seul.")
    ],
    label: LabelOption = "",
    book: BookOption = None,
    by: ByOption = "",
    why: WhyOption = "",
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Renomme un code ; ses codages, ses repérages et ses mémos suivent."""
    from enquete.actions.codebooks.changes import By
    from enquete.actions.codebooks.verbs import rename as action
    from enquete.actions.study import open_study

    _echo(action(open_study(study), code, new, label, book, By(by, why, try_only)))


def merge(
    codes: Annotated[
        list[str], typer.Argument(metavar="CODES", help="Codes à réunir dans un autre.", show_default=False)
    ],
    into: Annotated[str, _option("--dans", "CODE", "Le code qui les réunit ; nouveau s'il a un --libelle.")],
    label: LabelOption = "",
    book: BookOption = None,
    by: ByOption = "",
    why: WhyOption = "",
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Réunit des codes en un seul, qui prend leurs codages, leurs indices et leurs sous-codes."""
    from enquete.actions.codebooks.changes import By
    from enquete.actions.codebooks.verbs import merge as action
    from enquete.actions.study import open_study

    _echo(action(open_study(study), codes, into, label, book, By(by, why, try_only)))


def split(
    code: CodeArgument,
    parts: Annotated[list[str], _option("--en", "ID[=LIBELLÉ]", "Un code nouveau ; se répète.")],
    book: BookOption = None,
    by: ByOption = "",
    why: WhyOption = "",
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Scinde un code : des codes nouveaux à côté ; ses passages y restent, et sont à revoir un à un."""
    from enquete.actions.codebooks.changes import By
    from enquete.actions.codebooks.verbs import split_code
    from enquete.actions.study import open_study

    _echo(split_code(open_study(study), code, parts, book, By(by, why, try_only)))


def retire(
    code: CodeArgument,
    book: BookOption = None,
    by: ByOption = "",
    why: WhyOption = "",
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Retire un code : il n'est plus proposé ; ses codages restent, et sont à revoir."""
    from enquete.actions.codebooks.changes import By
    from enquete.actions.codebooks.verbs import retire as action
    from enquete.actions.study import open_study

    _echo(action(open_study(study), code, book, By(by, why, try_only)))


def proposed(as_json: JsonOption = False, study: StudyOption = None) -> None:
    """Montre les codes que les codeurs proposent : libellé, définition, codages."""
    from enquete.actions.codebooks.proposals import list_proposals
    from enquete.actions.study import open_study

    _show(list_proposals(open_study(study)), as_json=as_json)


def adopt(
    keys: Annotated[list[str], typer.Argument(metavar="CLÉS", help="Codes proposés : leurs clés.", show_default=False)],
    new: Annotated[str, _option("--comme", "ID", "Identifiant du code nouveau.")] = "",
    under: Annotated[str, _option("--sous", "THÈME", "Code sous lequel le ranger.")] = "",
    into: Annotated[str, _option("--dans", "CODE", "Code de la grille qui les prend.")] = "",
    label: LabelOption = "",
    definition: Annotated[str, _option("--definition", "TEXTE", "Définition ; sinon celle du premier qui en a.")] = "",
    by: ByOption = "",
    why: WhyOption = "",
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Fait entrer dans la grille un code proposé, ou plusieurs en un seul, avec leurs codages."""
    from enquete.actions.codebooks.changes import By
    from enquete.actions.codebooks.proposals import Adoption
    from enquete.actions.codebooks.proposals import adopt as action
    from enquete.actions.study import open_study

    adoption = Adoption(new, under, label, definition, into)
    _echo(action(open_study(study), keys, adoption, By(by, why, try_only)))


def look_again(
    interviews: Annotated[
        list[str] | None, _option("--entretien", "CODE", "Cet entretien seulement ; peut se répéter.")
    ] = None,
    codes: Annotated[list[str] | None, _option("--code", "CODE", "Ce code seulement ; peut se répéter.")] = None,
    seen: Annotated[
        list[int] | None, _option("--vu", "NUMÉRO", "Ce passage reste codé ainsi ; peut se répéter.")
    ] = None,
    as_json: JsonOption = False,
    study: StudyOption = None,
) -> None:
    """Montre les passages à revoir : leur texte ou leur code a changé depuis qu'ils ont été codés."""
    from enquete.actions.codebooks import looks as codebook_looks
    from enquete.actions.study import open_study

    opened = open_study(study)
    if seen:
        _echo(codebook_looks.seen(opened, seen))
    else:
        _show(codebook_looks.list_looks(opened, listed(interviews), codes or ()), as_json=as_json)


def versions(name: BookArgument = None, study: StudyOption = None) -> None:
    """Montre les versions gardées d'une grille, et ce qui a changé à chacune."""
    from enquete.actions.codebooks.versions import list_versions
    from enquete.actions.study import open_study

    _echo(list_versions(open_study(study), name))


def compare(
    name: BookArgument = None,
    first: Annotated[int | None, _option("--de", "N", "Version de départ ; sinon l'avant-dernière.")] = None,
    second: Annotated[int | None, _option("--a", "N", "Version d'arrivée ; sinon celle en usage.")] = None,
    study: StudyOption = None,
) -> None:
    """Compare deux versions d'une grille : codes ajoutés, ôtés, renommés, retirés, redéfinis."""
    from enquete.actions.codebooks import versions as codebook_versions
    from enquete.actions.study import open_study

    _echo(codebook_versions.compare(open_study(study), name, first, second))


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _show(result: Result, *, as_json: bool) -> None:
    _echo((json.dumps(row, ensure_ascii=False) for row in result.rows) if as_json else result.lines)
