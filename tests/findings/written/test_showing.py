"""Findings and recommendations as the team and the project group read them."""

from dataclasses import replace

import pytest
from studies import interview, material, one_each, passage, person

from enquete.disclosure.suppression import HIDDEN
from enquete.findings.material import AgreedCode, Flag
from enquete.findings.quotations import PARAPHRASED
from enquete.findings.sheets import QUOTATIONS
from enquete.findings.synthesis import synthesise
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind, Remark, RemarkKind, Side
from enquete.model import Audience, ConsentKind, ConsentState

TEAM, GROUP = Audience.TEAM, Audience.PROJECT_GROUP
NO = {"v1": {ConsentKind.QUOTATION: ConsentState.REFUSED}}
WORDS = "ils ne rappellent pas"


def finding(code="C01", *evidence, **fields):
    return Piece(code, PieceKind.FINDING, {"title": "Attendre", "state": "proposé", **fields}, evidence)


def quote(where="E001", text=WORDS, side=Side.SUPPORTS, number=1, touched=False):
    return Evidence(number, side, where, 0, len(text), "G", "T1", touched, text)


def shown(*pieces, audience=GROUP, flag=None, remarks=(), people=None, agreed=()):
    persons, interviews = one_each(6)
    made = material(people or persons, interviews, [passage("E001", "P001", "T1", WORDS, flag=flag)])
    return synthesise(replace(made, pieces=pieces, remarks=remarks, agreed=agreed), audience)


def stand_in(body, number=1, kind=RemarkKind.PARAPHRASE):
    return Remark(number, kind, "E001", 0, len(WORDS), body, "lea")


def cells(table, code):
    (row,) = [row for row in table.rows if row[0] == code]
    return dict(zip((column.title for column in table.columns), row, strict=True))


@pytest.mark.parametrize(
    ("state", "group"), [("brouillon", False), ("proposé", True), ("validé", True), ("abandonné", False)]
)
def test_the_group_reads_findings_that_are_proposed_or_validated(state, group):
    piece = finding(state=state)
    assert [one.code for one in shown(piece).findings] == (["C01"] if group else [])
    assert [one.code for one in shown(piece, audience=TEAM).findings] == ["C01"]


def test_people_are_told_by_their_labels_outside_the_team():
    piece = finding(text="P001 attend. Comme P099.", cases="P001")
    (team,), result = shown(piece, audience=TEAM).findings, shown(piece)
    (group,) = result.findings
    label = group.cases[0]
    assert (team.text, team.cases) == ("P001 attend. Comme P099.", ("P001",))
    assert label.startswith("Personne ")
    assert group.text == f"{label} attend. Comme une personne."
    assert not [text for _, text in result.texts() if "P001" in text or "P099" in text]


@pytest.mark.parametrize("flag", [None, Flag.CITE])
def test_a_quotation_has_its_words_and_leads_to_its_row(flag):
    result = shown(finding("C01", quote()), flag=flag)
    (quoted,) = result.findings[0].supporting
    assert (quoted.words, quoted.paraphrased, quoted.row) == (WORDS, False, 0)
    titles = [column.title for column in result.findings_table.columns]
    assert result.findings_table.links[0, titles.index("Appuis")] == (QUOTATIONS, 0)
    assert cells(result.quotations, "V1")["Appuie"] == "C01"


def test_words_never_to_be_quoted_stay_in_the_team():
    piece = finding("C01", quote())
    result = shown(piece, flag=Flag.NEVER)
    assert result.findings[0].supporting == ()
    assert not any(WORDS in text for _, text in result.texts())
    assert any("n'est pas montrée" in remark for remark in result.findings[0].remarks)
    assert shown(piece, audience=TEAM, flag=Flag.NEVER).findings[0].supporting[0].words == WORDS


def test_who_refuses_is_quoted_to_nobody():
    people, _ = one_each(6)
    people[0] = person("P001", consent=NO)
    for audience in (TEAM, GROUP):
        assert shown(finding("C01", quote()), audience=audience, people=people).findings[0].supporting == ()


def test_a_paraphrase_stands_for_words_that_are_not_read():
    piece, said = finding("C01", quote()), (stand_in("Elle attend un appel, comme P002."),)
    result = shown(piece, flag=Flag.PARAPHRASE, remarks=said)
    (quoted,) = result.findings[0].supporting
    row = cells(result.quotations, "V1")
    assert quoted.paraphrased
    assert quoted.words.startswith("Elle attend un appel, comme Personne ")
    assert (row["Citation"], row["Source"]) == (quoted.words, PARAPHRASED)
    assert not any(WORDS in text or "P002" in text for _, text in result.texts())
    without = shown(piece, flag=Flag.PARAPHRASE)
    assert without.findings[0].supporting == ()
    assert cells(without.quotations, "V1")["Citation"] == "[à paraphraser]"


