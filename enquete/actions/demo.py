"""The demonstration: a complete fictional study, through the same actions as a real one."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from enquete import config
from enquete.actions.answers.files import Request as AnswersRequest
from enquete.actions.answers.files import import_answers
from enquete.actions.coding.importing import import_codings
from enquete.actions.coding.spotting import WORKING_COPY, spot_study
from enquete.actions.findings.files import FOLDERS
from enquete.actions.findings.grid import import_summaries
from enquete.actions.findings.markdown import take_in_markdown
from enquete.actions.findings.remarks import import_paraphrases
from enquete.actions.findings.returning import COLLECTIVE, write_collective
from enquete.actions.follow_up.notes import Losing, Trying, note_attempt, note_loss
from enquete.actions.follow_up.overview import overview
from enquete.actions.follow_up.table import totals_sentence, write_follow_up
from enquete.actions.interviews.importing import Request, import_interviews
from enquete.actions.outputs.signing import sign
from enquete.actions.outputs.synthesis import Wanted, output_path, write_synthesis
from enquete.actions.study import NewStudy, Study, create_study, open_study
from enquete.errors import EnqueteError, Problem
from enquete.findings.written.types import PieceKind
from enquete.model import Audience, RespondentType
from enquete.store.pieces import pieces
from enquete.survey.follow_up import totals
from enquete.tables import read_table
from enquete.wording import n

KITS = ("rsa", "inclusion-numerique")
NAME = "Démonstration : nouveau RSA et inclusion numérique (tout est inventé)"
ATTRIBUTES = ("tranche d'âge", "sexe")
WAVES = ("v1", "v2")
QUESTIONNAIRES = ("rsa", "numerique")
CODERS = ("lea", "sofiane")
TODAY = date(2026, 1, 31)  # on which everything has happened
FOLLOW_UP = Path("exports") / "equipe" / "suivi.xlsx"
SIGNER = "l'équipe de la démonstration"
SYNTHESES = {
    Audience.PROJECT_GROUP: "un classeur où écrire, un rapport, une page",
    Audience.PUBLIC: "petits nombres masqués, citations signées",
    Audience.TEAM: "codes des personnes, tous les croisements",
}
_WRITTEN = "ecrits"  # folder of what people wrote, in the files of the demonstration


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
        yield _met(study, source, processes, step)
        yield from _followed(study, source, processes, step)
        spotted = spot_study(study, (), "codes", processes, step)
        yield spotted.lines[0]
        for coder in CODERS:
            yield _coded(study, source, coder)
        yield _written(study, source / _WRITTEN)
    for line in sign(study, (), SIGNER, everything=True):
        yield line.partition(" : ")[0].removesuffix(".") + "."
    for audience in SYNTHESES:
        list(write_synthesis(study, Wanted(audience=audience)))
    list(write_follow_up(study, None, study.folder / FOLLOW_UP, TODAY))
    list(write_collective(study, None))
    yield from _outputs(study.folder)
    yield f"Pour la suite : enquete etat --etude {made.folder}"


def _outputs(folder: Path) -> Iterator[str]:
    """Where everything is."""
    yield "Sorties :"
    for audience, what in SYNTHESES.items():
        yield f"  {folder / output_path(audience)}, .docx et .html  ({what})"
    yield f"  {folder / COLLECTIVE}  (pour les personnes interrogées)"
    yield f"  {folder / FOLLOW_UP}  (qui a été revu, qui est perdu de vue)"
    yield f"  {folder / WORKING_COPY}  (repérages, à décider par les codeurs)"


def _met(study: Study, source: Path, processes: int, step: Callable[[int, int], None]) -> str:
    """The interviews of both waves."""
    paths = tuple(sorted((source / "entretiens").iterdir()))
    request = Request(paths, participants=source / "participants.csv", processes=processes)
    report = import_interviews(study, request, step)
    if report.rejected:
        raise EnqueteError(Problem.DEMO_BROKEN, where=report.rejected[0][0])
    people = {person for done in report.imported for person in done.participants}
    return f"{n('entretien', len(report.imported))} de {n('personne', len(people))}, pseudonymisés."


def _followed(study: Study, source: Path, processes: int, step: Callable[[int, int], None]) -> Iterator[str]:
    """Answers to the questionnaires, attempts to meet the same people again, and those lost from sight."""
    first, second = WAVES
    yield _answered(study, source, first, processes, step)
    tried = read_table(source / "suivi_tentatives.csv").rows
    for row in tried:
        code, wave, on, channel, outcome = row.cells.values()
        list(note_attempt(study, Trying(code, wave, channel, outcome, on), TODAY))
    yield _answered(study, source, second, processes, step)
    for row in read_table(source / "suivi_pertes.csv").rows:
        code, wave, reason, on, known = row.cells.values()
        list(note_loss(study, Losing(code, wave, reason, CODERS[0], known, on), TODAY))
    yield f"{n('tentative', len(tried))} de revoir des personnes."
    with study.database() as db:
        seen = overview(study, db, TODAY)
    concerned = totals([one.states[second] for one in seen.of(RespondentType.CONCERNED)])
    yield f"Personnes concernées en {second} : {totals_sentence(concerned)}"


def _answered(study: Study, source: Path, wave: str, processes: int, step: Callable[[int, int], None]) -> str:
    """The answers of a wave to the questionnaires of both kits."""
    answers = words = 0
    for kit in QUESTIONNAIRES:
        file = source / f"reponses_{kit}_{wave}.csv"
        request = AnswersRequest((file,), wave, f"{kit}-{wave}", processes=processes)
        report = import_answers(study, request, step)
        if report.incomplete:
            raise EnqueteError(Problem.DEMO_BROKEN, where=file.name)
        answers, words = answers + sum(one.new for one in report.waves), words + len(report.stored.added)
    return f"{n('questionnaire rempli', answers)} en {wave}, avec {n('réponse ouverte', words)}, pseudonymisées."


def _coded(study: Study, source: Path, coder: str) -> str:
    """What a coder coded, in interviews and in answers."""
    added = 0
    for name in (f"codages_{coder}.csv", f"codages_reponses_{coder}.csv"):
        report = import_codings(study, source / name, coder, None, whole=True)
        if report.problems:
            raise EnqueteError(Problem.DEMO_BROKEN, where=name)
        added += report.added
    return f"{n('codage', added)} de {coder}."


def _written(study: Study, source: Path) -> str:
    """Findings, recommendations, types, assessment, replies; summaries of cases; words that stand for others."""
    for folder in FOLDERS.values():
        shutil.copytree(source / folder, study.folder / folder)
    take_in_markdown(study, study.vault())
    import_summaries(study, source / "resumes.csv", CODERS[0], "", trial=False)
    if not import_paraphrases(study, source / "paraphrases.csv", CODERS[0])[1]:
        raise EnqueteError(Problem.DEMO_BROKEN, where="paraphrases.csv")
    with study.database() as db:
        counts = Counter(piece.kind for piece in pieces(db))
    return (
        f"{n('constat', counts[PieceKind.FINDING])}, {n('recommandation', counts[PieceKind.RECOMMENDATION])}, "
        f"{n('type', counts[PieceKind.TYPE])}, {n('cas résumé', counts[PieceKind.CASE])}."
    )


def _choose_attributes(path: Path) -> None:
    """The template's commented line about attributes, filled in."""
    lines = path.read_text(encoding="utf-8").splitlines()
    chosen = ", ".join(f'"{name}"' for name in ATTRIBUTES)
    lines = [f"attributs = [{chosen}]" if line.startswith("# attributs") else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
