"""Answers come in once, whole, under the right people; what is imported again is told apart from what is new."""

import json

import pytest
from erasure import places
from questioned import FATOU, HEADER, HIS, KARIM, ROSE, form, table

from enquete.actions.answers.open_answers import OpenTexts
from enquete.actions.interviews.originals import bundled
from enquete.actions.study import open_study
from enquete.model import InterviewKind, MissingKind
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import interviews
from enquete.store.people import participants
from enquete.store.responses import datasets, open_answers_of
from enquete.survey.matching.types import Missing


@pytest.fixture
def answers(study, enquete, tmp_path):
    """Imports rows (or a file), with options; gives (exit code, what was printed)."""
    form(study)

    def command(*rows, header=HEADER, name="réponses.csv", options=()):
        path = table(tmp_path / name, *rows, header=header)
        code, out, errors = enquete(
            "importer", "reponses", path, "--vague", "v1", "--questionnaire", "enquete-v1", *options
        )
        return code, out + errors

    return command


def responses(study, part=""):
    """By participant, what they answered."""
    with open_study(study).database() as db:
        found = [r for d in datasets(db) if d.part == part for r in d.responses]
        return {response.participant: dict(response.cells) for response in found}


def texts(study):
    with open_study(study).database() as db:
        return {text.code: text for text in interviews(db)}


def test_everything_has_its_place(study, answers):
    code, out = answers(FATOU, KARIM, ROSE)
    assert code == 0, out
    assert "3\u00a0réponses importées" in out
    assert "3\u00a0nouvelles personnes, comptées comme personnes concernées : P001, P002, P003." in out
    assert responses(study) == {
        "P001": {"logement": "propre", "aides": ("colis", "cantine"), "heures": 0, "dire": True},
        "P002": {"logement": Missing(MissingKind.REFUSED, "refus"), "heures": 12, "dire": True},
        "P003": {"logement": "rue", "aides": ("colis",), "dire": "-"},
    }
    with open_study(study).database() as db:
        people = {person.code: person for person in participants(db)}
        days = [r.answered_on for d in datasets(db) for r in d.responses]
    assert people["P001"].waves["v1"].attributes == {"logement": "Chez soi"}
    assert people["P002"].waves["v1"].attributes == {}  # a refusal is no attribute
    assert days == ["2026-03-02", "2026-03-03", "2026-03-04"]
    vault = open_study(study).vault()
    assert vault.identities().people == {"P001": {"nom": "Fatoumata Diarra"}, "P002": {"nom": "Karim Benali"}}
    assert vault.contacts()["P001"] == {"v1": {"tel": "0612345678"}}


def test_open_answers_are_texts_without_names_and_their_words_are_in_the_vault(study, answers):
    answers(FATOU, KARIM, ROSE)
    found = texts(study)
    assert [(t.kind, t.participants, t.question) for t in found.values()] == [
        (InterviewKind.ANSWER, ("P001",), "dire"),
        (InterviewKind.ANSWER, ("P002",), "dire"),
    ]
    assert "zigzaguée entre les guichets" in found["R001"].text
    assert not {"Fatoumata", "Lefèvre"} & set(found["R001"].text.replace(",", " ").split())
    assert found["R001"].source == found["R002"].source
    words = bundled(open_study(study).vault().original(found["R001"].source))
    assert words["R001"].startswith("Moi Fatoumata, Madame Lefèvre")
    assert {where for _, where in places(study, ["Fatoumata", "Lefèvre", "Diarra", "0612345678"])} <= {
        "identites.age", "contacts.age", f"{found['R001'].source}.age",
    }  # fmt: skip


def test_a_trial_stores_nothing_and_shows_no_name(study, answers):
    code, out = answers(FATOU, KARIM, options=["--essai"])
    assert code == 0
    assert "Essai : rien n'est enregistré." in out
    assert "« dire » → dire (question ouverte)" in out
    assert not any(name in out for name in ("Fatoumata", "Lefèvre", "Diarra", "0612345678"))
    assert responses(study) == {}
    assert places(study, ["zigzaguée", "Diarra"]) == []


def test_the_same_file_again_changes_nothing(study, answers):
    answers(FATOU, KARIM)
    before = (study / "coffre" / "identites.age").read_bytes()
    code, out = answers(FATOU, KARIM)
    assert (code, "0\u00a0réponse importée, 2 déjà là." in out) == (0, True)
    assert (study / "coffre" / "identites.age").read_bytes() == before
    assert list(texts(study)) == ["R001", "R002"]


