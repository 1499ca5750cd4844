"""Pieces as one audience reads them: labels for people, quotations that may be shown, figures that the tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from enquete.disclosure.suppression import HIDDEN
from enquete.findings.counting import Base, Extract, tree
from enquete.findings.leads import Leads
from enquete.findings.material import AgreedCode, Flag, Passage
from enquete.findings.naming import with_labels
from enquete.findings.quotations import flag_of, flagged, may_be_quoted, paraphrases_of
from enquete.findings.shares import share
from enquete.findings.sheets import THEMES
from enquete.findings.tables import Table
from enquete.findings.written.fields import DRAFT, DROPPED, FIELDS
from enquete.findings.written.pieces import Piece
from enquete.findings.written.shown import Counted, Quoted, ShownFinding, ShownPiece, ShownRecommendation
from enquete.findings.written.types import Evidence, PieceKind, Side
from enquete.model import Audience
from enquete.wording import day, decimal, label, n

_FIRST = 3  # column of the first type of respondents in « Thèmes »
REPLY = "Retour"  # begins the label of what people answered


@dataclass(frozen=True)
class Showing:
    """What pieces are shown with. base: interviews and answers alike; themes: the table of the synthesis, whose figures
    are quoted as they stand; leads: what its verbatims quote.
    """

    base: Base
    audience: Audience
    leads: Leads
    themes: Table | None

    @property
    def _team(self) -> bool:
        return self.audience is Audience.TEAM

    @cached_property
    def findings(self) -> tuple[ShownFinding, ...]:
        """Those that this audience reads, by code."""
        return tuple(map(self.shown_finding, self.pieces(PieceKind.FINDING)))

    def recommendations(self) -> tuple[ShownRecommendation, ...]:
        """Those that this audience reads, by code."""
        titles = {one.code: self.named(one.get("title")) for one in self.pieces(PieceKind.FINDING)}
        return tuple(self._recommendation(piece, titles) for piece in self.pieces(PieceKind.RECOMMENDATION))

    def assessment(self) -> tuple[ShownPiece, ...]:
        """The bilan, rubric by rubric."""
        rubrics = FIELDS[PieceKind.ASSESSMENT][2].choices
        shown = ("side", "findings", "text", *(() if self.audience is Audience.PUBLIC else ("who", "when")))
        pieces = sorted(self.pieces(PieceKind.ASSESSMENT), key=lambda one: rubrics.index(one.get("side")))
        return tuple(
            ShownPiece(
                one.code,
                self.named(one.get("title")),
                one.get("state"),
                tuple(self.filled(one, shown)),
            )
            for one in pieces
        )

    def pieces(self, kind: PieceKind) -> list[Piece]:
        """Those that it reads. The team reads all; the project group no finding that its author still drafts."""
        mine = [piece for piece in self.base.material.pieces if piece.kind is kind]
        if kind is PieceKind.FINDING and not self._team:
            mine = [piece for piece in mine if piece.get("state") not in (DRAFT, DROPPED)]
        return mine

    def named(self, text: str) -> str:
        """The text with each code of a person as this audience may read it."""
        if self._team:
            return text
        return with_labels(text, self.base.labels if self.audience is Audience.PROJECT_GROUP else {})

    # --- findings

    def shown_finding(self, piece: Piece) -> ShownFinding:
        """One of them."""
        supporting, contradicting = (
            tuple(self.quoted(one) for one in piece.evidence if one.side is side) for side in Side
        )
        remarks = tuple(self._remarks(piece, [*supporting, *contradicting]))
        return ShownFinding(
            piece.code,
            self.named(piece.get("title")),
            piece.get("state"),
            (*self.filled(piece, ("trend", "plain", "comments")), *self._replies(piece.code)),
            remarks,
            text=self.named(piece.get("text")),
            limits=self.named(piece.get("limits")),
            author=piece.get("author") if self._team else "",
            themes=tuple(self.theme(one) for one in piece.listed("themes")),
            cases=tuple(self.named(code) for code in piece.listed("cases")),
            supporting=tuple(one for one in supporting if one),
            contradicting=tuple(one for one in contradicting if one),
            figures=tuple(self.figures(piece.listed("themes"))),
            agreement=agreement_words(self.agreed(piece)),
        )

    def quoted(self, one: Evidence) -> Quoted | None:
        """None for words that this audience may not read."""
        if one.interview not in self.base.interviews:
            return None
        extract = self.extract(one)
        flag = flag_of(extract, self.flags)
        if not may_be_quoted(self.base, extract):
            return None
        row = self._row(one)
        if self._team:
            return Quoted(extract.text.strip(), self._who(extract, one), False, row, one.touched)
        if flag is Flag.NEVER:
            return None
        if flag is Flag.PARAPHRASE:
            words = self._paraphrase(one)
            return Quoted(words, self._who(extract, one), True, row, one.touched) if words else None
        return Quoted(extract.text.strip(), self._who(extract, one), False, row, one.touched)

    def extract(self, one: Evidence) -> Extract:
        """Its words, with whose they are."""
        interview = self.base.interviews[one.interview]
        present = self.base.present[one.interview]
        voice = self._voices.get((one.interview, one.turn))
        who = voice if voice in present else present[0] if len(present) == 1 else None
        return Extract(one.interview, interview.wave, who, one.start, one.end, one.text, frozenset(), None)

    @cached_property
    def _voices(self) -> dict[tuple[str, int], str | None]:
        return {(said.interview, said.turn): said.participant for said in self.base.material.speech}

    @cached_property
    def flags(self) -> Mapping[str, Sequence[Passage]]:
        """What coders flagged, by interview."""
        return flagged(self.base)

    def _paraphrase(self, one: Evidence) -> str:
        """The words that stand for these, when somebody wrote some."""
        found = paraphrases_of(self.base, one.interview, one.start, one.end)
        return self.named(found[0].body) if found else ""

    def _row(self, one: Evidence) -> int | None:
        for row, quoted in enumerate(self.leads.quoted):
            extract = quoted.extract
            if extract.interview == one.interview and extract.start < one.end and one.start < extract.end:
                return row
        return None

    def _who(self, extract: Extract, one: Evidence) -> str:
        wave = self.base.wave_label(extract.wave)
        if self._team:
            return f"{extract.participant or 'voix non identifiée'}, {one.interview}, tour {one.turn + 1}, {wave}"
        if extract.participant is None:
            return wave
        person = self.base.people[extract.participant]
        values = person.attributes.get(extract.wave, {})
        beside = [values.get(name, "") for name in self.base.material.attributes_shown]
        return ", ".join(filter(None, [self.base.labels[person.code], label(person.type), *beside, wave]))

    # --- figures

    def figures(self, themes: Sequence[str]) -> Iterator[Counted]:
        """What the table of themes says of these, cell by cell: people who speak of it, out of how many."""
        if self.themes is None:
            return
        titles_of = {grid.id: grid.title for grid in self.base.material.codebooks}
        places = {cells[:2]: row for row, cells in enumerate(self.themes.rows)}
        titles = [column.title for column in self.themes.columns]
        for theme in themes:
            book, _, code = theme.partition(":")
            row = places.get((titles_of.get(book, ""), code))
            if row is None:  # for the public, some codes have none
                continue
            cells = self.themes.rows[row]
            for place, title in enumerate(titles[:-1]):
                told = title.endswith("qui en parlent") and cells[place] != HIDDEN and cells[place + 1]
                if told and (cells[place] or place == _FIRST):  # that no helper speaks of it is no news
                    yield Counted(_sentence(title, cells[place], cells[place + 1], str(cells[2])), THEMES, row)

    def theme(self, theme: str) -> str:
        """« R07.2 Menace et peur »."""
        book, _, code = theme.partition(":")
        for grid in self.base.material.codebooks:
            if grid.id == book:
                return next((f"{one.id} {one.label}" for one in grid.codes if one.id == code), theme)
        return theme

    def agreed(self, piece: Piece) -> list[AgreedCode]:
        """Agreement on the codes that it uses, and on their sub-codes."""
        wanted = set(piece.listed("themes"))
        families = {
            f"{grid.id}:{code}"
            for grid in self.base.material.codebooks
            for node in tree(grid.codes)
            if f"{grid.id}:{node.code.id}" in wanted
            for code in node.family
        }
        return [one for one in self.base.material.agreed if f"{one.codebook}:{one.code}" in families]

    # --- what stands beside

    def _remarks(self, piece: Piece, quoted: Sequence[Quoted | None]) -> Iterator[str]:
        touched = sum(one.touched for one in piece.evidence)
        if touched:
            yield f"{n('citation', touched)} à revoir : le texte ou le code a changé depuis."
        hidden = sum(one is None for one in quoted)
        if hidden:
            shown = "n'est pas montrée" if hidden < 2 else "ne sont pas montrées"
            why = "marque d'un codeur, paraphrase à écrire, ou personne qui n'accepte pas d'être citée"
            yield f"{n('citation', hidden)} {shown} : {why}."
        if not piece.evidence:
            yield "Aucune citation encore."
        elif not any(one.side is Side.CONTRADICTS for one in piece.evidence):
            yield "Aucun contre-exemple noté."
        yield from self._cases(piece)

    def _cases(self, piece: Piece) -> Iterator[str]:
        """Cases of whom no word is quoted, and those who take part no longer; not where an analysis keeps a part."""
        if piece.left_out:
            return
        quoted = {self.extract(one).participant for one in piece.evidence if one.interview in self.base.interviews}
        met = {code for codes in self.base.present.values() for code in codes}
        cases = [code for code in piece.listed("cases") if code in self.base.people]
        silent = [self.named(code) for code in cases if code in met and code not in quoted]
        if silent and piece.evidence:
            yield f"Sans citation : {', '.join(silent)}."
        gone = sum(code not in met for code in cases)
        if gone:
            yield f"{n('cas', gone, 'cas')} d'une personne qui ne participe plus, ou n'a pas d'entretien ici."

    def _replies(self, code: str) -> Iterator[tuple[str, str]]:
        """What people answered when they were told."""
        for reply in self.base.material.pieces:
            if reply.kind is PieceKind.REPLY and code in reply.listed("findings"):
                yield f"{REPLY} {_of_day(reply.get('day'))}".strip(), self.named(reply.get("text"))

    def filled(self, piece: Piece, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(label, words) of the fields that somebody filled in."""
        for one in FIELDS[piece.kind]:
            words = piece.fields.get(one.name, "") if one.name != "side" else piece.get("side")
            if one.name in names and words:
                yield one.label, told_date(words) if one.form == "date" else self.named(words)

    # --- recommendations

    def _recommendation(self, piece: Piece, titles: dict[str, str]) -> ShownRecommendation:
        public = self.audience is Audience.PUBLIC
        return ShownRecommendation(
            piece.code,
            self.named(piece.get("title")),
            piece.get("state"),
            () if public else tuple(self.filled(piece, ("plain", "comments"))),
            text=self.named(piece.get("text")),
            priority=piece.get("priority"),
            trend=piece.fields.get("trend", ""),
            addressees=piece.listed("addressees"),
            findings=tuple((code, titles[code]) for code in piece.listed("findings") if code in titles),
            territories=piece.listed("territories"),
            waves=tuple(self.base.wave_label(wave) for wave in piece.listed("waves")),
            discussed=told_date(piece.get("discussed")),
            sent=told_date(piece.get("sent")),
            answered=told_date(piece.get("answered")),
            answer=self.named(piece.get("answer")),
            next_step="" if public else self.named(piece.get("next")),
            who="" if public else piece.get("who"),
            when="" if public else told_date(piece.get("when")),
        )


