"""What a study knows of itself, for its documents: each marker of the templates and the words that stand for it."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import enquete
from enquete import kits
from enquete.actions.places import counted
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience, ConsentKind, ConsentState
from enquete.reports.documents import Fact
from enquete.store import codings as stored
from enquete.store.erasing import last_purges
from enquete.store.interviews import Interview, interviews, sources
from enquete.store.outputs import StoredOutput, outputs
from enquete.store.people import Participant, participants, proofs
from enquete.store.review import reviews
from enquete.vault import FOLDER, Vault, read_recipients
from enquete.wording import capital, day, label, n

DOCUMENTS = "documents"  # their folder, in the study and in exports
_SUBJECTS = "sujet-*.toml"

# What a template may ask of the kit's subject: key of its file, and what to ask for where nothing says it.
_OF_SUBJECT = {
    "sujet": ("sujet", "ce que l'étude veut comprendre"),
    "questions": ("questions", "les questions posées"),
    "publics": ("publics", "les personnes interrogées"),
    "choses très personnelles": ("choses_personnelles", "ce que la loi protège le plus"),
    "données sensibles": ("donnees_sensibles", "les données sensibles qui peuvent venir dans les récits"),
}

_RETENTION = {
    "conservation originaux": "originals",
    "conservation contacts": "contacts",
    "conservation identités": "identities",
    "conservation textes": "texts",
    "conservation preuves": "proofs",
}

_VAULT = (
    "dossier chiffré par age ; identités, contacts, originaux et preuves dans des fichiers séparés ; clés "
    "gardées hors de l'étude, qu'une phrase de passe peut protéger ; rien de déchiffré n'est écrit sur le disque."
)

# As the gate and the reports apply it.
_READ_BY = {
    Audience.TEAM: "textes pseudonymisés, codages, caractéristiques et codes des personnes",
    Audience.PROJECT_GROUP: (
        "comptes, résumés et citations choisies ou paraphrasées ; deux caractéristiques larges au plus ; les petits "
        "nombres y sont « quelques »"
    ),
    Audience.PUBLIC: (
        "résultats et citations visées par une personne nommée ; ni code de personne, ni parcours, ni combinaison rare "
        "de caractéristiques"
    ),
}


def facts(study: Study, vault: Vault) -> dict[str, Fact]:
    """What stands for each marker, by its plain form. Raises EnqueteError: DOCUMENT_SUBJECT, those of the vault."""
    with study.database() as db:
        told = {**_of_people(study, db), **_of_work(study, db), **_of_safety(study, db, vault)}
    return _of_settings(study) | _of_subject(study) | told


def _one(text: str | None, wanted: str) -> Fact:
    return Fact((text,) if text else (), wanted)


def _of_settings(study: Study) -> dict[str, Fact]:
    config, who = study.config, study.config.controllers
    both = tuple(name for name in (who.association, who.university) if name)
    titles = tuple(wave.label for wave in config.waves)
    days = {name: getattr(config.retention, key) for name, key in _RETENTION.items()}
    return {
        "étude": Fact((config.name,)),
        "association": _one(who.association, "nom de l'association"),
        "université": _one(who.university, "nom de l'université"),
        "responsables": Fact(both, "nom de l'association"),
        "responsable": _one(who.lead, "nom de la personne qui dirige l'étude"),
        "contact": _one(who.contact, "téléphone, adresse ou permanence"),
        "délégué": _one(who.dpo, "délégué à la protection des données"),
        "vagues": Fact(titles),
        "vagues à cocher": Fact(("   ".join(f"☐ {title}" for title in titles),)),
        **{name: _one(on and day(on), "date de fin de conservation") for name, on in days.items()},
        **{f"destinataires {audience}": Fact((text,)) for audience, text in _READ_BY.items()},
        "coffre": Fact((_VAULT,)),
        "version": Fact((enquete.__version__,)),
    }


def _of_subject(study: Study) -> dict[str, Fact]:
    """From the study's own files or, where it has none, those of its kits; several subjects follow one another."""
    found = sorted((study.folder / DOCUMENTS).glob(_SUBJECTS)) or _shipped_subjects(study)
    subjects = [_subject(path) for path in found]
    told = {}
    for name, (key, wanted) in _OF_SUBJECT.items():
        lines = [line for subject in subjects for line in subject.get(key, ())]
        told[name] = Fact(tuple(dict.fromkeys(lines)), wanted)
    return told


def _shipped_subjects(study: Study) -> list[Path]:
    files = [path for kit in study.config.kits if kit in kits.kits() for _, path in kits.kit_files(kit)]
    return [path for path in files if path.match(_SUBJECTS)]


