"""The national portal of administrative procedures: the list by cursor, then the detail of every listed procedure.

POST with a JSON body; success is any 2xx with the envelope `code == "OK"`. A firewall answers HTML with status 200. A
listed procedure whose detail is missing is kept as the list says it. The list has no date: changes show in details only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from extractors.sources.dichvucong_detail import procedure_of_detail, procedure_of_row
from extractors.sources.publisher_fields import PROCEDURE_DETAIL, PROCEDURE_ROW, fitted, left_out
from extractors.sources.source import WHOLE, Answer, Parsed, Piece, Refused, Request, Window, unreadable
from rasoat.records import Origin
from rasoat.vietnamese import squeeze
from rasoat.words.publishers import PUBLISHER_TITLE

_LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
_DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"
_LIMITS = (200, 100, 50, 20)
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

    def windows(self, observed_on: date) -> list[Window]:
        """The list has no dates; the details it leads to are shared out. The first share asks the list, the others find it kept."""
        return [Window(share=share, shares=_SHARES) for share in range(1, _SHARES + 1)]

    def requests(self, observed_on: date, window: Window = WHOLE) -> Iterator[Request]:
        """The first page of the list."""
        yield _page(_LIMITS[0], "")

    def follow(self, answer: Answer) -> Iterator[Request]:
        """The next page of the list, and the detail of every procedure on this one."""
        if not answer.request.key.startswith("list/"):
            return
        data = orjson.loads(answer.body)["data"]
        limit = int(answer.request.key.split("/")[1])
        if data.get("lastId") and len(data["items"]) >= limit:
            yield _page(limit, data["lastId"])
        for item in data["items"]:
            yield Request(f"detail/{item['id']}", _DETAIL, "POST", {"id": item["id"]}, optional=True)

    def instead(self, request: Request) -> Request | None:
        """A smaller page from the same place, where a page cannot be had: 200, 100, 50, 20."""
        if not request.key.startswith("list/"):
            return None
        _, limit, last = request.key.split("/", 2)
        smaller = [step for step in _LIMITS if step < int(limit)]
        return _page(smaller[0], last) if smaller else None

    def missing(self, answer: Answer) -> bool:
        """A detail the publisher says it does not have: 404 in its own envelope."""
        return answer.status == 404 and _envelope(answer).get("code") == "NOT_FOUND"

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no answer: a firewall's page, an error, a broken envelope."""
        if "json" not in answer.media_type:
            return f"not JSON but {answer.media_type or 'nothing named'} (status {answer.status}): a firewall's page?"
        envelope = _envelope(answer)
        if not 200 <= answer.status < 300 or envelope.get("code") != "OK":
            return f"status {answer.status}, code {envelope.get('code')!r}"
        data = envelope.get("data")
        if not isinstance(data, dict):
            return "no data in the envelope"
        if answer.request.key.startswith("list/") and not isinstance(data.get("items"), list):
            return "a list without items"
        return None

    def pieces(self, answer: Answer) -> Iterator[Piece]:
        """Each row of the list, each detail; a missing detail is no piece, its row speaks for it."""
        if self.missing(answer):
            return
        if refusal := self.refusal(answer):
            yield unreadable(self.name, answer.request.key, refusal)
            return
        if answer.request.key.startswith("detail/"):
            yield Piece(self.name, "detail", "$.data", answer.body)
            return
        for index, item in enumerate(orjson.loads(answer.body)["data"]["items"]):
            yield Piece(self.name, "row", f"$.data.items[{index}]", orjson.dumps(item, option=orjson.OPT_SORT_KEYS))

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed:
        """One procedure, as its detail or its row says it."""
        value = orjson.loads(piece.body)
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


def _page(limit: int, last: str) -> Request:
    body: dict[str, object] = {"limit": limit, "lastId": last, "q": ""}
    return Request(f"list/{limit}/{last}", _LIST, "POST", body)


def _envelope(answer: Answer) -> dict[str, Any]:
    try:
        value = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _is_code(code: str) -> bool:
    """N.NNNNNN, the form of a national code."""
    return len(code) == 8 and code[1] == "." and (code[0] + code[2:]).isdigit()


SOURCE = DichVuCong()
