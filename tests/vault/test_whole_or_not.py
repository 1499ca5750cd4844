"""A vault whose keys change: whole or not at all, whenever the process dies or the disk fills up."""

import errno
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.vault import Original, Recipient, Vault, create_key, files, parts, put_flag, read_recipients

STEPS = ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir")


class Killed(BaseException):
    """The process is dead: nothing of it runs any more."""


@contextmanager
def dying_at(step):
    """From that operation of the file system on, none is done; what was being synced is half there."""
    count = 0

    def wrapped(real, name):
        def operation(*arguments, **options):
            nonlocal count
            count += 1
            if count > step:
                if name == "fsync" and os.fstat(arguments[0]).st_size > 1 and count == step + 1:
                    _tear(arguments[0])
                raise Killed
            return real(*arguments, **options)

        return operation

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, wrapped(getattr(os, name), name))
        with suppress(Killed):
            yield


def _tear(descriptor):
    try:
        os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
    except OSError:  # a folder
        return


@contextmanager
def full_disk(step, number=errno.ENOSPC):
    """From that write on, the disk takes no more."""
    real, count = os.fsync, 0

    def fsync(descriptor):
        nonlocal count
        count += 1
        if count > step:
            raise OSError(number, "no")
        real(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield


def new_vault(folder):
    """A vault with something in each part, its folder and the key that opens it."""
    key, public = create_key("un", folder / "cles")
    Vault.create(folder / "coffre", [public])
    vault = Vault.open(folder / "coffre", key)
    identities = vault.identities()
    identities.people["P001"] = {"prénom": "Aminata"}
    vault.write_identities(identities)
    vault.write_contacts({"P001": {"téléphone": "06"}})
    vault.put_original("o1", Original("a.txt", b"bonjour"))
    vault.put_original("o2", Original("b.txt", b"x" * 5000))
    vault.put_proof("p1", Original("c.pdf", b"signed"))
    put_flag(folder / "coffre", "f1", {"mot": "Nanterre"})
    return folder / "coffre", key


def content(vault):
    """Everything that a vault holds, in the clear."""
    told = {path.relative_to(vault.folder).as_posix(): vault.read(path) for path in parts(vault.folder)}
    assert len(told) == 6
    return told


def adding(public):
    return lambda known: [*known, Recipient(public)]


def removing(public):
    return lambda known: [recipient for recipient in known if recipient.key != public]


def left_behind(folder):
    return [path.name for path in folder.rglob(".*") if path.name != ".verrou"]


@pytest.mark.parametrize("step", range(60))
def test_a_killed_change_of_keys_gives_the_old_keys_or_the_new_ones(tmp_path, step):
    folder, mine = new_vault(tmp_path)
    theirs, public = create_key("deux", tmp_path / "cles")
    vault = Vault.open(folder, mine)
    before = content(vault)
    with dying_at(step):
        vault.change_recipients(adding(public))
    assert content(Vault.open(folder, mine)) == before
    assert left_behind(folder) == []
    if public in {recipient.key for recipient in read_recipients(folder)}:
        assert content(Vault.open(folder, theirs)) == before
    else:
        with pytest.raises(EnqueteError):
            Vault.open(folder, theirs)


def test_the_steps_above_reach_from_the_first_write_to_the_last(tmp_path):
    folder, mine = new_vault(tmp_path)
    _, public = create_key("deux", tmp_path / "cles")
    with dying_at(59):
        Vault.open(folder, mine).change_recipients(adding(public))
        assert left_behind(folder) == []
        assert len(read_recipients(folder)) == 2


CHANGE = st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 4), st.none() | st.integers(0, 60))


@settings(max_examples=40, deadline=None)
@given(st.lists(CHANGE, max_size=6), st.integers(0, 12))
def test_any_sequence_of_changes_and_kills_keeps_everything(changes, second_kill):
    with tempfile.TemporaryDirectory() as place:
        folder, first = new_vault(Path(place))
        keys = {public_of(first): first}
        before = content(Vault.open(folder, first))
        for kind, number, step in changes:
            current = [recipient.key for recipient in read_recipients(folder)]
            if kind == "add":
                path, public = create_key("autre", Path(place) / "cles")
                keys[public] = path
                change = adding(public)
            elif len(current) > 1:
                change = removing(current[number % len(current)])
            else:
                continue
            vault = Vault.open(folder, keys[current[0]])
            with dying_at(999 if step is None else step):
                vault.change_recipients(change)
            with dying_at(second_kill):  # the next command dies while it settles what the first one left
                files.settle(folder)
            files.settle(folder)
            now = {recipient.key for recipient in read_recipients(folder)}
            assert now in (set(current), {recipient.key for recipient in change(list(map(Recipient, current)))})
            for public, path in keys.items():
                if public in now:
                    assert content(Vault.open(folder, path)) == before
                else:
                    with pytest.raises(EnqueteError):
                        Vault.open(folder, path)
        assert left_behind(folder) == []


