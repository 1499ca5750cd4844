"""Files of answers: reading, matching, importing, exporting."""

from __future__ import annotations

from enquete.errors.message import Message


class AnswersProblem:
    """Files of answers: reading, matching, importing, exporting."""

    # --- reading
    ANSWERS_FORMAT = Message(
        "ce format de fichier n'est pas pris en charge.",
        "Enregistrez les réponses en .sav, .dta, .csv, .xlsx ou .ods.",
    )
    ANSWERS_DAMAGED = Message(
        "ce fichier est abîmé, ou n'est pas un fichier de SPSS ou de Stata.",
        "Copiez-le de nouveau depuis sa source, ou enregistrez-le de nouveau dans le logiciel qui l'a fait.",
    )
    ANSWERS_STRUCTURE = Message(
        "c'est la structure d'un questionnaire LimeSurvey, sans aucune réponse.",
        "Exportez les réponses depuis LimeSurvey (« Réponses », « Exporter », en .csv) ; de cette structure, "
        "« enquete questionnaire proposer » tire un questionnaire.",
    )
    ANSWERS_FORM = Message(
        "c'est un questionnaire XLSForm, sans aucune réponse.",
        "Exportez les réponses depuis la plateforme qui les a recueillies ; rangez ce questionnaire dans "
        "« questionnaires/ ».",
    )
    ANSWERS_SHIFTED = Message(
        "il y a plus de valeurs que de titres ({headers}), les colonnes seraient décalées : {lines}.",
        "Mettez entre guillemets droits les valeurs qui contiennent le séparateur (« 12,5 »), ou enregistrez en .xlsx "
        "(dans R : row.names = FALSE).",
    )
    ANSWERS_MIXED = Message(
        "ces lignes n'ont pas le même séparateur que la ligne de titres : {lines}.",
        "Employez partout le même : point-virgule, virgule ou tabulation.",
    )
    ANSWERS_REPEATED = Message(
        "les colonnes {first} et {second} portent le même titre, « {title} ».",
        "Donnez à chaque colonne un titre différent, ou exportez les noms des questions plutôt que leurs libellés.",
    )
    ANSWERS_TWO_HEADERS = Message(
        "ce tableau semble avoir deux lignes de titres : des colonnes n'ont de titre que dans celle-ci.",
        "Gardez-en une seule, où chaque colonne a son titre.",
    )
    ANSWERS_MOJIBAKE = Message(
        "les lettres accentuées ont été mal décodées avant d'arriver ici (« {bad} » au lieu de « {good} », {times}).",
        "Réexportez le fichier en UTF-8, ou relancez avec --reparer-accents pour les rétablir.",
    )
    ANSWERS_INCOMPLETE = Message(
        "ce fichier annonce {announced} cas et n'en contient que {found} : il a été coupé.",
        "Copiez-le de nouveau depuis sa source.",
    )
    ANSWERS_ARCHIVE = Message(
        "cette archive ne contient aucun fichier de réponses.",
        "Mettez-y les .csv de l'export, ou indiquez le fichier lui-même.",
    )
    ANSWERS_TWO_MAIN = Message(
        "ces fichiers ne vont pas ensemble : aucun ne se rattache à un autre.",
        "Importez-les un à un.",
    )

    # --- the mapping file
    MAPPING_ENCODING = Message(
        "cette correspondance n'est pas en UTF-8.", "Enregistrez-la de nouveau avec l'encodage « UTF-8 »."
    )
    MAPPING_SYNTAX = Message(
        "cette ligne de la correspondance n'est pas comprise.",
        'Forme attendue : "dans le fichier" = "dans le questionnaire", avec des guillemets droits.',
    )
    MAPPING_INVALID = Message("correspondance à corriger :\n{faults}", "")

    # --- importing
    LINKS_COLUMNS = Message(
        "on ne sait pas laquelle de ces colonnes donne la clé du fichier de réponses, et laquelle le code de l'étude.",
        "Titrez-les « clé » et « participant ».",
    )
    LINKS_TWICE = Message(
        "les lignes {first} et {second} donnent la même clé à deux personnes différentes.",
        "Gardez la bonne, supprimez l'autre.",
    )
    LINKS_UNKNOWN = Message(
        "l'étude ne connaît pas ces codes : {codes}.",
        "Corrigez-les, ou importez d'abord le fichier des participants.",
    )
    ANSWERS_UNSETTLED = Message(
        "rien n'est importé, car tout n'est pas clair :\n{faults}\n",
        "« --proposer » écrit un fichier de correspondance à relire, que « --correspondance » fait suivre.",
    )
    MAPPING_THERE = Message(
        "ce fichier existe déjà, il n'est pas récrit.",
        "Complétez-le, ou donnez-lui un autre nom avant de relancer « --proposer ».",
    )
    ANSWERS_MOVED = Message(
        "une autre commande a écrit dans l'étude pendant cette importation, rien n'est importé.",
        "Relancez la commande.",
    )
    ANSWERS_CORRECTED = Message(
        "sans code ni identifiant, on ne peut pas dire qui est qui. Lignes déjà dans l'étude : {same} ; dans l'étude "
        "et plus dans ce fichier : {gone} ; nouvelles : {new}. Des lignes corrigées compteraient deux fois.",
        "Ne donnez que les lignes nouvelles, ou un fichier qui a une colonne d'identifiant.",
    )

    # --- exporting
    EXPORT_QUESTION_TWICE = Message(
        "« {name} » est dans deux questionnaires de la vague {wave} : {one} et {other} ; une ligne n'a de place que "
        "pour une réponse.",
        "Exportez-les l'un après l'autre : « --questionnaire ».",
    )
    EXPORT_TEAM_ONLY = Message(
        "des réponses personne par personne font reconnaître quelqu'un, même sans nom : elles ne sortent que pour "
        "l'équipe.",
        "Pour d'autres destinataires, des tableaux : « enquete suivi reponses --sortie », « enquete synthese ».",
    )
    EXPORT_NOTHING = Message(
        "aucune réponse à exporter{what}.", "Importez-les par « enquete importer reponses ». Dans l'étude : {known}."
    )
    EXPORT_FORMAT = Message("le format « {name} » n'existe pas.", "Formats : {known}.")
    EXPORT_LAYOUT = Message(
        "la disposition « {name} » n'existe pas.",
        "Dispositions : longue (une ligne par personne et par vague), large (une ligne par personne).",
    )
    EXPORT_EXTENSION = Message(
        "ce nom finit par « {found} », le format demandé est {wanted}.",
        "Donnez au fichier l'extension « .{wanted} », ou changez « --format ».",
    )
