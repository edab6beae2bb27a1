"""The crawl step: ask a source everything it publishes, write the answers to the archive, and nothing else.

Scrapy's reactor runs once in a process, so every crawl runs in a process of its own and streams its progress back.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import orjson

from extractors.crawl.job import Job, is_loopback
from extractors.sources.base import Source
from rasoat.report import Received
from rasoat.settings import Settings
from rasoat.trouble import Trouble

Progress = Callable[[str, int, int], None]  # what, done, of how many


def crawl(source: Source, address: str | None, settings: Settings, observed_on: date, progress: Progress) -> Received:
    """Crawl one source at its own or another address.

    A crawl killed at any moment and started again with the same day goes on where it stopped. What could not be asked at
    all is in the report's `down`; what is already stored stays.

    Raises:
        Trouble: a real host is to be asked and no contact is set.
    """
    base = (address or source.base_url).rstrip("/")
    if not base.startswith(("http://", "https://")):
        raise Trouble(f"Địa chỉ nguồn {source.name} phải bắt đầu bằng http:// hoặc https://, không phải {base!r}.")
    if not is_loopback(base) and not settings.contact and not settings.user_agent:
        raise Trouble("Cần đặt RASOAT_CONTACT (email hoặc trang liên hệ) trước khi hỏi một cổng thật / set it before asking a real host.")
    job = Job(source.name, base, observed_on, settings.model_dump_json())
    with subprocess.Popen(
        [sys.executable, "-m", "extractors.crawl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    ) as child:
        try:
            return _listen(child, job, progress)
        finally:
            if child.poll() is None:
                child.terminate()


def _environment() -> dict[str, str]:
    """This process's environment, with our own packages importable."""
    root = str(Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{others}" if others else root}


def _listen(child: subprocess.Popen[bytes], job: Job, progress: Progress) -> Received:
    assert child.stdin is not None
    assert child.stdout is not None
    with suppress(BrokenPipeError), child.stdin:
        child.stdin.write(job.as_json())
    report: Received | None = None
    for line in child.stdout:
        said = orjson.loads(line)
        if "report" in said:
            report = _received(said["report"])
        else:
            progress(said["what"], said["done"], said["total"])
    code = child.wait()
    return report or Received(down=f"tiến trình thu thập dừng giữa chừng, mã {code} / the crawling process ended early")


def _received(said: dict[str, object]) -> Received:
    report = Received()
    for name, value in said.items():
        if name == "failed":
            report.failed.update(value)  # type: ignore[arg-type]
        else:
            setattr(report, name, value)
    return report
