"""The typed records every room speaks in.

Dates are `datetime.date`, statuses are enums, texts are `str` in NFC unless a field says "raw". Records are frozen:
a derived fact is a new record, never a changed one. Law behind the words: docs/adr and the rule catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


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


class Tier(StrEnum):
    """How close to the publisher's own words a fact was read; decides whether it may accuse."""

    A = "A"  # a clause in the publisher's own text
    B = "B"  # a clause in a text an office gave us
    C = "C"  # a clause read by OCR
    D = "D"  # a claim without a clause: a badge, a date field, a relation


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Part(StrEnum):
    """The parts of a procedure (Nghị định 63/2010/NĐ-CP Điều 8 khoản 2, điểm a to h)."""

    NAME = "name"  # a) tên
    STEPS = "steps"  # b) trình tự thực hiện
    METHODS = "methods"  # c) cách thức thực hiện, with the times and fees stated per method
    DOSSIER = "dossier"  # d) thành phần, số lượng hồ sơ
    DURATION = "duration"  # đ) thời hạn giải quyết
    AUDIENCE = "audience"  # e) đối tượng thực hiện
    AUTHORITY = "authority"  # g) cơ quan giải quyết
    FORMS = "forms"  # h) mẫu đơn, mẫu tờ khai
    RESULT = "result"  # h) kết quả
    REQUIREMENTS = "requirements"  # h) yêu cầu, điều kiện
    FEES = "fees"  # h) phí, lệ phí
    LEGAL_BASIS = "legal_basis"  # căn cứ pháp lý


class MentionKind(StrEnum):
    NUMBERED = "numbered"
    NAMED = "named"
    SELF = "self"


class Role(StrEnum):
    """What a citation does where it stands."""

    LEGAL_BASIS = "legal_basis"
    BODY = "body"
    DOSSIER = "dossier"
    FORM = "form"
    FEE = "fee"
    IN_TITLE = "in_title"
    HISTORICAL = "historical"
    TRANSITIONAL = "transitional"
    AMENDED_BY = "amended_by"
    SELF = "self"


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
    PROLONGS = "prolongs"  # keeps an otherwise ended target alive until another day
    DYNAMIC_REFERENCE = "dynamic_reference"  # citations inside the source follow their successors
    OVERRIDES = "overrides"  # prevails over unnamed texts while it lasts; ends nothing


class DateBasis(StrEnum):
    """Where the date of an effect comes from; a computed date is never shown without it."""

    STATED = "stated"
    OWN_ENTRY = "own_entry"  # "kể từ ngày Nghị định này có hiệu lực"
    SIGN_DATE = "sign_date"
    SIGN_PLUS = "sign_plus"  # N days after signing
    GAZETTE_PLUS = "gazette_plus"  # N days after the gazette: no date without the gazette's
    ANCHORED = "anchored"  # the day another document enters into force
    TERM = "term"  # a fixed term stated in the text
    UNSTATED = "unstated"


class KnownFrom(StrEnum):
    """How a document came to be known, weakest last; CITED ones stand outside the register."""

    TEXT = "text"
    OFFICIAL = "official"
    EFFECT = "effect"
    CITED = "cited"


class SourceRank(IntEnum):
    """Which of two observations of one day is believed first."""

    NATIONAL_API = 0
    PAGE_CAPTURE = 1
    OFFICE_TABLE = 2
    LIST_ROW = 3  # only what a list says; the detail is missing


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: the archived answer (sha256 of its exact bytes) and the place inside it.

    `place` is readable by a person: "line 17", "demuc/UUID.html#MAPC", "$.data.items[3]", "sheet1!A5".
    """

    capture: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to one legal document in a text; `text[start:end] == quote` on any Unicode input.

    `number` is canonical ("63/2010/NĐ-CP"), `type` as written with a capital, `issued_on` only the date of issue,
    `provisions` paths like "dieu-5/khoan-2/diem-a" in the order of the text.
    """

    start: int
    end: int
    quote: str
    kind: MentionKind
    type: str | None = None
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    provisions: tuple[str, ...] = ()
    role: Role = Role.BODY
    name: str | None = None  # a named law's name without type and year; a cited title where one follows
    year: int | None = None  # the year of a named law


