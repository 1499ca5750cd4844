import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from enquete.language import lexicon, pipeline

FOLDER = str(Path(__file__).parent)
TEXTS = [f"La personne numéro {i} attend son courrier." for i in range(1_200)]


def words(doc) -> int:
    return len(doc)


def test_workers_give_the_results_of_one_process_in_order() -> None:
    alone = list(pipeline.extract(TEXTS[:600], ("tok2vec", "ner"), words))
    assert list(pipeline.extract(TEXTS[:600], ("tok2vec", "ner"), words, processes=2)) == alone


def test_ranks_tell_names_from_words() -> None:
    rank = lexicon.ranks()
    assert rank("petit") < rank("Petit")
    assert rank("Karim") < rank("karim")
    assert rank("zzyzx-inconnu") == lexicon.ABSENT


def test_workers_die_with_their_parent() -> None:
    code = (
        f"import sys; sys.path.insert(0, {FOLDER!r})\n"
        "from enquete.language import pipeline; from test_pipeline import TEXTS, words\n"
        "stream = pipeline.extract(TEXTS * 50, ('tok2vec', 'ner'), words, processes=2)\n"
        "next(stream); import multiprocessing as m; print(*[c.pid for c in m.active_children()], flush=True)\n"
        "for _ in stream: pass\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while any(_runs(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(workers) == 2
    assert not any(_runs(pid) for pid in workers)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
