"""The same people met again: attempts, losses, links, change."""

from __future__ import annotations

from enquete.errors.message import Message


class FollowUpProblem:
    """The same people met again: attempts, losses, links, change."""

    QUESTION_CHANGED = Message(
        "« {name} » n'est pas la même sorte de question aux deux vagues ({first}, puis {second}) : ses réponses ne se "
        "comparent pas.",
        "Donnez à la question de l'une des vagues un autre nom dans son questionnaire, puis importez de nouveau.",
    )
    QUESTION_OPEN = Message(
        "« {name} » est une question ouverte : ses réponses se lisent, elles ne se mettent pas en tableau.",
        "Codez-les (« enquete coder ») ; « enquete synthese » compte leurs codes.",
    )
    QUESTION_NOT_COMPARED = Message(
        "les réponses à « {name} » ({kind}) ne se comparent pas d'une vague à l'autre.",
        "Se comparent : un choix, plusieurs choix, un nombre. « enquete exporter reponses » donne toutes les réponses.",
    )
    QUESTION_UNKNOWN = Message(
        "aucune réponse de la vague {wave} ne porte sur « {name} ».",
        "Questions de cette vague : {known}.",
    )
    QUESTION_TWICE = Message(
        "« {name} » est dans plusieurs questionnaires de la vague {wave} : {found}.",
        "Dites lequel par « --questionnaire ».",
    )
    NO_ANSWERS = Message(
        "l'étude n'a pas de réponses pour la vague {wave}.",
        "Importez-les par « enquete importer reponses FICHIER --vague {wave} ».",
    )
    WAVES_TO_COMPARE = Message(
        "il faut deux vagues différentes pour dire ce qui change ({found}).",
        "Nommez-les : « --de v1 --a v2 ».",
    )
    NO_KEY_TO_COMPARE = Message(
        "les réponses de la vague {wave} ne disent pas de qui elles sont : elles ne se relient à aucune autre vague.",
        "Importez un fichier qui a une colonne de codes des participants, ou lisez chaque vague pour elle-même.",
    )
    SAMPLING_MISSING = Message(
        "un test suppose un tirage au sort : sans savoir comment les personnes ont été choisies, il ne dit rien.",
        "Ajoutez « --echantillon » et dites-le en quelques mots : "
        '--echantillon "tirées au sort sur la liste de la CAF".',
    )
    TRAJECTORIES_NOT_PUBLIC = Message(
        "un parcours, même sans nom, fait reconnaître la personne : il ne se diffuse pas.",
        "Destinataires possibles : équipe, groupe-projet.",
    )
    THEMES_NOT_PUBLIC = Message(
        "ce tableau dit personne par personne ce qui change : il ne se diffuse pas.",
        "La feuille « Thème × vague » de « enquete synthese --destinataires diffusion » donne les nombres, protégés.",
    )
    NOBODY_FOLLOWED = Message(
        "aucune personne de l'étude ne porte le code « {code} ».", "« enquete suivi » montre les codes."
    )
