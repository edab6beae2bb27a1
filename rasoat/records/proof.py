"""Where a fact was read, how close to the publisher's own words, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: the archived answer (sha256 of its exact bytes) and the place inside it.

    `place` is readable by a person: "line 17", "demuc/UUID.html#MAPC", "$.data.items[3]", "sheet1!A5".
    """

    capture: str
    place: str = ""
