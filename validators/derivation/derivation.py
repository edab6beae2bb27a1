"""Everything read, and what it adds up to: documents, placed effects, resolved citations. Made whole, or brought up to some pieces.

Three registers are built on each other: of what was observed of documents and told of laws, of these and what clauses make known, and of all
that and what is only cited. Clauses are resolved in the first, citations in the second, suggestions in the third.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection

from extractors.citations.resolution.document_register import Context, DocumentRegister
from rasoat.progress import Progress
from rasoat.records import Article, KnownFrom, LegalDocument, Observation, Part, Procedure, Resolution
from rasoat.store.derived import TableRow, load_mentions
from rasoat.store.extracted import load_article_texts, load_clauses, load_observations, load_versions, sightings
from rasoat.store.publications import portions
from rasoat.store.schema import articles, observations, places
from validators.derivation.document_titles import titled
from validators.derivation.known_layer import KnownLayer
from validators.derivation.looked_up import LookUps, RecordChange
from validators.derivation.merge_documents import merge_documents, named
from validators.derivation.neighbour_cells import beside
from validators.derivation.placed_effects import EffectPlacing, PlacedEffects
from validators.derivation.resolved_citations import MentionPlace, ResolvedCitations
from validators.derivation.told_titles import ToldTitles, own_title


@dataclass(slots=True)
class DerivedChange:
    """What some pieces changed. `observed`: all that was said of the documents they speak of. `documents` whose record is another (None:
    gone), `effects` of each piece that was placed again, `citations` that resolve otherwise."""

    observed: dict[str, list[Observation]] = field(default_factory=dict)
    documents: dict[str, LegalDocument | None] = field(default_factory=dict)
    effects: dict[str, list[TableRow]] = field(default_factory=dict)
    citations: dict[MentionPlace, Resolution] = field(default_factory=dict)


class Derivation:
    """What is derived from the pieces of a store. `noting`: it is kept, and brought up to what is read later."""

    def __init__(self, connection: Connection, progress: Progress, *, noting: bool = False) -> None:
        self._noting = noting
        self.seen = sightings(connection)
        progress("văn bản", 0, 4)
        observed = list(load_observations(connection, self.seen))
        self._spoken_of: dict[str, set[str]] = defaultdict(set)  # by piece: the documents it says something of
        for piece, said in observed:
            self._spoken_of[piece].add(said.key)
        self._merged = {document.key: document for document in merge_documents(said for _, said in observed)}
        procedures = {(one.piece, one.position): one.procedure for one in load_versions(connection, self.seen)}
        mentions, self._told = beside(load_mentions(connection), lambda piece, at, part: _text(procedures.get((piece, at)), part))
        self._laws: dict[str, LegalDocument] = {}
        for document in self._told.laws():
            self._laws.setdefault(document.key, document)
        self._first = DocumentRegister({**self._laws, **self._merged}.values())
        progress("tác động", 1, 4)
        self._looked: LookUps[str] = LookUps()
        # A clause's words are believed before those of procedures, which often misprint a number.
        self._quoted, self._quoted_in_procedures = ToldTitles[str](), ToldTitles[MentionPlace]()
        self._own: dict[str, str] = {}  # by key what untitled documents say of themselves
        self._met = KnownLayer[str]()
        placed = self._place(load_clauses(connection, self.seen), observed)
        for piece, quoted in placed.quoted.items():
            self._quoted.put(piece, quoted)
        del observed  # of a whole country much, and asked for no more
        self.effects = [row for rows in placed.rows.values() for row in rows]
        self._second = DocumentRegister([*self._first.documents.values()])
        self._raise_to_second(self._met)
        progress("viện dẫn", 2, 4)
        contexts = {place: _context(one) for place, one in procedures.items()}
        self._cited = ResolvedCitations(contexts, self._second, mentions, noting=noting)
        self._by_number: dict[str, set[str]] = defaultdict(set)
        for key, document in self._cited.wider.documents.items():
            self._by_number[document.number].add(key)
        for place in self._cited.resolved:
            self._quoted_in_procedures.put(place, self._cited.quoted(place))
        everything = self._cited.wider.documents
        self._read_own(connection, [key for key, one in everything.items() if one.title is None])
        self.documents = {one.key: self._titled(one) for one in named(everything[key] for key in sorted(everything))}

    @property
    def citations(self) -> dict[MentionPlace, Resolution]:
        """Every mention's resolution."""
        return self._cited.resolved

    def speaks(self, piece: str) -> bool:
        """Whether a piece says anything of a document."""
        return bool(self._spoken_of.get(piece))

    def _place(
        self, clauses: Iterable[tuple[str, Article, list[dict[str, Any]]]], observed: Iterable[tuple[str, Observation]]
    ) -> PlacedEffects:
        placing = EffectPlacing(self._first, self._told, noting=self._noting)
        placing.clauses(clauses)
        placing.claims(observed)
        for piece, met in placing.found.met.items():
            self._met.put(piece, met)
        for piece, asked in placing.found.asked.items():
            self._looked.note(piece, asked)
        return placing.found

    def _read_own(self, connection: Connection, keys: Collection[str]) -> None:
        """Take from documents' first articles what they provide."""
        for key in keys:
            self._own.pop(key, None)
        for some in portions(sorted(keys)):
            for article in load_article_texts(connection, some):
                if article.path == "dieu-1" and (title := own_title(article.text)):
                    self._own[article.key] = title

    def _titled(self, document: LegalDocument) -> LegalDocument:
        key, given = document.key, document.title
        told = self._quoted.title(key, given)
        if told is None and not (given and document.known_from is KnownFrom.EFFECT):
            told = self._quoted_in_procedures.title(key, given)
        return titled(document, told, self._own.get(key))

    def _raise_to_second(self, keys: Iterable[str]) -> list[RecordChange]:
        """Bring some documents of the second register up to the first and to what clauses make known."""
        changes: list[RecordChange] = []
        for key in sorted(keys):
            now, met = self._first.documents.get(key), self._met.record(key)
            if met and (now is None or now.known_from is KnownFrom.CITED):
                now = met
            before = self._second.documents.get(key)
            if before != now:
                self._second.replace(key, now)
                changes.append((before, now))
        return changes

    def bring_up(self, connection: Connection, pieces: Collection[str]) -> DerivedChange:
        """What pieces of documents that came, went or were seen again change; none of them holds a procedure, or ever did."""
        for some in portions(sorted(pieces)):
            fresh = sightings(connection, where=places.c.piece.in_(some))
            for piece in some:
                self.seen.pop(piece, None)
            self.seen.update(fresh)
        keys = {key for piece in pieces for key in self._spoken_of.pop(piece, ())}
        for piece, said in self._observed(connection, observations.c.piece, pieces):
            self._spoken_of[piece].add(said.key)
            keys.add(said.key)
        found = DerivedChange({key: [] for key in keys})
        for _, said in self._observed(connection, observations.c.key, keys):
            found.observed[said.key].append(said)
        first = self._merge_again(found.observed)
        again = sorted(self._looked.touched(first).union(pieces))
        known = self._met_by(again)
        clauses = (one for some in portions(again) for one in load_clauses(connection, self.seen, articles.c.piece.in_(some)))
        placed = self._place(clauses, list(self._observed(connection, observations.c.piece, again)))
        for piece in again:
            known |= self._met.put(piece, placed.met.get(piece, ()))
        found.effects = {piece: placed.rows.get(piece, []) for piece in again}
        retitled = set(keys).union(*(self._quoted.put(piece, placed.quoted.get(piece, ())) for piece in again))
        changes = self._raise_to_second(known.union(document.key for change in first for document in change if document))
        found.citations, wide = self._cited.again(changes)
        retitled.update(*(self._quoted_in_procedures.put(place, self._cited.quoted(place)) for place in found.citations))
        everything = self._cited.wider.documents
        self._read_own(connection, [key for key in keys if key in everything and everything[key].title is None])
        found.documents = self._name_again(wide, retitled)
        return found

    def _observed(self, connection: Connection, column: Column[str], wanted: Collection[str]) -> Iterator[tuple[str, Observation]]:
        for some in portions(sorted(wanted)):
            yield from load_observations(connection, self.seen, column.in_(some))

    def _merge_again(self, observed: dict[str, list[Observation]]) -> list[RecordChange]:
        changes: list[RecordChange] = []
        for key, said in observed.items():
            self._merged.pop(key, None)
            self._merged.update({document.key: document for document in merge_documents(said)})
            before, now = self._first.documents.get(key), self._merged.get(key) or self._laws.get(key)
            if before != now:
                self._first.replace(key, now)
                changes.append((before, now))
        return changes

    def _met_by(self, pieces: Iterable[str]) -> set[str]:
        """The documents that some pieces made known until now, which they do no longer."""
        return {key for piece in pieces for key in self._met.put(piece, ())}

    def _name_again(self, changes: Iterable[RecordChange], retitled: Collection[str]) -> dict[str, LegalDocument | None]:
        """The documents whose record, title or printed id is another, where some records are, or where titles may be: those that share a
        number tell each other apart."""
        numbers = {self.documents[key].number for key in retitled if key in self.documents}
        found: dict[str, LegalDocument | None] = {}
        for before, now in changes:
            if before:
                numbers.add(before.number)
                self._by_number[before.number].discard(before.key)
                if now is None:
                    found[before.key] = None
                    self.documents.pop(before.key, None)
            if now:
                numbers.add(now.number)
                self._by_number[now.number].add(now.key)
        for number in numbers:
            for document in map(self._titled, named(self._cited.wider.documents[key] for key in sorted(self._by_number[number]))):
                if self.documents.get(document.key) != document:
                    found[document.key] = self.documents[document.key] = document
        return found


def _text(procedure: Procedure | None, part: Part) -> str:
    return procedure.parts.get(part, "") if procedure else ""


def _context(procedure: Procedure) -> Context:
    decided = procedure.decision.issued_on if procedure.decision else None
    return Context(issuer=procedure.publisher, province=procedure.publisher, on=decided or procedure.observed_on)
