"""enquete.toml: a study's name, waves, codebooks, coders and what its synthesis shows.

The keys of the file are French, the attributes of `StudyConfig` English.
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)

from enquete.errors import EnqueteError, Problem
from enquete.toml_lines import KeyPath, fault_words, faults_by_line, key_lines, syntax_line, unknown_key

if TYPE_CHECKING:
    from enquete.pseudonyms.policies import Policies

FILE_NAME = "enquete.toml"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Name = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$", max_length=40)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SynthesisConfig(_Section):
    """[synthese]. threshold: people under which a crossing is hidden; attributes: shown beside a quotation.

    shared_by: people who must share those attributes in diffusion. unmarked: whether the project group reads quotations
    that no coder has flagged. template: the Word document whose styles the report takes, a path in the study.
    """

    threshold: StrictInt = Field(default=5, alias="seuil", ge=2)
    attributes: tuple[_Text, ...] = Field(default=(), alias="attributs", max_length=2)
    shared_by: StrictInt = Field(default=5, alias="partage", ge=2)
    unmarked: StrictBool = Field(default=True, alias="verbatims_sans_marque")
    template: _Text | None = Field(default=None, alias="modele")


def _plain(value: object) -> object:
    """« Catégorie » is « categorie »."""
    if not isinstance(value, str):
        return value
    letters = unicodedata.normalize("NFKD", value.strip().casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).replace(" ", "-")


_Plain = BeforeValidator(_plain)
_OfPersons = Annotated[Literal["prenom", "prenom-registre", "code", "categorie", "garder"], _Plain]


class PseudonymsConfig(_Section):
    """[pseudonymes]: what stands for each type of passage (see pseudonyms.policies)."""

    persons: _OfPersons = Field(default="prenom", alias="personnes")
    relatives: _OfPersons | None = Field(default=None, alias="proches")
    professionals: _OfPersons | None = Field(default=None, alias="professionnels")
    places: Annotated[Literal["categorie", "territoire", "code", "garder"], _Plain] = Field(
        default="categorie", alias="lieux"
    )
    organisations: Annotated[Literal["numero", "categorie", "garder"], _Plain] = "numero"
    ages: Annotated[Literal["tranche", "categorie", "garder"], _Plain] = "tranche"
    births: Annotated[Literal["annee", "tranche", "categorie", "garder"], _Plain] = Field(
        default="annee", alias="naissances"
    )

    def policies(self) -> Policies:
        """As the pseudonymiser takes them."""
        from enquete.pseudonyms.policies import Policies, Policy

        return Policies(**{name: Policy(value) for name, value in self if value})


class RetentionConfig(_Section):
    """[conservation]. The day on which each part is to be erased; None: no day was set."""

    originals: date | None = Field(default=None, alias="originaux")
    contacts: date | None = None
    identities: date | None = Field(default=None, alias="identites")
    texts: date | None = Field(default=None, alias="textes")
    proofs: date | None = Field(default=None, alias="preuves")


class ControllersConfig(_Section):
    """[responsables]. Who answers for the study, as the documents name them; "": left to be completed."""

    association: _Text | None = None
    university: _Text | None = Field(default=None, alias="universite")
    lead: _Text | None = Field(default=None, alias="responsable")
    contact: _Text | None = None
    dpo: _Text | None = None

    def words(self) -> tuple[str, ...]:
        """What the documents print on purpose."""
        return tuple(value for _, value in self if value)


class CodingConfig(_Section):
    """[codage]. suggestions: when a coder sees them; arbiters: codes of those who settle disagreements."""

    suggestions: Annotated[Literal["apres-codage", "toujours", "jamais"], _Plain] = Field(
        default="apres-codage", alias="reperages"
    )
    arbiters: tuple[_Name, ...] = Field(default=(), alias="arbitres")


class FollowUpConfig(_Section):
    """[suivi]. months: from a person's meeting before it to each wave; attempts: how often one may be tried a wave."""

    months: dict[_Name, Annotated[StrictInt, Field(ge=0)]] = Field(default={}, alias="mois")
    attempts: StrictInt = Field(default=5, alias="tentatives", ge=1)


class GivingBackConfig(_Section):
    """[restitution]. acronyms: what the study's own acronyms stand for, in plain words."""

    acronyms: dict[_Text, _Text] = Field(default={}, alias="sigles")


