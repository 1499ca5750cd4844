"""What is written is read back the same: Markdown both ways, a workbook; and pyxform takes it without a warning."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2json_backends import md_to_dict
from pyxform.xls2xform import convert

from enquete.reports.xlsform import write_xlsform
from enquete.survey.questionnaire.drafts import CHOICES, SURVEY, Draft, cell, markdown
from enquete.survey.questionnaire.reading import questionnaire
from enquete.survey.questionnaire.sheets import markdown_book, read_book

_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ", exclude_characters="\u00a0‘’“”$<>"
)
_WORDS = st.text(_LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split()) or "mot")
_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True).filter(lambda name: name != "meta")
_TYPES = st.sampled_from(
    ["text", "integer", "decimal", "date", "time", "dateTime", "note", "select_one", "select_multiple", "rank"]
)


@st.composite
def drafts(draw):
    """A random questionnaire: groups, repeats, lists, usages, kinds of missing."""
    draft = Draft(draw(_WORDS))
    draft.settings = {
        "form_title": draft.title,
        "form_id": "formulaire",
        "vague": draw(st.sampled_from(["", "v1", "v1 v2"])),
    }
    lists = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    made = []
    for name in lists:
        choices = draw(st.lists(_NAMES, min_size=1, max_size=4, unique=True))
        missing = st.sampled_from(["", "", "ne sait pas", "refus", "sans objet", "non posée", "autre"])
        made.append(draft.list_of(name, [(choice, draw(_WORDS), draw(missing)) for choice in choices]))
    opened: list[str] = []
    for name in draw(st.lists(_NAMES, min_size=1, max_size=8, unique=True)):
        step = draw(st.sampled_from(["question", "question", "question", "group", "repeat", "end"]))
        if step in ("group", "repeat"):
            draft.add(f"begin_{step}", name, draw(_WORDS))
            draft.add("text", f"in_{name}", draw(_WORDS))
            opened.append(step)
            continue
        if step == "end" and opened:
            draft.end(opened.pop())
        kind = draw(_TYPES)
        listed = f" {draw(st.sampled_from(made))}" if kind in ("select_one", "select_multiple", "rank") else ""
        usage = draw(st.sampled_from(["", "", "identité", "contact", "attribut"])) if kind == "text" else ""
        hint = draw(st.one_of(st.just(""), _WORDS))
        draft.add(
            kind + listed, name, draw(_WORDS), hint=hint, usage=usage, required=draw(st.sampled_from(["", "yes"]))
        )
    while opened:
        draft.end(opened.pop())
    return draft


def natural(draft):
    """The same questionnaire as a person may write it: headings above ordinary tables."""
    parts = [f"# {draft.title}", ""]
    for name, columns, rows in (
        ("survey", SURVEY, draft.rows),
        ("choices", CHOICES, draft.choices),
        ("settings", ("form_title", "form_id", "vague"), [draft.settings]),
    ):
        parts += [f"## {name}", "", f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
        parts += [f"| {' | '.join(cell(row.get(column, '')) for column in columns)} |" for row in rows]
        parts.append("")
    return "\n".join(parts)


def asked(book):
    """Without what differs by the kind of file: its name, its lines, its empty columns."""
    found = questionnaire(book)
    questions = tuple(replace(question, line=0) for question in found.questions)
    return replace(found, questions=questions, source="", name="", title=found.title)


@settings(max_examples=30)
@given(drafts())
def test_a_questionnaire_is_read_back_the_same(draft):
    ours, theirs = markdown_book("q.md", markdown(draft)), markdown_book("q.md", natural(draft))
    assert ours.faults == theirs.faults == ()
    assert asked(ours) == asked(theirs)
    data = write_xlsform(ours, draft.title)
    assert data == write_xlsform(ours, draft.title)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q.xlsx"
        path.write_bytes(data)
        assert asked(read_book(path)) == asked(ours)
        warnings: list[str] = []
        convert(str(path), warnings=warnings)
        assert [text for text in warnings if "case-insensitive" not in text] == []


@settings(max_examples=25)
@given(drafts())
def test_pyxform_reads_our_markdown_as_we_do(draft):
    text = markdown(draft)
    theirs, ours = md_to_dict(text.encode()), markdown_book("q.md", text)
    for sheet in ours.sheets:
        assert theirs[sheet] == [dict(line.cells) for line in ours.sheets[sheet].lines]
