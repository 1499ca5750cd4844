import pytest

from enquete.pseudonyms import categories

HAUTS_DE_SEINE = """
Antony, Asnières-sur-Seine, Bagneux, Bois-Colombes, Boulogne-Billancourt, Bourg-la-Reine, Châtenay-Malabry, Châtillon,
Chaville, Clamart, Clichy, Colombes, Courbevoie, Fontenay-aux-Roses, Garches, La Garenne-Colombes, Gennevilliers,
Issy-les-Moulineaux, Levallois-Perret, Malakoff, Marnes-la-Coquette, Meudon, Montrouge, Nanterre, Neuilly-sur-Seine,
Le Plessis-Robinson, Puteaux, Rueil-Malmaison, Saint-Cloud, Sceaux, Sèvres, Suresnes, Vanves, Vaucresson,
Ville-d'Avray, Villeneuve-la-Garenne
""".replace("\n", " ").split(",")


@pytest.mark.parametrize("commune", [name.strip() for name in HAUTS_DE_SEINE])
def test_the_communes_of_the_hauts_de_seine(commune: str) -> None:
    assert len(HAUTS_DE_SEINE) == 36
    for written in (commune, commune.lower(), commune.upper(), commune.replace("-", " ")):
        assert categories.place(written, "j habite a") == "[commune des Hauts-de-Seine]"


@pytest.mark.parametrize(
    ("mention", "category"),
    [
        ("Bois-le-Roi", "[commune de Seine-et-Marne]"),
        ("Pont-Audemer", "[commune de l'Eure]"),
        ("Port-Marly", "[commune des Yvelines]"),
        ("Fort-Mardyck", "[commune du Nord]"),
        ("Mont-Saint-Aignan", "[commune de la Seine-Maritime]"),
        ("Val-de-Reuil", "[commune de l'Eure]"),
        ("L'Hôpital", "[commune de la Moselle]"),
        ("Tours", "[commune d'Indre-et-Loire]"),
        ("bois de Boulogne", "[lieu public]"),
        ("parc Monceau", "[lieu public]"),
        ("Porte de Versailles", "[station]"),
        ("gare de Bois-Colombes", "[station]"),
        ("12 rue de Bois-Colombes", "[adresse]"),
    ],
)
def test_a_commune_is_known_before_the_kind_that_its_first_word_tells(mention: str, category: str) -> None:
    assert categories.place(mention, "") == category


@pytest.mark.parametrize("commune", [name.strip() for name in HAUTS_DE_SEINE])
def test_each_commune_of_the_hauts_de_seine_has_its_territory(commune: str) -> None:
    for written in (commune, commune.lower(), commune.replace("-", " ")):
        assert categories.territory(written).startswith("[commune de ")


def test_territories() -> None:
    assert categories.territory("Asnières") == "[commune de la Boucle Nord de Seine]"
    assert categories.territory("Rueil") == "[commune de Paris Ouest La Défense]"
    assert categories.territory("Lyon") == categories.territory("la gare") == ""
