"""Keys and state of a study's vault: who opens it, what it holds, whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from enquete.actions.results import Result
from enquete.actions.study import Study, open_study
from enquete.errors import EnqueteError, Problem
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.people import proofs
from enquete.vault import (
    CONTACTS,
    FLAGS,
    FOLDER,
    IDENTITIES,
    ORIGINALS,
    PROOFS,
    Recipient,
    check_public,
    create_key,
    faults,
    is_wrapped,
    named_key,
    new_phrase,
    own_publics,
    parts,
    read_recipients,
    set_phrase,
    settle,
    uids,
)
from enquete.wording import day, n

_PARTS = {
    "identités": IDENTITIES,
    "contacts": CONTACTS,
    "fichiers d'origine": ORIGINALS,
    "preuves de consentement": PROOFS,
    "signalements": FLAGS,
}
_LONGEST_LABEL = 60  # characters


def new_key(name: str, folder: Path | None, *, protected: bool) -> Iterator[str]:
    """A key for a person, outside any study. Raises EnqueteError: what `create_key` and `new_phrase` do."""
    path, public = create_key(name, folder, new_phrase(from_variable=True) if protected else "")
    yield f"Clé écrite : {path}"
    yield "  Elle reste chez vous : ne l'envoyez à personne, gardez-en une copie hors de cet ordinateur."
    if protected:
        yield "  Elle ne s'ouvre qu'avec sa phrase de passe ; personne ne peut la retrouver à votre place."
    yield f"Clé publique, à donner à la personne qui tient l'étude : {public}"
    yield f"  Elle tapera : enquete coffre ajouter-cle {public}"


def change_phrase(folder: Path | None, key: Path | None, *, remove: bool) -> Iterator[str]:
    """Puts a passphrase around a key file, changes it or takes it off. folder: of the study that the key opens.

    Raises EnqueteError: WHICH_KEY, KEY_NOT_WRAPPED, and what `set_phrase` and `new_phrase` do.
    """
    path = named_key(key) or _key_of_study(folder)
    wrapped = is_wrapped(path)
    if remove and not wrapped:
        raise EnqueteError(Problem.KEY_NOT_WRAPPED, where=str(path))
    set_phrase(path, lambda: "" if remove else new_phrase(from_variable=not wrapped))
    if remove:
        yield f"Cette clé n'a plus de phrase de passe : {path}"
        yield "  Qui lit ce fichier ouvre le coffre."
    else:
        yield f"{'Phrase de passe changée' if wrapped else 'Cette clé a maintenant une phrase de passe'} : {path}"
        yield "  Ses copies faites avant gardent leur état d'avant : remplacez-les."


def _key_of_study(folder: Path | None) -> Path:
    try:
        study = open_study(folder)
    except EnqueteError as error:
        if error.problem is Problem.NO_STUDY and folder is None:
            raise EnqueteError(Problem.WHICH_KEY, exit_code=2) from error
        raise
    return study.vault().key.path


def vault_status(study: Study) -> Iterator[str]:
    """Parts, keys, and whether texts and originals agree; no key is needed."""
    folder = study.folder / FOLDER
    settle(folder)
    recipients = read_recipients(folder)
    yield f"Coffre : {folder}"
    for label, name in _PARTS.items():
        yield f"  {label} : {_part(folder / name)}"
    yield f"{n('clé', len(recipients))} l'{'ouvre' if len(recipients) < 2 else 'ouvrent'} :"
    yield from _keys(recipients, study.key)
    yield from _agreement(study, folder)


def _part(path: Path) -> str:
    files = [path] if path.is_file() else sorted(path.glob("*.age")) if path.is_dir() else []
    if not files:
        return "manque" if path.suffix else "aucun fichier"
    states = [file.stat() for file in files]
    changed = datetime.fromtimestamp(max(state.st_mtime for state in states)).astimezone()
    size = _size(sum(state.st_size for state in states))
    return f"{n('fichier', len(files))}, {size}, dernier changement le {day(changed.date())} à {changed:%H h %M}"


def _size(count: int) -> str:
    for unit, power in (("Mo", 1_000_000), ("ko", 1_000)):
        if count >= power:
            return f"{count / power:.1f}".replace(".", ",") + f"\u00a0{unit}"
    return n("octet", count)


def _keys(recipients: Sequence[Recipient], given: Path | None) -> Iterator[str]:
    told = ""
    try:
        mine = own_publics({recipient.key for recipient in recipients}, given)
    except EnqueteError as error:
        mine, told = {}, str(error)
    for recipient in recipients:
        path = mine.get(recipient.key)
        label = f"  {recipient.label}" if recipient.label else ""
        yield f"  {recipient.key}{label}"
        if path:
            yield f"    sur cet ordinateur : {path}{' (phrase de passe)' if is_wrapped(path) else ''}"
    if told:
        yield f"  {told}"
    elif not mine:
        yield "  Aucune n'est sur cet ordinateur."


def _agreement(study: Study, folder: Path) -> Iterator[str]:
    with study.database() as db:
        texts = [(text.code, text.source) for text in interviews(db) if text.source]
    there = uids(folder, ORIGINALS)
    missing = [code for code, source in texts if source not in there]
    if missing:
        yield f"{n('texte', len(missing))} sans fichier d'origine : {', '.join(missing)}. Reprenez une sauvegarde."
    elif texts:
        yield f"{n('texte', len(texts))}, chacun avec son fichier d'origine."
    orphans = len(there - {source for _, source in texts})
    if orphans:
        yield (
            f"{n('fichier', orphans)} d'origine sans texte, reste d'une importation interrompue : "
            "la prochaine importation l'effacera."
        )


def add_key(study: Study, public: str, label: str) -> Iterator[str]:
    """Encrypts the vault for one more key. Raises EnqueteError: RECIPIENT_…, and what `change_recipients` does."""
    new = Recipient(check_public(public), " ".join(label.split()))

    def change(known: list[Recipient]) -> list[Recipient]:
        if any(recipient.key == new.key for recipient in known):
            raise EnqueteError(Problem.RECIPIENT_KNOWN)
        if _bad_label(new.label, known):
            raise EnqueteError(Problem.RECIPIENT_LABEL, exit_code=2)
        return [*known, new]

    vault = study.vault()
    with study.database() as db, transaction(db):
        vault.change_recipients(change)
        record(db, "coffre ajouter-cle", f"clé={new.key}")
    yield f"Clé ajoutée : le coffre est chiffré de nouveau, en entier ({n('fichier', len(parts(vault.folder)))})."
    yield f"  Vérifiez de vive voix avec la personne que sa clé publique finit bien par « {new.key[-8:]} »."


def _bad_label(label: str, known: Sequence[Recipient]) -> bool:
    taken = {recipient.label.casefold() for recipient in known if recipient.label}
    shaped = len(label) <= _LONGEST_LABEL and label.isprintable() and not label.casefold().startswith(("age1", "#"))
    return not shaped or label.casefold() in taken


def remove_key(study: Study, which: str, *, even_mine: bool) -> Iterator[str]:
    """Encrypts the vault without one of its keys. which: the public key, or its label.

    Raises EnqueteError: RECIPIENT_UNKNOWN, RECIPIENT_LAST, RECIPIENT_MINE, and what `change_recipients` does.
    """
    vault = study.vault()
    wanted = " ".join(which.split())

    def change(known: list[Recipient]) -> list[Recipient]:
        gone = [r for r in known if r.key == wanted or (r.label and r.label.casefold() == wanted.casefold())]
        if not gone:
            raise EnqueteError(Problem.RECIPIENT_UNKNOWN)
        if len(known) == len(gone):
            raise EnqueteError(Problem.RECIPIENT_LAST)
        if not even_mine and {r.key for r in gone} & vault.key.publics():
            raise EnqueteError(Problem.RECIPIENT_MINE)
        return [recipient for recipient in known if recipient not in gone]

    with study.database() as db, transaction(db):
        vault.change_recipients(change)
        record(db, "coffre retirer-cle", f"restent={len(read_recipients(vault.folder))}")
    yield f"Clé retirée : le coffre est chiffré de nouveau, en entier ({n('fichier', len(parts(vault.folder)))})."
    yield "  Les copies du coffre faites avant (sauvegardes, clés USB) s'ouvrent encore avec la clé retirée :"
    yield "  remplacez-les, et demandez à qui la tenait d'effacer les siennes."


def check_vault(study: Study) -> Result:
    """Opens every file of the vault. problems: one for each damaged file, by its opaque name."""
    vault = study.vault()
    with study.database() as db:
        codes = {f"{ORIGINALS}/{text.source}.age": text for text in interviews(db) if text.source}
        kept = proofs(db)
    found = faults(vault, {text.source for text in codes.values()}, kept)
    result = Result()
    for fault in found:
        code = f" ({codes[fault.where].code})" if fault.where in codes else ""
        result.problems.append(f"{fault.where}{code} : {fault.what}")
    opened = n("fichier", len(parts(vault.folder)))
    if found:
        result.lines += [f"{n('défaut', len(found))} dans le coffre :", *(f"  {line}" for line in result.problems)]
        result.lines.append("Reprenez ces fichiers d'une sauvegarde de l'étude entière (base et coffre ensemble).")
    else:
        result.lines.append(f"Le coffre est entier : {opened} relu{'s' if len(parts(vault.folder)) > 1 else ''}.")
    return result
