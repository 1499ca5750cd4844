"""What is kept until when, and erasing what is due."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from enquete.actions.coding.page_lock import refuse_while_page_runs
from enquete.actions.outputs.holders import awaited, awaited_lines
from enquete.actions.protection.erasing import erased_key, finish
from enquete.actions.study import Study
from enquete.config import RetentionConfig
from enquete.model import InterviewKind
from enquete.pseudonyms import NameBook
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.erasing import begin_erasure, erase_everybody, forget_source, last_purges, note_purged_files
from enquete.store.interviews import interviews, sources
from enquete.store.outputs import outputs_holding, outputs_of_answers, recall
from enquete.store.people import forget_proofs, proofs
from enquete.store.responses import count_responses
from enquete.vault import SourceFile, Vault
from enquete.wording import day, n

_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the study that has a day of its own. key: as `RetentionConfig` calls it. lost: what ends with it."""

    key: str
    label: str
    lost: str


PARTS = (
    Part(
        "originals",
        "fichiers d'origine",
        "un codage donné avec les mots ou les positions du fichier d'origine ne se place plus ; un fichier corrigé ne "
        "remplace plus son ancien texte.",
    ),
    Part("contacts", "contacts", "personne ne peut plus être recontacté ; les formulaires ne se renvoient plus."),
    Part(
        "identities",
        "identités",
        "plus rien ne dit qui est qui : une personne retrouvée en vague suivante ne peut plus être reliée à ses "
        "pseudonymes, un nom importé ensuite en reçoit un autre, un retrait ne se demande plus que par le code, et le "
        "portail ne connaît plus les noms (il cherche encore numéros et adresses).",
    ),
    Part(
        "texts",
        "textes, réponses, codages, mémos et caractéristiques",
        "plus aucun résultat ne peut être refait ni vérifié ; les fichiers d'origine partent avec eux.",
    ),
    Part("proofs", "preuves de consentement", "l'accord des personnes ne peut plus être prouvé ; son état reste noté."),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A part and its day."""

    part: Part
    day: date


def schedule(config: RetentionConfig) -> list[Due]:
    """Parts that have a day, the nearest first."""
    days = [(part, getattr(config, part.key)) for part in PARTS]
    return sorted((Due(part, on) for part, on in days if on), key=lambda due: due.day)


def retention_lines(study: Study, db: sqlite3.Connection, today: date) -> Iterator[str]:
    """What « enquete etat » says is to be done; no key is needed, so a part counts as erased once it has been since its
    day."""
    done = last_purges(db)
    for due in schedule(study.config.retention):
        if done.get(due.part.key, "") >= due.day.isoformat():
            continue
        if due.day <= today:
            yield f"effacer ce qui devait l'être le {day(due.day)} ({due.part.label}) : « enquete purger »."
        elif due.day - today <= _SOON:
            yield f"prévoir l'effacement du {day(due.day)} ({due.part.label})."


def purge_plan(study: Study, today: date) -> tuple[list[str], list[Part]]:
    """Lines to print, and the parts that are due and still hold something."""
    due = schedule(study.config.retention)
    lines = []
    held = _held(study)
    ready = [item for item in due if item.day <= today and held[item.part.key]]
    for item in ready:
        count = held[item.part.key]
        lines.append(f"À effacer depuis le {day(item.day)} : {item.part.label} ({count}).")
        lines.append(f"  Ensuite : {item.part.lost}")
    if not due:
        lines.append("Aucune date dans la section [conservation] de « enquete.toml » : rien à effacer.")
    elif not ready:
        lines.append("Rien n'est échu.")
    lines += [f"Le {day(item.day)} : {item.part.label}." for item in due if item.day > today]
    return lines, [item.part for item in ready]


def _held(study: Study) -> dict[str, str]:
    """What each part holds, in words; empty when nothing."""
    vault = study.vault()
    identities = vault.identities()
    with study.database() as db:
        texts = sum(text.kind is not InterviewKind.ANSWER for text in interviews(db))
        answers = count_responses(db)
        originals, kept = len(sources(db)), len(proofs(db))
    people, names = len(identities.people), len(identities.book.entities)
    contacts = len(vault.contacts())
    return {
        "originals": n("fichier", originals) if originals else "",
        "contacts": n("personne", contacts) if contacts else "",
        "identities": f"{n('personne', people)}, {n('nom', names)}" if people or names else "",
        "texts": ", ".join(
            [n("entretien", texts)] * bool(texts) + [n("questionnaire rempli", answers)] * bool(answers)
        ),
        "proofs": n("fichier", kept) if kept else "",
    }


def purge(study: Study, parts: list[Part]) -> Iterator[str]:
    """Erases these parts, and gives lines to print. Cut short, it is finished by « enquete retirer » or run again.

    Raises EnqueteError: PAGE_RUNS, no key, those of the vault and the database.
    """
    refuse_while_page_runs(study)
    vault = study.vault()
    keys = {part.key for part in parts}
    with study.database() as db:
        with transaction(db):
            begin_erasure(db, "conservation")
            if keys & {"originals", "texts"}:
                identities = vault.identities()
                alone = [text for text in interviews(db) if text.kind is not InterviewKind.ANSWER]
                files = [(identities.files[i.source], i.id) for i in alone if i.source in identities.files]
                note_purged_files(db, {erased_key(identities.secret, file.digest): row for file, row in files})
                forget_source(db)
            if "texts" in keys:
                held = [*outputs_holding(db, [i.code for i in interviews(db)]), *outputs_of_answers(db)]
                recall(db, [output.id for output in held])
                erase_everybody(db)
            if "proofs" in keys:
                forget_proofs(db)
            _empty(vault, keys)
            for part in parts:
                record(db, f"purger {part.key}", "")
        yield from finish(study, db, vault)
        for part in parts:
            yield f"Effacé : {part.label}."
        if "texts" in keys:
            yield from awaited_lines(awaited(db))
    yield "Les copies de l'étude faites ailleurs (clé USB, sauvegardes) les contiennent encore : remplacez-les."


def _empty(vault: Vault, keys: set[str]) -> None:
    """Parts of the vault that the database knows nothing of. The study's secret stays: labels of outputs rest on it."""
    if "contacts" in keys:
        vault.write_contacts({})
    if "identities" in keys:
        identities = vault.identities()
        identities.people, identities.chosen = {}, {}
        identities.book, identities.cleared = NameBook(), frozenset()
        # Who spoke stands in the labels, and often in the file's name; the digest tells a file imported twice.
        identities.files = {uid: SourceFile("", file.digest) for uid, file in identities.files.items()}
        vault.write_identities(identities)
