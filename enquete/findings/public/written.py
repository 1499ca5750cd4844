"""Findings, recommendations and assessment as the public reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from enquete.findings.counting import Base, Extract
from enquete.findings.material import Flag
from enquete.findings.public.counts import Public
from enquete.findings.public.quotations import Quotation
from enquete.findings.quotations import flag_of, may_be_quoted, paraphrases_of
from enquete.findings.written.fields import RECOMMENDATION_STATES, VALID
from enquete.findings.written.pieces import Piece
from enquete.findings.written.showing import Showing, agreement_words
from enquete.findings.written.shown import Quoted, ShownFinding
from enquete.findings.written.types import Evidence, PieceKind, Side

_STATES = {PieceKind.RECOMMENDATION: RECOMMENDATION_STATES[1:-1]}  # neither drafted nor given up


@dataclass(frozen=True)
class PublicShowing(Showing):
    """What the public reads: what was validated, no case, no comment, no word that nobody signed.

    Nothing of the person stands beside a quotation: two of them must not be told to be one person's, or two. told: what
    « Verbatims » quotes, outside of which nothing is quoted word for word; None: not known yet.
    """

    told: Sequence[Quotation] | None = None

    def pieces(self, kind: PieceKind) -> list[Piece]:
        shown = _STATES.get(kind, (VALID,))
        return [one for one in self.base.material.pieces if one.kind is kind and one.get("state") in shown]

    def filled(self, piece: Piece, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Of the findings that a piece rests on, those that the public reads."""
        read = {one.code for one in self.pieces(PieceKind.FINDING)}
        findings = ", ".join(code for code in piece.listed("findings") if code in read)
        fields = {**piece.fields, **({"findings": findings} if piece.listed("findings") else {})}
        return super().filled(replace(piece, fields=fields), names)

    def shown_finding(self, piece: Piece) -> ShownFinding:
        quoted = {
            side: tuple(
                dict.fromkeys(found for one in piece.evidence if one.side is side and (found := self.quoted(one)))
            )
            for side in Side
        }
        return ShownFinding(
            piece.code,
            self.named(piece.get("title")),
            "",
            tuple(self.filled(piece, ("trend",))),
            text=self.named(piece.get("text")),
            limits=self.named(piece.get("limits")),
            themes=tuple(self.theme(one) for one in piece.listed("themes")),
            supporting=quoted[Side.SUPPORTS],
            contradicting=quoted[Side.CONTRADICTS],
            figures=tuple(self.figures(piece.listed("themes"))),
            agreement=agreement_words([one for one in self.agreed(piece) if one.alpha is not None]),
        )

    def quoted(self, one: Evidence) -> Quoted | None:
        """Words signed as they stand, of people who agreed in so many words; or a signed paraphrase."""
        if one.interview not in self.base.interviews:
            return None
        extract = self.extract(one)
        if not may_be_quoted(self.base, extract, silence=False) or not self._among_enough(extract):
            return None
        flag = flag_of(extract, self.flags)
        if flag is Flag.PARAPHRASE:
            words = self._signed_paraphrase(one)
            return Quoted(words, paraphrased=True) if words else None
        return Quoted(extract.text.strip()) if flag is not Flag.NEVER and self._signed(one) else None

    def _among_enough(self, extract: Extract) -> bool:
        """Whether enough people of the same type were met, or answered the same question."""
        kind = self.base.type_of(extract)
        public = self._asked[self.base.interviews[extract.interview].question]
        return kind is not None and len(public.met.get(kind, ())) >= public.k

    @cached_property
    def _asked(self) -> Mapping[str, Public]:
        """By question (none for interviews), those who were heard."""
        material = self.base.material
        interviews = tuple(one for one in material.interviews if not one.question)
        questions = {one.question for one in material.answers}
        return {"": Public(Base(replace(material, interviews=interviews)))} | {
            question: Public(Base(material.answering(question))) for question in questions
        }

    def _signed(self, one: Evidence) -> bool:
        if self.told is not None:
            quoted = (told.extract for told in self.told)
            return any(e.interview == one.interview and e.start <= one.start and one.end <= e.end for e in quoted)
        return any(
            p.signed
            and p.flag is Flag.CITE
            and p.interview == one.interview
            and p.start <= one.start
            and one.end <= p.end
            for p in self.base.passages
        )

    def _signed_paraphrase(self, one: Evidence) -> str:
        found = paraphrases_of(self.base, one.interview, one.start, one.end)
        return next((self.named(remark.body) for remark in found if remark.signer), "")
