"""The command that brings answers to questionnaires in: importer reponses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, ProcessesOption, StudyOption, TryOption

FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FICHIERS",
        help="Fichier de réponses (.sav, .dta, .csv, .xlsx, .ods…) ; plusieurs pour un export en tables liées.",
        show_default=False,
    ),
]
WaveOption = Annotated[
    str | None,
    typer.Option(
        "--vague",
        metavar="CODE",
        help="Vague de ces réponses ; d'un fichier qui en a plusieurs, celle-ci seulement.",
        show_default=False,
    ),
]
QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        metavar="NOM",
        help="Questionnaire de l'étude ; inutile s'il n'y en a qu'un pour cette vague.",
        show_default=False,
    ),
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--correspondance",
        metavar="FICHIER",
        help="Ce qui relie les colonnes du fichier aux questions, quand cela ne va pas de soi (.toml).",
        show_default=False,
    ),
]
ProposeOption = Annotated[
    bool,
    typer.Option(
        "--proposer",
        help="Écrit une correspondance à relire, à côté du fichier ou là où le dit « --correspondance » ; "
        "n'importe rien.",
    ),
]
ReplaceOption = Annotated[
    bool,
    typer.Option("--remplacer", help="Prend les réponses qui diffèrent de celles enregistrées ; les codages suivent."),
]
LinksOption = Annotated[
    Path | None,
    typer.Option(
        "--liens",
        metavar="TABLE",
        help="Table .csv ou .xlsx : la clé dans ce fichier, et le code du participant dans l'étude.",
        show_default=False,
    ),
]
RepairOption = Annotated[
    bool,
    typer.Option("--reparer-accents", help="Rétablit des lettres accentuées mal décodées (« Ã© » pour « é »)."),
]


def answers(
    files: FilesArgument,
    wave: WaveOption = None,
    questionnaire: QuestionnaireOption = None,
    mapping: MappingOption = None,
    propose: ProposeOption = False,
    try_only: TryOption = False,
    replace: ReplaceOption = False,
    links: LinksOption = None,
    repair: RepairOption = False,
    processes: ProcessesOption = 1,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Lit les réponses à un questionnaire ; les réponses ouvertes sont pseudonymisées et deviennent des textes."""
    from enquete.actions.answers.files import Request, import_answers, propose_file
    from enquete.actions.study import open_study
    from enquete.cli.answers_lines import answers_lines
    from enquete.cli.progress import progress

    request = Request(tuple(files), wave, questionnaire, mapping, links, try_only, replace, repair, processes)
    if propose:
        typer.echo(propose_file(open_study(study, key), request))
        return
    with progress("Importation") as step:
        report = import_answers(open_study(study, key), request, step)
    for line in answers_lines(report):
        typer.echo(line)
    raise typer.Exit(1 if report.incomplete else 0)
