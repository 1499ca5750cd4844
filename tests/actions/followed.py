"""People met in several waves, put straight into the database and the vault."""

from datetime import date

from enquete.actions.study import open_study
from enquete.model import ConsentKind, ConsentState, InterviewKind, RespondentType, Role, Turn
from enquete.store.database import transaction
from enquete.store.interviews import Revision, Voice, add_interview, interviews, participant_id
from enquete.store.people import Participation, put_participant, put_participation
from enquete.store.responses import Dataset, ResponseRow, add_responses, new_dataset

SAID = "J'ai signé le contrat au mois de mars."


def person(folder, code, *, names=None, contacts=None, type_=RespondentType.CONCERNED):
    """Somebody; names by column, contacts by wave and column, for the vault."""
    study = open_study(folder)
    with study.database() as db, transaction(db):
        put_participant(db, code, type_)
    vault = study.vault()
    if names:
        identities = vault.identities()
        identities.people[code] = names
        vault.write_identities(identities)
    if contacts:
        vault.write_contacts(vault.contacts() | {code: contacts})


def wave(folder, code, name, *, recontact=None, participation=None, **attributes):
    """What is known of somebody in a wave."""
    said = {ConsentKind.RECONTACT: recontact, ConsentKind.PARTICIPATION: participation}
    consents = {kind: ConsentState(state) for kind, state in said.items() if state}
    with open_study(folder).database() as db, transaction(db):
        row = participant_id(db, code)
        put_participation(db, row, Participation(name, None, attributes, consents))


def met(folder, code, name, day, text=SAID):
    """An interview; gives its code."""
    held = date.fromisoformat(day).isoformat() if day else None
    with open_study(folder).database() as db, transaction(db):
        uid = f"u{len(list(interviews(db)))}"
        turns = [Turn(0, len(text), 0, Role.PARTICIPANT)]
        return add_interview(
            db, wave=name, kind=InterviewKind.RECORDED, held_on=held, participants=[code],
            voices=[Voice(Role.PARTICIPANT, code)],
            revision=Revision(uid, "", text, turns, [], [], None, "import"),
        )  # fmt: skip


def answered(folder, codes, name, *, keyed=True, day=None, questionnaire="q1"):
    """Answers, one of each person, to a questionnaire without any question."""
    with open_study(folder).database() as db, transaction(db):
        rows = [participant_id(db, code) for code in codes]
        dataset = Dataset(0, questionnaire, name, "", keyed, ())
        add_responses(db, new_dataset(db, dataset), [ResponseRow(row, None, "", day, "[]") for row in rows])
