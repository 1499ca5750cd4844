"""What the outputs of a study are judged on: the vault's names, and the words that may not be quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from enquete.actions.codebooks.files import load_codebooks
from enquete.actions.study import Study
from enquete.disclosure.gate import Form, Ground, KnownForms
from enquete.disclosure.quotations import Runs
from enquete.disclosure.variants import plain, rewritten
from enquete.model import Audience, ConsentKind, ConsentState, IdentifierType, Role, Span
from enquete.pseudonyms.policies import Policy
from enquete.pseudonyms.territories import territory_of
from enquete.pseudonyms.words import fold
from enquete.store.codings import Coding, coders, codings
from enquete.store.interviews import Interview, interviews
from enquete.store.people import Participant, participants
from enquete.store.pieces import pieces
from enquete.store.responses import Dataset, datasets
from enquete.store.signoffs import signed_words
from enquete.vault import Identities, Vault

_RUN = 6  # words in a row that are somebody's own
_UNSIGNED_RUN = 8
_WITHDRAWN = "paroles d'une personne qui a retiré sa participation"
_REFUSED = "paroles d'une personne qui refuse d'être citée"
_FLAGGED = "passage à ne pas citer, ou à citer en d'autres mots"
_UNSIGNED = "citation qui n'est pas signée pour la diffusion"
_COMMON = 3  # interviews that share a run: a question of the guide, or a phrase of everybody


def ground(study: Study, vault: Vault, audience: Audience) -> Ground:
    """What outputs for this audience are judged on now."""
    identities = vault.identities()
    with study.database() as db:
        people, texts, marked = participants(db), list(interviews(db)), [*codings(db), *codings(db, training=True)]
        asked = datasets(db, filled=False)
        territories = [name for piece in pieces(db) for name in piece.listed("territories")]
        makers = frozenset(code.lower() for code in (*coders(db), *study.config.coders))
        signed = [one.words for one in signed_words(db)]
        runs = tuple(run for run in _runs(people, texts, marked, signed, audience) if run)
    codes = {person.code for person in people} | {text.code for text in texts}
    labels = frozenset(code.label for book in load_codebooks([], study.folder) for code in book.codes)
    return Ground(
        secret=identities.secret,
        known=KnownForms(forms(study, identities, vault)),
        audience=audience,
        runs=runs,
        codes=frozenset(codes),
        makers=makers,
        public=labels | _communes(people, asked, territories) | _on_purpose(study),
        admitted=identities.admitted,
    )


def _communes(people: Sequence[Participant], asked: Sequence[Dataset], territories: Sequence[str]) -> frozenset[str]:
    """Communes among the attributes, the choices of questions and the territories of recommendations:
    « Villeneuve-la-Garenne » names nobody, whoever is called Villeneuve. Any other choice may.
    """
    values = [value for person in people for wave in person.waves.values() for value in wave.attributes.values()]
    values += [choice.label for dataset in asked for variable in dataset.variables for choice in variable.choices]
    values += territories
    return frozenset(value for value in dict.fromkeys(values) if territory_of(value))


def _on_purpose(study: Study) -> frozenset[str]:
    """Who answers for the study and how to reach them: the notice says it to everybody."""
    said = [plain(phrase) for phrase in study.config.controllers.words()]
    return frozenset(version for phrase in said for version in (phrase, *rewritten(phrase)))


def forms(study: Study, identities: Identities, vault: Vault) -> Iterator[Form]:
    """Every string of the vault that may not leave: what a policy keeps readable may, so may what a person cleared."""
    policies = study.config.pseudonyms.policies()
    everywhere = {cleared.form for cleared in identities.cleared if not cleared.group}
    for entity in identities.book.entities:
        if policies.of(entity) is Policy.KEEP:
            continue
        here = {c.form for c in identities.cleared if c.group and set(entity.group) <= set(c.group)} | everywhere
        parts = [c.form for c in entity.components if entity.type is IdentifierType.PERSON and len(c.form) > 2]
        yield from (Form(form, entity.type) for form in (*entity.forms, *parts) if fold(form) not in here)
    yield from (Form(name, IdentifierType.PERSON) for name in identities.names() if fold(name) not in everywhere)
    yield from _contacts(vault.contacts())


def _contacts(value: object) -> Iterator[Form]:
    """How to reach people: whatever holds « @ » or enough figures."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _contacts(inner)
    elif isinstance(value, str) and "@" in value:
        yield Form(value, IdentifierType.EMAIL)
    elif isinstance(value, str) and sum(map(str.isdigit, value)) >= _UNSIGNED_RUN:
        yield Form(value, IdentifierType.PHONE)


