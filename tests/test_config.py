from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.config import FILE_NAME, PseudonymsConfig, Wave, find_study, load, template
from enquete.errors import EnqueteError, Problem
from enquete.model import IdentifierType
from enquete.pseudonyms import Policies, Policy
from enquete.pseudonyms.policies import CHOICES

MINIMAL = 'nom = "Étude"\n[vagues]\nv1 = "Premier entretien"\n'


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / FILE_NAME
    path.write_bytes(text.encode(encoding))
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(EnqueteError) as caught:
        load(write(folder, text))
    assert caught.value.problem is Problem.CONFIG_INVALID
    return str(caught.value)


def test_a_minimal_file_takes_the_defaults(tmp_path: Path) -> None:
    config = load(write(tmp_path, MINIMAL))
    assert config.name == "Étude"
    assert config.waves == (Wave("v1", "Premier entretien"),)
    assert (config.kits, config.codebooks, config.coders) == ((), (), ())
    assert (config.synthesis.threshold, config.synthesis.attributes) == (5, ())


def test_every_key_is_read_and_waves_keep_their_order(tmp_path: Path) -> None:
    text = """
nom = "Étude"
kits = ["rsa"]
grilles = ["rsa", "ma-grille"]
codeurs = ["c1", "c2"]
synthese.seuil = 3
synthese.attributs = ["commune", "tranche d'âge"]
vagues = { v2 = "Suivi", v1 = "Premier" }
"""
    config = load(write(tmp_path, text))
    assert config.kits == ("rsa",)
    assert config.codebooks == ("rsa", "ma-grille")
    assert config.coders == ("c1", "c2")
    assert config.synthesis.attributes == ("commune", "tranche d'âge")
    assert config.synthesis.threshold == 3
    assert [wave.code for wave in config.waves] == ["v2", "v1"]


def test_a_folder_stands_for_its_file_and_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL.replace("\n", "\r\n"), "utf-8-sig")
    assert load(tmp_path).name == "Étude"


def test_all_faults_come_at_once_with_line_and_key(tmp_path: Path) -> None:
    message = refusal(
        tmp_path,
        """nom = 12
kit = ["rsa"]

[vaguess]
v1 = "Premier"

[vagues]
"v 1" = "Premier"
v2 = ""

[synthese]
seuil = "5"
attributs = [
    "commune",  # une
    "âge",
    "sexe",
]
""",
    )
    assert message.splitlines() == [
        "enquete.toml : réglages à corriger :",
        "  ligne 1, « nom » : un texte entre guillemets droits est attendu.",
        "  ligne 2, « kit » : clé inconnue. Vouliez-vous dire « kits » ?",
        "  ligne 4, « vaguess » : clé inconnue. Vouliez-vous dire « vagues » ?",
        "  ligne 8, « vagues.v 1 » : lettres, chiffres, tirets et points seulement, sans espace.",
        "  ligne 9, « vagues.v2 » : un texte est attendu, il est vide.",
        "  ligne 12, « synthese.seuil » : un nombre entier est attendu, sans guillemets.",
        "  ligne 13, « synthese.attributs » : 2 au plus.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[vagues]\nv1 = 'x'\n", "« nom » : cette clé manque."),
        ("nom = 'x'\n", "« vagues » : cette clé manque."),
        ("nom = 'x'\n[vagues]\n", "ligne 2, « vagues » : une au moins est attendue."),
        ("nom = 'x'\nvagues = ['v1']\n", "ligne 2, « vagues » : une section est attendue"),
        ("nom = 'x'\nvagues.v1 = 3\n", "ligne 2, « vagues.v1 » : un texte"),
        (MINIMAL + "[synthese]\nseuil = 1\n", "ligne 5, « synthese.seuil » : le plus petit nombre permis est 2."),
        (MINIMAL + "[synthese]\nseuil = true\n", "un nombre entier est attendu"),
        (MINIMAL + "[synthese]\nbidule = 1\n", "Clés possibles : seuil, attributs, partage,"),
        ("kits = ['a', 4]\n" + MINIMAL, "ligne 1, « kits.n° 2 » : un texte"),
        ("kits = 'rsa'\n" + MINIMAL, "ligne 1, « kits » : une liste"),
        ("synthese = 3\n" + MINIMAL, "ligne 1, « synthese » : une section"),
    ],
)
def test_faults_are_told_in_french(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("nom = Étude\n", 1), ("nom = 'x'\n\n[vagues\n", 3), ("nom = 'x'\nnom = 'y'\n", 2), ("nom = 'x'\nkits = [\n", 2)],
)
def test_broken_toml_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(EnqueteError) as caught:
        load(write(tmp_path, text))
    assert caught.value.problem is Problem.CONFIG_SYNTAX
    assert caught.value.where == f"enquete.toml, ligne {line}"


