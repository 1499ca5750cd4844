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

    PIECE_FIELD = Message("« {name} » n'est pas un champ ({kind}).", "Champs : {known}.")
    PIECE_VALUES = Message("rien n'est enregistré :{faults}\n", "Corrigez, puis relancez.")
    PIECE_UNTITLED = Message("{kind} sans titre.", "Donnez-lui un titre, en une phrase.")
    PIECE_UNKNOWN = Message("{kind} : le code « {code} » n'est pas dans l'étude.", "Codes connus : {known}.")
    PIECE_QUOTATION = Message(
        "citation non trouvée : {why}.",
        "« enquete coder » ou « enquete citations » montrent l'entretien, le tour et les mots.",
    )
    PIECE_NUMBER = Message("{code} n'a pas de citation n° {number}.", "Ses citations : {known}.")
    QUOTATIONS_OF_WHAT = Message(
        "il n'est pas dit quelles citations chercher.",
        "Donnez un thème (« --theme rsa:R07 »), ou un constat qui en a (« --constat C01 »).",
    )
    QUOTATIONS_NO_THEME = Message(
        "le constat {code} n'a pas de thème.",
        "Donnez-en un ici (« --theme rsa:R07 »), ou au constat (« enquete constat modifier {code} »).",
    )
    QUOTATIONS_LENGTH = Message("« {written} » n'est pas une longueur.", "En mots : « --longueur 15-60 ».")
    QUOTATIONS_KEEP = Message(
        "« --retenir » demande aussi {missing}.", "Exemple : --retenir 12,40 --constat C01 --par lea."
    )
    QUOTATION_NUMBER = Message(
        "aucun passage ne porte le numéro {number}.", "« enquete citations --theme … » montre les numéros."
    )
    QUOTATION_PLACE = Message(
        "« {written} » ne désigne pas un passage.",
        "Donnez son numéro (« 12 »), ou l'entretien et le tour (« E003:12 »), au besoin avec « --mots ».",
    )
    QUOTATION_HELD = Message(
        "la citation {number} ne peut pas être retenue : {why}.", "Choisissez-en une autre ; rien n'est enregistré."
    )
    PARAPHRASE_SAME = Message(
        "cette paraphrase reprend {count} mots de suite de l'entretien : elle serait refusée à la sortie.",
        "Dites-le en d'autres mots : la personne peut être reconnue aux siens.",
    )
    REMARK_EMPTY = Message("il n'y a pas de texte.", "Écrivez-le : --texte « … ».")
    PIECE_FILES = Message(
        "des fichiers ne sont pas compris, rien n'en est repris :{faults}\n",
        "Corrigez ces lignes, puis relancez ; ces fichiers restent comme ils sont.",
    )
    PIECE_CONFLICTS = Message(
        "le fichier et l'étude disent autre chose :{conflicts}\n",
        "Relancez « reprendre » avec ce fichier et « --prendre fichier », ou « --prendre etude » : les mots du fichier "
        "sont alors perdus.",
    )
    PIECE_FILE_ELSEWHERE = Message(
        "aucun fichier de ce nom dans le dossier « {folder} » de l'étude.",
        "Mettez-le dans ce dossier (un fichier .md), puis relancez.",
    )
    PIECE_SPLIT = Message("« {written} » n'est pas compris.", 'Écrivez « --champ "État=proposé" ».')
    PIECE_CHOICE = Message("« {written} » n'est pas compris.", "« --prendre fichier » ou « --prendre etude ».")
    REPLIES_DAY = Message("« {written} » n'est pas un jour.", "Exemple : --au 2026-11-03.")
    REPLIES_FORMAT = Message("ce suivi s'écrit en .html ou en .docx.", "Donnez l'un des deux, ou un dossier.")
    REPLIES_NOTHING = Message(
        "aucune recommandation à montrer pour {readers}.",
        "En diffusion n'entrent que celles qui sont validées, envoyées, répondues ou mises en œuvre "
        "(« enquete recommandation »).",
    )
    CASE_THEME = Message("thème : {why}", "« enquete grille montrer » donne les codes de chaque grille.")
    CASE_TABLE = Message(
        "ce n'est pas une grille des cas : il y manque la colonne « Personne » et celles des thèmes (« rsa:R02… »), "
        "ou les colonnes « participant », « thème » et « résumé ».",
        "Reprenez le classeur de « enquete cas grille », ou une table « participant, thème, résumé ».",
    )
    SHEETS_WHICH = Message(
        "dites quelles fiches écrire.", "« enquete cas fiche E003 », « enquete cas fiche P003 », ou --toutes."
    )
    SHEETS_UNKNOWN = Message(
        "« {written} » n'est ni un entretien de l'étude, ni une personne qui y a un entretien et participe toujours.",
        "« enquete cas » montre les personnes, « enquete etat » les entretiens.",
    )
    CASES_NOT_TAKEN = Message(
        "des personnes ont écrit dans cette grille, et rien n'en est encore repris : elle n'est pas remplacée.",
        "Reprenez-la d'abord (« enquete cas reprendre »), écrivez ailleurs (--sortie), ou ajoutez --remplacer.",
    )

    ROUND_NO_MARK = Message(
        "ce classeur ne porte pas de repère de retour.",
        "Reprenez un classeur écrit par « enquete synthese » pour l'équipe ou le groupe-projet, avec sa feuille "
        "« Méthode ».",
    )
    ROUND_UNKNOWN = Message(
        "le repère de ce classeur n'est pas de cette étude, ou quelqu'un s'en est retiré depuis.",
        "Refaites le classeur par « enquete synthese », et reportez-y les changements.",
    )
    ROUND_CHOICE = Message("« {written} » n'est pas compris.", "« --prendre classeur » ou « --prendre etude ».")
