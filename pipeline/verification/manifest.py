"""The manifest: what was received, read and derived at a moment, in digests; and a later day held to it.

One canonical JSON object: the same state gives the same manifest but for the moment it was made. It holds a digest of itself, so that a
slip of a hand is found; whoever means harm can renew that, and only a signature (`signature`) tells him from whoever made it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Table, not_, or_, select

from extractors.readers import READER_VERSION
from pipeline.verification.verify import Verification
from rasoat import __version__
from rasoat.archive import Archive
from rasoat.settings import Settings
from rasoat.store.checked_marks import days_checked
from rasoat.store.published_findings import told_now
from rasoat.store.published_schema import findings
from rasoat.store.row_comparison import StoredRow, rows_in_order
from rasoat.store.schema import answers, runs
from rasoat.store.table_kinds import DECLARED, TableKind, tables_of
from rasoat.trouble import Trouble
from search.gathering import ENTRIES_VERSION
from validators.checked_days import RULES_VERSION
from validators.derivation.derive import DERIVATION_VERSION
from validators.quality.gate import QUALITY

_FORM = 1  # of the manifest itself
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
_SELF = "sha256"


def manifest_of(engine: Engine, settings: Settings, done: Verification, made_at: datetime) -> dict[str, Any]:
    """What a verification found, as its manifest says it."""
    received = done.received
    with engine.connect() as connection:
        body: dict[str, Any] = {
            "manifest": _FORM,
            "made_at": made_at.isoformat(timespec="seconds"),
            "program": {"rasoat": __version__, **_versions()},
            "settings": _knobs(settings),
            "archive": {
                "segments": {one.name: {"bytes": one.size, "sha256": one.sha256, "records": one.records} for one in received.segments},
                "captures": received.captures,
                "left_over": received.left_over,
                "by_store": received.by_store,
            },
            "answers": {name: asdict(day) for name, (day, _) in _answer_days(connection, {})},
            "tables": {
                one.table: {"kind": DECLARED[one.table].kind.value, "rows": one.stored, "equal": one.equal, "sha256": one.sha256}
                for one in done.tables
            },
            "findings": dict(_finding_days(connection)),
            "acts": {str(table.name): dict(_acts(connection, table)) for table in tables_of(TableKind.ACTS)},
            "runs": _runs(connection, None),
            "result": {
                "rows": done.rows,
                "equal": done.equal_rows,
                "proved": done.proved,
                "unmade": [f"{one.kind} {one.name}" for one in done.unmade],
                "left_out": done.left_out,
            },
        }
    return {**body, _SELF: _digest(body)}


def write_manifest(path: Path, manifest: dict[str, Any]) -> bytes:
    """Write it; the bytes written.

    Raises:
        Trouble: the file cannot be written.
    """
    written = orjson.dumps(manifest, option=_OPTIONS)
    _replace_file(path, written)
    return written


def read_manifest(path: Path) -> tuple[dict[str, Any], bool]:
    """A manifest, and whether it is as it was written.

    Raises:
        Trouble: the file cannot be read, or is no manifest.
    """
    try:
        told = orjson.loads(path.read_bytes())
    except OSError as error:
        raise Trouble("manifest.unreadable", path=str(path), reason=error.strerror or str(error)) from error
    except orjson.JSONDecodeError as error:
        raise Trouble("manifest.broken", path=str(path), reason=str(error)) from error
    shape = {"archive": dict, "answers": dict, "tables": dict, "findings": dict, "acts": dict, "runs": dict, "program": dict}
    if (
        not isinstance(told, dict)
        or told.get("manifest") != _FORM
        or not all(isinstance(told.get(name), one) for name, one in shape.items())
    ):
        raise Trouble("manifest.other", path=str(path))
    body = {name: value for name, value in told.items() if name != _SELF}
    return told, told.get(_SELF) == _digest(body)


@dataclass(frozen=True, slots=True)
class AnswerDay:
    """The answers of a source for a day: how many, when the last came, and their digest."""

    answers: int = 0
    until: str = ""
    sha256: str = ""


@dataclass(slots=True)
class SinceManifest:
    """Today beside a manifest. `changed` and `gone` can only be tampering; `followed`: what changed because more was received, or
    because a person decided otherwise; `added` counts what came since."""

    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int) -> None:
        """Count what came since."""
        if number:
            self.added[what] = self.added.get(what, 0) + number


def compare_with_manifest(engine: Engine, archive: Archive, settings: Settings, done: Verification, told: dict[str, Any]) -> SinceManifest:
    """What became of everything that a manifest tells of."""
    found = SinceManifest()
    _compare_segments(archive, done, told["archive"], found)
    with engine.connect() as connection:
        _compare_answers(connection, told["answers"], found)
        _compare_runs(connection, told["runs"], found)
        _compare_acts(connection, told["acts"], found)
        same = not found.added and told["program"] == {"rasoat": __version__, **_versions()} and told["settings"] == _knobs(settings)
        _compare_tables(done, told["tables"], found, same=same)
        _compare_days(connection, told["findings"], found, same=same)
    return found


def _compare_segments(archive: Archive, done: Verification, told: dict[str, Any], found: SinceManifest) -> None:
    today = {one.name: one for one in done.received.segments}
    for name, was in told["segments"].items():
        now = today.pop(name, None)
        if now is None:
            found.gone.append(f"archive {name} ({was['records']})")
        elif now.size < was["bytes"]:
            found.gone.append(f"archive {name}: {was['bytes']} → {now.size} bytes")
        elif (now.sha256 if now.size == was["bytes"] else _begin(archive, name, was["bytes"])) != was["sha256"]:
            found.changed.append(f"archive {name}")
        else:
            found.count("records", now.records - was["records"])
    found.count("records", sum(one.records for one in today.values()))
    for source, was in told["captures"].items():
        now_held = done.received.captures.get(source, {"captures": 0})
        if now_held["captures"] < was["captures"]:
            found.gone.append(f"captures {source}: {was['captures']} → {now_held['captures']}")
        elif now_held["captures"] == was["captures"] and now_held != was:
            found.changed.append(f"captures {source}")
        found.count("captures", max(0, now_held["captures"] - was["captures"]))


def _compare_answers(connection: Connection, told: dict[str, Any], found: SinceManifest) -> None:
    today = dict(_answer_days(connection, {name: was["until"] for name, was in told.items()}))
    for name, was in told.items():
        now, later = today.pop(name, (AnswerDay(), 0))
        if now.answers < was["answers"]:
            found.gone.append(f"answers {name}: {was['answers']} → {now.answers}")
        elif asdict(now) != was:
            found.changed.append(f"answers {name}")
        found.count("answers", later)
    found.count("answers", sum(day.answers + later for day, later in today.values()))


def _compare_runs(connection: Connection, told: dict[str, Any], found: SinceManifest) -> None:
    now = _runs(connection, told)
    if now["rows"] < told["rows"]:
        found.gone.append(f"runs: {told['rows']} → {now['rows']}")
    elif now["sha256"] != told["sha256"]:
        found.changed.append("runs")


def _compare_acts(connection: Connection, told: dict[str, Any], found: SinceManifest) -> None:
    for table in tables_of(TableKind.ACTS):
        was, now = told.get(table.name, {}), dict(_acts(connection, table))
        lost = [f"{table.name} {key}" for key in was if key not in now]
        (found.followed if DECLARED[table.name].taken_back else found.gone).extend(lost)
        found.followed += [f"{table.name} {key}" for key, digest in was.items() if now.get(key, digest) != digest]
        found.count(str(table.name), len(now.keys() - was.keys()))


def _compare_tables(done: Verification, told: dict[str, Any], found: SinceManifest, *, same: bool) -> None:
    today = {one.table: one for one in done.tables}
    for name, was in told.items():
        now = today.get(name)
        if now is not None and now.sha256 != was["sha256"] and name not in ("answers", "captures"):
            (found.changed if same else found.followed).append(f"{name}: {was['rows']} → {now.stored}")


def _compare_days(connection: Connection, told: dict[str, Any], found: SinceManifest, *, same: bool) -> None:
    today = dict(_finding_days(connection))
    for day, was in told.items():
        now = today.pop(day, None)
        if now is None:
            found.gone.append(f"findings {day}: {was['findings']}")
        elif now != was:
            (found.changed if same else found.followed).append(f"findings {day}: {was['findings']} → {now['findings']}")
    found.count("days", len(today))


def _versions() -> dict[str, int]:
    return {
        "reader": READER_VERSION,
        "derivation": DERIVATION_VERSION,
        "rules": RULES_VERSION,
        "entries": ENTRIES_VERSION,
        "quality": QUALITY,
    }


def _knobs(settings: Settings) -> dict[str, int]:
    return {"horizon_days": settings.horizon_days, "life_months": settings.life_months}


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _begin(archive: Archive, name: str, length: int) -> str:
    """The digest of the first bytes of a segment: its writer may have gone on."""
    digest = hashlib.sha256()
    with archive.open_segment(name) as file:
        while length > 0 and (chunk := file.read(min(length, 1 << 20))):
            digest.update(chunk)
            length -= len(chunk)
    return digest.hexdigest()


def _answer_days(connection: Connection, until: dict[str, str]) -> Iterator[tuple[str, tuple[AnswerDay, int]]]:
    """By source and day: what had come by a moment (of other days: all), and how many answers came later."""
    by = ("source", "observed_on", "request", "sha256")  # which version read them is no part of what was received
    for name, rows in groupby(rows_in_order(connection, answers, ("reader",), by=by), lambda row: _of(row, "source", "observed_on")):
        digest, count, last, later = hashlib.sha256(), 0, "", 0
        for row in rows:
            came = row.values["fetched_at"]
            if name in until and came > until[name]:
                later += 1
                continue
            digest.update(row.line + b"\n")
            count, last = count + 1, max(last, came)
        yield name, (AnswerDay(count, last, digest.hexdigest()), later)


def _finding_days(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """What stands for each day that was checked."""
    for day in days_checked(connection):
        digest, count = hashlib.sha256(), 0
        for row in rows_in_order(connection, findings, ("holds_from", "holds_to"), not_(told_now(day)), by=("fingerprint",)):
            digest.update(row.line + b"\n")
            count += 1
        yield day.isoformat(), {"findings": count, "sha256": digest.hexdigest()}


def _of(row: StoredRow, *names: str) -> str:
    return " ".join(str(row.values[name]) for name in names).rstrip()


def _acts(connection: Connection, table: Table) -> Iterator[tuple[str, str]]:
    for row in rows_in_order(connection, table):
        yield " ".join(map(str, row.key)), hashlib.sha256(row.line).hexdigest()


def _runs(connection: Connection, told: dict[str, Any] | None) -> dict[str, Any]:
    """The log of runs so far (`told`: so far as a manifest tells). What is not over yet is left out: its row still changes."""
    still = select(runs.c.id).where(runs.c.ended_at.is_(None)).order_by(runs.c.id)
    going: list[int] = told["going"] if told else list(connection.scalars(still))
    skip = runs.c.id.in_(going) if told is None else or_(runs.c.id.in_(going), not_(runs.c.id <= told["last"]))
    digest, count, last = hashlib.sha256(), 0, 0
    for row in rows_in_order(connection, runs, skip=skip):
        digest.update(row.line + b"\n")
        count, last = count + 1, int(row.values["id"])
    return {"rows": count, "last": last, "going": going, "sha256": digest.hexdigest()}


def _replace_file(path: Path, written: bytes) -> None:
    """Whole or not at all."""
    beside = path.with_name(f"{path.name}.tmp")
    try:
        beside.write_bytes(written)
        beside.replace(path)
    except OSError as error:
        raise Trouble("file.unwritten", path=str(path), reason=error.strerror or str(error)) from error
