"""Quotations that were chosen and may no longer be shown, or are to be read again."""

from __future__ import annotations

from collections.abc import Iterator

from enquete.actions.findings.quotations import desk_of, evidence_words
from enquete.actions.study import Study
from enquete.findings.leads import NOWHERE
from enquete.findings.material import Flag
from enquete.findings.public.written import PublicShowing
from enquete.findings.quotations import flag_of, may_be_quoted, paraphrases_of
from enquete.findings.written.fields import VALID
from enquete.findings.written.pieces import Piece
from enquete.findings.written.showing import Showing
from enquete.findings.written.types import Evidence, PieceKind
from enquete.model import Audience
from enquete.wording import n


def verify_quotations(study: Study) -> tuple[list[str], bool]:
    """What is wrong with the quotations of pieces, as lines, then what the public will not read; whether nothing is."""
    base = desk_of(study).base
    group, public = (made(base, who, NOWHERE, None) for made, who in _READERS)
    every = [(piece, one) for piece in base.material.pieces for one in piece.evidence]
    faults = [f"{_named(piece, one)}\n   {why}" for piece, one in every for why in _faults(group, one)]
    unsigned = [
        (piece, one)
        for piece, one in every
        if piece.kind is PieceKind.FINDING and piece.get("state") == VALID and public.quoted(one) is None
    ]
    lines = faults or [f"{n('citation retenue', len(every))} : rien à signaler."]
    if unsigned:
        codes = ", ".join(dict.fromkeys(piece.code for piece, _ in unsigned))
        lines.append(
            f"À savoir : {n('citation', len(unsigned))} de constats validés ({codes}), sans marque « à citer », sans "
            "accord noté ou sans signature (« enquete signer ») : pas en diffusion."
        )
    return lines, not faults


_READERS = ((Showing, Audience.PROJECT_GROUP), (PublicShowing, Audience.PUBLIC))


def _named(piece: Piece, one: Evidence) -> str:
    return f"{piece.code}, citation n° {one.id}, {evidence_words(one)}"


def _faults(showing: Showing, one: Evidence) -> Iterator[str]:
    """Why a quotation may not be shown as it stands, or is to be read again."""
    if one.touched:
        yield "le texte ou le code a changé depuis : relisez-la (« enquete constat revoir-citation »)"
    base = showing.base
    if one.interview not in base.interviews:
        yield "la personne ne participe plus : retirez-la (« enquete constat retirer-citation »)"
        return
    extract = showing.extract(one)
    flag = flag_of(extract, showing.flags)
    if not may_be_quoted(base, extract):
        yield "la personne n'accepte pas, ou plus, d'être citée : elle n'est montrée à personne"
    elif flag is Flag.NEVER:
        yield "marquée « ne jamais citer » : l'équipe seule la lit"
    elif flag is Flag.PARAPHRASE:
        written = paraphrases_of(base, one.interview, one.start, one.end)
        if not written:
            yield "« à paraphraser », sans paraphrase encore (« enquete citations paraphraser »)"
        elif any(remark.touched for remark in written):
            yield "les mots que sa paraphrase remplace ont changé depuis : relisez-la"
