"""What each sheet of a synthesis holds, for « Lisez-moi »."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enquete.findings import sheets
from enquete.findings.material import Material
from enquete.findings.quotations import TO_PARAPHRASE
from enquete.model import Audience

_ABOUT = {
    sheets.ESSENTIAL: "ce qu'il faut retenir, sur une page à imprimer.",
    sheets.PROFILE: "les personnes rencontrées, par type de répondant et par vague.",
    sheets.LOST: "qui a été revu et qui ne l'a pas été, pour voir quelles voix manquent ensuite.",
    sheets.THEMES: "combien de personnes parlent de chaque thème, sur combien ; puis entretiens, passages et mots. Les "
    "thèmes sont en gras, leurs sous-codes en retrait. 0 : personne n'en parle. Un nombre souligné mène à sa première "
    "citation. Graphique à droite du tableau.",
    sheets.CHANGE: "la même chose vague par vague, et pour les personnes vues deux fois, quand elles en parlent. "
    "Graphique à droite du tableau.",
    sheets.QUESTIONS: "pour chaque question des questionnaires, combien de personnes ont répondu à chaque vague, et "
    "combien d'entre elles ont une réponse codée sous chaque thème.",
    sheets.VOCABULARY: "les mots qui reviennent plus qu'ailleurs sous un thème ou dans un groupe : à aller relire.",
    sheets.CASES: "une ligne par personne, un résumé par thème, écrit par l'équipe.",
    sheets.TYPES: "les types que l'équipe a faits à la main, et qui en est.",
    sheets.FINDINGS: "ce que l'équipe comprend, avec les citations qui l'appuient et celles qui le contredisent.",
    sheets.RECOMMENDATIONS: "ce qui est demandé, à qui, et où cela en est.",
    sheets.ASSESSMENT: "avancées, freins, propositions, points de vigilance, suites à donner.",
    sheets.CODEBOOK: "ce que veut dire chaque code, ce qu'on y met et ce qu'on n'y met pas.",
    sheets.AGREEMENT: "jusqu'où des codeurs qui ont lu les mêmes entretiens mettent les mêmes codes.",
    sheets.METHOD: "comment ces nombres ont été obtenus, et leurs limites.",
    sheets.CASES_CODES: "une ligne par personne, le nombre de ses passages sous chaque code.",
    sheets.WHO_SPEAKS: "code par code, qui en parle et qui n'en parle jamais.",
    sheets.TOGETHER: "les codes qui viennent ensemble : mêmes mots, même tour de parole, même entretien.",
    sheets.NEW_CODES: "ce que chaque entretien, dans l'ordre des dates, a apporté de nouveau.",
    sheets.CONTEXTS: "les mots de la feuille Vocabulaire, là où ils sont dits.",
}
_CROSSING = "qui parle de quoi, groupe par groupe ; la première ligne dit sur combien de personnes."


def about(names: Sequence[str], material: Material, audience: Audience) -> list[str]:
    """A line a sheet, in their order. names: of the sheets; one that is unknown here is a crossing."""
    own = dict(_ABOUT)
    own[sheets.QUOTATIONS] = f"une ligne par citation, avec {_beside(material, audience)}."
    if audience is not Audience.TEAM:
        own[sheets.QUOTATIONS] += (
            f" « {TO_PARAPHRASE} » : la personne peut être reconnue à ses mots, il faut les dire autrement."
        )
    if material.only_answers:
        own[sheets.PROFILE] = "les personnes qui ont répondu, par type de répondant et par vague."
    return told(names, own)


def told(names: Sequence[str], own: Mapping[str, str]) -> list[str]:
    """own: what some of them hold for these readers."""
    return [f"{name} : {own.get(name) or _ABOUT.get(name, _CROSSING)}" for name in names]


def _beside(material: Material, audience: Audience) -> str:
    if audience is Audience.TEAM:
        return "le code de la personne, celui de l'entretien, la marque des codeurs et toutes les caractéristiques"
    broad = " et au plus deux caractéristiques larges" if material.attributes_shown else ""
    return f"un numéro de personne propre à ce fichier{broad}"
