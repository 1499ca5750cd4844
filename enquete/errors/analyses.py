"""Analyses described as text, and the documents made from them."""

from __future__ import annotations

from enquete.errors.message import Message


class AnalysesProblem:
    """Analyses described as text, and the documents made from them."""

    ANALYSIS_NAME = Message(
        "« {name} » ne peut pas nommer une analyse.",
        "Lettres, chiffres, tirets et points, 60 signes au plus ; {taken} sont déjà pris.",
    )
    ANALYSIS_ENCODING = Message(
        "cette analyse n'est pas en UTF-8.", "Enregistrez-la de nouveau avec l'encodage « UTF-8 »."
    )
    ANALYSIS_SYNTAX = Message(
        "cette ligne de l'analyse n'est pas comprise.",
        'Forme attendue : clé = "texte", clé = 5 ou clé = ["a", "b"], avec des guillemets droits.',
    )
    ANALYSIS_INVALID = Message("analyse à corriger :\n{faults}", "")
    ANALYSIS_UNKNOWN = Message(
        "l'analyse « {name} » n'existe pas.{close}",
        "Analyses de l'étude : {known}. « enquete analyse nouvelle NOM » en commence une.",
    )
    ANALYSIS_EXISTS = Message(
        "cette analyse existe déjà ; elle est laissée telle quelle.", "Choisissez un autre nom, ou modifiez-la."
    )
    ANALYSIS_SUBTRACTS = Message(
        "pas de document pour diffusion : à côté de « {other} », une soustraction y compterait moins de {threshold} "
        "personnes ({part}).",
        "Élargissez ce que l'analyse retient (vagues, répondants, personnes, croisements), ou écrivez-la pour l'équipe "
        "ou le groupe-projet.",
    )
    FORMAT_UNKNOWN = Message("le format « {name} » n'existe pas.", "Formats : xlsx, docx, html.")
    ONE_OUTPUT = Message(
        "ce nom de fichier ne va pas avec « --format {formats} ».",
        "Donnez à « --sortie » un dossier, ou ôtez « --format » : le nom dit le format.",
    )
    WORD_TEMPLATE = Message(
        "ce modèle Word ne peut pas être lu ({reason}).",
        "Corrigez « modele » dans la section [synthese] d'enquete.toml : un fichier .docx de l'étude.",
    )
    NO_WORD_SOUGHT = Message("« {word} » n'a pas de mot à chercher.", "Écrivez un mot : enquete mots logement.")
    THEME_UNKNOWN = Message("le code « {name} » n'est dans aucune grille de l'étude.", "Thèmes : {known}.")
