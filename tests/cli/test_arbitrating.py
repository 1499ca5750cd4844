"""`enquete arbitrer`: disagreements listed and settled; what coders did never changes."""

from __future__ import annotations

import json

import pytest
from coders import code, import_talks, own, settled, text_of

from enquete.actions.outputs.gathering import gather
from enquete.actions.study import open_study
from enquete.store import database, people
from enquete.store.interviews import interviews, set_people
from enquete.store.settled import rulings

CUT = "Ils m'ont coupé la moitié pendant deux mois"
SIGNED = "J'ai signé sans lire"
SISTER = "C'est ma sœur qui m'a aidée"


@pytest.fixture
def talk(study, enquete, tmp_path):
    import_talks(enquete, tmp_path, 2)
    return study


@pytest.fixture
def parted(talk):
    """Léa and Sofiane agree on the cut; part on what was signed (two codes) and on the sister (one alone)."""
    code(
        talk, "lea", [("R04.1", CUT, "cite", ""), ("R02.1", SIGNED, None, "signature sans lecture"), ("R05.1", SISTER)]
    )
    code(talk, "sofiane", [("R04.1", CUT), ("R02.3", f"{SIGNED}. La conseillère m'a rien expliqué")])
    return talk


def listed(enquete, *words):
    status, out, errors = enquete("arbitrer", *words, "--json")
    assert status == 0, errors
    return [json.loads(line) for line in out.splitlines()]


def key(enquete, which, *words):
    return next(one["cle"] for one in listed(enquete, "--tous", *words) if which in one["mots"])


def settle(enquete, which, retained, *words):
    status, out, errors = enquete(
        "arbitrer", key(enquete, which), "--retenir", retained, "--par", "anne", "--motif", "relu ensemble", *words
    )
    assert status == 0, errors
    return out


def counted(folder):
    """(code, words, coders, upheld) of what a synthesis counts."""
    found = gather(open_study(folder), b"").passages
    return [(p.code, p.text, p.coders, p.upheld) for p in sorted(found, key=lambda p: (p.interview, p.start))]


def test_disagreements_are_listed_side_by_side(enquete, parted):
    sister, signed = listed(enquete)
    assert (sister["nature"], sister["mots"], sister["tour"]) == ("alone", SISTER, 1)
    assert {coder: [r["code"] for r in rs] for coder, rs in sister["lectures"].items()} == {
        "lea": ["R05.1"], "sofiane": [],
    }  # fmt: skip
    assert (signed["nature"], signed["etat"]) == ("codes", "open")
    assert [r["code"] for r in signed["lectures"]["sofiane"]] == ["R02.3"]
    assert signed["lectures"]["lea"][0]["memo"] == "signature sans lecture"
    status, out, _ = enquete("arbitrer")
    assert status == 0
    assert f"{signed['cle']}  tour 4 : des codes différents pour les mêmes mots" in out
    assert "sofiane : rien" in out
    assert "mémo : signature sans lecture" in out
    assert "2\u00a0désaccords à arbitrer sur 2" in out
    assert listed(enquete, "--code", "r05.1") == [sister]
    assert listed(enquete, "--entretien", "E002") == []
    assert listed(enquete, "--grille", "autre") == []


def test_an_agreement_on_other_bounds_is_shown_when_asked(enquete, talk):
    code(talk, "lea", {"R04.1": CUT})
    code(talk, "sofiane", {"R04.1": CUT[:25]})
    assert listed(enquete) == []
    (one,) = listed(enquete, "--bornes")
    assert one["nature"] == "bounds"
    settle_words = ("arbitrer", one["cle"], "--retenir", "sofiane", "--par", "anne", "--motif", "plus serré")
    assert enquete(*settle_words)[0] == 0
    assert settled(talk) == [("R04.1", CUT[:25])]


def test_keys_stay_when_others_are_settled_and_the_text_changes(enquete, parted):
    before = key(enquete, SIGNED)
    settle(enquete, SISTER, "lea")
    assert enquete("corriger", "E001", "--remplacer", "deux mois", "--par", "trois longs mois")[0] == 0
    assert key(enquete, SIGNED) == before


