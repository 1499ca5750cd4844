"""What was asked of institutions, and what they answered: a page and a document to send them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from enquete.findings.tables import Column, Kind, Synthesis, Table
from enquete.findings.written.fields import IN_FORCE
from enquete.findings.written.shown import ShownRecommendation
from enquete.model import Audience
from enquete.reports import page, word
from enquete.reports.outline import (
    Block,
    Facts,
    Heading,
    Look,
    Reading,
    Rows,
    Text,
    by_addressee,
    day_in,
    for_whom,
    paragraphs,
    told_day,
)
from enquete.wording import capital, day

TITLE = "Suivi des recommandations"
_OVER = (IN_FORCE, "abandonnée")


def html(synthesis: Synthesis, as_of: date | None) -> bytes:
    """The page. as_of: the day on which what is late is late; None: nothing is said of it."""
    return page.compose(_reading(synthesis, as_of))


def docx(synthesis: Synthesis, as_of: date | None, template: bytes | None = None) -> bytes:
    """The document. Raises EnqueteError(WORD_TEMPLATE)."""
    return word.compose(_reading(synthesis, as_of), template, cover=False)


def late(one: ShownRecommendation, as_of: date | None) -> bool:
    """Whether what was to be done by a day is not done on that one."""
    if as_of is None or one.state in _OVER:
        return False
    due = day_in(one.when)
    return due is not None and due < as_of


def _reading(synthesis: Synthesis, as_of: date | None) -> Reading:
    told = synthesis.recommendations
    lines = (synthesis.title, *((f"État au {day(as_of)}.",) if as_of else ()))
    blocks = tuple(_blocks(told, synthesis.audience, as_of))
    return Reading(TITLE, for_whom(synthesis.audience), lines, "", blocks)


def _blocks(told: Sequence[ShownRecommendation], audience: Audience, as_of: date | None) -> Iterator[Block]:
    if not told:
        yield Text("Aucune recommandation à montrer.")
        return
    yield Heading(1, "Où en est-on", "ensemble")
    yield Rows(_overview(told, audience, as_of), "Les recommandations et leur état")
    for place, (addressee, asked) in enumerate(by_addressee(told)):
        yield Heading(1, capital(addressee), f"destinataire-{place}")
        for one in asked:
            yield Heading(2, f"{one.code} – {one.title}", f"destinataire-{place}-{one.code}")
            yield from _followed(one, addressee, audience, as_of)


def _overview(told: Sequence[ShownRecommendation], audience: Audience, as_of: date | None) -> Table:
    """A row a recommendation. Who sees no « pour quand » has no column of it."""
    titles = ["Demande", "À qui", "État", "Envoyée le", "Réponse reçue le"]
    inside = audience is not Audience.PUBLIC
    rows = []
    for one in told:
        when = told_day(one.when) + (" (en retard)" if late(one, as_of) else "")
        said = (f"{one.code} – {one.title}", ", ".join(one.addressees), one.state, told_day(one.sent))
        rows.append((*said, told_day(one.answered), *((when,) if inside else ())))
    kinds = (Kind.PHRASE, *(Kind.SHORT for _ in titles))
    columns = zip([*titles, *(["Pour quand"] if inside else [])], kinds, strict=False)
    return Table("Suivi", tuple(Column(title, kind) for title, kind in columns), tuple(rows))


def _followed(one: ShownRecommendation, addressee: str, audience: Audience, as_of: date | None) -> Iterator[Block]:
    """What was asked, of whom, since when; what was answered; what comes next."""
    if late(one, as_of):
        yield Text(f"En retard : prévu pour le {told_day(one.when)}.", Look.LATE)
    others = ", ".join(other for other in one.addressees if other != addressee)
    yield from _told(("État", one.state), ("Demandé aussi à", others), ("Envoyée le", told_day(one.sent)))
    yield from map(Text, paragraphs(one.text))
    places = (("Territoires", ", ".join(one.territories)), ("Vagues", ", ".join(one.waves)), ("Évolution", one.trend))
    yield from _told(*places, ("Discutée avec les personnes concernées le", told_day(one.discussed)))
    yield Text("Réponse", Look.LABEL)
    if one.answered or one.answer:
        yield from _told(("Reçue le", told_day(one.answered)))
        yield from map(Text, paragraphs(one.answer))
    else:
        yield Text("Aucune réponse reçue." if one.sent else "Pas encore envoyée.")
    who = () if audience is Audience.PUBLIC else (("Qui s'en charge", one.who), ("Pour quand", told_day(one.when)))
    yield from _told(("Prochaine étape", one.next_step), *who)


def _told(*pairs: tuple[str, str]) -> Iterator[Facts]:
    said = tuple((label, words) for label, words in pairs if words)
    if said:
        yield Facts(said)
