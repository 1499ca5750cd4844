"""Closed classes of spoken French that the rules lean on. All forms are folded: no case, no accents."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# Never a name, whatever the capitals: articles, pronouns, prepositions, verbs of all work, interjections, fillers.
FUNCTION_WORDS = word_set(
    """
    a ah ai aie ailleurs ainsi ait alla allais allait aller allez allo allons alors apres aquoi as assez au aucun
    aucune aujourd aupres auquel aura aurai aurais aurait aussi autre autres aux auxquels avaient avais avait avant
    avec avez aviez avions avoir avons ayant bah bas bel belle ben beaucoup bien bientot bon bonjour bonne bonsoir
    bref c ca car ce ceci cela celle celles celui cent cents certain certaine certains ces cet cette ceux chacun
    chacune chaque cher chere chez chui chuis ci cinq combien comme comment contre d dans de debut deja depuis
    dernier derniere des desole deux devant dire dis disait disent dit dites dix doit donc donnez dont douze du due
    elle elles en encore enfin ensuite entre es est et etaient etais etait etant ete etes etre eu euh eux eh ensuite
    exactement expres fac faire fais fait faut ferai fera font fois franchement grace hein hier heu hm hmm ho hop
    hors houla hum ici il ils j jamais je jour jours jusqu jusque juste l la lequel laquelle le les lesquels leur
    leurs lui l là ma madame mademoiselle maintenant mais mal malgre me meme memes merci mes messieurs mesdames
    mette mieux mille mme moi moins mois mon monsieur mouais m n na naan nan ne neuf ni non nos notre notres nous
    nouveau nouvelle o oh ok on ont onze or ou ouah ouais oui ouf oula par parce pardon parfois parmi pas passe peu
    peut peutetre peux pff pfff plein plus plutot point pour pourquoi pourtant pres presque premier premiere pu puis
    puisque qu quand quant quarante quatre quatorze que quel quelle quelles quelqu quelque quelques quels qui quinze
    quoi quoique rien s sa salut rebonjour derriere dessous dehors dedans loin devant autour ou tout laquelle sans
    sauf se seize selon sept sera serait ses seulement si sinon six soi soit soient sois soixante sommes son sont
    sous souvent suis sur surtout t ta tandis tant te tellement tes toi ton toujours tous tout toute toutes trente
    tres treize trois trop tu un une va vais vas vers veut veux via viens vient vingt voici voila voire vos votre
    vous vraiment vu wesh y zero zut mdr svp stp bof tiens attendez attends ecoute ecoutez regarde regardez voyez
    vois sais sait savez dis allez tenez donne prends peutetre quarante cinquante septante huitante nonante huit
    quoi dac daccord bise bisous ciao coucou re alias vs etc ex am pm www http https com fr rires rire silence pause
    inaudible soupir soupirs sourire sonnerie bruit toux pleurs bon bonne monsieur bébé grand petit maman papa
    """
) - word_set("petit grand bel belle cher chere grace bas juste neuf premier point passe")

# How relatives are called: lower-case « papa » names nobody.
KIN_WORDS = word_set(
    """
    papa maman mama mamie mamy papi papy papou mémé meme pepe pépé tata tatie tonton nana baba tati mimi junior bibi
    mémère pépère mamma yaya nini bébé doudou chéri chérie frérot
    """
)

# After these comes a name. The title itself stays readable.
TITLES = word_set(
    """
    madame monsieur mademoiselle mme mr mlle docteur dr docteure professeur professeure pr maitre pasteur pasteure
    imam rabbin abbe capitaine commandant adjudant brigadier lieutenant colonel sergent tonton tata tatie tati tantie
    tantine nea m mrs
    miss mister mam
    """
)
WEAK_TITLES = word_set("me chef cheffe pere soeur frere oncle tante cousin cousine mere cheikh hadj")

# « mon fils X », « sa voisine X », « un certain X »: the name may follow at once or after a comma.
PERSONS = word_set(
    """
    fils fille frere soeur mari femme epoux epouse compagnon compagne conjoint conjointe copain copine ami amie amis
    cousin cousine oncle tante neveu niece pere mere grand-mere grand-pere parrain marraine filleul filleule voisin
    voisine collegue patron patronne chef cheffe responsable directeur directrice referent referente conseiller
    conseillere educateur educatrice educ animateur animatrice benevole assistante assistant psychologue psy medecin
    infirmier infirmiere kine avocat avocate prof professeur maitresse instit institutrice instituteur gardien
    gardienne concierge proprietaire proprio bailleur locataire colocataire coloc belle-mere beau-pere belle-soeur
    beau-frere belle-fille gendre bru jumeau jumelle jumeaux jumelles petit petite aine ainee cadet cadette dernier
    derniere bebe gosse gamin gamine garcon ex pote camarade copains dame monsieur homme stagiaire formateur
    formatrice tuteur tutrice curateur curatrice juge greffier employeur employeuse secretaire facteur livreur
    interprete traducteur traductrice nounou nourrice collaboratrice collaborateur coordinatrice coordinateur
    accompagnatrice accompagnateur mediateur mediatrice agent agente vigile demi-frere demi-soeur fiance fiancee
    coproprietaire tonton tata papa maman enfant enfants petit-fils petite-fille daron daronne pasteur imam pretre
    coach cheffe bonhomme
    """
)
# Of whom people say « une pharmacienne », « le boulanger ».
PROFESSIONS = word_set(
    """
    pharmacienne pharmacien boulangere boulanger coiffeuse coiffeur dentiste sage-femme cuisiniere cuisinier serveuse
    serveur caissiere caissier vendeuse vendeur chauffeur maitre libraire notaire institutrice comptable mecanicien
    bouchere boucher couturiere couturier orthophoniste ophtalmo gyneco pediatre generaliste puericultrice factrice
    guichetiere guichetier hotesse receptionniste cliente client eleve
    """
)
POSSESSIVES = word_set("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs")

NAMED_SCHOOLS = word_set(
    "creche ecole college lycee maternelle institut foyer internat primaire elementaire fac universite"
)
DAYS_AND_MONTHS = word_set(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre
    """
)
MOMENTS = DAYS_AND_MONTHS | word_set(
    """
    nuit soir matin midi journee jour jours semaine mois an annee annees week fois lendemain veille rentree vacances
    """
)