@dataclass(frozen=True, slots=True)
class Wave:
    """code: « v1 », used in commands and files; label: « Premier entretien »."""

    code: str
    label: str


class StudyConfig(_Section):
    """A study's enquete.toml.

    kits: names of the study kits it was made from. waves_by_code: label of each wave, in order.
    codebooks: names of the files of codebooks/ that are used, in order; empty: all of them.
    coders: codes of the coders; empty: anyone may code.
    """

    name: _Text = Field(alias="nom")
    kits: tuple[_Name, ...] = ()
    codebooks: tuple[_Name, ...] = Field(default=(), alias="grilles")
    coders: tuple[_Name, ...] = Field(default=(), alias="codeurs")
    waves_by_code: dict[_Name, _Text] = Field(alias="vagues", min_length=1)
    synthesis: SynthesisConfig = Field(default=SynthesisConfig(), alias="synthese")
    retention: RetentionConfig = Field(default=RetentionConfig(), alias="conservation")
    controllers: ControllersConfig = Field(default=ControllersConfig(), alias="responsables")
    coding: CodingConfig = Field(default=CodingConfig(), alias="codage")
    pseudonyms: PseudonymsConfig = Field(default=PseudonymsConfig(), alias="pseudonymes")
    follow_up: FollowUpConfig = Field(default=FollowUpConfig(), alias="suivi")
    giving_back: GivingBackConfig = Field(default=GivingBackConfig(), alias="restitution")

    @cached_property
    def waves(self) -> tuple[Wave, ...]:
        """In the order of the study."""
        return tuple(Wave(code, label) for code, label in self.waves_by_code.items())


def find_study(start: Path) -> Path:
    """The study folder that `start` is or lies in. Raises EnqueteError(NO_STUDY)."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise EnqueteError(Problem.NO_STUDY, exit_code=2)


def load(path: Path) -> StudyConfig:
    """The configuration in this file, or in the enquete.toml of this folder.

    Raises EnqueteError with every fault at once, each with its line and key: NO_STUDY, CONFIG_ENCODING,
    CONFIG_SYNTAX, CONFIG_INVALID.
    """
    file = path / FILE_NAME if path.is_dir() else path
    source = _read(file)
    try:
        values = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise EnqueteError(
            Problem.CONFIG_SYNTAX, where=f"{file.name}, ligne {syntax_line(source, str(error))}"
        ) from None
    try:
        return StudyConfig.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=True)
        raise EnqueteError(Problem.CONFIG_INVALID, where=file.name, faults=_listed(faults, key_lines(source))) from None


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise EnqueteError(Problem.NO_STUDY, where=file.name, exit_code=2) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise EnqueteError(Problem.CONFIG_ENCODING, where=f"{file.name}, ligne {line}") from None


def _listed(faults: Sequence[Mapping[str, Any]], lines: Mapping[KeyPath, int]) -> str:
    """One line of text a fault, in the order of the file; a missing key comes first."""
    told = []
    for fault in faults:
        path: KeyPath = tuple(part for part in fault["loc"] if part != "[key]")
        told.append((path, _explained(fault), fault["type"] != "missing"))
    return faults_by_line(told, lines)


_SECTIONS: dict[KeyPath, type[_Section]] = {
    (): StudyConfig,
    ("synthese",): SynthesisConfig,
    ("codage",): CodingConfig,
    ("pseudonymes",): PseudonymsConfig,
    ("conservation",): RetentionConfig,
    ("responsables",): ControllersConfig,
    ("suivi",): FollowUpConfig,
    ("restitution",): GivingBackConfig,
}
_ALWAYS_MASKED = (
    "telephone", "portable", "numero", "courriel", "mail", "email", "adresse", "nir", "secu", "iban", "rib", "caf",
    "allocataire", "titre", "passeport", "document", "piece", "plaque", "immatriculation", "compte", "url", "site",
)  # fmt: skip


def _explained(fault: Mapping[str, Any]) -> str:
    path = fault["loc"]
    if fault["type"] != "extra_forbidden":
        return fault_words(fault)
    section = _SECTIONS[tuple(path[:-1])]
    if section is PseudonymsConfig and any(str(_plain(path[-1])).startswith(word) for word in _ALWAYS_MASKED):
        return "numéros, adresses électroniques et comptes sont toujours masqués : cela ne se règle pas."
    return unknown_key(str(path[-1]), [field.alias or name for name, field in section.model_fields.items()])


def template(name: str, kits: Sequence[str]) -> str:
    """The commented enquete.toml of a new study."""

    def toml(value: object) -> str:  # what JSON writes for text and lists of texts, TOML reads, DEL apart
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    return _TEMPLATE.format(name=toml(name), kits=toml(list(kits)))


_TEMPLATE = """\
# Réglages de l'étude. Une ligne qui commence par # est un commentaire.

