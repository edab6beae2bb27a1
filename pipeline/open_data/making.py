"""Makes the set of public files of a day: one pass over each list, nothing held but the row at hand; the set appears whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.open_data.open_files import RowSink, forms_of, open_file
from pipeline.open_data.open_manifest import CONCLUSION, LICENCE, MANIFEST, OpenFile, OpenManifest, manifest_there, set_folder
from pipeline.open_data.open_tables import OPEN_TABLES, OpenRows, OpenTable
from queries.data_age import data_age
from queries.finding_filter import FindingFilter
from queries.judged_citations import judged_on
from queries.published_moment import published_rows
from rasoat import __version__
from rasoat.store.published_timelines import PublishedRows
from rasoat.workspace import Workspace

_MAKING = ".making"


def make_open_data(work: Workspace, day: date) -> OpenManifest:
    """The set of the publication that stands, made where it is not there yet; sets of other days and publications go.

    Raises:
        Trouble: the store holds something and nothing of it was ever published.
        OSError: the folder cannot be written.
    """
    with _alone(work.settings.home / "downloads") as place, published_rows(work) as rows:
        folder = set_folder(work.settings.home, day, rows.publication)
        if there := manifest_there(folder):
            return there
        making = place / _MAKING
        shutil.rmtree(making, ignore_errors=True)  # of one that was killed
        making.mkdir()
        manifest = _manifest(rows, day, _written(rows, day, making))
        (making / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)  # one that cannot be read
        older = [one for one in place.iterdir() if one.is_dir() and one.name != _MAKING]
        os.replace(making, folder)
        for one in older:  # whoever is reading one of its files reads on
            shutil.rmtree(one, ignore_errors=True)
        return manifest


@contextmanager
def _alone(place: Path) -> Iterator[Path]:
    """The folder of all sets, for one process at a time; the others wait and find the set there."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place


@dataclass(slots=True)
class _Filling:
    """A table while its files are written."""

    table: OpenTable
    sinks: list[RowSink]
    rows: int = 0

    def take(self, row: object) -> None:
        if self.table.keeps(row):
            self.rows += 1
            for sink in self.sinks:
                sink.write(row)  # type: ignore[arg-type]


def _written(rows: PublishedRows, day: date, folder: Path) -> list[OpenFile]:
    """The files of all tables. Tables of the same list are filled in one pass."""
    lists: dict[OpenRows, list[OpenTable]] = {}
    for table in OPEN_TABLES:
        lists.setdefault(table.rows, []).append(table)
    found: dict[str, OpenFile] = {}
    for walk, tables in lists.items():
        with ExitStack() as open_files:
            filling = [
                _Filling(
                    table,
                    [open_files.enter_context(open_file(table, form, folder / f"{table.name}.{form}")) for form in forms_of(table)],
                )
                for table in tables
            ]
            for row in walk(rows, day):
                for one in filling:
                    one.take(row)
        for one in filling:
            for form in forms_of(one.table):
                told = _told(one, form, folder)
                found[told.name] = told
    return [found[f"{table.name}.{form}"] for table in OPEN_TABLES for form in forms_of(table)]


def _told(filled: _Filling, form: str, folder: Path) -> OpenFile:
    name = f"{filled.table.name}.{form}"
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = (folder / name).stat().st_size
    return OpenFile(name=name, table=filled.table.name, title=filled.table.title, form=form, rows=filled.rows, bytes=size, sha256=digest)


def _manifest(rows: PublishedRows, day: date, files: list[OpenFile]) -> OpenManifest:
    stands = rows.publication
    return OpenManifest(
        as_of=day,
        publication=stands.number,
        published_at=stands.at,
        made_by=f"rasoat {__version__}",
        held_back=stands.held_back,
        judged=judged_on(rows.connection, stands, day, FindingFilter()),
        sources=dict(data_age(rows.connection, stands).sources),
        licence=LICENCE,
        conclusion=CONCLUSION,
        files=files,
    )
