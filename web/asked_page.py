"""One request: what the store says at one moment, the day, the language; and the page that answers it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse

from pipeline.clock import now
from queries.published_moment import PinnedWorkspace
from rasoat.settings import Settings
from web.language import address_in
from web.published_store import PublishedStore
from web.rendering import rendered, rendered_part
from web.static_files import frame_digest

STALE_HOURS = 36
_REVALIDATE = "public, max-age=0, must-revalidate"


class NotModified(Exception):
    """The browser holds this page already."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What the frame of every page tells of the data behind it."""

    unpublished: bool
    held_back: str | None
    stale: bool
    fresh_on: date | None
    sources: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One request while it is answered. `moment` is what every query is given as its workspace; `day` is today in Vietnam."""

    request: Request
    store: PublishedStore
    moment: PinnedWorkspace
    day: date
    language: str
    frame: FrameFacts
    etag: str | None

    @property
    def settings(self) -> Settings:
        """The settings of the process."""
        return self.store.settings

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """The page made of a template; it extends `frame.html`."""
        return self._sent(rendered(self.language, template, {**frame_context(self.request, self.day, self.frame), **context}), status)

    def part(self, template: str, block: str, **context: Any) -> Response:
        """One block of a template's, for htmx."""
        return self._sent(
            rendered_part(self.language, template, block, {**frame_context(self.request, self.day, self.frame), **context}), 200
        )

    def _sent(self, html: str, status: int) -> Response:
        headers = {"Cache-Control": _REVALIDATE if self.etag and status == 200 else "no-store", "Vary": "HX-Request"}
        if self.etag and status == 200:
            headers["ETag"] = self.etag
        return HTMLResponse(html, status, headers)

    def to(self, address: str, **query: str) -> str:
        """An address of ours in the language of this page, its parts quoted."""
        return link(self.language, address, **query)

    def absolute(self, address: str) -> str:
        """An address as it is reached from outside: for printed codes, feeds and identifiers."""
        return base_address(self.request) + quote(address, safe="/@:?&=%")


def link(language: str, address: str, **query: str) -> str:
    """An address in a language with its query; parts that are empty are left out."""
    given = {name.replace("_", "-"): value for name, value in query.items() if value}
    return address_in(language, quote(address, safe="/@:")) + (f"?{urlencode(given)}" if given else "")


def base_address(request: Request) -> str:
    """Where the pages are reached from outside: the setting, else the address that `serve` listens on; never what a request says."""
    settings: Settings = request.app.state.store.settings
    return (settings.web_address or request.app.state.listens_at).rstrip("/")


def frame_context(request: Request, day: date, frame: FrameFacts) -> dict[str, Any]:
    """What `frame.html` needs."""
    language: str = request.scope.get("language", "vi")
    asked = f"?{request.url.query}" if request.url.query else ""
    return {
        "request_path": request.scope["path"],
        "language": language,
        "today": day,
        "frame": frame,
        "to": lambda address, **query: link(language, address, **query),
        "other_language": lambda other: address_in(other, quote(request.scope["path"], safe="/@:")) + asked,
    }


def frame_facts(store: PublishedStore, moment: PinnedWorkspace) -> FrameFacts:
    """The frame's facts of one moment."""
    age = store.age(moment)
    hours = age.hours(now())
    return FrameFacts(
        unpublished=moment.unpublished or moment.publication.number == 0,
        held_back=moment.publication.held_back,
        stale=hours is not None and hours > STALE_HOURS,
        fresh_on=age.fresh_at.date() if age.fresh_at else None,
        sources=age.sources,
    )


def _asked(request: Request, by_publication: bool) -> Iterator[AskedPage]:
    store: PublishedStore = request.app.state.store
    with store.moment() as moment:
        day, facts, language = request.app.state.today(), frame_facts(store, moment), request.scope["language"]
        request.state.frame = facts  # a trouble's page is drawn after the store is closed
        etag = None
        if by_publication:
            etag = _etag(request, moment, day, facts)
            if etag in request.headers.get("if-none-match", "").replace(" ", "").split(","):
                raise NotModified(etag)
        yield AskedPage(request, store, moment, day, language, facts, etag)


def _etag(request: Request, moment: PinnedWorkspace, day: date, facts: FrameFacts) -> str:
    """Publication, day, what the frame says, language and address: while none changes the page does not."""
    stands, settings = moment.publication, request.app.state.store.settings
    told = (
        stands.number, stands.at, stands.refused_at, day, facts, request.scope["language"], request.scope["path"], request.url.query,
        request.headers.get("hx-request", ""), frame_digest(), settings.web_public_findings, settings.web_address,
    )  # fmt: skip
    return f'W/"{hashlib.sha256(repr(told).encode()).hexdigest()[:24]}"'


def _of_the_publication(request: Request) -> Iterator[AskedPage]:
    """A page that changes only with the publication, the day and the address: a browser that holds it is told so before it is made."""
    yield from _asked(request, True)


def _of_this_moment(request: Request) -> Iterator[AskedPage]:
    """A page that tells of more than what is published (the index, the runs): made anew each time."""
    yield from _asked(request, False)


AskedPublication = Annotated[AskedPage, Depends(_of_the_publication)]
AskedNow = Annotated[AskedPage, Depends(_of_this_moment)]
