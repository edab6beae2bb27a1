"""All facts the validity engine holds, indexed by document: what documents exist, what was observed, what clauses say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rasoat.identity import NORMATIVE_TYPES, canonical_number, document_key, issuer_name, parse_number, type_of
from rasoat.records import Effect, KnownFrom, LegalDocument, Observation, Verb
from rasoat.vietnamese import slug
from validators.validity.facts import Claim, EffectTable
from validators.validity.paths import Containers
from validators.validity.precedence import issue_order

_BY_YEAR_ONLY = frozenset({"Quyết định", "Nghị quyết", "Chỉ thị"})  # types whose individual acts bear the same name
_YEARS_IN_NUMBERS_SINCE = date(2004, 1, 1)  # before it normative texts were often numbered without a year


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the codified law (pháp điển).

    `standing` maps a document key to the ids of the titles (đề mục) in which its articles stand; `titles` are all titles
    of the edition, `shells` those printed without a single article: a shell says nothing of any document.
    """

    on: date
    standing: Mapping[str, Collection[str]]
    titles: Collection[str] = frozenset()
    shells: Collection[str] = frozenset()
    observed_on: date | None = None

    def known(self, known_at: date | None) -> bool:
        return known_at is None or (self.observed_on or self.on) <= known_at


_NAMED = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})  # called by their names: two of one name are generations of one


