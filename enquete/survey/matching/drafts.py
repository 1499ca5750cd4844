"""The mapping file that « --proposer » drafts: what is certain is written, what is not waits in comments.

Read as it is, it changes nothing: every line in doubt is a comment, to be uncommented by whoever knows.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from enquete.survey.matching.loose import loose
from enquete.survey.matching.mapping import NOTHING, QuestionRules, ReadingRules
from enquete.survey.matching.telling import cut, key, lines, quoted
from enquete.survey.matching.types import ColumnReport, MatchReport, Use
from enquete.survey.questionnaire.types import Choice, Question
from enquete.wording import label

_HEAD = """\
# Correspondance entre un fichier de réponses et le questionnaire « {name} ».
# Ce qui est certain est écrit. Ce qui ne l'est pas est en commentaire : ôtez le « # » devant la bonne ligne, complétez.
"""
_KINDS = "ne sait pas, refus, sans objet, non posée, autre"
_SEVERAL = 8
# What programs write in a cell where nothing was answered.
_BLANKS = {"na", "n/a", "#n/a", "nan", "null", "none", ".", "-", "--", "/", "?"}


def propose_mapping(report: MatchReport) -> str:
    """The text of a mapping file, in TOML."""
    main = report.columns[0].table if report.columns else ""
    ours = [column for column in report.columns if column.table == main]
    settled = (report.mapping or NOTHING).rules
    parts = [_HEAD.format(name=report.questionnaire.name)]
    parts += [*_uses(ours), *_reading(settled), *_file_doubts(report.columns), *_lists(ours)]
    parts += ["", "[colonnes]", *_columns(ours)]
    for question in _asked(report):
        parts += _question(question, report.columns, settled.questions.get(question.name, QuestionRules()))
    for table in dict.fromkeys(column.table for column in report.columns if column.table != main):
        parts += _sheet(table, report)
    return "\n".join(parts).rstrip("\n") + "\n"


def _uses(columns: Sequence[ColumnReport]) -> Iterator[str]:
    for use, name in ((Use.KEY, "cle"), (Use.WAVE, "vague"), (Use.DAY, "jour")):
        found = next((column.column for column in columns if column.use is use), None)
        if found is not None and (use is not Use.DAY or not _asks(columns, use)):
            yield f"{name} = {quoted(found)}"
        elif use is Use.KEY and found is None:
            yield '# cle = "colonne des codes de participants"'


def _asks(columns: Sequence[ColumnReport], use: Use) -> bool:
    """Whether a question of the questionnaire has this use already."""
    return any(column.use is use and column.question for column in columns)


def _reading(rules: ReadingRules) -> Iterator[str]:
    """What a mapping file said already."""
    for name, value in (("dates", rules.dates), ("decimale", rules.decimal), ("reponses", rules.written_as)):
        if value:
            yield f"{name} = {quoted(value)}"
    if rules.blanks:
        yield f"vides = {_listed(rules.blanks)}"
    if rules.missing:
        kinds = ", ".join(f"{quoted(text)} = {quoted(_kind(kind))}" for text, kind in rules.missing.items())
        yield f"manquants = {{ {kinds} }}"


def _kind(kind: object) -> str:
    from enquete.model import MissingKind

    return label(MissingKind(str(kind)))


def _file_doubts(columns: Sequence[ColumnReport]) -> Iterator[str]:
    unknown = dict.fromkeys(text for column in columns for text in column.unknown)
    blanks = [text for text in unknown if text.casefold() in _BLANKS]
    if blanks:
        yield f"# vides = {_listed(blanks)}"
    settle = {word for column in columns for word in column.settle}
    if "dates" in settle:
        yield from ('# dates = "jour-mois"', '# dates = "mois-jour"')
    if "decimale" in settle:
        yield from ('# decimale = "virgule"', '# decimale = "point"')
    if "reponses" in settle:
        yield from ('# reponses = "codes"', '# reponses = "libelles"')


def _lists(columns: Sequence[ColumnReport]) -> Iterator[str]:
    for use, name in ((Use.IDENTITY, "identite"), (Use.CONTACT, "contact")):
        found = [column.column for column in columns if column.use is use and column.question is None]
        if found:
            yield f"{name} = {_listed(found)}"
    left = [column.column for column in columns if column.use is Use.LEFT and column.note.endswith("la correspondance")]
    if left:
        yield f"ignorer = {_listed(left)}"
    unknown = [column.column for column in columns if column.use is Use.UNKNOWN]
    if unknown:
        yield f"# ignorer = {_listed(unknown)}"


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def _columns(columns: Sequence[ColumnReport]) -> Iterator[str]:
    for column in columns:
        name = quoted(column.column)
        if column.use is Use.ANSWERS and column.question:
            yield f"{name} = {quoted(_target(column))}"
        elif column.use is Use.DOUBTFUL:
            yield "# Une de ces lignes, ou « ignorer » plus haut :"
            yield from (f"# {name} = {quoted(candidate)}" for candidate in column.candidates)
        elif column.use is Use.UNKNOWN:
            yield f'# {name} = "question"'


def _target(column: ColumnReport) -> str:
    name = column.question.name if column.question else ""
    return f"{name}/{column.item}" if column.item else name


def _asked(report: MatchReport) -> list[Question]:
    """The questions that have something to settle, or settled."""
    settled = (report.mapping or NOTHING).rules.questions
    doubtful = {column.question.name for column in report.columns if column.unknown and column.question}
    return [q for q in report.questionnaire.questions if q.name in doubtful or q.name in settled]


def _question(question: Question, columns: Sequence[ColumnReport], settled: QuestionRules) -> Iterator[str]:
    values: dict[str, tuple[int, ...]] = {}
    for column in columns:
        if column.question and column.question.name == question.name:
            values |= {text: rows for text, rows in column.unknown.items() if text not in values}
    name = key(question.name)
    settle = [word for column in columns if column.question == question for word in column.settle]
    own = [*_reading(settled), *(["autre = true"] if settled.other else [])]
    if question.choices and any(choice.name == "other" for choice in question.choices) and not settled.other and values:
        own.append("# autre = true  # les valeurs inconnues sont les mots de « autre »")
    if values and not question.choices and "valeurs" in settle:
        own.append(f"# vides = {_listed(values)}")
        own.append(f"# manquants = {{ {', '.join(f'{quoted(text)} = ...' for text in values)} }}  # {_KINDS}")
    listed = bool(question.choices and (values or settled.values))
    if own or listed:
        yield from ("", f"[questions.{name}]", *own)
    if listed:
        yield f"[questions.{name}.valeurs]"
        yield from (f"{quoted(text)} = {_choice_of(meant)}" for text, meant in settled.values.items())
        for text, rows in values.items():
            yield f"# {lines(rows)} :"
            yield from (f"# {quoted(text)} = {quoted(c.name)}  # {cut(c.label)}" for c in _closest(text, question))


def _choice_of(meant: str | tuple[str, ...]) -> str:
    names = (meant,) if isinstance(meant, str) else meant
    return quoted(names[0]) if len(names) == 1 else _listed(names)


def _closest(text: str, question: Question) -> Sequence[Choice]:
    """The choices, those that look like the value first; all of a short list."""
    if len(question.choices) <= _SEVERAL:
        close = difflib.get_close_matches(loose(text), [loose(c.label) for c in question.choices], n=1, cutoff=0.75)
        return [c for c in question.choices if loose(c.label) in close] or question.choices
    known = {loose(choice.label): choice for choice in question.choices}
    close = difflib.get_close_matches(loose(text), known, n=_SEVERAL, cutoff=0.0)
    return [known[one] for one in close]


def _sheet(table: str, report: MatchReport) -> Iterator[str]:
    ours = [column for column in report.columns if column.table == table]
    settled = (report.mapping or NOTHING).rules.sheets.get(table)
    part = next((column.question.repeat for column in ours if column.question), "")
    yield from ("", f"[feuilles.{key(table)}]")
    if part:
        yield f"partie = {quoted(part)}"
    else:
        repeats = dict.fromkeys(question.repeat for question in report.questionnaire.questions if question.repeat)
        yield from (f"# partie = {quoted(repeat)}" for repeat in repeats)
        yield "# ignorer_feuille = true"
    if settled and settled.link:
        yield from (f"lien = {quoted(settled.link)}", f"vers = {quoted(settled.parent or settled.link)}")
    else:
        yield '# lien = "colonne de cette feuille"'
        yield '# vers = "colonne de la feuille au-dessus"'
    yield from _lists(ours)
    yield from (f"[feuilles.{key(table)}.colonnes]", *_columns(ours))
