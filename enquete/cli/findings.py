"""Commands for what people write of what they read: constat, recommandation, bilan, type, retour. One set for all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enquete.cli import replies
from enquete.cli.options import KeyOption, StudyOption, command, listed, typer_app

if TYPE_CHECKING:
    from enquete.findings.written.types import PieceKind

_GROUPS = {
    "constat": ("finding", "Les constats : ce qui a été compris, avec ses cas et ses citations."),
    "recommandation": ("recommendation", "Les recommandations : ce qui est demandé, à qui, et ce qui a été répondu."),
    "bilan": ("assessment", "Le bilan : avancées, freins, propositions, points de vigilance, suites à donner."),
    "type": ("type", "Les types faits à la main : un nom, des raisons, des cas."),
    "retour": ("reply", "Ce que les personnes interrogées ont répondu à la restitution."),
}

_Code = Annotated[str, typer.Argument(metavar="CODE", help="Le code de la pièce : C01, REC02, B01, T01, RET01.")]
_Codes = Annotated[
    list[str] | None, typer.Argument(metavar="CODES", help="Ces codes ; sinon tous.", show_default=False)
]
_By = Annotated[str, typer.Option("--par", metavar="CODE", help="Qui écrit : un code court.", show_default=False)]
_Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--champ", metavar="CHAMP=TEXTE", help="Un champ et ce qu'il dit ; peut se répéter.", show_default=False
    ),
]
_Numbers = Annotated[list[int], typer.Argument(metavar="NUMÉROS", help="Numéros des citations.")]


def add_to(app: typer.Typer) -> None:
    """Adds these groups."""
    for name, (kind, words) in _GROUPS.items():
        app.add_typer(_group(kind, words), name=name, no_args_is_help=False)


def _kind(value: str) -> PieceKind:
    from enquete.findings.written.types import PieceKind

    return PieceKind(value)


def _group(kind: str, words: str) -> typer.Typer:
    group = typer_app(words)
    group.callback(invoke_without_command=True)(_lister(kind))
    group.info.no_args_is_help = False
    for name, made in (
        ("nouveau", _beginner), ("montrer", _shower), ("modifier", _changer), ("supprimer", _dropper),
        ("ecrire", _writer), ("reprendre", _taker), ("verifier", _verifier),
    ):  # fmt: skip
        command(group, name)(made(kind))
    if kind in ("finding", "recommendation"):
        for name, made in (("citer", _citer), ("retirer-citation", _unciter), ("revoir-citation", _looker)):
            command(group, name)(made(kind))
    if kind == "recommendation":
        replies.add_to(group)
    return group


def _echo(lines: object) -> None:
    for line in lines:  # type: ignore[attr-defined]
        typer.echo(line)


def _split(fields: list[str] | None) -> dict[str, str]:
    """« État=proposé » -> label and words. Raises EnqueteError(PIECE_SPLIT)."""
    from enquete.errors import EnqueteError, Problem

    found = {}
    for one in fields or ():
        label, equal, text = one.partition("=")
        if not equal:
            raise EnqueteError(Problem.PIECE_SPLIT, written=one[:40], exit_code=2)
        found[label.strip()] = text
    return found


def _lister(kind: str) -> Callable[..., None]:
    def show(context: typer.Context, study: StudyOption = None) -> None:
        if context.invoked_subcommand is not None:
            return
        from enquete.actions.findings.pieces import list_pieces
        from enquete.actions.study import open_study

        _echo(list_pieces(open_study(study), _kind(kind)))

    return show


def _beginner(kind: str) -> Callable[..., None]:
    def begin(
        title: Annotated[str, typer.Argument(metavar="TITRE", help="En une phrase.")],
        by: _By,
        fields: _Fields = None,
        study: StudyOption = None,
        key: KeyOption = None,
    ) -> None:
        """En commence un, avec son titre ; les noms tapés sont masqués."""
        from enquete.actions.findings.pieces import Change, new_piece
        from enquete.actions.study import open_study
        from enquete.findings.written.fields import field_of

        values = {field_of(_kind(kind), "title").label: title, **_split(fields)}
        _echo(new_piece(open_study(study, key), _kind(kind), Change(values, by)))

    return begin


def _shower(kind: str) -> Callable[..., None]:
    def show(
        code: _Code,
        history: Annotated[bool, typer.Option("--historique", help="Avec tout ce qui y a été écrit.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="En JSON, rien d'autre.")] = False,
        study: StudyOption = None,
    ) -> None:
        """Montre tout ce qu'il dit, et ses citations."""
        from enquete.actions.findings.desk import piece_named
        from enquete.actions.findings.pieces import piece_row, show_piece
        from enquete.actions.study import open_study

        opened = open_study(study)
        if as_json:
            with opened.database() as db:
                typer.echo(json.dumps(piece_row(piece_named(db, _kind(kind), code)), ensure_ascii=False))
            return
        _echo(show_piece(opened, _kind(kind), code, whole=history))

    return show


