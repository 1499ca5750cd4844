"""The cues of the digital codebook, on invented answers of many voices."""

from __future__ import annotations

from pathlib import Path

import pytest

from enquete.codebook import Codebook, load
from enquete.codebook.checking import check
from enquete.themes.parsed import parse
from enquete.themes.spotter import Spotter

BOOK = Path(__file__).parents[2] / "codebooks" / "inclusion-numerique" / "inclusion-numerique.yaml"

# The codes that a careful coder would give, most of which the cues are to find; then the answer.
ANSWERS = [
    (
        "N01.2 N11.5",
        "On est au bout d'un chemin, la fibre ils l'ont amenée jusqu'au bourg et pis c'est tout. Dans les "
        "hameaux comme ici on a une barre quand y fait beau. C'est la campagne, quoi, on intéresse personne.",
    ),
    (
        "N01.3",
        "Quarante euros par mois pour internet, moi j'peux pas. J'ai dû choisir, j'ai gardé l'électricité. Et "
        "même le forfait à deux euros, au bout d'une semaine c'est fini.",
    ),
    (
        "N01.4 N08.4",
        "Le scanner le plus proche c'est à la presse, un euro la page. J'avais douze pages. Plus le bus aller "
        "et retour. Ça me fait le dossier à quinze balles alors que c'est censé être gratuit.",
    ),
    (
        "N02.2 N01.1",
        "Je fais tout au téléphone, mes séries, Snap, commander à manger. Mais quand il a fallu faire le CV "
        "pour la mission locale, sur un clavier, j'étais comme une vieille.",
    ),
    (
        "N02.2 N11.2",
        "Mes jeunes ils montent des vidéos comme des pros. Mais demandez-leur d'écrire un mail à un patron ou "
        "de faire une demande d'APL, y a plus personne. Le numérique c'est pas que les réseaux.",
    ),
    (
        "N02.4 N10.1",
        "Quand faut remplir devant quelqu'un, je dis que j'ai pas mes lunettes. En vrai j'sais pas lire comme "
        "il faut. J'ai honte, à quarante-cinq ans, mes enfants le savent pas.",
    ),
    (
        "N03.1 N03.5",
        "La carte grise, je l'ai faite sur mon téléphone un dimanche, en un quart d'heure. Le certificat est "
        "arrivé trois jours après dans la boîte. J'ai trouvé ça vraiment simple.",
    ),
    (
        "N03.1 N06.2",
        "Alors la CAF c'est ma grande qui s'en charge, les impôts pareil, moi je lui passe ce qui arrive et "
        "elle me dit voilà maman c'est parti. Franchement je saurais pas vous dire comment elle s'y prend, je "
        "suis dans la cuisine pendant ce temps-là.",
    ),
    (
        "N03.2",
        "Alors j'arrive sur la page, je mets mon nom, mon numéro, je fais suivant. Il me dit le champ est "
        "invalide. Mais quel champ ? Je recommence, pareil. Au quatrième coup ça m'a sorti carrément, fallait "
        "se reconnecter.",
    ),
    (
        "N03.3",
        "Ils m'ont refusé la photo parce que y avait une ombre. Après c'était le justificatif de domicile qui "
        "était trop lourd. Et la troisième fois ils disaient que c'était pas le bon format.",
    ),
    (
        "N03.5",
        "Pour la rentrée j'ai inscrit les deux petits à la cantine depuis le bus, sur mon téléphone. Cinq "
        "minutes. Avant fallait poser sa matinée, apporter les photocopies, attendre son tour. Là-dessus je dis "
        "bravo.",
    ),
    (
        "N04.1 N10.3",
        "J'ai encore bloqué mon compte hier. Trois fois le mauvais mot de passe. Ça me met dans un état, j'ai "
        "les larmes qui montent, je me dis que je vais encore tout perdre.",
    ),
    (
        "N04.2",
        "Ils te demandent une adresse mail. J'en avais pas. Mon fils m'en a fait une mais faut un code qui "
        "arrive sur le téléphone, et le numéro c'est l'ancien, je l'ai plus depuis deux ans.",
    ),
    (
        "N04.3",
        "L'autre jour un monsieur m'appelle, soi-disant ma banque, il connaissait mon adresse, tout. Il voulait "
        "le numéro au dos de la carte. J'ai raccroché. Depuis je réponds plus à rien et j'achète plus sur "
        "internet.",
    ),
    (
        "N04.3 N12.1",
        "On a entendu tellement d'histoires de comptes piratés que mon mari et moi on veut rien savoir. Pas de "
        "banque en ligne, pas d'achats, rien. On va au distributeur et c'est bien comme ça.",
    ),
    (
        "N04.4",
        "Mon ex-mari avait gardé l'accès à mon espace. Il a changé le compte bancaire et c'est lui qui touchait "
        "les allocations des enfants. J'ai porté plainte mais ça a duré des mois.",
    ),
    (
        "N05.1",
        "Avant, la caisse elle était à deux rues. Ils l'ont fermée il y a trois ans. Maintenant le plus proche "
        "c'est à vingt-cinq kilomètres, ouvert le mardi et le jeudi matin, et sur rendez-vous.",
    ),
    (
        "N05.2",
        "Vous appelez, on vous dit tapez un, tapez trois, après y a une petite musique, quarante minutes. Et "
        "quand enfin ça décroche, la ligne coupe. Faut rappeler le lendemain.",
    ),
    (
        "N05.3 N10.2",
        "Je me suis déplacée exprès, j'ai fait la queue une heure, et le vigile à l'entrée me dit : vous avez "
        "pris rendez-vous sur l'appli ? Non ? Alors il faut repartir. Même pas un humain derrière, juste une "
        "tablette. C'est une honte, traiter les gens comme ça.",
    ),
    (
        "N05.5 N03.3",
        "J'envoie tout par courrier parce que par leur site ça passe jamais, ils disent que le fichier est trop "
        "gros. Au moins avec l'accusé de réception ils peuvent pas dire qu'ils l'ont pas eu.",
    ),
    (
        "N06.1",
        "C'est mon neveu qui vient, à peu près une fois par mois, quand il a le temps. Sinon y a la petite du "
        "troisième qui m'donne un coup de main. Mes enfants ils sont loin.",
    ),
    (
        "N06.3",
        "Mon fils il a mes mots de passe, la banque, la retraite, tout. Il voit ce que je dépense. J'ai "
        "confiance mais des fois ça me gêne, on n'a plus rien à soi.",
    ),
    (
        "N06.4 N10.2",
        "Ma mère elle est illettrée, alors depuis que j'ai onze ans c'est moi qui lis les lettres, qui remplis "
        "les formulaires. J'ai raté des cours pour ça. C'est pas à une gosse de faire ça, c'est pas normal.",
    ),
    (
        "N06.5",
        "Ma fille elle travaille, elle a ses gosses. J'vais pas encore l'appeler pour un papier. Je la dérange "
        "tout le temps. Avant je faisais tout moi-même, maintenant faut que j'attende qu'elle soit libre.",
    ),
    (
        "N07.1",
        "Je savais pas que ça existait, c'est la pharmacienne qui m'a dit va au France services, à côté de la "
        "poste. C'est ouvert le matin, faut arriver tôt parce qu'il y a du monde.",
    ),
    (
        "N07.2",
        "Normalement on est là pour que la personne apprenne. Mais quand il y a dix personnes qui attendent, je "
        "prends la souris et je le fais à leur place, ça va plus vite. C'est pas satisfaisant.",
    ),
    (
        "N07.3",
        "Les gens me donnent leur mot de passe sur un bout de papier, leur carte bancaire parfois. En théorie "
        "on n'a pas le droit. Aidants Connect ça règle une partie, avec le mandat signé, mais pas tout.",
    ),
    (
        "N07.4",
        "Je suis éducatrice, pas agent de la CAF. Aujourd'hui la moitié de mes rendez-vous c'est des "
        "déclarations en ligne. L'écoute, le projet, on n'a plus le temps. Les administrations ferment et c'est "
        "nous qui récupérons.",
    ),
    (
        "N07.5 N02.5",
        "Ce que ça m'a apporté, l'atelier ? Ben aujourd'hui je rentre sur mon compte sans appeler personne. "
        "Avant je transpirais rien que d'y penser. Là je me dis, au pire je me trompe et je recommence.",
    ),
    (
        "N08.1 N05.4",
        "En ligne j'y arrivais pas, j'ai arrêté. J'ai pris mon manteau et je suis descendue à la mairie. La "
        "dame elle a fait ça en deux minutes en discutant, au moins elle te regarde.",
    ),
    (
        "N08.2",
        "Pour la complémentaire on m'a dit c'est en ligne. Alors j'ai abandonné. Ça fait trois ans que j'ai pas "
        "de mutuelle, je vais plus chez le dentiste.",
    ),
    (
        "N08.3 N03.4",
        "J'avais envoyé ma déclaration, j'ai la capture d'écran. Eux disent qu'ils ont rien reçu. Du coup "
        "suspension, deux mois de RSA en moins. Et pour avoir une réponse j'attends toujours.",
    ),
    (
        "N08.5",
        "J'ai mis le net au lieu du brut, ou l'inverse. Six mois après ils me demandent de rembourser neuf "
        "cents euros. J'ai pas triché, j'ai pas compris. Depuis j'ai la trouille de déclarer.",
    ),
    (
        "N09.1",
        "Avant sur leur appli t'avais trois gros boutons. Là ils ont refait, c'est joli hein, mais tu cherches "
        "dix minutes ton attestation. Faut passer par le profil, puis documents, puis je sais plus quoi.",
    ),
    (
        "N09.2",
        "Les mots qu'ils emploient, je vous jure. Ayant droit, quotient, revenu de référence. Je sais lire "
        "pourtant, mais je comprends pas ce qu'ils me demandent. On dirait que c'est fait exprès.",
    ),
    (
        "N09.3",
        "Sur mobile la page est coupée, le bouton du bas on peut pas l'atteindre. Et c'est écrit minuscule, "
        "quand tu agrandis tout se met de travers. Leur truc c'est fait que pour les ordinateurs.",
    ),
    (
        "N09.4 N10.2",
        "Leur site il bugge une fois sur deux. Le jour de l'ouverture des inscriptions, plantage complet. Et "
        "après ils te disent que t'es hors délai. Ils se foutent de nous.",
    ),
    (
        "N09.5 N02.4",
        "Mon prénom il a un accent bizarre et mon nom il est en deux morceaux, l'ordinateur il accepte pas. Sur "
        "la carte vitale c'est écrit autrement, alors jamais ça correspond.",
    ),
    (
        "N10.1 N02.1",
        "Je savais pas faire le arobase. Le monsieur derrière il rigolait. J'avais envie de rentrer sous terre. "
        "Depuis je dis que je suis pressé et je reviens avec ma femme.",
    ),
    (
        "N10.4 N02.3",
        "Au début je tremblais devant le clavier. La formatrice elle m'a dit doucement, doucement. Six mois "
        "après j'envoie des mails avec des pièces jointes, j'ai même aidé ma voisine. Mes enfants en reviennent "
        "pas.",
    ),
    (
        "N11.1",
        "Nous on n'est pas nés avec ça. Ma génération, on avait le téléphone à fil. À mon âge la tête suit "
        "plus, ça va trop vite, on est dépassés.",
    ),
    (
        "N11.3 N09.3",
        "Je suis dyspraxique, les petites cases à cocher c'est l'horreur. Et le temps est compté, après ça se "
        "déconnecte. Ils pensent pas aux gens comme moi quand ils font leurs pages.",
    ),
    (
        "N11.4 N02.4",
        "Je parle un peu français mais écrire non. Dans mon pays j'ai pas été à l'école beaucoup. Je mets le "
        "texte dans le traducteur, en tigrigna, mais ça traduit pas bien.",
    ),
    (
        "N12.2 N04.1",
        "J'ai un agenda où j'écris tout, le jour où j'ai appelé, le nom du gars, le code, ce qu'il a dit. À la "
        "fin j'ai des preuves. Les mots de passe c'est à la dernière page, au crayon.",
    ),
    (
        "N12.3",
        "À la fin j'ai pris ma plume et j'ai écrit au directeur, en recommandé. Une semaine après ils "
        "m'appelaient. Comme quoi, quand on s'adresse au chef, tout devient possible.",
    ),
    (
        "N12.4 N05.4",
        "Qu'on remette des gens derrière les comptoirs, voilà. Internet pour ceux qui veulent, très bien, mais "
        "il faut toujours une porte où frapper, avec quelqu'un qui t'écoute.",
    ),
    (
        "",
        "Oui, oui, tout à fait. Je me souviens, c'était juste après l'été, mon frère venait de se marier et il "
        "pleuvait beaucoup.",
    ),
    (
        "",
        "Je suis née à Béziers, j'ai trois enfants, le dernier a douze ans. J'ai travaillé vingt ans dans une "
        "blanchisserie et puis l'usine a déménagé.",
    ),
    (
        "",
        "D'accord, pas de problème pour l'enregistrement. On peut commencer quand vous voulez, j'ai jusqu'à midi.",
    ),
    (
        "",
        "Ça va, je me plains pas. Le logement est petit mais au moins il est bien chauffé, et les voisins sont "
        "gentils.",
    ),
    (
        "",
        "Mon mari cuisine mieux que moi, c'est lui qui fait les repas. Moi je fais le marché et je lis beaucoup.",
    ),
    (
        "",
        "Non mais sinon ça va, les enfants travaillent bien, la petite passe en sixième. On part une semaine en "
        "août chez mon beau-frère.",
    ),
    (
        "",
        "Oui je vous ai dit, je suis arrivé dans la ville en 2009, d'abord chez un oncle, puis j'ai eu le "
        "studio. J'étais cuisinier.",
    ),
    (
        "",
        "Ah la santé ça va, un peu de tension. On habite ici depuis quinze ans, avant on était à Roubaix. Le "
        "quartier a changé, mais je m'y plais.",
    ),
    (
        "",
        "Merci à vous. Non, j'ai rien à ajouter, c'était bien de parler. Vous voulez encore du café ?",
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
    for code in book.codes:
        assert all((code.definition, code.include, code.exclude, code.examples, code.cues)), code.id
        assert code.parent is None or len(code.cues.words) + len(code.cues.lemmas) >= 12, code.id


def test_each_theme_has_its_colour(book: Codebook) -> None:
    themes = [code for code in book.codes if code.parent is None]
    assert [code.id for code in themes] == [f"N{number:02}" for number in range(1, 13)]
    assert len({code.colour for code in themes}) == 12


def test_most_codes_are_found_and_few_are_wrong(found: list[set[str]]) -> None:
    wanted = [set(codes.split()) for codes, _ in ANSWERS]
    right = sum(len(codes & expected) for codes, expected in zip(found, wanted, strict=True))
    assert right / sum(map(len, wanted)) >= 0.7
    assert right / sum(map(len, found)) >= 0.6


def test_talk_of_other_things_gets_hardly_a_code(found: list[set[str]]) -> None:
    other = [codes for codes, (expected, _) in zip(found, ANSWERS, strict=True) if not expected]
    assert len(other) >= 5
    assert sum(map(len, other)) <= 1


def test_nearly_every_code_is_found_where_it_is_expected(found: list[set[str]]) -> None:
    wanted = {code for expected, _ in ANSWERS for code in expected.split()}
    met = {code for codes, (expected, _) in zip(found, ANSWERS, strict=True) for code in codes & set(expected.split())}
    assert len(wanted) == 56
    assert len(met) >= 45, sorted(wanted - met)
