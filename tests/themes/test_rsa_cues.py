"""The cues of the RSA codebook, on invented answers of many voices."""

from __future__ import annotations

from pathlib import Path

import pytest

from enquete.codebook import Codebook, load
from enquete.codebook.checking import check
from enquete.themes.parsed import parse
from enquete.themes.spotter import Spotter

BOOK = Path(__file__).parents[2] / "codebooks" / "rsa" / "rsa.yaml"

# The codes that a careful coder would give, most of which the cues are to find; then the answer.
ANSWERS = [
    (
        "R01.1",
        "J'ai toujours bossé, depuis mes dix-huit ans. L'entreprise a été rachetée, ils ont viré les plus "
        "vieux. Deux ans de chômage, après la fin de droits, et me voilà au RSA à cinquante-sept ans.",
    ),
    (
        "R01.2",
        "Il m'ont demandé des papiers, encore des papiers. Le divorce c'est pas prononcé alors ils voulaient "
        "les revenus de mon mari. J'ai mis trois mois avant de toucher quelque chose, j'ai vécu avec l'argent "
        "de ma sœur.",
    ),
    (
        "R01.3",
        "Moi c'est l'été je bosse, la cueillette, les campings, et à l'automne je retourne au RSA. Puis au "
        "printemps ça repart. Faut à chaque fois refaire tous les papiers, ils doivent me connaître par cœur "
        "depuis le temps.",
    ),
    (
        "R01.4",
        "Ça fait huit ans maintenant. Je pensais pas que ça durerait. Tu te lèves, tu te couches, c'est "
        "pareil, et puis un jour tu t'aperçois que tu fais plus de projets.",
    ),
    (
        "R01.5",
        "Quand mon compagnon est venu s'installer à la maison, la CAF a pris en compte sa paye et du coup "
        "j'ai plus eu droit à rien. Il gagne treize cents, c'est pas le Pérou. Maintenant je dépends de lui "
        "pour tout.",
    ),
    (
        "R02.1 R02.4",
        "Le quinze du mois j'ai plus rien. Je vais chercher un colis au Secours catholique et je me "
        "débrouille avec ça. Mes enfants mangent à la cantine, c'est leur seul vrai repas, moi je saute.",
    ),
    (
        "R02.1 R02.5",
        "Une fois que j'ai payé le loyer, l'électricité et le téléphone, il me reste cent dix euros. Cent dix "
        "euros pour manger, pour tout. À partir du quinze je regarde même plus le compte parce que je sais "
        "que c'est dans le rouge.",
    ),
    (
        "R02.2",
        "Un mois j'ai eu quatre cents, le mois d'après cinq cent soixante, et personne peut me dire pourquoi. "
        "J'ai fait trois jours d'inventaire en décembre et je l'ai payé en mars. Comment vous voulez prévoir "
        "quelque chose avec ça ?",
    ),
    (
        "R02.3",
        "Ils me retiennent soixante euros par mois pour un trop-perçu. Je comprends pas d'où ça vient, ils "
        "disent que j'ai mal déclaré en 2022. Personne m'explique.",
    ),
    (
        "R03.1",
        "J'ai découvert que j'étais inscrit à France Travail en recevant un SMS. On m'a pas demandé mon avis. "
        "Ma femme pareil, elle qui garde les petits.",
    ),
    (
        "R03.2",
        "Le premier rendez-vous, c'était long, presque deux heures. Une dame du département et un monsieur de "
        "France Travail. Ils posaient des questions sur tout, ma santé, mes dettes, si j'avais quelqu'un. "
        "J'étais pas préparée à raconter ça.",
    ),
    (
        "R03.3",
        "Moi ils m'ont mise en parcours social, je sais pas pourquoi. Je voulais du travail, une formation. "
        "J'ai l'impression qu'on m'a rangée dans un tiroir.",
    ),
    (
        "R03.4",
        "Pourquoi moi j'ai été convoqué la première semaine et mon voisin, qui a exactement la même "
        "situation, lui rien du tout ? On sait pas comment c'est choisi. C'est un logiciel qui trie, il "
        "paraît, et nous on est dans une case et débrouille-toi.",
    ),
    (
        "R03.5",
        "Au début c'était le département, après ils m'ont passé à une association, et maintenant c'est France "
        "Travail. Le dossier il a pas suivi. J'ai dû redonner tous les papiers, tout réexpliquer, comme si "
        "j'existais pas avant.",
    ),
    (
        "R04.1 R04.2",
        "J'ai signé le contrat d'engagement sans trop savoir. La conseillère m'a dit c'est obligatoire sinon "
        "plus de RSA. Alors bon, j'avais pas le choix.",
    ),
    (
        "R04.3",
        "C'est normal de faire des efforts, moi je suis d'accord, mais faut que ce soit juste. On a des "
        "devoirs, oui, mais on a aussi des droits.",
    ),
    (
        "R04.4",
        "Le contrat il est dans le tiroir avec les autres papiers, je l'ai jamais ressorti. Personne m'en a "
        "reparlé depuis. C'est pour la forme, ils ont besoin d'une signature dans le dossier et voilà.",
    ),
    (
        "R04.5",
        "Là on arrive au bout des six mois, donc j'ai rendez-vous la semaine prochaine pour le renouveler. "
        "Elle m'a dit qu'on allait changer les objectifs, enlever la recherche et mettre les soins à la "
        "place.",
    ),
    (
        "R05.1",
        "Je fais des ateliers, refaire le CV, apprendre à se présenter, et un peu de bénévolat à la "
        "ressourcerie. Les rendez-vous avec la psychologue ça compte dedans aussi.",
    ),
    (
        "R05.2",
        "Faut garder une attestation de chaque truc, faire signer la feuille à la fin, et après prendre en "
        "photo et l'envoyer. J'ai un cahier où j'écris tout, l'heure d'arrivée, l'heure de départ. Qui c'est "
        "qui lit ça, j'en sais rien.",
    ),
    (
        "R05.3",
        "Moi ça m'a sorti de chez moi. Avant je restais en pyjama, les volets fermés. Là j'ai des horaires, "
        "je vois des gens, on rigole bien avec les filles de l'atelier. J'ai repris un rythme, je dors mieux.",
    ),
    (
        "R05.4",
        "Quinze heures de jardinage pour la mairie sans salaire, c'est de l'exploitation. Qu'ils me fassent "
        "un contrat, je le fais tout de suite.",
    ),
    (
        "R05.5",
        "Avec ma hernie et les deux petits, je peux pas faire quinze heures. J'ai demandé à être dispensée, "
        "on m'a répondu qu'il fallait voir avec le médecin.",
    ),
    (
        "R05.6",
        "Le problème c'est qu'ils ont rien à proposer. Dans le canton y'a un atelier le jeudi, douze places, "
        "et il est complet jusqu'en septembre. Alors les quinze heures, je veux bien, mais où ?",
    ),
    (
        "R06.1",
        "Ma conseillère, j'arrive jamais à l'avoir. Le dernier rendez-vous c'était il y a sept mois. J'envoie "
        "des mails, pas de réponse.",
    ),
    (
        "R06.2",
        "Elle est vraiment bien, elle écoute, elle juge pas. Quand je l'appelle elle prend le temps. C'est la "
        "première fois que je me sens respectée dans un bureau.",
    ),
    (
        "R06.3",
        "On m'a changé trois fois de référent en un an. À chaque fois il faut tout répéter, c'est épuisant. "
        "J'ai l'impression que personne me connaît.",
    ),
    (
        "R06.4",
        "Ça fait huit mois que je demande une aide pour réparer mes dents, parce que sans dents personne "
        "t'embauche. Elle me répond qu'il y a pas de budget, qu'on va voir. J'ai toujours rien.",
    ),
    (
        "R06.5",
        "C'est elle qui a téléphoné à la crèche, et le lendemain j'avais une place. Elle m'a trouvé aussi un "
        "fonds pour payer le permis. Franchement, sans cette dame, je serais encore à tourner en rond.",
    ),
    (
        "R07.1",
        "Ils m'ont suspendu le RSA pendant un mois parce que j'ai raté un rendez-vous. J'avais mon fils "
        "malade. J'ai pas pu payer le loyer.",
    ),
    (
        "R07.2",
        "J'ai tout le temps peur de faire une erreur et qu'ils me coupent. Quand je vois une lettre de la "
        "CAF, j'ai le ventre noué. Je n'ose pas ouvrir.",
    ),
    (
        "R07.3",
        "Ils m'ont radiée parce que j'étais pas venue à une convocation. Sauf que la convocation elle était "
        "partie à mon ancienne adresse. Pour me réinscrire ça a pris six semaines.",
    ),
    (
        "R07.4",
        "J'ai été contrôlé deux fois. Ils ont regardé mes comptes, mes relevés, ils ont posé des questions "
        "sur ma copine. On se sent comme des délinquants.",
    ),
    (
        "R07.5",
        "J'ai pas voulu me laisser faire. Avec le juriste du centre social on a écrit en recommandé, on a mis "
        "le certificat de l'hôpital, et au bout d'un mois ils ont annulé la sanction. Faut connaître ses "
        "droits, sinon t'es mort.",
    ),
    (
        "R08.1",
        "J'ai pas le permis et ici y a pas de bus le soir. Pour aller à l'usine faudrait une voiture, et une "
        "voiture j'ai pas les moyens.",
    ),
    (
        "R08.2",
        "Je suis suivie pour une dépression. J'ai aussi des problèmes de dos. J'ai demandé la reconnaissance "
        "travailleur handicapé, j'attends.",
    ),
    (
        "R08.3",
        "Je suis seule avec mes deux enfants, j'ai pas de mode de garde. La crèche m'a mise sur liste "
        "d'attente. Comment je fais pour aller travailler ?",
    ),
    (
        "R08.4",
        "Je suis à l'hôtel, ils nous changent tous les mois, une fois à Trappes, une fois à Évry. Le courrier "
        "je le reçois au CCAS. Comment tu veux garder un boulot quand tu sais pas où tu dors la semaine "
        "prochaine ?",
    ),
    (
        "R08.5",
        "À mon âge plus personne veut de moi. J'ai pas de diplôme, et je parle pas très bien le français, "
        "alors on me dit non partout.",
    ),
    (
        "R09.1",
        "Je cherche, j'envoie des CV partout, j'ai jamais de réponse. Ou alors c'est trop loin, ou c'est deux "
        "heures par semaine.",
    ),
    (
        "R09.2",
        "Je fais de l'intérim quand il y en a, et des petits boulots au noir. C'est jamais stable, deux jours "
        "par-ci, une semaine par-là.",
    ),
    (
        "R09.3",
        "Je voulais faire la formation d'aide-soignante. On m'a dit y'a plus de places, attendez la rentrée. "
        "À la rentrée c'était plus financé. Ils proposent toujours les mêmes trucs, la logistique, le "
        "bâtiment.",
    ),
    (
        "R09.4",
        "Je suis en chantier d'insertion depuis trois mois, aux espaces verts. C'est vingt-six heures. "
        "J'espère qu'ils vont me garder.",
    ),
    (
        "R09.5",
        "Si je reprends à mi-temps je perds la prime de Noël, une partie de l'APL, la cantine à un euro. Au "
        "bout du compte je gagne rien.",
    ),
    (
        "R10.1 R10.4",
        "Je savais pas que j'avais droit à la complémentaire gratuite. C'est une amie qui me l'a dit, "
        "personne m'en avait parlé à la CAF.",
    ),
    (
        "R10.2",
        "J'ai pas demandé, non. Trop de paperasse, et puis j'aime pas demander. Je préfère me débrouiller toute seule.",
    ),
    (
        "R10.3",
        "La complémentaire santé, j'ai déposé le dossier en septembre. On est en mai. Ils me disent qu'il est "
        "à l'étude. J'ai renvoyé deux fois, j'ai toujours rien reçu. Je paye mes médicaments de ma poche.",
    ),
    (
        "R10.5",
        "Je vais à la mairie, on me dit c'est le département. Je vais au département, c'est la CAF. La CAF me "
        "renvoie à la mairie. Personne te prend par la main pour te dire voilà, c'est là.",
    ),
    (
        "R10.6",
        "J'ai tout arrêté. Les quinze heures, les rendez-vous, la pression, j'ai dit non. Je préfère vivre "
        "avec rien que d'être fliquée.",
    ),
    (
        "R11.1",
        "J'ai honte, j'en parle à personne. Mes enfants croient que je travaille de la maison. Quand on me "
        "demande ce que je fais, je change de sujet.",
    ),
    (
        "R11.2",
        "Les gens pensent qu'on est des fainéants, qu'on profite. À la télé on entend que ça, les assistés. "
        "Moi j'ai travaillé vingt ans.",
    ),
    (
        "R11.3",
        "Il faut toujours prouver, prouver qu'on est pauvre, prouver qu'on cherche, prouver qu'on ment pas. "
        "Moi je passe mon temps à m'expliquer sur ma vie. Un riche, on lui demande rien.",
    ),
    (
        "R11.4",
        "Je suis bénévole au club, je m'occupe de ma mère malade, j'aide mes voisins pour les papiers. C'est "
        "du travail aussi, mais ça compte pas.",
    ),
    (
        "R11.5",
        "J'ai repris confiance, j'ai un projet de petite entreprise de couture. Je suis fière de moi, pour la "
        "première fois depuis longtemps.",
    ),
    (
        "R12.1",
        "Il faut aller sur l'espace tous les jours parce qu'ils envoient des messages. Moi j'ai oublié mon "
        "mot de passe et j'ai raté une convocation.",
    ),
    (
        "R12.2",
        "Tous les trois mois je fais ma déclaration, j'ai toujours peur de me tromper. Une fois j'ai oublié "
        "et ils ont rien versé.",
    ),
    (
        "R12.3",
        "Un courrier, j'y comprends rien. Y a des mots, des articles, des sigles. Je l'emmène à l'assistante "
        "sociale pour qu'elle m'explique.",
    ),
    (
        "R12.4",
        "Au téléphone on attend des heures et ça coupe. Si on va sur place il faut un rendez-vous. On peut "
        "jamais parler à quelqu'un.",
    ),
    (
        "R12.5",
        "C'est ma fille qui s'occupe de tout sur internet, moi je sais pas faire. Elle fait la déclaration, "
        "elle regarde les messages.",
    ),
    (
        "",
        "Bonjour, oui, asseyez-vous, excusez le désordre. Vous voulez un café ? J'ai pas l'habitude qu'on "
        "vienne me poser des questions, mais bon, si ça peut aider, allons-y, je vous écoute.",
    ),
    (
        "",
        "Oui, c'est ça, exactement. Comme je vous disais tout à l'heure. Je sais pas quoi vous dire de plus "
        "là-dessus, vous avez une autre question peut-être ?",
    ),
    (
        "",
        "J'ai cinquante-quatre ans, j'habite ici depuis toujours, j'ai deux grands enfants qui sont partis. "
        "J'aime bien le jardin, la pêche, les choses simples. Voilà, c'est moi.",
    ),
    (
        "",
        "Non, ça m'est pas arrivé, j'ai jamais été sanctionné, touchons du bois. Je connais quelqu'un à qui "
        "c'est arrivé mais moi non, j'ai toujours été à mes rendez-vous.",
    ),
]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load(BOOK)


