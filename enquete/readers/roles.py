"""Who interviews: what the labels say, what the file's list of speakers says, else how each one speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enquete.model import Role
from enquete.readers import words

_QUESTION = re.compile(
    r"\?|^\W*(?:(?:et|alors|donc|ok|d'accord|bon|euh) )*"
    r"(?:est[- ]ce que|qu['’ ]est[- ]ce|comment|pourquoi|quel(?:le)?s?\b|combien|où\b|quand |qui |vous pouvez|tu peux|"
    r"pouvez[- ]vous|peux[- ]tu|parlez|racontez|parle[- ]moi|raconte)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:(?:vous|tu|votre|vos|ton|ta|tes|toi)\b|t['’])", re.IGNORECASE)
_ME = re.compile(r"\b(?:(?:je|chuis|moi|mon|ma|mes)\b|[jm]['’])", re.IGNORECASE)
_OPENING = re.compile(
    r"enregistr|entretien|enquête|me présent|merci (?:de|d['’])|anonym|confidenti|vous présenter|te présenter|"
    r"on commence|je (?:travaille|m['’]appelle)",
    re.IGNORECASE,
)
_MARGIN = 0.3
_FEW = 3  # turns under which a voice's manner says little


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker as the roles are told from it. keys: of its labels; speech: one text a turn; first: its rank."""

    keys: tuple[str, ...]
    speech: tuple[str, ...]
    first: int


def assign(
    voices: Sequence[Voice],
    asked: Mapping[str, Role],
    legend: Mapping[str, Role],
    interviewers: frozenset[str],
) -> tuple[list[Role], list[str]]:
    """A role for each voice and the warnings. asked: what the user says, by folded label; legend: what the file says;
    interviewers: folded names that the metadata block gives to those who interview."""
    roles: list[Role | None] = [_said(v, asked, legend, interviewers) for v in voices]
    _reopen(voices, roles, asked)
    letters = [_letter(v) for v in voices]
    _settle_letters(voices, roles, letters)
    warnings: list[str] = []
    if Role.INTERVIEWER not in roles and None in roles:
        chosen = _interviewer(voices, roles)
        if chosen is not None:
            roles[chosen] = Role.INTERVIEWER
            warnings.append(
                f"Locuteur {chosen + 1} : rôle d'enquêteur déduit de sa façon de parler (questions, tours courts, "
                "ouverture) ; vérifiez-le, ou fixez-le par « --locuteur »."
            )
    known = Role.INTERVIEWER in roles
    unknown = [n for n, role in enumerate(roles) if role is None]
    if unknown and not known:
        warnings.append(
            f"{_listed(unknown)} : rien ne dit qui mène l'entretien ; rôle inconnu. Précisez-le par « --locuteur "
            '"ÉTIQUETTE=enqueteur" ».'
        )
    return [role or (Role.PARTICIPANT if known else Role.UNKNOWN) for role in roles], warnings


def _reopen(voices: Sequence[Voice], roles: list[Role | None], asked: Mapping[str, Role]) -> None:
    """« Bénévole » and « Usagère », or « Éducatrice » and « Maman »: where no label says who asks, a volunteer or a
    professional may well, if the manner says so."""
    if Role.INTERVIEWER in roles or None in roles:
        return
    either = [n for n, v in enumerate(voices) if words.EITHER.intersection(v.keys[0].split())]
    trial = [None if n in either and v.keys[0] not in asked else roles[n] for n, v in enumerate(voices)]
    apparent = _interviewer(voices, trial, by_manner=True)
    if apparent is not None:
        roles[apparent] = Role.INTERVIEWER


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(n + 1) for n in numbers)
    return f"Locuteur {shown}" if len(numbers) == 1 else f"Locuteurs {shown}"


def _said(
    voice: Voice, asked: Mapping[str, Role], legend: Mapping[str, Role], interviewers: frozenset[str]
) -> Role | None:
    for source in (asked, legend):
        for key in voice.keys:
            if key in source:
                return source[key]
    for key in voice.keys:
        if _bare(key) in words.ABBREVIATIONS:
            continue
        if key in ("moi", "je"):  # who transcribes is who asked
            return Role.INTERVIEWER
        said = words.role_of(key)
        if said is not None and not words.PATTERN.fullmatch(key):
            return said
        match = words.NUMBERED.fullmatch(key)
        if match and (role := words.role_of(match[1])):
            return role
    if any(_same_person(key, name) for key in voice.keys for name in interviewers):
        return Role.INTERVIEWER
    return None


