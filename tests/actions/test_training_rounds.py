"""« enquete formation »: a newcomer codes what a reference has finished, then sees both side by side, never before."""

import json

import pytest
from coded import add_texts, code

from enquete.actions.rounds.lessons import training_feedback
from enquete.actions.study import open_study
from enquete.store import codings as stored
from enquete.store.page import interviews_of
from enquete.store.rounds import assignments, rounds

CUT = "Ils m'ont coupé la moitié pendant deux mois"
POOR = "j'avais plus rien sur le compte"
SIGNED = "J'ai signé, je sais même pas ce qu'il y a dedans"
SAID = [f"{CUT}, {POOR}.", f"{SIGNED}."]


@pytest.fixture
def taught(study):
    """Lea has finished E001 (four codes) and E002 (one), sofiane nothing."""
    add_texts(study, [SAID, [SIGNED], ["Rien à dire."]])
    code(
        study, "lea", "E001",
        (CUT, "R07.3", "Dès qu'une partie n'est plus versée."), (POOR, "R02.1"), (SIGNED, "R04.1"), (SIGNED, "R04.2"),
        done=True,
    )  # fmt: skip
    code(study, "lea", "E002", (SIGNED, "R04.1"), done=True)
    code(study, "sofiane", "E003", ("Rien", "R11"))
    return study


def given(folder):
    with open_study(folder).database() as db:
        return {(one.interview, one.coder, one.kind) for one in assignments(db)}


def feedback(folder, coder, interview):
    study = open_study(folder)
    with study.database() as db:
        found = training_feedback(study, db, coder, interview)
    return json.loads(json.dumps(found))


# --- to begin


def test_the_interviews_with_most_codes_are_given(enquete, taught):
    status, out, _ = enquete("formation", "noe", "--reference", "lea", "--nombre", "1")
    assert status == 0
    assert out.startswith("Tour « formation noe 1 » : noe code E001 (25\u00a0mots), d'après lea.")
    assert given(taught) == {("E001", "noe", "training")}
    with open_study(taught).database() as db:
        (made,) = rounds(db)
        assert (made.kind, made.reference, made.seed) == ("training", "lea", None)
        assert [one.code for one in interviews_of(db, "noe")] == ["E001"]
        assert len(interviews_of(db, "lea")) == 3  # a training round shares nothing out


def test_interviews_may_be_chosen_and_the_bad_ones_are_named(enquete, taught):
    status, out, err = enquete("formation", "noe", "--reference", "lea", "--entretien", "e002,E003", "--nom", "essai 1")
    assert status == 1
    assert "Tour « essai 1 » : noe code E002" in out
    assert err == "REFUSÉ E003 : lea ne l'a pas fini.\n"
    assert given(taught) == {("E002", "noe", "training")}


def test_a_second_training_takes_what_is_left(enquete, taught):
    enquete("formation", "noe", "--reference", "lea", "--nombre", "1")
    _, out, _ = enquete("formation", "noe", "--reference", "lea")
    assert "Tour « formation noe 2 » : noe code E002" in out
    status, _, err = enquete("formation", "noe", "--reference", "lea")
    assert status == 1
    assert "noe a déjà tous les entretiens finis par lea" in err


def test_a_try_stores_nothing(enquete, taught):
    _, out, _ = enquete("formation", "noe", "--reference", "lea", "--essai")
    assert out.startswith("Essai : rien n'est enregistré.\nTour « formation noe 1 »")
    assert given(taught) == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("noe", "--reference", "sofiane"), "« sofiane » n'a fini aucun entretien"),
        (("noe", "--reference", "sofiane"), "Ont fini des entretiens : lea."),
        (("noe", "--reference", "arbitrage"), "« arbitrage » n'a fini aucun entretien"),
        (("lea", "--reference", "lea"), "on ne se compare pas à soi-même"),
        (("Noé Petit", "--reference", "lea"), "ne peut pas désigner"),
        (("noe",), "« noe » n'est pas en formation. Pour commencer : « enquete formation noe --reference CODE »."),
        (("noe", "--nombre", "2"), "dites d'après qui"),
        (("--reference", "lea"), "dites qui apprend"),
        (("noe", "--reference", "lea", "--nombre", "1", "--entretien", "E001"), "ne va pas avec"),
    ],
)
def test_what_can_not_be_done_is_said(enquete, taught, words, said):
    status, out, err = enquete("formation", *words)
    assert (status, out) == (2, "")
    assert said in err
    assert given(taught) == set()


