"""Puts the page together, for the server and for a packet."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

_LIBRARIES = {"preact": "preact.js", "preact/hooks": "preact-hooks.js", "htm": "htm.js"}
_ANNOTATOR = "text-annotator"  # a classic script: it makes the global RecogitoJS
# Shown after a while, where the modules have not started.
_TOO_OLD = "Rien ne s'affiche ? Ouvrez cette page dans une version récente de Firefox, Chrome, Edge ou Safari."
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the page loads. type: its media type."""

    data: bytes
    type: str


def _folder(name: str) -> Traversable:
    return files("enquete.page") / name


def _modules() -> dict[str, str]:
    """Text of each of our modules, by name without « .js »."""
    own = sorted((f for f in _folder("static").iterdir() if f.name.endswith(".js")), key=lambda f: f.name)
    return {f.name.removesuffix(".js"): f.read_text(encoding="utf-8") for f in own}


def _read(folder: str, name: str) -> str:
    return (_folder(folder) / name).read_text(encoding="utf-8")


def _styles() -> str:
    own = sorted((f for f in _folder("static").iterdir() if f.name.endswith(".css")), key=lambda f: f.name)
    return "\n".join([_read("vendor", f"{_ANNOTATOR}.css"), *(f.read_text(encoding="utf-8") for f in own)])


def asset(path: str) -> Asset | None:
    """What stands at « static/main.js », « vendor/preact.js » or « styles.css »; None for anything else."""
    if path == "styles.css":
        return Asset(_styles().encode(), "text/css")
    folder, _, name = path.partition("/")
    if folder not in ("static", "vendor"):
        return None
    known = {f.name: f for f in _folder(folder).iterdir()}
    suffix = f".{name.rpartition('.')[2]}"
    if name not in known or suffix not in _TYPES:
        return None
    return Asset(known[name].read_bytes(), _TYPES[suffix])


def digest_source(script: str) -> str:
    """A script's digest as a content security policy names it: « 'sha256-…' »."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def served() -> tuple[str, str]:
    """(HTML of the page, its inline import map, for the security policy). It starts « enquete/main » on the server."""
    modules = {f"enquete/{name}": f"/static/{name}.js" for name in _modules()}
    addresses = {n: f"/vendor/{f}" for n, f in _LIBRARIES.items()} | modules
    imports = json.dumps({"imports": addresses})
    # Asked for at once, not one import after the other.
    preloads = "".join(f'<link rel="modulepreload" href="{path}">\n' for path in addresses.values())
    head = (
        '<link rel="stylesheet" href="/styles.css">\n'
        f'<script type="importmap">{imports}</script>\n{preloads}'
        f'<script src="/vendor/{_ANNOTATOR}.js"></script>\n'
        '<script type="module" src="/static/main.js"></script>'
    )
    return page_text(head, "", "Coder les entretiens"), imports


def standalone(title: str, payload: Mapping[str, object]) -> str:
    """The page as one file that needs no server. payload: JSON that « enquete/main » reads from #paquet."""
    modules = {n: _read("vendor", f) for n, f in _LIBRARIES.items()}
    modules |= {f"enquete/{name}": text for name, text in _modules().items()}
    imports = json.dumps({"imports": {name: as_data(text) for name, text in modules.items()}})
    annotator = _read("vendor", f"{_ANNOTATOR}.js").replace("</script", "<\\/script")
    start = 'import "enquete/main";'
    # connect-src 'none': whatever happens, this page sends nothing anywhere.
    policy = (
        f"default-src 'none'; script-src data: {' '.join(digest_source(s) for s in (imports, annotator, start))}; "
        "style-src 'unsafe-inline'; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<style>{_styles()}</style>\n"
        f'<script type="importmap">{imports}</script>\n'
        f"<script>{annotator}</script>"
    )
    data = json.dumps(payload, sort_keys=True).replace("<", "\\u003c")
    body = f'<script type="application/json" id="paquet">{data}</script>\n<script type="module">{start}</script>'
    return page_text(head, body, title)


def as_data(text: str) -> str:
    """A script's own address, which holds it."""
    return f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode()}"


def page_text(head: str, body: str, title: str) -> str:
    """The HTML of a page that a script fills."""
    return (
        # translate: a browser that offers a translation would send the texts to its maker.
        '<!doctype html>\n<html lang="fr" translate="no">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="google" content="notranslate">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{html.escape(title)}</title>\n{head}\n</head>\n<body>\n"
        f'<div id="page"><p class="too-old">{_TOO_OLD}</p></div>\n'
        "<noscript>Cette page a besoin de JavaScript.</noscript>\n"
        f"{body}\n</body>\n</html>\n"
    )