def _changer(kind: str) -> Callable[..., None]:
    def change(
        code: _Code,
        by: _By,
        fields: _Fields = None,
        forget: Annotated[
            bool, typer.Option("--oublier", help="Efface ce qu'ils disaient, après un retrait par exemple.")
        ] = False,
        study: StudyOption = None,
        key: KeyOption = None,
    ) -> None:
        """Change des champs ; ce qu'ils disaient est gardé."""
        from enquete.actions.findings.files import refresh_files
        from enquete.actions.findings.pieces import Change, change_piece
        from enquete.actions.study import open_study

        opened = open_study(study, key)
        _echo(change_piece(opened, _kind(kind), code, Change(_split(fields), by, forget)))
        if forget:
            _echo(refresh_files(opened, [_kind(kind)]))

    return change


def _dropper(kind: str) -> Callable[..., None]:
    def drop(code: _Code, by: _By, study: StudyOption = None) -> None:
        """Ne le montre plus ; son histoire est gardée."""
        from enquete.actions.findings.pieces import drop_piece
        from enquete.actions.study import open_study

        _echo(drop_piece(open_study(study), _kind(kind), code, by))

    return drop


def _writer(kind: str) -> Callable[..., None]:
    def write(codes: _Codes = None, study: StudyOption = None) -> None:
        """Écrit un fichier Markdown par pièce dans l'étude, à modifier dans n'importe quel éditeur."""
        from enquete.actions.findings.markdown import write_files
        from enquete.actions.study import open_study

        _echo(write_files(open_study(study), _kind(kind), listed(codes)))

    return write


def _taker(kind: str) -> Callable[..., None]:
    def take(
        files: Annotated[
            list[Path] | None,
            typer.Argument(metavar="FICHIERS", help="Ces fichiers ; sinon tous ceux du dossier.", show_default=False),
        ] = None,
        by: Annotated[
            str, typer.Option("--par", metavar="CODE", help="Qui a écrit ; sinon l'auteur noté.", show_default=False)
        ] = "",
        choice: Annotated[
            str,
            typer.Option(
                "--prendre", metavar="QUI", help="Là où les deux ont changé : fichier ou etude.", show_default=False
            ),
        ] = "",
        study: StudyOption = None,
        key: KeyOption = None,
    ) -> None:
        """Reprend les fichiers Markdown que l'on a modifiés, ou ajoutés."""
        from enquete.actions.findings.markdown import choice_of, take_in_markdown
        from enquete.actions.study import open_study

        opened = open_study(study, key)
        lines = take_in_markdown(opened, opened.vault(), (_kind(kind),), tuple(files or ()), choice_of(choice), by)
        _echo(lines or ["Aucun fichier n'a changé."])

    return take


def _verifier(kind: str) -> Callable[..., None]:
    def verify(study: StudyOption = None) -> None:
        """Dit ce qui mérite un regard : citations dont le texte a changé, cas ou contre-exemples absents."""
        from enquete.actions.findings.pieces import verify as look
        from enquete.actions.study import open_study

        lines, sound = look(open_study(study), _kind(kind))
        _echo(lines)
        raise typer.Exit(0 if sound else 1)

    return verify


def _citer(kind: str) -> Callable[..., None]:
    def cite(
        code: _Code,
        interview: Annotated[str, typer.Option("--entretien", metavar="CODE", help="L'entretien : E003.")],
        turn: Annotated[int, typer.Option("--tour", metavar="N", min=1, help="Le tour de parole, à partir de 1.")],
        by: _By,
        words: Annotated[
            str, typer.Option("--mots", metavar="MOTS", help="Les mots ; sinon tout le tour.", show_default=False)
        ] = "",
        against: Annotated[bool, typer.Option("--contre", help="Comme contre-exemple.")] = False,
        study: StudyOption = None,
    ) -> None:
        """Lui donne une citation, à l'appui ou comme contre-exemple."""
        from enquete.actions.findings.pieces import cite as choose
        from enquete.actions.study import open_study
        from enquete.findings.written.markdown import Cited
        from enquete.findings.written.types import Side

        side = Side.CONTRADICTS if against else Side.SUPPORTS
        _echo(choose(open_study(study), _kind(kind), code, Cited(side, interview.upper(), turn, words), by))

    return cite


def _unciter(kind: str) -> Callable[..., None]:
    def uncite(code: _Code, numbers: _Numbers, by: _By, study: StudyOption = None) -> None:
        """Lui retire des citations, par leurs numéros."""
        from enquete.actions.findings.pieces import uncite as give_up
        from enquete.actions.study import open_study

        _echo(give_up(open_study(study), _kind(kind), code, numbers, by))

    return uncite


def _looker(kind: str) -> Callable[..., None]:
    def look(code: _Code, numbers: _Numbers, by: _By, study: StudyOption = None) -> None:
        """Note que des citations changées depuis ont été relues, et restent."""
        from enquete.actions.findings.pieces import look_at
        from enquete.actions.study import open_study

        _echo(look_at(open_study(study), _kind(kind), code, numbers, by))

    return look
