"""Commands about what people agreed to and take back: consentement, retirer, sorties, purger, codeur."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, TryOption, command, typer_app

YesOption = Annotated[bool, typer.Option("--oui", help="Ne demande pas de confirmation (pour un script).")]
DeleteOption = Annotated[
    bool,
    typer.Option("--supprimer-exports", help="Efface aussi les fichiers de « exports » qui peuvent contenir ces mots."),
]
_STATE = "ÉTAT"


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "consentement")(consent)
    command(app, "retirer")(withdraw)
    command(app, "purger")(purge)
    group = typer_app("Dit ce qui est sorti de l'étude, chez qui, et ce qui doit être détruit.")
    group.callback(invoke_without_command=True)(outputs)
    group.info.no_args_is_help = False
    command(group, "remettre")(give)
    command(group, "confirmer")(confirm)
    app.add_typer(group, name="sorties", no_args_is_help=False)
    people = typer_app("Dit ce qui concerne les personnes qui codent.")
    command(people, "depart")(leave)
    people.callback()(_coders)
    app.add_typer(people, name="codeur")


def _option(name: str, text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=_STATE, help=text, show_default=False)
    return option


def consent(
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="PERSONNE", help="Code de la personne ; sans lui, un tableau de toutes.", show_default=False
        ),
    ] = None,
    wave: Annotated[
        str | None, typer.Option("--vague", metavar="CODE", help="Vague dont il s'agit.", show_default=False)
    ] = None,
    participation: Annotated[
        str | None, _option("--participation", "Participer : accorde, refuse ou retire (de même ci-dessous).")
    ] = None,
    recording: Annotated[str | None, _option("--enregistrement", "Être enregistré.")] = None,
    quotation: Annotated[str | None, _option("--citation", "Être cité.")] = None,
    recontact: Annotated[str | None, _option("--recontact", "Être recontacté.")] = None,
    archive: Annotated[str | None, _option("--archive", "Voir ses paroles archivées après l'étude.")] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--le",
            metavar="DATE",
            help="Jour où la personne l'a dit (2026-11-03) ; sinon aujourd'hui.",
            show_default=False,
        ),
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(
            "--preuve",
            metavar="FICHIER",
            help="Formulaire signé, note ou son : gardé chiffré au coffre.",
            show_default=False,
        ),
    ] = None,
    oral: Annotated[bool, typer.Option("--oral", help="La personne l'a dit à l'oral.")] = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Montre ou note ce qu'une personne accepte, vague par vague."""
    from datetime import date

    from enquete.actions.protection.consents import Decision, consent_table, note_consent, show_consents
    from enquete.actions.study import open_study
    from enquete.model import ConsentKind

    given = {
        ConsentKind.PARTICIPATION: participation,
        ConsentKind.RECORDING: recording,
        ConsentKind.QUOTATION: quotation,
        ConsentKind.RECONTACT: recontact,
        ConsentKind.ARCHIVE: archive,
    }
    states = {kind: state for kind, state in given.items() if state is not None}
    opened = open_study(study, key)
    if person is None:
        if states or proof or oral or day:
            raise typer.BadParameter("dites de quelle personne il s'agit.")
        _say(consent_table(opened))
    elif states or proof or oral or day:
        _say(note_consent(opened, Decision(person, states, wave, day, proof, oral), date.today()))
    else:
        _say(show_consents(opened, person))


