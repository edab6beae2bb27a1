"""What programs take: the API, feeds, linked data, files, the site map, and the tools of assistants."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from web.asked_page import base_address
from web.data_out.api_shapes import DocumentChoice, DocumentChoices
from web.data_out.named_documents import SeveralDocuments, document_path


def add_data_out(app: FastAPI) -> None:
    """Register who answers where a number means several documents."""
    app.add_exception_handler(SeveralDocuments, _choices)


async def _choices(request: Request, error: Exception) -> Response:
    assert isinstance(error, SeveralDocuments)
    base, ours = base_address(request), request.scope["path"].startswith("/api/")
    choices = [
        DocumentChoice(
            document=one.id,
            title=one.title,
            issuer=one.issuer,
            issued_on=one.issued_on,
            address=f"{base}/api/v1/documents{path.removeprefix('/vb')}" if ours else base + path,
        )
        for one in error.documents
        if (path := document_path(one.id))
    ]
    return JSONResponse(DocumentChoices(error=str(error), choices=choices).model_dump(mode="json"), 300, {"Cache-Control": "no-store"})