# --- to compare


@pytest.fixture
def trained(enquete, taught):
    """Noe has coded E001 and not said so yet."""
    enquete("formation", "noe", "--reference", "lea")
    code(
        taught,
        "noe",
        "E001",
        (f"{CUT}, j'avais plus rien", "R07.3"),
        (POOR, "R02"),
        (SIGNED, "R04.1"),
        ("compte", "R11"),
    )
    return taught


def test_nothing_is_shown_before_the_newcomer_has_finished(enquete, trained):
    assert enquete("formation", "noe")[1] == (
        "Pas encore comparable (noe ou la référence ne l'a pas fini) : E001, E002.\n"
    )
    assert feedback(trained, "noe", "E001") is None


def test_passages_are_compared_one_by_one_with_what_the_codebook_says(enquete, trained):
    code(trained, "noe", "E001", done=True)
    status, out, _ = enquete("formation", "noe")
    assert status == 0
    assert out.startswith(
        "Pas encore comparable (noe ou la référence ne l'a pas fini) : E002.\n"
        "E001 : noe, d'après lea\n"
        f"  tour 2 : « {CUT}, j'avais plus rien »\n"
        "    Même code, autre découpage : Radiation (R07.3). Plus long que dans la référence.\n"
        f"      référence : « {CUT} »\n"
        f"      ici : « {CUT}, j'avais plus rien »\n"
        "      mémo de la référence : Dès qu'une partie n'est plus versée.\n"
        f"  tour 2 : « {POOR} »\n"
        "    Autre code : Ressources et budget (R02) ; référence : Montant insuffisant (R02.1). Le thème est le bon, "
        "la référence précise.\n"
        "      Montant insuffisant (R02.1) : Le reste à vivre et la comparaison du montant aux charges.\n"
        "        inclut : Les chiffres, la fin de mois, le découvert.\n"
        "        exclut : Les dettes envers la CAF (R02.3).\n"
        "      Ressources et budget (R02) : "
    )
    for said in (
        "  tour 2 : « compte »\n    Ajouté : Dignité et image de soi (R11). Codé ici, pas dans la référence.\n",
        f"  tour 3 : « {SIGNED} »\n    D'accord : Compréhension (R04.1)\n",
        f"  tour 3 : « {SIGNED} »\n    Oublié : Négociation (R04.2). Codé dans la référence, pas ici.\n",
        "Ensemble : 4\u00a0passages dans la référence : 2\u00a0retrouvés (dont 1 découpé autrement), 1 sous un autre "
        "code, 1\u00a0oublié ; 1\u00a0ajouté.\nAucun code ne revient dans les écarts : relisez-les un par un.\n",
    ):
        assert said in out


def test_codes_of_one_theme_are_found_together_by_theme(enquete, trained):
    code(trained, "noe", "E001", done=True)
    rows = [line.split() for line in enquete("formation", "noe")[1].splitlines() if "(R02" in line and ":" not in line]
    assert [row[-7:] for row in rows] == [
        ["0", "0", "0", "0", "0", "1", "0"],  # the theme, as a code
        ["1", "0", "0", "1", "0", "0", "0"],  # R02.1
        ["1", "1", "0", "0", "0", "0", "0"],  # the theme, whatever the code
    ]


def test_codes_of_one_s_own_are_left_aside(enquete, trained):
    code(trained, "noe", "E001", (CUT, "~mine"), done=True)
    _, out, _ = enquete("formation", "noe")
    assert "1\u00a0codage sous un code proposé par son codeur : laissé de côté" in out
    assert "~mine" not in out


def test_the_page_gets_the_same_as_json(trained):
    code(trained, "noe", "E001", done=True)
    shown = feedback(trained, "noe", "E001")
    assert (shown["interview"], shown["reference"], shown["settled"]) == ("E001", "lea", False)
    assert [place["outcome"] for place in shown["places"]] == ["bounds", "other", "added", "agreed", "missed"]
    first = shown["places"][0]
    assert (first["turn"], first["words"]) == (1, f"{CUT}, j'avais plus rien")
    assert first["reference"][0]["memo"] == "Dès qu'une partie n'est plus versée."
    assert first["expected"] == first["given"] == {"codebook": "rsa", "code": "R07.3"}
    assert shown["places"][4]["given"] is None
    insufficient = next(row for row in shown["codes"] if row["code"] == "R02.1")
    assert insufficient["theme"] == "Ressources et budget"
    assert insufficient["exclude"] == "Les dettes envers la CAF (R02.3)."
    assert (insufficient["found"], insufficient["other"]) == (0, 1)
    assert shown["again"] == []
    assert shown["habits"] == ["Aucun code ne revient dans les écarts : relisez-les un par un."]


