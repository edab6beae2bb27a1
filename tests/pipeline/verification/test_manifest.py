"""The manifest: the same state gives the same one; whoever changes it, or what it tells of, is found out."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from pipeline.verification.manifest import SinceManifest, compare_with_manifest, manifest_of, read_manifest, write_manifest
from pipeline.verification.verify import Verification
from rasoat.settings import Settings
from rasoat.store.published_findings import about_to_stand
from rasoat.store.published_schema import findings
from rasoat.store.said_schema import decisions_now
from rasoat.store.schema import answers, captures, checks, runs, set_aside
from rasoat.trouble import Trouble
from rasoat.workspace import Workspace

MADE_AT = datetime(2026, 7, 20, 3, tzinfo=UTC)


@pytest.fixture
def work(home: Path) -> Iterator[Workspace]:
    opened = Workspace(Settings(home=home))
    yield opened
    opened.engine.dispose()


def manifest(work: Workspace, done: Verification, at: datetime = MADE_AT) -> dict[str, Any]:
    return json.loads(json.dumps(manifest_of(work.engine, work.settings, done, at)))


def held_to(work: Workspace, done: Verification, told: dict[str, Any]) -> SinceManifest:
    return compare_with_manifest(work.engine, work.archive, work.settings, done, told)


def test_the_same_state_gives_the_same_manifest_but_for_its_moment(work: Workspace, healthy: Verification) -> None:
    one, other = manifest(work, healthy), manifest(work, healthy, datetime(2027, 1, 1, tzinfo=UTC))
    differing = {name for name in one if one[name] != other[name]}
    assert differing == {"made_at", "sha256"}
    assert one["result"] == {"rows": healthy.rows, "equal": healthy.rows, "proved": True, "unmade": [], "left_out": 0}
    assert held_to(work, healthy, one) == SinceManifest()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value of a JSON object that is none itself."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for key, held in inside for leaf in leaves(held, (*path, key))]
    yield from found or [path]


def test_a_change_in_any_field_of_a_manifest_is_found(work: Workspace, healthy: Verification, tmp_path: Path) -> None:
    told, path = manifest(work, healthy), tmp_path / "ban-ke.json"
    write_manifest(path, told)
    assert read_manifest(path) == (told, True)
    everywhere = list(leaves(told))
    assert len(everywhere) > 80
    for leaf in everywhere:
        changed = copy.deepcopy(told)
        inside: Any = changed
        for key in leaf[:-1]:
            inside = inside[key]
        value = inside[leaf[-1]]
        inside[leaf[-1]] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}0"
        if leaf[0] == "manifest":
            continue  # another form of manifest is refused
        write_manifest(path, changed)
        assert read_manifest(path) == (changed, False), leaf


@pytest.mark.parametrize(
    ("written", "code"),
    [(b"", "manifest.broken"), (b"[]", "manifest.other"), (b"{}", "manifest.other"), (b'{"manifest": 2}', "manifest.other"),
     (b'{"manifest": 1, "archive": 5}', "manifest.other"), (b"\xff", "manifest.broken"), (None, "manifest.unreadable")],
)  # fmt: skip
def test_what_is_no_manifest_is_said(written: bytes | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / "ban-ke.json"
    if written is not None:
        path.write_bytes(written)
    with pytest.raises(Trouble) as refused:
        read_manifest(path)
    assert refused.value.code == code


def tomorrow() -> datetime:
    """Later than whatever these tests received, on whatever day they are run."""
    return datetime.now(UTC) + timedelta(days=1)


def changed_rows(work: Workspace, statement: Any) -> None:
    with work.engine.begin() as connection:
        assert connection.execute(statement).rowcount


def test_what_was_received_since_is_counted(work: Workspace, healthy: Verification) -> None:
    told = manifest(work, healthy)
    with work.engine.begin() as connection:
        row = dict(connection.execute(answers.select().limit(1)).mappings().one())
        later = tomorrow()
        connection.execute(insert(answers).values({**row, "request": "mới", "fetched_at": later}))
        connection.execute(insert(answers).values({**row, "observed_on": later.date(), "fetched_at": later}))
    found = held_to(work, healthy, told)
    assert (found.gone, found.changed, found.added) == ([], [], {"answers": 2})


SPOILT: dict[str, tuple[Any, str]] = {
    "an answer changed": (update(answers).where(answers.c.request == "procedures.jsonl").values(status=404), "answers import 2026-06-10"),
    "a run rewritten": (update(runs).where(runs.c.id == 2).values(command="x"), "runs"),
    "a finding changed": (
        update(findings).where(about_to_stand(date(2026, 6, 10)), findings.c.holds_to <= date(2026, 7, 18)).values(rule="x"),
        "findings 2026-06-10",
    ),
}
TAKEN_OUT: dict[str, tuple[Any, str]] = {
    "an answer": (delete(answers).where(answers.c.request == "postings.jsonl"), "answers import:postings 2026-07-18"),
    "a run": (delete(runs).where(runs.c.id == 2), "runs: 6 → 5"),
    "a day": (delete(checks).where(checks.c.as_of == date(2026, 6, 10)), "findings 2026-06-10"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_row_that_was_changed_since_is_named(what: str, work: Workspace, healthy: Verification) -> None:
    told, (statement, place) = manifest(work, healthy), SPOILT[what]
    changed_rows(work, statement)
    found = held_to(work, healthy, told)
    assert [one.startswith(place) for one in found.changed] == [True]
    assert found.gone == []


@pytest.mark.parametrize("what", TAKEN_OUT)
def test_a_row_that_is_gone_is_named(what: str, work: Workspace, healthy: Verification) -> None:
    told, (statement, place) = manifest(work, healthy), TAKEN_OUT[what]
    changed_rows(work, statement)
    found = held_to(work, healthy, told)
    assert [one.startswith(place) for one in found.gone] == [True]
    assert found.changed == []


def test_a_decision_that_a_person_changed_is_said_and_no_tampering(work: Workspace, healthy: Verification) -> None:
    told = manifest(work, healthy)
    changed_rows(work, update(decisions_now).values(state="dismissed"))
    found = held_to(work, healthy, told)
    assert (found.followed, found.changed, found.gone) == (["decisions_now finding:" + "f" * 24 + " viet-nam"], [], [])


def test_what_an_operator_took_back_is_said_and_no_tampering(work: Workspace, healthy: Verification) -> None:
    with work.engine.begin() as connection:
        sha256 = connection.scalar(captures.select().with_only_columns(captures.c.sha256).limit(1))
        connection.execute(insert(set_aside).values(sha256=sha256, at=MADE_AT, by="người trực", because="thử"))
    told = manifest(work, healthy)
    assert {name for name, rows in told["acts"].items() if rows} == {"events", "decisions_now", "set_aside"}
    changed_rows(work, delete(set_aside))
    found = held_to(work, healthy, told)
    assert (found.followed, found.changed, found.gone) == ([f"set_aside {sha256}"], [], [])


def test_a_derived_table_that_changed_without_new_data_is_named(work: Workspace, healthy: Verification) -> None:
    told = manifest(work, healthy)
    spoilt = replace(healthy, tables=[replace(one, sha256="0" * 64) if one.table == "documents" else one for one in healthy.tables])
    assert held_to(work, spoilt, told).changed == ["documents: 2 → 2"]
    with work.engine.begin() as connection:
        row = dict(connection.execute(answers.select().limit(1)).mappings().one())
        connection.execute(insert(answers).values({**row, "request": "mới", "fetched_at": tomorrow()}))
    found = held_to(work, spoilt, told)
    assert (found.changed, found.followed) == ([], ["documents: 2 → 2"])


Change = Callable[[Path], None]
ARCHIVE: dict[str, tuple[Change, str]] = {
    "deleted": (Path.unlink, "gone"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-30]) and None, "gone"),
    "a bit that gzip does not use": (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\x7f") and None, "changed"),
    "longer": (lambda path: path.write_bytes(path.read_bytes() + b"more") and None, ""),
}


@pytest.mark.parametrize("what", ARCHIVE)
def test_a_segment_that_is_not_what_it_was_is_named(what: str, work: Workspace, home: Path, healthy: Verification) -> None:
    """The verification of that day read the archive itself; here only its list of segments is made again."""
    told, (change, kind) = manifest(work, healthy), ARCHIVE[what]
    name = healthy.received.segments[0].name
    path = home / "archive" / name
    change(path)
    data = path.read_bytes() if path.exists() else b""
    today = [
        replace(one, size=len(data), sha256=hashlib.sha256(data).hexdigest()) if one.name == name else one
        for one in healthy.received.segments
        if path.exists() or one.name != name
    ]
    found = held_to(work, replace(healthy, received=replace(healthy.received, segments=today)), told)
    assert {"gone": bool(found.gone), "changed": bool(found.changed)} == {"gone": kind == "gone", "changed": kind == "changed"}
    assert all(name in place for place in (*found.gone, *found.changed))
