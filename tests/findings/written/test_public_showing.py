"""Findings, recommendations and assessment as the public reads them."""

from dataclasses import replace

import pytest
from studies import interview, material, one_each, passage, person

from enquete.findings.material import Flag
from enquete.findings.synthesis import synthesise
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import Evidence, PieceKind, Remark, RemarkKind, Side
from enquete.model import Audience, ConsentKind, ConsentState, RespondentType

WORDS = "ils ne rappellent pas"
AGREED = {"v1": {ConsentKind.QUOTATION: ConsentState.GIVEN}}


def finding(code="C01", *evidence, **fields):
    return Piece(code, PieceKind.FINDING, {"title": "Attendre", "state": "validé", **fields}, evidence)


def quote(where="E001", number=1, side=Side.SUPPORTS, text=WORDS):
    return Evidence(number, side, where, 0, len(text), "G", "T1", False, text)


def shown(*pieces, speakers=8, flag=Flag.CITE, signed=True, remarks=()):
    """Eight people concerned, some of whom say the same words; and one professional, in E009."""
    people, interviews = one_each(8)
    people = [replace(one, consent=AGREED) for one in people]
    people.append(person("P009", RespondentType.PROFESSIONAL, AGREED))
    interviews.append(interview("E009", "P009"))
    numbers = [*range(1, speakers + 1), 9]
    said = [passage(f"E{i:03}", f"P{i:03}", "T1", WORDS, flag=flag, signed=signed) for i in numbers]
    made = material(people, interviews, said)
    return synthesise(replace(made, pieces=pieces, remarks=remarks), Audience.PUBLIC)


@pytest.mark.parametrize(("state", "read"), [("brouillon", 0), ("proposé", 0), ("validé", 1), ("abandonné", 0)])
def test_only_what_was_validated(state, read):
    assert len(shown(finding(state=state)).findings) == read


def test_codes_of_people_are_nobody_and_cases_are_not_told():
    result = shown(finding(text="P001 attend. Avec P002 et P003, cela fait loin.", cases="P001, P002"))
    (found,) = result.findings
    assert found.text == "Une personne attend. Avec plusieurs personnes, cela fait loin."
    assert found.cases == ()
    assert not any("P00" in text for _, text in result.texts())


def test_the_same_words_of_two_people_are_one_quotation():
    (found,) = shown(finding("C01", quote("E001", 1), quote("E002", 2))).findings
    assert [one.words for one in found.supporting] == [WORDS]
    assert found.supporting[0].who == ""


def test_who_is_of_too_few_is_not_quoted_in_a_finding_either():
    (found,) = shown(finding("C01", quote("E009"))).findings
    assert found.supporting == ()


@pytest.mark.parametrize(("flag", "signed"), [(Flag.CITE, False), (None, False), (Flag.NEVER, True)])
def test_words_that_nobody_signed_are_not_quoted(flag, signed):
    (found,) = shown(finding("C01", quote()), flag=flag, signed=signed).findings
    assert found.supporting == ()


def test_a_paraphrase_stands_for_its_words_once_signed():
    stands = Remark(1, RemarkKind.PARAPHRASE, "E001", 0, len(WORDS), "Personne ne la rappelle.", "lea")
    piece = finding("C01", quote())
    (found,) = shown(piece, flag=Flag.PARAPHRASE, signed=False, remarks=(stands,)).findings
    assert found.supporting == ()
    signed = replace(stands, signer="Anne")
    (found,) = shown(piece, flag=Flag.PARAPHRASE, signed=False, remarks=(signed,)).findings
    assert [(one.words, one.paraphrased) for one in found.supporting] == [("Personne ne la rappelle.", True)]


@pytest.mark.parametrize(
    ("speakers", "told"), [(6, ["personnes concernées qui parlent de « Argent » : 6 sur 8"]), (4, [])]
)
def test_the_figure_of_a_finding_is_that_of_the_table_or_none(speakers, told):
    (found,) = shown(finding(themes="G:T1, G:T1.1"), speakers=speakers).findings
    assert [one.words for one in found.figures] == told


def test_an_assessment_leads_to_no_finding_that_is_not_read():
    bilan = Piece("B01", PieceKind.ASSESSMENT, {"title": "Mieux", "state": "validé", "findings": "C01, C02"})
    (found,) = shown(finding(), finding("C02", state="proposé"), bilan).assessment
    assert dict(found.fields)["Constats"] == "C01"
