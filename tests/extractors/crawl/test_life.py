"""The crawling process ends with its parent, and no answer keeps it for ever."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request

from extractors.crawl.job import Job
from extractors.crawl.limits import scrapy_settings
from extractors.crawl.loopback import LoopbackHandler
from extractors.crawl.spider import SourceSpider
from extractors.sources.registry import SOURCES
from rasoat.settings import Settings
from tests.extractors.crawl.conftest import DAY

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PARENT = """
import os, sys, threading
from extractors.crawl import child
def start():
    process = child._child()
    process.stdin.write(sys.argv[1].encode() + b"\\n")
    process.stdin.flush()
    print(process.pid, flush=True)
if sys.argv[2] == "main":
    start()
else:
    threading.Thread(target=start).start()
if os.fork() == 0:  # another child holds every pipe of ours open
    os.close(1)
threading.Event().wait()
"""


def alive(pid: int) -> bool:
    """Whether a process runs: one that ended and waits for nobody to ask after it does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    return False


@pytest.mark.slow
@pytest.mark.parametrize("thread", ["main", "other"])
def test_a_crawl_ends_when_its_parent_alone_is_killed(thread: str, settings: Settings, publisher: SimpleNamespace, tmp_path: Path) -> None:
    publisher.items = [{"id": f"id-{n:05}", "code": "1.000001", "name": "Thủ tục"} for n in range(5000)]
    job = Job("dichvucong", publisher.address, DAY, settings.model_dump_json()).as_json().decode()
    command = [sys.executable, "-c", PARENT, job, thread]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as parent:
        try:
            assert parent.stdout
            crawling = int(parent.stdout.readline())
            while sum(publisher.asked.values()) < 100:
                time.sleep(0.05)
            os.kill(parent.pid, signal.SIGKILL)
            ends = time.monotonic() + 60
            while alive(crawling) and time.monotonic() < ends:
                time.sleep(0.1)
            assert not alive(crawling)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(parent.pid, signal.SIGKILL)


@contextmanager
def trickling(first: bytes, again: bytes, every: float) -> Iterator[str]:
    """A server that answers with `first` and then `again` and again, without end; its address."""
    stopped = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def talk(line: socket.socket) -> None:
        with suppress(OSError), line:
            line.recv(65536)
            line.sendall(first)
            while not stopped.wait(every):
                line.sendall(again)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=talk, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        stopped.set()
        listening.close()


SLOW = {
    "a byte now and then": (HEAD + b"Content-Length: 100000\r\n\r\n", b"x", 0.05),
    "a byte now and then, without a length": (HEAD + b"\r\n", b"x", 0.05),
    "chunks without end": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05),
    "a head that does not end": (HEAD, b"X", 0.05),
    "an interim answer again and again": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.005),
    "a trailer that does not end": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n", 0.005),
}


@pytest.mark.parametrize("case", SLOW)
def test_an_answer_that_trickles_is_given_up_as_a_whole(case: str, settings: Settings) -> None:
    with trickling(*SLOW[case]) as address:
        crawler = Crawler(SourceSpider, scrapy_settings(SOURCES["dichvucong"], address, settings))

        async def ask() -> None:
            handler = LoopbackHandler(crawler)
            for _ in range(2):  # its thread is free again
                request = Request(address, meta={"download_timeout": 0.6, "download_maxsize": 1 << 20})
                with pytest.raises(DownloadTimeoutError, match=r"0\.6 seconds"):
                    await handler.download_request(request)
            handler._pool.shutdown(wait=True)

        asyncio.run(ask())


SCRAPYS_OWN = """
import sys
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.utils.defer import deferred_f_from_coro_f
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet.task import react
from extractors.crawl.limits import scrapy_settings
from extractors.crawl.spider import SourceSpider
from extractors.sources.registry import SOURCES
from rasoat.settings import Settings
async def ask(reactor):
    crawler = Crawler(SourceSpider, scrapy_settings(SOURCES["dichvucong"], "https://example.invalid", Settings()))
    handler = HTTP11DownloadHandler(crawler)
    for address in sys.argv[1:]:
        try:
            await handler.download_request(Request(address, meta={"download_timeout": 1.0, "download_maxsize": 1 << 20}))
        except Exception as error:
            print(type(error).__name__, flush=True)
react(deferred_f_from_coro_f(ask))
"""


@pytest.mark.slow
def test_scrapys_own_handler_gives_up_an_answer_as_a_whole_too(tmp_path: Path) -> None:
    """Asked in a process of its own, where its reactor runs once."""
    with ExitStack() as servers:
        addresses = [servers.enter_context(trickling(*SLOW[case])) for case in SLOW if "interim" not in case]
        command = [sys.executable, "-c", SCRAPYS_OWN, *addresses]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "RASOAT_HOME": str(tmp_path)}
        )
    assert done.stdout.split() == ["DownloadTimeoutError"] * len(addresses), done.stderr[-2000:]
