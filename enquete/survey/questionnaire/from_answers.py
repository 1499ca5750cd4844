"""A questionnaire proposed from a file of answers: what its columns say of themselves, to be read over by a person."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from enquete.model import Measure, MissingKind
from enquete.survey.answers.types import Column, DataFile, DataTable, ResponseSet, Scalar, Tagged
from enquete.survey.identity import identifies, telling
from enquete.survey.matching.linking import is_tied, parent_of
from enquete.survey.matching.platforms import Platform, names_people, names_waves, platform_of
from enquete.survey.questionnaire.columns import plain_missing
from enquete.survey.questionnaire.drafts import KEYS, Draft, plain_name
from enquete.tables import column_key, folded
from enquete.wording import label as worded

_MOST_CHOICES = 12  # different texts, beyond which a column is one of words
_OFTEN = 3  # times that a text comes back, on average, to be a choice
_LONG = 60  # characters of a choice
_MOST_ANCHORED = 15  # values of a scale of which some only are labelled
_CODE_AND_TEXT = re.compile(r"([A-Za-z]\w{0,30})\.\s+(\S.*)", re.DOTALL)
_SPLIT = re.compile(r"(.+?)(?:/|\[|\.)([^/\[\].]+)\]?")
_TICKED = {"0", "1", "true", "false", "oui", "non", "yes", "no", "y", "n", "x", "vrai", "faux"}
_CONTACTS = re.compile(r"tel|phone|portable|mobile|mail|courriel|adress|contact|joindre|rue", re.IGNORECASE)
_WEIGHTS = {column_key(h) for h in ("poids", "pondération", "pond", "weight", "ponderation")}
_DAYS = {
    column_key(h)
    for h in (
        "date", "date entretien", "date de l'entretien", "date de passation", "date du questionnaire", "jour",
        "interview date", "date rencontre", "date de la rencontre", "date de l'enquête",
    )
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FRENCH = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_CLOCK = re.compile(r"\d\d?:\d\d(:\d\d)?")
_INTEGER = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+[.,]\d+")


@dataclass(slots=True)
class _Seen:
    """What only one question may be."""

    key: str = ""
    day: bool = False
    weight: bool = False
    drawn: list[str] = field(default_factory=list)  # questions whose choices are drawn from the answers
    blanks: frozenset[str] = frozenset()  # texts that stand for no answer
    short: dict[str, str] = field(default_factory=dict)  # headers without their groups, where that is enough


def draft_of_answers(data: DataFile, title: str) -> Draft:
    """The questionnaire that may have given this file."""
    draft = Draft(title)
    first = data.tables[0]
    seen = _Seen()
    _add_table(draft, first, data, seen)
    for table in data.tables[1:]:
        if not is_tied(table, seen.key):
            draft.notes.append(
                f"Feuille « {table.name} » laissée de côté : rien n'y rattache ses lignes à la première."
            )
        elif parent_of(table, data.tables) is None:
            _add_repeat(draft, table, data, seen)
    if seen.drawn:
        draft.notes.append(
            "Choix tirés des réponses, à compléter, et aucun ne doit être un nom : "
            f"{', '.join(f'« {name} »' for name in seen.drawn)}."
        )
    draft.note_key(seen.key, "colonne")
    return draft


def _add_repeat(draft: Draft, table: DataTable, data: DataFile, seen: _Seen) -> None:
    """A linked table, and within it those whose rows belong to its own."""
    draft.add("begin_repeat", table.name, table.name)
    _add_table(draft, table, data, seen)
    for other in data.tables[1:]:
        if other is not table and parent_of(other, data.tables) is table:
            _add_repeat(draft, other, data, seen)
    draft.end("repeat")


def _add_table(draft: Draft, table: DataTable, data: DataFile, seen: _Seen) -> None:
    split = dict(_split_columns(table))
    platform = platform_of([column.name for column in table.columns])
    seen.blanks |= platform.blanks
    seen.short = _without_groups([column.name for column in table.columns] + list(split.values()))
    sets = {name: one for one in data.sets for name in one.columns}
    left: list[str] = []
    done: set[str] = set()
    for column in table.columns:
        if column.name in sets:
            if sets[column.name].name not in done:
                done.add(sets[column.name].name)
                _add_set(draft, sets[column.name], table)
        elif column.name in split:
            base = split[column.name]
            if base not in done:
                done.add(base)
                _add_split(draft, base, [c for c in table.columns if split.get(c.name) == base], table, seen)
        elif column.name in done or _written_by(platform, column, left):
            continue
        elif not column.levels and not column.value_labels:
            left.append(f"« {column.name} » (vide)")
        else:
            _add_column(draft, column, table, data, seen)
    if left:
        draft.notes.append(f"Colonnes laissées de côté : {', '.join(left)}.")


def _without_groups(headers: Sequence[str]) -> dict[str, str]:
    """« foyer/enfants/age » is « age », or « enfants_age » where another one is « age » too."""
    short: dict[str, str] = {}
    headers = list(dict.fromkeys(headers))
    for header in headers:
        parts = header.split("/")
        ends = ["/".join(parts[-count:]) for count in range(1, len(parts) + 1)]
        alone = (e for e in ends if sum(other == e or other.endswith(f"/{e}") for other in headers) == 1)
        short[header] = next(alone, header).replace("/", "_")
    return {header: name for header, name in short.items() if "/" in header}


def _written_by(platform: Platform, column: Column, left: list[str]) -> bool:
    """What the collecting program writes for itself; the day stays."""
    if not platform.writes(column.name) or column.name == "today":
        return False
    left.append(f"« {column.name} »")
    return True


# --- questions of several answers


def _add_set(draft: Draft, one: ResponseSet, table: DataTable) -> None:
    columns = [column for name in one.columns if (column := table.column(name))]
    label = one.label or one.name.lstrip("$")
    if one.counted is None:
        labels = {value: text for column in columns for value, text in column.value_labels.items()}
        choices = [(written(value).replace(" ", "_"), text, _manque(text)) for value, text in labels.items()]
    else:
        choices = [(plain_name(column.name), column.label or column.name, "") for column in columns]
    _add_many(draft, one.name.lstrip("$"), label, choices)


def _add_split(draft: Draft, base: str, columns: Sequence[Column], table: DataTable, seen: _Seen) -> None:
    whole = table.column(base)
    choices = []
    for column in columns:
        found = _SPLIT.fullmatch(column.name)
        code = found[2] if found else column.name
        choices.append((plain_name(code) if not re.fullmatch(r"[\w.-]+", code) else code, column.label or code, ""))
    _add_many(draft, seen.short.get(base, base), (whole.label if whole else "") or base, choices)


def _add_many(draft: Draft, name: str, label: str, choices: Sequence[tuple[str, str, str]]) -> None:
    unique = list({choice[0]: choice for choice in choices}.values())
    draft.add(f"select_multiple {draft.list_of(name, unique)}", name, label)


def _split_columns(table: DataTable) -> Iterator[tuple[str, str]]:
    """(column, question) of questions of several answers that take a column a choice: « aides/apl », « Q21[SQ002] »."""
    bases: dict[str, list[Column]] = {}
    for column in table.columns:
        found = _SPLIT.fullmatch(column.name)
        if found and all(folded(written(level)) in _TICKED for level in column.levels):
            bases.setdefault(found[1], []).append(column)
    for base, columns in bases.items():
        if len(columns) > 1 and any(column.levels for column in columns):
            yield from ((column.name, base) for column in columns)
            yield base, base


# --- questions of one answer


def _add_column(draft: Draft, column: Column, table: DataTable, data: DataFile, seen: _Seen) -> None:
    code, label = code_and_label(column)
    code = seen.short.get(code, code)
    cells = {"usage": _usage(draft, column, table, data, seen)}
    if cells["usage"] in ("identité", "contact"):
        draft.add("text", code, label, **cells)
        draft.notes.append(
            f"« {column.name} » semble dire qui est la personne : usage « {cells['usage']} », rien n'en sera montré."
        )
        return
    choices = () if cells["usage"] in ("clé", "jour", "poids") else _choices(draft, column, seen)
    if choices:
        kind = f"select_one {draft.list_of(column.name, choices)}"
    else:
        kind = "decimal" if cells["usage"] == "poids" else _kind(_answered(column, seen.blanks))
        if kind == "text" and cells["usage"] == "jour":
            cells["usage"], seen.day = "", False
    usual = Measure.SCALE if kind in ("integer", "decimal", "date", "time", "dateTime") else Measure.NOMINAL
    if column.measure and column.measure is not usual and kind != "text":
        cells["mesure"] = worded(column.measure)
    draft.add("text" if cells["usage"] == "clé" else kind, code, label, **cells)


def code_and_label(column: Column) -> tuple[str, str]:
    """The question's name and text: « Q1. Votre âge ? » says both, as LimeSurvey writes its headers."""
    found = _CODE_AND_TEXT.fullmatch(column.name)
    if found and not column.label:
        return found[1], found[2]
    return column.name, column.label or column.name


