"""How long all outputs of a large study take, and what a workbook of 20,000 quotations needs of memory.

    python benchmarks/outputs.py [--study FOLDER] [--words 8000]

A study of 60 interviews (as many people, half of them met twice), imported as anybody would, with 6,000 codings by two
coders, most flagged « à citer », all signed, a dozen findings with their quotations and as many recommendations. Every
output is then made by its command's action, for the three audiences, in the three formats, through the gate. Seconds
are of the processor, so that what else the machine does leaves them alone.

The baseline of the outputs is openpyxl in its writing mode, given the same cells of the three workbooks without any
style, chart or link; that of the memory, the same for the 20,000 quotations. With --study, the study is kept there, and
made only once.
"""

import argparse
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import corpus
import openpyxl

from enquete.actions.interviews.importing import Request, import_interviews
from enquete.actions.outputs.gathering import gather_whole
from enquete.actions.outputs.synthesis import Wanted, render, write_synthesis
from enquete.actions.study import create_study, open_study
from enquete.codebook import load
from enquete.disclosure.contents import texts_of
from enquete.disclosure.gate import Ground, KnownForms, judge
from enquete.findings import synthesise
from enquete.findings.analysis import FORMATS
from enquete.findings.material import Flag, Grid, InterviewFacts, Material, Passage, Person
from enquete.findings.tables import Page
from enquete.findings.written.types import PieceKind, Side
from enquete.model import Audience, InterviewKind, RespondentType, Role
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.pieces import add_piece, choose, say
from enquete.store.signoffs import sign

INTERVIEWS, CODINGS, QUOTATIONS = 60, 6_000, 20_000
SAID = "je leur ai dit que le dossier était complet mais ils ont redemandé la même pièce et personne ne rappelle"
GOALS = "but : moins de 20 s"
MEMORY = "but : moins de 500 Mo"


