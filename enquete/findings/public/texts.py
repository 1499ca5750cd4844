"""Sheets « Lisez-moi » and « Méthode » for the public. No number in them but those of the tables and of the rules."""

from __future__ import annotations

from collections.abc import Sequence

from enquete.disclosure.combinations import NOT_SHOWN
from enquete.disclosure.suppression import HIDDEN
from enquete.findings.analysis import Crossing
from enquete.findings.guide import told
from enquete.findings.method import AGREEMENT, OPEN_QUESTIONS, analysed, provenance
from enquete.findings.profile import attribute_title
from enquete.findings.public.counts import Public
from enquete.findings.public.crossings import left_out
from enquete.findings.readme import APART, NO_SHARE, SILENCE, added_up, what_it_is, whose
from enquete.findings.sheets import CHANGE, METHOD, PROFILE, QUESTIONS, QUOTATIONS, THEMES
from enquete.findings.tables import Page, Section, Table
from enquete.wording import day, from_month, label, month, n


def readme(public: Public, names: Sequence[str]) -> Page:
    """What, when, with whom, what not to conclude, how to read each sheet. names: of the others."""
    return Page(
        "Lisez-moi",
        public.base.material.title,
        (
            Section("Ce fichier", _about(public)),
            Section("Qui a été rencontré", _met(public)),
            Section("Précautions", _cautions(public)),
            Section("Les feuilles", _sheets(public, names)),
        ),
        links={(_SHEETS, place): (name, 0) for place, name in enumerate(names)},
    )


def method(public: Public, *, has_waves: bool, crossings: Sequence[tuple[Crossing, Table | None]] = ()) -> Page:
    """How words and numbers were treated, what is hidden and why, from which data."""
    return Page(
        "Méthode",
        "Méthode",
        (
            *((Section("Analyse", analysed(public.base)),) if public.base.material.analysis.name else ()),
            Section("Textes", _TEXTS),
            *(() if public.base.material.only_answers else (Section("Comptage", _counting(public)),)),
            *((Section("Questions ouvertes", _open_questions(public)),) if public.base.material.answers else ()),
            Section("Nombres masqués", _hidden(public, has_waves=has_waves)),
            *((Section("Croisements", _crossed(public, crossings)),) if crossings else ()),
            Section("Citations", _quoting(public)),
            Section("Provenance", provenance(public.base)),
        ),
    )


def _about(public: Public) -> tuple[str, ...]:
    base = public.base
    made_on = base.material.made_on
    state = f" État des données : {day(made_on)}." if made_on else ""
    days = sorted(i.date for i in base.interviews.values() if i.date)
    lines = [f"{whose(base.material)}, pour diffusion.{state}", what_it_is(base.material)]
    if days and month(days[0]) == month(days[-1]):
        lines.append(f"Entretiens menés en {month(days[0])}.")
    elif days:
        lines.append(f"Entretiens menés {from_month(days[0])} à {month(days[-1])}.")
    if base.material.answers:
        lines.append(APART)
    return tuple(lines)


def _met(public: Public) -> tuple[str, ...]:
    lines = [f"{n(label(kind), len(people))}." for kind, people in public.met.items()]
    if public.base.material.only_answers:
        lines = ["Personne en entretien : des réponses à des questionnaires."]
    if public.left_out:
        others = ", ".join(label(kind, 2) for kind in public.left_out)
        lines.append(f"Trop peu nombreux pour être comptés ou cités sans être reconnus : {others}.")
    return tuple(lines) or ("Personne encore.",)


def _cautions(public: Public) -> tuple[str, ...]:
    return (
        "Pseudonymisé n'est pas anonyme : qui connaît une personne peut la reconnaître à ses mots. Ne cherchez pas qui "
        "parle, et ne rapprochez pas ce fichier d'un autre.",
        NO_SHARE,
        SILENCE,
        "Les nombres sont petits : un écart de deux ou trois personnes ne prouve rien.",
        added_up(public.base.material),
    )


_SHEETS = 3  # section of « Lisez-moi » that tells the others


def _sheets(public: Public, names: Sequence[str]) -> tuple[str, ...]:
    beside = ", avec au plus deux caractéristiques larges" if public.base.material.attributes_shown else ""
    only_answers = public.base.material.only_answers
    met = "rencontrées, chacune une fois, telles qu'au premier entretien"
    own = {
        PROFILE: f"les personnes {'qui ont répondu, chacune une fois' if only_answers else met}.",
        THEMES: "combien de personnes parlent de chaque thème, sur combien. Les thèmes sont en gras, leurs sous-codes "
        "en retrait ; un sous-code dont le nombre ne peut pas être montré n'a pas de ligne.",
        CHANGE: "qui parle de chaque thème à chaque vague, et quand, parmi les personnes vues deux fois.",
        QUESTIONS: "combien de personnes ont répondu à chaque question des questionnaires, et combien d'entre elles "
        "ont une réponse codée sous chaque thème. Trop peu de réponses : la question n'y est pas.",
        QUOTATIONS: f"une ligne par citation{beside}. Rien n'y relie deux citations d'une même personne.",
        METHOD: "comment ces nombres ont été obtenus, et ce qui est masqué.",
    }
    return tuple(told(names, own))


_TEXTS = (
    "Les noms de personnes, de lieux et d'organismes et les identifiants sont remplacés dans les textes ; la "
    "correspondance reste dans un coffre chiffré.",
)