def _answered(column: Column, blanks: frozenset[str]) -> Column:
    """Without the texts that stand for no answer."""
    places = {place for place, level in enumerate(column.levels) if str(level).casefold() in blanks}
    if not places:
        return column
    kept = [place for place in range(len(column.levels)) if place not in places]
    moved = np.full(len(column.levels) + 1, -1, dtype=np.int32)
    moved[kept] = np.arange(len(kept), dtype=np.int32)
    return replace(column, levels=tuple(column.levels[place] for place in kept), codes=moved[column.codes])


def _usage(draft: Draft, column: Column, table: DataTable, data: DataFile, seen: _Seen) -> str:
    keys = {column_key(column.name), column_key(column.label)}
    texts = [level for level in column.levels if isinstance(level, str)]
    if column.name == data.weight or (keys & _WEIGHTS and not column.value_labels):
        first, seen.weight = not seen.weight, True
        return "poids" if first else ""
    named = any(map(names_people, (column.name, column.label)))
    if not seen.key and (named or (keys & KEYS and _tells_apart(column, table))) and table is data.tables[0]:
        seen.key = column.name
        return "clé"
    if not column.value_labels and _identifies(column, texts):
        contact = _CONTACTS.search(folded(f"{column.name} {column.label}")) or any("@" in text for text in texts)
        return "contact" if contact else "identité"
    if not seen.day and (keys & _DAYS or column.name == "today") and _kind(column) in ("date", "dateTime"):
        if not all(_recent(level) for level in column.levels):
            return ""
        seen.day = True
        return "jour"
    if names_waves(column.name):
        draft.notes.append(
            f"« {column.name} » dit la vague de chaque ligne : retirez cette question, elle n'est pas posée."
        )
    return ""


