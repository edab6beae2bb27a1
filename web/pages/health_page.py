"""`/healthz`: whether process, database and index answer, and how old the data are. No version of anything is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from queries.shape import Shape
from rasoat.trouble import Trouble
from web.published_store import PublishedStore

router = APIRouter()
HealthWord = Literal["ok", "failed"]


class Health(Shape):
    """What a watcher is told; `sources`: the day of each one's last answer."""

    database: HealthWord
    index: HealthWord
    published_at: datetime | None
    fresh_at: datetime | None
    held_back: bool
    sources: dict[str, date]


@router.get("/healthz", include_in_schema=False, response_model=Health)
def health(request: Request, response: Response) -> Health:
    """200 where both answer, 503 where one does not."""
    store: PublishedStore = request.app.state.store
    index = _index_of(store)
    try:
        with store.moment() as moment:
            age, stands = store.age(moment), moment.publication
            told = Health(
                database="ok", index=index, published_at=age.published_at, fresh_at=age.fresh_at, held_back=stands.refused_at is not None,
                sources=dict(age.sources),
            )  # fmt: skip
    except (Trouble, SQLAlchemyError):
        told = Health(database="failed", index=index, published_at=None, fresh_at=None, held_back=False, sources={})
    response.headers["Cache-Control"] = "no-store"
    response.status_code = 200 if told.database == told.index == "ok" else 503
    return told


def _index_of(store: PublishedStore) -> HealthWord:
    try:
        store.search.page("", "any", 1)
    except Trouble:
        return "failed"
    return "ok"
