"""What the figures of a code mean and what to do next, in French sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from enquete.coding.agreement.disagreements import Disagreement, rival
from enquete.coding.agreement.measuring import LEAST_PLACES, Figures, Reason
from enquete.coding.agreement.units import UnitKind
from enquete.wording import decimal, n, number

# Krippendorff, K. (2019). Content Analysis, 4th ed. SAGE: conventions, said as such wherever they are shown.
TENTATIVE, RELIABLE = 0.667, 0.800
_CHANCE = 0.1  # this near to 0, a small sample is no better than chance
SHOWN = 10  # places named

_UNITS = {UnitKind.TURN: "tour de parole", UnitKind.SENTENCE: "phrase", UnitKind.CHARACTER: "caractère"}


@dataclass(frozen=True, slots=True)
class CodeText:
    """What the codebook says of a code."""

    label: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""


def unit_word(kind: UnitKind | None) -> str:
    """« tour de parole »; « unité » in a plain table."""
    return "unité" if kind is None else _UNITS[kind]


def reason_words(figures: Figures, kind: UnitKind | None) -> str:
    """Why nothing can be read from these figures; empty when they can be."""
    if figures.reason is Reason.NOTHING_COMPARED:
        return "aucune unité n'a été lue par deux codeurs"
    if figures.reason is Reason.NOTHING_CODED:
        return "personne n'a mis de code"
    if figures.reason is Reason.NO_VARIATION:
        return "personne ne l'a mis" if not figures.coded else "tous l'ont mis partout"
    if figures.reason is Reason.RARE:
        return f"trop rare ({n('unité' if kind is None else 'tour', figures.places)}, il en faut {LEAST_PLACES})"
    return ""


def meaning(figures: Figures, coders: Sequence[str], kind: UnitKind | None) -> str:
    """What the alpha of a code says, from what was counted."""
    if figures.reason is not None or figures.alpha is None:
        return f"Non calculable : {reason_words(figures, kind)}."
    either, both = ("l'un des deux", "les deux") if len(coders) == 2 else ("l'un d'eux", "tous")
    verb = "porte" if figures.coded < 2 else "portent"
    fact = (
        f"{n(unit_word(kind), figures.coded)} {verb} ce code pour {either} au moins, {figures.unanimous} pour {both}."
    )
    return f"{fact} {_band(figures.alpha)}"


def _band(alpha: float) -> str:
    said = f"alpha {figure(alpha)}"
    if alpha >= RELIABLE:
        return f"Ils repèrent les mêmes passages ({said})."
    if alpha >= TENTATIVE:
        return f"Ils s'accordent assez pour des conclusions provisoires ({said})."
    if alpha > _CHANCE:
        return f"C'est plus que le hasard, mais trop peu pour s'y fier ({said})."
    if alpha >= -_CHANCE:
        return f"C'est à peu près ce que donnerait le hasard ({said})."
    return f"C'est moins que ce que donnerait le hasard : ils se contredisent ({said})."


def figure(value: float | None) -> str:
    """« 0,74 », « −0,02 »; « — » for what is not defined; « >0,99 » rather than a « 1,00 » that is not one."""
    if value is None:
        return "—"
    return ">0,99" if value < 1 and decimal(value) == decimal(1) else decimal(value).replace("-", "−")


def causes(figures: Figures, coders: Sequence[str], found: Sequence[Disagreement]) -> Iterator[str]:
    """What the disagreements look like, where there are enough of them to look like something."""
    if not found or figures.reason is not None:
        return
    most, least = max(figures.positives), min(figures.positives)
    if len(coders) == 2 and most >= 2 * least and most - least >= 3:
        eager, other = coders if figures.positives[0] == most else reversed(coders)
        yield f"{eager} le met bien plus souvent que {other} ({most} contre {least}) : il l'entend plus largement."
    if instead := rival(found):
        code, times = instead
        yield f"Là où l'un le met, l'autre met {code} dans {times} cas sur {len(found)} : dites ce qui les sépare."


def remedy(figures: Figures, text: CodeText | None, found: Sequence[Disagreement]) -> str:
    """What to do next. text: None when there is no codebook to look at."""
    if not found:
        return "Aucun désaccord."
    if figures.reason is not None or figures.alpha is None:
        return "C'est trop peu pour juger du code : réglez ces passages un à un, ou codez d'autres entretiens."
    if figures.alpha >= RELIABLE:
        return "Rien à redéfinir ; les désaccords qui restent se règlent passage par passage."
    verb = "À préciser" if figures.alpha >= TENTATIVE else "À redéfinir"
    if text is None:
        return f"{verb} : relisez ensemble ces passages, puis écrivez ce que le code inclut et ce qu'il exclut."
    if not text.definition:
        return f"{verb} : la grille ne le définit pas ; écrivez sa définition devant ces passages."
    lacks = [words for words, said in (("inclut", text.include), ("exclut", text.exclude)) if not said]
    if lacks:
        told = " ni ce qu'il ".join(lacks)
        return f"{verb} : la grille ne dit pas ce qu'il {told} ; écrivez-le devant ces passages."
    return f"{verb} : relisez ensemble, devant ces passages, sa définition, ce qu'il inclut et ce qu'il exclut."


def places(found: Sequence[Disagreement], most: int = SHOWN) -> str:
    """« E001, tours 6 et 14 ; E003, tour 8 ; et 5 autres »: turns counted from 1."""
    parts = []
    for group, here in groupby(found[:most], key=lambda one: one.group):
        names = [str(one.place + 1) if isinstance(one.place, int) else one.place for one in here]
        word = "tour" if isinstance(found[0].place, int) else "unité"
        listed = ", ".join(names[:-1]) + f" et {names[-1]}" if len(names) > 1 else names[0]
        parts.append(f"{f'{group}, ' if group else ''}{word}{'s' if len(names) > 1 else ''} {listed}")
    if len(found) > most:
        left = len(found) - most
        parts.append(f"et {number(left)} autre{'s' if left > 1 else ''}")
    return " ; ".join(parts)