def _recent(value: Scalar) -> bool:
    """Whether a questionnaire may have been answered then: a date of birth that is called « date » is none."""
    year = value.year if isinstance(value, datetime.date) else int((re.findall(r"\d{4}", str(value)) or [0])[0])
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _identifies(column: Column, texts: Sequence[str]) -> bool:
    """By its header, or by most of its values: an address in the middle of a few answers is for the pseudonymiser."""
    told = sum(map(telling, texts))
    if told * 2 > len(texts):
        return True
    plain = [text for text in texts if not telling(text)]
    return any(identifies(header, plain) for header in (column.name, column.label) if header)


def _tells_apart(column: Column, table: DataTable) -> bool:
    """A value for each row, and never the same twice."""
    return len(column.levels) == len(table.numbers) > 1 and not column.value_labels


def _choices(draft: Draft, column: Column, seen: _Seen) -> tuple[tuple[str, str, str], ...]:
    """From labels where there are; else from texts that come back often, names apart."""
    if column.value_labels:
        return _labelled(draft, column)
    column = _answered(column, seen.blanks)
    texts = [level for level in column.levels if isinstance(level, str)]
    filled = int((column.codes >= 0).sum())
    if not texts or len(texts) != len(column.levels) or len(texts) > _MOST_CHOICES or _kind(column) != "text":
        return ()
    if filled < _OFTEN * len(texts) or any(len(text) > _LONG for text in texts) or any(map(_may_name, texts)):
        return ()
    seen.drawn.append(plain_name(seen.short.get(column.name, code_and_label(column)[0])))
    made: dict[str, tuple[str, str, str]] = {}
    for text in sorted(texts):
        name = base = text if re.fullmatch(r"[\w.-]+", text) else plain_name(text)
        number = 2
        while name in made:
            name, number = f"{base}_{number}", number + 1
        made[name] = (name, text, _manque(text))
    return tuple(made.values())


