"""Sheet « Profil »: who was met, type by type and wave by wave, never mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from enquete.disclosure.small_cells import mask
from enquete.findings.counting import Base
from enquete.findings.tables import Cell, Column, Kind, Table
from enquete.model import RespondentType
from enquete.wording import capital, label, n

UNKNOWN = "non renseigné"
EVERYONE = "Personnes rencontrées"
ANSWERED = "Personnes qui ont répondu"

LONGEST = 60  # characters: beyond, an attribute tells a story
Group = tuple[RespondentType, str]


def profile(base: Base, everyone: str = EVERYONE) -> Table:
    """A row a value of an attribute; small cells masked. Values that few people share are gathered, except those of
    the broad attributes that the study shows beside quotations. everyone: what the people counted are called.
    """
    groups = [(kind, wave) for kind in base.types for wave in base.waves]
    rows: list[tuple[Cell, ...]] = [(everyone, "", *(len(base.of_type(base.met[w], k)) for k, w in groups))]
    depths = [0]
    for name in base.attributes:
        block = _block(base, name, groups)
        rows += block
        depths += [1] * len(block)
    columns = (
        Column("Caractéristique", Kind.PHRASE),
        Column("Valeur", Kind.PHRASE),
        *(Column(f"{capital(label(k, 2))}, {base.wave_label(w)}", Kind.COUNT) for k, w in groups),
    )
    return Table("Profil", columns, tuple(rows), tuple(depths))


def attribute_title(base: Base, name: str) -> str:
    """An attribute's name on screen."""
    return base.material.attribute_labels.get(name, capital(name.replace("_", " ")))


def _block(base: Base, name: str, groups: list[Group]) -> list[tuple[Cell, ...]]:
    """One attribute's rows: its values in order, the rare ones gathered, then what is not known."""
    counts: Counter[tuple[str, Group]] = Counter()
    people: dict[str, set[str]] = {}
    for kind, wave in groups:
        for code in base.of_type(base.met[wave], kind):
            value = base.people[code].attributes.get(wave, {}).get(name, "").strip()
            counts[value, (kind, wave)] += 1
            people.setdefault(value, set()).add(code)
    threshold = base.material.threshold
    kept, rare = told_apart(base, name, people)
    title = attribute_title(base, name)

    def row(shown: str, values: list[str]) -> tuple[Cell, ...]:
        return (title, shown, *(mask(sum(counts[v, g] for v in values), threshold) for g in groups))

    rows = [row(value, [value]) for value in kept]
    if rare:
        rows.append(row(gathered(kept, rare), rare))
    if "" in people:
        rows.append(row(UNKNOWN, [""]))
    return rows


def told_apart(base: Base, name: str, people: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    """The values of an attribute that are named, in order, and those too rare or too long for it. people: by value."""
    broad = name in base.material.attributes_shown
    least = base.material.threshold
    kept = sorted((v for v in people if v and (broad or (len(people[v]) >= least and len(v) <= LONGEST))), key=natural)
    return kept, [v for v in people if v and v not in kept]


def gathered(kept: Sequence[str], rare: Sequence[str]) -> str:
    """What stands for values that are not named."""
    others = "autres réponses" if kept else "réponses"
    untold = "non détaillée" if len(rare) < 2 else "non détaillées"
    return f"{others} ({n('valeur différente', len(rare))}, {untold})"


def natural(value: str) -> tuple[int, int, str]:
    """The order of values: « 5-9 » before « 10-14 », numbers before words."""
    digits = ""
    for character in value:
        if not character.isdigit():
            break
        digits += character
    return (0, int(digits), value) if digits else (1, 0, value.casefold())
