"""The embedded index as tantivy knows it: its fields, its documents, and how a version is opened."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from search.engines.index_layout import fields

_WORDS = "rasoat_words"


def schema() -> tantivy.Schema:
    """The fields of an entry."""
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


def document(row: dict[str, Any]) -> tantivy.Document:
    """A row as a document; its text lies apart."""
    made = tantivy.Document()
    for name, value in row.items():
        if name == "text":
            continue
        if name == "stored":
            made.add_bytes(name, value.encode("utf-8"))
        elif isinstance(value, int):
            made.add_integer(name, value)
        else:
            for one in [value] if isinstance(value, str) else value:
                made.add_text(name, one)
    return made


def created(folder: Path) -> tantivy.Index:
    """A new, empty index."""
    return _registered(tantivy.Index(schema(), path=str(folder)))


def opened(folder: Path) -> tantivy.Index:
    """The index in a folder; where that takes no lock file (a read-only disk, another's folder), through links to its files.

    Raises:
        ValueError: it cannot be opened.
        OSError: nor can links be laid.
    """
    try:
        index = tantivy.Index.open(str(folder))
    except ValueError as error:
        if "Lock" not in str(error) and "PermissionDenied" not in str(error) and "ermission denied" not in str(error):
            raise
        with tempfile.TemporaryDirectory(prefix="rasoat-index-") as beside:
            for path in folder.iterdir():
                if not path.name.startswith("."):  # locks, and the writer's list of its files
                    (Path(beside) / path.name).symlink_to(path.absolute())
            index = tantivy.Index.open(beside)
            index.config_reader("manual", 0)
            return _registered(index)  # its files stay open, the links to them are no longer needed
    index.config_reader("manual", 0)
    return _registered(index)


def _registered(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


@contextmanager
def calls() -> Iterator[None]:
    """Around calls of the library: where it falls over itself (a panic, which is no Exception) it raises ValueError, as for all else.

    Raises:
        ValueError: the library refused or fell over.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library gives its class no name one could import
            raise
        raise ValueError(str(error)) from error
