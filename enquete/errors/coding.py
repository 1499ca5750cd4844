"""Coding by several people: page, packets, rounds, agreement, disagreements."""

from __future__ import annotations

from enquete.errors.message import Message


class CodingProblem:
    """Coding by several people: page, packets, rounds, agreement, disagreements."""

    # --- coding page
    PAGE_NO_INTERVIEW = Message("ce texte n'est pas dans votre liste.", "")
    PAGE_BAD_REQUEST = Message("cette demande n'est pas comprise.", "Rechargez la page.")
    CODES_CHANGE = Message("une commande est en train de changer les codes.", "Attendez un instant, puis relancez.")
    PAGE_NOT_ARBITER = Message("il n'y a rien à cette adresse.", "")
    PAGE_CASE_GONE = Message("ce désaccord n'est plus là : des codages ont changé entre-temps.", "Rechargez la liste.")
    PAGE_NO_CODER = Message(
        "il faut dire qui code.",
        "Ajoutez « --codeur CODE » (il peut se répéter), ou la liste « codeurs » dans enquete.toml.",
    )
    PAGE_SETTLED_CODER = Message(
        "« {name} » est le nom sous lequel les désaccords réglés sont gardés : personne ne code à sa place.",
        "Choisissez un autre code.",
    )
    PAGE_SECRET = Message(
        "de quoi faire les liens des codeurs ne peut pas être lu ou écrit ({reason}).",
        "Vérifiez vos droits sur ce dossier.",
    )
    PAGE_TWICE = Message(
        "la page de codage de cette étude est déjà ouverte sur cet ordinateur.",
        "Servez-vous de celle-là, ou fermez-la (Ctrl+C) avant d'en ouvrir une autre.",
    )
    PAGE_PORT = Message(
        "le port {port} ne peut pas être ouvert ({reason}).",
        "Choisissez-en un autre : « --port 8766 », ou « --port 0 » pour n'importe lequel de libre.",
    )
    PAGE_CERTIFICATE = Message(
        "ce certificat et sa clé ne peuvent pas servir ({reason}).",
        "Donnez un certificat au format PEM, et par « --cle-certificat » la clé qui va avec, sans mot de passe.",
    )
    PAGE_CERTIFICATE_PAIR = Message(
        "« --certificat » et « --cle-certificat » vont ensemble.",
        "Donnez les deux, ou aucun.",
    )
    # --- packets
    SEAL_PHRASE = Message(
        "la phrase n'est pas la bonne.",
        "C'est celle du paquet, donnée à la personne qui code : vérifiez majuscules, accents, ordre des mots.",
    )
    SEAL_DAMAGED = Message(
        "ce fichier est abîmé, incomplet ou a été modifié : rien n'en a été pris.",
        "Demandez-en une nouvelle copie à la personne qui code : son travail est encore dans son navigateur.",
    )
    SEAL_UNKNOWN = Message(
        "ce n'est pas un fichier de codages.",
        "Donnez celui que la page enregistre par « Enregistrer mon travail » : codages-….enquete.",
    )
    SEAL_IS_PACKET = Message(
        "c'est le paquet lui-même, pas le fichier de codages.",
        "Demandez celui que la page enregistre par « Enregistrer mon travail » : codages-….enquete.",
    )
    SEAL_NEWER = Message("ce fichier vient d'une version plus récente d'enquete.", "Mettez enquete à jour.")
    SEAL_LARGE = Message(
        "ce fichier dépasse {megabytes} Mo : c'est bien plus qu'un fichier de codages.",
        "Donnez celui que la page enregistre par « Enregistrer mon travail » : codages-….enquete.",
    )
    PACKET_OTHER_STUDY = Message(
        "ces codages sont d'une autre étude.",
        "Placez-vous dans le dossier de la bonne étude, ou indiquez-le par « --etude DOSSIER ».",
    )
    PACKET_OTHER_CODER = Message(
        "ce fichier se dit de {named}, mais son paquet a été fait pour {coder} : rien n'en a été pris.",
        "Demandez à {coder} de l'enregistrer de nouveau.",
    )
    PACKET_NO_INTERVIEW = Message(
        "aucun entretien n'est à coder par {coder}.",
        "« enquete affecter » dit qui code quoi ; « enquete etat » montre les entretiens.",
    )
    PACKET_NOT_THEIRS = Message(
        "{codes} : pas dans ce que {coder} a à coder.",
        "« enquete affecter » dit qui code quoi ; « enquete etat » montre les codes des entretiens.",
    )
    PACKET_NAMES_WAIT = Message(
        "des mots entrés en dernier (notes de codeurs, importation interrompue) n'ont pas encore été comparés aux noms "
        "du coffre, et aucune clé ne l'ouvre ici.",
        "Refaites le paquet avec la clé (« --cle FICHIER »), ou lancez d'abord « enquete relire » avec elle.",
    )
    PACKET_PHRASE_NEEDED = Message(
        "il n'y a pas de terminal pour demander la phrase.",
        "Lancez la commande dans un terminal, ou donnez la phrase par la variable {variable} ou l'entrée standard.",
    )
    PACKET_PHRASE_SHORT = Message(
        "cette phrase est trop facile à deviner ({least} caractères au moins, et pas toujours les mêmes).",
        "Prenez cinq ou six mots sans rapport entre eux, ou laissez-la tirer au sort : « --phrase-aleatoire ».",
    )
    PACKET_PHRASES_DIFFER = Message(
        "les deux phrases ne sont pas les mêmes.", "Recommencez ; aucun paquet n'a été écrit."
    )
    # --- rounds of coding
    ROUND_SHARE = Message(
        "« --double {share} » n'est pas compris : {total} à répartir.",
        "Écrivez une part (« 20 % »), un nombre (« 8 ») ou « tous » : d'entretiens, et de réponses à chaque question.",
    )
    ROUND_TOO_FEW = Message(
        "il n'y a pas assez de codeurs pour coder {wanted} à {by} : {found} au plus.",
        "Ajoutez des codeurs à « --codeurs », ou réduisez « --double » ou « --par ».",
    )
    ROUND_NOBODY = Message(
        "aucun de ces codeurs ne peut le prendre : chacun l'a déjà eu en formation.",
        "Ajoutez un codeur à « --codeurs », ou laissez ce texte de côté par « --entretien ».",
    )
    ROUND_EXISTS = Message(
        "le tour « {name} » existe déjà, et ne se complète pas : il a été tiré au sort, ou c'est une formation.",
        "Donnez un autre nom par « --nom ».",
    )
    ROUND_NAME = Message(
        "ce nom de tour ne convient pas.", "Donnez quelques mots (40 caractères au plus) : « tour 1 »."
    )
    UNKNOWN_ROUND = Message("le tour « {name} » n'existe pas.", "Tours : {known}.")
    NOTHING_TO_SHARE = Message(
        "rien à répartir : ni entretien, ni réponse ouverte.",
        "Importez-en, ou vérifiez « --entretien », « --question » et « --vague ».",
    )
    UNKNOWN_QUESTION = Message(
        "« {name} » ne désigne pas une question ouverte qui a des réponses dans l'étude.",
        "Écrivez-la « questionnaire/nom » ; questions : {known}.",
    )
    NOT_ASSIGNED = Message("rien de tel n'est affecté.", "« enquete affecter » montre qui code quoi.")
    ASSIGNMENT_BEGUN = Message(
        "déjà commencé ({begun}) : un entretien commencé ne se reprend pas, et rien de ce qui est codé n'est effacé.",
        "Affectez-le aussi à quelqu'un d'autre si la personne ne peut pas finir.",
    )
    # --- disagreements between coders
    UNKNOWN_CASE = Message(
        "aucun désaccord n'a la clé « {key} » : il n'existe pas, ou ses codages ont changé.",
        "« enquete arbitrer » montre les clés d'aujourd'hui.",
    )
    NOT_ARBITER = Message("« {name} » n'arbitre pas dans cette étude.", "Arbitres de « enquete.toml » : {known}.")
    MOTIVE_MISSING = Message(
        "il faut dire qui décide, et pourquoi.",
        'Ajoutez « --par CODE --motif "…" » : chaque décision se relit avec sa raison.',
    )
    VERDICT_UNKNOWN = Message(
        "« --retenir {name} » n'est pas compris.",
        "Écrivez {known}.",
    )
    RULING_NEW_ONLY = Message("« {option} » ne sert qu'avec « --retenir nouveau ».", "Retirez l'un des deux.")
    RULING_NEW_CODE = Message(
        "il faut dire sous quel code.",
        "Ajoutez « --code CODE » : ce passage en a plusieurs.",
    )
    RULING_PLACE = Message(
        "ces mots sont hors du passage à arbitrer, ou hors des paroles d'un participant.",
        "Restez dans le passage et autour : « enquete arbitrer » le montre.",
    )
    RULING_BOUNDS = Message(
        "il manque de quoi trouver les nouvelles bornes.",
        'Donnez « --mots "…" » (et « --tour N »), ou les deux positions : « --debut 120 --fin 180 ».',
    )
    TRAINING_SELF = Message(
        "on ne se compare pas à soi-même.", "Donnez par « --reference » le code d'une autre personne."
    )
    TRAINING_REFERENCE = Message(
        "« {name} » n'a fini aucun entretien : il n'y a rien à quoi comparer.",
        "Ont fini des entretiens : {known}. Un entretien compte quand son codeur l'a dit fini.",
    )
    TRAINING_NOTHING = Message(
        "{newcomer} a déjà tous les entretiens finis par {reference}.",
        "Choisissez une autre référence : on ne s'exerce que sur un entretien que l'on n'a pas codé.",
    )
    TRAINING_NONE = Message(
        "« {name} » n'est pas en formation.",
        "Pour commencer : « enquete formation {name} --reference CODE ».",
    )
    # --- agreement between coders
    ONE_CODER = Message(
        "il n'y a qu'un codeur : rien à comparer.",
        "Il en faut deux au moins, qui ont lu les mêmes unités.",
    )
    NO_ROW_READ = Message(
        "aucune ligne ne peut être lue ; ligne {row} : {reason}", "Chaque ligne dit une unité, un codeur et un code."
    )
    NOTHING_TO_COMPARE = Message(
        "aucun entretien n'a été lu en entier par deux codeurs : rien à comparer.{begun}",
        "Un entretien compte quand son codeur l'a dit fini, sur la page de codage ou par « enquete importer codages … "
        "--lus-en-entier » : ce qu'il n'a pas codé est alors une décision.",
    )
    CODERS_UNKNOWN = Message("« {names} » n'a rien codé dans cette étude.", "Codeurs : {known}.")
    CODE_UNKNOWN = Message("le code « {name} » n'est dans aucune de ces grilles.", "Codes proches : {close}.")
    UNIT_UNKNOWN = Message("l'unité « {name} » n'existe pas.", "Unités : {known}.")
    COEFFICIENT_UNKNOWN = Message("le coefficient « {name} » n'existe pas.", "Coefficients : {known}, ou tous.")
    ROUNDS_INCOMPLETE = Message(
        "il manque l'un des deux ensembles d'entretiens.",
        "Donnez les deux : « --avant E001,E002 --apres E005,E006 ».",
    )
    ROUNDS_OVERLAP = Message(
        "{codes} dans « --avant » et dans « --apres » : qui a discuté d'un passage le recode d'accord, et la nouvelle "
        "définition n'y est pour rien.",
        "Mesurez-la sur des entretiens neufs, que personne n'a encore discutés.",
    )
    AGREEMENT_OPTIONS = Message("« {one} » ne va pas avec « {other} ».", "Retirez l'un des deux.")
