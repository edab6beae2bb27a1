"""The embedded engine: tantivy in versioned folders, an atomic pointer to the one that serves.

`home/search/VERSION/` holds `index/` (tantivy), `texts.db` (the bodies of entries, SQLite) and `words.json`;
`home/search/current` names the version. A version begins with a hash of the schema, so a new program never reads an
old layout.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from search.engines.embedded_query import count_of, counted, ordered, translated
from search.engines.index_layout import fields, layout_hash
from search.entries import Entry
from search.fetch_clauses import matching
from search.index_contract import Candidates, Fetch, IndexBusy, IndexMismatch, IndexMissing, Sort
from search.stored_rows import many, row_of
from search.vocabulary import Vocabulary

_WORDS = "rasoat_words"
_HEAP = 128_000_000
_MOST_ROWS = 20_000


@dataclass(slots=True)
class _Reading:
    """A version open for questions. `stamp` tells one commit from the next; `rows` are entries read since the last."""

    version: str
    index: tantivy.Index
    words: Vocabulary
    texts: sqlite3.Connection
    stamp: tuple[int, int]
    rows: dict[tuple[int, int], str]


class EmbeddedEngine:
    """An index in a folder, in this process. Safe to read from several threads and processes; one writes at a time."""

    def __init__(self, home: Path) -> None:
        self._root = home / "search"
        self._lock = threading.Lock()
        self._open: _Reading | None = None
        self._counting = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="rasoat-facets")

    def build(self, entries: Iterable[Entry]) -> int:
        version = f"{layout_hash()}-{uuid.uuid4().hex[:12]}"
        folder = self._root / version
        (folder / "index").mkdir(parents=True)
        with self._building():
            before = self._pointed()
            try:
                with many():
                    count = self._fill(folder, entries)
                _write(self._root / "current", version)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._sweep({version, before})
        return count

    @contextmanager
    def _building(self) -> Iterator[None]:
        """One build at a time; the lock goes with the process that held it."""
        with (self._root / "build.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexBusy("index.building") from error
            yield

    def _fill(self, folder: Path, entries: Iterable[Entry]) -> int:
        vocabulary, seen, given = Vocabulary(), set(), 0
        index = _registered(tantivy.Index(_schema(), path=str(folder / "index")))
        writer = index.writer(_HEAP, 1)
        with closing(_texts(folder)) as texts:
            for entry in entries:
                given += 1
                seen.add(entry.id)
                vocabulary.add(entry)
                row = row_of(entry)
                texts.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (entry.id, row["text"]))
                writer.add_document(_document(row))
            texts.commit()
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        held = index.searcher().num_docs
        if len(seen) != given or held != given:
            raise IndexMismatch("index.disagrees", held=held, given=given, codes=len(seen))
        _write(folder / "words.json", json.dumps(vocabulary.to_json(), ensure_ascii=False))
        return held

    def update(self, changed: Iterable[Entry], removed: Iterable[str] = (), *, expected: int | None = None) -> int:
        now = self._current()
        version, index, vocabulary = now.version, now.index, now.words
        entries = {entry.id: entry for entry in changed}
        gone = set(removed) - set(entries)
        try:
            writer = index.writer(_HEAP, 1)
        except ValueError as error:
            raise IndexBusy("index.writing") from error
        searcher = index.searcher()
        after = searcher.num_docs - _held(searcher, index.schema, [*entries, *gone]) + len(entries)
        try:
            if expected is not None and after != expected:
                raise IndexMismatch("index.updated_wrong", held=after, given=expected)
            with closing(_texts(self._root / version)) as texts:
                for one in (*entries, *gone):
                    writer.delete_documents_by_term("id", one)
                for entry in entries.values():
                    vocabulary.add(entry)
                    writer.add_document(_document(row_of(entry)))
                texts.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", [(entry.id, entry.body) for entry in entries.values()])
                texts.executemany("DELETE FROM texts WHERE id = ?", [(one,) for one in gone])
                writer.commit()
                texts.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        index.reload()
        _write(self._root / version / "words.json", json.dumps(vocabulary.to_json(), ensure_ascii=False))
        return self.count()

    def count(self) -> int:
        return int(self._current().index.searcher().num_docs)

    def close(self) -> None:
        if self._open:
            self._open.texts.close()
        self._open = None
        self._counting.shutdown()

    def vocabulary(self) -> Vocabulary:
        return self._current().words

    def texts(self, ids: Sequence[str]) -> Mapping[str, str]:
        texts, marks = self._current().texts, ",".join("?" * len(ids))
        with self._lock:
            return dict(texts.execute(f"SELECT id, text FROM texts WHERE id IN ({marks})", list(ids)))  # noqa: S608 only marks

    def fetch(self, request: Fetch) -> Candidates:
        now = self._current()
        searcher, schema = now.index.searcher(), now.index.schema
        query, counts = translated(request.clause, schema), None
        if request.facets:
            # Neither counting nor scoring needs the interpreter: they run side by side.
            counts = self._counting.submit(counted, searcher, translated(matching(request.clause), schema), request.facets)
        if request.limit:
            found = ordered(searcher, query, request)
            rows = [
                (float(value) if request.sort is Sort.RELEVANCE else 0.0, _row(now, searcher, address)) for value, address in found.hits
            ]
            total = found.count
        else:
            rows, total = [], count_of(searcher, query)
        return Candidates(rows, int(total), counts.result if counts else dict)

    def _current(self) -> _Reading:
        version = self._pointed()
        if not version.startswith(layout_hash()):
            raise IndexMissing("index.missing")
        with self._lock:
            folder = self._root / version
            stamp = _stamp(folder)
            if not self._open or (self._open.version, self._open.stamp) != (version, stamp):
                index = _registered(tantivy.Index.open(str(folder / "index")))
                index.config_reader("manual", 0)
                words = Vocabulary.from_json(json.loads((folder / "words.json").read_text("utf-8")))
                self._open = _Reading(version, index, words, _texts(folder), stamp, {})
                # A vocabulary is some hundred thousand small objects that live as long as the index: every full collection
                # would walk them all and stop a question for a third of a second.
                gc.freeze()
            return self._open

    def _pointed(self) -> str:
        """The version that serves, "" where there is none."""
        try:
            return (self._root / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            return ""

    def _sweep(self, kept: set[str]) -> None:
        """Remove all other versions; a reader that still has one open keeps its files until it closes."""
        for path in self._root.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


def _held(searcher: tantivy.Searcher, schema: tantivy.Schema, ids: list[str]) -> int:
    """How many of the ids the index holds now. A search counts what is alive; a term's frequency also what was deleted since its
    segment was written."""
    return count_of(searcher, tantivy.Query.term_set_query(schema, "id", ids)) if ids else 0


def _texts(folder: Path) -> sqlite3.Connection:
    """The bodies of a version's entries, apart from the index so that comparing candidates does not read them."""
    texts = sqlite3.connect(folder / "texts.db", timeout=10, check_same_thread=False)
    texts.execute("CREATE TABLE IF NOT EXISTS texts (id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID")
    return texts


