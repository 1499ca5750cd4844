"""Pseudonymises what enters a study: texts, and the free words of tables and memos."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enquete import offsets
from enquete.actions.interviews.people import Cast
from enquete.actions.interviews.reading import Source
from enquete.actions.interviews.revising import Change
from enquete.model import QUASI_IDENTIFIERS, Doubt, IdentifierType, Mention, Span
from enquete.pseudonyms import (
    Detection,
    Document,
    Identified,
    KnownName,
    Passage,
    PassageKind,
    Policies,
    detect,
    find_known,
    form_key,
    masked_places,
    names_in_label,
    names_of,
    replacements,
    resolve,
)
from enquete.pseudonyms.territories import territory_of
from enquete.pseudonyms.words import words_of
from enquete.store.interviews import Mask
from enquete.vault import Identities
from enquete.vault.identities import Cleared

Step = Callable[[int, int], None]
_DEFAULT = Policies()


@dataclass(frozen=True, slots=True)
class Masked:
    """A pseudonymised text. mapping: from the text as given. masks, doubts: places in the new text."""

    text: str
    mapping: offsets.Mapping
    masks: tuple[Mask, ...]
    doubts: tuple[Doubt, ...]

    def changes(self) -> list[Change]:
        """What to change in the text as given, for `revise_text`: each edit with the mask that stands in it."""
        changes, shift = [], 0
        for start, end, length in self.mapping.edits:
            at = start + shift
            masks = tuple(
                mask._replace(start=mask.start - at, end=mask.end - at)
                for mask in self.masks
                if at <= mask.start and mask.end <= at + length
            )
            changes.append(Change(start, end, self.text[at : at + length], masks))
            shift += length - (end - start)
        return changes


class Masker:
    """Detects in all the files of an import at once, then masks them one by one against the vault of the moment."""

    def __init__(
        self,
        sources: Sequence[Source],
        casts: Sequence[Cast],
        identities: Identities,
        names: Mapping[str, Mapping[str, str]],
        policies: Policies = _DEFAULT,
    ) -> None:
        self._policies = policies
        self._groups = [cast.people for cast in casts]
        self._known = known_names(identities)
        theirs = [
            tuple(name for code in cast.people for name in names.get(code, {}).values()) + _label_names(source)
            for source, cast in zip(sources, casts, strict=True)
        ]
        self._documents = [
            Document(source.text.text, tuple(Passage(t.start, t.end) for t in source.text.turns), own)
            for source, own in zip(sources, theirs, strict=True)
        ]
        # Names in titles and metadata blocks (« Enquêteur : … ») are not stored, but may be said in the turns.
        self._fronts = [
            Document(s.transcript.text, tuple(Passage(f.start, f.end, PassageKind.FRONT) for f in s.transcript.front))
            for s in sources
        ]
        self._detections: list[Detection] = []
        self._avoid: frozenset[str] = frozenset()

    def detect(self, processes: int, step: Step) -> None:
        """Runs the model; the slow part. step: (files read, all)."""
        everything = [*self._documents, *self._fronts]
        total = len(everything)
        found = detect(everything, known=self._known, processes=processes, progress=lambda done: step(done, total))
        self._detections = found[: len(self._documents)]
        self._avoid = names_of(everything, found)

    def mask(self, number: int, identities: Identities) -> Masked:
        """The text of one source, pseudonymised; `identities.book` grows by the names met."""
        return mask_document(
            self._documents[number],
            self._detections[number],
            self._groups[number],
            identities,
            self._avoid,
            self._policies,
        )


def mask_document(
    document: Document,
    detection: Detection,
    group: tuple[str, ...],
    identities: Identities,
    avoid: Collection[str] = (),
    policies: Policies = _DEFAULT,
) -> Masked:
    """Resolves who is who among these people, and replaces; `identities.book` grows by the names met.

    A word that a human cleared for these people stays readable.
    """
    (masked,) = mask_documents([document], [detection], [group], identities, avoid, policies)
    return masked


def mask_documents(
    documents: Sequence[Document],
    detections: Sequence[Detection],
    groups: Sequence[tuple[str, ...]],
    identities: Identities,
    avoid: Collection[str] = (),
    policies: Policies = _DEFAULT,
) -> list[Masked]:
    """As `mask_document`, for many short texts: what is known of the study is looked through once."""
    own = {word for name in (*identities.names(), *identities.chosen.values()) for word in words_of(name)}
    found = [
        without_cleared(document, detection, group, identities.cleared)
        for document, detection, group in zip(documents, detections, groups, strict=True)
    ]
    resolution = resolve(documents, found, groups, identities.book, identities.secret, own | set(avoid), policies)
    identities.book = resolution.book
    everything = zip(documents, found, resolution.identified, strict=True)
    return [_masked(document, detection, who, identities.secret) for document, detection, who in everything]


def _masked(document: Document, detection: Detection, identified: Sequence[Identified], secret: bytes) -> Masked:
    text, mapping = offsets.replace(document.text, replacements(identified))
    moved = mapping.spans(Span(doubt.start, doubt.end) for doubt in detection.doubts)
    doubts = tuple(Doubt(m.span.start, m.span.end, d.why, d.risk) for m, d in zip(moved, detection.doubts, strict=True))
    forms = [document.text[i.mention.start : i.mention.end] for i in identified]
    masks = tuple(
        Mask(p.start, p.end, p.type, p.entity, p.score, p.why, form_key(secret, form))
        for p, form in zip(masked_places(identified), forms, strict=True)
    )
    return Masked(text, mapping, masks, doubts)


def without_cleared(
    document: Document, detection: Detection, group: Collection[str], cleared: Collection[Cleared]
) -> Detection:
    """What was found, less what a human said names nobody: for the whole study, or for one of these people."""
    forms = {words_of(c.form) for c in cleared if not c.group or set(c.group) & set(group)}
    if not forms:
        return detection

    def stays(found: Mention | Doubt) -> bool:
        return words_of(document.text[found.start : found.end]) not in forms

    return Detection(tuple(filter(stays, detection.mentions)), tuple(filter(stays, detection.doubts)))


def mask_texts(
    texts: Sequence[str],
    groups: Sequence[tuple[str, ...]],
    identities: Identities,
    policies: Policies = _DEFAULT,
) -> list[str]:
    """Memos and the like, with the pseudonyms of the people they are about (codes in `groups`)."""
    documents = [Document(text, (Passage(0, len(text)),)) for text in texts]
    detections = detect(documents, known=known_names(identities))
    found = zip(documents, detections, groups, strict=True)
    return [
        mask_document(document, detection, group, identities, policies=policies).text
        for document, detection, group in found
    ]


def mask_attributes(
    values: Sequence[str],
    identities: Identities,
    pseudonyms: frozenset[str] = frozenset(),
    policies: Policies = _DEFAULT,
) -> list[str]:
    """Attributes as people write them: names and numbers go, communes and ages stay.

    « Antony » alone is a commune of the Hauts-de-Seine, unless somebody of the study is called so. pseudonyms: words of
    those that stand in the study's texts, which name nobody.
    """
    borne = {word for name in known_names(identities) for word in words_of(name.form)}

    def passages(value: str) -> tuple[Passage, ...]:
        clear = not value or (territory_of(value) and borne.isdisjoint(words_of(value)))
        return () if clear else (Passage(0, len(value)),)

    known = known_names(identities)
    documents = [Document(value, passages(value)) for value in values]
    masked = []
    for document, read, told in zip(
        documents, detect(documents, known=known), find_known(documents, known), strict=True
    ):
        # A name of the study counts, even where it looks like an organisation's, which would stay.
        direct = [
            mention
            for mention in (*read.mentions, *told.mentions)
            if mention.type not in QUASI_IDENTIFIERS
            and not (pseudonyms and pseudonyms.issuperset(words_of(document.text[mention.start : mention.end])))
        ]
        detection = Detection(tuple(_disjoint(direct)), ())
        masked.append(mask_document(document, detection, ("attributs",), identities, policies=policies).text)
    return masked


def _disjoint(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """In their order, the longest of those that begin together, none that overlaps one before."""
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, -m.score)):
        if mention.start >= end:
            yield mention
            end = mention.end


def known_names(identities: Identities) -> list[KnownName]:
    """What detection should find wherever it stands."""
    return [*identities.book.known(), *(KnownName(name, IdentifierType.PERSON) for name in identities.names())]


def _label_names(source: Source) -> tuple[str, ...]:
    return tuple(name for s in source.transcript.speakers for label in s.labels for name in names_in_label(label))
