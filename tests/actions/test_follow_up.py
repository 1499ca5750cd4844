"""The same people met again: who is due, who is lost, how they are reached, what their next guide recalls."""

import io
import json
import re
from datetime import date

import pytest
from coded import code
from erasure import places
from followed import answered, met, person, wave

from enquete.actions.follow_up.notes import Losing, note_loss
from enquete.actions.outputs.gathering import gather_whole
from enquete.actions.study import open_study
from enquete.findings import synthesise
from enquete.model import Audience, RespondentType
from enquete.page.sealing import derive, read_sealed, unseal
from enquete.store.database import transaction
from enquete.store.erasing import people_withdrawn
from enquete.store.follow_up import attempts, losses
from enquete.store.people import participants

PHRASE = "lampe tomate avenir pollen"
SAFE = "06 39 98 14 27"


@pytest.fixture
def people(study):
    """P001 came back; P002 is due and agreed, P003 is due and said nothing; P004 refused; P005 helps."""
    for name in ("P001", "P002", "P003", "P004"):
        person(study, name)
        met(study, name, "v1", "2025-04-08")
    person(study, "P005", type_=RespondentType.HELPER)
    met(study, "P005", "v1", "2025-05-08")
    met(study, "P001", "v2", "2025-10-21")
    wave(study, "P002", "v1", recontact="given", commune="Bagneux", ménage="seule", sexe="F")
    wave(study, "P004", "v1", recontact="refused")
    return study


def run(enquete, *words):
    code, out, errors = enquete(*words)
    assert code == 0, errors
    return out.replace("\u00a0", " ").replace("\u202f", " ")


def refused(enquete, *words):
    code, out, errors = enquete(*words)
    assert code in (1, 2)
    assert out == ""
    return errors.replace("\u00a0", " ")


def test_a_table_by_code_and_totals_in_words(people, enquete):
    out = run(enquete, "suivi")
    assert re.search(r"P001 +08/04/2025 \(E001\) +21/10/2025 \(E006\)\n", out)
    assert re.search(r"P002 .*à revoir depuis le 08/10/2025 +0 sur 5 +oui\n", out)
    assert re.search(r"P003 .*à revoir depuis le 08/10/2025 +0 sur 5 +non noté\n", out)
    assert re.search(r"P004 .*perdue de vue : refus +0 sur 5 +non\n", out)
    assert (
        "  v1 : 4 personnes rencontrées.\n"
        "  v2 : 1 personne revue ; 2 à revoir (dont 1 sans accord noté) ; 1 perdue de vue : 1 refus.\n"
        "Aidant :\n"
        "  v1 : 1 personne rencontrée.\n"
    ) in out
    assert out == run(enquete, "suivi", "etat")


def test_a_wave_alone_and_rows_for_programs(people, enquete):
    rows = [json.loads(line) for line in run(enquete, "suivi", "--json").splitlines()]
    assert rows[1]["vagues"]["v2"] == {
        "etat": "due", "jour": "2025-10-08", "entretiens": [], "questionnaires": [], "accord": True,
        "tentatives": [], "motif": None, "note": "",
    }  # fmt: skip
    assert "Donnez" not in run(enquete, "suivi", "--vague", "V2")
    assert "première vague" in refused(enquete, "suivi", "--vague", "v1")
    assert "v9" in refused(enquete, "suivi", "--vague", "v9")


def test_answers_without_a_key_are_apart(people, enquete):
    for number in range(1, 4):
        person(people, f"Q000{number}")
    answered(people, ["Q0001", "Q0002", "Q0003"], "v2", keyed=False, questionnaire="rsa-v2")
    answered(people, ["P003"], "v2", day="2025-11-02", questionnaire="court")
    out = run(enquete, "suivi")
    assert "Q0001" not in out
    assert "02/11/2025 (questionnaire court)" in out
    assert "v2 : 3 réponses sans clé (rsa-v2), à part" in out
    assert "photographie" not in out


