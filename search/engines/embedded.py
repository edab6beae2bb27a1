"""The embedded engine: tantivy in versioned folders, an atomic pointer to the one that serves.

`home/search/VERSION/` holds `index/` (tantivy), `texts.db` (the bodies of entries, SQLite), `words.json.gz` and `day`;
`home/search/current` names the version. A version begins with a hash of the schema, so a new program never reads an
old layout. Every file but the bodies ends in a checksum, which is looked at when a version is opened.
"""

from __future__ import annotations

import gc
import gzip
import json
import os
import re
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace as with_fields
from datetime import date
from pathlib import Path

import tantivy

from rasoat.system_words import LACKING, said_of, sqlite_refusal
from search.engines.embedded_reading import OpenVersion
from search.engines.index_folder import IndexFolder, readable, replace, writable
from search.engines.index_soundness import bodies_held, spoilt
from search.engines.tantivy_index import calls, created, document, opened, schema
from search.entries import Entry
from search.index_contract import IndexBusy, IndexDamaged, IndexMismatch, IndexUnusable
from search.stored_rows import entry_of, many, row_of, traits_of
from search.vocabulary import Vocabulary

_HEAP = 128_000_000
_WORDS = "words.json.gz"
_DAY = "day"
_SYSTEM = re.compile(r"(?:os error |code: )(\d+)")  # how the library tells what the system said


