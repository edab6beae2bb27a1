"""The web application, put together: what stands before every page, and the pages. Nothing else is here."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from pipeline.clock import today
from rasoat.logs import set_up
from rasoat.settings import Settings, load_settings
from web import static_files
from web.data_out.groups import DATA_OUT
from web.guards import AccessLog, RateLimits, RequestBounds, SafeHeaders, note_page
from web.language import LanguagePrefix
from web.measured import Measured, RequestNumbers
from web.pages import (
    coverage_pages,
    document_pages,
    ending_pages,
    figure_pages,
    health_page,
    metrics_page,
    original_pages,
    procedure_pages,
    search_pages,
    source_pages,
    story_page,
    unit_pages,
)
from web.published_store import PublishedStore
from web.trouble_pages import add_trouble_pages
from web.warming import warm

# Every group of addresses: a module of web/pages with a `router`. A new group is one line here.
ROUTERS: tuple[APIRouter, ...] = (
    static_files.router,
    health_page.router,
    metrics_page.router,
    *DATA_OUT,  # before the pages whose addresses begin alike: a name may be anything, these end in a form
    coverage_pages.router,
    unit_pages.router,
    figure_pages.router,
    ending_pages.router,
    source_pages.router,
    story_page.router,
    search_pages.router,
    procedure_pages.router,
    document_pages.router,
    original_pages.router,
)
LISTENS_AT = "RASOAT_WEB_LISTENS_AT"  # how `serve` tells each of several processes where it listens


def application(settings: Settings, listens_at: str, clock: Callable[[], date] = today) -> FastAPI:
    """The application on the store that the settings name; `listens_at` is where it is reached if no setting says so, `clock` tells the
    day that pages speak of where no other is asked for."""
    store = PublishedStore(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The first person to ask waits for nothing that could be ready; a watcher that asks at once is answered meanwhile.
        threading.Thread(target=warm, args=(store, clock()), name="warm", daemon=True).start()
        yield
        store.close()

    app = FastAPI(
        title="Rà Soát",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(note_page)],
    )
    app.state.store, app.state.listens_at, app.state.today = store, listens_at, clock
    app.state.numbers = RequestNumbers()
    for router in ROUTERS:
        app.include_router(router)
    add_trouble_pages(app)
    # From the inside out: the last one added is the first that a request meets.
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=5)
    app.add_middleware(RateLimits, rates=(("/api/", settings.web_api_rate), ("/", settings.web_rate)))
    app.add_middleware(RequestBounds, seconds=settings.web_timeout)
    app.add_middleware(LanguagePrefix)
    app.add_middleware(SafeHeaders)
    app.add_middleware(AccessLog)
    app.add_middleware(Measured, numbers=app.state.numbers)
    return app


def from_environment() -> FastAPI:
    """The application that the environment variables describe: what each process of `rasoat serve` makes."""
    settings = load_settings()
    set_up(settings.log_level)
    return application(settings, os.environ[LISTENS_AT])
