"""« enquete affecter » with open answers: each question apart from the interviews and from the other questions."""

import pytest
from answered import add_answers, code_answers
from coded import add_texts

from enquete.actions.study import open_study
from enquete.store.rounds import assignments


@pytest.fixture
def mixed(study):
    """Four interviews of 100 words; 60 answers to « dire », 30 to « manque »."""
    add_texts(study, ["mot " * 100] * 4)
    said = {f"P{n:03d}": {"dire": "mot " * (1 + n % 9)} | ({"manque": "Rien."} if n % 2 else {}) for n in range(1, 61)}
    add_answers(study, said)
    return study


def given(folder, coder=None):
    with open_study(folder).database() as db:
        return [one for one in assignments(db) if coder in (None, one.coder)]


def test_each_coder_has_their_part_of_every_question(enquete, mixed):
    status, out, err = enquete("affecter", "--codeurs", "lea,sofiane", "--double", "10 %", "--graine", "3")
    assert (status, err) == (0, "")
    assert (
        "Tour « tour 1 », tiré au sort (graine 3) : 4\u00a0entretiens et 90\u00a0réponses à 2\u00a0questions ouvertes "
        "entre 2\u00a0codeurs." in out
    )
    assert "Codés par plusieurs, à l'aveugle : 1 sur 4." in out
    assert "Codées par plusieurs, à l'aveugle, rsa-v1/dire : 6 sur 60." in out
    assert "Codées par plusieurs, à l'aveugle, rsa-v1/manque : 3 sur 30." in out
    dire = out[out.index("rsa-v1/dire :") : out.index("rsa-v1/manque :")]
    assert dire.count("33\u00a0réponses") == 2 or ("32\u00a0réponses" in dire and "34\u00a0réponses" in dire)
    _, table, _ = enquete("affecter")
    assert (
        "rsa-v1/dire, codées par plusieurs : 6 sur 60 (10\u00a0%), dont 0 que deux personnes au moins ont finies."
        in table
    )
    assert "E004" in table
    assert "R001" not in table


def test_interviews_are_shared_without_the_answers(enquete, mixed):
    status, out, _ = enquete("affecter", "--codeurs", "lea,sofiane", "--sans-reponses", "--graine", "3")
    assert status == 0
    assert "4\u00a0entretiens entre 2\u00a0codeurs" in out
    assert "réponse" not in out


def test_the_answers_to_one_question_are_shared_alone(enquete, mixed):
    status, out, _ = enquete("affecter", "--codeurs", "lea,sofiane", "--question", "rsa-v1/manque", "--double", "tous")
    assert status == 0
    assert {one.interview[0] for one in given(mixed)} == {"R"}
    assert len(given(mixed)) == 60
    assert "30\u00a0réponses à 1\u00a0question ouverte entre" in out
    assert enquete("affecter", "--codeurs", "lea", "--question", "manque", "--essai")[0] == 0


def test_answers_are_given_and_taken_back_by_hand(enquete, mixed):
    status, out, _ = enquete("affecter", "--codeur", "lea", "--question", "rsa-v1/manque")
    assert (status, out) == (0, "rsa-v1/manque : 30\u00a0réponses confiées à lea (tour « à la main »).\n")
    answer = given(mixed)[0].interview
    code_answers(mixed, "lea", {answer: ["R05"]})
    status, out, _ = enquete("affecter", "--retirer", "--question", "rsa-v1/manque", "--codeur", "lea")
    assert status == 0
    assert out == f"rsa-v1/manque : 29\u00a0réponses reprises à lea.\nGardé, car déjà commencé : {answer} par lea.\n"
    assert [one.interview for one in given(mixed)] == [answer]


def test_a_question_that_nobody_answered_is_told_with_those_there_are(enquete, mixed):
    status, _, err = enquete("affecter", "--codeurs", "lea", "--question", "rsa-v1/autre")
    assert status == 2
    assert "« rsa-v1/autre » ne désigne pas une question ouverte" in err
    assert "questions : rsa-v1/dire, rsa-v1/manque." in err


def test_hundreds_of_answers_are_shared_evenly(enquete, study):
    add_answers(study, {f"P{n:04d}": {"dire": "mot " * (1 + n * n % 23)} for n in range(1, 701)})
    status, out, _ = enquete("affecter", "--codeurs", "a,b,c", "--double", "20 %", "--graine", "1")
    assert status == 0
    counts = [sum(one.coder == coder for one in given(study)) for coder in "abc"]
    assert sum(counts) == 840
    words = [
        int(line.split(", ")[2].split("\u00a0")[0].replace("\u202f", ""))
        for line in out.splitlines()
        if ", 2" in line and "mots" in line
    ]
    assert len(words) == 3
    assert max(words) - min(words) <= 23
