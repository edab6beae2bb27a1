"""Style sheet and script: named by their content, so that a browser keeps them for ever, and compressed once."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jsonld": "application/ld+json",
}
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is sent; `name` holds the beginning of its sha256."""

    name: str
    content: bytes
    compressed: bytes
    media_type: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Every static file by its name in the folder."""
    return {path.name: _read(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


@cache
def _by_sent_name() -> dict[str, StaticFile]:
    return {one.name: one for one in static_files().values()}


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    name = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
    return StaticFile(name, content, gzip.compress(content, 9, mtime=0), _TYPES[path.suffix])


def static_address(name: str) -> str:
    """Where a file is asked for."""
    return f"/static/{static_files()[name].name}"


@cache
def frame_digest() -> str:
    """What the frame of every page is made of besides the data: its templates, catalogue and static files."""
    told = hashlib.sha256()
    for folder in ("templates", "static", "locale"):
        for path in sorted((_FOLDER.parent / folder).rglob("*")):
            if path.is_file():
                told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:12]


@router.api_route("/static/{name}", methods=["GET", "HEAD"], include_in_schema=False)
async def static_file(name: str, request: Request) -> Response:
    """A file by the name it is sent under; another name is none."""
    found = _by_sent_name().get(name)
    if found is None:
        return Response(status_code=404)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.compressed, media_type=found.media_type, headers={**_KEPT, "Content-Encoding": "gzip"})
    return Response(found.content, media_type=found.media_type, headers=_KEPT)
