"""Where a study stands, and what is left to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from enquete.actions.coding_status import coding_steps
from enquete.actions.places import in_context, turn_at
from enquete.actions.protection_status import protection_steps
from enquete.actions.reviewing_status import review_lines, review_steps
from enquete.actions.study import Study
from enquete.coding.turns import spoken_turns, spoken_words
from enquete.model import ConsentKind, ConsentState, InterviewKind
from enquete.store import codings as stored
from enquete.store.interviews import Interview, doubts, interviews
from enquete.store.people import Participant, participants
from enquete.wording import label, n

_CONTEXT = 40  # characters on each side of a doubtful word


def study_status(study: Study) -> Iterator[str]:
    """Lines to print; no key is needed."""
    with study.database() as db:
        texts = list(interviews(db))
        people = participants(db)
        totals, judged = stored.totals(db), stored.judged(db)
        coded = {coding.revision for coding in stored.codings(db)}
        review, to_review = list(review_lines(db)), [*review_steps(db), *coding_steps(db)]
        protection = list(protection_steps(study, db, date.today()))
    yield f"{study.config.name} ({study.folder})"
    for wave in study.config.waves:
        yield from _wave(wave.code, wave.label, texts, people)
    unknown = {text.wave for text in texts} - set(study.config.waves_by_code)
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
    yield from review
    yield "À faire :"
    uncoded = [text for text in texts if text.revision not in coded]
    steps = [*protection, *to_review, *_steps(texts, people, uncoded, totals)]
    yield from (f"  - {step}" for step in steps or ["rien d'autre : « enquete synthese » écrit le classeur."])


def doubtful_words(study: Study) -> Iterator[str]:
    """Each word that could name somebody, in its context, for a person to look at; no key is needed."""
    with study.database() as db:
        found = [(text, doubt) for text in interviews(db) for doubt in doubts(db, text.revision)]
    for text, doubt in found:
        said = in_context(text.text, doubt.start, doubt.end, _CONTEXT)
        yield f"{text.code}, tour {turn_at(text, doubt.start)} : … {said} … ({doubt.why})"
    if found:
        yield "Pour juger chacun de ces mots, le masquer ou l'écarter : « enquete relire »."
    else:
        yield "Aucun mot douteux."


def _wave(code: str, title: str, texts: Sequence[Interview], people: Sequence[Participant]) -> Iterator[str]:
    mine = [text for text in texts if text.wave == code]
    if not mine:
        yield f"Vague {code} ({title}) : aucun entretien."
    else:
        notes = sum(text.kind is InterviewKind.NOTES for text in mine)
        words = sum(spoken_words(text.text, text.turns) for text in mine)
        met = {person for text in mine for person in text.participants}
        types = Counter(person.type for person in people if person.code in met)
        by_type = ", ".join(f"{count} {label(kind, count)}" for kind, count in sorted(types.items()))
        yield (
            f"Vague {code} ({title}) : {n('entretien', len(mine))}"
            f"{f' dont {notes} en notes' if notes else ''}, {n('personne', len(met))} ({by_type}), "
            f"{n('tour de parole', sum(len(text.turns) for text in mine))}, {n('mot', words)} de participants."
        )
    refused = sum(
        p.consents.get(ConsentKind.PARTICIPATION) in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
        for person in people
        if (p := person.waves.get(code))
    )
    if refused:
        yield f"  {n('refus ou retrait', refused, 'refus ou retraits')} de participer."


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
        yield f"juger {n('mot douteux', totals.doubts)} laissés lisibles : « enquete relire »."
    if not totals.spotted:
        yield "proposer des codes : « enquete reperer »."
    if uncoded:
        codes = [text.code for text in uncoded]
        shown = ", ".join(codes[:12]) + (f" et {len(codes) - 12} autres" if len(codes) > 12 else "")
        yield f"coder {n('entretien', len(codes))} ({shown}) : « enquete coder », ou « enquete importer codages »."
    without = [
        person.code for person in people if any(not p.consents for p in person.waves.values()) or not person.waves
    ]
    if without:
        yield f"noter ce qu'ont accepté {n('personne', len(without))} : « enquete consentement »."