def _subject(path: Path) -> Mapping[str, Sequence[str]]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise EnqueteError(Problem.DOCUMENT_SUBJECT, where=path.name, reason="ce n'est pas du TOML") from None
    keys = [key for key, _ in _OF_SUBJECT.values()]
    read = {key: [value] if isinstance(value, str) else value for key, value in values.items()}
    for key, lines in read.items():
        if key not in keys:
            raise EnqueteError(Problem.DOCUMENT_SUBJECT, where=path.name, reason=f"clé « {key} » inconnue")
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise EnqueteError(Problem.DOCUMENT_SUBJECT, where=path.name, reason=f"« {key} » n'est pas du texte")
    return read


def _of_people(study: Study, db: sqlite3.Connection) -> dict[str, Fact]:
    texts, people = list(interviews(db)), participants(db)
    met = {code for text in texts for code in text.participants}
    types = Counter(person.type for person in people if person.code in met)
    names = {name for person in people for wave in person.waves.values() for name in wave.attributes}
    nobody = "aucune personne rencontrée"
    return {
        "personnes rencontrées": Fact((capital(n("personne rencontrée", len(met)) if met else nobody),)),
        "personnes par type": Fact(
            tuple(f"{count} {label(kind, count)}" for kind, count in sorted(types.items())) or (nobody,)
        ),
        "entretiens": Fact((counted(texts) if texts else "aucun entretien",)),
        "entretiens par vague": Fact(tuple(_by_wave(study, texts))),
        "accords": Fact(tuple(_agreements(people)) or ("aucun accord noté",)),
        "caractéristiques": Fact(tuple(sorted(names)) or ("aucune pour le moment",)),
    }


def _by_wave(study: Study, texts: Sequence[Interview]) -> Iterator[str]:
    for wave in study.config.waves:
        mine = [text for text in texts if text.wave == wave.code]
        met = {code for text in mine for code in text.participants}
        told = f"{counted(mine)}, {n('personne', len(met))}" if mine else "aucun entretien"
        yield f"{wave.label} : {told}"


def _agreements(people: Sequence[Participant]) -> Iterator[str]:
    """« citation : 12 donnés, 2 refusés »."""
    given = Counter((kind, s) for p in people for wave in p.waves.values() for kind, s in wave.consents.items())
    for kind in ConsentKind:
        states = [(state, given[kind, state]) for state in ConsentState if given[kind, state]]
        if states:
            yield f"{label(kind)} : {', '.join(f'{count} {label(state, count)}' for state, count in states)}"


def _of_work(study: Study, db: sqlite3.Connection) -> dict[str, Fact]:
    codes = sorted({*study.config.coders, *stored.coders(db)})
    totals = stored.totals(db)
    found = [output for output in outputs(db) if not output.name.startswith(f"exports/{DOCUMENTS}/")]
    given = sum(bool(output.holder) for output in found if output.destroyed_at is None)
    return {
        "codeurs": Fact(tuple(codes), "codes des personnes qui codent"),
        "nombre de codeurs": Fact((n("codeur", len(codes)),)),
        "codages": Fact((n("codage", totals.codings),)),
        "copies remises": Fact((n("copie", given) if given else "aucune",)),
        "destructions attendues": Fact((n("copie", waiting) if (waiting := _awaited(found)) else "aucune",)),
        **{f"sorties {audience}": Fact((_went_to(found, audience),)) for audience in Audience},
    }


def _awaited(found: Sequence[StoredOutput]) -> int:
    return sum(output.awaited for output in found)


def _went_to(found: Sequence[StoredOutput], audience: Audience) -> str:
    mine = [output for output in found if output.audience == audience]
    if not mine:
        return "rien à ce jour"
    last = max(output.made_at for output in mine)
    return f"{n('fichier', len({output.name for output in mine}))}, le dernier le {_day(last)}"


def _of_safety(study: Study, db: sqlite3.Connection, vault: Vault) -> dict[str, Fact]:
    purges, last = last_purges(db), stored.last_recorded(db)
    texts, read = list(interviews(db)), len(reviews(db))
    contacts, originals, kept = len(vault.contacts()), len(sources(db)), len(proofs(db))
    left = stored.recorded(db, "retirer")
    keys = len(read_recipients(study.folder / FOLDER))
    what = "texte relu" if any(text.asked for text in texts) else "entretien relu"
    reviewed = f"{n(what, read)} sur {len(texts)}" if texts else "aucun entretien à relire"
    return {
        "contacts au coffre": Fact((f"De {n('personne', contacts)}, au coffre" if contacts else "Aucune",)),
        "originaux au coffre": Fact((f"{n('fichier', originals)}, au coffre" if originals else "Aucun",)),
        "preuves au coffre": Fact((f"{n('fichier', kept)}, au coffre" if kept else "Aucune",)),
        "clés du coffre": Fact((n("clé", keys),)),
        "entretiens relus": Fact((reviewed,)),
        "dernière purge": Fact((_day(max(purges.values())) if purges else "aucune à ce jour",)),
        "retraits": Fact((n("personne", left) if left else "aucun",)),
        "état au": Fact((day(last) if last else "jour de sa création",)),
    }


def _day(at: str) -> str:
    return day(date.fromisoformat(at[:10]))
