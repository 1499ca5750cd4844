"""The command about disagreements between coders: arbitrer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli.options import StudyOption, command, listed

if TYPE_CHECKING:
    from enquete.actions.agreement.arbitrating import Wanted
    from enquete.actions.agreement.arbitrating_options import Typed
    from enquete.actions.study import Study

Texts = list[str] | None


def add_to(app: typer.Typer) -> None:
    """Adds this command."""
    command(app, "arbitrer")(arbitrate)


def _option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text, show_default=False)
    return option


def arbitrate(
    key: Annotated[
        str | None,
        typer.Argument(metavar="CLÉ", help="Le désaccord à régler ; sans clé, les montre.", show_default=False),
    ] = None,
    retained: Annotated[
        str, _option("--retenir", "QUOI", "Un codeur, les-deux (tous), aucun, nouveau ou maintenu.")
    ] = "",
    by: Annotated[str, _option("--par", "QUI", "Qui décide : un code court.")] = "",
    why: Annotated[str, _option("--motif", "TEXTE", "Pourquoi ; les noms y sont masqués.")] = "",
    codes: Annotated[
        Texts,
        _option("--code", "CODE", "En liste : ce code seulement. Avec nouveau : le code à donner. Peut se répéter."),
    ] = None,
    words: Annotated[str, _option("--mots", "MOTS", "Avec nouveau : les mots à coder.")] = "",
    turn: Annotated[int | None, _option("--tour", "N", "Avec --mots : dans ce tour, compté à partir de 1.")] = None,
    start: Annotated[
        int | None, _option("--debut", "N", "Avec nouveau : première position, comptée à partir de 0.")
    ] = None,
    end: Annotated[int | None, _option("--fin", "N", "Avec nouveau : position d'après la dernière.")] = None,
    interviews: Annotated[Texts, _option("--entretien", "CODE", "Cet entretien seulement ; peut se répéter.")] = None,
    questions: Annotated[
        Texts, _option("--question", "Q/NOM", "Les réponses à cette question ouverte seulement ; peut se répéter.")
    ] = None,
    codebooks: Annotated[Texts, _option("--grille", "GRILLE", "Cette grille seulement ; peut se répéter.")] = None,
    everything: Annotated[bool, typer.Option("--tous", help="Montre aussi les désaccords réglés.")] = False,
    bounds: Annotated[
        bool, typer.Option("--bornes", help="Montre aussi les accords sur le code dont les bornes diffèrent.")
    ] = False,
    unfinished: Annotated[
        bool, typer.Option("--inclure-inacheves", help="Compare aussi les codeurs qui n'ont pas fini l'entretien.")
    ] = False,
    agreed: Annotated[
        bool,
        typer.Option(
            "--reprendre-accords",
            help="Reprend dans la version arbitrée ce sur quoi tous s'accordent, là où plus rien n'est à arbitrer.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par désaccord, rien d'autre.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre les désaccords entre codeurs, et en règle un ; les codages de chacun ne changent jamais. Sans clé."""
    from enquete.actions.agreement.arbitrating import Wanted
    from enquete.actions.agreement.arbitrating_options import Typed
    from enquete.actions.study import open_study

    opened = open_study(study)
    if agreed:
        _close(opened, list(listed(interviews)))
    elif key is not None:
        _settle(opened, Typed(key, retained, by, why, tuple(codes or ()), start, end, turn, words), as_json=as_json)
    else:
        if retained or by or why:
            raise typer.BadParameter("dites quel désaccord : sa clé, que montre « enquete arbitrer ».")
        named = (listed(interviews), tuple(codes or ()), tuple(codebooks or ()))
        wanted = Wanted(*named, unfinished, bounds, listed(questions))
        _list(opened, wanted, everything=everything, as_json=as_json)


def _list(study: Study, wanted: Wanted, *, everything: bool, as_json: bool) -> None:
    from enquete.actions.agreement.arbitrating import State, docket
    from enquete.actions.agreement.arbitrating_lines import labels_of, lines, row
    from enquete.actions.codebooks.files import load_codebooks

    labels = labels_of(load_codebooks([], study.folder))
    with study.database() as db:
        found = docket(db, wanted)
    if as_json:
        for one in found.dossiers:
            if everything or one.state is not State.SETTLED:
                typer.echo(json.dumps(row(one, labels), ensure_ascii=False))
    else:
        for line in lines(found, labels, everything=everything):
            typer.echo(line)


def _settle(study: Study, typed: Typed, *, as_json: bool) -> None:
    from enquete.actions.agreement.arbitrating import rule
    from enquete.actions.agreement.arbitrating_lines import done_lines, labels_of, row
    from enquete.actions.agreement.arbitrating_options import order_of
    from enquete.actions.codebooks.files import load_codebooks

    done = rule(study, order_of(study, typed))
    labels = labels_of(load_codebooks([], study.folder))
    if as_json:
        typer.echo(json.dumps(row(done.dossier, labels), ensure_ascii=False))
    else:
        for line in done_lines(done, labels):
            typer.echo(line)


def _close(study: Study, interviews: list[str]) -> None:
    from enquete.actions.agreement.arbitrating import close_agreed
    from enquete.actions.agreement.arbitrating_lines import closed_line
    from enquete.wording import n

    done = close_agreed(study, interviews)
    for code, left, agreed in done:
        typer.echo(f"{code} : {n('désaccord', left)} à arbitrer d'abord." if left else closed_line(code, agreed))
    if not done:
        typer.echo("Rien n'a été fini par deux codeurs au moins.")
