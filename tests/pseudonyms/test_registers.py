"""How well the register of a name is told, on names written apart from the program's own lists."""

from pathlib import Path

import pytest

from enquete.pseudonyms import choosing, words
from enquete.pseudonyms.registers import LAST, home_of, listed, names_in, register
from enquete.pseudonyms.words import fold, words_of

HELD_OUT = Path(__file__).with_name("registers_held_out.txt")


def held_out():
    for line in HELD_OUT.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            area, kind, names = line.split("\t")
            yield from (("".join(words_of(name)), area, kind == LAST) for name in names_in(names))


@pytest.mark.parametrize("surname", [False, True])
def test_accuracy_on_names_that_no_list_holds(surname):
    known = {"".join(words_of(item.name)) for item in listed() if (item.kind == LAST) is surname}
    names = [(form, area) for form, area, last in held_out() if last is surname and form not in known]
    told = [(register(form, surname=surname), area) for form, area in names]
    answers = [(home_of(found), area) for found, area in told if found]
    assert len(answers) / len(names) > 0.42
    assert sum(found == area for found, area in answers) / len(answers) > 0.8


@pytest.mark.parametrize(
    ("real", "sex", "area"),
    [
        ("Mohamed", "m", "maghreb"),
        ("Fatima", "f", "maghreb"),
        ("Mamadou", "m", "west-africa"),
        ("Thushara", "f", "south-asia/tamil"),
        ("Ionuț", "m", "eastern-europe/romania"),
        ("Fernanda", "f", "iberia/portugal"),
        ("Kévin", "m", "france/popular"),
        ("Ségolène", "f", "france/upper"),
    ],
)
def test_a_name_of_the_same_register(real, sex, area):
    names = {item.name for item in listed() if item.area == area and item.kind == sex}
    chosen = {
        choosing.first_name(fold(real), sex, bytes([n]) * 32, "P001", lambda _: False, same_register=True)
        for n in range(40)
    }
    assert chosen <= names - {real}
    assert len(chosen) > 5


def test_when_the_lists_run_out_a_wider_one_serves():
    def taken(name):
        return register(name, surname=False) == "eastern-europe/romania"

    def more_taken(name):
        return home_of(register(name, surname=False)) == "eastern-europe"

    chosen = choosing.first_name("ionut", "m", b"x" * 32, "P001", taken, same_register=True)
    assert home_of(register(fold(chosen), surname=False)) == "eastern-europe"
    assert choosing.first_name("ionut", "m", b"x" * 32, "P001", more_taken, same_register=True)[0].isalpha()


def test_a_name_of_several_registers_tells_none():
    assert register("ines", surname=False) == ""


def test_no_name_offered_is_a_word_or_a_town():
    offered = {
        choosing.first_name("khadija", "f", bytes([n]) * 32, "P001", lambda _: False, same_register=same)
        for n in range(100)
        for same in (False, True)
    }
    assert len(offered) > 50
    assert not {name for name in offered if words.load().is_word(name)}
    assert "Lourdes" not in offered
