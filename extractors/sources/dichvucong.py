"""The national portal of administrative procedures: the list by cursor, then the detail of every listed procedure.

POST with a JSON body; success is any 2xx with the envelope `code == "OK"`. A firewall answers HTML with status 200. A
listed procedure whose detail is missing is kept as the list says it. The list has no date: changes show in details only.
It is followed while it gives a cursor, whatever the length of a page and whatever total it states: both were seen to be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from extractors.sources.dichvucong_detail import procedure_of_detail, procedure_of_row
from extractors.sources.publisher_fields import PROCEDURE_DETAIL, PROCEDURE_ROW, fitted, left_out
from extractors.sources.source import LISTING, WHOLE, Answer, Extent, Parsed, Piece, Refused, Request, Stuck, Window, unreadable
from extractors.sources.told import differ, envelope_of, id_of, total_of, word
from rasoat.codec import from_json, to_json
from rasoat.records import Listing, Origin
from rasoat.vietnamese import squeeze
from rasoat.words.crawl_words import ANOTHER_ANSWER, LIST_CURSOR, ROW_WITHOUT_ID
from rasoat.words.publishers import PUBLISHER_TITLE

_LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
_DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"
_LIMITS = (200, 100, 50, 20)
_LONGEST_CURSOR = 400  # characters: it is part of the request's name in the archive
_SHARES = 4  # of about 10,000 details: 40 minutes each at one request a second


class DichVuCong:
    """Cổng Dịch vụ công quốc gia."""

    name = "dichvucong"
    title = PUBLISHER_TITLE["dichvucong"]
    base_url = "https://dichvucong.gov.vn"
    rate = 1.0
    cadence = "daily"
    licence = "Thông tin công khai của Nhà nước (Luật Tiếp cận thông tin 104/2016/QH13)"
    headers = {  # noqa: RUF012 - read only
        "Accept": "application/json",
        "Origin": "https://dichvucong.gov.vn",
        "Referer": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh",
    }
    promises = {"list": 1, "detail": 1}  # noqa: RUF012 - read only
    # 5,670 procedures in July 2026 and 6,302 in September; a reform closed one in ten at once.
    extent = Extent(items=100_000, pages=10_000, size=64 << 20, shrink=0.2, grow=0.5, few=2, settles=7)

    def windows(self, observed_on: date) -> list[Window]:
        """The list has no dates; the details it leads to are shared out. The first share asks the list, the others find it kept."""
        return [Window(share=share, shares=_SHARES) for share in range(1, _SHARES + 1)]

    def requests(self, observed_on: date, window: Window = WHOLE) -> Iterator[Request]:
        """The first page of the list."""
        yield _page(_LIMITS[0], "")

    def follow(self, answer: Answer) -> Iterator[Request | Refused | Stuck]:
        """The next page of the list, and the detail of every procedure on this one."""
        if not answer.request.key.startswith("list/"):
            return
        data = envelope_of(answer)["data"]
        limit, cursor = int(answer.request.key.split("/")[1]), _cursor(data)
        if cursor is None:
            yield Stuck(LIST_CURSOR)
        elif cursor and data["items"]:
            yield _page(limit, cursor)
        for at, item in enumerate(data["items"]):
            if asked := id_of(item):
                yield Request(f"detail/{asked}", _DETAIL, "POST", {"id": asked}, optional=True, expects=word(item.get("code")))
            else:
                yield Refused(f"$.data.items[{at}]", ROW_WITHOUT_ID)

    def listing(self, answer: Answer) -> Listing | None:
        """The total that a page states, the ids on it and its cursor."""
        if not answer.request.key.startswith("list/"):
            return None
        data = envelope_of(answer)["data"]
        ids = tuple(named for item in data["items"] if (named := id_of(item)))
        return Listing("thủ tục", total_of(data), ids, (_cursor(data) or "") if data["items"] else "")

    def instead(self, request: Request) -> Request | None:
        """A smaller page from the same place, where a page cannot be had: 200, 100, 50, 20."""
        if not request.key.startswith("list/"):
            return None
        _, limit, last = request.key.split("/", 2)
        smaller = [step for step in _LIMITS if step < int(limit)]
        return _page(smaller[0], last) if smaller else None

    def missing(self, answer: Answer) -> bool:
        """A detail the publisher says it does not have: 404 in its own envelope."""
        return answer.status == 404 and envelope_of(answer).get("code") == "NOT_FOUND"

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no answer: a firewall's page, an error, a broken envelope."""
        if "json" not in answer.media_type:
            return f"not JSON but {answer.media_type or 'nothing named'} (status {answer.status}): a firewall's page?"
        envelope = envelope_of(answer)
        if not 200 <= answer.status < 300 or envelope.get("code") != "OK":
            return f"status {answer.status}, code {envelope.get('code')!r}"
        data = envelope.get("data")
        if not isinstance(data, dict):
            return "no data in the envelope"
        if answer.request.key.startswith("list/") and not isinstance(data.get("items"), list):
            return "a list without items"
        return None

    def another(self, answer: Answer) -> str | None:
        """A detail that bears another procedure's id, or another code than the list gives it."""
        if not answer.request.key.startswith("detail/") or self.refusal(answer) is not None:
            return None
        data, asked = envelope_of(answer)["data"], answer.request
        told = ((word(data.get("id")), asked.key.removeprefix("detail/")), (word(data.get("code")), asked.expects))
        return ANOTHER_ANSWER if any(differ(named, due) for named, due in told) else None

    def pieces(self, answer: Answer) -> Iterator[Piece]:
        """Each row of the list and what the page says of the list, each detail; a missing detail is no piece, its row speaks for it."""
        if self.missing(answer):
            return
        if refusal := self.refusal(answer) or self.another(answer):
            yield unreadable(self.name, answer.request.key, refusal)
            return
        if answer.request.key.startswith("detail/"):
            yield Piece(self.name, "detail", "$.data", answer.body)
            return
        for index, item in enumerate(orjson.loads(answer.body)["data"]["items"]):
            yield Piece(self.name, "row", f"$.data.items[{index}]", orjson.dumps(item, option=orjson.OPT_SORT_KEYS))
        yield Piece(self.name, LISTING, "$.data", orjson.dumps(to_json(Listing, self.listing(answer)), option=orjson.OPT_SORT_KEYS))

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed:
        """One procedure, as its detail or its row says it; or what a page says of the list."""
        value = orjson.loads(piece.body)
        if piece.kind == LISTING:
            return Parsed(listings=[from_json(Listing, value)])
        detail = piece.kind == "detail"
        told, wrong = fitted(value["data"] if detail else value, PROCEDURE_DETAIL if detail else PROCEDURE_ROW)
        data: dict[str, Any] = told or {}
        parsed = Parsed()
        code = data.get("code", "").strip()
        if not code or not squeeze(data.get("name", "")):
            parsed.refused.append(Refused(piece.place, "thủ tục không có mã hoặc tên / a procedure without code or name"))
            return parsed
        read = procedure_of_detail if detail else procedure_of_row
        parsed.procedures.append(read(data, self.name, origin, observed_on))
        parsed.odd.extend(left_out(wrong, piece.place, code))
        if not _is_code(code) or code != data["code"]:
            parsed.odd.append(Refused(piece.place, f"{code}: mã thủ tục khác thường, giữ như in / odd procedure code, kept as printed"))
        return parsed


def _cursor(data: dict[str, Any]) -> str | None:
    """Where the list goes on, "" where it ends, None where what stands there is no cursor."""
    given = data.get("lastId")
    if given is None or given is False:
        return ""
    said = str(given) if isinstance(given, int) and not isinstance(given, bool) else given
    return said if isinstance(said, str) and len(said) <= _LONGEST_CURSOR and "\0" not in said else None


def _page(limit: int, last: str) -> Request:
    body: dict[str, object] = {"limit": limit, "lastId": last, "q": ""}
    return Request(f"list/{limit}/{last}", _LIST, "POST", body)


def _is_code(code: str) -> bool:
    """N.NNNNNN, the form of a national code."""
    return len(code) == 8 and code[1] == "." and (code[0] + code[2:]).isdigit()


SOURCE = DichVuCong()
