"""Office packages: .xlsx, .docx, .odt, .ods and their kin, part by part."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from enquete.disclosure.contents.markup import Paragraphs, Walk
from enquete.disclosure.contents.model import Nature, Sheet, Text

Parts = Sequence[tuple[str, bytes]]

# (what the path of a part matches, its place in French)
_PLACES = tuple(
    (re.compile(pattern), place)
    for pattern, place in (
        (r"word/document", "corps du document"),
        (r"word/header", "en-tête de page"),
        (r"word/footer", "pied de page"),
        (r"word/footnotes", "note de bas de page"),
        (r"word/endnotes", "note de fin"),
        (r"word/comments|ppt/comments", "commentaire"),
        (r"(word|ppt)/(people|commentAuthors|authors)|xl/persons/", "auteurs des commentaires"),
        (r"word/glossary", "bloc de texte enregistré"),
        (r".*/charts?/", "graphique"),
        (r".*/diagrams/", "diagramme"),
        (r".*(drawing|vmlDrawing)", "dessin, image ou zone de texte"),
        (r"xl/(pivotCache|pivotTables)/", "tableau croisé"),
        (r"xl/tables/", "tableau"),
        (r"xl/externalLinks/", "lien vers un autre classeur"),
        (r"xl/(comments|threadedComments)", "commentaire"),
        (r"ppt/slides/", "diapositive"),
        (r"ppt/notesSlides/", "notes d'une diapositive"),
        (r"customXml/", "données XML jointes"),
        (r"content\.xml|.*/content\.xml", "corps du document"),
        (r"styles\.xml", "styles, en-têtes et pieds de page"),
        (r".*\.rels$", "lien ou renvoi"),
        (r"docProps/|meta\.xml", "propriétés du document"),
    )
)
_PROPERTIES = {
    "creator": "Auteur",
    "initial-creator": "Auteur",
    "lastModifiedBy": "Dernier auteur",
    "printed-by": "Imprimé par",
    "title": "Titre",
    "subject": "Sujet",
    "description": "Commentaires",
    "keywords": "Mots clés",
    "keyword": "Mots clés",
    "category": "Catégorie",
    "Company": "Société",
    "Manager": "Responsable",
    "Template": "Modèle",
    "HyperlinkBase": "Base des liens",
}
_BY_PEOPLE = frozenset(
    ["creator", "initial-creator", "lastModifiedBy", "printed-by", "Company", "Manager", "author", "sender-initials"]
)
_PROPERTY_FILES = re.compile(r"docProps/(core|app|custom)\.xml|meta\.xml")


def is_office(names: set[str]) -> bool:
    """Whether a package with these parts is an office document."""
    return bool(names & {"[Content_Types].xml", "content.xml"})


def part_texts(name: str, parts: Parts) -> Iterator[Text]:
    """The strings of each XML part of a package. name: of the file, for errors. Raises EnqueteError(CORRUPT_FILE)."""
    names = {part for part, _ in parts}
    if "xl/workbook.xml" in names:
        from enquete.disclosure.contents import workbook

        yield from workbook.sheet_texts(name, parts)
    done = workbook_parts(parts) if "xl/workbook.xml" in names else set()
    for part, data in parts:
        if part not in done and part.endswith((".xml", ".rels", ".vml", ".rdf")):
            yield from _walk(part).read(name, _mended(part, data))


def workbook_parts(parts: Parts) -> set[str]:
    """Parts that the reader of workbooks has read."""
    return {n for n, _ in parts if re.fullmatch(r"xl/(sharedStrings\.xml|workbook\.xml|worksheets/[^/]+\.xml)", n)}


def _mended(part: str, data: bytes) -> bytes:
    """Excel writes line breaks in old drawings without their end."""
    return re.sub(rb"<br\s*/?>", b"<br/>", data) if part.endswith(".vml") else data


def _walk(name: str) -> Walk:
    """What reads the part of this path."""
    if _PROPERTY_FILES.fullmatch(name):
        return _Properties("propriétés du document")
    place = next((place for pattern, place in _PLACES if pattern.match(name)), "réglages du document")
    if name.startswith(("xl/comments", "xl/threadedComments")):
        return _Comments(place)
    if "/theme/" in name:
        return _Theme("thème du document")
    if name.endswith("content.xml"):
        return _OpenDocument(place)
    return Paragraphs(place, counted=name == "word/document.xml")


class _Properties(Walk):
    """Each property by its French name."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self._name = ""

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        custom = attributes.get("name") or attributes.get("meta:name")
        if custom:
            self.add("nom d'une propriété personnalisée", custom)
        self._name = tag if tag != "user-defined" else ""

    def closed(self, tag: str, text: str) -> None:
        place = f"propriété {_PROPERTIES[tag]}" if tag in _PROPERTIES else self._other(tag)
        self.add(place, text, Nature.AUTHOR if tag in _BY_PEOPLE else Nature.TEXT)

    def _other(self, tag: str) -> str:
        if tag in ("lpwstr", "lpstr"):  # titles of the parts in app.xml, values in custom.xml
            return "propriété du document"
        return "propriété personnalisée" if tag == "user-defined" else "propriétés du document"

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name != "fmtid":
            super().attribute(tag, name, value)


