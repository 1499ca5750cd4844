"""Papers that identify people, which leave the study in one file sealed with a phrase: who holds each is known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from enquete.actions.coding.coders import check_name
from enquete.actions.packets.phrases import new_phrase
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience
from enquete.page import phrases
from enquete.page.printing import Block, sealed_paper, told
from enquete.page.sealing import Header, derive, seal
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.outputs import recall, register_output
from enquete.store.packets import study_uid


@dataclass(frozen=True, slots=True)
class Paper:
    """title: sealed too. name: what the page says in clear, which names nobody. interviews: codes of its sources."""

    title: str
    name: str
    blocks: Sequence[Block]
    interviews: Sequence[str]


@dataclass(frozen=True, slots=True)
class Handing:
    """Where a paper goes. holder: code of who will have it; drawn: its phrase is drawn at random, and told."""

    path: Path
    holder: str | None
    drawn: bool = False

    def check(self) -> str:
        """The holder. Raises EnqueteError: HOLDER_MISSING, CODER_NAME, SEALED_PAGE_NAME."""
        if not self.holder:
            raise EnqueteError(Problem.HOLDER_MISSING, exit_code=2)
        check_name(self.holder)
        if self.path.suffix.casefold() not in (".html", ".htm"):
            raise EnqueteError(Problem.SEALED_PAGE_NAME, where=self.path.name, exit_code=2)
        return self.holder


def hand_over(study: Study, paper: Paper, handing: Handing) -> Iterator[str]:
    """Writes a sealed paper, and gives lines to print. It is asked to be destroyed from the first day.

    Raises EnqueteError: what `Handing.check` and `new_phrase` do, OUTPUT_*.
    """
    holder, path = handing.check(), handing.path.resolve()
    with study.database() as db:
        header = Header.new("fiche", study_uid(db), holder)
    phrase = phrases.drawn() if handing.drawn else new_phrase("de la fiche")
    sealed = seal(derive(phrase, header), header, told(paper.title, paper.blocks))
    data = sealed_paper(paper.name, sealed.parts()).encode()
    with study.database() as db, transaction(db):  # what can't be written is no output
        name = path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name
        digest = hashlib.sha256(data).hexdigest()
        number = register_output(db, name, "export", Audience.TEAM, digest, paper.interviews, holder)
        recall(db, [number])
        record(db, "suivi fiche", "fiches=1")
        write_whole(path, data)
    yield f"{paper.name}, n° {number}, pour {holder} : {path}"
    if handing.drawn:
        yield "Sa phrase, montrée cette seule fois (notez-la : sans elle, rien ne se rouvre) :"
        yield f"  {phrase}"
    yield "Donnez la phrase de vive voix, jamais par le même chemin que le fichier."
    yield f"Fichier et papier sont à détruire dès qu'ils ont servi ; alors : « enquete sorties confirmer {number} »."
