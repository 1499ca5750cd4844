"""The zip of an Office file: equal content gives equal bytes, and says nothing of who made it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

Change = Callable[[bytes], bytes]

_PERSONAL = re.compile(
    rb"<(dc:creator|cp:lastModifiedBy|dcterms:created|dcterms:modified)\b[^>]*?(/>|>.*?</\1>)", re.DOTALL
)


def deterministic(data: bytes, changes: Mapping[str, Change] | None = None) -> bytes:
    """The same .xlsx, .docx or other Office zip without times, author or last editor: equal content, equal bytes.

    changes: to the content of its parts, by their names.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _PERSONAL.sub(b"", content)
            if changes and name in changes:
                content = changes[name](content)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, content)
    return out.getvalue()
