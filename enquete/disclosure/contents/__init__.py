"""Every string of a file, whatever its format, with its place told for a person: what the gate judges."""

from enquete.disclosure.contents.model import Nature, Sheet, Text
from enquete.disclosure.contents.read import texts_of

__all__ = ["Nature", "Sheet", "Text", "texts_of"]
