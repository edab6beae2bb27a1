"""Whom we believe: tiers, the rank of bodies, and which of two clauses that disagree wins.

Law 64/2025/QH15 Điều 4 gives the hierarchy; the later text of the same or a higher body prevails.
"""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import fuzz

from rasoat.identity import parse_number
from rasoat.records import Confidence, Effect, KnownFrom, LegalDocument, Tier
from rasoat.vietnamese import fold, squeeze

_TIER_ORDER = {Tier.A: 0, Tier.B: 1, Tier.C: 2, Tier.D: 3}
_TIER_CONFIDENCE = {Tier.A: Confidence.HIGH, Tier.B: Confidence.MEDIUM, Tier.C: Confidence.LOW, Tier.D: Confidence.LOW}
_CONFIDENCE_ORDER = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
_TYPE_RANK = {
    "Hiến pháp": 1, "Bộ luật": 2, "Luật": 2, "Pháp lệnh": 3, "Nghị quyết liên tịch": 3, "Lệnh": 4, "Nghị định": 5, "Thông tư": 8,
    "Thông tư liên tịch": 8, "Chỉ thị": 8,
}  # fmt: skip
_AGENCY_RANK = {"QH": 2, "UBTVQH": 3, "CTN": 4, "CP": 5, "HĐBT": 5, "TTG": 6, "HĐTP": 7, "HĐND": 10, "UBND": 11, "UB": 11}
_MINISTRY = 8
_TITLE_AGREES = 80  # percent of similarity: OCR loses marks and letters, not words


def tier_order(tier: Tier) -> int:
    """0 for the publisher's own text, rising as trust falls."""
    return _TIER_ORDER[tier]


def weakest(*confidences: Confidence) -> Confidence:
    return min(confidences, key=_CONFIDENCE_ORDER.__getitem__)


def confidence_of(effect: Effect) -> Confidence:
    """A clause's confidence: its tier's, lowered by what the reader doubted and by a misprinted target."""
    doubted = Confidence.MEDIUM if effect.printed_target else Confidence.HIGH
    return weakest(_TIER_CONFIDENCE[effect.tier], effect.confidence, doubted)


def body_rank(document: LegalDocument | None) -> int:
    """The place of the issuing body in the hierarchy, 1 the highest; 99 where nothing tells."""
    if document is None:
        return 99
    parts = parse_number(document.number)
    ranks = [_AGENCY_RANK[agency] for agency in parts.agencies if agency in _AGENCY_RANK] if parts else []
    if ranks:
        return ranks[0]
    return _TYPE_RANK.get(document.type, _MINISTRY)


def issue_order(document: LegalDocument | None, key: str) -> tuple[date, str]:
    """Sorts documents by their day of issue; the year of the number stands in where the day is unknown."""
    if document and document.issued_on:
        return document.issued_on, key
    parts = parse_number(document.number) if document else None
    return (date(parts.year, 1, 1) if parts and parts.year else date.min), key


def admissible(effect: Effect, target: LegalDocument | None) -> bool:
    """Whether a clause may decide anything: never a bare claim (tier D), OCR only where it names a known document fully."""
    if effect.tier is Tier.D:
        return False
    if effect.tier is not Tier.C or effect.target is None or effect.target == effect.source:
        return True
    return target is not None and target.known_from is not KnownFrom.CITED and _names_fully(effect.quote, target)


def _names_fully(quote: str, document: LegalDocument) -> bool:
    if not (document.issued_on and document.title):
        return False
    text = fold(quote)
    number = re.sub(r"\s", "", fold(document.number)) in re.sub(r"\s", "", text)
    return number and _has_date(text, document.issued_on) and fuzz.partial_ratio(fold(document.title), text) >= _TITLE_AGREES


def _has_date(folded: str, day: date) -> bool:
    words = rf"ngay 0?{day.day} thang 0?{day.month} nam {day.year}\b"
    digits = rf"\b0?{day.day}[/.-]0?{day.month}[/.-]{day.year}\b"
    return re.search(f"{words}|{digits}", squeeze(folded)) is not None