def _stamp(folder: Path) -> tuple[int, int]:
    """What changes with every commit and every new vocabulary."""
    return (folder / "index" / "meta.json").stat().st_mtime_ns, (folder / "words.json").stat().st_mtime_ns


def _row(now: _Reading, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    """An entry as it was stored; the same popular ones are asked for again and again."""
    key = (address.segment_ord, address.doc)
    row = now.rows.get(key)
    if row is None:
        if len(now.rows) > _MOST_ROWS:
            now.rows.clear()
        row = now.rows[key] = bytes(searcher.doc(address)["stored"][0]).decode("utf-8")
    return row


def _write(path: Path, text: str) -> None:
    """Replace a file at once: a reader sees the old or the new, and a crash leaves one of them."""
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _schema() -> tantivy.Schema:
    builder, named = tantivy.SchemaBuilder(), fields()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in named["text"]:
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="freq")
    for name in (*named["facets"], *named["sorts"].values()):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in named["integers"]:
        builder.add_integer_field(name, fast=True, indexed=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _registered(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _document(row: dict[str, Any]) -> tantivy.Document:
    document = tantivy.Document()
    for name, value in row.items():
        if name == "text":
            continue
        if name == "stored":
            document.add_bytes(name, value.encode("utf-8"))
        elif isinstance(value, int):
            document.add_integer(name, value)
        else:
            for one in [value] if isinstance(value, str) else value:
                document.add_text(name, one)
    return document
