"""What a person decides of the book of names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete import offsets
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType, Mention
from enquete.pseudonyms import Detection, Document, NameBook, Passage, Policies, Policy, replacements, resolve, written
from enquete.pseudonyms.editing import candidates, merged, split, with_policy, with_pseudonym
from enquete.pseudonyms.words import words_of

SECRET = b"another secret of the study....."
EMPTY, PLAIN = NameBook(), Policies()
FIRST = ("Mamadou", "Karim", "Fatima", "Nawel", "Jean-Baptiste", "Rose", "Ayşe", "Ionuț", "Aminata", "Lassana")
LAST = ("Diallo", "Benslimane", "Le Bihan", "Petit", "Haddouche", "Da Silva")
full = st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)).map(" ".join)
name = st.one_of(st.sampled_from(FIRST), full, full.map(str.upper), full.map(str.lower))


def document_of(names, between=", puis "):
    """A text that holds these names, and its detection."""
    text, mentions = "On a vu ", []
    for said in names:
        mentions.append(Mention(len(text), len(text) + len(said), IdentifierType.PERSON, 1.0, "donné"))
        text += said + between
    return Document(text, (Passage(0, len(text)),)), Detection(tuple(mentions), ())


def resolved(names, book=EMPTY, group=("P001",), policies=PLAIN):
    """(new text, book)."""
    document, detection = document_of(names)
    resolution = resolve([document], [detection], [group], book, SECRET, (), policies)
    return offsets.replace(document.text, replacements(resolution.identified[0]))[0], resolution.book


def problem(function, *arguments):
    with pytest.raises(EnqueteError) as caught:
        function(*arguments)
    return caught.value.problem


def test_a_chosen_pseudonym_stands_for_first_name_and_surname():
    _, book = resolved(["Karim Benslimane", "Karim"])
    (entity,) = book.entities
    (entity,) = with_pseudonym(book, entity.key, "Rachid Amrani").entities
    assert written(entity, "Karim Benslimane") == "Rachid Amrani"
    assert written(entity, "KARIM") == "RACHID"
    assert entity.fixed
    (entity,) = with_pseudonym(book, entity.key, "Rachid").entities
    assert written(entity, "Karim") == "Rachid"
    assert "Benslimane" not in written(entity, "Karim Benslimane")
    (entity,) = with_pseudonym(book, entity.key, "[le gardien]").entities
    assert written(entity, "Karim Benslimane") == "[le gardien]"


def test_a_pseudonym_is_nobody_s_name_and_nobody_else_s_pseudonym():
    _, book = resolved(["Karim Benslimane", "Nawel Haddouche"])
    karim, nawel = book.entities
    assert problem(with_pseudonym, book, karim.key, "Nawel") is Problem.PSEUDONYM_IS_NAME
    assert problem(with_pseudonym, book, karim.key, "Rachid", ["Rachid Ziani"]) is Problem.PSEUDONYM_IS_NAME
    assert problem(with_pseudonym, book, karim.key, " ") is Problem.PSEUDONYM_EMPTY
    assert problem(with_pseudonym, book, karim.key, written(nawel, "Nawel")) is Problem.PSEUDONYM_TAKEN
    family = written(nawel, "Haddouche")
    _, book = resolved(["Sami Haddouche"], book)
    sami = book.entities[-1]
    with_pseudonym(book, sami.key, f"Rachid {family}")  # the family shares its surname


def test_a_policy_of_its_own():
    _, book = resolved(["Karim Benslimane"])
    key = book.entities[0].key

    def under(policy):
        return written(with_policy(book, key, policy, Policies(), SECRET).entities[0], "Karim Benslimane")

    assert under("code") == "[personne 1]"
    assert under("categorie") == "[personne]"
    assert under("garder") == "Karim Benslimane"
    assert under("prenom") == under("") == written(book.entities[0], "Karim Benslimane")
    assert problem(with_policy, book, key, "tranche", Policies(), SECRET) is Problem.UNKNOWN_POLICY
    kept = with_policy(book, key, "garder", Policies(), SECRET)
    assert list(kept.forms()) == []  # no secret of the gate
    text, after = resolved(["Karim Benslimane"], kept)
    assert "Karim Benslimane" in text
    assert after == kept


def test_entities_of_different_types_do_not_merge():
    _, book = resolved(["Karim"])
    text = "à Oran"
    mention = Mention(2, 6, IdentifierType.PLACE, 1.0, "donné")
    book = resolve([Document(text, (Passage(0, 6),))], [Detection((mention,), ())], [("P001",)], book, SECRET).book
    assert problem(merged, book, [e.key for e in book.entities]) is Problem.MERGE_TYPES


def test_candidates_share_a_surname_across_participants():
    book = NameBook()
    for group, names in (("P001", ["Karim Benslimane", "Rose Petit"]), ("P002", ["Karim Benslimane", "Rose"])):
        _, book = resolved(names, book, (group,))
    ((one, other),) = candidates(book)
    forms = {e.key: e.forms for e in book.entities}
    assert forms[one] == forms[other] == ("Karim Benslimane",)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(name, min_size=1, max_size=6), st.sampled_from(sorted({Policy.FIRST_NAME, Policy.REGISTER, Policy.CODE}))
)
def test_no_form_is_written_with_a_real_name_in_it(names, policy):
    policies = Policies(persons=policy)
    text, book = resolved(names, policies=policies)
    real = {word for said in names for word in words_of(said)}
    assert not real & set(words_of(text))
    for entity in book.entities:
        for form in entity.forms:
            assert not real & set(words_of(written(entity, form, policies)))
            assert written(entity, form, policies)


@settings(deadline=None, max_examples=60)
@given(st.lists(name, min_size=1, max_size=6))
def test_resolving_again_changes_nothing(names):
    text, book = resolved(names)
    assert resolved(names, book) == (text, book)


@settings(deadline=None, max_examples=40)
@given(st.lists(name, min_size=1, max_size=4), st.lists(name, min_size=1, max_size=4))
def test_people_of_different_participants_do_not_depend_on_the_order(names, others):
    avoid = {word for said in (*names, *others, "on a vu puis") for word in words_of(said)}

    def text_of(said, group, book=EMPTY):
        document, detection = document_of(said)
        resolution = resolve([document], [detection], [group], book, SECRET, avoid)
        return offsets.replace(document.text, replacements(resolution.identified[0]))[0], resolution.book

    one, book = text_of(names, ("P001",))
    assert text_of(others, ("P002",), book)[0] == text_of(others, ("P002",))[0]
    _, book = text_of(others, ("P002",))
    assert text_of(names, ("P001",), book)[0] == one


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(FIRST), min_size=2, max_size=4, unique=True))
def test_merged_then_split_are_apart_again(names):
    _, book = resolved(names)
    first, second, *_ = book.entities
    one = merged(book, [first.key, second.key])
    (both,) = [e for e in one.entities if e.key == first.key]
    assert set(both.forms) == {*first.forms, *second.forms}
    assert {written(both, form).casefold() for form in both.forms} == {written(first, first.forms[0]).casefold()}
    apart = split(one, first.key, second.forms, Policies(), SECRET)
    kept, new = next(e for e in apart.entities if e.key == first.key), apart.entities[-1]
    assert (kept.forms, new.forms) == (first.forms, second.forms)
    assert {c.form for c in new.components} == {c.form for c in second.components}
    assert written(new, new.forms[0]) != written(kept, kept.forms[0])
    assert len({e.key for e in apart.entities}) == len(book.entities)


def test_some_forms_must_go_and_some_must_stay():
    _, book = resolved(["Karim", "Karim Benslimane"])
    key = book.entities[0].key
    assert problem(split, book, key, ["Karim", "Karim Benslimane"], Policies(), SECRET) is Problem.SPLIT_FORMS
    assert problem(split, book, key, ["Nawel"], Policies(), SECRET) is Problem.SPLIT_FORMS


def test_a_family_split_in_two_keeps_its_surname_and_two_of_one_surname_alone_do_not():
    _, book = resolved(["Karim Benslimane", "Nawel Benslimane"])
    one = merged(book, [e.key for e in book.entities])
    kept, new = split(one, book.entities[0].key, ["Nawel Benslimane"], PLAIN, SECRET).entities
    assert written(kept, "Benslimane") == written(new, "Benslimane")
    assert written(kept, "Karim") != written(new, "Nawel")
    _, book = resolved(["Benslimane", "BENSLIMANE"])
    kept, new = split(book, book.entities[0].key, ["BENSLIMANE"], PLAIN, SECRET).entities
    assert written(kept, "Benslimane") != written(new, "Benslimane")
