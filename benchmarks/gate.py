"""How long the gate takes over 5 MB: a workbook and a web page, against a vault of 1,500 forms.

    python benchmarks/gate.py

The baseline is what merely reading the same file costs: openpyxl in its reading mode for the workbook, the HTML parser
of the standard library for the page. Everything is invented. The word lists are loaded before: once a process.
"""

from __future__ import annotations

import io
import random
import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from html.parser import HTMLParser
from importlib.resources import files

import openpyxl

from enquete.disclosure.contents import texts_of
from enquete.disclosure.gate import Form, Ground, KnownForms, judge
from enquete.disclosure.quotations import Runs
from enquete.language import lexicon
from enquete.model import IdentifierType as T
from enquete.pseudonyms import words
from enquete.readers.encoding import decode

MEGABYTE = 1_000_000
FORMS = 1_500


def vocabulary(known: Iterable[Form]) -> list[str]:
    """Words to write with, as often as people say them: those of the demonstration, pseudonymised.

    Figures stay rare: what leaves a study has no number of anybody in it.
    """
    folder = files("enquete") / "demonstration" / "entretiens"
    said = " ".join(decode(f.read_bytes())[0] for f in folder.iterdir() if f.name.endswith(".txt"))
    borne = {word for form in known for word in words.words_of(form.text)} - {"petit", "rose", "rue", "des"}
    return [w for w in said.split() if borne.isdisjoint(words.words_of(w)) and not re.search(r"\d{3}|\d\W|@|www", w)]


def sentence(draw: random.Random, pool: list[str]) -> str:
    said = " ".join(draw.choices(pool, k=draw.randint(12, 60)))
    return said[:1].upper() + said[1:] + "."


def forms(draw: random.Random) -> list[Form]:
    lists = words.load()
    first = [row.name for row in list(lists.first_names.values())[200:4000]]
    last = [name.title() for name in list(lists.surnames)[6000:20000] if not lists.is_word(name)]
    named = [Form(f"{draw.choice(first)} {draw.choice(last)}", T.PERSON) for _ in range(FORMS - 300)]
    phones = [Form(f"06 39 98 {n // 100:02} {n % 100:02}", T.PHONE) for n in range(150)]
    streets = [Form(f"{n} rue des {draw.choice(last)}", T.PLACE) for n in range(50)]
    employers = [Form(f"Maison {draw.choice(last)} Services", T.ORGANISATION) for _ in range(98)]
    words_too = [Form(name, T.PERSON) for name in ("Rose Petit", "Petit")]
    return [*named, *phones, *streets, *employers, *words_too]


def workbook(draw: random.Random, pool: list[str], size: int) -> bytes:
    """Rows of codes, quotations and contexts, until the file weighs enough."""
    rows = size // 280
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Verbatims")
    for number in range(rows):
        sheet.append([f"Personne {number % 40}", "v1", number, sentence(draw, pool), sentence(draw, pool), 0.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(draw: random.Random, pool: list[str], size: int) -> bytes:
    parts = ["<!DOCTYPE html><html lang='fr'><head><title>Restitution</title></head><body>"]
    length = 0
    while length < size:
        said = f"<p class='citation'>« {sentence(draw, pool)} » <b>Personne 3</b></p>"
        parts.append(f"{said}\n<table><tr><td>12</td></tr></table>")
        length += len(parts[-1].encode())
    return "".join([*parts, "</body></html>"]).encode()


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, the best of three: what else the machine does leaves it alone."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def read_workbook(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            tuple(row)


def main() -> None:
    draw = random.Random(1)  # noqa: S311
    start = time.process_time()
    words.load()
    lexicon.ranks()
    print(f"listes de mots : {time.process_time() - start:.2f} s, une fois par commande")
    known = forms(draw)
    pool = vocabulary(known)
    own = [" ".join(draw.choices(pool, k=8000)) for _ in range(30)]
    ground = Ground(b"secret", KnownForms(known), runs=(Runs("paroles", 6, own),))
    for name, make, read in (
        ("classeur.xlsx", workbook, read_workbook),
        ("page.html", page, lambda data: HTMLParser().feed(data.decode())),
    ):
        data = make(draw, pool, 5 * MEGABYTE)
        texts = texts_of(name, data)
        reading, judging = seconds(partial(texts_of, name, data)), seconds(partial(judge, texts, ground))
        baseline = seconds(partial(read, data))
        characters = sum(len(text.text) for text in texts)
        print(
            f"{name} : {len(data) / MEGABYTE:.1f} Mo, {characters / 1e6:.1f} millions de caractères ; lu en "
            f"{reading:.2f} s, jugé en {judging:.2f} s, en tout {reading + judging:.2f} s ; "
            f"{(reading + judging) / baseline:.2f} fois la seule lecture ({baseline:.2f} s) ; "
            f"{len(judge(texts, ground))} endroits"
        )


if __name__ == "__main__":
    main()
