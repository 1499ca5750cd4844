"""Files that come in: transcripts, tables, interviews."""

from __future__ import annotations

from enquete.errors.message import Message


class ReadingProblem:
    """Files that come in: transcripts, tables, interviews."""

    # --- importing interviews
    SPEAKER_RULE = Message(
        "« --locuteur {rule} » n'est pas compris.",
        "Écrivez « --locuteur NOM=enqueteur », « =participant », « =autre » ou « =P012 » ; au lieu du nom, le numéro "
        "du locuteur convient aussi : « 2=P012 ».",
    )
    UNKNOWN_SPEAKER_CODE = Message(
        "{code} n'est pas un participant connu : rien n'a été importé.",
        "Corrigez « --locuteur » (participants connus : {known}), ou ajoutez une ligne à ce code dans le fichier des "
        "participants (« --participants »).",
    )
    DEMO_BROKEN = Message("la démonstration livrée ne se lit pas.", "Réinstallez enquete.")
    UNKNOWN_WAVE = Message("la vague « {wave} » n'est pas dans « enquete.toml ».", "Vagues de l'étude : {known}.")
    SAME_FILE_TWICE = Message("le même fichier est donné deux fois.", "Une seule fois suffit : l'autre a été lu.")
    SAME_NAME_TWICE = Message(
        "deux fichiers différents portent ce nom.",
        "Renommez l'un des deux, ou dites à qui ils sont dans le fichier des participants.",
    )
    FILE_CHANGED = Message(
        "ce fichier a changé depuis son importation ({code}) ; rien n'a été modifié.",
        "Ajoutez « --remplacer » pour enregistrer le nouveau texte : les codages suivront.",
    )
    OTHER_WAVE = Message(
        "le fichier des participants le place en vague {other}, la commande en vague {wave}.",
        "Relancez avec l'autre vague, ou sans « --vague ».",
    )
    WHICH_WAVE = Message(
        "sa vague n'est pas donnée.",
        "Ajoutez « --vague » ({known}) ou une ligne au fichier des participants.",
    )
    ROW_REFUSED = Message(
        "sa ligne du fichier des participants (ligne {row}) est refusée : le texte n'est pas enregistré.",
        "Corrigez cette ligne, puis relancez.",
    )
    NEARLY_NAMED = Message(
        "aucune ligne du fichier des participants ne nomme ce fichier, mais la ligne {row} en nomme un presque pareil.",
        "Écrivez le même nom des deux côtés, puis relancez.",
    )
    LATE_WITHDRAWAL = Message(
        "d'après le fichier des participants (ligne {row}), cette personne ne participe plus : ses paroles ({code}) ne "
        "sont plus ni comptées ni citées, mais son texte est encore dans l'étude.",
        "Pour l'effacer partout : « enquete retirer » avec le code de cette personne.",
    )
    NO_CONSENT = Message(
        "d'après le fichier des participants (ligne {row}), cette personne {verb} son consentement : "
        "le texte n'est pas enregistré.",
        "Si c'est une erreur, corrigez la colonne du consentement.",
    )
    # --- readers
    FILE_NOT_FOUND = Message("ce fichier n'existe pas.", "Vérifiez le chemin.")
    NOT_A_FILE = Message("c'est un dossier, pas un fichier.", "Indiquez les fichiers un à un, ou « DOSSIER/*.docx ».")
    FILE_UNREADABLE = Message(
        "ce fichier ne peut pas être ouvert.",
        "Vérifiez vos droits sur le fichier, et qu'aucun autre logiciel ne le retient.",
    )
    EMPTY_FILE = Message("ce fichier est vide.", "Vérifiez que la transcription a bien été enregistrée sous ce nom.")
    NO_WORDS = Message(
        "ce fichier ne contient aucune parole.", "Ouvrez-le pour vérifier qu'il contient une transcription."
    )
    TOO_LARGE = Message(
        "ce fichier dépasse {megabytes} Mo : c'est bien plus qu'une transcription.",
        "Retirez-en les images et les sons, ou enregistrez le texte seul en .docx ou en .txt.",
    )
    UNKNOWN_FORMAT = Message(
        "ce format de fichier n'est pas pris en charge.",
        "Enregistrez la transcription en .docx, .odt, .rtf, .txt, .md, .pdf, .srt, .vtt, .json (Whisper) ou .html.",
    )
    OLD_DOC = Message(
        "c'est un document Word d'avant 2007 (.doc), qui ne peut pas être lu.",
        "Ouvrez-le dans Word ou LibreOffice et enregistrez-le en .docx.",
    )
    ENCRYPTED = Message(
        "ce fichier est protégé par un mot de passe.",
        "Ouvrez-le avec son mot de passe, retirez la protection, puis enregistrez-le de nouveau.",
    )
    CORRUPT_FILE = Message(
        "ce fichier est endommagé ou incomplet.",
        "Copiez-le de nouveau depuis sa source, ou ouvrez-le et enregistrez-le sous un autre nom.",
    )
    ZIP_BOMB = Message(
        "ce fichier se déplie en un volume démesuré ; il n'a pas été ouvert.",
        "N'ouvrez pas ce fichier s'il vient d'un inconnu ; sinon, enregistrez le texte seul en .txt.",
    )
    IMAGE_PDF = Message(
        "ce PDF ne contient que des images de pages, sans texte.",
        "Passez-le par une reconnaissance de caractères (OCR), ou demandez le fichier d'origine.",
    )
    NOT_A_TRANSCRIPT = Message(
        "ce fichier .json ne contient pas de transcription.",
        "Indiquez le .json écrit par Whisper, faster-whisper ou WhisperX (avec ses « segments »).",
    )
    BINARY_FILE = Message(
        "ce fichier n'est pas du texte, malgré son extension.",
        "Vérifiez son extension, ou enregistrez la transcription en .docx ou en .txt.",
    )
    # --- tables
    TABLE_IS_FOLDER = Message("c'est un dossier, pas un tableau.", "Indiquez le fichier lui-même (.csv, .xlsx…).")
    TABLE_EMPTY = Message("ce tableau est vide.", "Vérifiez que le bon fichier a été enregistré.")
    TABLE_NO_HEADER = Message(
        "la première ligne du tableau n'est pas une ligne de titres.",
        "Ajoutez en haut une ligne qui nomme chaque colonne.",
    )
    TABLE_REPEATED = Message(
        "les colonnes {first} et {second} portent le même titre.",
        "Donnez à chaque colonne un titre différent.",
    )
    TABLE_NO_TITLE = Message(
        "la colonne {column} contient quelque chose mais n'a pas de titre.",
        "Donnez-lui un titre, ou videz la cellule.",
    )
    TABLE_NO_COLUMN = Message(
        "il manque une colonne : {wanted}.",
        "Titres acceptés, entre autres : {names}.",
    )
    TABLE_SHIFTED = Message(
        "{fields} valeurs sur cette ligne pour {headers} titres : les colonnes seraient décalées.",
        "Mettez entre guillemets droits les valeurs qui contiennent le séparateur (« 12,5 »), ou enregistrez en .xlsx.",
    )
    TABLE_MIXED = Message(
        "cette ligne n'a pas le même séparateur que la ligne de titres.",
        "Employez partout le même : point-virgule, virgule ou tabulation.",
    )
    TABLE_QUOTES = Message(
        "des guillemets droits ouverts ici ne sont pas refermés, ou le sont au milieu d'une valeur.",
        "Doublez les guillemets droits qui font partie d'une valeur, ou enregistrez en .xlsx.",
    )
    TABLE_JSON = Message(
        "cette ligne n'est pas un objet JSON simple.", 'Forme attendue : {{"code": "R01", "tour": 3}}.'
    )
    TABLE_PASSWORD = Message("ce fichier est protégé par un mot de passe.", "Enregistrez-le sans mot de passe.")
    TABLE_OLD_EXCEL = Message("ce fichier est dans l'ancien format d'Excel (.xls).", "Enregistrez-le en .xlsx.")
    TABLE_DAMAGED = Message(
        "ce fichier est abîmé, ou n'est pas un tableau.",
        "Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en .csv.",
    )
    TABLE_TOO_LARGE = Message("ce fichier est démesuré une fois décompressé.", "Vérifiez d'où il vient.")
    TABLE_NO_SHEET = Message("la feuille « {sheet} » n'existe pas.", "Vérifiez le nom des onglets.")
    TABLE_FORMULAS = Message(
        "une formule n'a pas encore été calculée.",
        "Ouvrez le fichier dans un tableur, enregistrez-le, puis recommencez.",
    )
