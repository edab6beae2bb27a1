"""The clock, asked once at a door and handed down as an argument; nothing below a door asks what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """Today in Vietnam."""
    return datetime.now(HERE).date()


def now() -> datetime:
    """This moment, for the archive and the log of runs."""
    return datetime.now(UTC)
