"""Lines that tell what an import did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from enquete.wording import decimal, label, n

if TYPE_CHECKING:
    from enquete.actions.coding.importing import CodingReport
    from enquete.actions.interviews.explaining import Explanation
    from enquete.actions.interviews.importing import Imported, ImportReport

_MANY = 10


def import_lines(report: ImportReport, *, explained: bool = False) -> Iterator[str]:
    """What was stored, what was not and why, and what to do next. explained: why each passage was masked."""
    if report.try_only:
        yield "Essai : rien n'est enregistré."
    yield from report.remarks
    for done in report.imported:
        yield from _imported(done, report.try_only)
        if explained:
            yield from map(_explanation, done.explained)
    for name, code, people in report.relinked:
        yield f"{name} : {code}, rattaché maintenant à {', '.join(people)} ; son texte n'a pas changé."
    for name, code in report.unchanged:
        yield f"{name} : déjà importé ({code}), rien n'a changé."
    for name, reason in report.rejected:
        yield f"REFUSÉ {name} : {reason}"
    for rule in report.idle_rules:
        yield (
            f"attention : « --locuteur {rule} » ne désigne aucun locuteur des fichiers lus. Écrivez le nom du locuteur "
            "comme dans le fichier, ou son numéro tel que le montre « --essai » (« 2 » pour le locuteur 2)."
        )
    yield from _totals(report)


def _imported(done: Imported, detailed: bool) -> Iterator[str]:
    people = ", ".join(done.participants)
    version = ", nouvelle version" if done.new_version else ""
    yield f"{done.name} : {done.code or 'nouvel entretien'}{version}, vague {done.wave}, {people}"
    yield (
        f"    {n('tour de parole', done.turns)}, {n('mot', done.words)} de participants ; "
        f"{n('passage masqué', done.masked)}, {n('mot douteux', done.doubtful)} à relire"
    )
    if detailed:
        for number, speaker in enumerate(done.speakers, start=1):
            person = f", {speaker.participant}" if speaker.participant else ""
            said = f"{n('tour', speaker.turns)} ; « {speaker.first_words} »"
            yield f"    locuteur {number} : {label(speaker.role)}{person}, {said}"
    if done.touched:
        yield f"    {n('codage', done.touched)} dont le passage a changé : à revoir."
    for warning in done.warnings:
        yield f"    attention : {warning}"


def _explanation(passage: Explanation) -> str:
    """Never the word that was there."""
    place = f"    tour {passage.turn}, position {passage.start}"
    if passage.type is None:
        return f"{place} : mot douteux laissé lisible (risque {decimal(passage.score)} : {passage.why})"
    return f"{place} : {passage.shown} ({label(passage.type)}, score {decimal(passage.score)} : {passage.why})"


def _totals(report: ImportReport) -> Iterator[str]:
    verb = "à importer" if report.try_only else "importés" if len(report.imported) > 1 else "importé"
    parts = [f"{n('entretien', len(report.imported))} {verb}"]
    if report.unchanged:
        parts.append(f"{len(report.unchanged)} déjà là")
    if report.rejected:
        parts.append(f"{len(report.rejected)} refusé{'s' if len(report.rejected) > 1 else ''}")
    yield ", ".join(parts) + "."
    if report.remasked:
        yield (
            f"Noms nouveaux masqués aussi dans des textes déjà enregistrés : {', '.join(report.remasked)} "
            "(les codages ont suivi). Aucune sortie avant leur relecture : « enquete relire »."
        )
    if report.doubtful:
        words = ", ".join(f"{n('mot', count)} à relire dans {code}" for code, count in sorted(report.doubtful.items()))
        yield (
            "Noms nouveaux qui sont aussi des mots ordinaires, laissés lisibles dans des textes déjà enregistrés : "
            f"{words} : « enquete relire »."
        )
    if report.sources:
        yield "Ces fichiers en clair restent sur le disque ; le coffre en garde une copie chiffrée, effacez-les :"
        yield from (f"  {path}" for path in report.sources)
    if report.clear_columns:
        columns = ", ".join(f"« {column} »" for column in report.clear_columns)
        yield (
            f"Le fichier des participants aussi reste en clair et dit qui sont les gens ({columns}) ; le coffre garde "
            "ce que disent ses lignes importées, effacez-le ou retirez-en ces colonnes :"
        )
        yield f"  {report.participants}"


def coding_lines(report: CodingReport, *, whole: bool = False) -> Iterator[str]:
    """What was taken in, and every row that was not. whole: the user said that the interviews were read whole."""
    from enquete.actions.places import counted

    yield from report.remarks
    yield from (f"REFUSÉ {problem}" for problem in sorted(report.problems, key=_line))
    if report.new_coder and report.added:
        yield f"Nouveau codeur : {report.coder}."
    if report.taken_back:
        yield f"{n('codage retiré', report.taken_back)}, d'après les nouvelles décisions."
    refused = n("repérage refusé", report.refused)
    verb = "à importer" if not report.stored else "ajoutés" if report.added > 1 else "ajouté"
    yield (
        f"{n('codage', report.added)} {verb} pour {report.coder} dans {counted(report.interviews.values())}"
        f"{f', {report.same} déjà là' if report.same else ''}"
        f"{f', {refused}' if report.refused else ''}"
        f"{f', {n_rows(len(report.problems))}' if report.problems else ''}."
    )
    if whole:
        yield from _whole(report)


def _whole(report: CodingReport) -> Iterator[str]:
    """Which interviews count in the agreement between coders."""
    from enquete.actions.places import counted

    if any(text.asked for text in report.whole.values()):
        yield f"Lus en entier par {report.coder} : {counted(report.whole.values())}."
    elif report.whole:
        noted = "noté comme lu" if len(report.whole) < 2 else "notés comme lus"
        yield f"{n('entretien', len(report.whole))} {noted} en entier par {report.coder}."
    elif report.problems and report.stored:
        yield "Des lignes sont refusées : aucun entretien n'est noté comme lu en entier ; corrigez-les, puis relancez."


def _line(problem: str) -> int:
    """The line that a problem names, 0 for the whole file."""
    found = re.search(r", ligne (\d+) : ", problem)
    return int(found[1]) if found else 0


def n_rows(count: int) -> str:
    """« 3 lignes à corriger »."""
    return f"{n('ligne', count)} à corriger"
