"""Somebody takes back what they said: all of it, or one passage."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from enquete.actions.coding.page_lock import refuse_while_page_runs
from enquete.actions.interviews.later_names import settle_late_names
from enquete.actions.interviews.revising import Change, revise_text
from enquete.actions.outputs.holders import awaited, awaited_lines, delete_files, suspect_files
from enquete.actions.protection.erasing import erased_key, finish
from enquete.actions.review.decisions import finish_interrupted
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import InterviewKind, Role, Span
from enquete.store.codings import codings, record
from enquete.store.database import transaction
from enquete.store.erasing import (
    begin_erasure,
    erase_interview,
    forget_source,
    memos_naming,
    note_erased_files,
    silence,
    take_off,
    unfinished_erasures,
    withdraw,
    withdrawn,
)
from enquete.store.interviews import Interview, interviews
from enquete.store.outputs import outputs_holding, outputs_of_answers, recall
from enquete.store.people import code_of
from enquete.store.pieces import forget_departures, forget_dropped, forget_former, naming, quoting
from enquete.store.responses import count_responses, drop_empty_datasets, submissions_of
from enquete.store.review import drop_vain_alerts
from enquete.survey.participants import participant_key
from enquete.vault import Vault
from enquete.wording import n

TAKEN_BACK = "[passage retiré]"
_REASON = "retrait"
_REWRITE = (
    " ; ce qu'ils disaient avant est effacé. Pour récrire un champ sans garder ce qu'il dit : "
    "« enquete constat modifier C01 --champ … --oublier »."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person's withdrawal would erase. shared: interviews that others stay in, with the numbers of the
    person's voices there. answers: to open questions, among the whole ones apart. responses: how many questionnaires
    were filled in. codings: how many hang on whole texts. outputs: copies to be destroyed. pieces: codes of findings
    and the like that quote the person, or name them by their code.
    """

    code: str
    whole: tuple[Interview, ...]
    shared: tuple[tuple[Interview, tuple[int, ...]], ...]
    answers: tuple[Interview, ...]
    responses: int
    codings: int
    outputs: tuple[int, ...]
    pieces: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """What to show before asking for confirmation."""
        yield f"{self.code} : tout ce que l'étude garde de cette personne sera effacé, sans retour possible."
        for interview in self.whole:
            turns = n("tour de parole", len(interview.turns))
            yield f"  {interview.code} (vague {interview.wave}) : effacé en entier, {turns}."
        for interview, voices in self.shared:
            mine = sum(turn.speaker in voices for turn in interview.turns)
            yield (
                f"  {interview.code} (vague {interview.wave}), à plusieurs : {n('tour de parole', mine)} ; ce que les "
                "autres ont dit reste. Le fichier d'origine est effacé en entier."
            )
        if self.responses:
            texts = n("réponse à des questions ouvertes", len(self.answers), "réponses à des questions ouvertes")
            gone = "effacé" if self.responses < 2 else "effacés"
            yield f"  {n('questionnaire rempli', self.responses)} : {gone} en entier, dont {texts}."
        yield f"  {n('codage', self.codings)} de ses paroles, caractéristiques, consentements et preuves, contacts."
        if self.pieces:
            yield f"  Ses citations dans {', '.join(self.pieces)}, et le résumé de son cas."
        yield f"  {n('copie sortie', len(self.outputs), 'copies sorties')} à faire détruire."


def plan_withdrawal(study: Study, written: str, *, whole_interviews: bool = False) -> Plan | None:
    """What `withdraw_person` would do; None when this person is erased already.

    whole_interviews: where it can't be told who speaks in an interview of several people, all of it goes.
    Raises EnqueteError(UNKNOWN_PARTICIPANT, WHOSE_WORDS).
    """
    with study.database() as db:
        return _plan(db, written, whole_interviews)


def _plan(db: sqlite3.Connection, written: str, whole_interviews: bool) -> Plan | None:
    code = code_of(db, written)
    if code is None:
        if participant_code(withdrawn(db), written) is None:
            raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
        return None
    whole, shared, answers = [], [], []
    for interview in interviews(db):
        if code not in interview.participants:
            continue
        if interview.kind is InterviewKind.ANSWER:
            answers.append(interview)
            continue
        voices = tuple(number for number, voice in enumerate(interview.voices) if voice.participant == code)
        if interview.participants == (code,):
            whole.append(interview)
        elif not _blurred(interview, voices):
            shared.append((interview, voices))
        elif whole_interviews:
            whole.append(interview)
        else:
            raise EnqueteError(Problem.WHOSE_WORDS, where=interview.code)
    texts = [*whole, *(interview for interview, _ in shared), *answers]
    held = [*outputs_holding(db, [text.code for text in texts]), *outputs_of_answers(db, code)]
    revisions = {text.revision for text in (*whole, *answers)}
    return Plan(
        code,
        tuple(whole),
        tuple(shared),
        tuple(answers),
        count_responses(db, code),
        sum(coding.revision in revisions for coding in codings(db)),
        tuple(sorted({output.id for output in held})),
        tuple(naming(db, code, [text.code for text in texts])),
    )


