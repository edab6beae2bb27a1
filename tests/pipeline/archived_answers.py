"""A store and an archive that hold answers as they came, to be read by the extract step itself."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from extractors.readers import POSTED
from pipeline.inbox import take_in
from pipeline.read_archive import extract
from rasoat.archive import Archive, Stored, sha256_of
from rasoat.progress import unseen
from rasoat.run_report import Read
from rasoat.store import schema as s
from rasoat.store.capture_store import CaptureStore, Recorder
from rasoat.store.extracted import sightings

DAY, NOW = date(2026, 6, 10), datetime(2026, 6, 10, 3, 0, tzinfo=UTC)


class ArchivedAnswers:
    """Answers put one after another; `read` is one run of the extract step."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.archive, self.folder, self.at = engine, Archive(folder), folder, NOW

    def put(self, source: str, key: str, body: bytes, media_type: str = "application/json", status: int = 201) -> Stored:
        """Archive one answer as a crawl would."""
        recorder = Recorder(self.engine, source, DAY)
        self.at += timedelta(minutes=1)
        recorder.keep(self.archive, key, f"http://127.0.0.1/{key[:40]}", status, {"Content-Type": media_type}, body, self.at)
        self.archive.flush()
        recorder.flush()
        stored = CaptureStore(self.engine).stored(sha256_of(body))
        assert stored
        return stored

    def read(self) -> Read:
        report = take_in(self.engine, self.archive, unseen)
        report.add(extract(self.engine, self.archive, unseen))
        return report

    def codes(self) -> list[str]:
        with self.engine.connect() as connection:
            return sorted(connection.scalars(select(s.procedures.c.code)))

    def refusals(self, outcome: str = "quarantined") -> list[tuple[str, str]]:
        """(place, reason) of what was set aside."""
        with self.engine.connect() as connection:
            seen = sightings(connection)
            rows = connection.execute(select(s.refusals).where(s.refusals.c.outcome == outcome))
            return sorted((seen[row.piece].place + row.place, row.reason) for row in rows)

    def unread(self) -> list[tuple[str, str]]:
        """(source, request) of the answers that no reader has cut."""
        with self.engine.connect() as connection:
            query = select(s.answers.c.source, s.answers.c.request).where(s.answers.c.reader.is_(None))
            return sorted((row.source, row.request) for row in connection.execute(query))

    def write(self, name: str, data: bytes) -> Stored:
        """A posting file, kept as `rasoat import` keeps it."""
        return self.put(POSTED, name, data, "application/octet-stream", 200)


def portal_list(*rows: Any) -> bytes:
    return json.dumps({"code": "OK", "data": {"items": rows, "lastId": "", "total": len(rows)}}).encode()


def row(number: int, **other: Any) -> dict[str, Any]:
    """A row of the national portal's list."""
    return {"id": f"a{number}", "code": f"1.{number:06}", "name": f"Cấp giấy phép thử {number}", **other}


def edition(titles: Mapping[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the codified law: title's name → what stands in its file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as out:
        for name, text in titles.items():
            out.writestr(f"demuc/{name}.html", text)
    return packed.getvalue()
