"""A questionnaire with a bit of everything, and files of answers to it."""

FORM = """# Une enquête

| survey | type            | name       | label                     | usage    |
|--------|-----------------|------------|---------------------------|----------|
|        | text            | code       | Code                      | clé      |
|        | date            | jour       | Jour                      | jour     |
|        | text            | nom        | Votre nom                 | identité |
|        | text            | tel        | Votre téléphone           | contact  |
|        | select_one log  | logement   | Où dormez-vous ?          | attribut |
|        | select_multiple aid | aides  | Quelles aides ?           |          |
|        | integer         | heures     | Combien d'heures ?        |          |
|        | text            | dire       | Que voulez-vous dire ?    |          |
|        | begin_repeat    | enfants    | Enfants                   |          |
|        | text            | prenom     | Prénom de l'enfant        | identité |
|        | integer         | age_enfant | Quel âge a l'enfant ?     |          |
|        | text            | raconter   | Comment va cet enfant ?   |          |
|        | end_repeat      |            |                           |          |

| choices | list_name | name   | label       | manque |
|---------|-----------|--------|-------------|--------|
|         | log       | propre | Chez soi    |        |
|         | log       | rue    | À la rue    |        |
|         | log       | refus  | Pas répondu | refus  |
|         | aid       | colis  | Des colis   |        |
|         | aid       | cantine | La cantine |        |

| settings | form_title | form_id | vague |
|----------|------------|---------|-------|
|          | Enquête    | enquete | v1 v2 |
"""
HEADER = "code;jour;nom;tel;logement;aides;heures;dire"
FATOU = (
    "P001;2026-03-02;Fatoumata Diarra;0612345678;propre;colis cantine;0;"
    "Moi Fatoumata, Madame Lefèvre m'a zigzaguée entre les guichets."
)
KARIM = "P002;2026-03-03;Karim Benali;0611223344;refus;;12;Le dossier était brindezingue."
ROSE = "P003;2026-03-04;;;rue;colis;;-"
HERS = ("zigzaguée", "Fatoumata", "Diarra", "Lefèvre", "0612345678")
HIS = ("brindezingue", "Benali", "0611223344")


def form(study):
    """Puts the questionnaire in a study."""
    (study / "questionnaires" / "enquete-v1.md").write_text(FORM, encoding="utf-8")


def table(path, *rows, header=HEADER):
    """Writes a file of answers; gives its path."""
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path
