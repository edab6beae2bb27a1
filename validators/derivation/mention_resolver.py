"""Mentions resolved in one context, with the documents they name that the register does not hold."""

from __future__ import annotations

from dataclasses import replace

from extractors.citations.resolution.document_register import Context, DocumentRegister
from extractors.citations.resolution.plausible import with_possible_term
from rasoat.records import Confidence, KnownFrom, LegalDocument, Mention, MentionKind, Resolution
from validators.derivation.looked_up import by_key, looked_up
from validators.derivation.neighbour_cells import NeighbourEvidence
from validators.derivation.told_titles import quote_of


class MentionResolver:
    """Resolves mentions in one context and remembers the documents they name that the register does not hold (`met`), and what was
    looked up for it, where somebody wants to know (`asked`); `quoted` are the titles that came with numbers."""

    def __init__(
        self,
        register: DocumentRegister,
        context: Context,
        known_from: KnownFrom,
        told: NeighbourEvidence | None = None,
        asked: set[str] | None = None,
    ) -> None:
        self._register, self._context, self._known_from, self._told = register, context, known_from, told
        self.met: dict[str, LegalDocument] = {}
        self.quoted: list[tuple[str, str]] = []  # (key, the title that a mention quotes)
        self._asked = asked

    def resolve(self, mention: Mention) -> Resolution:
        """The mention's resolution; a document met here for the first time is remembered with how it came to be known."""
        resolution = self._register.resolve(mention, self._context)
        self._note(mention, resolution)
        if resolution.key and (quoted := quote_of(mention)):
            self.quoted.append((resolution.key, quoted))
        held = self._register.documents.get(resolution.key or "")
        if held and held.known_from is KnownFrom.CITED and self._known_from is KnownFrom.EFFECT:
            # Known so far only from what procedures cite: its name alone is less than its number.
            self.met[held.key] = replace(held, known_from=KnownFrom.EFFECT)
            return replace(resolution, confidence=Confidence.MEDIUM) if mention.number is None else resolution
        if resolution.key and held is None:
            if met := self._register.cited(mention, self._context):
                self.met[met.key] = replace(met, known_from=self._known_from)
        elif resolution.key is None and self._known_from is KnownFrom.EFFECT:
            return self._misprinted(mention) or resolution
        return resolution

    def _note(self, mention: Mention, resolution: Resolution) -> None:
        if self._asked is not None:
            self._asked.update(looked_up(mention, resolution))

    def _misprinted(self, mention: Mention) -> Resolution | None:
        """What a clause must mean where its number cannot be, or where it gives only a law's name and year."""
        meant = self._register.misprinted(mention, mention.name)
        number = self._number_meant(mention) if mention.name else None
        if meant is None and number:
            corrected = replace(mention, kind=MentionKind.NUMBERED, number=number)
            resolution = self._register.resolve(corrected, self._context)
            self._note(corrected, resolution)
            meant = resolution.key
            if meant and meant not in self._register.documents and (met := self._register.cited(corrected, self._context)):
                self.met[meant] = replace(met, known_from=self._known_from)
        if meant and self._asked is not None:
            self._asked.add(by_key(meant))
        return Resolution(key=meant, confidence=Confidence.MEDIUM) if meant else None

    def _number_meant(self, mention: Mention) -> str | None:
        if mention.number:
            return with_possible_term(mention.number)
        if self._told and mention.year and mention.type in ("Luật", "Bộ luật"):
            return self._told.number_of(mention.name or "", mention.year)
        return None
