"""« enquete affecter »: who codes what, drawn or by hand, shown, taken back; what is begun stays."""

import re

import pytest
from coded import add_text, add_texts, code, say_read

from enquete.actions.study import open_study
from enquete.coding.entries import Entry, Kind
from enquete.model import Role
from enquete.store.database import transaction
from enquete.store.entries import all_entries, put_entries
from enquete.store.page import interviews_of
from enquete.store.rounds import assignments, rounds


@pytest.fixture
def shared(study):
    """Twelve interviews of 100, 200… 1200 words."""
    add_texts(study, ["mot " * (100 * number) for number in range(1, 13)])
    return study


def given(folder):
    with open_study(folder).database() as db:
        return {(one.interview, one.coder) for one in assignments(db)}


def made(folder):
    with open_study(folder).database() as db:
        return rounds(db)


def restrict(folder, *coders):
    settings = folder / "enquete.toml"
    listed = ", ".join(f'"{coder}"' for coder in coders)
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('# codeurs = ["c1", "c2"]', f"codeurs = [{listed}]"),
        encoding="utf-8",
    )


# --- by chance


def test_a_draw_is_stored_and_told_with_its_seed(enquete, shared):
    status, out, err = enquete("affecter", "--codeurs", "lea,sofiane,anne", "--double", "25 %", "--graine", "42")
    assert (status, err) == (0, "")
    assert "Tour « tour 1 », tiré au sort (graine 42) : 12\u00a0entretiens entre 3\u00a0codeurs." in out
    assert "Nouveau codeur : anne, lea, sofiane." in out
    assert "Codés par plusieurs, à l'aveugle : 3 sur 12." in out
    pairs = given(shared)
    assert len(pairs) == 15
    assert all(f"{interview}" in out and coder in out for interview, coder in pairs)
    (one,) = made(shared)
    assert (one.name, one.kind, one.seed) == ("tour 1", "coding", 42)


def test_the_seed_that_was_told_gives_the_same_draw(enquete, shared):
    _, out, _ = enquete("affecter", "--codeurs", "lea,sofiane", "--double", "3", "--essai")
    assert given(shared) == set()
    seed = re.search(r"graine (\d+)\)", out)[1]
    _, again, _ = enquete("affecter", "--codeurs", "sofiane,lea", "--double", "3", "--graine", seed)
    assert again == "\n".join(out.splitlines()[1:]) + "\n"


def test_loads_are_equal_in_words(enquete, shared):
    enquete("affecter", "--codeurs", "lea,sofiane,anne", "--double", "tous", "--graine", "1")
    _, out, _ = enquete("affecter")
    words = [
        int(found.replace("\u202f", ""))
        for found in re.findall(r"^(?:lea|sofiane|anne) +8 +8 +(\S+)", out, re.MULTILINE)
    ]
    assert len(words) == 3
    assert max(words) - min(words) <= 100


def test_interviews_that_came_later_go_to_a_new_round(enquete, shared):
    enquete("affecter", "--codeurs", "lea,sofiane", "--double", "2", "--graine", "1")
    before = given(shared)
    add_texts(shared, ["mot " * 500] * 3, wave="v2")
    status, out, _ = enquete("affecter", "--codeurs", "lea,sofiane,anne", "--vague", "v2", "--graine", "2")
    assert status == 0
    assert "Tour « tour 2 »" in out
    assert given(shared) > before
    assert {interview for interview, _ in given(shared) - before} == {"E013", "E014", "E015"}


def test_a_coder_who_comes_later_takes_the_second_seat(enquete, shared):
    enquete("affecter", "--codeurs", "lea", "--graine", "1")
    _, out, _ = enquete("affecter", "--codeurs", "anne", "--double", "25%", "--graine", "2")
    assert "anne, 3\u00a0entretiens" in out
    assert len(given(shared)) == 15


def test_what_is_coded_counts_as_given(enquete, shared):
    code(shared, "lea", "E001", ("mot mot", "R01"))
    enquete("affecter", "--codeurs", "sofiane,anne", "--entretien", "E001", "--entretien", "E002", "--graine", "1")
    assert {interview for interview, _ in given(shared)} == {"E002"}


def test_nothing_left_to_share_makes_no_round(enquete, shared):
    enquete("affecter", "--codeurs", "lea", "--graine", "1")
    status, out, _ = enquete("affecter", "--codeurs", "lea,sofiane")
    assert status == 0
    assert "Rien à répartir" in out
    assert len(made(shared)) == 1


