"""Nobody but the speakers of these lines: what they say is under test."""

from dataclasses import replace

from studies import interview, material, passage, person, row

from enquete.findings import synthesise
from enquete.findings.analysis import WAVE, Analysis
from enquete.findings.counting import Base
from enquete.findings.material import Speech
from enquete.findings.words.concordance import occurrences, sought
from enquete.findings.words.contexts import context
from enquete.findings.words.specific import turns
from enquete.model import Audience, ConsentKind, ConsentState

RENT = "Le loyer, toujours le loyer, je paie le loyer en retard. "
REST = "Après je marche dans le parc avec le chien, on regarde les arbres, on rentre lentement, on mange, on dort. " * 3


def study(count, *, said=RENT, rest=REST, vocabulary=("thème",), consent=None, masked=(), threshold=5):
    """Each of them speaks of rent, which is coded, then of the rest of the day."""
    people = [person(f"P{i:03}", consent=consent) for i in range(count)]
    interviews = [interview(f"E{i:03}", f"P{i:03}") for i in range(count)]
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1", said) for i in range(count)]
    speech = tuple(Speech(f"E{i:03}", "v1", f"P{i:03}", 1, 0, said + rest, masked) for i in range(count))
    made = material(people, interviews, passages, threshold=threshold)
    return replace(made, speech=speech, analysis=Analysis(vocabulary=vocabulary))


def words(found):
    return [] if found.vocabulary is None else [cells[3] for cells in found.vocabulary.rows]


def test_a_word_of_a_theme_comes_with_its_counts():
    found = synthesise(study(5), Audience.TEAM)
    cells = row(found.vocabulary, Partie="Argent", Mot="loyer")
    assert (cells["Fois"], cells["Sur (fois en tout)"], cells["Personnes"]) == (15, 15, 5)
    assert cells["Spécificité"] >= 9
    assert "le" not in words(found)


def test_the_project_group_reads_no_word_that_few_people_say():
    assert "loyer" in words(synthesise(study(5)))
    assert words(synthesise(study(4))) == []
    assert "loyer" in words(synthesise(study(4), Audience.TEAM))
    assert words(synthesise(study(1), Audience.TEAM)) == []


def test_neither_names_nor_what_replaces_them_are_words():
    said = "Chez Samira le loyer, avec Samira le loyer, Samira le loyer. "
    assert words(synthesise(study(6, said=said))) == ["loyer"]
    small = "loyer de karim, karim, karim le loyer, loyer. "
    spans = tuple((i, i + 5) for i in range(len(small)) if small.startswith("karim", i))
    assert words(synthesise(study(6, said=small, masked=spans))) == ["loyer"]
    assert set(words(synthesise(study(6, said=small)))) == {"loyer", "karim"}


def test_only_those_who_take_part_are_heard():
    withdrawn = {"v1": {ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN}}
    assert words(synthesise(study(6, consent=withdrawn), Audience.TEAM)) == []


def test_words_of_a_wave():
    made = study(5, vocabulary=(WAVE,))
    later = tuple(replace(one, interview=f"F{one.interview[1:]}", wave="v2", text=REST) for one in made.speech)
    again = tuple(replace(one, code=f"F{one.code[1:]}", wave="v2") for one in made.interviews)
    made = replace(made, speech=made.speech + later, interviews=made.interviews + again)
    assert row(synthesise(made).vocabulary, Partie="Vague 1", Mot="loyer")["Selon"] == "Vague"
    assert synthesise(study(5, vocabulary=(WAVE,))).vocabulary is None  # nothing to compare one wave with


def test_the_team_reads_a_word_in_context_unless_somebody_may_not_be_quoted():
    found = synthesise(study(5), Audience.TEAM)
    around = next(table for table in found.more if table.name == "Mots en contexte")
    first = row(around, Mot="loyer", Participant="P000")
    assert (first["Entretien"], first["Tour"], first["Avant"], first["Dit"]) == ("E000", 2, "Le", "loyer")
    assert len([cells for cells in around.rows if cells[3] == "loyer"]) == 3
    place = words(found).index("loyer")
    sheet, line = found.vocabulary.links[place, 3]
    assert (sheet, around.rows[line][3]) == ("Mots en contexte", "loyer")
    refused = {"v1": {ConsentKind.QUOTATION: ConsentState.REFUSED}}
    found = synthesise(study(5, consent=refused), Audience.TEAM)
    assert "loyer" in words(found)
    assert "Mots en contexte" not in [table.name for table in found.more]


def test_a_context_is_cut_between_words():
    text = "un deux trois quatre cinq six sept"
    assert context(text, 8, 13, around=7) == ("… deux", "trois", "quatre …")
    assert context("oui non", 0, 3) == ("", "oui", "non")


def found_in(text, *searches):
    made = study(1, said=text, rest="")
    return [one.context.word for one in occurrences(turns(Base(made)), [sought(one) for one in searches])]


def test_words_are_found_whole_or_by_their_beginning_alone_or_one_after_the_other():
    text = "Le logement, la Loge et le délogé. J'ai perdu mon logement social."
    assert found_in(text, "logement") == ["logement", "logement"]
    assert found_in(text, "log*") == ["logement", "Loge", "logement"]
    assert found_in(text, "logement social") == ["logement social"]
    assert found_in(text, "LOGEMENT", "perdu") == ["logement", "perdu", "logement"]
    assert found_in("Qu'est-ce qu’il dit", "qu'il") == ["qu’il"]
    assert sought("?!").forms == ()
