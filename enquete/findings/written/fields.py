"""The fields of each kind of piece: one table for the database, Markdown files, workbooks and documents."""

from __future__ import annotations

from collections.abc import Mapping

from enquete.findings.written.types import Field, Form, PieceKind

DRAFT, PROPOSED, VALID, DROPPED = "brouillon", "proposé", "validé", "abandonné"
FINDING_STATES = (DRAFT, PROPOSED, VALID, DROPPED)

SENT, ANSWERED, IN_FORCE = "envoyée", "réponse reçue", "mise en œuvre"
RECOMMENDATION_STATES = ("brouillon", "validée", SENT, ANSWERED, IN_FORCE, "abandonnée")
PRIORITIES = ("à débattre", "haute", "moyenne", "basse")
TRENDS = ("non précisé", "nouveau", "persistant", "s'aggrave", "s'améliore", "réglé")
ASSESSMENT_SIDES = ("avancée", "frein", "proposition", "point de vigilance", "suite à donner")

COMMENTS = Field("comments", "Commentaires", Form.TEXT)

FIELDS: Mapping[PieceKind, tuple[Field, ...]] = {
    PieceKind.FINDING: (
        Field("title", "Titre"),
        Field("state", "État", Form.CHOICE, FINDING_STATES),
        Field("author", "Auteur", Form.WRITERS),
        Field("themes", "Thèmes", Form.THEMES),
        Field("cases", "Cas", Form.PEOPLE),
        Field("trend", "Évolution", Form.CHOICE, TRENDS),
        Field("text", "Interprétation", Form.TEXT),
        Field("limits", "Limites", Form.TEXT),
        Field("plain", "Pour la restitution", Form.TEXT),  # in plain French, for the people interviewed
        COMMENTS,
    ),
    PieceKind.RECOMMENDATION: (
        Field("title", "Demande"),
        Field("state", "État", Form.CHOICE, RECOMMENDATION_STATES),
        Field("priority", "Priorité", Form.CHOICE, PRIORITIES),
        Field("addressees", "À qui", Form.LIST),
        Field("findings", "Constats", Form.PIECES),
        Field("territories", "Territoires", Form.LIST),
        Field("waves", "Vagues", Form.LIST),
        Field("trend", "Évolution", Form.CHOICE, TRENDS),
        Field("text", "Pourquoi et comment", Form.TEXT),
        Field("discussed", "Discutée avec les personnes concernées le", Form.DATE),
        Field("sent", "Envoyée le", Form.DATE),
        Field("answered", "Réponse reçue le", Form.DATE),
        Field("answer", "Réponse", Form.TEXT),
        Field("next", "Prochaine étape", Form.TEXT),
        Field("who", "Qui s'en charge"),
        Field("when", "Pour quand", Form.DATE),
        Field("plain", "Pour la restitution", Form.TEXT),
        COMMENTS,
    ),
    PieceKind.TYPE: (
        Field("title", "Nom"),
        Field("author", "Auteur", Form.WRITERS),
        Field("cases", "Cas", Form.PEOPLE),
        Field("text", "Raisons", Form.TEXT),
        COMMENTS,
    ),
    PieceKind.ASSESSMENT: (
        Field("title", "En bref"),
        Field("state", "État", Form.CHOICE, (DRAFT, VALID)),
        Field("side", "Rubrique", Form.CHOICE, ASSESSMENT_SIDES),
        Field("findings", "Constats", Form.PIECES),
        Field("text", "Détail", Form.TEXT),
        Field("who", "Qui s'en charge"),
        Field("when", "Pour quand", Form.DATE),
        COMMENTS,
    ),
    PieceKind.REPLY: (
        Field("title", "En bref"),
        Field("day", "Date", Form.DATE),
        Field("cases", "Personnes", Form.PEOPLE),  # none for a meeting
        Field("findings", "Constats", Form.PIECES),
        Field("text", "Ce qui a été dit", Form.TEXT),
        COMMENTS,
    ),
    PieceKind.CASE: (),  # its fields are themes: « rsa:2 »
}

NAMES: Mapping[PieceKind, str] = {  # on screen
    PieceKind.FINDING: "constat",
    PieceKind.RECOMMENDATION: "recommandation",
    PieceKind.TYPE: "type",
    PieceKind.ASSESSMENT: "point du bilan",
    PieceKind.REPLY: "retour",
    PieceKind.CASE: "cas",
}


def field_of(kind: PieceKind, name: str) -> Field:
    """By its name in the database. Raises KeyError."""
    return next(one for one in FIELDS[kind] if one.name == name)
