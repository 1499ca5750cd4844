"""Detects what identifies people in interviews, settles who is who, replaces. Pure functions: no store, no vault.

    document = from_transcript(transcript)                    # or Document(text, passages, names) on a canonical text
    detections = detect(documents, known=book.known())        # Detection(mentions, doubts) for each document
    resolution = resolve(documents, detections, groups, book, secret, avoid, policies)
    text, mapping = offsets.replace(document.text, replacements(resolution.identified[0]))
    masks = masked_places(resolution.identified[0])           # where the pseudonyms stand in the new text

`detect` reads all documents before it settles anything: a name found in one is masked in all. `resolve` may be
called for one document at a time, with the book that the last call returned and `avoid = names_of(all documents,
all detections)`. `groups` holds for each document the codes of its participants (or the interview's own code):
persons are recognised within interviews that share a code. `Policies` say what stands for each type, `editing` holds
what a person changes in the book. `NameBook` is what the vault holds; it and `Resolution` hold real names.
"""

from enquete.pseudonyms.book import Component, Entity, KnownName, NameBook
from enquete.pseudonyms.choosing import form_key
from enquete.pseudonyms.detection import detect, find_known, find_leaks
from enquete.pseudonyms.documents import Detection, Document, Passage, PassageKind, from_transcript
from enquete.pseudonyms.labels import names_in_label
from enquete.pseudonyms.policies import Policies, Policy
from enquete.pseudonyms.renaming import rename_collisions
from enquete.pseudonyms.resolving import Identified, Place, Resolution, masked_places, names_of, replacements, resolve
from enquete.pseudonyms.writing import written

__all__ = [
    "Component",
    "Detection",
    "Document",
    "Entity",
    "Identified",
    "KnownName",
    "NameBook",
    "Passage",
    "PassageKind",
    "Place",
    "Policies",
    "Policy",
    "Resolution",
    "detect",
    "find_known",
    "find_leaks",
    "form_key",
    "from_transcript",
    "masked_places",
    "names_in_label",
    "names_of",
    "rename_collisions",
    "replacements",
    "resolve",
    "written",
]