def test_a_wave_that_has_only_answers_without_a_key_says_so(study, enquete):
    person(study, "Q0001")
    answered(study, ["Q0001"], "v1", keyed=False)
    assert "La vague v1 n'a que des réponses sans clé" in run(enquete, "suivi")


def test_attempts_stop_at_the_limit(people, enquete):
    words = ("suivi", "tentative", "p2", "--vague", "v2", "--moyen", "appel", "--issue", "pas-de-reponse", "--date")
    for number in range(1, 5):
        assert f"{number} tentative" in run(enquete, *words, f"2025-11-0{number}")
    out = run(enquete, *words, "2025-11-05")
    assert "5 tentatives sur 5" in out
    assert "pas jointe" in out
    assert "la limite est de 5" in refused(enquete, *words, "2025-11-06")
    assert "perdue de vue : 1 refus, 1 pas jointe" in run(enquete, "suivi").replace("perdues", "perdue")
    run(enquete, *words[:-3], "--issue", "rendez-vous", "--malgre-la-limite")
    assert "P002" in run(enquete, "suivi", "fiche")
    with open_study(people).database() as db:
        assert len(attempts(db)) == 6


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("P001", "--moyen", "appel", "--issue", "refus"), "déjà été rencontrée"),
        (("P004", "--moyen", "appel", "--issue", "refus"), "ne veut pas être recontactée"),
        (("P009", "--moyen", "appel", "--issue", "refus"), "P009"),
        (("P002", "--moyen", "pigeon", "--issue", "refus"), "appel, message, courriel"),
        (("P002", "--moyen", "appel", "--issue", "re"), "pas-de-reponse"),
        (("P002", "--moyen", "appel", "--issue", "refus", "--date", "2199-01-01"), "2026-11-03"),
    ],
)
def test_attempts_that_are_refused(people, enquete, words, told):
    assert told in refused(enquete, "suivi", "tentative", *words)
    with open_study(people).database() as db:
        assert attempts(db) == []


def test_a_refusal_is_never_due_again(people, enquete):
    out = run(enquete, "suivi", "tentative", "P002", "--moyen", "relais", "--issue", "refus")
    assert "consentement P002 --vague v2 --recontact refuse" in out
    run(enquete, "consentement", "P002", "--vague", "v2", "--recontact", "refuse")
    assert "ne veut pas être recontactée" in refused(
        enquete, "suivi", "tentative", "P002", "--moyen", "appel", "--issue", "transmis"
    )


def test_what_is_known_of_an_absence_is_pseudonymised(people, enquete):
    out = run(
        enquete, "suivi", "perdu", "P003", "--motif", "déménagement", "--par", "lea", "--note",
        "Fatoumata Diarra est partie à Lyon après une sanction",
    )  # fmt: skip
    assert "perdue de vue en v2, déménagement" in out
    assert "après une sanction" in out
    assert places(people, ["Diarra", "Fatoumata"]) == []
    told = run(enquete, "suivi")
    assert re.search(r"P003, v2 : déménagement, noté le .* par lea : « .*sanction »", told)
    assert "retrouvée (v2)" in run(enquete, "suivi", "retrouve", "P003")
    assert re.search(r"P003, v2 : déménagement.*retrouvée le .*sanction", run(enquete, "suivi"))
    assert "n'est notée perdue de vue" in refused(enquete, "suivi", "retrouve", "P003")


def test_words_of_a_note_are_read_again_with_the_vault(people, enquete):
    """A name that the detector alone does not see, and that the vault knows."""
    person(people, "P003", names={"prénom": "Zwlkta", "nom": "Brnqx"})
    losing = Losing("P003", None, "raison inconnue", "lea", "le mari de Brnqx a appelé")
    list(note_loss(open_study(people), losing, date(2026, 1, 1), lambda texts, *_: list(texts)))
    run(enquete, "suivi", "--sortie", "exports/suivi.xlsx")
    assert [where for _, where in places(people, ["Brnqx"])] == ["identites.age"]


