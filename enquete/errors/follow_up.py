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
        "Dites lequel par « --questionnaire », une fois par vague si leurs noms changent.",
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
        "La feuille « Évolution » de « enquete synthese --destinataires diffusion » donne les nombres, protégés.",
    )
    NOBODY_FOLLOWED = Message(
        "aucune personne de l'étude ne porte le code « {code} ».", "« enquete suivi » montre les codes."
    )
    FOLLOW_UP_WAVE = Message("de quelle vague s'agit-il ?", "Ajoutez « --vague CODE », parmi {known}.")
    FOLLOW_UP_FIRST = Message(
        "« {wave} » est la première vague : personne n'y est revu.", "Ajoutez « --vague CODE », parmi {known}."
    )
    FOLLOW_UP_ALONE = Message(
        "l'étude n'a qu'une vague : il n'y a personne à revoir.",
        "Ajoutez-en une à la section [vagues] de « enquete.toml ».",
    )
    FOLLOW_UP_WORD = Message("« {written} » n'est pas compris.", "{option} : {known}.")
    FOLLOW_UP_DAY = Message(
        "« {written} » n'est pas un jour passé.",
        "Écrivez-le « 03/11/2026 » ou « 2026-11-03 » ; pour aujourd'hui, n'écrivez rien.",
    )
    PERSON_MET = Message(
        "{code} a déjà été rencontrée dans la vague {wave}.",
        "Vérifiez le code et la vague : « enquete suivi » les montre.",
    )
    PERSON_NEVER_MET = Message(
        "{code} n'a été rencontrée dans aucune vague avant {wave}.",
        "« enquete suivi » montre qui a été rencontré, et quand.",
    )
    PERSON_REFUSED = Message(
        "{code} ne veut pas être recontactée.",
        "Si elle a changé d'avis : « enquete consentement {code} --vague {wave} --recontact accorde ».",
    )
    ATTEMPTS_SPENT = Message(
        "{code} : {tried} déjà en {wave}, et la limite est de {limit}.",
        "N'insistez pas. Si cette tentative a bien eu lieu, notez-la avec « --malgre-la-limite » ; sinon : "
        "« enquete suivi perdu {code} --vague {wave} --motif pas-jointe --par CODE ».",
    )
    NOT_LOST = Message("{code} n'est notée perdue de vue dans aucune vague.", "« enquete suivi » dit où elle en est.")
    NOBODY_TO_SEE = Message(
        "personne n'est à revoir en {wave} avec son accord noté.{reasons}",
        "« enquete suivi --vague {wave} » dit qui est à revoir, et qui n'a pas dit s'il l'accepte.",
    )
    HOLDER_MISSING = Message(
        "à qui cette fiche est-elle remise ?", "Ajoutez « --pour CODE » : un code court, comme pour un paquet."
    )
    SEALED_PAGE_NAME = Message("une page scellée est un fichier « .html ».", "Donnez-lui un nom qui finit ainsi.")
    CONTACT_VALUE = Message(
        "« {option} » attend au plus {longest} caractères, sur une ligne.", "Raccourcissez, ou notez-le ailleurs."
    )
    LINK_SELF = Message("ces deux codes sont déjà ceux d'une même personne ({code}).", "Il n'y a rien à relier.")
    LINK_SAME_WAVE = Message(
        "{gone} et {kept} ont été rencontrées dans la même vague ({waves}) : ce ne peut être une même personne.",
        "Si c'en est bien une, donnez à ses entretiens le même code dans le fichier des participants, puis importez-le "
        "de nouveau avec eux.",
    )
    LINK_ATTRIBUTES = Message(
        "{gone} et {kept} ne disent pas la même chose dans la même vague : {attributes}.",
        "Corrigez le fichier des participants, importez-le de nouveau, puis recommencez.",
    )
    LINK_TYPES = Message(
        "{gone} et {kept} ne sont pas du même type de répondant.",
        "Corrigez le fichier des participants, importez-le de nouveau, puis recommencez.",
    )
    LINK_APART = Message(
        "quelqu'un a dit que {gone} et {kept} sont deux personnes.",
        "Si c'est une erreur : « enquete suivi liens confirmer {gone} {kept} --par CODE ».",
    )
    LINK_UNKNOWN = Message(
        "l'étude ne connaît aucun de ces deux codes.",
        "Importez d'abord les entretiens ou les réponses de l'une des vagues.",
    )
    LINK_WITHDRAWN = Message(
        "{code} est le code d'une personne qui s'est retirée.", "Ôtez cette ligne : ce code n'est plus à personne."
    )
    FOLLOW_UP_WORKBOOK = Message("le suivi s'écrit dans un classeur « .xlsx ».", "Donnez-lui un nom qui finit ainsi.")
    LINK_EMPTY = Message("il manque un code sur cette ligne.", "Donnez l'ancien et le nouveau.")
    GUIDE_NONE = Message(
        "aucun guide de l'étude n'a de partie pour la vague {wave}.",
        "Écrivez-la dans « questionnaires/guide.md » (« ## Vague 2 : … »), puis « enquete questionnaire verifier ».",
    )
    GUIDE_WHICH = Message(
        "plusieurs guides ont une partie pour la vague {wave}, et rien de ce que la personne a dit n'en désigne un.",
        "Nommez-le : « --guide NOM » ({known}).",
    )
    GUIDE_UNKNOWN = Message(
        "aucun guide « {name} » n'a de partie pour la vague {wave}.",
        "Guides pour cette vague : {known}.",
    )
    LINK_CODE = Message("le nouveau code de cette ligne désigne une personne.", "Donnez un code, par exemple P047.")