def participant_code(known: Iterable[str], written: str) -> str | None:
    """The code of the study that somebody writes « p12 », « P-012 »."""
    return next((code for code in known if participant_key(code) == participant_key(written)), None)


def _blurred(interview: Interview, voices: Sequence[int]) -> bool:
    """Whether the person's words can't be told from the others': notes, or voices that are nobody's."""
    if interview.kind is InterviewKind.NOTES:
        return True
    nobodys = {Role.PARTICIPANT, Role.UNKNOWN}
    return not voices and any(voice.participant is None and voice.role in nobodys for voice in interview.voices)


def withdraw_person(
    study: Study, written: str, *, whole_interviews: bool = False, delete_exports: bool = False
) -> Iterator[str]:
    """Erases a person everywhere, and gives lines to print; one who is erased already: what was left of it.

    Raises EnqueteError: PAGE_RUNS, what plan_withdrawal does, no key.
    """
    refuse_while_page_runs(study)
    vault = study.vault()
    with study.database() as db:
        _settle_names(study, db, vault)
        memos = 0
        with transaction(db):
            plan = _plan(db, written, whole_interviews)
            if plan is not None:
                memos = _erase(db, vault, plan)
        yield f"{plan.code} : effacé de la base." if plan else "Cette personne est effacée de la base."
        yield from _finish(study, db, vault, delete_exports)
        if plan and plan.pieces:
            yield f"Relisez {', '.join(plan.pieces)} : leurs mots peuvent encore raconter son histoire{_REWRITE}"
        if memos:
            verb = "nomme" if memos < 2 else "nomment"
            yield f"{n('mémo', memos)} d'étude ou d'entretien {verb} cette personne par son code : relisez-les."
    yield (
        "Hors de ce dossier, enquete n'efface rien : l'enregistrement sonore, les fichiers d'origine, le fichier des "
        "participants et les copies de l'étude (clé USB, sauvegardes) sont à effacer à la main."
    )


def _erase(db: sqlite3.Connection, vault: Vault, plan: Plan) -> int:
    """Inside a transaction: the whole of it, or nothing. Gives the number of memos that still name the person."""
    mine = [*plan.whole, *(interview for interview, _ in plan.shared), *plan.answers]
    begin_erasure(db, plan.code)
    recall(db, plan.outputs)
    _forbid_files(db, vault, mine)
    note_erased_files(db, submissions_of(db, plan.code), ())
    gone = 0
    for text in (*plan.whole, *plan.answers):
        erase_interview(db, text.id)
    for interview, voices in plan.shared:
        turns = [Span(turn.start, turn.end) for turn in interview.turns if turn.speaker in voices]
        gone += _cut(db, interview, turns)
        silence(db, interview, voices)
    forget_dropped(db, plan.code, [text.code for text in mine])
    forget_former(db, plan.pieces)
    withdraw(db, plan.code)
    forget_departures(db)
    drop_empty_datasets(db)
    record(
        db,
        "retirer",
        f"personnes=1 entretiens={len(plan.whole)} partagés={len(plan.shared)} réponses={plan.responses} "
        f"codages={plan.codings + gone}",
    )
    return memos_naming(db, [plan.code, *(interview.code for interview in mine)])


def _forbid_files(db: sqlite3.Connection, vault: Vault, erased: Sequence[Interview]) -> None:
    """The files of these interviews are not to be imported again; a file of answers is everybody's."""
    identities = vault.identities()
    alone = [interview for interview in erased if interview.kind is not InterviewKind.ANSWER]
    files = [identities.files[i.source] for i in alone if i.source in identities.files]
    note_erased_files(db, [erased_key(identities.secret, file.digest) for file in files], [i.id for i in erased])


def _cut(db: sqlite3.Connection, interview: Interview, gone: Sequence[Span]) -> int:
    """Puts TAKEN_BACK in the place of these passages; gives the number of codings deleted. The original goes whole."""
    deleted, _ = take_off(db, interview.revision, gone, list(_kept_words(interview, gone)))
    revise_text(db, interview, [Change(span.start, span.end, TAKEN_BACK) for span in gone], _REASON)
    forget_source(db, interview.id)
    drop_vain_alerts(db)
    return deleted


def _kept_words(interview: Interview, gone: Sequence[Span]) -> Iterator[Span]:
    """Words that stay of those who are not the interviewer."""
    for turn in interview.turns:
        if turn.role is Role.INTERVIEWER:
            continue
        for word in re.finditer(r"\w+", interview.text[turn.start : turn.end]):
            span = Span(turn.start + word.start(), turn.start + word.end())
            if not any(span.overlaps(other) for other in gone):
                yield span


