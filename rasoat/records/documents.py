"""Legal documents: what each source said of one, its articles, what its clauses do, and the answer about its force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rasoat.records.bases import DateBasis, StatusBasis
from rasoat.records.proof import Confidence, Origin, Tier


class Status(StrEnum):
    """Whether a document or provision binds on a day, and the honest non-answers."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_IN_FORCE = "partly_in_force"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    UNKNOWN_DOCUMENT = "unknown_document"
    AMBIGUOUS = "ambiguous"
    NOT_NORMATIVE = "not_normative"


class Verb(StrEnum):
    """What one provision does to another document or provision."""

    ENTERS_INTO_FORCE = "enters_into_force"  # the source (or a part of it) begins
    EXPIRES = "expires"  # a stated term of the source itself (or of a part) ends
    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"
    CORRECTS = "corrects"
    CONSOLIDATES = "consolidates"
    DETAILS = "details"
    SUSPENDS = "suspends"
    REVIVES = "revives"
    PROLONGS = "prolongs"  # keeps a target in force until another day; one that nothing else ends, ends then
    POSTPONES = "postpones"  # the target, or a part of it, enters into force on another day than its own words say
    DYNAMIC_REFERENCE = "dynamic_reference"  # citations inside the source follow their successors
    OVERRIDES = "overrides"  # prevails over unnamed texts while it lasts; ends nothing


class KnownFrom(StrEnum):
    """How a document came to be known, weakest last; CITED ones stand outside the register."""

    TEXT = "text"
    OFFICIAL = "official"
    EFFECT = "effect"
    CITED = "cited"


@dataclass(frozen=True, slots=True)
class Observation:
    """What one source said of one document on one day: two sources disagree side by side, nothing is overwritten."""

    key: str
    number: str
    type: str
    source: str
    observed_on: date
    origin: Origin
    known_from: KnownFrom
    issuer: str | None = None
    title: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    claimed_status: str | None = None  # the publisher's own word: "Còn hiệu lực"
    claimed_expiry: date | None = None
    publisher_id: str | None = None  # vbpl ItemID
    relations: tuple[tuple[str, str], ...] = ()  # (publisher's relation type, target key): claims, tier D


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """A document as all its observations say together; `id` is what people read, `key` what records join on."""

    key: str
    id: str
    number: str
    type: str
    issuer: str | None
    title: str | None
    issued_on: date | None
    effective_on: date | None
    known_from: KnownFrom


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document as one source printed it on one day. `path` like "dieu-7", `container` like "chuong-II/muc-1"."""

    key: str
    path: str
    heading: str
    text: str
    source: str
    observed_on: date
    tier: Tier
    origin: Origin
    container: str = ""
    order: int = 0
    amended_by: tuple[str, ...] = ()  # what the codified law's note says changed it: "KEY#dieu-75", or "KEY" without an article


@dataclass(frozen=True, slots=True)
class Effect:
    """What a clause does, as read: not yet placed in time.

    `target` None means the source itself (entry into force, own term). `target_provision` None means the whole target.
    `on` is the first day of the effect (first day out of force for an ending). Where `on` is None the basis says how
    to find it: OWN_ENTRY (the source's entry), ANCHORED (`anchor`'s entry), ANCHORED_END (its end), SIGN_DATE; in SIGN_PLUS,
    ENTRY_PLUS and with an anchor `days` or `months` are counted from there.
    `until` is the first day after a suspension or a prolonged life. `exceptions` are target paths that survive, or
    ("?",) where the survivors are named only by subject matter. `lead` are the words above a list that carry the verb for
    the item quoted, "" where the quote holds them.
    """

    verb: Verb
    source: str
    source_provision: str
    quote: str
    start: int
    end: int
    tier: Tier
    observed_on: date
    origin: Origin
    target: str | None = None
    target_provision: str | None = None
    on: date | None = None
    basis: DateBasis = DateBasis.OWN_ENTRY
    anchor: str | None = None
    days: int | None = None
    until: date | None = None
    exceptions: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    printed_target: str | None = None  # as the clause misprints it, where that differs from the target's number
    lead: str = ""
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of force: `start` the first day in, `end` the first day out; None is unknown (start) or open (end)."""

    start: date | None
    end: date | None
    basis: StatusBasis


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that supports a verdict, quoted from its own document."""

    document: str
    provision: str
    quote: str
    tier: Tier
    origin: Origin
    effect: Verb
    on: date | None
    basis: DateBasis
    part: str | None = None  # the provision it acts on; None for the whole document
    lead: str = ""  # the words above a list that carry the verb, where the quote is an item of one
    printed: str | None = None  # the number as the clause misprints it


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a document or provision on a day, with the reason and all that it rests on."""

    status: Status
    reason: str
    basis: StatusBasis
    intervals: tuple[Interval, ...] = ()
    ended_by: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    survivors: tuple[str, ...] = ()
    ended_parts: tuple[str, ...] = ()  # provisions dead or suspended that day in what is otherwise in force, in the order of the text
    left_codified_law: date | None = None