@pytest.fixture(scope="module")
def found(book: Codebook) -> list[set[str]]:
    codes: list[set[str]] = [set() for _ in ANSWERS]
    for suggestion in Spotter([book]).spot(parse([answer for _, answer in ANSWERS])):
        codes[suggestion.turn].add(suggestion.code)
    return codes


def test_no_fault_in_the_codebook(book: Codebook) -> None:
    assert check(book) == []


def test_every_code_is_complete(book: Codebook) -> None:
    assert len(book.codes) == 12 + 62
    for code in book.codes:
        assert all((code.definition, code.include, code.cues)), code.id
        if code.parent is not None:
            assert all((code.exclude, code.examples)), code.id
            assert len(code.cues.words) + len(code.cues.lemmas) >= 12, code.id


def test_each_theme_has_its_colour(book: Codebook) -> None:
    themes = [code for code in book.codes if code.parent is None]
    assert [code.id for code in themes] == [f"R{number:02}" for number in range(1, 13)]
    assert len({code.colour for code in themes}) == 12


def test_most_codes_are_found_and_few_are_wrong(found: list[set[str]]) -> None:
    wanted = [set(codes.split()) for codes, _ in ANSWERS]
    right = sum(len(codes & expected) for codes, expected in zip(found, wanted, strict=True))
    assert right / sum(map(len, wanted)) >= 0.75
    assert right / sum(map(len, found)) >= 0.7


def test_talk_of_other_things_gets_hardly_a_code(found: list[set[str]]) -> None:
    other = [codes for codes, (expected, _) in zip(found, ANSWERS, strict=True) if not expected]
    assert len(other) >= 4
    assert sum(map(len, other)) <= 1


def test_nearly_every_code_is_found_where_it_is_expected(found: list[set[str]]) -> None:
    wanted = {code for expected, _ in ANSWERS for code in expected.split()}
    met = {code for codes, (expected, _) in zip(found, ANSWERS, strict=True) for code in codes & set(expected.split())}
    assert len(wanted) == 62
    assert len(met) >= 52, sorted(wanted - met)
