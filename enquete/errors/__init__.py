"""Errors that a user can mend: what happened, where, and how to mend it, in French.

`EnqueteError` is caught in one place, the command line. A message never holds a name found in a text, a label or a
document property.
"""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from enquete.errors.analyses import AnalysesProblem
from enquete.errors.answers import AnswersProblem
from enquete.errors.codes import CodesProblem
from enquete.errors.coding import CodingProblem
from enquete.errors.findings import FindingsProblem
from enquete.errors.follow_up import FollowUpProblem
from enquete.errors.message import Message
from enquete.errors.outputs import OutputProblem
from enquete.errors.protection import ProtectionProblem
from enquete.errors.questionnaires import QuestionnaireProblem
from enquete.errors.reading import ReadingProblem
from enquete.errors.study import StudyProblem


class Problem(
    StudyProblem,
    ReadingProblem,
    QuestionnaireProblem,
    AnswersProblem,
    FollowUpProblem,
    FindingsProblem,
    AnalysesProblem,
    ProtectionProblem,
    CodesProblem,
    CodingProblem,
    OutputProblem,
):
    """The catalogue, a module by area. Add an entry to the area it belongs to."""


class EnqueteError(Exception):
    """what is wrong, where (file, line, row or turn), how to mend it. exit_code: 1, or 2 for misuse."""

    def __init__(self, problem: Message, *, where: str = "", exit_code: int = 1, **details: object) -> None:
        self.problem = problem
        self.where = where
        self.what = problem.what.format(**details)
        self.remedy = problem.remedy.format(**details)
        self.exit_code = exit_code
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where} : " if self.where else ""
        gap = "" if self.what.endswith("\n") else " "
        return f"{place}{self.what}{gap}{self.remedy}".rstrip()


_REASONS = {
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un fichier tient la place d'un dossier de ce chemin",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EACCES: "les droits manquent",
    errno.EPERM: "les droits manquent",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place accordée sur le disque est épuisée",
    errno.ENOENT: "ce chemin n'existe pas",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EIO: "le disque ne répond pas bien",
    errno.EADDRINUSE: "un autre programme s'en sert",
    errno.EADDRNOTAVAIL: "cette adresse n'est pas à cet ordinateur",
}


def system_reason(error: OSError) -> str:
    """Why the system refused, in a few French words: its own are in the language of the machine."""
    if error.errno is None:
        return "erreur du système"
    return _REASONS.get(error.errno, f"erreur du système n° {error.errno}")


def failing_place(error: BaseException) -> str:
    """The kind of error and the line of ours that raised it, without any value: a trace could hold somebody's words."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "enquete" in frame.filename]
    place = f", {Path(ours[-1].filename).stem}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
