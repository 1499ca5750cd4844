"""A code renamed, merged, split or retired: what becomes of the codebook and of what was coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enquete.actions.codebooks.changes import By, Own, Plan, carry_out, own_with
from enquete.actions.study import Study
from enquete.codebook.revising import code_of, merged, renamed, retired, split
from enquete.errors import EnqueteError, Problem
from enquete.store.code_changes import ChangeKind, CodeChange


def rename(study: Study, code: str, new: str, label: str, book: str | None, by: By) -> Iterator[str]:
    """Another id, another label, or both. Raises EnqueteError: CODE_SAME, what `renamed` and `carry_out` raise."""
    own, code = own_with(study, code, book)
    former, new, label = own.book.by_id[code], new.strip(), " ".join(label.split())
    if new == code and label in ("", former.label):
        raise EnqueteError(Problem.CODE_SAME, name=code, exit_code=2)
    after = renamed(own.book, code, new, label)
    named = f"« {after.by_id[new].label} »"
    said = f"{code} s'appelle {new}, {named}." if new != code else f"le libellé de {code} devient {named}."
    change = _change(own, ChangeKind.RENAMED, code, new)
    return carry_out(study, Plan(own, after, said, [change], {new: code}), by)


def merge(study: Study, codes: Sequence[str], into: str, label: str, book: str | None, by: By) -> Iterator[str]:
    """Codes gathered under one, which may be new. Raises EnqueteError: CODE_ITSELF, CODE_RETIRED, as `merged`."""
    own, first = own_with(study, codes[0], book)
    gone = list(dict.fromkeys([first, *(code_of(own.book, code).id for code in codes[1:])]))
    known = next((code for code in own.book.by_id if code.casefold() == into.strip().casefold()), into.strip())
    gone = [code for code in gone if code != known]
    if not gone:
        raise EnqueteError(Problem.CODE_ITSELF, name=into, exit_code=2)
    _refuse_retired(own, known)
    after = merged(own.book, gone, known, " ".join(label.split()))
    verb = "est réuni" if len(gone) < 2 else "sont réunis"
    said = f"{', '.join(gone)} {verb} dans {known}, « {after.by_id[known].label} »."
    changes = [_change(own, ChangeKind.MERGED, code, known) for code in gone]
    advice = f"  Relisez la définition de {known} dans {own.path.name} : elle doit valoir pour tout ce qui y est réuni."
    return carry_out(study, Plan(own, after, said, changes, next_steps=[advice]), by)


def split_code(study: Study, code: str, parts: Sequence[str], book: str | None, by: By) -> Iterator[str]:
    """New codes beside one that is retired. parts: « ID » or « ID=libellé ». Raises what `split` does, CODE_RETIRED."""
    own, code = own_with(study, code, book)
    _refuse_retired(own, code)
    pairs = [(part.strip(), " ".join(label.split())) for part, _, label in (one.partition("=") for one in parts)]
    after = split(own.book, code, pairs)
    new = [part for part, _ in pairs]
    said = f"{code} est scindé en {', '.join(new)}, et retiré."
    changes = [_change(own, ChangeKind.SPLIT, code, part) for part in new]
    advice = (
        f"  Écrivez les définitions de {', '.join(new)} dans {own.path.name}, et répartissez-y les indices de {code}."
    )
    return carry_out(study, Plan(own, after, said, changes, next_steps=[advice]), by)


def retire(study: Study, code: str, book: str | None, by: By) -> Iterator[str]:
    """A code that is offered no more; its codings stay. Raises EnqueteError(CODE_RETIRED)."""
    own, code = own_with(study, code, book)
    after = retired(own.book, code)
    said = f"{code} est retiré : il n'est plus proposé."
    changes = [_change(own, ChangeKind.RETIRED, code, code)]
    advice = f"  Pour le proposer de nouveau : effacez sa ligne « retired » dans {own.path.name}."
    return carry_out(study, Plan(own, after, said, changes, next_steps=[advice]), by)


def _change(own: Own, kind: ChangeKind, code: str, new: str) -> CodeChange:
    return CodeChange(kind, own.book.id, code, own.book.id, new)


def _refuse_retired(own: Own, code: str) -> None:
    if code in own.book.by_id and own.book.by_id[code].retired:
        raise EnqueteError(Problem.CODE_RETIRED, name=code, exit_code=2)
