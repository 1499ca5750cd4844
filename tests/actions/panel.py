"""A small panel: people met twice, their interviews, what coders did, their answers to closed questions."""

from enquete.actions.study import open_study
from enquete.coding.entries import Entry, Kind
from enquete.model import InterviewKind, Measure, MissingKind, RespondentType, Role, Turn
from enquete.store import codings as stored
from enquete.store.database import transaction
from enquete.store.entries import put_entries
from enquete.store.interviews import Revision, Voice, add_interview, interviews
from enquete.store.people import Participation, put_participant, put_participation
from enquete.store.responses import Dataset, ResponseRow, add_responses, encoded, new_dataset
from enquete.survey.matching.types import Missing, Variable
from enquete.survey.questionnaire.types import Choice, QuestionKind

HOME = (
    Choice("soi", "Chez soi"), Choice("tiers", "Chez un tiers"), Choice("rue", "Dehors"),
    Choice("nsp", "Ne sait pas", MissingKind.DONT_KNOW),
)  # fmt: skip
AIDS = (Choice("colis", "Colis"), Choice("repas", "Repas"))
VARIABLES = (
    Variable("logement", QuestionKind.ONE, "Où habitez-vous en ce moment ?", Measure.NOMINAL, HOME),
    Variable("aide", QuestionKind.ONE, "Une aide ?", Measure.NOMINAL, (Choice("1", "Oui"), Choice("2", "Non"))),
    Variable("heures", QuestionKind.INTEGER, "Combien d'heures ?", Measure.SCALE),
    Variable("aides", QuestionKind.MANY, "Quelles aides ?", Measure.NOMINAL, AIDS),
)  # fmt: skip
UNKNOWN = Missing(MissingKind.DONT_KNOW, "nsp")
FIRST = {
    "P001": ["tiers", "1", 0, ("colis",)], "P002": ["soi", "2", 15, ()], "P003": [UNKNOWN, "1", None, None],
    "P004": ["rue", None, 5, ("repas",)],
}  # fmt: skip
SECOND = {
    "P001": ["rue", "2", 15, ("colis", "repas")], "P002": ["soi", "2", 15, ("repas",)], "P003": ["soi", "1", 7, ()],
    "P005": ["soi", "1", 0, ()],
}  # fmt: skip
SAID = "Je n'ai plus rien du tout depuis la radiation de novembre dernier."


def people(db, codes, kind=RespondentType.CONCERNED, waves=("v1", "v2")):
    rows = {}
    for code in codes:
        rows[code] = put_participant(db, code, kind)
        for wave in waves:
            put_participation(db, rows[code], Participation(wave, attributes={"sexe": "F"}))
    return rows


def answer(db, wave, given, variables=VARIABLES, questionnaire=None, keyed=True, day="2026-03-02"):
    """Stores answers, a list of cells a person."""
    rows = people(db, given, waves=(wave,))
    told = [
        ResponseRow(rows[code], None, "", day, f"[{','.join('null' if c is None else encoded(c) for c in cells)}]")
        for code, cells in given.items()
    ]
    return add_responses(
        db, new_dataset(db, Dataset(0, questionnaire or f"rsa-{wave}", wave, "", keyed, variables)), told
    )


def talk(db, person, wave, day):
    """An interview of one person; gives its code."""
    number = len(list(interviews(db)))
    parts = ["Et alors ?", f"{SAID} {number}"]
    text, turns = "\n".join(parts), []
    for place, part in enumerate(parts):
        start = text.index(part)
        turns.append(Turn(start, start + len(part), place, (Role.INTERVIEWER, Role.PARTICIPANT)[place]))
    return add_interview(
        db, wave=wave, kind=InterviewKind.RECORDED, held_on=day, participants=[person],
        voices=[Voice(Role.INTERVIEWER), Voice(Role.PARTICIPANT, person)],
        revision=Revision(f"u{number}", f"u{number}", text, turns, [], [], None, "import"),
    )  # fmt: skip


def panel(folder):
    """P001 to P003 met twice, P004 once; P001 loses a code and gains another, P002 is not coded the second time."""
    with open_study(folder).database() as db, transaction(db):
        people(db, ["P001", "P002", "P003", "P004"])
        codes = {}
        for wave, day, met in (("v1", "2026-03-01", ("P001", "P002", "P004")), ("v2", "2026-09-01", ("P001", "P002"))):
            for person in met:
                codes[person, wave] = talk(db, person, wave, day)
        texts = {text.code: text for text in interviews(db)}
        for (person, wave), code in (("P001", "v1"), "R07.1"), (("P001", "v2"), "R02.1"), (("P002", "v1"), "R07.1"):
            text = texts[codes[person, wave]]
            start = text.text.index(SAID)
            stored.add_coding(db, stored.Coding(text.revision, start, start + len(SAID), "rsa", code, "lea"))
            stored.mark_read(db, text.id, "lea")
        put_entries(
            db, "lea",
            [Entry(uid="ev1", kind=Kind.EVENT, step="ev1", item="ev1", interview=codes["P001", "v2"], title="juin 2026",
                   body="Expulsée de chez sa sœur.")],
        )  # fmt: skip
        answer(db, "v1", FIRST)
        answer(db, "v2", SECOND, day="2026-09-02")
