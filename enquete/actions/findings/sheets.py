"""Interview sheets: a document an interview, for the team, to be read before any comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from enquete.actions.coding.notes import Note, read_notes
from enquete.actions.findings.cases import matrix_of
from enquete.actions.follow_up.trajectories import lives_of
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.study import Study
from enquete.coding.entries import Kind
from enquete.errors import EnqueteError, Problem
from enquete.findings.cases.interview_sheet import Notes, Reading, Written
from enquete.findings.counting import Base
from enquete.model import Audience
from enquete.store.people import code_of
from enquete.wording import n

FOLDER = Path("exports") / "equipe" / "fiches"


def write_sheets(
    study: Study, wanted: Sequence[str], folder: Path | None, *, everything: bool = False
) -> Iterator[str]:
    """Writes the sheets, all or none, and gives lines to print. wanted: interviews and people, « E003 », « P003 ».

    Raises EnqueteError: SHEETS_WHICH when nothing is asked for, SHEETS_UNKNOWN; what `write_checked` does.
    """
    from enquete.reports.interview_sheet import write_interview_sheet

    if not wanted and not everything:
        raise EnqueteError(Problem.SHEETS_WHICH, exit_code=2)
    vault = study.vault()
    base, matrix = matrix_of(study, secret=vault.identities().secret)
    codes = list(base.interviews) if everything else list(dict.fromkeys(_asked(study, base, wanted)))
    if not codes:
        yield "Aucun entretien : il n'y a pas de fiche à écrire."
        return
    people = {person for code in codes for person in base.present[code]}
    reading = Reading(base, matrix, lives_of(study, base, sorted(people)), _notes(read_notes(study, None, None)))
    target = folder or study.folder / FOLDER
    write_checked(
        study,
        vault,
        *(
            Output(
                target / f"{code}.docx",
                write_interview_sheet(reading.sheet(code), study.config.name),
                Audience.TEAM,
                _made_from(base, code),
                tuple(sorted(base.present[code])),
            )
            for code in codes
        ),
    )
    yield f"{n('fiche', len(codes))} pour l'équipe, dans {target} : {', '.join(codes)}"


def _asked(study: Study, base: Base, wanted: Iterable[str]) -> Iterator[str]:
    """Codes of interviews: those named, and all those of the people named."""
    by_key = {code.casefold(): code for code in base.interviews}
    for written in wanted:
        if written.casefold() in by_key:
            yield by_key[written.casefold()]
            continue
        with study.database() as db:
            person = code_of(db, written)
        mine = [code for code, present in base.present.items() if person in present]
        if not mine:
            raise EnqueteError(Problem.SHEETS_UNKNOWN, written=written[:20], exit_code=2)
        yield from mine


def _made_from(base: Base, code: str) -> tuple[str, ...]:
    """A sheet tells of all the interviews of whoever was there: a withdrawal from any of them concerns it."""
    people = set(base.present[code])
    return tuple(sorted(one for one, present in base.present.items() if people & set(present)))


def _notes(notes: Sequence[Note]) -> dict[str, Notes]:
    """By interview."""
    found: dict[str, dict[Kind, list[Written]]] = defaultdict(lambda: defaultdict(list))
    for one in notes:
        if one.body.strip():
            label = one.label.removeprefix("Événement, ")  # what the heading says already
            found[one.interview][one.kind].append(Written(one.coder, label, one.body))
    return {
        code: Notes(tuple(kinds[Kind.SHEET]), tuple(kinds[Kind.EVENT]), tuple(kinds[Kind.MEMO]))
        for code, kinds in found.items()
    }
