"""Study folder, configuration and database."""

from __future__ import annotations

from enquete.errors.message import Message


class StudyProblem:
    """Study folder, configuration and database."""

    NO_STUDY = Message(
        "aucune étude (fichier « enquete.toml ») dans ce dossier ni au-dessus.",
        "Placez-vous dans le dossier de l'étude, ou indiquez-le par « --etude DOSSIER ».",
    )
    CONFIG_ENCODING = Message(
        "ce fichier de réglages n'est pas en UTF-8.",
        "Enregistrez-le de nouveau avec l'encodage « UTF-8 ».",
    )
    CONFIG_SYNTAX = Message(
        "cette ligne du fichier de réglages n'est pas comprise.",
        'Forme attendue : clé = "texte", clé = 5 ou clé = ["a", "b"], avec des guillemets droits.',
    )
    CONFIG_INVALID = Message("réglages à corriger :\n{faults}", "")
    NO_DATABASE = Message(
        "la base de l'étude manque.",
        "Reprenez une sauvegarde de l'étude entière (base et coffre ensemble).",
    )
    STUDY_EXISTS = Message("ce dossier contient déjà une étude.", "Choisissez un autre dossier.")
    FOLDER_NOT_EMPTY = Message("ce dossier existe et n'est pas vide.", "Choisissez un dossier nouveau ou vide.")
    SYNCED_FOLDER = Message(
        "ce dossier est synchronisé ou sur un disque de réseau ({what}).",
        "Créez l'étude sur un disque de cette machine : une copie partielle perdrait des codages.",
    )
    UNKNOWN_KIT = Message("le kit « {name} » n'existe pas.", "Kits : {known}.")
    NEWER_STUDY = Message("cette étude a été écrite par une version plus récente d'enquete.", "Mettez enquete à jour.")
    DATABASE_BUSY = Message(
        "une autre commande écrit dans cette étude depuis trop longtemps.",
        "Attendez qu'elle finisse, puis relancez.",
    )
    DATABASE_WRITE = Message(
        "la base de l'étude ne peut pas être lue ou écrite ({reason}).",
        "Vérifiez la place libre et les droits sur le dossier ; rien de ce qui était enregistré n'est perdu.",
    )
    BROKEN_DATABASE = Message(
        "ce fichier n'est pas une base enquete, ou il est abîmé.",
        "Reprenez une sauvegarde de l'étude entière (base et coffre ensemble).",
    )
