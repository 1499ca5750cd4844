"""Sheet « Lisez-moi »: what was done, who is missing, what not to conclude."""

from __future__ import annotations

from collections.abc import Sequence

from enquete.findings.counting import Base, consents, takes_part
from enquete.findings.guide import about
from enquete.findings.material import InterviewFacts, Material, Person
from enquete.findings.sheets import README
from enquete.findings.tables import Page, Section
from enquete.model import Audience, ConsentKind, ConsentState, InterviewKind
from enquete.wording import day, from_month, label, month, n, number, texts


def readme(base: Base, audience: Audience, names: Sequence[str]) -> Page:
    """What, when, how many, who is missing, what not to conclude, how to read each sheet. names: of the others."""
    sections = (
        Section("Ce fichier", _about(base, audience)),
        Section("Qui a été rencontré", _met(base)),
        Section("Qui manque", _missing(base)),
        Section("Précautions", _cautions(base, audience)),
        Section("Les feuilles", _sheets(base, audience, names)),
    )
    links = {(len(sections) - 1, place): (name, 0) for place, name in enumerate(names)}
    return Page(README, base.material.title, sections, links=links)


def whose(material: Material) -> str:
    """« Synthèse de l'étude « … » », or an analysis of it."""
    asked = material.analysis
    of = f"de l'étude « {material.title} »"
    return f"Analyse « {asked.title} » {of}" if asked.name else f"Synthèse {of}"


def what_it_is(material: Material) -> str:
    """What a synthesis does, and does not."""
    where = "les entretiens et les réponses ouvertes" if material.answers else "les entretiens"
    if material.only_answers:
        where = "les réponses à des questions ouvertes"
    return (
        f"Elle compte ce que des personnes ont codé à la main dans {where}. Elle n'interprète rien : les constats "
        "s'écrivent avec les verbatims sous les yeux."
    )


NO_SHARE = (
    "Les personnes ont été choisies, pas tirées au sort : on peut dire « 7 personnes sur 24 », jamais « 29 % des "
    "allocataires ». Un nombre dit combien en ont parlé, pas combien sont concernées."
)
SILENCE = "Ne pas parler d'un sujet n'est pas ne pas le vivre : la question n'a peut-être pas été posée."
NEVER_ADDED = "Personnes concernées, aidants et professionnels ne sont jamais additionnés."
_ADDED = (
    "Cette analyse compte ensemble personnes concernées, aidants et professionnels, parce qu'elle le demande : un "
    "nombre ne dit pas de qui il s'agit."
)


def added_up(material: Material) -> str:
    """Whether types of respondents are counted as one."""
    return _ADDED if material.analysis.together else NEVER_ADDED


def _about(base: Base, audience: Audience) -> tuple[str, ...]:
    made_on = base.material.made_on
    state = f" État des données : {day(made_on)}." if made_on else ""
    readers = "l'équipe" if audience is Audience.TEAM else "le groupe-projet"
    lines = [f"{whose(base.material)}, pour {readers}.{state}", what_it_is(base.material)]
    for wave in base.waves:
        interviews = [i for i in base.interviews.values() if i.wave == wave]
        if interviews or not base.material.answers:
            lines.append(f"{base.wave_label(wave)} : {_period(interviews)}.")
    if base.material.answers:
        lines.append(APART)
    return tuple(lines)


APART = (
    "Les réponses aux questions ouvertes ne sont jamais ajoutées aux entretiens : elles se comptent à part, question "
    "par question, dans la feuille « Questions ouvertes »."
)


def _answered(base: Base) -> list[str]:
    """How many answers to open questions, of whom."""
    answers = Base(base.material.answering())
    if not answers.interviews:
        return []
    people: frozenset[str] = frozenset().union(*answers.met.values())
    kinds = [n(label(kind), count) for kind in answers.types if (count := len(answers.of_type(people, kind)))]
    asked = len({one.question for one in answers.interviews.values()})
    words = n("mot", sum(one.words for one in answers.interviews.values()))
    coded = sum(bool(one.coders) for one in answers.interviews.values())
    done = "codée" if coded < 2 else "codées"
    return [
        f"Par questionnaire : {texts(0, len(answers.interviews), asked)}, soit {words}, de {' et '.join(kinds)} ; "
        f"{number(coded)} {done}."
    ]


def _met(base: Base) -> tuple[str, ...]:
    lines = []
    everyone: frozenset[str] = frozenset().union(*base.met.values())
    for kind in () if base.material.only_answers else base.types:
        people = base.of_type(everyone, kind)
        seen = [sum(code in base.met[wave] for wave in base.waves) for code in people]
        lines.append(f"{n(label(kind), len(people))}{_times(seen)}.")
    recorded = [i for i in base.interviews.values() if i.kind is InterviewKind.RECORDED]
    notes = [i for i in base.interviews.values() if i.kind is InterviewKind.NOTES]
    if recorded:
        words = n("mot", sum(i.words for i in recorded))
        lines.append(f"{n('entretien enregistré', len(recorded))}, soit {words} des répondants.")
    if notes:
        lines.append(f"{n('entretien', len(notes))} sans enregistrement : on n'en a que les notes de l'enquêteur.")
    shared = sum(len(codes) > 1 for codes in base.present.values())
    if shared:
        lines.append(f"{n('entretien', shared)} avec plusieurs personnes à la fois.")
    relays = {relay for p in base.material.people for relay in p.recruited_by.values() if relay}
    if relays:
        lines.append(f"Personnes rencontrées par l'intermédiaire de {n('relais', len(relays))}.")
    return (*lines, *_answered(base))


