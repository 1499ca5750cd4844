"""Names of persons and of small organisations, in texts with capitals and in those without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from enquete.model import IdentifierType
from enquete.pseudonyms.found import Cover, Found, Weak
from enquete.pseudonyms.grammar import FUNCTION_WORDS, KIN_WORDS, PARTICLES, PERSONS, POSSESSIVES, TITLES, WEAK_TITLES
from enquete.pseudonyms.tokens import Tokens
from enquete.pseudonyms.words import Words

_PERSON, _PLACE, _ORGANISATION = IdentifierType.PERSON, IdentifierType.PLACE, IdentifierType.ORGANISATION
_SAID_NAME = {("m", "appelle"), ("s", "appelle"), ("t", "appelles"), ("l", "appelle"), ("s", "appelait"), ("l", "appelait"), ("s", "appellent"),
              ("s", "appelaient"), ("m", "appelait"), ("appelle", "moi"), ("appelez", "moi"), ("m", "appellent"), ("l", "appellent"),
              ("moi", "c", "est"), ("nom", "c", "est"), ("prenom", "c", "est"), ("surnom", "c", "est"), ("nom", "est"), ("prenom", "est"), ("prenom",),
              ("surnom",), ("prenomme",), ("prenommee",), ("nomme",), ("nommee",), ("surnomme",), ("surnommee",), ("dit",), ("disent",), ("dite",),
              ("un", "certain"), ("une", "certaine"), ("nom", "de"), ("nom", "d"), ("signe",), ("appelle",), ("appelez",), ("appelait",)}  # fmt: skip
_SURE_SAID = _SAID_NAME - {
    ("dit",),
    ("disent",),
    ("dite",),
    ("signe",),
    ("appelle",),
    ("appelez",),
    ("appelait",),
    ("nom", "de"),
    ("nom", "d"),
}
_AT_WORK = {"chez", "restaurant", "brasserie", "bar", "cafe", "boulangerie", "boucherie", "epicerie", "pharmacie", "garage", "salon", "boutique",
            "magasin", "societe", "entreprise", "boite", "association", "asso", "agence", "cabinet", "creche", "ecole", "college", "lycee", "maternelle",
            "institut", "foyer", "centre", "fondation", "cooperative", "atelier", "ateliers", "chantier", "club", "eglise", "ferme", "collectif", "internat",
            "structure", "employeur", "startup", "groupe", "compagnie", "imprimerie", "usine", "hotel", "residence", "traiteur", "prestataire",
            "organisme", "etablissement", "filiale", "auto-ecole", "pressing", "pizzeria", "kebab", "laverie", "supermarche", "blanchisserie",
            "menuiserie", "halte", "accueil", "formation", "universite", "fac", "cfa", "halte-garderie", "paroisse", "mosquee", "comite", "amicale",
            "interim", "sarl", "patron", "enseigne", "bistrot", "bistro", "snack", "studio"}  # fmt: skip
_SCHOOLS = {"creche", "ecole", "college", "lycee", "maternelle", "institut", "foyer", "internat", "primaire"}
# Capitals on the common words of administration: « le Contrat d'Engagement », « la Maison de l'Emploi ».
_PUBLIC_HEADS = {"mission", "maison", "service", "services", "centre", "caisse", "conseil", "direction", "prefecture", "sous", "ministere", "contrat",
                 "revenu", "allocation", "aide", "aides", "prime", "plan", "fonds", "carte", "loi", "code", "pole", "point", "espace", "agence", "bureau",
                 "commission", "departement", "region", "mairie", "tribunal", "cour", "defenseur", "haute", "haut", "assurance", "securite", "protection",
                 "garantie", "droit", "droits", "unite", "accompagnement", "insertion", "reseau", "federation", "union", "programme", "parcours", "projet",
                 "dispositif", "observatoire", "office", "caf", "action", "intervenant", "intervenante", "locuteur", "entretien", "vague", "etude", "questionnaire",
                 "annexe", "partie", "question", "enquete", "enqueteur", "enquetrice", "chercheur", "chercheuse", "participant", "participante",
                 "monde", "guerre", "journee", "fete", "bac", "bts", "cap", "master", "licence", "diplome", "hotel", "etat", "republique", "eglise", "internet"}  # fmt: skip


@dataclass
class Reader:
    """One passage: what is found and what is weak. ents: (start, end, label) of spaCy, evidence only."""

    tokens: Tokens
    words: Words
    cover: Cover
    ents: Sequence[tuple[int, int, str]]
    found: list[Found] = field(default_factory=list)
    weak: list[Weak] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._label: dict[int, str] = {}
        starts = self.tokens.starts
        for start, end, label in self.ents:
            for index, at in enumerate(starts):
                if start <= at < end:
                    self._label[index] = label

    def titles(self) -> None:
        """Names after a title, even those of brands: « monsieur Boulanger »."""
        for index in range(len(self.tokens)):
            self._titled(index)

    def read(self) -> None:
        """Introductions first, which need no list; then runs of capitals, or words of the lists."""
        for index in range(len(self.tokens)):
            self._introduced(index)
        if self.tokens.cased:
            for first, last in self._runs():
                self._judge_run(first, last)
        self._small_letters()

    # --- helpers

    def _free(self, index: int) -> bool:
        return index < len(self.tokens) and self.cover.free(self.tokens.starts[index], self.tokens.ends[index])

    def _mask(self, first: int, last: int, kind: IdentifierType, score: float, why: str) -> None:
        start, end = self.tokens.span(first, last)
        self.cover.take(start, end)
        self.found.append(Found(start, end, kind, score, why, spread=True))

    def _before(self, index: int, count: int = 1) -> str:
        at = index - count
        return self.tokens.folds[at] if at >= 0 else ""

    def _is_first_name(self, index: int) -> bool:
        return self.tokens.folds[index] in self.words.first_names

    def _name_like(self, index: int) -> bool:
        """A word that is a name rather than a word: in the lists or unknown, and not an ordinary word."""
        word, fold = self.tokens.words[index], self.tokens.folds[index]
        if fold.isdigit() or fold in FUNCTION_WORDS or fold in KIN_WORDS:
            return False
        listed = fold in self.words.first_names or fold in self.words.surnames
        return (listed and self.words.leans_to_name(word)) or not self.words.is_word(word)

    # --- titles and introductions

    def _titled(self, index: int) -> None:
        tokens = self.tokens
        fold, after = tokens.folds[index], index + 1
        if after >= len(tokens) or not self._free(after):
            return
        weak = fold in WEAK_TITLES
        if not weak and fold not in TITLES:
            return
        if not (tokens.joined(after) or tokens.gaps[after] in {". ", ".", ".\u00a0", "\u00a0"}):
            return
        if fold in {"m", "me"} and not (tokens.capital[index] and (tokens.gaps[after].startswith(".") or fold == "me")):
            return
        last = self._title_end(after, weak=weak)
        if last is not None:
            self._mask(after, last, _PERSON, 0.97, f"nom, après « {tokens.words[index].lower()} »")

    def _title_end(self, first: int, *, weak: bool) -> int | None:
        tokens = self.tokens
        if tokens.cased and tokens.capital[first]:
            last = self._capital_end(first)
            if last == first and tokens.folds[first] in FUNCTION_WORDS:
                return None
            if tokens.folds[first] in _PUBLIC_HEADS and tokens.folds[first] not in self.words.surnames:
                return None
            return last
        if tokens.cased and not (self._name_like(first) and not weak):
            return self._particle_end(first)
        return self._small_end(first, weak=weak)

    def _particle_end(self, first: int) -> int | None:
        """« madame de Souza », « monsieur el Amrani »."""
        tokens = self.tokens
        if (
            tokens.folds[first] in PARTICLES
            and first + 1 < len(tokens)
            and tokens.joined(first + 1)
            and tokens.capital[first + 1]
        ):
            if self.tokens.folds[first] in {"le", "la", "les", "du", "des", "de", "d"} and self.words.neutral.at(
                tokens.folds, first + 1
            ):
                return None
            return self._capital_end(first + 1)
        return None

    def _small_end(self, first: int, *, weak: bool) -> int | None:
        """The end of a name written small after a title."""
        tokens, words = self.tokens, self.words
        fold = tokens.folds[first]
        listed = fold in words.surnames or fold in words.first_names
        if fold in {"le", "la", "el", "ben", "de", "da", "ait", "ould", "saint", "van", "al"} and first + 1 < len(
            tokens
        ):
            both = f"{fold} {tokens.folds[first + 1]}"
            if both in words.surnames or (fold not in {"le", "la", "de"} and self._name_like(first + 1)):
                return self._small_tail(first + 1)
        if fold in FUNCTION_WORDS or fold.isdigit() or fold in KIN_WORDS:
            return None
        if weak and not self._name_like(first):
            return None
        if self._name_like(first) or (listed and words.rank(tokens.words[first].lower()) > 150):
            return self._small_tail(first)
        return None

    def _small_tail(self, last: int) -> int:
        tokens = self.tokens
        while last + 1 < len(tokens) and tokens.joined(last + 1) and self._free(last + 1):
            nxt = last + 1
            hyphen = "-" in tokens.gaps[nxt] and tokens.folds[nxt] not in FUNCTION_WORDS
            if hyphen or (self._name_like(nxt) and not tokens.initial[nxt] and tokens.folds[nxt] not in TITLES):
                last = nxt
            elif (
                tokens.folds[nxt] in {"le", "ben", "el", "da", "dos", "ait"}
                and nxt + 1 < len(tokens)
                and f"{tokens.folds[nxt]} {tokens.folds[nxt + 1]}" in self.words.surnames
                and self._name_like(nxt + 1)
            ):
                last = nxt + 1
            else:
                break
        return last

    def _introduced(self, index: int) -> None:
        """« je m'appelle X », « moi c'est X », « mon fils X » : X even when it is an ordinary word."""
        tokens = self.tokens
        if (
            index == 0
            or not self._free(index)
            or tokens.folds[index] in FUNCTION_WORDS
            or tokens.folds[index].isdigit()
        ):
            return
        gap = tokens.gaps[index]
        if not (tokens.joined(index) or gap in {", ", " : ", ": ", " « ", ' "', "\u00a0: ", " “", " «\u00a0"}):
            return
        said = next((k for k in (3, 2, 1) if tuple(tokens.folds[max(0, index - k) : index]) in _SAID_NAME), 0)
        if said:
            self._after_said(index, sure=tuple(tokens.folds[index - said : index]) in _SURE_SAID)
            return
        before = self._before(index)
        if before in PERSONS and (tokens.joined(index) or gap == ", "):
            self._after_relative(index)

    def _after_said(self, index: int, *, sure: bool) -> None:
        tokens, words = self.tokens, self.words
        if tokens.cased:
            if tokens.capital[index] == 1 and (
                not tokens.initial[index] or self._is_first_name(index) or not words.is_word(tokens.words[index])
            ):
                if self._neutral_or_public(index):
                    return
                self._mask(index, self._capital_end(index), _PERSON, 0.95, "nom, après une présentation")
            return
        word = tokens.words[index]
        if (
            tokens.folds[index] in words.first_names
            and (sure or words.leans_to_name(word))
            or (sure and self._name_like(index))
        ):
            self._mask(index, self._small_tail(index), _PERSON, 0.9, "nom, après une présentation")
        elif words.rank(word.lower()) > 60_000 and not words.is_word(word):
            self._mask(index, self._small_tail(index), _PERSON, 0.8, "mot inconnu, après une présentation")

    def _after_relative(self, index: int) -> None:
        tokens, words = self.tokens, self.words
        relative = self._before(index)
        possessed = self._before(index, 2) in POSSESSIVES or self._before(index, 3) in POSSESSIVES
        why = f"nom, après « {relative} »"
        if tokens.cased:
            if tokens.capital[index] == 1 and not tokens.initial[index] and not self._neutral_or_public(index):
                self._mask(index, self._capital_end(index), _PERSON, 0.95, why)
            return
        listed = self._is_first_name(index)
        if (
            self._name_like(index)
            and (listed or possessed)
            or (listed and possessed and words.rank(tokens.words[index].lower()) > 1_000)
        ):
            self._mask(index, self._small_tail(index), _PERSON, 0.9, why)

    def _neutral_or_public(self, index: int) -> bool:
        return self.tokens.folds[index] in _PUBLIC_HEADS or self.words.neutral.at(self.tokens.folds, index) is not None

    # --- capitals

    def _capital_end(self, first: int) -> int:
        """The last word of the name that starts with a capital at `first`: « Le Bihan », « Dos Santos », « Jean-Baptiste »."""
        tokens = self.tokens
        last = first
        at = first + 1
        while at < len(tokens) and (
            tokens.joined(at) or (tokens.gaps[at] in {". ", "."} and len(tokens.words[last]) == 1 and tokens.words[last].isupper()
        )
        ):
            if not self._free(at):
                break
            if tokens.capital[at] and not (
                tokens.capital[at] == 2 and tokens.capital[first] == 1 and self._acronym(at)
            ):
                last = at
            elif (
                tokens.folds[at] in PARTICLES
                and at + 1 < len(tokens)
                and tokens.joined(at + 1)
                and tokens.capital[at + 1]
                and self._free(at + 1)
            ):
                pass
            elif "-" in tokens.gaps[at] and tokens.gaps[at] == "-" and tokens.folds[at] not in FUNCTION_WORDS:
                last = at
            elif tokens.gaps[at] in {"'", "’"} and len(tokens.words[at]) == 1 and tokens.words[at - 1][-1:] == "c":
                last = at  # « Le Floc'h »
            else:
                break
            at += 1
        return last

    def _acronym(self, index: int) -> bool:
        fold = self.tokens.folds[index]
        return len(fold) < 4 or (fold not in self.words.first_names and fold not in self.words.surnames)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of capitals that nothing has settled yet, small link words inside (« Les Amarres du Luth »)."""
        tokens, index = self.tokens, 0
        while index < len(tokens):
            if not tokens.capital[index] or not self._free(index):
                index += 1
                continue
            last, at = index, index + 1
            while (
                at < len(tokens)
                and self._free(at)
                and (
                    tokens.joined(at)
                    or (
                        tokens.gaps[at] in {". ", "."}
                        and len(tokens.words[at - 1]) == 1
                        and tokens.words[at - 1].isupper()
                    )
                )
            ):
                if tokens.capital[at]:
                    last = at
                elif tokens.gaps[at] == "-" or (tokens.folds[at] in _LINKS and at - last <= 2):
                    if tokens.gaps[at] == "-" and tokens.folds[at] not in FUNCTION_WORDS and last == at - 1:
                        last = at
                elif (
                    tokens.gaps[at] in {"'", "’"}
                    and at - 1 == last
                    and len(tokens.words[at]) <= 4
                    and len(tokens.words[last]) <= 4
                    and tokens.folds[last] not in _ELIDED
                ):
                    last = at  # « Floc'h », « P'tits »
                else:
                    break
                at += 1
            yield from self._split(index, last)
            index = last + 1

    def _split(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Drops the word that opens the sentence when it is an ordinary one, and elided words."""
        tokens = self.tokens
        while first <= last:
            fold = tokens.folds[first]
            opens = tokens.initial[first] and not self._opening_name(first, last)
            elided = fold in _ELIDED and first < len(tokens) - 1 and tokens.gaps[first + 1] in {"'", "’"}
            lone = fold in FUNCTION_WORDS and (
                first == last or tokens.initial[first] or fold not in {"le", "la", "les", "l", "au", "aux"}
            )
            if opens or elided or lone or not tokens.capital[first]:
                first += 1
            else:
                break
        if first <= last:
            yield first, last

    def _opening_name(self, index: int, last: int) -> bool:
        """Whether a word that opens a sentence may be a name, though any word has a capital there."""
        tokens, words = self.tokens, self.words
        word, fold = tokens.words[index], tokens.folds[index]
        if fold in FUNCTION_WORDS:
            return (
                index < last
                and tokens.gaps[index + 1] == " "
                and bool(tokens.capital[index + 1])
                and fold in {"le", "la", "les"}
                and self._name_like(index + 1)
            )
        if "-" in tokens.gaps[index + 1 : index + 2]:
            return not words.is_word(word) or fold in words.first_names
        return not words.is_word(word) or fold in words.first_names or fold in words.surnames

    def _judge_run(self, first: int, last: int) -> None:
        """Decides what a run of capitals is: a person, a place, an organisation, or ordinary words."""
        tokens, words = self.tokens, self.words
        parts = [i for i in range(first, last + 1) if tokens.capital[i] or tokens.gaps[i] == "-"]
        if all(tokens.capital[i] == 2 for i in parts):
            self._judge_capitals(parts)
            return
        if first == last:
            self._judge_single(first)
            return
        names = [i for i in parts if self._name_like(i) and not (tokens.capital[i] == 2 and self._acronym(i))]
        first_names = [i for i in parts if self._is_first_name(i)]
        if tokens.folds[first] in _PUBLIC_HEADS and not (self._is_first_name(first) and len(parts) == 2):
            for index in names:
                self._mask(index, index, self._kind(first, index, index), 0.8, "mot inconnu dans un nom propre")
            return
        initial = tokens.initial[first]
        if names or (first_names and not initial) or (first_names and len(first_names) == len(parts)):
            if (
                initial
                and first not in names
                and first not in first_names
                and tokens.folds[first] in words.surnames
                and self._before(first) not in TITLES
                and len(parts) > 1
                and words.is_word(tokens.words[first])
                and tokens.gaps[first + 1] != "-"
            ):
                first = parts[1]  # an ordinary word that opens the sentence, then a name
            self._mask(first, last, self._kind(first, first, last), 0.9, self._why_run(first_names))
            return
        if not initial or self._org_context(first):
            surnames = sum(tokens.folds[i] in words.surnames for i in parts)
            kind = self._kind(first, first, last)
            if kind is _PERSON and surnames < len(parts):
                kind = _ORGANISATION
            self._mask(first, last, kind, 0.75, "suite de majuscules au milieu d'une phrase")

    def _why_run(self, first_names: list[int]) -> str:
        return "prénom de la liste, suivi ou précédé d'une majuscule" if first_names else "suite de majuscules inconnue"

    def _judge_capitals(self, parts: list[int]) -> None:
        """All in capitals among small letters: an acronym, or a surname written so."""
        tokens, words = self.tokens, self.words
        for index in parts:
            fold = tokens.folds[index]
            listed = fold in words.first_names or fold in words.surnames
            readily = (
                words.rank(tokens.words[index].capitalize()) < words.rank(tokens.words[index])
                or words.rank(tokens.words[index]) > 200_000
            )
            if len(fold) >= 3 and listed and readily and (not words.is_word(fold) or len(parts) > 1):
                self._mask(index, index, _PERSON, 0.85, "nom de la liste, en capitales")
            elif len(fold) >= 5 and not words.is_word(fold):
                self.weak.append(Weak(*tokens.span(index, index), 0.4, "mot inconnu, en capitales"))

    def _judge_single(self, index: int) -> None:
        tokens, words = self.tokens, self.words
        word, fold = tokens.words[index], tokens.folds[index]
        initial, span = tokens.initial[index], tokens.span(index, index)
        if len(word) == 1:
            self._judge_initial(index)
            return
        first_name, rank = words.first_names.get(fold), words.surnames.get(fold, 10**6)
        ordinary = words.is_word(word) and not (first_name and words.leans_to_name(word))
        if not ordinary:
            if (
                initial
                and not first_name
                and words.rank(word.lower()) < 450_000
                and self._label.get(index) not in {"PER", "LOC"}
                and rank > 20_000
            ):
                self.weak.append(Weak(*span, 0.5, "majuscule de début de phrase, mot rare"))
                return
            if (
                initial
                and not first_name
                and rank > 60_000
                and self._label.get(index) != "PER"
                and self._interjection(index)
            ):
                self.weak.append(Weak(*span, 0.4, "mot inconnu, en début de phrase"))
                return
            why = (
                "prénom de la liste"
                if first_name
                else "nom de la liste"
                if rank < 10**6
                else "mot inconnu, avec une majuscule"
            )
            self._mask(index, index, self._kind(index, index, index), 0.9, why)
            return
        if initial:
            if first_name and first_name.level <= 2:
                if self._acts(index) or self._label.get(index) == "PER":
                    self._mask(index, index, _PERSON, 0.75, "prénom de la liste, suivi d'un verbe ou d'une virgule")
                else:
                    self.weak.append(Weak(*span, 0.6, "prénom de la liste qui est aussi un mot, en début de phrase"))
            elif rank < 5_000 and self._label.get(index) == "PER":
                self.weak.append(Weak(*span, 0.5, "nom de la liste qui est aussi un mot, en début de phrase"))
            return
        if self._org_context(index) and self._before(index) != "centre" and fold not in _PUBLIC_HEADS:
            self._mask(index, index, _ORGANISATION, 0.8, f"majuscule, après « {self._org_word(index)} »")
        elif (first_name and first_name.level <= 2) or rank < 4_000:
            if fold in _PUBLIC_HEADS:
                return
            self._mask(
                index, index, _PERSON, 0.8, "nom de la liste qui est aussi un mot, majuscule au milieu d'une phrase"
            )
        elif fold not in _PUBLIC_HEADS and not self._quoted(index):
            self.weak.append(Weak(*span, 0.3, "mot ordinaire avec une majuscule au milieu d'une phrase"))

    def _judge_initial(self, index: int) -> None:
        """« W. Jean-Baptiste » is a run; « monsieur K. » has a title; a lone « K. » in mid-sentence is somebody."""
        tokens = self.tokens
        after = tokens.gaps[index + 1] if index + 1 < len(tokens) else tokens.text[tokens.ends[index] :]
        if (
            after.startswith(".")
            and not tokens.initial[index]
            and self._before(index) in {"de", "d", "avec", "chez", "a", "et", "que", "par"}
        ):
            self.weak.append(Weak(*tokens.span(index, index), 0.4, "initiale"))

    def _quoted(self, index: int) -> bool:
        return False if index == 0 else self.tokens.gaps[index].rstrip().endswith(("«", '"', "“"))

    def _interjection(self, index: int) -> bool:
        """« Pff », « Aïe » : alone in its sentence."""
        tokens = self.tokens
        after = tokens.gaps[index + 1] if index + 1 < len(tokens) else tokens.text[tokens.ends[index] :]
        return after.strip()[:1] in {",", ".", "!", "?", "…", ""} and len(tokens.words[index]) < 6 and not after == " "

    def _acts(self, index: int) -> bool:
        """« Rose elle … », « Rose m'a dit », « Rose, c'est … »: what follows tells a subject."""
        tokens = self.tokens
        if index + 1 >= len(tokens):
            return False
        after = tokens.folds[index + 1]
        if tokens.gaps[index + 1] == " ":
            return after in {
                "elle",
                "il",
                "m",
                "me",
                "a",
                "est",
                "etait",
                "s",
                "avait",
                "va",
                "dit",
                "et",
                "lui",
                "ma",
                "mon",
                "travaille",
                "habite",
                "qui",
                "l",
            }
        return False

    def _org_context(self, index: int) -> bool:
        return bool(self._org_word(index))

    def _org_word(self, index: int) -> str:
        """The word that announces an organisation within the few words before."""
        tokens = self.tokens
        for back in range(1, 5):
            at = index - back
            if at < 0:
                return ""
            fold = tokens.folds[at]
            if fold in _AT_WORK:
                return tokens.words[at].lower()
            if fold not in _ORG_BETWEEN or (tokens.initial[at + 1] and ":" not in tokens.gaps[at + 1]):
                return ""
        return ""

    def _kind(self, first: int, low: int, high: int) -> IdentifierType:
        """Person, place or organisation: contexts, then lists, then what the model says."""
        tokens = self.tokens
        firsts = [i for i in range(low, high + 1) if self._is_first_name(i)]
        word = self._org_word(first)
        if word and not (word == "chez" and firsts) and (word in _SCHOOLS or not firsts or len(firsts) <= (high - low)):
            return _ORGANISATION
        if firsts:
            return _PERSON
        if (
            self._before(first) in {"a", "aux", "au", "vers", "sur", "jusqu", "jusque"}
            and tokens.folds[low] not in self.words.surnames
        ):
            return _PLACE
        label = next((self._label[i] for i in range(low, high + 1) if i in self._label), "")
        return {"LOC": _PLACE, "ORG": _ORGANISATION}.get(label, _PERSON)

    # --- small letters

    def _small_letters(self) -> None:
        """Names written small: first names that are hardly ever words, anywhere; more where nothing has capitals."""
        tokens, words = self.tokens, self.words
        for index, fold in enumerate(tokens.folds):
            if tokens.capital[index] == 1 and tokens.cased or fold.isdigit() or len(fold) < 2 or not self._free(index):
                continue
            if fold in FUNCTION_WORDS or fold in KIN_WORDS or tokens.words[index].lower() in KIN_WORDS:
                continue
            if tokens.cased and tokens.capital[index]:
                continue
            self._judge_small(index)

    def _judge_small(self, index: int) -> None:
        tokens, words = self.tokens, self.words
        word, fold = tokens.words[index], tokens.folds[index]
        row = words.first_names.get(fold)
        span = tokens.span(index, index)
        hyphened = (index > 0 and tokens.gaps[index] == "-") or (
            index + 1 < len(tokens) and tokens.gaps[index + 1] == "-"
        )
        if (
            row is not None
            and words.leans_to_name(word)
            and (
                not words.is_word(word)
                or words.rank(word.lower()) > 2_000
                and words.rank(word.capitalize()) * 3 < words.rank(word.lower())
            )
        ):
            if len(fold) <= 3 and tokens.cased:
                return
            if row.level <= 2 or self._label.get(index) == "PER":
                if not (hyphened and tokens.cased):
                    self._mask(index, self._small_tail_full(index), _PERSON, 0.85, "prénom de la liste, sans majuscule")
                return
            self.weak.append(Weak(*span, 0.6, "prénom rare de la liste, sans majuscule"))
            return
        if tokens.cased:
            return
        unknown = words.rank(word.lower()) >= 450_000
        surname = fold in words.surnames and not words.is_word(word)
        if (
            (unknown or surname)
            and self._label.get(index) == "PER"
            or (surname and words.rank(word.lower()) > 2.5 * words.rank(word.capitalize()))
        ):
            self._mask(index, self._small_tail_full(index), _PERSON, 0.7, "nom de la liste, sans majuscule")
        elif row is not None and row.level <= 2 and words.rank(word.lower()) > 1_000:
            self.weak.append(Weak(*span, 0.5, "prénom de la liste qui est aussi un mot"))
        elif unknown or surname:
            self.weak.append(Weak(*span, 0.55, "mot inconnu, sans majuscule"))

    def _small_tail_full(self, index: int) -> int:
        """A first name written small, and the surname after it even when it is a word (« olivier blanc »)."""
        last = self._small_tail(index)
        return last


_LINKS = {"de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "au", "aux", "en", "pour", "sur", "sous", "sans", "da", "dos", "del", "di", "el", "ben",
          "van", "von", "der", "den", "vers", "par", "dans", "chez"}  # fmt: skip
_ELIDED = {"d", "l", "j", "c", "n", "s", "t", "m", "qu", "jusqu", "lorsqu", "puisqu", "y", "quelqu", "aujourd"}
_ORG_BETWEEN = {"de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "qui", "s", "appelle", "appelait", "c", "est", "etait", "petite", "petit", "nomme",
                "nommee", "aux", "a", "au", "ca", "elle", "il", "prive", "privee", "maternelle", "elementaire", "primaire", "social", "sociale", "solidaire",
                "locale", "formation", "en", "dans"}  # fmt: skip
