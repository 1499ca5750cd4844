"""A synthesis with some of everything, made by hand: what the report, the page and the workbook are tried on."""

from dataclasses import replace

from enquete.findings.tables import Column, Figure, Kind, Page, Section, Series, Synthesis, Table
from enquete.findings.written.shown import Counted, Quoted, ShownFinding, ShownPiece, ShownRecommendation
from enquete.model import Audience

THEME_FIGURE = Figure(
    "Nouveau RSA : personnes concernées qui parlent de chaque thème",
    "Thème",
    "Nombre de personnes, sur 24 dont un entretien est codé",
    ("Accompagnement et relation avec le référent", "Heures d'activité", "Sanctions", "Santé", "Logement"),
    (Series("Personnes concernées", (17, 12, 9, 6, 0)),),
)
WAVE_FIGURE = Figure(
    "Nouveau RSA : personnes concernées par thème et par vague",
    "Thème",
    "Nombre de personnes (barre claire : quelques, 4 au plus)",
    ("Accompagnement et relation avec le référent", "Heures d'activité", "Sanctions", "Santé", "Logement"),
    (
        Series("Printemps 2025 (sur 24)", (14, 11, "quelques", 5, 0), 4),
        Series("Automne 2025 (sur 18)", (10, 7, 8, "quelques", 0), 4),
    ),
)

PROFILE = Table(
    "Profil",
    (
        Column("Caractéristique", Kind.PHRASE),
        Column("Valeur", Kind.PHRASE),
        Column("Personnes concernées, Printemps 2025", Kind.COUNT),
        Column("Personnes concernées, Automne 2025", Kind.COUNT),
    ),
    (
        ("Ensemble", "", 24, 18),
        ("Tranche d'âge", "18-29 ans", 7, "quelques"),
        ("Tranche d'âge", "30-39 ans", 9, 8),
        ("Tranche d'âge", "40 ans et plus", 8, 6),
    ),
    depths=(0, 1, 1, 1),
)
_COUNTS = (
    "Personnes concernées qui en parlent", "Sur", "N'en parlent jamais", "Entretiens", "Sur (entretiens)",
    "Passages", "Mots", "Professionnels qui en parlent", "Professionnels, sur", "Professionnels, passages",
)  # fmt: skip
THEMES = Table(
    "Thèmes",
    (
        Column("Grille", Kind.PHRASE),
        Column("Code", Kind.SHORT),
        Column("Thème", Kind.PHRASE),
        *(Column(title, Kind.COUNT) for title in _COUNTS),
    ),
    (
        ("Nouveau RSA", "1", "Accompagnement et relation avec le référent", 17, 24, 7, 29, 42, 61, 4210, 3, 5, 8),
        ("Nouveau RSA", "1.1", "Changements de référent", 8, 24, 16, 9, 42, 12, 640, 0, 5, 0),
        ("Nouveau RSA", "2", "Heures d'activité", 12, 24, 12, 19, 42, 33, 2050, 2, 5, 4),
        ("Nouveau RSA", "3", "Sanctions", 9, 24, 15, 12, 42, 20, 1320, 4, 5, 9),
        ("Numérique", "1", "Accès aux équipements", 6, 20, 14, 8, 31, 11, 700, 1, 4, 1),
    ),
    depths=(0, 1, 0, 0, 0),
    tree=2,
    figures=(THEME_FIGURE,),
    notes=("Une personne compte une fois, quel que soit le nombre de ses entretiens.",),
    links={(0, 3): ("Verbatims", 0), (2, 3): ("Verbatims", 2)},
)
CROSSING = Table(
    "Thèmes × tranche d'âge",
    (
        Column("Grille", Kind.PHRASE),
        Column("Code", Kind.SHORT),
        Column("Thème", Kind.PHRASE),
        Column("Répondants", Kind.PHRASE),
        Column("18-29 ans", Kind.COUNT),
        Column("30-39 ans", Kind.COUNT),
        Column("40 ans et plus", Kind.COUNT),
        Column("Ensemble", Kind.COUNT),
    ),
    (
        ("Nouveau RSA", "", "Sur : personnes dont un entretien est codé", "Personnes concernées", 7, 9, 8, 24),
        ("Nouveau RSA", "1", "Accompagnement", "Personnes concernées", "quelques", 8, 6, 17),
        ("Nouveau RSA", "3", "Sanctions", "Personnes concernées", 0, 5, "quelques", 9),
    ),
    depths=(0, 0, 0),
    tree=2,
    notes=("Chaque colonne se lit sur sa première ligne.",),
    links={(1, 7): ("Verbatims", 0)},
)
WAVES = Table(
    "Évolution",
    (
        Column("Grille", Kind.PHRASE),
        Column("Code", Kind.SHORT),
        Column("Thème", Kind.PHRASE),
        Column("Répondants", Kind.PHRASE),
        Column("Printemps 2025, personnes", Kind.COUNT),
        Column("Printemps 2025, sur", Kind.COUNT),
        Column("Automne 2025, personnes", Kind.COUNT),
        Column("Automne 2025, sur", Kind.COUNT),
        Column("Vues deux fois, seulement Printemps 2025", Kind.COUNT),
        Column("Vues deux fois, les deux fois", Kind.COUNT),
        Column("Vues deux fois, seulement Automne 2025", Kind.COUNT),
        Column("Vues deux fois, sur", Kind.COUNT),
    ),
    (
        ("Nouveau RSA", "1", "Accompagnement", "Personnes concernées", 14, 24, 10, 18, 5, 6, "quelques", 15),
        ("Nouveau RSA", "3", "Sanctions", "Personnes concernées", "quelques", 24, 8, 18, 0, "quelques", 5, 15),
    ),
    depths=(0, 0),
    tree=2,
    figures=(WAVE_FIGURE,),
)
QUOTATIONS = Table(
    "Verbatims",
    (
        Column("Thème", Kind.PHRASE),
        Column("Code", Kind.PHRASE),
        Column("Vague", Kind.SHORT),
        Column("Qui parle", Kind.SHORT),
        Column("Répondant", Kind.SHORT),
        Column("Citation", Kind.LONG),
        Column("Source", Kind.SHORT),
        Column("Mots", Kind.COUNT),
    ),
    (
        ("Accompagnement", "1 Accompagnement", "Printemps 2025", "Personne 12", "personne concernée",
         "J'ai changé quatre fois de référent en un an, à chaque fois il faut tout recommencer.", "paroles", 16),
        ("Accompagnement", "1 Accompagnement", "Automne 2025", "Personne 3", "personne concernée",
         "Elle m'a écoutée, elle. <b>Vraiment</b> & sans regarder l'heure.", "paroles", 10),
        ("Heures d'activité", "2 Heures d'activité", "Automne 2025", "Personne 7", "personne concernée",
         "[à paraphraser]", "paroles", 21),
    ),
    links={(0, 1): ("Thèmes", 0), (1, 1): ("Thèmes", 0), (2, 1): ("Thèmes", 2)},
)  # fmt: skip

