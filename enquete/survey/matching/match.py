"""From a file of answers and a questionnaire to what each person answered in each wave.

Nothing is guessed: what is not certain is a fault, with the line of the mapping file that would settle it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from enquete.survey.answers.types import Column, DataFile, DataTable
from enquete.survey.matching.answering import answer
from enquete.survey.matching.choices import OTHERS
from enquete.survey.matching.columns import Assigned, Assignment, assign, find_header
from enquete.survey.matching.combining import with_other_words, words_of
from enquete.survey.matching.headers import HeaderIndex, Part
from enquete.survey.matching.linking import PartTable, link, link_headers, parts_of, place_tables
from enquete.survey.matching.mapping import NOTHING
from enquete.survey.matching.mapping import Mapping as MappingFile
from enquete.survey.matching.platforms import OWN_KEY, platform_of
from enquete.survey.matching.reading import Rules, file_mark
from enquete.survey.matching.rows import (
    Rows,
    Wave,
    days,
    find_waves,
    followers,
    orphans,
    per_row,
    refuse_keys,
    self_written,
    submissions,
    wave_refusal,
)
from enquete.survey.matching.single import Answer, examples, read_column, report_of
from enquete.survey.matching.slicing import Filled, slice_part
from enquete.survey.matching.telling import conflict_fault, key_faults, mapping_faults, value_faults
from enquete.survey.matching.telling import key as toml_key
from enquete.survey.matching.types import Answers, ColumnReport, MatchReport, Use
from enquete.survey.matching.wordings import wordings
from enquete.survey.questionnaire.types import Question, QuestionKind, Questionnaire
from enquete.tables import Remark, Severity

_NUMBERS = (QuestionKind.INTEGER, QuestionKind.DECIMAL)


def match(
    data: DataFile,
    questionnaire: Questionnaire,
    mapping: MappingFile | None,
    waves: Sequence[Wave],
    wave: str | None = None,
) -> MatchReport:
    """waves: those of the study, in order. wave: the one to take, or that of every row where the file says nothing."""
    return _Matching(data, questionnaire, mapping or NOTHING, waves, wave).report()


@dataclass(slots=True)
class _Matching:
    data: DataFile
    questionnaire: Questionnaire
    mapping: MappingFile
    waves: Sequence[Wave]
    wave: str | None
    faults: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    columns: dict[tuple[str, str], ColumnReport] = field(default_factory=dict)
    ties: set[tuple[str, str]] = field(default_factory=set)

    def report(self) -> MatchReport:
        headers = [(table.name, [column.name for column in table.columns]) for table in self.data.tables]
        self.faults += mapping_faults(self.mapping, self.questionnaire, headers)
        platform = platform_of([header for _, of_table in headers for header in of_table])
        words = wordings(self.questionnaire)
        by_part = {part: self._questions(part) for part in ("", *parts_of(self.questionnaire))}
        indexes = {part: HeaderIndex(list(asked.values()), words) for part, asked in by_part.items()}
        placed, rest = place_tables(self.data, indexes, self.mapping)
        self._tell_rest(rest)
        elsewhere = HeaderIndex([q for part, asked in by_part.items() if part for q in asked.values()], words)
        assigned: dict[str, Assignment] = {}
        for one in placed:
            sets = self.data.sets if not one.part else ()
            other_parts = elsewhere if not one.part else None
            made = assign(one.table, indexes[one.part], by_part[one.part], one.rules, platform, sets, other_parts)
            assigned[one.part] = made
            self.faults += made.faults
        rules = Rules(words, self.mapping, platform, self._mark(placed, assigned, by_part))
        filled = {one.part: self._fill(one, assigned[one.part], by_part[one.part], rules) for one in placed}
        rows = self._rows(placed[0], filled[""])
        tables = self._tables(placed, filled, rows)
        return self._reported(tables, placed, rows)

    def _questions(self, part: str) -> dict[str, Question]:
        return {question.name: question for question in self.questionnaire.questions if question.repeat == part}

    def _tell_rest(self, rest: Sequence[str]) -> None:
        """Sheets that are not imported: what stands in them may be anybody's notes, so that none of it is shown."""
        for name in rest:
            left = self.mapping.rules.sheets.get(name)
            if left is None or not left.left_out:
                message = f"« {name} » n'est pas importée : aucun groupe répété du questionnaire ne lui correspond."
                self.remarks.append(Remark(None, Severity.WARNING, message))
            else:
                message = f"« {name} » est laissée de côté par la correspondance."
                self.remarks.append(Remark(None, Severity.NOTE, message))

    def _mark(
        self,
        placed: Sequence[PartTable],
        assigned: Mapping[str, Assignment],
        by_part: Mapping[str, Mapping[str, Question]],
    ) -> str | None:
        return file_mark(
            one.column
            for part in placed
            for one in assigned[part.part].columns
            if one.claim and by_part[part.part][one.claim.question].kind in _NUMBERS
        )

    # --- answers

    def _fill(self, one: PartTable, made: Assignment, asked: Mapping[str, Question], rules: Rules) -> Filled:
        """The whole table read, its columns told."""
        answers: dict[str, Answer] = {}
        for name, columns in made.by_question().items():
            answers[name] = answer(asked[name], columns, one.table, rules, self.data.weight)
            self._take(answers[name], one.table)
        self._choose_other(made, answers)
        for answered in list(answers.values()):
            if answered.other and f"{answered.question.name}_other" in asked:
                self._spread_words(answered, answers, asked)
        for assigned in made.columns:
            if (one.table.name, assigned.column.name) not in self.columns:
                self.columns[one.table.name, assigned.column.name] = self._told(assigned, one, asked, rules)
        return Filled(one, made, answers)

    def _take(self, made: Answer, table: DataTable) -> None:
        for report in made.reports:
            self.columns[table.name, report.column] = report
            self.faults += value_faults(report, len(self.data.tables) > 1)
        if made.conflicts:
            names = [report.column for report in made.reports]
            self.faults.append(conflict_fault(names, [table.numbers[row] for row in made.conflicts]))
        for row in made.mixed:
            name = made.question.name
            message = f"question « {name} » : « ne sait pas » ou « refus » coché avec d'autres choix ; tout est gardé."
            self.remarks.append(Remark(table.numbers[row], Severity.WARNING, message))

    def _choose_other(self, made: Assignment, answers: dict[str, Answer]) -> None:
        """Boxes of choices, of which « autre » is only told by its words."""
        columns = made.by_question()
        for name, answered in answers.items():
            parts = {one.claim.part for one in columns[name] if one.claim}
            items = {one.claim.item for one in columns[name] if one.claim}
            words = answers.get(f"{name}_other")
            if parts == {Part.CHOICE} and words and not items.intersection(OTHERS):
                answers[name] = with_other_words(answered, words)

    def _spread_words(self, made: Answer, answers: dict[str, Answer], asked: Mapping[str, Question]) -> None:
        """Words of « autre » that stand among the choices go to the question that asks for them."""
        name = f"{made.question.name}_other"
        texts = words_of(made, answers)
        known = answers.get(name)
        answers[name] = Answer(asked[name], known.answered if known else None, known.reports if known else [], texts)

    def _told(self, assigned: Assigned, one: PartTable, asked: Mapping[str, Question], rules: Rules) -> ColumnReport:
        """A column that holds no answer."""
        column, note = assigned.column, assigned.note
        question = asked.get(assigned.claim.question) if assigned.claim else None
        if assigned.use is Use.UNKNOWN and rules.wordings.is_note(column.name):
            assigned.use, note = Use.LEFT, "note du questionnaire, qui n'a pas de réponse"
        if assigned.use is Use.DAY and question:
            dated = replace(question, kind=QuestionKind.DATE)
            report = replace(report_of(read_column(dated, assigned, rules), one.table, dated), use=Use.DAY)
            self.faults += value_faults(report, len(self.data.tables) > 1)
            return report
        vault = assigned.use in (Use.IDENTITY, Use.CONTACT)
        blank = int((column.codes < 0).sum())
        if column.name == self.data.weight and assigned.use is Use.UNKNOWN:
            note = "pondération du fichier : pour la garder, ajoutez une question d'usage « poids » au questionnaire"
        candidates = tuple(claim.written for claim in assigned.claims) if assigned.use is Use.DOUBTFUL else ()
        return ColumnReport(
            column=column.name,
            question=question,
            valid=len(column.codes) - blank,
            missing={None: blank} if blank else {},
            examples=examples(column) if assigned.use in (Use.DOUBTFUL, Use.WAVE) else (),
            note=note,
            vault=vault,
            use=assigned.use,
            table=one.table.name,
            candidates=candidates,
        )

    # --- rows

    def _rows(self, main: PartTable, filled: Filled) -> Rows:
        table, made = main.table, filled.assignment
        count = len(table.numbers)
        taken = {one.column.name for one in made.columns if one.use not in (Use.UNKNOWN, Use.LEFT)}
        key = self._key(made, table)
        day = self._named(self.mapping.rules.day, table)
        day_asked = next(iter(made.using(Use.DAY)), None)
        order = self.mapping.rules.dates
        if day is None and day_asked and day_asked.claim:
            day, order = day_asked.column, self.mapping.question(day_asked.claim.question).dates
        rows = Rows(
            table,
            keys=per_row(key, count),
            waves=[""] * count,
            submissions=submissions(table, taken),
            days=days(table, day, order, taken),
        )
        self.remarks += self_written(table, taken)
        self._give_waves(rows, made)
        if any(rows.keys):
            refuse_keys(rows)
        elif key is not None and count:
            message = f"la colonne « {key.name} » est vide : sans code, chaque ligne est une personne de plus."
            self.remarks.append(Remark(None, Severity.WARNING, message))
        else:
            self.faults += key_faults(self.columns.values())
        return rows

    def _named(self, header: str | None, table: DataTable) -> Column | None:
        """A column that the mapping names."""
        found = find_header([column.name for column in table.columns], header) if header else None
        return table.column(found) if found else None

    def _key(self, made: Assignment, table: DataTable) -> Column | None:
        named = self._named(self.mapping.rules.key, table)
        if named is not None:
            return named
        asked = next((one.column for one in made.using(Use.KEY)), None)
        own = asked is None and platform_of([column.name for column in table.columns]).name == "enquete"
        return table.column(OWN_KEY) if own else asked

    def _give_waves(self, rows: Rows, made: Assignment) -> None:
        named = self._named(self.mapping.rules.wave, rows.table)
        free = {one.column.name for one in made.columns if one.use in (Use.IDENTITY, Use.CONTACT, Use.KEY)}
        found = find_waves(rows.table, self.waves, named, free)
        if found is None:
            wave = self._only_wave()
            refusal = wave_refusal(wave, self.questionnaire) if wave else None
            if refusal:
                made_for = self.questionnaire.waves[0]
                self.faults.append(
                    f"{refusal} : relancez avec « --vague {made_for} », ou avec le questionnaire de {wave}."
                )
            rows.waves = [wave] * len(rows.waves)
            return
        self._mark_wave(found.column, rows.table)
        rows.waves = found.of_rows
        for row, wave in enumerate(rows.waves):
            if not wave:
                rows.refused[row] = found.refusal(row)
            elif self.wave and wave != self.wave:
                rows.left.add(row)
            elif refusal := wave_refusal(wave, self.questionnaire):
                rows.refused[row] = refusal

    def _mark_wave(self, column: Column, table: DataTable) -> None:
        report = self.columns[table.name, column.name]
        if report.use is not Use.ANSWERS:
            self.columns[table.name, column.name] = replace(report, use=Use.WAVE, note="")

    def _only_wave(self) -> str:
        """That of every row, where no column says it."""
        known = [wave.code for wave in self.waves]
        if self.wave:
            return self.wave
        possible = [code for code in known if code in self.questionnaire.waves] if self.questionnaire.waves else known
        if len(possible) == 1:
            return possible[0]
        codes = ", ".join(known)
        self.faults.append(f"le fichier ne dit pas de quelle vague il est : relancez avec « --vague » ({codes}).")
        return ""

    # --- tables

    def _tables(self, placed: Sequence[PartTable], filled: Mapping[str, Filled], rows: Rows) -> list[Answers]:
        parents: dict[str, list[int]] = {}
        for one in placed[1:]:
            parent = next(other for other in placed if other.part == one.above)
            names = [table.name for table in self.data.tables]
            pair = self._key_pair(one, filled[""], rows)
            self.ties |= {(one.table.name, pair[0])} if pair else set()
            found = link(one, parent, pair, names)
            if isinstance(found, str):
                self.faults.append(
                    f"feuille « {one.table.name} » : {found}. Dites-le dans la correspondance, sous "
                    f"[feuilles.{toml_key(one.table.name)}] : « lien » et « vers »."
                )
            else:
                parents[one.part] = found
        made: list[Answers] = []
        for wave in dict.fromkeys(code for code in [w.code for w in self.waves] if code in set(rows.waves)):
            kept: dict[str, list[int]] = {"": rows.of_wave(wave)}
            if not kept[""]:
                continue
            made.append(slice_part(filled[""], rows, wave, kept[""], []))
            for one in placed[1:]:
                if one.part in parents and one.above in kept:
                    places = {row: place for place, row in enumerate(kept[one.above])}
                    kept[one.part] = [row for row, parent in enumerate(parents[one.part]) if parent in places]
                    above = [places[parents[one.part][row]] for row in kept[one.part]]
                    parent_keys = next(a.keys for a in reversed(made) if a.wave == wave and a.part == one.above)
                    made.append(slice_part(filled[one.part], rows, wave, kept[one.part], above, parent_keys))
        for one in placed[1:]:
            if one.part in parents:
                where = f"feuille « {one.table.name} »"
                self.remarks += orphans(parents[one.part], one.table.numbers, where)
                imported = sum(len(table.numbers) for table in made if table.part == one.part)
                self.remarks += followers(parents[one.part], imported, where)
        return made

    def _key_pair(self, one: PartTable, main: Filled, rows: Rows) -> tuple[str, str] | None:
        """The columns of participants' codes of a linked sheet typed by hand and of the main one."""
        key = self._key(main.assignment, rows.table)
        if key is None or one.above:
            return None
        header = find_header([column.name for column in one.table.columns], one.rules.key or key.name)
        return (header, key.name) if header else None

    def _reported(self, tables: Sequence[Answers], placed: Sequence[PartTable], rows: Rows) -> MatchReport:
        ties = {(one.table.name, header) for one in placed for header in link_headers(one)} | self.ties
        for tie in ties & {place for place, column in self.columns.items() if column.use is Use.UNKNOWN}:
            self.columns[tie] = replace(self.columns[tie], use=Use.LEFT, note="rattache les lignes à celles du dessus")
        order = [(table.name, column.name) for table in self.data.tables for column in table.columns]
        columns = tuple(self.columns[place] for place in order if place in self.columns)
        answered = {
            c.question.name for c in columns if c.question and c.use not in (Use.LEFT, Use.DOUBTFUL, Use.UNKNOWN)
        }
        answered |= {words.name for table in tables for words in table.texts}
        unanswered = tuple(
            question
            for question in self.questionnaire.questions
            if question.kind is not QuestionKind.OTHER and question.name not in answered
        )
        remarks = (*self.data.remarks, *rows.remarks(), *self.remarks)
        return MatchReport(
            self.questionnaire,
            tuple(tables),
            columns,
            unanswered,
            remarks,
            tuple(dict.fromkeys(self.faults)),
            self.mapping,
        )
