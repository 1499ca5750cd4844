"""Commands about meeting the same people again: suivi, suivi tentative, suivi perdu…"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli import change, links
from enquete.cli.options import KeyOption, StudyOption, command, listed, typer_app

if TYPE_CHECKING:
    from enquete.actions.follow_up.sealed_papers import Handing

PersonArgument = Annotated[str, typer.Argument(metavar="PERSONNE", help="Code de la personne.", show_default=False)]
WaveOption = Annotated[
    str | None,
    typer.Option(
        "--vague", metavar="CODE", help="Vague dont il s'agit ; inutile s'il n'y en a que deux.", show_default=False
    ),
]
ByOption = Annotated[str, typer.Option("--par", metavar="CODE", help="Code de qui le dit.", show_default=False)]
DayOption = Annotated[
    str | None,
    typer.Option("--date", metavar="JOUR", help="Jour (2026-11-03) ; sinon aujourd'hui.", show_default=False),
]
PaperOption = Annotated[
    Path | None,
    typer.Option(
        "--sortie",
        metavar="FICHIER.html",
        help="Écrit une page scellée par une phrase, au lieu de la montrer.",
        show_default=False,
    ),
]
HolderOption = Annotated[
    str | None, typer.Option("--pour", metavar="CODE", help="À qui la page est remise.", show_default=False)
]
DrawnOption = Annotated[
    bool, typer.Option("--phrase-aleatoire", help="Tire la phrase au sort et la montre une fois, sans la demander.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Une ligne JSON par personne, rien d'autre.")]
TableOption = Annotated[
    Path | None,
    typer.Option("--sortie", metavar="FICHIER.xlsx", help="Écrit le tableau dans un classeur.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Suit les mêmes personnes : qui a été rencontré quand, qui est à revoir, qui est perdu de vue.")
    group.callback(invoke_without_command=True)(follow_up)
    group.info.no_args_is_help = False
    command(group, "etat")(state)
    command(group, "tentative")(attempt)
    command(group, "perdu")(lost)
    command(group, "retrouve")(found)
    command(group, "contact")(contact)
    command(group, "fiche")(sheet)
    command(group, "guide")(guide)
    links.add_to(group)
    change.add_to(group)
    app.add_typer(group, name="suivi", no_args_is_help=False)


def follow_up(
    context: typer.Context,
    wave: WaveOption = None,
    as_json: JsonOption = False,
    output: TableOption = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Dit qui a été rencontré quand, qui est à revoir, qui est perdu de vue et pourquoi."""
    if context.invoked_subcommand is None:
        state(wave, as_json, output, study, key)


