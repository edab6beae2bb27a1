"""How fast the pages are: clients that ask everything mixed, and beside them a plain file server that sends the very same bytes.

    python -m benchmarks.web HOME [--clients 8] [--seconds 60] [--seed 1] [--no-phone]

`rasoat serve` is started on the home as anybody starts it, one process. Each client asks, on one connection, the next page of a kind drawn
at random when it has its answer; then as many clients ask the same bodies of the file server (nginx where it is installed, else Python's).
Told by kind: the server's processor time asked one by one, p50 and p95 of both, bytes as sent (gzip) and what a second look costs; of all:
answers a second, processor time an answer, memory, seconds until it is ready. Then the first page on a slow phone: 360 px, 400 kbit/s, 400 ms,
a quarter of the processor, in Chromium. A table on standard error, one JSON line on standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.table import Table as TextTable
from sqlalchemy import Table, select

from queries.document_address import document_slug
from rasoat.settings import Settings
from rasoat.store.published_schema import coverage_units, procedures_now, published_documents, timelines
from web.published_store import ReadWorkspace

_DRAWN = 60  # addresses of a kind
_ASKED_WORDS = (
    "dang ky khai sinh", "cấp lại giấy phép lái xe", "thành lập doanh nghiệp", "hộ tịch", "chứng thực bản sao", "63/2010/NĐ-CP", "đất đai cấp sổ đỏ",
    "bảo hiểm y tế", "thuế giá trị gia tăng", "xuất khẩu", "nuôi con nuôi", "tạm trú", "lý lịch tư pháp", "giấy phép xây dựng", "kết hôn",
)  # fmt: skip
# p95 in milliseconds that each kind may take (two quiet cores, 8 clients).
WANTED = {
    "home": 60, "search": 150, "suggest": 60, "procedure": 60, "document": 60, "provision": 60, "unit": 60, "coverage": 80, "province": 80,
    "figures": 80, "ended bases": 80, "endings": 80, "sources": 80,
}  # fmt: skip
# An everyday mix: how many times a kind is asked for each time another is.
_WEIGHT = {"procedure": 6, "document": 6, "search": 6, "suggest": 4, "provision": 2, "unit": 2}


@dataclass(slots=True)
class KindSeen:
    """What was seen of one kind: seconds of each answer, bytes as sent, of a second look too, and answers that were no 200."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    failed: int = 0

    def p(self, share: float) -> float:
        """So many milliseconds or less took this share of the answers."""
        told = sorted(self.seconds)
        return round(told[min(len(told) - 1, int(len(told) * share))] * 1000, 1) if told else 0.0


def addresses(home: Path, dice: Random) -> dict[str, list[str]]:
    """Addresses of every kind, drawn from what is published."""
    work = ReadWorkspace(Settings(home=home))

    def drawn(table: Table, *names: str) -> list[Any]:
        with work.engine.connect() as connection:
            rows = connection.execute(select(*(table.c[name] for name in names)).where(table.c.died.is_(None)).distinct()).all()
        return dice.sample(rows, min(_DRAWN, len(rows)))

    codes, ids = drawn(procedures_now, "code"), drawn(published_documents, "id")
    with work.engine.connect() as connection:
        named = {row.key: row.id for row in connection.execute(select(published_documents.c.key, published_documents.c.id))}
    parts = [
        row for row in drawn(timelines, "key", "provision") if row.provision and "~" not in row.provision and row.key in named
    ]  # "~": what is left of it
    units = [row.unit for row in drawn(coverage_units, "unit")] or ["bo-tu-phap"]
    work.engine.dispose()
    return {
        "home": ["/"],
        "search": [f"/tim?q={quote(words)}" for words in _ASKED_WORDS],
        "suggest": [f"/goi-y?q={quote(words[:at])}" for words in _ASKED_WORDS for at in (4, 9)],
        "procedure": [f"/tt/{row.code}" for row in codes],
        "document": [f"/vb/{document_slug(row.id)}" for row in ids],
        "provision": [f"/vb/{document_slug(named[row.key])}/{row.provision}" for row in parts] or ["/"],
        "unit": [f"/don-vi/{unit}" for unit in units],
        "coverage": ["/cong-khai", "/cong-khai?kenh=premises", "/cong-khai?xep=ten"],
        "province": [f"/cong-khai/{head}" for head in sorted({unit.partition("/")[0] for unit in units})],
        "figures": ["/so-lieu", "/so-lieu?co-quan=bo-tai-chinh"],
        "ended bases": ["/so-lieu/can-cu-het-hieu-luc", "/so-lieu/can-cu-het-hieu-luc?co-quan=bo-tai-chinh"],
        "endings": ["/sap-het-hieu-luc"],
        "sources": ["/nguon"],
    }


