"""The demo's home, its pages through a client, and the same pages on loopback for Debian's chromium."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from cli.demo.publisher import Publisher
from cli.demo_command import DEMO_DAY, EDITIONS
from pipeline.steps import crawl_sources, publish_day
from rasoat.run_report import RunReport
from rasoat.settings import Settings
from rasoat.workspace import Workspace
from tests.conftest import missing
from web.app import application
from web.serving import server_of

CHROMIUM = Path("/usr/bin/chromium")
ADDRESS = "http://rasoat.test"


@pytest.fixture(scope="session")
def web_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample publisher, crawled, judged for its day, published and indexed: what `rasoat demo` leaves behind."""
    home = tmp_path_factory.mktemp("web")
    work, report = Workspace(Settings(home=home)), RunReport("test")
    with Publisher() as publisher:
        for edition, observed_on in EDITIONS:
            crawl_sources(work, report, [f"phapdien={publisher.url}/phapdien/{edition}/"], observed_on)
        crawl_sources(work, report, [f"dichvucong={publisher.url}", f"vbpl={publisher.url}"], DEMO_DAY)
    publish_day(work, report, DEMO_DAY, "embedded")
    work.engine.dispose()
    return home


def app_of(home: Path, address: str = ADDRESS, **settings: object) -> FastAPI:
    """The application on a home, on the demo's day; no test is held back by how often it asks."""
    often = {"web_rate": 1_000_000, "web_api_rate": 1_000_000}
    return application(Settings(home=home, **{**often, **settings}), address, lambda: DEMO_DAY)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def client(web_home: Path) -> Iterator[TestClient]:
    """The demo's pages without a network; redirects are told, not followed."""
    with TestClient(app_of(web_home), base_url=ADDRESS, follow_redirects=False) as opened:
        yield opened


@contextmanager
def served(home: Path, **settings: object) -> Iterator[str]:
    """A home's pages on loopback, as `rasoat serve` serves them: their address."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    app = app_of(home, address, **settings)
    server = server_of(app, app.state.store.settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield address
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def live(web_home: Path) -> Iterator[str]:
    """The demo's pages on loopback."""
    with served(web_home) as address:
        yield address


@pytest.fixture(scope="module")  # while it is open, its loop runs in this process, and others cannot run one of their own
def chromium() -> Iterator[Browser]:
    """Debian's browser, without a window; it loads nothing from outside this machine."""
    if not CHROMIUM.exists():
        missing("chromium", "apt-get install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()
