"""Small studies to code, the server of their page, and coders who use it."""

import secrets
import threading
from contextlib import ExitStack

import httpx

from enquete.actions.study import create_study, open_study
from enquete.model import IdentifierType, InterviewKind, Role, Suggestion, Turn
from enquete.offsets import Mapping
from enquete.store import codings
from enquete.store.database import transaction
from enquete.store.interviews import Mask, Revision, Voice, add_interview, interview_named

CODEBOOK = """\
id: essai
label: Grille d'essai
codes:
  - id: A
    label: Argent
    definition: Ce qui manque, ce qui est coupé.
    include: Sanctions comprises.
    exclude: Le travail (B).
    examples: ["« plus rien sur le compte »"]
    colour: "#0A2FC2"
  - id: A.1
    parent: A
    label: Sanction
  - id: B
    label: Travail
"""
TALK = (
    "Bonjour, comment ça se passe ?",
    "Ils m'ont coupé la moitié pendant deux mois, j'avais plus rien sur le compte.",
    "Et le contrat ?",
    "J'ai signé, je sais même pas ce qu'il y a dedans. Karim m'a rien expliqué.",
)


def make_study(folder, talks=(TALK,), settings=""):
    """A study with an interview of each: turn after turn, a question first. settings: lines of enquete.toml."""
    create_study(folder, [])
    (folder / "codebooks" / "essai.yaml").write_text(CODEBOOK, encoding="utf-8")
    toml = folder / "enquete.toml"
    toml.write_text(f"{settings}\n{toml.read_text(encoding='utf-8')}", encoding="utf-8")
    with open_study(folder).database() as db, transaction(db):
        for turns in talks:
            add_talk(db, turns)
    return folder


def add_talk(db, said):
    """An interview; turns are by turns the interviewer's and the participant's. Gives its code."""
    text, turns = "", []
    for number, words in enumerate(said):
        role = (Role.INTERVIEWER, Role.PARTICIPANT)[number % 2]
        turns.append(Turn(len(text), len(text) + len(words), number % 2, role))
        text += f"{words}\n"
    at = text.find("Karim")
    masks = [Mask(at, at + 5, IdentifierType.PERSON, "k1", 0.9, "prénom")] if at >= 0 else []
    return add_interview(
        db,
        wave="v1",
        kind=InterviewKind.RECORDED,
        held_on="2026-03-02",
        participants=[],
        voices=[Voice(Role.INTERVIEWER), Voice(Role.PARTICIPANT)],
        revision=Revision(secrets.token_hex(8), "", text, turns, masks, [], Mapping(), "import"),
    )


def suggest(folder, words, code="A", interview="E001"):
    """A suggestion on these words."""
    with open_study(folder).database() as db, transaction(db):
        text = interview_named(db, interview)
        start = text.text.index(words)
        found = Suggestion(start, start + len(words), 1, code, 0.8, "indice : couper")
        codings.replace_suggestions(db, text.revision, ["essai"], [("essai", found)])


class Served:
    """A page that runs. base: its address; folder: of the study."""

    def __init__(self, folder, page):
        self.folder = folder
        self.links = {coder: links[0] for coder, links in page.links.items()}
        self.base = next(iter(self.links.values())).partition("/#")[0]
        self._clients = ExitStack()
        self._page = page
        self._thread = threading.Thread(target=page.run, daemon=True)
        self._thread.start()

    def link(self, coder):
        return self.links[coder]

    def token(self, coder):
        return self.links[coder].partition("#")[2]

    def api(self, coder, **options):
        """Requests in the name of a coder."""
        headers = {"Authorization": f"Bearer {self.token(coder)}"}
        return self._clients.enter_context(httpx.Client(base_url=self.base, headers=headers, timeout=20, **options))

    def anybody(self, **options):
        """Requests of whoever has no link."""
        return self._clients.enter_context(httpx.Client(base_url=self.base, timeout=20, **options))

    def stop(self):
        self._clients.close()
        self._page.stop()
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()


class Hand:
    """Makes the entries of one coder, as the page does."""

    def __init__(self, api, interview="E001"):
        self.api = api
        self.interview = interview
        self.opened = api.get(f"/api/interviews/{interview}").json()

    def entry(self, kind, **fields):
        uid = secrets.token_hex(6)
        return {"uid": uid, "kind": kind, "step": uid, "item": uid, "interview": self.interview, **fields}

    def coding(self, words, code="A", **fields):
        start = self.opened["text"].index(words)
        place = {"revision": self.opened["revision"], "start": start, "end": start + len(words)}
        return self.entry("coding", **{"codebook": "essai", "code": code, **place, **fields})

    def send(self, *entries):
        """What became of each."""
        answer = self.api.post("/api/entries", json={"entries": list(entries)})
        assert answer.status_code == 200, answer.text
        return answer.json()["arrived"]

    def holding(self):
        """The coder's entries on the interview that hold, as the server tells them now."""
        entries = self.api.get(f"/api/interviews/{self.interview}").json()["entries"]
        replaced = {uid for entry in entries for uid in entry["over"]}
        return [e for e in entries if e["kind"] != "gone" and e["uid"] not in replaced]
