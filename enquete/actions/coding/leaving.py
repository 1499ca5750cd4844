"""A coder leaves: what they hold is called back, and their code may give way to a neutral one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from enquete.actions.coding.coders import check_name
from enquete.actions.coding.page_lock import refuse_while_page_runs
from enquete.actions.outputs.holders import told
from enquete.actions.places import codes_told
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.store.codings import coders, readers, record, rename_coder
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews
from enquete.store.outputs import outputs, recall
from enquete.store.page import settled_names
from enquete.store.rounds import assignments, begun
from enquete.wording import n


def coder_leaves(study: Study, code: str, neutral: str | None) -> Iterator[str]:
    """Calls back what this coder holds, and gives lines to print; codings stay, under `neutral` when it is given.

    Raises EnqueteError: UNKNOWN_CODER, CODER_TAKEN, CODER_NAME, PAGE_SETTLED_CODER; and PAGE_RUNS for a new code,
    since the page would go on under the former one.
    """
    if neutral is not None:
        check_name(neutral)
        refuse_while_page_runs(study)
    with study.database() as db, transaction(db):
        known = {*coders(db), *readers(db)}
        held = [o for o in outputs(db) if o.holder.casefold() == code.casefold() and o.destroyed_at is None]
        if code not in known and code not in study.config.coders and not held:
            listed = ", ".join(sorted({*known, *study.config.coders})) or "aucun"
            raise EnqueteError(Problem.UNKNOWN_CODER, name=code, known=listed)
        if neutral in {*known, *study.config.coders, *settled_names(db)}:
            raise EnqueteError(Problem.CODER_TAKEN, name=neutral)
        waiting = _not_begun(db, code)
        recall(db, [output.id for output in held])
        if neutral and code in known:
            rename_coder(db, code, neutral)
        record(db, "départ d'un codeur", f"copies={len(held)}")
    if neutral and code in known:
        yield f"Ce que {code} a codé, relu et validé porte désormais le code {neutral}."
    if held:
        yield f"{n('copie', len(held))} à faire détruire, puis à confirmer par « enquete sorties confirmer N » :"
        yield from (f"  {told(output)}" for output in held)
    else:
        yield f"Aucune sortie n'est notée chez {code} : demandez quand même ce qui a été reçu par courrier ou clé USB."
    yield "Reste à faire :"
    if code in study.config.coders:
        yield f"  - retirer « {code} » de « codeurs » dans enquete.toml ;"
    if not neutral:
        yield "  - fermer la page de codage : son lien l'ouvre encore tant que « enquete coder » le montre ;"
    if waiting:
        now = neutral if neutral and code in known else code
        yield f"  - confier à d'autres {codes_told(waiting)} : « enquete affecter --retirer --codeur {now} » ;"
    yield "  - si cette personne avait une clé du coffre : « enquete coffre retirer-cle » ;"
    yield "  - garder son engagement de confidentialité : il vaut encore après son départ."


def _not_begun(db: sqlite3.Connection, coder: str) -> list[Interview]:
    """Texts that were given to this coder, who has done nothing of them."""
    done = begun(db)
    left = {one.interview for one in assignments(db) if one.coder == coder and (one.interview, coder) not in done}
    return [text for text in interviews(db) if text.code in left]
