"""`rasoat import`: files of an office go into the archive as they are, and are read from there like any answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from extractors.readers import IMPORTED
from rasoat.archive import Archive
from rasoat.progress import Progress
from rasoat.run_report import Received
from rasoat.store.capture_store import Recorder
from rasoat.trouble import Trouble

_LARGEST = 512 * 1024 * 1024

# (file's name, bytes) → (source it is kept under, its name there); raises Trouble where a person has to say more.
WhereKept = Callable[[str, bytes], tuple[str, str]]


def import_files(
    engine: Engine,
    archive: Archive,
    given: Sequence[Path],
    observed_on: date,
    now: Callable[[], datetime],
    progress: Progress,
    placing: WhereKept = lambda name, data: (IMPORTED, name),
) -> dict[str, Received]:
    """Archive every file once; a file that was imported before with the same bytes is unchanged.

    Raises:
        Trouble: a path does not exist, cannot be read, a folder holds no file, or no file at all could be placed.
    """
    files, report = list(_files(given)), Received()
    recorders: dict[str, Recorder] = {}
    for done, (name, path) in enumerate(files):
        progress(path.name, done, len(files))
        report.asked += 1
        if path.stat().st_size > _LARGEST:
            report.failed[f"{path.name}: lớn hơn {_LARGEST // 2**20} MiB"] += 1
            continue
        data = path.read_bytes()
        try:
            source, key = placing(name, data)
        except Trouble as trouble:
            report.failed[str(trouble)] += 1
            continue
        if source not in recorders:
            recorders[source] = Recorder(engine, source, observed_on)
        stored = archive.put(source, key, path.resolve().as_uri(), 200, {}, data, now())
        changed = recorders[source].record(key, path.resolve().as_uri(), 200, stored, now())
        report.changed += changed
        report.unchanged += not changed
    for recorder in recorders.values():
        recorder.flush()
    archive.close()
    if not recorders and report.failed:
        raise Trouble("; ".join(report.failed))
    return {"import": report}


def _files(given: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in given:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            if not found:
                raise Trouble(f"Thư mục {path} không có tệp nào.")
            yield from ((f"{path.resolve().name}/{one.relative_to(path)}", one) for one in found)
        elif path.is_file():
            yield path.name, path
        else:
            raise Trouble(f"Không có tệp {path}; kiểm tra lại đường dẫn.")
