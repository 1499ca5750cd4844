"""Disagreements and decisions as lines for the screen and rows for --json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from enquete.actions.agreement.arbitrating import Docket, Done, Dossier, State
from enquete.actions.places import in_context, spot, turn_at
from enquete.codebook import Codebook
from enquete.coding.adjudication import Kept, Kind, Reading, Verdict
from enquete.findings.material import Flag
from enquete.findings.quotations import MARKS
from enquete.store.settled import Ruling
from enquete.wording import day, n

Labels = Mapping[tuple[str, str], str]
_CONTEXT = 80  # code points on each side of a passage
_KINDS = {
    Kind.CODES: "des codes différents pour les mêmes mots",
    Kind.ALONE: "codé par les uns, pas par les autres",
    Kind.BOUNDS: "même code, bornes différentes",
    Kind.AGREED: "tous d'accord désormais",
}
_STATES = {State.OPEN: "ouvert", State.SETTLED: "réglé", State.CHANGED: "à reprendre"}
# As typed after --retenir; the code of a coder stands for Verdict.ONE.
WORDS = {
    "les-deux": Verdict.ALL,
    "tous": Verdict.ALL,
    "aucun": Verdict.NONE,
    "nouveau": Verdict.NEW,
    "maintenu": Verdict.UPHELD,
}


def labels_of(books: Sequence[Codebook]) -> Labels:
    """Label of each (codebook, code)."""
    return {(book.id, code.id): code.label for book in books for code in book.codes}


def lines(found: Docket, labels: Labels, *, everything: bool) -> Iterator[str]:
    """everything: those that are settled too."""
    if not found.compared:
        yield from _nothing(found)
        return
    waiting = [one for one in found.dossiers if one.state is not State.SETTLED]
    for one in found.dossiers if everything else waiting:
        yield from _dossier(one, labels)
    if found.proposed:
        left = "laissé de côté" if found.proposed < 2 else "laissés de côté"
        yield f"{n('codage', found.proposed)} sous des codes proposés, {left} : « enquete grille proposes »."
    total = len(found.dossiers)
    where = found.told
    if not waiting:
        done = "Aucun désaccord" if not total else f"{n('désaccord', total)}, plus aucun à arbitrer"
        yield f"{done} ({where})."
        return
    yield f"{n('désaccord', len(waiting))} à arbitrer sur {total} ({where}). Pour décider :"
    yield f'  enquete arbitrer {waiting[0].case.key} --retenir {_choices(waiting[0])} --par QUI --motif "…"'


def _nothing(found: Docket) -> Iterator[str]:
    yield "Rien à arbitrer : rien n'a été fini par deux codeurs au moins."
    if found.alone:
        yield f"Fini par un seul codeur : {n('texte', found.alone)}."
    yield "« --inclure-inacheves » compare aussi ce qui n'est pas fini."


def _choices(one: Dossier) -> str:
    return "|".join(
        [*one.case.coders, "les-deux" if len(one.case.coders) == 2 else "tous", "aucun", "nouveau", "maintenu"]
    )


def _dossier(one: Dossier, labels: Labels) -> Iterator[str]:
    text, case = one.interview, one.case
    state = "" if one.state is State.OPEN else f" ({_STATES[one.state]})"
    where = f"réponse à {text.asked}" if text.asked else spot(text, case.start)
    yield f"{case.key}  {where} : {_KINDS[case.kind]}{state}"
    yield f"   … {in_context(text.text, case.start, case.end, _CONTEXT)} …"
    for coder in case.coders:
        readings = case.of(coder)
        if not readings:
            also = ", ".join(dict.fromkeys(_code(r.codebook, r.code, labels) for r in one.beside_of(coder)))
            yield f"   {coder} : {f'pas ce code (sur ces mots aussi : {also})' if also else 'rien'}"
        for reading in readings:
            yield f"   {coder} : {_reading(one, reading, labels)}"
    for ruling in one.history:
        yield f"   {told(ruling, labels)}"


def _reading(one: Dossier, reading: Reading, labels: Labels) -> str:
    words = " ".join(reading.span.of(one.interview.text).split())
    mark = f" ({MARKS[Flag(reading.flag)]})" if reading.flag else ""
    memo = f" ; mémo : {' '.join(reading.memo.split())}" if reading.memo else ""
    return f"{_code(reading.codebook, reading.code, labels)} « {words} »{mark}{memo}"


def _code(book: str, code: str, labels: Labels) -> str:
    label = labels.get((book, code), "")
    return f"{code} {label}" if label and label != code else code


def told(ruling: Ruling, labels: Labels) -> str:
    """« arbitré le 3 mars 2026 par anne : lecture de lea. « motif » »."""
    what = {
        Verdict.ONE: f"lecture de {ruling.coder} retenue",
        Verdict.ALL: "toutes les lectures retenues",
        Verdict.NONE: "aucun code retenu",
        Verdict.NEW: "codé autrement",
        Verdict.UPHELD: "désaccord maintenu, les lectures de chacun restent",
        Verdict.AGREED: "tous d'accord",
    }[ruling.verdict]
    codes = ", ".join(dict.fromkeys(_code(one.codebook, one.code, labels) for one in ruling.kept))
    kept = f" ({codes})" if ruling.verdict is Verdict.NEW else ""
    when = day(date.fromisoformat(ruling.made_at[:10]))
    why = f" « {ruling.why} »" if ruling.why else ""
    past = "" if ruling.stands else ", remplacé depuis"
    return f"arbitré le {when} par {ruling.by}{past} : {what}{kept}.{why}"


def done_lines(done: Done, labels: Labels) -> Iterator[str]:
    """What a decision came to."""
    last = done.dossier.history[-1]
    yield f"{done.dossier.case.key} : {told(last, labels)}"
    code = done.dossier.interview.code
    if done.left:
        yield f"{code} : encore {n('désaccord', done.left)} à arbitrer."
    else:
        yield closed_line(code, done.agreed)


def closed_line(code: str, agreed: int) -> str:
    """Nothing is open in an interview any more."""
    carried = (
        f" {n('passage', agreed)} où tous s'accordent {'y est repris' if agreed < 2 else 'y sont repris'}."
        if agreed
        else ""
    )
    return f"{code} : plus aucun désaccord ; la version arbitrée est complète et compte seule.{carried}"


def row(one: Dossier, labels: Labels) -> dict[str, object]:
    """Positions in code points of the current text, turns from 0."""
    text, case = one.interview, one.case
    return {
        "cle": case.key,
        "entretien": text.code,
        "tour": turn_at(text, case.start) - 1,
        "debut": case.start,
        "fin": case.end,
        "mots": text.text[case.start : case.end],
        "nature": case.kind.value,
        "etat": one.state.value,
        "lectures": {coder: [_reading_row(one, r, labels) for r in case.of(coder)] for coder in case.coders},
        "aussi": {coder: [_reading_row(one, r, labels) for r in one.beside_of(coder)] for coder in case.coders},
        "decisions": [_ruling_row(ruling) for ruling in one.history],
    }


def _reading_row(one: Dossier, reading: Reading, labels: Labels) -> dict[str, object]:
    return {
        "grille": reading.codebook,
        "code": reading.code,
        "libelle": labels.get((reading.codebook, reading.code), ""),
        "debut": reading.start,
        "fin": reading.end,
        "mots": reading.span.of(one.interview.text),
        "marque": reading.flag,
        "memo": reading.memo,
    }


def _ruling_row(ruling: Ruling) -> dict[str, object]:
    return {
        "verdict": ruling.verdict.value,
        "lecture_de": ruling.coder,
        "par": ruling.by,
        "motif": ruling.why,
        "quand": ruling.made_at,
        "vaut": ruling.stands,
        "codages": [_kept_row(one) for one in ruling.kept],
    }


def _kept_row(one: Kept) -> dict[str, object]:
    return {"grille": one.codebook, "code": one.code, "debut": one.start, "fin": one.end}
