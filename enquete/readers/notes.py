"""What the readers of office documents say they left out."""

from __future__ import annotations


def left_out(*, comments: int, notes: int) -> list[str]:
    """Warnings in French, none when nothing was left out."""
    warnings = []
    if comments:
        warnings.append(_sentence(comments, "commentaire", "commentaires"))
    if notes:
        warnings.append(_sentence(notes, "note de bas de page", "notes de bas de page"))
    return warnings


def _sentence(count: int, one: str, many: str) -> str:
    if count == 1:
        return (
            f"1 {one} n'est pas repris dans le texte."
            if one == "commentaire"
            else f"1 {one} n'est pas reprise dans le texte."
        )
    agreed = "repris" if one == "commentaire" else "reprises"
    return f"{count} {many} ne sont pas {agreed} dans le texte."
