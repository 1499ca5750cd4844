"""What becomes of a codebook when a code is renamed, merged, split, retired or taken up: the next version, pure.

Each function gives a codebook whose version is one more. Codes that go leave those under them to the code that takes
their place, and their cues too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from enquete.codebook.types import Code, Codebook, Cues, Pattern
from enquete.errors import EnqueteError, Problem


def code_of(book: Codebook, written: str) -> Code:
    """The code of this id, in any case. Raises EnqueteError(CODE_UNKNOWN)."""
    wanted = written.strip().casefold()
    found = next((code for code in book.codes if code.id.casefold() == wanted), None)
    if found is None:
        close = difflib.get_close_matches(written, list(book.by_id), n=3, cutoff=0.4) or list(book.by_id)[:3]
        raise EnqueteError(Problem.CODE_UNKNOWN, name=written, close=", ".join(close), exit_code=2)
    return found


def renamed(book: Codebook, code: str, new: str, label: str = "") -> Codebook:
    """A code under another id, another label, or both. Raises EnqueteError(CODE_TAKEN, CODE_ID)."""
    if new.casefold() != code.casefold():
        _free(book, new)

    def name(one: Code) -> Code:
        if one.id == code:
            return replace(one, id=new, label=label or one.label)
        return replace(one, parent=new) if one.parent == code else one

    return _next(book, map(name, book.codes))


def merged(book: Codebook, codes: Sequence[str], into: str, label: str = "") -> Codebook:
    """Codes gathered under one, which is new (with a label) when the codebook does not have it.

    It takes over their cues, their examples and the codes under them. A code that lies under one of them rises to
    where that one was. Raises EnqueteError(CODE_NEEDS_LABEL, CODE_ID).
    """
    gone = [code for code in codes if code != into]
    if into not in book.by_id:
        if not label:
            raise EnqueteError(Problem.CODE_NEEDS_LABEL, name=into, exit_code=2)
        first = book.by_id[gone[0]]
        book = _with_codes(book, _after(book.codes, first.id, [replace(first, id=_free(book, into), label=label)]))
    target = book.by_id[into]
    above = [code.id for code in book.path(into)[:-1]]
    lifted = next((code for code in above if code in gone), None)
    parent = book.by_id[lifted].parent if lifted else target.parent
    sources = [target, *(book.by_id[code] for code in gone)]
    whole = replace(
        target,
        label=label or target.label,
        parent=parent,
        cues=_joined_cues([code.cues for code in sources]),
        examples=_once(example for code in sources for example in code.examples),
    )

    def moved(code: Code) -> Code:
        if code.id == into:
            return whole
        return replace(code, parent=into) if code.parent in gone else code

    return _next(book, (moved(code) for code in book.codes if code.id not in gone))


def split(book: Codebook, code: str, parts: Sequence[tuple[str, str]]) -> Codebook:
    """A code retired, with new ones beside it. parts: (id, label) of each, at least two of them new.

    Raises EnqueteError(CODE_TAKEN, CODE_ID, SPLIT_PARTS).
    """
    if len({part for part, _ in parts}) < 2:
        raise EnqueteError(Problem.SPLIT_PARTS, name=code, exit_code=2)
    old = book.by_id[code]
    new = [Code(_free(book, part), label or part, parent=old.parent) for part, label in parts]
    codes = _after(book.codes, code, new)
    return _next(book, (replace(one, retired=True) if one.id == code else one for one in codes))


def retired(book: Codebook, code: str) -> Codebook:
    """A code that nobody codes with any more. Raises EnqueteError(CODE_RETIRED) for one that is retired already."""
    if book.by_id[code].retired:
        raise EnqueteError(Problem.CODE_RETIRED, name=code)
    return _next(book, (replace(one, retired=True) if one.id == code else one for one in book.codes))


def adopted(book: Codebook, new: Code) -> Codebook:
    """With one more code, the last of those under its parent. Raises EnqueteError(CODE_TAKEN, CODE_ID)."""
    _free(book, new.id)
    family = [code.id for code in book.codes if new.parent and new.parent in {step.id for step in book.path(code.id)}]
    last = family[-1] if family else book.codes[-1].id
    return _next(book, _after(book.codes, last, [new]))


def next_version(book: Codebook) -> Codebook:
    """The same codes, one version on."""
    return _next(book, book.codes)


def _next(book: Codebook, codes: Iterable[Code]) -> Codebook:
    return Codebook(book.id, book.label, book.version + 1, tuple(codes))


def _with_codes(book: Codebook, codes: Iterable[Code]) -> Codebook:
    return Codebook(book.id, book.label, book.version, tuple(codes))


def _after(codes: Iterable[Code], place: str, new: Sequence[Code]) -> list[Code]:
    return [one for code in codes for one in ((code, *new) if code.id == place else (code,))]


def _free(book: Codebook, code: str) -> str:
    """The id, when a new code may bear it."""
    if not code or code != " ".join(code.split()) or code.startswith("~") or len(code) > 100:
        raise EnqueteError(Problem.CODE_ID, name=code, exit_code=2)
    taken = next((one for one in book.by_id if one.casefold() == code.casefold()), None)
    if taken is not None:
        raise EnqueteError(Problem.CODE_TAKEN, name=taken, exit_code=2)
    return code


def _joined_cues(cues: Sequence[Cues]) -> Cues:
    patterns: list[Pattern] = []
    for one in cues:
        patterns += [pattern for pattern in one.patterns if pattern not in patterns]
    return Cues(
        words=_once(word for one in cues for word in one.words),
        lemmas=_once(lemma for one in cues for lemma in one.lemmas),
        patterns=tuple(patterns),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
