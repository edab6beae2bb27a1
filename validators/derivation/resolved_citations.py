"""What procedures cite, resolved: each mention in the context of its procedure, and the documents known only from these mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from extractors.citations.resolution.document_register import Context, DocumentRegister
from rasoat.records import KnownFrom, LegalDocument, Mention, MentionKind, NonAnswer, Resolution
from validators.derivation.known_layer import KnownLayer
from validators.derivation.looked_up import LookUps, RecordChange
from validators.derivation.mention_resolver import MentionResolver
from validators.derivation.neighbour_cells import PlacedMention
from validators.derivation.told_titles import quote_of

MentionPlace = tuple[str, int, int]  # piece, procedure, position


class ResolvedCitations:
    """Mentions resolved against a register, kept so that some can be resolved again; `noting` makes that possible."""

    def __init__(
        self, contexts: Mapping[tuple[str, int], Context], register: DocumentRegister, mentions: Iterable[PlacedMention], *, noting: bool
    ) -> None:
        self._contexts, self._register, self._noting = contexts, register, noting
        self._looked: LookUps[MentionPlace] = LookUps()
        self._mentions: dict[MentionPlace, Mention] = {}
        self._plain: dict[MentionPlace, Resolution] = {}  # without what only other procedures' citations suggest
        self.met = KnownLayer[MentionPlace]()
        for piece, procedure, position, _, mention in mentions:
            if (piece, procedure) in contexts and mention.kind is not MentionKind.SELF:
                self._mentions[piece, procedure, position] = mention
        for place in self._mentions:
            self._resolve(place)
        cited = (document for key in self.met if (document := self._cited(key)))
        self.wider = DocumentRegister([*register.documents.values(), *cited])
        self.resolved = {place: self._suggested(place) for place in self._plain}

    def _cited(self, key: str) -> LegalDocument | None:
        """The record of a document that nobody but these mentions knows."""
        return self.met.record(key) if key not in self._register.documents else None

    def _resolve(self, place: MentionPlace) -> set[str]:
        """Resolve one mention; the keys of the documents that may be known otherwise by it."""
        asked = set[str]() if self._noting else None
        resolver = MentionResolver(self._register, self._contexts[place[:2]], KnownFrom.CITED, asked=asked)
        self._plain[place] = resolver.resolve(self._mentions[place])
        if asked:
            self._looked.note(place, asked)
        return self.met.put(place, [(place, document) for document in resolver.met.values()])

    def _suggested(self, place: MentionPlace) -> Resolution:
        """An impossible number with the document it may mean: that may be known only from what other procedures cite."""
        plain = self._plain[place]
        if plain.non_answer is not NonAnswer.MALFORMED or plain.suggestion:
            return plain
        return replace(plain, suggestion=self.wider.resolve(self._mentions[place], self._contexts[place[:2]]).suggestion)

    def quoted(self, place: MentionPlace) -> list[tuple[str, str]]:
        """The title that a mention quotes with a number: (key, title), or nothing."""
        key, quoted = self.resolved[place].key, quote_of(self._mentions[place])
        return [(key, quoted)] if key and quoted else []

    def again(self, changes: Collection[RecordChange]) -> tuple[dict[MentionPlace, Resolution], list[RecordChange]]:
        """Resolve again what records that changed in the register may change: the resolutions that are others now, and the changes
        of all documents known, of those only cited among them."""
        places = self._looked.touched(changes)
        keys = {document.key for change in changes for document in change if document}
        for place in places:
            keys |= self._resolve(place)
        wide: list[RecordChange] = []
        for key in sorted(keys):
            before, now = self.wider.documents.get(key), self._register.documents.get(key) or self._cited(key)
            if before != now:
                self.wider.replace(key, now)
                wide.append((before, now))
        found: dict[MentionPlace, Resolution] = {}
        for place in sorted(places | self._looked.touched(wide)):
            now_resolved = self._suggested(place)
            if now_resolved != self.resolved[place]:
                found[place] = self.resolved[place] = now_resolved
        return found, wide
