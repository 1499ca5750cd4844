"""What a coder sees and does through the server."""

import pytest
from pages import TALK, add_talk, suggest

from enquete.actions.study import open_study
from enquete.store.database import transaction


def test_a_coder_sees_the_study_its_codes_and_interviews(house, serve):
    page = serve(house(), "lea")
    seen = page.api("lea").get("/api/overview").json()
    (interview,) = seen["interviews"]
    assert (seen["coder"], seen["arbiter"], seen["suggestions"]) == ("lea", False, "after-coding")
    assert [code["id"] for code in seen["codebooks"][0]["codes"]] == ["A", "A.1", "B"]
    assert seen["codebooks"][0]["codes"][1]["colour"] == "#0A2FC2"
    assert interview["words"] == interview["wordsLeft"] == sum(len(turn.split()) for turn in TALK)
    assert (interview["wave"], interview["turns"], interview["begun"]) == ("Premier entretien", 4, False)
    assert "pseudonymisés, jamais anonymes" in seen["notice"]


def test_an_interview_comes_with_its_turns_voices_and_masks(house, serve):
    opened = serve(house(), "lea").api("lea").get("/api/interviews/E001").json()
    turns = opened["turns"]
    assert [turn["speaker"] for turn in turns] == ["Enquêteur", "Participant"] * 2
    assert [opened["text"][turn["start"] : turn["end"]] for turn in turns] == list(TALK)
    assert [opened["text"][mask["start"] : mask["end"]] for mask in opened["masks"]] == ["Karim"]
    assert (opened["entries"], opened["last"], opened["suggestions"]) == ([], 0, None)


def test_what_is_coded_is_there_after_a_reload(house, serve, hand):
    page = serve(house(), "lea")
    lea = hand(page.api("lea"))
    (arrived,) = lea.send(lea.coding("coupé la moitié", flag="cite"))
    assert (arrived["arrival"], arrived["entry"]["code"]) == ("new", "A")
    (again,) = lea.holding()
    assert again == arrived["entry"] | {"touched": 0}


def test_sent_again_an_entry_is_the_same_one(house, serve, hand):
    lea = hand(serve(house(), "lea").api("lea"))
    coding = lea.coding("coupé la moitié")
    first, second = lea.send(coding)[0], lea.send(coding)[0]
    assert (first["arrival"], second["arrival"]) == ("new", "same")
    assert first["entry"] == second["entry"]
    assert len(lea.holding()) == 1


def test_an_edit_a_deletion_and_their_undoing(house, serve, hand):
    lea = hand(serve(house(), "lea").api("lea"))
    first = lea.coding("coupé la moitié")
    edit = lea.coding("la moitié", "B", item=first["item"], over=[first["uid"]])
    gone = lea.entry("gone", item=first["item"], over=[edit["uid"]])
    undone = lea.coding("la moitié", "B", item=first["item"], over=[gone["uid"]], reverses=gone["step"])
    arrivals = [one["arrival"] for one in lea.send(first, edit, gone)]
    assert arrivals == ["new", "changed", "changed"]
    assert lea.holding() == []
    lea.send(undone)
    (back,) = lea.holding()
    assert (back["code"], back["item"]) == ("B", first["item"])


def test_one_entry_refused_hides_no_other(house, serve, hand):
    lea = hand(serve(house(), "lea").api("lea"))
    good = lea.coding("coupé la moitié")
    bad = [
        lea.coding("coupé", "Z"),
        lea.coding("coupé", codebook="autre"),
        lea.coding("Et le contrat"),
        lea.coding("coupé", end=10_000),
        lea.coding("coupé", interview="E009"),
        lea.coding("coupé", revision="inconnue"),
        lea.coding("coupé", "~celuidunautre"),
    ]
    arrived = lea.send(*bad, good)
    assert [one["arrival"] for one in arrived] == ["impossible"] * 7 + ["new"]
    assert all(one["entry"] is None and one["reason"].endswith(".") for one in arrived[:7])
    assert arrived[2]["reason"].startswith("ce passage ne touche aucune parole de participant")
    assert len(lea.holding()) == 1


def test_a_passage_over_a_question_and_its_answer_can_be_coded(house, serve, hand):
    lea = hand(serve(house(), "lea").api("lea"))
    (arrived,) = lea.send(lea.coding("Et le contrat ?\nJ'ai signé"))
    assert arrived["arrival"] == "new"


def test_a_code_of_ones_own_serves_as_soon_as_it_is_proposed(house, serve, hand):
    page = serve(house(), "lea", "max")
    lea, max_ = hand(page.api("lea")), hand(page.api("max"))
    proposal = lea.entry("proposal", interview=None, codebook="essai", title="Honte", body="Se sentir jugé.")
    own = "~" + proposal["item"]
    assert [one["arrival"] for one in lea.send(lea.coding("plus rien", own), proposal)] == ["new", "new"]
    assert max_.send(max_.coding("plus rien", own))[0]["arrival"] == "impossible"
    (told,) = lea.api.get("/api/overview").json()["entries"]
    assert (told["title"], told["body"]) == ("Honte", "Se sentir jugé.")


