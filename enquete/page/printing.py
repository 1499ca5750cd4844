"""A paper that identifies people: on the terminal of whoever holds a key, or sealed with a phrase, to print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Literal, NamedTuple

from enquete.page.assembling import as_data, digest_source, page_text

# warning: in big letters. facts: rows of a label and a value. table: its first row is the header. quote: somebody's
# words, `rows` say where they stand. person: begins a sheet of paper of its own. blank: a table to write on, on paper.
BlockKind = Literal["title", "person", "heading", "warning", "text", "facts", "list", "quote", "table", "blank"]


class Block(NamedTuple):
    """A piece of the paper. rows: of facts and tables, in words; items of a list one by row."""

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def told(title: str, blocks: Iterable[Block]) -> dict[str, object]:
    """What is sealed, for `printed/paper.js`."""
    drawn = [
        [block.kind, _unbroken(block.text), [[_unbroken(cell) for cell in row] for row in block.rows]]
        for block in blocks
    ]
    return {"title": title, "blocks": drawn}


def _unbroken(text: str) -> str:
    """French punctuation stays on the line of its word."""
    return re.sub(r" (?=[?!:;»])|(?<=«) ", "\u00a0", text)


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The same for a terminal."""
    for place, block in enumerate(block for block in blocks if block.kind != "blank"):
        if block.kind in ("person", "heading") and place:
            yield ""
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    if block.kind in ("title", "person"):
        yield block.text
        yield ("=" if block.kind == "title" else "-") * len(block.text)
    elif block.kind == "warning":
        yield f"  !!! {block.text.upper()}"
    elif block.kind == "quote":
        yield f"    « {block.text} »"
        yield from (f"      {' · '.join(row)}" for row in block.rows)
    elif block.kind == "facts":
        yield from (f"  {label}{'' if label.endswith('?') else ' :'} {value}" for label, value in block.rows)
    elif block.kind == "list":
        yield from (f"  - {item}" for (item,) in block.rows)
    elif block.kind == "table":
        yield from (f"  {line}" for line in _table(block.rows))
    else:
        yield block.text if block.kind == "heading" else f"  {block.text}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def sealed_paper(title: str, payload: Mapping[str, object]) -> str:
    """The page that opens with its phrase, and needs no server. title: in clear; payload: a sealed file's parts."""
    folder = files("enquete.page")
    modules = {
        "enquete/sealing": (folder / "static" / "sealing.js").read_text(encoding="utf-8"),
        "enquete/paper": (folder / "printed" / "paper.js").read_text(encoding="utf-8"),
    }
    style = (folder / "printed" / "paper.css").read_text(encoding="utf-8")
    imports = json.dumps({"imports": {name: as_data(text) for name, text in modules.items()}})
    start = 'import "enquete/paper";'
    policy = (
        f"default-src 'none'; script-src data: {digest_source(imports)} {digest_source(start)}; "
        "style-src 'unsafe-inline'; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>\n'
        f'<script type="importmap">{imports}</script>'
    )
    data = json.dumps(payload, sort_keys=True).replace("<", "\\u003c")
    body = f'<script type="application/json" id="fiche">{data}</script>\n<script type="module">{start}</script>'
    return page_text(head, body, title)
