"""Markdown files of pieces: what comes back, while the study and other files went on. Nothing is lost."""

import pytest
from coded import add_texts

from enquete.actions.findings import markdown
from enquete.actions.outputs.judging import ground
from enquete.actions.study import open_study
from enquete.findings.written.types import PieceKind, RemarkKind, Side
from enquete.model import Audience, Span
from enquete.store.database import transaction
from enquete.store.digest import content_digests
from enquete.store.erasing import take_off
from enquete.store.people import put_participant
from enquete.store.pieces import add_piece, choose, departures, drop, give_up, pieces, say
from enquete.store.remarks import note_remark, sign_remark

FINDING = PieceKind.FINDING
NEW = "# Les nuits de Fatoumata Diallo\n\n## Appuis\n\n- E001, tour 2 : « dors mal »\n"


class Killed(BaseException):
    """The process is dead."""


@pytest.fixture
def told(study, enquete):
    """A study of one interview, and a finding written to its file: the second turn supports it."""
    with open_study(study).database() as db, transaction(db):
        put_participant(db, "P001", "concerned")
    add_texts(study, [["Je dors mal depuis mars.", "Après, la lettre est venue. L'attente, c'est long."]])
    assert enquete("constat", "nouveau", "Les nuits", "--par", "lea")[0] == 0
    for turn in ("2", "3"):
        assert enquete("constat", "citer", "C01", "--entretien", "E001", "--tour", turn, "--par", "lea")[0] == 0
    assert enquete("constat", "ecrire")[0] == 0
    return study


def held(study):
    with open_study(study).database() as db:
        return pieces(db, FINDING)


def quoted(study):
    return [one.text for piece in held(study) for one in piece.evidence]


def edit(study, old, new, name="C01"):
    path = study / "constats" / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_quotation_whose_signs_an_editor_changed_stays_the_same(told, enquete):
    before = [one.id for one in held(told)[0].evidence]
    edit(told, "L'attente, c'est", "L\u2019attente, c\u2019est")
    got, out, errors = enquete("constat", "reprendre")
    assert got == 0, errors
    assert "rien à reprendre" in out
    assert [one.id for one in held(told)[0].evidence] == before


def test_a_quotation_that_the_study_gave_up_does_not_come_back_with_a_file(told, enquete):
    assert enquete("constat", "retirer-citation", "C01", "1", "--par", "lea")[0] == 0
    edit(told, "## Limites\n", "## Limites\n\nPeu de monde.\n")
    assert enquete("constat", "reprendre")[0] == 0
    assert held(told)[0].get("limits") == "Peu de monde."
    assert len(quoted(told)) == 1


def test_words_taken_back_since_do_not_stop_a_file_and_leave_it(told, enquete):
    with open_study(told).database() as db, transaction(db):
        take_off(db, 1, [Span(12, 20)], [])
    path = edit(told, "## Limites\n", "## Limites\n\nPeu de monde.\n")
    got, _, errors = enquete("constat", "reprendre")
    assert got == 0, errors
    assert held(told)[0].get("limits") == "Peu de monde."
    assert "Je dors mal" not in path.read_text(encoding="utf-8")


def test_a_line_taken_out_of_a_file_is_a_quotation_given_up(told, enquete):
    edit(told, "- E001, tour 2 : « Je dors mal depuis mars. »\n", "")
    assert "citation retirée" in enquete("constat", "reprendre")[1]
    assert len(quoted(told)) == 1


def test_a_title_without_its_code_is_still_that_of_its_file(told, enquete):
    edit(told, "# C01 Les nuits", "# Les nuits sont courtes")
    assert enquete("constat", "reprendre")[0] == 0
    assert [(one.code, one.get("title")) for one in held(told)] == [("C01", "Les nuits sont courtes")]


def test_two_files_of_one_piece_are_left_to_a_person(told, enquete):
    path = edit(told, "# C01 Les nuits", "# C01 Ici")
    (told / "constats" / "copie.md").write_text("# C01 Là\n", encoding="utf-8")
    for words in ((), ("constats/copie.md",)):
        got, _, errors = enquete("constat", "reprendre", *words)
        assert got == 1
        assert "gardez-en un" in errors
    assert "# C01 Ici" in path.read_text(encoding="utf-8")
    assert held(told)[0].get("title") == "Les nuits"


def test_new_files_may_say_which_code_they_have(told, enquete):
    folder = told / "constats"
    (folder / "autre.md").write_text("# Sans code\n", encoding="utf-8")
    (folder / "C3.md").write_text("# Par son nom\n", encoding="utf-8")
    (folder / "C04.md").write_text("# C04 Par son titre\n", encoding="utf-8")
    got, _, errors = enquete("constat", "reprendre")
    assert got == 0, errors
    assert [(one.code, one.get("title")) for one in held(told)] == [
        ("C01", "Les nuits"), ("C03", "Par son nom"), ("C04", "Par son titre"), ("C05", "Sans code"),
    ]  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == ["C01.md", "C03.md", "C04.md", "C05.md"]


def test_a_code_that_was_dropped_is_not_given_again(told, enquete):
    assert enquete("constat", "supprimer", "C01", "--par", "lea")[0] == 0
    edit(told, "# C01 Les nuits", "# C01 Ici")
    got, _, errors = enquete("constat", "reprendre")
    assert got == 1
    assert "C01 a été supprimé" in errors
    assert held(told) == []


