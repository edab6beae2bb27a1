"""The structured log of a run: JSON lines that say which run, which source, which item."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cli.demo.publisher import Publisher

pytestmark = pytest.mark.slow
DAY = "2026-11-22"


class _Broken(BaseHTTPRequestHandler):
    """Allows everything, and fails at every question."""

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the name the standard library looks up


@contextmanager
def broken_publisher() -> Iterator[str]:
    """Its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Broken) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What `rasoat run` logs at INFO of two sources, one of which fails at every question."""
    home = tmp_path_factory.mktemp("logged")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RASOAT_")}
    with Publisher() as publisher, broken_publisher() as broken:
        sources = [f"--source=phapdien={publisher.url}/phapdien/2026-10", f"--source=vbpl={broken}"]
        command = [sys.executable, "-c", "from cli import app; app()", "run", *sources, "--observed-on", DAY, "--as-of", DAY]
        env = {**kept, "RASOAT_HOME": str(home), "RASOAT_LOG_LEVEL": "INFO"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    return [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]


def test_every_line_names_its_run(events: list[dict[str, Any]]) -> None:
    assert {event["event"] for event in events} >= {"begun", "no answer", "quarantined", "ended"}
    (run,) = {event["run"] for event in events}
    assert run == 1
    assert all(event["level"] and event["timestamp"] for event in events)


def test_what_was_refused_is_named_with_its_source_item_and_reason(events: list[dict[str, Any]]) -> None:
    refused = [event for event in events if event["event"] == "quarantined"]
    assert {event["source"] for event in refused} == {"phapdien"}
    assert all(event["item"] and event["reason"] and event["piece"] for event in refused)


def test_what_was_not_answered_is_named_with_its_source_window_and_item(events: list[dict[str, Any]]) -> None:
    unanswered = [event for event in events if event["event"] == "no answer"]
    assert {(event["source"], event["window"]) for event in unanswered} == {("vbpl", "all")}
    assert all(event["item"] and event["reason"] for event in unanswered)


def test_the_last_line_holds_the_report(events: list[dict[str, Any]]) -> None:
    assert events[-1]["event"] == "ended"
    assert events[-1]["report"]["received"]["vbpl"]["down"]