def test_interviews_where_nobody_is_known_to_speak_are_left_aside(enquete, shared):
    with open_study(shared).database() as db, transaction(db):
        add_text(db, ["Bonjour.", "Bonjour."], "v1", [Role.UNKNOWN, Role.UNKNOWN])
    status, out, _ = enquete("affecter", "--codeurs", "lea", "--graine", "1")
    assert status == 0
    assert "Laissé de côté, faute de savoir qui y parle : E013." in out
    assert len(given(shared)) == 12


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--codeurs", "lea,Léa Martin"), 2, "« Léa Martin » ne peut pas désigner"),
        (("--codeurs", "lea", "--double", "la moitié"), 2, "« --double la moitié » n'est pas compris"),
        (("--codeurs", "lea", "--double", "40"), 2, "n'est pas compris : 12\u00a0entretiens"),
        (("--codeurs", "lea", "--double", "20%"), 2, "il n'y a pas assez de codeurs"),
        (
            ("--codeurs", "lea,anne", "--double", "20%", "--par", "3"),
            2,
            "pas assez de codeurs pour coder 3\u00a0entretiens à 3 : 0 au plus",
        ),
        (("--codeurs", "lea", "--entretien", "E099"), 2, "l'entretien « E099 » n'est pas"),
        (("--codeurs", "lea", "--nom", " "), 2, "ce nom de tour ne convient pas"),
        (("--codeur", "lea", "--entretien", "E001", "--nom", "a\nb"), 2, "ce nom de tour ne convient pas"),
        (("--codeurs", "lea", "--vague", "v9"), 2, "la vague « v9 »"),
        (("--codeurs", "lea", "--vague", "v2"), 1, "rien à répartir"),
        (("--codeurs", "lea", "--sans-reponses", "--question", "q"), 2, "ne va pas avec"),
        (("--sans-reponses",), 2, "va avec « --codeurs »"),
        (("--codeurs", ","), 2, "dites entre qui répartir"),
        (("--codeurs", "lea", "--codeur", "anne"), 2, "ne va pas avec"),
        (("--codeurs", "lea,anne", "--par", "2"), 2, "demande aussi « --double »"),
        (("--double", "20%"), 2, "dites entre qui"),
        (("--essai",), 2, "dites entre qui"),
        (("--codeur", "lea"), 2, "dites quels textes"),
        (("--codeur", "lea", "--entretien", "E001", "--double", "20%"), 2, "ne va pas avec"),
        (("--retirer",), 2, "dites ce qui est repris"),
        (("--retirer", "--codeurs", "lea"), 2, "ne va pas avec"),
        (("--retirer", "--codeur", "lea"), 1, "rien de tel n'est affecté"),
        (("--retirer", "--nom", "tour 1"), 2, "le tour « tour 1 » n'existe pas"),
    ],
)
def test_what_can_not_be_done_is_said(enquete, shared, words, status, said):
    code_, out, err = enquete("affecter", *words)
    assert (code_, out) == (status, "")
    assert said in err
    assert given(shared) == set()


def test_coders_of_the_study_are_checked(enquete, shared):
    restrict(shared, "lea", "sofiane")
    for words in (("--codeurs", "lea,lae"), ("--codeur", "lae", "--entretien", "E001")):
        code_, _, err = enquete("affecter", *words)
        assert code_ == 2
        assert "« lae » ne code pas dans cette étude. Codeurs de « enquete.toml » : lea, sofiane." in err


def test_a_name_of_a_round_serves_once(enquete, shared):
    enquete("affecter", "--codeurs", "lea", "--nom", "pilote", "--entretien", "E001")
    for words in (("--codeurs", "lea"), ("--codeur", "lea", "--entretien", "E002")):
        code_, _, err = enquete("affecter", *words, "--nom", "pilote")
        assert code_ == 2
        assert "le tour « pilote » existe déjà" in err


# --- by hand


def test_by_hand(enquete, shared):
    status, out, _ = enquete("affecter", "--codeur", "lea", "--entretien", "e001", "--entretien", "E004,E005")
    assert status == 0
    assert out.splitlines() == [
        f"{interview} : confié à lea (tour « à la main »)." for interview in ("E001", "E004", "E005")
    ]
    _, again, _ = enquete("affecter", "--codeur", "lea", "--codeur", "anne", "--entretien", "E001")
    assert again.splitlines() == [
        "E001 : lea l'a déjà (tour « à la main »).",
        "E001 : confié à anne (tour « à la main »).",
    ]
    assert given(shared) == {("E001", "lea"), ("E004", "lea"), ("E005", "lea"), ("E001", "anne")}
    assert [one.seed for one in made(shared)] == [None]


def test_a_try_stores_nothing(enquete, shared):
    _, out, _ = enquete("affecter", "--codeur", "lea", "--entretien", "E001", "--essai")
    assert out.startswith("Essai : rien n'est enregistré.\nE001 : confié à lea")
    assert given(shared) == set()
    assert made(shared) == []


# --- taken back


def test_what_is_not_begun_is_taken_back(enquete, shared):
    enquete("affecter", "--codeur", "lea", "--entretien", "E001,E002")
    _, out, _ = enquete("affecter", "--retirer", "--codeur", "lea", "--entretien", "E001", "--essai")
    assert "E001 : repris à lea." in out
    assert len(given(shared)) == 2
    assert enquete("affecter", "--retirer", "--codeur", "lea", "--entretien", "E001")[0] == 0
    assert given(shared) == {("E002", "lea")}


