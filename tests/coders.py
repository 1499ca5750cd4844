"""Coders at work in a small study, without going through a file: what they code, by the words of the passage."""

from __future__ import annotations

from enquete.actions.study import open_study
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import interviews

TALK = """Enquêtrice : Et le RSA, comment ça se passe ?

Enquêtée : Ils m'ont coupé la moitié pendant deux mois. J'avais plus rien sur le compte. C'est ma sœur qui m'a aidée.

Enquêtrice : Et le contrat ?

Enquêtée : J'ai signé sans lire. La conseillère m'a rien expliqué. De toute façon j'avais pas le choix.
"""


def import_talks(enquete, folder, count=1):
    """Interviews E001, E002… of the talk."""
    paths = [folder / f"parole{number}.txt" for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        path.write_text(f"{TALK}\nEnquêtrice : Merci, au revoir numéro {number}.\n", encoding="utf-8")
    code, _, errors = enquete("importer", "entretiens", *paths, "--vague", "v1")
    assert code == 0, errors


def text_of(folder, interview="E001"):
    with open_study(folder).database() as db:
        return next(text for text in interviews(db) if text.code == interview)


def code(folder, coder, passages, interview="E001", codebook="rsa", finished=True):
    """passages: {"R02.1": "mots du passage", …}, or (code, words, flag, memo) each."""
    rows = [(*row, None, "")[:4] for row in (passages.items() if isinstance(passages, dict) else passages)]
    with open_study(folder).database() as db, transaction(db):
        text = next(text for text in interviews(db) if text.code == interview)
        for name, words, flag, memo in rows:
            start = text.text.index(words)
            place = (text.revision, start, start + len(words))
            codings.add_coding(db, codings.Coding(*place, codebook, name, coder, flag, memo))
        if finished:
            codings.mark_read(db, text.id, coder)


def own(folder, coder):
    """(code, words, flag) of a coder's own layer, by place."""
    with open_study(folder).database() as db:
        texts = {text.revision: text.text for text in interviews(db)}
        return [
            (c.code, texts[c.revision][c.start : c.end], c.flag) for c in codings.codings(db) if c.coder == coder
        ]  # fmt: skip


def settled(folder):
    """(code, words) of the settled version, by place."""
    with open_study(folder).database() as db:
        texts = {text.revision: text.text for text in interviews(db)}
        return [(c.code, texts[c.revision][c.start : c.end]) for c in codings.codings(db, settled=True)]
