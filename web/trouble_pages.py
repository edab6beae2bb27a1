"""What a trouble looks like: a page in the frame for people, one JSON object below /api/."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from rasoat.trouble import SourceTrouble, Trouble
from web.asked_page import FrameFacts, NotModified, frame_context, frame_facts
from web.data_out.document_choices import document_choices
from web.data_out.named_documents import SeveralDocuments
from web.rendering import rendered

# Troubles by what they say to a program; all others are a request that cannot be answered as it was put.
_STATUS = {
    "publication.none": 503,
    "procedure.unknown": 404,
    "document.unknown": 404,
    "procedure.is_document": 404,
    "document.is_procedure": 404,
    "coverage.unpublished": 404,
    "document.no_address": 404,
    "original.unknown": 404,
    "original.large": 413,
    "unit.unknown": 404,
    "unit.unknown_near": 404,
    "finding.unknown": 404,
}
_API = "/api/"


def add_trouble_pages(app: FastAPI) -> None:
    """Register who answers for what went wrong."""
    app.add_exception_handler(NotModified, _not_modified)
    app.add_exception_handler(SeveralDocuments, document_choices)
    app.add_exception_handler(Trouble, _trouble)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)


def status_of(trouble: Trouble) -> int:
    """The status that tells a program what kind of trouble it is."""
    return _STATUS.get(trouble.code, 503 if isinstance(trouble, SourceTrouble) else 400)


async def _not_modified(_: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)
    return Response(
        status_code=304, headers={"ETag": error.etag, "Cache-Control": "public, max-age=0, must-revalidate", "Vary": "HX-Request"}
    )


async def _trouble(request: Request, error: Exception) -> Response:
    assert isinstance(error, Trouble)
    return await _told(request, status_of(error), str(error), error.code)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return await _told(request, error.status_code, "", f"http.{error.status_code}", dict(error.headers or {}))


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(one) for one in first["loc"])
    return await _told(request, 422, f"{where}: {first['msg']}", "http.422")


async def _told(request: Request, status: int, said: str, code: str, headers: dict[str, str] | None = None) -> Response:
    kept = {"Cache-Control": "no-store", **(headers or {})}
    if request.scope["path"].startswith(_API):
        return JSONResponse({"error": said or code, "code": code}, status, kept)
    known: FrameFacts | None = getattr(request.state, "frame", None)
    facts: FrameFacts = await run_in_threadpool(_facts, request) if known is None else known
    context = {**frame_context(request, request.app.state.today(), facts), "status": status, "said": said, "code": code}
    return HTMLResponse(rendered(request.scope.get("language", "vi"), "trouble.html", context), status, kept)


def _facts(request: Request) -> FrameFacts:
    store = request.app.state.store
    with store.moment() as moment:
        return frame_facts(store, moment)
