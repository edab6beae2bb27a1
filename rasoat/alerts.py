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
    """What failed: the DAG, the task (of a mapped one, which), the run, and why."""

    dag: str
    task: str
    run: str
    map_index: int
    reason: str

    @property
    def subject(self) -> str:
        """One line."""
        return f"[rasoat] {self.dag}.{self.task} hỏng / failed"

    def as_html(self) -> str:
        """For an e-mail."""
        rows = "".join(f"<tr><th align=left>{name}</th><td>{html.escape(str(value))}</td></tr>" for name, value in asdict(self).items())
        return f"<p>{html.escape(self.subject)}</p><table>{rows}</table>"


def post(address: str, failure: Failure) -> None:
    """Send a failure to a webhook; `text` is what chat programs show.

    Raises:
        Trouble: the address is none.
        SourceTrouble: it does not answer, or refuses.
    """
    if not address.startswith(("http://", "https://")):
        raise Trouble(f"RASOAT_ALERT_WEBHOOK phải bắt đầu bằng http:// hoặc https://, không phải {address!r}.")
    body = orjson.dumps({"text": f"{failure.subject}: {failure.reason}", **asdict(failure)})
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - looked at above
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE):  # noqa: S310
            pass
    except OSError as error:
        raise SourceTrouble(f"Không báo được tới {address}: {error}") from error
