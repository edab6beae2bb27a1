"""What a crawling process is told."""

from __future__ import annotations

import ipaddress
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlsplit

import orjson


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl: the source's name, the base address, the day it counts for, the settings as JSON, the window ("" for all of
    it in one go) and the run it belongs to in the log of runs."""

    source: str
    base: str
    observed_on: date
    settings: str
    window: str = ""
    run: int = 0

    def as_json(self) -> bytes:
        return orjson.dumps(asdict(self))

    @classmethod
    def of_json(cls, raw: bytes) -> Job:
        said = orjson.loads(raw)
        return cls(**{**said, "observed_on": date.fromisoformat(said["observed_on"])})


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine, where no rate is due unless a setting gives one."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
