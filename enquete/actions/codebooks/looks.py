"""Passages to look at again, since their words or their code have changed; and saying that they were."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from enquete.actions.places import in_context, spot, turn_at
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.store.carrying import TEXT_CHANGED
from enquete.store.code_changes import ChangeKind, Look, StoredChange, recorded_changes, restate, to_look_at
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.entries import CODE_CHANGED, FOLLOWED, LOOK_AGAIN
from enquete.store.interviews import interviews
from enquete.wording import n

_CONTEXT = 40  # code points on each side


def list_looks(study: Study, codes: Sequence[str] = (), wanted: Sequence[str] = ()) -> Result:
    """By interview, turn and code, with why. codes: of interviews; wanted: codes of the codebook; empty for all."""
    with study.database() as db:
        texts = {text.code: text for text in interviews(db)}
        found = [one for one in to_look_at(db) if _asked(one, codes, wanted)]
        reasons = _reasons(db, found)
    result = Result()
    for one in found:
        text = texts[one.interview]
        turn = turn_at(text, one.start)
        who = "version arbitrée" if one.settled else one.coder
        said = in_context(text.text, one.start, one.end, _CONTEXT)
        result.lines += [
            f"{one.id}  {one.interview}, {spot(text, one.start)}, {one.code} ({who}) : {reasons[one]}",
            f"   … {said} …",
        ]
        result.rows.append(
            {
                "numero": one.id, "entretien": one.interview, "tour": turn - 1, "debut": one.start, "fin": one.end,
                "grille": one.codebook, "code": one.code, "codeur": who, "raison": reasons[one],
                "mots": text.text[one.start : one.end],
            }
        )  # fmt: skip
    if found:
        result.lines.append(
            f"{n('passage', len(found))} à revoir. Sur la page, son codeur le garde, le recode ou l'efface ; ou, ici, "
            "s'il peut rester tel quel : enquete grille a-revoir --vu NUMÉRO."
        )
    else:
        result.lines.append("Aucun passage à revoir.")
    return result


def _asked(one: Look, codes: Sequence[str], wanted: Sequence[str]) -> bool:
    return (not codes or one.interview.casefold() in {code.casefold() for code in codes}) and (
        not wanted or one.code.casefold() in {code.casefold() for code in wanted}
    )


def _reasons(db: sqlite3.Connection, found: Sequence[Look]) -> Mapping[Look, str]:
    """In French: « ses mots ont changé ; R02.1 a été scindé en R02.5, R02.6 »."""
    told = {book: _told(recorded_changes(db, book)) for book in {one.codebook for one in found}}
    return {
        one: " ; ".join(
            [
                *(["ses mots ont changé"] if one.touched & TEXT_CHANGED else []),
                *(told[one.codebook].get((one.codebook, one.code), ()) if one.touched & CODE_CHANGED else []),
            ]
        )
        for one in found
    }


def _told(changes: Sequence[StoredChange]) -> Mapping[tuple[str, str], list[str]]:
    """What happened to codes that changed their meaning, by what they are called now."""
    now: dict[tuple[str, str], list[str]] = {}
    parts: dict[tuple[str, int], list[str]] = {}
    for place, (kind, codebook, code, _, new) in enumerate(one.change for one in changes):
        if kind not in LOOK_AGAIN:
            continue
        name = (codebook, code)
        for later in changes[place + 1 :]:
            if later.change.kind in FOLLOWED and (later.change.codebook, later.change.code) == name:
                name = (later.change.new_codebook, later.change.new_code)
        if kind is ChangeKind.RETIRED:
            now.setdefault(name, []).append(f"{code} a été retiré")
        else:
            into = parts.setdefault((code, changes[place].version), [])
            into.append(new)
            former = f"{code} a été scindé en {', '.join(into[:-1])}"
            reasons = now.setdefault(name, [])
            reasons[:] = [reason for reason in reasons if reason != former]
            reasons.append(f"{code} a été scindé en {', '.join(into)}")
    return now


def seen(study: Study, numbers: Sequence[int]) -> Iterator[str]:
    """These codings stand as they are: each is stated anew in its coder's layer. Raises EnqueteError(UNKNOWN_LOOK)."""
    with study.database() as db, transaction(db):
        known = {one.id: one for one in to_look_at(db)}
        for number in numbers:
            if number not in known:
                raise EnqueteError(Problem.UNKNOWN_LOOK, number=number, exit_code=2)
        chosen = [known[number] for number in dict.fromkeys(numbers)]
        for one in chosen:
            restate(db, one, f"v{secrets.token_hex(10)}")
        record(db, "grille a-revoir", f"vus={len(chosen)}")
        left = len(known) - len(chosen)
    yield f"{n('passage revu', len(chosen))} ; {n('passage', left)} à revoir encore."
