"""`/tai-ve`: the public files of today. They are made once for each publication and day, in a process of its own, when first asked for.

Made once and not streamed from the store each time: a manifest with digests needs the whole file, a slow reader must not hold a moment of
the store for an hour, and a thousand readers cost what one does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Response
from fastapi.responses import FileResponse, PlainTextResponse

from pipeline.open_data.manifest import OpenManifest, manifest_there, set_folder
from pipeline.open_data.open_tables import OPEN_TABLES
from rasoat.odd_characters import json_line
from rasoat.settings import Settings
from web.asked_page import Asked, AskedNow

router = APIRouter(prefix="/tai-ve", include_in_schema=False)
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
    manifest = _manifest(asked)
    return asked.page("downloads.html", manifest=manifest, tables=OPEN_TABLES, again=_AGAIN)


@router.get("/manifest.json")
def manifest(asked: AskedNow) -> Response:
    """The same for programs."""
    told = _manifest(asked)
    if told is None:
        return _later()
    return Response(json_line(told.as_json()), media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.get("/{name}")
def one_file(asked: AskedNow, name: _FileName) -> Response:
    """A file. A name that is none of the manifest's leads nowhere: no path is made of what was asked."""
    table, _, form = name.rpartition(".")
    if table not in {one.name for one in OPEN_TABLES} or form not in _TYPES:
        raise HTTPException(404)
    told = _manifest(asked)
    if told is None:
        return _later()
    known = told.file(name)
    if known is None:
        raise HTTPException(404)
    headers = {"ETag": f'"{known.sha256}"', "Cache-Control": "public, no-cache", "Digest": f"sha-256={_base64(known.sha256)}"}
    if headers["ETag"] in asked.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    folder = set_folder(asked.settings.home, asked.day, asked.moment.publication)
    return FileResponse(folder / name, media_type=_TYPES[form], headers=headers, filename=f"{table}-{told.as_of}.{form}")


def _base64(sha256: str) -> str:
    import base64

    return base64.b64encode(bytes.fromhex(sha256)).decode()


def _later() -> Response:
    headers = {"Retry-After": str(_AGAIN), "Cache-Control": "no-store"}
    return PlainTextResponse("Đang tạo tệp, xin thử lại sau / being made, try again later\n", 503, headers)


def _manifest(asked: Asked) -> OpenManifest | None:
    """The manifest of today's set; where it is not there yet it is begun."""
    found = manifest_there(set_folder(asked.settings.home, asked.day, asked.moment.publication))
    if found is None and not asked.frame.unpublished:
        _begin(asked.settings, asked.day)
    return found


def _begin(settings: Settings, day: date) -> None:
    """Start a process that makes the set, unless one is at it: it waits for those of other processes itself."""
    place = str(settings.home)
    with _turn:
        running = _making.get(place)
        if running is not None and running.poll() is None:
            return
        surroundings = {**os.environ, "RASOAT_HOME": place, "RASOAT_DATABASE_URL": settings.database}
        words = [sys.executable, "-m", "pipeline.open_data", day.isoformat()]
        _making[place] = subprocess.Popen(words, env=surroundings, stdin=subprocess.DEVNULL)  # noqa: S603 - our own module
