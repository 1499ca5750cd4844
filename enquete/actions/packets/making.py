"""Packets: interviews to code at home in one file, sealed with a phrase; who holds which. No key of the vault is in it.

A packet holds what the coding page shows its coder, made by the same functions, and nothing of other coders. Like the
page, it is not compared with the vault; names found later that wait for a person keep it back as they do any output.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from enquete.actions.coding.links import coders_of
from enquete.actions.coding.page import CodingPage, Json
from enquete.actions.interviews.later_names import settle_late_names
from enquete.actions.outputs.holders import EXPORTS
from enquete.actions.packets.phrases import new_phrase
from enquete.actions.places import codes_told, counted, question_named
from enquete.actions.study import Study
from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience
from enquete.page import phrases, standalone
from enquete.page.sealing import Header, derive, seal
from enquete.store.codings import record
from enquete.store.database import transaction
from enquete.store.interviews import Interview, interviews, late_names_pending
from enquete.store.outputs import register_output
from enquete.store.packets import StoredPacket, packets, register_packet, study_uid
from enquete.store.review import blocking_alerts, reviews
from enquete.wording import day, n

FOLDER = "paquets"


def create_packet(
    study: Study,
    coder: str,
    codes: Sequence[str],
    output: Path | None,
    *,
    drawn: bool,
    questions: Sequence[str] = (),
) -> Iterator[str]:
    """Writes the packet of a coder, and gives lines to print.

    codes, questions: interviews, and open questions whose answers to put in it; both empty for all that they have to
    code. drawn: the phrase is drawn at random and told, not asked.
    Two packets of the same content differ by their uid, salt and nonce, and so in every encrypted byte.
    Raises EnqueteError: CODER_NAME, UNKNOWN_CODER, PAGE_SETTLED_CODER, PACKET_*, UNKNOWN_QUESTION, OUTPUT_*.
    """
    (coder,) = coders_of(study, [coder])
    path = (output or study.folder / EXPORTS / FOLDER / f"paquet-{coder}.html").resolve()
    page = CodingPage(study)
    with study.database() as db:
        _look_for_names(study, db)
        _refuse_blocked(db, path)
        packet_content(page, coder, codes, questions)  # what can't be made needs no phrase
        before = [packet for packet in _out(db) if packet.coder == coder]
        header = Header.new("paquet", study_uid(db), coder)
    phrase = phrases.drawn() if drawn else new_phrase()
    key = derive(phrase, header)
    with study.database() as db, transaction(db):  # nobody changes a text meanwhile; what can't be written is no output
        _refuse_blocked(db, path)
        content = packet_content(page, coder, codes, questions)
        data = standalone(f"Codage · {coder}", seal(key, header, content).parts()).encode()
        held = [interview["code"] for interview in content["interviews"]]
        name = path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name
        digest = hashlib.sha256(data).hexdigest()
        number = register_output(db, name, "packet", Audience.TEAM, digest, held, coder)
        register_packet(db, header.packet, coder, number)
        record(db, "créer un paquet", f"textes={len(held)}")
        texts = [text for text in interviews(db) if text.code in set(held)]
        read = reviews(db)
        write_whole(path, data)
    yield f"Paquet n° {number} de {coder} : {path}"
    yield f"  {counted(texts)} : {codes_told(texts)}"
    yield from _phrase_lines(phrase if drawn else None)
    yield from _remarks([text for text in texts if text.code not in read], before)
    yield f"Ses codages reviendront dans un fichier « codages-{coder}-….enquete » : « enquete paquet reprendre »."


def packet_content(page: CodingPage, coder: str, codes: Sequence[str], questions: Sequence[str] = ()) -> Json:
    """What a packet holds: the overview that the page would show, and these texts (see `create_packet`).

    Raises EnqueteError: PACKET_NO_INTERVIEW, PACKET_NOT_THEIRS, UNKNOWN_QUESTION.
    """
    overview = page.overview(coder, "")
    theirs = {one["code"]: one for one in overview["interviews"]}
    asked = {question_named([one["key"] for one in overview["questions"]], name) for name in questions}
    answers = [code for code, one in theirs.items() if one["question"] in asked]
    wanted = list(dict.fromkeys([*(code.upper() for code in codes), *answers])) or list(theirs)
    if not wanted:
        raise EnqueteError(Problem.PACKET_NO_INTERVIEW, coder=coder)
    if unknown := [code for code in wanted if code not in theirs]:
        raise EnqueteError(Problem.PACKET_NOT_THEIRS, codes=", ".join(unknown), coder=coder)
    del overview["queueKey"]
    # Nobody settles disagreements in a packet: it holds no other coder's work.
    chosen = set(wanted)
    held = [code for code in theirs if code in chosen]
    shown = {theirs[code]["question"] for code in held}
    overview |= {
        "arbiter": False,
        "interviews": [theirs[code] for code in held],
        "questions": [one for one in overview["questions"] if one["key"] in shown],
    }
    return {"overview": overview, "interviews": page.interviews(coder, chosen)}


def _look_for_names(study: Study, db: sqlite3.Connection) -> None:
    """What an interrupted import left must be masked before it leaves: that alone needs a key."""
    if not late_names_pending(db):
        return
    try:
        vault = study.vault()
    except EnqueteError as error:
        raise EnqueteError(Problem.PACKET_NAMES_WAIT) from error
    settle_late_names(db, vault, study.config.pseudonyms.policies())


def _refuse_blocked(db: sqlite3.Connection, path: Path) -> None:
    if waiting := blocking_alerts(db):
        codes = ", ".join(sorted({alert.interview for alert in waiting}))
        raise EnqueteError(Problem.OUTPUT_BLOCKED, where=path.name, codes=codes)


def _phrase_lines(drawn: str | None) -> Iterator[str]:
    if drawn:
        yield "Sa phrase, montrée cette seule fois (notez-la : sans elle, rien ne se rouvre) :"
        yield f"  {drawn}"
    yield "Donnez la phrase de vive voix, jamais par le même chemin que le fichier."


def _remarks(unread: Sequence[Interview], before: Sequence[StoredPacket]) -> Iterator[str]:
    if unread:
        yield f"Attention : personne n'a encore relu les pseudonymes de {codes_told(unread)} (« enquete relire »)."
    if before:
        numbers = ", ".join(f"n° {packet.output.id}" for packet in before)
        yield (
            f"{n('paquet précédent', len(before), 'paquets précédents')} encore dehors ({numbers}) : ses codages se "
            "reprennent aussi."
        )


def _out(db: sqlite3.Connection) -> list[StoredPacket]:
    return [packet for packet in packets(db).values() if packet.output.destroyed_at is None]


def list_packets(study: Study) -> Iterator[str]:
    """Lines to print: packets whose deletion nobody has confirmed, with who has them and what came back."""
    with study.database() as db:
        found = _out(db)
        texts = list(interviews(db))
    for packet in found:
        output = packet.output
        made = day(date.fromisoformat(output.made_at[:10]))
        codes = set(output.interviews)
        held = codes_told(text for text in texts if text.code in codes) or "aucun texte"
        yield f"n° {output.id} : chez {output.holder} depuis le {made} ({held})"
        yield f"  {_came_back(packet)}"
    if found:
        yield "Quand la personne a effacé ses copies : « enquete sorties confirmer N »."
    else:
        yield "Aucun paquet dehors. Pour en faire un : « enquete paquet creer --codeur CODE »."


def _came_back(packet: StoredPacket) -> str:
    called = " ; À DÉTRUIRE" if packet.output.awaited else ""
    if packet.answered_at is None:
        return f"aucun codage repris{called}"
    back = day(date.fromisoformat(packet.answered_at[:10]))
    return f"codages repris le {back} ({n('action', packet.entries)}){called}"
