"""A run killed again and again ends in the rows of one that nobody disturbed, and leaves no process behind.

    python -m benchmarks.kill_chain --publisher FILE --seed N --kills 25 HOME_UNDISTURBED HOME_CHAIN DATA

The steps build a home from recorded packs (DATA) that a publisher on loopback serves (`FILE --data DATA --port PORT --listed all`).
HOME_UNDISTURBED is built first where it is empty. In HOME_CHAIN the same steps are killed (SIGKILL) at random moments spread over the run, by
turns the parent alone (what the kernel does when memory ends) and its whole group; ten seconds later nothing of ours may be left; then the
same step goes on, until it ends with 0. At last every table of both homes is compared row by row. Exit 1 where anything differs or was left.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psutil

from benchmarks.differential.tables import differences

_ROOT = Path(__file__).resolve().parent.parent
_STEPS = (
    "import {data}/procedures/captures-2026-06.jsonl --observed-on 2026-06-10",
    "import {data}/texts/laws {data}/texts/documents-2026.jsonl {data}/texts/more --observed-on 2026-08-31",
    "run --source phapdien={url}/phapdien/2024-03/ --observed-on 2024-03-15 --as-of 2024-03-15",
    "run --source phapdien={url}/phapdien/2026-02/ --observed-on 2026-02-23 --as-of 2026-02-23",
    "run --source dichvucong={url} --observed-on 2026-07-18 --as-of 2026-07-18",
    "run --source vbpl={url} --observed-on 2026-05-31 --as-of 2026-11-29",
)
_GRACE = 10.0  # seconds in which everything must be gone
_LOOK = 0.1


@dataclass
class Chain:
    """A home that is built step by step while it is being killed."""

    home: Path
    steps: list[str]
    lengths: list[float]  # seconds each step takes undisturbed
    kills: int
    draw: random.Random
    done: int = 0
    left: list[str] = field(default_factory=list)

    def run(self) -> None:
        """All steps with all kills; kills that a step was too quick for are laid on the next, at last on the last step again."""
        owed = 0
        for at, step in enumerate(self.steps):
            ending = at + 1 == len(self.steps)
            share = self.kills - self.done if ending else round(self.kills * sum(self.lengths[: at + 1]) / sum(self.lengths)) - self.done
            owed = self.step(step, self.lengths[at], max(0, share))
        while owed:
            owed = self.step(self.steps[-1], 3.0, owed)

    def step(self, step: str, length: float, kills: int) -> int:
        """One step until it ends with 0; how many of its kills came too late."""
        moments = sorted(self.draw.uniform(0, length) for _ in range(kills))
        waits = [later - earlier for earlier, later in zip([0.0, *moments], moments, strict=False)]
        print(f"{step}\n  {kills} kills, undisturbed {length:.0f} s", flush=True)
        for at, wait in enumerate(waits):
            running = Running(self.home, step.split())
            if running.ended_within(wait):
                return kills - at
            alone = self.done % 2 == 0
            running.kill(alone=alone)
            self.done += 1
            left = running.left()
            self.left += left
            said = f"LEFT: {left}" if left else "nothing left"
            print(f"  kill {self.done} after {wait:.1f} s, {'parent alone' if alone else 'whole group'}: {said}", flush=True)
        Running(self.home, step.split()).finish()
        return 0


class Running:
    """One command of rasoat as a process with a group of its own, and everything that came of it."""

    def __init__(self, home: Path, words: Sequence[str]) -> None:
        environment = {**os.environ, "RASOAT_HOME": str(home), "PYTHONPATH": str(_ROOT)}
        command = [sys.executable, "-m", "rasoat.start", *words]
        self._mark = f"RASOAT_HOME={home}".encode()
        self._said = (home.parent / f"{home.name}.log").open("ab")
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=_ROOT, env=environment, start_new_session=True, stdout=self._said, stderr=self._said
        )
        self._seen: dict[int, psutil.Process] = {}

    def ended_within(self, seconds: float) -> bool:
        """Whether it ended by itself; meanwhile all its children are learnt, those in sessions of their own, too."""
        until = time.monotonic() + seconds
        while self._process.poll() is None:
            self._learn()
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK)
        self.finish()
        return True

    def finish(self) -> None:
        """Wait for its end, which must be a good one."""
        code = self._process.wait()
        self._said.close()
        if code:
            raise SystemExit(f"a step ended with {code}; see {self._said.name}")

    def kill(self, *, alone: bool) -> None:
        """SIGKILL for the parent, or for its whole group."""
        self._learn()
        if alone:
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._said.close()

    def left(self) -> list[str]:
        """What is still there when the time of grace is over; it is ended, so that the chain can go on."""
        until = time.monotonic() + _GRACE
        while (there := list(self._alive())) and time.monotonic() < until:
            time.sleep(_LOOK)
        named = [f"{one.pid} {' '.join(_of(one))[:120]}" for one in there]
        for one in there:
            with suppress(psutil.Error):
                one.kill()
        return named

    def _learn(self) -> None:
        with suppress(psutil.Error):
            self._seen |= {one.pid: one for one in psutil.Process(self._process.pid).children(recursive=True)}

    def _alive(self) -> Iterator[psutil.Process]:
        """Processes with our home in their environment, of our session, or that came of ours."""
        for one in psutil.process_iter():
            if one.pid == os.getpid():
                continue
            with suppress(psutil.Error, OSError):
                known = self._seen.get(one.pid) == one
                ours = self._mark in Path(f"/proc/{one.pid}/environ").read_bytes().split(b"\0")
                if (known or ours or os.getsid(one.pid) == self._process.pid) and one.status() != psutil.STATUS_ZOMBIE:
                    yield one


def _of(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


@contextmanager
def publisher(program: Path, data: Path) -> Iterator[str]:
    """The address of a publisher that serves the packs."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, str(program), "--data", str(data), "--port", str(port), "--listed", "all"]
    serving = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - the program the user names
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(_LOOK)
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.kill()
        serving.wait()


