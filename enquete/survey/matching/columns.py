"""What each column of a table is for. What could be two things is for the mapping file to say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enquete.survey.answers.types import Column, DataTable, ResponseSet, Scalar
from enquete.survey.identity import asks_number_of, asks_who, identifies
from enquete.survey.matching.choices import marked
from enquete.survey.matching.headers import Claim, HeaderIndex, Part
from enquete.survey.matching.loose import loose, name_key, text_of
from enquete.survey.matching.mapping import SheetRules
from enquete.survey.matching.platforms import Platform, is_index
from enquete.survey.matching.types import Use
from enquete.survey.participants import is_name
from enquete.survey.questionnaire.types import Question, QuestionKind, Usage

OWN_NOTE = "ce que l'outil de collecte note pour lui-même"
_NOT_KEPT = "note, lieu, fichier ou calcul : l'étude n'en garde pas"


@dataclass(slots=True)
class Assigned:
    """A column, and what it is for. claim: what of which question it holds. claims: all those it could be.

    several: whether other columns rightly hold the same question (categories of a set). counted: the value that says
    « chosen » where the file says so.
    """

    column: Column
    use: Use = Use.UNKNOWN
    claim: Claim | None = None
    claims: tuple[Claim, ...] = ()
    note: str = ""
    several: bool = False
    counted: Scalar | None = None


@dataclass(slots=True)
class Assignment:
    """The columns of one table, in order. faults: French sentences, with their remedy."""

    columns: list[Assigned]
    faults: list[str] = field(default_factory=list)

    def using(self, use: Use) -> list[Assigned]:
        return [one for one in self.columns if one.use is use]

    def by_question(self) -> Mapping[str, list[Assigned]]:
        """The columns of answers of each question."""
        found: dict[str, list[Assigned]] = defaultdict(list)
        for one in self.columns:
            if one.use is Use.ANSWERS and one.claim:
                found[one.claim.question].append(one)
        return found


def assign(
    table: DataTable,
    index: HeaderIndex,
    questions: Mapping[str, Question],
    rules: SheetRules,
    platform: Platform,
    sets: Sequence[ResponseSet] = (),
    other_parts: HeaderIndex | None = None,
) -> Assignment:
    """questions: by name, those of the table's part. other_parts: headers of the questions that stand in others."""
    made = Assignment([Assigned(column) for column in table.columns])
    by_header = {one.column.name: one for one in made.columns}
    _by_mapping(by_header, questions, rules)
    _by_sets(by_header, index, questions, sets)
    _by_headers(made.columns, index)
    for one in made.columns:
        _settle(one, questions, platform, other_parts)
    _refuse_doubles(made)
    return made


def find_header(headers: Iterable[str], wanted: str) -> str | None:
    """The header written so, else the only one that reads so."""
    known = list(headers)
    if wanted in known:
        return wanted
    same = [header for header in known if loose(header) == loose(wanted) and loose(wanted)]
    return same[0] if len(same) == 1 else None


def _by_mapping(by_header: Mapping[str, Assigned], questions: Mapping[str, Question], rules: SheetRules) -> None:
    """What the file or the questionnaire has not is told by `telling.mapping_faults`."""
    for wanted, target in rules.columns.items():
        header = find_header(by_header, wanted)
        claim = claim_of(target, questions)
        if header and claim:
            by_header[header].use, by_header[header].claim = Use.ANSWERS, claim
            by_header[header].several = True
    for names, use, note in (
        (rules.ignored, Use.LEFT, "laissée de côté par la correspondance"),
        (rules.identity, Use.IDENTITY, ""),
        (rules.contact, Use.CONTACT, ""),
        ((rules.key,) if rules.key else (), Use.KEY, ""),
    ):
        for wanted in names:
            if header := find_header(by_header, wanted):
                by_header[header].use, by_header[header].note = use, note


