"""Values that a trial may show: those that people typed have their names masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from enquete.actions.interviews.masking import mask_texts
from enquete.pseudonyms import Policies
from enquete.survey.matching.scalars import looks_dated
from enquete.survey.matching.telling import cut
from enquete.survey.matching.types import ColumnReport, MatchReport, Use
from enquete.survey.questionnaire.types import QuestionKind
from enquete.vault import Identities

_CLOSED = frozenset(QuestionKind) - {QuestionKind.TEXT, QuestionKind.OTHER}


def hidden(report: MatchReport, identities: Identities, policies: Policies) -> Callable[[str], str]:
    """Gives a value of the file back without the names that it holds. identities: with those of the file."""
    texts = list(dict.fromkeys(text for column in report.columns for text in _typed(column)))
    masked = mask_texts(texts, [("essai",)] * len(texts), identities, policies) if texts else []
    shown = dict(zip(texts, masked, strict=True))
    return lambda text: shown.get(text, text)


def _typed(column: ColumnReport) -> Iterator[str]:
    """What may hold anything: the values that a closed question knows name nobody. Dates neither, though the figures of
    some read as a telephone's.
    """
    dated = column.question is not None and column.question.kind in (QuestionKind.DATE, QuestionKind.DATETIME)
    yield from (text for text in column.unknown if not (dated and looks_dated(text)))
    closed = column.use is Use.ANSWERS and column.question is not None and column.question.kind in _CLOSED
    if not closed and not column.vault:
        yield from column.examples


def hidden_faults(report: MatchReport, mask: Callable[[str], str]) -> tuple[str, ...]:
    """What keeps a file out, without the names that the values it quotes may hold."""
    texts = {text for column in report.columns for text in column.unknown}
    masked = [(cut(text), cut(mask(text))) for text in sorted(texts, key=len, reverse=True) if mask(text) != text]
    faults = []
    for fault in report.faults:
        for text, shown in masked:
            fault = fault.replace(f"« {text} »", f"« {shown} »")
        faults.append(fault)
    return tuple(faults)
