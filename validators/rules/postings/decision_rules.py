"""POST-09, POST-10, POST-11: what decisions owe. Each is about an announcer, not about a place that posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from rasoat.records import Finding
from rasoat.records.postings import Act, Announcement, Level, Regulation
from rasoat.units import UnitKind
from validators.coverage.audit import Audit
from validators.obligations.announced import effective
from validators.obligations.deadlines import by_ministry, late_by, signing_deadline
from validators.rules.postings import posting_rules as traps
from validators.rules.postings.posting_finding import FindingWords, decision_words, make, vi


def check_decisions(audit: Audit, regulations: Iterable[Regulation] = ()) -> Iterator[Finding]:
    """The findings on every decision and regulation of the register, those of one decision on one procedure once."""
    for one in audit.register.all():
        yield from signed_late(one, audit)
    for code in audit.register.catalogue.keys() | {one.procedure for one in audit.register.all()}:
        yield from not_followed(code, audit)
    for regulation in regulations:
        yield from not_announced(regulation, audit)


def signed_late(announcement: Announcement, audit: Audit) -> Iterator[Finding]:
    """POST-09, in calendar days, with the working days beside them. A ministry that came too late itself answers for the province."""
    late = late_by(announcement)
    if late is None:
        return
    limit = signing_deadline(announcement)
    ministry = _followed(announcement, audit)
    impossible = ministry is not None and ministry.signed_on is not None and limit is not None and ministry.signed_on >= limit
    message = (
        f"{decision_words(announcement)} công bố thủ tục {announcement.procedure} ký sau hạn {vi(limit)} "
        f"{late[0]} ngày ({late[1]} ngày làm việc)."
    )
    if impossible and ministry:
        message += f" {decision_words(ministry)} của bộ cũng ký sau hạn này."
    yield _of(
        announcement, "POST-09", audit, FindingWords(message, announcement.decision, suppressed=[traps.MINISTRY_LATE] if impossible else [])
    )


def not_announced(regulation: Regulation, audit: Audit) -> Iterator[Finding]:
    """POST-10: a regulation in effect that introduces or changes procedures, and no decision since it says so."""
    if not regulation.changes_procedures or audit.as_of < regulation.effective_on:
        return
    for code in sorted(regulation.procedures):
        announced = [one for one in audit.register.announcements(code) if _announces(one, regulation)]
        if not announced:
            message = f"{regulation.document} có hiệu lực từ ngày {vi(regulation.effective_on)} quy định thủ tục {code}; chưa thấy quyết định công bố."
            yield make(
                "POST-10", audit, FindingWords(message, regulation.document), unit=regulation.issuer, procedure=code, part=regulation.document,
                observed_on=audit.as_of, responsible=audit.units.body(regulation.issuer), proofs=(regulation.origin,),
            )  # fmt: skip


def _announces(announcement: Announcement, regulation: Regulation) -> bool:
    """A decision naming the regulation, or one signed in the year before its effect or later: decisions come ahead of it."""
    if announcement.law is not None:
        return announcement.law == regulation.document
    return announcement.signed_on is not None and announcement.signed_on >= regulation.effective_on - timedelta(days=365)


def not_followed(code: str, audit: Audit) -> Iterator[Finding]:
    """POST-11: a ministry's decision touches what provinces or communes resolve, and a province that keeps a list has not followed.

    The law fixes no lag. A province is late where the VBQPPL is in effect already (Điều 15), or where the office set its own limit.
    """
    ministry = next((one for one in reversed(audit.register.announcements(code)) if by_ministry(one)), None)
    if ministry is None or ministry.signed_on is None:
        return
    listed = audit.register.catalogue.get(code)
    levels = ministry.levels or (listed.levels if listed else frozenset())
    if not levels & {Level.PROVINCE, Level.COMMUNE}:
        return
    limit = follow_limit(ministry, audit.follow_days)
    if limit is None or audit.as_of < limit:
        return
    for province in audit.units.of_kind(UnitKind.PROVINCE):
        if audit.register.codes(province.id) and not _follows(code, province.id, ministry, audit):
            by = decision_words(ministry)
            message = f"{by} của bộ sửa đổi thủ tục {code} thuộc cấp tỉnh, cấp xã; chưa thấy quyết định tương ứng của {province.name}."
            yield make(
                "POST-11", audit, FindingWords(message, ministry.decision, decision=by), unit=province.id, procedure=code, part=ministry.decision,
                observed_on=audit.as_of, responsible=audit.units.body(province.id), announcement=ministry, proofs=(ministry.origin,),
            )  # fmt: skip


def follow_limit(ministry: Announcement, follow_days: int | None) -> date | None:
    """The first day a province can be said not to have followed: the office's own limit, else the day the VBQPPL takes effect."""
    if follow_days is not None and ministry.signed_on:
        return ministry.signed_on + timedelta(days=follow_days)
    return ministry.law_effective_on


def _follows(code: str, province: str, ministry: Announcement, audit: Audit) -> bool:
    own = audit.register.announcements(code, province)
    return any(
        one.follows == ministry.decision or (one.signed_on and ministry.signed_on and one.signed_on >= ministry.signed_on) for one in own
    )


def _followed(announcement: Announcement, audit: Audit) -> Announcement | None:
    """The ministry's decision behind a province's: the one it names, else the last on the procedure signed before it."""
    if by_ministry(announcement):
        return None
    ministries = [one for one in audit.register.announcements(announcement.procedure) if by_ministry(one)]
    if announcement.follows:
        return next((one for one in ministries if one.decision == announcement.follows), None)
    day = announcement.signed_on or date.max
    same_law = [one for one in ministries if (one.signed_on or date.max) <= day and _one_law(one, announcement)]
    return same_law[-1] if same_law else None


def _one_law(one: Announcement, other: Announcement) -> bool:
    if one.law and other.law:
        return one.law == other.law
    return one.law_effective_on == other.law_effective_on and one.act is not Act.ABOLISHED


def _of(announcement: Announcement, rule: str, audit: Audit, words: FindingWords) -> Finding:
    return make(
        rule, audit, words, unit=announcement.issuer, procedure=announcement.procedure, part=announcement.decision,
        observed_on=announcement.signed_on or effective(announcement) or audit.as_of,
        responsible=audit.units.body(announcement.issuer), announcement=announcement, proofs=(announcement.origin,),
    )  # fmt: skip