def test_a_file_that_grows_adds_its_new_rows(study, answers):
    answers(FATOU)
    code, out = answers(FATOU, KARIM, ROSE)
    assert (code, "2\u00a0réponses importées, 1 déjà là." in out) == (0, True)
    assert list(responses(study)) == ["P001", "P002", "P003"]


def test_a_key_is_known_however_it_is_written(study, answers):
    answers(FATOU)
    code, out = answers(FATOU.replace("P001", "p-1"))
    assert (code, "1 déjà là" in out) == (0, True)


def test_what_differs_is_left_until_it_is_asked_for(study, answers):
    answers(FATOU, KARIM)
    other = FATOU.replace(";propre;", ";rue;")
    code, out = answers(other, KARIM)
    assert code == 1
    assert "1\u00a0réponse diffère de ce qui est enregistré (ligne 2)" in out
    assert responses(study)["P001"]["logement"] == "propre"
    code, out = answers(other, KARIM, options=["--remplacer"])
    assert (code, "1 changée" in out) == (0, True)
    assert responses(study)["P001"] == {
        "logement": "rue", "aides": ("colis", "cantine"), "heures": 0, "dire": True,
    }  # fmt: skip
    assert list(texts(study)) == ["R001", "R002"]


def test_codings_follow_an_open_answer_that_changes(study, answers):
    answers(FATOU, KARIM)
    with open_study(study).database() as db, transaction(db):
        text = texts(study)["R002"]
        start = text.text.index("brindezingue")
        codings.add_coding(db, codings.Coding(text.revision, start, start + 12, "rsa", "R01", "léa"))
    code, out = answers(
        KARIM.replace("Le dossier était", "Selon M. Ferrand, ce dossier était"), options=["--remplacer"]
    )
    assert code == 0, out
    assert "1\u00a0réponse ouverte changée : R002." in out
    text = texts(study)["R002"]
    assert "Ferrand" not in text.text
    with open_study(study).database() as db:
        (coding,) = codings.codings(db)
    assert text.text[coding.start : coding.end] == "brindezingue"
    assert ("Le dossier était", f"{texts(study)['R001'].source}.age") not in places(study, ["Le dossier était"])


def test_an_open_answer_that_is_gone_stays_unless_it_is_asked_for(study, answers):
    answers(FATOU, KARIM)
    gone = KARIM.replace("Le dossier était brindezingue.", "")
    code, _ = answers(FATOU, gone)
    assert code == 1
    assert "R002" in texts(study)
    code, out = answers(FATOU, gone, options=["--remplacer"])
    assert (code, "n'est plus dans le fichier, effacée avec ses codages : R002." in out) == (0, True)
    assert list(texts(study)) == ["R001"]
    assert places(study, ["brindezingue"]) == []


def test_a_question_that_the_file_does_not_know_keeps_its_answers(study, answers):
    answers(FATOU)
    header = "code;jour;nom;tel;logement"
    code, out = answers("P001;2026-03-02;Fatoumata Diarra;0612345678;propre", header=header)
    assert (code, "1 déjà là" in out) == (0, True)
    code, out = answers("P001;2026-03-02;Fatoumata Diarra;0612345678;rue", header=header, options=["--remplacer"])
    assert code == 0, out
    assert responses(study)["P001"] == {
        "logement": "rue", "aides": ("colis", "cantine"), "heures": 0, "dire": True,
    }  # fmt: skip


def test_a_bad_row_keeps_nobody_else_out(study, answers):
    code, out = answers(FATOU, KARIM, ROSE, KARIM, ";2026-03-04;;;rue;;;")
    assert code == 1
    assert list(responses(study)) == ["P001", "P003"]
    assert "ligne 3" in out
    assert "ligne 5" in out
    assert "ligne 6" in out


def test_a_key_that_says_who_it_is_is_refused_and_not_printed(study, answers):
    code, out = answers(FATOU.replace("P001", "fatou.diarra@exemple.fr"), KARIM.replace("P002", "Karim Benali"), ROSE)
    assert code == 1
    assert list(responses(study)) == ["P003"]
    assert "diarra@" not in out
    assert "--liens" in out


def test_a_table_of_links_gives_the_codes_of_the_study(study, answers, tmp_path):
    answers(FATOU, KARIM)
    links = tmp_path / "liens.csv"
    links.write_text("clé;participant\nfatou.diarra@exemple.fr;P001\nKB-2;P2\n", encoding="utf-8")
    rows = FATOU.replace("P001", "fatou.diarra@exemple.fr"), KARIM.replace("P002", "kb 02")
    code, out = answers(*rows, options=["--liens", links])
    assert (code, "2 déjà là" in out) == (0, True), out
    links.write_text("clé;participant\nKB-2;P99\n", encoding="utf-8")
    code, out = answers(*rows, options=["--liens", links])
    assert code == 1
    assert "P99 (ligne 2)" in out


