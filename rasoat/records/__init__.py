"""The typed records every room speaks in.

Dates are `datetime.date`, statuses are enums, texts are `str` in NFC unless a field says "raw". Records are frozen:
a derived fact is a new record, never a changed one. Law behind the words: docs/adr and the rule catalogue.
"""

from rasoat.records.bases import BasisKind, DateBasis, StatusBasis
from rasoat.records.citations import Citation, Mention, MentionKind, NonAnswer, Resolution, Role
from rasoat.records.documents import (
    Article,
    Effect,
    Evidence,
    Interval,
    KnownFrom,
    LegalDocument,
    Observation,
    Status,
    Verb,
    Verdict,
)
from rasoat.records.findings import Clause, Finding, HeldFinding, StatedInterval, Where
from rasoat.records.listings import Listing
from rasoat.records.procedures import Duration, Fee, Form, Part, Procedure, PublicationDecision, SourceRank
from rasoat.records.proof import Confidence, Origin, Severity, Tier

__all__ = [
    "Article",
    "BasisKind",
    "Citation",
    "Clause",
    "Confidence",
    "DateBasis",
    "Duration",
    "Effect",
    "Evidence",
    "Fee",
    "Finding",
    "Form",
    "HeldFinding",
    "Interval",
    "KnownFrom",
    "LegalDocument",
    "Listing",
    "Mention",
    "MentionKind",
    "NonAnswer",
    "Observation",
    "Origin",
    "Part",
    "Procedure",
    "PublicationDecision",
    "Resolution",
    "Role",
    "Severity",
    "SourceRank",
    "StatedInterval",
    "Status",
    "StatusBasis",
    "Tier",
    "Verb",
    "Verdict",
    "Where",
]