@pytest.mark.parametrize(
    ("retained", "kept"),
    [
        ("lea", [("R02.1", SIGNED)]),
        ("sofiane", [("R02.3", f"{SIGNED}. La conseillère m'a rien expliqué")]),
        ("les-deux", [("R02.1", SIGNED), ("R02.3", f"{SIGNED}. La conseillère m'a rien expliqué")]),
        ("aucun", []),
        ("maintenu", [("R02.1", SIGNED), ("R02.3", f"{SIGNED}. La conseillère m'a rien expliqué")]),
    ],
)
def test_verdicts(enquete, parted, retained, kept):
    before = own(parted, "lea"), own(parted, "sofiane")
    out = settle(enquete, SIGNED, retained)
    assert "encore 1\u00a0désaccord à arbitrer" in out
    assert settled(parted) == kept
    assert (own(parted, "lea"), own(parted, "sofiane")) == before
    assert [one["cle"] for one in listed(enquete)] == [key(enquete, SISTER)]
    in_synthesis = [(c, text) for c, text, *_ in counted(parted)]
    assert in_synthesis == [("R04.1", CUT), ("R05.1", SISTER), *kept]
    assert [c for c, _, _, upheld in counted(parted) if upheld] == (
        [k[0] for k in kept] if retained == "maintenu" else []
    )


def test_a_new_code_on_words_of_ones_own(enquete, parted):
    status, _, errors = enquete(
        "arbitrer", key(enquete, SIGNED), "--retenir", "nouveau", "--par", "anne", "--motif", "x"
    )  # fmt: skip
    assert status == 2
    assert "--code" in errors
    settle(enquete, SIGNED, "nouveau", "--code", "R02.4", "--mots", "signé sans lire")
    assert settled(parted) == [("R02.4", "signé sans lire")]
    assert [row for row in counted(parted) if row[0] == "R02.4"] == [("R02.4", "signé sans lire", (), False)]
    start = text_of(parted).text.index(SIGNED)
    settle(enquete, SIGNED, "nouveau", "--code", "R02.1", "--debut", start, "--fin", start + 10)
    assert settled(parted) == [("R02.1", SIGNED[:10])]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--code", "INCONNU"), "INCONNU"),
        (("--code", "R02.1", "--mots", "Et le contrat"), "hors du passage"),
        (("--code", "R02.1", "--mots", "coupé la moitié"), "hors du passage"),
        (("--code", "R02.1", "--mots", "absents"), "ne s'y trouvent pas"),
        (("--code", "R02.1", "--debut", "12"), "bornes"),
    ],
)
def test_new_bounds_and_codes_are_checked(enquete, parted, words, said):
    begin = ("arbitrer", key(enquete, SIGNED), "--retenir", "nouveau", "--par", "anne", "--motif", "x")
    status, _, errors = enquete(*begin, *words)
    assert status in (1, 2)
    assert said in errors
    assert settled(parted) == []


def test_who_and_why_are_asked(enquete, parted):
    for words, said in (
        (("--retenir", "lea", "--par", "anne"), "pourquoi"),
        (("--retenir", "zoe", "--par", "anne", "--motif", "x"), "lea, sofiane, les-deux"),
        (("--retenir", "lea", "--motif", "x"), "personne qui code"),
        (("--retenir", "lea", "--par", "anne", "--motif", "x", "--code", "R02.1"), "nouveau"),
    ):
        status, _, errors = enquete("arbitrer", key(enquete, SIGNED), *words)
        assert (status, said in errors) == (2, True), errors
    status, _, errors = enquete("arbitrer", "E001-zzzzz", "--retenir", "lea", "--par", "anne", "--motif", "x")
    assert (status, "E001-zzzzz" in errors) == (1, True)


def test_only_arbiters_settle_where_the_study_names_them(enquete, parted):
    path = parted / "enquete.toml"
    path.write_text(path.read_text().replace('# arbitres = ["anne"]', 'arbitres = ["anne"]'), encoding="utf-8")
    status, _, errors = enquete("arbitrer", key(enquete, SIGNED), "--retenir", "lea", "--par", "lea", "--motif", "x")
    assert (status, "anne" in errors) == (2, True)
    settle(enquete, SIGNED, "lea")


