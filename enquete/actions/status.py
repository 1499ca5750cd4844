"""Where a study stands, and what is left to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from enquete.actions.coding.status import coding_steps
from enquete.actions.places import codes_told, counted, in_context, spot
from enquete.actions.protection.status import protection_steps
from enquete.actions.review.status import review_lines, review_steps
from enquete.actions.study import Study
from enquete.coding.turns import spoken_turns, spoken_words
from enquete.findings.written.fields import NAMES
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind
from enquete.model import ConsentKind, ConsentState, InterviewKind
from enquete.store import codings as stored
from enquete.store.interviews import Interview, doubts, interviews
from enquete.store.people import Participant, participants
from enquete.store.pieces import pieces
from enquete.store.responses import Tally, tallies
from enquete.wording import label, n

_CONTEXT = 40  # characters on each side of a doubtful word


def study_status(study: Study) -> Iterator[str]:
    """Lines to print; no key is needed."""
    with study.database() as db:
        texts = list(interviews(db))
        people = participants(db)
        totals, judged = stored.totals(db), stored.judged(db)
        coded = {coding.revision for coding in stored.codings(db)}
        read = {interview for interview, _ in stored.readings(db)}
        review, to_review = list(review_lines(db)), [*review_steps(db), *coding_steps(db)]
        protection = list(protection_steps(study, db, date.today()))
        answered = tallies(db)
        written = pieces(db)
    yield f"{study.config.name} ({study.folder})"
    for wave in study.config.waves:
        yield from _wave(wave.code, wave.label, texts, people)
        yield from _answers(tally for tally in answered if tally.wave == wave.code)
    unknown = {*(text.wave for text in texts), *(tally.wave for tally in answered)} - set(study.config.waves_by_code)
    if unknown:
        yield f"Vagues absentes de « enquete.toml » : {', '.join(sorted(unknown))}."
    yield (
        f"Codages : {n('codage', totals.codings)} de {n('codeur', totals.coders)} ; "
        f"{n('repérage', totals.spotted)} (propositions de la machine, jamais comptées) "
        f"dont {totals.suggestions} sans décision."
    )
    if judged.coders > 1:  # of one coder alone, totals would say how they work
        yield (
            f"Repérages jugés, tous codeurs ensemble : {judged.accepted} repris, {n('ajusté', judged.changed)}, "
            f"{n('refusé', judged.refused)}."
        )
    yield from _written(written)
    yield from review
    yield "À faire :"
    # An answer that its coder has finished without a code is coded.
    uncoded = [text for text in texts if text.revision not in coded and not (text.asked and text.id in read)]
    steps = [*protection, *to_review, *_steps(texts, people, uncoded, totals), *_changed(written)]
    yield from (f"  - {step}" for step in steps or ["rien d'autre : « enquete synthese » écrit le classeur."])


def doubtful_words(study: Study) -> Iterator[str]:
    """Each word that could name somebody, in its context, for a person to look at; no key is needed."""
    with study.database() as db:
        found = [(text, doubt) for text in interviews(db) for doubt in doubts(db, text.revision)]
    for text, doubt in found:
        said = in_context(text.text, doubt.start, doubt.end, _CONTEXT)
        yield f"{text.code}, {spot(text, doubt.start)} : … {said} … ({doubt.why})"
    if found:
        yield "Pour juger chacun de ces mots, le masquer ou l'écarter : « enquete relire »."
    else:
        yield "Aucun mot douteux."


def _wave(code: str, title: str, texts: Sequence[Interview], people: Sequence[Participant]) -> Iterator[str]:
    mine = [text for text in texts if text.wave == code]
    met, answers = [text for text in mine if not text.asked], [text for text in mine if text.asked]
    if met:
        notes = sum(text.kind is InterviewKind.NOTES for text in met)
        yield (
            f"Vague {code} ({title}) : {n('entretien', len(met))}"
            f"{f' dont {notes} en notes' if notes else ''}, {_who(met, people)}, "
            f"{n('tour de parole', sum(len(text.turns) for text in met))}, {n('mot', _words(met))} de participants."
        )
    elif not answers:
        yield f"Vague {code} ({title}) : aucun entretien."
    if answers:
        where = "  par questionnaire" if met else f"Vague {code} ({title}), par questionnaire"
        yield f"{where} : {counted(answers)}, {_who(answers, people)}, {n('mot', _words(answers))}."
    refused = sum(
        p.consents.get(ConsentKind.PARTICIPATION) in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
        for person in people
        if (p := person.waves.get(code))
    )
    if refused:
        yield f"  {n('refus ou retrait', refused, 'refus ou retraits')} de participer."


def _answers(answered: Iterable[Tally]) -> Iterator[str]:
    for tally in answered:
        whose = f" dont {tally.unkeyed} sans code" if tally.unkeyed else ""
        texts = f", {n('réponse ouverte', tally.texts)}" if tally.texts else ""
        yield f"  Questionnaire {tally.questionnaire} : {n('personne', tally.people)}{whose}{texts}."


def _written(written: Sequence[Piece]) -> Iterator[str]:
    """« Écrits : 8 constats (6 validés, 1 proposé, 1 brouillon), 7 recommandations, 4 types, 10 cas résumés. »"""
    if not written:
        return
    parts = []
    for kind, name in _KINDS.items():
        mine = [piece for piece in written if piece.kind is kind]
        if mine:
            states = Counter(piece.get("state") for piece in mine if piece.get("state"))
            told = ", ".join(n(state, count) for state, count in sorted(states.items()))
            parts.append(n(name, len(mine), _MANY.get(kind)) + (f" ({told})" if told else ""))
    yield f"Écrits : {', '.join(parts)}."


_KINDS = {kind: "cas résumé" if kind is PieceKind.CASE else name for kind, name in NAMES.items()}
_MANY = {PieceKind.CASE: "cas résumés"}


def _changed(written: Sequence[Piece]) -> Iterator[str]:
    """Pieces whose quotations are to be looked at again."""
    changed = [piece.code for piece in written if any(one.touched for one in piece.evidence)]
    if changed:
        told = f"revoir les citations de {', '.join(changed)}, dont le texte ou le code a changé"
        yield f"{told} : « enquete constat verifier »."


def _who(texts: Sequence[Interview], people: Sequence[Participant]) -> str:
    """« 3 personnes (2 personnes concernées, 1 aidant) »"""
    met = {person for text in texts for person in text.participants}
    types = Counter(person.type for person in people if person.code in met)
    by_type = ", ".join(f"{count} {label(kind, count)}" for kind, count in sorted(types.items()))
    return f"{n('personne', len(met))} ({by_type})"


def _words(texts: Sequence[Interview]) -> int:
    return sum(spoken_words(text.text, text.turns) for text in texts)


def _steps(
    texts: Sequence[Interview], people: Sequence[Participant], uncoded: Sequence[Interview], totals: stored.Totals
) -> Iterator[str]:
    if not texts:
        yield "importer des entretiens : « enquete importer entretiens FICHIERS… --vague v1 »."
        return
    silent = [text.code for text in texts if not spoken_turns(text.turns)]
    if silent:
        yield (f"dire qui parle dans {', '.join(silent)} : réimportez avec « --locuteur NOM=enqueteur --remplacer ».")
    if totals.doubts:
        left = "laissé lisible" if totals.doubts < 2 else "laissés lisibles"
        yield f"juger {n('mot douteux', totals.doubts)} {left} : « enquete relire »."
    if not totals.spotted:
        yield "proposer des codes : « enquete reperer »."
    if uncoded:
        yield f"coder {counted(uncoded)} ({codes_told(uncoded)}) : « enquete coder », ou « enquete importer codages »."
    without = [
        person.code for person in people if any(not p.consents for p in person.waves.values()) or not person.waves
    ]
    if without:
        yield f"noter ce qu'ont accepté {n('personne', len(without))} : « enquete consentement »."
