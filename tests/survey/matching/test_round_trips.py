"""What each platform writes of the same answers is matched back the same; what could be misread is never read."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st
from matching_tables import matched, table

from enquete.survey.matching.loose import loose, name_key
from enquete.survey.questionnaire.types import Choice, Question, QuestionKind, Questionnaire

WORDS = ("aide", "logement", "travail", "santé", "école", "ami", "mairie", "colis", "prêt", "papiers", "été", "œuvre")
NAMES = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=8).filter(lambda n: n[0].isalpha())
LABELS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from([" ", ", ", " / ", " (", " - "]).map(lambda mark: mark.join(words).capitalize())
)
CODES = st.one_of(NAMES, st.integers(-2, 12).map(str))
KINDS = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.RANK, QuestionKind.INTEGER, QuestionKind.TEXT)


@st.composite
def questions(draw, place):
    kind = draw(st.sampled_from(KINDS))
    path = draw(st.sampled_from([(), ("g",), ("g", "h")]))
    name = draw(NAMES)
    label = f"{draw(LABELS)} {'abcdefgh'[place] * 2} ?"
    choices = ()
    if kind in (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.RANK):
        codes = draw(st.lists(CODES, min_size=2, max_size=5, unique_by=name_key))
        labels = draw(st.lists(LABELS, min_size=len(codes), max_size=len(codes), unique_by=loose))
        choices = tuple(Choice(code, said) for code, said in zip(codes, labels, strict=True))
    return Question(name, kind, f"{kind} liste", label, choices=choices, path=path)


@st.composite
def surveys(draw):
    """A questionnaire, and a few answers by name of question."""
    count = draw(st.integers(1, 5))
    asked = [draw(questions(place)) for place in range(count)]
    asked = list({name_key(question.name): question for question in asked}.values())
    rows = [{question.name: draw(answers(question)) for question in asked} for _ in range(draw(st.integers(1, 6)))]
    return Questionnaire("q", "Q", tuple(asked), "q.md"), rows


def answers(question):
    names = [choice.name for choice in question.choices]
    given_ = {
        QuestionKind.ONE: st.sampled_from(names or [""]),
        QuestionKind.MANY: st.lists(st.sampled_from(names or [""]), min_size=1, unique=True).map(tuple),
        QuestionKind.RANK: st.permutations(names).map(tuple),
        QuestionKind.INTEGER: st.integers(-50, 5000),
        QuestionKind.TEXT: st.sampled_from(["oui", "12", "bien, merci"]),
    }[question.kind]
    return st.one_of(st.none(), given_)


def said(question, name):
    return next(choice.label for choice in question.choices if choice.name == name)


def one_cell(question, answer, separator, labelled):
    if isinstance(answer, tuple):
        return separator.join(said(question, name) if labelled else name for name in answer)
    return said(question, answer) if labelled and question.choices and answer else answer


def by_names(form, rows):
    """KoboToolbox and ODK: groups, names."""
    headers = ["/".join((*q.path, q.name)) for q in form.questions]
    return headers, [[one_cell(q, row[q.name], " ", False) for q in form.questions] for row in rows]


def by_labels(form, rows):
    """Google Forms: labels everywhere."""
    return [q.label for q in form.questions], [
        [one_cell(q, row[q.name], ", ", True) for q in form.questions] for row in rows
    ]


def by_codes(form, rows):
    """LimeSurvey: « code. label » headers, a column for each choice or place."""
    headers, cells = [], [[] for _ in rows]
    for q in form.questions:
        if q.kind is QuestionKind.MANY:
            headers += [f"{q.name}[{choice.name}]" for choice in q.choices]
            for row, line in zip(rows, cells, strict=True):
                line += ["" if row[q.name] is None else "Y" if c.name in row[q.name] else "N" for c in q.choices]
        elif q.kind is QuestionKind.RANK:
            headers += [f"{q.name}[{place}]" for place in range(1, len(q.choices) + 1)]
            for row, line in zip(rows, cells, strict=True):
                line += row[q.name] or [""] * len(q.choices)
        else:
            headers.append(f"{q.name}. {q.label}")
            for row, line in zip(rows, cells, strict=True):
                line.append(row[q.name])
    return headers, cells


def split_labels(form, rows):
    """Framaforms: a column for each choice, under labels, crossed."""
    headers, cells = [], [[] for _ in rows]
    for q in form.questions:
        if q.kind is QuestionKind.MANY:
            headers += [f"{q.label} [{choice.label}]" for choice in q.choices]
            for row, line in zip(rows, cells, strict=True):
                line += ["X" if c.name in (row[q.name] or ()) else "" for c in q.choices]
        else:
            headers.append(q.label)
            for row, line in zip(rows, cells, strict=True):
                line.append(one_cell(q, row[q.name], ";", True))
    return headers, cells


WRITERS = (by_names, by_labels, by_codes, split_labels)


def read_back(form, rows, writer):
    headers, cells = writer(form, rows)
    if len(set(headers)) < len(headers):
        return None
    return matched(form, table(headers, *[[cell if cell is not None else "" for cell in line] for line in cells]))


def wrong(found, form, rows):
    """The answers that are neither right nor told to be in doubt."""
    for question in form.questions:
        if question.kind is QuestionKind.TEXT:
            read = found.texts(question.name)
            wanted = [row[question.name] or "" for row in rows]
        else:
            read = found.answers(question.name)
            wanted = [row[question.name] for row in rows]
        for got, want in zip(read, wanted, strict=bool(read)):
            same = set(got) == set(want) if question.kind is QuestionKind.MANY and got and want else got == want
            if not same and not (got in (None, "") and found.faults):
                yield question.name, got, want


@given(survey=surveys(), writer=st.sampled_from(WRITERS))
@settings(max_examples=150, deadline=None)
def test_no_answer_is_misread(survey, writer):
    form, rows = survey
    found = read_back(form, rows, writer)
    if found is not None:
        assert list(wrong(found, form, rows)) == []


@st.composite
def plain_surveys(draw):
    """Names and labels that nothing could mix up."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
    asked = []
    for place, kind in enumerate(kinds):
        choices = tuple(Choice(f"c{place}{i}", f"{WORDS[i]}, {WORDS[(i + 3) % 6]} n° {place}{i}") for i in range(4))
        several = choices if kind in (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.RANK) else ()
        asked.append(Question(f"q{place}", kind, f"{kind} l", f"Question {'abcde'[place]} ?", choices=several))
    rows = [{question.name: draw(answers(question)) for question in asked} for _ in range(draw(st.integers(1, 6)))]
    return Questionnaire("q", "Q", tuple(asked), "q.md"), rows


@given(survey=plain_surveys(), writer=st.sampled_from(WRITERS))
@settings(max_examples=100, deadline=None)
def test_what_is_plain_is_read_without_a_question(survey, writer):
    form, rows = survey
    found = read_back(form, rows, writer)
    assert found is not None
    assert not found.faults
    assert list(wrong(found, form, rows)) == []
    for question in form.questions:
        if question.kind is not QuestionKind.TEXT and any(row[question.name] is not None for row in rows):
            assert found.answers(question.name)
