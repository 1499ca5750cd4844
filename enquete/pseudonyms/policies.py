"""What may stand for a person, a place, an organisation, an age or a birth date: the study's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enquete.model import IdentifierType
from enquete.pseudonyms import roles
from enquete.pseudonyms.book import Entity


class Policy(StrEnum):
    """As enquete.toml writes them."""

    FIRST_NAME = "prenom"  # other names of the same sex and period
    REGISTER = "prenom-registre"  # the same, of the same social and cultural register
    CODE = "code"  # « [personne 3] », « [commune 1] »
    CATEGORY = "categorie"  # « [son fils] », « [commune des Hauts-de-Seine] », « [employeur] »
    TERRITORY = "territoire"  # « [commune de la Boucle Nord de Seine] »
    NUMBER = "numero"  # « [employeur 1] »
    BAND = "tranche"  # « [45-54 ans] », « [années 1970] »
    YEAR = "annee"  # « [année 1978] »
    KEEP = "garder"


NAMING = frozenset({Policy.FIRST_NAME, Policy.REGISTER})  # another name, part by part; the others are one label
_T = IdentifierType
CHOICES: dict[IdentifierType, tuple[Policy, ...]] = {
    _T.PERSON: (Policy.FIRST_NAME, Policy.REGISTER, Policy.CODE, Policy.CATEGORY, Policy.KEEP),
    _T.PLACE: (Policy.CATEGORY, Policy.TERRITORY, Policy.CODE, Policy.KEEP),
    _T.ORGANISATION: (Policy.NUMBER, Policy.CATEGORY, Policy.KEEP),
    _T.AGE: (Policy.BAND, Policy.CATEGORY, Policy.KEEP),
    _T.BIRTH_DATE: (Policy.YEAR, Policy.BAND, Policy.CATEGORY, Policy.KEEP),
}


@dataclass(frozen=True, slots=True)
class Policies:
    """The policy of each type. relatives, professionals: None for that of all persons.

    Numbers and addresses (telephone, NIR, e-mail…) have none: they are always masked.
    """

    persons: Policy = Policy.FIRST_NAME
    relatives: Policy | None = None
    professionals: Policy | None = None
    places: Policy = Policy.CATEGORY
    organisations: Policy = Policy.NUMBER
    ages: Policy = Policy.BAND
    births: Policy = Policy.YEAR

    def of(self, entity: Entity) -> Policy:
        """The policy of an entity: its own one, or that of its type."""
        return Policy(entity.policy) if entity.policy else self._of_type(entity)

    def _of_type(self, entity: Entity) -> Policy:
        if entity.type is _T.PERSON:
            kind = roles.kind_of(entity.role)
            own = {roles.Kind.RELATIVE: self.relatives, roles.Kind.PROFESSIONAL: self.professionals}.get(kind)
            return own or self.persons
        by_type = {
            _T.PLACE: self.places,
            _T.ORGANISATION: self.organisations,
            _T.AGE: self.ages,
            _T.BIRTH_DATE: self.births,
        }
        return by_type.get(entity.type, Policy.CATEGORY)
