import pytest

from enquete.pseudonyms.numbers import numbers_in


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("zero six trente neuf quatre vingt dix huit", [0, 6, 39, 98]),
        ("soixante et onze", [71]),
        ("quatre vingts", [80]),
        ("mille neuf cent soixante dix huit", [1978]),
        ("deux mille quatre", [2004]),
        ("cinq cent soixante huit euros et vingt et un jours", [568, 21]),
        ("douze trente trois", [12, 33]),
        ("le 14 et rien", [14]),
    ],
)
def test_numbers_in_words(said: str, values: list[int]) -> None:
    assert [n.value for n in numbers_in(said.split())] == values
