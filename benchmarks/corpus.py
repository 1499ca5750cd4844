"""Interviews of a given length made from the demonstration's, for measures of speed only."""

import itertools
import random
from importlib.resources import files

from enquete.readers import read_bytes

SOURCES = 3  # interviews that one long interview draws on: as many names as somebody tells of, not those of all


def _turns(file):
    """(asked, answered) turns of one transcript."""
    transcript = read_bytes(file.name, file.read_bytes())
    asked, answered = [], []
    for turn in transcript.turns:
        said = " ".join(" ".join(transcript.text[s.start : s.end] for s in turn.speech).split())
        (asked if transcript.speakers[turn.speaker].role == "interviewer" else answered).append(said)
    return asked, answered


def interviews(count, words, seed=1):
    """(name, text) of `count` transcripts of about `words` words: turns of a few of them in random order."""
    folder = files("enquete") / "demonstration" / "entretiens"
    sources = [_turns(f) for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".txt")]
    sources = [(asked, answered) for asked, answered in sources if asked and answered]
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for number in range(count):
        chosen = chance.sample(sources, SOURCES)
        asked, answered = ([turn for source in chosen for turn in source[part]] for part in (0, 1))
        parts, length = [], 0
        questions = itertools.cycle(chance.sample(asked, len(asked)))
        answers = itertools.cycle(chance.sample(answered, len(answered)))
        while length < words:
            question, answer = next(questions), next(answers)
            parts += [f"Enquêtrice : {question}", f"Enquêtée : {answer}"]
            length += len(question.split()) + len(answer.split())
        yield f"entretien-{number:02d}.txt", "\n\n".join(parts)
