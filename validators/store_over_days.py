"""Everything stored, ready to say on which days each finding holds: one procedure, one document or one audit at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from sqlalchemy import Connection

from rasoat.records import Citation, HeldFinding
from rasoat.records.postings import Announcement
from rasoat.settings import Settings
from rasoat.store.extracted import load_versions, sightings
from rasoat.store.stored_postings import load_announcements
from rasoat.units import country
from validators.conclusions import CitationCount, Conclusions, Spell, Unjudged
from validators.derivation.judged_versions import JudgedStretch, citations_by_place, judged_stretches
from validators.finding_days import citing_spells, of_document, of_procedure
from validators.knowledge import load_overrides
from validators.rules import World
from validators.rules.siblings import Siblings, SiblingVersion
from validators.validity import ValidityGraph


class StoreOverDays:
    """What is stored, read once. Nothing is written, and no day is asked of the clock."""

    def __init__(self, connection: Connection, settings: Settings, graph: ValidityGraph) -> None:
        self.judged: Mapping[str, Sequence[JudgedStretch]] = judged_stretches(load_versions(connection, sightings(connection)))
        places = {(one.version.piece, one.version.position): code for code, several in self.judged.items() for one in several}
        self.cited: Mapping[tuple[str, int], Sequence[Citation]] = citations_by_place(connection, places)
        self.announced: dict[str, list[Announcement]] = defaultdict(list)
        for one in load_announcements(connection, None):
            self.announced[one.procedure].append(one)
        self.world = World(
            graph,
            settings.horizon_days,
            overrides=load_overrides(connection),
            siblings=Siblings(self._members()),
        )

        self.conclusions = Conclusions(self.world)

    def _members(self) -> Iterator[SiblingVersion]:
        for stretches in self.judged.values():
            for one in stretches:
                citations = self.cited.get((one.version.piece, one.version.position), ())
                yield SiblingVersion(one.version.procedure, citations, one.since, one.until)

    @cached_property
    def citing(self) -> Mapping[str, Sequence[Spell]]:
        """By document key, the days on which each procedure cites it."""
        return citing_spells(self.judged, self.cited)

    def touched(self, documents: Collection[str], procedures: Collection[str]) -> frozenset[str]:
        """The procedures whose findings a change may have reached, where the answers on some documents and some procedures may be others.

        A change of a document is one of those that act on it too, for the rules look at what a cited text amends, details or
        consolidates, and name laws of its name; an overriding text may speak of any procedure; siblings are judged together.
        """
        register = self.world.graph.register
        if any(override.article.key in documents for several in self.world.overrides.values() for override in several):
            return frozenset(self.judged)
        titles = {(one.type, one.title) for key in documents if (one := register.documents.get(key)) and one.title}
        near = {effect.source for key in documents for effect in register.effects.on(key, None)}
        near |= {key for key, one in register.documents.items() if titles and (one.type, one.title) in titles}
        reached = near.union(documents)
        citing = {
            code
            for code, stretches in self.judged.items()
            for one in stretches
            if any(self._points_at(citation, reached) for citation in self.cited.get((one.version.piece, one.version.position), ()))
        }
        found = citing.union(code for code in procedures if code in self.judged)
        return frozenset(found | self.world.siblings.families(found))

    @staticmethod
    def _points_at(citation: Citation, keys: Collection[str]) -> bool:
        return citation.resolution.key in keys or citation.resolution.suggestion in keys

    def procedure(self, code: str) -> list[HeldFinding]:
        """The findings on a procedure's citations and bodies."""
        return of_procedure(self.judged[code], self.cited, self.world, self.announced.get(code, ()), country())

    def document(self, key: str) -> list[HeldFinding]:
        """The items on a document."""
        return of_document(key, self.world, self.citing.get(key, ()))

    def counts(self, code: str) -> list[CitationCount]:
        """On how many of the documents that a procedure cites there is a conclusion."""
        return list(self.conclusions.counts(self.judged[code], self.cited))

    def unjudged(self, key: str) -> list[Unjudged]:
        """When there is no conclusion on a document that somebody cites."""
        return list(self.conclusions.unjudged(key, self.citing[key])) if key in self.citing else []
