"""A questionnaire in the making: rows for its sheets, names that XLSForm accepts, lists used by several questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enquete.tables import column_key

SURVEY = ("type", "name", "label", "hint", "required", "relevant", "parameters", "usage", "mesure")
CHOICES = ("list_name", "name", "label", "manque")
SETTINGS = ("form_title", "form_id", "vague")
KEYS = {column_key(h) for h in ("code", "identifiant", "id personne", "pid", "respondent id", "case id", "id")}
"""Headers of codes of people, where each row has its own."""
_ALWAYS = {"type", "name", "label", "list_name", "form_title"}
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


@dataclass(slots=True)
class Draft:
    """notes: what a person should read over, French sentences."""

    title: str
    rows: list[dict[str, str]] = field(default_factory=list)
    choices: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    _lists: dict[tuple[tuple[str, str, str], ...], str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def add(self, kind: str, name: str, label: str, **cells: str) -> str:
        """A row of the survey; gives the name that it got: XLSForm's letters only, unlike any other, case aside."""
        name = self._unique(plain_name(name))
        self.rows.append({"type": kind, "name": name, "label": _unreferring(label), **cells})
        return name

    def end(self, kind: str) -> None:
        """Closes a group or a repeat."""
        self.rows.append({"type": f"end_{kind}"})

    def note_key(self, name: str, asked: str) -> None:
        """Which one is taken for the code of the person, "" for none. asked: « question », « colonne »."""
        if name:
            self.notes.append(f"« {name} » est pris pour le code de la personne (usage « clé ») : vérifiez.")
        else:
            self.notes.append(
                f"Aucune {asked} n'a l'air d'être le code de la personne. Si l'une l'est, écrivez « clé » dans sa "
                "colonne « usage » ; sinon, les réponses ne pourront pas être rapprochées d'une vague à l'autre."
            )

    def list_of(self, name: str, choices: Sequence[tuple[str, str, str]], *, alone: bool = False) -> str:
        """The list of these choices (name, label, kind of missing), made if no other question has the same.

        alone: no other question may use it, because « or_other » adds a choice to it.
        """
        key = (*choices, (name, "", "or_other")) if alone else tuple(choices)
        if key not in self._lists:
            taken = set(self._lists.values())
            base = plain_name(name)
            unique = next(n for n in _numbered(base) if n not in taken)
            self._lists[key] = unique
            for choice, label, missing in choices:
                row = {"list_name": unique, "name": choice, "label": _unreferring(label), "manque": missing}
                self.choices.append(row)
        return self._lists[key]

    def _unique(self, name: str) -> str:
        found = next(n for n in _numbered(name) if n.casefold() not in self._names)
        self._names.add(found.casefold())
        return found


def _unreferring(text: str) -> str:
    """« ${x} » would be taken for the answer to a question."""
    return text.replace("${", "$ {")


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def plain_name(text: str) -> str:
    """« Q21[SQ002] » -> « Q21_SQ002 », « 1. Âge » -> « q1_Age »; a name that XLSForm accepts stays as it is."""
    if _NAME.fullmatch(text) and text.casefold() != "meta":
        return text
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    cut = re.sub(r"[^A-Za-z0-9_]+", "_", bare).strip("_")[:60].rstrip("_")
    return f"q{cut}" if not cut or cut[0].isdigit() else f"{cut}_" if cut.casefold() == "meta" else cut


def markdown(draft: Draft) -> str:
    """The text of the questionnaire, in Markdown that pyxform reads too; notes stand above its tables."""
    parts = [f"# {_line(draft.title)}", ""]
    if draft.notes:
        parts += ["Proposé d'après un fichier : à relire avant de s'en servir.", ""]
        parts += [f"- {_line(note)}" for note in draft.notes]
        parts.append("")
    parts += _table("survey", SURVEY, draft.rows)
    if draft.choices:
        parts += _table("choices", CHOICES, draft.choices)
    parts += _table("settings", SETTINGS, [draft.settings])
    return "\n".join(parts)


def _line(text: str) -> str:
    """Prose: no bar, that would make a table of it."""
    return " ".join(text.split()).replace("|", "/")


def _table(sheet: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    kept = [column for column in columns if column in _ALWAYS or any(row.get(column) for row in rows)]
    cells = [[sheet, *[""] * len(kept)], ["", *kept]]
    cells += [["", *(cell(row.get(column, "")) for column in kept)] for row in rows]
    widths = [min(40, max(len(row[place]) for row in cells)) for place in range(len(kept) + 1)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return iter([lines[0], rule, *lines[1:], ""])


def cell(text: str) -> str:
    """A text as the cell of a Markdown table has to hold it."""
    return re.sub(r"\s*\n\s*", "<br>", text.strip()).replace("|", "\\|")
