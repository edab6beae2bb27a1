"""What a crawling process is told, and the journal by which a killed crawl is known and continued."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import orjson


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl: the source's name, the base address, the day it counts for, and the settings as JSON."""

    source: str
    base: str
    observed_on: date
    settings: str

    def as_json(self) -> bytes:
        return orjson.dumps({"source": self.source, "base": self.base, "observed_on": self.observed_on, "settings": self.settings})

    @classmethod
    def of_json(cls, raw: bytes) -> Job:
        said = orjson.loads(raw)
        return cls(said["source"], said["base"], date.fromisoformat(said["observed_on"]), said["settings"])


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine, where no rate is due unless a setting gives one."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Journal:
    """One small file a source: there while a crawl runs, gone when it ended. Found at a start, it tells of a killed crawl."""

    def __init__(self, home: Path, job: Job) -> None:
        self._path = home / "crawls" / f"{job.source}.json"
        self._mine = {"base": job.base, "observed_on": job.observed_on.isoformat()}

    def begin(self, now: datetime) -> datetime:
        """When this crawl began: now, or when the killed crawl that it continues began."""
        begun = self._unfinished()
        if begun is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_bytes(orjson.dumps({**self._mine, "begun": now.isoformat()}))
            os.replace(fresh, self._path)
        return begun or now

    def end(self) -> None:
        """The crawl ran to its end; the next one asks everything again."""
        self._path.unlink(missing_ok=True)

    def _unfinished(self) -> datetime | None:
        try:
            said = orjson.loads(self._path.read_bytes())
            begun = datetime.fromisoformat(said.pop("begun"))
            return begun if said == self._mine else None
        except (OSError, ValueError, KeyError):
            return None