class ValidityFacts:
    """The stored facts."""

    def __init__(self, containers: Containers | None = None) -> None:
        self.documents: dict[str, LegalDocument] = {}
        self.claims: dict[str, list[Claim]] = {}
        self.effects = EffectTable()
        self.editions: list[Edition] = []
        self.containers: dict[tuple[str, str], str] = dict(containers or {})
        self.amending: set[tuple[str, str]] = set()  # (document, article) that only change other documents
        self.misfiled: dict[str, list[Effect]] = defaultdict(list)  # clauses that show an article to be another document's
        self._contained: dict[str, list[tuple[str, str]]] | None = None
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._namesakes: dict[tuple[str, str], set[str]] = defaultdict(set)  # laws by type and title

    def add_document(self, document: LegalDocument) -> None:
        self.documents[document.key] = document
        self._numbers[document.number].add(document.key)
        if document.title and document.type in _NAMED:
            self._namesakes[_class(document.type), slug(document.title)].add(document.key)

    def replace_document(self, key: str, document: LegalDocument | None) -> None:
        """Hold another record of a document, or none any more."""
        if before := self.documents.pop(key, None):
            self._numbers[before.number].discard(key)
            if before.title and before.type in _NAMED:
                self._namesakes[_class(before.type), slug(before.title)].discard(key)
        if document:
            self.add_document(document)

    def replace_claims(self, key: str, observed: Iterable[Observation]) -> None:
        """Hold what is said of a document now, and nothing of what was said before."""
        self.claims.pop(key, None)
        for observation in observed:
            self.add_observation(observation)

    def replace_containers(self, key: str, containers: Mapping[str, str]) -> None:
        """Hold where the articles of a document stand now, by their paths."""
        for path, _ in self.articles_in(key):
            del self.containers[key, path]
        for path, container in containers.items():
            self.containers[key, path] = container
        assert self._contained is not None  # it was asked above
        self._contained[key] = list(containers.items())

    def add_observation(self, observation: Observation) -> None:
        self.claims.setdefault(observation.key, []).append(Claim.of(observation))

    def add_effect(self, effect: Effect) -> None:
        self.effects.add(effect)

    def add_edition(self, edition: Edition) -> None:
        self.editions.append(edition)
        self.editions.sort(key=lambda held: (held.on, held.observed_on or held.on))

    def known(self, key: str, known_at: date | None) -> bool:
        """Whether anything told of the document on or before `known_at`; a document only ever cited counts as known."""
        if key not in self.documents:
            return False
        if known_at is None:
            return True
        claims = self.claims.get(key)
        if not claims and not self.effects.touches(key):
            return True
        return any(claim.observed_on <= known_at for claim in claims or ()) or self._acted_on(key, known_at) or self._stood(key, known_at)

    def _acted_on(self, key: str, known_at: date) -> bool:
        return any(True for _ in self.effects.on(key, known_at)) or any(True for _ in self.effects.by(key, known_at))

    def _stood(self, key: str, known_at: date) -> bool:
        return any(key in edition.standing for edition in self.editions if edition.known(known_at))

    def articles_in(self, key: str) -> list[tuple[str, str]]:
        """The articles of a document that stand in chapters or sections, each with its own."""
        if self._contained is None:
            self._contained = defaultdict(list)
            for (document, article), container in self.containers.items():
                self._contained[document].append((article, container))
        return self._contained.get(key, [])

    def edges(self, source: str, verb: Verb, known_at: date | None) -> Iterator[Effect]:
        """What a document details, amends or consolidates; claims without a clause (tier D) included."""
        return self.effects.by(source, known_at, frozenset({verb}))

    def find(self, number: str, type_: str | None = None, issuer: str | None = None) -> tuple[str, ...]:
        """Keys of the documents a printed id may mean: "12/2019/QĐ-UBND", or one with "@" and an issuer's or type's slug."""
        bare, _, qualifier = number.partition("@")
        canonical = canonical_number(bare)
        keys = sorted(self._numbers.get(canonical, ()))
        if qualifier:
            keys = [key for key in keys if qualifier in self._qualifiers(key)]
        if type_ and (wanted := type_of(None, type_)):
            keys = [key for key in keys if _class(self.documents[key].type) == _class(wanted)]
        if issuer and len(keys) > 1:
            name = slug(issuer_name(issuer))
            keys = [key for key in keys if (said := self.documents[key].issuer) is None or slug(issuer_name(said)) == name] or keys
        elif issuer and keys and (parts := parse_number(canonical)) and parts.local:
            keys = [key for key in keys if key == document_key(self.documents[key].type, canonical, issuer, self.documents[key].issued_on)]
        return tuple(keys)

    def later_namesake(self, key: str) -> str | None:
        """The last law of the same name issued after this one: often what replaced it, whether or not a clause we hold says so."""
        document = self.documents.get(key)
        if document is None or not document.title or document.type not in _NAMED:
            return None
        alike = self._namesakes[_class(document.type), slug(document.title)]
        last = max(alike, key=lambda one: issue_order(self.documents[one], one))
        return last if issue_order(self.documents[last], last)[0] > issue_order(document, key)[0] else None

    def _qualifiers(self, key: str) -> set[str]:
        document = self.documents[key]
        printed = document.id.partition("@")[2]
        return {printed, slug(document.type), slug(issuer_name(document.issuer or ""))}


def _class(type_: str) -> str:
    """Luật and Bộ luật are numbered in one series, and people name either by the other's word."""
    return "Luật" if type_ == "Bộ luật" else type_


def is_individual(document: LegalDocument) -> bool:
    """Whether it is no normative text by its type and number: its fate is a chain of decisions."""
    if document.type == "Văn bản hợp nhất":
        return False
    if document.type not in NORMATIVE_TYPES:
        return True
    if document.type not in _BY_YEAR_ONLY:
        return False
    parts = parse_number(document.number)
    if parts is None or parts.normative_form:
        return False
    return document.issued_on is None or document.issued_on >= _YEARS_IN_NUMBERS_SINCE


def in_register(document: LegalDocument | None) -> bool:
    """Known from its own text, an official source or an effect on it; not only because somebody cites it."""
    return document is not None and document.known_from is not KnownFrom.CITED


def load(
    register: ValidityFacts, documents: Iterable[LegalDocument], observations: Iterable[Observation], effects: Iterable[Effect]
) -> None:
    """Adds all records of each kind; iterables are read once, so a database cursor will do."""
    for document in documents:
        register.add_document(document)
    for observation in observations:
        register.add_observation(observation)
    for effect in effects:
        register.add_effect(effect)
