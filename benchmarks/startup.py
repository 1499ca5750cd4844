"""How long `enquete --help` takes, against `--help` of a Typer program with two empty commands."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 21
BARE = """
import typer
app = typer.Typer()
@app.command()
def one(): pass
@app.command()
def two(): pass
app()
"""


def seconds(command):
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main():
    enquete = shutil.which("enquete", path=str(Path(sys.executable).parent)) or "enquete"
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        commands = {
            "Typer, deux commandes vides": [sys.executable, str(bare), "--help"],
            "enquete": [enquete, "--help"],
        }
        times = {name: [] for name in commands}
        for _ in range(RUNS):  # in turn, so that a busy machine slows both
            for name, command in commands.items():
                times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name} --help : {median * 1000:.0f} ms (médiane de {RUNS})")
    baseline, ours = medians.values()
    print(f"rapport : {ours / baseline:.2f} (but : moins de 2)")


if __name__ == "__main__":
    main()
