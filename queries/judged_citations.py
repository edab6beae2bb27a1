"""How many of the citations were judged, and the documents on which nothing could be concluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, select

from queries.answers_known import published_rows
from queries.contract import JudgedCount, UnjudgedLine
from rasoat import words
from rasoat.store.publications import StandingPublication
from rasoat.store.published_schema import citation_counts, unjudged
from rasoat.store.schema import documents
from rasoat.workspace import Workspace


def judged_on(connection: Connection, stands: StandingPublication, as_of: date, codes: Sequence[str] | None = None) -> JudgedCount:
    """Of the documents that procedures (all, or some) cite on a day, each once a procedure: on how many there is a conclusion."""
    table = citation_counts.c
    query = select(func.coalesce(func.sum(table.judged), 0), func.coalesce(func.sum(table.cited), 0))
    query = query.where(stands.sees(citation_counts), table.holds_from <= as_of, table.holds_to > as_of)
    done, everything = connection.execute(query if codes is None else query.where(table.code.in_(codes))).one()
    return JudgedCount(done=done, all=everything)


@dataclass(frozen=True)
class UnjudgedList:
    """The cited documents without a conclusion on a day, and how many citations were judged."""

    lines: list[UnjudgedLine]
    judged: JudgedCount


def unjudged_on(work: Workspace, as_of: date) -> UnjudgedList:
    """The cited documents without a conclusion on a day, those that most procedures cite first, each with what would settle it."""
    with published_rows(work) as rows:
        connection, stands = rows.connection, rows.publication
        query = (
            select(documents.c.id, documents.c.type, documents.c.title, documents.c.issued_on, unjudged.c.reason, unjudged.c.procedures)
            .join(documents, documents.c.key == unjudged.c.key)
            .where(_told(stands, as_of))
            .order_by(unjudged.c.procedures.desc(), documents.c.id)
        )
        lines = [
            UnjudgedLine(
                document=row.id, type=row.type, title=row.title, issued_on=row.issued_on, procedures=row.procedures, reason=row.reason,
                why=words.REASON.get(row.reason, row.reason), settles=words.SETTLES.get(row.reason, words.SETTLES[""]), as_of=as_of,
            )
            for row in connection.execute(query)
        ]  # fmt: skip
        return UnjudgedList(lines, judged_on(connection, stands, as_of))


def _told(stands: StandingPublication, as_of: date) -> ColumnElement[bool]:
    return and_(stands.sees(unjudged), unjudged.c.holds_from <= as_of, unjudged.c.holds_to > as_of)
