"""Findings as the public may read them: the facts that a clause proves, and the finding itself where the office lets it be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from queries.contract import FindingLine
from queries.finding_filter import FindingFilter, as_known
from queries.finding_list import about
from queries.judged_citations import judged_on
from queries.listed_lines import FindingFact
from rasoat.store.published_findings import FindingOrder, FindingPage, in_state, load_listed
from rasoat.store.published_schema import findings
from rasoat.store.published_timelines import PublishedRows

Readable = Literal["none", "confirmed", "all"]
CONFIRMED = "confirmed"
CONCLUDED = ("confirmed", "dismissed", "fixed")  # states that say somebody has judged
# Rules that say of a cited text, or a provision of it, what a clause or a stated term proves: ended, ended in part, suspended, about to end.
_PROVEN_BY_A_CLAUSE = ("CITE-01", "CITE-02", "CITE-06", "CITE-07", "CITE-08")


@dataclass(frozen=True, slots=True)
class FactPage:
    """A page of what is public of the findings of a day; `more` where there is another."""

    lines: list[FindingFact]
    more: bool


def findings_told(rows: PublishedRows, as_of: date, readable: Readable, asked: FindingFilter, page: int, limit: int) -> FactPage:
    """A page of the findings whose facts a clause proves, with `readable` "all" those of every other kind too.

    Neither the order nor the filter tells a severity. What somebody dismissed is told no more, and what a known way to
    accuse wrongly speaks against is not told at all.

    Raises:
        Trouble: nothing is published of the procedure or document asked for.
    """
    wanted = as_known(rows, FindingFilter(subject=asked.subject, document=asked.document))
    where = [*wanted.where(rows.publication, as_of), ~in_state("dismissed")]
    if readable != "all":
        proved = findings.c.rule.in_(_PROVEN_BY_A_CLAUSE)
        where.append(proved | in_state(CONFIRMED) if readable == CONFIRMED else proved)
    shown = FindingPage(FindingOrder.RULE, limit + 1, (page - 1) * limit, suppressed=False)
    listed = load_listed(rows.connection, rows.publication, as_of, where, shown)
    judged, names = judged_on(rows.connection, rows.publication, as_of, wanted), about(rows, as_of, listed)
    lines = [_fact(names.line(one, judged), readable) for one in listed[:limit]]
    return FactPage(lines, len(listed) > limit)


def _fact(line: FindingLine, readable: Readable) -> FindingFact:
    posted = line.subject_unit is not None
    public = readable == "all" or (readable == CONFIRMED and line.state == CONFIRMED)
    return FindingFact(
        procedure=(line.object or "") if posted else line.subject,
        procedure_name=line.procedure.name if line.procedure else None,
        document=None if posted else line.object,
        document_title=line.document.title if line.document else None,
        provision=line.provision,
        quote=line.quote,
        status=line.status,
        interval=line.interval,
        ended_by=line.ended_by,
        clause=line.clause,
        successors=line.successors,
        as_of=line.as_of,
        observed_on=line.observed_on,
        concluded=line.state in CONCLUDED,
        finding=line if public else None,
    )