def test_rows_of_a_file_without_keys_are_people_of_their_own(study, answers):
    header, rows = "logement;dire", ["propre;On attend.", "rue;On attend.", "propre;On attend."]
    code, out = answers(*rows, header=header)
    assert code == 0, out
    assert "Vague transversale : on ne pourra pas suivre ces personnes." in out
    assert list(responses(study)) == ["Q0001", "Q0002", "Q0003"]
    code, out = answers(*rows, "rue;Rien ne vient.", header=header)
    assert (code, "1\u00a0réponse importée, 3 déjà là." in out) == (0, True)
    assert list(responses(study)) == ["Q0001", "Q0002", "Q0003", "Q0004"]


def test_a_corrected_file_without_keys_is_refused(study, answers):
    header = "logement;dire"
    answers("propre;On attend.", "rue;Rien ne vient.", header=header)
    code, out = answers("propre;On attend.", "propre;Rien ne vient.", header=header)
    assert code == 1
    assert "Des lignes corrigées compteraient deux fois" in out
    assert list(responses(study)) == ["Q0001", "Q0002"]


def test_people_who_withdrew_stay_out(study, answers, enquete):
    answers(FATOU, KARIM)
    assert enquete("retirer", "P001", "--oui")[0] == 0
    code, out = answers(FATOU, KARIM, ROSE)
    assert code == 1
    assert "ligne 2 : cette personne s'est retirée de l'étude" in out
    assert list(responses(study)) == ["P002", "P003"]


def test_people_who_refused_this_wave_stay_out(study, answers, enquete):
    answers(FATOU)
    assert enquete("consentement", "P001", "--vague", "v2", "--participation", "refuse")[0] == 0
    code, out = answers(FATOU, options=["--vague", "v2"])
    assert code == 1
    assert "ligne 2 : cette personne a refusé de participer à cette vague" in out
    with open_study(study).database() as db:
        assert [dataset.wave for dataset in datasets(db)] == ["v1"]


def test_names_that_come_late_are_masked_in_older_texts(study, answers, enquete, tmp_path):
    talk = tmp_path / "avant.txt"
    talk.write_text("E: Qui vous aide ?\nR: Y'a karimou qui passe.\nE: Et sinon ?\nR: Personne.\n", encoding="utf-8")
    enquete("importer", "entretiens", talk, "--vague", "v1")
    assert "karimou" in texts(study)["E001"].text
    code, out = answers(FATOU.replace("Fatoumata Diarra", "Karimou Benkhelifa"))
    assert (code, "E001" in out) == (0, True)
    assert "karimou" not in texts(study)["E001"].text


CHILDREN = "_index;_parent_index;_parent_table_name;enfants/prenom;enfants/age_enfant;enfants/raconter"


@pytest.fixture
def linked(study, enquete, tmp_path):
    form(study)

    def command(children, *options, logement="propre"):
        main = table(
            tmp_path / "enquete.csv",
            f"1;P001;{logement};On attend toujours.",
            "2;P002;rue;",
            header="_index;code;logement;dire",
        )
        repeats = table(tmp_path / "enfants.csv", *children, header=CHILDREN)
        code, out, errors = enquete(
            "importer", "reponses", main, repeats, "--vague", "v1", "--questionnaire", "enquete-v1", *options
        )
        return code, out + errors

    return command


IBRAHIM = "1;1;enquete;Ibrahim;4;Ibrahim grandit farfelument."
AWA = "2;1;enquete;Awa;7;"


def test_linked_tables_come_in_under_their_person(study, linked):
    code, out = linked([IBRAHIM, AWA])
    assert code == 0, out
    with open_study(study).database() as db:
        (children,) = [d for d in datasets(db) if d.part]
    assert [(r.participant, r.cells) for r in children.responses] == [
        ("P001", {"age_enfant": 4, "raconter": True}), ("P001", {"age_enfant": 7}),
    ]  # fmt: skip
    assert children.part == "enfants"
    assert "Ibrahim" not in texts(study)["R002"].text
    assert set(open_study(study).vault().identities().people["P001"].values()) == {"Ibrahim", "Awa"}
    code, out = linked([IBRAHIM, AWA])
    assert (code, "2 déjà là" in out) == (0, True)


