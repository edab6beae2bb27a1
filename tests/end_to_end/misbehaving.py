"""The demo's publisher with one bad habit at a time, and what each habit is called. `WAYS` is what docs/nguon-xau.md tells of."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from cli.demo.publisher import answer_get, answer_post

PORTAL, GATEWAY, CODIFIED = "dichvucong", "vbpl", "phapdien"
BOTH, ALL = (PORTAL, GATEWAY), (PORTAL, GATEWAY, CODIFIED)


@dataclass(frozen=True)
class Told:
    """An answer: status, body, media type, further headers; `announced` is a length that is not the body's."""

    status: int
    body: bytes
    media_type: str
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What the envelope holds, {} where it holds no object."""
        value = json.loads(self.body) if "json" in self.media_type else {}
        return value["data"] if isinstance(value, dict) and isinstance(value.get("data"), dict) else {}

    def with_data(self, data: Any) -> Told:
        return replace(self, body=json.dumps({**json.loads(self.body), "data": data}).encode())


@dataclass(frozen=True)
class Asked:
    """A question; `day` is 1, and 2 for what is asked again later."""

    path: str
    body: dict[str, Any]
    day: int

    @property
    def listing(self) -> bool:
        """Whether a page of a list is asked for, or the edition."""
        return "list-all" in self.path or self.path.endswith(("/doc/all", ".zip"))

    @property
    def detail(self) -> bool:
        return self.path.endswith("/get-formality-by-citizen") or (
            "/public/doc/" in self.path and not self.listing and "tree" not in self.path
        )

    @property
    def item(self) -> str:
        return str(self.body.get("id") or self.path.rsplit("/", 1)[1])


Habit = Callable[[Asked, Callable[[Asked], Told]], Told]


@dataclass(frozen=True)
class Way:
    """A bad habit: what it is in Vietnamese and English, who may have it, and whether it shows on the second day only."""

    name: str
    english: str
    sources: tuple[str, ...]
    habit: Habit
    days: int = 1


def _listed(change: Callable[[Asked, dict[str, Any]], dict[str, Any]]) -> Habit:
    """What changes the `data` of each page of a list."""

    def habit(asked: Asked, plain: Callable[[Asked], Told]) -> Told:
        told = plain(asked)
        return told.with_data(change(asked, told.data)) if asked.listing and "items" in told.data else told

    return habit


def _instead(told: Told, where: Callable[[Asked], bool] = lambda asked: asked.listing) -> Habit:
    return lambda asked, plain: told if where(asked) else plain(asked)


def _asked_as(change: Callable[[Asked], dict[str, Any]], where: Callable[[Asked], bool] = lambda asked: asked.listing) -> Habit:
    return lambda asked, plain: plain(replace(asked, body={**asked.body, **change(asked)})) if where(asked) else plain(asked)


def _short(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "items": data["items"][:3] + data["items"][4:]}


def _odd(row: Any) -> Habit:
    return _listed(lambda asked, data: {**data, "items": [*data["items"][:3], row, *data["items"][3:]] if data["items"] else []})


def _clamped(asked: Asked) -> dict[str, Any]:
    size = "limit" if "limit" in asked.body else "pageSize"
    return {size: min(int(asked.body[size]), 15)}


def _circling(asked: Asked, plain: Callable[[Asked], Told]) -> Told:
    """A cursor that leads back to the first page, a page number that nobody looks at."""
    if not asked.listing:
        return plain(asked)
    told = plain(replace(asked, body={**asked.body, **_clamped(asked), "lastId": "", "pageNumber": 1}))
    return told.with_data({**told.data, "total": 60})


def _of_another(once: bool) -> Habit:
    def habit(asked: Asked, plain: Callable[[Asked], Told]) -> Told:
        told = plain(asked)
        other = asked.detail and told.data and (not once or _first_of(asked, plain) == asked.item)
        return told.with_data({**told.data, "id": "019f0000-0000-7000-8000-000000000000"}) if other else told

    return habit


def _first_of(asked: Asked, plain: Callable[[Asked], Told]) -> str:
    """The id of one item that has a detail."""
    if "formality" in asked.path:
        page = plain(Asked("/api/v1/submitting/formality/list-all-public-formality-by-citizen", {"limit": 200}, 1))
    else:
        page = plain(Asked("/api/qtdc/public/doc/all", {"pageSize": 500, "pageNumber": 1}, 1))
    return str(page.data["items"][5]["id"])


def _halved(asked: Asked, plain: Callable[[Asked], Told]) -> Told:
    """On the second day half of the list, or of the edition's titles, is gone, and the total says so too."""
    told = plain(asked)
    if asked.day == 1 or not asked.listing:
        return told
    if "items" in told.data:
        half = told.data["items"][: len(told.data["items"]) // 2]
        return told.with_data({**told.data, "items": half, "total": len(half)})
    return replace(told, body=_zip(told.body, lambda names: names[: len(names) // 2]))


def _emptied(asked: Asked, plain: Callable[[Asked], Told]) -> Told:
    """On the second day every other title is an empty shell."""
    told = plain(asked)
    if asked.day == 1 or not asked.listing:
        return told
    return replace(told, body=_zip(told.body, lambda names: names, shells=True))


def _zip(body: bytes, kept: Callable[[list[str]], list[str]], *, shells: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as packed, zipfile.ZipFile(out, "w") as made:
        for at, name in enumerate(kept(packed.namelist())):
            content = b"<h3>De muc</h3><div class='_content'></div>" if shells and at % 2 else packed.read(name)
            made.writestr(name, content)
    return out.getvalue()


def _robots(told: Told) -> Habit:
    return _instead(told, lambda asked: asked.path == "/robots.txt")


def _moved(place: str) -> Told:
    return Told(302, b"", "text/plain", {"Location": place})


_FORBIDS = "User-agent: *\nDisallow: /\n"
_FIREWALL = Told(403, b"<html><title>Request Rejected</title></html>", "text/html")

WAYS = {
    "odd row": Way("một dòng danh sách là chuỗi “x”", "a row of the list is the string “x”", BOTH, _odd("x")),
    "row without id": Way("một dòng danh sách không có mã", "a row without an id", BOTH, _odd({"code": "1.000009", "docNum": "1", "name": "x"})),
    "clamped": Way("trang chỉ cho 15 dòng dù xin nhiều hơn", "pages of 15 rows whatever is asked", BOTH, _asked_as(_clamped)),
    "short page": Way("mỗi trang thiếu một dòng", "each page lacks a row", BOTH, _listed(_short)),
    "total too large": Way("nêu tổng 5.000, cho ít hơn", "5,000 stated, fewer given", BOTH, _listed(lambda asked, data: {**data, "total": 5000})),
    "no total": Way("không nêu tổng", "no total stated", BOTH, _listed(lambda asked, data: {**data, "total": None})),
    "absurd total": Way("nêu tổng một nghìn tỷ", "a million million stated", (PORTAL,), _listed(lambda asked, data: {**data, "total": 10**12})),
    "repeated row": Way("một dòng lặp lại, một dòng mất", "one row twice, another not at all", BOTH,
                        _listed(lambda asked, data: {**data, "items": [*data["items"][1:], *data["items"][-1:]]})),
    "circle": Way("trang sau lại là trang đầu", "the next page is the first again", BOTH, _circling),
    "no cursor": Way("con trỏ trang là một đối tượng", "the cursor is an object", (PORTAL,), _listed(lambda asked, data: {**data, "lastId": {"id": 1}})),
    "another's detail": Way("một chi tiết là của mục khác", "a detail of another item", BOTH, _of_another(once=True)),
    "all others' details": Way("mọi chi tiết đều của mục khác", "every detail of another item", BOTH, _of_another(once=False)),
    "firewall": Way("tường lửa chặn danh sách hoặc tệp", "a firewall refuses the list, or the file", ALL, _instead(_FIREWALL)),
    "halved": Way("hôm sau mất nửa danh sách, hoặc nửa số đề mục", "the next day half is gone", ALL, _halved, days=2),
    "shells": Way("hôm sau nửa số đề mục rỗng", "the next day half of the titles are shells", (CODIFIED,), _emptied, days=2),
    "too large": Way("báo trước 10 GB", "announces 10 GB", ALL, _instead(Told(200, b"", "application/zip", announced=10**10))),
    "elsewhere": Way("chuyển hướng sang máy khác", "redirects to another host", ALL, _instead(_moved("http://127.0.0.2:9/x"))),
    "to a file": Way("chuyển hướng tới tệp trên máy", "redirects to a file of the machine", ALL, _instead(_moved("file:///etc/hostname"))),
    "wait an hour": Way("xin đợi một giờ (Retry-After)", "asks to wait an hour", ALL, _instead(Told(429, b"", "text/plain", {"Retry-After": "3600"}))),
    "robots with a mark": Way("robots.txt có dấu BOM, cấm tất cả", "robots.txt with a byte order mark forbids all", ALL,
                              _robots(Told(200, _FORBIDS.encode("utf-8-sig"), "text/plain"))),
    "robots in UTF-16": Way("robots.txt bằng UTF-16, cấm tất cả", "robots.txt in UTF-16 forbids all", ALL,
                            _robots(Told(200, _FORBIDS.encode("utf-16"), "text/plain"))),
    "robots inside": Way("robots.txt chuyển hướng vào mạng nội bộ", "robots.txt redirects into a private network", ALL,
                         _robots(_moved("http://169.254.169.254/latest/"))),
    "robots to a file": Way("robots.txt chuyển hướng tới tệp", "robots.txt redirects to a file", ALL, _robots(_moved("file:///etc/passwd"))),
    "robots waits": Way("robots.txt xin đợi một ngày", "robots.txt asks to wait a day", ALL,
                        _robots(Told(503, b"", "text/plain", {"Retry-After": "86400"}))),
}  # fmt: skip


class Misbehaving:
    """The publisher as it stands: `way` and `day` may be changed between two crawls."""

    def __init__(self) -> None:
        self.way, self.day, self.asked, self.url = WAYS["clamped"], 1, list[str](), ""

    def tell(self, method: str, path: str, body: dict[str, Any]) -> Told:
        self.asked.append(path)

        def plain(asked: Asked) -> Told:
            return Told(*(answer_post(asked.path, asked.body) if method == "POST" else answer_get(asked.path)))

        def of_the_portal(asked: Asked) -> Told:  # a list is asked while another kind of question is answered
            return Told(*answer_post(asked.path, asked.body)) if asked.listing and not asked.path.endswith(".zip") else plain(asked)

        return self.way.habit(Asked(path, body, self.day), of_the_portal)


@contextmanager
def misbehaving() -> Iterator[Misbehaving]:
    """The publisher on a port of loopback."""
    one = Misbehaving()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

        def do_GET(self) -> None:
            given = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = one.tell(self.command, unquote(urlsplit(self.path).path), json.loads(given or b"{}"))
            self.send_response(told.status)
            lengths = {"Content-Length": str(len(told.body) if told.announced is None else told.announced)}
            for name, value in {"Content-Type": told.media_type, **lengths, **told.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)
            self.close_connection = told.announced is not None

        do_POST = do_GET  # noqa: N815 - the name the standard library looks up

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    one.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
