"""`/tai-ve`: the public files of today. They are made once for each publication and day, in a process of its own, when first asked for.

Made once and not streamed from the store each time: a manifest with digests needs the whole file, a slow reader must not hold a moment of
the store for an hour, and a thousand readers cost what one does.
"""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path as FolderPath
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool

from pipeline.open_data.open_manifest import OpenManifest, manifest_there, set_folder
from pipeline.open_data.open_tables import OPEN_TABLES
from queries.published_moment import PinnedWorkspace
from rasoat import words
from rasoat.odd_characters import json_line
from rasoat.settings import Settings
from rasoat.trouble import Trouble
from web.asked_page import AskedNow

router = APIRouter(prefix="/tai-ve", include_in_schema=False)
_WAITED = 45  # seconds; proxies wait a minute
_AGAIN = 20  # seconds after which the files are there, mostly
_TYPES = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
_making: dict[str, subprocess.Popen[bytes]] = {}
_turn = threading.Lock()
_FileName = Annotated[str, Path(max_length=100, pattern=r"^[a-z-]+\.[a-z]+$")]


@router.get("")
def files(asked: AskedNow) -> Response:
    """What there is to take along, with rows, size and digest of each file."""
    manifest, _ = _there(asked.request, asked.moment)
    judged = words.judged(manifest.judged.done, manifest.judged.all) if manifest else ""
    return asked.page("downloads.html", manifest=manifest, judged=judged, tables=OPEN_TABLES)


# The store is let go before a file is sent: whoever waits for it or reads it slowly holds neither that nor a thread.
@router.get("/manifest.json")
async def manifest(request: Request) -> Response:
    """The same for programs."""
    told, _ = await run_in_threadpool(_today, request)
    if told is None:
        return _later()
    return Response(json_line(told.as_json()), media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.get("/{name}")
async def one_file(request: Request, name: _FileName) -> Response:
    """A file. A name that is none of the manifest's leads nowhere: no path is made of what was asked."""
    table, _, form = name.rpartition(".")
    if table not in {one.name for one in OPEN_TABLES} or form not in _TYPES:
        raise HTTPException(404)
    told, folder = await _soon(request)
    if told is None:
        return _later()
    known = told.file(name)
    if known is None:
        raise HTTPException(404)
    headers = {"ETag": f'"{known.sha256}"', "Cache-Control": "public, no-cache", "Repr-Digest": f"sha-256=:{_base64(known.sha256)}:"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(folder / known.name, media_type=_TYPES[form], headers=headers, filename=f"{table}-{told.as_of}.{form}")


def _base64(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()


def _later() -> Response:
    headers = {"Retry-After": str(_AGAIN), "Cache-Control": "no-store"}
    return PlainTextResponse("Đang tạo tệp, xin thử lại sau / being made, try again later\n", 503, headers)


async def _soon(request: Request) -> tuple[OpenManifest | None, FolderPath]:
    """Today's set; a browser that follows a link waits for it rather than showing a refusal."""
    for _ in range(_WAITED):
        told = await run_in_threadpool(_today, request)
        if told[0] is not None or await request.is_disconnected():
            break
        await asyncio.sleep(1)
    return told


def _today(request: Request) -> tuple[OpenManifest | None, FolderPath]:
    with request.app.state.store.moment() as moment:
        if moment.unpublished:
            raise Trouble("publication.none")
        return _there(request, moment)


def _there(request: Request, moment: PinnedWorkspace) -> tuple[OpenManifest | None, FolderPath]:
    """The manifest of today's set, and its folder; where it is not there yet it is begun."""
    settings: Settings = request.app.state.store.settings
    day: date = request.app.state.today()
    folder = set_folder(settings.home, day, moment.publication)
    found = manifest_there(folder)
    if found is None and not moment.unpublished:
        _begin(settings, day)
    return found, folder


def _begin(settings: Settings, day: date) -> None:
    """Start a process that makes the set, unless one is at it: it waits for those of other processes itself."""
    place = str(settings.home)
    with _turn:
        running = _making.get(place)
        if running is not None and running.poll() is None:
            return
        surroundings = {**os.environ, "RASOAT_HOME": place, "RASOAT_DATABASE_URL": settings.database}
        started = [sys.executable, "-m", "pipeline.open_data", day.isoformat()]
        _making[place] = subprocess.Popen(started, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own module
