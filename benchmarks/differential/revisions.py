"""A git revision laid out in a temporary folder, and its own code run over a corpus in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORKING_TREE = "."
_COLLECT = Path(__file__).with_name("collect.py")


class NotComparedError(Exception):
    """Why there is no report, in one line."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one revision found: its records, how many texts it read or refused, and processor seconds."""

    revision: str
    commit: str
    records: list[dict[str, Any]]
    texts: int
    refused: int
    read_seconds: float
    seconds: float


def run(revision: str, repo: Path, corpus: Path, kind: str) -> Run:
    """Read the corpus with the code of `revision` ("." is the working tree).

    Raises:
        NotComparedError: no git, no such revision (a shallow clone?), or the revision's code failed.
    """
    with tempfile.TemporaryDirectory(prefix="rasoat-khac-biet-") as folder, laid_out(revision, repo, Path(folder)) as (root, commit):
        output = Path(folder) / "records.jsonl"
        command = [sys.executable, "-P", str(_COLLECT), str(root), str(corpus.resolve()), kind, str(output)]
        environment = _environment() | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise NotComparedError(f"{revision}: mã của phiên bản này không chạy được / its code failed: {last}")
        *records, summary = [json.loads(line) for line in output.read_text(encoding="utf-8").split("\n") if line]
    return Run(revision, commit, records, **summary)


@contextmanager
def laid_out(revision: str, repo: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """The root of the revision's files and its commit; its worktree is removed afterwards, also on errors."""
    if revision == WORKING_TREE:
        yield repo.resolve(), "working tree"
        return
    commit = commit_of(revision, repo)
    root = folder / "tree"
    try:
        _git(repo, "worktree", "add", "--quiet", "--detach", str(root), commit)
        yield root, commit[:12]
    finally:
        subprocess.run(  # noqa: S603 (also where adding it failed halfway)
            ["git", "-C", str(repo), "worktree", "remove", "--force", str(root)],  # noqa: S607
            env=_environment(), capture_output=True, check=False,
        )  # fmt: skip


def commit_of(revision: str, repo: Path) -> str:
    """The commit a revision names.

    Raises:
        NotComparedError: not a git checkout, or its history does not hold the revision.
    """
    try:
        return _git(repo, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except NotComparedError:
        pass
    try:
        shallow = _git(repo, "rev-parse", "--is-shallow-repository") == "true"
    except NotComparedError:
        raise NotComparedError(f"{repo}: không có lịch sử git, không so sánh được / no git history here") from None
    why = "bản sao nông, hãy chạy git fetch --unshallow / a shallow clone" if shallow else "không có phiên bản này / no such revision"
    raise NotComparedError(f"{revision}: {why}")


def _git(repo: Path, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(repo), *words], env=_environment(), capture_output=True, text=True, check=False  # noqa: S607
        )  # fmt: skip
    except FileNotFoundError:
        raise NotComparedError("máy này không có git / git is not installed") from None
    if done.returncode:
        raise NotComparedError((done.stderr.strip().splitlines() or ["git"])[-1])
    return done.stdout.strip()


def _environment() -> dict[str, str]:
    """Ours without what a git hook sets, which would point git at another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
