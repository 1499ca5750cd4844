"""Sheet « Méthode »: how texts were treated and coded, how things are counted, what is hidden."""

from __future__ import annotations

import hashlib

from enquete.findings.analyses.telling import asked
from enquete.findings.counting import Base
from enquete.findings.new_codes import CAUTION, new_codes_lines
from enquete.findings.quotations import Withheld
from enquete.findings.shares import LEAST
from enquete.findings.tables import Page, Section
from enquete.model import Audience
from enquete.wording import day, n, number


def method(base: Base, withheld: Withheld, audience: Audience) -> Page:
    """How texts were treated and coded, how things are counted, what is hidden, from which data."""
    return Page(
        "Méthode",
        "Méthode",
        (
            *((Section("Analyse", (*analysed(base), *base.material.left_out)),) if base.material.analysis.name else ()),
            Section("Textes", _texts(base)),
            Section("Codage", _coding(base)),
            *(() if base.material.only_answers else (Section("Comptage", _counting(base)),)),
            *((Section("Questions ouvertes", _open_questions(base)),) if base.material.answers else ()),
            Section("Protection des personnes", _protection(base, audience)),
            Section("Citations", _quoting(withheld, audience)),
            Section("Provenance", provenance(base)),
        ),
    )


AGREEMENT = (
    "Aucune citation de qui a refusé ou retiré son accord à l'entretien ou à la citation. Un retrait vaut pour "
    "toutes les vagues, un refus pour la sienne.",
    "Dans un entretien à plusieurs, un passage dont on ne sait qui le dit n'est cité que si toutes l'acceptent.",
)


def analysed(base: Base) -> tuple[str, ...]:
    """What the analysis keeps of the study."""
    return tuple(asked(base.material)) or ("Toute l'étude est retenue.",)


def _texts(base: Base) -> tuple[str, ...]:
    lines = [
        "Les noms de personnes, de lieux et d'organismes et les identifiants (téléphones, adresses, numéros) sont "
        "repérés par le programme dans les textes, puis remplacés ; la correspondance reste dans un coffre chiffré.",
    ]
    if base.material.masked is not None:
        lines.append(f"{n('passage remplacé', base.material.masked)} dans l'ensemble des textes.")
    if base.material.doubts:
        lines.append(f"{n('passage douteux', base.material.doubts)} en attente de relecture.")
    lines.append("Un repérage automatique en oublie : une relecture humaine reste nécessaire avant toute diffusion.")
    return tuple(lines)


def _coding(base: Base) -> tuple[str, ...]:
    coders = {c for i in base.interviews.values() for c in i.coders} | {c for p in base.passages for c in p.coders}
    lines = []
    if not base.material.only_answers:
        twice = sum(len(set(i.coders)) > 1 for i in base.interviews.values())
        done = sum(bool(i.coders) or bool(base.read_with(i.code)) for i in base.interviews.values())
        coded = f"{n('entretien codé', done)} sur {number(len(base.interviews))}"
        lines.append(f"{coded}, par {n('codeur', len(coders))} ; {number(twice)} par plusieurs codeurs.")
    if base.material.coded_between:
        first, last = base.material.coded_between
        lines.append(f"Codages faits du {day(first)} au {day(last)}.")
    for grid in base.material.codebooks:
        version = f", version {grid.version}" if grid.version else ""
        read = "" if base.material.only_answers else f", {n('entretien codé', len(base.coded(grid)))} avec elle"
        lines.append(
            f"Grille « {grid.title} »{version} : {n('code', len(grid.codes))}{read} (empreinte {grid.digest[:12]})."
        )
    if base.material.suggestions is not None:
        lines.append(
            f"{n('repérage', base.material.suggestions)} du programme en attente d'une décision : rien n'en est compté."
        )
    if base.material.settled:
        kept = (
            f", dont {number(base.material.upheld)} où les lectures de chacun restent" if base.material.upheld else ""
        )
        settled = n("désaccord arbitré", base.material.settled)
        lines.append(f"{settled} entre codeurs{kept} ; la version arbitrée compte à la place de leurs codages.")
    if base.material.unsettled:
        late = n("codage", base.material.unsettled)
        lines.append(f"{late} après l'arbitrage de l'entretien, à arbitrer : rien n'en est compté.")
    if base.material.proposed:
        proposed = n("codage", base.material.proposed)
        lines.append(f"{proposed} sous des codes proposés, à harmoniser : rien n'en est compté.")
    if base.strays:
        lines.append(f"{n('passage', base.strays)} sous un code absent des grilles : rien n'en est compté.")
    return tuple(lines)


