"""Whatever a file holds, it is matched or told to be in doubt; nothing is raised, and a draft changes nothing."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from matching_tables import FORM, WAVES, asked, table

from enquete.survey.answers.types import DataFile, ResponseSet, Tagged
from enquete.survey.matching.drafts import propose_mapping
from enquete.survey.matching.mapping import mapping_of
from enquete.survey.matching.match import match
from enquete.survey.matching.trial import trial_lines

FORMS = asked(FORM)
HEADERS = st.one_of(
    st.sampled_from(
        ["code", "age", "foyer/age", "rsa", "Rsa", "aides", "aides/colis", "aides[pret]", "aides_other", "aides/other",
         "ordre", "ordre[1]", "depuis", "avis", "vague", "Vague", "_uuid", "_index", "_parent_index", "Nom", "lieu",
         "submitdate", "Touchez-vous le RSA ?", "Quelles aides recevez-vous ? [Prêt]", ""]
    ),
    st.text(max_size=12),
)  # fmt: skip
VALUES = st.one_of(
    st.just(""),
    st.sampled_from(["oui", "Non", "nsp", "colis pret", "Colis, repas, Prêt", "v1", "2", "1", "X", "n/a", "03/04/2025",
                     "2025-03-04", "1.200", "12,5", "faim toit", "P1", "P2", "-oth-"]),
    st.integers(-5, 2000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.sampled_from([Tagged("a"), Tagged("z")]),
    st.text(max_size=10),
)  # fmt: skip


@st.composite
def tables(draw, name):
    headers = draw(st.lists(HEADERS, min_size=1, max_size=7, unique=True))
    rows = draw(st.lists(st.lists(VALUES, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=5))
    return table(headers, *rows, name=name)


@given(
    main=tables("reponses"),
    linked=st.lists(tables("enfants"), max_size=1),
    wave=st.sampled_from([None, "v1", "v2"]),
    sets=st.sampled_from([(), (ResponseSet("$aides", "", ("aides/colis", "age", "rien"), 1),)]),
)
@settings(max_examples=100)
def test_nothing_is_raised(main, linked, wave, sets):
    data = DataFile("reponses.csv", "csv", (main, *linked), sets=sets)
    found = match(data, FORMS, None, WAVES, wave)
    assert all(trial_lines(found, lambda text: text) for _ in (1,))
    for one in found.tables:
        rows = len(one.numbers)
        assert all(len(answered.codes) == rows for answered in one.answered)
        assert all(len(words.texts) == rows for words in (*one.texts, *one.identity, *one.contact))
        assert all(day is None or isinstance(day, datetime.date) for day in one.days)
    again = match(data, FORMS, mapping_of(propose_mapping(found)), WAVES, wave)
    assert set(again.faults) == set(found.faults)
