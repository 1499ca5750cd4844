"""What changes from a wave to another, by the commands."""

from datetime import date

import openpyxl
import pytest
from panel import FIRST, SAID, answer, panel, people

from enquete.actions.study import open_study
from enquete.model import Channel, LossReason, Outcome, RespondentType
from enquete.store.database import transaction
from enquete.store.follow_up import Attempt, Loss, add_attempt, put_loss


@pytest.fixture
def followed(study):
    panel(study)
    return study


@pytest.fixture
def suivi(enquete):
    return lambda *words: enquete("suivi", *words)


def cells(path, sheet):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def everything(path):
    return str([cells(path, sheet) for sheet in openpyxl.load_workbook(path).sheetnames])


def test_themes_tell_who_gained_and_lost_them(followed, suivi):
    code, out, errors = suivi("themes")
    assert code == 0, errors
    assert "de v1 (Premier entretien) à v2 (Entretien de suivi)" in out
    assert "1\u00a0personne vue et codée en v1 et en v2" in out
    assert "pas encore codé, donc pas comparé : P002 (E005)" in out
    assert "1\u00a0personne vue en v1, pas revue en v2 : P004" in out
    assert "disparu chez 1 (P001)" in out
    assert "apparu chez 1 (P001)" in out


def test_themes_for_the_project_group_bear_no_code_and_no_small_count(followed, suivi, tmp_path):
    team, group = tmp_path / "equipe.xlsx", tmp_path / "groupe.xlsx"
    assert suivi("themes", "--sortie", team)[0] == 0
    code, _, errors = suivi("themes", "--sortie", group, "--destinataires", "groupe-projet")
    assert code == 0, errors
    assert "P001" in everything(team)
    assert "P001" not in everything(group)
    assert "quelques" in everything(group)
    code, _, errors = suivi("themes", "--sortie", group, "--destinataires", "diffusion")
    assert code == 2
    assert "enquete synthese --destinataires diffusion" in errors


def test_answers_are_a_table_of_people(followed, suivi):
    code, out, errors = suivi("reponses", "logement", "heures", "aides")
    assert code == 0, errors
    assert "« logement » : Où habitez-vous en ce moment ?" in out
    assert "2\u00a0personnes ont répondu les deux fois : 1 la même chose, 1 autre chose." in out
    assert "« Chez un tiers » puis « Dehors » : P001" in out
    assert "pas revues en v2" in out
    assert "2\u00a0personnes ont donné un nombre les deux fois : 1 plus, 1 autant, 0 moins." in out
    assert "« aides » : Quelles aides ?" in out
    assert "Repas : ajouté 2, gardé 0, quitté 0, jamais 0 (sur 2)" in out
    assert "%" not in out


def test_a_test_wants_the_sampling_to_be_told(followed, suivi):
    code, _, errors = suivi("reponses", "aide", "--test")
    assert code == 2
    assert "un test suppose un tirage au sort" in errors
    assert suivi("reponses", "aide", "--echantillon", "au sort")[0] == 2
    code, out, errors = suivi("reponses", "aide", "--test", "--echantillon", "rencontrées à l'accueil de jour")
    assert code == 0, errors
    assert "L'effectif est trop faible" in out
    assert "« rencontrées à l'accueil de jour »" in out
    assert "significatif" not in out


@pytest.mark.parametrize("readers", ["équipe", "groupe-projet", "diffusion"])
def test_each_audience_has_its_table(followed, suivi, tmp_path, readers):
    path = tmp_path / "reponses.xlsx"
    code, _, errors = suivi("reponses", "logement", "aides", "heures", "--sortie", path, "--destinataires", readers)
    assert code == 0, errors
    assert ("quelques" in everything(path)) == (readers == "groupe-projet")
    assert ("masqué" in everything(path)) == (readers == "diffusion")
    assert "P001" not in everything(path)


def test_sheets_are_the_same_bytes_each_time(followed, suivi, tmp_path):
    for name in ("un.xlsx", "deux.xlsx"):
        assert suivi("reponses", "logement", "--sortie", tmp_path / name)[0] == 0
    assert (tmp_path / "un.xlsx").read_bytes() == (tmp_path / "deux.xlsx").read_bytes()


