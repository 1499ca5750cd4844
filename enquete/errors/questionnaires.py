"""Questionnaires and interview guides."""

from __future__ import annotations

from enquete.errors.message import Message


class QuestionnaireProblem:
    """Questionnaires and interview guides."""

    QUESTIONNAIRE_IS_FOLDER = Message("c'est un dossier.", "Indiquez le fichier du questionnaire lui-même.")
    QUESTIONNAIRE_EMPTY = Message("ce fichier est vide.", "Vérifiez que le bon fichier a été enregistré.")
    QUESTIONNAIRE_FORMAT = Message(
        "ce n'est pas un questionnaire XLSForm.",
        "Un questionnaire s'écrit en tableaux Markdown (.md) ou dans un classeur (.xlsx, .xls), avec ses feuilles "
        "« survey » et « choices » ; une structure LimeSurvey (.lss) ou un fichier de réponses donnent un "
        "questionnaire à relire par « enquete questionnaire proposer ».",
    )
    QUESTIONNAIRE_DAMAGED = Message(
        "ce classeur est abîmé, ou n'en est pas un.",
        "Ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx.",
    )
    QUESTIONNAIRE_FAULTS = Message("ce questionnaire a des fautes :{faults}\n", "Corrigez-les, puis relancez.")
    GUIDE_FAULTS = Message("ce guide d'entretien ne se lit pas :{faults}\n", "Corrigez-le, puis relancez.")
    UNKNOWN_QUESTIONNAIRE = Message(
        "le questionnaire « {name} » n'existe pas.",
        "Questionnaires de l'étude : {known}. Ils sont dans son dossier « questionnaires ».",
    )
    NO_QUESTIONNAIRE = Message(
        "l'étude n'a pas de questionnaire{wave}.",
        "Questionnaires de l'étude : {known}. Écrivez-en un dans son dossier « questionnaires », ou faites-en proposer "
        "un : « enquete questionnaire proposer FICHIER ».",
    )
    WHICH_QUESTIONNAIRE = Message(
        "plusieurs questionnaires conviennent.", "Nommez celui qu'il faut par « --questionnaire » : {known}."
    )
    GUIDE_WAVE = Message("ce guide n'a rien pour la vague « {wave} ».", "Vagues du guide : {known}.")
    GUIDE_IS_NO_FORM = Message(
        "un guide d'entretien n'est pas un formulaire pour Kobo ou ODK.", "Pour l'imprimer : « --format docx »."
    )
    QUESTIONNAIRE_OUTPUT = Message(
        "le nom du fichier et le format ne vont pas ensemble.", "Donnez un nom qui finit par « .{format} »."
    )
    LSS_UNREADABLE = Message(
        "ce n'est pas la structure d'un questionnaire LimeSurvey.",
        "Dans LimeSurvey : Exporter, « Structure du questionnaire (.lss) ».",
    )
    LSS_EMPTY = Message(
        "cette structure LimeSurvey ne contient aucune question.", "Vérifiez que le bon questionnaire a été exporté."
    )
    DRAFT_EXISTS = Message(
        "ce fichier existe déjà, et n'a pas été touché.", "Donnez un autre nom par « --nom », ou renommez ce fichier."
    )
    DRAFT_NAME = Message(
        "« {name} » ne peut pas être le nom d'un questionnaire.", "Des lettres, des chiffres et des tirets : rsa-v1."
    )
    DRAFT_NAMED = Message(
        "le nom de ce fichier semble désigner quelqu'un : un questionnaire n'est pas chiffré.",
        "Donnez-lui un autre nom par « --nom ».",
    )
    DRAFT_FROM_QUESTIONNAIRE = Message(
        "c'est déjà un questionnaire XLSForm.",
        "Copiez-le dans le dossier « questionnaires » de l'étude : il sert tel quel.",
    )
    DRAFT_FAULTS = Message(
        "le questionnaire proposé a des fautes, et n'a pas été écrit :{faults}\n",
        "Corrigez les titres des colonnes de ce fichier, puis relancez.",
    )
