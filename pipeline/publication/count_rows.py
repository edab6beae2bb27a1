"""The counts of a publication: what its findings and citations add to those of the one before, or take from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, and_, select

from rasoat.store.publications import PublicationWriter
from rasoat.store.published_counts import DAYS, EVERYTHING, YEARS, first_of_year, has_years, scopes_of
from rasoat.store.published_growth import CountGrowth
from rasoat.store.published_schema import citation_counts, citation_totals, finding_counts, findings

_AT_ONCE = 5000  # rows held in memory
_READ = {
    "findings": (
        "owner",
        "subject",
        "object",
        "units",
        "responsible_unit",
        "rule",
        "gravity",
        "suppressed",
        "state",
        "holds_from",
        "holds_to",
    ),
    "citation_counts": ("unit", "holds_from", "holds_to", "cited", "judged"),
}


def publish_counts(writer: PublicationWriter, connection: Connection) -> None:
    """Count what this publication has brought and taken away; everything that stands where nothing was counted yet."""
    grown = CountGrowth(finding_counts)
    for sign, one in _changed(writer, connection, findings, finding_counts):
        cut = (min(one.suppressed, 1), one.gravity, one.rule, one.state)
        for scope in scopes_of(one):
            grown.add((scope, DAYS, *cut), one.holds_from, one.holds_to, sign)
            if has_years(scope):
                grown.add((scope, YEARS, *cut), first_of_year(one.holds_from), first_of_year(one.holds_to), sign)
    grown.write(writer)
    totals = CountGrowth(citation_totals)
    for sign, one in _changed(writer, connection, citation_counts, citation_totals):
        for unit in {EVERYTHING, one.unit}:
            totals.add((unit,), one.holds_from, one.holds_to, sign * one.cited, sign * one.judged)
    totals.write(writer)


def _changed(writer: PublicationWriter, connection: Connection, table: Table, counts: Table) -> Iterator[tuple[int, Any]]:
    """The rows of a table that this publication brought (1) or took away (-1)."""
    counted = writer.holds(counts)
    alive = table.c.died.is_(None)
    brought = (1, and_(alive, table.c.born == writer.number) if counted else alive)
    for sign, which in (brought, (-1, table.c.died == writer.number)) if counted else (brought,):
        rows = connection.execute(select(*(table.c[name] for name in _READ[table.name])).where(which).execution_options(yield_per=_AT_ONCE))
        for row in rows:
            yield sign, row
