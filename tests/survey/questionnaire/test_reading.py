"""From sheets to questions."""

from __future__ import annotations

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure, MissingKind
from enquete.survey.questionnaire.reading import read_questionnaire
from enquete.survey.questionnaire.types import QuestionKind, Usage

WHOLE = """\
## survey

| type | name | label | relevant | required | usage | mesure | situation | parameters |
|---|---|---|---|---|---|---|---|---|
| text | code | Code | | yes | Cle | | | |
| today | jour | | | | | | | |
| text | nom | Nom et prénom | | | identité | | | |
| begin group | foyer | Le foyer | | | | | | |
| begin_repeat | enfants | Les enfants | | | | | | |
| integer | age | Âge de l'enfant | | | | | | |
| end repeat | | | | | | | | |
| select_multiple aide or_other | aides | Quelles aides ? | ${age} > 3 | | | | ressources | |
| end group | | | | | | | | |
| select one from oui | rsa | Touchez-vous le RSA ? | | | attribut, contact | ordinale | | |
| rank aide | rang | Qu'est-ce qui compte ? | | | | | | |
| range | avenir | De 0 à 10 ? | | | | | | start=0 end=10 step=1 |
| note | mot | Merci. | | | | | | |
| decimal | pond | Poids | | | poids | | | |
| text | recit | Racontez. | | | | | | |

## choices

| list name | name | label | manque |
|---|---|---|---|
| aide | apl | APL | |
| aide | aah | AAH | |
| oui | 1 | Oui | |
| oui | 2 | Non | |
| oui | 8 | Je préfère me taire | refus |
| oui | 9 | Ne sait pas | |

## settings

| form_title | version | Vague |
|---|---|---|
| Premier entretien | 2 | v1 v2 |
"""


@pytest.fixture
def read(tmp_path):
    def reading(text, name="q.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_questionnaire(tmp_path / name)

    return reading


def test_a_whole_questionnaire(read):
    found = read(WHOLE)
    assert (found.name, found.title, found.version, found.waves) == ("q", "Premier entretien", "2", ("v1", "v2"))
    assert [(q.name, q.kind.value, q.path, q.repeat) for q in found.questions] == [
        ("code", "text", (), ""),
        ("jour", "date", (), ""),
        ("nom", "text", (), ""),
        ("age", "integer", ("foyer", "enfants"), "foyer/enfants"),
        ("aides", "select_multiple", ("foyer",), ""),
        ("aides_other", "text", ("foyer",), ""),
        ("rsa", "select_one", (), ""),
        ("rang", "rank", (), ""),
        ("avenir", "integer", (), ""),
        ("pond", "decimal", (), ""),
        ("recit", "text", (), ""),
    ]
    assert found.question("code").usage == {Usage.KEY}
    assert found.question("code").required
    assert found.question("jour").usage == {Usage.DAY}
    assert found.question("rsa").usage == {Usage.ATTRIBUTE, Usage.CONTACT}
    assert found.question("rsa").measure is Measure.ORDINAL
    assert found.question("aides").situation == "ressources"
    assert found.question("aides").relevant == "${age} > 3"
    assert found.question("aides").other
    assert found.question("aides").type == "select_multiple aide or_other"
    assert [q.name for q in found.questions if q.open] == ["aides_other", "recit"]
    assert found.question("recit").line == 19
    assert found.sheets["choices"][0] == {"list name": "aide", "name": "apl", "label": "APL"}


def test_kinds_of_missing_by_their_column_or_by_the_very_words(read):
    choices = read(WHOLE).question("rsa").choices
    assert [(c.name, c.missing) for c in choices] == [
        ("1", None),
        ("2", None),
        ("8", MissingKind.REFUSED),
        ("9", MissingKind.DONT_KNOW),
    ]


def test_a_refused_claim_is_no_refusal_to_answer(read):
    text = "## survey\n\n| type | name | label |\n|---|---|---|\n| select_one r | r | Le recours ? |\n\n## choices\n\n"
    text += "| list_name | name | label |\n|---|---|---|\n| r | 1 | Accepté |\n| r | 2 | Refusé |\n"
    assert [c.missing for c in read(text).question("r").choices] == [None, None]


def test_the_same_name_in_two_groups(read):
    text = "## survey\n\n| type | name | label |\n|---|---|---|\n"
    text += "| begin group | a | A |\n| text | x | X |\n| end group | | |\n"
    text += "| begin group | b | B |\n| text | x | X |\n| end group | | |\n"
    assert [q.name for q in read(text).questions] == ["a/x", "b/x"]


def test_a_loop_is_a_group_by_choice(read):
    text = "## survey\n\n| type | name | label |\n|---|---|---|\n| begin loop over c | l | L |\n"
    text += "| integer | n | Combien de %(label)s ? |\n| end loop | | |\n\n"
    text += "## choices\n\n| list_name | name | label |\n|---|---|---|\n| c | p | poires |\n| c | k | kiwis |\n"
    found = read(text).questions
    assert [(q.name, q.path, q.label) for q in found] == [
        ("l/p/n", ("l", "p"), "Combien de poires ?"),
        ("l/k/n", ("l", "k"), "Combien de kiwis ?"),
    ]


@pytest.mark.parametrize(
    ("headers", "language", "label"),
    [
        ("label::English (en) | label::Français (fr)", "Français (fr)", "Deux"),
        ("label:English | label:French", "French", "Deux"),
        ("label | label::English (en)", "", "Un"),
    ],
)
def test_french_is_shown_where_there_is_some(read, headers, language, label):
    found = read(f"## survey\n\n| type | name | {headers} |\n|---|---|---|---|\n| text | a | Un | Deux |\n")
    assert (found.language, found.questions[0].label) == (language, label)


def test_kinds_of_older_and_newer_types(read):
    kinds = {
        "string": QuestionKind.TEXT, "int": QuestionKind.INTEGER, "dateTime": QuestionKind.DATETIME,
        "time": QuestionKind.TIME, "barcode": QuestionKind.TEXT, "geopoint": QuestionKind.OTHER,
        "image": QuestionKind.OTHER, "acknowledge": QuestionKind.ONE, "phone number": QuestionKind.TEXT,
    }  # fmt: skip
    rows = "".join(f"| {kind} | q{n} | Q |\n" for n, kind in enumerate(kinds))
    found = read(f"## survey\n\n| type | name | label |\n|---|---|---|\n{rows}")
    assert [q.kind for q in found.questions] == list(kinds.values())
    assert found.questions[-1].usage == {Usage.CONTACT}


def test_a_usage_that_does_not_exist_is_refused_for_a_name_would_stay_in_clear(read):
    with pytest.raises(EnqueteError) as caught:
        read("## survey\n\n| type | name | label | usage |\n|---|---|---|---|\n| text | nom | Nom | identitée |\n")
    assert caught.value.problem is Problem.QUESTIONNAIRE_FAULTS
    assert "ligne 5 : l'usage « identitée » n'existe pas" in str(caught.value)


def test_an_unknown_type_is_refused(read):
    with pytest.raises(EnqueteError, match="le type « txt » n'existe pas"):
        read("## survey\n\n| type | name | label |\n|---|---|---|\n| txt | nom | Nom |\n")
