"""Codebooks as YAML: `load` keeps lines and lists every fault, `dump` writes the same text each time."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, NoReturn

import yaml
from yaml._yaml import CParser

from enquete.codebook.types import Code, Codebook, Cues, Pattern, implied_parent
from enquete.errors import EnqueteError, Problem

BOOK_KEYS = ("id", "label", "version", "codes")
CODE_KEYS = ("id", "parent", "label", "definition", "include", "exclude", "examples", "colour", "cues", "retired")
CUE_KEYS = ("words", "lemmas", "patterns")
# What a French hand, or a British or American one, may write instead.
OTHER_NAMES = {
    "nom": "label", "libelle": "label", "libellé": "label", "titre": "label", "définition": "definition",
    "inclure": "include", "exclure": "exclude", "exemples": "examples", "couleur": "colour", "color": "colour",
    "indices": "cues", "mots": "words", "lemmes": "lemmas", "expressions": "lemmas", "motifs": "patterns",
    "children": "parent", "code": "id", "retiré": "retired", "retire": "retired",
}  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Fault(NamedTuple):
    """One thing wrong. place: line of a text file, row of a sheet; message: a French sentence."""

    place: int
    message: str


def load(path: Path) -> Codebook:
    """Reads a codebook.

    Raises EnqueteError: FILE_NOT_FOUND; CODEBOOK_UNREADABLE when it is no YAML in UTF-8; CODEBOOK_FAULTS with all
    that is wrong, line by line: unknown or repeated keys, missing ids and labels, wrong types.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise EnqueteError(Problem.FILE_NOT_FOUND, where=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        _unreadable(path.name, line, "ce texte n'est pas en UTF-8")
    return loads(text, path.name)


@lru_cache(maxsize=8)  # a command reads the codebooks of its study for what it does, then for the gate
def loads(text: str, name: str = "grille") -> Codebook:
    """`load` for a text; name: what messages call the file."""
    try:
        root = compose(text)
        reading = _Reading()
        book = reading.codebook(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _unreadable(name, mark.line + 1 if mark else 1, _in_french(error))
    except yaml.reader.ReaderError as error:
        _unreadable(name, text.count("\n", 0, error.position) + 1, "un caractère n'est pas permis")
    except RecursionError:
        _unreadable(name, 1, "trop de crochets ou d'accolades emboîtés")
    if reading.faults:
        refuse(name, "ligne", reading.faults)
    return book


class _Fast(yaml.composer.Composer, CParser, yaml.resolver.Resolver):
    """Reads with libyaml, eight times as fast, and composes in Python, which bears any nesting."""

    def __init__(self, stream: str) -> None:
        CParser.__init__(self, stream)
        yaml.composer.Composer.__init__(self)
        yaml.resolver.Resolver.__init__(self)


def compose(text: str) -> yaml.Node | None:
    """The nodes of a text. What libyaml refuses is read again in Python, which tells better what is wrong."""
    try:
        return _Fast(text).get_single_node()
    except (yaml.YAMLError, UnicodeEncodeError):
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _unreadable(name: str, line: int, reason: str) -> NoReturn:
    raise EnqueteError(Problem.CODEBOOK_UNREADABLE, where=f"{name}, ligne {line}", reason=reason) from None


def refuse(name: str, unit: str, faults: list[Fault]) -> NoReturn:
    """Raises EnqueteError(CODEBOOK_FAULTS) for a file with faults; unit: « ligne », or sheet and « ligne »."""
    first, *others = sorted(faults)
    listed = "".join(f"\n  {unit} {place} : {message}" for place, message in others)
    where = f"{name}, {unit} {first.place}"
    raise EnqueteError(Problem.CODEBOOK_FAULTS, where=where, faults=first.message + listed)


YAML_PROBLEMS = {
    "found character '\\t'": "une tabulation sert de retrait : mettez des espaces",
    "mapping values are not allowed": "un « : » est mal placé : mettez le texte entre guillemets droits",
    "could not find expected ':'": "il manque un « : » après le nom du champ",
    "expected <block end>": "le retrait des lignes ne tombe pas juste, ou un guillemet manque",
    "expected ',' or": "il manque une virgule, un crochet ou une accolade",
    "found unexpected end of stream": "un guillemet, un crochet ou une accolade n'est pas refermé",
    "found undefined alias": "un texte commence par « * » : mettez-le entre guillemets droits",
    "but found another document": "un seul document par fichier : enlevez la ligne « --- »",
    "while scanning for the next token": "un caractère n'est pas permis ici : mettez le texte entre guillemets",
}


def _in_french(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    return next(
        (french for english, french in YAML_PROBLEMS.items() if english in said), "l'écriture n'est pas du YAML"
    )


def clean(text: str) -> str:
    """The stored form of a text: NFC, LF, no space at the ends."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def clean_line(text: str) -> str:
    """The stored form of a label or a cue: as `clean`, on one line, single spaces."""
    return " ".join(clean(text).split())


class _Reading:
    """Turns YAML nodes into a codebook; gathers what is wrong on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.seen: set[int] = set()

    def fault(self, node: yaml.Node | None, message: str) -> None:
        self.faults.append(Fault(_line(node), message))

    def codebook(self, root: yaml.Node | None) -> Codebook:
        fields = self.fields(root, BOOK_KEYS, "la grille")
        codes = tuple(self.code(node) for node in self.items(fields.get("codes"), "codes"))
        book_id, label = self.required(fields, "id", root), self.required(fields, "label", root)
        if "codes" not in fields:
            self.fault(root, "il manque la liste « codes ».")
        return Codebook(book_id, label, self.version(fields.get("version")), codes)

    def version(self, node: yaml.Node | None) -> int:
        if node is None or _is_null(node):
            return 1
        text = self.text(node, "version")
        if re.fullmatch("[1-9][0-9]{0,8}", text):
            return int(text)
        self.fault(node, "« version » est un nombre entier à partir de 1.")
        return 1

    def code(self, node: yaml.Node) -> Code:
        fields = self.fields(node, CODE_KEYS, "un code")
        lines = {key: _line(value) for key, value in fields.items()} | {"id": _line(node)}
        texts = {
            key: clean(self.text(fields[key], key)) for key in ("definition", "include", "exclude") if key in fields
        }
        return Code(
            id=self.required(fields, "id", node),
            label=self.required(fields, "label", node),
            parent=clean_line(self.text(fields["parent"], "parent")) or None if "parent" in fields else None,
            examples=self.lines(fields.get("examples"), "examples", {}),
            colour=clean_line(self.text(fields["colour"], "colour")) if "colour" in fields else "",
            cues=self.cues(fields.get("cues"), lines),
            retired=self.truth(fields.get("retired")),
            lines=lines,
            **texts,
        )

    def truth(self, node: yaml.Node | None) -> bool:
        text = "" if node is None else self.text(node, "retired").lower()
        if text not in ("", "true", "false"):
            self.fault(node, "« retired » est true ou false.")
        return text == "true"

    def cues(self, node: yaml.Node | None, lines: dict[str, int]) -> Cues:
        if node is None or _is_null(node):
            return Cues()
        if isinstance(node, yaml.SequenceNode):
            return Cues(lemmas=self.lines(node, "cues", lines))
        fields = self.fields(node, CUE_KEYS, "« cues »")
        return Cues(
            words=self.lines(fields.get("words"), "words", lines),
            lemmas=self.lines(fields.get("lemmas"), "lemmas", lines),
            patterns=self.patterns(fields.get("patterns"), lines),
        )

    def patterns(self, node: yaml.Node | None, lines: dict[str, int]) -> tuple[Pattern, ...]:
        found = []
        for item in self.items(node, "patterns"):
            value = self.value(item)
            if isinstance(value, list) and value and all(isinstance(token, dict) for token in value):
                found.append(tuple(value))
                lines.setdefault(pattern_text(tuple(value)), _line(item))
            else:
                self.fault(item, "un motif est une liste d'accolades, une par mot : [{LEMMA: avoir}, {LOWER: peur}].")
        return tuple(found)

    def fields(self, node: yaml.Node | None, keys: tuple[str, ...], what: str) -> dict[str, yaml.Node]:
        """The values of a mapping by key; unknown and repeated keys are faults."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(
                node,
                f"{what} s'écrit avec des champs « nom : valeur ».".replace("les indices s'écrit", "« cues » s'écrit"),
            )
            return {}
        self.once(node)
        fields: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key not in keys:
                self.fault(key_node, _unknown_key(key, keys))
            elif key in fields:
                self.fault(key_node, f"« {key} » est écrit deux fois.")
            else:
                fields[key] = value
        return fields

    def items(self, node: yaml.Node | None, key: str) -> list[yaml.Node]:
        if node is None or _is_null(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"« {key} » est une liste : un élément par ligne, précédé d'un tiret.")
            return []
        self.once(node)
        items: list[yaml.Node] = node.value
        return items

    def lines(self, node: yaml.Node | None, key: str, lines: dict[str, int]) -> tuple[str, ...]:
        """A list of one-line texts; the line of each goes to `lines`."""
        texts = []
        for item in self.items(node, key):
            text = clean_line(self.text(item, key))
            texts.append(text)
            lines.setdefault(text, _line(item))
        return tuple(texts)

    def required(self, fields: Mapping[str, yaml.Node], key: str, node: yaml.Node | None) -> str:
        text = clean_line(self.text(fields[key], key)) if key in fields else ""
        if not text and isinstance(node, yaml.MappingNode):
            self.fault(fields.get(key, node), f"il manque « {key} ».")
        return text

    def text(self, node: yaml.Node, key: str) -> str:
        """The text as written: « on », « 1.10 » and « oui » stay what they are."""
        if not isinstance(node, yaml.ScalarNode):
            hint = " : mettez-le entre guillemets droits" if key in {*CUE_KEYS, "cues", "examples"} else ""
            self.fault(node, f"« {key} » demande un texte{hint}.")
            return ""
        if _is_null(node):
            return ""
        if CONTROL.search(text := str(node.value)):
            self.fault(node, f"« {key} » contient un caractère invisible qui n'est pas permis.")
        return CONTROL.sub("", text)

    def value(self, node: yaml.Node) -> object:
        """The value of a node inside a pattern. « on », « no », « yes » are words, not truth values."""
        if isinstance(node, yaml.ScalarNode):
            if node.tag.endswith(":int") and re.fullmatch("[-+]?[0-9]+", node.value):
                return int(node.value)
            if node.tag.endswith(":bool") and node.value.lower() in ("true", "false"):
                return bool(node.value.lower() == "true")
            return clean(self.text(node, "patterns"))
        self.once(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return {clean(self.text(key, "patterns")): self.value(item) for key, item in node.value}

    def once(self, node: yaml.Node) -> None:
        """Refuses a part met twice: an alias may repeat, or hold, itself without end."""
        if id(node) in self.seen:
            raise yaml.MarkedYAMLError(problem="found undefined alias", problem_mark=node.start_mark)
        self.seen.add(id(node))


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 1


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _unknown_key(key: str, keys: tuple[str, ...]) -> str:
    named = OTHER_NAMES.get(key.lower())
    close = [named] if named in keys else difflib.get_close_matches(key.lower(), keys, 1)
    hint = f"vouliez-vous dire « {close[0]} » ?" if close else "champs possibles : " + ", ".join(keys) + "."
    return f"le champ « {key} » n'existe pas ; {hint}"


def pattern_text(pattern: Pattern) -> str:
    """One pattern as JSON, on one line."""
    return json.dumps(list(pattern), ensure_ascii=False)


class _OneLine(list[object]):
    """A list written on one line, in brackets."""


class Dumper(yaml.SafeDumper):
    """Lists indented under their key, texts of several lines as blocks, patterns on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)

    def text(self, text: str) -> yaml.Node:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)

    def one_line(self, items: _OneLine) -> yaml.Node:
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


Dumper.add_representer(str, Dumper.text)
Dumper.add_representer(_OneLine, Dumper.one_line)


def dump(codebook: Codebook) -> str:
    """The codebook as YAML, the same text for the same codebook; `loads` reads it back equal."""
    known = {code.id for code in codebook.codes}
    book = {
        "id": codebook.id,
        "label": codebook.label,
        "version": codebook.version,
        "codes": [plain(code, known) for code in codebook.codes],
    }
    return yaml.dump(book, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=110)


def plain(code: Code, known: set[str]) -> dict[str, object]:
    """What YAML holds of a code: nothing that is empty or goes without saying."""
    cues = code.cues
    cue_fields = {
        "words": list(cues.words),
        "lemmas": list(cues.lemmas),
        "patterns": [_OneLine([dict(token) for token in pattern]) for pattern in cues.patterns],
    }
    fields: dict[str, object] = {
        "id": code.id,
        "parent": code.parent if code.parent != implied_parent(code.id, known) else None,
        "label": code.label,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "examples": list(code.examples),
        "colour": code.colour,
        "cues": {key: value for key, value in cue_fields.items() if value},
        "retired": code.retired,
    }
    return {key: value for key, value in fields.items() if value or key in ("id", "label")}
