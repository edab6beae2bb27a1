"""The crawling process ends when the process that started it does, however that ends, and takes no more memory than a crawl needs."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import threading
import time
from contextlib import suppress

MEMORY = 4 << 30  # bytes of data: an edition's file of the largest size in several copies; headers without end would take all there is
_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 1.0  # seconds


def end_with(parent: int, *, by_its_main_thread: bool) -> None:
    """End this process when `parent` is gone.

    The kernel's signal comes at the death of the *thread* that started us, so it is asked for only where that was the main one;
    it comes though a library should hold the interpreter. The look at who our parent is needs neither.
    """
    if by_its_main_thread:
        with suppress(OSError, AttributeError):  # no such call on this system
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _look(parent)
    threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True).start()


def bound_memory() -> None:
    """Let no answer take the machine's memory; a lower limit that is set already stays."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = min(limit for limit in (MEMORY, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def _watch(parent: int) -> None:
    while True:
        _look(parent)
        time.sleep(_LOOK_EVERY)


def _look(parent: int) -> None:
    if os.getppid() != parent:
        os._exit(1)
