"""`enquete accord`, in a study and on a plain table."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from enquete.store import codings, database, rounds

WORDS = ["la CAF", "le loyer", "le contrat", "la banque", "le rendez-vous", "la lettre", "le bus", "le site"]


@pytest.fixture
def coded(study, enquete, tmp_path):
    """Codes interviews: coded("lea", "E001", {"R02.1": [1, 2]}, finished=True), turns of the participant from 1."""

    def code(coder, interview, codes, finished=True):
        places = [(code, turn) for code, turns in codes.items() for turn in turns]
        rows = [{"entretien": interview, "tour": 2 * turn - 1, "code": code} for code, turn in places]
        if finished:
            rows.append({"entretien": interview, "tour": 1})
        path = tmp_path / f"{coder}-{interview}.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        done, _, errors = enquete("importer", "codages", path, "--codeur", coder)
        assert done == 0, errors

    return code


@pytest.fixture
def talks(study, enquete, tmp_path):
    """Interviews E001 to E004, of eight turns of a participant each."""
    lines = [f"Enquêteur : Et pour {words} ?\n\nEnquêtée : Pour {words}, j'attends encore.\n" for words in WORDS]
    paths = [tmp_path / f"entretien{number}.txt" for number in range(1, 5)]
    for path in paths:
        path.write_text("\n".join(lines) + f"\nEnquêteur : Merci, c'est {path.stem}.\n", encoding="utf-8")
    done, _, errors = enquete("importer", "entretiens", *paths, "--vague", "v1")
    assert done == 0, errors


@pytest.fixture
def two_coders(talks, coded):
    coded("lea", "E001", {"R02.1": [1, 2, 3, 4], "R05.2": [6]})
    coded("sofiane", "E001", {"R02.1": [1, 2, 3], "R02.4": [4], "R05.2": [6]})
    coded("lea", "E002", {"R02.1": [1, 2, 3]})
    coded("sofiane", "E002", {"R02.1": [1], "R02.4": [2, 3]})


def answer(enquete, *words):
    code, out, errors = enquete("accord", *words, "--json")
    assert code == 0, errors
    return json.loads(out)


def of(found, name, part="par_code", key="code"):
    return next(line for line in found[part] if line[key] == name)


def test_uncoded_turns_are_decisions(enquete, two_coders):
    found = answer(enquete)
    assert (found["unites"], found["codeurs"], found["entretiens"]) == (16, ["lea", "sofiane"], ["E001", "E002"])
    code = of(found, "R02.1")
    assert code["positifs"] == {"lea": 7, "sofiane": 4}
    assert code["recouvrement"] == pytest.approx(4 / 7)
    assert code["accord_positif"] == pytest.approx(8 / 11)
    assert code["accord_negatif"] == pytest.approx(18 / 21)
    assert code["kappa_cohen"] == pytest.approx((13 * 16 - (7 * 4 + 9 * 12)) / (256 - (7 * 4 + 9 * 12)))
    assert code["rare"] is False
    assert [(one["entretien"], one["tour"], one["a_la_place"]) for one in code["desaccords"]] == [
        ("E001", 7, ["R02.4"]), ("E002", 3, ["R02.4"]), ("E002", 5, ["R02.4"]),
    ]  # fmt: skip
    theme = of(found, "R02", "par_theme", "theme")
    assert (theme["positifs"], theme["alpha"]) == ({"lea": 7, "sofiane": 7}, 1)


def test_the_screen_says_what_it_means_and_what_to_do(enquete, two_coders):
    code, out, _ = enquete("accord")
    assert code == 0
    assert "Lu par deux codeurs au moins : 16\u00a0tours de parole de participants, dans 2\u00a0entretiens." in out
    assert "Non calculable, moins de 5 tours : R02.4\u00a0(3), R05.2\u00a0(1)." in out
    assert "7\u00a0tours de parole portent ce code pour l'un des deux au moins, 4 pour les deux." in out
    assert "Là où l'un le met, l'autre met R02.4 dans 3 cas sur 3 : dites ce qui les sépare." in out
    assert "À redéfinir : " in out
    assert "Désaccords : E001, tour 8 ; E002, tours 4 et 6." in out
    assert "des conventions, jamais un verdict" in out


def test_a_code_asked_for_shows_its_definition_and_its_rare_figures_not(enquete, two_coders):
    _, out, _ = enquete("accord", "--code", "R05")
    assert "R02.1" not in out
    assert "Non calculable : trop rare (1\u00a0tour, il en faut 5)." in out
    assert "Définition : " in out
    assert " 1,00" not in out  # the only place agrees, which says nothing


def test_an_interview_begun_is_left_aside_and_told(enquete, two_coders, coded):
    coded("lea", "E003", {"R02.1": [1]}, finished=False)
    coded("sofiane", "E003", {"R02.1": [2]})
    _, out, _ = enquete("accord")
    assert "E003 : lea n'a pas fini, laissé de côté" in out
    assert "1\u00a0entretien qu'une seule personne a lu en entier, laissé de côté." in out
    assert answer(enquete)["unites"] == 16
    assert answer(enquete, "--inclure-inacheves")["unites"] == 24


def test_a_coder_missing_from_an_interview_is_no_disagreement(enquete, two_coders, coded):
    coded("max", "E001", {"R02.1": [1, 2, 3, 4], "R05.2": [6]})
    found = answer(enquete)
    pairs = {tuple(pair["codeurs"]): pair for pair in of(found, "R02.1")["paires"]}
    assert {names: pair["unites"] for names, pair in pairs.items()} == {
        ("lea", "max"): 8, ("lea", "sofiane"): 16, ("max", "sofiane"): 8,
    }  # fmt: skip
    assert pairs["lea", "max"]["alpha"] == 1
    assert of(found, "R02.1")["kappa_cohen"] is None
    _, out, _ = enquete("accord", "--codeur", "lea", "--codeur", "max")
    assert "Accord entre 2\u00a0codeurs : lea, max." in out


def test_units_may_be_sentences_or_characters(enquete, two_coders):
    assert answer(enquete, "--unite", "phrase")["unites"] == 16
    characters = answer(enquete, "--unite", "caractère")
    assert characters["unites"] == sum(len(f"Pour {words}, j'attends encore.") for words in WORDS) * 2
    assert of(characters, "R05.2")["rare"] is True
    assert of(characters, "R05.2")["positifs"]["lea"] > 5


def test_coefficients_on_demand(enquete, two_coders):
    _, out, _ = enquete("accord", "--coefficients", "kappa,ac1")
    assert "κ Cohen" in out
    assert "κ Fleiss" not in out
    found = answer(enquete, "--coefficients", "tous")
    assert found["ensemble"]["alpha_masi"] is not None
    assert len(of(found, "R02.1")["alpha_intervalle"]) == 2
    assert found["intervalle"] == {"tirages": 1000, "graine": 1971, "niveau": 0.95, "unite_tiree": "entretien"}


def test_rounds_are_compared_on_fresh_interviews(enquete, two_coders, coded):
    for interview in ("E003", "E004"):
        coded("lea", interview, {"R02.1": [1, 2, 3]})
        coded("sofiane", interview, {"R02.1": [1, 2, 3]})
    code, out, _ = enquete("accord", "--code", "R02.1", "--avant", "E001,E002", "--apres", "e003,e004")
    assert code == 0
    row = next(line for line in out.splitlines() if line.startswith("  R02.1"))
    assert row.split()[-4:] == ["7/4", "0,60", "6/6", "1,00"]
    code, _, errors = enquete("accord", "--avant", "E001,E002", "--apres", "E002,E003")
    assert code == 2
    assert "E002 dans « --avant » et dans « --apres »" in errors
    assert "entretiens neufs" in errors


def test_a_round_may_be_named_and_training_never_counts(enquete, two_coders, coded):
    coded("max", "E001", {"R02.1": [5, 6, 7]})
    with database.opened(Path("etude.db")) as db, database.transaction(db):
        rounds.add_round(db, "formation", rounds.TRAINING)
        rounds.assign(db, "formation", [("E001", "max")])
        rounds.add_round(db, "premier", rounds.CODING)
        rounds.assign(db, "premier", [("E002", "lea"), ("E002", "sofiane")])
    assert answer(enquete)["codeurs"] == ["lea", "sofiane"]
    assert answer(enquete, "--tour", "premier")["entretiens"] == ["E002"]
    code, _, errors = enquete("accord", "--tour", "formation")
    assert code == 2
    assert "Tours : premier." in errors


def test_codes_that_a_coder_proposes_are_told_apart(enquete, two_coders):
    with database.opened(Path("etude.db")) as db, database.transaction(db):
        first = codings.codings(db)[0]
        codings.add_coding(db, replace(first, code="~mine", coder="lea", id=0))
    _, out, _ = enquete("accord")
    assert "1\u00a0codage sous un code proposé, qui n'est pas encore dans la grille, n'est pas compté." in out
    assert "~mine" not in out


def test_a_table_of_codings_may_say_that_interviews_were_read_whole(enquete, talks, tmp_path):
    for coder, turn in (("lea", 2), ("sofiane", 4)):
        path = tmp_path / f"{coder}.csv"
        path.write_text(f"entretien;tour;code\nE001;{turn};R02.1\n", encoding="utf-8")
        code, out, _ = enquete("importer", "codages", path, "--codeur", coder, "--lus-en-entier")
        assert code == 0
        assert f"1\u00a0entretien noté comme lu en entier par {coder}." in out
    assert answer(enquete)["unites"] == 8
    path.write_text("entretien;tour;code\nE002;2;R02.1\nE002;99;R02.1\n", encoding="utf-8")
    _, out, _ = enquete("importer", "codages", path, "--codeur", "lea", "--lus-en-entier")
    assert "aucun entretien n'est noté comme lu en entier" in out


def test_nothing_to_compare_says_what_is_missing(enquete, talks, coded):
    coded("lea", "E001", {"R02.1": [1]}, finished=False)
    coded("sofiane", "E001", {"R02.1": [1]}, finished=False)
    code, _, errors = enquete("accord")
    assert code == 1
    assert "1\u00a0entretien a été commencé par deux codeurs au moins : « --inclure-inacheves »" in errors


def test_misuse_is_told(enquete, two_coders):
    for words, told in [
        ("--codeur lea", "il n'y a qu'un codeur"),
        ("--codeur lea --codeur zoe", "« zoe » n'a rien codé"),
        ("--code R02.9", "Codes proches : R02"),
        ("--entretien E099", "l'entretien « E099 » n'est pas dans cette étude"),
        ("--unite mot", "Unités : tour, phrase, caractere"),
        ("--coefficients pi", "le coefficient « pi » n'existe pas"),
        ("--avant E001", "il manque l'un des deux ensembles"),
        ("--avant E001 --apres E002 --entretien E001", "ne va pas avec « --entretien »"),
        ("--depuis x.csv --codeur lea", "ne va pas avec « --codeur »"),
    ]:
        code, _, errors = enquete("accord", *words.split())
        assert (code, told in errors) == (2, True), errors


# --- a plain table, outside any study


@pytest.fixture
def outside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder, text, name="table.csv"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


RELIABILITY = {"A": "123321412...", "B": "1233224125.3", "C": ".3332342251.", "D": "12332441251."}
KRIPPENDORFF = "unit,coder,code\n" + "\n".join(
    f"{unit},{coder},{mark}"
    for coder, marks in RELIABILITY.items()
    for unit, mark in enumerate(marks, 1)
    if mark != "."
)


def test_the_data_of_krippendorff_2011(enquete, outside):
    found = answer(enquete, "--depuis", written(outside, KRIPPENDORFF))
    figures = found["categories"]
    assert figures["alpha"] == pytest.approx(0.743, abs=0.0005)
    assert figures["ac1"] == pytest.approx(0.77544, abs=5e-6)
    assert figures["kappa_fleiss"] == pytest.approx(0.76117, abs=5e-6)
    assert len(figures["paires"]) == 6
    assert [line["code"] for line in found["par_code"]] == ["1", "2", "3", "4", "5"]
    assert found["par_code"][0]["rare"] is True
    assert found["par_code"][0]["alpha"] is not None


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_two_coders_and_a_code(enquete, outside, separator, mark):
    cells = [("x", "x")] * 20 + [("x", "")] * 5 + [("", "x")] * 10 + [("", "")] * 15
    rows = [("Unité", "CODEUR", "Code")]
    rows += [(f"u{n}", coder, put) for n, pair in enumerate(cells) for coder, put in zip("ab", pair, strict=True)]
    found = answer(enquete, "--depuis", written(outside, mark + "\n".join(separator.join(row) for row in rows)))
    assert found["categories"] is None
    code = of(found, "x")
    assert (code["unites"], code["positifs"]) == (50, {"a": 25, "b": 30})
    assert code["kappa_cohen"] == pytest.approx(0.4)
    assert code["accord_observe"] == pytest.approx(0.7)
    assert found["ensemble"]["alpha_masi"] == pytest.approx(code["alpha"])  # one code: there or not


def test_several_codes_and_missing_decisions(enquete, outside):
    text = "unite;codeur;code\n1;a;x\n1;a;y\n1;b;x\n2;a;\n2;b;\n3;a;x\n4;a;y\n4;b;y\n"
    found = answer(enquete, "--depuis", written(outside, text))
    assert found["unites"] == 3  # b did not decide on 3
    assert of(found, "x")["positifs"] == {"a": 1, "b": 1}
    assert of(found, "y")["positifs"] == {"a": 2, "b": 1}


def test_an_undefined_figure_is_null_and_has_its_reason(enquete, outside):
    found = answer(enquete, "--depuis", written(outside, "unite,codeur,code\n1,a,x\n1,b,x\n2,a,x\n2,b,x\n"))
    code = of(found, "x")
    assert (code["alpha"], code["kappa_cohen"], code["accord_negatif"], code["recouvrement"]) == (None, None, None, 1)
    assert (code["rare"], code["raison"]) == (True, "tous l'ont mis partout")


def test_units_that_were_read_and_never_coded_say_so(enquete, outside):
    text = "unite,codeur,code\n1,a,\n1,b,\n2,a,\n2,b,\n"
    assert answer(enquete, "--depuis", written(outside, text))["ensemble"]["raison"] == "personne n'a mis de code"


def test_bad_rows_are_named_and_the_others_used(enquete, outside):
    text = "unite,codeur,code\n1,a,x\n,a,x\n1,b,x\n2,,x\n2,a,\n2,b,\n3,a,x\n3,a,\n3,b,x\n1,a,x\n"
    code, out, errors = enquete("accord", "--depuis", written(outside, text), "--json")
    found = json.loads(out)
    assert code == 1
    assert found["unites"] == 3
    assert "REFUSÉ table.csv, ligne 3 : il manque l'unité sur cette ligne." in errors
    assert "REFUSÉ table.csv, ligne 5 : il manque le codeur sur cette ligne." in errors
    assert "REFUSÉ table.csv, ligne 9 : sans code, elle contredit la ligne 8" in errors
    assert len(found["refus"]) == 3
    assert found["remarques"] == ["table.csv, ligne 11 : elle répète la ligne 2 : comptée une seule fois."]


def test_a_slip_in_a_name_is_told(enquete, outside):
    text = "unite,codeur,code\n1,Lea,x\n1,lea,x\n1,bob,Été\n1,bob,ete\n"
    _, out, _ = enquete("accord", "--depuis", written(outside, text))
    assert "« Lea » et « lea » comptent pour 2 codeurs : faute de frappe ?" in out
    assert "« ete » et « Été » comptent pour 2 codes : faute de frappe ?" in out


def test_units_of_one_name_in_two_interviews_are_two(enquete, outside):
    rows = [
        f"E{interview},{unit},{coder},{'x' if (unit + interview) % 2 else ''}"
        for interview in (1, 2, 3) for unit in range(6) for coder in "ab"
    ]  # fmt: skip
    path = written(outside, "entretien,unite,codeur,code\n" + "\n".join(rows))
    found = answer(enquete, "--depuis", path)
    assert (found["unites"], found["entretiens"]) == (18, ["E1", "E2", "E3"])
    assert of(found, "x")["alpha_intervalle"] == [1, 1]


def test_a_workbook_is_read_too(enquete, outside):
    import openpyxl

    book = openpyxl.Workbook()
    for row in [("Unité", "Codeur", "Code"), (1, "a", "x"), (1, "b", "x"), (2, "a", None), (2, "b", "y")]:
        book.active.append(row)
    book.save(outside / "table.xlsx")
    assert of(answer(enquete, "--depuis", outside / "table.xlsx"), "x")["alpha"] == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unite,code\n1,x\n2,y\n", "il manque une colonne : qui a codé"),
        ("unite,codeur,code\n1,a,x\n2,a,y\n", "il n'y a qu'un codeur"),
        ("unite,codeur,code\n", "table.csv : ce tableau est vide."),
        ("unite,codeur,code\n,a,x\n2,,y\n", "aucune ligne ne peut être lue ; ligne 2 : il manque l'unité"),
    ],
)
def test_a_table_that_compares_nobody_is_refused(enquete, outside, text, told):
    code, _, errors = enquete("accord", "--depuis", written(outside, text))
    assert code == 1
    assert told in errors


def test_the_screen_of_a_plain_table(enquete, outside):
    code, out, _ = enquete("accord", "--depuis", written(outside, KRIPPENDORFF))
    assert code == 0
    assert "Accord sur la catégorie (5)" in out
    assert "0,74" in out
    assert "Non calculable, moins de 5 unités : 1\u00a0(4), 3\u00a0(4), 4\u00a0(2), 5\u00a0(1)." in out
