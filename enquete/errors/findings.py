"""What people write: findings, recommendations, summaries; and the workbooks that come back."""

from __future__ import annotations

from enquete.errors.message import Message


class FindingsProblem:
    """What people write: findings, recommendations, summaries; and the workbooks that come back."""

    RETURN_NOTHING = Message(
        "aucun constat validé n'a de texte « {field} » : il n'y a rien à rendre aux personnes interrogées.",
        "Validez un constat et écrivez ce texte en mots simples (« enquete constat »).",
    )
    RETURN_ACRONYMS = Message(
        "des sigles ne sont expliqués nulle part : {found}.",
        "Expliquez-les dans le texte, « {first} (ce que cela veut dire) », ou dans enquete.toml : "
        '[restitution] sigles = {{ {first} = "ce que cela veut dire" }}.',
    )
    RETURN_NOT_ASKED = Message(
        "{code} n'a pas demandé sa feuille : elle ne s'écrit que pour qui la demande.",
        "Si cette personne l'a demandée : « enquete restitution demander {code} --par CODE ».",
    )
    RETURN_NOT_MET = Message(
        "{code} n'a pas d'entretien dans l'étude, ou ne participe plus.", "Il n'y a rien à lui rendre."
    )
