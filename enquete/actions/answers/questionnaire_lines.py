"""Questionnaires and guides on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enquete.model import Measure
from enquete.survey.questionnaire.forms import Entry
from enquete.survey.questionnaire.guide import Guide, GuideWave, Passage
from enquete.survey.questionnaire.types import Question, QuestionKind, Questionnaire
from enquete.wording import label, n

_KINDS = {
    QuestionKind.ONE: "une réponse",
    QuestionKind.MANY: "plusieurs réponses",
    QuestionKind.RANK: "à classer",
    QuestionKind.INTEGER: "nombre entier",
    QuestionKind.DECIMAL: "nombre",
    QuestionKind.TEXT: "texte",
    QuestionKind.DATE: "date",
    QuestionKind.TIME: "heure",
    QuestionKind.DATETIME: "date et heure",
    QuestionKind.OTHER: "non repris dans les réponses",
}


def form_lines(questionnaire: Questionnaire, entries: Sequence[Entry]) -> Iterator[str]:
    """Its title, then each question with its choices and its filter."""
    yield questionnaire.title
    waves = f"Vagues : {', '.join(questionnaire.waves)}. " if questionnaire.waves else ""
    asked = sum(bool(entry.number) for entry in entries)
    yield f"{waves}{n('question', asked)}. Fichier : {questionnaire.source}"
    level = 0
    for entry in entries:
        step, margin = entry.step, "  " * entry.step.level
        if step.level < level and step.kind not in ("group", "repeat"):
            yield ""
        level = step.level
        if step.kind in ("group", "repeat"):
            again = " (répété)" if step.kind == "repeat" else ""
            yield ""
            yield f"{margin}— {step.label or step.name}{again}"
        if entry.condition:
            yield from _filter(entry, margin)
        if step.kind == "note":
            yield f"{margin}   {step.label}".replace("\n", f"\n{margin}   ")
        elif entry.question:
            yield from _question(entry, entry.question, margin)


def _filter(entry: Entry, margin: str) -> Iterator[str]:
    link = "et" if entry.until == entry.number + 1 else "à"
    span = f"questions {entry.number} {link} {entry.until}, " if entry.until > entry.number > 0 else ""
    onwards = f"aller à la question {entry.onwards}" if entry.onwards else "c'est fini"
    yield f"{margin}   [{span}seulement si {entry.condition} ; sinon, {onwards}]"


def _question(entry: Entry, question: Question, margin: str) -> Iterator[str]:
    text = (entry.step.label or question.name).replace("\n", f"\n{margin}   ")
    yield f"{margin}{entry.number}. {text}"
    told = [question.name, _KINDS[question.kind]]
    if question.required:
        told.append("obligatoire")
    if question.kind is QuestionKind.ONE and question.measure is Measure.ORDINAL:
        told.append(label(question.measure))
    told += sorted(question.usage)
    if question.situation:
        told.append(f"situation : {question.situation}")
    yield f"{margin}   {' · '.join(told)}"
    if entry.step.hint:
        yield f"{margin}   ({entry.step.hint})"
    for choice in question.choices:
        missing = f" [{label(choice.missing)}]" if choice.missing else ""
        missing += ", précisez" if question.other and choice.name == "other" else ""
        yield f"{margin}     {choice.name}  {choice.label}{missing}"


def guide_lines(guide: Guide, waves: Sequence[GuideWave]) -> Iterator[str]:
    """Its title, what holds for all waves, then these waves."""
    yield guide.title
    for part in guide.parts:
        yield ""
        if part.title:
            yield f"— {part.title}"
        yield from map(_passage, part.passages)
    for wave in waves:
        codes = ", ".join(wave.codes) + (" et suivantes" if wave.onwards else "")
        yield ""
        yield f"== {codes}{f' : {wave.title}' if wave.title else ''}"
        yield from map(_passage, wave.instructions)
        for topic in wave.topics:
            yield ""
            number = f"{topic.number}. " if topic.number else ""
            codes = f" ({', '.join(topic.codes)})" if topic.codes else ""
            yield f"{number}{topic.title}{codes}"
            if topic.opening:
                yield f"   « {topic.opening} »"
            yield from (f"   {text}" for text in topic.instructions)
            yield from (f"   - {text}" for text in topic.prompts)


def _passage(passage: Passage) -> str:
    return f"{'  ' * (passage.level - 1)}- {passage.text}" if passage.level else passage.text