def test_a_repeat_is_replaced_with_its_parent(study, linked):
    linked([IBRAHIM, AWA])
    code, out = linked([IBRAHIM.replace(";4;", ";5;")])
    assert (code, "1\u00a0réponse diffère" in out) == (1, True)
    code, out = linked([IBRAHIM.replace(";4;", ";5;")], "--remplacer")
    assert code == 0, out
    with open_study(study).database() as db:
        (children,) = [d for d in datasets(db) if d.part]
    assert [r.cells["age_enfant"] for r in children.responses] == [5]
    assert responses(study)["P001"] == {"logement": "propre", "dire": True}
    code, out = linked([IBRAHIM.replace(";4;", ";5;")])
    assert (code, "2 déjà là" in out) == (0, True)


def test_codings_follow_the_rows_of_a_repeat(study, linked):
    awa = AWA + "Awa dort mal."
    linked([IBRAHIM, awa])
    with open_study(study).database() as db, transaction(db):
        for text in interviews(db):
            codings.add_coding(db, codings.Coding(text.revision, 0, len(text.text), "rsa", text.code, "anne"))
    moussa = "1;1;enquete;Moussa;1;Moussa est né."
    rows = [moussa, awa.replace("2;1;", "3;1;").replace(";7;", ";8;"), IBRAHIM.replace("1;1;", "2;1;")]
    code, out = linked(rows, "--remplacer")
    assert code == 0, out
    with open_study(study).database() as db:
        (children,) = [d for d in datasets(db) if d.part]
        asked = {text.code: text.text for text in interviews(db)}
        coded = {one.code: one for one in codings.codings(db)}
        answers = open_answers_of(db)
    assert [r.cells["age_enfant"] for r in children.responses] == [1, 8, 4]
    told = [answers[r.id, "raconter"] for r in children.responses]
    assert told[1:] == ["R003", "R002"]
    assert asked["R003"].endswith("dort mal.")
    assert coded.keys() == {"R001", "R002", "R003"}
    code, out = linked(rows)
    assert (code, "2 déjà là" in out) == (0, True)
    code, out = linked(rows[1:], "--remplacer")
    assert "n'est plus dans le fichier, effacée" in out
    assert told[0] not in texts(study)


def test_a_question_of_a_repeat_that_the_file_does_not_know_keeps_its_answers(study, linked, enquete, tmp_path):
    linked([IBRAHIM])
    main = table(tmp_path / "enquete.csv", "1;P001;propre;On attend toujours.", header="_index;code;logement;dire")
    header = "_index;_parent_index;_parent_table_name;age_enfant"
    repeats = table(tmp_path / "enfants.csv", "1;1;enquete;5", header=header)
    code, out, errors = enquete(
        "importer", "reponses", main, repeats, "--vague", "v1", "--questionnaire", "enquete-v1", "--remplacer"
    )
    assert code == 0, out + errors
    with open_study(study).database() as db:
        (children,) = [d for d in datasets(db) if d.part]
    assert [r.cells for r in children.responses] == [{"age_enfant": 5, "raconter": True}]
    assert texts(study)["R002"].text.endswith("grandit farfelument.")


def test_what_is_not_clear_keeps_everything_out_and_a_draft_settles_it(study, answers, tmp_path):
    rows = FATOU.replace(";propre;", ";chez Karim Benali;"), KARIM
    code, out = answers(*rows)
    assert code == 1
    assert "rien n'est importé" in out
    assert "Benali" not in out
    assert responses(study) == {}
    code, out = answers(*rows, options=["--proposer"])
    assert code == 0, out
    draft = tmp_path / "réponses.correspondance.toml"
    assert answers(*rows, options=["--proposer"])[0] == 1  # never over the one that is there
    told = draft.read_text(encoding="utf-8")
    assert "chez Karim Benali" in told
    assert '"heures" = "heures"' in told
    draft.write_text('[questions.logement.valeurs]\n"chez Karim Benali" = "propre"\n', encoding="utf-8")
    code, out = answers(*rows, options=["--correspondance", draft])
    assert code == 0, out
    assert responses(study)["P001"]["logement"] == "propre"


def test_a_wave_that_the_study_does_not_have_is_misuse(study, enquete, tmp_path):
    form(study)
    code, _, errors = enquete("importer", "reponses", table(tmp_path / "r.csv", FATOU), "--vague", "v9")
    assert code == 2
    assert "v9" in errors