def test_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(EnqueteError, match=r"ligne 2 : .*UTF-8"):
        load(write(tmp_path, "# x\nnom = 'Étude'\n", "cp1252"))


def test_the_study_is_found_upwards(tmp_path: Path) -> None:
    inside = tmp_path / "exports" / "equipe"
    inside.mkdir(parents=True)
    with pytest.raises(EnqueteError) as caught:
        find_study(inside)
    assert caught.value.problem is Problem.NO_STUDY
    write(tmp_path, MINIMAL)
    assert find_study(inside) == find_study(tmp_path) == tmp_path.resolve()


@given(st.text(min_size=1).filter(str.strip), st.lists(st.sampled_from(["rsa", "inclusion-numerique"]), unique=True))
def test_the_template_is_read_back(tmp_path_factory: pytest.TempPathFactory, name: str, kits: list[str]) -> None:
    config = load(write(tmp_path_factory.mktemp("study"), template(name, kits)))
    assert config.name.strip() == name.strip()
    assert config.kits == tuple(kits)
    assert [wave.code for wave in config.waves] == ["v1", "v2"]
    assert config.synthesis.threshold == 5


def test_the_policies_of_pseudonyms(tmp_path: Path) -> None:
    text = (
        '[pseudonymes]\npersonnes = "Prénom-registre"\nproches = "catégorie"\nlieux = "territoire"\nages = "garder"\n'
    )
    policies = load(write(tmp_path, MINIMAL + text)).pseudonyms.policies()
    assert policies == Policies(
        persons=Policy.REGISTER, relatives=Policy.CATEGORY, places=Policy.TERRITORY, ages=Policy.KEEP
    )
    assert load(write(tmp_path, MINIMAL)).pseudonyms.policies() == Policies()
    assert load(write(tmp_path, template("Étude", []))).pseudonyms.policies() == Policies()


def test_each_value_is_one_that_the_pseudonymiser_knows() -> None:
    types = {
        "persons": IdentifierType.PERSON,
        "places": IdentifierType.PLACE,
        "organisations": IdentifierType.ORGANISATION,
        "ages": IdentifierType.AGE,
        "births": IdentifierType.BIRTH_DATE,
    }
    schema = PseudonymsConfig.model_json_schema(by_alias=False)["properties"]
    assert {name: tuple(schema[name]["enum"]) for name in types} == {n: CHOICES[t] for n, t in types.items()}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'personnes = "autre"',
            "ligne 5, « pseudonymes.personnes » : valeurs possibles : prenom, prenom-registre, code",
        ),
        ("proches = 3", "ligne 5, « pseudonymes.proches » : valeurs possibles : prenom"),
        ('lieu = "garder"', "ligne 5, « pseudonymes.lieu » : clé inconnue. Vouliez-vous dire « lieux » ?"),
        ('telephones = "garder"', "ligne 5, « pseudonymes.telephones » : numéros, adresses électroniques et comptes"),
        ('NIR = "garder"', "sont toujours masqués"),
    ],
)
def test_faults_in_the_policies(tmp_path: Path, line: str, expected: str) -> None:
    assert expected in refusal(tmp_path, f"{MINIMAL}[pseudonymes]\n{line}\n")
