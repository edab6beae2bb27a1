"""`/metrics`: the requests' numbers, for this machine alone unless a setting opens them."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

router = APIRouter(include_in_schema=False)
_HERE = {"127.0.0.1", "::1"}
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """What was counted; 404 for whoever may not ask. A proxy asks for somebody else, and says so: it is never answered."""
    asker = request.client.host if request.client else ""
    may_ask = asker in _HERE or request.app.state.store.settings.web_metrics
    if not may_ask or any(name in request.headers for name in _FORWARDED):
        raise HTTPException(404)
    return Response(request.app.state.numbers.render(), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