FINDINGS = (
    ShownFinding(
        "C01",
        "Changer de référent, c'est recommencer à zéro",
        "validé",
        fields=(("Évolution", "persistant"),),
        remarks=("1 citation a changé depuis.",),
        text="Les personnes ne se plaignent pas d'être suivies : elles se plaignent de l'être par quelqu'un qui ne "
        "sait rien d'elles.\n\nChaque changement oblige à redire ce qui fait mal.",
        limits="Personne n'a été rencontré dans les communes rurales du nord du département.",
        author="Léa",
        themes=("Accompagnement", "Changements de référent"),
        cases=("Personne 12", "Personne 3"),
        supporting=(
            Quoted(
                "J'ai changé quatre fois de référent en un an, à chaque fois il faut tout recommencer.",
                "Personne 12, personne concernée, 30-39 ans",
                row=0,
                changed=True,
            ),
            Quoted("La personne dit avoir renoncé à rappeler.", paraphrased=True, row=2),
        ),
        contradicting=(
            Quoted(
                "Elle m'a écoutée, elle. <b>Vraiment</b> & sans regarder l'heure.",
                "Personne 3, personne concernée",
                row=1,
            ),
        ),
        figures=(Counted("17 personnes concernées sur 24 parlent d'« Accompagnement ».", "Thèmes", 0),),
        agreement="Accord entre codeurs sur ces codes : alpha de 0,81.",
    ),
    ShownFinding(
        "C02",
        "La peur de la sanction arrive avant la sanction",
        "proposé",
        text="Neuf personnes en parlent, et trois seulement en ont eu une.",
        figures=(Counted("9 personnes concernées sur 24 parlent de « Sanctions ».", "Thèmes", 3),),
    ),
)
RECOMMENDATIONS = (
    ShownRecommendation(
        "REC01",
        "Garder le même référent pendant un an au moins",
        "réponse reçue",
        text="Un référent qui change coûte trois rendez-vous à la personne.\n\nUn an est la durée d'un contrat.",
        priority="haute",
        trend="persistant",
        addressees=("Département", "France Travail"),
        findings=(("C01", "Changer de référent, c'est recommencer à zéro"),),
        territories=("Ville et nord du département",),
        waves=("Printemps 2025", "Automne 2025"),
        discussed="14/10/2025",
        sent="03/11/2025",
        answered="18/12/2025",
        answer="Le Département étudie la question.\n\nUne expérimentation est prévue dans deux antennes.",
        next_step="Demander le calendrier de l'expérimentation",
        who="le groupe-projet",
        when="15/01/2026",
    ),
    ShownRecommendation(
        "REC02",
        "Prévenir par écrit et par téléphone avant toute suspension",
        "envoyée",
        text="Une lettre qui se perd ne doit pas faire perdre un mois de ressources.",
        priority="à débattre",
        addressees=("CAF",),
        findings=(("C02", "La peur de la sanction arrive avant la sanction"),),
        sent="03/11/2025",
        next_step="Relancer",
        when="30/06/2026",
    ),
    ShownRecommendation("REC03", "Rendre les ateliers accessibles sans voiture", "brouillon"),
)
ASSESSMENT = (
    ShownPiece("B01", "Un accueil sans rendez-vous a rouvert", "validé", (("Rubrique", "avancée"),)),
    ShownPiece(
        "B02",
        "Les délais de réponse s'allongent",
        "brouillon",
        (
            ("Rubrique", "frein"),
            ("Détail", "De trois semaines à deux mois, d'une vague à l'autre."),
            ("Constats", "C01"),
        ),
    ),
)

