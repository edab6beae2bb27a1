"""The folder the demo keeps its result in: made anew each time, and nothing that the demo did not make is ever removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from rasoat.demo_mark import DEMO_MARK
from rasoat.trouble import Trouble

_MADE = ("archive", "search", "quality", "reports", "rasoat.db", "rasoat.db-wal", "rasoat.db-shm")


def fresh_folder(folder: Path) -> Path:
    """The folder without the result of an earlier demo; what a person put beside that result stays.

    Raises:
        Trouble: it holds something and no demo made it, or it cannot be written.
    """
    mark = folder / DEMO_MARK
    try:
        if folder.exists() and not mark.exists() and any(folder.iterdir()):
            raise Trouble("demo.folder_taken", folder=str(folder))
        folder.mkdir(0o700, parents=True, exist_ok=True)
        for name in _MADE if mark.exists() else ():
            _remove(folder / name)
        mark.write_text("Do lệnh rasoat demo tạo, lần chạy sau thay mới. / Made by rasoat demo; the next run replaces it.\n", "utf-8")
    except OSError as error:
        raise Trouble("demo.folder", folder=str(folder), reason=error.strerror or str(error)) from error
    return folder


def _remove(made: Path) -> None:
    if made.is_dir() and not made.is_symlink():
        shutil.rmtree(made)
    else:
        made.unlink(missing_ok=True)
