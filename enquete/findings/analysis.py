"""What an analysis asks for: whose words, read by whom, crossed with what, for whom. Read from `analyses/*.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enquete.model import Audience, RespondentType

WAVE, RESPONDENT = "vague", "répondant"  # what a crossing may have in columns beside attributes
THEME = "thème"  # what specific words may be told by, beside the wave and attributes
XLSX, DOCX, HTML = "xlsx", "docx", "html"
FORMATS = (XLSX, DOCX, HTML)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Who speaks of what, by value of an attribute. codes: « rsa:2 » (itself and its sub-codes); none: every theme.

    by: name of an attribute, WAVE or RESPONDENT.
    """

    by: str
    codes: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """An empty part asks for everything there is.

    name: of its file, without « .toml »; empty for the synthesis of the whole study. waves, codebooks: by code and id.
    together: types of respondents are counted as one. layer: SETTLED, or the code of the coder whose codings alone
    count; empty: what counts by rule (`enquete.store.counting`). where: attribute -> values; people who have one of
    them. crossings: None: by each of the broad attributes of the study. vocabulary: what specific words are told by:
    « thème », « vague » or an attribute. threshold: None: the study's. digest: of the file.
    """

    name: str = ""
    title: str = ""
    waves: tuple[str, ...] = ()
    types: tuple[RespondentType, ...] = ()
    together: bool = False
    codebooks: tuple[str, ...] = ()
    layer: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crossings: tuple[Crossing, ...] | None = None
    vocabulary: tuple[str, ...] = (THEME,)
    formats: tuple[str, ...] = FORMATS
    audience: Audience | None = None
    threshold: int | None = None
    digest: str = ""


SETTLED = "arbitrée"