def test_a_new_file_never_takes_the_place_of_one_that_was_not_asked_for(told, enquete):
    waiting, asked = (told / "constats" / name for name in ("C02.md", "autre.md"))
    waiting.write_text("# C02 En attente\n", encoding="utf-8")
    asked.write_text("# Sans code\n", encoding="utf-8")
    got, _, errors = enquete("constat", "reprendre", "constats/autre.md")
    assert got == 1
    assert "constats/C02.md" in errors
    assert enquete("constat", "reprendre")[0] == 0
    assert [one.get("title") for one in held(told)] == ["Les nuits", "En attente", "Sans code"]


def test_what_a_system_hides_beside_files_is_passed_over(told, enquete):
    (told / "constats" / "._C01.md").write_bytes(b"\x00\x05\x16\x07")
    got, out, errors = enquete("constat", "reprendre")
    assert (got, errors) == (0, "")
    assert "Aucun fichier n'a changé" in out


def test_a_file_that_is_elsewhere_is_told(told, enquete, tmp_path):
    (tmp_path / "C01.md").write_text("# C01 Vieux\n", encoding="utf-8")
    got, _, errors = enquete("constat", "reprendre", tmp_path / "C01.md")
    assert got == 2
    assert "dossier « constats »" in errors


def test_both_states_of_a_field_are_shown_with_its_name(told, enquete):
    edit(told, "# C01 Les nuits", "# C01 Ici")
    assert enquete("constat", "modifier", "C01", "--champ", "Titre=Là", "--par", "lea")[0] == 0
    got, _, errors = enquete("constat", "reprendre")
    assert got == 1
    assert "constats/C01.md, « Titre »" in errors
    assert "rien à reprendre" in enquete("constat", "reprendre", "--prendre", "étude")[1]
    assert held(told)[0].get("title") == "Là"
    edit(told, "# C01 Là", "# C01 Ici")
    assert enquete("constat", "modifier", "C01", "--champ", "Titre=Ailleurs", "--par", "lea")[0] == 0
    assert "1\u00a0champ changé" in enquete("constat", "reprendre", "--prendre", "fichier")[1]
    assert "# C01 Ici" in (told / "constats" / "C01.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", ["write_file", "replaced"])
@pytest.mark.parametrize("name", ["C01", "nuits"])
def test_a_command_killed_before_the_file_is_written_is_finished_by_the_next(told, enquete, monkeypatch, step, name):
    if name == "C01":
        edit(told, "# C01 Les nuits", "# C01 Les nuits de Fatoumata Diallo")
    else:
        (told / "constats" / "nuits.md").write_text(NEW, encoding="utf-8")

    def killed(*_):
        raise Killed

    study = open_study(told)
    with monkeypatch.context() as patch:
        patch.setattr(markdown, step, killed)
        if step == "write_file" or name == "nuits":
            with pytest.raises(Killed):
                markdown.take_in_markdown(study, study.vault())
    assert enquete("constat", "reprendre")[0] == 0
    assert len(held(told)) == (1 if name == "C01" else 2)
    assert sorted(path.name for path in (told / "constats").iterdir()) == [f"{one.code}.md" for one in held(told)]
    assert "Diallo" not in "".join(path.read_text("utf-8") for path in (told / "constats").iterdir())
    with open_study(told).database() as db:
        assert [mark for mark, _ in departures(db)] == [f"markdown:constats/{one.code}.md" for one in held(told)]
    assert "Aucun fichier n'a changé" in enquete("constat", "reprendre")[1]


def test_a_word_masked_since_leaves_the_files(told, enquete):
    path = told / "constats" / "C01.md"
    assert "depuis mars" in path.read_text(encoding="utf-8")
    got, _, errors = enquete("signaler", "E001", "mars", "--par", "lea")
    assert got == 0, errors
    assert "mars" not in path.read_text(encoding="utf-8")


def test_what_is_worth_a_look_is_told(told, enquete):
    with open_study(told).database() as db, transaction(db):
        put_participant(db, "P002", "concerned")
        put_participant(db, "P003", "concerned")
        db.execute("INSERT INTO interview_participant SELECT i.id, p.id FROM interview i, participant p LIMIT 1")
        say(db, FINDING, "C01", {"cases": "P001, P002, P003", "text": "P003 l'a dit."}, "lea")
        db.execute("DELETE FROM participant WHERE code = 'P003'")
    _, out, _ = enquete("constat", "verifier")
    assert "C01 : sans citation : P002" in out
    assert "P003 n'est plus dans l'étude" in out


def test_the_digest_of_a_study_counts_what_people_wrote(told):
    with open_study(told).database() as db, transaction(db):
        said = content_digests(db).said
        seen = [content_digests(db).content]

        def changed():
            seen.append(content_digests(db).content)
            return seen[-1] != seen[-2]

        say(db, FINDING, "C01", {"text": "Un mot."}, "lea")
        assert changed()
        give_up(db, [1])
        assert changed()
        number = note_remark(db, RemarkKind.PARAPHRASE, "E001", 0, 5, "Autrement.", "lea")
        assert changed()
        sign_remark(db, number, "Anne")
        assert changed()
        other = add_piece(db, FINDING)
        choose(db, FINDING, other, Side.SUPPORTS, "E001", 0, 5, "lea")
        assert changed()
        drop(db, FINDING, other)
        assert changed()
        assert seen[-1] == seen[-3]
        assert content_digests(db).said == said  # people keep the labels that the project group knows them by


def test_a_commune_that_a_recommendation_names_may_leave(told, enquete):
    listed = "Territoires=Gennevilliers, Diallo"
    assert enquete("recommandation", "nouveau", "Prévenir", "--par", "lea", "--champ", listed)[0] == 0
    study = open_study(told)
    public = ground(study, study.vault(), Audience.PUBLIC).public
    assert "Gennevilliers" in public
    assert "Diallo" not in public
