"""A procedure as one source showed it on one day, with its parts, fees, times, forms and legal basis."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from rasoat.records.proof import Origin


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


class SourceRank(IntEnum):
    """Which of two observations of one day is believed first."""

    NATIONAL_API = 0
    PAGE_CAPTURE = 1
    OFFICE_TABLE = 2
    LIST_ROW = 3  # only what a list says; the detail is missing


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