@contextmanager
def serving(home: Path) -> Iterator[tuple[int, subprocess.Popen[bytes], float]]:
    """`rasoat serve` on a home: its port, its process, and the seconds until it answered."""
    port = _free()
    env = {**os.environ, "RASOAT_HOME": str(home), "RASOAT_WEB_RATE": "1000000000", "RASOAT_LOG_LEVEL": "WARNING"}
    begun = time.perf_counter()
    words = [sys.executable, "-m", "rasoat.start", "serve", "--port", str(port)]
    process = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        while True:
            try:
                if _get(HTTPConnection("127.0.0.1", port, timeout=30), "/nguon").status == 200:
                    break
            except OSError:
                time.sleep(0.02)
        ready = time.perf_counter() - begun
        yield port, process, ready
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def file_server(folder: Path) -> Iterator[tuple[int, str]]:
    """A plain server of a folder: its port and its name."""
    port, nginx = _free(), shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx:
        told = (
            f"worker_processes 1; daemon off; pid {folder}/pid; error_log stderr crit; events {{}} http {{ access_log off; "
            f"client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; "
            f"scgi_temp_path {folder}/s; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}"
        )
        (folder / "nginx.conf").write_text(told, "utf-8")
        words = [nginx, "-c", str(folder / "nginx.conf")]
    else:
        words = [
            sys.executable,
            "-m",
            "http.server",
            str(port),
            "--bind",
            "127.0.0.1",
            "--directory",
            str(folder),
            "--protocol",
            "HTTP/1.1",
        ]
    folder.chmod(0o755)
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.02)
        yield port, "nginx" if nginx else "http.server"
    finally:
        process.terminate()
        process.wait(10)


@dataclass(frozen=True, slots=True)
class Got:
    """An answer."""

    status: int
    body: bytes
    etag: str


def _get(connection: HTTPConnection, address: str, etag: str = "") -> Got:
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", **({"If-None-Match": etag} if etag else {})})
    answer = connection.getresponse()
    return Got(answer.status, answer.read(), answer.headers.get("ETag", ""))


def load(port: int, asked: Mapping[str, Sequence[str]], clients: int, seconds: float, seed: int) -> tuple[dict[str, KindSeen], float]:
    """So many clients ask for so many seconds: what was seen by kind, and how many answers a second came."""
    kinds, weights = list(asked), [_WEIGHT.get(kind, 1) for kind in asked]
    seen: list[dict[str, KindSeen]] = [defaultdict(KindSeen) for _ in range(clients)]
    until = time.perf_counter() + seconds

    def client(at: int) -> None:
        dice = Random(seed * 1000 + at)  # noqa: S311 - drawing pages is no secret
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            kind = dice.choices(kinds, weights)[0]
            begun = time.perf_counter()
            got = _get(connection, dice.choice(asked[kind]))
            one = seen[at][kind]
            one.seconds.append(time.perf_counter() - begun)
            one.sizes.append(len(got.body))
            one.failed += got.status not in (200, 302, 303, 307)

    threads = [threading.Thread(target=client, args=(at,)) for at in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, whole = time.perf_counter() - begun, defaultdict[str, KindSeen](KindSeen)
    for one in seen:
        for kind, found in one.items():
            whole[kind].seconds += found.seconds
            whole[kind].sizes += found.sizes
            whole[kind].failed += found.failed
    return dict(whole), sum(len(one.seconds) for one in whole.values()) / took


def alone(port: int, pid: int, asked: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """One client: milliseconds of the server's processor an answer of each kind takes, whatever else the machine does."""
    connection, found = HTTPConnection("127.0.0.1", port, timeout=60), {}
    for kind, its in asked.items():
        many = [its[at % len(its)] for at in range(_DRAWN)]
        before, _ = _used(pid)
        for address in many:
            _get(connection, address)
        after, _ = _used(pid)
        found[kind] = round((after - before) * 1000 / len(many), 1)
    return found


def saved(port: int, asked: Mapping[str, Sequence[str]], folder: Path) -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    """The bodies as the pages send them, as files; and the bytes that a second look at each costs."""
    connection, files, again = (
        HTTPConnection("127.0.0.1", port, timeout=60),
        defaultdict[str, list[str]](list),
        defaultdict[str, list[int]](list),
    )
    for kind, its in asked.items():
        for at, address in enumerate(its):
            got = _get(connection, address)
            name = f"{kind.replace(' ', '-')}-{at}"
            (folder / name).write_bytes(got.body)
            files[kind].append(f"/{name}")
            if got.etag:
                again[kind].append(len(_get(connection, address, got.etag).body))
    return dict(files), dict(again)


def first_page_on_a_phone(port: int, path: str = "/") -> dict[str, float]:
    """The first page of somebody who has nothing yet: largest paint and first paint in milliseconds, shift of the layout, bytes, requests."""
    from playwright.sync_api import sync_playwright

    watch = (
        "window.seen={lcp:0,cls:0};new PerformanceObserver(l=>{for(const e of l.getEntries())seen.lcp=e.startTime})"
        ".observe({type:'largest-contentful-paint',buffered:true});new PerformanceObserver(l=>{for(const e of l.getEntries())"
        "if(!e.hadRecentInput)seen.cls+=e.value}).observe({type:'layout-shift',buffered:true})"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True).new_page()
        session, came = page.context.new_cdp_session(page), [0, 0]
        session.send("Network.enable")
        slow = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
        session.send("Network.emulateNetworkConditions", slow)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})

        def finished(told: dict[str, Any]) -> None:
            came[0] += int(told["encodedDataLength"])
            came[1] += 1

        session.on("Network.loadingFinished", finished)
        page.add_init_script(watch)
        page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
        page.wait_for_timeout(1000)
        seen = page.evaluate("({...seen, fcp: performance.getEntriesByName('first-contentful-paint')[0].startTime})")
        browser.close()
    return {"lcp_ms": round(seen["lcp"]), "fcp_ms": round(seen["fcp"]), "cls": round(seen["cls"], 4), "bytes": came[0], "requests": came[1]}


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _used(pid: int) -> tuple[float, float]:
    """Processor seconds of a process so far, and its own memory in MB (files that are mapped belong to the system)."""
    told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    peak = next(line for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines() if line.startswith("RssAnon"))
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