class EmbeddedEngine:
    """An index in a folder, in this process. Safe to read from several threads and processes; one writes at a time."""

    def __init__(self, home: Path) -> None:
        self._folder = IndexFolder(home / "search")
        self._lock = threading.Lock()
        self._open: OpenVersion | None = None
        self._counting = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="rasoat-facets")

    def build(self, entries: Iterable[Entry], *, as_of: date | None = None) -> int:
        with self._folder.building() as folder, many():
            count = self._fill(folder, entries)
            with self._writing(folder):
                _keep_day(folder, as_of)
            return count

    def _fill(self, folder: Path, entries: Iterable[Entry]) -> int:
        vocabulary, seen, given = Vocabulary(), set(), 0
        with self._writing(folder):
            index = created(folder / "index")
            writer = index.writer(_HEAP, 1)
        with closing(self._new_texts(folder)) as texts:
            for entry in entries:
                given += 1
                seen.add(entry.id)
                vocabulary.add(entry)
                row = row_of(entry)
                with self._writing(folder):
                    texts.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (entry.id, row["text"]))
                    writer.add_document(document(row))
            with self._writing(folder):
                texts.commit()
        with self._writing(folder):
            writer.commit()
            writer.wait_merging_threads()
            index.reload()
            held = index.searcher().num_docs
            if len(seen) != given or held != given:
                raise IndexMismatch("index.disagrees", held=held, given=given, codes=len(seen))
            _keep_words(folder, vocabulary)
        return held

    def update(
        self, changed: Iterable[Entry], removed: Iterable[str] = (), *, expected: int | None = None, as_of: date | None = None
    ) -> int:
        now = self.open()
        entries = {entry.id: entry for entry in changed}
        gone = set(removed) - set(entries)
        if entries or gone or expected not in (None, self.count()):
            self._write(now, entries, gone, expected)
        if as_of is not None:
            with self._writing(now.folder):
                _keep_day(now.folder, as_of)
        return self.count()

    def _write(self, now: OpenVersion, entries: Mapping[str, Entry], gone: set[str], expected: int | None) -> None:
        index, vocabulary, folder = now.index, now.vocabulary, now.folder
        with self._writing(folder):
            writer = index.writer(_HEAP, 1)
            searcher = index.searcher()
            there = _held(searcher, index.schema, [*entries, *gone])
            after = searcher.num_docs - len(there) + len(entries)
            try:
                if expected is not None and after != expected:
                    raise IndexMismatch("index.updated_wrong", held=after, given=expected)
                with closing(_texts(folder)) as texts:
                    for entry in entries.values():
                        vocabulary.add(entry, _with_body(there.get(entry.id), texts))
                    for one in (*entries, *gone):
                        writer.delete_documents_by_term("id", one)
                    for entry in entries.values():
                        writer.add_document(document(row_of(entry)))
                    bodies = [(entry.id, entry.body) for entry in entries.values()]
                    texts.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", bodies)
                    texts.executemany("DELETE FROM texts WHERE id = ?", [(one,) for one in gone])
                    writer.commit()
                    texts.commit()
            except BaseException:
                self._open = None  # its words may know entries that were not written
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()
            index.reload()
            _keep_words(folder, vocabulary)

    def count(self) -> int:
        return int(self.open().searcher.num_docs)

    def inspect(self) -> None:
        now = self.open()
        if bodies_held(now.folder / "texts.db") != now.searcher.num_docs:
            raise self._folder.damaged(f"{now.folder.name}/texts.db")

    def close(self) -> None:
        if self._open:
            self._open.bodies.close()
        self._open = None
        self._counting.shutdown()

    def open(self) -> OpenVersion:
        """The version that serves, open. What seems damaged while somebody writes is looked at again."""
        before = None
        while True:
            version = self._folder.serving()
            with self._lock, readable(self._folder.of(version)):
                stamp = self._stamp(version)
                if self._open and (self._open.folder.name, self._open.stamp) == (version, stamp):
                    return self._open
                try:
                    self._open = self._opened(version, stamp)
                except IndexDamaged:
                    if before == (version, stamp):
                        raise
                    before = (version, stamp)
                    continue
                # A vocabulary is some hundred thousand small objects that live as long as the index: every full collection
                # would walk them all and stop a question for a third of a second.
                gc.freeze()
                return self._open

    def _stamp(self, version: str) -> tuple[int, ...]:
        """What changes with every commit, every new vocabulary and every new day."""
        folder, names = self._folder.of(version), ("index/meta.json", _WORDS, _DAY)
        for name in names:
            if not (folder / name).is_file():
                raise self._folder.damaged(f"{version}/{name}")
        return tuple((folder / name).stat().st_mtime_ns for name in names)

    def _opened(self, version: str, stamp: tuple[int, ...]) -> OpenVersion:
        folder = self._folder.of(version)
        if name := spoilt(folder / "index"):
            raise self._folder.damaged(f"{version}/index/{name}")
        try:
            with calls():
                index = opened(folder / "index")
                if index.schema != schema():
                    raise ValueError("another schema")
        except ValueError as error:
            raise self._folder.damaged(f"{version}/index") from error
        try:
            words = Vocabulary.from_json(json.loads(gzip.decompress((folder / _WORDS).read_bytes())))
        except (ValueError, KeyError, TypeError, AttributeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise self._folder.damaged(f"{version}/{_WORDS}") from error
        try:
            day = _day_of((folder / _DAY).read_bytes())
        except ValueError as error:
            raise self._folder.damaged(f"{version}/{_DAY}") from error
        try:
            texts = _texts(folder)
            texts.execute("SELECT id FROM texts LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise self._folder.damaged(f"{version}/texts.db") from error
        return OpenVersion(folder, stamp, index, words, day, texts, self._counting)

    @contextmanager
    def _writing(self, folder: Path) -> Iterator[None]:
        """Around writing: no room, no right, another writer; all else is for want of something that should be there."""
        try:
            with calls(), writable(folder):
                yield
        except (ValueError, sqlite3.Error) as error:
            if "LockBusy" in str(error):
                raise IndexBusy("index.writing") from error
            if said := _said(error):
                raise IndexUnusable("index.unwritten", path=str(folder), reason=said) from error
            raise self._folder.damaged(folder.name) from error

    def _new_texts(self, folder: Path) -> sqlite3.Connection:
        with self._writing(folder):
            texts = sqlite3.connect(folder / "texts.db")
            texts.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID")
        return texts


def _said(error: ValueError | sqlite3.Error) -> str:
    """What the system said through a library, where it was the system that refused."""
    if isinstance(error, sqlite3.Error):
        return sqlite_refusal(error)
    system = _SYSTEM.search(str(error))
    return said_of(int(system[1])) if system and int(system[1]) in LACKING else ""


def _held(searcher: tantivy.Searcher, schema: tantivy.Schema, ids: list[str]) -> dict[str, Entry]:
    """Which of the ids the index holds now, by id and without bodies. A search finds what is alive; a term's frequency also counts
    what was deleted since its segment was written."""
    if not ids:
        return {}
    found = searcher.search(tantivy.Query.term_set_query(schema, "id", ids), limit=len(ids), count=False).hits
    entries = (entry_of(traits_of(bytes(searcher.doc(address)["stored"][0]).decode("utf-8"))) for _, address in found)
    return {entry.id: entry for entry in entries}


def _with_body(entry: Entry | None, texts: sqlite3.Connection) -> Entry | None:
    row = texts.execute("SELECT text FROM texts WHERE id = ?", (entry.id,)).fetchone() if entry else None
    return with_fields(entry, body=row[0]) if entry and row else entry


def _texts(folder: Path) -> sqlite3.Connection:
    """The bodies of a version's entries, apart from the index so that comparing candidates does not read them."""
    return sqlite3.connect(f"{(folder / 'texts.db').absolute().as_uri()}?mode=rw", uri=True, timeout=10, check_same_thread=False)


def _keep_words(folder: Path, vocabulary: Vocabulary) -> None:
    """The vocabulary beside its index, packed for the sake of the checksum at its end."""
    replace(folder / _WORDS, gzip.compress(json.dumps(vocabulary.to_json(), ensure_ascii=False).encode(), compresslevel=1, mtime=0))


def _keep_day(folder: Path, day: date | None) -> None:
    """The day that the entries tell of, and its checksum."""
    told = (day.isoformat() if day else "").encode()
    replace(folder / _DAY, b"%s %08x" % (told, zlib.crc32(told)))


def _day_of(kept: bytes) -> date | None:
    """What `_keep_day` wrote.

    Raises:
        ValueError: it is something else.
    """
    told, _, checksum = kept.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(told):
        raise ValueError("another checksum")
    return date.fromisoformat(told.decode("ascii")) if told else None