def _labelled(draft: Draft, column: Column) -> tuple[tuple[str, str, str], ...]:
    labels = {value: text for value, text in column.value_labels.items() if not isinstance(value, Tagged)}
    bare = [level for level in column.levels if level not in labels and not isinstance(level, Tagged)]
    answers = [value for value in labels if not _declared(column, value)]
    other = [level for level in bare if not _declared(column, level)]
    if other and (not answers or len(answers) + len(other) > _MOST_ANCHORED):
        if labels:
            draft.notes.append(
                f"« {column.name} » a des valeurs sans libellé : c'est un nombre, dont certaines valeurs veulent dire "
                "autre chose ; le fichier les déclare, l'importation les suivra."
            )
        return ()
    made = {}
    for value in sorted([*labels, *bare], key=_order):
        text = labels.get(value, "")
        missing = _manque(text) or (worded(MissingKind.OTHER) if _declared(column, value) else "")
        name = written(value)
        made[name] = (name, text or name, "autre" if missing == worded(MissingKind.OTHER) else missing)
    if other:
        said = ", ".join(written(value) for value in other)
        draft.notes.append(f"« {column.name} » a des valeurs sans libellé ({said}) : donnez-leur-en un.")
    return tuple(made.values())


def _order(value: Scalar) -> tuple[bool, float, str]:
    """Numbers first."""
    if isinstance(value, int | float):
        return False, float(value), ""
    return True, 0.0, str(value)


def _declared(column: Column, value: Scalar) -> bool:
    for one in column.missing:
        low, high = one.low, one.high
        if value == low:
            return True
        if (
            isinstance(value, int | float)
            and isinstance(low, int | float)
            and isinstance(high, int | float)
            and low <= value <= high
        ):
            return True
    return False


def _manque(text: str) -> str:
    kind = plain_missing(text)
    return worded(kind) if kind else ""


def _may_name(text: str) -> bool:
    """Whether a word of this text, with a capital, is a first name."""
    from enquete.pseudonyms.words import fold, load

    found = re.findall(r"\b[^\W\d_]\w+", text)
    return any(word[0].isupper() and fold(word) in load().first_names for word in found)


def written(value: Scalar) -> str:
    """A value as the name of a choice: 1.0 is « 1 »."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _kind(column: Column) -> str:
    """The type of its values, those declared missing left out."""
    values = [level for level in column.levels if not isinstance(level, Tagged) and not _declared(column, level)]
    for kind, of in (
        ("dateTime", datetime.datetime),
        ("date", datetime.date),
        ("time", datetime.time),
        ("integer", int),
        ("decimal", int | float),
    ):
        if values and all(isinstance(value, of) for value in values):
            return kind
    if not values:
        return "integer" if column.levels else "text"
    texts = [str(value) for value in values]
    for kind, patterns in (
        ("integer", (_INTEGER,)),
        ("decimal", (_INTEGER, _DECIMAL)),
        ("date", (_ISO, _FRENCH)),
        ("dateTime", (_MOMENT,)),
        ("time", (_CLOCK,)),
    ):
        if all(any(pattern.fullmatch(text) for pattern in patterns) for text in texts):
            leading = kind == "integer" and any(re.match(r"-?0\d", text) for text in texts)  # « 01 » is a code
            return "text" if leading else kind
    return "text"
