"""Told is what was answered with 2xx by the address itself; whatever else comes is one line that repeats nothing of the address."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import pytest

from pipeline import alerts
from pipeline.alerts import Failure, post
from rasoat.trouble import SourceTrouble, Trouble
from tests.odd_texts import KINDS

FAILED = Failure("rasoat_crawl_vbpl", "crawl_window", "manual", 3, "hỏng", "all", "http://log")
SECRET = "T0KEN-hunter2"
Answer = Callable[[socket.socket], None]


@contextmanager
def receiver(answer: Answer | bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that reads a request and answers as it likes: its host and port, and what it heard."""
    listening, heard = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        while True:
            try:
                peer, _ = listening.accept()
            except OSError:
                return
            with peer:
                heard.append(_request(peer))
                try:
                    peer.sendall(answer) if isinstance(answer, bytes) else answer(peer)
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}", heard
    finally:
        listening.shutdown(socket.SHUT_RDWR)  # closing alone wakes nobody who waits in accept
        listening.close()


def _request(peer: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        if not (more := peer.recv(65536)):
            return got
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(next((line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), b"0"))
    while len(body) < length:
        body += peer.recv(65536)
    return head + b"\r\n\r\n" + body


def answered(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "Connection: close", "", ""]).encode()


def refused(address: str, kind: type[Trouble] = SourceTrouble) -> str:
    """The one line, in which nothing of the address stands but its host."""
    with pytest.raises(kind) as caught:
        post(address, FAILED)
    said = f"{caught.value} {caught.value.fields} {caught.value!r} {caught.value.__cause__}"
    assert SECRET not in said
    assert "/hook" not in said
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content", "299 Odd"])
def test_2xx_is_told(status: str) -> None:
    with receiver(answered(status)) as (host, heard):
        post(f"http://{host}/hook/{SECRET}?a=b", FAILED)
    (asked,) = heard
    assert asked.startswith(f"POST /hook/{SECRET}?a=b HTTP/1.1\r\n".encode())
    body = json.loads(asked.partition(b"\r\n\r\n")[2])
    assert (body["dag"], body["task"], body["map_index"], body["item"]) == ("rasoat_crawl_vbpl", "crawl_window", 3, "all")
    assert body["text"].startswith("[rasoat] rasoat_crawl_vbpl.crawl_window [all] hỏng / failed: hỏng")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 304, 101, 199, 400, 401, 403, 404, 410, 429, 500, 503, 999])
def test_anything_else_is_none_and_a_redirect_is_not_followed(status: int) -> None:
    with receiver(answered("200 OK")) as (other, heard):
        for place in (f"http://{other}/{SECRET}", "file:///etc/passwd", "/again", f"//{other}/"):
            with receiver(answered(f"{status} {SECRET} hook", f"Location: {place}")) as (host, asked):
                said = refused(f"http://{host}/hook/{SECRET}")
                assert f"HTTP {status}" in said or "BadStatusLine" in said
                assert host in said
                assert len(asked) == 1
    assert heard == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"\r\n", b"no http at all\r\n\r\n", f"HTTP/9 {SECRET}\r\n\r\n".encode(), b"HTTP/1.1 abc x\r\n\r\n", b"\x00" * 70_000, b"H" * 200_000,
     b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n"],
)  # fmt: skip
def test_what_is_no_answer_is_said_in_one_line(answer: bytes) -> None:
    with receiver(answer) as (host, _):
        assert host in refused(f"http://{host}/hook/{SECRET}")


