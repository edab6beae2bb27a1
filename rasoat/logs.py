"""Structured logs: one JSON object a line on standard error, each with the run, source and item it speaks of.

What a person at the command line needs is in the report; the log is for those who follow many runs.
"""

from __future__ import annotations

import logging
import sys
from contextlib import AbstractContextManager
from typing import Any

import structlog

from rasoat.addresses import masked
from rasoat.odd_characters import json_line

_LEVELS = logging.getLevelNamesMapping()


def set_up(level: str) -> None:
    """Write events from `level` on (RASOAT_LOG_LEVEL); an unknown name counts as WARNING.

    Where a scheduler has set up its own structured log, events go there.
    """
    if structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=_written),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS.get(level.upper(), logging.WARNING)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _written(event: object, **_: object) -> str:
    """The event as JSON, no secret of an address in it and nothing that a terminal would act upon."""
    return json_line(_without_secrets(event)).decode()


def _without_secrets(value: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {name: _without_secrets(held) for name, held in value.items()}
    return [_without_secrets(one) for one in value] if isinstance(value, list | tuple) else value


def bound(**ids: object) -> AbstractContextManager[None]:
    """While entered, every event of this thread carries these ids."""
    return structlog.contextvars.bound_contextvars(**ids)