def test_the_workbook_goes_through_the_gate(people, enquete):
    out = run(enquete, "suivi", "--sortie", "exports/equipe/suivi.xlsx")
    assert "Suivi écrit" in out
    first = (people / "exports/equipe/suivi.xlsx").read_bytes()
    run(enquete, "suivi", "--sortie", "exports/equipe/suivi.xlsx")
    assert (people / "exports/equipe/suivi.xlsx").read_bytes() == first
    assert "suivi.xlsx (équipe" in run(enquete, "sorties")
    assert ".xlsx" in refused(enquete, "suivi", "--sortie", "suivi.html")


def test_the_workbook_is_called_back_when_somebody_who_only_answered_withdraws(study, enquete):
    person(study, "P001")
    answered(study, ["P001"], "v1", day="2025-04-08")
    run(enquete, "suivi", "--sortie", "exports/equipe/suivi.xlsx")
    run(enquete, "retirer", "P001", "--oui")
    assert "À DÉTRUIRE" in run(enquete, "sorties")


def test_how_people_are_reached_stays_in_the_vault(people, enquete):
    out = run(
        enquete, "suivi", "contact", "P002", "--numero-sur", SAFE, "--pas-de-message", "--langue", "soninké",
        "--heures", "le matin", "--relais", "Maison Zwlkta", "--limite", "2",
    )  # fmt: skip
    assert "AUCUN MESSAGE" in out
    assert f"Numéro sûr : {SAFE}" in out
    assert "2 au plus par vague" in out
    assert {where for _, where in places(people, [SAFE, "soninké", "Zwlkta"])} == {"contacts.age"}
    out = run(enquete, "suivi", "contact", "P002", "--langue", "", "--messages-permis", "--limite", "0")
    assert "soninké" not in out
    assert "AUCUN" not in out
    assert "5 au plus" in out
    assert SAFE in run(enquete, "suivi", "contact", "P002")
    assert "200" in refused(enquete, "suivi", "contact", "P002", "--heures", "x" * 300)


def test_the_sheet_holds_those_who_agreed_and_nobody_else(people, enquete):
    person(people, "P002", names={"nom": "Haddouche", "prénom": "Karima"}, contacts={"v1": {"téléphone": "0639981428"}})
    person(people, "P003", names={"prénom": "Inès"}, contacts={"v1": {"téléphone": "0639981429"}})
    out = run(enquete, "suivi", "fiche")
    assert "P002 · Karima Haddouche" in out
    assert "0639981428" in out
    assert "Téléphone (on ne sait pas s'il est sûr)" in out
    assert "Inès" not in out
    assert "sans que personne ait noté si elles l'acceptent : P003, P005." in out
    run(enquete, "suivi", "contact", "P002", "--numero-sur", SAFE, "--pas-de-message")
    out = run(enquete, "suivi", "fiche", "p-2", "P003")
    assert "0639981428" not in out
    assert SAFE.replace(" ", "") in out.replace(" ", "")
    assert "P003 : à revoir, mais personne n'a noté" in out
    errors = refused(enquete, "suivi", "fiche", "P004", "P001")
    assert "P001 : déjà rencontrée" in errors
    assert "P004 : perdue de vue (refus)" in errors
    assert SAFE not in errors


def test_what_a_questionnaire_asked_of_calls_is_told_first(people, enquete):
    reach = {
        "tel": SAFE,
        "tel_consignes": "Ne jamais laisser de message, mon frère écoute",
        "contact_secours": "le CCAS",
    }
    person(people, "P002", contacts={"v1": reach})
    out = run(enquete, "suivi", "fiche")
    assert "!!! CONSIGNE : NE JAMAIS LAISSER DE MESSAGE" in out
    assert "Message : aucun, d'après la consigne" in out
    assert "À défaut : le CCAS" in out
    assert f"Tel (on ne sait pas s'il est sûr) : {SAFE}" in out
    assert "AUCUN" in out


def test_a_number_that_two_files_gave_is_told_once(people, enquete):
    person(people, "P002", contacts={"v1": {"téléphone": SAFE, "tel": SAFE.replace(" ", ".")}})
    assert run(enquete, "suivi", "fiche", "P002").count(SAFE.split()[-1]) == 2  # in the table, and below


