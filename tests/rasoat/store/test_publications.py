"""A publication is read whole or not at all: while it is written, after it was killed, and after any sequence of changes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from rasoat.store.database import open_database
from rasoat.store.publications import PORTION, PublicationWriter, Refusal, publishing, reading, refuse
from rasoat.store.published_schema import publications, published_tables, timelines

pytestmark = pytest.mark.slow  # takes seconds of the processor

Facts = Mapping[str, Mapping[str, str]]  # key → provision → status


def now() -> datetime:
    return datetime(2026, 6, 10, tzinfo=UTC)


def rows_of(key: str, said: Mapping[str, str]) -> list[dict[str, Any]]:
    first = {"key": key, "from_day": date.min, "reason": "ended"}
    return [{**first, "provision": path, "status": status, "data": {"said": status, "parts": [path]}} for path, status in said.items()]


def write(publisher: PublicationWriter, facts: Facts) -> None:
    for key, said in facts.items():
        publisher.replace(timelines, timelines.c.key == key, rows_of(key, said))


def publish(store: Engine, facts: Facts) -> None:
    with publishing(store, now) as publisher:
        write(publisher, facts)


def publish_and_fail(store: Engine, facts: Facts) -> None:
    with publishing(store, now) as publisher:
        write(publisher, facts)
        raise RuntimeError("killed")


def read(store: Engine) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with reading(store) as (connection, standing):
        for row in connection.execute(select(timelines).where(standing.sees(timelines))):
            assert row.data == {"said": row.status, "parts": [row.provision]}
            assert row.provision not in found[row.key]
            found[row.key][row.provision] = row.status
    return dict(found)


def number(store: Engine) -> int:
    with reading(store) as (_, standing):
        return standing.number


def held(store: Engine) -> int:
    with store.connect() as connection:
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in published_tables())


facts = st.dictionaries(
    st.sampled_from(["a", "b", "c"]), st.dictionaries(st.sampled_from(["", "~", "dieu-1"]), st.sampled_from(["expired", "in_force"]))
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store to be copied: making one takes longer than all that is tried on it."""
    path = tmp_path_factory.mktemp("empty") / "rasoat.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@settings(max_examples=60)
@given(changes=st.lists(st.tuples(facts, st.sampled_from(["stands", "killed", "twice"]))))
def test_what_is_read_is_what_was_last_published_whole(empty: Path, changes: list[tuple[Facts, str]]) -> None:
    path = Path(tempfile.mkdtemp(dir=empty.parent)) / "rasoat.db"
    store = open_database(f"sqlite:///{shutil.copy(empty, path)}")
    expected: dict[str, dict[str, str]] = {}
    for changed, how in changes:
        before = number(store)
        if how == "killed":
            with pytest.raises(RuntimeError, match="killed"):
                publish_and_fail(store, changed)
            assert (read(store), number(store)) == (expected, before)
            continue
        with publishing(store, now) as publisher:
            write(publisher, changed)
            if how == "twice":  # said otherwise first, within one publication
                write(publisher, {key: {"": "unknown", "dieu-9": "suspended"} for key in changed})
                write(publisher, changed)
            assert read(store) == expected
        differs = any(expected.get(key, {}) != dict(said) for key, said in changed.items())
        expected.update({key: dict(said) for key, said in changed.items()})
        expected = {key: said for key, said in expected.items() if said}
        assert read(store) == expected
        assert number(store) == before + 1 if differs or (how == "twice" and changed) else number(store) == before
        assert held(store) == sum(map(len, expected.values()))
    store.dispose()


def test_nothing_changed_writes_nothing(engine: Engine) -> None:
    publish(engine, {"a": {"": "expired"}})
    publish(engine, {"a": {"": "expired"}})
    assert number(engine) == 1
    publish(engine, {"a": {"": "in_force"}, "b": {}})
    with reading(engine) as (connection, standing):
        assert (standing.number, standing.refused) == (2, None)
        assert connection.scalar(select(func.count()).select_from(timelines)) == 1


def test_a_reader_keeps_its_publication_while_the_next_one_comes(engine: Engine) -> None:
    publish(engine, {"a": {"": "expired"}, "b": {"": "expired"}})
    with reading(engine) as (connection, standing):
        publish(engine, {"a": {"": "in_force"}})
        publish(engine, {"b": {"": "in_force"}})  # and sweeps what nobody who begins now can see
        statuses = connection.scalars(select(timelines.c.status).where(standing.sees(timelines))).all()
    assert statuses == ["expired", "expired"]
    assert read(engine) == {"a": {"": "in_force"}, "b": {"": "in_force"}}


def test_a_change_that_was_refused_is_told_until_something_is_published_or_taken_back(engine: Engine) -> None:
    why = {"as_of": "2026-11-22", "failed": ["procedures.many_gone"]}
    refusal = Refusal(date(2026, 11, 22), ("procedures.many_gone",))
    refuse(engine, now, refusal)
    with reading(engine) as (_, standing):
        assert (standing.number, standing.refused) == (0, why)
    publish(engine, {"a": {"": "expired"}})
    refuse(engine, now, refusal)
    with reading(engine) as (_, standing):
        assert (standing.number, standing.refused) == (1, why)
        assert standing.refused_at is not None
    publish(engine, {"a": {"": "expired"}})
    with reading(engine) as (_, standing):
        assert (standing.number, standing.refused, standing.refused_at) == (1, None, None)


def test_two_never_publish_at_once(engine: Engine) -> None:
    told: list[int] = []
    inside = threading.Event()

    def second() -> None:
        with publishing(engine, now, lambda _: None) as publisher:
            told.append(publisher.number)
            write(publisher, {"b": {"": "expired"}})

    waiting = threading.Thread(target=second)
    with publishing(engine, now) as publisher:
        waiting.start()
        assert not inside.wait(0.3)
        assert told == []
        write(publisher, {"a": {"": "expired"}})
    waiting.join()
    assert (told, number(engine)) == ([2], 2)
    assert read(engine) == {"a": {"": "expired"}, "b": {"": "expired"}}


# Publishes 12 portions, the half of them after it has been told to go on: killed there, or not.
_CHILD = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from rasoat.store.database import open_database
from rasoat.store.publications import publishing
from test_publications import many, now, write
with publishing(open_database(sys.argv[1]), now) as publisher:
    write(publisher, many("in_force", range(6)))
    print("half", flush=True)
    sys.stdin.readline()
    write(publisher, many("in_force", range(6, 12)))
"""


def many(status: str, keys: range) -> Facts:
    return {f"key {key}": {f"dieu-{article}": status for article in range(PORTION)} for key in keys}


def test_a_publication_killed_half_way_leaves_the_old_one_whole_and_the_next_one_ends_as_if_undisturbed(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path / name / 'rasoat.db'}" for name in ("killed", "undisturbed")]
    stores = [open_database(url) for url in urls]
    for store in stores:
        publish(store, many("expired", range(12)))
    child = subprocess.Popen([sys.executable, "-c", _CHILD, urls[0]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    assert read(stores[0]) == many("expired", range(12))
    assert held(stores[0]) == 18 * PORTION
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert (read(stores[0]), number(stores[0])) == (many("expired", range(12)), 1)
    for store in stores:
        publish(store, many("in_force", range(12)))
        assert (read(store), number(store)) == (many("in_force", range(12)), 2)
        assert held(store) == 12 * PORTION
        with store.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(publications)) == 2
        store.dispose()