def measured(home: Path, clients: int, seconds: float, seed: int, *, phone: bool) -> dict[str, Any]:
    """Everything, by name."""
    asked = addresses(home, Random(seed))  # noqa: S311 - drawing pages is no secret
    with tempfile.TemporaryDirectory() as folder, serving(home) as (port, process, ready):
        files, again = saved(port, asked, Path(folder))  # and with that everything is warm
        each = alone(port, process.pid, asked)
        before, _ = _used(process.pid)
        pages, rate = load(port, asked, clients, seconds, seed)
        after, peak = _used(process.pid)
        with file_server(Path(folder)) as (plain_port, plain):
            beside, plain_rate = load(plain_port, files, clients, min(seconds, 20), seed)
        seen = {path: first_page_on_a_phone(port, path) for path in ("/", asked["procedure"][0], "/cong-khai")} if phone else {}
    answers = sum(len(one.seconds) for one in pages.values())
    return {
        "clients": clients, "seconds": seconds, "ready_s": round(ready, 2), "answers_per_s": round(rate, 1), "peak_mb": round(peak),
        "cpu_ms_per_answer": round((after - before) * 1000 / answers, 1), "plain": plain, "plain_answers_per_s": round(plain_rate, 1),
        "load": os.getloadavg()[0], "phone": seen,
        "kinds": {
            kind: {
                "n": len(one.seconds), "p50_ms": one.p(0.5), "p95_ms": one.p(0.95), "wanted_ms": WANTED[kind], "cpu_ms": each[kind], "failed": one.failed,
                "plain_p50_ms": beside[kind].p(0.5) if kind in beside else None, "plain_p95_ms": beside[kind].p(0.95) if kind in beside else None,
                "bytes": median(one.sizes), "most_bytes": max(one.sizes), "again_bytes": max(again.get(kind, [0])) if kind in again else None,
            }
            for kind, one in pages.items()
        },
    }  # fmt: skip


def _shown(told: Mapping[str, Any]) -> TextTable:
    title = (
        f"{told['clients']} clients: {told['answers_per_s']} answers/s, {told['cpu_ms_per_answer']} ms of the processor each; "
        f"{told['peak_mb']} MB; ready in {told['ready_s']} s; {told['plain']}: {told['plain_answers_per_s']}/s; load {told['load']:.1f}"
    )
    table = TextTable("page", "n", "cpu", "p50", "p95", "wanted", f"{told['plain']} p50", "p95", "bytes", "most", "again", title=title)
    for kind in WANTED:
        if one := told["kinds"].get(kind):
            names = ("n", "cpu_ms", "p50_ms", "p95_ms", "wanted_ms", "plain_p50_ms", "plain_p95_ms", "bytes", "most_bytes", "again_bytes")
            table.add_row(kind + (f" ({one['failed']} failed)" if one["failed"] else ""), *(str(one[name]) for name in names))
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-phone", action="store_true")
    given = parser.parse_args()
    told = measured(given.home, given.clients, given.seconds, given.seed, phone=not given.no_phone)
    console = Console(stderr=True, width=140)
    console.print(_shown(told))
    for path, one in told["phone"].items():
        console.print(path, one)
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
