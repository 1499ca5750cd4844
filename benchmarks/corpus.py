"""Interviews of a given length made from the demonstration's, for measures of speed only."""

import itertools
import random
from importlib.resources import files

from enquete.readers import read_bytes


def interviews(count, words, seed=1):
    """(name, text) of `count` transcripts of about `words` words: turns of the demonstration in random order."""
    folder = files("enquete") / "demonstration" / "entretiens"
    turns = []
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            transcript = read_bytes(file.name, file.read_bytes())
            for turn in transcript.turns:
                said = " ".join(transcript.text[s.start : s.end] for s in turn.speech)
                turns.append((transcript.speakers[turn.speaker].role == "interviewer", " ".join(said.split())))
    asked = [said for interviewer, said in turns if interviewer]
    answered = [said for interviewer, said in turns if not interviewer]
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for number in range(count):
        parts, length = [], 0
        questions = itertools.cycle(chance.sample(asked, len(asked)))
        answers = itertools.cycle(chance.sample(answered, len(answered)))
        while length < words:
            question, answer = next(questions), next(answers)
            parts += [f"Enquêtrice : {question}", f"Enquêtée : {answer}"]
            length += len(question.split()) + len(answer.split())
        yield f"entretien-{number:02d}.txt", "\n\n".join(parts)
