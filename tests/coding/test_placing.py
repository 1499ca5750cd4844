import unicodedata
from dataclasses import replace as changed

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from enquete.coding.placing import Placed, Unplaced, place
from enquete.coding.tables import CodingRow, Positions, Verdict
from enquete.model import Role, Span, Turn
from enquete.offsets import Replacement, replace

SPEECHES = (
    "Comment ça s’est passé, à la CAF ?",
    "Ben… j'ai attendu deux heures. On m'a dit : « revenez demain ». Voilà, deux heures !",
    "Et après ?",
    "Après, rien. On m'a dit non. C'est le cœur qui lâche, peut-être. Tout l’hiver.",
)
TEXT = "\n".join(SPEECHES)


def turns_of(speeches: tuple[str, ...]) -> list[Turn]:
    turns, at = [], 0
    for index, speech in enumerate(speeches):
        turns.append(Turn(at, at + len(speech), index % 2, Role.PARTICIPANT))
        at += len(speech) + 1
    return turns


TURNS = turns_of(SPEECHES)
ROW = CodingRow(
    row=2,
    interview="E001",
    participant="",
    wave="",
    turn=None,
    span=None,
    positions=Positions.RAW,
    revision="",
    quote="",
    codes=("R01",),
    memo="",
    flag=None,
    suggestion="",
    verdict=Verdict.CODED,
)


def words(quote: str, turn: int | None = None) -> tuple[str, int]:
    """The words found and the index of their turn."""
    placed = place(changed(ROW, quote=quote, turn=turn), TEXT, TURNS)
    assert isinstance(placed, Placed), placed
    return placed.span.of(TEXT), placed.turn


def reason(row: CodingRow) -> str:
    placed = place(row, TEXT, TURNS)
    assert isinstance(placed, Unplaced), placed
    return placed.reason


def test_a_turn_alone_is_all_of_its_words() -> None:
    assert place(changed(ROW, turn=2), TEXT, TURNS) == Placed(Span(TURNS[2].start, TURNS[2].end), 2)


def test_a_turn_that_does_not_exist() -> None:
    assert reason(changed(ROW, turn=4)) == "le tour 5 n'existe pas : l'entretien en compte 4."


def test_positions_lose_their_spaces() -> None:
    start = TEXT.index(" rien")
    assert place(changed(ROW, span=Span(start, start + 7)), TEXT, TURNS) == Placed(Span(start + 1, start + 6), 3)


def test_positions_follow_the_mapping() -> None:
    raw = "R: Monsieur Durand est venu.\r\nE: Ah."
    text, mapping = replace(raw, [Replacement(0, 3, ""), Replacement(12, 18, "Xavier"), Replacement(28, 33, "\n")])
    assert text == "Monsieur Xavier est venu.\nAh."
    turns = [Turn(0, 25, 0, Role.PARTICIPANT), Turn(26, 29, 1, Role.INTERVIEWER)]
    for span, found in ((Span(12, 18), "Xavier"), (Span(14, 22), "Xavier est"), (Span(0, 28), text[:25])):
        placed = place(changed(ROW, span=span, turn=0), text, turns, mapping)
        assert isinstance(placed, Placed)
        assert placed.span.of(text) == found
    assert isinstance(place(changed(ROW, span=Span(0, 3)), text, turns, mapping), Unplaced)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (changed(ROW, span=Span(5, 10_000)), "dépassent"),
        (changed(ROW, span=Span(3, 9), turn=3), "les positions sont au tour 1, et la ligne dit le tour 4."),
        (changed(ROW, span=Span(7, 8)), "aucun mot"),
        (ROW, "ni tour"),
    ],
)
def test_positions_that_cannot_be(row: CodingRow, expected: str) -> None:
    assert expected in reason(row)


def test_positions_outside_the_turns() -> None:
    placed = place(changed(ROW, span=Span(0, 5)), "Titre\nOui.", [Turn(6, 10, 0, Role.PARTICIPANT)])
    assert placed == Unplaced("ces positions sont hors des tours de parole.")