class _Comments(Walk):
    """Comments of a workbook, by their cell."""

    blocks = frozenset(["text"])

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self._cell = ""

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("comment", "threadedComment"):
            self._cell = cell_name(attributes.get("ref", ""))

    def closed(self, tag: str, text: str) -> None:
        if tag == "author":
            self.add("auteur d'un commentaire", text, Nature.AUTHOR)
        else:
            self.add(f"commentaire de {self._cell}" if self._cell else self.place, text)

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ("ref", "id", "personId", "authorId"):
            super().attribute(tag, name, value)


class _Theme(Walk):
    """A theme lists typefaces by the hundred, some of which bear first names."""

    def attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ("typeface", "script"):
            super().attribute(tag, name, value)


class _OpenDocument(Walk):
    """Body of a LibreOffice document: paragraphs counted, sheets by their names."""

    blocks = frozenset(["p", "h"])

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self._number = 0
        self._sheets = 0
        self._spreadsheet = False
        self._row = self._column = 0
        self._repeated = 0

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "spreadsheet":
            self._spreadsheet = True
        elif tag == "table" and self._spreadsheet and "table:name" in attributes:
            self._sheets += 1
            self._row = 0
            name = attributes["table:name"]
            self.sheet = None
            self.add(f"nom de la feuille n° {self._sheets}", name)
            self.sheet = Sheet(self._sheets, name)
        elif tag == "table-row":
            self._row += int(attributes.get("table:number-rows-repeated", "1"))
            self._column = self._repeated = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += self._repeated
            self._repeated = int(attributes.get("table:number-columns-repeated", "1"))
            value = attributes.get("office:value", "")
            if value:
                self.add(self._cell(), value, Nature.NUMBER)

    def closed(self, tag: str, text: str) -> None:
        if tag == "creator":
            self.add("auteur d'un commentaire ou d'une modification", text, Nature.AUTHOR)
            return
        self._number += tag in ("p", "h")
        self.add(self._cell() if self.sheet else f"{self.place}, paragraphe {self._number}", text)

    def _cell(self) -> str:
        return f"cellule {column_letters(self._column + 1)}{self._row}"

    def attribute(self, tag: str, name: str, value: str) -> None:
        if not (tag == "table" and name == "name" and self._spreadsheet):
            super().attribute(tag, name, value)


def cell_name(reference: str) -> str:
    """The reference where it is one: what is told of a place comes from the file, and may be anything."""
    return reference if re.fullmatch(r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?", reference) else ""


def column_letters(number: int) -> str:
    """1 -> « A », 28 -> « AB »."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def targets(rels: bytes, base: str) -> dict[str, str]:
    """Paths of the parts that a part refers to, by the key of the reference."""
    found = {}
    for match in re.finditer(r"<(?:\w+:)?Relationship\b[^>]*>", rels.decode("utf-8", "replace")):
        key, target = re.search(r'\bId="([^"]*)"', match[0]), re.search(r'\bTarget="([^"]*)"', match[0])
        if key and target:
            path = target[1].lstrip("/") if target[1].startswith("/") else posixpath.join(base, target[1])
            found[key[1]] = posixpath.normpath(path)
    return found
