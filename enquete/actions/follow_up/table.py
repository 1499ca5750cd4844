"""The follow-up as it is shown: a table by code on the screen, totals in words, rows for programs, a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from enquete.actions.follow_up.overview import Followed, Overview, later_wave, overview
from enquete.actions.interviews.later_names import settle_late_names
from enquete.actions.outputs.gate import Output, write_checked
from enquete.actions.results import aligned
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience, RespondentType
from enquete.reports.follow_up import FollowUpSheets, TriedRow, render
from enquete.store.follow_up import Loss
from enquete.survey.follow_up import Standing, State, Totals, totals
from enquete.wording import capital, day, label, n

_YES = {True: "oui", False: "non", None: "non noté"}


def show_follow_up(study: Study, written: str | None, today: date) -> tuple[list[str], list[dict[str, object]]]:
    """Lines to print, and rows for programs. written: the wave to look at, None for all.

    Raises EnqueteError: what `later_wave` does.
    """
    wave = later_wave(study, written) if written else None
    with study.database() as db:
        seen = overview(study, db, today)
    return list(_lines(seen, wave)), [_row(one, seen.waves) for one in seen.followed]


def write_follow_up(study: Study, written: str | None, path: Path, today: date) -> Iterator[str]:
    """Writes the workbook for the team, and gives lines to print. Raises EnqueteError: OUTPUT_*, no key."""
    wave = later_wave(study, written) if written else None
    if path.suffix.casefold() != ".xlsx":
        raise EnqueteError(Problem.FOLLOW_UP_WORKBOOK, where=path.name, exit_code=2)
    vault = study.vault()
    with study.database() as db:
        settle_late_names(db, vault, study.config.pseudonyms.policies())
        seen = overview(study, db, today)
    held = tuple(sorted({m.interview for one in seen.followed for m in one.meetings if m.interview}))
    people = tuple(one.code for one in seen.followed)
    data = render(_sheets(study, seen, wave))
    write_checked(study, vault, Output(path.resolve(), data, Audience.TEAM, held, people))
    yield f"Suivi écrit : {path}"
    yield from totals_lines(seen, wave)


def _lines(seen: Overview, wave: str | None) -> Iterator[str]:
    if not seen.followed and not seen.unkeyed:
        yield "Personne dans l'étude : importez des entretiens, des réponses ou le fichier des participants."
        return
    if not any(one.meetings for one in seen.followed):
        yield "Personne n'a encore été rencontré."
    for type_ in RespondentType:
        people = seen.of(type_)
        if people:
            yield f"{capital(label(type_, len(people)))} :"
            yield from (f"  {line}" for line in aligned(_cells(seen, people, wave), {}))
            yield from (f"    {line}" for one in people for line in _known(one))
            yield ""
    yield from totals_lines(seen, wave)


def _cells(seen: Overview, people: Sequence[Followed], wave: str | None) -> list[tuple[str, ...]]:
    shown = seen.waves[: seen.waves.index(wave) + 1] if wave else seen.waves
    rows = [(one.code, *(_cell(one, w) for w in shown), *_trying(one, shown)) for one in people]
    return [("personne", *shown, "tentatives", "accord"), *rows]


def _cell(one: Followed, wave: str) -> str:
    state = one.states[wave]
    if state.standing is not Standing.MET:
        return standing_words(state)
    told: dict[str, list[str]] = {}
    for meeting in sorted(one.meetings, key=lambda m: not m.interview):
        if meeting.wave == wave:
            on = f"{meeting.on:%d/%m/%Y}" if meeting.on else "jour non noté"
            told.setdefault(on, []).append(meeting.interview or f"questionnaire {meeting.questionnaire}")
    return " ; ".join(f"{on} ({', '.join(what)})" for on, what in told.items())


def standing_words(state: State) -> str:
    """« à revoir depuis le 08/10/2025 », « perdue de vue : déménagement »."""
    if state.standing is Standing.DUE:
        return f"à revoir depuis le {state.day:%d/%m/%Y}" if state.day else "à revoir"
    if state.standing is Standing.NOT_YET:
        return f"à revoir à partir du {state.day:%d/%m/%Y}" if state.day else "à revoir plus tard"
    if state.standing is Standing.LOST and state.reason:
        return f"perdue de vue : {label(state.reason)}"
    return "-"


def _trying(one: Followed, waves: Sequence[str]) -> tuple[str, str]:
    """Attempts of the wave in which they are waited for, and whether they accept it."""
    for wave in waves:
        state = one.states[wave]
        if state.standing in (Standing.DUE, Standing.NOT_YET, Standing.LOST):
            return f"{state.tried} sur {one.person.limit}", _YES[state.agreed]
    return "", ""


def _known(one: Followed) -> Iterator[str]:
    """What a human noted of their absence."""
    for loss in one.losses:
        yield f"{one.code}, {loss.wave} : {_told(loss)}"


def _told(loss: Loss) -> str:
    back = f", retrouvée le {day(loss.found_on)}" if loss.found_on else ""
    known = f" : «\u00a0{loss.known}\u00a0»" if loss.known else ""
    return f"{label(loss.reason)}, noté le {day(loss.on)} par {loss.by}{back}{known}"


def totals_lines(seen: Overview, wave: str | None) -> Iterator[str]:
    """A sentence for each type and wave, then those who are counted apart."""
    for type_ in RespondentType:
        people = seen.of(type_)
        if people:
            yield f"{capital(label(type_, len(people)))} :"
            for code in [wave] if wave else seen.waves:
                yield f"  {code} : {totals_sentence(totals([one.states[code] for one in people]))}"
    never = [one for one in seen.followed if all(s.standing is Standing.NEVER for s in one.states.values())]
    if never:
        yield f"{n('personne', len(never))} jamais rencontrée{'s' if len(never) > 1 else ''} : {_codes(never)}."
    if seen.withdrawn:
        gone = len(seen.withdrawn)
        took = "a retiré sa participation" if gone < 2 else "ont retiré leur participation"
        yield f"{n('personne', gone)} {took}, et tout en est effacé : {', '.join(seen.withdrawn)}."
    for code, questionnaires in seen.unkeyed.items():
        rows = sum(questionnaires.values())
        yield (
            f"{code} : {n('réponse', rows)} sans clé ({', '.join(questionnaires)}), à part : rien ne dit qui, dans une "
            "autre vague, les a données."
        )
    for code in seen.keyless:
        yield f"La vague {code} n'a que des réponses sans clé : c'est une photographie, personne n'y est suivi."


def _codes(people: Sequence[Followed]) -> str:
    shown = [one.code for one in people[:20]]
    return ", ".join(shown) + (f" et {n('autre', len(people) - 20)}" if len(people) > 20 else "")


def totals_sentence(count: Totals) -> str:
    """« 15 personnes revues ; 2 rencontrées pour la première fois ; 4 à revoir ; 5 perdues de vue : … »."""
    again, first = count.again, count.met - count.again
    parts = []
    if again:
        parts.append(n("personne revue", again, "personnes revues"))
    if first and again:
        parts.append(f"{first} rencontrée{'s' if first > 1 else ''} pour la première fois")
    elif first:
        parts.append(n("personne rencontrée", first, "personnes rencontrées"))
    if count.due:
        silent = f" (dont {count.silent} sans accord noté)" if count.silent else ""
        parts.append(f"{count.due} à revoir{silent}")
    if count.not_yet:
        parts.append(f"{count.not_yet} à revoir plus tard")
    lost = sum(count.lost.values())
    if lost:
        why = ", ".join(n(label(reason), number) for reason, number in count.lost.items())
        parts.append(f"{n('perdue de vue', lost, 'perdues de vue')} : {why}")
    return f"{' ; '.join(parts) or 'personne'}."


def _row(one: Followed, waves: Sequence[str]) -> dict[str, object]:
    return {
        "personne": one.code,
        "type": one.person.type.value,
        "limite": one.person.limit,
        "vagues": {wave: _of_wave(one, wave) for wave in waves},
    }


def _of_wave(one: Followed, wave: str) -> dict[str, object]:
    state = one.states[wave]
    met = [meeting for meeting in one.meetings if meeting.wave == wave]
    loss = next((loss for loss in one.losses if loss.wave == wave), None)
    return {
        "etat": state.standing.value,
        "jour": state.day.isoformat() if state.day else None,
        "entretiens": [meeting.interview for meeting in met if meeting.interview],
        "questionnaires": [meeting.questionnaire for meeting in met if meeting.questionnaire],
        "accord": state.agreed,
        "tentatives": [[a.on.isoformat(), a.channel.value, a.outcome.value] for a in one.attempts if a.wave == wave],
        "motif": state.reason.value if state.reason else None,
        "note": loss.known if loss else "",
    }


def _sheets(study: Study, seen: Overview, wave: str | None) -> FollowUpSheets:
    shown = seen.waves[: seen.waves.index(wave) + 1] if wave else seen.waves
    rows = [
        (
            one.code,
            label(one.person.type),
            *(_cell(one, w) for w in shown),
            *_trying(one, shown),
            "\n".join(f"{loss.wave} : {_told(loss)}" for loss in one.losses),
        )
        for one in seen.followed
    ]
    titles = [f"{code} : {study.config.waves_by_code[code]}" for code in shown]
    tried = [
        TriedRow(one.code, a.wave, f"{a.on:%d/%m/%Y}", label(a.channel), label(a.outcome))
        for one in seen.followed
        for a in one.attempts
    ]
    return FollowUpSheets(titles, rows, tried, list(totals_lines(seen, wave)))