def lengths(home: Path, steps: list[str]) -> list[float]:
    """How many seconds the steps took in a home that was built, by its log of runs."""
    with sqlite3.connect(f"file:{home / 'rasoat.db'}?mode=ro", uri=True) as store:
        runs = store.execute("SELECT started_at, ended_at FROM runs WHERE ended_at IS NOT NULL ORDER BY id").fetchall()
    store.close()
    if len(runs) < len(steps):
        raise SystemExit(f"{home} holds {len(runs)} runs, not {len(steps)}")
    return [
        max(1.0, (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds()) for begun, ended in runs[: len(steps)]
    ]


def main() -> int:
    """Build, kill, compare; exit 1 where a row differs or a process was left."""
    asked = argparse.ArgumentParser(description="A chain of kills over the building of a home.")
    asked.add_argument("undisturbed", type=Path)
    asked.add_argument("chain", type=Path)
    asked.add_argument("data", type=Path)
    asked.add_argument("--publisher", type=Path, required=True, help="a program that serves DATA on loopback")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kills", type=int, default=25)
    asked.add_argument("--steps", default="123456", help="which of the six steps, in order")
    given = asked.parse_args()
    undisturbed, home = given.undisturbed.resolve(), given.chain.resolve()
    if home.exists() and any(home.iterdir()):
        raise SystemExit(f"{home} is not empty")
    with publisher(given.publisher, given.data) as url:
        steps = [_STEPS[int(number) - 1].format(data=given.data.resolve(), url=url) for number in given.steps]
        if not (undisturbed / "rasoat.db").exists():
            undisturbed.mkdir(parents=True, exist_ok=True)
            for step in steps:
                Running(undisturbed, step.split()).finish()
        home.mkdir(parents=True, exist_ok=True)
        chain = Chain(home, steps, lengths(undisturbed, steps), given.kills, random.Random(given.seed))  # noqa: S311 - moments, no secrets
        begun = time.monotonic()
        chain.run()
    print(f"{chain.done} kills, {time.monotonic() - begun:.0f} s, {len(chain.left)} processes left")
    differ = differences(undisturbed, home)
    return 1 if differ or chain.left else 0


if __name__ == "__main__":
    sys.exit(main())
