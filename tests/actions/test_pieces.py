"""Findings and recommendations: on the command line, in Markdown files, and what follows texts, codes and people."""

import pytest
from coded import add_texts, code

from enquete.actions.protection.withdrawal import withdraw_person
from enquete.actions.study import open_study
from enquete.findings.written.types import PieceKind, RemarkKind, Side
from enquete.model import Span
from enquete.offsets import Replacement, replace
from enquete.store.carrying import carry
from enquete.store.code_changes import ChangeKind, CodeChange, change_codes
from enquete.store.database import transaction
from enquete.store.erasing import take_off, withdraw
from enquete.store.linking import merge
from enquete.store.people import put_participant
from enquete.store.pieces import add_piece, choose, history, pieces, said_words, say
from enquete.store.remarks import note_remark, remarks, sign_remark

FINDING = PieceKind.FINDING


@pytest.fixture
def talked(study):
    """A study of two people and one interview, coded."""
    with open_study(study).database() as db, transaction(db):
        for person in ("P001", "P002"):
            put_participant(db, person, "concerned")
    (interview,) = add_texts(study, [["Je dors mal depuis mars.", "Après, la lettre est venue."]])
    with open_study(study).database() as db, transaction(db):
        db.execute("INSERT INTO interview_participant SELECT i.id, p.id FROM interview i, participant p LIMIT 1")
    code(study, "lea", interview, ("Je dors mal", "R07.2"))
    return study


def begin(enquete, *fields, title="Les nuits sont courtes"):
    words = [word for field in fields for word in ("--champ", field)]
    got, out, errors = enquete("constat", "nouveau", title, "--par", "lea", *words)
    assert got == 0, errors
    return out.split(" : ")[0]


def held(study, kind=FINDING):
    with open_study(study).database() as db:
        return pieces(db, kind)


def test_a_finding_is_begun_given_a_quotation_and_shown(talked, enquete):
    assert begin(enquete, "Cas=p1, P2", "Thèmes=R07.2") == "C01"
    got, out, errors = enquete(
        "constat", "citer", "c1", "--entretien", "e001", "--tour", "2", "--mots", "je dors  MAL", "--par", "lea"
    )
    assert got == 0, errors
    assert "E001, tour 2 : « Je dors mal »" in out
    _, shown, _ = enquete("constat", "montrer", "C01", "--historique")
    assert "Cas : P001, P002" in shown
    assert "Thèmes : rsa:R07.2" in shown
    assert "Historique" in shown
    _, listed, _ = enquete("constat")
    assert "C01  Les nuits sont courtes  (brouillon, 2\u00a0cas, 1\u00a0citation)" in listed
    _, looked, _ = enquete("constat", "verifier")
    assert "aucun contre-exemple" in looked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("modifier", "C01", "--champ", "État=fini", "--par", "lea"), "n'est pas un choix possible"),
        (("modifier", "C01", "--champ", "Etat", "--par", "lea"), "--champ"),
        (("modifier", "C01", "--champ", "Couleur=x", "--par", "lea"), "n'est pas un champ"),
        (("modifier", "C01", "--champ", "Cas=P099", "--par", "lea"), "personne de l'étude n'a ce code"),
        (("modifier", "C09", "--champ", "État=validé", "--par", "lea"), "n'est pas dans l'étude"),
        (("citer", "C01", "--entretien", "E009", "--tour", "1", "--par", "lea"), "n'est pas dans l'étude"),
        (("citer", "C01", "--entretien", "E001", "--tour", "9", "--par", "lea"), "pas de tour 9"),
        (("citer", "C01", "--entretien", "E001", "--tour", "2", "--mots", "rien", "--par", "lea"), "ne sont pas dans"),
        (("retirer-citation", "C01", "7", "--par", "lea"), "pas de citation n° 7"),
    ],
)
def test_what_is_not_understood_is_told_and_changes_nothing(talked, enquete, words, told):
    begin(enquete)
    before = held(talked)
    got, _, errors = enquete("constat", *words)
    assert got in (1, 2)
    assert told in errors
    assert held(talked) == before


