"""Thirty coders on one server: how long each action takes to be stored, against thirty programs that write directly.

    python benchmarks/coding_server.py --coders 30 --actions 100

Each coder has a connection of their own, opens an interview, reads a little, then codes, edits, undoes and writes memos
with little thought in between. What the server said it had stored is then looked for in the database: nothing may be
missing, and the codings that hold must be those that the coder last saw.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import random
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import corpus

from enquete.actions.study import create_study, open_study
from enquete.coding.entries import Entry, Kind, holding
from enquete.model import InterviewKind, Role, Turn
from enquete.offsets import Mapping
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.entries import all_entries, put_entries
from enquete.store.interviews import Revision, Voice, add_interview

CLIENTS = 2  # processes that the coders are threads of
MEMO = "Elle revient sur la coupure de juin : à rapprocher de ce que disait Karim à la permanence de Nanterre."
CODES = ("R01.1", "R02.4", "R04.2", "R05.1", "R07.1", "R11.4")
GOALS = "but : médiane sous 50 ms, rien au-delà de 1 s, aucun codage perdu"


def build(folder, coders, interviews, words):
    study = open_study(create_study(folder / "etude", ["rsa"]).folder)
    with study.database() as db, transaction(db):
        for _, text in corpus.interviews(interviews, words):
            said, turns, at = [], [], 0
            for paragraph in text.split("\n\n"):
                label, _, speech = paragraph.partition(" : ")
                asks = label == "Enquêtrice"
                role = Role.INTERVIEWER if asks else Role.PARTICIPANT
                turns.append(Turn(at, at + len(speech), 0 if asks else 1, role))
                said.append(speech)
                at += len(speech) + 1
            add_interview(
                db, wave="v1", kind=InterviewKind.RECORDED, held_on=None, participants=[],
                voices=[Voice(Role.INTERVIEWER), Voice(Role.PARTICIPANT)],
                revision=Revision(secrets.token_hex(8), "", "\n".join(said), turns, [], [], Mapping(), "import"),
            )  # fmt: skip
    toml = study.folder / "enquete.toml"
    names = ", ".join(f'"{coder}"' for coder in coders)
    toml.write_text(f"codeurs = [{names}]\n{toml.read_text(encoding='utf-8')}", encoding="utf-8")
    return study.folder


class Coder:
    """Draws what one coder does next. interview: as the server gives it."""

    def __init__(self, name, interview, seed):
        self.name, self.interview = name, interview
        self.chance = random.Random(seed)  # noqa: S311 - not for secrets
        self.spoken = [turn for turn in interview["turns"] if turn["role"] == "participant"]
        self.mine = []  # codings that hold, as this coder knows
        self.undone = None

    def act(self):
        kind = self.chance.choices(["code", "edit", "drop", "undo", "memo"], [60, 15, 10, 10, 5])[0]
        if kind == "memo":
            return self.entry("memo", body=MEMO)
        if kind == "undo" and self.undone:
            coding, gone = self.undone
            self.undone = None
            return {**coding, **self.names(), "over": [gone["uid"]], "reverses": gone["step"], "item": coding["item"]}
        if kind in ("edit", "drop") and self.mine:
            before = self.chance.choice(self.mine)
            if kind == "drop":
                return self.entry("gone", item=before["item"], over=[before["uid"]])
            return {**before, **self.names(), "item": before["item"], "over": [before["uid"]], "flag": "cite"}
        turn = self.chance.choice(self.spoken)
        start = self.chance.randint(turn["start"], turn["end"] - 2)
        end = self.chance.randint(start + 1, turn["end"])
        place = {"revision": self.interview["revision"], "start": start, "end": end}
        return self.entry("coding", codebook="rsa", code=self.chance.choice(CODES), **place)

    def names(self):
        uid = secrets.token_hex(8)
        return {"uid": uid, "step": uid, "item": uid}

    def entry(self, kind, **fields):
        return {"kind": kind, "interview": self.interview["code"], **self.names(), **fields}

    def stored(self, entry):
        replaced = [one for one in self.mine if one["uid"] in entry.get("over", ())]
        self.mine = [one for one in self.mine if one not in replaced]
        if entry["kind"] == "coding":
            self.mine.append(entry)
        elif replaced and entry["kind"] == "gone":
            self.undone = (replaced[0], entry)


def code_over_http(link, number, options, results):
    """One coder, from the first page to the last action. results: (coder, [(kind, seconds)], uids, those that hold)."""
    base, _, token = link.partition("/#")
    host, port = base.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(method, path, content=None):
        connection.request(method, path, content and json.dumps(content), headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status} {told[:200]!r}")
        return json.loads(told)

    overview = ask("GET", "/api/overview")
    listed = overview["interviews"]
    coder = Coder(overview["coder"], ask("GET", f"/api/interviews/{listed[number % len(listed)]['code']}"), number)
    times, acknowledged = [], []
    time.sleep(options.reading)
    for turn in range(options.actions):
        time.sleep(coder.chance.uniform(0, 2 * options.think))
        entry = coder.act()
        began = time.perf_counter()
        (arrived,) = ask("POST", "/api/entries", {"entries": [entry]})["arrived"]
        times.append((entry["kind"], time.perf_counter() - began))
        if arrived["arrival"] == "impossible":
            raise RuntimeError(arrived["reason"])
        coder.stored(entry)
        acknowledged.append(entry["uid"])
        if turn % 10 == 9:
            ask("GET", f"/api/changes?interview={coder.interview['code']}&after=0")
    results.append((coder.name, times, acknowledged, [one["uid"] for one in coder.mine]))


def clients(links, numbers, options, queue):
    """The coders of one process, each a thread."""
    results = []
    threads = [
        threading.Thread(target=code_over_http, args=(links[number], number, options, results)) for number in numbers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put(results)


def through_the_server(folder, coders, options):
    command = shutil.which("enquete", path=str(Path(sys.executable).parent)) or "enquete"
    with subprocess.Popen(
        [command, "coder", "--port", "0", "--sans-navigateur", "--etude", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        told = [server.stdout.readline() for _ in range(2 + len(coders))]
        links = [line.split(" : ", 1)[1].strip() for line in told[2:]]
        context = multiprocessing.get_context("spawn")
        queue = context.Queue()
        shares = [list(range(first, len(coders), CLIENTS)) for first in range(CLIENTS)]
        workers = [context.Process(target=clients, args=(links, share, options, queue)) for share in shares]
        for worker in workers:
            worker.start()
        results = [one for _ in workers for one in queue.get(timeout=600)]
        for worker in workers:
            worker.join()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    if len(results) != len(coders):
        sys.exit(f"{len(coders) - len(results)} codeurs n'ont pas fini")
    return results


def lost(folder, results):
    """Actions said to be stored that the database has not, and codings that do not hold as the coder saw them."""
    missing = differing = 0
    with open_study(folder).database() as db:
        held = {}
        for coding in codings.codings(db):
            held.setdefault(coding.coder, set()).add(coding.item)
        for coder, _, acknowledged, mine in results:
            stored = [one.entry for one in all_entries(db, coder)]
            missing += len(set(acknowledged) - {entry.uid for entry in stored})
            standing = {entry.uid: entry.item for entry in holding(stored) if entry.kind is Kind.CODING}
            differing += len(set(mine) ^ set(standing)) + len(held[coder] ^ set(standing.values()))
    return missing, differing


def write_directly(folder, number, options, queue):
    """One writer on the database itself: a coding a transaction, with the same thought in between."""
    chance = random.Random(number)  # noqa: S311 - not for secrets
    times = []
    with open_study(folder).database() as db:
        revision = db.execute(
            "SELECT r.uid, i.code FROM revision r JOIN interview i ON i.id = r.interview_id"
        ).fetchone()
        for _ in range(options.actions):
            time.sleep(chance.uniform(0, 2 * options.think))
            uid = secrets.token_hex(8)
            place = {"interview": revision["code"], "revision": revision["uid"], "start": 10, "end": 50}
            entry = Entry(uid=uid, kind=Kind.CODING, step=uid, item=uid, codebook="rsa", code="R01.1", **place)
            began = time.perf_counter()
            with transaction(db):
                put_entries(db, f"direct{number}", [entry])
            times.append(time.perf_counter() - began)
    queue.put(times)


def directly(folder, options):
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    queue = context.Queue()
    writers = [
        context.Process(target=write_directly, args=(folder, number, options, queue))
        for number in range(options.coders)
    ]
    for writer in writers:
        writer.start()
    times = [seconds for _ in writers for seconds in queue.get(timeout=600)]
    for writer in writers:
        writer.join()
    return times


def summary(name, seconds):
    quantiles = statistics.quantiles(seconds, n=20)
    median, p95, worst = statistics.median(seconds), quantiles[-1], max(seconds)
    print(
        f"{name} : {len(seconds)} écritures, médiane {median * 1000:.1f} ms, 95 % sous {p95 * 1000:.1f} ms, "
        f"au pire {worst * 1000:.0f} ms"
    )
    return median, worst


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--coders", type=int, default=30)
    parser.add_argument("--actions", type=int, default=100)
    parser.add_argument("--think", type=float, default=0.5, help="seconds between two actions, on average")
    parser.add_argument("--reading", type=float, default=8, help="seconds that each reads before the first action")
    parser.add_argument("--interviews", type=int, default=10)
    parser.add_argument("--words", type=int, default=8000)
    options = parser.parse_args()
    coders = [f"c{number:02d}" for number in range(options.coders)]
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = str(Path(name) / "config")
        folder = build(Path(name), coders, options.interviews, options.words)
        baseline, _ = summary("écriture directe", directly(folder, options))
        results = through_the_server(folder, coders, options)
        missing, differing = lost(folder, results)
    times = [one for _, times, *_ in results for one in times]
    median, worst = summary("par le serveur", [seconds for _, seconds in times])
    summary("  dont mémos", [seconds for kind, seconds in times if kind == "memo"])
    print(f"perdus : {missing} ; codages qui ne sont pas ceux que le codeur a vus : {differing}")
    print(f"rapport des médianes : {median / baseline:.1f} ({GOALS})")
    if missing or differing or median > 0.05 or worst > 1:
        sys.exit(1)


if __name__ == "__main__":
    main()
