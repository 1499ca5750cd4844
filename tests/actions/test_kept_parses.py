"""What is worked out once for a study is not worked out again."""

from pathlib import Path

import pytest

from enquete.actions import parses, spotting
from enquete.codebook import Code, Codebook, Cues
from enquete.store.database import opened
from enquete.themes import cues
from enquete.themes.cues import cue_texts


def book(*said: str) -> Codebook:
    return Codebook("x", "x", 1, (Code("A", "a", cues=Cues(lemmas=said)),))


@pytest.fixture
def read_by_the_model(monkeypatch) -> list[str]:
    """The cues that the model reads from now on."""
    seen: list[str] = []
    real = cues.parse

    def listened(texts, **options):
        seen.extend(texts)
        return real(texts, **options)

    monkeypatch.setattr(cues, "parse", listened)
    monkeypatch.setattr(cues, "_read", {})
    return seen


def test_after_an_edit_only_the_new_cue_is_read(tmp_path: Path, monkeypatch, read_by_the_model: list[str]):
    with opened(tmp_path / "etude.db") as db:
        first = parses.cue_parses(db, [book("fin de droits", "perdre mon travail")])
    monkeypatch.setattr(cues, "_read", {})  # another process
    read_by_the_model.clear()
    with opened(tmp_path / "etude.db") as db:
        edited = book("fin de droits", "perdre mon emploi")
        second = parses.cue_parses(db, [edited])
    assert read_by_the_model == ["perdre mon emploi"]
    assert list(second) == cue_texts([edited])
    assert second["fin de droits"] == first["fin de droits"]


def test_an_untouched_working_copy_is_not_read_again(enquete, study, talk, monkeypatch):
    code, _, errors = enquete("importer", "entretiens", talk, "--vague", "v1")
    assert code == 0, errors
    assert enquete("reperer")[0] == 0
    assert (study / spotting.WORKING_COPY).is_file()
    monkeypatch.setattr(spotting, "read_codings", lambda path: pytest.fail("read again"))
    assert enquete("reperer")[0] == 0