def public_of(path):
    return next(line for line in path.read_text().split() if line.startswith("age1"))


DECIDED = 11  # files and folders synced before the change is decided


@pytest.mark.parametrize("step", range(DECIDED + 5))
def test_a_full_disk_changes_nothing_or_is_finished_later(tmp_path, step):
    folder, mine = new_vault(tmp_path)
    _, public = create_key("deux", tmp_path / "cles")
    vault = Vault.open(folder, mine)
    before = content(vault)
    with full_disk(step), pytest.raises(EnqueteError) as caught:
        vault.change_recipients(adding(public))
    assert "le disque est plein" in str(caught.value)
    if step < DECIDED:
        assert caught.value.problem is Problem.VAULT_WRITE
        assert left_behind(folder) == []
    else:
        assert caught.value.problem is Problem.VAULT_UNSETTLED
    assert content(Vault.open(folder, mine)) == before
    assert left_behind(folder) == []
    assert len(read_recipients(folder)) == (1 if step < DECIDED else 2)


def test_a_removed_key_opens_nothing_any_more(tmp_path):
    folder, mine = new_vault(tmp_path)
    theirs, public = create_key("deux", tmp_path / "cles")
    Vault.open(folder, mine).change_recipients(adding(public))
    late = Vault.open(folder, theirs)
    Vault.open(folder, mine).change_recipients(removing(public))
    with pytest.raises(EnqueteError) as caught:
        Vault.open(folder, theirs)
    assert caught.value.problem is Problem.VAULT_WRONG_KEY
    with pytest.raises(EnqueteError) as caught:
        late.identities()
    assert caught.value.problem is Problem.VAULT_OTHER_KEY


def test_a_part_taken_out_after_a_killed_change_does_not_come_back(tmp_path):
    folder, mine = new_vault(tmp_path)
    _, public = create_key("deux", tmp_path / "cles")
    vault = Vault.open(folder, mine)
    for step in range(60):
        vault.put_original("o1", Original("a.txt", b"bonjour"))
        with dying_at(step):
            vault.change_recipients(lambda known: [*known[:1], Recipient(public)])
        vault.remove_original("o1")
        assert not [path for path in folder.rglob("*") if path.name == "o1.age"]
        assert left_behind(folder) == []


def test_a_damaged_part_refuses_the_change_and_is_named(tmp_path):
    folder, mine = new_vault(tmp_path)
    _, public = create_key("deux", tmp_path / "cles")
    (folder / "originaux" / "o2.age").write_bytes((folder / "originaux" / "o2.age").read_bytes()[:-9])
    with pytest.raises(EnqueteError) as caught:
        Vault.open(folder, mine).change_recipients(adding(public))
    assert caught.value.problem is Problem.VAULT_DAMAGED
    assert caught.value.where == "originaux/o2.age"
    assert len(read_recipients(folder)) == 1
    assert left_behind(folder) == []


def test_a_writer_waits_for_the_change_of_keys_and_writes_for_the_new_ones(tmp_path):
    folder, mine = new_vault(tmp_path)
    theirs, public = create_key("deux", tmp_path / "cles")
    begun = threading.Event()

    def change(known):
        begun.set()
        writer.join(0.2)
        assert writer.is_alive()
        return [*known, Recipient(public)]

    def write():
        begun.wait()
        put_flag(folder, "f2", {"mot": "Bezons"})

    writer = threading.Thread(target=write)
    writer.start()
    Vault.open(folder, mine).change_recipients(change)
    writer.join()
    assert Vault.open(folder, theirs).flags()["f2"] == {"mot": "Bezons"}


def test_who_waits_too_long_is_told(tmp_path, monkeypatch):
    folder, _ = new_vault(tmp_path)
    monkeypatch.setattr(files, "WAIT_S", 0.05)
    with files.changing(folder), pytest.raises(EnqueteError) as caught:
        put_flag(folder, "f2", {})
    assert caught.value.problem is Problem.VAULT_BUSY


SCRIPT = """
import os, sys
from pathlib import Path
from enquete.vault import Recipient, Vault
real, left = os.fsync, int(sys.argv[4])
def fsync(descriptor):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), 9)
    real(descriptor)
os.fsync = fsync
vault = Vault.open(Path(sys.argv[1]), Path(sys.argv[2]))
vault.change_recipients(lambda known: [*known, Recipient(sys.argv[3])])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that kills at once")
@pytest.mark.parametrize("left", [3, 11])
def test_a_process_that_the_system_kills_frees_its_lock(tmp_path, left):
    folder, mine = new_vault(tmp_path)
    _, public = create_key("deux", tmp_path / "cles")
    before = content(Vault.open(folder, mine))
    words = [sys.executable, "-c", SCRIPT, str(folder), str(mine), public, str(left)]
    assert subprocess.run(words, check=False).returncode == -9
    assert left_behind(folder)
    assert content(Vault.open(folder, mine)) == before
    assert left_behind(folder) == []
