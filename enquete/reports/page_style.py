"""What every page that leaves a study looks like: phone and desktop, light and dark, screen and paper."""

from __future__ import annotations

from html import escape

from enquete.reports.documents import typeset
from enquete.reports.workbook import safe_text

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1f2933; --soft: #52606d; --paper: #fff; --head: #1b4965; --band: #eef3f6;
  --rule: #b8c4ce; --warn: #8a3b00; --warn-band: #fdf1d6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebef; --soft: #aebac4; --paper: #14191e; --head: #9cc9e3;
  --band: #202930; --rule: #46535e; --warn: #f5c97a; --warn-band: #33290f; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Calibri, Carlito, "Segoe UI",
  Roboto, "Helvetica Neue", sans-serif; overflow-wrap: break-word; hyphens: manual; }
header, nav, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1, h2, h3, h4 { color: var(--head); line-height: 1.25; text-wrap: balance; margin: 2em 0 .5em; }
h1 { font-size: 2rem; margin-top: 0; } h2 { font-size: 1.5rem; border-top: 1px solid var(--rule); padding-top: 1em; }
h3 { font-size: 1.2rem; } h4 { font-size: 1.05rem; }
p, ul, ol, dl { margin: .5em 0 1em; } ul, ol { padding-left: 1.3em; } li { margin: .3em 0; }
a { color: var(--head); text-underline-offset: .15em; } a:focus-visible, [tabindex]:focus-visible,
summary:focus-visible { outline: 3px solid var(--head); outline-offset: 2px; }
:target { background: var(--warn-band); }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper);
  padding: .5rem 1rem; }
.soft, .note, figcaption, caption, .who { color: var(--soft); } .soft { font-size: 1.15rem; margin-top: 0; }
.note, .who { font-size: .95rem; }
.box { border: 1px solid var(--rule); border-left: 5px solid var(--head); padding: .7rem 1rem; }
.late { color: var(--warn); background: var(--warn-band); border-left: 5px solid; padding: .4rem .8rem;
  font-weight: 600; }
.label { font-weight: 600; color: var(--head); margin: 1.2em 0 .3em; }
nav { background: var(--band); border-radius: .5rem; padding: .8rem 1.2rem; max-width: 44rem; }
nav p { font-weight: 600; margin: 0; } nav ul { list-style: none; padding-left: 0; margin: .3em 0; }
nav ul ul { padding-left: 1.2em; } nav li { margin: .15em 0; } nav a { display: inline-block; padding: .2rem 0; }
dl div { margin: .15em 0; } dt, dd { display: inline; margin: 0; } dt { font-weight: 600; }
blockquote { margin: 1em 0; padding: .1em 0 .1em 1rem; border-left: 4px solid var(--head); }
blockquote p { margin: .3em 0; }
figure { margin: 1.5em 0; } figure img { display: block; width: 100%; max-width: 28rem; height: auto;
  background: #fff; border: 1px solid var(--rule); border-radius: .4rem; padding: .6rem; }
figcaption { margin-top: .5em; }
.scroll { overflow-x: auto; margin: 1em 0; border: 1px solid var(--rule); border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.35; }
caption { text-align: left; padding: .6rem .7rem; font-weight: 600; }
th, td { padding: .45rem .7rem; border-top: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { background: var(--band); vertical-align: bottom; hyphens: none; overflow-wrap: normal; }
caption span { position: sticky; left: .7rem; display: inline-block; max-width: min(100vw - 5rem, 42rem); }
tbody th { font-weight: 400; min-width: 9rem; overflow-wrap: normal; background: var(--paper); }
tbody tr:target th, tbody tr:target td { background: var(--warn-band); }
tbody th.band { background: var(--band); font-weight: 600; }
tbody tr.d0 > th { font-weight: 600; } tbody tr.d1 > th { padding-left: 1.7rem; }
tbody tr.d2 > th { padding-left: 2.7rem; } tbody tr.d3 > th { padding-left: 3.7rem; }
.count { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } thead .count {
  white-space: normal; min-width: 6rem; }
details { border-top: 1px solid var(--rule); padding: .3rem 0; } summary { cursor: pointer; padding: .5rem 0;
  font-weight: 600; } details ol { list-style: none; padding-left: 0; }
details li { border-left: 4px solid var(--rule); padding-left: 1rem; margin: 1rem 0; }
footer { border-top: 1px solid var(--rule); margin-top: 3rem; padding: 1rem 1rem 3rem; color: var(--soft);
  font-size: .95rem; }
@media (min-width: 40rem) { tbody th[scope=row] { position: sticky; left: 0; min-width: 12rem; } }
@media (min-width: 60rem) { .scroll { width: max-content; min-width: 100%;
  max-width: calc(44rem + (100vw - 46rem) / 2 - 2rem); } }
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --head: #1b4965; --band: #f1f1f1; --rule: #999; --warn: #000;
    --warn-band: #fff; }
  @page { size: A4; margin: 1.8cm; }
  html { font-size: 10pt; } body { line-height: 1.4; } header, nav, main, footer { max-width: none; padding: 0; }
  .skip, .back { display: none; } h1, h2, h3, h4, .label { break-after: avoid; }
  blockquote, figure, tr, li { break-inside: avoid; } caption { break-after: avoid; padding-left: 0; }
  .scroll { overflow: visible; border: 0; width: auto; max-width: none; } caption span { position: static; }
  table { font-size: 7.5pt; } th, td { padding: .2rem .3rem; } thead .count { min-width: 0; }
  thead { display: table-header-group; } tbody th { min-width: 0; } a { color: inherit; text-decoration: none; }
  tbody th[scope=row] { position: static; } figure img { max-width: 13cm; border: 0; padding: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""


def said(text: str) -> str:
    """A text in a page: set in French, nothing in it a tag."""
    return escape(typeset(safe_text(text)))


def frame(title: str, subtitle: str, head: str, body: str, foot: str) -> bytes:
    """A page alone in its file. head, body, foot: HTML, already escaped."""
    return f"""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{said(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header>
<h1>{said(title)}</h1>
<p class="soft">{said(subtitle)}</p>
{head}</header>
{body}<footer>
{foot}</footer>
</body>
</html>
""".encode()
