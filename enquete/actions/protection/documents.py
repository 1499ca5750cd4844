"""The documents of a study: notice, consent forms, undertaking, agreement, impact assessment, register, filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from enquete import kits
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.protection.document_facts import DOCUMENTS, facts
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.model import Audience
from enquete.reports.documents import Fact, fill, markers
from enquete.store.outputs import outputs
from enquete.vault import Vault

REGISTER = "registre"

_PURPOSES = {
    "notice-information": "à remettre et à lire avec chaque personne, avant l'entretien",
    "consentement": "l'accord écrit, point par point",
    "consentement-oral": "l'accord dit à voix haute : texte à lire, et ce que l'enquêteur note",
    "engagement-confidentialite": "à faire signer par chaque personne qui lit les entretiens",
    "convention": "entre l'association et l'université, responsables conjoints",
    "analyse-impact": "trame de l'analyse d'impact (AIPD), à juger et à valider par des personnes",
    REGISTER: "fiche du registre des traitements, avec les chiffres de l'étude",
}


def templates(study: Study) -> dict[str, Path]:
    """The .docx templates by name: the study's own, and those shipped that it has not."""
    own = sorted((study.folder / DOCUMENTS).glob("*.docx"))
    shipped = [path for _, path in kits.shared_files()]
    found = {path.stem: path for path in (*shipped, *own) if not path.name.startswith("~$")}  # Word's own lock
    return {name: found.pop(name) for name in _PURPOSES if name in found} | found


def list_documents(study: Study) -> Iterator[str]:
    """Lines to print: each template, what it is for, and the markers it may hold."""
    known: dict[str, None] = {}
    for name, path in templates(study).items():
        yield f"{name} : {_PURPOSES.get(name, 'modèle de cette étude')}"
        known |= dict.fromkeys(markers(path.name, _read(path)))
    yield f"Modèles à retoucher dans Word ou LibreOffice : {study.folder / DOCUMENTS}"
    yield f"Repères qu'ils emploient : {', '.join(f'{{{{{marker}}}}}' for marker in sorted(known))}"


def write_documents(study: Study, name: str | None = None) -> Iterator[str]:
    """Fills one template, or all of them, into exports/documents; gives lines to print.

    A document that somebody changed since it was written is left as it is: EnqueteError(DOCUMENT_CHANGED) where it was
    asked for by name. Raises too: UNKNOWN_DOCUMENT, DOCUMENT_MARKER, DOCUMENT_BRACES, DOCUMENT_SUBJECT, and what
    write_checked does.
    """
    found = templates(study)
    if name is not None:
        name = name.removesuffix(".docx")
        if name not in found:
            raise EnqueteError(Problem.UNKNOWN_DOCUMENT, name=name, known=", ".join(found), exit_code=2)
        found = {name: found[name]}
    vault = study.vault()
    known = facts(study, vault)
    wanted: dict[str, None] = {}
    for template, path in found.items():
        target = study.folder / "exports" / DOCUMENTS / f"{template}.docx"
        if _changed_by_hand(study, target):
            if name is not None:
                raise EnqueteError(Problem.DOCUMENT_CHANGED, where=str(target))
            yield f"{target} : modifié depuis, laissé tel quel. Renommez-le pour en écrire un autre."
            continue
        missing = _write(study, vault, path, target, known)
        wanted |= dict.fromkeys(missing)
        yield f"{target}{' (à compléter)' if missing else ''}"
    if wanted:
        yield f"À compléter, en jaune dans les documents : {' ; '.join(wanted)}."
        yield "  Dans « enquete.toml » (sections [responsables] et [conservation], clé « codeurs »), ou à la main."
    yield "Relisez-les avec la personne qui veille à la protection des données avant de les remettre."


def write_register(study: Study) -> Iterator[str]:
    """The entry of the register of processing, with the study's figures of today; gives lines to print."""
    return write_documents(study, REGISTER)


def _write(study: Study, vault: Vault, template: Path, target: Path, known: Mapping[str, Fact]) -> list[str]:
    """What is left to complete."""
    data = _read(template)
    filled = fill(template.name, data, known)
    write_checked(study, vault, Output(target, filled, Audience.TEAM, ()))
    return [known[marker].wanted for marker in markers(template.name, data) if not known[marker].lines]


def _changed_by_hand(study: Study, target: Path) -> bool:
    """Whether the file that stands there is not one that was written by us."""
    if not target.is_file():
        return False
    digest = hashlib.sha256(_read(target)).hexdigest()
    with study.database() as db:
        return digest not in {output.digest for output in outputs(db)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnqueteError(Problem.DOCUMENT_UNREADABLE, where=path.name, reason=system_reason(error)) from error
