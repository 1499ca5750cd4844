"""What the detector finds in a text alone is found among many: nothing is lost to the look that comes first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquete.disclosure import shapes
from enquete.disclosure.contents import Text
from enquete.disclosure.gate import Ground, KnownForms, judge
from enquete.disclosure.variants import plain

GROUND = Ground(b"secret", KnownForms([]))
ORDINARY = st.lists(
    st.sampled_from(
        ["on", "revient", "demain,", "le dossier", "était", "un", "deux", "12", "né", "page", "euh", "la.", "«"]
    ),
    max_size=8,
).map(" ".join)
FIGURES = {"0": "zéro", "1": "un", "2": "deux", "3": "trois", "4": "quatre", "5": "cinq", "6": "six", "7": "sept",
           "8": "huit", "9": "neuf"}  # fmt: skip
TENS = ["dix", "douze", "vingt-deux", "trente-neuf", "quarante et un", "soixante-dix-sept", "quatre-vingt-dix-huit"]


@st.composite
def planted(draw):
    """A number or an address, however somebody may have written or said it."""
    kind = draw(
        st.sampled_from(["phone", "said", "dictated", "caf", "nir", "iban", "plate", "mail", "birth", "code", "handle"])
    )
    gap = draw(st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f"]))
    digits = "".join(str(draw(st.integers(0, 9))) for _ in range(8))
    pairs = [digits[at : at + 2] for at in range(0, 8, 2)]
    if kind == "phone":
        return draw(st.sampled_from(["06", "+33 6", "0033 7", "01", "0 6"])) + gap + gap.join(pairs)
    if kind == "said":
        between = draw(st.sampled_from([" ", ", ", " euh ", ", et puis ", " et après "]))
        return between.join(
            [
                draw(st.sampled_from(["zéro six", "06", "Zéro-sept"])),
                *draw(st.lists(st.sampled_from(TENS), min_size=4, max_size=4)),
            ]
        )
    if kind == "dictated":
        return (
            draw(st.sampled_from(["mon numéro de sécu c'est ", ""]))
            + "un "
            + " ".join(FIGURES[d] for d in "85057800608491")
        )
    if kind == "caf":
        return "allocataire " + draw(
            st.sampled_from(["deux cent douze quarante et un", "n° 0042917", "trente-neuf, dix-huit", "2 330 918"])
        )
    if kind == "nir":
        return gap.join(["1", "85", "05", "78", "006", "084", "91"])
    if kind == "iban":
        return draw(st.sampled_from([" ", ""])).join(["FR76", "3000", "6000", "0112", "3456", "7890", "189"])
    return draw(st.sampled_from({
        "plate": ["AB-123-CD", "AB 123 CD", "123 ABC 92", "la plaque c'est ab deux cent douze cd"],
        "mail": ["fanta.d92@exemple.invalid", "fanta point diop arobase exemple point fr", "FANTA@EXEMPLE.INVALID"],
        "birth": ["née le 12/03/1984", "né le 3 mai 1961", "naissance : 1.2.61", "DDN 12-03-1984"],
        "code": ["digicode 45B12", "le digicode c'est 1234", "mot de passe : soleil92", "code secret 4521"],
        "handle": ["insta fanta_92", "mon snap c'est fanta92", "pseudo : mimi.92"],
    }[kind]))  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(ORDINARY, planted(), ORDINARY), min_size=1, max_size=3), ORDINARY)
def test_what_the_detector_finds_in_a_text_is_found_among_many(parts, other):
    texts = [" ".join(part) for part in parts]
    places = {finding.place for finding in judge([Text(t, t) for t in [other, *texts]], GROUND)}
    assert [text for text in texts if list(shapes.find(plain(text))) and text not in places] == []


@pytest.mark.parametrize(
    "text",
    ["AB-123-CD", "c'est zéro six euh douze euh trente-neuf, dix, vingt", "le digicode c'est 4521", "A\0B-123-CD"],
)
def test_short_and_hesitating_ones_are_found_too(text):
    assert judge([Text("ici", f"alors {text} voilà")], GROUND)
