"""Interviews with marks, `[[TYPE|text]]`: what identifies people, as a person sees it. See tests/gold/README.md."""

import re
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\[\[([A-Z_]+)\|(.+?)\]\]", re.DOTALL)
DIRECT = frozenset({"PER", "PHONE", "EMAIL", "HANDLE", "URL", "NIR", "IBAN", "ID_CAF", "ID_DOC"})
QUASI = frozenset({"LOC", "ORG_PRIVATE", "DATE_BIRTH", "AGE"})

# Public bodies must stay readable: what they do to people is what the studies are about.
_BODIES = (
    "CAF|France Travail|Pôle emploi|préfecture|CCAS|Département|CPAM|Assurance maladie|France Services|mission locale|"
    "Secours catholique|Secours populaire|Restos du cœur|Emmaüs|Croix-Rouge|La Poste|mairie|EDAS|SIAO|ANTS|MDPH|CNAV"
)
BODY = re.compile(rf"(?<![\w@.-])(?:{_BODIES})(?![\w-])")
# A common noun left readable inside a place or an organisation tells nothing: « rue », « lycée », « de la ».
COMMON = re.compile(
    r"(?<![\w-])(?:rue|avenue|boulevard|allée|place|pont|porte|lycée|collège|école|clinique|hôpital|numéro|"
    r"le|la|les|l['’]|du|de|des|d['’])(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Marked:
    """text: without marks. spans: (start, end, type), code points of it."""

    name: str
    text: str
    spans: tuple[tuple[int, int, str], ...]

    def readable_is_a_leak(self, start, end, kind):
        """Positions of a span's letters and digits that have to be hidden."""
        letters = [at for at in range(start, end) if self.text[at].isalnum()]
        if kind not in ("LOC", "ORG_PRIVATE"):
            return letters
        common = {at for m in COMMON.finditer(self.text, start, end) for at in range(*m.span())}
        return [at for at in letters if at not in common] or letters

    def bodies(self):
        """Where a public body is named outside any mark."""
        for found in BODY.finditer(self.text):
            if not any(start < found.end() and end > found.start() for start, end, _ in self.spans):
                yield found.span()


def read(path):
    """One file with its marks taken out; positions are those of the file as it stands (CRLF counts two)."""
    parts, spans, at, length = [], [], 0, 0
    marked = path.read_bytes().decode("utf-8")
    for mark in MARK.finditer(marked):
        before = marked[at : mark.start()]
        length += len(before)
        spans.append((length, length + len(mark[2]), mark[1]))
        parts += (before, mark[2])
        length += len(mark[2])
        at = mark.end()
    return Marked(path.stem, "".join([*parts, marked[at:]]), tuple(spans))


def load(folder):
    """Every marked interview of a folder, by name."""
    return [read(path) for path in sorted(Path(folder).glob("*.txt"))]
