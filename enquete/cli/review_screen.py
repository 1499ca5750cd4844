"""The review on the screen: one thing at a time, one letter and Enter; each answer is kept at once."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from enquete.actions.coding.coders import check_name
from enquete.actions.review.decisions import (
    Desk,
    Outcome,
    accept,
    merge,
    refuse,
    rename,
    set_policy,
    split_forms,
    split_interview,
)
from enquete.actions.review.flags import accept_flag, refuse_flag
from enquete.actions.review.lines import (
    TYPES,
    doubt_lines,
    flag_lines,
    late_lines,
    name_lines,
    outcome_line,
    totals,
)
from enquete.actions.review.options import find, type_of
from enquete.actions.review.status import interviews_to_review
from enquete.actions.review.waiting import Agenda, DoubtfulWord, FlaggedWord, Name, agenda, set_reviewed
from enquete.actions.review.words import add, ignore
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.pseudonyms.policies import CHOICES
from enquete.pseudonyms.words import words_of
from enquete.wording import n

Late = tuple[Name, ...]
Item = Late | FlaggedWord | Name | DoubtfulWord

_MOVES = "p passer · b retour · q quitter"
_HELP = {
    "late": f"a accepter · r refuser (ne nomme personne) · u un par un · {_MOVES}",
    "flag": f"a accepter (c'est un nom) · r refuser (rien de révélateur) · {_MOVES}",
    "name": (
        "a accepter · r refuser (ne nomme personne) · n autre pseudonyme · f fusionner · s scinder · c autre règle\n"
        f"m masquer un mot manqué · t tout accepter dans cet entretien · {_MOVES}"
    ),
    "doubt": f"i ignorer (ne nomme personne) · m masquer · {_MOVES}",
}


_LETTERS = {"late": "aru", "flag": "ar", "name": "arnfscmt", "doubt": "im"}
_MOVING = "pbq"


class _Quit(Exception):  # noqa: N818 - no error: the reviewer leaves
    pass


def on_terminal() -> bool:
    """Whether somebody reads the screen: names are shown nowhere else."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def run_screen(desk: Desk, code: str, reader: str) -> None:
    """Reviews an interview, or first every alert then each interview still to be read. Raises REVIEW_NO_TERMINAL."""
    if not on_terminal():
        raise EnqueteError(Problem.REVIEW_NO_TERMINAL, exit_code=2)
    if reader:
        check_name(reader)
    screen = _Screen(desk, reader)
    typer.echo("Chaque réponse (une lettre, puis Entrée) est gardée aussitôt ; la suite reprendra où vous en êtes.")
    try:
        if code:
            screen.interview(code)
            return
        screen.go_through("", alerts_only=True)
        for found in interviews_to_review(desk.study):
            screen.interview(found)
        typer.echo("Tous les entretiens ont été parcourus.")
    except _Quit:
        typer.echo("À bientôt : « enquete relire » reprendra ici.")
    except KeyboardInterrupt:
        typer.echo("\nInterrompu ; les réponses données sont gardées.")
        raise typer.Exit(130) from None


