"""A synthesis as a document to read: one order of headings, texts, tables and figures for the report and the page.

Nothing is counted here: every number comes from the tables and the figures of the synthesis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum

from enquete.findings.tables import Figure, Page, Synthesis, Table
from enquete.findings.written.fields import field_of
from enquete.findings.written.shown import Quoted, ShownFinding, ShownPiece, ShownRecommendation
from enquete.findings.written.types import PieceKind
from enquete.model import Audience
from enquete.survey.values import read_date
from enquete.wording import capital, day, readers

Target = tuple[str, int]
_ABOUT = "Ce fichier"
_LEFT_OUT = (_ABOUT, "Les feuilles")  # of « Lisez-moi »: elsewhere, or about the workbook
_SIDE = field_of(PieceKind.ASSESSMENT, "side").label
PARAPHRASED = "redite avec d'autres mots"
CHANGED = "ses mots, ou le sens de son code, ont changé depuis qu'on l'a choisie"


class Look(Enum):
    """How a paragraph stands."""

    PLAIN = "plain"
    BOX = "box"
    NOTE = "note"
    LATE = "late"
    LABEL = "label"  # a small title that no table of contents tells


@dataclass(frozen=True, slots=True)
class Heading:
    """level: from 1. anchor: unique in the document."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. target: (sheet, row) that it speaks of."""

    text: str
    look: Look = Look.PLAIN
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines, each with the (sheet, row) that it speaks of, or None."""

    lines: tuple[tuple[str, Target | None], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """(label, words): « État : validé »."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class References:
    """Pieces told elsewhere in the document. pairs: (anchor, words)."""

    label: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """quoted: its words and what may stand beside them. piece: code of the finding that it serves."""

    quoted: Quoted
    piece: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of the synthesis."""

    table: Table
    caption: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the synthesis."""

    figure: Figure


Block = Heading | Text | Bullets | Facts | References | Quotation | Rows | Picture


@dataclass(frozen=True, slots=True)
class Reading:
    """A document. subtitle: whom it is for; lines: what it is; caution: what to know before anything else, or nothing.

    quotations: what its figures lead to, where it shows them.
    """

    title: str
    subtitle: str
    lines: tuple[str, ...]
    caution: str
    blocks: tuple[Block, ...]
    quotations: Table | None = None


def reading(synthesis: Synthesis) -> Reading:
    """The synthesis as a document."""
    told = {section.title: section.lines for section in synthesis.readme.sections}
    about, cautions = told.get(_ABOUT, ()), told.get("Précautions", ())
    caution = cautions[0] if cautions else ""
    blocks = tuple(outline(synthesis))
    return Reading(synthesis.title, for_whom(synthesis.audience), about, caution, blocks, synthesis.quotations)


def for_whom(audience: Audience) -> str:
    """« Pour le groupe-projet »."""
    return "Pour diffusion" if audience is Audience.PUBLIC else f"Pour {readers(audience)}"


def outline(synthesis: Synthesis) -> Iterator[Block]:
    """The whole document, its title apart."""
    yield from _page("L'essentiel", "essentiel", synthesis.essential)
    yield from _met(synthesis)
    yield from _findings(synthesis)
    yield from _recommendations(synthesis.recommendations, synthesis.audience)
    yield from _assessment(synthesis)
    yield from _numbers(synthesis)
    yield from _page("Méthode", "methode", synthesis.method)
    if synthesis.provenance:
        yield Heading(1, "Provenance", "provenance")
        yield from (Text(line, Look.NOTE) for line in synthesis.provenance)


def paragraphs(text: str) -> list[str]:
    """Of a text that somebody wrote: a blank line between two."""
    return [" ".join(part.split("\n")).strip() for part in text.split("\n\n") if part.strip()]


def told_day(text: str) -> str:
    """« 01/03/2026 » -> « 1er mars 2026 »; anything else stays."""
    found = day_in(text)
    return text if found is None else day(found)


def day_in(text: str) -> date | None:
    """A date as pieces show it, « 01/03/2026 » or « 2026-03-01 »; None for anything else."""
    with suppress(ValueError):
        return read_date(text)
    return None


def anchor(piece: str) -> str:
    """Of a piece of writing: « piece-C01 »."""
    return f"piece-{piece}"


def _page(title: str, name: str, page: Page | None) -> Iterator[Block]:
    if page is None:
        return
    yield Heading(1, title, name)
    for place, section in enumerate(page.sections):
        if section.title and section.title != title and section.title != "Provenance":
            yield Heading(2, section.title, f"{name}-{place}")
        if section.title != "Provenance":
            yield Bullets(tuple((line, page.links.get((place, rank))) for rank, line in enumerate(section.lines)))
    yield from map(Picture, page.figures)


def _met(synthesis: Synthesis) -> Iterator[Block]:
    yield Heading(1, "Qui a été rencontré", "rencontres")
    for place, section in enumerate(synthesis.readme.sections):
        if section.title in _LEFT_OUT:
            continue
        if section.title != "Qui a été rencontré":
            yield Heading(2, section.title, f"rencontres-{place}")
        yield Bullets(tuple((line, None) for line in section.lines))
    yield from _table(synthesis.profile, "Profil des personnes")


def _findings(synthesis: Synthesis) -> Iterator[Block]:
    if not synthesis.findings:
        return
    yield Heading(1, "Constats", "constats")
    for finding in synthesis.findings:
        yield Heading(2, f"{finding.code} – {finding.title}", anchor(finding.code))
        yield from _finding(finding, synthesis.audience)


