"""The folder an embedded index lives in: which version serves, one build at a time, and whatever else may lie there.

Anybody may have written, moved or cut anything in it. What cannot be believed is named (`IndexDamaged`); a build takes nothing for
granted: what stands in its way is put aside or removed, for nothing here is more than a copy of the store.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rasoat.system_words import refusal
from search.engines.index_layout import layout_hash
from search.index_contract import IndexBusy, IndexDamaged, IndexMissing, IndexUnusable

_VERSION = re.compile(r"[0-9a-f]{8}-[0-9a-f]{12}")
_LONGEST = 100  # bytes that a pointer may have


class IndexFolder:
    """`root/VERSION/` are the versions, `root/current` names the one that serves, `root/build.lock` is held while one is built."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pointer = root / "current"

    def serving(self) -> str:
        """The version that serves.

        Raises:
            IndexMissing: nothing was built yet, or by another layout.
            IndexDamaged: the pointer says nothing that was ever written there, or names a version that is gone.
            IndexUnusable: the folder is none, or the system does not let us read it.
        """
        with readable(self._root):
            if not os.path.lexists(self._root):
                raise IndexMissing("index.missing")
            if not self._root.is_dir():
                raise IndexUnusable("index.no_folder", folder=str(self._root))
            if not os.path.lexists(self._pointer):
                raise IndexMissing("index.missing")
            if not self._pointer.is_file():  # a folder, a pipe, a link to nowhere
                raise self.damaged("current")
            with self._pointer.open("rb") as file:
                version = file.read(_LONGEST).strip().decode("ascii", "replace")
            if not _VERSION.fullmatch(version):
                raise self.damaged("current")
            if not version.startswith(layout_hash()):
                raise IndexMissing("index.missing")
            if not (self._root / version).is_dir():
                raise self.damaged(version)
        return version

    def damaged(self, name: object) -> IndexDamaged:
        """That `name`, a path below the folder, is not as it was written."""
        return IndexDamaged("index.damaged", path=str(self._root / str(name)))

    def of(self, version: str) -> Path:
        """Where a version lies."""
        return self._root / version

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A new version's empty folder, which serves when the block ends well and is removed when it does not.

        One build at a time; the lock goes with the process that held it.
        """
        with writable(self._root):
            self._make_way()
            lock = (self._root / "build.lock").open("a")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexBusy("index.building") from error
            version = f"{layout_hash()}-{uuid.uuid4().hex[:12]}"
            folder, before = self._root / version, self._before()
            try:
                with writable(folder):
                    (folder / "index").mkdir(parents=True)
                yield folder
                with writable(self._pointer):
                    _clear(self._pointer, keep=Path.is_file)
                    replace(self._pointer, version.encode())
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._sweep({version, before, "current", "build.lock"})

    def _make_way(self) -> None:
        """A folder and a lock that can be used, whatever stood in their places. What is not ours is put aside, not removed."""
        if os.path.lexists(self._root) and not self._root.is_dir():
            self._root.rename(self._root.with_name(f"{self._root.name}.{uuid.uuid4().hex[:8]}.aside"))
        self._root.mkdir(parents=True, exist_ok=True)
        _clear(self._root / "build.lock", keep=lambda lock: lock.is_file() and not lock.is_symlink())

    def _before(self) -> str:
        """The version that served until now, or "": whoever asks from it may go on."""
        with suppress(IndexMissing, IndexDamaged):
            return self.serving()
        return ""

    def _sweep(self, kept: set[str]) -> None:
        """Remove all else; a reader that still has a version open keeps its files until it closes."""
        for path in self._root.iterdir():
            if path.name not in kept and (path.is_dir() or path.name.endswith(".new")):
                with suppress(OSError):
                    _clear(path)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Around whatever is read of an index.

    Raises:
        IndexUnusable: the system does not let us.
    """
    try:
        yield
    except OSError as error:
        raise IndexUnusable("index.unreadable", path=str(error.filename or path), reason=refusal(error)) from error


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Around whatever is written of an index.

    Raises:
        IndexUnusable: the disk is full, or the system does not let us.
    """
    try:
        yield
    except OSError as error:
        raise IndexUnusable("index.unwritten", path=str(error.filename or path), reason=refusal(error)) from error


def replace(path: Path, data: bytes) -> None:
    """Replace a file at once: a reader sees the old or the new, and a crash leaves one of them."""
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _clear(path: Path, keep: Callable[[Path], bool] = lambda _: False) -> None:
    """Remove what stands in a place, whatever it is, unless it is to be kept."""
    if not os.path.lexists(path) or keep(path):
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
