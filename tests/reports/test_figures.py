"""Bars as pictures, and what stands for them where they are not seen."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree
from PIL import Image
from whole_synthesis import THEME_FIGURE, WAVE_FIGURE

from enquete.disclosure.contents import texts_of
from enquete.findings.figures import described
from enquete.findings.tables import Figure, Series
from enquete.reports import figures


def words(svg: bytes) -> list[str]:
    """Of a drawing, in order."""
    return [text for element in etree.fromstring(svg).iter() if (text := (element.text or "").strip())]


def test_a_figure_is_described_with_all_its_numbers() -> None:
    assert described(THEME_FIGURE) == (
        "Diagramme en barres : Nouveau RSA : personnes concernées qui parlent de chaque thème. Nombre de personnes, "
        "sur 24 dont un entretien est codé. Accompagnement et relation avec le référent : 17 ; Heures d'activité : 12 "
        "; Sanctions : 9 ; Santé : 6 ; Logement : 0."
    )


def test_a_description_says_what_each_bar_of_a_group_is_and_what_is_masked() -> None:
    said = described(WAVE_FIGURE)
    assert "Dans l'ordre : Printemps 2025 (sur 24), Automne 2025 (sur 18)." in said
    assert "Sanctions : quelques (4 au plus) et 8 ;" in said


@pytest.mark.parametrize("width", [9.5, 16.0])
def test_every_label_and_number_is_in_the_drawing(width: float) -> None:
    drawn = " ".join(words(figures.svg(WAVE_FIGURE, width)))
    for text in ("Accompagnement et relation", "Printemps 2025 (sur 24)", "Automne 2025 (sur 18)", "14", "quelques"):
        assert text in drawn


def test_the_gate_reads_the_words_of_a_drawing() -> None:
    read = " ".join(text.text for text in texts_of("figure.svg", figures.svg(THEME_FIGURE, 9.5)))
    assert "Heures d'activité" in read


def test_equal_figures_give_equal_bytes_without_date_or_program() -> None:
    for draw in (figures.png, figures.svg):
        data = draw(THEME_FIGURE, 16.0)
        assert data == draw(THEME_FIGURE, 16.0)
        assert b"atplotlib" not in data.replace(b"matplotlib.org/", b"")
        assert b"metadata" not in data


def test_bars_have_the_length_of_their_numbers_and_masked_ones_are_hatched() -> None:
    figure = replace(WAVE_FIGURE, categories=("A", "B"), series=(Series("S", (8, "quelques"), 4),))
    root = etree.fromstring(figures.svg(figure, 16.0))
    bars = [
        e for e in root.iter() if "stroke-width: 0.5" in e.get("style", "") and e.get("d", "").strip().endswith("z")
    ]
    lengths = []
    for bar in bars:
        across = [float(x) for x in re.findall(r"[ML] ([\d.]+)", bar.get("d"))]
        lengths.append(max(across) - min(across))
    assert lengths[0] == pytest.approx(2 * lengths[1], rel=1e-3)
    assert ["url(#" in bar.get("style", "") for bar in bars] == [False, True]


def test_a_long_figure_is_cut_between_categories_and_keeps_its_scale() -> None:
    names = tuple(f"Thème {rank}" for rank in range(40))
    figure = Figure("T", "Thème", "Personnes", names, (Series("S", tuple(range(40))),))
    cut = figures.parts(figure, 16.0, 12.0)
    assert len(cut) > 1
    assert [name for one in cut for name in one.categories] == list(names)
    for one in cut:
        with Image.open(io.BytesIO(figures.png(one, 16.0, figures.longest(figure)))) as picture:
            assert picture.height / picture.width <= 12.0 / 16.0 + 0.01


@pytest.mark.parametrize("text", ["Coût : 5 $ ou 6 $", "<b>&amp;</b>", "🙂", "", "mot" * 60])
def test_any_label_is_drawn_as_it_is(text: str) -> None:
    figure = Figure(text, text, text, (text,), (Series(text, (3,)), Series("T", (0,))))
    assert figures.png(figure, 16.0).startswith(b"\x89PNG")
    drawn = "".join(words(figures.svg(figure, 9.5))).replace(" ", "")
    assert text.replace(" ", "") in drawn


def test_nothing_is_written_in_the_home_of_the_user(tmp_path) -> None:
    code = (
        "from enquete.findings.tables import Figure, Series\nfrom enquete.reports import figures\n"
        "figures.png(Figure('T', 'C', 'V', ('a',), (Series('S', (1,)),)), 16.0)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "MPL"))} | {"HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert list(tmp_path.iterdir()) == []