def build(folder, words):
    """The study, made once."""
    chance = random.Random(1)  # noqa: S311 - not for secrets
    study = open_study(create_study(folder, ["rsa"]).folder)
    files, rows = [], ["code;type;vague;fichier;tranche d'âge;commune;sexe;consentement;accord pour citation"]
    source = folder / "sources"
    source.mkdir()
    for number, (name, text) in enumerate(corpus.interviews(INTERVIEWS, words)):
        path = source / name
        path.write_text(text, encoding="utf-8")
        files.append(path)
        person, wave = number % (INTERVIEWS * 2 // 3), "v1" if number < INTERVIEWS * 2 // 3 else "v2"
        kind = "aidant" if person % 8 == 7 else "personne concernée"
        about = (
            f"{18 + person % 4 * 15}-{32 + person % 4 * 15} ans",
            ("Nanterre", "Clichy")[person % 2],
            "FH"[person % 2],
        )
        rows.append(";".join((f"P{person + 1:03}", kind, wave, name, *about, "oui", "oui")))
    table = folder / "participants.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    report = import_interviews(study, Request(tuple(files), participants=table, processes=2), lambda *_: None)
    if len(report.imported) != INTERVIEWS:
        raise SystemExit(f"refusés : {report.rejected}")
    codes = [code.id for code in load(folder / "codebooks" / "rsa.yaml").codes]
    with study.database() as db, transaction(db):
        code_all(db, chance, codes)
        write_pieces(db, chance)


def code_all(db, chance, codes):
    """Two coders on each interview, who agree half of the time, on parts of turns."""
    texts = list(interviews(db))
    for text in texts:
        turns = [turn for turn in text.turns if turn.role is Role.PARTICIPANT and turn.end - turn.start > 60]
        for place in range(CODINGS // INTERVIEWS // 2):
            turn = chance.choice(turns)
            start = text.text.rfind(" ", turn.start, turn.start + 20) + 1 or turn.start
            end = text.text.find(" ", min(turn.end - 1, start + chance.randint(40, 400)), turn.end)
            end = turn.end if end < 0 else end
            code = chance.choice(codes)
            for coder in ("anne", "lea"):
                mine = code if coder == "anne" or place % 2 else chance.choice(codes)
                flag = Flag.CITE if chance.random() < 0.8 else None
                stored.add_coding(db, stored.Coding(text.revision, start, end, "rsa", mine, coder, flag))
        for coder in ("anne", "lea"):
            stored.mark_read(db, text.id, coder)
    revisions = {text.revision: text.text for text in texts}
    for one in stored.codings(db):
        if one.flag == Flag.CITE:
            sign(db, [one.id], "Anne Martin", revisions[one.revision][one.start : one.end])


def write_pieces(db, chance):
    known = stored.codings(db)
    codes = {text.revision: text.code for text in interviews(db)}
    for number in range(12):
        finding = add_piece(db, PieceKind.FINDING)
        said = {
            "title": f"Ce que l'attente fait aux gens, {number}", "state": "validé",
            "themes": f"rsa:{chance.choice(known).code}", "text": "Beaucoup attendent sans savoir quoi.\n\n" * 4,
        }  # fmt: skip
        say(db, PieceKind.FINDING, finding, said, "anne")
        for one in chance.sample(known, 8):
            side = chance.choice(list(Side))
            under = (one.codebook, one.code)
            choose(db, PieceKind.FINDING, finding, side, codes[one.revision], one.start, one.end, "anne", under)
        asked = add_piece(db, PieceKind.RECOMMENDATION)
        said = {"title": f"Répondre dans le mois, {number}", "addressees": "CAF, CCAS", "findings": finding}
        say(db, PieceKind.RECOMMENDATION, asked, said, "anne")


def bare(made):
    """The cells of a synthesis, by openpyxl alone."""
    book = openpyxl.Workbook(write_only=True)
    for sheet in made.sheets:
        page = book.create_sheet(sheet.name)
        if isinstance(sheet, Page):
            for section in sheet.sections:
                for line in (section.title, *section.lines):
                    page.append([line])
        else:
            page.append([column.title for column in sheet.columns])
            for row in sheet.rows:
                page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def everything(study):
    """Seconds of each audience's three documents, gate included."""
    taken = {}
    for audience in Audience:
        began = time.process_time()
        list(write_synthesis(study, Wanted(audience=audience)))
        taken[audience] = time.process_time() - began
    return taken


def parts(study):
    """(what, seconds) of what the outputs are made of."""
    began = time.process_time()
    material = gather_whole(study, study.vault().identities().secret)
    yield "lecture de la base", time.process_time() - began
    baseline = 0.0
    for audience in Audience:
        began = time.process_time()
        made = synthesise(material, audience)
        yield f"tableaux, {audience}", time.process_time() - began
        for format_ in FORMATS:
            began = time.process_time()
            data = render(made, format_)
            yield f"{format_}, {audience} ({len(data) / 1e6:.1f} Mo)", time.process_time() - began
        began = time.process_time()
        bare(made)
        baseline += time.process_time() - began
    yield "référence : openpyxl, mêmes cellules des trois classeurs, sans style", baseline


def many(count):
    """A material of as many quotations, of 60 people."""
    chance = random.Random(2)  # noqa: S311
    words = SAID.split()
    codes = load(Path(__file__).parents[1] / "codebooks" / "rsa" / "rsa.yaml").codes
    people = tuple(Person(f"P{i:03}", RespondentType.CONCERNED) for i in range(INTERVIEWS))
    facts = tuple(
        InterviewFacts(f"E{i:03}", "v1", InterviewKind.RECORDED, date(2026, 1, 5), (f"P{i:03}",), 200, 8000, ("anne",))
        for i in range(INTERVIEWS)
    )
    passages = tuple(
        Passage(
            f"E{i % INTERVIEWS:03}", "v1", f"P{i % INTERVIEWS:03}", 1000 * i, 1000 * i + 200, chance.choice(codes).id,
            "rsa", ("anne",), " ".join(chance.choices(words, k=35)), i, flag=Flag.CITE,
        )
        for i in range(count)
    )  # fmt: skip
    grid = Grid("rsa", "RSA", "1", "0" * 64, codes)
    return Material(
        "Grande étude",
        {"v1": "Premier entretien"},
        people,
        facts,
        passages,
        (grid,),
        date(2026, 2, 1),
        "0",
        "0" * 64,
        b"s",
    )


def peak(what):
    """Megabytes and seconds of a program that makes a workbook of many quotations and judges it. what: ours or bare."""
    made = subprocess.run([sys.executable, __file__, "--only", what], check=True, capture_output=True, text=True)
    return tuple(map(float, made.stdout.split()))


def only(what):
    made = synthesise(many(QUOTATIONS), Audience.TEAM)
    if what == "bare":
        bare(made)
    elif what == "ours":
        data = render(made, "xlsx")
        judge(texts_of("synthese.xlsx", data), Ground(b"s", KnownForms([])))
    # Of this program alone: what getrusage tells begins with the memory of who started it (Linux).
    status = Path("/proc/self/status").read_text()
    print(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024, time.process_time())


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--study", type=Path)
    asked.add_argument("--words", type=int, default=8000)
    asked.add_argument("--only")
    wanted = asked.parse_args()
    if wanted.only:
        only(wanted.only)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_CONFIG_HOME", str((wanted.study or Path(folder)).parent / "cles"))
        place = (wanted.study or Path(folder) / "etude").resolve()
        if not place.exists():
            build(place, wanted.words)
        study = open_study(place)
        taken = everything(study)
        for audience, seconds in taken.items():
            print(f"{audience} : {seconds:.1f} s")
        told = list(parts(study))
        for what, seconds in told:
            print(f"  {what} : {seconds:.2f} s")
        total = sum(taken.values())
        print(f"toutes les sorties : {total:.1f} s ({GOALS}), {total / told[-1][1]:.0f} fois la référence")
    used, seconds = peak("ours")
    without, _ = peak("bare")
    print(
        f"classeur de {QUOTATIONS} citations : {used:.0f} Mo au plus, {seconds:.1f} s ({MEMORY}) ; "
        f"{used / without:.1f} fois openpyxl sans style ({without:.0f} Mo)"
    )


if __name__ == "__main__":
    main()
