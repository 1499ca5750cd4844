"""The synthesis of a study, or of one of its analyses, for one audience: material, tables, documents, gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from enquete.actions.findings.markdown import take_in_markdown
from enquete.actions.findings.round_trip import remember
from enquete.actions.outputs.analyses import named
from enquete.actions.outputs.differences import WHOLE, beside_others, told
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.outputs.gathering import gather, gather_whole
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.findings import synthesise
from enquete.findings.analyses.telling import FORMAT_WORDS
from enquete.findings.analysis import DOCX, FORMATS, XLSX, Analysis
from enquete.findings.material import InterviewFacts, Material, Passage
from enquete.findings.selecting import select
from enquete.findings.tables import Synthesis
from enquete.model import Audience
from enquete.store.database import transaction
from enquete.vault import Vault
from enquete.wording import n, readers

FOLDERS = {Audience.TEAM: "equipe", Audience.PROJECT_GROUP: "groupe-projet", Audience.PUBLIC: "diffusion"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """analysis: its name; None: the whole study. audience, formats: None and empty: those of the analysis, or the
    project group and every format. output: a file, whose suffix is its format, or a folder.
    """

    analysis: str | None = None
    audience: Audience | None = None
    formats: tuple[str, ...] = ()
    output: Path | None = None


def output_path(audience: Audience, format_: str = XLSX, name: str = WHOLE) -> Path:
    """Inside the study. name: of the analysis."""
    return Path("exports") / FOLDERS[audience] / f"{name}.{format_}"


def write_synthesis(study: Study, wanted: Wanted) -> Iterator[str]:
    """Writes the documents, all or none, and gives lines to print. The vault's key is needed: all pass the gate.

    What people changed in the Markdown files of the study is taken in before.
    Raises EnqueteError: FORMAT_UNKNOWN, ONE_OUTPUT, WORD_TEMPLATE; as `named`, `take_in_markdown` and `write_checked`.
    """
    analysis, remarks = named(study, wanted.analysis) if wanted.analysis else (Analysis(), [])
    audience = wanted.audience or analysis.audience or Audience.PROJECT_GROUP
    paths = _paths(study, wanted, analysis, audience)
    vault = study.vault()
    remarks += take_in_markdown(study, vault)
    material = gathered(study, vault, analysis)
    if audience is Audience.PUBLIC:
        folder = PurePosixPath(output_path(audience).parent)
        material = beside_others(study, folder, material, lambda other: select(gather(study, b"", other.layer), other))
    synthesis = synthesise(material, audience)
    everything = material.everything()
    codes = tuple(text.code for text in everything.interviews)
    answered = tuple(sorted(_people(material, material.answers)))
    template = _template(study) if DOCX in paths else None
    if synthesis.departure and XLSX in paths:
        with study.database() as db, transaction(db):
            remember(db, synthesis.departure)
    write_checked(
        study,
        vault,
        *(
            Output(path, render(synthesis, format_, template), audience, codes, answered)
            for format_, path in paths.items()
        ),
    )
    yield from (*remarks, *(told(material) if audience is Audience.PUBLIC else ()))
    what = f"Analyse « {analysis.title} »" if analysis.name else "Synthèse"
    yield f"{what} écrite, pour {readers(audience)} :"
    yield from (f"  {path}  ({FORMAT_WORDS[format_]})" for format_, path in paths.items())
    yield from _counts(material, audience)


def gathered(study: Study, vault: Vault, analysis: Analysis) -> Material:
    """What an analysis is made from."""
    return select(gather_whole(study, vault.identities().secret, analysis.layer), analysis)


def render(synthesis: Synthesis, format_: str, template: bytes | None = None) -> bytes:
    """One document of a synthesis. template: the Word document that a report is laid out in."""
    if format_ == XLSX:
        from enquete.reports import excel

        return excel.render(synthesis)
    if format_ == DOCX:
        from enquete.reports import word

        return word.render(synthesis, template)
    from enquete.reports import page

    return page.render(synthesis)


def _paths(study: Study, wanted: Wanted, analysis: Analysis, audience: Audience) -> dict[str, Path]:
    """Where each format goes."""
    formats = tuple(dict.fromkeys(one.lower().removeprefix(".") for one in wanted.formats))
    for one in formats:
        if one not in FORMATS:
            raise EnqueteError(Problem.FORMAT_UNKNOWN, name=one, exit_code=2)
    name, output = analysis.name or WHOLE, wanted.output
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if output and suffix in FORMATS and not output.is_dir():
        if formats not in ((), (suffix,)):
            raise EnqueteError(Problem.ONE_OUTPUT, where=output.name, formats=", ".join(formats), exit_code=2)
        return {suffix: output}
    formats = formats or analysis.formats
    if output:
        return {one: output / f"{name}.{one}" for one in formats}
    return {one: study.folder / output_path(audience, one, name) for one in formats}


def _template(study: Study) -> bytes | None:
    """The study's own Word document, if it has one."""
    name = study.config.synthesis.template
    if not name:
        return None
    try:
        return (study.folder / name).read_bytes()
    except OSError as error:
        raise EnqueteError(Problem.WORD_TEMPLATE, where=name, reason=system_reason(error)) from None


def _counts(material: Material, audience: Audience) -> Iterator[str]:
    everything = material.everything()
    if not material.only_answers:
        met = len(_people(material, material.interviews))
        yield f"  {_told('entretien', 'codé', met, material.interviews, material.passages)}"
    if material.answers:
        met = len(_people(material, material.answers))
        yield f"  {_told('réponse ouverte', 'codée', met, material.answers, material.answer_passages)}"
    if not everything.passages:
        yield "  Aucun codage humain : les repérages ne comptent pas. Importez des codages, puis relancez."
    elif audience is Audience.PUBLIC and not any(passage.signed for passage in everything.passages):
        yield "  Aucune citation signée : la feuille « Verbatims » est vide. Voir « enquete signer »."


def _people(material: Material, texts: Iterable[InterviewFacts]) -> set[str]:
    """Those that the analysis keeps."""
    return {person.code for person in material.people} & {person for text in texts for person in text.participants}


def _told(what: str, done: str, people: int, texts: Sequence[InterviewFacts], passages: Sequence[Passage]) -> str:
    coded = sum(bool(text.coders) for text in texts)
    return (
        f"{n('personne', people)}, {n(what, len(texts))} dont {coded} "
        f"{done}{'s' if coded > 1 else ''}, {n('passage', len(passages))}."
    )
