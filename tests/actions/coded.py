"""Small studies to code: interviews put straight into the database, and what coders did of them."""

from enquete.actions.study import open_study
from enquete.coding.entries import Entry, Kind
from enquete.model import InterviewKind, Role, Turn
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.entries import put_entries
from enquete.store.interviews import Revision, Voice, add_interview, interviews

QUESTION = "Et alors ?"


def add_texts(folder, said, wave="v1"):
    """An interview for each of these: a question, then what the participant says, turn by turn. Gives their codes."""
    with open_study(folder).database() as db, transaction(db):
        return [add_text(db, [QUESTION, *([turns] if isinstance(turns, str) else turns)], wave) for turns in said]


def add_text(db, parts, wave, roles=None):
    text, turns = "", []
    for number, part in enumerate(parts):
        role = (roles or [Role.INTERVIEWER] + [Role.PARTICIPANT] * len(parts))[number]
        turns.append(Turn(len(text), len(text) + len(part), min(number, 1), role))
        text += part + "\n"
    uid = f"u{len(list(interviews(db)))}"
    voices = [Voice(turns[0].role), *([Voice(turns[1].role)] if len(turns) > 1 else [])]
    return add_interview(
        db, wave=wave, kind=InterviewKind.RECORDED, held_on=None, participants=[], voices=voices,
        revision=Revision(uid, uid, text.rstrip("\n"), turns, [], [], None, "import"),
    )  # fmt: skip


def code(folder, coder, interview, *passages, done=False, book="rsa"):
    """Puts codes on words of an interview: each passage is (words, code) or (words, code, memo)."""
    with open_study(folder).database() as db, transaction(db):
        text = next(one for one in interviews(db) if one.code == interview)
        for words, name, *memo in passages:
            start = text.text.index(words)
            place = (text.revision, start, start + len(words))
            stored.add_coding(db, stored.Coding(*place, book, name, coder, memo="".join(memo)))
        if done:
            stored.mark_read(db, text.id, coder)


def say_read(folder, coder, interview):
    """The coder has read it once."""
    with open_study(folder).database() as db, transaction(db):
        uid = f"read-{interview}"
        put_entries(db, coder, [Entry(uid=uid, kind=Kind.STAGE, step=uid, item=uid, interview=interview, field="read")])
