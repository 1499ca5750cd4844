"""The guide of somebody's next interview, with what they said before: for the interviewer alone, with the key."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from enquete.actions.answers.questionnaires import find_guides
from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.coding.notes import FIELD_LABELS, Note, read_notes
from enquete.actions.follow_up.contacts import person_name
from enquete.actions.follow_up.overview import Followed, followed, later_wave
from enquete.actions.follow_up.sealed_papers import Handing, Paper, hand_over
from enquete.actions.follow_up.trajectories import life_of
from enquete.actions.interviews.later_names import settle_late_names
from enquete.actions.places import turn_at
from enquete.actions.study import Study
from enquete.errors import EnqueteError, Problem
from enquete.findings.change.trajectories import Told, What, when_words
from enquete.model import LossReason
from enquete.page.printing import Block, lines
from enquete.store.counting import counted
from enquete.store.interviews import Interview, interviews
from enquete.store.responses import open_questions
from enquete.store.review import blocking_alerts
from enquete.survey.questionnaire.guide import Guide, GuideWave, Passage, Topic
from enquete.tables import folded
from enquete.wording import capital, day, n

_FLAGS = {"never": "ne jamais citer", "paraphrase": "à paraphraser", "cite": "à citer"}
# What an interviewer does not bring up first: it may shame, frighten, or sound like a control.
_HARSH = re.compile(
    r"sancti|radi(?:e|ation)|suspen|coup(?:e|ure)|suppr|dette|indu|impay|expuls|malad|sante|soin|handicap|addict|alcool"
    r"|honte|peur|menace|surveill|control|fraud|violen|prison|justice|deces|deuil|papiers|etiquette|privation|justifier"
)
_LASTING = re.compile(r"\bsexe|\bgenre|naissance|nationalite|\betude\b")  # attributes that nobody is asked again
_MOST = 8  # passages shown under a topic
_LONGEST = 700  # characters of a passage


@dataclass(slots=True)
class _Passage:
    """Words that somebody coded. asked: the open question that they answer. codes: their labels. flags: of quoting."""

    text: Interview
    start: int
    end: int
    asked: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    def words(self) -> str:
        said = " ".join(self.text.text[self.start : self.end].split())
        return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…"


def follow_up_guide(
    study: Study, person: str, written: str | None, named: str | None, handing: Handing | None, today: date
) -> Iterator[str]:
    """Lines to print: the guide of a person's interview in this wave; with `handing`, in a sealed page instead.

    named: the guide, where several are for this wave; else the one whose themes the person spoke of.
    Raises EnqueteError: what `later_wave`, `followed` and `hand_over` do, GUIDE_NONE, GUIDE_WHICH, PERSON_NEVER_MET,
    PERSON_REFUSED, OUTPUT_BLOCKED, no key.
    """
    wave = later_wave(study, written)
    if handing:
        handing.check()
    guides = find_guides(study, wave)
    vault = study.vault()
    with study.database() as db:
        settle_late_names(db, vault, study.config.pseudonyms.policies())
        one = followed(study, db, person, today)
        _refuse(one, wave)
        order = list(study.config.waves_by_code)
        texts = [t for t in interviews(db) if one.code in t.participants and t.wave in order[: order.index(wave)]]
        _refuse_blocked(db, texts)
        passages = _passages(study, db, one.code, texts)
    guide, part = _chosen(guides, named, wave, passages)
    name = person_name(vault.identities(), one.code)
    title = f"Entretien de {wave} ({study.config.waves_by_code[wave]})"
    blocks = [Block("title", title), Block("person", f"{one.code} · {name}" if name else one.code)]
    blocks += _before(study, one, wave, texts)
    blocks += _guide(guide, part, passages)
    if handing:
        held = [text.code for text in texts]
        yield from hand_over(study, Paper(f"{title}, {one.code}", "Guide de suivi", blocks, held), handing)
    else:
        yield from lines(blocks)


def _chosen(
    guides: Sequence[Guide], named: str | None, wave: str, passages: Sequence[_Passage]
) -> tuple[Guide, GuideWave]:
    """The guide to follow, and what it asks in this wave."""
    parts = {guide.name: (guide, part) for guide in guides if (part := guide.wave(wave))}
    if not parts:
        raise EnqueteError(Problem.GUIDE_NONE, wave=wave)
    if named is not None:
        name = named.removesuffix(".md")
        if name not in parts:
            raise EnqueteError(Problem.GUIDE_UNKNOWN, name=named, wave=wave, known=", ".join(parts), exit_code=2)
        return parts[name]
    themes = {name: [code for topic in part.topics for code in topic.codes] for name, (_, part) in parts.items()}
    spoken = {name: sum(bool(_about(passage, codes)) for passage in passages) for name, codes in themes.items()}
    most = [name for name, count in spoken.items() if count == max(spoken.values())]
    if len(most) > 1:
        raise EnqueteError(Problem.GUIDE_WHICH, wave=wave, known=", ".join(parts), exit_code=2)
    return parts[most[0]]


def _refuse(one: Followed, wave: str) -> None:
    if one.states[wave].reason is LossReason.WITHDRAWN or one.states[wave].agreed is False:
        raise EnqueteError(Problem.PERSON_REFUSED, code=one.code, wave=wave)
    if not one.states[wave].again:
        raise EnqueteError(Problem.PERSON_NEVER_MET, code=one.code, wave=wave)


def _refuse_blocked(db: sqlite3.Connection, texts: Sequence[Interview]) -> None:
    mine = {text.code for text in texts}
    waiting = sorted({alert.interview for alert in blocking_alerts(db)} & mine)
    if waiting:
        raise EnqueteError(Problem.OUTPUT_BLOCKED, where="guide", codes=", ".join(waiting))


def _passages(study: Study, db: sqlite3.Connection, code: str, texts: Sequence[Interview]) -> list[_Passage]:
    """What this person said that somebody coded, in the order of the interviews and of their words."""
    labels = {(book.id, c.id): c.label for book in load_codebooks([], study.folder) for c in book.codes}
    by_revision = {text.revision: text for text in texts}
    asked = {question.key: question.label for question in open_questions(db)}
    found: dict[tuple[int, int, int], _Passage] = {}
    for one in counted(db):
        coding, text = one.coding, by_revision.get(one.coding.revision)
        if text is None or coding.end <= coding.start or not _theirs(code, text, coding.start):
            continue
        place = (coding.revision, coding.start, coding.end)
        passage = found.setdefault(place, _Passage(text, coding.start, coding.end, asked.get(text.asked, text.asked)))
        passage.codes[coding.code] = labels.get((coding.codebook, coding.code), coding.code)
        passage.flags |= {coding.flag} if coding.flag else set()
    order = list(study.config.waves_by_code)
    return sorted(found.values(), key=lambda p: (order.index(p.text.wave), p.text.held_on or "", p.text.code, p.start))


def _theirs(code: str, text: Interview, start: int) -> bool:
    """Whether the person says it, as far as it can be told."""
    if not text.turns:
        return True
    voice = text.voices[text.turns[turn_at(text, start) - 1].speaker].participant
    return voice == code or (voice is None and text.participants == (code,))


def _before(study: Study, one: Followed, wave: str, texts: Sequence[Interview]) -> Iterator[Block]:
    """What is known from before, beside the topics."""
    order = list(study.config.waves_by_code)
    earlier = order[: order.index(wave)]
    met = [(meeting.wave, meeting) for meeting in one.meetings if meeting.wave in earlier]
    rows = [
        (w, f"{day(m.on) if m.on else 'jour non noté'}, {m.interview or 'questionnaire ' + m.questionnaire}")
        for w, m in met
    ]
    yield Block("facts", "", tuple(rows))
    yield Block(
        "text",
        "Ce guide rappelle ce qui a été dit avant. Ses mots y sont pseudonymisés : ne les lisez pas devant la "
        "personne, demandez-lui où cela en est, et laissez-la dire autrement.",
    )
    told = [step.told for step in life_of(study, one.code) if step.told.wave in earlier]
    yield from _situation(told)
    yield from _events(told)
    notes = [note for text in texts for note in read_notes(study, text.code, None)]
    yield from _sheets([note for note in notes if note.label in FIELD_LABELS.values()])


def _situation(told: Sequence[Told]) -> Iterator[Block]:
    """What they last said of their situation, to be asked again."""
    last: dict[tuple[str, str], Told] = {}
    for one in told:
        if one.what is What.SITUATION or (one.what is What.ATTRIBUTE and not _LASTING.search(folded(one.theme))):
            last[one.theme, one.about] = one
    if last:
        yield Block("heading", "Sa situation d'alors : à redemander, sans supposer qu'elle a changé")
        yield Block("facts", "", tuple((_asked(one), f"{one.text} ({one.wave})") for one in last.values()))


def _asked(one: Told) -> str:
    return f"{capital(one.theme)}. {one.asked}" if one.asked and one.asked != one.theme else one.theme or one.about


def _events(told: Sequence[Told]) -> Iterator[Block]:
    rows = [(when_words(one), one.text) for one in told if one.what is What.EVENT]
    if rows:
        yield Block("heading", "Ce qui lui était arrivé")
        yield Block("facts", "", tuple(rows))


def _sheets(notes: Sequence[Note]) -> Iterator[Block]:
    if notes:
        yield Block("heading", "La fiche de son entretien")
        yield Block("facts", "", tuple((f"{note.label} ({note.coder})", note.body) for note in notes))


def _guide(guide: Guide, part: GuideWave, passages: Sequence[_Passage]) -> Iterator[Block]:
    yield Block("person", f"{guide.title} : {part.title}" if part.title else guide.title)
    for section in guide.parts:
        if section.title:
            yield Block("heading", section.title)
        yield from _instructions(section.passages)
    yield from _instructions(part.instructions)
    if not passages:
        yield Block("text", "Rien de ce que la personne a dit n'est encore codé : aucun thème ne peut être rappelé.")
    for topic in part.topics:
        yield from _topic(topic, passages)


def _instructions(passages: Sequence[Passage]) -> Iterator[Block]:
    for listed, group in groupby(passages, key=lambda passage: passage.level > 0):
        if listed:
            yield Block("list", "", tuple((passage.text,) for passage in group))
        else:
            yield from (Block("text", passage.text) for passage in group)


def _topic(topic: Topic, passages: Sequence[_Passage]) -> Iterator[Block]:
    number = f"{topic.number}. " if topic.number else ""
    yield Block("heading", f"{number}{topic.title}")
    if topic.opening:
        yield Block("text", f"Pour ouvrir : « {topic.opening} »")
    yield from (Block("text", words) for words in topic.instructions)
    if topic.prompts:
        yield Block("list", "", tuple((prompt,) for prompt in topic.prompts))
    mine = [(passage, labels) for passage in passages if (labels := _about(passage, topic.codes))]
    if not mine:
        return
    spoken = dict.fromkeys(label[:1].lower() + label[1:] for _, labels in mine for label in labels.values())
    mild = [label for label in spoken if not _HARSH.search(folded(label))]
    if mild:
        yield Block("text", f"Rappel possible : « La dernière fois, vous m'aviez parlé de ceci : {', '.join(mild)}. »")
    if len(mild) < len(spoken):
        harsh = ", ".join(label for label in spoken if label not in mild)
        yield Block("text", f"Pour vous seulement, à ne pas rappeler ({harsh}) : la personne en reparle si elle veut.")
    for passage, labels in mine[:_MOST]:
        yield Block("quote", passage.words(), ((_source(passage), ", ".join(labels.values()), *_flagged(passage)),))
    if len(mine) > _MOST:
        yield Block("text", f"Et {n('autre passage', len(mine) - _MOST)}.")


def _about(passage: _Passage, codes: Sequence[str]) -> Mapping[str, str]:
    """Labels of its codes that are of the topic: R05 holds R05.1."""
    return {
        code: label
        for code, label in passage.codes.items()
        if any(code.casefold() == c.casefold() or code.casefold().startswith(f"{c.casefold()}.") for c in codes)
    }


def _source(passage: _Passage) -> str:
    text = passage.text
    if passage.asked:
        return f"{text.code}, réponse à « {passage.asked} »"
    turn = f", tour {turn_at(text, passage.start)}" if text.turns else ""
    return f"{text.code}{turn}"


def _flagged(passage: _Passage) -> tuple[str, ...]:
    return tuple(words.upper() for flag, words in _FLAGS.items() if flag in passage.flags and flag != "cite")
