"""Any chain of decisions keeps codings on their words, leaks nothing and loses nothing."""

import re
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquete.actions.review.decisions import Desk, merge, refuse, rename, set_policy, split_forms, split_interview
from enquete.actions.review.texts import Words
from enquete.actions.review.waiting import agenda
from enquete.actions.review.words import add
from enquete.actions.study import open_study
from enquete.errors import EnqueteError
from enquete.model import IdentifierType, Span
from enquete.pseudonyms.words import fold, words_of
from enquete.store.codings import Coding, add_coding, codings
from enquete.store.database import transaction
from enquete.store.interviews import interviews

TALKS = {
    "E001": """Enquêtrice : Bonjour, qui êtes-vous ?

Enquêtée : Je m'appelle Fatoumata. Mon fils Ibrahim va bien, c'est le père d'Ibrahim qui est parti avec momo.

Enquêtrice : Et qui vous aide ?

Enquêtée : Madame Lefèvre. Et la sœur de Karim, Aminata, qui connaît momo.
""",
    "E002": """Enquêtrice : Et vous ?

Enquêté : Je m'appelle Moussa. Madame Lefèvre m'a reçu deux fois, et momo m'attend. La fille d'Aminata aussi.
""",
}
NAMES = ("Fatoumata", "Ibrahim", "Karim", "Aminata", "Lefèvre", "Moussa")
MISSED = "momo"
CODED = {
    "E001": ("Mon fils Ibrahim va bien", "d'Ibrahim qui est parti", "Lefèvre", "Karim", "Et qui vous aide"),
    "E002": ("m'a reçu deux fois", "Je m'appelle Moussa", "et momo m'attend", "La fille d'Aminata"),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "refuse", "merge", "split", "apart", "rename", "policy"]),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A coded study, copied for each chain of decisions."""
    from enquete.actions.interviews.importing import Request, import_interviews
    from enquete.actions.study import create_study

    home = tmp_path_factory.mktemp("chains")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("APPDATA", str(home / "config"))
        made = create_study(home / "etude", ["rsa"])
        files = []
        for code, text in TALKS.items():
            files.append(home / f"{code}.txt")
            files[-1].write_text(text, encoding="utf-8")
        study = open_study(made.folder, made.key)
        report = import_interviews(study, Request(tuple(files), wave="v1"), lambda *_: None)
        assert not report.rejected
    with study.database() as db, transaction(db):
        for text in interviews(db):
            for words in CODED[text.code]:
                at = TALKS[text.code].index(words)
                span = text.source_edits.span(Span(at, at + len(words))).span
                add_coding(db, Coding(text.revision, span.start, span.end, "rsa", "R01", "lea"))
    return made


def clear(words, text, start, end):
    """text[start:end] with each name as it was said; a name is never cut."""
    parts, read = [], start
    for mask in text.masks:
        if start < mask.end and mask.start < end:
            assert start <= mask.start
            assert mask.end <= end
            said = words.of(text, mask)
            assert said
            parts += (text.text[read : mask.start], said)
            read = mask.end
    return "".join([*parts, text.text[read:end]])


def plain(text):
    """The words, whatever the small word before a name has become, or was taken in with it."""
    found = words_of(re.sub(r"\b(d|qu)['’]", r"\1e ", text))
    return found[1:] if found[0] == "de" else found


def step(desk, kind, first, second):
    names = [name for name in agenda(desk).names if name.type is IdentifierType.PERSON]
    if not names:
        return
    one, other = names[first % len(names)], names[second % len(names)]
    if kind == "add":
        add(desk, MISSED, IdentifierType.PERSON, f"E00{1 + second % 2}")
    elif kind == "refuse":
        refuse(desk, [one.entity])
    elif kind == "merge" and one.entity != other.entity:
        merge(desk, [one.entity, other.entity])
    elif kind == "split":
        split_forms(desk, one.entity, [one.forms[second % len(one.forms)]])
    elif kind == "apart":
        split_interview(desk, one.entity, f"E00{1 + second % 2}")
    elif kind == "rename":
        rename(desk, one.entity, ("Albert", "Bernard", "Édith", "Zélie Ombrage")[second % 4])
    elif kind == "policy":
        set_policy(desk, one.entity, ("code", "categorie", "")[second % 3])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_chain_of_decisions(template, tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("chain") / "etude"
    shutil.copytree(template.folder, folder)
    desk = Desk.at(open_study(folder, template.key))
    for kind, first, second in steps:
        try:
            step(desk, kind, first, second)
        except EnqueteError:
            continue  # refused, and told: nothing has changed
    cleared = {fold(c.form) for c in desk.vault.identities().cleared}
    words = Words(desk.vault, desk.vault.identities(), desk.policies)
    with desk.study.database() as db:
        texts, found = list(interviews(db)), codings(db)
    for text in texts:
        said = re.sub(r"(?m)^Enquêt\w+ : |^\n", "", TALKS[text.code])
        assert plain(clear(words, text, 0, len(text.text))) == plain(said)  # each mask stands for what was there
        coded = [clear(words, text, c.start, c.end) for c in found if c.revision == text.revision]
        assert sorted(map(plain, coded)) == sorted(map(plain, CODED[text.code]))
        readable = set(words_of(text.text))
        assert not {fold(name) for name in NAMES} & readable - cleared
    content = (folder / "etude.db").read_bytes()
    assert all(fold(name) in cleared or name.encode() not in content for name in NAMES)
    shutil.rmtree(folder.parent)
