"""Agreement and adjudication on answers: question by question, never mixed with interviews."""

import json

import pytest
from answered import add_answers, code_answers
from coders import code, import_talks


@pytest.fixture
def parted(enquete, study):
    """Six answers to « dire » finished by lea and max, who part on two; one to « manque » that lea alone finished."""
    said = {f"P{n}": {"dire": "On m'a coupé le RSA."} for n in range(101, 107)} | {"P107": {"manque": "L'argent."}}
    codes = add_answers(study, said)
    dire = [codes[f"P{n}", "dire"] for n in range(101, 107)]
    code_answers(study, "lea", {one: ["R07"] if at < 3 else ["R02"] for at, one in enumerate(dire)})
    code_answers(study, "max", {one: ["R07"] if at < 5 else ["R02"] for at, one in enumerate(dire)})
    code_answers(study, "lea", {codes["P107", "manque"]: ["R02"]})
    return study


def test_an_answer_is_one_unit(enquete, parted):
    status, out, err = enquete("accord", "--question", "rsa-v1/dire")
    assert (status, err) == (0, "")
    assert "6\u00a0réponses à 1\u00a0question ouverte." in out


def test_interviews_are_compared_without_the_answers(enquete, parted):
    import_talks(enquete, parted, 1)
    for coder in ("lea", "max"):
        code(parted, coder, {"R02.1": "coupé la moitié"})
    status, out, _ = enquete("accord")
    assert status == 0
    assert ", dans 1\u00a0entretien." in out
    assert "7\u00a0réponses à 2\u00a0questions ouvertes : à comparer à part, « --question rsa-v1/dire »." in out


def test_a_study_of_answers_alone_compares_them(enquete, parted):
    status, out, _ = enquete("accord")
    assert status == 0
    assert "6\u00a0réponses à 1\u00a0question ouverte." in out
    assert "1\u00a0réponse à 1\u00a0question ouverte qu'une seule personne a finies" in out


def test_disagreements_on_answers_are_settled(enquete, parted):
    status, out, _ = enquete("arbitrer", "--question", "dire")
    assert status == 0
    assert "réponse à rsa-v1/dire : des codes différents pour les mêmes mots" in out
    assert "2\u00a0désaccords à arbitrer sur 2 (dans 6\u00a0réponses à 1\u00a0question ouverte)." in out
    key = json.loads(enquete("arbitrer", "--json")[1].splitlines()[0])["cle"]
    status, out, err = enquete("arbitrer", key, "--retenir", "lea", "--par", "anne", "--motif", "Plus juste.")
    assert (status, err) == (0, "")
    assert "plus aucun désaccord" in out
