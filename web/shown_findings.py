"""Facts are public, accusations are not: which findings anybody may see is a setting of the office that serves the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from queries.finding_filter import FindingFilter
from queries.finding_list import findings_on
from queries.published_moment import PinnedWorkspace
from rasoat.records import Finding
from rasoat.settings import Settings
from rasoat.store.published_findings import FindingOrder, FindingPage

CONFIRMED = "confirmed"
_SHOWN = 50


def seen_by_anybody(settings: Settings, wanted: FindingFilter) -> FindingFilter | None:
    """What may be shown of the findings that are asked for; None where nothing may."""
    if settings.web_public_findings == "none":
        return None
    if settings.web_public_findings == "all":
        return wanted
    return replace(wanted, state=CONFIRMED) if wanted.state in (None, CONFIRMED) else None


def public_findings(moment: PinnedWorkspace, settings: Settings, wanted: FindingFilter, as_of: date) -> Sequence[Finding]:
    """The findings of a day that anybody may see, the gravest first; none that is known to be no error.

    Raises:
        Trouble: nothing is published of what is asked for.
    """
    allowed = seen_by_anybody(settings, wanted)
    if allowed is None:
        return []
    page = FindingPage(FindingOrder.GRAVITY, _SHOWN, suppressed=False)
    return [one.finding for one in findings_on(moment, as_of, None, allowed, page).listed]
