"""What goes back to the people interviewed: sheets in plain French, measured before they leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from enquete.actions.coding.coders import check_name
from enquete.actions.follow_up.overview import day_of
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.counting import Base
from enquete.findings.material import Material
from enquete.findings.plain.acronyms import glossary
from enquete.findings.plain.readability import measure, remarks
from enquete.findings.plain.sheets import asked, collective, oral, personal, told
from enquete.findings.written.fields import field_of
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.model import Audience
from enquete.reports.return_sheets import write_meeting, write_sheet
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.people import code_of
from enquete.store.pieces import pieces
from enquete.store.returns import Asked, ask_sheet, asked_sheets
from enquete.wording import day, n

_FOLDER = Path("exports")
COLLECTIVE = _FOLDER / "diffusion" / "restitution.docx"
ORAL = _FOLDER / "equipe" / "restitution-orale.docx"
PERSONAL = _FOLDER / "equipe" / "restitution"
_PLAIN = field_of(PieceKind.FINDING, "plain").label
_SHOWN = 12  # remarks a piece


def write_collective(study: Study, output: Path | None) -> Iterator[str]:
    """The sheet for everybody interviewed, and what could be simpler in it, as lines to print.

    Raises EnqueteError: RETURN_NOTHING, RETURN_ACRONYMS and what `write_checked` does.
    """
    vault = study.vault()
    material = _material(study, vault.identities().secret)
    sheet, left = collective(Base(material), _contact(study), study.config.giving_back.acronyms)
    _refuse_unexplained(left)
    path = output or study.folder / COLLECTIVE
    data = write_sheet(sheet, material.title)
    write_checked(study, vault, Output(path, data, Audience.PUBLIC, _rested_on(material)))
    yield f"Feuille de restitution écrite : {path}"
    yield from readability_lines(told(material.pieces) + asked(material.pieces))


def write_oral(study: Study, output: Path | None) -> Iterator[str]:
    """What to say at a meeting, and how long it takes, as lines to print. Raises EnqueteError as `write_collective`."""
    vault = study.vault()
    material = _material(study, vault.identities().secret)
    meeting, left = oral(Base(material), study.config.giving_back.acronyms)
    _refuse_unexplained(left)
    path = output or study.folder / ORAL
    data = write_meeting(meeting, material.title)
    write_checked(study, vault, Output(path, data, Audience.PUBLIC, _rested_on(material)))
    yield f"Version orale écrite : {path}, environ {meeting.minutes} minutes."


def write_personal(study: Study, person: str, output: Path | None) -> Iterator[str]:
    """One person's own sheet, for the team to give by hand, as lines to print.

    Raises EnqueteError: UNKNOWN_PARTICIPANT; RETURN_NOT_ASKED when that person has not asked for it; RETURN_NOT_MET;
    RETURN_ACRONYMS; what `write_checked` does.
    """
    vault = study.vault()
    with study.database() as db:
        code = code_of(db, person)
        wanted = {one.participant for one in asked_sheets(db)}
    if code is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=person)
    if code not in wanted:
        raise EnqueteError(Problem.RETURN_NOT_ASKED, code=code)
    material = _with_pieces(study, vault.identities().secret)
    base = Base(material)
    try:
        sheet, left = personal(base, code, _contact(study), study.config.giving_back.acronyms)
    except KeyError:
        raise EnqueteError(Problem.RETURN_NOT_MET, code=code) from None
    _refuse_unexplained(left)
    path = output or study.folder / PERSONAL / f"{code}.docx"
    mine = tuple(one.code for one in material.interviews if code in one.participants)
    write_checked(study, vault, Output(path, write_sheet(sheet, material.title), Audience.TEAM, mine))
    yield f"Feuille de {code} écrite : {path}"
    yield "À remettre en main propre : elle dit ce que cette personne a raconté. Elle est notée parmi les sorties."


def note_request(study: Study, person: str, on: str | None, by: str, today: date) -> Iterator[str]:
    """Somebody asked for their own sheet; gives lines to print.

    Raises EnqueteError: UNKNOWN_PARTICIPANT, FOLLOW_UP_DAY, CODER_NAME.
    """
    check_name(by)
    asked_day = day_of(on, today)
    with study.database() as db, transaction(db):
        code = code_of(db, person)
        if code is None:
            raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=person)
        ask_sheet(db, Asked(code, asked_day, by))
        record(db, "restitution demandée", "personnes=1")
    yield f"{code} a demandé sa feuille le {day(asked_day)} : « enquete restitution personnelle {code} » l'écrit."


def check_plain(study: Study) -> tuple[list[str], bool]:
    """How easy the texts meant for the people interviewed are to read, as lines; whether every acronym is explained."""
    with study.database() as db:
        every = pieces(db)
    ready = told(every) + asked(every)
    lines = list(readability_lines(ready))
    left_out = [piece.code for piece in every if piece.kind is PieceKind.FINDING and piece not in ready]
    if left_out:
        lines.append(f"Hors de la feuille, car pas validé ou sans texte « {_PLAIN} » : {', '.join(left_out)}.")
    texts = [part for piece in ready for part in (piece.get("plain"), piece.get("addressees"))]
    _, unexplained = glossary(texts, study.config.giving_back.acronyms)
    if unexplained:
        lines.append(f"Sigles que rien n'explique : {', '.join(unexplained)}.")
    return lines or ["Aucun texte pour la restitution."], not unexplained


def readability_lines(ready: Sequence[Piece]) -> Iterator[str]:
    """The score of each text, and what could be simpler in it."""
    for piece in ready:
        text = piece.get("plain")
        found = measure(text)
        if found.score is None:
            continue
        yield (
            f"{piece.code} : lisibilité {found.score:.0f} ({found.level}), {n('phrase', found.sentences)} de "
            f"{n('mot', round(found.words / found.sentences))} en moyenne."
        )
        told_ = list(remarks(text))
        yield from (f"  {line}" for line in told_[:_SHOWN])
        if len(told_) > _SHOWN:
            yield f"  et {n('autre remarque', len(told_) - _SHOWN)}."


def _material(study: Study, secret: bytes) -> Material:
    """Raises EnqueteError(RETURN_NOTHING) when nobody wrote anything for the people interviewed."""
    material = _with_pieces(study, secret)
    if not told(material.pieces):
        raise EnqueteError(Problem.RETURN_NOTHING, field=_PLAIN)
    return material


def _with_pieces(study: Study, secret: bytes) -> Material:
    with study.database() as db:
        written = tuple(pieces(db))
    return replace(gather(study, secret), pieces=written)


def _rested_on(material: Material) -> tuple[str, ...]:
    """Interviews that the findings told rest on."""
    chosen = {one.interview for piece in told(material.pieces) for one in piece.evidence}
    known = {one.code for one in (*material.interviews, *material.answers)}
    return tuple(sorted(chosen & known))


def _contact(study: Study) -> str:
    return study.config.controllers.contact or ""


def _refuse_unexplained(left: Sequence[str]) -> None:
    if left:
        raise EnqueteError(Problem.RETURN_ACRONYMS, found=", ".join(left), first=left[0])
