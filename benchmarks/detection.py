"""Import of 60 interviews of 8,000 words (read, detected, replaced, stored), against bare nlp.pipe on the same turns.

Start-up (loading the model and the word lists) is excluded on both sides. Memory is the sum over the processes of
their proportional set size (what they share counts once), sampled while the import runs.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

import corpus

from enquete.actions.interviews.importing import Request, import_interviews
from enquete.actions.study import create_study, open_study
from enquete.language import pipeline
from enquete.pseudonyms import Document, Passage, detect
from enquete.readers import read
from enquete.readers.canonical import canonical


def memory_of(process):
    """Bytes of a process and its children, what they share counted once (Linux)."""
    total = 0
    for pid in [process, *children(process)]:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
        except OSError:
            continue  # it ended meanwhile
    return total


def children(process):
    found = []
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            direct = [int(pid) for pid in (task / "children").read_text().split()]
        except OSError:
            continue
        for pid in direct:
            found += [pid, *children(pid)]
    return found


class Peak(threading.Thread):
    """The highest memory seen while it runs."""

    def __init__(self):
        super().__init__(daemon=True)
        self.bytes = 0
        self.done = threading.Event()

    def run(self):
        while not self.done.wait(0.5):
            self.bytes = max(self.bytes, memory_of(os.getpid()))


def bare(texts, processes):
    nlp = pipeline.load("tok2vec", "ner")
    began = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=pipeline.BATCH, n_process=processes):
        pass
    return time.perf_counter() - began


def ours(paths, folder, processes):
    study = open_study(create_study(folder, []).folder)
    peak = Peak()
    peak.start()
    began = time.perf_counter()
    report = import_interviews(study, Request(tuple(paths), wave="v1", processes=processes), lambda *_: None)
    seconds = time.perf_counter() - began
    peak.done.set()
    if len(report.imported) != len(paths):
        raise SystemExit(f"refusés : {report.rejected}")
    return seconds, peak.bytes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--interviews", type=int, default=60)
    parser.add_argument("--words", type=int, default=8000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        paths = []
        for file, text in corpus.interviews(options.interviews, options.words):
            paths.append(folder / file)
            paths[-1].write_text(text, encoding="utf-8")
        texts = []
        for path in paths:
            text = canonical(read(path))
            texts += [text.text[turn.start : turn.end] for turn in text.turns]
        words = sum(len(text.split()) for text in texts)
        detect([Document("Bonjour Karim.", (Passage(0, 14),))])  # loads model and lists
        print(f"{len(paths)} entretiens, {words} mots, {len(texts)} tours, lots de {pipeline.BATCH}")
        for processes in (1, 2):
            bare_times, our_times, peaks = [], [], []
            for run in range(options.runs):
                bare_times.append(bare(texts, processes))
                seconds, peak = ours(paths, folder / f"etude-{processes}-{run}", processes)
                our_times.append(seconds)
                peaks.append(peak)
            reference, mine = statistics.median(bare_times), statistics.median(our_times)
            print(
                f"{processes} processus : nlp.pipe nu {words / reference:.0f} mots/s, "
                f"importation {words / mine:.0f} mots/s, rapport {reference / mine:.2f} (but : 0,8 ou plus), "
                f"mémoire {max(peaks) / 1e9:.2f} Go (but : moins de 1,5)"
            )


if __name__ == "__main__":
    main()