class _Screen:
    def __init__(self, desk: Desk, reader: str) -> None:
        self.desk = desk
        self.reader = reader
        self.code = ""
        self.passed: set[str] = set()
        self.apart: set[str] = set()  # names found late that are looked at one by one
        self.shown: list[str] = []
        self.back = ""

    def interview(self, code: str) -> None:
        """An interview, to its end: then it is read."""
        there = agenda(self.desk, code)
        typer.echo(f"\n=== {code} : {totals(there)}")
        self.go_through(code, alerts_only=False)
        left = [item for item in self._items(agenda(self.desk, code), alerts_only=False) if _id(item) in self.passed]
        if left:
            typer.echo(f"{code} : {n('question passée', len(left))}, l'entretien reste à relire.")
            return
        while not self.reader:
            name = self._ask(f"{code} : tout est vu. Votre code, pour « relu par » (Entrée : pas maintenant) : ")
            if not name:
                return
            self._try(lambda name=name: self._sign(name))  # type: ignore[misc]
        set_reviewed(self.desk, code, self.reader)
        typer.echo(f"{code} : relu par {self.reader}.")

    def go_through(self, code: str, *, alerts_only: bool) -> None:
        """One thing after the other, until nothing is left but what was passed."""
        self.code, self.shown, self.back = code, [], ""
        while True:
            items = self._items(agenda(self.desk, code), alerts_only=alerts_only)
            waiting = [item for item in items if _id(item) not in self.passed and not _is_done(item)]
            chosen = next((item for item in items if self.back and _id(item) == self.back), None)
            item = chosen or next(iter(waiting), None)
            self.back = ""
            if item is None:
                return
            if not self.shown or self.shown[-1] != _id(item):
                self.shown.append(_id(item))
            typer.echo(f"\n--- encore {len(waiting)}")
            self._show(item)
            self._answer(item)

    def _items(self, there: Agenda, *, alerts_only: bool) -> list[Item]:
        late = [group for group in there.late if not all(name.entity in self.apart for name in group)]
        alerts: list[Item] = [*late, *there.flags]
        if alerts_only:
            return [*alerts, *(name for name in there.names if name.late and name.entity in self.apart)]
        names = [name for name in there.names if not name.late or name.entity in self.apart]
        return [*alerts, *names, *there.doubts]

    def _show(self, item: Item) -> None:
        if isinstance(item, tuple):
            lines = late_lines(item, names=True)
        elif isinstance(item, FlaggedWord):
            lines = flag_lines(item, names=True)
        elif isinstance(item, Name):
            lines = name_lines(item, names=True)
        else:
            lines = doubt_lines(item)
        for line in lines:
            typer.echo(line)
        typer.echo(_HELP[_kind(item)])

    def _answer(self, item: Item) -> None:
        """Asks until a letter is understood; what goes wrong is told and the question comes again."""
        known = _LETTERS[_kind(item)] + _MOVING
        while (letter := self._ask("> ").lower()[:1]) not in known or not letter:
            typer.echo(f"Répondez par {', '.join(known[:-1])} ou {known[-1]}.")
        if letter == "q":
            raise _Quit
        if letter == "p":
            self.passed.add(_id(item))
        elif letter == "b":
            self.shown.pop()
            self.back = self.shown.pop() if self.shown else ""
            self.passed.discard(self.back)
        elif isinstance(item, tuple):
            self._try(lambda: self._late(item, letter))
        elif isinstance(item, FlaggedWord):
            self._try(lambda: self._flag(item, letter))
        elif isinstance(item, Name):
            self._try(lambda: self._name(item, letter))
        else:
            self._try(lambda: self._doubt(item, letter))

    def _late(self, names: Late, letter: str) -> None:
        keys = [name.entity for name in names]
        if letter == "a":
            accept(self.desk, keys)
        elif letter == "r":
            self._told(refuse(self.desk, keys))
        elif letter == "u":
            self.apart.update(keys)

    def _flag(self, flagged: FlaggedWord, letter: str) -> None:
        if letter == "a":
            kind = self._type()
            if kind is not None:
                self._told(accept_flag(self.desk, flagged.uid, kind))
        elif letter == "r":
            self._told(refuse_flag(self.desk, flagged.uid))

    def _name(self, name: Name, letter: str) -> None:
        steps: dict[str, Callable[[Name], Outcome | None]] = {
            "a": self._accept,
            "r": self._refuse,
            "n": self._rename,
            "f": self._merge,
            "s": self._split,
            "c": self._policy,
            "m": self._add,
            "t": self._accept_all,
        }
        self._told(steps[letter](name))

    def _doubt(self, doubt: DoubtfulWord, letter: str) -> None:
        if letter == "i":
            count = ignore(self.desk, doubt.word, self.code)
            typer.echo(f"Enregistré : {n('doute levé', count)}.")
        elif letter == "m":
            kind = self._type()
            if kind is not None:
                self._told(add(self.desk, doubt.word, kind, self.code))

    def _accept(self, name: Name) -> None:
        accept(self.desk, [name.entity])

    def _accept_all(self, _: Name) -> None:
        accept(self.desk, [name.entity for name in agenda(self.desk, self.code).unsettled])

    def _refuse(self, name: Name) -> Outcome:
        same = [
            other.entity
            for other in agenda(self.desk).names
            if other.entity != name.entity and set(map(words_of, other.forms)) <= set(map(words_of, name.forms))
        ]
        if same and self._yes(
            f"Ailleurs aussi ({n('autre nom', len(same))}) ces mots sont masqués. Les rendre partout ?"
        ):
            return refuse(self.desk, [name.entity, *same])
        return refuse(self.desk, [name.entity])

    def _rename(self, name: Name) -> Outcome | None:
        text = self._ask("Nouveau pseudonyme (« Rachid », « Rachid Amrani », « [le gardien] ») : ")
        return rename(self.desk, name.entity, text) if text else None

    def _merge(self, name: Name) -> Outcome | None:
        names = {other.key: other for other in agenda(self.desk).names if other.type is name.type}
        near = [other for other in names.values() if other.entity != name.entity]
        near.sort(key=lambda other: _distance(name, other))
        for number, other in enumerate(near[:9], start=1):
            forms = ", ".join(f"« {form} »" for form in other.forms[:4])
            typer.echo(f"  {number} {other.key} : {forms} → {other.pseudonyms[0]} ({', '.join(other.group)})")
        text = self._ask("Même personne que (numéro ou clé ; Entrée : aucune) : ")
        if not text:
            return None
        chosen = near[int(text) - 1].key if text in {str(i + 1) for i in range(len(near[:9]))} else text
        return merge(self.desk, [name.entity, find(chosen, {key: other.entity for key, other in names.items()})])

    def _split(self, name: Name) -> Outcome | None:
        for number, form in enumerate(name.forms, start=1):
            typer.echo(f"  {number} « {form} »")
        where = ", ".join(name.interviews)
        text = self._ask(f"Qui est quelqu'un d'autre : numéros des formes, ou un entretien ({where}) : ")
        if text.upper() in name.interviews:
            return split_interview(self.desk, name.entity, text.upper())
        numbers = [int(part) for part in text.replace(",", " ").split() if part.isdecimal()]
        forms = [name.forms[number - 1] for number in numbers if 0 < number <= len(name.forms)]
        return split_forms(self.desk, name.entity, forms) if forms else None

    def _policy(self, name: Name) -> Outcome | None:
        known = [str(policy) for policy in CHOICES.get(name.type, ())]
        text = self._ask(f"Règle ({', '.join(known) or 'aucune : toujours masqué'} ; Entrée : inchangée) : ")
        near = [policy for policy in known if policy.startswith(text.lower())]
        return set_policy(self.desk, name.entity, near[0] if near else text) if text else None

    def _add(self, _: Name) -> Outcome | None:
        word = self._ask("Mot à masquer : ")
        kind = self._type() if word else None
        return add(self.desk, word, kind, self.code) if kind is not None else None

    def _type(self) -> IdentifierType | None:
        text = self._ask(f"Que désigne-t-il ? Les premières lettres suffisent ({', '.join(TYPES)} ; Entrée : rien) : ")
        return type_of(text) if text else None

    def _sign(self, name: str) -> None:
        check_name(name)
        self.reader = name

    def _yes(self, question: str) -> bool:
        return self._ask(f"{question} (o/N) ").lower().startswith("o")

    def _told(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            typer.echo(outcome_line(outcome))

    def _ask(self, prompt: str) -> str:
        try:
            return input(prompt).strip()
        except EOFError:
            raise _Quit from None

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except EnqueteError as error:
            typer.echo(f"Erreur : {error}")


def _distance(name: Name, other: Name) -> tuple[bool, bool, bool]:
    """Who may be the same person comes first."""
    shared = {word for form in name.forms for word in words_of(form)} & {w for f in other.forms for w in words_of(f)}
    return other.key not in name.twins, not shared, not set(other.group) & set(name.group)


def _is_done(item: Item) -> bool:
    return isinstance(item, Name) and item.settled and not item.late


def _kind(item: Item) -> str:
    if isinstance(item, tuple):
        return "late"
    if isinstance(item, FlaggedWord):
        return "flag"
    return "name" if isinstance(item, Name) else "doubt"


def _id(item: Item) -> str:
    """What tells one thing from another, from one look at the study to the next."""
    if isinstance(item, tuple):
        return " ".join(sorted(name.entity for name in item))
    if isinstance(item, FlaggedWord):
        return item.uid
    return item.entity if isinstance(item, Name) else item.key
