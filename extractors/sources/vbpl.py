"""The national database of legal documents (its gateway): the list by windows of issue dates, details, provision trees.

A window with too many documents is halved. A row whose detail the gateway does not have (400, its own envelope) is kept
by the row. A tree is asked only where a detail holds no text; it names no document, so the request carries the key.
Status, expiry and relations are the publisher's claims (tier D); the articles are its text (tier A).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import orjson

from extractors.sources.source import WHOLE, Answer, Parsed, Piece, Request, Window, unreadable
from extractors.sources.vbpl_document import key_of, parse_detail, parse_row, parse_tree
from rasoat.records import Origin
from rasoat.words.publishers import PUBLISHER_TITLE

_BASE = "/api/qtdc/public/doc"
_SIZES = (500, 100, 50, 10)
# Each begins a window that ends before the next; the later ones hold most documents.
_FIRST_DAYS = (date(1945, 1, 1), date(2000, 1, 1), date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1))
_WINDOW = 5000  # documents; later pages of a larger window were seen to drift


class Vbpl:
    """Cơ sở dữ liệu quốc gia về văn bản pháp luật."""

    name = "vbpl"
    title = PUBLISHER_TITLE["vbpl"]
    base_url = "https://vbpl-bientap-gateway.moj.gov.vn"
    rate = 1.0
    cadence = "daily"
    licence = "Văn bản pháp luật, không thuộc đối tượng bảo hộ quyền tác giả (Luật Sở hữu trí tuệ Điều 15)"
    headers = {"Accept": "application/json", "Referer": "https://vbpl.vn/"}  # noqa: RUF012 - read only
    promises = {"row": 1}  # noqa: RUF012 - read only

    def windows(self, observed_on: date) -> list[Window]:
        """By issue date, from 1945 to the end of next year: some documents are dated ahead."""
        ends = [*(first - timedelta(days=1) for first in _FIRST_DAYS[1:]), date(observed_on.year + 1, 12, 31)]
        return [Window(since, until) for since, until in zip(_FIRST_DAYS, ends, strict=True)]

    def requests(self, observed_on: date, window: Window = WHOLE) -> Iterator[Request]:
        """The first page of the window, or of every window."""
        for one in [window] if window.since else self.windows(observed_on):
            assert one.since and one.until  # noqa: PT018 - both or neither
            yield _page(one.since, one.until, _SIZES[0], 1)

    def follow(self, answer: Answer) -> Iterator[Request]:
        """List: both halves of a large window, or the next page and every detail. Detail: its tree where it holds no text."""
        kind, *rest = answer.request.key.split("/")
        data = orjson.loads(answer.body)["data"]
        if kind == "all":
            yield from _after_page(data, rest)
        elif kind == "detail" and not (data.get("documentContent") or {}).get("content"):
            key = key_of(data)
            if key:
                yield Request(f"tree/{data['id']}/{key}", f"{_BASE}/provision/tree/{data['id']}", optional=True)

    def instead(self, request: Request) -> Request | None:
        """Smaller pages from the same place on."""
        kind, *rest = request.key.split("/")
        if kind != "all":
            return None
        since, until, size, number = date.fromisoformat(rest[0]), date.fromisoformat(rest[1]), int(rest[2]), int(rest[3])
        smaller = next((step for step in _SIZES if step < size), None)
        return _page(since, until, smaller, (number - 1) * size // smaller + 1) if smaller else None

    def missing(self, answer: Answer) -> bool:
        """A document the gateway says it does not have: permanent."""
        return answer.status == 400 and _envelope(answer).get("messageCode") == "invalid.document.entity.not.found"

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no answer: a firewall's page, an error, a broken envelope."""
        if "json" not in answer.media_type:
            return f"not JSON but {answer.media_type or 'nothing named'} (status {answer.status}): a firewall's page?"
        envelope = _envelope(answer)
        if not 200 <= answer.status < 300 or envelope.get("success") is not True:
            return f"status {answer.status}, {envelope.get('messageCode') or 'no envelope'}"
        data = envelope.get("data")
        if answer.request.key.startswith("tree/"):
            return None if isinstance(data, list) else "a tree without a list"
        if not isinstance(data, dict) or (answer.request.key.startswith("all/") and not isinstance(data.get("items"), list)):
            return "no data in the envelope"
        return None

    def pieces(self, answer: Answer) -> Iterator[Piece]:
        """Each row of a page, each detail, each tree; a missing detail is no piece, its row speaks for it."""
        kind = answer.request.key.split("/")[0]
        if self.missing(answer):
            return
        if refusal := self.refusal(answer):
            yield unreadable(self.name, answer.request.key, refusal)
            return
        if kind == "detail":
            yield Piece(self.name, "detail", "$.data", answer.body)
        elif kind == "tree":
            key = answer.request.key.split("/", 2)[2]
            yield Piece(self.name, "tree", "$.data", key.encode() + b"\n" + answer.body)
        else:
            for index, item in enumerate(orjson.loads(answer.body)["data"]["items"]):
                yield Piece(self.name, "row", f"$.data.items[{index}]", orjson.dumps(item, option=orjson.OPT_SORT_KEYS))

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed:
        """What one row, detail or tree says."""
        read = {"row": parse_row, "detail": parse_detail, "tree": parse_tree}[piece.kind]
        return read(piece.body, self.name, origin, observed_on)


def _page(since: date, until: date, size: int, number: int) -> Request:
    body: dict[str, object] = {"pageSize": size, "pageNumber": number, "sortBy": "issueDate", "sortDirection": "desc"}
    body |= {"issueDateFrom": since.isoformat(), "issueDateTo": until.isoformat(), "optionDoc": "all"}
    return Request(f"all/{since}/{until}/{size}/{number}", f"{_BASE}/all", "POST", body)


def _after_page(data: dict[str, Any], window: list[str]) -> Iterator[Request]:
    since, until = date.fromisoformat(window[0]), date.fromisoformat(window[1])
    size, number, total = int(window[2]), int(window[3]), int(data.get("total") or 0)
    if total > _WINDOW and since < until:
        middle = since + (until - since) // 2
        yield _page(since, middle, size, 1)
        yield _page(middle + timedelta(days=1), until, size, 1)
        return
    if number * size < total and data["items"]:
        yield _page(since, until, size, number + 1)
    for item in data["items"]:
        yield Request(f"detail/{item['id']}", f"{_BASE}/{item['id']}", optional=True)


def _envelope(answer: Answer) -> dict[str, Any]:
    try:
        value = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


SOURCE = Vbpl()
