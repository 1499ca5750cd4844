"""What the study writes beside an XLSForm: usage, measure, situation, kinds of missing, waves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enquete.model import Measure, MissingKind
from enquete.survey.questionnaire.types import Usage
from enquete.tables import folded
from enquete.wording import label

_USAGES = {folded(usage): usage for usage in Usage} | {
    "key": Usage.KEY,
    "code": Usage.KEY,
    "identites": Usage.IDENTITY,
    "contacts": Usage.CONTACT,
    "attributs": Usage.ATTRIBUTE,
    "date": Usage.DAY,
}
_MEASURES = {folded(label(measure)): measure for measure in Measure} | {
    "nominal": Measure.NOMINAL,
    "ordinal": Measure.ORDINAL,
    "continu": Measure.SCALE,
    "scale": Measure.SCALE,
    "echelle": Measure.SCALE,
}
# « manque », and what the label or the name of a choice says by itself.
_KINDS = {folded(label(kind)): kind for kind in MissingKind} | {
    "non posee": MissingKind.NOT_ASKED,
    "pas posee": MissingKind.NOT_ASKED,
    "autre": MissingKind.OTHER,
}
_PLAIN: Mapping[str, MissingKind] = {
    **dict.fromkeys(
        ("ne sait pas", "ne sais pas", "je ne sais pas", "nsp", "ne sait pas nsp", "don t know", "dont know", "dk"),
        MissingKind.DONT_KNOW,
    ),
    **dict.fromkeys(
        (
            "refus", "refuse de repondre", "refus de repondre", "ne souhaite pas repondre",
            "je ne souhaite pas repondre", "ne veut pas repondre", "je ne veux pas repondre", "prefere ne pas repondre",
            "je prefere ne pas repondre", "ne souhaite pas repondre refus", "prefer not to say", "refused", "nvpr",
        ),
        MissingKind.REFUSED,
    ),
    **dict.fromkeys(
        ("sans objet", "non concerne", "non concernee", "non concerne e", "pas concerne", "pas concerne e",
         "je ne suis pas concerne", "je ne suis pas concerne e", "not applicable", "ne s applique pas"),
        MissingKind.NOT_APPLICABLE,
    ),
    **dict.fromkeys(("non posee", "question non posee", "not asked"), MissingKind.NOT_ASKED),
}  # fmt: skip


def words(text: str) -> list[str]:
    """« clé, attribut » -> ["clé", "attribut"]."""
    return re.split(r"[\s,;]+", text.strip()) if text.strip() else []


def read_usage(text: str) -> tuple[frozenset[Usage], list[str]]:
    """The usages said, and the words that are none."""
    said = words(text)
    known = frozenset(_USAGES[folded(word)] for word in said if folded(word) in _USAGES)
    return known, [word for word in said if folded(word) not in _USAGES]


def read_measure(text: str) -> Measure | None:
    """None when it is no measure."""
    return _MEASURES.get(folded(text))


def read_missing(text: str) -> MissingKind | None:
    """What « manque » says; None when it is no kind."""
    return _KINDS.get(folded(text)) or _PLAIN.get(folded(text))


def plain_missing(*texts: str) -> MissingKind | None:
    """What the label or the name of a choice says of itself: exactly « ne sait pas », « refus », « sans objet »…"""
    return next((kind for text in texts if (kind := _PLAIN.get(folded(text.replace("’", "'"))))), None)