def code_and_delete(folder):
    """It can still be undone: the interview stays in their list."""
    code(folder, "lea", "E001", ("mot mot", "R01"))
    with open_study(folder).database() as db, transaction(db):
        (made,) = all_entries(db, "lea")
        put_entries(
            db, "lea", [Entry(uid="g", kind=Kind.GONE, step="g", item="g", interview="E001", over=(made.entry.uid,))]
        )


@pytest.mark.parametrize(
    "begin",
    [
        lambda f: code(f, "lea", "E001", ("mot mot", "R01")),
        lambda f: say_read(f, "lea", "E001"),
        code_and_delete,
    ],
)
def test_what_is_begun_is_never_taken_back(enquete, shared, begin):
    enquete("affecter", "--codeur", "lea", "--entretien", "E001,E002")
    begin(shared)
    status, _, err = enquete("affecter", "--retirer", "--codeur", "lea", "--entretien", "E001")
    assert status == 1
    assert "déjà commencé (E001 par lea)" in err
    status, out, _ = enquete("affecter", "--retirer", "--codeur", "lea")
    assert status == 0
    assert out.splitlines() == ["E002 : repris à lea.", "Gardé, car déjà commencé : E001 par lea."]
    assert given(shared) == {("E001", "lea")}


def test_a_whole_draw_is_taken_back_and_its_name_serves_again(enquete, shared):
    enquete("affecter", "--codeurs", "lea,anne", "--nom", "tour 1")
    assert enquete("affecter", "--retirer", "--nom", "tour 1")[0] == 0
    assert (given(shared), made(shared)) == (set(), [])
    assert enquete("affecter", "--codeurs", "lea,anne", "--nom", "tour 1")[0] == 0


# --- the table


def test_the_table_of_a_study_where_nothing_is_shared(enquete, study):
    assert enquete("affecter")[1] == "Ni entretien ni réponse ouverte dans l'étude.\n"
    add_texts(study, ["mot mot"])
    out = enquete("affecter")[1]
    assert "Aucun tour de codage." in out
    assert "À personne : 1\u00a0entretien (E001)." in out


def test_the_table_says_who_codes_what_and_how_far_they_are(enquete, study):
    add_texts(study, ["un deux trois", "un deux trois quatre", "un deux"])
    enquete("affecter", "--codeur", "lea", "--codeur", "sofiane", "--entretien", "E001,E002")
    code(study, "lea", "E001", ("un deux", "R01"), ("trois", "R02"), done=True)
    code(study, "sofiane", "E001", done=True)
    say_read(study, "lea", "E002")
    status, out, _ = enquete("affecter")
    assert status == 0
    table = out.splitlines()
    assert re.fullmatch(r"Tour « à la main » \(.*, à la main\) : 2\u00a0entretiens, lea, sofiane\.", table[0])
    assert table[2:10] == [
        "codeur   entretiens  en double  mots  commencés  lus  codés  codages  mots à coder",
        "lea               2          2     7          2    2      1        2             4",
        "sofiane           2          2     7          1    1      1        0             4",
        "",
        "entretien  vague  mots  qui le code",
        "E001       v1        3  lea (codé), sofiane (codé)",
        "E002       v1        4  lea (lu), sofiane (pas commencé)",
        "E003       v1        2  personne",
    ]
    assert table[11:] == [
        "Codés par plusieurs : 2 sur 3 (67\u00a0%), dont 1 que deux personnes au moins ont fini.",
        "À personne : 1\u00a0entretien (E003).",
    ]


# --- what the page of each shows


def shown(folder, coder):
    with open_study(folder).database() as db:
        return [one.code for one in interviews_of(db, coder)]


def test_the_page_shows_everything_until_a_round_shares_it_out(enquete, study):
    add_texts(study, ["un deux"] * 3)
    code(study, "lea", "E003", ("un", "R01"))
    assert shown(study, "lea") == shown(study, "anne") == ["E001", "E002", "E003"]
    enquete("affecter", "--codeur", "anne", "--entretien", "E001")
    assert shown(study, "anne") == ["E001"]
    assert shown(study, "lea") == ["E003"]  # begun before: still theirs
    assert shown(study, "noe") == []


# --- somebody leaves, or has a packet


def test_what_a_coder_who_leaves_has_not_begun_is_named(enquete, shared):
    enquete("affecter", "--codeur", "lea", "--entretien", "E001,E002")
    code(shared, "lea", "E001", ("mot mot", "R01"))
    _, out, _ = enquete("codeur", "depart", "lea", "--renommer", "c1")
    assert "  - confier à d'autres E002 : « enquete affecter --retirer --codeur c1 » ;" in out
    assert enquete("affecter", "--retirer", "--codeur", "c1")[0] == 0
    assert given(shared) == {("E001", "c1")}


def test_a_packet_that_is_out_is_called_to_mind(enquete, shared):
    enquete("affecter", "--codeur", "lea", "--entretien", "E001,E002")
    status, _, err = enquete("paquet", "creer", "--codeur", "lea", "--entretien", "E001", "--phrase-aleatoire")
    assert status == 0, err
    _, out, _ = enquete("affecter", "--retirer", "--codeur", "lea")
    assert out.splitlines()[-1] == "Attention : E001 est encore dans le paquet n° 1 de lea."
