"""Commands that share the coding out and train newcomers: affecter, formation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enquete.cli.options import StudyOption, TryOption, command, listed

if TYPE_CHECKING:
    from enquete.actions.results import Result

_LARGEST_SEED = 2**31 - 1


def _option(name: str, metavar: str, text: str, least: int | None = None, most: int | None = None) -> Any:
    return typer.Option(name, metavar=metavar, help=text, show_default=False, min=least, max=most)


InterviewsOption = Annotated[
    list[str] | None, _option("--entretien", "CODE", "Ces entretiens seulement ; peut se répéter.")
]
QuestionsOption = Annotated[
    list[str] | None,
    _option("--question", "Q/NOM", "Les réponses à cette question ouverte (« rsa-v1/dire ») ; peut se répéter."),
]
NameOption = Annotated[str | None, _option("--nom", "NOM", "Nom du tour.")]
AmongOption = Annotated[
    str | None,
    _option("--codeurs", "A,B,C", "Tire au sort qui code quoi entre ces personnes, à nombre de mots égal."),
]
ShareOption = Annotated[
    str | None,
    _option(
        "--double",
        "PART",
        "Ce qui est codé par plusieurs, à l'aveugle : « 20 % », un nombre, ou « tous » ; pour les entretiens, et pour "
        "les réponses à chaque question.",
    ),
]
ByOption = Annotated[
    int | None, _option("--par", "N", "Par combien de personnes, pour ces entretiens-là ; sinon 2.", least=2)
]
SeedOption = Annotated[
    int | None,
    _option(
        "--graine",
        "N",
        "Nombre dont dépend le hasard : le même redonne le même tirage.",
        least=0,
        most=_LARGEST_SEED,
    ),
]
WaveOption = Annotated[str | None, _option("--vague", "CODE", "Les textes de cette vague seulement.")]
CodersOption = Annotated[
    list[str] | None,
    _option(
        "--codeur",
        "CODE",
        "À la main : confie à cette personne les « --entretien » et « --question » ; peut se répéter.",
    ),
]
BackOption = Annotated[
    bool,
    typer.Option(
        "--retirer", help="Reprend ce que désignent --codeur, --entretien, --question et --nom, si rien n'est commencé."
    ),
]
OnlyInterviewsOption = Annotated[
    bool, typer.Option("--sans-reponses", help="Les entretiens seulement, sans les réponses aux questions ouvertes.")
]
NewcomerArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NOUVEAU",
        help="Code de la personne qui apprend ; sans lui, montre qui est en formation.",
        show_default=False,
    ),
]
ReferenceOption = Annotated[
    str | None,
    _option(
        "--reference",
        "CODE",
        "Commence : lui donne des entretiens finis par cette personne, ou « arbitrage » pour la version arbitrée.",
    ),
]
NumberOption = Annotated[
    int | None,
    _option(
        "--nombre",
        "N",
        "Combien d'entretiens, sans --entretien ; sinon 2. Ceux où il y a le plus de codes à apprendre d'abord.",
        least=1,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    command(app, "affecter")(assign)
    command(app, "formation")(train)


def assign(
    among: AmongOption = None,
    share: ShareOption = None,
    by: ByOption = None,
    seed: SeedOption = None,
    name: NameOption = None,
    codes: InterviewsOption = None,
    questions: QuestionsOption = None,
    wave: WaveOption = None,
    coders: CodersOption = None,
    back: BackOption = False,
    no_answers: OnlyInterviewsOption = False,
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Répartit entretiens et réponses ouvertes entre les codeurs ; sans option, montre qui code quoi."""
    from enquete.actions.rounds.by_hand import give_by_hand, take_back
    from enquete.actions.rounds.drawing import Draw, draw_round
    from enquete.actions.rounds.table import round_table
    from enquete.actions.study import open_study

    chosen, asked, people = listed(codes), listed(questions), listed(coders)
    opened = open_study(study)
    if no_answers and among is None:
        raise typer.BadParameter("« --sans-reponses » va avec « --codeurs ».")
    if back:
        _refuse({"--codeurs": among, "--double": share, "--par": by, "--graine": seed, "--vague": wave}, "--retirer")
        if not (people or chosen or asked or name):
            raise typer.BadParameter(
                "dites ce qui est repris : « --codeur », « --entretien », « --question » ou « --nom »."
            )
        _say(take_back(opened, people, chosen, name, questions=asked, try_only=try_only))
    elif among is not None:
        _refuse({"--codeur": people}, "--codeurs")
        if by and not share:
            raise typer.BadParameter("« --par » demande aussi « --double » : quels entretiens, « 20 % » ou « tous » ?")
        if no_answers and asked:
            raise typer.BadParameter("« --sans-reponses » ne va pas avec « --question ».")
        draw = Draw(listed([among]), share or "0", by or 2, seed, name, chosen, wave, asked, answers=not no_answers)
        if not draw.coders:
            raise typer.BadParameter("dites entre qui répartir : « --codeurs lea,sofiane ».")
        _say(draw_round(opened, draw, try_only=try_only))
    elif people:
        _refuse({"--double": share, "--par": by, "--graine": seed, "--vague": wave}, "--codeur")
        if not (chosen or asked):
            raise typer.BadParameter("dites quels textes : « --entretien E001 », « --question rsa-v1/dire ».")
        _tell(give_by_hand(opened, people, chosen, name, questions=asked, try_only=try_only))
    elif share or by or seed is not None or name or chosen or asked or wave or try_only:
        raise typer.BadParameter("dites entre qui : « --codeurs lea,sofiane », ou à qui : « --codeur lea ».")
    else:
        _say(round_table(opened))


def train(
    newcomer: NewcomerArgument = None,
    reference: ReferenceOption = None,
    codes: InterviewsOption = None,
    wanted: NumberOption = None,
    name: NameOption = None,
    try_only: TryOption = False,
    study: StudyOption = None,
) -> None:
    """Forme une personne qui commence : elle code, puis compare avec une référence, passage par passage."""
    from enquete.actions.rounds.lesson_lines import training_report, training_table
    from enquete.actions.rounds.training import USUAL, start_training
    from enquete.actions.study import open_study

    chosen = listed(codes)
    opened = open_study(study)
    if reference is None and (chosen or wanted or name or try_only):
        raise typer.BadParameter("dites d'après qui : « --reference CODE ».")
    if newcomer is None:
        if reference is not None:
            raise typer.BadParameter("dites qui apprend : « enquete formation NOUVEAU --reference CODE ».")
        _say(training_table(opened))
    elif reference is None:
        _say(training_report(opened, newcomer))
    else:
        if chosen and wanted:
            raise typer.BadParameter("« --nombre » ne va pas avec « --entretien ».")
        _tell(start_training(opened, newcomer, reference, chosen, wanted or USUAL, name, try_only=try_only))


def _tell(result: Result) -> None:
    """Prints what was done and what was refused; ends the command."""
    _say(result.lines)
    for problem in result.problems:
        typer.echo(f"REFUSÉ {problem}", err=True)
    raise typer.Exit(1 if result.problems else 0)


def _refuse(given: dict[str, object], other: str) -> None:
    """Raises BadParameter for an option that does not go with another one."""
    for option, value in given.items():
        if value not in (None, (), ""):
            raise typer.BadParameter(f"« {option} » ne va pas avec « {other} ».")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
