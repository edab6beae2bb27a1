"""The deadlines that the law gives in numbers, and only those (Nghị định 63/2010/NĐ-CP Điều 15 and Điều 24 khoản 2).

For posting at the premises and on a portal the law gives no number of days ("kịp thời ngay sau khi có quyết định công bố"),
so there is no deadline for them here.
"""

from __future__ import annotations

from datetime import date, timedelta

from rasoat.records.postings import Announcement
from rasoat.units import CENTRAL, kind_of
from validators.obligations.calendar import after_working_days, working_days_between

ENTRY_DAYS = {True: 10, False: 5}  # Điều 24 khoản 2: a ministry's decision, a province's
ENTRY_DAYS_SHORTENED = 2
AHEAD_DAYS = {True: 20, False: 5}  # Điều 15: before the VBQPPL takes effect
AFTER_DAYS_SHORTENED = 3


def by_ministry(announcement: Announcement) -> bool:
    """Whether a ministry announced it; every other announcer is a province."""
    return kind_of(announcement.issuer) in CENTRAL


def entry_days(announcement: Announcement) -> int:
    """Working days after signing by which the national database must hold it."""
    return ENTRY_DAYS_SHORTENED if announcement.shortened else ENTRY_DAYS[by_ministry(announcement)]


def entry_deadline(announcement: Announcement) -> date | None:
    """The last day to enter it into the national database; None where the day of signing is not known."""
    return after_working_days(announcement.signed_on, entry_days(announcement)) if announcement.signed_on else None


def signing_deadline(announcement: Announcement) -> date | None:
    """The last day on which the publication decision itself may be signed; None where a day it depends on is not known.

    Counted in calendar days: since 92/2017 the text says "ngày".
    """
    if announcement.shortened:
        return announcement.law_signed_on + timedelta(days=AFTER_DAYS_SHORTENED) if announcement.law_signed_on else None
    if announcement.law_effective_on is None:
        return None
    return announcement.law_effective_on - timedelta(days=AHEAD_DAYS[by_ministry(announcement)])


def late_by(announcement: Announcement) -> tuple[int, int] | None:
    """By how many (calendar, working) days the decision was signed late; None where it was not, or that cannot be told."""
    limit = signing_deadline(announcement)
    if limit is None or announcement.signed_on is None or announcement.signed_on <= limit:
        return None
    return (announcement.signed_on - limit).days, working_days_between(limit, announcement.signed_on)
