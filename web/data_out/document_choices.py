"""A number that several documents bear: each of them with its address, so that whoever asked can choose."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from web.asked_page import base_address
from web.data_out.api_shapes import DocumentChoice, DocumentChoices
from web.data_out.named_documents import SeveralDocuments, document_path


async def document_choices(request: Request, error: Exception) -> Response:
    """300 with the choices; nothing is guessed."""
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
