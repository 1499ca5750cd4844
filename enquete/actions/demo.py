"""The demonstration: a complete fictional study, through the same actions as a real one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

from enquete import config
from enquete.actions.import_codings import import_codings
from enquete.actions.import_interviews import Request, import_interviews
from enquete.actions.signing import sign
from enquete.actions.spotting import WORKING_COPY, spot_study
from enquete.actions.study import NewStudy, create_study, open_study
from enquete.actions.synthesis import output_path, write_synthesis
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience
from enquete.wording import n

KITS = ("rsa", "inclusion-numerique")
NAME = "Démonstration : nouveau RSA et inclusion numérique (tout est inventé)"
ATTRIBUTES = ("tranche d'âge", "sexe")
CODERS = ("lea", "sofiane")
SIGNER = "l'équipe de la démonstration"
SYNTHESES = (Audience.PROJECT_GROUP, Audience.PUBLIC)
_SYNTHESIS = {
    Audience.PROJECT_GROUP: "à ouvrir avec Excel ou LibreOffice",
    Audience.PUBLIC: "petits nombres masqués, citations signées",
}


def build_demo(folder: Path, processes: int, step: Callable[[int, int], None]) -> Iterator[str]:
    """Builds the study and gives lines to print as each part is done.

    Raises EnqueteError(STUDY_EXISTS, FOLDER_NOT_EMPTY) rather than touch what is there.
    """
    made = create_study(folder, KITS, NAME)
    try:
        yield from _build(made, processes, step)
    except BaseException:
        # Nobody's work is in it, and a half-built demonstration would only stand in the way of the next one.
        shutil.rmtree(made.folder, ignore_errors=True)
        made.key.unlink(missing_ok=True)
        raise


def _build(made: NewStudy, processes: int, step: Callable[[int, int], None]) -> Iterator[str]:
    _choose_attributes(made.folder / config.FILE_NAME)
    study = open_study(made.folder)
    yield f"Étude fictive : {made.folder}"
    yield f"Clé du coffre : {made.key}"
    with as_file(files("enquete") / "demonstration") as source:
        paths = tuple(sorted((source / "entretiens").iterdir()))
        request = Request(paths, participants=source / "participants.csv", processes=processes)
        report = import_interviews(study, request, step)
        if report.rejected:
            raise EnqueteError(Problem.DEMO_BROKEN, where=report.rejected[0][0])
        people = {person for done in report.imported for person in done.participants}
        yield f"{n('entretien', len(report.imported))} de {n('personne', len(people))}, pseudonymisés."
        spotted = spot_study(study, (), "codes", processes, step)
        yield spotted.lines[0]
        for coder in CODERS:
            codings = import_codings(study, source / f"codages_{coder}.csv", coder, None, whole=True)
            yield f"{n('codage', codings.added)} de {coder}."
    for line in sign(study, (), SIGNER, everything=True):
        yield line.partition(" : ")[0].removesuffix(".") + "."
    for audience in SYNTHESES:
        list(write_synthesis(study, audience, None))
    yield "Sorties :"
    for audience in SYNTHESES:
        yield f"  {study.folder / output_path(audience)}  ({_SYNTHESIS[audience]})"
    yield f"  {study.folder / WORKING_COPY}  (repérages, à décider par les codeurs)"
    yield f"Pour la suite : enquete etat --etude {made.folder}"


def _choose_attributes(path: Path) -> None:
    """The template's commented line about attributes, filled in."""
    lines = path.read_text(encoding="utf-8").splitlines()
    chosen = ", ".join(f'"{name}"' for name in ATTRIBUTES)
    lines = [f"attributs = [{chosen}]" if line.startswith("# attributs") else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