def test_a_sealed_sheet_opens_with_its_phrase_alone(people, enquete, monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)
    person(people, "P002", names={"prénom": "Karima"}, contacts={"v1": {"téléphone": SAFE}})
    assert "--pour" in refused(enquete, "suivi", "fiche", "--sortie", "fiche.html")
    assert ".html" in refused(enquete, "suivi", "fiche", "--sortie", "fiche.pdf", "--pour", "lea")
    out = run(enquete, "suivi", "fiche", "--sortie", "fiche.html", "--pour", "lea")
    assert SAFE not in out
    data = (people / "fiche.html").read_bytes()
    assert b"Karima" not in data
    assert SAFE.encode() not in data
    held = re.search(rb'id="fiche">(.*?)</script>', data)[1]
    parts = json.loads(held)
    file = json.dumps({"enquete": parts.pop("enquete"), **parts}).encode()
    content = unseal(read_sealed(file, "fiche", "fiche.html"), lambda header: derive(PHRASE, header), "fiche.html")
    assert "Karima" in json.dumps(content)
    told = run(enquete, "sorties")
    assert "remis à lea ; À DÉTRUIRE" in told
    assert {where for _, where in places(people, ["Karima", SAFE])} == {"identites.age", "contacts.age"}


def test_the_guide_recalls_what_was_said(people, enquete):
    """A sanction is for the interviewer's eyes alone."""
    text = met(people, "P002", "v1", "2025-04-09", "J'ai signé sans lire. Ils m'ont coupé la moitié.")
    code(people, "lea", text, ("J'ai signé sans lire", "R04.1"), ("Ils m'ont coupé la moitié", "R07.1"))
    person(people, "P002", names={"prénom": "Karima"})
    (people / "questionnaires" / "guide.md").write_text(
        "# Guide\n\n## Vague 2 : suivi\n\n### 1. Le contrat (R04)\n\nQuestion d'ouverture : « Et le contrat ? »\n\n"
        "### 2. Les sanctions (R07)\n\n- Un versement en moins ?\n\n### 3. Le reste (R12)\n\n- Autre chose ?\n",
        encoding="utf-8",
    )
    out = run(enquete, "suivi", "guide", "P002")
    assert "P002 · Karima" in out
    assert "commune : Bagneux (v1)" in out
    assert "sexe" not in out
    contract, rest = out.split("2. Les sanctions")
    assert "Pour ouvrir : « Et le contrat ? »" in contract
    assert "La dernière fois, vous m'aviez parlé de" in contract
    assert "« J'ai signé sans lire »" in contract
    sanction, rest = rest.split("3. Le reste")
    assert "La dernière fois" not in sanction
    assert "à ne pas rappeler" in sanction
    assert "« Ils m'ont coupé la moitié »" in sanction
    assert "«" not in rest
    assert "P004 ne veut pas" in refused(enquete, "suivi", "guide", "P004")
    (people / "questionnaires" / "guide.md").write_text(
        "# Guide\n\n## Vague 1\n\n### Un\n\n- Quoi ?\n", encoding="utf-8"
    )
    assert "n'a de partie pour la vague v2" in refused(enquete, "suivi", "guide", "P002")


def test_of_two_guides_the_one_whose_themes_were_spoken_of_is_followed(people, enquete):
    text = met(people, "P002", "v1", "2025-04-09", "J'ai signé sans lire.")
    met(people, "P003", "v1", "2025-04-10", "Rien de tout cela.")
    code(people, "lea", text, ("J'ai signé sans lire", "R04.1"))
    for name, theme in (("droits", "R04"), ("numerique", "N01")):
        (people / "questionnaires" / f"{name}.md").write_text(
            f"# Guide {name}\n\n## Vague 2\n\n### Un ({theme})\n\n- Quoi ?\n", encoding="utf-8"
        )
    (people / "questionnaires" / "guide.md").unlink(missing_ok=True)
    assert "Guide droits" in run(enquete, "suivi", "guide", "P002")
    assert "Guide numerique" in run(enquete, "suivi", "guide", "P002", "--guide", "numerique")
    assert "« --guide NOM » (droits, numerique)" in refused(enquete, "suivi", "guide", "P003")
    assert "Guides pour cette vague : droits, numerique." in refused(enquete, "suivi", "guide", "P003", "--guide", "x")


