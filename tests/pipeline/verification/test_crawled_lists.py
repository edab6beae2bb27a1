"""What a publisher says of its list is told by the archive alone, and so is whether the list was seen whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select, update

from pipeline.verification.verify import Verification
from rasoat.settings import Settings
from rasoat.store.database import open_database
from rasoat.store.schema import listings
from tests.pipeline.archived_answers import DAY, ArchivedAnswers, portal_list, row
from validators.national_list import national_looks


def test_a_page_of_a_list_is_made_again_and_a_changed_total_is_named(tmp_path: Path, verify_home: Callable[..., Verification]) -> None:
    settings = Settings(home=tmp_path / "home")
    settings.home.mkdir()
    engine = open_database(settings.database)
    kept = ArchivedAnswers(engine, Path(settings.archive))
    kept.put("dichvucong", "list/200/", portal_list(row(1), row(2)))
    kept.read()
    kept.archive.close()
    with engine.connect() as connection:
        assert [look.observed_on for look in national_looks(connection)] == [DAY]
        assert connection.execute(select(listings.c.total, listings.c.ids, listings.c.next_page)).all() == [(2, ["a1", "a2"], "")]
    compared = {one.table: one for one in verify_home(settings.home).tables}["listings"]
    assert (compared.stored, compared.made, compared.equal) == (1, 1, 1)
    with engine.begin() as connection:
        connection.execute(update(listings).values(total=3))
    changed = {one.table: one for one in verify_home(settings.home).tables}["listings"]
    assert [(one.column, one.stored, one.made) for one in changed.first] == [("total", "3", "2")]
    engine.dispose()
