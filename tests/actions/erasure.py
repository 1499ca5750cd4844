"""Everything that a study folder holds, for tests that look for words in it."""

import io
import zipfile

from enquete.actions.study import open_study
from enquete.vault import parts


def contents(folder):
    """(where, bytes) of each file: as it is, unzipped, decrypted."""
    vault = open_study(folder).vault()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path.name, path.name.encode()
            yield path.name, data
            if zipfile.is_zipfile(io.BytesIO(data)):
                archive = zipfile.ZipFile(io.BytesIO(data))
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
    for path in parts(vault.folder):
        yield path.name, vault.read(path)


def places(folder, words):
    """(word, where) for each word found, whatever its encoding."""
    found = set()
    for where, data in contents(folder):
        lowered = data.lower()
        for word in words:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                if word.encode(encoding, "ignore").lower() in lowered:
                    found.add((word, where))
    return sorted(found)
