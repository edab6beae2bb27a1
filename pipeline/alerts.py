"""A failure told to a webhook of the office's own choosing, in one JSON object."""

from __future__ import annotations

import html
import urllib.request
from dataclasses import asdict, dataclass

import orjson

from rasoat.trouble import SourceTrouble, Trouble

_PATIENCE = 10.0  # seconds


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
        return f"[rasoat] {'.'.join(filter(None, (self.dag, self.task)))}{of} hỏng / failed"

    def as_html(self) -> str:
        """For an e-mail."""
        told = [(name, str(value)) for name, value in asdict(self).items() if value not in ("", -1)]
        rows = "".join(f"<tr><th align=left>{name}</th><td>{html.escape(value)}</td></tr>" for name, value in told)
        return f"<p>{html.escape(self.subject)}</p><table>{rows}</table>"


def post(address: str, failure: Failure) -> None:
    """Send a failure to a webhook; `text` is what chat programs show.

    Raises:
        Trouble: the address is none.
        SourceTrouble: it does not answer, or refuses.
    """
    if not address.startswith(("http://", "https://")):
        raise Trouble("webhook.address", address=address)
    body = orjson.dumps({"text": f"{failure.subject}: {failure.reason} {failure.log}".rstrip(), **asdict(failure)})
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE):  # noqa: S310
            pass
    except OSError as error:
        raise SourceTrouble("webhook.unanswered", address=address, reason=str(error)) from error
