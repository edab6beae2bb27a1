"""The web's user of PostgreSQL can say and keep what people say, and change nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from rasoat.store.database import open_database
from reviews.audited_log import audited_log
from reviews.machine import ReviewVerb
from reviews.people import open_account, set_active
from reviews.record import Saying, record_one

SCRIPT = Path(__file__).parents[2] / "docker" / "web-grants.sql"
AT = datetime(2026, 11, 29, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture
def web(postgres_database: str) -> Iterator[Engine]:
    """The store as the web's own user sees it."""
    open_database(postgres_database).dispose()
    owner, name = make_url(postgres_database), f"web_{make_url(postgres_database).database}"
    with create_engine(owner, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN"))
    plain = owner.set(drivername="postgresql").render_as_string()
    subprocess.run(["psql", "-q", "-v", f"web={name}", "-d", plain, "-f", str(SCRIPT)], check=True, capture_output=True)
    engine = create_engine(owner.set(username=name))
    yield engine
    engine.dispose()
    with create_engine(owner, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP OWNED BY {name}"))
        connection.execute(text(f"DROP ROLE {name}"))


def test_it_says_and_keeps_what_people_say(web: Engine) -> None:
    open_account(web, "an", "Nguyễn An", "viet-nam", "root", AT)
    set_active(web, "an", False, "root", AT)
    for version, verb in enumerate((ReviewVerb.TAKE, ReviewVerb.CONFIRM)):
        record_one(web, Saying("finding:a", "viet-nam", "an", verb, version, signed_in=True), AT)
    assert audited_log(web).broken == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET note = 'x'", "DELETE FROM events", "TRUNCATE events", "DROP TABLE events", "ALTER TABLE events DISABLE TRIGGER ALL",
        "DELETE FROM decisions_now", "DELETE FROM people", "INSERT INTO findings SELECT * FROM findings", "UPDATE publications SET because = 'x'",
        "DELETE FROM captures", "CREATE TABLE x (a int)", "SET session_replication_role = 'replica'",
    ],
)  # fmt: skip
def test_it_changes_nothing_else(web: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"), web.begin() as connection:
        connection.execute(text(statement))