def test_an_endless_body_is_not_read() -> None:
    def endless(peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            peer.sendall(b"x" * 65536)

    with receiver(endless) as (host, _):
        post(f"http://{host}/", FAILED)


@pytest.mark.parametrize("sends", [b"", b"H", b"a: b\r\n"])
def test_who_answers_a_byte_now_and_then_keeps_nobody(monkeypatch: pytest.MonkeyPatch, sends: bytes) -> None:
    monkeypatch.setattr(alerts, "_PATIENCE", 0.5)
    over = threading.Event()

    def drip(peer: socket.socket) -> None:
        if sends:
            peer.sendall(b"HTTP/1.1 200 OK\r\n" if len(sends) > 1 else b"")
        while not over.wait(0.1):
            peer.sendall(sends)

    with receiver(drip) as (host, _):
        assert "timed out" in refused(f"http://{host}/hook/{SECRET}").replace("TimeoutError", "timed out")
        over.set()


def test_nobody_there_and_no_tls() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "refused" in refused(f"http://u:{SECRET}@127.0.0.1:{port}/hook/{SECRET}").lower()
    with receiver(b"plain\r\n") as (host, _):
        assert host in refused(f"https://{host}/hook/{SECRET}")
    assert ssl.create_default_context().check_hostname  # what the opener uses unasked


@pytest.mark.parametrize(
    "address",
    ["", SECRET, f"hooks.example/hook/{SECRET}", f"ftp://h/hook/{SECRET}", f"file:///hook/{SECRET}", f"data:,{SECRET}", f"javascript:{SECRET}",
     f"http:///hook/{SECRET}", f"http://:80/hook/{SECRET}", f"http://h:{SECRET}/hook", f"http://h:99999/hook/{SECRET}", f"http://[::1/{SECRET}",
     f"http://h/hook\r\nX-{SECRET}: y", f"http://h/hook {SECRET}", f"http://h\x00/hook/{SECRET}", f"http://a..b/hook/{SECRET}", f"http://h/\u202e{SECRET}",
     f"http://{'a' * 70}.vn/hook/{SECRET}", f"http:// h/hook/{SECRET}", f"\\\\h\\hook\\{SECRET}"],
)  # fmt: skip
def test_what_is_no_address_is_refused_before_anything_is_sent(address: str) -> None:
    assert "RASOAT_ALERT_WEBHOOK" in refused(address, Trouble)


def test_addresses_as_people_write_them() -> None:
    with receiver(answered("200 OK")) as (host, heard):
        post(f"HTTP://{host}", FAILED)
        post(f"  http://{host}/móc/{SECRET}?tên=đ%20#phần\n", FAILED)
        post(f"http://người:m%40t@{host}/", FAILED)
    assert [asked.split(b"\r\n")[0] for asked in heard] == [
        b"POST / HTTP/1.1",
        f"POST /m%C3%B3c/{SECRET}?t%C3%AAn=%C4%91%20 HTTP/1.1".encode(),
        b"POST / HTTP/1.1",
    ]
    assert b"Authorization: Basic bmfGsOG7nWk6bUB0" in heard[2]
    assert b"Host: " + host.encode() in heard[2]


def test_no_text_of_a_failure_keeps_it_from_being_told() -> None:
    text = "".join(KINDS)
    odd = Failure(text, text, text, -1, f"{text} postgresql://u:{SECRET}@db/x {'a' * 100_000}", f"{text}\r\nBcc: x@y", text)
    with receiver(answered("200 OK")) as (host, heard):
        post(f"http://{host}/", odd)
    body = json.loads(heard[0].partition(b"\r\n\r\n")[2])
    assert SECRET not in str(body) + odd.as_html()
    assert len(heard[0]) < 40_000
    letter = EmailMessage()
    letter["Subject"] = odd.subject
    letter.set_content(odd.as_html(), subtype="html")
    assert "Bcc" not in letter
    assert letter.as_bytes()


def test_time_is_counted_from_the_look_up_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "_PATIENCE", 0.3)
    asked = threading.Event()

    def slow(*_: Any, **__: Any) -> Any:
        asked.set()
        time.sleep(2)
        raise OSError("too late")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert "timed out" in refused(f"http://h.example/hook/{SECRET}")
    assert asked.is_set()