nom = {name}

# Kits à partir desquels l'étude a été créée.
kits = {kits}

# Grilles utilisées : noms des fichiers du dossier « codebooks », dans l'ordre. Sans cette ligne, toutes.
# grilles = ["ma-grille"]

# Codes des personnes qui codent. Sans cette ligne, tous les codes sont acceptés.
# codeurs = ["c1", "c2"]

# Les vagues, dans l'ordre : le code sert dans les commandes et les fichiers, le titre dans les documents.
[vagues]
v1 = "Premier entretien"
v2 = "Entretien de suivi"

[synthese]
# Nombre de personnes sous lequel un croisement s'écrit « quelques » (groupe-projet) ou n'est pas donné (diffusion).
seuil = 5
# Nombre de personnes qui doivent partager les caractéristiques montrées à côté d'une citation, en diffusion.
partage = 5
# Le groupe-projet lit-il aussi les citations que personne n'a marquées « à citer » ? true ou false.
verbatims_sans_marque = true
# Caractéristiques montrées à côté d'une citation : deux au plus, assez larges pour ne désigner personne.
# attributs = ["commune", "tranche d'âge"]
# Document Word dont le rapport prend les styles, l'en-tête et le pied de page.
# modele = "documents/modele.docx"

[codage]
# Quand un codeur voit-il les repérages ? apres-codage (quand il a lu et codé l'entretien une fois), toujours ou jamais.
reperages = "apres-codage"
# Codes des personnes qui arbitrent les désaccords entre codeurs ; elles voient les codages de tous.
# arbitres = ["anne"]

[pseudonymes]
# Ce qui remplace chaque sorte de passage. Téléphones, courriels et autres numéros sont toujours masqués.
# Un réglage changé vaut pour ce qui s'importe ensuite ; les textes déjà enregistrés restent comme ils sont.
#
# prenom : un autre prénom, du même sexe et de la même époque ; prenom-registre : et de la même origine ;
# code : [personne 3] ; categorie : [son fils], [conseillère 1] ou [personne] ; garder : le nom reste lisible
personnes = "prenom"
# Pour que proches ou professionnels n'aient pas la règle des autres personnes :
# proches = "categorie"
# professionnels = "categorie"
#
# categorie : [commune des Hauts-de-Seine] ; territoire : [commune de la Boucle Nord de Seine] ;
# code : [commune 1] ; garder
lieux = "categorie"
# numero : [employeur 1] ; categorie : [employeur] ; garder
organisations = "numero"
# tranche : [45-54 ans] ; categorie : [âge] ; garder
ages = "tranche"
# annee : [année 1978] ; tranche : [années 1970] ; categorie : [date de naissance] ; garder
naissances = "annee"

# Revoir les mêmes personnes : combien de mois après la rencontre d'avant, et combien de fois essayer de les joindre.
[suivi]
mois = {{ v2 = 6 }}
tentatives = 5

# Rendre aux personnes interrogées ce qui a été compris : les sigles propres à l'étude, expliqués en mots simples.
[restitution]
# sigles = {{ CLI = "la réunion qui décide" }}

# Le jour où chaque partie doit être effacée : « enquete purger » applique ce qui est échu.
[conservation]
# originaux = 2027-06-30
# contacts = 2027-06-30
# identites = 2027-12-31
# textes = 2031-12-31
# preuves = 2031-12-31

# Qui répond de l'étude, tel que les documents remis aux personnes le diront (« enquete documents »).
# Une ligne laissée en commentaire y fait un blanc à compléter.
[responsables]
# association = "l'association …"
# universite = "l'université …"
# responsable = "prénom et nom de la personne qui dirige l'étude"
# contact = "téléphone, adresse ou permanence où les personnes peuvent s'adresser"
# dpo = "délégué à la protection des données, et comment le joindre"
"""
