"""Types made by hand on the screen: what goes with each, counted after, and which cases are in none or in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from enquete.actions.outputs.gathering import gather
from enquete.actions.study import Study
from enquete.findings.cases.types import Counts, counts, placed
from enquete.findings.counting import Base
from enquete.findings.leads import NOWHERE
from enquete.findings.written.pieces import Piece
from enquete.findings.written.showing import Showing
from enquete.model import Audience
from enquete.store.pieces import pieces
from enquete.wording import capital, label


def type_lines(study: Study, piece: Piece) -> Iterator[str]:
    """The attributes and the themes that go with a type, with the same of the others beside. No test, no percentage."""
    showing = _showing(study)
    base = showing.base
    cases = piece.listed("cases")
    found = list(counts(showing, base, piece))
    for kind, of_kind in groupby(found, key=lambda one: one.kind):
        yield f"  Ce qui va avec, compté ensuite : {label(kind, 2)}"
        for what, lines in groupby(of_kind, key=lambda one: one.what):
            yield f"    {what}"
            yield from (f"      {_line(one)}" for one in lines)
    met = {person for people in base.met.values() for person in people}
    apart = [case for case in cases if case not in met]
    if apart:
        yield f"  Sans entretien, ou ne participant plus : {', '.join(apart)} ; {_not_counted(len(apart))}."
    with study.database() as db:
        others = [one for one in pieces(db, piece.kind) if one.code != piece.code]
    also = [f"{case} ({', '.join(codes)})" for case in cases if (codes := _holding(others, case))]
    if also:
        yield f"  Aussi dans un autre type : {', '.join(also)}."


def placed_lines(study: Study, made: Sequence[Piece]) -> Iterator[str]:
    """Which cases are in no type, which in several."""
    showing = _showing(study)
    yield from placed(showing, showing.base, made)


def _showing(study: Study) -> Showing:
    base = Base(gather(study, b""))
    return Showing(base, Audience.TEAM, NOWHERE, None)


def _holding(made: Sequence[Piece], case: str) -> list[str]:
    return [one.code for one in made if case in one.listed("cases")]


def _line(one: Counts) -> str:
    """« hébergé : 3 sur 5 ; chez les autres, 1 sur 12 »."""
    others = f"{one.others} sur {one.others_of}" if one.others_of else "personne d'autre"
    return f"{capital(one.value)} : {one.inside} sur {one.inside_of} ; chez les autres, {others}"


def _not_counted(count: int) -> str:
    return "non compté" if count < 2 else "non comptés"
