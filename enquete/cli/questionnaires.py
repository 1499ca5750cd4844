"""Commands about questionnaires and interview guides: questionnaire verifier, montrer, exporter, proposer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from enquete.cli.options import KeyOption, StudyOption, command, typer_app

NameArgument = Annotated[
    str,
    typer.Argument(metavar="QUESTIONNAIRE", help="Questionnaire ou guide de l'étude, ou fichier.", show_default=False),
]
WaveOption = Annotated[
    str | None,
    typer.Option("--vague", metavar="VAGUE", help="D'un guide, cette vague seulement.", show_default=False),
]


class Format(StrEnum):
    """What a questionnaire is written as."""

    WORKBOOK = "xlsx"
    DOCUMENT = "docx"


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    group = typer_app("Vérifie, montre, exporte et propose les questionnaires et les guides d'entretien.")
    command(group, "verifier")(check)
    command(group, "montrer")(show)
    command(group, "exporter")(export)
    command(group, "proposer")(propose)
    app.add_typer(group, name="questionnaire")


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FICHIERS]",
            help="Questionnaires ou guides ; sinon tous ceux de l'étude.",
            show_default=False,
        ),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Cherche les fautes des questionnaires et des guides, avec la feuille, la ligne et le remède."""
    from enquete.actions.answers.questionnaires import check_questionnaires

    result = check_questionnaires(files or [], study)
    for line in result.lines:
        typer.echo(line)
    raise typer.Exit(1 if result.problems else 0)


def show(name: NameArgument, wave: WaveOption = None, study: StudyOption = None) -> None:
    """Affiche un questionnaire (questions, choix, filtres en mots) ou un guide."""
    from enquete.actions.answers.questionnaires import show_questionnaire

    for line in show_questionnaire(name, wave, study):
        typer.echo(line)


def export(
    name: NameArgument,
    form: Annotated[
        Format,
        typer.Option("--format", help="xlsx : pour Kobo ou ODK ; docx : à imprimer.", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="FICHIER", help="Fichier à écrire ; sinon dans « exports ».", show_default=False
        ),
    ] = None,
    wave: WaveOption = None,
    study: StudyOption = None,
    key: KeyOption = None,
) -> None:
    """Écrit un questionnaire pour Kobo et ODK (xlsx) ou à imprimer (docx), un guide à imprimer (docx)."""
    from enquete.actions.answers.questionnaires_out import export_questionnaire
    from enquete.actions.study import open_study

    for line in export_questionnaire(open_study(study, key), name, form.value, output, wave):
        typer.echo(line)


def propose(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            help="Structure LimeSurvey (.lss) ou fichier de réponses.",
            show_default=False,
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option("--nom", metavar="NOM", help="Nom du questionnaire ; sinon celui du fichier.", show_default=False),
    ] = None,
    wave: Annotated[
        str | None, typer.Option("--vague", metavar="VAGUE", help="La vague qu'il sert.", show_default=False)
    ] = None,
    repair: Annotated[
        bool,
        typer.Option("--reparer-accents", help="Rétablit des lettres accentuées mal décodées (« Ã© » pour « é »)."),
    ] = False,
    study: StudyOption = None,
) -> None:
    """Propose un questionnaire, à relire, d'après une structure LimeSurvey ou un fichier de réponses."""
    from enquete.actions.answers.questionnaire_drafts import propose_questionnaire
    from enquete.actions.study import open_study

    for line in propose_questionnaire(open_study(study), file, name, wave, repair=repair):
        typer.echo(line)
