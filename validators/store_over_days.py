"""Everything stored, ready to say on which days each finding holds: one procedure, one document or one audit at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Connection

from rasoat.records import Citation, HeldFinding, Verb
from rasoat.records.postings import Announcement
from rasoat.settings import Settings
from rasoat.store.extracted import Sighting, load_versions, sightings
from rasoat.store.publications import portions
from rasoat.store.stored_postings import load_announcements
from rasoat.units import country
from validators.conclusions import CitationCount, Conclusions, Spell, Unjudged
from validators.derivation.judged_versions import JudgedStretch, citations_by_place, judged_stretches
from validators.finding_days import citing_spells, of_document, of_procedure
from validators.knowledge import load_overrides
from validators.rules import World
from validators.rules.citation_finding import fingerprint
from validators.rules.run_rules import ACCUSING, BESIDE, OF_ITS_WORDS
from validators.rules.siblings import Siblings, SiblingVersion
from validators.validity import ValidityGraph

_LOOKED_BEYOND = frozenset({Verb.AMENDS, Verb.DETAILS, Verb.CONSOLIDATES})  # what a rule looks at behind the text that is cited


@dataclass(frozen=True, slots=True)
class Untouched:
    """The printed ids of documents that a procedure is accused of citing as before, and fingerprints of what is said of its words
    beside them."""

    ids: frozenset[str]
    fingerprints: frozenset[str]

    def holds(self, rule: str, accused: str | None, of: str) -> bool:
        """Whether a finding stands, by its rule, object and fingerprint."""
        return rule in OF_ITS_WORDS or (rule in ACCUSING and accused in self.ids) or of in self.fingerprints


class StoreOverDays:
    """What is stored, read once. Nothing is written, and no day is asked of the clock."""

    def __init__(self, connection: Connection, settings: Settings, graph: ValidityGraph, seen: dict[str, Sighting] | None = None) -> None:
        self.judged: Mapping[str, Sequence[JudgedStretch]] = judged_stretches(
            load_versions(connection, sightings(connection) if seen is None else seen)
        )
        self._codes = {(one.version.piece, one.version.position): code for code, several in self.judged.items() for one in several}
        self.cited: dict[tuple[str, int], list[Citation]] = citations_by_place(connection, self._codes)
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

    def renew(self, connection: Connection, reached: Collection[str], pieces: Collection[str], *, overriding: bool) -> frozenset[str]:
        """The graph has changed for the documents that are `reached`, and with it how the citations of some pieces resolve, and what
        overriding texts say where `overriding`: nothing worked out of these is used again. Whose citations were read again."""
        for some in portions(sorted(pieces)):
            self.cited.update(citations_by_place(connection, self._codes, some))
        self.world.forget(reached)
        self.world = replace(
            self.world,
            overrides=load_overrides(connection) if overriding else self.world.overrides,
            siblings=Siblings(self._members()) if pieces else self.world.siblings,
        )
        self.conclusions.forget(reached)
        self.conclusions.world = self.world
        if pieces:
            self.__dict__.pop("citing", None)
        return frozenset(code for (piece, _), code in self._codes.items() if piece in pieces)

    def overriding(self, keys: Collection[str]) -> bool:
        """Whether any of some documents is one that says of procedures what prevails over others."""
        return any(one.article.key in keys for several in self.world.overrides.values() for one in several)

    def _members(self) -> Iterator[SiblingVersion]:
        for stretches in self.judged.values():
            for one in stretches:
                citations = self.cited.get((one.version.piece, one.version.position), ())
                yield SiblingVersion(one.version.procedure, citations, one.since, one.until)

    @cached_property
    def citing(self) -> Mapping[str, Sequence[Spell]]:
        """By document key, the days on which each procedure cites it."""
        return citing_spells(self.judged, self.cited)

    def near(self, documents: Collection[str]) -> frozenset[str]:
        """Documents with those whose findings may tell of them: the rules look at what a cited text amends, details or consolidates, and
        name laws of its name."""
        register = self.world.graph.register
        titles = {(one.type, one.title) for key in documents if (one := register.documents.get(key)) and one.title}
        found = {effect.source for key in documents for effect in register.effects.on(key, None, _LOOKED_BEYOND)}
        found |= {key for key, one in register.documents.items() if titles and (one.type, one.title) in titles}
        return frozenset(found.union(documents))

    def touched(self, documents: Collection[str]) -> frozenset[str]:
        """The procedures whose findings a change may have reached, where the answers on some documents may be others.

        A change of a document is one of those near it too; an overriding text may speak of any procedure.
        """
        if self.overriding(documents):
            return frozenset(self.judged)
        reached = self.near(documents)
        return frozenset(
            code
            for code, stretches in self.judged.items()
            for one in stretches
            if any(self._points_at(citation, reached) for citation in self.cited.get((one.version.piece, one.version.position), ()))
        )

    def judged_together(self, procedures: Collection[str]) -> frozenset[str]:
        """Some procedures with those that stood beside them on any day: of a document they are told the same, by what all of them say."""
        found = {code for code in procedures if code in self.judged}
        return frozenset(found | self.world.siblings.families(found))

    @staticmethod
    def _points_at(citation: Citation, keys: Collection[str]) -> bool:
        return citation.resolution.key in keys or citation.resolution.suggestion in keys

    def procedure(self, code: str, only: Collection[str] | None = None) -> list[HeldFinding]:
        """The findings on a procedure's citations and bodies; `only`: no other documents are accused than these."""
        return of_procedure(self.judged[code], self.cited, self.world, self.announced.get(code, ()), country(), only)

    def untouched(self, code: str, near: Collection[str]) -> Untouched:
        """What of a procedure's findings stands where nothing has changed but some documents."""
        places = [(one.version.piece, one.version.position) for one in self.judged[code]]
        cited = {(one.resolution.key, one.part) for place in places for one in self.cited.get(place, ())}
        beside = {(key, part) for key, part in cited if key and key not in near}
        return Untouched(
            frozenset(self.world.printed(key) for key, _ in beside),
            frozenset(fingerprint(rule, code, key, None, part.value) for key, part in beside for rule in BESIDE),
        )

    def document(self, key: str) -> list[HeldFinding]:
        """The items on a document."""
        return of_document(key, self.world, self.citing.get(key, ()))

    def counts(self, code: str) -> list[CitationCount]:
        """On how many of the documents that a procedure cites there is a conclusion."""
        return list(self.conclusions.counts(self.judged[code], self.cited))

    def unjudged(self, key: str) -> list[Unjudged]:
        """When there is no conclusion on a document that somebody cites."""
        return list(self.conclusions.unjudged(key, self.citing[key])) if key in self.citing else []