def test_a_retired_code_takes_no_new_passage_but_keeps_those_it_has(house, serve, hand):
    folder = house()
    lea = hand(serve(folder, "lea").api("lea"))
    coding = lea.coding("plus rien", "B")
    lea.send(coding)
    path = folder / "codebooks" / "essai.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "    retired: true\n", encoding="utf-8")
    assert lea.api.get("/api/overview").json()["codebooks"][0]["codes"][2]["retired"] is True
    refused, resized = lea.send(
        lea.coding("coupé", "B"), lea.coding("plus rien sur", "B", item=coding["item"], over=[coding["uid"]])
    )
    assert refused["reason"] == "le code « Travail » n'est plus employé."
    assert resized["arrival"] == "changed"


def test_the_furthest_turn_seen_only_grows(house, serve):
    lea = serve(house(), "lea").api("lea")
    told = []
    for turn in (1, 2, 0, 99):
        assert lea.put("/api/place", json={"interview": "E001", "turn": turn}).status_code == 204
        (listed,) = lea.get("/api/overview").json()["interviews"]
        told.append((listed["place"], listed["wordsLeft"], listed["begun"]))
    assert told == [(1, 19, True), (2, 15, True), (2, 15, True), (3, 0, True)]
    assert lea.get("/api/interviews/E001").json()["place"] == 3


def test_search_sets_case_and_accents_aside(house, serve):
    lea = serve(house(TALK, ["Et ?", "Le COMPTE était vide, l’été dernier."]), "lea").api("lea")
    found = lea.get("/api/search", params={"q": "compte"}).json()
    assert [(hit["interview"], hit["turn"], hit["words"]) for hit in found["hits"]] == [
        ("E001", 1, "compte"),
        ("E002", 1, "COMPTE"),
    ]
    (hit,) = lea.get("/api/search", params={"q": "L'ETE  dernier"}).json()["hits"]
    assert (hit["before"], hit["words"], hit["after"]) == ("Et ?\nLe COMPTE était vide, ", "l’été dernier", ".\n")
    assert lea.get("/api/search", params={"q": " "}).json() == {"hits": [], "total": 0}


def test_notes_gather_what_a_coder_wrote_everywhere(house, serve, hand):
    lea = hand(serve(house(), "lea").api("lea"))
    lea.send(
        lea.entry("memo", body="Elle hésite."),
        lea.entry("journal", interview=None, title="Mardi", body="Première lecture."),
        lea.entry("sheet", field="context", body="Seule avec deux enfants."),
        lea.entry("event", title="mars 2024", body="Première coupure."),
        lea.coding("coupé"),
    )
    kinds = [entry["kind"] for entry in lea.api.get("/api/notes").json()["entries"]]
    assert kinds == ["memo", "journal", "sheet", "event"]


# --- blindness


def everything_of(api):
    told = [api.get(f"/api/{path}").text for path in ("overview", "notes", "search?q=moitié", "changes?after=0")]
    told += [api.get(f"/api/interviews/{code}").text for code in ("E001", "E002")]
    return "\n".join([*told, api.get("/api/changes?interview=E001&after=0").text])


def test_nothing_of_what_another_coder_did_is_ever_told(house, serve, hand):
    page = serve(house(TALK, TALK), "lea", "max")
    before = everything_of(page.api("max"))
    lea = hand(page.api("lea"))
    coding = lea.coding("coupé la moitié", flag="never")
    lea.send(
        coding,
        lea.entry("memo", body="Passage décisif."),
        lea.entry("journal", interview=None, body="Carnet de bord."),
        lea.entry("proposal", interview=None, codebook="essai", title="Honte"),
        lea.entry("stage", field="coded"),
    )
    lea.api.put("/api/place", json={"interview": "E001", "turn": 3})
    assert everything_of(page.api("max")) == before
    assert "Passage décisif" in everything_of(page.api("lea"))


def test_a_coder_can_neither_replace_nor_delete_what_another_did(house, serve, hand):
    page = serve(house(), "lea", "max")
    lea, max_ = hand(page.api("lea")), hand(page.api("max"))
    coding = lea.coding("coupé la moitié")
    lea.send(coding)
    max_.send(
        max_.entry("gone", over=[coding["uid"]]),
        max_.coding("coupé", "B", uid=coding["uid"], item=coding["item"], over=[coding["uid"]]),
    )
    assert [entry["code"] for entry in lea.holding()] == ["A"]


def test_two_coders_at_once_lose_nothing(house, serve, hand):
    page = serve(house(), "lea", "max")
    lea, max_ = hand(page.api("lea")), hand(page.api("max"))
    for number in range(10):
        lea.send(lea.coding("coupé la moitié", start=lea.opened["text"].index("coupé") + number))
        max_.send(max_.coding("plus rien", "B"))
    assert (len(lea.holding()), len(max_.holding())) == (10, 10)


# --- interviews assigned


