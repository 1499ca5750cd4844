"""Codes that coders propose: listed, and taken into the codebook, several as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete.actions.codebooks.changes import By, Own, Plan, carry_out, own_codebooks, own_with
from enquete.actions.results import Result
from enquete.actions.study import Study
from enquete.codebook import Code
from enquete.codebook.revising import adopted, code_of, next_version
from enquete.coding.entries import OWN_CODE
from enquete.errors import EnqueteError, Problem
from enquete.store.code_changes import ChangeKind, CodeChange, Proposal, proposals
from enquete.wording import n

_KEY = 4  # signs of a key, more where two would be alike


@dataclass(frozen=True, slots=True)
class Adoption:
    """What becomes of proposed codes: a new code (id, under a theme, label and definition; empty: as proposed), or
    `into`, one of the codebook.
    """

    new: str = ""
    under: str = ""
    label: str = ""
    definition: str = ""
    into: str = ""


def list_proposals(study: Study) -> Result:
    """A line or two a proposal; coders are told by their codes, to the team that harmonises."""
    with study.database() as db:
        found = proposals(db)
    keys = _keys(found)
    result = Result()
    for one in found:
        under = f", sous {one.parent}" if one.parent else ""
        result.lines.append(
            f"{keys[one.code]}  « {one.label} » ({one.coder}, {one.codebook}{under}) : {n('codage', one.codings)}"
        )
        if one.definition:
            result.lines.append(f"   {' '.join(one.definition.split())}")
        result.rows.append(
            {
                "cle": keys[one.code], "code": one.code, "grille": one.codebook, "codeur": one.coder,
                "libelle": one.label, "definition": one.definition, "sous": one.parent, "codages": one.codings,
            }
        )  # fmt: skip
    if found:
        coders = len({one.coder for one in found})
        codings = sum(one.codings for one in found)
        result.lines += [
            f"{n('code proposé', len(found))} par {n('codeur', coders)}, {n('codage', codings)}, comptés nulle part "
            "tant qu'ils ne sont pas adoptés.",
            "Pour adopter : enquete grille adopter CLÉ… --comme NOUVEL_ID --sous THÈME, ou --dans CODE.",
        ]
    else:
        result.lines.append("Aucun code proposé n'attend.")
    return result


def _keys(found: Sequence[Proposal]) -> Mapping[str, str]:
    """The shortest beginnings of ids that tell proposals apart."""
    length = _KEY
    bare = {one.code: one.code.removeprefix(OWN_CODE) for one in found}
    while len({item[:length] for item in bare.values()}) < len(bare):
        length += 1
    return {code: item[:length] for code, item in bare.items()}


def adopt(study: Study, keys: Sequence[str], adoption: Adoption, by: By) -> Iterator[str]:
    """Takes proposals into a codebook, with what was coded under them.

    Raises EnqueteError: UNKNOWN_PROPOSAL, PROPOSAL_SEVERAL, ADOPT_WHERE, WHICH_CODEBOOK, CODE_UNKNOWN, CODE_RETIRED,
    and what `adopted` and `carry_out` raise.
    """
    if bool(adoption.new) == bool(adoption.into):
        raise EnqueteError(Problem.ADOPT_WHERE, exit_code=2)
    with study.database() as db:
        known = proposals(db)
    chosen = list({one.code: one for one in (_chosen(known, key) for key in keys)}.values())
    own = _home(study, chosen, adoption.into or adoption.under)
    labels = ", ".join(f"« {one.label} »" for one in chosen)
    if adoption.into:
        target = code_of(own.book, adoption.into)
        if target.retired:
            raise EnqueteError(Problem.CODE_RETIRED, name=target.id, exit_code=2)
        after, name = next_version(own.book), target.id
    else:
        code = _new_code(own, chosen, adoption)
        after, name = adopted(own.book, code), code.id
    verb = "est adopté" if len(chosen) < 2 else "sont adoptés"
    where = "dans" if adoption.into else "comme"
    said = f"{labels} {verb} {where} {name}, « {after.by_id[name].label} »."
    changes = [CodeChange(ChangeKind.ADOPTED, one.codebook, one.code, own.book.id, name) for one in chosen]
    return carry_out(study, Plan(own, after, said, changes), by)


def _chosen(known: Sequence[Proposal], key: str) -> Proposal:
    wanted = key.strip().removeprefix(OWN_CODE)
    found = [one for one in known if wanted and one.code.removeprefix(OWN_CODE).startswith(wanted)]
    if not found:
        raise EnqueteError(Problem.UNKNOWN_PROPOSAL, key=key, exit_code=2)
    if len(found) > 1:
        longer = ", ".join(one.code.removeprefix(OWN_CODE)[: len(wanted) + 4] for one in found)
        raise EnqueteError(Problem.PROPOSAL_SEVERAL, key=key, longer=longer, exit_code=2)
    return found[0]


def _home(study: Study, chosen: Sequence[Proposal], target: str) -> Own:
    """The codebook that has this code, theirs first: a proposal under no theme stands in the study's first codebook
    for want of another. Without a code, the one that they were all proposed in.
    """
    ids = {one.codebook for one in chosen}
    theirs = [own for own in own_codebooks(study) if own.book.id in ids]
    if target:
        wanted = target.strip().casefold()
        theirs = [own for own in theirs if any(one.id.casefold() == wanted for one in own.book.codes)]
        return theirs[0] if len(theirs) == 1 else own_with(study, target, None)[0]
    if len(ids) > 1 or not theirs:
        raise EnqueteError(Problem.WHICH_CODEBOOK, known=", ".join(sorted(ids)), exit_code=2)
    return theirs[0]


def _new_code(own: Own, chosen: Sequence[Proposal], adoption: Adoption) -> Code:
    first = chosen[0]
    under = adoption.under or first.parent
    return Code(
        id=adoption.new.strip(),
        label=" ".join((adoption.label or first.label).split()),
        parent=code_of(own.book, under).id if under else None,
        definition=(adoption.definition or next((one.definition for one in chosen if one.definition), "")).strip(),
    )
