"""`/nguon`: where the data come from, how old they are, what could not be read, and what the quality gate said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Response
from fastapi.responses import FileResponse, JSONResponse

from pipeline.reports.kept_reports import kept_report, kept_reports
from queries.source_states import run_report, sources_state
from rasoat.days import day_typed
from rasoat.words import publishers
from web.asked_page import AskedNow
from web.downloads_sent import saved_as

router = APIRouter(include_in_schema=False)
RunNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/nguon")
def sources(asked: AskedNow) -> Response:
    """The sources, the gate, the runs and the reports kept."""
    findings = asked.settings.web_public_findings == "all"
    return asked.page(
        "sources.html", found=sources_state(asked.moment), titles=publishers.PUBLISHER_TITLE,
        reports=kept_reports(asked.settings.home, findings=findings),
    )  # fmt: skip


@router.get("/nguon/lan-chay/{number}.json")
def run(asked: AskedNow, number: RunNumber) -> Response:
    """What a run reported, for programs."""
    told = run_report(asked.moment, number)
    if told is None:
        raise HTTPException(404)
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


@router.get("/nguon/bao-cao/{day}/{name}")
def report(asked: AskedNow, day: str, name: str) -> Response:
    """A report that was kept, as a file to save: one of those that the page lists, and nothing else that lies in the folder."""
    on = day_typed(day) if len(day) == len("2026-01-01") else None
    path = kept_report(asked.settings.home, on, name, findings=asked.settings.web_public_findings == "all") if on else None
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, headers={**saved_as(f"{day}-{path.name}"), "Content-Security-Policy": "sandbox"})
