"""A derived table is made what was derived, and only what differs is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from rasoat.records import KnownFrom, LegalDocument
from rasoat.settings import Settings
from rasoat.store import derived
from rasoat.store.derived import document_row, load_documents, synchronise
from rasoat.store.schema import documents
from rasoat.workspace import Workspace


def of(number: int, title: str | None = None) -> LegalDocument:
    printed = f"{number}/2020/NĐ-CP"
    return LegalDocument(f"nghi-dinh|{printed}", printed, printed, "Nghị định", None, title, None, None, KnownFrom.TEXT)


def test_what_differs_is_written_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_AT_ONCE", 2)  # so that a table is read and written in several portions
    engine = Workspace(Settings(home=tmp_path)).engine
    first = [of(number) for number in range(7)]
    after = [of(0), of(1, "khác"), *first[3:], of(8), of(9)]
    with engine.begin() as connection:
        assert synchronise(connection, documents, map(document_row, first)) == (7, 0, 0)
        before = {row.key: row for row in connection.execute(select(documents))}
        assert synchronise(connection, documents, map(document_row, after)) == (2, 1, 1)
        assert sorted(load_documents(connection), key=lambda one: one.key) == sorted(after, key=lambda one: one.key)
        assert {row.key: row for row in connection.execute(select(documents))}.items() >= {(one.key, before[one.key]) for one in first[3:]}
        assert synchronise(connection, documents, map(document_row, after)) == (0, 0, 0)