def _counting(base: Base) -> tuple[str, ...]:
    lines = [
        "Une personne compte une fois pour un thème, quel que soit le nombre de ses entretiens, de ses passages et des "
        "codeurs.",
        "« Sur » : les personnes (ou les entretiens) dont un entretien au moins est codé avec cette grille. Les "
        "entretiens que personne n'a codés n'y sont pas.",
        "Une grille compte comme employée pour un entretien dès qu'un passage y est codé avec elle ; un entretien codé "
        "sans aucun passage compte pour toutes les grilles.",
        "Deux passages de la même personne qui se recouvrent sous le même code n'en font qu'un, même s'ils viennent de "
        "deux codeurs. Pour un thème, ses sous-codes sont réunis : le nombre du thème n'est donc pas leur somme.",
        "« N'en parlent jamais » : les personnes dont un entretien est codé, sans aucun passage sous ce code.",
        "Les mots sont ceux des passages codés ; pour des notes, ceux de l'enquêteur.",
    ]
    if any(len(codes) > 1 for codes in base.present.values()):
        lines.append(
            "Entretien à plusieurs : un passage dont on ne sait qui le dit compte pour l'entretien, "
            "pour aucune personne en particulier."
        )
    if len(base.waves) > 1:
        lines.append(
            "Entre deux vagues, « les deux fois » et « seulement » comparent les personnes dont les deux entretiens "
            "sont codés. Ne plus parler d'un sujet ne veut pas dire qu'il est réglé."
        )
    lines.append(NO_PERCENTAGE)
    brought = list(new_codes_lines(base))
    return (*lines, *brought, *((CAUTION,) if brought else ()))


NO_PERCENTAGE = f"Un pourcentage n'est donné que sur {LEAST} personnes au moins : en dessous, « 7 personnes sur 24 »."


OPEN_QUESTIONS = (
    "Une réponse à une question ouverte est un texte à part : elle n'entre ni dans le profil, ni dans les thèmes, ni "
    "dans les vagues, qui ne comptent que des entretiens. Ses verbatims disent à quelle question elle répond.",
    "Une personne compte une fois par question et par code, quel que soit le nombre de ses passages et des codeurs. "
    "« Sur » : les personnes dont la réponse à cette question est codée, une réponse finie sans aucun code comprise.",
    "Une réponse compte pour chaque grille avec laquelle des réponses à la même question sont codées.",
    "Un même mot n'a pas le même poids dans une réponse de quelques mots et dans une heure d'entretien : les deux "
    "comptes ne se comparent pas.",
)


def _open_questions(base: Base) -> tuple[str, ...]:
    answers = base.material.answers
    coders = {coder for one in answers for coder in one.coders}
    done = sum(bool(one.coders) for one in answers)
    twice = sum(len(set(one.coders)) > 1 for one in answers)
    coded = f"{n('réponse codée', done)} sur {number(len(answers))}"
    return (f"{coded}, par {n('codeur', len(coders))} ; {number(twice)} par plusieurs codeurs.", *OPEN_QUESTIONS)


