"""Help to choose quotations. A person chooses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from enquete.actions.coding.coders import check_name
from enquete.actions.findings.desk import piece_named, texts_of
from enquete.actions.outputs.concordance import nodes_named
from enquete.actions.outputs.gathering import gather, speech_of
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.choosing import Asked, Candidate, Choice, Place, candidates, choice
from enquete.findings.counting import Base
from enquete.findings.material import Flag
from enquete.findings.quotations import may_be_quoted
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind, Side
from enquete.store.codings import record
from enquete.store.counting import counted
from enquete.store.database import transaction
from enquete.store.interviews import Interview
from enquete.store.pieces import choose, pieces
from enquete.store.remarks import remarks
from enquete.wording import capital, n

SHOWN = 12  # codes of people on a line
_SIDE_NAMES = {Side.SUPPORTS: "à l'appui", Side.CONTRADICTS: "contre-exemple"}
_LENGTH = re.compile(r"\s*(\d+)\s*[-–]\s*(\d+)\s*")


@dataclass(frozen=True, slots=True)
class Search:
    """What the user types. length: « 15-60 », in words."""

    theme: str = ""
    finding: str = ""
    count: int = 12
    length: str = "15-60"
    wave: str = ""


@dataclass(frozen=True)
class Desk:
    """A study as quotations are chosen in it. numbers: place -> its number; places: any number of a coding -> place."""

    base: Base
    texts: dict[str, Interview]
    numbers: dict[Place, int]
    places: dict[int, Place]


def desk_of(study: Study) -> Desk:
    """Reads it."""
    material = gather(study, b"")
    with study.database() as db:
        texts = {text.code: text for text in texts_of(db)}
        written, said_of, rows = pieces(db), remarks(db), [one.coding for one in counted(db)]
    speech = tuple(said for text in texts.values() for said in speech_of(text))
    material = replace(material.everything(), pieces=tuple(written), remarks=tuple(said_of), speech=speech)
    codes = {text.revision: code for code, text in texts.items()}
    places = {row.id: (codes[row.revision], row.start, row.end) for row in rows}
    numbers: dict[Place, int] = {}
    for flag in (Flag.CITE, None):  # « enquete signer » names a passage by its first coding flagged « à citer »
        for row in sorted(rows, key=lambda row: row.id):
            if flag in (None, row.flag):
                numbers.setdefault(places[row.id], row.id)
    return Desk(Base(material), texts, numbers, places)


# --- the list


@dataclass(frozen=True)
class Listing:
    """What was found. finding: for which, or ""."""

    choice: Choice
    finding: str

    def lines(self) -> Iterator[str]:
        """For people."""
        if self.choice.chosen:
            yield f"Déjà retenues pour {self.finding} :"
            yield from (f"  {_SIDE_NAMES[side]}, {evidence_words(one)}" for one, side in self.choice.chosen)
            yield from (
                f"  {capital(_SIDE_NAMES[side])} : {n('personne', people)}, {n('vague', waves)}."
                for side, (people, waves) in self.choice.quoted.items()
            )
        if self.finding and self.choice.unquoted:
            told = ", ".join(self.choice.unquoted[:SHOWN]) + (" …" if len(self.choice.unquoted) > SHOWN else "")
            yield f"En parlent sans être citées : {n('personne', len(self.choice.unquoted))} ({told})."
        for one in self.choice.proposed:
            yield f"{one.number}  {_where(one)}, {', '.join(code for _, code in one.codes)}"
            yield f"   « {' '.join(one.extract.text.split())} »"
            if one.paraphrase:
                yield f"   paraphrase : « {one.paraphrase} »"
            chosen = (f"déjà retenue pour {', '.join(one.chosen)}",) if one.chosen else ()
            yield f"   {' ; '.join((*one.why, *chosen))} ; {n('mot', one.extract.words)}"
        yield f"{n('citation proposée', len(self.choice.proposed))} ; le choix reste le vôtre."
        if self.choice.left_out:
            parts = ", ".join(f"{count} {why}" for why, count in self.choice.left_out.items())
            yield f"Citations non montrées : {parts}."
        if self.choice.proposed:
            finding = self.finding or "C01"
            yield f"Pour en retenir : enquete citations --retenir 12,40 --constat {finding} --par CODE [--contre]"

    def rows(self) -> Iterator[dict[str, object]]:
        """For a program: turns count from 0."""
        for one in self.choice.proposed:
            yield {
                "numero": one.number,
                "entretien": one.extract.interview,
                "tour": one.turn,
                "debut": one.extract.start,
                "fin": one.extract.end,
                "participant": one.extract.participant,
                "vague": one.extract.wave,
                "codes": [f"{book}:{code}" for book, code in one.codes],
                "marque": str(one.flag) if one.flag else None,
                "mots": one.extract.words,
                "citation": one.extract.text,
                "paraphrase": one.paraphrase or None,
                "constats": list(one.chosen),
                "raisons": list(one.why),
            }


def _where(one: Candidate) -> str:
    who = one.extract.participant or "voix non identifiée"
    return f"{who}, {one.extract.interview}, tour {one.turn + 1}, vague {one.extract.wave}"


def evidence_words(one: Evidence) -> str:
    """« E003, tour 12 : « … » »."""
    return f"{one.interview}, tour {one.turn + 1} : « {' '.join(one.text.split())} »"


def search(study: Study, sought: Search) -> Listing:
    """Candidates for a theme or a finding.

    Raises EnqueteError: QUOTATIONS_OF_WHAT, QUOTATIONS_NO_THEME, QUOTATIONS_LENGTH, PIECE_UNKNOWN, THEME_UNKNOWN,
    UNKNOWN_WAVE.
    """
    shortest, longest = _length(sought.length)
    waves = study.config.waves_by_code
    if sought.wave and sought.wave not in waves:
        raise EnqueteError(Problem.UNKNOWN_WAVE, wave=sought.wave, known=", ".join(waves), exit_code=2)
    desk = desk_of(study)
    piece = _finding(study, sought.finding) if sought.finding else None
    themes = (sought.theme,) if sought.theme else piece.listed("themes") if piece else ()
    if not themes:
        problem = Problem.QUOTATIONS_NO_THEME if piece else Problem.QUOTATIONS_OF_WHAT
        raise EnqueteError(problem, **({"code": piece.code} if piece else {}), exit_code=2)
    material = desk.base.material
    nodes = [found for theme in themes for found in nodes_named(material, theme)]
    codes = {(grid.id, code) for grid, node in nodes for code in node.family}
    finding = piece.code if piece else ""
    asked = Asked(codes, finding, sought.count, shortest, longest, sought.wave)
    return Listing(choice(desk.base, asked, desk.numbers), finding)


def _finding(study: Study, written: str) -> Piece:
    with study.database() as db:
        return piece_named(db, PieceKind.FINDING, written)


def _length(written: str) -> tuple[int, int]:
    found = _LENGTH.fullmatch(written)
    if found is None or int(found[1]) > int(found[2]):
        raise EnqueteError(Problem.QUOTATIONS_LENGTH, written=written[:20], exit_code=2)
    return int(found[1]), int(found[2])


def keep(study: Study, numbers: Sequence[str], finding: str, side: Side, by: str) -> Iterator[str]:
    """Gives a finding these quotations, all or none; gives lines to print.

    Raises EnqueteError: CODER_NAME, PIECE_UNKNOWN, QUOTATION_NUMBER, QUOTATION_HELD.
    """
    check_name(by)
    piece = _finding(study, finding)
    desk = desk_of(study)
    every = {(p.codebook, p.code) for p in desk.base.passages}
    known = {
        (one.extract.interview, one.extract.start, one.extract.end): one
        for one in candidates(desk.base, Asked(every), desk.numbers)
    }
    named = {one.number: one for one in (_may_be_kept(desk, known, number) for number in numbers)}
    chosen = [one for one in named.values() if not _held(piece, side, one)]
    with study.database() as db, transaction(db):
        for one in chosen:
            where = one.extract
            under = _under(piece, one)
            choose(db, PieceKind.FINDING, piece.code, side, where.interview, where.start, where.end, by, under)
        record(db, "constat cité", f"citations={len(chosen)}")
    what = n("citation retenue", len(chosen)) if side is Side.SUPPORTS else n("contre-exemple retenu", len(chosen))
    yield f"{piece.code} : {what}."
    if len(chosen) < len(named):
        yield f"{n('citation', len(named) - len(chosen))} déjà là."


def _held(piece: Piece, side: Side, one: Candidate) -> bool:
    """Whether the finding quotes these very words already, on this side."""
    where = (one.extract.interview, one.extract.start, one.extract.end)
    return any(held.side is side and (held.interview, held.start, held.end) == where for held in piece.evidence)


def _under(piece: Piece, one: Candidate) -> tuple[str, str]:
    """The code under which it is chosen: one of the finding's themes when it bears one."""
    wanted = set(piece.listed("themes"))
    return next((code for code in one.codes if ":".join(code) in wanted), one.codes[0])


def _may_be_kept(desk: Desk, known: dict[Place, Candidate], number: str) -> Candidate:
    at = desk.places.get(int(number)) if number.isdecimal() else None
    one = known.get(at) if at else None
    if one is None:
        raise EnqueteError(Problem.QUOTATION_NUMBER, number=number[:20])
    if one.flag is Flag.NEVER:
        raise EnqueteError(Problem.QUOTATION_HELD, number=number, why="elle est marquée « ne jamais citer »")
    if not may_be_quoted(desk.base, one.extract):
        raise EnqueteError(Problem.QUOTATION_HELD, number=number, why="la personne n'accepte pas d'être citée")
    return one
