"""Which turns of a text are coded: what participants say."""

from __future__ import annotations

from collections.abc import Sequence

from enquete.model import Role, Turn


def spoken_turns(turns: Sequence[Turn]) -> list[int]:
    """Indexes of the turns to read: the participants' ones; where no role is known, those of a lone voice.

    Of two voices of unknown roles one may be the interviewer's: neither is read.
    """
    found = [index for index, turn in enumerate(turns) if turn.role is Role.PARTICIPANT]
    voices = {turn.speaker for turn in turns}
    if not found and len(voices) == 1 and turns[0].role is Role.UNKNOWN:
        found = list(range(len(turns)))
    return found


def asked_turns(turns: Sequence[Turn]) -> dict[int, int]:
    """For each turn to read that follows one of somebody else, who asks or prompts: the index of that one."""
    spoken = set(spoken_turns(turns))
    return {index: index - 1 for index in sorted(spoken) if index and index - 1 not in spoken}


def spoken_words(text: str, turns: Sequence[Turn]) -> int:
    """Words, between spaces, of the turns that `spoken_turns` gives."""
    return sum(len(text[turns[i].start : turns[i].end].split()) for i in spoken_turns(turns))
