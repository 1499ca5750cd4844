"""Spotting again after an edit of the codebook, against the first spotting: only new cues are read and looked for.

    python benchmarks/spotting.py --interviews 15 --words 8000

Seconds of processor: other programs may run meanwhile. Each time the working copy is written and passes the gate.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import corpus

from enquete.actions.coding import spotting
from enquete.actions.coding.spotting import spot_study
from enquete.actions.interviews.importing import Request, import_interviews
from enquete.actions.study import create_study, open_study
from enquete.language import pipeline
from enquete.themes.parsed import COMPONENTS


def nothing(*_):
    pass


def timed_gate():
    """Where the seconds that the gate takes are added, a number a run."""
    seconds, real = [], spotting.write_checked

    def write_checked(*asked):
        began = time.process_time()
        real(*asked)
        seconds.append(time.process_time() - began)

    spotting.write_checked = write_checked
    return seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--interviews", type=int, default=60)
    parser.add_argument("--words", type=int, default=8000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        paths = []
        for file, text in corpus.interviews(options.interviews, options.words):
            paths.append(folder / file)
            paths[-1].write_text(text, encoding="utf-8")
        study = open_study(create_study(folder / "etude", ["rsa", "inclusion-numerique"]).folder)
        import_interviews(study, Request(tuple(paths), wave="v1", processes=2), nothing)
        pipeline.load(*COMPONENTS)  # start-up is excluded
        gate = timed_gate()
        times = []
        for _ in range(2):
            began = time.process_time()
            result = spot_study(study, (), "codes", 1, nothing)
            times.append(time.process_time() - began)
            print(f"{len(result.rows)} repérages en {times[-1]:.1f} s, dont {gate.pop():.1f} s pour le portail")
            codebook = study.folder / "codebooks" / "rsa.yaml"
            codebook.write_text(
                codebook.read_text(encoding="utf-8").replace("fin de droits", "fin des droits"), encoding="utf-8"
            )
        print(f"rapport : {times[1] / times[0]:.1%} (but : moins de 5 %)")


if __name__ == "__main__":
    main()
