"""The national database of legal documents (its gateway): the list by windows of issue dates, details, provision trees.

A window with too many documents is halved. Pages are asked until the rows reach the stated total: a page shorter than asked is
taken for the gateway's own measure, and the next is asked by it from the same place on, so that no row is skipped. A row whose detail the gateway does not have (400, its own envelope) is kept
by the row. A tree is asked only where a detail holds no text; it names no document, so the request carries the key.
Status, expiry and relations are the publisher's claims (tier D); the articles are its text (tier A).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

import orjson

from extractors.sources.source import WHOLE, Answer, Extent, Json, Parsed, Piece, Refused, Request, Stuck, Window, unreadable
from extractors.sources.told import differ, envelope_of, id_of, total_of, word
from extractors.sources.vbpl_document import key_of, parse_detail, parse_row, parse_tree
from rasoat.records import Listing, Origin
from rasoat.words.crawl_words import ANOTHER_ANSWER, ROW_WITHOUT_ID
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
    # 166,921 documents in May 2026, 172,193 in September; the database takes documents out by the hundred, never by the twentieth.
    extent = Extent(items=2_000_000, pages=40_000, size=64 << 20, shrink=0.05, grow=0.5, few=2, settles=7)

    def windows(self, observed_on: date) -> list[Window]:
        """By issue date, from 1945 to the end of next year: some documents are dated ahead."""
        ends = [*(first - timedelta(days=1) for first in _FIRST_DAYS[1:]), date(observed_on.year + 1, 12, 31)]
        return [Window(since, until) for since, until in zip(_FIRST_DAYS, ends, strict=True)]

    def requests(self, observed_on: date, window: Window = WHOLE) -> Iterator[Request]:
        """The first page of the window, or of every window."""
        for one in [window] if window.since else self.windows(observed_on):
            assert one.since and one.until  # noqa: PT018 - both or neither
            yield _page(one.since, one.until, _SIZES[0], 1)

    def follow(self, answer: Answer) -> Iterator[Request | Refused | Stuck]:
        """List: both halves of a large window, or the next page and every detail. Detail: its tree where it holds no text."""
        kind, *rest = answer.request.key.split("/")
        data = envelope_of(answer)["data"]
        if kind == "all":
            yield from _after_page(data, rest)
        elif kind == "detail" and not (data.get("documentContent") or {}).get("content"):
            key, named = key_of(data), id_of(data)
            if key and named:
                yield Request(f"tree/{named}/{key}", f"{_BASE}/provision/tree/{quote(named, safe='')}", optional=True)

    def listing(self, answer: Answer) -> Listing | None:
        """The total that a window states and the ids on one page; None for a window that is halved, whose halves speak for it."""
        kind, *rest = answer.request.key.split("/")
        if kind != "all":
            return None
        data = envelope_of(answer)["data"]
        if _halves(data, rest):
            return None
        following = next(_next_page(data, rest), None)
        ids = tuple(named for item in data["items"] if (named := id_of(item)))
        return Listing(f"{rest[0]}..{rest[1]}", total_of(data), ids, following.key if following else "")

    def instead(self, request: Request) -> Request | None:
        """Smaller pages from the same place on."""
        kind, *rest = request.key.split("/")
        if kind != "all":
            return None
        (since, until), (size, number) = map(date.fromisoformat, rest[:2]), map(int, rest[2:])
        smaller = next((step for step in _SIZES if step < size), None)
        return _page(since, until, smaller, (number - 1) * size // smaller + 1) if smaller else None

    def missing(self, answer: Answer) -> bool:
        """A document the gateway says it does not have: permanent."""
        return answer.status == 400 and envelope_of(answer).get("messageCode") == "invalid.document.entity.not.found"

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no answer: a firewall's page, an error, a broken envelope."""
        if "json" not in answer.media_type:
            return f"not JSON but {answer.media_type or 'nothing named'} (status {answer.status}): a firewall's page?"
        envelope = envelope_of(answer)
        if not 200 <= answer.status < 300 or envelope.get("success") is not True:
            return f"status {answer.status}, {envelope.get('messageCode') or 'no envelope'}"
        data = envelope.get("data")
        if answer.request.key.startswith("tree/"):
            return None if isinstance(data, list) else "a tree without a list"
        if not isinstance(data, dict) or (answer.request.key.startswith("all/") and not isinstance(data.get("items"), list)):
            return "no data in the envelope"
        return None

    def another(self, answer: Answer) -> str | None:
        """A detail that bears another document's id, or another number than the list gives it. A tree names no document."""
        if not answer.request.key.startswith("detail/") or self.refusal(answer) is not None:
            return None
        data, asked = envelope_of(answer)["data"], answer.request
        told = ((word(data.get("id")), asked.key.removeprefix("detail/")), (word(data.get("docNum")), asked.expects))
        return ANOTHER_ANSWER if any(differ(named, due) for named, due in told) else None

    def pieces(self, answer: Answer) -> Iterator[Piece]:
        """Each row of a page, each detail, each tree; a missing detail is no piece, its row speaks for it."""
        kind = answer.request.key.split("/")[0]
        if self.missing(answer):
            return
        if refusal := self.refusal(answer) or self.another(answer):
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


def _after_page(data: Json, window: list[str]) -> Iterator[Request | Refused | Stuck]:
    halves = _halves(data, window)
    yield from halves or _next_page(data, window)
    for at, item in enumerate([] if halves else data["items"]):
        if named := id_of(item):
            yield Request(f"detail/{named}", f"{_BASE}/{quote(named, safe='')}", optional=True, expects=word(item.get("docNum")))
        else:
            yield Refused(f"$.data.items[{at}]", ROW_WITHOUT_ID)


def _halves(data: Json, window: list[str]) -> list[Request]:
    since, until = map(date.fromisoformat, window[:2])
    if (total_of(data) or 0) <= _WINDOW or since >= until:
        return []
    middle = since + (until - since) // 2
    return [_page(since, middle, _SIZES[0], 1), _page(middle + timedelta(days=1), until, _SIZES[0], 1)]


def _next_page(data: Json, window: list[str]) -> Iterator[Request]:
    """The page that begins at or before the first row not seen yet, as large as this one turned out to be."""
    (since, until), (size, number) = map(date.fromisoformat, window[:2]), map(int, window[2:])
    rows, total = len(data["items"]), total_of(data)
    reached = (number - 1) * size + rows
    if rows and (total is None or reached < total):
        yield _page(since, until, rows, reached // rows + 1)


SOURCE = Vbpl()
