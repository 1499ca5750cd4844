"""Names, vault, consent, withdrawal, corrections of texts."""

from __future__ import annotations

from enquete.errors.message import Message


class ProtectionProblem:
    """Names, vault, consent, withdrawal, corrections of texts."""

    # --- correcting a transcript
    UNKNOWN_INTERVIEW = Message(
        "l'entretien « {code} » n'est pas dans cette étude.", "« enquete etat » montre leurs codes."
    )
    TURN_UNKNOWN = Message("le tour {turn} n'existe pas.", "Cet entretien a {count} tours, comptés à partir de 1.")
    WORDS_NOT_FOUND = Message(
        "ces mots ne s'y trouvent pas, ou pas en entier.",
        "Recopiez-les tels que le texte pseudonymisé les montre : « enquete corriger ENTRETIEN --exporter ».",
    )
    WORDS_SEVERAL_TIMES = Message(
        "ces mots s'y trouvent {count} fois (tours {turns}).",
        "Précisez « --tour N », ou corrigez-les tous avec « --partout ».",
    )
    CORRECTS_PSEUDONYM = Message(
        "ces mots sont un pseudonyme : une correction ne le change pas.",
        "« enquete relire » en choisit un autre, ou rend le mot s'il ne nomme personne.",
    )
    TEXT_CHANGED = Message(
        "ce texte a changé entre-temps.", "Relancez : la correction se fera sur le texte d'aujourd'hui."
    )
    NOT_A_SHEET = Message(
        "ce fichier n'est pas un texte à corriger de l'entretien {code}.",
        "Écrivez-en un par « enquete corriger {code} --exporter », et gardez sa première ligne.",
    )
    SHEET_OUTDATED = Message(
        "l'entretien {code} a changé depuis que ce fichier a été écrit.",
        "Écrivez-en un nouveau par « enquete corriger {code} --exporter », et reportez-y vos corrections.",
    )
    SHEET_TURN = Message(
        "la ligne « [{expected}] … » du tour {expected} manque ou n'est pas à sa place.",
        "Remettez les lignes numérotées comme elles étaient ; pour vider un tour, effacez ses mots seulement.",
    )
    # --- consent, withdrawal, retention
    UNKNOWN_PARTICIPANT = Message(
        "la personne « {code} » n'est pas dans cette étude.",
        "« enquete consentement » montre les codes de toutes.",
    )
    CONSENT_STATE = Message("« {written} » n'est pas compris.", "Écrivez : accorde, refuse ou retire.")
    CONSENT_NOTHING = Message(
        "rien à noter.",
        "Dites de quoi il s'agit : « --participation accorde », « --citation refuse », « --archive retire »…",
    )
    CONSENT_WAVE = Message("il faut dire à quelle vague.", "Ajoutez « --vague » ({known}).")
    CONSENT_DAY = Message("« {written} » n'est pas une date passée.", "Écrivez-la ainsi : 2026-11-03.")
    PAGE_RUNS = Message(
        "la page de codage est ouverte : quelqu'un y travaille peut-être.",
        "Fermez-la, puis relancez.",
    )
    WHOSE_WORDS = Message(
        "dans cet entretien de plusieurs personnes, on ne sait pas qui parle : rien n'a été effacé.",
        "Réimportez-le avec « --locuteur NOM=CODE --remplacer », ou ajoutez « --entretiens-entiers » pour l'effacer "
        "en entier, paroles des autres comprises.",
    )
    NOT_THEIR_INTERVIEW = Message(
        "l'entretien « {interview} » n'est pas de {code}.",
        "Ses entretiens : {known}.",
    )
    WORDS_NOT_THERE = Message(
        "ces mots y sont {count} fois : il faut qu'ils y soient une fois.",
        "Recopiez-les tels que le texte pseudonymisé les montre ; sans « --mots », le tour entier est retiré.",
    )
    PASSAGE_INCOMPLETE = Message(
        "il manque de quoi trouver le passage.",
        "Donnez les deux : « --passage E003 --tour 14 ».",
    )
    WITHDRAWN_PERSON = Message(
        "cette personne s'est retirée de l'étude : sa ligne n'est pas lue.",
        "Effacez-la du fichier.",
    )
    WITHDRAWN_CODE = Message(
        "« --locuteur » nomme le code d'une personne qui s'est retirée de l'étude.",
        "Si elle accepte de nouveau de participer, donnez-lui un code nouveau.",
    )
    ERASED_FILE = Message(
        "ce fichier a été dans l'étude, et en a été effacé (retrait, ou durée de conservation échue).",
        "S'il contient des paroles retirées, effacez-le aussi de cet ordinateur.",
    )
    UNKNOWN_OUTPUT = Message("aucune sortie ne porte le numéro {number}.", "« enquete sorties » les montre.")
    OUTPUT_NUMBER = Message(
        "« {written} » n'est pas un numéro de sortie.", "Écrivez 3, ou 3-8 pour plusieurs à la suite."
    )
    HOLDER_EMPTY = Message("il faut dire à qui.", 'Exemple : « enquete sorties remettre 3 --a "CCAS d\'Asnières" ».')
    NOT_CONFIRMED = Message(
        "ce n'est pas ce qu'il fallait taper : rien n'a été effacé.", "Relancez si c'est bien voulu."
    )
    CODER_TAKEN = Message("le code « {name} » est déjà celui de quelqu'un.", "Choisissez-en un autre.")
    # --- review of names
    REVIEW_KEY = Message(
        "aucun nom, aucun mot douteux, aucun signalement n'a la clé « {key} ».",
        "« enquete relire --liste » montre les clés.",
    )
    REVIEW_KEY_SEVERAL = Message("la clé « {key} » en désigne plusieurs.", "Écrivez-la plus longue : {longer}.")
    REVIEW_PAIR = Message("« {option} {value} » n'est pas compris.", "Forme attendue : « {option} {form} ».")
    REVIEW_TYPE = Message("le type « {name} » n'existe pas.", "Types : {known}.")
    REVIEW_NEEDS_TYPE = Message(
        "il faut dire ce que ce mot désigne.",
        "Ajoutez « --type » : personne, lieu, organisation… (« enquete relire --aide » les donne tous).",
    )
    REVIEW_IS_PARTICIPANT = Message(
        "le fichier des participants donne ce mot comme le nom de l'une de ces personnes : il reste masqué.",
        "Si c'est une erreur, corrigez d'abord ce fichier.",
    )
    REVIEW_UNFINISHED = Message(
        "{waiting} à régler avant de dire cet entretien relu.",
        "« enquete relire » les montre d'abord.",
    )
    REVIEW_NO_TERMINAL = Message(
        "la relecture montre les vrais noms : elle demande un terminal.",
        "Sans terminal, « enquete relire --liste » et les options (« enquete relire --aide »).",
    )
    FLAG_NEEDS_WORD = Message(
        "sans terminal, le mot à masquer ne peut pas être demandé.",
        "Donnez-le après le code de l'entretien : « enquete signaler E001 MOT --par lea ».",
    )
    REVIEW_NEEDS_READER = Message("il faut dire qui a relu.", "Ajoutez « --par » et un code court : lea, c1…")
    SPLIT_INTERVIEW = Message(
        "ce nom ne se trouve pas dans cet entretien, ou ne se trouve que là : il n'y a rien à séparer.",
        "« enquete relire --liste » montre où chaque nom se trouve.",
    )
    WORD_TOO_COMMON = Message(
        "ce mot est trop court ou trop courant : chaque phrase en serait trouée.", "Donnez-le entier."
    )
    WORD_NOWHERE = Message(
        "ce mot ne se lit nulle part : il n'y est pas, ou il est déjà masqué.",
        "Vérifiez comment le texte l'écrit.",
    )
    WORD_NOT_DOUBTFUL = Message(
        "ce mot n'est pas dans la liste des mots douteux.", "« enquete relire --liste » les montre."
    )
    WORD_NOT_MASKED = Message(
        "ce mot n'a été remplacé nulle part sous cette forme.",
        "« enquete relire --liste » montre les noms remplacés.",
    )
    # --- pseudonyms and vault
    VAULT_NO_KEY = Message(
        "aucune clé de ce coffre n'a été trouvée dans « {folder} ».",
        "Indiquez son fichier par « --cle FICHIER » ou par la variable {variable}.",
    )
    VAULT_WRONG_KEY = Message(
        "cette clé n'ouvre pas le coffre de l'étude.", "Indiquez le fichier de clé de cette étude."
    )
    VAULT_MISSING = Message(
        "cette partie du coffre manque.",
        "Reprenez une sauvegarde de l'étude entière (base et coffre ensemble).",
    )
    VAULT_DAMAGED = Message(
        "cette partie du coffre ne se déchiffre pas.",
        "Elle est abîmée ou d'une autre étude : reprenez une sauvegarde de l'étude entière.",
    )
    VAULT_WRITE = Message(
        "le coffre ne peut pas être écrit ({reason}).",
        "Vérifiez la place libre et les droits ; rien de ce qui était enregistré n'est perdu.",
    )
    VAULT_READ = Message(
        "cette partie du coffre ne peut pas être lue ({reason}).",
        "Vérifiez vos droits sur le dossier de l'étude ; rien n'est perdu.",
    )
    VAULT_OTHER_KEY = Message(
        "cette partie du coffre n'est pas chiffrée pour votre clé.",
        "Votre clé a été retirée, ou cette partie vient d'une autre copie de l'étude : « enquete coffre etat » dit "
        "quelles clés ouvrent le coffre.",
    )
    VAULT_BUSY = Message(
        "une autre commande écrit dans le coffre depuis trop longtemps.",
        "Attendez qu'elle finisse, puis relancez.",
    )
    VAULT_UNSETTLED = Message(
        "le changement des clés du coffre est décidé mais pas fini ({reason}).",
        "Rien n'est perdu : la prochaine commande qui ouvre le coffre le finira ; vérifiez d'abord les droits.",
    )
    RECIPIENTS_DAMAGED = Message(
        "la liste des clés qui ouvrent le coffre est vide ou abîmée.",
        "Reprenez ce fichier d'une sauvegarde de l'étude.",
    )
    RECIPIENT_INVALID = Message(
        "ce n'est pas une clé publique.",
        "Une clé publique commence par « age1 » et compte 62 caractères : « enquete coffre creer » l'affiche.",
    )
    RECIPIENT_SECRET = Message(
        "c'est une clé secrète : elle ne se donne à personne.",
        "Donnez la clé publique (« age1… »). Si la clé secrète est partie dans un message, faites-en une autre.",
    )
    RECIPIENT_KNOWN = Message("cette clé ouvre déjà le coffre.", "« enquete coffre etat » montre les clés du coffre.")
    RECIPIENT_LABEL = Message(
        "un autre nom de clé est nécessaire : celui-ci est déjà pris, trop long, ou ressemble à une clé.",
        'Choisissez quelques mots (60 caractères au plus) : « --nom "Léa, université" ».',
    )
    RECIPIENT_UNKNOWN = Message(
        "aucune clé du coffre ne correspond.",
        "Donnez la clé publique entière ou son nom, comme « enquete coffre etat » les montre.",
    )
    RECIPIENT_LAST = Message(
        "c'est la dernière clé du coffre : sans elle, plus personne ne l'ouvrirait.",
        "Ajoutez d'abord une autre clé : « enquete coffre ajouter-cle ».",
    )
    RECIPIENT_MINE = Message(
        "c'est la clé que vous employez : sans elle, cet ordinateur n'ouvrira plus le coffre.",
        "Si c'est bien voulu, ajoutez « --oui-meme-la-mienne ».",
    )
    KEY_WRITE = Message("la clé ne peut pas être écrite ({reason}).", "Vérifiez la place libre et les droits.")
    KEY_READ = Message(
        "la clé ne peut pas être lue ({reason}).",
        "Vérifiez le chemin, vos droits, et que la clé USB est branchée.",
    )
    KEY_UNREADABLE = Message("ce fichier n'est pas une clé lisible.", "Indiquez le fichier de clé écrit à la création.")
    KEY_INSIDE_STUDY = Message(
        "cette clé serait dans le dossier d'une étude : qui copie l'étude aurait de quoi ouvrir son coffre.",
        "Placez-la ailleurs, par exemple dans « {folder} ».",
    )
    WHICH_KEY = Message(
        "il faut dire quelle clé.",
        "Indiquez son fichier par « --cle FICHIER », ou l'étude par « --etude DOSSIER ».",
    )
    PHRASE_NEEDED = Message(
        "cette clé est protégée par une phrase de passe, et il n'y a pas de terminal pour la demander.",
        "Lancez la commande dans un terminal, ou donnez la phrase par la variable {variable}.",
    )
    PHRASE_WRONG = Message(
        "la phrase de passe n'est pas la bonne, ou le fichier de la clé est abîmé.",
        "Recommencez, en vérifiant majuscules et accents ; sans elle, cette clé est perdue.",
    )
    PHRASE_SHORT = Message(
        "cette phrase de passe est trop courte ({least} caractères au moins).",
        "Prenez quatre ou cinq mots sans rapport entre eux.",
    )
    PHRASES_DIFFER = Message("les deux phrases ne sont pas les mêmes.", "Recommencez ; la clé n'a pas changé.")
    KEY_NOT_WRAPPED = Message("cette clé n'a pas de phrase de passe.", "Il n'y a rien à retirer.")
    PSEUDONYM_EMPTY = Message("ce pseudonyme est vide.", "Donnez un prénom, un prénom et un nom, ou [une catégorie].")
    PSEUDONYM_IS_NAME = Message(
        "ce pseudonyme est le vrai nom de quelqu'un dans l'étude, ou en contient un.",
        "Choisissez-en un autre.",
    )
    PSEUDONYM_TAKEN = Message(
        "quelqu'un d'autre porte déjà ce pseudonyme dans les mêmes entretiens.",
        "Choisissez-en un autre.",
    )
    UNKNOWN_POLICY = Message(
        "la politique « {policy} » ne convient pas à ce passage.", "Politiques possibles : {known}."
    )
    MERGE_TYPES = Message(
        "une personne, un lieu et un organisme ne se réunissent pas.", "Choisissez-les d'une même sorte."
    )
    SPLIT_FORMS = Message(
        "pour séparer, il faut des formes qui s'en vont et d'autres qui restent.",
        "Donnez quelques-unes des formes de cette personne, pas toutes.",
    )