def claim_of(target: str, questions: Mapping[str, Question]) -> Claim | None:
    """« age », « aides/colis », « rang/1 », as the mapping file writes them."""
    if target in questions:
        return Claim(target)
    name, _, item = target.rpartition("/")
    question = questions.get(name)
    if question is None:
        return None
    if question.kind is QuestionKind.RANK and item.isdecimal():
        return Claim(name, Part.PLACE, item)
    if question.kind is QuestionKind.MANY and item in {choice.name for choice in question.choices}:
        return Claim(name, Part.CHOICE, item)
    return None


def _by_sets(
    by_header: Mapping[str, Assigned],
    index: HeaderIndex,
    questions: Mapping[str, Question],
    sets: Sequence[ResponseSet],
) -> None:
    """Multiple-response sets that bear the name or the label of a question of several choices."""
    for one in sets:
        for name in one.columns:
            if name in by_header:
                by_header[name].counted = one.counted
        claims = index.by_name(one.name.lstrip("$")) or index.by_label(one.label)
        names = {claim.question for claim in claims if claim.part is Part.WHOLE}
        question = questions.get(names.pop()) if len(names) == 1 else None
        if question is None or question.kind not in (QuestionKind.MANY, QuestionKind.RANK):
            continue
        for name in one.columns:
            assigned = by_header.get(name)
            if assigned is None or assigned.use is not Use.UNKNOWN:
                continue
            claim = Claim(question.name) if one.counted is None else _chosen_by(assigned.column, question)
            if claim:
                assigned.use, assigned.claim, assigned.several = Use.ANSWERS, claim, one.counted is None


def _chosen_by(column: Column, question: Question) -> Claim | None:
    """The choice of a column of a set of dichotomies: by its name, or by its label."""
    key, said = name_key(column.name), loose(column.label)
    by_name = [c.name for c in question.choices if key in (name_key(c.name), name_key(f"{question.name} {c.name}"))]
    spoken = {loose(f"{question.label} {c.label}"): c.name for c in question.choices}
    by_label = [c.name for c in question.choices if said and loose(c.label) == said]
    found = set(by_label or by_name or ([spoken[said]] if said in spoken else []))
    return Claim(question.name, Part.CHOICE, found.pop()) if len(found) == 1 else None


def _by_headers(columns: Sequence[Assigned], index: HeaderIndex) -> None:
    """By names first: a label that another column bears as its name is that column's."""
    free = [one for one in columns if one.use is Use.UNKNOWN]
    named = {one.column.name: index.by_name(one.column.name) for one in free}
    coded = {one.column.name: named[one.column.name] or index.by_code(one.column.name) for one in free}
    taken = {one.claim.question for one in columns if one.claim}
    taken |= {claims[0].question for claims in coded.values() if len({claim.question for claim in claims}) == 1}
    for one in free:
        by_name, by_code = named[one.column.name], coded[one.column.name]
        by_label = index.by_label(one.column.name, one.column.label)
        known = {claim.question for claim in by_code}
        same = tuple(claim for claim in by_label if claim.question in known)
        if not by_code:
            one.claims = by_label
        elif same:  # the label says more than the code before it: which choice, which place
            one.claims = by_name or same
        else:
            one.claims = (*by_code, *(claim for claim in by_label if claim.question not in taken))


def _settle(
    one: Assigned, questions: Mapping[str, Question], platform: Platform, other_parts: HeaderIndex | None
) -> None:
    """From claims to a use; what no question claims is the platform's, identifies people, or is unknown."""
    header = one.column.name
    if one.use is Use.UNKNOWN and one.claims:
        claims = _told_by_values(one)
        if len(claims) > 1:
            one.use, one.claims = Use.DOUBTFUL, claims
            return
        one.use, one.claim = Use.ANSWERS, claims[0]
    if one.claim:
        _by_usage(one, questions[one.claim.question])
    if one.use is not Use.UNKNOWN:
        return
    if platform.writes(header) or is_index(header):
        one.use, one.note = Use.LEFT, OWN_NOTE
    elif identifies(header, [text_of(level) for level in one.column.levels]):
        one.use = Use.IDENTITY if is_name(header) else Use.CONTACT
        one.note = "désigne des personnes : gardée au coffre seulement"
    elif other_parts and (other_parts.by_name(_unnumbered(header)) or other_parts.by_label(header)):
        one.note = "question d'un groupe répété : attendue dans une feuille ou une table liée"
    else:
        one.note = "aucune question du questionnaire ne lui correspond"