def test_a_ruling_may_change_and_the_former_one_is_kept(enquete, parted):
    settle(enquete, SIGNED, "maintenu")
    settle(enquete, SIGNED, "sofiane")
    assert [c for c, _ in settled(parted)] == ["R02.3"]
    (one,) = [one for one in listed(enquete, "--tous") if SIGNED in one["mots"]]
    assert [(d["verdict"], d["lecture_de"], d["par"], d["motif"], d["vaut"]) for d in one["decisions"]] == [
        ("upheld", "", "anne", "relu ensemble", False),
        ("one", "sofiane", "anne", "relu ensemble", True),
    ]
    assert "remplacé depuis" in enquete("arbitrer", "--tous")[1]


def test_names_in_a_motive_are_masked(enquete, parted):
    words = ("--retenir", "lea", "--par", "anne", "--motif", "Madame Sylvie Lefèvre l'avait dit au 06 12 34 56 78")
    assert enquete("arbitrer", key(enquete, SIGNED), *words)[0] == 0
    (ruling,) = _rulings(parted)
    assert "l'avait dit" in ruling.why
    for secret in ("Lefèvre", "Sylvie", "06 12"):
        assert secret not in ruling.why
        assert secret.encode() not in (parted / database.FILE_NAME).read_bytes()


def _rulings(folder):
    with open_study(folder).database() as db:
        return [one for one in rulings(db) if one.by]


def test_the_last_ruling_completes_the_settled_version(enquete, parted):
    settle(enquete, SIGNED, "lea")
    out = settle(enquete, SISTER, "aucun")
    assert "plus aucun désaccord" in out
    assert "1\u00a0passage où tous s'accordent y est repris" in out
    assert settled(parted) == [("R04.1", CUT), ("R02.1", SIGNED)]
    assert [row[:3] for row in counted(parted)] == [("R04.1", CUT, ("lea", "sofiane")), ("R02.1", SIGNED, ("lea",))]
    assert "plus aucun à arbitrer" in enquete("arbitrer")[1]


def test_agreements_are_carried_on_demand_where_nothing_is_open(enquete, talk):
    code(talk, "lea", {"R04.1": CUT})
    code(talk, "sofiane", {"R04.1": CUT})
    code(talk, "lea", {"R04.1": CUT}, "E002")
    code(talk, "sofiane", {}, "E002")
    status, out, _ = enquete("arbitrer", "--reprendre-accords")
    assert status == 0
    assert "E001 : plus aucun désaccord" in out
    assert "E002 : 1\u00a0désaccord à arbitrer d'abord" in out
    assert settled(talk) == [("R04.1", CUT)]
    enquete("arbitrer", "--reprendre-accords")
    assert settled(talk) == [("R04.1", CUT)]


def test_a_coding_changed_since_opens_the_disagreement_again(enquete, parted):
    settle(enquete, SIGNED, "lea")
    settle(enquete, SISTER, "lea")
    code(parted, "sofiane", {"R02.4": "sans lire"})
    (one,) = listed(enquete)
    assert one["etat"] == "changed"
    assert [r["code"] for r in one["lectures"]["sofiane"]] == ["R02.3", "R02.4"]
    assert [d["lecture_de"] for d in one["decisions"]] == ["lea"]
    assert "(à reprendre)" in enquete("arbitrer")[1]
    assert "R02.4" not in [row[0] for row in counted(parted)]  # the settled version, once whole, counts alone
    assert gather(open_study(parted), b"").unsettled == 1  # and the synthesis says so
    settle(enquete, SIGNED, "sofiane")
    assert [c for c, _ in settled(parted)] == ["R04.1", "R05.1", "R02.3", "R02.4"]
    assert gather(open_study(parted), b"").unsettled == 0
    assert listed(enquete) == []


def test_a_third_coder_who_read_nothing_reopens_an_agreement_and_no_decision(enquete, parted):
    settle(enquete, SIGNED, "lea")
    settle(enquete, SISTER, "lea")
    code(parted, "zoe", {})
    (one,) = listed(enquete)
    assert (one["mots"], one["nature"], one["etat"]) == (CUT, "alone", "open")
    settle(enquete, CUT, "tous")
    assert listed(enquete) == []
    assert settled(parted) == [("R04.1", CUT), ("R05.1", SISTER), ("R02.1", SIGNED)]


