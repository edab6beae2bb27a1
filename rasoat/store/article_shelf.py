"""The articles held of one document, asked for when a question names a provision: nothing is kept of texts nobody asks about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select

from rasoat.records import Tier
from rasoat.store.extracted import Sighting
from rasoat.store.schema import articles


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """That an article is held: its path ("dieu-16a"), its heading, how it was read and when it was first seen."""

    path: str
    heading: str
    tier: Tier
    seen_on: date


class ArticleShelf:
    """Reads the stored articles of a document, in a connection of its own each time."""

    def __init__(self, engine: Engine, seen: Mapping[str, Sighting]) -> None:
        self._engine, self._seen = engine, seen

    def articles(self, key: str) -> list[HeldArticle]:
        """Every copy of every article of a document, without its text."""
        query = select(articles.c.piece, articles.c.path, articles.c.heading, articles.c.tier).where(articles.c.key == key)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            HeldArticle(row.path, row.heading, Tier(row.tier), self._seen[row.piece].days[0]) for row in rows if row.piece in self._seen
        ]

    def texts(self, key: str, path: str) -> list[str]:
        """The words of every copy of one article, its heading left out."""
        query = select(articles.c.text).where(articles.c.key == key, articles.c.path == path).distinct()
        with self._engine.connect() as connection:
            return sorted(connection.scalars(query))

    def all_texts(self, key: str) -> dict[str, list[str]]:
        """The words of every copy of every article of a document, by path."""
        query = select(articles.c.path, articles.c.text).where(articles.c.key == key).distinct().order_by(articles.c.path, articles.c.text)
        found: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            for path, text in connection.execute(query):
                found.setdefault(path, []).append(text)
        return found
