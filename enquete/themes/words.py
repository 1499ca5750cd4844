"""French words by what they do in a sentence. Lower case, in written spelling."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(text.split())


# They carry little by themselves.
FUNCTION = words(
    "le la l' les un une des de d' du au aux à en y dans sur sous par pour avec chez vers entre ce c' cet cette ces ça "
    "cela je j' tu il elle on nous vous ils elles me m' te t' se s' lui leur leurs moi toi eux soi mon ma mes ton ta "
    "tes son sa ses notre nos votre vos et ou que qu' qui quoi dont où si ne n' être avoir tout tous toute toutes "
    "très trop bien là ici même aussi encore déjà puis alors donc"
)
# Those that say nothing even beside one other word.
EMPTY = words(
    "le la l' les un une des de d' du je j' tu il elle on nous vous ils elles mon ma mes ton ta tes son sa ses notre "
    "nos votre vos leur leurs ce c' cet cette ces ça avoir être et très"
)
LIGHT = words("faire aller pouvoir vouloir devoir mettre dire savoir venir falloir prendre voir passer chose")
FILLERS = words("euh heu hein ben bah bon enfin quoi voilà genre bref hum hm ah oh eh nan oui")

AFTER_VERB = words("pas plus jamais rien guère aucun aucune personne ni")
NEGATORS = AFTER_VERB | {"sans"}
NE = words("ne n'")

# Before and after a negator that denies nothing: « un pas », « pas mal », « en plus », « si jamais », « une personne ».
NOT_DENYING_AFTER = {
    "pas": words("un le les pourquoi premier"),
    "plus": words("en de d' le la les non un beaucoup encore bien au ou toujours deux trois fois"),
    "jamais": words("si"),
    "rien": words("de pour un"),
    "personne": words("une la cette ma seule même autre chaque quelle d'"),
}
NOT_DENYING_BEFORE = {
    "pas": words("mal que qu' seulement"),
    "plus": words("tard que qu' en ou tôt loin jeune jeunes vieux grand grande gros grosse haut ça"),
    "rien": words("que qu'"),
}
# Where what is denied ends, on the right.
BARRIERS = words(
    "mais parce puisque donc alors et ou si comment pourquoi quand où que qu' qui dont quoi car sauf sinon comme"
)
SUBJECTS = words("je j' tu il elle on ils elles c' ça")
DEFINITE = words(
    "le la l' les mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces au aux du"
)