def test_a_name_that_is_typed_is_masked_and_a_place_stays(talked, enquete):
    begin(enquete, "Interprétation=Madame Fatoumata Diallo le dit à Gennevilliers, au 06 12 34 56 78.")
    (piece,) = held(talked)
    assert "Diallo" not in piece.get("text")
    assert "06 12" not in piece.get("text")
    assert "Gennevilliers" in piece.get("text")


def test_what_a_field_said_is_kept(talked, enquete):
    begin(enquete)
    assert enquete("constat", "modifier", "C01", "--champ", "État=propose", "--par", "ines")[0] == 0
    assert enquete("constat", "modifier", "C01", "--champ", "État=validé", "--par", "ines")[0] == 0
    with open_study(talked).database() as db:
        told = [(one.body, one.author) for one in history(db, FINDING, "C01") if one.field == "state"]
    assert told == [("proposé", "ines"), ("validé", "ines")]
    assert enquete("constat", "supprimer", "C01", "--par", "lea")[0] == 0
    assert held(talked) == []
    assert begin(enquete) == "C02"


# --- Markdown


def test_a_file_put_in_the_study_is_a_new_finding(talked, enquete):
    folder = talked / "constats"
    folder.mkdir()
    (folder / "nuits.md").write_text(
        "# Les nuits\n\n- État : proposé\n\n## Interprétation\n\nCourtes.\n\n"
        "## Appuis\n\n- E001, tour 2 : « dors mal »\n",
        encoding="utf-8",
    )
    got, out, errors = enquete("constat", "reprendre")
    assert got == 0, errors
    assert "C01, nouveau ; 1\u00a0citation" in out
    assert sorted(path.name for path in folder.iterdir()) == ["C01.md"]
    (piece,) = held(talked)
    assert (piece.get("text"), [one.text for one in piece.evidence]) == ("Courtes.", ["dors mal"])
    assert "Aucun fichier n'a changé" in enquete("constat", "reprendre")[1]


def test_a_file_and_the_study_may_both_have_changed(talked, enquete):
    begin(enquete, "Interprétation=Au départ.")
    assert enquete("constat", "ecrire")[0] == 0
    path = talked / "constats" / "C01.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Au départ.", "Le fichier."), encoding="utf-8")
    assert enquete("constat", "modifier", "C01", "--champ", "Limites=L'étude.", "--par", "ines")[0] == 0
    assert enquete("constat", "reprendre")[0] == 0
    (piece,) = held(talked)
    assert (piece.get("text"), piece.get("limits")) == ("Le fichier.", "L'étude.")

    path.write_text(path.read_text(encoding="utf-8").replace("Le fichier.", "Encore le fichier."), encoding="utf-8")
    assert enquete("constat", "modifier", "C01", "--champ", "Interprétation=L'étude aussi.", "--par", "ines")[0] == 0
    got, _, errors = enquete("constat", "reprendre")
    assert got == 1
    assert "--prendre fichier" in errors
    assert held(talked)[0].get("text") == "L'étude aussi."
    assert enquete("constat", "reprendre", "--prendre", "fichier")[0] == 0
    assert held(talked)[0].get("text") == "Encore le fichier."


def test_a_file_with_a_fault_is_left_as_it_is(talked, enquete):
    folder = talked / "constats"
    folder.mkdir()
    text = "# Les nuits\n\n- Etat : fini\n- Cas : P099\n\n## Appuis\n\n- E001, tour 2 : « ailleurs »\n"
    (folder / "nuits.md").write_text(text, encoding="utf-8")
    got, _, errors = enquete("constat", "reprendre")
    assert got == 1
    assert all(f"ligne {line}" in errors for line in (3, 4, 8))
    assert held(talked) == []
    assert (folder / "nuits.md").read_text(encoding="utf-8") == text