def state(
    wave: WaveOption = None,
    as_json: JsonOption = False,
    output: TableOption = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Dit qui a été rencontré quand, qui est à revoir, qui est perdu de vue et pourquoi (comme « enquete suivi »)."""
    from enquete.actions.follow_up.table import show_follow_up, write_follow_up
    from enquete.actions.study import open_study

    opened = open_study(study, key)
    if output is not None:
        say(write_follow_up(opened, wave, output, date.today()))
        return
    lines, rows = show_follow_up(opened, wave, date.today())
    say((json.dumps(row, ensure_ascii=False) for row in rows) if as_json else lines)


def attempt(
    person: PersonArgument,
    channel: Annotated[
        str,
        typer.Option(
            "--moyen",
            metavar="MOYEN",
            help="appel, message, courriel, courrier, relais, visite ou autre.",
            show_default=False,
        ),
    ],
    outcome: Annotated[
        str,
        typer.Option(
            "--issue",
            metavar="ISSUE",
            help="pas-de-reponse, message-laisse, mauvais-numero, rendez-vous, reporte, refus ou transmis.",
            show_default=False,
        ),
    ],
    wave: WaveOption = None,
    day: DayOption = None,
    beyond: Annotated[
        bool, typer.Option("--malgre-la-limite", help="La note même si la limite de tentatives est atteinte.")
    ] = False,
    study: StudyOption = None,
) -> None:
    """Note une tentative de joindre une personne à revoir, et ce qu'il en est advenu."""
    from enquete.actions.follow_up.notes import Trying, note_attempt
    from enquete.actions.study import open_study

    say(note_attempt(open_study(study), Trying(person, wave, channel, outcome, day, beyond), date.today()))


def lost(
    person: PersonArgument,
    reason: Annotated[
        str,
        typer.Option(
            "--motif",
            metavar="MOTIF",
            help="demenagement, refus, pas-jointe, retrait, deces ou raison-inconnue.",
            show_default=False,
        ),
    ],
    by: ByOption,
    wave: WaveOption = None,
    note: Annotated[
        str,
        typer.Option(
            "--note",
            metavar="TEXTE",
            help="Ce qu'on sait (une sanction ? un déménagement ?), sans nommer personne.",
            show_default=False,
        ),
    ] = "",
    day: DayOption = None,
    study: StudyOption = None,
) -> None:
    """Note qu'une personne est perdue de vue, pourquoi, et ce qu'on en sait ; la note est pseudonymisée."""
    from enquete.actions.follow_up.notes import Losing, note_loss
    from enquete.actions.study import open_study

    say(note_loss(open_study(study), Losing(person, wave, reason, by, note, day), date.today()))


def found(person: PersonArgument, study: StudyOption = None) -> None:
    """Note qu'une personne perdue de vue est retrouvée."""
    from enquete.actions.follow_up.notes import note_found
    from enquete.actions.study import open_study

    say(note_found(open_study(study), person, date.today()))


def contact(
    person: PersonArgument,
    safe: Annotated[
        str | None,
        typer.Option("--numero-sur", metavar="NUMÉRO", help="Numéro à appeler sans risque.", show_default=False),
    ] = None,
    no_message: Annotated[
        bool | None,
        typer.Option("--pas-de-message/--messages-permis", help="Interdit ou permet les messages.", show_default=False),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--langue", metavar="LANGUE", help="Langue où lui parler.", show_default=False)
    ] = None,
    hours: Annotated[
        str | None, typer.Option("--heures", metavar="TEXTE", help="Meilleures heures.", show_default=False)
    ] = None,
    relay: Annotated[
        str | None,
        typer.Option("--relais", metavar="TEXTE", help="Association par qui passer.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limite", metavar="N", min=0, help="Tentatives par vague ; 0 : comme l'étude.", show_default=False
        ),
    ] = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Montre ou note au coffre comment une personne veut être jointe.

    Une valeur vide ("") efface ce qui était noté ; un tiret (-) la fait lire sur l'entrée standard, pour qu'elle ne
    reste pas dans l'historique du terminal.
    """
    from enquete.actions.follow_up.contacts import Change, change_contact
    from enquete.actions.study import open_study

    texts = (_value(text) for text in (safe, language, hours, relay))
    safe, language, hours, relay = texts
    change_ = Change(safe, no_message, language, hours, relay, limit)
    say(change_contact(open_study(study, key), person, change_))


def _value(written: str | None) -> str | None:
    return sys.stdin.readline().strip() if written == "-" else written


def sheet(
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="PERSONNES", help="Codes ; sinon toutes celles qui sont à revoir.", show_default=False),
    ] = None,
    wave: WaveOption = None,
    output: PaperOption = None,
    holder: HolderOption = None,
    drawn: DrawnOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Dit à qui revoit les personnes comment les joindre : celles qui sont à revoir et l'ont accepté, et elles seules.

    La phrase de la page est demandée deux fois, ou prise dans ENQUETE_PHRASE_PAQUET ou sur l'entrée standard.
    """
    from enquete.actions.follow_up.contacts import contact_sheet
    from enquete.actions.study import open_study

    handing = _handing(output, holder, drawn)
    say(contact_sheet(open_study(study, key), listed(people), wave, handing, date.today()))


def guide(
    person: PersonArgument,
    wave: WaveOption = None,
    named: Annotated[
        str | None,
        typer.Option(
            "--guide",
            metavar="NOM",
            help="Guide à suivre ; sinon celui dont la personne a abordé les thèmes.",
            show_default=False,
        ),
    ] = None,
    output: PaperOption = None,
    holder: HolderOption = None,
    drawn: DrawnOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Montre le guide de l'entretien à venir, avec ce que la personne avait dit, thème par thème.

    La phrase de la page est demandée deux fois, ou prise dans ENQUETE_PHRASE_PAQUET ou sur l'entrée standard.
    """
    from enquete.actions.follow_up.guide import follow_up_guide
    from enquete.actions.study import open_study

    handing = _handing(output, holder, drawn)
    say(follow_up_guide(open_study(study, key), person, wave, named, handing, date.today()))


def _handing(output: Path | None, holder: str | None, drawn: bool) -> Handing | None:
    """The sealed page that is asked for, None for the terminal."""
    from enquete.actions.follow_up.sealed_papers import Handing

    return Handing(output, holder, drawn) if output else None


def say(lines: Iterable[str]) -> None:
    """Prints them."""
    for line in lines:
        typer.echo(line)
