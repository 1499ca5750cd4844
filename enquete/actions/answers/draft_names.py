"""Lists of names in a file of answers (« Mme X vous suit ») make no choices: the question goes to the vault."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from enquete.model import QUASI_IDENTIFIERS, Mention
from enquete.pseudonyms import Detection, Document, Passage, detect
from enquete.survey.questionnaire.drafts import Draft
from enquete.survey.questionnaire.types import Usage

_UNKNOWN = "mot inconnu"  # a word that no list has, with a capital: alone in a label, a name as likely as a place


def lists_of_names_to_the_vault(draft: Draft) -> None:
    """Each question most of whose choices seem to be people's names asks for words that only the vault holds.

    A single choice that names somebody is left to whoever reads the draft over.
    """
    lists: dict[str, list[str]] = defaultdict(list)
    for choice in draft.choices:
        if not choice["manque"]:
            lists[choice["list_name"]].append(choice["label"])
    labels = list(dict.fromkeys(label for one in lists.values() for label in one))
    found = dict(zip(labels, detect([Document(text, (Passage(0, len(text)),)) for text in labels]), strict=True))
    gone = {name for name, theirs in lists.items() if _of_names([found[label] for label in theirs])}
    if not gone:
        return
    draft.choices = [choice for choice in draft.choices if choice["list_name"] not in gone]
    for row in draft.rows:
        kind, _, name = row["type"].partition(" ")
        if kind.startswith("select") and name.split(" ")[0] in gone:
            row.pop("mesure", None)
            row["type"], row["usage"] = "text", Usage.CONTACT.value
            draft.notes.append(
                f"« {row['name']} » : ses choix semblent être des noms de personnes ; usage « contact », rien "
                "n'en sera montré. S'ils n'en sont pas, écrivez la liste vous-même."
            )


def may_name(mention: Mention) -> bool:
    """Whether this is somebody's name, or a word that may be."""
    return mention.type not in QUASI_IDENTIFIERS or mention.why.startswith(_UNKNOWN)


def names_somebody(stem: str) -> bool:
    """Whether the name of a file is a person's: « Réponses Fatoumata Diarra »."""
    words = re.sub(r"[_.-]+", " ", stem)
    (found,) = detect([Document(words, (Passage(0, len(words)),))])
    return any(mention.type not in QUASI_IDENTIFIERS for mention in found.mentions)


def _of_names(found: Sequence[Detection]) -> bool:
    """Half of them may be, and at least one is for sure, or all may be."""
    sure = [any(m.type not in QUASI_IDENTIFIERS for m in one.mentions) for one in found]
    likely = [any(map(may_name, one.mentions)) for one in found]
    return sum(likely) * 2 >= len(found) and (any(sure) or (len(found) > 1 and all(likely)))
