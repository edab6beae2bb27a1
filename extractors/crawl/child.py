"""The crawling process seen from its parent: started at the first crawl, kept for the next ones, ended with the parent."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from extractors.crawl.job import Job
from rasoat.progress import Progress
from rasoat.run_report import Received
from rasoat.words.crawl_words import DIED

_ONE_AT_A_TIME = threading.Lock()
_kept: dict[int, subprocess.Popen[bytes]] = {}  # by the parent's process id: a forked parent starts its own


def run(job: Job, progress: Progress) -> Received:
    """Have one crawl done; `progress` is told (what, done, of how many) a few times a second."""
    with _ONE_AT_A_TIME:
        child = _child()
        try:
            return _listen(child, job, progress)
        except BaseException:  # interrupted half-way: what it had kept is kept
            child.kill()
            child.wait()
            raise


def _child() -> subprocess.Popen[bytes]:
    kept = _kept.get(os.getpid())
    if kept is None or kept.poll() is not None:
        thread = "main" if threading.current_thread() is threading.main_thread() else "other"
        command = [sys.executable, "-m", "extractors.crawl", str(os.getpid()), thread]
        kept = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment())  # noqa: S603 - our own module
        if os.getpid() not in _kept:
            atexit.register(_end, os.getpid())
        _kept[os.getpid()] = kept
    return kept


def _end(parent: int) -> None:
    child = _kept.pop(parent, None)
    if child is not None and parent == os.getpid():
        try:
            child.communicate(timeout=10)
        except BrokenPipeError:
            pass
        except subprocess.TimeoutExpired:
            child.kill()  # it has nothing left to do: its answers were taken


def _environment() -> dict[str, str]:
    """This process's environment, with our own packages importable."""
    root = str(Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{others}" if others else root}


def _listen(child: subprocess.Popen[bytes], job: Job, progress: Progress) -> Received:
    assert child.stdin is not None
    assert child.stdout is not None
    with suppress(BrokenPipeError):
        child.stdin.write(job.as_json() + b"\n")
        child.stdin.flush()
    for line in child.stdout:
        try:
            said = orjson.loads(line)
        except orjson.JSONDecodeError:  # cut off in the middle of a word, or what a library prints
            continue
        if "report" in said:
            return _received(said["report"])
        progress(said["what"], said["done"], said["total"])
    return Received(down=DIED.format(code=child.wait()))


def _received(said: dict[str, Any]) -> Received:
    report = Received(said["asked"], said["changed"], said["unchanged"], said["missing"], down=said["down"], doubts=said["doubts"])
    report.failed.update(said["failed"])
    return report
