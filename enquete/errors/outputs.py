"""What goes out: reports, the gate."""

from __future__ import annotations

from enquete.errors.message import Message


class OutputProblem:
    """What goes out: reports, the gate."""

    ONLY_PICTURES = Message(
        "ce fichier n'est qu'une image : rien n'en a été lu.",
        "Regardez-la vous-même : un nom, un visage, une adresse, un formulaire peuvent s'y lire.",
    )
    OUTPUT_LEAKS = Message(
        "cette sortie contient ce que ses destinataires ne doivent pas lire ; elle n'a pas été écrite. "
        "Endroits :{places}\n",
        "Masquez ces mots dans les textes (« enquete relire », « enquete corriger »), ou changez ce qui les a amenés "
        "ici : fichier des participants, grille, nom du fichier, constat ou recommandation (« enquete recommandation "
        "modifier REC01 --champ … »). "
        "Un endroit qui ne désigne personne se laisse passer par « enquete verifier --admettre REPÈRE ».",
    )
    PSEUDONYM_COLLISION = Message(
        "un pseudonyme était aussi le nom d'une personne de l'étude : il vient d'être changé dans {codes}. "
        "La sortie n'a pas été écrite.",
        "Relancez la commande : elle prendra le nouveau pseudonyme.",
    )
    UNVERIFIABLE = Message(
        "ce fichier, ou l'un de ceux qu'il contient, est d'un format qui ne se lit pas : il ne peut pas être vérifié.",
        "Enregistrez-le en .xlsx, .docx, .odt, .ods, .html, .csv, .sav, .dta, .txt, .json, .pdf ou .qdpx, sans objet "
        "incorporé ni macro.",
    )
    REVISED_PDF = Message(
        "ce PDF garde des états antérieurs de son contenu : ce qui en a été effacé peut s'y lire encore.",
        "Exportez de nouveau le PDF depuis le document d'origine.",
    )
    UNKNOWN_MARK = Message(
        "« {mark} » n'est pas un repère de cette vérification.",
        "Recopiez les huit signes que « enquete verifier » ou le refus affiche à côté de l'endroit.",
    )
    SIGNER_MISSING = Message(
        "qui signe n'est pas dit.",
        'Ajoutez « --par "Prénom Nom" » : une personne de l\'équipe répond de chaque citation diffusée.',
    )
    SIGNING_NOTHING = Message(
        "aucune citation n'est désignée.",
        "Donnez des numéros (« enquete signer » les montre) ou « --tout ».",
    )
    UNKNOWN_QUOTATION = Message(
        "aucune citation à signer ne porte le numéro {number}.",
        "« enquete signer » et « enquete signer --signees » montrent les numéros.",
    )
    UNKNOWN_AUDIENCE = Message("les destinataires « {name} » n'existent pas.", "Destinataires : {known}.")
    OUTPUT_BLOCKED = Message(
        "des noms trouvés après coup attendent d'être relus dans des textes déjà enregistrés ({codes}) ; rien ne sort "
        "avant.",
        "Relisez-les par « enquete relire », puis relancez.",
    )
    DOCUMENT_MARKER = Message(
        "ce modèle contient des repères inconnus : {markers}.",
        "Corrigez-les dans le dossier « documents » de l'étude : « enquete documents --liste » montre les repères "
        "connus.",
    )
    DOCUMENT_BRACES = Message(
        "dans ce modèle, un repère n'est pas fermé, ou ses accolades sont de trop : « {text} ».",
        "Écrivez un repère entre deux accolades de chaque côté, sur un seul paragraphe : « {{{{étude}}}} ».",
    )
    UNKNOWN_DOCUMENT = Message("le document « {name} » n'existe pas.", "Documents : {known}.")
    DOCUMENT_CHANGED = Message(
        "ce document a été modifié depuis qu'il a été écrit ; il est laissé tel quel.",
        "Renommez-le, ou rangez-le hors de « exports », puis relancez.",
    )
    DOCUMENT_UNREADABLE = Message("ce document ne peut pas être lu ({reason}).", "Fermez-le dans Word, puis relancez.")
    DOCUMENT_SUBJECT = Message(
        "ce fichier de sujet n'est pas compris ({reason}).",
        "Gardez les clés et les guillemets du modèle livré ; enregistrez en UTF-8.",
    )
    OUTPUT_IS_FOLDER = Message(
        "c'est un dossier, pas un fichier où écrire.", "Indiquez aussi le nom du fichier à écrire."
    )
    OUTPUT_WRITE = Message("le fichier ne peut pas être écrit ({reason}).", "Vérifiez le dossier et la place libre.")
    OUTPUT_LOCKED = Message(
        "le fichier ne peut pas être écrit.", "Fermez-le dans le tableur, puis relancez la commande."
    )
