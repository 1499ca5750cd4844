"""Settles the study as a whole: a name found in one place is masked in all, in whatever spelling or case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from enquete.language.lexicon import ABSENT
from enquete.model import Doubt, IdentifierType, Mention
from enquete.pseudonyms import answers, labels, spelled, words
from enquete.pseudonyms.book import KnownName
from enquete.pseudonyms.documents import Detection, Document, PassageKind
from enquete.pseudonyms.doubts import riskiest
from enquete.pseudonyms.found import Cover, Found, Weak, disjoint
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PARTICLES, PERSONS, TITLES, word_set
from enquete.pseudonyms.reading import Reading
from enquete.pseudonyms.spelling import near, sound
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Phrases, Words

MISSPELT = "orthographe proche d'un nom de l'étude"
_PERSON = IdentifierType.PERSON
_SHORT_ANSWER = 60  # characters: without punctuation, a short turn answers the one before
_DETERMINERS = word_set(
    "un une le la les l des du de cette cet ce ces mon ma ton ta son sa notre votre leur nos vos deux trois "
    "quelques au aux tout toute tres plus trop "
    "si est etait en bien assez moins couleur vraiment tellement aussi pas petite petit grand grande jolie belle"
)
_BEFORE_WIDE = {
    "en",
    "la",
    "l",
    "de",
    "du",
    "d",
    "le",
    "a",
    "au",
    "hors",
    "toute",
    "vers",
    "avec",
    "par",
    "pour",
    "sur",
    "chez",
}
_REFLEXIVES = {"se", "me", "te"}  # « elle se marie »
_SUBJECT_AFTER = {"elle", "il", "m", "qui", "a", "avait", "est", "etait", "lui", "s", "dit", "et"}
_NAMED_BEFORE = word_set(
    """
    avec chez et que qu pour comme raconte sans appelle appele vu vois dit connais remercie demande aide merci salut
    bonjour demandez demander prenom voir appeler prevenir femme mari fille fils
    """
)


@dataclass
class Known:
    """Names of the study. sure: masked in any case; ambiguous: also ordinary words, with their documents."""

    words: Words
    phrases: Phrases[IdentifierType] = field(default_factory=Phrases)
    sure: dict[str, IdentifierType] = field(default_factory=dict)
    ambiguous: dict[str, set[int]] = field(default_factory=dict)
    sounds: dict[str, set[str]] = field(default_factory=dict)
    borne: dict[int, set[str]] = field(default_factory=dict)  # by document: readable words that name somebody there
    initials: set[str] = field(default_factory=set)  # speakers' initials, as written
    long: set[str] = field(default_factory=set)  # rare words of places, which people cut short
    _seen: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, form: str, kind: IdentifierType, document: int) -> None:
        """Learns a form: the whole phrase, and for a person each part of the name."""
        tokens = Tokens(form)
        phrase = tuple(tokens.folds)
        if not phrase:
            return
        if len(phrase) > 1 and phrase not in self._seen:
            self._seen.add(phrase)
            self.phrases.add(phrase, kind)
        for part, fold in zip(tokens.words, phrase, strict=True):
            if kind is IdentifierType.PLACE and len(fold) > 6 and not self.words.is_word(part):
                self.long.add(fold)
            if (
                len(fold) < 2
                or fold.isdigit()
                or (fold in PARTICLES and len(phrase) > 1)
                or fold in TITLES | PERSONS | KIN_WORDS
            ):
                continue
            if (
                kind is _PERSON
                or len(phrase) == 1
                or (kind is IdentifierType.ORGANISATION and not self.words.is_word(part))
            ):
                self._add_part(part, fold, kind, document)
        if kind is IdentifierType.ORGANISATION and len(phrase) > 2:
            self._add_beginning(phrase)

    def _add_part(self, part: str, fold: str, kind: IdentifierType, document: int) -> None:
        lists = self.words
        ordinary = fold in FUNCTION_WORDS or (
            lists.is_word(part) and not (fold in lists.first_names and lists.leans_to_name(part))
        )
        if (
            ordinary
            or len(fold) < 3
            or lists.neutral.at([fold], 0) is not None
            or lists.institutions.at([fold], 0) is not None
        ):
            self.ambiguous.setdefault(fold, set()).add(document)
            if kind is _PERSON:
                self.borne.setdefault(document, set()).add(fold)
            if part.isupper() and 1 < len(part) < 4:
                self.initials.add(part)
            return
        if fold not in self.sure or kind is _PERSON:
            self.sure[fold] = kind
        if kind is _PERSON:
            self.sounds.setdefault(sound(fold), set()).add(fold)

    def _add_beginning(self, phrase: tuple[str, ...]) -> None:
        """« Garde Plaine » for « Garde Plaine Sécurité »."""
        beginning = phrase[:2] if phrase[1] not in FUNCTION_WORDS and phrase[0] not in FUNCTION_WORDS else phrase[:3]
        if (
            beginning not in self._seen
            and len(beginning) < len(phrase)
            and beginning[-1] not in FUNCTION_WORDS | {"de", "du"}
        ):
            self._seen.add(beginning)
            self.phrases.add(beginning, IdentifierType.ORGANISATION)

    def cut_short(self, fold: str) -> bool:
        """« les gennes » for « Gennetières »: the beginning of the name of a place, four letters or more."""
        stem = fold.removesuffix("s")
        return len(stem) >= 4 and any(len(name) > len(stem) + 1 and name.startswith(stem) for name in self.long)

    def misspelt(self, fold: str) -> bool:
        """Whether a word that is not an ordinary one sounds or is spelt like a name of the study."""
        if len(fold) < 4:
            return False
        alike = self.sounds.get(sound(fold))
        if alike is not None and any(abs(len(a) - len(fold)) <= 2 for a in alike):
            return True
        return len(fold) >= 5 and any(
            near(fold, name) for name in self.sure if self.sure[name] is _PERSON and name[0] == fold[0]
        )


@lru_cache(maxsize=4)
def _tokens(text: str) -> Tokens:
    """A passage is read for its answer, then for its names."""
    return Tokens(text)


def settle(
    documents: Sequence[Document], readings: Sequence[Sequence[Reading]], known: Sequence[KnownName]
) -> list[Detection]:
    """Learns every name, then reads every passage again for those names."""
    names = Known(words.load())
    for item in known:
        names.add(item.form, item.type, -1)
    parts = [list(_by_passage(d, r, names.words)) for d, r in zip(documents, readings, strict=True)]
    for number, (document, passages) in enumerate(zip(documents, parts, strict=True)):
        for name in document.names:
            names.add(name, _PERSON, number)
        for text, reading, _ in passages:
            for found in reading.found:
                if found.spread:
                    names.add(text[found.start : found.end], found.type, number)
            if spelled.may_hold(text):
                for _, _, name in spelled.find(_tokens(text), names.words):
                    names.add(name, _PERSON, number)
    return [_settle_document(number, passages, names) for number, passages in enumerate(parts)]


def _by_passage(document: Document, readings: Iterable[Reading], lists: Words) -> Iterator[tuple[str, Reading, int]]:
    """(text, reading, start) of each passage, labels included; a question helps to read the answer."""
    stream, question = iter(readings), ""
    for passage in document.passages:
        text = document.text[passage.start : passage.end]
        if passage.kind is PassageKind.LABEL:
            yield text, Reading(tuple(labels.find(text)), (), ()), passage.start
            continue
        reading = next(stream)
        if "?" in question or len(text) < _SHORT_ANSWER:
            answered = [f for f in answers.find(question, _tokens(text), lists) if not _met(f, reading)]
            reading = reading._replace(found=tuple(disjoint([*reading.found, *answered])))
        question = text
        yield text, reading, passage.start


def _met(found: Found, reading: Reading) -> bool:
    taken = [*((f.start, f.end) for f in reading.found), *reading.readable]
    return any(start < found.end and found.start < end for start, end in taken)


def _settle_document(number: int, passages: list[tuple[str, Reading, int]], names: Known) -> Detection:
    mentions: list[Mention] = []
    weak: list[tuple[Weak, int, str]] = []
    for text, reading, at in passages:
        found = _spread(text, reading, names, number)
        mentions += (Mention(at + f.start, at + f.end, f.type, f.score, f.why) for f in found)
        cover = Cover(len(text))
        for f in found:
            cover.take(f.start, f.end)
        uncertain = [*reading.weak, *_names_as_words(text, names, number)]
        weak += ((w, at, text[w.start : w.end]) for w in uncertain if cover.free(w.start, w.end))
    doubts = [Doubt(at + w.start, at + w.end, w.why, w.risk) for w, at, _ in riskiest(weak)]
    return Detection(tuple(mentions), tuple(sorted(doubts, key=lambda d: d.start)))


def _names_as_words(text: str, names: Known, number: int) -> Iterator[Weak]:
    """Words that name somebody of this interview elsewhere, and may do so here."""
    tokens = _tokens(text)
    for index, fold in enumerate(tokens.folds):
        if fold in FUNCTION_WORDS or len(fold) < 3 or number not in names.ambiguous.get(fold, ()):
            continue
        bare = index > 0 and tokens.folds[index - 1] not in _DETERMINERS
        risk = 0.5 if tokens.capital[index] else 0.3 if tokens.cased else 0.55 if bare else 0.35
        yield Weak(*tokens.span(index, index), risk, "mot qui nomme quelqu'un ailleurs dans l'entretien")


def _spread(text: str, reading: Reading, names: Known, number: int) -> list[Found]:
    """What was found in the passage, and the names of the study in what is left of it."""
    tokens, cover = _tokens(text), Cover(len(text))
    found = list(reading.found)
    for item in found:
        cover.take(item.start, item.end)
    for start, end in reading.readable:
        # A country or a brand that is also the name of somebody here (« France Legrand ») is not settled.
        if words.fold(text[start:end]) not in names.borne.get(number, ()):
            cover.take(start, end)
    index = 0
    while index < len(tokens):
        last = _known_phrase(tokens, names, index)
        if last is not None and _may_take(tokens.span(index, last), reading, cover):
            kind = (names.phrases.at(tokens.folds, index) or (0, _PERSON))[1]
            found.append(Found(*tokens.span(index, last), kind, 0.8, "nom trouvé ailleurs dans l'étude"))
            cover.take(*tokens.span(index, last))
            index = last + 1
            continue
        if cover.free(*tokens.span(index, index)):
            word = _known_word(tokens, names, index, number)
            if word is not None:
                found.append(word)
                cover.take(word.start, word.end)
        index += 1
    found += _spelled(tokens, names.words, cover)
    return [_with_false_start(text, f) for f in disjoint(found)]


def _may_take(span: tuple[int, int], reading: Reading, cover: Cover) -> bool:
    """Whether nothing is settled there, or only a part of the phrase: « Grignotte » in « la Grignotte »."""
    inside = [f for f in reading.found if f.start < span[1] and span[0] < f.end]
    free = not any(start < span[1] and span[0] < end for start, end in reading.readable)
    return cover.free(*span) or (free and bool(inside) and all(span[0] <= f.start and f.end <= span[1] for f in inside))


def _known_phrase(tokens: Tokens, names: Known, index: int) -> int | None:
    match = names.phrases.at(tokens.folds, index)
    if match is None:
        return None
    last = index + match[0] - 1
    if any(not tokens.joined(i) for i in range(index + 1, last + 1)):
        return None
    parts = range(index, last + 1)
    if all(tokens.folds[i] in FUNCTION_WORDS for i in parts):
        return None
    content = [i for i in parts if tokens.folds[i] not in FUNCTION_WORDS]
    small = tokens.cased and not any(tokens.capital[i] for i in parts)
    if small and any(names.words.rank(tokens.words[i].lower()) < 150_000 for i in content):
        return None  # « la garenne aux lapins »
    return last


def _known_word(tokens: Tokens, names: Known, index: int, number: int) -> Found | None:
    word, fold = tokens.words[index], tokens.folds[index]
    span = tokens.span(index, index)
    kind = names.sure.get(fold)
    if kind is not None and _same_case(tokens, names, index):
        return Found(*span, kind, 0.85, "nom trouvé ailleurs dans l'étude")
    if word in names.initials and tokens.cased:
        return Found(*span, _PERSON, 0.8, "initiales d'une personne de l'étude")
    if fold in names.ambiguous:
        return _ambiguous(tokens, names, index, number)
    if len(fold) < 4 or fold in FUNCTION_WORDS or fold in KIN_WORDS or fold.isdigit():
        return None
    capitals = tokens.capital[index]
    candidate = capitals == 1 or (capitals == 2 and len(fold) > 4) if tokens.cased else True
    if candidate and not names.words.is_word(word) and names.words.rank(word.lower()) > 40_000 and names.misspelt(fold):
        return Found(*span, _PERSON, 0.7, MISSPELT)
    if names.words.rank(word.lower()) > 60_000 and not names.words.is_word(word) and names.cut_short(fold):
        return Found(*span, IdentifierType.PLACE, 0.65, "début du nom d'un lieu de l'étude")
    return None


def _same_case(tokens: Tokens, names: Known, index: int) -> bool:
    """In a text with capitals, small letters make a name only of what is no word (« karim », not « aurore »)."""
    fold, lists = tokens.folds[index], names.words
    if not tokens.cased or tokens.capital[index]:
        return fold != "marie" or not index or tokens.folds[index - 1] not in _REFLEXIVES
    rank = lists.rank(tokens.words[index].lower())
    listed = fold in lists.first_names or fold in lists.surnames
    return rank > 40_000 and (listed or rank == ABSENT)


def _ambiguous(tokens: Tokens, names: Known, index: int, number: int) -> Found | None:
    """A name that is also a word: with a capital, or where the words around it leave no choice."""
    fold, span = tokens.folds[index], tokens.span(index, index)
    here = number in names.ambiguous[fold]
    if fold in FUNCTION_WORDS:
        return None
    wide = names.words.neutral.at([fold], 0) or names.words.institutions.at([fold], 0)
    if wide and (not here or (index and tokens.folds[index - 1] in _BEFORE_WIDE)):
        return None
    if (
        wide
        and index + 1 < len(tokens)
        and tokens.joined(index + 1)
        and names.words.institutions.at(tokens.folds, index)
    ):
        return None
    if tokens.cased:
        row = names.words.first_names.get(fold)
        given = row is not None and row.level <= 2
        if tokens.capital[index] == 1 and (not tokens.initial[index] or here or given):
            return Found(*span, _PERSON, 0.7, "nom trouvé ailleurs, qui est aussi un mot, avec une majuscule")
        return None
    before = tokens.folds[index - 1] if index else ""
    after = tokens.folds[index + 1] if index + 1 < len(tokens) else ""
    taken_up = after == "c" and before in {"hein", "et", "mais", "donc", "alors", "non", "oui", "euh"}
    if (
        here
        and before not in _DETERMINERS
        and (taken_up or before in _NAMED_BEFORE or after in _SUBJECT_AFTER - {"est", "etait", "et", "a"})
    ):
        return Found(*span, _PERSON, 0.6, "nom trouvé ailleurs, qui est aussi un mot, d'après les mots voisins")
    return None


def _spelled(tokens: Tokens, lists: Words, cover: Cover) -> Iterator[Found]:
    for start, end, _ in spelled.find(tokens, lists):
        if cover.free(start, end):
            yield Found(start, end, _PERSON, 0.8, "nom épelé")
    for start, end in spelled.according_to(tokens.text):
        if cover.free(start, end):
            yield Found(start, end, _PERSON, 0.6, "lettre d'un nom épelé")


_FALSE_START = re.compile(r"(\w{1,6})(?:-|–|…|\.\.\.)[ ,]*$")


def _with_false_start(text: str, found: Found) -> Found:
    """« Ma- Mamadou » : the first try is part of the name."""
    if found.type is not _PERSON:
        return found
    tried = _FALSE_START.search(text, max(0, found.start - 12), found.start)
    if tried and words.fold(text[found.start : found.end]).startswith(words.fold(tried[1])):
        return found._replace(start=tried.start())
    return found