class _Said(NamedTuple):
    """What somebody said in an interview. state: of the study's consents for whoever may be speaking."""

    interview: str
    text: str
    state: str


def _runs(
    people: Sequence[Participant],
    texts: Sequence[Interview],
    marked: Sequence[Coding],
    signed: Sequence[str],
    audience: Audience,
) -> Iterator[Runs]:
    """Words that may not stand in an output for this audience."""
    said = [piece for text in texts for piece in _said(text, {p.code: p for p in people}, marked)]
    held = {_WITHDRAWN} if audience is Audience.TEAM else {_WITHDRAWN, _REFUSED, _FLAGGED}
    free = [piece.text for piece in said if piece.state not in held]
    for state in sorted(held):
        yield Runs(state, _RUN, [piece.text for piece in said if piece.state == state], free)
    if audience is Audience.PUBLIC:
        yield Runs(_UNSIGNED, _UNSIGNED_RUN, [text.text for text in texts], [*_common(texts), *signed])


def _said(text: Interview, people: dict[str, Participant], marked: Sequence[Coding]) -> Iterator[_Said]:
    """The text in pieces: each turn by the consent of who speaks, cut where a passage is not to be quoted."""
    flagged = [
        Span(c.start, c.end) for c in marked if c.revision == text.revision and c.flag in ("never", "paraphrase")
    ]
    for turn in text.turns:
        voice = text.voices[turn.speaker]
        speakers = [voice.participant] if voice.participant else text.participants
        theirs = [people[code] for code in speakers if code in people] if turn.role is not Role.INTERVIEWER else []
        state = _state(theirs, text.wave)
        at = turn.start
        for span in sorted(span for span in flagged if span.overlaps(Span(turn.start, turn.end))):
            yield _Said(text.code, text.text[at : max(at, span.start)], state)
            start, at = max(at, span.start), max(at, min(span.end, turn.end))
            yield _Said(text.code, text.text[start:at], state or _FLAGGED)
        yield _Said(text.code, text.text[at : turn.end], state)


def _state(speakers: Collection[Participant], wave: str) -> str:
    """The strictest of theirs; empty: nothing stands against a quotation."""
    if any(_consent(person, ConsentKind.PARTICIPATION, wave) is ConsentState.WITHDRAWN for person in speakers):
        return _WITHDRAWN
    refused = any(_consent(p, ConsentKind.QUOTATION, wave) not in (None, ConsentState.GIVEN) for p in speakers)
    return _REFUSED if refused else ""


def _consent(person: Participant, kind: ConsentKind, wave: str) -> ConsentState | None:
    """What is withdrawn once is withdrawn for all waves."""
    if any(p.consents.get(kind) is ConsentState.WITHDRAWN for p in person.waves.values()):
        return ConsentState.WITHDRAWN
    return person.waves[wave].consents.get(kind) if wave in person.waves else None


def _common(texts: Sequence[Interview]) -> list[str]:
    """Turns of interviewers that come back in several interviews: the questions of the guide."""
    met: dict[str, set[str]] = {}
    for text in texts:
        for turn in text.turns:
            if turn.role is Role.INTERVIEWER:
                met.setdefault(text.text[turn.start : turn.end].strip().lower(), set()).add(text.code)
    return [words for words, codes in met.items() if len(codes) >= _COMMON]