def test_types_of_respondents_are_apart(followed, suivi):
    with open_study(followed).database() as db, transaction(db):
        people(db, ["P002"], RespondentType.HELPER)
    _, out, _ = suivi("reponses", "logement")
    assert "(personnes concernées)" in out
    assert "(aidants)" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("reponses", "logment"), "Questions de cette vague : logement, aide, heures, aides"),
        (("reponses", "logement", "--de", "v9"), "n'est pas dans « enquete.toml »"),
        (("reponses", "logement", "--de", "v1", "--a", "v1"), "deux vagues différentes"),
        (("themes", "--de", "v2", "--a", "v2"), "deux vagues différentes"),
        (("parcours", "P999"), "« P999 »"),
    ],
)
def test_what_cannot_be_told_says_why(followed, suivi, words, told):
    code, _, errors = suivi(*words)
    assert code == 2
    assert told in errors


def test_answers_without_a_key_are_linked_to_nothing(study, suivi):
    with open_study(study).database() as db, transaction(db):
        answer(db, "v1", FIRST)
        answer(db, "v2", {"Q0001": ["soi", "1", 2, ()]}, keyed=False)
    code, _, errors = suivi("reponses", "logement")
    assert code == 1
    assert "ne disent pas de qui elles sont" in errors


def test_a_question_of_several_questionnaires_is_looked_at_in_those_named(study, suivi):
    with open_study(study).database() as db, transaction(db):
        for wave in ("v1", "v2"):
            answer(db, wave, FIRST)
            answer(db, wave, {"P009": ["soi", "1", 2, ()]}, questionnaire=f"numerique-{wave}")
    code, _, errors = suivi("reponses", "logement")
    assert code == 2
    assert "numerique-v1, rsa-v1" in errors
    code, out, errors = suivi("reponses", "logement", "--questionnaire", "rsa-v1,rsa-v2")
    assert code == 0, errors
    assert "P009" not in out


def test_a_life_is_told_in_its_order(followed, suivi):
    code, out, errors = suivi("parcours", "P001")
    assert code == 0, errors
    lines = out.splitlines()
    places = [
        next(place for place, line in enumerate(lines) if words in line)
        for words in (
            "entretien E001", "Chez un tiers", "juin 2026", "entretien E004", "questionnaire rsa-v2",
            "Dehors (avant : Chez un tiers)",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "événement : Expulsée de chez sa sœur." in out


def test_lives_for_the_project_group_bear_labels_and_months(followed, suivi, tmp_path):
    path = tmp_path / "parcours.xlsx"
    code, _, errors = suivi("parcours", "--sortie", path, "--destinataires", "groupe-projet")
    assert code == 0, errors
    shown = everything(path)
    assert "Personne 1" in shown
    assert "septembre 2026" in shown
    assert not any(word in shown for word in ("P001", "E001", "2 septembre", "sexe", SAID))
    assert suivi("parcours", "--sortie", path, "--destinataires", "diffusion")[0] == 2
    assert suivi("parcours", "--sortie", path)[0] == 0
    assert "P001" in everything(path)


def test_attempts_and_losses_are_told_at_their_dates(followed, suivi, tmp_path):
    with open_study(followed).database() as db, transaction(db):
        add_attempt(db, Attempt("P004", "v2", date(2026, 8, 20), Channel.CALL, Outcome.WRONG_NUMBER))
        put_loss(db, Loss("P004", "v2", LossReason.MOVED, date(2026, 9, 1), "lea", "Plus de nouvelles après l'hôtel."))
    code, out, errors = suivi("parcours", "P004")
    assert code == 0, errors
    tried = "20 août 2026       [v2] essai de contact : appel, mauvais numéro"
    lost = "[v2] perdue de vue : déménagement ; Plus de nouvelles après l'hôtel."
    assert out.index(tried) < out.index(lost)
    path = tmp_path / "parcours.xlsx"
    assert suivi("parcours", "--sortie", path, "--destinataires", "groupe-projet")[0] == 0
    assert "essai de contact" not in everything(path)
    assert "Plus de nouvelles" in everything(path)


def test_situations_of_a_questionnaire_that_is_gone_are_said_not_to_be_shown(followed, suivi):
    (followed / "questionnaires" / "rsa-v2.md").unlink()
    code, out, errors = suivi("parcours", "P001")
    assert code == 0, errors
    assert "Les situations dites à « rsa-v2 » ne sont pas montrées" in out
    assert "Chez un tiers" in out