def test_nobody_else_and_no_other_interview_gets_it(enquete, trained):
    code(trained, "noe", "E001", done=True)
    code(trained, "noe", "E003", done=True)
    for coder, interview in (("lea", "E001"), ("sofiane", "E001"), ("noe", "E002"), ("noe", "E003"), ("noe", "E099")):
        assert feedback(trained, coder, interview) is None


def test_who_is_in_training_is_listed(enquete, trained):
    code(trained, "noe", "E001", done=True)
    assert (
        enquete("formation")[1]
        == "« formation noe 1 », d'après lea : noe, 1 sur 2\u00a0entretiens fini (E001, E002).\n"
    )


# --- exercises


def test_exercises_count_nowhere(enquete, trained):
    code(trained, "noe", "E001", done=True)
    with open_study(trained).database() as db:
        assert {one.coder for one in stored.codings(db)} == {"lea", "sofiane"}
        assert {one.coder for one in stored.codings(db, training=True)} == {"noe"}
        assert {coder for _, coder in stored.readings(db)} == {"lea"}
        assert stored.totals(db).coders == 2
        assert stored.totals(db).codings == 6
    status, _, err = enquete("accord")
    assert status == 1
    assert "aucun entretien n'a été lu en entier par deux codeurs" in err


def test_an_exercise_is_no_second_coding(enquete, trained):
    _, out, _ = enquete("affecter")
    assert "E001       v1       25  lea (codé), noe (formation, commencé)" in out
    assert "Codés par plusieurs : 0 sur 3" in out
    _, out, _ = enquete("affecter", "--codeurs", "noe,anne", "--double", "tous", "--graine", "1", "--essai")
    assert "  E001 : anne, lea" in out  # noe has seen it, or will see what lea did
    status, _, err = enquete("affecter", "--codeur", "noe", "--entretien", "E001")
    assert status == 1
    assert "noe l'a eu en formation, et ne peut plus le coder à l'aveugle" in err


# --- the settled version as a reference


@pytest.fixture
def settled(enquete, taught):
    """Sofiane has coded E001 too; what parted them is settled, and why."""
    code(taught, "sofiane", "E001", (CUT, "R07.3"), (POOR, "R02.1"), (SIGNED, "R04.1"), done=True)
    (disagreement,) = [json.loads(line) for line in enquete("arbitrer", "--json")[1].splitlines()]
    words = ("--retenir", "lea", "--par", "anne", "--motif", "Elle dit qu'elle n'a pas eu le choix.")
    assert enquete("arbitrer", disagreement["cle"], *words)[0] == 0
    assert enquete("arbitrer", "--reprendre-accords")[0] == 0
    return taught


def test_the_settled_version_is_a_reference_and_says_why(enquete, settled):
    status, out, err = enquete("formation", "noe", "--reference", "arbitrage")
    assert (status, err) == (0, "")
    assert "noe code E001 (25\u00a0mots), d'après arbitrage." in out
    code(settled, "noe", "E001", (CUT, "R07.3"), (POOR, "R02.1"), done=True)
    _, out, _ = enquete("formation", "noe")
    assert "E001 : noe, d'après arbitrage" in out
    assert "Oublié : Négociation (R04.2). Codé dans la référence, pas ici." in out
    assert "mémo de la référence : Elle dit qu'elle n'a pas eu le choix." in out
    assert feedback(settled, "noe", "E001")["reference"] == "arbitrage"


def test_an_interview_that_is_not_settled_whole_is_no_reference(enquete, settled):
    status, _, err = enquete("formation", "noe", "--reference", "arbitrage", "--entretien", "E002")
    assert status == 1
    assert err == "REFUSÉ E002 : arbitrage ne l'a pas fini.\n"


def test_nobody_learns_or_codes_in_the_name_of_the_settled_version(enquete, settled):
    for words in (("formation", "arbitrage", "--reference", "lea"), ("affecter", "--codeurs", "arbitrage")):
        status, _, err = enquete(*words)
        assert status == 2
        assert "personne ne code à sa place" in err
