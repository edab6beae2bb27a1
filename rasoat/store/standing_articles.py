"""Where articles stand: in which editions and chapters, and which of them changed others; without any text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, String, func, select, true
from sqlalchemy import cast as cast_text

from rasoat.store.schema import articles, pieces

_ALL = true()


@dataclass(frozen=True, slots=True)
class ArticleStanding:
    """That an article of a document stood in a piece: enough to know editions and containers, without any text."""

    piece: str
    key: str
    path: str
    container: str


def load_standing(connection: Connection, source: str | None = None, where: ColumnElement[bool] = _ALL) -> Iterator[ArticleStanding]:
    """Every article's place, of one source where it is named."""
    query = select(articles.c.piece, articles.c.key, articles.c.path, articles.c.container).where(where)
    if source:
        query = query.join(pieces, pieces.c.piece == articles.c.piece).where(pieces.c.source == source)
    for row in connection.execute(query):
        yield ArticleStanding(row.piece, row.key, row.path, row.container)


def load_changers(connection: Connection) -> set[tuple[str, str]]:
    """(document key, article path) of every article that the codified law says changed another document's article."""
    told = connection.scalars(select(articles.c.amended_by).where(func.length(cast_text(articles.c.amended_by, String)) > 2))
    changers = (changer.partition("#") for several in told for changer in several)
    return {(key, path) for key, _, path in changers if path}
