"""Pseudonymises files outside any study: positions for a program, or texts and a report for a person."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from enquete import offsets
from enquete.actions.places import in_context
from enquete.actions.results import Result
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError
from enquete.model import Doubt, Role, Transcript
from enquete.pseudonyms import Document, Identified, NameBook, detect, from_transcript, replacements, resolve
from enquete.readers import read
from enquete.wording import decimal, label, n

_PSEUDONYMISED, _REPORT, _EXTRACTED = "pseudonymise.txt", "rapport.txt", "extrait.txt"
_CONTEXT = 40  # characters on each side of a doubtful word


def pseudonymise_files(
    files: Sequence[Path],
    folder: Path | None,
    *,
    write: bool,
    extracted: bool,
    explained: bool = False,
    processes: int,
    step: Callable[[int, int], None],
) -> Result:
    """All files are detected first: a name found in one is masked in all. Pseudonyms are drawn anew at each run.

    What an earlier run wrote is left out, and said. rows: a JSON object a file, positions in code points of the
    decoded file, or of the text extracted from it. explained: the lines hold each passage, with its own words: whoever
    gave the file has them.
    """
    result = Result()
    read_files: list[tuple[Path, Transcript]] = []
    sources = [path for path in files if not _is_output(path)]
    if len(sources) < len(files):
        result.lines.append(_left_out(len(files) - len(sources)))
    for path in sources:
        try:
            read_files.append((path, read(path)))
        except EnqueteError as error:
            result.problems.append(str(error))
    documents = [from_transcript(transcript) for _, transcript in read_files]
    total = len(documents)
    detections = detect(documents, processes=processes, progress=lambda done: step(done, total))
    groups = [_people(number, transcript) for number, (_, transcript) in enumerate(read_files, start=1)]
    resolution = resolve(documents, detections, groups, NameBook(), secrets.token_bytes(32))
    for (path, transcript), document, detection, identified in zip(
        read_files, documents, detections, resolution.identified, strict=True
    ):
        result.rows.append(_row(path, identified, detection.doubts))
        try:
            if extracted:
                target = _target(path, folder, _EXTRACTED)
                write_whole(target, transcript.text.encode())
                result.lines.append(f"{path.name} : texte extrait, EN CLAIR : {target}")
            if write:
                result.lines += _write(path, folder, document, identified, detection.doubts)
            if explained:
                result.lines += [f"  {line}" for line in _passages(document, identified, detection.doubts)]
        except EnqueteError as error:
            result.problems.append(str(error))
    return result


def _people(number: int, transcript: Transcript) -> tuple[str, ...]:
    """Each file is an interview of its own; its people stand under codes of its own."""
    voices = sum(speaker.role is not Role.INTERVIEWER for speaker in transcript.speakers)
    return tuple(f"F{number}.{voice}" for voice in range(1, max(voices, 1) + 1))


def _is_output(path: Path) -> bool:
    """Is it one of our own, which « *.txt » takes along at the second run?"""
    return path.name.casefold().endswith(tuple(f".{ending}" for ending in (_PSEUDONYMISED, _REPORT, _EXTRACTED)))


def _left_out(count: int) -> str:
    found = n("fichier déjà sorti", count, "fichiers déjà sortis")
    verb = "laissés" if count > 1 else "laissé"
    endings = ", ".join(f".{ending}" for ending in (_PSEUDONYMISED, _REPORT, _EXTRACTED))
    return f"{found} de cette commande ({endings}), {verb} de côté."


def _row(path: Path, identified: Sequence[Identified], doubts: Sequence[Doubt]) -> dict[str, object]:
    return {
        "fichier": str(path),
        "reperages": [
            {
                "debut": item.mention.start,
                "fin": item.mention.end,
                "type": item.mention.type.value,
                "remplacement": item.replacement.text[item.lead :],
                "score": round(item.mention.score, 3),
                "pourquoi": item.mention.why,
            }
            for item in identified
        ],
        "douteux": [
            {"debut": doubt.start, "fin": doubt.end, "risque": round(doubt.risk, 3), "pourquoi": doubt.why}
            for doubt in doubts
        ],
    }


def _target(path: Path, folder: Path | None, ending: str) -> Path:
    """Beside the file, or in `folder`; never over the file itself."""
    return (folder or path.parent) / f"{path.stem}.{ending}"


def _write(
    path: Path, folder: Path | None, document: Document, identified: Sequence[Identified], doubts: Sequence[Doubt]
) -> list[str]:
    text, _ = offsets.replace(document.text, replacements(identified))
    target = _target(path, folder, _PSEUDONYMISED)
    write_whole(target, text.encode())
    report = _target(path, folder, _REPORT)
    write_whole(report, "\n".join([*_report(document, identified, doubts), ""]).encode())
    return [
        f"{path.name} : {n('passage masqué', len(identified))}, {n('mot douteux', len(doubts))} à relire",
        f"  {target}",
        f"  {report}  (contient des noms : à garder avec l'original)",
    ]


def _report(document: Document, identified: Sequence[Identified], doubts: Sequence[Doubt]) -> list[str]:
    """What was replaced by what and why, then what was left and should be looked at, in context."""
    warning = "Ce rapport contient des noms : gardez-le avec le fichier d'origine, ne le transmettez pas."
    return [warning, "", *_passages(document, identified, doubts)]


def _passages(document: Document, identified: Sequence[Identified], doubts: Sequence[Doubt]) -> list[str]:
    lines = [f"Remplacé ({len(identified)}) :"]
    for item in identified:
        old = " ".join(document.text[item.mention.start : item.mention.end].split())
        new = item.replacement.text[item.lead :]
        mention = item.mention
        why = f"{label(mention.type)}, score {decimal(mention.score)} : {mention.why}"
        lines.append(f"  {mention.start} : « {old} » -> « {new} » ({why})")
    lines += ["", f"Laissé lisible, à relire ({len(doubts)}) :"]
    for doubt in doubts:
        said = in_context(document.text, doubt.start, doubt.end, _CONTEXT)
        lines.append(f"  {doubt.start} : … {said} … (risque {decimal(doubt.risk)} : {doubt.why})")
    return lines
