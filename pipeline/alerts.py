"""A failure told to a webhook of the office's own choosing, in one JSON object.

The address is a secret as a whole: whoever has it may post. Only its host is ever told.
"""

from __future__ import annotations

import html
import http.client
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from rasoat.addresses import host_of, masked
from rasoat.odd_characters import fit_for_xml, json_line, one_line
from rasoat.trouble import SourceTrouble, Trouble

_PATIENCE = 10.0  # seconds, for everything from the name's look-up to the answer's status
_LONGEST = 2_000  # letters of one field: a letter is read by people
_AS_WRITTEN = "%/:?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed: the DAG, the task (of a mapped one, which, and the window, day or province it worked on), the run, why, and
    the address of the log. A run that failed as a whole names no task."""

    dag: str
    task: str
    run: str
    map_index: int
    reason: str
    item: str = ""
    log: str = ""

    @property
    def subject(self) -> str:
        """One line."""
        of = f" [{self.item}]" if self.item else ""
        return one_line(f"[rasoat] {'.'.join(filter(None, (self.dag, self.task)))}{of} hỏng / failed")[:200]

    def told(self) -> dict[str, Any]:
        """The fields by name, no secret of an address in them, none longer than people read."""
        return {name: masked(value)[:_LONGEST] if isinstance(value, str) else value for name, value in asdict(self).items()}

    def as_html(self) -> str:
        """For an e-mail."""
        rows = "".join(
            f"<tr><th align=left>{name}</th><td>{html.escape(str(value))}</td></tr>"
            for name, value in self.told().items()
            if value not in ("", -1)
        )
        return fit_for_xml(f"<p>{html.escape(self.subject)}</p><table>{rows}</table>")


def post(address: str, failure: Failure) -> None:
    """Send a failure to a webhook; `text` is what chat programs show. Told is what was answered with 2xx: no redirect is followed.

    Raises:
        Trouble: the address is none.
        SourceTrouble: it does not answer in time, or not with 2xx.
    """
    request = _request(address)
    told = failure.told()
    request.data = json_line({"text": one_line(f"{failure.subject}: {told['reason']} {told['log']}").rstrip(), **told})
    said = _answer(request)
    if said:
        raise SourceTrouble("webhook.unanswered", host=host_of(address), reason=said)


def _request(address: str) -> urllib.request.Request:
    """The request to an address as people write it: with letters of any language, or a user and a password before the host."""
    wrong = "không phân tích được / cannot be parsed"
    try:
        address = address.strip()
        if not address.isprintable() or " " in address:
            raise ValueError
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise Trouble("webhook.address", reason=wrong) from None
    if parts.scheme not in ("http", "https") or not host:
        raise Trouble("webhook.address", reason="thiếu http:// hoặc https:// hay tên máy / no scheme or no host")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    target = quote(parts.path or "/", _AS_WRITTEN) + (f"?{quote(parts.query, _AS_WRITTEN)}" if parts.query else "")
    headers = {"Content-Type": "application/json"}
    if parts.username is not None:
        user = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {b64encode(user).decode()}"
    return urllib.request.Request(f"{parts.scheme}://{place}{target}", b"", headers, method="POST")  # noqa: S310 - looked at above


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What was posted goes to the address the office named, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _answer(request: urllib.request.Request) -> str:
    """ "" where the answer's status is 2xx; else what came of it, in words that repeat nothing of the request or of the answer.

    Asked in a thread that is left behind when time is up: a host that sends a byte now and then keeps nobody waiting.
    """
    came: list[str] = []
    asking = threading.Thread(target=lambda: came.append(_asked(request)), daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return came[0] if came else f"quá {_PATIENCE:.0f} giây / timed out"


def _asked(request: urllib.request.Request) -> str:
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=_PATIENCE):
            return ""  # whatever follows the status is not read
    except urllib.error.HTTPError as error:
        error.close()
        return f"HTTP {error.code}"
    except (OSError, http.client.HTTPException, ValueError) as error:  # the last: a header or a host that cannot be written
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        return (cause.strerror if isinstance(cause, OSError) and cause.strerror else None) or type(cause).__name__
