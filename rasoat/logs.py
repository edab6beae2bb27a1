"""Structured logs: one JSON object a line on standard error, each with the run, source and item it speaks of.

What a person at the command line needs is in the report; the log is for those who follow many runs.
"""

from __future__ import annotations

import logging
import sys
from contextlib import AbstractContextManager

import structlog

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
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS.get(level.upper(), logging.WARNING)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def bound(**ids: object) -> AbstractContextManager[None]:
    """While entered, every event of this thread carries these ids."""
    return structlog.contextvars.bound_contextvars(**ids)
