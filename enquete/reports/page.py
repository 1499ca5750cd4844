"""The synthesis as a page: one file, no script, nothing asked of the network."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from enquete.findings.figures import described
from enquete.findings.tables import Synthesis
from enquete.reports import figures
from enquete.reports.outline import (
    CHANGED,
    PARAPHRASED,
    Bullets,
    Facts,
    Heading,
    Look,
    Picture,
    Quotation,
    Reading,
    References,
    Rows,
    Target,
    Text,
    reading,
)
from enquete.reports.page_style import frame, said
from enquete.reports.page_tables import MOST, TOO_MANY, html_quotations, html_table

_WIDTH = 9.5  # centimetres: letters of a phone's size on a phone
_CLASSES = {
    Look.PLAIN: "",
    Look.BOX: ' class="box"',
    Look.NOTE: ' class="note"',
    Look.LABEL: ' class="label"',
    Look.LATE: ' class="late"',
}
_QUOTATIONS = "verbatims"
_CONTENTS = 3  # levels of headings in the table of contents


def render(synthesis: Synthesis) -> bytes:
    """An .html; equal syntheses give equal bytes."""
    return compose(reading(synthesis))


def compose(told: Reading) -> bytes:
    """As `render`, any document."""
    return _Page(told).html()


class _Page:
    def __init__(self, told: Reading) -> None:
        self.told = told
        shown = [block.table for block in told.blocks if isinstance(block, Rows)]
        self.names = {table.name: f"t{rank}" for rank, table in enumerate(shown, start=1)}
        self.places = {
            (table.name, row): f"{self.names[table.name]}-{row}" for table in shown for row in range(len(table.rows))
        }
        self.anchors = {block.anchor for block in told.blocks if isinstance(block, Heading)}
        drawn = [block.figure for block in told.blocks if isinstance(block, Picture)]
        self.drawn = {id(figure): rank for rank, figure in enumerate(drawn, start=1)}
        self.cited: dict[int, list[tuple[str, str]]] = {}
        self.asked: dict[int, str] = {}  # quotation (its id) -> its place
        for rank, block in enumerate(block for block in told.blocks if isinstance(block, Quotation)):
            self.asked[id(block)] = f"q{rank}"
            if block.quoted.row is not None:
                self.cited.setdefault(block.quoted.row, []).append((f"q{rank}", block.piece))
        self.quoted = self._quoted_rows()
        if told.quotations is not None:
            self.places |= {(told.quotations.name, row): f"v-{row}" for row in self.quoted}

    def _quoted_rows(self) -> list[int]:
        table = self.told.quotations
        if table is None:
            return []
        every = range(len(table.rows))
        return list(every) if len(every) <= MOST else [row for row in every if row in self.cited]

    def html(self) -> bytes:
        """The whole file."""
        told = self.told
        head = "".join(f"<p>{said(line)}</p>\n" for line in told.lines)
        head += f'<p class="box">{said(told.caution)}</p>\n' if told.caution else ""
        body = [
            self._contents(),
            '<main id="contenu" tabindex="-1">',
            *self._blocks(),
            *self._verbatims(),
            "</main>",
            "",
        ]
        foot = '<p class="back"><a href="#contenu">Retour au début</a></p>\n'
        foot += f"<p>{said(told.title)} – {said(told.subtitle)}</p>\n"
        return frame(told.title, told.subtitle, head, "\n".join(body), foot)

    def _contents(self) -> str:
        headings = [(b.level, b.anchor, b.text) for b in self.told.blocks if isinstance(b, Heading)]
        if self.quoted:
            headings.append((1, _QUOTATIONS, "Verbatims"))
        lines, level = [], 0
        for own, anchor, text in headings:
            if own >= _CONTENTS:
                continue
            lines.append("<ul>" * (own - level) if own > level else "</li>" + "</ul></li>" * (level - own))
            level = own
            lines.append(f'<li><a href="#{anchor}">{said(text)}</a>')
        lines.append("</li></ul>" * level)
        return f'<nav aria-label="Sommaire">\n<p>Sommaire</p>\n{"".join(lines)}\n</nav>' if headings else ""

    def _blocks(self) -> Iterator[str]:
        for block in self.told.blocks:
            match block:
                case Heading():
                    level = block.level + 1
                    yield f'<h{level} id="{block.anchor}">{said(block.text)}</h{level}>'
                case Text():
                    yield f"<p{_CLASSES[block.look]}>{said(block.text)}</p>"
                case Bullets():
                    yield from self._bullets(block)
                case Facts():
                    pairs = (f"<div><dt>{said(f'{k} :')}</dt> <dd>{said(words)}</dd></div>" for k, words in block.pairs)
                    yield f"<dl>{''.join(pairs)}</dl>"
                case References():
                    told = " ; ".join(self._link(anchor, words) for anchor, words in block.pairs)
                    yield f"<p><strong>{said(f'{block.label} :')}</strong> {told}</p>"
                case Quotation():
                    yield from self._quotation(block)
                case Rows():
                    yield from self._rows(block)
                case Picture():
                    yield from self._picture(block)

    def _bullets(self, block: Bullets) -> Iterator[str]:
        lines = [self._led(line, target) for line, target in block.lines]
        if len(lines) == 1:
            yield f"<p>{lines[0]}</p>"
        elif lines:
            yield "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"

    def _led(self, line: str, target: Target | None) -> str:
        place = self.places.get(target) if target else None
        return f'<a href="#{place}">{said(line)}</a>' if place else said(line)

    def _link(self, anchor: str, words: str) -> str:
        return f'<a href="#{anchor}">{said(words)}</a>' if anchor in self.anchors else said(words)

    def _quotation(self, block: Quotation) -> Iterator[str]:
        quoted = block.quoted
        words = quoted.words if quoted.paraphrased else f"« {quoted.words} »"
        told = (quoted.who, PARAPHRASED if quoted.paraphrased else "", CHANGED if quoted.changed else "")
        parts = [said(one) for one in told if one]
        table = self.told.quotations
        place = self.places.get((table.name, quoted.row)) if table and quoted.row is not None else None
        if place:
            parts.append(f'<a href="#{place}">parmi les verbatims</a>')
        who = f'<p class="who">{" · ".join(parts)}</p>' if parts else ""
        yield f'<blockquote id="{self.asked[id(block)]}"><p>{said(words)}</p>{who}</blockquote>'

    def _rows(self, block: Rows) -> Iterator[str]:
        name = self.names[block.table.name]
        yield from html_table(block.table, name, said(f"Tableau {name[1:]} : {block.caption}"), self.places)
        yield from (f'<p class="note">{said(note)}</p>' for note in block.table.notes)
        drawn = [self.drawn[id(figure)] for figure in block.table.figures if id(figure) in self.drawn]
        if drawn:
            links = ", ".join(f'<a href="#figure-{rank}">figure\u00a0{rank}</a>' for rank in drawn)
            yield f'<p class="note">Ces nombres sont dessinés\u00a0: {links}.</p>'

    def _picture(self, block: Picture) -> Iterator[str]:
        rank = self.drawn[id(block.figure)]
        data = base64.b64encode(figures.svg(block.figure, _WIDTH)).decode()
        alt = said(described(block.figure))
        yield f'<figure id="figure-{rank}"><img alt="{alt}" src="data:image/svg+xml;base64,{data}">'
        yield f"<figcaption>{said(f'Figure {rank} : {block.figure.title}')}</figcaption></figure>"

    def _verbatims(self) -> Iterable[str]:
        table = self.told.quotations
        if table is None or not table.rows:
            return
        yield f'<h2 id="{_QUOTATIONS}">Verbatims</h2>'
        if len(self.quoted) < len(table.rows):
            yield f'<p class="note">{said(TOO_MANY)}</p>'
        yield from html_quotations(table, self.quoted, self.places, self.cited)