def _counting(public: Public) -> tuple[str, ...]:
    lines = [
        "Une personne compte une fois pour un thème, quel que soit le nombre de ses entretiens et de ses passages. "
        "Pour un thème, ses sous-codes sont réunis : le nombre du thème n'est donc pas leur somme.",
        "« Sur » : les personnes dont un entretien au moins est codé avec cette grille.",
    ]
    for grid in public.base.material.codebooks:
        version = f", version {grid.version}" if grid.version else ""
        lines.append(f"Grille « {grid.title} »{version} : {n('code', len(grid.codes))} (empreinte {grid.digest[:12]}).")
    lines.append("Entretiens, passages et mots ne sont pas comptés ici : ils aideraient à retrouver un nombre masqué.")
    return tuple(lines)


def _open_questions(public: Public) -> tuple[str, ...]:
    return (
        *OPEN_QUESTIONS,
        f"Ne sont montrés que les questions d'au moins {public.threshold} réponses et les codes d'au moins "
        f"{public.threshold} personnes, toutes vagues ensemble ; aussi, dans une question, on ne montre pas ce qui "
        "permettrait de retrouver un nombre absent. D'une question à l'autre, et avec les entretiens, les nombres ne "
        "sont ni des sommes, ni des parts les uns des autres.",
        "À côté d'une réponse citée, aucune caractéristique de la personne. Sous un code dont le nombre n'est pas "
        "montré, une réponse au plus est citée par question : plusieurs compteraient les personnes.",
    )


def _hidden(public: Public, *, has_waves: bool) -> tuple[str, ...]:
    threshold = public.threshold
    left = max(2, threshold - 1)
    lines = [
        f"Seuil : {threshold} personnes. Un nombre plus petit, zéro compris, est remplacé par « {HIDDEN} » : une case "
        "vide aussi dit quelque chose de chacun.",
        f"D'autres nombres, plus grands, sont « {HIDDEN} » eux aussi : sans eux, une soustraction rendrait les "
        "premiers. En comparant toutes les feuilles (totaux, thèmes et sous-codes, vagues, croisements), on ne peut "
        f"écarter aucune valeur de 1 à {threshold - 1} d'un nombre plus petit que le seuil, et il en reste au moins "
        f"{left} possibles des autres.",
        "Règle et méthode : Hundepool et al., Statistical Disclosure Control, Wiley, 2012, chapitre 4.",
        "Les graphiques ne montrent que des nombres donnés dans les tableaux.",
        f"Profil : chaque caractéristique est élargie (tranches réunies, communes par territoire) jusqu'à ce que "
        f"{public.k} personnes au moins partagent chaque valeur ; le reste est « {NOT_SHOWN} ».",
    ]
    if public.left_out:
        lines.append(f"Un type de répondant de moins de {threshold} personnes n'est ni compté, ni cité.")
    if public.base.material.beside:
        others = ", ".join(f"« {title} »" for title in public.base.material.beside)
        lines.append(
            f"De cette étude, sont aussi faits pour diffusion : {others}. Les nombres sont masqués document par "
            "document. De l'un à l'autre, les personnes comptées ensemble sur un thème ne diffèrent pas de moins de "
            f"{threshold}, mais un nombre masqué ici peut s'y déduire : ne les rapprochez pas."
        )
    if has_waves:
        lines.append("Évolution : thèmes sans leurs sous-codes, et sans ceux dont tous les nombres seraient masqués.")
    elif len(public.base.waves) > 1:
        lines.append(
            f"Pas de feuille « Évolution » : moins de {threshold} personnes dans une vague ou vues deux fois, ou rien "
            "qui puisse y être montré."
        )
    return tuple(lines)


def _crossed(public: Public, crossings: Sequence[tuple[Crossing, Table | None]]) -> tuple[str, ...]:
    lines = [
        "Thèmes sans leurs sous-codes, et ceux dont le nombre est donné dans « Thèmes ». Chaque personne n'y a qu'une "
        f"valeur. Les valeurs voisines sont réunies jusqu'à compter {public.k} personnes au moins, deux fois plus si "
        "possible.",
        f"Est « {HIDDEN} » un nombre plus petit que le seuil, et aussi celui de tout un groupe ou de tout un groupe "
        "sauf une personne : il dirait de chacun qu'il en parle. Un thème n'est pas dans un croisement si, pour "
        "l'y montrer, il fallait masquer davantage dans les autres feuilles.",
    ]
    return tuple(filter(None, [*lines, left_out(public, crossings)]))


def _quoting(public: Public) -> tuple[str, ...]:
    lines = [
        *AGREEMENT,
        "Chaque citation a été marquée « à citer » par un codeur, puis relue et signée par une personne nommée de "
        "l'équipe. Les citations d'un code sont dans l'ordre alphabétique.",
    ]
    names = [attribute_title(public.base, name) for name in public.base.material.attributes_shown]
    if names:
        lines += [_broad(names, public.k)]
    return tuple(lines)


def _broad(names: Sequence[str], k: int) -> str:
    return (
        f"{' et '.join(f'« {name} »' for name in names)} : élargies jusqu'à ce que {k} personnes rencontrées au moins "
        f"du même type partagent ce qui est montré. Telles qu'au premier entretien. « {NOT_SHOWN} » : non renseigné, "
        f"trop rare, ou à côté d'un thème dont le nombre est {HIDDEN}, fût-ce dans un croisement."
    )
