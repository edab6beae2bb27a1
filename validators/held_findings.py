"""Findings with the days they hold on, put in order: one row a finding and a stretch of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from rasoat.records import Finding, HeldFinding
from validators.asked_day import EVER, NEVER, AskedDay, through


def over_days(ask: Callable[[AskedDay], Iterable[Finding]], since: date = EVER, until: date = NEVER) -> list[HeldFinding]:
    """What a whole audit finds over days, each identity once a day, the later one counting."""
    found: list[HeldFinding] = []
    for start, end, several in through(lambda day: list(ask(day)), since, until):
        for one in {one.fingerprint: one for one in several}.values():
            observed = EVER if isinstance(one.observed_on, AskedDay) else one.observed_on
            found.append(HeldFinding(replace(one, as_of=EVER, observed_on=observed), start, end))
    return merged(found)


def merged(found: Iterable[HeldFinding]) -> list[HeldFinding]:
    """The rows by finding and day, those of neighbouring days that say the same put together."""
    rows: list[HeldFinding] = []
    for one in sorted(found, key=lambda row: (row.finding.fingerprint, row.since)):
        last = rows[-1] if rows else None
        if last and last.until == one.since and replace(last, since=one.since, until=one.until) == one:
            rows[-1] = replace(last, until=one.until)
        else:
            rows.append(one)
    return rows