SYNTHESIS = Synthesis(
    title="Nouveau RSA : ce que disent les personnes accompagnées",
    readme=Page(
        "Lisez-moi",
        "Nouveau RSA",
        (
            Section("Ce fichier", ("Synthèse de l'étude « Nouveau RSA », pour le groupe-projet.",)),
            Section("Qui a été rencontré", ("24 personnes concernées, dont 15 à deux vagues ou plus.",)),
            Section("Qui manque", ("Automne 2025 : 3 refus.",)),
            Section("Précautions", ("Pseudonymisé n'est pas anonyme : ce document reste dans le groupe-projet.",)),
            Section("Les feuilles", ("Profil : les personnes rencontrées.",)),
        ),
    ),
    profile=PROFILE,
    themes=THEMES,
    waves=WAVES,
    quotations=QUOTATIONS,
    method=Page(
        "Méthode",
        "Méthode",
        (
            Section("Codage", ("42 entretiens codés sur 45, par 2 codeurs.",)),
            Section("Provenance", ("Données : empreinte 3f9c12ab.",)),
        ),
    ),
    audience=Audience.PROJECT_GROUP,
    essential=Page(
        "Essentiel",
        "L'essentiel",
        (
            Section("Ce qui ressort", ("Changer de référent, c'est recommencer à zéro (C01).",)),
            Section("Les nombres", ("17 personnes concernées sur 24 parlent d'« Accompagnement ».",)),
        ),
        links={(1, 0): ("Thèmes", 0)},
    ),
    crossings=(CROSSING,),
    findings=FINDINGS,
    recommendations=RECOMMENDATIONS,
    assessment=ASSESSMENT,
    provenance=("Programme : enquete.", "Données : empreinte 3f9c12ab."),
)
EMPTY = replace(
    SYNTHESIS,
    profile=replace(PROFILE, rows=(), depths=()),
    themes=None,
    waves=None,
    quotations=replace(QUOTATIONS, rows=(), links={}),
    essential=None,
    crossings=(),
    findings=(),
    recommendations=(),
    assessment=(),
    provenance=(),
)
