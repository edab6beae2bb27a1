"""`/goc/SHA256`: an answer of a publisher, byte for byte, as text or as a file to keep; a browser runs nothing of it.

Nothing of the address is a path: it names bytes by their sha256, and only bytes that the store knows are given out.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from queries.original_answers import original_answer
from rasoat.archive import Damaged
from rasoat.trouble import Trouble
from web.asked_page import AskedPublication

router = APIRouter()
AS_TEXT = 2_000_000  # bytes that are shown as text; the rest is told to be left out
_SANDBOXED = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
_LEFT_OUT = "\n\n[… còn nữa: hãy tải về / more: download it …]\n"


@router.get("/goc/{sha256}", include_in_schema=False)
def original(asked: AskedPublication, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")], tai: str = "") -> Response:
    """The bytes of an answer; `tai`: as a file."""
    try:
        found = original_answer(asked.moment, sha256)
    except Damaged as error:
        raise Trouble("archive.mismatch", warc="", offset=0, sha256=sha256[:12]) from error
    headers = {"Content-Security-Policy": _SANDBOXED, "Cache-Control": "public, max-age=31536000, immutable", "X-Robots-Tag": "noindex"}
    if tai:
        name = f'attachment; filename="ban-goc-{sha256[:12]}.bin"'
        return Response(found.body, media_type="application/octet-stream", headers={**headers, "Content-Disposition": name})
    shown = found.body[:AS_TEXT].decode("utf-8", "replace") + (_LEFT_OUT if len(found.body) > AS_TEXT else "")
    return Response(shown.encode(), media_type="text/plain; charset=utf-8", headers={**headers, "Content-Disposition": "inline"})
