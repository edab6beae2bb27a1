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
from rasoat.trouble_words import sentence

_LARGEST = 512 * 1024 * 1024

_NAMED = 3  # files named where many are refused for one reason


class Misplaced(Trouble):
    """A file that a person has to say more about; its sentence begins with its field `file`."""


# (file's name, bytes) → (source it is kept under, its name there); raises Misplaced where a person has to say more.
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
    misplaced: dict[str, list[str]] = {}
    for done, (name, path) in enumerate(files):
        progress(path.name, done, len(files))
        report.asked += 1
        if path.stat().st_size > _LARGEST:
            report.failed[f"{path.name}: lớn hơn {_LARGEST // 2**20} MiB"] += 1
            continue
        data = path.read_bytes()
        try:
            source, key = placing(name, data)
        except Misplaced as refusal:
            misplaced.setdefault(refusal.code, []).append(name)
            continue
        if source not in recorders:
            recorders[source] = Recorder(engine, source, observed_on)
        changed = recorders[source].keep(archive, key, path.resolve().as_uri(), 200, {}, data, now())
        report.changed += changed
        report.unchanged += not changed
    for recorder in recorders.values():
        recorder.flush()
    archive.close()
    report.failed.update({_said_once(code, names): len(names) for code, names in misplaced.items()})
    if not recorders and report.failed:
        raise Trouble("import.nothing_placed", reasons="; ".join(report.failed), codes=list(misplaced))
    return {"import": report}


def _said_once(code: str, names: Sequence[str]) -> str:
    """One reason for all the files it holds for; fifteen scans are one thing to do."""
    if len(names) == 1:
        return sentence(code, file=names[0])
    said = sentence(code, file=f"{len(names)} tệp")
    return f"{said}: {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}"


def _files(given: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """The files by the names they are recorded under; the archive and the store hold Unicode names alone."""
    for name, path in _named(given):
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise Trouble("file.name", path=str(path)) from error
        yield name, path


def files_in(folder: Path) -> list[Path]:
    """The files of a folder and of those below it, in order; what is hidden, or lies in a hidden folder, is nobody's document."""
    found = (one for one in folder.rglob("*") if not any(part.startswith(".") for part in one.relative_to(folder).parts))
    return sorted(one for one in found if one.is_file())


def _named(given: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in given:
        if path.is_dir():
            found = files_in(path)
            if not found:
                raise Trouble("folder.empty", path=str(path))
            yield from ((f"{path.resolve().name}/{one.relative_to(path)}", one) for one in found)
        elif path.is_file():
            yield path.name, path
        else:
            raise Trouble("file.missing", path=str(path))
