"""The real and fictional interviews that stand beside the repository, where they are present."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from enquete.model import Role
from enquete.readers import read, read_bytes
from enquete.readers.canonical import canonical

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = SHARED / "gold-dev"
TRANSCRIPTS = SHARED / "samples" / "transcripts"


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold interviews are not beside the repository")
def test_turns_of_the_gold_interviews(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(SHARED / "bench")])
    import gold

    counts: Counter[Role] = Counter()
    for document in gold.load(GOLD):
        found = read_bytes("entretien.txt", document.text.encode())
        roles = [found.speakers[t.speaker].role for t in found.turns]
        counts.update(roles)
        rows = [json.loads(r) for r in (GOLD / f"{document.name}.codes.jsonl").read_text("utf-8").splitlines() if r]
        assert [n for n, role in enumerate(roles) if role is Role.PARTICIPANT] == [row["turn"] for row in rows]
        for row in rows:
            speech = found.turns[row["turn"]].speech
            assert row["start"] <= speech[0].start < speech[-1].end <= row["end"]
            assert row["end"] - speech[-1].end <= 2
    assert counts == {Role.INTERVIEWER: 199, Role.PARTICIPANT: 206}


@pytest.mark.skipif(not TRANSCRIPTS.is_dir(), reason="the real transcripts are not beside the repository")
def test_real_transcripts() -> None:
    turns = []
    for path in sorted(TRANSCRIPTS.glob("*.docx")):
        found = read(path)
        turns.append(len(found.turns))
        assert [s.role for s in found.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
        assert found.front[0].start == 0
        assert len(found.front) <= 2  # one file holds the titles of two recordings
        assert "author" in found.properties
    assert turns == [55, 28, 44, 27, 17]
    for path in sorted(p for p in TRANSCRIPTS.iterdir() if p.suffix in (".vtt", ".srt")):
        found = read(path)
        assert len(found.turns) == 1
        assert found.turns[0].begin is not None
        assert not set(canonical(found).text) & set("<>")
