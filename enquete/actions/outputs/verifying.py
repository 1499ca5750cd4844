"""`enquete verifier`: any file, from wherever it comes, judged as an output of the study would be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from enquete.actions.outputs.gate import FILE_NAME
from enquete.actions.outputs.judging import ground
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.disclosure.contents import Nature, Text, texts_of
from enquete.disclosure.gate import Finding, Ground, judge
from enquete.errors import EnqueteError, Problem, system_reason
from enquete.model import Audience
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.vault import Vault
from enquete.wording import n

_MARK = re.compile(r"[0-9a-f]{8}")
_MASK = "masquez-le, ou remplacez-le par le pseudonyme"
_REMEDIES = (
    ("dit qui a fait", "videz les propriétés du document (Fichier, Informations, Propriétés)"),
    ("chemin", "enregistrez sous un autre nom, ou retirez le lien"),
    ("paroles", "retirez ces mots : cette personne est comptée, jamais citée"),
    ("passage à ne pas", "retirez ces mots, ou dites-les autrement"),
    ("citation qui n'est pas signée", "retirez la citation, ou faites-la signer avant de diffuser"),
    ("code d'une personne", "remplacez le code par une désignation propre à cette sortie, ou retirez-le"),
)
UNSEEN = (
    "Ce que la vérification ne voit pas : un nom que le coffre ne connaît pas, mal écrit ou dans un autre alphabet ; "
    "ce que montre une image ; une histoire reconnaissable racontée en d'autres mots ; une citation de moins de six "
    "mots. « enquete risques » dit qui se reconnaît à ses caractéristiques."
)


def audience_of(name: str) -> Audience:
    """« groupe-projet », accents aside. Raises EnqueteError(UNKNOWN_AUDIENCE)."""
    for audience in Audience:
        if name.lower().replace("é", "e").strip() == audience.value.replace("é", "e"):
            return audience
    known = ", ".join(Audience)
    raise EnqueteError(Problem.UNKNOWN_AUDIENCE, name=name, known=known, exit_code=2)


def verify_files(study: Study, files: Sequence[Path], audience: Audience, admitted: Sequence[str]) -> Result:
    """Lines and rows of what was found, problems for what can't be judged. admitted: marks to let pass from now on."""
    vault = study.vault()
    result = Result()
    if admitted:
        result.lines.append(admit(study, vault, admitted))
    if not files:
        return result
    judged = ground(study, vault, audience)
    for path in files:
        try:
            findings, pictures = _judge(path, judged)
        except EnqueteError as error:
            result.problems.append(str(error))
            continue
        result.rows += [_row(path, finding) for finding in findings]
        result.lines += _lines(path, findings, pictures, audience)
    result.lines.append(UNSEEN)
    return result


def admit(study: Study, vault: Vault, marks: Sequence[str]) -> str:
    """Remembers in the vault that these occurrences name nobody. Raises EnqueteError(UNKNOWN_MARK)."""
    for mark in marks:
        if not _MARK.fullmatch(mark):
            raise EnqueteError(Problem.UNKNOWN_MARK, mark=mark, exit_code=2)
    with study.database() as db, transaction(db):
        identities = vault.identities()
        identities.admitted |= frozenset(marks)
        vault.write_identities(identities)
        record(db, "admettre", f"endroits={len(marks)}")
    return f"{n('endroit admis', len(marks))} : ils ne seront plus signalés, ici ni ailleurs."


def _judge(path: Path, judged: Ground) -> tuple[list[Finding], int]:
    """What was found, and how many pictures nobody looked at."""
    if path.is_dir():
        raise EnqueteError(Problem.NOT_A_FILE, where=path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=path.name) from None
    except OSError as error:
        raise EnqueteError(Problem.FILE_UNREADABLE, where=path.name, reason=system_reason(error)) from error
    texts = list(texts_of(path.name, data))
    unseen = sum(text.nature is Nature.UNSEEN for text in texts)
    if texts and unseen == len(texts):
        raise EnqueteError(Problem.ONLY_PICTURES, where=path.name)
    return judge([Text(FILE_NAME, path.stem), *texts], judged), unseen


def _row(path: Path, finding: Finding) -> dict[str, object]:
    return {
        "fichier": str(path),
        "endroit": finding.place,
        "nature": finding.what,
        "remede": _remedy(finding),
        "repere": finding.mark,
    }


def _remedy(finding: Finding) -> str:
    return next((remedy for start, remedy in _REMEDIES if finding.what.startswith(start)), _MASK)


def _lines(path: Path, findings: Sequence[Finding], pictures: int, audience: Audience) -> list[str]:
    seen = f" {n('image', pictures)} non regardée{'s' if pictures > 1 else ''}." if pictures else ""
    if not findings:
        return [f"{path.name} : rien trouvé, pour les destinataires « {audience.value} ».{seen}"]
    lines = [
        f"{path.name} : {n('endroit', len(findings))} à corriger, pour les destinataires « {audience.value} ».{seen}"
    ]
    lines += [f"  {f.place} : {f.what}. Remède : {_remedy(f)}. Repère {f.mark}" for f in findings]
    lines.append("  Un endroit qui ne désigne personne se laisse passer par « enquete verifier --admettre REPÈRE ».")
    return lines