def assign(folder, **given):
    with open_study(folder).database() as db, transaction(db):
        from enquete.store.codings import coder_id

        db.execute("INSERT INTO round (id, name, kind, blind, made_at) VALUES (1, 'premier', 'coding', 1, '')")
        for coder, codes in given.items():
            for code in codes:
                row = db.execute("SELECT id FROM interview WHERE code = ?", (code,)).fetchone()["id"]
                db.execute("INSERT INTO assignment VALUES (?, ?, 1)", (row, coder_id(db, coder)))


def test_a_coder_sees_only_what_was_given_to_them(house, serve, hand):
    folder = house(TALK, TALK)
    assign(folder, lea=["E001"], max=["E002"])
    page = serve(folder, "lea", "max", "zoe")
    lea = page.api("lea")
    (listed,) = lea.get("/api/overview").json()["interviews"]
    assert (listed["code"], listed["round"]) == ("E001", {"name": "premier", "kind": "coding", "blind": True})
    assert page.api("zoe").get("/api/overview").json()["interviews"] == []
    not_theirs, unknown = lea.get("/api/interviews/E002"), lea.get("/api/interviews/E999")
    assert (not_theirs.status_code, not_theirs.content) == (unknown.status_code, unknown.content)
    assert not_theirs.status_code == 404
    assert lea.get("/api/changes?interview=E002&after=0").status_code == 404
    assert lea.put("/api/place", json={"interview": "E002", "turn": 1}).status_code == 404
    assert {hit["interview"] for hit in lea.get("/api/search?q=coupé").json()["hits"]} == {"E001"}
    coder = hand(lea)
    arrived = coder.send(
        coder.entry("memo", interview="E002", body="?"), coder.entry("memo", interview="E99", body="?")
    )
    assert {one["reason"] for one in arrived} == {"ce texte n'est pas dans votre liste."}


# --- suggestions


def test_suggestions_are_hidden_until_the_interview_was_coded_once(house, serve, hand):
    folder = house()
    suggest(folder, "coupé la moitié")
    lea = hand(serve(folder, "lea").api("lea"))
    assert "indice" not in everything_of(lea.api)
    coded = lea.entry("stage", field="coded")
    lea.send(lea.entry("stage", field="read"))
    assert "indice" not in everything_of(lea.api)
    lea.send(coded)
    (shown,) = lea.api.get("/api/interviews/E001").json()["suggestions"]
    assert (shown["code"], shown["why"]) == ("A", "indice : couper")
    assert lea.api.get("/api/changes?interview=E001&after=0").json()["suggestions"] == [shown]
    lea.send(lea.entry("gone", over=[coded["uid"]]))
    assert "indice" not in everything_of(lea.api)


@pytest.mark.parametrize(("setting", "shown"), [("toujours", 1), ("jamais", None)])
def test_a_study_may_decide_otherwise(house, serve, hand, setting, shown):
    folder = house()
    toml = folder / "enquete.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('apres-codage"', f'{setting}"'), encoding="utf-8")
    suggest(folder, "coupé la moitié")
    lea = hand(serve(folder, "lea").api("lea"))
    lea.send(*([lea.entry("stage", field="coded")] if setting == "jamais" else []))
    found = lea.api.get("/api/interviews/E001").json()["suggestions"]
    assert (found if found is None else len(found)) == shown


def test_a_verdict_on_no_suggestion_is_refused(house, serve, hand):
    folder = house(TALK, TALK)
    suggest(folder, "coupé la moitié")
    lea = hand(serve(folder, "lea").api("lea"))
    lea.send(lea.entry("stage", field="coded"))
    (shown,) = lea.api.get("/api/interviews/E001").json()["suggestions"]
    good = lea.entry("verdict", suggestion=shown["id"], field="refused")
    elsewhere = lea.entry("verdict", suggestion=shown["id"], field="refused", interview="E002")
    unknown = lea.entry("verdict", suggestion=2**50, field="refused")
    arrivals = [one["arrival"] for one in lea.send(good, elsewhere, unknown)]
    assert arrivals == ["new", "impossible", "impossible"]


def test_how_suggestions_are_used_is_told_as_totals_and_of_several_coders_only(house, serve, hand, enquete):
    folder = house()
    suggest(folder, "coupé la moitié")
    page = serve(folder, "lea", "max")
    told = []
    for coder, verdict in (("lea", "accepted"), ("max", "refused")):
        one = hand(page.api(coder))
        one.send(one.entry("stage", field="coded"))
        (shown,) = one.api.get("/api/interviews/E001").json()["suggestions"]
        one.send(one.entry("verdict", suggestion=shown["id"], field=verdict))
        told.append(enquete("etat", "--etude", folder)[1])
    assert "Repérages jugés" not in told[0]
    assert "Repérages jugés, tous codeurs ensemble : 1 repris, 0\u00a0ajusté, 1\u00a0refusé.\n" in told[1]
    assert "lea" not in told[1]


def test_an_interview_added_while_the_page_runs_is_there(house, serve):
    folder = house()
    lea = serve(folder, "lea").api("lea")
    assert len(lea.get("/api/overview").json()["interviews"]) == 1
    with open_study(folder).database() as db, transaction(db):
        add_talk(db, TALK)
    assert len(lea.get("/api/overview").json()["interviews"]) == 2
