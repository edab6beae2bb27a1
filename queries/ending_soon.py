"""Documents that procedures rely on and that are known to end within the days to come: told by the days on which the published findings of
an ended basis begin, so that nothing is worked out here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, not_, or_, select

from queries.contract import ClauseLine
from queries.finding_list import clause_line
from queries.published_moment import published_rows
from queries.shape import Shape
from rasoat.codec import from_json
from rasoat.records import Finding
from rasoat.store.publications import StandingPublication
from rasoat.store.published_schema import findings, procedures_now
from rasoat.store.published_timelines import PublishedRows
from rasoat.units import country
from rasoat.workspace import Workspace

AHEAD = timedelta(days=365)
ENDED, ENDED_IN_PART = "CITE-01", "CITE-02"  # the rules whose findings begin on the day a basis ends, whole or in part
_NAMED = 5  # procedures named beside their number


class ProcedureNamed(Shape):
    """A procedure by its code and name."""

    code: str
    name: str | None


class EndingSoon(Shape):
    """A document that ends on a day to come, whole or in the cited parts: the clause or term that ends it, what follows it, how many
    procedures cite it then (some of them by name), and the units that publish these."""

    document: str
    title: str | None
    issued_on: date | None
    on: date
    whole: bool
    ended_by: list[str]
    clause: ClauseLine | None
    successors: list[str]
    procedures: int
    named: list[ProcedureNamed]
    publishers: list[str]


class EndingsAhead(Shape):
    """What ends after a day until another, the soonest first."""

    as_of: date
    until: date
    endings: list[EndingSoon]


def endings_ahead(work: Workspace, as_of: date, ahead: timedelta = AHEAD) -> EndingsAhead:
    """The documents cited by procedures that end after a day, until so many days after it.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
    """
    until = as_of + min(ahead, date.max - as_of)
    with published_rows(work) as rows:
        begun = _beginning(rows.connection, rows.publication, as_of, until)
        groups: dict[tuple[date, str, str], list[Any]] = defaultdict(list)
        for row in begun:
            groups[row.holds_from, row.object, row.rule].append(row)
        names = rows.documents_by_id({row.object for row in begun})
        publishers = _publishers(rows, {row.subject for row in begun}, as_of)
        heads = rows.heads({row.subject for its in groups.values() for row in its[:_NAMED]}, as_of)
        told = _told(rows, [its[0] for its in groups.values()], as_of)
        endings = []
        for (on, document, rule), its in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1:])):
            one, known = told[its[0].fingerprint, on], names.get(document)
            codes = list(dict.fromkeys(row.subject for row in its))
            endings.append(
                EndingSoon(
                    document=document, title=known.title if known else None, issued_on=known.issued_on if known else None, on=on,
                    whole=rule == ENDED, ended_by=list(one.ended_by), clause=clause_line(one), successors=list(one.successors),
                    procedures=len(codes),
                    named=[ProcedureNamed(code=code, name=heads[code].name if code in heads else None) for code in codes[:_NAMED]],
                    publishers=sorted({unit for code in codes if (unit := publishers.get(code))}),
                )
            )  # fmt: skip
        return EndingsAhead(as_of=as_of, until=until, endings=endings)


def _beginning(connection: Connection, stands: StandingPublication, as_of: date, until: date) -> Sequence[Any]:
    """The findings of an ended basis that begin after a day: by an index alone. One that held that day already begins nothing."""
    begins = and_(findings.c.holds_from > as_of, findings.c.holds_from <= until, findings.c.suppressed == 0, stands.sees(findings))
    before = findings.alias()
    held = (
        select(before.c.fingerprint)
        .where(before.c.fingerprint == findings.c.fingerprint, before.c.holds_from <= as_of, before.c.holds_to > as_of)
        .where(stands.sees(before))
        .exists()
    )
    columns = (findings.c.rule, findings.c.object, findings.c.subject, findings.c.fingerprint)
    query = select(*columns, func.min(findings.c.holds_from).label("holds_from")).group_by(*columns)
    ended = or_(findings.c.rule == ENDED, findings.c.rule == ENDED_IN_PART)
    return connection.execute(query.where(ended, findings.c.object.is_not(None), begins, not_(held))).all()


def _told(rows: PublishedRows, first: Sequence[Any], as_of: date) -> dict[tuple[str, date], Finding]:
    """Of each group one finding, whole."""
    found = {}
    for at in range(0, len(first), 200):
        asked = [and_(findings.c.fingerprint == row.fingerprint, findings.c.holds_from == row.holds_from) for row in first[at : at + 200]]
        query = select(findings.c.fingerprint, findings.c.holds_from, findings.c.data).where(or_(*asked), rows.publication.sees(findings))
        for row in rows.connection.execute(query):
            found[row.fingerprint, row.holds_from] = from_json(Finding, {**row.data, "as_of": as_of})
    return found


def _publishers(rows: PublishedRows, codes: set[str], as_of: date) -> dict[str, str]:
    """By procedure the unit that publishes it, where the register knows the printed name."""
    found, asked, table = {}, sorted(codes), procedures_now.c
    for at in range(0, len(asked), 500):
        query = select(table.code, table.publisher_unit).where(table.code.in_(asked[at : at + 500]), table.from_day <= as_of)
        for row in rows.connection.execute(query.where(rows.publication.sees(procedures_now)).order_by(table.code, table.from_day)):
            if row.publisher_unit in country():
                found[row.code] = row.publisher_unit
    return found
