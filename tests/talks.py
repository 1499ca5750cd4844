"""An interview that many tests read, and the names that it must lose."""

TALK = """Enquêtrice : Bonjour, vous pouvez vous présenter ?

Enquêtée : Je m'appelle Fatoumata Diarra, j'habite à Gennevilliers avec mon fils Ibrahim.

Enquêtrice : Et le RSA, comment ça se passe ?

Enquêtée : Ils m'ont coupé la moitié pendant deux mois, j'avais plus rien sur le compte.

Enquêtrice : Et le contrat ?

Enquêtée : J'ai signé, je sais même pas ce qu'il y a dedans. Madame Lefèvre m'a rien expliqué.
"""
NAMES = ("Fatoumata", "Diarra", "Ibrahim", "Lefèvre")
