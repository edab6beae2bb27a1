"""What came into the list of findings since a day, and what went from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from queries.contract import FindingChange, JudgedCount
from queries.finding_filter import FindingFilter, as_known
from queries.finding_list import about
from queries.judged_citations import judged_on
from queries.published_moment import published_rows
from rasoat.store.publications import StandingPublication, portions
from rasoat.store.published_findings import ListedFinding, load_listed, on_day, published_on
from rasoat.store.published_schema import findings
from rasoat.workspace import Workspace

PUBLISHED, KNOWN_NOW = "published", "known_now"


@dataclass(frozen=True)
class FindingChanges:
    """The open findings of `as_of` that were not told on `since`, and those told then that are told no more.

    `compared` says with what: the list that was published on the earlier day, or, where there was none yet, what is known now of it.
    """

    as_of: date
    since: date
    compared: str
    lines: list[FindingChange]
    judged: JudgedCount

    @property
    def came(self) -> list[FindingChange]:
        return [one for one in self.lines if one.change == "came"]

    @property
    def went(self) -> list[FindingChange]:
        return [one for one in self.lines if one.change == "went"]


def changes_since(work: Workspace, as_of: date, since: date, wanted: FindingFilter | None = None) -> FindingChanges:
    """What came and what went between two days, each as it is (or was) told.

    Raises:
        Trouble: the store knows nothing of the procedure, unit or document asked for.
    """
    with published_rows(work) as rows:
        connection, stands = rows.connection, rows.publication
        asked = as_known(rows, wanted or FindingFilter())
        then = published_on(connection, since)
        compared = PUBLISHED if then else KNOWN_NOW
        before, now = set[str](), set[str]()
        for told, publication, day in ((before, then or stands, since), (now, stands, as_of)):
            where = [on_day(publication, day), findings.c.suppressed == 0, *asked.where(publication, day)]
            told.update(connection.scalars(select(findings.c.fingerprint).where(*where)))
        came = _some(connection, stands, as_of, sorted(now - before), asked.viewer)
        went = _some(connection, then or stands, since, sorted(before - now), asked.viewer)
        judged = judged_on(connection, stands, as_of, asked)
        told_of = {"came": about(rows, as_of, came), "went": about(rows, since, went)}
    became = {one.matter: one.finding.rule for one in came}
    lines = []
    for change, listed in (("came", came), ("went", went)):
        for one in listed:
            line = dict(told_of[change].line(one, judged))
            why = _why(one, became) if change == "went" else None
            lines.append(FindingChange(**line, change=change, since=since, compared=compared, why=why))
    return FindingChanges(as_of, since, compared, lines, judged)


def _why(one: ListedFinding, became: dict[str, str]) -> str:
    """Why a finding is told no more: it became another on the same matter, the facts are others, or it is only told of other days."""
    other = became.get(one.matter) if one.matter else None
    if other and other != one.finding.rule:
        return f"became {other}"
    return (one.gone_why or "facts") if one.gone_on else "day"


def _some(
    connection: Connection, stands: StandingPublication, day: date, fingerprints: Sequence[str], viewer: str | None
) -> list[ListedFinding]:
    found: list[ListedFinding] = []
    for portion in portions(fingerprints, 1000):
        found += load_listed(connection, stands, day, [findings.c.fingerprint.in_(portion)], viewer=viewer)
    return sorted(found, key=lambda one: (one.finding.rule, one.finding.subject, one.finding.object or "", one.finding.fingerprint))
