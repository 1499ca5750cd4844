"""An analysis against the study: what it names that is not there, by line; what it names, as the study writes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from enquete.findings.analyses.reading import Written, folded
from enquete.findings.analysis import RESPONDENT, SETTLED, WAVE, Analysis, Crossing
from enquete.model import Audience

_SHOWN = 12  # of what is known
THEME = "thème"
_ALWAYS = {"vague": WAVE, "vagues": WAVE, "repondant": RESPONDENT, "repondants": RESPONDENT}


@dataclass(frozen=True, slots=True)
class Known:
    """What a study has. waves: code -> label; books: id -> codes; files: name of a codebook's file -> id.

    attributes: name -> values that somebody has. coders: those who coded, and those whom the settings name; coded:
    whether anybody did; settled: whether a settled version is whole somewhere. threshold: of the study.
    """

    waves: Mapping[str, str]
    books: Mapping[str, Sequence[str]]
    files: Mapping[str, str]
    attributes: Mapping[str, frozenset[str]]
    coders: tuple[str, ...]
    people: int
    coded: bool
    settled: bool
    threshold: int


class Found(NamedTuple):
    """A remark on a line. wrong: the analysis can't be made; else it can, and somebody should know."""

    line: int
    message: str
    wrong: bool = True


class Checked(NamedTuple):
    """The analysis as the study writes what it names, and the remarks, in the order of the file."""

    analysis: Analysis
    found: tuple[Found, ...]


def check(written: Written, known: Known) -> Checked:
    """All remarks at once; the analysis is to be used only when none is `wrong`."""
    one = _Check(written, known)
    asked = written.analysis
    analysis = replace(
        asked,
        waves=tuple(one.waves()),
        codebooks=tuple(one.codebooks()),
        layer=one.layer(),
        where=dict(one.where()),
    )
    crossings = None if asked.crossings is None else tuple(one.crossings(analysis.codebooks))
    analysis = replace(analysis, crossings=crossings, vocabulary=tuple(one.vocabulary()))
    one.threshold()
    return Checked(analysis, tuple(sorted(one.found)))


class _Check:
    def __init__(self, written: Written, known: Known) -> None:
        self.written, self.known, self.asked = written, known, written.analysis
        self.found: list[Found] = []

    def waves(self) -> Iterator[str]:
        names = {folded(code): code for code in self.known.waves}
        names = {folded(label): code for code, label in self.known.waves.items()} | names
        for word in self.asked.waves:
            yield self._meant(word, names, self.known.waves, "une vague de l'étude", ("vagues",))

    def codebooks(self) -> Iterator[str]:
        names = {folded(name): id_ for name, id_ in self.known.files.items()}
        names |= {folded(id_): id_ for id_ in self.known.books}
        for word in self.asked.codebooks:
            yield self._meant(word, names, self.known.books, "une grille de l'étude", ("grilles",))

    def layer(self) -> str:
        word = self.asked.layer
        line = self.written.line("couche")
        if word == SETTLED:
            if not self.known.settled:
                self.found.append(
                    Found(line, "aucun entretien n'est encore arbitré en entier : rien à compter.", False)
                )
            return word
        if not word:
            return word
        if not self.known.coders and not self.known.coded:
            self.found.append(Found(line, f"« {word} » : personne n'a encore codé.", False))
            return word
        names = {folded(code): code for code in self.known.coders}
        choices = [*self.known.coders, SETTLED]
        return self._meant(word, names, choices, "le code d'une personne qui code", ("couche",))

    def where(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for word, values in self.asked.where.items():
            name = self._attribute(word, ("personnes", word), {})
            if name not in self.known.attributes:
                yield name, values
                continue
            here = self.known.attributes[name]
            names = {folded(value): value for value in sorted(here)}
            what = f"une valeur de « {name} » parmi les personnes de l'étude"
            path = ("personnes", word)
            yield name, tuple(self._meant(value, names, sorted(here), what, path) for value in values)

    def crossings(self, books: Sequence[str]) -> Iterator[Crossing]:
        for place, one in enumerate(self.asked.crossings or ()):
            by = self._attribute(one.by, ("croisements", place, "par"), _ALWAYS)
            codes = (self._code(code, books, ("croisements", place, "codes")) for code in one.codes)
            yield replace(one, by=by, codes=tuple(codes))

    def vocabulary(self) -> Iterator[str]:
        for word in self.asked.vocabulary:
            yield self._attribute(word, ("vocabulaire",), _ALWAYS | {"theme": THEME, "themes": THEME})

    def threshold(self) -> None:
        asked, least = self.asked.threshold, self.known.threshold
        if asked is not None and asked < least and self.asked.audience is not Audience.TEAM:
            words = f"le seuil de l'étude est {least} (enquete.toml) : celui d'une analyse ne peut pas être plus bas."
            self.found.append(Found(self.written.line("seuil"), words))

    def _attribute(self, word: str, path: tuple[str | int, ...], always: Mapping[str, str]) -> str:
        if found := always.get(folded(word)):
            return found
        names = {folded(name): name for name in self.known.attributes}
        if folded(word) not in names and not self.known.people:
            words = f"« {word} » : personne n'est encore importé, cette caractéristique ne peut pas être vérifiée."
            self.found.append(Found(self.written.line(*path, word=word), words, False))
            return word
        choices = [*dict.fromkeys(always.values()), *self.known.attributes]
        return self._meant(word, names, choices, "une caractéristique des personnes de l'étude", path)

    def _code(self, word: str, books: Sequence[str], path: tuple[str | int, ...]) -> str:
        """« rsa:R01 », or « R01 » where one codebook alone has it."""
        whole = not books or not set(books) <= self.known.books.keys()  # an unknown codebook is one fault, not ten
        homes = {id_: codes for id_, codes in self.known.books.items() if whole or id_ in books}
        names: dict[str, str] = {}
        for id_, codes in homes.items():
            names |= {folded(f"{id_}:{code}"): f"{id_}:{code}" for code in codes}
            only = {code for code in codes if sum(code in others for others in homes.values()) == 1}
            names |= {folded(code): f"{id_}:{code}" for code in only}
        what = "un code des grilles retenues" if not whole else "un code des grilles de l'étude"
        return self._meant(word.replace(" ", ""), names, [n for n in names.values() if ":" in n], what, path)

    def _meant(
        self, word: str, names: Mapping[str, str], choices: Iterable[str], what: str, path: tuple[str | int, ...]
    ) -> str:
        """What the study calls so; the word itself, and a remark, when it has nothing of that name."""
        if found := names.get(folded(word)):
            return found
        listed = list(dict.fromkeys(choices))
        close = difflib.get_close_matches(folded(word), names, n=1)
        if close:
            hint = f"Vouliez-vous dire « {names[close[0]]} » ?"
        elif listed:
            more = "…" if len(listed) > _SHOWN else "."
            hint = f"Il y a : {', '.join(listed[:_SHOWN])}{more}"
        else:
            hint = "Il n'y en a aucune."
        self.found.append(Found(self.written.line(*path, word=word), f"« {word} » n'est pas {what}. {hint}"))
        return word