def test_figures_are_those_of_the_table_of_themes():
    people, interviews = one_each(24)
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1") for i in range(1, 8)]
    made = replace(material(people, interviews, passages), pieces=(finding(themes="G:T1"),))
    result = synthesise(made)
    (figure,) = result.findings[0].figures
    counted = result.themes.rows[figure.row]
    assert 7 in counted
    assert 24 in counted
    assert "7 sur 24" in figure.words
    assert "%" not in figure.words


def test_a_share_is_told_from_fifty_people_only():
    people, interviews = one_each(60)
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1") for i in range(1, 13)]
    made = replace(material(people, interviews, passages), pieces=(finding(themes="G:T1"),))
    (figure,) = synthesise(made).findings[0].figures
    assert "12 sur 60, soit 20" in figure.words


def test_a_figure_that_is_masked_for_the_public_is_not_told():
    people, interviews = one_each(24)
    made = material(people, interviews, [passage("E001", "P001", "T1"), passage("E002", "P002", "T1")])
    result = synthesise(replace(made, pieces=(finding(themes="G:T1", state="validé"),)), Audience.PUBLIC)
    assert HIDDEN in result.themes.rows[0]
    assert result.findings[0].figures == ()


def test_agreement_is_told_in_a_sentence():
    agreed = [
        AgreedCode("G", "T1", 2, 4, 40, 9, 0.7, 0.62),
        AgreedCode("G", "T1.1", 2, 4, 40, 9, 0.9, 0.81),
        AgreedCode("G", "T1.2", 2, 4, 40, 1, None, None, "trop rare"),
        AgreedCode("G", "T2", 2, 4, 40, 9, 0.1, 0.1),
    ]
    (one,) = shown(finding(themes="G:T1"), agreed=tuple(agreed)).findings
    assert one.agreement == (
        "Accord entre codeurs sur ces codes : alpha de 0,62 à 0,81 ; non calculable pour 1\u00a0code, trop rare."
    )


def test_what_changed_and_what_was_not_looked_for_is_told():
    (one,) = shown(finding("C01", quote(touched=True))).findings
    assert one.supporting[0].changed
    assert any("1\u00a0citation à revoir" in remark for remark in one.remarks)
    assert "Aucun contre-exemple noté." in one.remarks
    (other,) = shown(finding("C01", quote(), quote(side=Side.CONTRADICTS, number=2))).findings
    assert other.remarks == ()


def test_cases_without_a_quotation_and_people_who_withdrew_are_told():
    people, _ = one_each(6)
    people[2] = person("P003", consent={"v1": {ConsentKind.PARTICIPATION: ConsentState.WITHDRAWN}})
    (one,) = shown(finding("C01", quote(), cases="P001, P002, P003"), audience=TEAM, people=people).findings
    assert "Sans citation : P002." in one.remarks
    assert "1\u00a0cas d'une personne qui ne participe plus, ou n'a pas d'entretien ici." in one.remarks


def test_what_people_edit_is_told_by_the_labels_of_fields():
    result = shown(
        finding(),
        Piece("REC01", PieceKind.RECOMMENDATION, {"title": "Rappeler", "findings": "C01", "when": "2026-03-15"}),
        Piece("B01", PieceKind.ASSESSMENT, {"title": "Des délais"}),
    )
    asked = cells(result.recommendations_table, "REC01")
    assert (asked["Demande"], asked["Pour quand"], asked["État"]) == ("Rappeler", "15/03/2026", "brouillon")
    places = [column.title for column in result.recommendations_table.columns]
    assert result.recommendations_table.links[0, places.index("Constats")] == ("Constats", 0)
    assert cells(result.assessment_table, "B01")["Rubrique"] == "avancée"
    edited = {column.title: column.choices for column in result.findings_table.columns if column.edited}
    assert edited["État"] == ("brouillon", "proposé", "validé", "abandonné")
    assert {"Titre", "Interprétation", "Limites", "Évolution", "Commentaires"} <= set(edited)
    assert not {"Nombres", "Appuis", "Accord entre codeurs"} & set(edited)


def test_comments_stand_beside_the_quotation_they_are_about():
    result = shown(remarks=(stand_in("À relire.", kind=RemarkKind.COMMENT),))
    assert cells(result.quotations, "V1")["Commentaire"] == "À relire."
    assert result.quotations.keys == ("V1",)


def test_without_a_finding_the_sheets_wait_to_be_written():
    result = synthesise(material([person("P001")], [interview("E001", "P001")], []))
    assert [table.rows for table in (result.findings_table, result.recommendations_table)] == [(), ()]
