"""What an analysis keeps: people, waves, codebooks, quotations of what was written."""

from dataclasses import replace

from studies import GRID, Code, interview, material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.analysis import Analysis
from enquete.findings.counting import Base
from enquete.findings.material import Grid, Speech
from enquete.findings.selecting import labelled, select
from enquete.findings.themes import themes
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind, Side
from enquete.model import Audience, ConsentKind, ConsentState, LossReason, RespondentType

OTHER = Grid("H", "Autre", "1", "1" * 64, (Code("X", "Autre chose"),))


def met_twice():
    people = [person("P001", sexe="F"), person("P002", sexe="H"), person("P003", RespondentType.HELPER, sexe="F")]
    interviews = [
        interview("E001", "P001"), interview("E002", "P002"), interview("E003", "P003"),
        interview("E004", "P001", wave="v2"),
    ]  # fmt: skip
    said = [
        passage("E001", "P001", "T1"), passage("E002", "P002", "T1"), passage("E003", "P003", "T1"),
        passage("E004", "P001", "T2", wave="v2"),
    ]  # fmt: skip
    return material(people, interviews, said)


def kept(analysis, whole=None):
    found = select(whole or met_twice(), analysis)
    return [one.code for one in found.interviews], [one.interview for one in found.passages]


def test_an_analysis_that_asks_for_nothing_keeps_everything():
    whole = labelled(met_twice())
    assert select(whole, Analysis()) == whole


def test_waves_types_and_attributes_choose_the_people_and_their_words():
    assert kept(Analysis(waves=("v1",))) == (["E001", "E002", "E003"],) * 2
    assert kept(Analysis(types=(RespondentType.HELPER,))) == (["E003"], ["E003"])
    assert kept(Analysis(where={"sexe": ("F",)})) == (["E001", "E003", "E004"],) * 2
    assert kept(Analysis(waves=("v2",), where={"sexe": ("F", "H")})) == (["E004"], ["E004"])


def test_a_withdrawal_of_another_wave_still_holds():
    gone = person("P001", consent={"v2": {ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN}})
    found = select(material([gone], [interview("E001", "P001")], []), Analysis(waves=("v1",)))
    assert Base(found).present == {}


def test_an_attribute_of_another_wave_is_not_shown():
    changed = replace(person("P001"), attributes={"v1": {"situation": "RSA"}, "v2": {"situation": "emploi"}})
    whole = material([changed], [interview("E001", "P001")], [])
    assert select(whole, Analysis(waves=("v1",))).people[0].attributes == {"v1": {"situation": "RSA"}}
    assert kept(Analysis(waves=("v1",), where={"situation": ("emploi",)}), whole) == ([], [])


def test_an_unknown_voice_is_kept_where_everybody_is():
    people = [person("P001"), person("P002", RespondentType.HELPER)]
    both = material(people, [interview("E001", "P001", "P002")], [passage("E001", None, "T1")])
    assert kept(Analysis(types=(RespondentType.CONCERNED,)), both) == (["E001"], [])
    assert kept(Analysis(), both) == (["E001"], ["E001"])


def test_what_was_read_with_another_codebook_alone_is_not_coded():
    people, interviews = one_each(2)
    said = [passage("E001", "P001", "T1"), replace(passage("E002", "P002", "X"), codebook="H")]
    found = Base(select(material(people, interviews, said, grids=(GRID, OTHER)), Analysis(codebooks=("G",))))
    assert [grid.id for grid in found.material.codebooks] == ["G"]
    assert [one.code for one in found.coded(GRID)] == ["E001"]
    assert found.interviews["E002"].coders == ()


def test_who_was_read_with_no_code_at_all_was_read_with_every_codebook():
    people, interviews = one_each(1)
    found = Base(select(material(people, interviews, [], grids=(GRID, OTHER)), Analysis(codebooks=("G",))))
    assert [one.code for one in found.coded(GRID)] == ["E001"]


