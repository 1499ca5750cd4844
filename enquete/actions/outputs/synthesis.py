"""The synthesis of a study for one audience: material from the store, tables, workbook, gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather
from enquete.actions.study import Study
from enquete.findings import synthesise
from enquete.findings.material import InterviewFacts, Passage
from enquete.model import Audience
from enquete.reports import excel
from enquete.wording import n, readers

FOLDERS = {Audience.TEAM: "equipe", Audience.PROJECT_GROUP: "groupe-projet", Audience.PUBLIC: "diffusion"}


def output_path(audience: Audience) -> Path:
    """Inside the study."""
    return Path("exports") / FOLDERS[audience] / "synthese.xlsx"


def write_synthesis(study: Study, audience: Audience, output: Path | None) -> Iterator[str]:
    """Writes the workbook and gives lines to print. The vault's key is needed: every output passes the gate."""
    vault = study.vault()
    material = gather(study, vault.identities().secret)
    path = output or study.folder / output_path(audience)
    everything = material.everything()
    codes = tuple(text.code for text in everything.interviews)
    data = excel.render(synthesise(material, audience))
    answered = tuple(sorted(_people(material.answers)))
    write_checked(study, vault, Output(path, data, audience, codes, answered))
    yield f"Synthèse écrite, pour {readers(audience)} : {path}"
    if not material.only_answers:
        yield f"  {_told('entretien', 'codé', material.interviews, material.passages)}"
    if material.answers:
        yield f"  {_told('réponse ouverte', 'codée', material.answers, material.answer_passages)}"
    if not everything.passages:
        yield "  Aucun codage humain : les repérages ne comptent pas. Importez des codages, puis relancez."
    elif audience is Audience.PUBLIC and not any(passage.signed for passage in everything.passages):
        yield "  Aucune citation signée : la feuille « Verbatims » est vide. Voir « enquete signer »."


def _people(texts: Iterable[InterviewFacts]) -> set[str]:
    return {person for text in texts for person in text.participants}


def _told(what: str, done: str, texts: Sequence[InterviewFacts], passages: Sequence[Passage]) -> str:
    coded = sum(bool(text.coders) for text in texts)
    return (
        f"{n('personne', len(_people(texts)))}, {n(what, len(texts))} dont {coded} "
        f"{done}{'s' if coded > 1 else ''}, {n('passage', len(passages))}."
    )
