"""One passage under the eyes of the rules for names: its words, what is settled, what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Cover, Found, Weak
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PARTICLES, word_set
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words

ADMINISTRATION = word_set(
    """
    mission maison service services centre caisse conseil direction prefecture sous ministere contrat revenu
    allocation aide aides prime plan fonds carte loi code pole point espace agence bureau commission departement
    region mairie tribunal cour defenseur haute haut assurance securite protection garantie droit droits unite
    accompagnement insertion reseau federation union programme parcours projet dispositif observatoire office caf
    action intervenant intervenante locuteur entretien vague etude questionnaire annexe partie question enquete
    enqueteur enquetrice chercheur chercheuse participant participante monde guerre journee fete bac bts master
    licence diplome hotel etat republique eglise internet formation stage gouvernement constitution nation justice
    famille solidarite emploi social sociale sociaux autonomie collectivite collectivites metropole senat assemblee
    urgences urgence mediatheque bibliotheque identite secu histoire dieu bible coran islam ramadan carnaval juge
    president presidente ministre maire police gendarmerie armee marine internet
    """
)  # words of administration, which people write with a capital: « le Contrat d'Engagement », « la Maison de l'Emploi »
_CLOSING = frozenset(".,;!?)»:…")


@dataclass
class Sight:
    """labels: what spaCy says of a word, by index, evidence only. introduced: somebody gives a name here."""

    tokens: Tokens
    words: Words
    cover: Cover
    labels: dict[int, str]
    found: list[Found] = field(default_factory=list)
    weak: list[Weak] = field(default_factory=list)
    introduced: bool = False

    @classmethod
    def of(cls, tokens: Tokens, words: Words, cover: Cover, entities: Sequence[tuple[int, int, str]]) -> Sight:
        labels = {
            index: label
            for start, end, label in entities
            for index in range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end))
        }
        return cls(tokens, words, cover, labels)

    def free(self, index: int) -> bool:
        """Whether there is a word at `index` and nothing has settled it."""
        return index < len(self.tokens.words) and self.cover.free(self.tokens.starts[index], self.tokens.ends[index])

    def mask(self, first: int, last: int, kind: IdentifierType, score: float, why: str) -> None:
        start, end = self.tokens.span(first, last)
        self.cover.take(start, end)
        self.found.append(Found(start, end, kind, score, why, spread=True))

    def doubt(self, index: int, risk: float, why: str) -> None:
        self.weak.append(Weak(*self.tokens.span(index, index), risk, why))

    def before(self, index: int, count: int = 1) -> str:
        """The folded word `count` words before, empty at the start."""
        return self.tokens.folds[index - count] if index >= count else ""

    def after(self, index: int) -> str:
        """The first sign that follows a word other than a space: « , », « . », or empty when a word follows."""
        tokens = self.tokens
        gap = tokens.gaps[index + 1] if index + 1 < len(tokens) else tokens.text[tokens.ends[index] :] or "."
        return gap.strip()[:1]

    def closes(self, index: int) -> bool:
        """Whether a sentence or a part of it ends after this word."""
        return self.after(index) in _CLOSING and self.after(index) != ""

    def is_first_name(self, index: int) -> bool:
        fold = self.tokens.folds[index]
        return fold in self.words.first_names and fold not in FUNCTION_WORDS

    def name_like(self, index: int) -> bool:
        """A word that is a name rather than a word: in the lists or unknown, and not an ordinary word."""
        word, fold = self.tokens.words[index], self.tokens.folds[index]
        if fold.isdigit() or fold in FUNCTION_WORDS or fold in KIN_WORDS:
            return False
        listed = fold in self.words.first_names or fold in self.words.surnames
        return (listed and self.words.leans_to_name(word)) or not self.words.is_word(word)

    def public(self, index: int) -> bool:
        """A word of administration or a place too wide to tell anything."""
        return self.tokens.folds[index] in ADMINISTRATION or self.words.neutral.at(self.tokens.folds, index) is not None

    def institution(self, index: int) -> bool:
        """Whether a public body or a brand is named from this word on: « la dame des Restos du Cœur »."""
        return self.words.institutions.at(self.tokens.folds, index) is not None

    def acronym(self, index: int) -> bool:
        fold = self.tokens.folds[index]
        return len(fold) < 4 or (fold not in self.words.first_names and fold not in self.words.surnames)

    def after_initial(self, index: int) -> bool:
        """« W. Jean » : the point belongs to the initial before."""
        tokens = self.tokens
        if len(tokens.words[index]) > 1 and tokens.folds[index] in FUNCTION_WORDS and not self._capital_follows(index):
            return False  # « avec un T. La suite »
        return (
            tokens.gaps[index] in {". ", "."}
            and len(tokens.words[index - 1]) == 1
            and tokens.words[index - 1].isupper()
        )

    def capital_end(self, first: int) -> int:
        """The last word of the name that starts with a capital: « Le Bihan », « Dos Santos », « Jean-Baptiste »."""
        tokens = self.tokens
        last, at = first, first + 1
        while at < len(tokens) and (tokens.joined(at) or self.after_initial(at)) and self.free(at):
            hyphen = tokens.gaps[at] == "-" and tokens.folds[at] not in FUNCTION_WORDS
            ending = tokens.gaps[at] in {"'", "’"} and len(tokens.words[at]) == 1 and tokens.words[at - 1].endswith("c")
            if hyphen or ending or (tokens.capital[at] and not self._acronym_after(first, at)):
                last = at
            elif not (tokens.folds[at] in PARTICLES and self._capital_follows(at)):
                break
            at += 1
        return last

    def _acronym_after(self, first: int, at: int) -> bool:
        return self.tokens.capital[at] == 2 and self.tokens.capital[first] == 1 and self.acronym(at)

    def _capital_follows(self, at: int) -> bool:
        tokens = self.tokens
        return at + 1 < len(tokens) and tokens.joined(at + 1) and tokens.capital[at + 1] > 0 and self.free(at + 1)

    def small_end(self, last: int) -> int:
        """The last word of a name written small whose first word is known: what follows must be a name too."""
        tokens = self.tokens
        while self.free(last + 1) and tokens.joined(last + 1):
            following, fold = last + 1, tokens.folds[last + 1]
            hyphen = "-" in tokens.gaps[following] and fold not in FUNCTION_WORDS
            if hyphen or self.name_like(following):
                last = following
            elif fold in PARTICLES and self.compound(following):
                last = following + 1
            else:
                break
        return last

    def compound(self, index: int) -> bool:
        """« le gall », « ben ali »: a particle and a name, listed together, or a foreign particle before a name."""
        folds = self.tokens.folds
        if index + 1 >= len(folds) or not self.tokens.joined(index + 1):
            return False
        listed = f"{folds[index]} {folds[index + 1]}" in self.words.surnames
        foreign = folds[index] in {"ben", "el", "al", "ait", "ould", "da", "dos", "van", "saint", "bou", "abou"}
        return (listed and self.words.rank(self.tokens.words[index + 1].lower()) > 2_000) or (
            foreign and self.name_like(index + 1)
        )