def _times(seen: Sequence[int]) -> str:
    """« dont 6 à deux vagues ou plus »."""
    more = sum(times > 1 for times in seen)
    return f", dont {number(more)} à deux vagues ou plus" if more else ""


def _missing(base: Base) -> tuple[str, ...]:
    """Refusals, withdrawals, meetings that did not take place, interviews not coded, consents not recorded."""
    lines = []
    people = base.material.people
    withdrawn = {p.code for p in people if _withdrew(base, p)}
    if len(withdrawn) == 1:
        lines.append("1 personne a retiré son accord : rien de ce qu'elle a dit n'est compté ni cité.")
    elif withdrawn:
        lines.append(
            f"{n('personne', len(withdrawn))} ont retiré leur accord : rien de ce qu'elles ont dit n'est compté."
        )
    with_text = {(code, i.wave) for i in base.material.interviews for code in i.participants}
    with_text |= base.material.responded  # met by a questionnaire
    for wave in base.waves:
        expected = [p for p in people if p.code not in withdrawn and (wave in p.attributes or wave in p.consent)]
        refused = [p for p in expected if not takes_part(p, wave)]
        absent = [p for p in expected if takes_part(p, wave) and (p.code, wave) not in with_text]
        if refused:
            lines.append(f"{base.wave_label(wave)} : {n('refus', len(refused))}.")
        if absent:
            lines.append(f"{base.wave_label(wave)} : {n('personne prévue', len(absent))} sans entretien.")
    lines += _not_seen_again(base)
    uncoded = [i for i in base.interviews.values() if not i.coders and not base.read_with(i.code)]
    if uncoded:
        lines.append(f"{n('entretien', len(uncoded))} sans aucun codage encore : ni thèmes, ni verbatims.")
    lines += _unknown_consents(base)
    return tuple(lines) or ("Personne, d'après ce que l'étude enregistre.",)


def _withdrew(base: Base, person: Person) -> bool:
    states = (consents(person, ConsentKind.PARTICIPATION, wave) for wave in base.waves)
    return ConsentState.WITHDRAWN in states


def _not_seen_again(base: Base) -> list[str]:
    if len(base.waves) < 2 or not base.met[base.waves[-1]]:
        return []
    first, last = base.waves[0], base.waves[-1]
    lost = base.met[first] - frozenset().union(*(base.met[wave] for wave in base.waves[1:]))
    if not lost:
        return []
    who = n("personne vue", len(lost), "personnes vues")
    not_again = "n'a pas été revue" if len(lost) == 1 else "n'ont pas été revues"
    then = f"en entretien ensuite (dernière vague : {base.wave_label(last)})."
    return [f"{who} en « {base.wave_label(first)} » {not_again} {then}"]


def _unknown_consents(base: Base) -> list[str]:
    lines = []
    everything = Base(base.material.everything())
    asked = ((ConsentKind.PARTICIPATION, "à l'entretien", base), (ConsentKind.QUOTATION, "à être cité", everything))
    for kind, what, those in asked:
        met = sorted({(code, wave) for wave in those.waves for code in those.met[wave]})
        unknown = {code for code, wave in met if consents(base.people[code], kind, wave) is None}
        if unknown:
            lines.append(f"Accord {what} non enregistré pour {n('personne', len(unknown))} : à vérifier.")
    return lines


def _cautions(base: Base, audience: Audience) -> tuple[str, ...]:
    team = audience is Audience.TEAM
    home = "l'équipe" if team else "le groupe-projet"
    most = base.material.threshold - 1
    masked = f" Dans un croisement, une case de 1 à {most} personnes est remplacée par « quelques »."
    return (
        "Pseudonymisé n'est pas anonyme : les noms sont remplacés, mais une histoire peut être reconnue. "
        f"Ce fichier reste dans {home} ; il ne se transmet pas et ne se publie pas.",
        NO_SHARE,
        SILENCE,
        f"Les nombres sont petits : un écart de deux ou trois personnes ne prouve rien.{'' if team else masked}",
        added_up(base.material),
        "Les repérages proposés par le programme ne sont pas comptés tant que personne ne les a repris.",
    )


def _sheets(base: Base, audience: Audience, names: Sequence[str]) -> tuple[str, ...]:
    drawn = ("Graphiques (données) : les nombres que dessinent les graphiques.",) if base.passages else ()
    return (*about(names, base.material, audience), *drawn)


def _period(interviews: Sequence[InterviewFacts]) -> str:
    """Months only: the day of a meeting helps to recognise someone."""
    days = sorted(i.date for i in interviews if i.date)
    if not interviews:
        return "aucun entretien"
    count = n("entretien", len(interviews))
    if not days:
        return f"{count}, sans date"
    if month(days[0]) == month(days[-1]):
        return f"{count}, en {month(days[0])}"
    return f"{count}, {from_month(days[0])} à {month(days[-1])}"
