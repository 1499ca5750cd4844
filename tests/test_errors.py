"""Messages: their shape, and what the system says put in French."""

import errno

import pytest

from enquete.actions.writing import write_whole
from enquete.errors import EnqueteError, Problem, system_reason


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EISDIR, "c'est un dossier"),
        (errno.EACCES, "les droits manquent"),
        (errno.ENOSPC, "le disque est plein"),
        (errno.ENOENT, "ce chemin n'existe pas"),
        (errno.ELOOP, f"erreur du système n° {errno.ELOOP}"),
    ],
)
def test_the_reason_of_the_system_is_french(number, reason):
    assert system_reason(OSError(number, "No such thing")) == reason


def test_a_fault_without_a_number_has_a_reason_too():
    assert system_reason(OSError("odd")) == "erreur du système"


def test_a_remedy_after_a_line_break_starts_its_line():
    error = EnqueteError(Problem.CODEBOOK_FAULTS, where="g.yaml", faults="deux fautes :\n  ligne 3")
    assert str(error).endswith("ligne 3\nCorrigez, puis relancez la commande.")


def test_a_folder_is_no_place_to_write_a_file(tmp_path):
    with pytest.raises(EnqueteError) as caught:
        write_whole(tmp_path, b"x")
    assert caught.value.problem is Problem.OUTPUT_IS_FOLDER
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_told_in_french(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(EnqueteError) as caught:
        write_whole(tmp_path / "a" / "b.txt", b"x")
    assert "un fichier" in str(caught.value)
