"""Lines that tell what an import of answers did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from enquete.wording import n, plural

if TYPE_CHECKING:
    from enquete.actions.answers.importing import AnswersReport, WaveSummary

_MANY = 12


def answers_lines(report: AnswersReport) -> Iterator[str]:
    """What was stored, what was not and why, and what to do next."""
    if report.try_only:
        yield "Essai : rien n'est enregistré."
        yield from report.trial
        yield ""
    yield from report.remarks
    for refusal in report.refused:
        yield f"REFUSÉ {report.source}, {report.row} {refusal.number} : {refusal.why}"
    if report.faults:
        yield "À régler avant d'importer (« --proposer » écrit un fichier de correspondance à relire) :"
        yield from (f"  {fault}" for fault in report.faults)
        return
    for wave in report.waves:
        yield from _wave(report, wave)
    yield from _people(report)
    yield from _texts(report)
    yield from _columns(report)


def _wave(report: AnswersReport, wave: WaveSummary) -> Iterator[str]:
    verb = ("à importer", "à importer") if report.try_only else ("importée", "importées")
    parts = [f"{n('réponse', wave.new)} {verb[wave.new > 1]}"]
    if wave.same:
        parts.append(f"{wave.same} déjà là")
    if wave.changed:
        parts.append(f"{wave.changed} {'à changer' if report.try_only else n_changed(wave.changed)}")
    if wave.refused:
        parts.append(f"{wave.refused} refusée{'s' if wave.refused > 1 else ''}")
    linked = f", {n('ligne liée', wave.repeats)}" if wave.repeats else ""
    yield f"Vague {wave.wave}, questionnaire {report.questionnaire} : {', '.join(parts)}{linked}."
    if wave.left:
        lines = n("réponse", len(wave.left))
        verb_left = "diffèrent" if len(wave.left) > 1 else "diffère"
        yield (
            f"  {lines} {verb_left} de ce qui est enregistré ({_lines(report.row, wave.left)}) : "
            "rien n'y a été changé. « --remplacer » prend celles du fichier."
        )
    if wave.absent:
        stored, whose = n("réponse enregistrée", len(wave.absent), "réponses enregistrées"), _listed(wave.absent)
        absent = "n'est pas" if len(wave.absent) < 2 else "ne sont pas"
        yield f"  {stored} {absent} dans ce fichier ({whose}) : rien n'en est effacé."
    if not wave.keyed and (wave.new or wave.same):
        yield (
            "  Aucun code de participant : chaque ligne compte pour une personne (codes Q0001, Q0002…). Vague "
            "transversale : on ne pourra pas suivre ces personnes."
        )


def _lines(row: str, numbers: Sequence[int]) -> str:
    """« lignes 3, 4 et 2 autres », « cas 3 »."""
    return f"{row if len(numbers) < 2 else plural(row)} {_listed([str(number) for number in numbers])}"


def n_changed(count: int) -> str:
    """« changées »."""
    return "changée" if count < 2 else "changées"


def _people(report: AnswersReport) -> Iterator[str]:
    new = report.new_people
    if new:
        people = n("nouvelle personne", len(new))
        counted = "comptée comme personne concernée" if len(new) < 2 else "comptées comme personnes concernées"
        yield f"{people}, {counted} : {_listed(new)}."


def _texts(report: AnswersReport) -> Iterator[str]:
    done = report.stored
    if done.added:
        new = f"nouvelle{'s' if len(done.added) > 1 else ''}, à relire et à coder"
        codes = done.added[0] if len(done.added) < 2 else f"{done.added[0]} à {done.added[-1]}"
        yield f"{n('réponse ouverte', len(done.added))} {new} : {codes} ; {n('passage masqué', done.masked)}."
    if done.revised:
        yield f"{n('réponse ouverte', len(done.revised))} {n_changed(len(done.revised))} : {_listed(done.revised)}."
    if done.erased:
        verb = (
            "n'est plus dans le fichier, effacée" if len(done.erased) < 2 else "ne sont plus dans le fichier, effacées"
        )
        yield f"{n('réponse ouverte', len(done.erased))} {verb} avec ses codages : {_listed(done.erased)}."
    if done.touched:
        yield f"{n('codage', done.touched)} dont le passage a changé : à revoir."
    if report.changed.masked:
        yield (
            f"Noms nouveaux masqués aussi dans des textes déjà enregistrés : {_listed(report.changed.masked)} "
            "(les codages ont suivi). Aucune sortie avant leur relecture : « enquete relire »."
        )
    if report.changed.doubtful:
        words = [f"{n('mot', count)} à relire dans {code}" for code, count in sorted(report.changed.doubtful.items())]
        yield (
            "Noms nouveaux qui sont aussi des mots ordinaires, laissés lisibles dans des textes déjà enregistrés : "
            f"{_listed(words)} : « enquete relire »."
        )


def _columns(report: AnswersReport) -> Iterator[str]:
    if report.left_out and not report.try_only:  # said by a trial already
        yield f"{n('colonne non importée', len(report.left_out), 'colonnes non importées')} :"
        by_reason: dict[str, list[str]] = {}
        for column, why in report.left_out:
            by_reason.setdefault(why, []).append(f"« {column} »")
        yield from (f"  {_listed(columns)} : {why}" for why, columns in by_reason.items())
    if report.vault:
        yield f"Au coffre seulement : {_quoted(report.vault)}."
    if report.sources:
        yield from _clear(report)


def _clear(report: AnswersReport) -> Iterator[str]:
    """What lies on the disk for anybody to read."""
    columns = f" ({_quoted(report.vault)})" if report.vault else ""
    if len(report.sources) < 2:
        telling = f" et dit qui sont les gens{columns}" if columns else ""
        yield f"Ce fichier reste en clair sur le disque{telling} ; rangez-le en lieu sûr ou effacez-le :"
    else:
        telling = f" et disent qui sont les gens{columns}" if columns else ""
        yield f"Ces fichiers restent en clair sur le disque{telling} ; rangez-les en lieu sûr ou effacez-les :"
    yield from (f"  {path}" for path in report.sources)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def _listed(items: Sequence[str]) -> str:
    """The first ones, and how many more."""
    more = len(items) - _MANY
    return ", ".join(items[:_MANY]) + (f" et {n('autre', more)}" if more > 0 else "")
