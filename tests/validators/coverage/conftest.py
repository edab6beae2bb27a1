"""A store with a small country in it: one province with a list, one commune that was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Posting, PostingState
from rasoat.store.database import open_database
from rasoat.store.stored_postings import write_announcements, write_looks, write_postings

HERE = Origin("a" * 64, "dòng 1")
DAY = date(2026, 11, 10)
COMMUNE = "lai-chau/xa-than-uyen"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'rasoat.db'}")
    level = frozenset({Level.COMMUNE})
    with engine.begin() as connection:
        write_announcements(
            connection,
            [
                Announcement("1.000001", Act.NEW, "10/QĐ-UBND", "lai-chau", date(2026, 11, 2), HERE, "=Cấp <giấy> A", "Đất đai", level),
                Announcement("1.000002", Act.NEW, "10/QĐ-UBND", "lai-chau", date(2026, 10, 2), HERE, "Cấp giấy B", "Hộ tịch", level),
                Announcement("1.000003", Act.NEW, "8/QĐ-UBND", "lai-chau", date(2026, 1, 5), HERE, "Cấp giấy C", "Hộ tịch", level),
                Announcement("1.000003", Act.ABOLISHED, "11/QĐ-UBND", "lai-chau", date(2026, 10, 20), HERE, "Cấp giấy C", "Hộ tịch", level),
            ],
            DAY,
        )
        write_postings(
            connection,
            [
                Posting("1.000002", COMMUNE, Channel.PREMISES, DAY, PostingState.POSTED, HERE),
                Posting("1.000003", COMMUNE, Channel.PREMISES, DAY, PostingState.POSTED, HERE, note="Bảng số 2"),
            ],
        )
        write_looks(
            connection, [Look("viet-nam", Channel.NATIONAL_DATABASE, DAY, HERE, True), Look(COMMUNE, Channel.PREMISES, DAY, HERE, True)]
        )
    yield engine
    engine.dispose()
