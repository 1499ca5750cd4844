"""Codings as coders hand them in: the filled working copy, tables of their own, JSON lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from enquete.errors import EnqueteError, Problem
from enquete.findings.material import Flag
from enquete.model import Span
from enquete.survey.values import read_wave
from enquete.tables import Remark, Row, Severity, Table, find_column, folded, read_table
from enquete.wording import n


class Verdict(StrEnum):
    """What a row decides."""

    CODED = "coded"  # a coding of the coder's own
    READ = "read"  # the turn was read and bears no code
    ACCEPTED = "accepted"  # a suggestion taken over, perhaps with other codes added
    REFUSED = "refused"  # a suggestion refused: no codes
    CHANGED = "changed"  # a suggestion replaced by other codes


class Positions(StrEnum):
    """Which text positions count in: the file as imported, or the study's own text."""

    RAW = "raw"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row. Either `interview`, or `participant` and perhaps `wave`, says where it belongs.

    interview: code (« E001 ») or file name, perhaps without extension. wave: a code of the study, as far as
    `read_codings` was told them. turn: index from 0. span: as written, in the text that `positions` says.
    revision: the one that the positions count in, when named. quote: words to look for.
    suggestion: id of the one judged; empty for CODED and READ.
    """

    row: int
    interview: str
    participant: str
    wave: str
    turn: int | None
    span: Span | None
    positions: Positions
    revision: str
    quote: str
    codes: tuple[str, ...]
    memo: str
    flag: Flag | None
    suggestion: str
    verdict: Verdict


_NAMES: dict[str, tuple[str, ...]] = {
    "interview": ("entretien", "réponse", "code entretien", "n° entretien", "id entretien", "interview", "interview id",
                  "fichier", "nom du fichier", "file", "file name", "filename", "document", "transcription", "source"),
    "participant": ("participant", "code participant", "participant_id", "n° participant", "personne",
                    "code personne", "enquêté", "enquêtée", "code enquêté"),
    "wave": ("vague", "wave", "n° vague"),
    "turn": ("tour", "tour de parole", "n° tour", "n° tour de parole", "turn", "turn number", "turn id", "réplique"),
    "start": ("début", "start", "position début", "début position", "caractère début", "char start", "start char",
              "start offset", "from"),
    "end": ("fin", "end", "position fin", "fin position", "caractère fin", "char end", "end char", "end offset", "to"),
    "quote": ("mots", "mots cités", "citation", "extrait", "passage", "verbatim", "segment", "quote", "quotation",
              "excerpt", "words", "text", "texte"),
    "code": ("code", "code attribué", "sous-code", "code(s)", "code grille", "thème", "theme", "catégorie",
             "étiquette", "tag", "label"),
    "memo": ("mémo", "memo", "commentaire", "remarque", "note", "comment", "observation"),
    "flag": ("marque", "diffusion", "à citer", "citable", "usage", "citation autorisée", "flag"),
    "decision": ("décision", "decision", "verdict"),
    "other": ("autre code", "autres codes", "other code", "autre"),
    "suggestion": ("repérage", "n° repérage", "id repérage", "suggestion", "suggestion id"),
    "revision": ("révision", "revision"),
    "score": ("score",),
    "origin": ("indice", "origine", "origin", "cue"),
}  # fmt: skip


def read_codings(path: Path, waves: Sequence[str] = ()) -> tuple[list[CodingRow], list[Remark]]:
    """The rows that could be read, and remarks on the others; undecided suggestions are counted in one remark.

    waves: codes of the study's waves, in order, to recognise « vague 1 ». In JSON lines turns count from 0, and the
    file's own name is the interview's when no key says it (« 01.codes.jsonl »); elsewhere turns count from 1.
    Raises EnqueteError: as `read_table`, TABLE_NO_COLUMN, and CODINGS_ARE_SUGGESTIONS for what no human has judged.
    """
    table = read_table(path)
    reading = _Reading(table, waves, path.name if path.suffix.lower() in (".jsonl", ".ndjson") else "")
    rows: list[CodingRow] = []
    remarks: list[Remark] = []
    undecided = 0
    for row in table.rows:
        try:
            found = reading.read(row)
        except ValueError as refusal:
            remarks.append(Remark(row.number, Severity.ERROR, f"{refusal}."))
            continue
        if found is None:
            undecided += 1
        else:
            rows.append(found)
    if undecided:
        left = "laissés" if undecided > 1 else "laissé"
        remarks.append(Remark(None, Severity.NOTE, f"{n('repérage', undecided)} sans décision, {left} de côté."))
    return rows, remarks


class _Reading:
    """The columns of one file, and how its rows are read."""

    def __init__(self, table: Table, waves: Sequence[str], json_name: str) -> None:
        free = list(table.columns)
        self._columns: dict[str, str] = {}
        for use, names in _NAMES.items():
            if (column := find_column(free, names)) is not None:
                self._columns[use] = column
                free.remove(column)
        self._waves = waves
        self._from = 0 if json_name else 1  # the number of the first turn
        self._interview = re.sub(r"(?:\.cod\w+)?\.\w+$", "", json_name)
        self._check(table.source)

    def _check(self, source: str) -> None:
        has = self._columns.keys()
        if "decision" not in has and {"score", "origin"} <= has:
            raise EnqueteError(Problem.CODINGS_ARE_SUGGESTIONS, where=source)
        missing = ""
        if not has & {"interview", "participant"} and not self._interview:
            missing, names = "l'entretien ou le participant", "Entretien, Fichier, Participant"
        elif "code" not in has:
            missing, names = "le code", "Code, Codes, Thème"
        elif not (has & {"turn", "quote"} or {"start", "end"} <= has):
            missing, names = "l'endroit codé", "Tour, ou Début et Fin, ou Citation"
        if missing:
            raise EnqueteError(Problem.TABLE_NO_COLUMN, where=source, wanted=missing, names=names)

    def read(self, row: Row) -> CodingRow | None:
        """None for an undecided suggestion. Raises ValueError with the reason."""
        cells = {use: row.cells[column] for use, column in self._columns.items()}
        judged = self._judged(cells)
        if judged is None:
            return None
        verdict, codes = judged
        interview, participant = cells.get("interview", "") or self._interview, cells.get("participant", "")
        turn, span, quote = self._turn(cells), _span(cells), cells.get("quote", "")
        if not (interview or participant):
            raise ValueError("ni entretien ni participant sur cette ligne")
        if turn is None and span is None and not quote:
            raise ValueError("ni tour, ni positions, ni citation sur cette ligne")
        return CodingRow(
            row=row.number,
            interview=interview,
            participant=participant,
            wave=self._wave(cells.get("wave", "")),
            turn=turn,
            span=span,
            positions=Positions.TEXT if cells.get("revision") or cells.get("suggestion") else Positions.RAW,
            revision=cells.get("revision", ""),
            quote=quote,
            codes=codes,
            memo=cells.get("memo", ""),
            flag=_flag(cells.get("flag", "")),
            suggestion=cells.get("suggestion", "") if "decision" in cells else "",
            verdict=verdict,
        )

    def _judged(self, cells: Mapping[str, str]) -> tuple[Verdict, tuple[str, ...]] | None:
        codes = _codes(cells["code"])
        if "decision" in cells:
            return _decided(cells["decision"], codes, _codes(cells.get("other", "")))
        if codes:
            return Verdict.CODED, codes
        if self._from == 0:
            return Verdict.READ, ()
        raise ValueError("pas de code sur cette ligne")

    def _turn(self, cells: Mapping[str, str]) -> int | None:
        text = cells.get("turn", "")
        if not text:
            return None
        found = re.fullmatch(r"(?:tour|turn|t|n)? ?(\d+)", folded(text))
        if not found or int(found[1]) < self._from:
            raise ValueError(f"numéro de tour illisible (un seul nombre est attendu, à partir de {self._from})")
        return int(found[1]) - self._from

    def _wave(self, text: str) -> str:
        return read_wave(text, self._waves) if text and self._waves else text


def _span(cells: Mapping[str, str]) -> Span | None:
    written = [re.sub(r"\s", "", cells.get(use, "")) for use in ("start", "end")]
    if not any(written):
        return None
    if not all(text.isdecimal() for text in written) or int(written[0]) >= int(written[1]):
        raise ValueError("positions illisibles (deux nombres de caractères sont attendus, le début avant la fin)")
    return Span(int(written[0]), int(written[1]))


def _codes(text: str) -> tuple[str, ...]:
    """Several codes in a cell are separated by semicolons or line breaks, or else by commas."""
    parts = re.split(r"[;|\n]", text) if re.search(r"[;|\n]", text) else text.split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


_YES = {"oui", "o", "yes", "y", "x", "ok", "1", "vrai", "true", "garder", "garde", "accepte", "valide", "d accord"}
_NO = {"non", "n", "no", "0", "faux", "false", "refuse", "rejete", "supprimer"}
_UNSURE = {"", "peut etre", "a voir", "a discuter", "a revoir", "nsp", "je ne sais pas", "en attente"}
_OTHER = {"autre", "autre code", "other"}


def _decided(text: str, suggested: tuple[str, ...], others: tuple[str, ...]) -> tuple[Verdict, tuple[str, ...]] | None:
    """« oui », « non », another code, or several of them: « oui, R02 ». None: a blank cell, undecided."""
    marks = re.sub("[✓✔☑✅☒]", "x", re.sub("[✗✘❌]", "non", text))
    parts = _codes(marks)
    answers = {folded(part) for part in parts}
    added = tuple(part for part in parts if folded(part) not in _YES | _NO | _OTHER) + others
    known = {code.casefold() for code in suggested}
    if answers & _UNSURE:
        raise ValueError("la décision n'est ni oui, ni non, ni un code (laissez la case vide pour décider plus tard)")
    if answers & _YES and answers & _NO:
        raise ValueError("la décision dit oui et non")
    if answers & _OTHER and not added:
        raise ValueError("la décision annonce un autre code, qui manque")
    if answers & _YES or any(code.casefold() in known for code in added):
        extra = tuple(code for code in added if code.casefold() not in known)
        return Verdict.ACCEPTED, tuple(dict.fromkeys(suggested + extra))
    if added:
        return Verdict.CHANGED, tuple(dict.fromkeys(added))
    return (Verdict.REFUSED, ()) if answers & _NO else None


_FLAGS = {
    Flag.CITE: "à citer, citer, citable, cite, oui, o, x, ok, yes, peut être cité",
    Flag.PARAPHRASE: "à paraphraser, paraphraser, paraphrase, à reformuler, reformuler",
    Flag.NEVER: "ne jamais citer, jamais citer, jamais, ne pas citer, à ne pas citer, pas citer, non, n, no, never, "
    "interdit",
}
_FLAG_OF = {folded(value): flag for flag, values in _FLAGS.items() for value in values.split(", ")}


def _flag(text: str) -> Flag | None:
    value = folded(text)
    if value and value not in _FLAG_OF:
        raise ValueError("marque illisible (écrivez « à citer », « à paraphraser » ou « ne jamais citer »)")
    return _FLAG_OF.get(value)