def agreement_words(agreed: Sequence[AgreedCode]) -> str:
    """How well coders agreed on the codes that a finding uses; empty where nobody was compared."""
    known = [one.alpha for one in agreed if one.alpha is not None]
    rare = sum(one.alpha is None for one in agreed)
    parts = []
    if known:
        least, most = decimal(min(known)), decimal(max(known))
        parts.append(f"alpha de {least}" + (f" à {most}" if least != most else ""))
    if rare:
        parts.append(f"non calculable pour {n('code', rare)}, trop rare" + ("s" if rare > 1 else ""))
    return f"Accord entre codeurs sur ces codes : {' ; '.join(parts)}." if parts else ""


def _sentence(title: str, count: object, out_of: object, theme: str) -> str:
    """« 7 sur 24, personnes concernées, parlent de « Attente » »."""
    who = title.removesuffix(" qui en parlent")
    who = who[:1].lower() + who[1:]
    told = share(count, out_of) if isinstance(count, int) and isinstance(out_of, int) else f"{count} sur {out_of}"
    return f"{who} qui parlent de « {theme} » : {told}"


def told_date(written: str) -> str:
    """« 20/01/2026 »; what is no date stays as it is."""
    try:
        return date.fromisoformat(written).strftime("%d/%m/%Y")
    except ValueError:
        return written


def _of_day(written: str) -> str:
    try:
        return f"du {day(date.fromisoformat(written))}"
    except ValueError:
        return ""