LOST = ("suivi", "perdu", "P003", "--motif", "pas-jointe", "--par", "lea", "--note", "sans nouvelles depuis juin")


def test_who_withdraws_leaves_a_code_and_nothing_else(people, enquete):
    run(enquete, "suivi", "contact", "P003", "--relais", "Maison Zwlkta", "--limite", "2")
    run(enquete, "suivi", "tentative", "P003", "--moyen", "appel", "--issue", "reporte")
    run(enquete, *LOST)
    run(enquete, "retirer", "P003", "--oui")
    with open_study(people).database() as db:
        assert attempts(db) == []
        assert losses(db) == []
        assert people_withdrawn(db) == ["P003"]
    assert places(people, ["Zwlkta", "sans nouvelles depuis"]) == []
    out = run(enquete, "suivi")
    assert "1 personne a retiré sa participation, et tout en est effacé : P003." in out


def test_notes_and_attempts_go_with_the_texts(people, enquete):
    run(enquete, "suivi", "tentative", "P003", "--moyen", "appel", "--issue", "reporte")
    run(enquete, *LOST)
    settings = people / "enquete.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("# textes = 2031-12-31", "textes = 2020-12-31"), encoding="utf-8"
    )
    run(enquete, "purger", "--oui")
    with open_study(people).database() as db:
        assert attempts(db) == []
        assert losses(db) == []
    assert places(people, ["sans nouvelles depuis"]) == []


def test_preferences_come_with_the_participants_file(study, enquete, talk, tmp_path):
    table = tmp_path / "personnes.csv"
    table.write_text(
        "code;vague;fichier;numéro sûr;pas de message;langue;meilleures heures;association relais;accord pour nouvel "
        "entretien\n"
        f"P001;v1;{talk.name};{SAFE};oui;bambara;vers 19 h;Maison Zwlkta;oui\n",
        encoding="utf-8",
    )
    out = run(enquete, "importer", "entretiens", talk, "--participants", table)
    assert "numéro sûr" in out
    told = run(enquete, "suivi", "contact", "P001")
    assert "AUCUN MESSAGE" in told
    assert "Maison Zwlkta" in told
    with open_study(study).database() as db, transaction(db):
        (one,) = participants(db)
    assert set(one.waves["v1"].attributes) == {"langue"}
    assert {where for _, where in places(study, [SAFE, "Zwlkta", "vers 19 h"])} == {"contacts.age"}


def test_without_a_key_the_follow_up_is_seen_and_nobody_is_named(people, enquete, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    assert "à revoir" in run(enquete, "suivi")
    assert "1 tentative" in run(enquete, "suivi", "tentative", "P002", "--moyen", "appel", "--issue", "reporte")
    for words in (("fiche",), ("contact", "P002"), ("guide", "P002"), ("liens", "proposer"), ("--sortie", "s.xlsx")):
        assert "clé" in refused(enquete, "suivi", *words)


def test_a_number_may_come_by_the_standard_input(people, enquete, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SAFE}\n"))
    assert f"Numéro sûr : {SAFE}" in run(enquete, "suivi", "contact", "P002", "--numero-sur", "-")


def test_the_synthesis_tells_who_is_lost_as_the_follow_up_does(people):
    found = synthesise(gather_whole(open_study(people), b"secret"), Audience.TEAM).lost
    titles = [column.title for column in found.columns]
    everyone = dict(zip(titles, found.rows[0], strict=True))
    assert (everyone["Vues en v1"], everyone["Revues en entretien"], everyone["Pas revues"]) == (4, 1, 3)
    assert (everyone["Refus"], everyone["Sans raison notée"]) == (1, 2)
