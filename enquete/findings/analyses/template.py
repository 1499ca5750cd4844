"""The commented text of a new analysis."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def template(name: str, waves: Mapping[str, str], books: Sequence[str], threshold: int) -> str:
    """waves: code -> label; books: ids of the study's codebooks; threshold: of the study."""
    lines = "".join(f"#   {code} : {' '.join(label.split())}\n" for code, label in waves.items())
    book = books[0] if books else "ma-grille"
    return _TEMPLATE.format(
        title=json.dumps(name.replace("-", " ").capitalize(), ensure_ascii=False),
        waves=json.dumps(list(waves), ensure_ascii=False),
        labels=lines,
        books=json.dumps(list(books) or [book], ensure_ascii=False),
        book=book,
        threshold=threshold,
        name=name,
    )


_TEMPLATE = """\
# Une analyse : de qui, lu par qui, croisé avec quoi, pour qui. Une ligne qui commence par # est un commentaire :
# ôtez le # pour qu'elle compte. Ce qui n'est pas dit est pris en entier.
#
#   enquete analyse verifier {name}      cherche ce qui n'est pas dans l'étude, ligne par ligne
#   enquete analyse montrer {name}       dit qui et quoi elle retient
#   enquete synthese {name}              écrit le classeur, le rapport et la page

titre = {title}

# Les vagues retenues :
{labels}# vagues = {waves}

# De qui : "personnes concernées", "aidants", "professionnels". Chaque sorte est comptée à part.
# repondants = ["personnes concernées"]

# true : tous comptés comme une seule sorte de personnes, ce qui ne se fait que pour une bonne raison.
# reunir = false

# Les grilles retenues.
# grilles = {books}

# Quels codages comptent. Sans cette ligne : la version arbitrée là où elle est entière, sinon ceux de tous.
# "arbitrée" : la version arbitrée seule ; ou le code d'une personne qui code : les siens seuls.
# couche = "arbitrée"

# Ce que le vocabulaire compare : "thème", "vague" ou une caractéristique. [] : pas de vocabulaire.
# vocabulaire = ["thème"]

# Ce qui est écrit : "classeur" (Excel), "rapport" (Word), "page" (HTML).
# sorties = ["classeur", "rapport", "page"]

# Pour qui : "équipe", "groupe-projet" ou "diffusion".
# destinataires = "groupe-projet"

# Nombre de personnes sous lequel un croisement n'est pas montré ; jamais moins que le seuil de l'étude.
# seuil = {threshold}

# Seules les personnes qui ont une de ces valeurs ; plusieurs lignes : toutes à la fois.
# [personnes]
# "tranche d'âge" = ["18-25 ans", "26-35 ans"]

# Qui parle de quoi selon une caractéristique, "vague" ou "répondant". codes : ceux-là et leurs sous-codes ;
# sans eux, tous les thèmes. Un bloc par croisement. Sans aucun bloc : les caractéristiques larges de l'étude.
# [[croisements]]
# par = "tranche d'âge"
# codes = ["{book}:…"]
# titre = "Selon l'âge"
"""
