"""Two codes that may be one person: scored by what the vault knows of them, for a human to confirm."""

from enquete.survey.linking.people import KnownPerson, known_person
from enquete.survey.linking.proposing import Link, propose

__all__ = ["KnownPerson", "Link", "known_person", "propose"]
