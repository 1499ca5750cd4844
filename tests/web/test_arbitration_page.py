"""Arbitration through the server: what arbiters see and settle, and that nobody else does."""

import pytest
from answered import add_answers, code_answers
from pages import TALK

CUT, SIGNED = "coupé la moitié", "J'ai signé"


@pytest.fixture
def parted(house, serve, hand):
    """Léa and Max finished E001: they agree on « plus rien », part on the cut (two codes) and on « J'ai signé » (Léa
    alone). Anne arbitrates. Gives the page.
    """
    folder = house(TALK, TALK)
    toml = folder / "enquete.toml"
    toml.write_text(toml.read_text().replace('# arbitres = ["anne"]', 'arbitres = ["anne"]'), encoding="utf-8")
    page = serve(folder, "lea", "max", "anne")
    lea, max_ = hand(page.api("lea")), hand(page.api("max"))
    lea.send(
        lea.coding("plus rien"), lea.coding(CUT, "A.1", flag="cite"), lea.coding(SIGNED, "B"),
        lea.entry("stage", field="coded"),
    )  # fmt: skip
    max_.send(max_.coding("plus rien"), max_.coding(CUT, "B"), max_.entry("stage", field="coded"))
    return page


def listed(page, query="", who="anne"):
    answer = page.api(who).get(f"/api/disagreements{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def settle(page, key, who="anne", status=200, **content):
    answer = page.api(who).post("/api/rulings", json={"key": key, "verdict": "one", "why": "relu", **content})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_arbiters_see_disagreements_side_by_side(parted):
    found = listed(parted)
    assert [(c["words"], c["kind"], c["state"], c["turn"]) for c in found["cases"]] == [
        (CUT, "codes", "open", 1), (SIGNED, "alone", "open", 3),
    ]  # fmt: skip
    assert (found["total"], found["settled"], found["matching"], found["interviews"]) == (2, 0, 2, ["E001"])
    case = parted.api("anne").get(f"/api/disagreements/{found['cases'][0]['key']}").json()
    assert [(t["index"], t["speaker"]) for t in case["turns"]] == [
        (0, "Enquêteur"),
        (1, "Participant"),
        (2, "Enquêteur"),
    ]
    assert case["turns"][1]["text"].startswith("Ils m'ont")
    assert [(c["coder"], [(r["code"], r["words"], r["flag"]) for r in c["readings"]]) for c in case["coders"]] == [
        ("lea", [("A.1", CUT, "cite")]), ("max", [("B", CUT, None)]),
    ]  # fmt: skip


def test_the_list_is_filtered_and_given_by_parts(parted):
    assert [c["words"] for c in listed(parted, "?code=A.1")["cases"]] == [CUT]
    assert listed(parted, "?interview=E002")["cases"] == []
    assert [c["words"] for c in listed(parted, "?after=1")["cases"]] == [SIGNED]
    assert listed(parted, "?state=settled")["matching"] == 0
    assert parted.api("anne").get("/api/disagreements?interview=E099").status_code == 404
    assert parted.api("anne").get("/api/disagreements?after=x").status_code == 400


def test_an_arbiter_who_codes_an_interview_too_sees_nothing_of_it_before_they_have_finished(parted, hand, enquete):
    (case, _) = listed(parted)["cases"]
    status, _, errors = enquete("affecter", "--codeur", "anne", "--entretien", "E001", "--etude", parted.folder)
    assert status == 0, errors
    found = listed(parted)
    assert (found["cases"], found["total"], found["interviews"], found["toCode"]) == ([], 0, [], ["E001"])
    assert parted.api("anne").get(f"/api/disagreements/{case['key']}").status_code == 409
    settle(parted, case["key"], status=409, coder="lea")
    anne = hand(parted.api("anne"))
    anne.send(anne.entry("stage", field="coded"))
    found = listed(parted)
    assert (len(found["cases"]), found["toCode"]) == (3, [])


def test_a_decision_is_stored_with_who_and_why(parted):
    cut, signed = (case["key"] for case in listed(parted)["cases"])
    answer = settle(parted, cut, coder="max", why="Le contrat, pas l'argent")
    assert (answer["left"], answer["agreed"]) == (1, 0)
    assert answer["case"]["state"] == "settled"
    (ruling,) = answer["case"]["history"]
    assert {k: ruling[k] for k in ("verdict", "coder", "by", "why", "stands", "fits")} == {
        "verdict": "one", "coder": "max", "by": "anne", "why": "Le contrat, pas l'argent", "stands": True, "fits": True,
    }  # fmt: skip
    assert [k["code"] for k in ruling["kept"]] == ["B"]
    assert listed(parted)["motives"] == ["Le contrat, pas l'argent"]
    assert [c["words"] for c in listed(parted, "?state=open")["cases"]] == [SIGNED]
    answer = settle(parted, signed, verdict="upheld")
    assert (answer["left"], answer["agreed"]) == (0, 1)


def test_a_new_code_and_words_of_ones_own(parted):
    cut = listed(parted)["cases"][0]["key"]
    answer = settle(parted, cut, verdict="new", codes=["A"], words="coupé la   moitié pendant")
    (kept,) = answer["case"]["history"][0]["kept"]
    assert (kept["code"], kept["end"] - kept["start"]) == ("A", len("coupé la moitié pendant"))
    for content, said in (
        ({"codes": ["ZZ"]}, "ZZ"),
        ({"codes": ["A"], "words": "absents"}, "ne s'y trouvent pas"),
        ({"codes": ["A"], "words": "Et le contrat"}, "hors du passage"),
        ({}, "quel code"),
        ({"codes": ["A"], "why": " "}, "pourquoi"),
    ):
        assert said in settle(parted, cut, status=400, verdict="new", **content)["error"]


def test_a_name_in_the_reason_is_masked(parted):
    cut = listed(parted)["cases"][0]["key"]
    answer = settle(parted, cut, coder="lea", why="Mme Lefèvre l'avait dit à Karim")
    why = answer["case"]["history"][0]["why"]
    assert "Lefèvre" not in why
    assert "Karim" in why  # a pseudonym of the text


def test_what_is_no_decision_is_refused(parted):
    cut = listed(parted)["cases"][0]["key"]
    for content in ({"coder": "zoe"}, {"verdict": "maybe"}, {"more": 1}, {"key": 3}, {"coder": "aucun"}):
        assert settle(parted, **{"key": cut, "status": 400, **content})
    assert "n'est plus là" in settle(parted, "E001-zzzzz", status=409, coder="lea")["error"]
    assert parted.api("anne").get("/api/disagreements/E001-zzzzz").status_code == 409
    assert listed(parted)["settled"] == 0


def test_nobody_but_an_arbiter_sees_or_settles(parted):
    cut = listed(parted)["cases"][0]["key"]
    for who in ("lea", "max"):
        for address in ("/api/disagreements", f"/api/disagreements/{cut}"):
            assert parted.api(who).get(address).status_code == 404
        settle(parted, cut, who=who, status=404, coder="lea")
    assert parted.anybody().get("/api/disagreements").status_code == 401
    assert parted.anybody().post("/api/rulings", json={}).status_code == 401
    assert listed(parted)["settled"] == 0


def test_coders_layers_stay_as_they_were(parted, hand):
    before = [hand(parted.api(who)).holding() for who in ("lea", "max")]
    for case in listed(parted)["cases"]:
        settle(parted, case["key"], verdict="none")
    assert [hand(parted.api(who)).holding() for who in ("lea", "max")] == before


def test_disagreements_on_answers_are_found_by_their_question(parted):
    codes = add_answers(parted.folder, {"P101": {"dire": "Ça va."}, "P102": {"dire": "Coupé."}}).values()
    code_answers(parted.folder, "lea", dict.fromkeys(codes, ("A",)), book="essai")
    code_answers(parted.folder, "max", dict.fromkeys(codes, ("B",)), book="essai")
    assert listed(parted)["interviews"] == ["E001", "rsa-v1/dire"]
    told = listed(parted, "?interview=rsa-v1/dire")
    assert [(case["interview"], case["question"]) for case in told["cases"]] == [
        ("R001", "rsa-v1/dire"), ("R002", "rsa-v1/dire"),
    ]  # fmt: skip
    questions = parted.api("anne").get("/api/overview").json()["questions"]
    assert [one["label"] for one in questions] == ["Que voulez-vous dire encore ?"]