# Parts of names that are written small: « Ben Ali », « Le Bihan », « da Silva », « van den Berg ».
PARTICLES = word_set(
    "le la les de du des da das dos do di del della el al ben bin ould ait ibn abou abd van von der den ter st"
)

# Commune names that are ordinary words and hardly ever meant (all are small).
NOT_PLACES = word_set(
    """
    y us eu o by sy oz is pau ars ay gy bu ry py or les la le aime bains bas bon bien ain ger arc sens dole die der
    mieux vers pont mars avril plan port ville bourg centre bois gare voie val mont plage chez ouest nord sud est
    oust aix-en paris france ancienne arbre mer pas moi toi lui sur sous dans deux trois six sept neuf dix vingt
    cent sainte saint grand petite rien tout cause fin autre bureau maison fosse chapelle croix ile place cote
    marche foire lot mere pere fils homme dame roi reine mission merci maire lire voir dire naves fontaine balance
    songe rue ruelle talus tendon tours-en moins mon ma lien salle ciel lune mouton loge grange cure campagne orange
    bouc beaux bellefond tresor villars serviere pin sorbier bras jours ans an ami rivage vie avant appel doux
    arrest charge coin court crevant cuisine droit ecole ecot esprit faux feux force gagnac juge justice liberte
    montage mur oeuf panier parc passage patience plaisir plancher pleine peine pouce pousse preuve prise quatre ran
    reve sage saison tente terre tribune trop veuve vaste valeur vanne vice visite vivier volon union loisir ouf
    bille boule brin prix bonne notre dame claire anges clef louer pierre roche rose
    """
) - word_set("plaisir tours orange sens pau aix paris")
