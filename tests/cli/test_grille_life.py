"""`enquete grille renommer, fusionner, scinder, retirer, adopter, a-revoir, versions, comparer`."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from coders import code, import_talks, own, settled, text_of

from enquete import codebook
from enquete.actions import study as studies
from enquete.actions.codebooks import changes as codebook_changes
from enquete.actions.codebooks.verbs import rename
from enquete.actions.outputs.gathering import gather
from enquete.actions.study import open_study
from enquete.coding.entries import Entry, Kind
from enquete.errors import EnqueteError
from enquete.store import codings, database
from enquete.store.code_changes import recorded_changes, unwritten_codebooks
from enquete.store.entries import put_entries

CUT = "Ils m'ont coupé la moitié pendant deux mois"
SIGNED = "J'ai signé sans lire"
SISTER = "C'est ma sœur qui m'a aidée"


@pytest.fixture
def coded(study, enquete, tmp_path):
    import_talks(enquete, tmp_path)
    code(study, "lea", {"R04.1": CUT, "R02.1": SIGNED})
    code(study, "sofiane", {"R04.1": CUT})
    return study


@pytest.fixture
def grille(enquete):
    def command(*words):
        status, out, errors = enquete("grille", *words)
        assert status == 0, errors
        return out

    return command


def book(folder, name="rsa"):
    return codebook.load(folder / "codebooks" / f"{name}.yaml")


def propose(folder, coder, item, label, words, definition="", parent="R05"):
    with open_study(folder).database() as db, database.transaction(db):
        text = text_of(folder)
        start = text.text.index(words)
        proposal = Entry(
            uid=item,
            kind=Kind.PROPOSAL,
            step=item,
            item=item,
            codebook="rsa",
            title=label,
            body=definition,
            code=parent,
        )
        coding = Entry(
            uid=f"{item}-c", kind=Kind.CODING, step=item, item=f"{item}-c", codebook="rsa", code=f"~{item}",
            interview="E001", revision=text.uid, start=start, end=start + len(words),
        )  # fmt: skip
        put_entries(db, coder, [proposal, coding])


def test_a_renamed_code_takes_along_what_was_coded(grille, coded):
    said = grille(
        "renommer", "r04.1", "coupures", "--libelle", "Coupures vécues", "--par", "anne", "--motif", "plus clair"
    )
    assert "Grille rsa, version 2 : R04.1 s'appelle coupures, « Coupures vécues »." in said
    assert "2\u00a0codages de 2\u00a0codeurs suivent" in said
    assert [c for c, *_ in own(coded, "lea")] == ["coupures", "R02.1"]
    assert (book(coded).version, book(coded).by_id["coupures"].parent) == (2, "R04")
    assert "R04.1" not in book(coded).by_id
    with open_study(coded).database() as db:
        (change,) = recorded_changes(db, "rsa")
    assert (change.made_by, change.why, change.version) == ("anne", "plus clair", 2)


def test_a_trial_says_what_would_change_and_changes_nothing(grille, coded):
    before = (coded / "codebooks" / "rsa.yaml").read_bytes()
    said = grille("scinder", "R04.1", "--en", "R04.8", "--en", "R04.9=Autre", "--essai")
    assert said.startswith("Essai : rien n'est enregistré.\nGrille rsa, version 2")
    assert "2\u00a0codages de 2\u00a0codeurs y restent, à revoir" in said
    assert (coded / "codebooks" / "rsa.yaml").read_bytes() == before
    assert not (coded / "codebooks" / "versions").exists()
    assert "Aucun passage à revoir" in grille("a-revoir")


def test_merged_codes(grille, coded):
    said = grille("fusionner", "R04.1", "R02.1", "--dans", "R02.3")
    assert "3\u00a0codages de 2\u00a0codeurs suivent" in said
    assert {c for c, *_ in own(coded, "lea")} == {"R02.3"}
    assert set(book(coded).by_id["R02.3"].cues.lemmas) > set(book(coded, "versions/rsa-v1").by_id["R02.3"].cues.lemmas)
    assert "Relisez la définition" in said


def test_a_split_code_lists_its_passages_and_they_may_be_said_seen(grille, enquete, coded):
    grille("scinder", "R04.1", "--en", "R04.8=Coupures", "--en", "R04.9=Retenues", "--motif", "deux choses")
    assert book(coded).by_id["R04.1"].retired
    rows = [json.loads(line) for line in grille("a-revoir", "--json").splitlines()]
    assert [(r["entretien"], r["tour"], r["code"], r["codeur"]) for r in rows] == [
        ("E001", 1, "R04.1", "lea"), ("E001", 1, "R04.1", "sofiane"),
    ]  # fmt: skip
    assert rows[0]["raison"] == "R04.1 a été scindé en R04.8, R04.9"
    said = grille("a-revoir", "--vu", rows[0]["numero"])
    assert said == "1\u00a0passage revu ; 1\u00a0passage à revoir encore.\n"
    assert [json.loads(line)["codeur"] for line in grille("a-revoir", "--json").splitlines()] == ["sofiane"]
    assert own(coded, "lea")[0][0] == "R04.1"
    status, _, errors = enquete("grille", "a-revoir", "--vu", rows[0]["numero"])
    assert (status, "a-revoir" in errors) == (2, True)
    assert "deux choses" in grille("versions")


def test_what_changed_its_code_and_then_its_name_says_why(grille, coded):
    grille("retirer", "R04.1")
    grille("renommer", "R04.1", "ancien")
    assert "ancien (lea) : R04.1 a été retiré" in grille("a-revoir", "--code", "ANCIEN")


def test_a_retired_code_is_no_longer_offered(grille, enquete, coded, tmp_path):
    assert "n'est plus proposé" in grille("retirer", "R04.1")
    assert "R04.1  " in grille("montrer")
    assert "(retiré)" in grille("montrer")
    rows = tmp_path / "codages.jsonl"
    rows.write_text(json.dumps({"entretien": "E001", "tour": 1, "code": "R04.1"}), encoding="utf-8")
    _, out, errors = enquete("importer", "codages", rows, "--codeur", "zoe")
    assert "retiré" in out + errors
    assert own(coded, "zoe") == []
    assert [p.code for p in gather(open_study(coded), b"").passages] == ["R04.1", "R02.1"]


def test_a_workbook_with_a_former_name_still_finds_its_code(grille, enquete, coded, tmp_path):
    grille("renommer", "R04.1", "coupures")
    rows = tmp_path / "codages.jsonl"
    rows.write_text(json.dumps({"entretien": "E001", "tour": 1, "code": "R04.1"}), encoding="utf-8")
    assert enquete("importer", "codages", rows, "--codeur", "zoe")[0] == 0
    assert [c for c, *_ in own(coded, "zoe")] == ["coupures"]


def test_proposed_codes_are_harmonised_into_one(grille, coded):
    propose(coded, "lea", "aaaa1111", "tenir grâce aux proches", SISTER, "La famille paie.")
    propose(coded, "sofiane", "bbbb2222", "solidarité", SISTER)
    said = grille("proposes")
    assert "aaaa  « tenir grâce aux proches » (lea, rsa, sous R05) : 1\u00a0codage" in said
    assert "La famille paie." in said
    assert "2\u00a0codes proposés par 2\u00a0codeurs" in said
    said = grille("adopter", "aaaa", "bbbb", "--comme", "R05.9", "--libelle", "Entraide")
    assert "2\u00a0codages de 2\u00a0codeurs suivent" in said
    new = book(coded).by_id["R05.9"]
    assert (new.label, new.parent, new.definition) == ("Entraide", "R05", "La famille paie.")
    assert [c for c, *_ in own(coded, "sofiane")] == ["R04.1", "R05.9"]
    assert "Aucun code proposé" in grille("proposes")
    assert "   un code proposé adopté comme R05.9, le " in grille("versions")


def test_a_proposed_code_may_join_one_that_exists(grille, enquete, coded):
    propose(coded, "lea", "aaaa1111", "tenir", SISTER)
    for words, said in (
        (("aaaa",), "--comme"),
        (("aaaa", "--comme", "X", "--dans", "R05.1"), "--comme"),
        (("zzzz", "--dans", "R05.1"), "proposes"),
        (("aaaa", "--dans", "INCONNU"), "INCONNU"),
        (("aaaa", "--comme", "R05.1"), "existe déjà"),
    ):
        status, _, errors = enquete("grille", "adopter", *words)
        assert (status, said in errors) == (2, True), errors
    grille("adopter", "~aaaa1111", "--dans", "r05.1")
    assert [c for c, *_ in own(coded, "lea")] == ["R04.1", "R05.1", "R02.1"]
    assert book(coded).version == 2


def test_a_proposed_code_may_join_another_codebook_of_the_study(grille, coded):
    other = "id: autre\nlabel: Autre\nversion: 1\ncodes:\n  - id: A01\n    label: Aides\n    definition: Les aides.\n"
    (coded / "codebooks" / "autre.yaml").write_text(other, encoding="utf-8")
    propose(coded, "lea", "aaaa1111", "tenir", SISTER, parent=None)
    assert "Grille autre, version 2" in grille("adopter", "aaaa", "--comme", "A01.1", "--sous", "a01")
    assert book(coded, "autre").by_id["A01.1"].label == "tenir"
    assert [c for c, *_ in own(coded, "lea")] == ["R04.1", "A01.1", "R02.1"]
    assert "Aucun code proposé" in grille("proposes")


def test_proposed_codes_break_no_output_and_are_counted_apart(grille, enquete, coded):
    propose(coded, "lea", "aaaa1111", "tenir", SISTER)
    material = gather(open_study(coded), b"")
    assert [p.code for p in material.passages] == ["R04.1", "R02.1"]
    assert material.proposed == 1
    for words in (
        ("etat",),
        ("risques",),
        ("signer",),
        ("accord",),
        ("arbitrer",),
        ("synthese", "--destinataires", "équipe"),
    ):
        status, _, errors = enquete(*words)
        assert status in (0, 1), errors
        assert "Erreur du programme" not in errors
    assert "1\u00a0codage sous des codes proposés, à harmoniser" in enquete("etat")[1]
    workbook = openpyxl.load_workbook(coded / "exports" / "equipe" / "synthese.xlsx")
    cells = [str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("1\u00a0codage sous des codes proposés, à harmoniser" in cell for cell in cells)
    assert not any("~aaaa" in cell for cell in cells)
    assert enquete("verifier", coded / "exports" / "equipe" / "synthese.xlsx", "--destinataires", "équipe")[0] == 0


def test_codes_that_cannot_be_changed_so(enquete, coded):
    for words, said in (
        (("renommer", "R99", "X"), "R99"),
        (("renommer", "R04.1", "R02.1"), "existe déjà"),
        (("renommer", "R04.1", "R04.1"), "déjà cet identifiant"),
        (("fusionner", "R04.1", "--dans", "R04.1"), "des deux côtés"),
        (("fusionner", "R04.1", "--dans", "NEUF"), "--libelle"),
        (("scinder", "R04.1", "--en", "NEUF"), "deux codes"),
        (("comparer", "--de", "7"), "version 7"),
        (("retirer", "N01", "--grille", "inclusion-numerique"), "pas de cette étude"),
    ):
        status, _, errors = enquete("grille", *words)
        assert (status, said in errors) == (2, True), errors


def test_versions_are_kept_and_compared(grille, coded):
    assert "une seule version" in grille("comparer")
    grille("renommer", "R04.1", "coupures", "--par", "anne", "--motif", "plus clair")
    grille("fusionner", "R02.1", "--dans", "coupures")
    path = coded / "codebooks" / "rsa.yaml"
    path.write_text(path.read_text().replace("Comment la personne arrive", "Comment on arrive"), encoding="utf-8")
    grille("scinder", "R04.2", "--en", "R04.8", "--en", "R04.9")
    said = grille("versions")
    assert "rsa, version 1 :" in said
    assert "rsa, version 4 (en usage)" in said
    assert "R04.1 renommé en coupures" in said
    assert "par anne : « plus clair »" in said
    said = grille("comparer", "--de", "1")
    assert "R04.1 est devenu coupures" in said
    assert "R02.1 est devenu coupures" in said
    assert "ajouté : R04.8" in said
    assert "retiré : R04.2" in said
    assert "R04.2 a été scindé en R04.8, R04.9" in said
    assert "modifié : R01, définition (redéfini" in said
    assert "R04.1" not in grille("comparer")


def test_a_file_changed_by_hand_keeps_its_comments_and_its_words(grille, coded):
    path = coded / "codebooks" / "rsa.yaml"
    path.write_text("# À nous\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    grille("renommer", "R04.1", "coupures")
    assert path.read_text(encoding="utf-8").startswith("# À nous\n")


class KilledError(Exception):
    pass


@pytest.mark.parametrize("where", ["before", "after", "written"])
def test_a_kill_between_the_database_and_the_file_leaves_nothing_half_done(grille, coded, monkeypatch, where):
    def die(*_):
        raise KilledError

    path = coded / "codebooks" / "rsa.yaml"
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        if where == "before":
            patch.setattr(codebook_changes, "change_codes", die)
        elif where == "after":
            patch.setattr(studies.Study, "write_codebook", die)
        else:
            patch.setattr(codebook_changes, "codebook_written", die)
        with pytest.raises(KilledError):
            list(rename(open_study(coded), "R04.1", "coupures", "", None, codebook_changes.By()))
    with open_study(coded).database() as db:
        left = unwritten_codebooks(db)
        names = {c.code for c in codings.codings(db)}
    if where == "before":
        assert (left, names, path.read_bytes()) == ([], {"R04.1", "R02.1"}, before)
        assert "une seule version" in grille("comparer")
    else:
        assert (left, names) == ([("rsa", 2)], {"coupures", "R02.1"})
        assert (path.read_bytes() == before) == (where == "after")
    # Whatever command comes next, the two agree.
    assert ("coupures" in grille("montrer")) == (where != "before")
    assert ("coupures" in book(coded).by_id) == (where != "before")
    with open_study(coded).database() as db:
        assert unwritten_codebooks(db) == []
    assert {p.code for p in gather(open_study(coded), b"").passages} <= set(book(coded).by_id)


def test_a_file_changed_by_hand_after_a_kill_is_set_aside(grille, coded, monkeypatch):
    def die(*_):
        raise KilledError

    path = coded / "codebooks" / "rsa.yaml"
    with monkeypatch.context() as patch:
        patch.setattr(studies.Study, "write_codebook", die)
        with pytest.raises(KilledError):
            list(rename(open_study(coded), "R04.1", "coupures", "", None, codebook_changes.By()))
    path.write_text("# retouchée\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "coupures" in grille("montrer")
    assert (coded / "codebooks" / "rsa.avant.yaml").read_text(encoding="utf-8").startswith("# retouchée")


def test_a_plan_made_on_another_file_is_refused(coded):
    lines = rename(open_study(coded), "R04.1", "coupures", "", None, codebook_changes.By())
    path = coded / "codebooks" / "rsa.yaml"
    path.write_text("# entre-temps\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(EnqueteError, match="entre-temps"):
        list(lines)
    assert own(coded, "lea")[0][0] == "R04.1"


def test_a_workbook_that_lost_a_code_says_what_was_coded_with_it(grille, coded, tmp_path):
    path = tmp_path / "grille.xlsx"
    grille("exporter", "rsa", "--sortie", path)
    workbook = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = workbook.worksheets[0]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "R04.1")
    sheet.delete_rows(row)
    workbook.save(path)
    said = grille("importer", path)
    assert "ôté : R04.1" in said
    assert "2\u00a0passages codés avec R04.1, qui n'est plus dans la grille" in said
    assert "enquete grille renommer R04.1" in said


def test_the_settled_version_follows_too(grille, enquete, coded):
    (line,) = enquete("arbitrer", "--json")[1].splitlines()
    key = json.loads(line)["cle"]
    enquete("arbitrer", key, "--retenir", "lea", "--par", "anne", "--motif", "x")
    assert "1\u00a0passage de la version arbitrée suit aussi" in grille("renommer", "R02.1", "signer")
    assert ("signer", SIGNED) in settled(coded)
    assert enquete("arbitrer", "--json")[1] == ""
    grille("retirer", "signer")
    assert "(version arbitrée)" in grille("a-revoir")
    rows = [json.loads(row) for row in grille("a-revoir", "--json").splitlines()]
    grille("a-revoir", *(word for row in rows for word in ("--vu", row["numero"])))
    assert enquete("arbitrer", "--json")[1] == ""
    assert ("signer", SIGNED) in settled(coded)


def test_a_retired_code_is_shown_where_something_is_coded_with_it(grille, coded):
    for name in ("R04.1", "R04.2"):
        grille("retirer", name)
    (shown,) = [one for one in gather(open_study(coded), b"").codebooks if one.id == "rsa"]
    ids = {one.id for one in shown.codes}
    assert ("R04.1" in ids, "R04.2" in ids) == (True, False)


def test_who_changed_a_label_alone_and_why_is_kept(grille, coded):
    said = grille(
        "renommer", "R04.1", "R04.1", "--libelle", "Coupures vécues", "--par", "anne", "--motif", "plus clair"
    )
    assert said.splitlines() == ["Grille rsa, version 2 : le libellé de R04.1 devient « Coupures vécues »."]
    assert "R04.1 renommé (libellé)" in grille("versions")
    assert "par anne : « plus clair »" in grille("versions")
    assert [c for c, *_ in own(coded, "lea")] == ["R04.1", "R02.1"]
    assert "Aucun passage à revoir" in grille("a-revoir")


@pytest.mark.parametrize("command", [("versions",), ("comparer",), ("renommer", "R01", "X01")])
def test_a_study_without_a_codebook_is_told_so(study, enquete, command):
    for path in (study / "codebooks").iterdir():
        path.unlink()
    code, out, errors = enquete("grille", *command)
    assert (code, out) == (1, "")
    assert "l'étude n'a pas de grille" in errors