def test_bodies_hold_json_arrays_and_no_name(study, answers):
    answers(FATOU)
    with open_study(study).database() as db:
        (row,) = db.execute("SELECT body FROM response").fetchall()
    assert json.loads(row["body"]) == ["propre", ["colis", "cantine"], 0, True]
    assert places(study, HIS) == []


def test_the_study_says_who_answered_what(study, answers, enquete):
    answers(FATOU, KARIM, ROSE)
    assert "  Questionnaire enquete-v1 : 3\u00a0personnes, 2\u00a0réponses ouvertes." in enquete("etat")[1]


def test_titles_that_hold_names_are_shown_and_kept_without_them(study, answers, tmp_path):
    mapping = tmp_path / "c.toml"
    mapping.write_text('[colonnes]\n"Heures (vues par Mme Zygomard)" = "heures"\n', encoding="utf-8")
    header = HEADER.replace("heures", "Heures (vues par Mme Zygomard)") + ";Avis de Karim Benzouache"
    rows = (f"{FATOU};x", f"{ROSE};")
    for options in (("--essai",), ()):
        _, out = answers(*rows, header=header, options=("--correspondance", mapping, *options))
        assert "« Avis d" in out  # « d'Omar », where a pseudonym begins with a vowel
        assert ", nom remplacé) » : aucune question" in out
        assert "Zygomard" not in out
        assert "Benzouache" not in out
    assert responses(study)["P001"]["heures"] == 0
    assert not [where for word in ("Zygomard", "Benzouache") for _, where in places(study, [word])]


def test_what_is_not_clear_is_told_with_the_rows_that_are_refused(answers):
    for options in ((), ("--essai",)):
        code, out = answers(FATOU.replace("propre", "peut-être"), "P9;5", options=options)
        assert code == 1
        assert "« peut-être » (ligne 2)" in out
        assert "ligne 3 : 2\u00a0valeurs pour" in out


def test_every_row_that_is_refused_is_counted(answers):
    code, out = answers(FATOU, FATOU.replace("propre", "rue"), KARIM, "Total;;;;")
    assert code == 1
    assert out.count("REFUSÉ") == 3
    assert "1\u00a0réponse importée, 3 refusées." in out


def test_the_same_file_under_another_wave_is_refused(study, answers, enquete, tmp_path):
    answers(FATOU, KARIM)
    code, out = answers(FATOU, KARIM.replace("03-03", "09-03"), options=["--vague", "v2"])
    assert code == 1
    assert "ligne 2 : cette réponse est déjà dans l'étude, en vague v1" in out
    assert "1\u00a0réponse importée, 1 refusée" in out


def test_answers_that_a_file_does_not_say_again_stay_and_are_told(study, answers):
    answers(FATOU, KARIM, ROSE)
    code, out = answers(FATOU)
    assert code == 0
    assert "2\u00a0réponses enregistrées ne sont pas dans ce fichier (P002, P003) : rien n'en est effacé." in out
    assert len(responses(study)) == 3
    assert "dans ce fichier" not in answers("P009;2026-03-04;;;rue;;;-")[1]  # another file altogether


def test_the_code_of_an_erased_text_is_given_to_no_other(study, answers):
    answers(FATOU, KARIM)
    blank = KARIM.rpartition(";")[0] + ";"
    assert "effacée avec ses codages : R002" in answers(FATOU, blank, options=["--remplacer"])[1]
    answers(FATOU, KARIM, options=["--remplacer"])
    assert list(texts(study)) == ["R001", "R003"]


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something while the open answers of an import are read, which is long."""

    def during(doing):
        detect = OpenTexts.detect

        def and_then(self, *given):
            detect(self, *given)
            doing()

        monkeypatch.setattr(OpenTexts, "detect", and_then)

    return during


def test_people_may_code_while_answers_come_in(study, answers, meanwhile):
    answers(FATOU)

    def code():
        with open_study(study).database() as db, transaction(db):
            (text,) = interviews(db)
            codings.add_coding(db, codings.Coding(text.revision, 0, 5, "rsa", "R01", "anne"))

    meanwhile(code)
    status, out = answers(FATOU, KARIM)
    assert status == 0, out
    with open_study(study).database() as db:
        assert len(codings.codings(db)) == 1


def test_a_command_that_wrote_meanwhile_stops_the_import(study, answers, enquete, meanwhile):
    answers(FATOU)
    meanwhile(lambda: enquete("retirer", "P001", "--oui"))
    status, out = answers(FATOU, KARIM)
    assert (status, "une autre commande a écrit dans l'étude" in out) == (1, True)
    assert responses(study) == {}