def _same_person(key: str, name: str) -> bool:
    """« tanguy » or « st » for « solene tanguy »."""
    found, parts = key.split(), name.split()
    if not found or not parts:
        return False
    initials = "".join(p[0] for p in parts)
    return set(found) <= set(parts) or (len(initials) > 1 and "".join(found) == initials)


def _letter(voice: Voice) -> Role | None:
    """What « E », « R 2 », « Q » or « Enq. » mean as a rule."""
    bare = _bare(voice.keys[0])
    return words.LETTERS.get(bare) or words.ABBREVIATIONS.get(bare)


def _bare(key: str) -> str:
    """« e » for « e 1 »."""
    match = words.NUMBERED.fullmatch(key)
    return match[1] if match else key


def _settle_letters(voices: Sequence[Voice], roles: list[Role | None], letters: Sequence[Role | None]) -> None:
    """Single letters count where they agree: « E » and « R », « Q » and « R », « I » and « P ». « E » and « I » may be
    « enquêteur, interviewé » or « interviewer, enquêté », and « E » beside « M » a first name: their manner decides."""
    open_letters = [n for n, role in enumerate(roles) if role is None and letters[n]]
    asking = [n for n in open_letters if letters[n] is Role.INTERVIEWER]
    questions = [n for n in asking if voices[n].keys[0] == "q"]
    if questions:  # « Q » is sure: « E » or « I » beside it answers
        asking = questions
    elif Role.INTERVIEWER not in roles and any(_bare(voices[n].keys[0]) in words.ABBREVIATIONS for n in asking):
        asking = _settle_abbreviations(voices, roles, asking)
        open_letters = [n for n in open_letters if roles[n] is None]
    elif Role.INTERVIEWER not in roles and Role.PARTICIPANT not in {*roles, *(letters[n] for n in open_letters)}:
        apparent = _interviewer(voices, roles)
        asking = asking if len(asking) == 1 and apparent in (None, asking[0]) else []
    for number in open_letters:
        if number in asking or letters[number] is Role.PARTICIPANT:
            roles[number] = letters[number]


def _settle_abbreviations(voices: Sequence[Voice], roles: list[Role | None], asking: list[int]) -> list[int]:
    """« Enq. » and « Ent. » or « Int. » are written both ways round: their manner decides. Who asks, then."""
    apparent = _interviewer(voices, roles)
    chosen = asking[0] if apparent is None else apparent
    same = [n for n in asking if _bare(voices[n].keys[0]) == _bare(voices[chosen].keys[0])]
    for number in asking:
        if number not in same:
            roles[number] = Role.PARTICIPANT
    roles[chosen] = Role.INTERVIEWER
    return same


def _interviewer(voices: Sequence[Voice], roles: Sequence[Role | None], *, by_manner: bool = False) -> int | None:
    """The voice without a role that speaks like an interviewer, None when two or none do. by_manner: even when it is
    the only one left."""
    longest = max((_mean_length(v) for v in voices), default=0) or 1
    scores = [_score(v, longest) for v in voices]
    candidates = [n for n, role in enumerate(roles) if role is None]
    if len(voices) < 2 or not candidates:
        return None
    if len(candidates) == 1 and Role.PARTICIPANT in roles and not by_manner:
        return candidates[0]
    best = max(candidates, key=lambda n: scores[n])
    others = [scores[n] for n in range(len(voices)) if n != best]
    return best if scores[best] - max(others) >= _MARGIN else None


def _mean_length(voice: Voice) -> float:
    return sum(len(s.split()) for s in voice.speech) / max(1, len(voice.speech))


def _score(voice: Voice, longest: float) -> float:
    turns = max(1, len(voice.speech))
    questions = sum(bool(_QUESTION.search(s)) for s in voice.speech) / turns
    joined = " ".join(voice.speech)
    you, me = len(_YOU.findall(joined)), len(_ME.findall(joined))
    address = (you - me) / (you + me + 2)
    short = 1 - _mean_length(voice) / longest
    opens = 0.25 * (voice.first == 0) + 0.25 * bool(voice.speech and _OPENING.search(voice.speech[0]))
    weight = 1.0 if turns >= _FEW else 0.6
    return weight * (questions + 0.5 * address + 0.5 * short) + opens