def _protection(base: Base, audience: Audience) -> tuple[str, ...]:
    if audience is Audience.TEAM:
        return (
            "Rien n'est masqué ici : ni les petits nombres, ni les caractéristiques, ni les codes des personnes. Ce "
            "fichier est pour celles et ceux qui ont signé un engagement de confidentialité.",
        )
    threshold = base.material.threshold
    crossed = f"Profil, Perdues de vue, Thèmes × …, Évolution{', Questions ouvertes' if base.material.answers else ''}"
    lines = [
        f"Seuil : {threshold} personnes. Dans les croisements ({crossed}), une case de 1 à {threshold - 1} est "
        "remplacée par « quelques » ; 0 reste 0. Les graphiques leur donnent à toutes la même barre claire.",
        "Limite : les totaux restent visibles. En les comparant d'une colonne ou d'une feuille à l'autre, on peut "
        "parfois retrouver une case cachée. Cette règle convient à un groupe tenu au secret, pas à une publication.",
        "Profil, Perdues de vue, Thèmes × … : hors des caractéristiques larges choisies pour l'étude, une valeur que "
        f"moins de {threshold} personnes partagent est réunie aux autres sans être nommée.",
        "Les numéros de personne sont tirés pour cet état des données : ils changent avec elles et ne suivent pas "
        "l'ordre des rencontres.",
    ]
    if any(kind is not base.leading for kind in base.types):
        lines.append(
            "Perdues de vue, Thèmes × …, Évolution : pas de ligne pour un type de répondant de moins de "
            f"{threshold} personnes."
        )
    if base.material.speech:
        lines.append(f"Vocabulaire : aucun mot que moins de {threshold} personnes disent dans la partie.")
    return tuple(lines)


def _quoting(withheld: Withheld, audience: Audience) -> tuple[str, ...]:
    lines = list(AGREEMENT)
    if withheld.consent:
        lines.append(f"{n('citation non montrée', withheld.consent)} : la personne n'accepte pas d'être citée.")
    if audience is Audience.TEAM:
        lines.append(
            "Marque : ce qu'un codeur a dit d'une citation. « Ne jamais citer » et « à paraphraser » : ces mots ne "
            "sortent pas de l'équipe."
        )
        return tuple(lines)
    if withheld.never:
        lines.append(f"{n('citation non montrée', withheld.never)} : un codeur a marqué « ne jamais citer ».")
    if withheld.unmarked_hidden:
        lines.append(f"{n('citation non montrée', withheld.unmarked_hidden)} : personne ne l'a marquée « à citer ».")
    if withheld.paraphrase:
        lines.append(
            f"{n('citation', withheld.paraphrase)} à paraphraser (paraphrase écrite : {withheld.paraphrased}) : les "
            "mots eux-mêmes ne sont pas dans ce fichier."
        )
    if withheld.unmarked:
        lines.append(
            f"{n('citation', withheld.unmarked)} sans marque « à citer » d'un codeur : à relire une à une avant de les "
            "reprendre dans un document."
        )
    lines.append("Les mémos des codeurs restent dans l'équipe.")
    return tuple(lines)


def provenance(base: Base) -> tuple[str, ...]:
    """Which analysis, codebooks, program and data."""
    material = base.material
    analysis, made_on = material.analysis, material.made_on
    state = f" (état au {day(made_on)})" if made_on else ""
    lines = [f"Programme : enquete, version {material.version}."]
    if analysis.name:
        file = f"analyses/{analysis.name}.toml, empreinte {analysis.digest[:16]}"
        lines.insert(0, f"Analyse : « {analysis.title} » ({file}).")
    for grid in material.codebooks:
        version = f", version {grid.version}" if grid.version else ""
        lines.append(f"Grille : « {grid.title} »{version} (empreinte {grid.digest[:16]}).")
    lines.append(f"Empreinte des données : {material.database_hash[:16]}{state}.")
    if material.pieces or material.remarks:
        written = hashlib.sha256(repr((material.pieces, material.remarks)).encode()).hexdigest()
        lines.append(f"Empreinte des constats, recommandations et remarques : {written[:16]}.")
    return tuple(lines)