def withdraw(
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="PERSONNE", help="Code de la personne ; sans lui, finit un retrait inachevé.", show_default=False
        ),
    ] = None,
    interview: Annotated[
        str | None,
        typer.Option(
            "--passage", metavar="ENTRETIEN", help="Ne retire qu'un passage de cet entretien.", show_default=False
        ),
    ] = None,
    turn: Annotated[
        int | None,
        typer.Option("--tour", metavar="N", help="Tour de parole du passage, à partir de 1.", show_default=False),
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--mots", metavar="MOTS", help="Ces mots seulement, et non le tour entier.", show_default=False),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--entretiens-entiers",
            help="Efface en entier les entretiens à plusieurs où l'on ne sait pas qui parle.",
        ),
    ] = False,
    delete_exports: DeleteOption = False,
    yes: YesOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Efface de l'étude tout ce qui vient d'une personne, ou un passage qu'elle retire."""
    from enquete.actions.protection.withdrawal import (
        finish_withdrawals,
        plan_withdrawal,
        withdraw_passage,
        withdraw_person,
    )
    from enquete.actions.study import open_study
    from enquete.errors import EnqueteError, Problem

    opened = open_study(study, key)
    partial = interview is not None or turn is not None or words is not None
    if person is None:
        if partial:
            raise EnqueteError(Problem.PASSAGE_INCOMPLETE, exit_code=2)
        _say(finish_withdrawals(opened, delete_exports=delete_exports))
    elif partial:
        if interview is None or turn is None:
            raise EnqueteError(Problem.PASSAGE_INCOMPLETE, exit_code=2)
        _confirm(interview, yes)
        _say(withdraw_passage(opened, person, interview, turn, words, delete_exports=delete_exports))
    else:
        plan = plan_withdrawal(opened, person, whole_interviews=whole)
        if plan is not None:
            _say(plan.lines())
            _confirm(plan.code, yes)
        _say(withdraw_person(opened, person, whole_interviews=whole, delete_exports=delete_exports))


def outputs(
    context: typer.Context,
    former: Annotated[bool, typer.Option("--toutes", help="Montre aussi les versions remplacées depuis.")] = False,
    study: StudyOption = None,
) -> None:
    """Montre tout ce qui est sorti de l'étude, chez qui, et ce qui doit être détruit."""
    from enquete.actions.outputs.holders import list_outputs
    from enquete.actions.study import open_study

    if context.invoked_subcommand is None:
        _say(list_outputs(open_study(study), former=former))


def give(
    number: Annotated[int, typer.Argument(metavar="N", help="Numéro que « enquete sorties » montre.")],
    holder: Annotated[str, typer.Option("--a", metavar="QUI", help="À qui elle a été remise.", show_default=False)],
    study: StudyOption = None,
) -> None:
    """Note à qui une sortie a été remise."""
    from enquete.actions.outputs.holders import give as give_copy
    from enquete.actions.study import open_study

    typer.echo(give_copy(open_study(study), number, holder))


def confirm(
    numbers: Annotated[
        list[str], typer.Argument(metavar="N", help="Numéros des copies ; 3-8 pour plusieurs à la suite.")
    ],
    study: StudyOption = None,
) -> None:
    """Note que des copies ont été détruites."""
    from enquete.actions.outputs.holders import confirm as confirm_copies
    from enquete.actions.study import open_study

    typer.echo(confirm_copies(open_study(study), numbers))


def purge(
    try_only: TryOption = False,
    yes: YesOption = False,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Efface ce qui ne doit plus être gardé, d'après la section [conservation] de enquete.toml."""
    from datetime import date

    from enquete.actions.protection.retention import purge as purge_parts
    from enquete.actions.protection.retention import purge_plan
    from enquete.actions.study import open_study

    opened = open_study(study, key)
    lines, parts = purge_plan(opened, date.today())
    _say(lines)
    if parts and not try_only:
        _confirm("effacer", yes)
        _say(purge_parts(opened, parts))


def _coders() -> None:
    """Dit ce qui concerne les personnes qui codent."""


def leave(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code de la personne qui s'en va.")],
    neutral: Annotated[
        str | None,
        typer.Option(
            "--renommer", metavar="CODE", help="Code neutre qui la remplace sur ses codages.", show_default=False
        ),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Rappelle ce que détient une personne qui cesse de coder ; ses codages restent."""
    from enquete.actions.coding.leaving import coder_leaves
    from enquete.actions.study import open_study

    _say(coder_leaves(open_study(study), code, neutral))


def _confirm(word: str, yes: bool) -> None:
    """Has the user type a word. Raises EnqueteError(NOT_CONFIRMED)."""
    from enquete.errors import EnqueteError, Problem

    if yes:
        return
    typed = typer.prompt(f"Pour confirmer, tapez {word}", default="", show_default=False, prompt_suffix="\u00a0: ")
    if typed.strip() != word:
        raise EnqueteError(Problem.NOT_CONFIRMED)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