def withdraw_passage(
    study: Study, written: str, interview_code: str, turn: int, words: str | None, *, delete_exports: bool = False
) -> Iterator[str]:
    """Takes back a turn (from 1), or some words of it as the stored text writes them; gives lines to print.

    Raises EnqueteError: PAGE_RUNS, UNKNOWN_PARTICIPANT, NOT_THEIR_INTERVIEW, TURN_UNKNOWN, WORDS_NOT_THERE, no key.
    """
    refuse_while_page_runs(study)
    vault = study.vault()
    with study.database() as db:
        _settle_names(study, db, vault)
        with transaction(db):
            interview = _their_interview(db, written, interview_code)
            span = _passage(interview, turn, words)
            begin_erasure(db, interview.code)
            recall(db, [output.id for output in outputs_holding(db, [interview.code])])
            _forbid_files(db, vault, [interview])
            quoted = quoting(db, interview.code)
            gone = _cut(db, interview, [span])
            forget_departures(db)
            forget_former(db, quoted)
            record(db, "retirer un passage", f"codages={gone}")
            memos = memos_naming(db, [interview.code])
        yield f"{interview.code}, tour {turn} : passage retiré, {n('codage effacé', gone)}."
        yield "Le fichier d'origine, qui le contenait, est effacé du coffre ; le texte pseudonymisé reste."
        yield from _finish(study, db, vault, delete_exports)
        if quoted:
            yield f"Relisez {', '.join(quoted)}, qui citent cet entretien : leurs mots peuvent en redire{_REWRITE}"
        if memos:
            yield f"{n('mémo', memos)} sur cet entretien : relisez-les."


def _their_interview(db: sqlite3.Connection, written: str, interview_code: str) -> Interview:
    code = code_of(db, written)
    if code is None:
        raise EnqueteError(Problem.UNKNOWN_PARTICIPANT, code=written)
    theirs = [interview for interview in interviews(db) if code in interview.participants]
    for interview in theirs:
        if interview.code.casefold() == interview_code.casefold():
            return interview
    known = ", ".join(interview.code for interview in theirs) or "aucun"
    raise EnqueteError(Problem.NOT_THEIR_INTERVIEW, code=code, interview=interview_code, known=known)


def _passage(interview: Interview, turn: int, words: str | None) -> Span:
    """Whole masks: a name half taken back would be half a pseudonym."""
    if not 1 <= turn <= len(interview.turns):
        raise EnqueteError(Problem.TURN_UNKNOWN, where=interview.code, turn=turn, count=len(interview.turns))
    whole = Span(interview.turns[turn - 1].start, interview.turns[turn - 1].end)
    if words is None:
        return whole
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = list(re.finditer(pattern, whole.of(interview.text), re.IGNORECASE)) if pattern else []
    if len(found) != 1:
        raise EnqueteError(Problem.WORDS_NOT_THERE, where=f"{interview.code}, tour {turn}", count=len(found))
    start, end = whole.start + found[0].start(), whole.start + found[0].end()
    for mask in interview.masks:
        if Span(mask.start, mask.end).overlaps(Span(start, end)):
            start, end = min(start, mask.start), max(end, mask.end)
    return Span(start, end)


def _settle_names(study: Study, db: sqlite3.Connection, vault: Vault) -> None:
    """What a killed command left: names to look for must be masked before they leave the vault, decisions finished."""
    policies = study.config.pseudonyms.policies()
    finish_interrupted(db, vault, policies)
    settle_late_names(db, vault, policies)


def _finish(study: Study, db: sqlite3.Connection, vault: Vault, delete_exports: bool) -> Iterator[str]:
    yield from finish(study, db, vault)
    yield "Effacé aussi du coffre et des pages libres de la base."
    suspect = suspect_files(study, db)
    if suspect and delete_exports:
        delete_files(study, db, suspect)
        yield f"{n('fichier effacé', len(suspect))} dans « exports »."
    elif suspect:
        yield "Fichiers de « exports » qui peuvent encore contenir ces paroles (« --supprimer-exports » les efface) :"
        yield from (f"  {path.relative_to(study.folder).as_posix()}" for path in suspect)
    yield from awaited_lines(awaited(db))


def finish_withdrawals(study: Study, *, delete_exports: bool = False) -> Iterator[str]:
    """Ends what a killed command left, and gives lines to print. Raises EnqueteError: PAGE_RUNS, no key."""
    refuse_while_page_runs(study)
    vault = study.vault()
    with study.database() as db:
        left = unfinished_erasures(db)
        if not left:
            yield "Aucun retrait inachevé. Pour effacer quelqu'un : « enquete retirer P012 »."
            return
        yield f"Retrait inachevé, repris : {', '.join(left)}."
        yield from _finish(study, db, vault, delete_exports)
