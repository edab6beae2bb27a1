"""Where answers go: the archive first, then the record of who said what. Kept answers of a killed crawl come back from here."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime

from extractors.sources.source import Answer, Request
from rasoat.archive import Archive, Damaged
from rasoat.run_report import Received
from rasoat.settings import Settings
from rasoat.store.capture_store import Recorder
from rasoat.store.database import open_database

_BATCH = 200  # answers made last together: what a kill costs at most
_SECONDS = 3.0
_REMOTE_BATCH, _REMOTE_SECONDS = 2000, 60.0  # an object store gets one segment a batch


class Sink:
    """Archive and recorder of one crawl. `report` counts every question once."""

    def __init__(self, source: str, observed_on: date, settings: Settings, begun: datetime, report: Received) -> None:
        self.report = report
        self.anew = False  # whether the next crawl of the day asks everything again, because a list broke off in what was kept
        self._begun = begun
        self._archive = Archive(settings.archive)
        self._engine = open_database(settings.database, settings.store_wait)
        self._recorder = Recorder(self._engine, source, observed_on, batch=1 << 30)
        remote = "://" in settings.archive and not settings.archive.startswith("file://")
        self._batch, self._seconds = (_REMOTE_BATCH, _REMOTE_SECONDS) if remote else (_BATCH, _SECONDS)
        self._waiting, self._last = 0, time.monotonic()

    def kept(self, request: Request) -> Answer | None:
        """The answer this same crawl already has, or None. A damaged one is asked again."""
        sha256 = self._recorder.seen(request.key, self._begun)
        stored = self._recorder.stored(sha256) if sha256 else None
        if stored is None:
            return None
        try:
            return Answer(request, 200, stored.media_type, self._archive.read(stored))
        except Damaged:
            return None

    def keep(self, answer: Answer, url: str, headers: Mapping[str, str], *, missing: bool) -> None:
        """Keep one answer and count it."""
        changed = self._recorder.keep(self._archive, answer.request.key, url, answer.status, headers, answer.body, datetime.now(UTC))
        self.count(missing=missing, changed=changed)
        self._waiting += 1
        if self._waiting >= self._batch or time.monotonic() - self._last > self._seconds:
            self.flush()

    def count(self, *, missing: bool, changed: bool) -> None:
        """Count one answered question."""
        self.report.asked += 1
        if missing:
            self.report.missing += 1
        elif changed:
            self.report.changed += 1
        else:
            self.report.unchanged += 1

    def fail(self, reason: str) -> None:
        """Count one question that got no answer."""
        self.report.asked += 1
        self.report.failed[reason] += 1

    def flush(self) -> None:
        """Bytes before the rows that point at them: a kill between the two leaves bytes nobody points at, never the reverse."""
        self._archive.flush()
        self._recorder.flush()
        self._waiting, self._last = 0, time.monotonic()

    def close(self) -> None:
        """Make everything last and let go of archive and store."""
        self.flush()
        self._archive.close()
        self._engine.dispose()