class NonAnswer(StrEnum):
    """Why a mention points at no single document."""

    UNKNOWN_DOCUMENT = "unknown_document"
    AMBIGUOUS = "ambiguous"
    NOT_NORMATIVE = "not_normative"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention points at: exactly one document key, or a named non-answer with its candidates.

    `suggestion` is the key of a near match that a person must confirm (CITE-03); `mismatch` names attributes in the
    quote that disagree with the document ("issued_on", "issuer", "type", "title": CITE-04).
    """

    key: str | None = None
    non_answer: NonAnswer | None = None
    candidates: tuple[str, ...] = ()
    suggestion: str | None = None
    mismatch: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH


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
    to find it: OWN_ENTRY (the source's entry), ANCHORED (`anchor`'s entry), SIGN_PLUS (`days` after signing).
    `until` is the first day after a suspension or a prolonged life. `exceptions` are target paths that survive, or
    ("?",) where the survivors are named only by subject matter.
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


@dataclass(frozen=True, slots=True)
class PublicationDecision:
    """The decision that announced a procedure (quyết định công bố)."""

    number: str
    issued_on: date | None = None
    issuer: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee of one way to submit; `amount` in the currency's unit, None where only words are given."""

    method: str
    kind: str
    amount: float | None
    currency: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Duration:
    """One time limit of one way to submit. `unit` as the portal says: WORKING_DAY, DAY, HOUR, MONTH, OTHER."""

    method: str
    quantity: float | None
    unit: str
    description: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form or paper of the dossier; `file` is the publisher's file id where one can be downloaded."""

    name: str
    file: str | None = None
    originals: int | None = None
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure as one source showed it on one day.

    `parts` maps a `Part` to its text as printed; `missing` names what the source promised and did not give
    ("detail" where only the list row exists). `source_rank` orders two observations of one day.
    """

    code: str
    name: str
    source: str
    source_rank: SourceRank
    observed_on: date
    origin: Origin
    parts: dict[Part, str] = field(default_factory=dict)
    decision: PublicationDecision | None = None
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    publisher: str | None = None  # the body that issued the decision
    publisher_code: str | None = None
    executing: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    kind: str | None = None
    state: str | None = None
    url: str | None = None
    fees: tuple[Fee, ...] = ()
    durations: tuple[Duration, ...] = ()
    forms: tuple[Form, ...] = ()
    legal_basis: tuple[tuple[str, str], ...] = ()  # (name, number) rows as printed
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention in a part of a procedure, and what it points at."""

    code: str
    part: Part
    mention: Mention
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of force: `start` the first day in, `end` the first day out; None is unknown (start) or open (end)."""

    start: date | None
    end: date | None
    basis: str


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a document or provision on a day, with the reason and all that it rests on."""

    status: Status
    reason: str
    basis: str
    intervals: tuple[Interval, ...] = ()
    ended_by: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    survivors: tuple[str, ...] = ()
    left_codified_law: date | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where a quote stands: the part of the procedure and offsets into that part's text."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that end or suspend a document, with the document and article they stand in."""

    document: str
    provision: str
    quote: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Finding:
    """An accusation with its proof, or a REVIEW item beside it. CITE-01 without clause, quote and interval cannot exist."""

    rule: str
    severity: Severity
    confidence: Confidence
    subject: str
    object: str | None
    provision: str | None
    as_of: date
    observed_on: date
    quote: str
    where: Where | None
    status: Status | None
    interval: Interval | None
    ended_by: tuple[str, ...]
    clause: Clause | None
    successors: tuple[str, ...]
    responsible: str
    action: str
    role: Role | None
    fingerprint: str
    suppressed: tuple[str, ...] = ()
    state: str = "open"
    suggestion: str | None = None
    message: str = ""
    decision_number: str | None = None
    decision_date: date | None = None
    proofs: tuple[Origin, ...] = ()

    def __post_init__(self) -> None:
        if self.rule == "CITE-01" and not (self.clause and self.clause.quote and self.quote and self.interval and self.interval.end):
            raise ValueError(f"CITE-01 on {self.subject} needs a quote, a quoted ending clause and an interval with an end")
        if self.suppressed and self.severity is not Severity.INFO:
            raise ValueError("a suppressed finding is information only")
