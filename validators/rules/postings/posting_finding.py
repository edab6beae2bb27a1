"""Making a finding of the posting audit: subject the unit, object the procedure, the channel its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rasoat import words
from rasoat.records import Confidence, Finding, Origin, Severity, Where
from rasoat.records.postings import Announcement, Channel
from validators.coverage.audit import Audit
from validators.coverage.cells import Cell
from validators.rules.citation_finding import fingerprint, matter
from validators.rules.postings.posting_rules import POSTING_RULES


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What a finding says beside its rule: the sentence, what was seen verbatim, and how sure it is."""

    message: str
    quote: str = ""
    severity: Severity | None = None
    confidence: Confidence = Confidence.HIGH
    suppressed: Sequence[str] = ()
    decision: str = ""
    suggestion: str | None = None


def cell_finding(rule: str, cell: Cell, audit: Audit, words: FindingWords) -> Finding:
    """A finding on one cell. Its identity holds rule, unit, procedure and channel, so a reviewer's decision stays with it."""
    seen = cell.posting or cell.look
    announcement = (cell.duty.announcement if cell.duty else None) or cell.abolition
    if seen and seen.evidence:
        words = replace(words, message=f"{words.message} Chứng cứ: {', '.join(seen.evidence)}.")
    return make(
        rule,
        audit,
        words,
        unit=cell.unit,
        procedure=cell.procedure,
        part=cell.channel.value,
        observed_on=seen.observed_on if seen else audit.as_of,
        responsible=audit.units.body(cell.unit),
        announcement=announcement,
        proofs=tuple(one.origin for one in (seen, announcement) if one is not None),
    )


def make(
    rule: str,
    audit: Audit,
    words: FindingWords,
    *,
    unit: str,
    procedure: str | None,
    part: str,
    observed_on: date,
    responsible: str,
    announcement: Announcement | None = None,
    proofs: tuple[Origin, ...] = (),
) -> Finding:
    """A finding of the posting audit with the requirement it rests on in its message."""
    known = POSTING_RULES.get(rule)
    basis = f" Chưa bảo đảm yêu cầu tại {known.basis}." if known and not words.suppressed else ""
    action = known.action if known else "Kiểm tra lại và kết luận."
    named = audit.units.name(unit)
    return Finding(
        rule=rule,
        severity=Severity.INFO if words.suppressed or known is None else words.severity or known.severity,
        confidence=words.confidence,
        subject=unit,
        object=procedure,
        provision=None,
        as_of=audit.as_of,
        observed_on=observed_on,
        quote=words.quote,
        where=Where(part, 0, len(words.quote)) if part else None,
        status=None,
        interval=None,
        ended_by=(),
        clause=None,
        successors=(),
        responsible=responsible,
        action="Chỉ ghi nhận để theo dõi."
        if words.suppressed
        else action.format(unit=named, procedure=procedure or "", decision=words.decision or "quyết định công bố"),
        role=None,
        fingerprint=fingerprint(rule, unit, procedure or "", None, part),
        matter=matter(unit, procedure or "", None, part),
        suppressed=tuple(words.suppressed),
        suggestion=words.suggestion,
        message=words.message + basis,
        decision_number=announcement.decision if announcement else None,
        decision_date=announcement.signed_on if announcement else None,
        proofs=proofs,
    )


def decision_words(announcement: Announcement) -> str:
    """A decision as people name it: "Quyết định 44/QĐ-UBND ngày 02/11/2026"."""
    day = f" ngày {vi(announcement.signed_on)}" if announcement.signed_on else ""
    return f"Quyết định {announcement.decision}{day}"


def place(channel: Channel) -> str:
    return words.CHANNEL[channel]


def vi(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else "ngày không rõ"