def test_a_file_that_people_changed_is_not_written_over(talked, enquete):
    begin(enquete)
    enquete("constat", "ecrire")
    path = talked / "constats" / "C01.md"
    path.write_text("# C01 Autre titre\n", encoding="utf-8")
    assert "a été modifié" in enquete("constat", "ecrire")[1]
    assert path.read_text(encoding="utf-8") == "# C01 Autre titre\n"


# --- what follows


def quoted(db, start=9, end=20):
    name = add_piece(db, FINDING)
    choose(db, FINDING, name, Side.SUPPORTS, "E001", start, end, "lea", ("rsa", "R07.2"))
    return name


def test_a_quotation_follows_its_text_and_says_when_its_words_changed(talked):
    with open_study(talked).database() as db, transaction(db):
        text = db.execute("SELECT text FROM revision").fetchone()["text"]
        at = text.index("Je dors mal")
        quoted(db, at, at + 11)
        quoted(db, text.index("lettre"), text.index("lettre") + 6)
        note_remark(db, RemarkKind.PARAPHRASE, "E001", at, at + 11, "Elle dort mal.", "lea")
        sign_remark(db, remarks(db)[0].id, "Anne")
        new, mapping = replace(text, [Replacement(at + 3, at + 7, "dormais")])
        db.execute(
            "INSERT INTO revision (uid, source, interview_id, parent_id, text, digest, edits, reason, made_at) "
            "VALUES ('n', 's', 1, 1, NULL, '', '[]', 'x', '')"
        )
        carry(db, 1, 2, mapping)
        db.execute("UPDATE revision SET text = NULL WHERE id = 1")
        db.execute("UPDATE revision SET text = ? WHERE id = 2", (new,))
        told = [(one.text, one.touched) for piece in pieces(db) for one in piece.evidence]
        assert told == [("Je dormais mal", True), ("lettre", False)]
        assert [(one.touched, one.signer) for one in remarks(db)] == [(True, "")]


def test_codes_that_change_take_pieces_along(talked):
    with open_study(talked).database() as db, transaction(db):
        say(db, FINDING, quoted(db), {"themes": "rsa:R07.2, rsa:R01"}, "lea")
        add_piece(db, PieceKind.CASE, "P001")
        say(db, PieceKind.CASE, "P001", {"rsa:R07.2": "La peur."}, "lea")
        change_codes(db, [CodeChange(ChangeKind.RENAMED, "rsa", "R07.2", "rsa", "R99")], 2, "lea", None)
        change_codes(db, [CodeChange(ChangeKind.RETIRED, "rsa", "R99", "rsa", "R99")], 3, "lea", None)
        case, finding = pieces(db)
        assert finding.listed("themes") == ("rsa:R99", "rsa:R01")
        assert [(one.code, one.touched) for one in finding.evidence] == [("R99", True)]
        assert dict(case.fields) == {"rsa:R99": "La peur."}


def test_words_taken_back_leave_findings(talked):
    with open_study(talked).database() as db, transaction(db):
        quoted(db, 9, 20)
        note_remark(db, RemarkKind.COMMENT, "E001", 9, 20, "à lire", "lea")
        take_off(db, 1, [Span(12, 15)], [])
        assert pieces(db)[0].evidence == ()
        assert remarks(db) == []


def test_who_withdraws_is_no_case_any_more(talked):
    with open_study(talked).database() as db, transaction(db):
        say(db, FINDING, quoted(db), {"cases": "P001, P002"}, "lea")
        add_piece(db, PieceKind.CASE, "P001")
        withdraw(db, "P001")
        (piece,) = pieces(db)
        assert piece.listed("cases") == ("P002",)


def test_two_codes_that_are_one_person_have_one_summary(talked):
    with open_study(talked).database() as db, transaction(db):
        for person, words in (("P001", "Avant."), ("P002", "Après.")):
            add_piece(db, PieceKind.CASE, person)
            say(db, PieceKind.CASE, person, {"rsa:R01": words}, "lea")
        say(db, FINDING, quoted(db), {"cases": "P002"}, "lea")
        merge(db, "P002", "P001", "lea")
        case, finding = pieces(db)
        assert (case.code, case.fields["rsa:R01"]) == ("P001", "Avant.\n\nAprès.")
        assert finding.listed("cases") == ("P001",)