def _finding(finding: ShownFinding, audience: Audience) -> Iterator[Block]:
    state = "" if audience is Audience.PUBLIC else finding.state
    told = (("État", state), ("Auteur", finding.author), ("Thèmes", ", ".join(finding.themes)))
    yield from _facts(*told)
    yield from map(Text, paragraphs(finding.text))
    if finding.figures:
        yield Text("Combien de personnes en parlent", Look.LABEL)
        yield Bullets(tuple((figure.words, (figure.sheet, figure.row)) for figure in finding.figures))
    sides = (("Ce qu'en disent les personnes", finding.supporting), ("Ce qui le nuance", finding.contradicting))
    for title, quotations in sides:
        if quotations:
            yield Text(title, Look.LABEL)
            yield from (Quotation(quoted, finding.code) for quoted in quotations)
    if finding.limits:
        yield Text("Limites", Look.LABEL)
        yield from map(Text, paragraphs(finding.limits))
    yield from _facts(("Cas", ", ".join(finding.cases)), *finding.fields)
    if finding.agreement:
        yield Text(finding.agreement, Look.NOTE)
    yield from (Text(f"À savoir : {remark}", Look.BOX) for remark in finding.remarks)


def _recommendations(told: Sequence[ShownRecommendation], audience: Audience) -> Iterator[Block]:
    """Each under the first of whom it asks something; the others are told where it stands."""
    if not told:
        return
    yield Heading(1, "Recommandations", "recommandations")
    for place, (addressee, asked) in enumerate(by_addressee(told)):
        yield Heading(2, capital(addressee), f"destinataire-{place}")
        first = [one for one in asked if (one.addressees or (addressee,))[0] == addressee]
        for one in first:
            yield Heading(3, f"{one.code} – {one.title}", anchor(one.code))
            yield from recommendation(one, audience)
        elsewhere = tuple((anchor(one.code), f"{one.code} – {one.title}") for one in asked if one not in first)
        if elsewhere:
            yield References("Aussi demandé, avec d'autres" if first else "Demandé avec d'autres", elsewhere)


NOBODY = "Destinataire à préciser"


def by_addressee(told: Iterable[ShownRecommendation]) -> list[tuple[str, list[ShownRecommendation]]]:
    """(addressee, what is asked of it), in the order in which they come."""
    found: dict[str, list[ShownRecommendation]] = {}
    for one in told:
        for addressee in one.addressees or (NOBODY,):
            found.setdefault(addressee, []).append(one)
    nobody = found.pop(NOBODY, None)
    return [*found.items(), *([(NOBODY, nobody)] if nobody else [])]


def recommendation(one: ShownRecommendation, audience: Audience) -> Iterator[Block]:
    """What it says, under its title."""
    state = "" if audience is Audience.PUBLIC else one.state
    yield from _facts(
        ("À qui", ", ".join(one.addressees)), ("Priorité", one.priority), ("État", state), ("Évolution", one.trend)
    )
    yield from map(Text, paragraphs(one.text))
    if one.findings:
        pairs = tuple((anchor(code), f"{code} – {title}") for code, title in one.findings)
        yield References("S'appuie sur", pairs)
    yield from _facts(
        ("Territoires", ", ".join(one.territories)),
        ("Vagues", ", ".join(one.waves)),
        ("Discutée avec les personnes concernées le", told_day(one.discussed)),
        ("Envoyée le", told_day(one.sent)),
        ("Réponse reçue le", told_day(one.answered)),
    )
    if one.answer:
        yield Text("Réponse", Look.LABEL)
        yield from map(Text, paragraphs(one.answer))
    yield from _facts(
        ("Prochaine étape", one.next_step),
        ("Qui s'en charge", one.who),
        ("Pour quand", told_day(one.when)),
        *one.fields,
    )
    yield from (Text(f"À savoir : {remark}", Look.BOX) for remark in one.remarks)


def _assessment(synthesis: Synthesis) -> Iterator[Block]:
    if not synthesis.assessment:
        return
    yield Heading(1, "Bilan", "bilan")
    sides: dict[str, list[ShownPiece]] = {}
    for piece in synthesis.assessment:
        sides.setdefault(dict(piece.fields).get(_SIDE, ""), []).append(piece)
    for place, (side, pieces) in enumerate(sides.items()):
        if side:
            yield Heading(2, capital(side), f"bilan-{place}")
        for piece in pieces:
            yield Text(f"{piece.code} – {piece.title}", Look.LABEL)
            state = "" if synthesis.audience is Audience.PUBLIC else piece.state
            yield from _facts(("État", state), *((k, words) for k, words in piece.fields if k != _SIDE))
            yield from (Text(f"À savoir : {remark}", Look.BOX) for remark in piece.remarks)


def _numbers(synthesis: Synthesis) -> Iterator[Block]:
    """Counts, one heading a table."""
    told: list[tuple[str, Table | None]] = [("Thèmes", synthesis.themes)]
    told += [(table.name, table) for table in synthesis.crossings]
    told += [("Évolution", synthesis.waves), ("Questions ouvertes", synthesis.questions), ("Types", synthesis.types)]
    shown = [(title, table) for title, table in told if table is not None and table.rows]
    if not shown:
        return
    yield Heading(1, "Les nombres", "nombres")
    for place, (title, table) in enumerate(shown):
        yield Heading(2, title, f"nombres-{place}")
        yield from _table(table, _CAPTIONS.get(title, title))


_CAPTIONS = {
    "Thèmes": "Qui parle de chaque thème",
    "Évolution": "Thèmes d'une vague à l'autre",
    "Questions ouvertes": "Réponses aux questions ouvertes",
    "Types": "Types de situations, faits à la main",
}


def _table(table: Table, caption: str) -> Iterator[Block]:
    if table.rows:
        yield Rows(table, caption)
    yield from map(Picture, table.figures)


def _facts(*pairs: tuple[str, str]) -> Iterator[Facts]:
    said = tuple((label, words) for label, words in pairs if words)
    if said:
        yield Facts(said)