def _unnumbered(header: str) -> str:
    """« foyer/enfants[2]/age », as Ona writes what is repeated, without the row."""
    return re.sub(r"\[\d+\](?=/)", "", header)


def _told_by_values(one: Assigned) -> tuple[Claim, ...]:
    """« q/other » holds whether « autre » was chosen, or its words: its values tell."""
    kinds = {"words" if _is_words(claim) else claim.part for claim in one.claims}
    if kinds == {"words", Part.CHOICE}:
        texts = (text_of(level) for level in one.column.levels)
        boxes = all(text.casefold() == "n/a" or marked(text) is not None for text in texts)
        return tuple(claim for claim in one.claims if (claim.part is Part.CHOICE) == boxes)
    return one.claims


def _is_words(claim: Claim) -> bool:
    return claim.part is Part.OTHER or (claim.part is Part.WHOLE and claim.question.endswith("_other"))


def _by_usage(one: Assigned, question: Question) -> None:
    if one.use is not Use.ANSWERS:
        return
    if question.kind is QuestionKind.OTHER:
        one.use, one.note = Use.LEFT, _NOT_KEPT
    elif one.claim and one.claim.part is Part.OTHER:
        one.use = Use.LEFT
        one.note = (
            f"mots de « autre » : ajoutez au questionnaire une question « {question.name}_other » pour les garder"
        )
    elif Usage.KEY in question.usage:
        one.use = Use.KEY
    elif Usage.IDENTITY in question.usage or Usage.CONTACT in question.usage:
        one.use = Use.IDENTITY if Usage.IDENTITY in question.usage else Use.CONTACT
    elif Usage.DAY in question.usage:
        one.use = Use.DAY
    elif not one.several and _asks_who(question):
        named = is_name(question.name) or is_name(question.label) or question.kind is QuestionKind.DATE
        one.use = Use.IDENTITY if named else Use.CONTACT
        one.note = "demande qui est la personne : gardée au coffre seulement"


def _asks_who(question: Question) -> bool:
    if question.kind is QuestionKind.TEXT:
        return asks_who(question.name) or asks_who(question.label)
    figures = question.kind in (QuestionKind.DATE, QuestionKind.INTEGER, QuestionKind.DECIMAL)
    return figures and not question.usage and asks_number_of(question.label)


def _refuse_doubles(made: Assignment) -> None:
    """A column that fits two questions, two columns that fit one."""
    for one in made.columns:
        if one.use is Use.DOUBTFUL:
            fits = " et à ".join(dict.fromkeys(f"« {claim.written} »" for claim in one.claims))
            line = f'« "{one.column.name}" = "{one.claims[0].written}" »'
            made.faults.append(
                f"la colonne « {one.column.name} » convient à {fits} : dites laquelle dans la correspondance, par "
                f"exemple {line} sous [colonnes]."
            )
    held: dict[Claim, list[Assigned]] = defaultdict(list)
    for one in made.columns:
        if one.claim and one.use not in (Use.LEFT, Use.DOUBTFUL):
            held[one.claim].append(one)
    for claim, several in held.items():
        if len(several) < 2 or all(one.several for one in several):
            continue
        names = " et ".join(f"« {one.column.name} »" for one in several)
        made.faults.append(
            f"les colonnes {names} conviennent toutes à la question « {claim.written} » : gardez-en une et mettez "
            "l'autre sous « ignorer » dans la correspondance ; si elles se complètent, donnez-les toutes à la "
            "question, sous [colonnes]."
        )
        for one in several:
            one.use, one.claims = Use.DOUBTFUL, (claim,)