def test_the_words_and_positions_of_a_working_copy_must_agree() -> None:
    start = TEXT.index("j'ai attendu")
    row = changed(ROW, span=Span(start, start + 25), positions=Positions.TEXT, quote="J’AI attendu deux heures")
    assert place(row, TEXT, TURNS) == Placed(Span(start, start + 25), 1)
    shortened = place(changed(row, quote="attendu"), TEXT, TURNS)
    assert shortened == Placed(Span(start + 5, start + 12), 1)
    assert "ne concordent pas" in reason(changed(row, quote="Et après"))
    assert "ne concordent pas" in reason(changed(row, quote="jamais dit"))


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("j'ai attendu deux heures", "j'ai attendu deux heures"),
        ("« J’ai  attendu\ndeux heures. »", "j'ai attendu deux heures."),
        ("comment ca s'est passe a la caf", "Comment ça s’est passé, à la CAF"),
        ("à la CAF ?", "à la CAF ?"),
        ("le coeur qui lache, peut etre…", "le cœur qui lâche, peut-être"),
        ("revenez demain", "revenez demain"),
        ("j'ai attendu […] revenez demain", "j'ai attendu deux heures. On m'a dit : « revenez demain"),
        (
            "ben (...) revenez... deux heures",
            "Ben… j'ai attendu deux heures. On m'a dit : « revenez demain ». Voilà, deux heures",
        ),
        ("… tout l'hiver …", "Tout l’hiver"),
        (unicodedata.normalize("NFD", "après, rien"), "Après, rien"),
        ("Voilà, deux heures ! Et après ?", "Voilà, deux heures !\nEt après ?"),
    ],
)
def test_quotations_as_people_type_them(quote: str, found: str) -> None:
    assert words(quote)[0] == found


def test_words_found_twice_need_their_turn() -> None:
    row = changed(ROW, quote="on m'a dit")
    assert (
        reason(row) == "ces mots sont à plusieurs endroits (aux tours 2, 4) : indiquez le tour, ou citez-en davantage."
    )
    assert words("on m'a dit", turn=3) == ("On m'a dit", 3)
    assert "au tour 2" in reason(changed(ROW, quote="deux heures", turn=1))


def test_exact_words_win_over_alike_ones() -> None:
    assert words("après") == ("après", 2)
    assert words("Après") == ("Après", 3)


def test_words_in_another_turn_than_said() -> None:
    assert reason(changed(ROW, quote="revenez demain", turn=3)) == (
        "ces mots sont au tour 2, et la ligne dit le tour 4."
    )


@pytest.mark.parametrize("quote", ["attendu trois heures", "tendu deux", "Ben […] peut-être", "rien […] Après"])
def test_words_that_are_not_there(quote: str) -> None:
    assert "peut-être un nom remplacé" in reason(changed(ROW, quote=quote))


def test_a_quotation_without_words() -> None:
    assert "aucun mot" in reason(changed(ROW, quote="« … »"))


WORD = st.text(st.sampled_from("abcéçœ"), min_size=1, max_size=5)
SPEECH = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
NOISE = st.sampled_from([str.upper, str.title, lambda s: s.replace(" ", "\n"), lambda s: s.replace(" ", " – "),
                         lambda s: f"« {s} »", lambda s: f"…{s}.", lambda s: unicodedata.normalize("NFD", s),
                         lambda s: s.replace("é", "e").replace("ç", "c").replace("œ", "oe")])  # fmt: skip


@given(st.lists(SPEECH, min_size=1, max_size=4), st.lists(NOISE, max_size=3), st.data())
def test_any_run_of_words_is_found_where_it_is_or_called_ambiguous(speeches, noises, data) -> None:  # type: ignore[no-untyped-def]
    text, turns = "\n".join(speeches), turns_of(tuple(speeches))
    index = data.draw(st.integers(0, len(speeches) - 1))
    run = speeches[index].split()
    first = data.draw(st.integers(0, len(run) - 1))
    last = data.draw(st.integers(first, len(run) - 1))
    quote = wanted = " ".join(run[first : last + 1])
    for noise in noises:
        quote = noise(quote)
    assume(wanted)
    placed = place(changed(ROW, quote=quote, turn=index), text, turns)
    if isinstance(placed, Unplaced):
        assert "plusieurs endroits" in placed.reason
    else:
        assert placed.turn == index
        assert turns[index].start <= placed.span.start < placed.span.end <= turns[index].end
        assert fold(placed.span.of(text)) == fold(wanted)


def fold(text: str) -> str:
    return text.casefold().replace("é", "e").replace("ç", "c").replace("œ", "oe")


@given(st.lists(SPEECH, min_size=1, max_size=4), st.integers(0, 60), st.integers(1, 60))
def test_positions_are_kept_or_refused(speeches: list[str], start: int, size: int) -> None:
    text, turns = "\n".join(speeches), turns_of(tuple(speeches))
    placed = place(changed(ROW, span=Span(start, start + size)), text, turns)
    if isinstance(placed, Placed):
        assert placed.span.of(text) == text[start : start + size].strip()
        assert turns[placed.turn].start < placed.span.end
    else:
        assert start + size > len(text) or not text[start : start + size].strip()