def test_types_together_are_one_and_verbatims_still_say_who_speaks():
    together = select(met_twice(), Analysis(name="tous", title="Tous", together=True))
    table = themes(Base(together))
    assert row(table, Code="T1")["Personnes (tous types réunis) qui en parlent"] == 3
    assert not any("Aidant" in column.title for column in table.columns)
    verbatims = synthesise(replace(together, threshold=1), Audience.PROJECT_GROUP).quotations
    place = [column.title for column in verbatims.columns].index("Répondant")
    assert {cells[place] for cells in verbatims.rows} == {"personne concernée", "aidant"}


def test_people_have_the_same_label_in_every_analysis():
    whole = labelled(met_twice())
    part = select(whole, Analysis(types=(RespondentType.HELPER,)))
    assert Base(part).labels["P003"] == Base(whole).labels["P003"]


def test_the_threshold_never_falls_under_that_of_the_study():
    assert select(met_twice(), Analysis(threshold=2)).threshold == 5
    assert select(met_twice(), Analysis(threshold=8)).threshold == 8


def quoted(interview_code, number=1):
    return Evidence(number, Side.SUPPORTS, interview_code, 0, 4, text="dix ")


def test_what_is_written_keeps_the_quotations_of_what_is_kept_and_says_so():
    written = (
        Piece("C01", PieceKind.FINDING, {"title": "a"}, (quoted("E001"), quoted("E003", 2))),
        Piece("C02", PieceKind.FINDING, {"title": "b"}, (quoted("E003", 3),)),
        Piece("C03", PieceKind.FINDING, {"title": "c"}),
        Piece("REC01", PieceKind.RECOMMENDATION, {"title": "d"}),
        Piece("P003", PieceKind.CASE, {"G:T1": "e"}),
    )
    found = select(replace(met_twice(), pieces=written), Analysis(types=(RespondentType.CONCERNED,)))
    assert [piece.code for piece in found.pieces] == ["C01", "C03", "REC01"]
    assert (found.pieces[0].left_out, [one.interview for one in found.pieces[0].evidence]) == (1, ["E001"])
    told = " ".join(found.left_out).replace("\u00a0", " ")
    assert "1 constat ne repose que sur des paroles que cette analyse ne retient pas, et il n'y est pas : C02." in told
    assert "1 citation choisie pour eux n'y est pas" in told


def test_who_was_lost_and_what_was_said_follow():
    whole = replace(
        met_twice(),
        lost={("P001", "v2"): LossReason.MOVED, ("P003", "v2"): LossReason.DIED},
        speech=(Speech("E001", "v1", "P001", 1, 0, "oui"), Speech("E003", "v1", "P003", 1, 0, "non")),
    )
    found = select(whole, Analysis(types=(RespondentType.CONCERNED,)))
    assert set(found.lost) == {("P001", "v2")}
    assert [one.text for one in found.speech] == ["oui"]


def test_outputs_say_what_was_asked_for_and_what_they_are_made_from():
    asked = Analysis(
        name="femmes", title="Femmes", waves=("v1",), where={"sexe": ("F",)}, layer="arbitrée", digest="abc" * 10
    )
    for audience in Audience:
        made = synthesise(select(met_twice(), asked), audience)
        assert made.title == "Femmes – Essai"
        said = [line for section in made.method.sections if section.title == "Analyse" for line in section.lines]
        assert "Vagues retenues : Vague 1." in said
        assert "Personnes retenues : « sexe » est « F »." in said
        assert made.provenance[0] == "Analyse : « Femmes » (analyses/femmes.toml, empreinte abcabcabcabcabca)."
        assert "Grille : « Grille », version 1 (empreinte 0000000000000000)." in made.provenance
        assert "Empreinte des données : ffffffffffffffff (état au 2 janvier 2026)." in made.provenance


def test_one_coder_alone_is_not_named_outside():
    made = synthesise(select(met_twice(), Analysis(name="a", title="A", layer="anne")))
    assert "Seuls comptent les codages d'une seule des personnes qui ont codé." in str(made.method)
    assert "anne" not in str(made.method)
