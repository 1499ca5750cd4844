"""« Essentiel » shows what the other sheets show, and fits one page."""

from dataclasses import replace
from math import ceil

import pytest

from enquete.findings.essential import essential
from enquete.findings.tables import Column, Figure, Kind, Page, Section, Series, Synthesis, Table
from enquete.findings.written.shown import ShownFinding, ShownRecommendation

COLUMNS = (
    Column("Grille", Kind.PHRASE),
    Column("Code", Kind.SHORT),
    Column("Thème", Kind.PHRASE),
    Column("Personnes concernées qui en parlent", Kind.COUNT),
    Column("Sur", Kind.COUNT),
)
ROWS = (
    ("RSA", "R1", "Attente", 7, 24),
    ("RSA", "R1.1", "Courriers", 6, 24),
    ("RSA", "R2", "Logement", "masqué", 24),
    ("RSA", "R3", "Santé", 0, 24),
    ("Numérique", "N1", "Guichets", 5, 12),
)
FIGURES = tuple(
    Figure(f"{grid} : qui parle", "Thème", "Personnes", tuple("abcdefghij"), (Series("s", tuple(range(10))),))
    for grid in ("Numérique", "RSA")
)
README = Page(
    "Lisez-moi",
    "Essai",
    (
        Section("Qui a été rencontré", ("30 personnes concernées.", "2 aidants.", "Une phrase. " * 20)),
        Section("Précautions", tuple(f"Précaution {number}." for number in range(5))),
    ),
)


def made(findings: int = 0, recommendations: int = 0, title: str = "Attendre pèse plus que le refus") -> Synthesis:
    shown = tuple(
        ShownFinding(f"C{n:02}", title, ("validé", "proposé", "brouillon")[n % 3]) for n in range(1, findings + 1)
    )
    asked = tuple(
        ShownRecommendation(
            f"REC{n:02}", title, ("validée", "abandonnée")[n % 2], addressees=(("CCAS", "CAF")[n // 2 % 2],)
        )
        for n in range(1, recommendations + 1)
    )
    return Synthesis(
        title="Essai",
        readme=README,
        profile=Table("Profil", (), ()),
        themes=Table("Thèmes", COLUMNS, ROWS, (0, 1, 0, 0, 0), 2, FIGURES),
        waves=None,
        quotations=Table("Verbatims", (), ()),
        method=Page("Méthode", "Méthode", ()),
        findings=shown,
        recommendations=asked,
        findings_table=_table("Constats", [one.code for one in shown]),
        recommendations_table=_table("Recommandations", [one.code for one in asked]),
    )


def _table(name: str, codes: list[str]) -> Table:
    return Table(name, (Column("N°", Kind.SHORT),), tuple((code,) for code in codes), keys=tuple(codes))


def lines(page: Page, title: str) -> list[str]:
    return [line for section in page.sections if section.title == title for line in section.lines]


def leads(page: Page, title: str) -> list[tuple[str, int]]:
    place = next(number for number, section in enumerate(page.sections) if section.title == title)
    return [target for (section, _), target in sorted(page.links.items()) if section == place]


def test_figures_are_those_of_the_themes_out_of_how_many_and_lead_there() -> None:
    page = essential(made())
    assert lines(page, "Thèmes") == [
        "RSA – Attente : 7 sur 24 personnes concernées",
        "Numérique – Guichets : 5 sur 12 personnes concernées",
    ]
    assert leads(page, "Thèmes") == [("Thèmes", 0), ("Thèmes", 4)]


def test_the_chart_is_of_the_codebook_of_the_first_theme_its_longest_bars() -> None:
    (figure,) = essential(made()).figures
    assert figure.title == "RSA : qui parle"
    assert figure.categories == tuple("abcdefgh")
    assert figure.series[0].values == tuple(range(8))


def test_findings_come_the_surest_first_and_drafts_are_left_to_their_sheet() -> None:
    page = essential(made(findings=5))
    assert lines(page, "Constats") == [
        "C03 : Attendre pèse plus que le refus (validé)",
        "C01 : Attendre pèse plus que le refus (proposé)",
        "C04 : Attendre pèse plus que le refus (proposé)",
        "et 2\u00a0autres : feuille Constats",
    ]
    assert leads(page, "Constats") == [("Constats", row) for row in (2, 0, 3, 0)]


def test_recommendations_come_by_addressee_without_those_given_up() -> None:
    page = essential(made(recommendations=4))
    assert lines(page, "Recommandations") == [
        "CAF : Attendre pèse plus que le refus (validée)",
        "CCAS : Attendre pèse plus que le refus (validée)",
        "et 2\u00a0autres : feuille Recommandations",
    ]


@pytest.mark.parametrize("title", ["Court", "Un titre que personne ne lirait en entier, tant il est long " * 20])
def test_what_does_not_fit_a_page_is_said_to_be_elsewhere(title: str) -> None:
    page = essential(made(findings=90, recommendations=90, title=title))
    for name in ("Constats", "Recommandations"):
        told = lines(page, name)
        assert sum(ceil(len(line) / 70) for line in told) <= 10
        assert f"feuille {name}" in told[-1]
    assert len(lines(page, "À garder en tête")) == 3
    assert len(lines(page, "Qui a été rencontré")) == 1


def test_a_study_without_anything_still_has_a_page() -> None:
    nothing = made()
    page = essential(replace(nothing, themes=None, readme=Page("Lisez-moi", "Essai", ())))
    assert page.figures == ()
    assert all(section.lines for section in page.sections)