def test_a_withdrawal_says_which_findings_to_read_again_and_clears_their_files(talked, enquete):
    begin(enquete, "Interprétation=P001 ne dort plus.")
    enquete("constat", "citer", "C01", "--entretien", "E001", "--tour", "2", "--par", "lea")
    enquete("constat", "ecrire")
    path = talked / "constats" / "C01.md"
    assert "Je dors mal" in path.read_text(encoding="utf-8")
    got, out, errors = enquete("retirer", "P001", "--oui")
    assert got == 0, errors
    assert "Relisez C01" in out
    assert "Je dors mal" not in path.read_text(encoding="utf-8")


def test_names_in_lists_are_masked_and_authors_are_codes(talked, enquete):
    listed = ("--champ", "À qui=CAF, Fatoumata Diallo, 06 12 34 56 78", "--champ", "Territoires=Gennevilliers")
    assert enquete("recommandation", "nouveau", "Prévenir", "--par", "lea", *listed)[0] == 0
    with open_study(talked).database() as db:
        (piece,) = pieces(db, PieceKind.RECOMMENDATION)
    assert piece.get("addressees").startswith("CAF, [personne]")
    assert "06 12" not in piece.get("addressees")
    assert piece.get("territories") == "Gennevilliers"
    got, _, errors = enquete("constat", "nouveau", "T", "--par", "lea", "--champ", "Auteur=Fatoumata Diallo")
    assert got == 2
    assert "codes courts" in errors


def test_words_rewritten_after_a_withdrawal_are_kept_nowhere(talked, enquete):
    begin(enquete, "Interprétation=P001 a dit « je dors mal » deux fois.")
    enquete("constat", "modifier", "C01", "--champ", "Interprétation=P001 : « je dors mal ».", "--par", "lea")
    begin(enquete, "Interprétation=P001 redit « je dors mal ».")
    enquete("constat", "supprimer", "C02", "--par", "lea")
    enquete("constat", "ecrire")
    got, out, errors = enquete("retirer", "P001", "--oui")
    assert got == 0, errors
    assert "--oublier" in out
    with open_study(talked).database() as db:
        assert [said.body for said in said_words(db) if "dors mal" in said.body] == ["P001 : « je dors mal »."]
    change = ("modifier", "C01", "--champ", "Interprétation=Le sommeil.", "--par", "lea", "--oublier")
    assert enquete("constat", *change)[0] == 0
    with open_study(talked).database() as db:
        assert not [said for said in said_words(db) if "dors mal" in said.body]
    assert "Le sommeil." in (talked / "constats" / "C01.md").read_text(encoding="utf-8")
    assert b"dors mal" not in (talked / "etude.db").read_bytes()


def test_a_withdrawal_cut_short_clears_the_files_when_it_is_finished(talked, enquete, monkeypatch):
    begin(enquete)
    enquete("constat", "citer", "C01", "--entretien", "E001", "--tour", "2", "--par", "lea")
    enquete("constat", "ecrire")
    path = talked / "constats" / "C01.md"

    class Killed(BaseException):
        """The process is dead."""

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("enquete.actions.protection.withdrawal.finish", killed)
        with pytest.raises(Killed):
            list(withdraw_person(open_study(talked), "P001"))
    assert enquete("retirer", "--oui")[0] == 0
    assert "Je dors mal" not in path.read_text(encoding="utf-8")


def test_a_passage_taken_back_says_which_findings_to_read_again(talked, enquete):
    begin(enquete)
    enquete("constat", "citer", "C01", "--entretien", "E001", "--tour", "2", "--par", "lea")
    got, out, errors = enquete("retirer", "P001", "--passage", "E001", "--tour", "2", "--oui")
    assert got == 0, errors
    assert "Relisez C01" in out
