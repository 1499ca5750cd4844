"""Agreement between coders, on the screen: tables, then what they mean code by code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from enquete.coding.agreement.bootstrap import LEAST_GROUPS, REPLICATES, SEED
from enquete.coding.agreement.disagreements import disagreements
from enquete.coding.agreement.measuring import LEAST_PLACES, CategoryFigures, Extra, Figures, Line, Reason
from enquete.coding.agreement.units import UnitKind
from enquete.coding.agreement.words import causes, figure, meaning, places, reason_words, remedy, unit_word
from enquete.wording import n, number, plural

if TYPE_CHECKING:
    from enquete.actions.agreement.measuring import AgreementReport
    from enquete.coding.agreement.bootstrap import Interval

_NAME = 40  # characters of a code and its label
_WIDTH = 110
_FEW = 10  # interviews
_MANY_CODERS = 4  # beyond, their numbers of positives are told by the least and the most
_OPTIONAL = {Extra.COHEN: "κ Cohen", Extra.FLEISS: "κ Fleiss", Extra.AC1: "AC1", Extra.INTERVAL: "alpha à 95 %"}


def agreement_lines(report: AgreementReport) -> Iterator[str]:
    """Everything that was asked for."""
    figures = report.agreement
    yield from _head(report)
    if figures.themes:
        yield from _section("Par thème (le tour compte dès que l'un de ses codes y est)", report, figures.themes)
    rare = [line for line in figures.codes if line.everyone.reason is Reason.RARE and not report.chosen]
    yield from _section("Par code", report, [line for line in figures.codes if line not in rare])
    if rare:
        place = "unités" if report.kind is None else "tours"
        listed = ", ".join(f"{line.name}\u00a0({line.everyone.places})" for line in rare)
        text = f"Non calculable, moins de {LEAST_PLACES} {place} : {listed}."
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    yield from _overall(report)
    yield from _categories(report)
    yield from _how_to_read(report)
    yield from _code_by_code(report)


def _head(report: AgreementReport) -> Iterator[str]:
    figures = report.agreement
    groups = report.compared or n("entretien", len(figures.groups))
    where = f", dans {groups}" if any(figures.groups) else ""
    said = " de participants" if report.kind is UnitKind.TURN else ""
    yield f"Accord entre {n('codeur', len(figures.coders))} : {', '.join(figures.coders)}."
    yield f"Lu par deux codeurs au moins : {n(unit_word(report.kind), figures.units)}{said}{where}."
    yield from report.notes


# --- tables


def _section(title: str, report: AgreementReport, lines: Sequence[Line]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield title
    rows = [_row(_title(line.name, report), line.everyone, report) for line in lines]
    yield from _table([_header(report), *rows])


def _title(name: str, report: AgreementReport) -> str:
    text = report.texts.get(name)
    full = f"{name}  {text.label}" if text and text.label else name
    return full if len(full) <= _NAME else f"{full[: _NAME - 1].rstrip()}…"


def _header(report: AgreementReport) -> list[str]:
    wanted = [words for extra, words in _OPTIONAL.items() if extra in report.extras]
    return ["", "positifs", "recouvr.", "observé", "positif", "négatif", "alpha", *wanted]


def _row(title: str, figures: Figures, report: AgreementReport) -> list[str]:
    """A reason takes the place of figures that say nothing."""
    counts = _counts(figures.positives)
    if reason := reason_words(figures, report.kind):
        return [title, counts, f"non calculable, {reason}"]
    optional = {
        Extra.COHEN: figure(figures.cohen),
        Extra.FLEISS: figure(figures.fleiss),
        Extra.AC1: figure(figures.ac1),
        Extra.INTERVAL: _interval(figures.interval),
    }
    shown = (figures.overlap, figures.observed, figures.positive, figures.negative, figures.alpha)
    return [
        title, counts, *map(figure, shown), *(text for extra, text in optional.items() if extra in report.extras)
    ]  # fmt: skip


def _counts(positives: Sequence[int]) -> str:
    if len(positives) <= _MANY_CODERS:
        return "/".join(map(number, positives))
    return f"{number(min(positives))} à {number(max(positives))}"


def _interval(interval: Interval | None) -> str:
    return "—" if interval is None else f"{figure(interval.low)} à {figure(interval.high)}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """First column to the left, the others to the right; a row cut short ends with free text."""
    full = max(map(len, rows))
    widths = [max(len(row[column]) for row in rows if len(row) == full or column < 2) for column in range(full)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        for column in range(1, len(row)):
            free = len(row) < full and column == len(row) - 1
            cells.append(row[column] if free else row[column].rjust(widths[column]))
        yield f"  {'  '.join(cells)}".rstrip()


def _overall(report: AgreementReport) -> Iterator[str]:
    line, coders = report.agreement.overall, report.agreement.coders
    which = "Codes choisis ensemble" if report.chosen else "Tous codes ensemble"
    yield ""
    yield f"{which} (chaque décision « ce code, ici » compte une fois)"
    pairs = [_row(", ".join(coders[rank] for rank in pair), each, report) for pair, each in line.pairs.items()]
    yield from _table([_header(report), _row("tous", line.everyone, report), *pairs])
    if Extra.MASI in report.extras:
        figures = line.everyone
        interval = f" ({_interval(figures.masi_interval)})" if figures.masi_interval else ""
        yield f"  Alpha sur les ensembles de codes de chaque unité, distance MASI : {figure(figures.masi)}{interval}"


def _categories(report: AgreementReport) -> Iterator[str]:
    """A table where each decision is one category."""
    found = report.agreement.categories
    if found is None or report.kind is not None:
        return
    yield ""
    yield f"Accord sur la catégorie ({len(found.names)}) : ici chaque décision en est une, et une seule"
    intervals = Extra.INTERVAL in report.extras
    header = ["", "unités", "observé", "alpha", "κ Cohen", "κ Fleiss", "AC1", *(["alpha à 95 %"] if intervals else [])]
    rows = [_category_row("tous", found.everyone, intervals=intervals)]
    for pair, each in found.pairs.items():
        rows.append(_category_row(", ".join(report.agreement.coders[r] for r in pair), each, intervals=intervals))
    yield from _table([header, *rows])


def _category_row(title: str, figures: CategoryFigures, *, intervals: bool) -> list[str]:
    shown = (figures.observed, figures.alpha, figures.cohen, figures.fleiss, figures.ac1)
    return [title, number(figures.units), *map(figure, shown), *([_interval(figures.interval)] if intervals else [])]


# --- words


def _how_to_read(report: AgreementReport) -> Iterator[str]:
    coders = report.agreement.coders
    units = plural(unit_word(report.kind))
    order = f" (dans l'ordre : {', '.join(coders)})" if len(coders) <= _MANY_CODERS else " (le moins, le plus)"
    yield ""
    yield "Comment lire"
    yield f"  positifs : {units} où chacun a mis le code{order}."
    yield "  recouvr. : de ce que l'un ou l'autre a codé, ce que les deux ont codé."
    yield "  observé : part des décisions égales ; positif, négatif : accord sur la présence, sur l'absence du code."
    yield "  Un accord observé haut trompe quand le code est rare : tous s'accordent sur son absence."
    yield "  alpha (Krippendorff) : 1, accord parfait ; 0, pas plus que le hasard ; moins de 0, moins que le hasard."
    yield (
        "  Krippendorff propose 0,800, et 0,667 pour des conclusions provisoires : ce sont des conventions, jamais un "
        "verdict."
    )
    if Extra.INTERVAL in report.extras:
        yield f"  {_about_intervals(len([group for group in report.agreement.groups if group]))}"


def _about_intervals(interviews: int) -> str:
    if interviews < LEAST_GROUPS:
        return "à 95 % : il faut des unités de deux entretiens au moins, que l'on tire au sort en entier."
    few = " ; avec si peu d'entretiens, ce n'est qu'une indication" if interviews < _FEW else ""
    draws = f"{number(REPLICATES)} tirages d'entretiens entiers (graine {SEED})"
    return f"à 95 % : {draws}, centiles 2,5 et 97,5{few}."


def _code_by_code(report: AgreementReport) -> Iterator[str]:
    """The codes that agree least come first."""
    lines = [line for line in report.agreement.codes if report.chosen or line.everyone.reason is None]
    yield ""
    yield "Code par code"
    if not lines:
        yield "  Aucun code n'est assez fréquent pour un chiffre : regardez les thèmes, ou codez d'autres entretiens."
    for line in sorted(lines, key=_rank):
        yield from _code(line, report)
    if report.kind is not None:
        yield (
            "Après avoir redéfini un code, mesurez-le sur des entretiens neufs : « enquete accord --code CODE "
            "--avant E001,E002 --apres E005,E006 »."
        )


def _rank(line: Line) -> tuple[bool, float, str]:
    """By alpha, those without one last."""
    figures = line.everyone
    return figures.reason is not None, 0 if figures.reason or figures.alpha is None else figures.alpha, line.name


def _code(line: Line, report: AgreementReport) -> Iterator[str]:
    coders, figures = report.agreement.coders, line.everyone
    found = disagreements(report.data, line.name)
    text = report.texts.get(line.name)
    yield f"  {_title(line.name, report)}"
    yield f"    {meaning(figures, coders, report.kind)}"
    for cause in causes(figures, coders, found):
        yield f"    {cause}"
    if advice := remedy(figures, text, found):
        yield f"    {advice}"
    if found:
        yield f"    Désaccords : {places(found)}."
    if report.chosen:
        if text:
            said = (("Définition", text.definition), ("Inclut", text.include), ("Exclut", text.exclude))
            yield from (f"    {title} : {words}" for title, words in said if words)
        rows = [_row(", ".join(coders[rank] for rank in pair), each, report) for pair, each in line.pairs.items()]
        if rows:
            yield from (f"  {row}" for row in _table([_header(report), *rows]))


# --- two rounds


def round_lines(before: AgreementReport, after: AgreementReport) -> Iterator[str]:
    """The same codes on two sets of interviews, side by side."""
    for title, report in (("Avant", before), ("Après", after)):
        figures = report.agreement
        units = n(unit_word(report.kind), figures.units)
        yield f"{title} : {', '.join(figures.groups)} ({units}) ; {', '.join(figures.coders)}."
        yield from (f"  {note}" for note in report.notes)
    yield ""
    header = ["", "positifs avant", "alpha avant", "positifs après", "alpha après"]
    both = (before.agreement, after.agreement)
    rows = [*_rounds([each.themes for each in both], before), *_rounds([each.codes for each in both], before)]
    together = [cell for each in both for cell in _round_cells(each.overall.everyone)]
    yield from _table([header, *rows, ["ensemble", *together]])
    yield ""
    yield (
        "Ce ne sont ni les mêmes entretiens ni les mêmes paroles : une petite différence ne dit rien, une grande peut "
        "venir des entretiens. Regardez les désaccords qui restent : « enquete accord --code CODE »."
    )
    if before.agreement.coders != after.agreement.coders:
        yield "Les codeurs ne sont pas les mêmes non plus."


def _rounds(rounds: Sequence[Sequence[Line]], report: AgreementReport) -> Iterator[list[str]]:
    """A row for each name of either round."""
    first, second = ({line.name: line.everyone for line in lines} for lines in rounds)
    for name in dict.fromkeys([*first, *second]):
        yield [_title(name, report), *_round_cells(first.get(name)), *_round_cells(second.get(name))]


_BRIEF = {
    Reason.NOTHING_COMPARED: "rien de commun",
    Reason.NOTHING_CODED: "rien de codé",
    Reason.NO_VARIATION: "sans variation",
    Reason.RARE: "trop rare",
}


def _round_cells(figures: Figures | None) -> list[str]:
    if figures is None:
        return ["0", "non calculable (absent)"]
    interval = f" ({_interval(figures.interval)})" if figures.interval else ""
    alpha = f"{figure(figures.alpha)}{interval}"
    if figures.reason:
        alpha = f"non calculable ({_BRIEF[figures.reason]})"
    return [_counts(figures.positives), alpha]
