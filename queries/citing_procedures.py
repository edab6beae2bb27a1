"""Which procedures cite a document or a provision of it on a day, from what is published."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from queries.shape import Shape
from rasoat.records import Part
from rasoat.store.published_schema import cited_by
from rasoat.store.published_timelines import PublishedRows

LIKE_ESCAPE = "\\"


class CitingLine(Shape):
    """A procedure that cites a document: in which parts, and which provisions ("" the whole)."""

    code: str
    name: str
    field: str | None
    publisher: str | None
    parts: list[str]
    provisions: list[str]


class CitingPage(Shape):
    """A page of them by code, and how many there are."""

    total: int
    lines: list[CitingLine]


def citing_procedures(rows: PublishedRows, key: str, provision: str | None, as_of: date, first: int, size: int) -> CitingPage:
    """Procedures that cite a document (provision None), or a provision or anything inside it; `first` counts from 0."""
    where = [cited_by.c.key == key, cited_by.c.holds_from <= as_of, cited_by.c.holds_to > as_of, rows.publication.sees(cited_by)]
    if provision:
        where.append(_inside(provision))
    connection = rows.connection
    total = connection.scalar(select(func.count(cited_by.c.procedure.distinct())).where(*where)) or 0
    codes = list(
        connection.scalars(select(cited_by.c.procedure).where(*where).distinct().order_by(cited_by.c.procedure).offset(first).limit(size))
    )
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = select(cited_by.c.procedure, cited_by.c.part, cited_by.c.provision).where(*where, cited_by.c.procedure.in_(codes))
    for code, part, path in connection.execute(query):
        places[code].append((part, path))
    heads, order = rows.heads(codes, as_of), [part.value for part in Part]
    return CitingPage(
        total=total,
        lines=[
            CitingLine(
                code=code,
                name=heads[code].name if code in heads else "",
                field=heads[code].field if code in heads else None,
                publisher=heads[code].publisher if code in heads else None,
                parts=sorted({part for part, _ in places[code]}, key=lambda part: order.index(part) if part in order else len(order)),
                provisions=sorted({path for _, path in places[code]}),
            )
            for code in codes
        ],
    )


def _inside(provision: str) -> ColumnElement[bool]:
    literal = provision.replace(LIKE_ESCAPE, LIKE_ESCAPE * 2).replace("%", f"{LIKE_ESCAPE}%").replace("_", f"{LIKE_ESCAPE}_")
    return or_(cited_by.c.provision == provision, cited_by.c.provision.like(f"{literal}/%", escape=LIKE_ESCAPE))
