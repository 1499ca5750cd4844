"""The territories of the Hauts-de-Seine: wider than a commune, narrower than the department.

The « établissements publics territoriaux » of the Métropole du Grand Paris, by the decrees n° 2015-1655 to 2015-1658 of
11 December 2015 (Journal officiel of 13 December 2015).
"""

from __future__ import annotations

from functools import cache

from enquete.pseudonyms.words import words_of

_TERRITORIES = {
    "de Vallée Sud Grand Paris": """
        Antony, Bagneux, Bourg-la-Reine, Châtenay-Malabry, Châtillon, Clamart, Fontenay-aux-Roses, Malakoff, Montrouge,
        Le Plessis-Robinson, Sceaux
        """,
    "de Grand Paris Seine Ouest": """
        Boulogne-Billancourt, Chaville, Issy-les-Moulineaux, Marnes-la-Coquette, Meudon, Sèvres, Vanves, Ville-d'Avray
        """,
    "de Paris Ouest La Défense": """
        Courbevoie, Garches, La Garenne-Colombes, Levallois-Perret, Nanterre, Neuilly-sur-Seine, Puteaux,
        Rueil-Malmaison, Saint-Cloud, Suresnes, Vaucresson
        """,
    "de la Boucle Nord de Seine": """
        Argenteuil, Asnières-sur-Seine, Bois-Colombes, Clichy, Colombes, Gennevilliers, Villeneuve-la-Garenne
        """,
}


def territory_of(commune: str) -> str:
    """« de Paris Ouest La Défense », from the official name of a commune; empty when it lies in none of them."""
    return _by_commune().get(words_of(commune), "")


@cache
def _by_commune() -> dict[tuple[str, ...], str]:
    return {words_of(name): territory for territory, names in _TERRITORIES.items() for name in names.split(",")}
