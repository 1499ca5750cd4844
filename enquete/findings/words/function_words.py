"""Words that build sentences and say nothing of their subject: the closed classes of French, and fillers of speech.

Classes as in M. Riegel, J.-C. Pellat and R. Rioul, « Grammaire méthodique du français » (PUF): determiners, pronouns,
prepositions, conjunctions, adverbs of degree, time and opinion, the verbs that help others, interjections. Forms of
numbers are left out of every count of specific words too, wherever they stand.
"""

from __future__ import annotations

_DETERMINERS = """
le la les l un une des du de d au aux ce cet cette ces c mon ma mes ton ta tes son sa ses notre nos votre vos leur
leurs quel quelle quels quelles tout toute tous toutes chaque plusieurs quelque quelques aucun aucune certain certaine
certains certaines tel telle tels telles même mêmes autre autres
zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante
cinquante soixante cent cents mille premier première dernier dernière
"""
_PRONOUNS = """
je j tu t il elle on nous vous ils elles me m te se s lui en y moi toi soi eux ceci cela ça celui celle ceux celles
celui-là celle-là celui-ci celle-ci qui que qu quoi dont où lequel laquelle lesquels lesquelles auquel duquel chacun
chacune quelqu'un quelqu'une quelques-uns ceux-ci ceux-là
celles-ci celles-là nôtre vôtre nôtres vôtres quiconque rien personne mien mienne tien tienne sien sienne
"""
_LINKS = """
à dans par pour sur sous avec sans chez vers entre depuis pendant avant après devant derrière contre selon malgré sauf
jusque jusqu dès hors parmi via et ou mais donc or ni car si comme quand lorsque lorsqu puisque puisqu parce quoique
lors durant quant quoiqu afin ainsi aussi alors cependant pourtant sinon soit
"""
_ADVERBS = """
ne n pas plus moins très trop peu beaucoup assez bien mal tant tellement presque encore toujours jamais souvent parfois
déjà bientôt maintenant aujourd'hui hier demain ici là là-bas ailleurs puis ensuite enfin d'abord abord tôt tard non
oui peut-être vraiment surtout seulement juste plutôt environ combien comment pourquoi exactement franchement
c'est-à-dire également notamment désormais longtemps loin près autour dedans dehors dessus dessous
"""
_VERBS = """
être est suis es sommes êtes sont étais était étions étiez étaient serai sera seras serons seront serais serait
seraient fut soient sois été étant avoir ai as a avons avez ont avais avait avions aviez avaient aurai aura auras
auront aurais aurait auraient eu ayant ait aie aient faire fais fait faites font faisais faisait faisaient fera ferai
ferait faut fallait faudra faudrait aller vais vas va allons allez vont allais allait allaient ira irai pouvoir peux
peut pouvez peuvent pouvais pouvait pouvaient pourrais pourrait pourra pu devoir dois doit devez doivent devais devait
devrais devrait dû vouloir veux veut voulez veulent voulais voulait voulaient voudrais voudrait savoir sais sait savez
savent savais savait dire dis dit dites disent disais disait disaient voir vois voit voyez vu mettre met mis venir
viens vient viennent venu
"""
_FILLERS = """
ah eh euh heu hein hum hm bah ben beh bof oh ok ouais ouah mouais nan voilà voici quoi enfin bon genre truc trucs chose
choses machin etc merci bonjour
"""

FUNCTION_WORDS = frozenset(" ".join((_DETERMINERS, _PRONOUNS, _LINKS, _ADVERBS, _VERBS, _FILLERS)).split())


def says_something(form: str) -> bool:
    """Whether a form tells of a subject: a word of some length, neither a function word nor a number."""
    form = form.rstrip("'")
    return len(form) > 1 and form not in FUNCTION_WORDS and not any(character.isdigit() for character in form)