def test_whoever_has_not_finished_is_compared_on_demand_only(enquete, talk):
    code(talk, "lea", {"R04.1": CUT})
    code(talk, "sofiane", {"R02.1": SIGNED}, finished=False)
    status, out, _ = enquete("arbitrer")
    assert (status, "par deux codeurs" in out) == (0, True)
    assert len(listed(enquete, "--inclure-inacheves")) == 2


def test_what_must_not_be_quoted_stays_so_whatever_is_decided(enquete, talk):
    code(talk, "lea", [("R04.1", CUT, "cite")])
    code(talk, "sofiane", [("R02.1", "coupé la moitié", "never")])
    settle(enquete, CUT, "lea")
    (passage,) = gather(open_study(talk), b"").passages
    assert (passage.code, passage.flag) == ("R04.1", "never")


def test_a_settled_quotation_is_signed_as_any_other(enquete, talk):
    code(talk, "lea", [("R04.1", CUT, "cite")])
    code(talk, "sofiane", {})
    settle(enquete, CUT, "lea")
    with open_study(talk).database() as db, database.transaction(db):
        people.put_participant(db, "P001", people.RespondentType.CONCERNED)
        set_people(db, next(iter(interviews(db))), ["P001"], next(iter(interviews(db))).voices)
    status, out, _ = enquete("signer")
    assert (status, CUT in out) == (0, True)
    number = out.split()[0]
    assert enquete("signer", number, "--par", "Anne Martin")[0] == 0
    assert CUT in enquete("signer", "--signees")[1]


def test_agreement_never_looks_at_the_settled_version(enquete, parted):
    before = enquete("accord", "--json")[1]
    settle(enquete, SIGNED, "lea")
    settle(enquete, SISTER, "aucun")
    assert enquete("accord", "--json")[1] == before


def test_a_withdrawn_passage_takes_its_ruling_along(enquete, parted):
    settle(enquete, SIGNED, "lea")
    with open_study(parted).database() as db, database.transaction(db):
        people.put_participant(db, "P001", people.RespondentType.CONCERNED)
        first = next(iter(interviews(db)))
        set_people(db, first, ["P001"], first.voices)
    status, _, errors = enquete("retirer", "P001", "--passage", "E001", "--tour", "4", "--oui")
    assert status == 0, errors
    assert [c for c, _ in settled(parted)] == []
    assert b"relu ensemble" not in (parted / database.FILE_NAME).read_bytes()
    assert [one["mots"] for one in listed(enquete)] == [SISTER]


def test_what_a_coder_also_read_in_these_words_is_said(enquete, talk):
    code(talk, "lea", {"R04.1": CUT, "R02.1": CUT})
    code(talk, "sofiane", {"R02.1": f"{CUT}. J'avais plus rien"})
    (one,) = listed(enquete)
    assert one["lectures"]["sofiane"] == []
    assert [r["code"] for r in one["aussi"]["sofiane"]] == ["R02.1"]
    assert "sofiane : pas ce code (sur ces mots aussi : R02.1" in enquete("arbitrer")[1]


def test_nobody_codes_under_the_name_of_the_settled_version(enquete, parted, tmp_path):
    settle(enquete, SIGNED, "lea")
    rows = tmp_path / "codages.jsonl"
    rows.write_text(json.dumps({"entretien": "E001", "tour": 1, "code": "R02.1"}), encoding="utf-8")
    status, _, errors = enquete("importer", "codages", rows, "--codeur", "Arbitrage")
    assert (status, "Arbitrage" in errors) == (2, True)
    assert settled(parted) == [("R02.1", SIGNED)]


def test_whoever_leaves_takes_their_name_off_what_they_decided(enquete, parted):
    settle(enquete, SIGNED, "lea")
    status, _, errors = enquete("codeur", "depart", "anne", "--renommer", "a1")
    assert status == 0, errors
    assert [one.by for one in _rulings(parted)] == ["a1"]


def test_a_decision_without_its_disagreement_is_a_misuse(study, enquete):
    status, _, errors = enquete("arbitrer", "--retenir", "lea", "--par", "anne", "--motif", "x")
    assert status == 2
    assert "dites quel désaccord" in errors
